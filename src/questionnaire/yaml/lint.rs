//! What is allowed but probably not meant. Looked for only in a questionnaire without mistakes.

use super::super::direction::{first_right_to_left, runs_right_to_left};
use super::super::{Condition, Questionnaire, UnsureCountsAs};
use super::mistake::Mistakes;
use super::names::shown;
use super::path::{Part, Path, Place};
use super::translation::{owned, place_in_original};

/// Adds a warning for each thing that is there without a use.
pub(super) fn lint(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    unused_definitions(questionnaire, mistakes);
    unused_sources(questionnaire, mistakes);
    unreachable_levels(questionnaire, mistakes);
    equal_labels(questionnaire, mistakes);
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
            let message = format!(
                "`{}` is written from right to left, and it is shown from left to right",
                shown(language)
            );
            (Path::ROOT.key("language").value(), message)
        }
        Some(place) => (
            place,
            "these letters are written from right to left, and they are shown from left to right".to_owned(),
        ),
        None => return,
    };
    mistakes.warning(place, "right-to-left", message).help(
        "terminals differ in what they make of it, and none is promised to be readable; somebody who reads it must \
         look at every page, also with `--plain`",
    );
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
            .help("cite it in `sources:` of what rests on it, or delete it");
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

fn equal_labels(questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let root = Path::ROOT;
    let sections = root.key("sections");
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let section = sections.index(question.section);
        let questions = section.key("questions");
        let path = questions.index(index - questionnaire.section_of(index).first);
        for (index, option) in question.options.iter().enumerate() {
            let mut earlier = question.options[..index].iter();
            let Some(other) = earlier.position(|other| other.label == option.label) else {
                continue;
            };
            let options = path.key("options");
            let other = options.index(other).key("label").value();
            mistakes
                .warning(
                    options.index(index).key("label").value(),
                    "equal-labels",
                    "two options of this question have the same words",
                )
                .related(other, "the other one");
        }
    }
}

/// What is not marked, with its position.
fn unused<'a, T>(all: &'a [T], used: &'a [bool]) -> impl Iterator<Item = (&'a T, usize)> {
    let all = all.iter().zip(used).enumerate();
    all.filter(|(_, (_, used))| !**used).map(|(index, (item, _))| (item, index))
}
