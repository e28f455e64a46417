//! A comparison as text for people.

use super::both::Side;
use super::cause::{Cause, Why};
use super::files::Files;
use super::order::{Levels, Urgency};
use super::other::{Behaviour, Other, Weight};
use super::parts::{Edit, PartChange, TextChange};
use super::what::Twin;
use super::{Difference, Example, Move, example, words};
use crate::proof::side_by_side::wrapped;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, Questionnaire, Text};

/// Columns of a line.
const WIDTH: usize = 96;

/// Everything that differs, the most dangerous first. Ends with a line end.
pub fn text(files: &Files, difference: &Difference) -> String {
    let mut out = String::new();
    let version = |side: Side| {
        let questionnaire = files.questionnaire(side);
        format!("{} {} ({})", questionnaire.id, questionnaire.version, files.name(side))
    };
    out += &format!("before: {}\nnow:    {}\n\n", version(Side::Old), version(Side::New));
    for urgency in [Urgency::Less, Urgency::More] {
        let moves: Vec<&Move> = difference.moves.iter().filter(|moved| moved.urgency == urgency).collect();
        if !moves.is_empty() {
            out += words::urgency_title(urgency);
            out += "\n\n";
        }
        for (number, moved) in moves.into_iter().enumerate() {
            out += &one_move(files, number + 1, moved);
            out.push('\n');
        }
    }
    let others = |wanted: fn(Weight) -> bool| {
        let others = difference.others.iter().filter(move |other| wanted(other.weight));
        others.map(|other| one_other(files, other))
    };
    let later = others(|weight| weight == Weight::Later);
    let quieter = difference.parts.iter().filter(|part| part.is_less_urgent);
    let quieter = quieter.map(|part| one_part(files, part));
    section(&mut out, words::LATER, later.chain(quieter), |line| line);
    section(&mut out, words::TOLD_LESS, others(|weight| matches!(weight, Weight::Lost(_))), |line| line);
    section(&mut out, words::OTHERS, others(|weight| weight == Weight::Differs), |line| line);
    section(&mut out, words::PARTS, difference.parts.iter(), |part| one_part(files, part));
    section(&mut out, words::TEXTS, difference.texts.iter(), |text| one_text(files, text));
    section(&mut out, words::LANGUAGES, difference.languages.iter(), |language| {
        language.told(|text| one_text(files, text))
    });
    if difference.unproved > 0 {
        out += &format!("{}\n\n", words::unproved(difference.unproved));
    }
    for patient in &difference.disagreements {
        out += &format!("{}\n  {}\n\n", words::DISAGREEMENT, example::in_short(files, patient));
    }
    out += &indented("", "", &verdict(difference));
    out
}

fn section<T>(out: &mut String, title: &str, items: impl Iterator<Item = T>, line: impl Fn(T) -> String) {
    let lines: Vec<String> = items.map(line).collect();
    if !lines.is_empty() {
        *out += &format!("{title}\n\n{}\n", lines.concat());
    }
}

/// What is proved, in one sentence or two.
fn verdict(difference: &Difference) -> String {
    if !difference.is_proved() {
        return words::NOT_ALL_PROVED.to_owned();
    }
    let levels = match (difference.moves.is_empty(), difference.is_less_urgent()) {
        (true, false) => words::SAME_LEVELS,
        (true, true) => words::ONLY_LATER,
        (false, false) => words::NOT_LESS_URGENT,
        (false, true) => words::LESS_URGENT,
    };
    match difference.behaves_alike() {
        true if difference.is_nothing() => words::SAME.to_owned(),
        true => words::ALIKE.to_owned(),
        false if difference.is_told_less() => format!("{levels} {}", words::SOME_TOLD_LESS),
        false => levels.to_owned(),
    }
}

fn one_move(files: &Files, number: usize, moved: &Move) -> String {
    let audience = moved.examples.first().map_or(Audience::Patient, |example| example.patient.audience);
    let mut out = format!(
        "{number}. before: {}\n   now:    {}\n   for:    {}\n",
        files.level(Side::Old, moved.from, audience),
        files.level(Side::New, moved.to, audience),
        example::people(&moved.audiences)
    );
    for example in &moved.examples {
        for line in causes(files, moved, example) {
            out += &indented("   - ", "     ", &line);
        }
        out.push('\n');
        let table = example::table(files, &example.patient, words::BEFORE_AND_NOW).drawn();
        table.lines().for_each(|line| out += &format!("   {line}\n"));
        out.push('\n');
    }
    if moved.more {
        out += &format!("   {}\n", words::MORE);
    }
    out
}

/// Why this person's level differs.
pub fn causes(files: &Files, moved: &Move, example: &Example) -> Vec<String> {
    let of = moved.side();
    if example.causes.is_empty() {
        let (from, to) = (&files.versions.old.levels[moved.from].id, &files.versions.new.levels[moved.to].id);
        let levels = Levels::of(files.versions.old, files.versions.new);
        return vec![match (levels.new_of[moved.from], levels.old_of[moved.to]) {
            (None, _) => words::level_gone(from),
            (_, None) => words::level_new(to),
            _ => words::NO_RULE.to_owned(),
        }];
    }
    example.causes.iter().map(|cause| one_cause(files, cause, of)).collect()
}

fn one_cause(files: &Files, cause: &Cause, of: Side) -> String {
    let there = if of == Side::Old { Side::New } else { Side::Old };
    let (here, other) = (files.questionnaire(of), files.questionnaire(there));
    let id = &here.rules[cause.rule].id;
    // The place in the new file, where the rule still is there.
    let place = match (of, cause.other) {
        (Side::Old, Some(rule)) => files.at(Side::New, Spot::RuleWhen(rule)),
        _ => files.at(of, Spot::RuleWhen(cause.rule)),
    };
    let whys: Vec<String> =
        cause.whys.iter().map(|why| one_why(files, why, (of, here), (there, other))).collect();
    let lead = words::rule_lead(id, &place, of, cause.is_certain);
    match (cause.whys.as_slice(), whys.is_empty()) {
        ([Why::NoRule], _) => words::rule_gone(id, &place, of),
        ([Why::Level(own, level)], _) => {
            let (own, level) = (&here.levels[*own].id, &other.levels[*level].id);
            let (from, to) = if of == Side::Old { (own, level) } else { (level, own) };
            let rule = if of == Side::Old { cause.other } else { Some(cause.rule) };
            let place = files.at(Side::New, Spot::RuleId(rule.unwrap_or_default()));
            words::rule_level(id, &place, from, to)
        }
        (_, true) => lead,
        _ => format!("{lead}: {}", whys.join("; ")),
    }
}

fn one_why(
    files: &Files,
    why: &Why,
    (of, here): (Side, &Questionnaire),
    (there, other): (Side, &Questionnaire),
) -> String {
    let newer = |own: Spot, again: Spot| match of {
        Side::Old => files.at(there, again),
        Side::New => files.at(of, own),
    };
    match why {
        Why::NoRule => String::new(),
        Why::Level(own, level) => {
            let (own, level) = (&here.levels[*own].id, &other.levels[*level].id);
            let (from, to) = if of == Side::Old { (own, level) } else { (level, own) };
            words::changed("level", from, to)
        }
        Why::When(change) => words::change(change),
        Why::Definition(own, again, change) => {
            let place = newer(Spot::Definition(*own), Spot::Definition(*again));
            words::definition_changed(&here.definitions[*own].name, &place, &words::change(change))
        }
        Why::AskIf(own, again, change) => {
            let place = newer(Spot::Question(*own), Spot::Question(*again));
            words::ask_if_changed(&here.questions[*own].id, &place, &words::change(change), of)
        }
        Why::Section(own, again) => {
            let place = newer(Spot::Question(*own), Spot::Question(*again));
            words::section_changed(&here.questions[*own].id, &place, of)
        }
        Why::NotAsked(own, again) => {
            let place = newer(Spot::Question(*own), Spot::Question(*again));
            words::not_asked(&here.questions[*own].id, &place, of)
        }
        Why::NoQuestion(own) => {
            words::no_question(&here.questions[*own].id, &files.at(of, Spot::Question(*own)), of)
        }
        Why::Answer(own, again, only, answer) => {
            let place = newer(Spot::Question(*own), Spot::Question(*again));
            words::other_answer(&here.questions[*own].id, &place, answer, *only)
        }
    }
}

fn one_other(files: &Files, other: &Other) -> String {
    let only = match other.audiences.as_slice() {
        [_] => format!(" (only {})", example::people(&other.audiences)),
        _ => String::new(),
    };
    let line = format!("{}{only}", behaviour(files, &other.behaviour));
    let example = format!("for example {}", example::in_short(files, &other.patient));
    indented("  - ", "    ", &line) + &indented("    ", "    ", &example)
}

/// What some people meet in one version only, in one sentence.
pub fn behaviour(files: &Files, behaviour: &Behaviour) -> String {
    let (old, new) = (files.versions.old, files.versions.new);
    let place = |twin: Twin<usize>, spot: fn(usize) -> Spot| {
        files.newest((twin.0.map(spot), twin.1.map(spot))).unwrap_or_default()
    };
    let say = |text: &Text| text.to(Audience::Patient).trim().to_owned();
    match *behaviour {
        Behaviour::Asked(twin, side) => words::asked(
            id(twin, &old.questions, &new.questions, |it| &it.id),
            &place(twin, Spot::Question),
            side,
        ),
        Behaviour::Rule(twin, side) => {
            words::reason(id(twin, &old.rules, &new.rules, |it| &it.id), &place(twin, Spot::RuleId), side)
        }
        Behaviour::Doubt(twin, side) => {
            words::doubt(id(twin, &old.rules, &new.rules, |it| &it.id), &place(twin, Spot::RuleId), side)
        }
        Behaviour::Because(twin, (i, j)) => {
            let of = |questionnaire: &Questionnaire, rule: Option<usize>, wording: usize| {
                let rule = rule.map(|rule| &questionnaire.rules[rule]);
                rule.and_then(|rule| rule.wordings().nth(wording)).map(say)
            };
            let (was, is) = (of(old, twin.0, i), of(new, twin.1, j));
            let id = id(twin, &old.rules, &new.rules, |it| &it.id);
            words::because(id, &place(twin, Spot::RuleId), was, is)
        }
        Behaviour::Step(twin, only, side) => {
            let of = |questionnaire: &Questionnaire, at: Option<usize>| {
                at.map(|at| questionnaire.next_steps[at].say.to(only.unwrap_or_default()).trim().to_owned())
            };
            let say = if side == Side::Old { of(old, twin.0) } else { of(new, twin.1) };
            let id = id(twin, &old.next_steps, &new.next_steps, |it| &it.id);
            words::shown("step", id, &say.unwrap_or_default(), &place(twin, Spot::Step), only, side)
        }
        Behaviour::Page(twin, only, side) => {
            let of = |questionnaire: &Questionnaire, at: Option<usize>| {
                at.map(|at| questionnaire.learn[at].title.to(only.unwrap_or_default()).trim().to_owned())
            };
            let title = if side == Side::Old { of(old, twin.0) } else { of(new, twin.1) };
            let id = id(twin, &old.learn, &new.learn, |it| &it.id);
            words::shown("page", id, &title.unwrap_or_default(), &place(twin, Spot::Page), only, side)
        }
        Behaviour::Within((before, now), (i, j)) => {
            let of = |questionnaire: &Questionnaire, level: Option<usize>, entry: Option<usize>| {
                level.zip(entry).map(|(level, entry)| questionnaire.levels[level].within[entry].clone())
            };
            let level = id((before, now), &old.levels, &new.levels, |it| &it.id);
            let place = place((before, now), Spot::Level);
            words::within(level, &place, of(old, before, i).as_ref(), of(new, now, j).as_ref())
        }
        Behaviour::Who((before, now), (i, j)) => {
            let of = |questionnaire: &Questionnaire, level: Option<usize>, entry: Option<usize>| {
                level.zip(entry).map(|(level, entry)| say(&questionnaire.levels[level].who[entry].say))
            };
            let level = id((before, now), &old.levels, &new.levels, |it| &it.id);
            let place = place((before, now), Spot::Level);
            words::who(level, &place, of(old, before, i), of(new, now, j))
        }
        Behaviour::CheckAgain((before, now), entries, side) => {
            let of = |questionnaire: &Questionnaire, level: Option<usize>, entry: Option<usize>| {
                level
                    .zip(entry)
                    .map(|(level, entry)| say(&questionnaire.levels[level].check_again[entry].say))
            };
            let say = match side {
                Side::Old => of(old, before, entries.0),
                Side::New => of(new, now, entries.1),
            };
            let level = id((before, now), &old.levels, &new.levels, |it| &it.id);
            words::check_again(level, &place((before, now), Spot::Level), &say.unwrap_or_default(), side)
        }
        Behaviour::Returned(twin, side) => {
            let item = if side == Side::Old { twin.0 } else { twin.1 };
            let further = &files.questionnaire(side).return_list.further;
            let text = item.and_then(|(part, item)| further.get(part)?.items.get(item));
            words::returned(&text.map(|item| say(&item.say)).unwrap_or_default(), side)
        }
        Behaviour::Item(list, item, side) => {
            let texts = list.texts(files.questionnaire(side));
            words::item(list.name(), &texts.get(item).map(|text| say(text)).unwrap_or_default(), side)
        }
    }
}

/// The id in the new version, or in the old one of what is only there.
pub fn id<'t, T>(twin: Twin<usize>, old: &'t [T], new: &'t [T], id: fn(&T) -> &String) -> &'t str {
    match twin {
        (_, Some(now)) => id(&new[now]),
        (Some(before), None) => id(&old[before]),
        (None, None) => "",
    }
}

fn one_part(files: &Files, part: &PartChange) -> String {
    let place = files.newest(part.spots).map(|place| format!(" ({place})")).unwrap_or_default();
    let details = match part.details.is_empty() {
        true => String::new(),
        false => format!(": {}", part.details.join("; ")),
    };
    let warning = if part.is_less_urgent { words::NO_ALERT } else { "" };
    let edit = edit(part.edit);
    indented("  - ", "    ", &format!("{edit}: {}{place}{details}{warning}", part.name))
}

pub fn edit(edit: Edit) -> &'static str {
    match edit {
        Edit::Added => "added",
        Edit::Removed => "removed",
        Edit::Changed => "changed",
        Edit::Moved => "moved",
    }
}

fn one_text(files: &Files, text: &TextChange) -> String {
    let place = files.newest(text.spots).map(|place| format!(" ({place})")).unwrap_or_default();
    let audience =
        text.audience.map(|only| format!(", for the {}", words::audience(only))).unwrap_or_default();
    let mut out = format!("  - {}{audience}{place}\n", text.name);
    for (lead, words) in [("    before: ", &text.old), ("    now:    ", &text.new)] {
        let words = words.as_deref().unwrap_or(words::NOTHING);
        out += &indented(lead, "            ", words);
    }
    out
}

/// Words in lines, the first with its own lead.
fn indented(first: &str, next: &str, words: &str) -> String {
    let lines = wrapped(words, WIDTH - next.len());
    let lines = lines.iter().enumerate().map(|(at, line)| {
        let lead = if at == 0 { first } else { next };
        format!("{lead}{line}\n")
    });
    lines.collect()
}
