//! What is allowed but probably not meant. Looked for only in a questionnaire without mistakes.

use std::collections::HashMap;

use super::super::direction::{first_right_to_left, runs_right_to_left};
use super::super::{Audience, Condition, Questionnaire, Text, UnsureCountsAs};
use super::mistake::Mistakes;
use super::names::shown;
use super::path::{Part, Path, Place};
use super::translation::{owned, place_in_original};
use super::unseen::as_read;

/// Adds a warning for each thing that is there without a use.
pub(super) fn lint(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    unused_definitions(questionnaire, mistakes);
    unused_sources(questionnaire, mistakes);
    unreachable_levels(questionnaire, mistakes);
    equal_words(questionnaire, mistakes);
    yes_before_no(questionnaire, mistakes);
    similar_ids(questionnaire, mistakes);
    let in_text = first_right_to_left(questionnaire, |name, word| {
        let part = Part::Word(word.to_owned());
        Some(Place { steps: place_in_original(&owned(name), questionnaire), part })
    });
    right_to_left(&questionnaire.language, in_text, mistakes);
}

/// One warning for a file: at its language, or at the first text.
pub(super) fn right_to_left(language: &str, first_text: Option<Place>, mistakes: &mut Mistakes) {
    let (place, message) = match first_text {
        _ if runs_right_to_left(language) => {
            let message =
                format!("`{}` is written from right to left, but shown from left to right", shown(language));
            (Path::ROOT.key("language").value(), message)
        }
        Some(place) => {
            (place, "these letters are written from right to left, but shown from left to right".to_owned())
        }
        None => return,
    };
    mistakes.warning(place, "right-to-left", message).help(
        "terminals differ in how they show it, and it may be unreadable; someone who reads this language must look at every page, also with `--plain`",
    );
}

/// At a yes_no "no" comes first. Where another question has answers that begin with yes and no, they stand in the same
/// order: a hand that knows the place of "no" must not meet "yes" there.
fn yes_before_no(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let of_yes_no = questionnaire.questions.iter().find(|question| question.is_yes_no());
    let words = |option: usize, otherwise: &str| {
        let label = of_yes_no.map(|question| question.options[option].label.to(Audience::Patient));
        as_read(label.unwrap_or(otherwise))
    };
    let (no, yes) = (words(0, "No"), words(1, "Yes"));
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if question.is_yes_no() || question.takes_several() {
            continue;
        }
        let begins = |word: &str| {
            question.options.iter().position(|option| {
                let label = as_read(option.label.to(Audience::Patient));
                label.split([',', ':']).next() == Some(word)
            })
        };
        let (Some(first), Some(second)) = (begins(&yes), begins(&no)) else { continue };
        if first < second {
            let root = Path::ROOT;
            let sections = root.key("sections");
            let section = sections.index(question.section);
            let questions = section.key("questions");
            let path = questions.index(index - questionnaire.section_of(index).first);
            let options = path.key("options");
            let label = |option: usize| options.index(option).key("label").value();
            mistakes
                .warning(
                    label(first),
                    "yes-before-no",
                    "here yes comes before no, but in every yes_no question it comes after",
                )
                .related(label(second), "no is here")
                .help("put no first; where yes would be the good answer, ask the other way round");
        }
    }
}

fn unused_definitions(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let mut used = vec![false; questionnaire.definitions.len()];
    for condition in questionnaire.conditions() {
        condition.visit(&mut |part| {
            if let Condition::Definition(definition) = part {
                used[*definition] = true;
            }
        });
    }
    let root = Path::ROOT;
    let path = root.key("definitions");
    for (definition, _) in unused(&questionnaire.definitions, &used) {
        let name = &definition.name;
        let message = format!("the definition `{name}` is never used");
        mistakes.warning(path.key(name).name(), "unused-definition", message).help("use it or delete it");
    }
}

fn unused_sources(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let mut used = vec![false; questionnaire.sources.len()];
    let questions = questionnaire.questions.iter().map(|question| &question.sources);
    let rules = questionnaire.rules.iter().map(|rule| &rule.sources);
    let steps = questionnaire.next_steps.iter().map(|step| &step.sources);
    let pages = questionnaire.learn.iter().map(|page| &page.sources);
    for &source in questions.chain(rules).chain(steps).chain(pages).flatten() {
        used[source] = true;
    }
    let root = Path::ROOT;
    let path = root.key("sources");
    for (source, _) in unused(&questionnaire.sources, &used) {
        let message = format!("nothing cites the source `{}`", source.id);
        mistakes
            .warning(path.key(&source.id).name(), "unused-source", message)
            .help("cite it in the `sources:` of what is based on it, or delete it");
    }
}

/// A level comes from a rule, from what an open question counts for, or from no rule being true.
fn unreachable_levels(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let mut reached = vec![false; questionnaire.levels.len()];
    let last = questionnaire.last_level();
    reached[last] = true;
    reached[questionnaire.unsure.at_least] = true;
    for rule in &questionnaire.rules {
        reached[rule.level] = true;
        if questionnaire.unsure.counts_as == UnsureCountsAs::OneLevelLess {
            reached[(rule.level + 1).min(last)] = true;
        }
    }
    let root = Path::ROOT;
    let path = root.key("levels");
    for (level, index) in unused(&questionnaire.levels, &reached) {
        let message = format!("no rule gives the level `{}`", level.id);
        mistakes
            .warning(path.index(index).key("id").value(), "unused-level", message)
            .help("give it a rule, or delete it");
    }
}

/// Two options of a question, levels, sections or pages that people can't tell apart.
fn equal_words(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let root = Path::ROOT;
    let sections = root.key("sections");
    for (index, question) in questionnaire.questions.iter().enumerate() {
        // Those of every yes_no are the same.
        if question.is_yes_no() {
            continue;
        }
        let section = sections.index(question.section);
        let questions = section.key("questions");
        let path = questions.index(index - questionnaire.section_of(index).first);
        let options = path.key("options");
        let labels: Vec<Worded> = question.options.iter().map(|option| (&option.label, None)).collect();
        equal("two options of this question", &labels, &options, "label", mistakes);
    }
    let yes_no = questionnaire.questions.iter().find(|question| question.is_yes_no());
    if let Some([no, yes]) = yes_no.map(|question| question.options.as_slice())
        && [Audience::Patient, Audience::Clinician]
            .into_iter()
            .any(|audience| as_read(no.label.to(audience)) == as_read(yes.label.to(audience)))
    {
        let message = "the answers to every yes_no have the same words";
        mistakes.warning(root.key("yes_no").name(), "equal-labels", message);
    }
    let levels: Vec<Worded> = questionnaire.levels.iter().map(|level| (&level.title, None)).collect();
    equal("two levels", &levels, &root.key("levels"), "title", mistakes);
    let titles: Vec<Worded> =
        questionnaire.sections.iter().map(|section| (&section.title, section.audience)).collect();
    equal("two sections", &titles, &sections, "title", mistakes);
    let pages: Vec<Worded> =
        questionnaire.learn.iter().map(|page| (&page.title, page.shown.audience)).collect();
    equal("two pages", &pages, &root.key("learn"), "title", mistakes);
}

/// Words, and the audience for which alone they are.
type Worded<'a> = (&'a Text, Option<Audience>);

fn equal(what: &str, all: &[Worded], list: &Path, key: &str, mistakes: &mut Mistakes) {
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    for (index, &(text, of)) in all.iter().enumerate() {
        let audiences = [Audience::Patient, Audience::Clinician].into_iter();
        let mut found: Option<(usize, bool)> = None;
        for audience in audiences.filter(|&audience| of.is_none_or(|only| only == audience)) {
            let words = text.to(audience);
            let other = *seen.entry((audience == Audience::Patient, as_read(words))).or_insert(index);
            if other != index {
                let exactly = all[other].0.to(audience) == words;
                found = found.filter(|(_, before)| *before || !exactly).or(Some((other, exactly)));
            }
        }
        let Some((other, exactly)) = found else { continue };
        let message = match exactly {
            true => format!("{what} have the same words"),
            false => format!("{what} differ only in capitals, spaces or a full stop"),
        };
        let code = if key == "label" { "equal-labels" } else { "equal-titles" };
        mistakes
            .warning(list.index(index).key(key).value(), code, message)
            .related(list.index(other).key(key).value(), "the other one");
    }
}

/// Ids that people can't tell apart: rules may have capitals, and `_` is easily overlooked.
fn similar_ids(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let root = Path::ROOT;
    let (rules, sections) = (root.key("rules"), root.key("sections"));
    let ids = questionnaire.rules.iter().map(|rule| rule.id.as_str());
    similar(ids, |rule| rules.index(rule).key("id").value(), mistakes);
    let ids = questionnaire.questions.iter().map(|question| question.id.as_str());
    let place = |question: usize| {
        let section = sections.index(questionnaire.questions[question].section);
        let questions = section.key("questions");
        questions.index(question - questionnaire.section_of(question).first).key("id").value()
    };
    similar(ids, place, mistakes);
}

fn similar<'a>(ids: impl Iterator<Item = &'a str>, place: impl Fn(usize) -> Place, mistakes: &mut Mistakes) {
    let mut seen: HashMap<String, (usize, &str)> = HashMap::new();
    for (index, id) in ids.enumerate() {
        let &mut (other, name) = seen.entry(id.to_lowercase().replace('_', "")).or_insert((index, id));
        if other != index {
            let message = format!("`{name}` and `{id}` are easily confused");
            mistakes
                .warning(place(index), "similar-ids", message)
                .help("give one of them another id")
                .related(place(other), "the other one");
        }
    }
}

/// What is not marked, with its position.
fn unused<'a, T>(all: &'a [T], used: &'a [bool]) -> impl Iterator<Item = (&'a T, usize)> {
    let all = all.iter().zip(used).enumerate();
    all.filter(|(_, (_, used))| !**used).map(|(index, (item, _))| (item, index))
}
