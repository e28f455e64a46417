//! A comparison as JSON for programs.

use serde_json::{Value, json};

use super::both::Side;
use super::files::Files;
use super::order::Urgency;
use super::other::{Behaviour, Other, Weight};
use super::parts::{PartChange, TextChange};
use super::what::Twin;
use super::{Difference, Move, example, tell, words};
use crate::questionnaire::Audience;
use crate::questionnaire::yaml::Spot;

/// Everything that differs, as `docs/author/diff.md` describes it.
pub fn json(files: &Files, difference: &Difference) -> Value {
    let version = |side: Side| {
        let questionnaire = files.questionnaire(side);
        json!({ "file": files.name(side), "id": questionnaire.id, "version": questionnaire.version })
    };
    let list = |items: Vec<Value>| Value::Array(items);
    let languages = difference.languages.iter();
    json!({
        "old": version(Side::Old),
        "new": version(Side::New),
        "less_urgent": difference.is_less_urgent(),
        "told_less": difference.is_told_less(),
        "same_behaviour": difference.behaves_alike(),
        "unproved": difference.unproved + difference.disagreements.len(),
        "moves": list(difference.moves.iter().map(|moved| one_move(files, moved)).collect()),
        "others": list(difference.others.iter().map(|other| one_other(files, other)).collect()),
        "parts": list(difference.parts.iter().map(|part| one_part(files, part)).collect()),
        "texts": list(difference.texts.iter().map(|text| one_text(files, text)).collect()),
        "languages": list(languages.map(|language| language.json(|text| one_text(files, text))).collect()),
    })
}

fn one_move(files: &Files, moved: &Move) -> Value {
    let examples = moved.examples.iter().map(|one| {
        let mut value = example::json(files, &one.patient);
        let rules = &files.questionnaire(moved.side()).rules;
        let causes = one.causes.iter().map(|cause| rules[cause.rule].id.as_str());
        value["rules"] = causes.collect();
        value["because"] = tell::causes(files, moved, one).into();
        value
    });
    json!({
        "from": files.versions.old.levels[moved.from].id,
        "to": files.versions.new.levels[moved.to].id,
        "urgency": if moved.urgency == Urgency::Less { "less" } else { "more" },
        "audiences": audiences(&moved.audiences),
        "examples": examples.collect::<Vec<_>>(),
        "more": moved.more,
    })
}

fn one_other(files: &Files, other: &Other) -> Value {
    let (old, new) = (files.versions.old, files.versions.new);
    let (what, id) = match other.behaviour {
        Behaviour::Asked(twin, _) => {
            ("question", tell::id(twin, &old.questions, &new.questions, |it| &it.id))
        }
        Behaviour::Rule(twin, _) => ("reason", tell::id(twin, &old.rules, &new.rules, |it| &it.id)),
        Behaviour::Because(twin, _) => ("because", tell::id(twin, &old.rules, &new.rules, |it| &it.id)),
        Behaviour::Doubt(twin, _) => ("doubt", tell::id(twin, &old.rules, &new.rules, |it| &it.id)),
        Behaviour::Step(twin, ..) => ("step", tell::id(twin, &old.next_steps, &new.next_steps, |it| &it.id)),
        Behaviour::Page(twin, ..) => ("page", tell::id(twin, &old.learn, &new.learn, |it| &it.id)),
        Behaviour::Within(twin, _) => ("within", tell::id(twin, &old.levels, &new.levels, |it| &it.id)),
        Behaviour::Who(twin, _) => ("who", tell::id(twin, &old.levels, &new.levels, |it| &it.id)),
        Behaviour::CheckAgain(twin, ..) => {
            ("check_again", tell::id(twin, &old.levels, &new.levels, |it| &it.id))
        }
        Behaviour::Item(list, ..) => (list.name(), ""),
        Behaviour::Returned(..) => ("return_list", ""),
    };
    json!({
        "what": what,
        "id": id,
        "message": tell::behaviour(files, &other.behaviour),
        "less_urgent": other.weight == Weight::Later,
        "told_less": matches!(other.weight, Weight::Lost(_)),
        "audiences": audiences(&other.audiences),
        "example": example::json(files, &other.patient),
    })
}

fn one_part(files: &Files, part: &PartChange) -> Value {
    let (old_line, new_line) = lines(files, part.spots);
    json!({
        "edit": tell::edit(part.edit),
        "part": part.name,
        "details": part.details,
        "less_urgent": part.is_less_urgent,
        "old_line": old_line,
        "new_line": new_line,
    })
}

fn one_text(files: &Files, text: &TextChange) -> Value {
    let (old_line, new_line) = lines(files, text.spots);
    json!({
        "text": text.name,
        "audience": text.audience.map(words::audience),
        "old": text.old,
        "new": text.new,
        "old_line": old_line,
        "new_line": new_line,
    })
}

fn lines(files: &Files, spots: Twin<Spot>) -> Twin<usize> {
    let line = |side: Side, spot: Option<Spot>| spot.and_then(|spot| files.line(side, spot));
    (line(Side::Old, spots.0), line(Side::New, spots.1))
}

fn audiences(audiences: &[Audience]) -> Vec<&'static str> {
    audiences.iter().map(|&audience| words::audience(audience)).collect()
}
