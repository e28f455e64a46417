//! What the comparison says.

use super::both::Side;
use super::order::Urgency;
use super::same::ConditionChange;
use crate::questionnaire::{
    Again, Audience, Code, Concern, Deadline, Departing, LevelIndex, Question, Questionnaire, Region,
    UnsureCountsAs, count,
};

/// The smallest part of a condition that was changed.
pub fn change(change: &ConditionChange) -> String {
    let quoted = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        crate::proof::words::joined(&words)
    };
    let (removed, added) = (quoted(&change.removed), quoted(&change.added));
    match (&change.inside, change.removed.is_empty(), change.added.is_empty()) {
        (None, false, false) => format!("{removed} is now {added}"),
        (None, false, true) => format!("{removed} was removed"),
        (None, ..) => format!("{added} was added"),
        (Some(inside), false, false) => format!("in `{inside}`, {removed} was replaced by {added}"),
        (Some(inside), false, true) => format!("{removed} was removed from `{inside}`"),
        (Some(inside), ..) => format!("{added} was added to `{inside}`"),
    }
}

pub fn changed(field: &str, old: &str, new: &str) -> String {
    match (old, new) {
        ("", new) => format!("`{field}: {new}` was added"),
        (old, "") => format!("`{field}: {old}` was removed"),
        (old, new) => format!("`{field}: {old}` is now `{field}: {new}`"),
    }
}

pub fn reordered(list: &str) -> String {
    format!("the entries of `{list}` are in a different order")
}

pub fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Patient => "patient",
        Audience::Clinician => "clinician",
    }
}

/// `true`, or nothing.
pub fn flag(is_set: bool) -> String {
    if is_set { "true".to_owned() } else { String::new() }
}

pub fn concern(question: &Question) -> String {
    match question.concern {
        Concern::ByType | Concern::Unsaid => String::new(),
        Concern::Higher => "higher".to_owned(),
        Concern::Lower => "lower".to_owned(),
        Concern::None => "none".to_owned(),
        Concern::Least(option) => format!("least {}", question.options[option].id),
    }
}

/// `if_unsure`, or nothing.
pub fn again(question: &Question) -> &'static str {
    match question.again {
        Again::Always => "",
        Again::IfUnsure => "if_unsure",
    }
}

/// A code with its system and its name.
pub fn code(code: Option<&Code>) -> String {
    code.map_or(String::new(), |code| {
        let display = code.display.as_ref().map_or(String::new(), |display| format!(" ({display})"));
        format!("{} of {}{display}", code.code, code.system)
    })
}

pub fn region(region: Option<Region>) -> &'static str {
    let names = Region::NAMES.iter();
    names.into_iter().find(|(_, of)| Some(*of) == region).map_or("", |(name, _)| name)
}

pub fn levels(questionnaire: &Questionnaire, levels: &[LevelIndex]) -> String {
    let ids: Vec<&str> = levels.iter().map(|&level| questionnaire.levels[level].id.as_str()).collect();
    if ids.is_empty() { String::new() } else { format!("[{}]", ids.join(", ")) }
}

pub const BEFORE_AND_NOW: (&str, &str) = ("before", "now");
pub const BUILT_IN_AND_FILE: (&str, &str) = ("by the built-in one", "by this file");
pub const LATER: &str =
    "LATER: at the same level, some people are told to act later, or no longer told at once";
pub const TOLD_LESS: &str = "TOLD LESS: at a level that interrupts, some people are no longer told something";
pub const OTHERS: &str = "Also different, where the level is the same";
pub const PARTS: &str = "Changes in the file";
pub const TEXTS: &str = "Changed words";
pub const LANGUAGES: &str = "Other languages";
pub const NOTHING: &str = "(nothing)";
pub const NO_ALERT: &str = "; so the alert is no longer shown at once";
pub const MORE: &str = "There are more people like this, because of other rules.";
pub const NO_RULE: &str = "no rule is lost: look at `unsure`, which says what an open question counts for, and at the order of `levels`";
pub const DISAGREEMENT: &str =
    "The proof and the program judge these answers differently. This is a bug in redflag: report it.";

pub const SAME: &str = "Both say the same. Only comments or layout differ, if anything.";
pub const ALIKE: &str = "No difference in behaviour. Proved for every answer sheet of patients and of clinicians: the same \
level, questions, reasons, steps, pages, times and contacts. What is listed above may still make it read differently.";
pub const SAME_LEVELS: &str =
    "Nobody's level differs. Proved for every answer sheet of patients and of clinicians.";
pub const ONLY_LATER: &str = "Nobody's level differs: proved for every answer sheet of patients and of clinicians. But some \
people are told later than before.";
pub const NOT_LESS_URGENT: &str = "Nobody is told to act less urgently than before. Proved for every answer sheet of patients and of clinicians.";
pub const LESS_URGENT: &str = "Some people are told to act less urgently than before. All pairs of levels between which \
people move are listed: proved for every answer sheet of patients and of clinicians.";
pub const SOME_TOLD_LESS: &str = "But at a level that interrupts, some people are told less than before.";
pub const NOT_ALL_PROVED: &str = "Not everything could be compared, so more may differ than is listed.";

pub fn unproved(comparisons: usize) -> String {
    let what = count(comparisons, "comparison");
    format!("Not decided within the time limit: {what}. Give it more time with `--budget SECONDS`.")
}

pub fn urgency_title(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Less => "LESS URGENT: some people are told to act less urgently than before",
        Urgency::Same => "AS URGENT",
        Urgency::More => "MORE URGENT: some people are told to act more urgently than before",
    }
}

/// A rule that counts less, or more, than before for a person.
pub fn rule_lead(id: &str, place: &str, of: Side, is_certain: bool) -> String {
    match (of, is_certain) {
        (Side::Old, true) => format!("rule {id} is no longer true for them ({place})"),
        (Side::Old, false) => format!("rule {id} is no longer in doubt for them, who are not sure ({place})"),
        (Side::New, true) => format!("rule {id} is now true for them ({place})"),
        (Side::New, false) => format!("rule {id} is now in doubt for them, who are not sure ({place})"),
    }
}

pub fn rule_gone(id: &str, place: &str, of: Side) -> String {
    match of {
        Side::Old => format!("rule {id} was removed ({place})"),
        Side::New => format!("rule {id} is new ({place})"),
    }
}

pub fn rule_level(id: &str, place: &str, from: &str, to: &str) -> String {
    format!("rule {id} had the level `{from}` and now has `{to}` ({place})")
}

pub fn definition_changed(name: &str, place: &str, change: &str) -> String {
    format!("the definition `{name}` was changed ({place}): {change}")
}

pub fn ask_if_changed(id: &str, place: &str, change: &str, of: Side) -> String {
    match of {
        Side::Old => {
            format!("`{id}` is no longer asked of them, because of its `ask_if` ({place}): {change}")
        }
        Side::New => format!("`{id}` is now asked of them, because of its `ask_if` ({place}): {change}"),
    }
}

pub fn section_changed(id: &str, place: &str, of: Side) -> String {
    match of {
        Side::Old => {
            format!("`{id}` is no longer asked of them, because of the audience of its section ({place})")
        }
        Side::New => format!("`{id}` is now asked of them, because of the audience of its section ({place})"),
    }
}

pub fn not_asked(id: &str, place: &str, of: Side) -> String {
    match of {
        Side::Old => format!("`{id}` is no longer asked of them ({place})"),
        Side::New => format!("`{id}` is now asked of them ({place})"),
    }
}

pub fn no_question(id: &str, place: &str, of: Side) -> String {
    match of {
        Side::Old => format!("the question `{id}` was removed ({place})"),
        Side::New => format!("the question `{id}` is new ({place})"),
    }
}

pub fn other_answer(id: &str, place: &str, answer: &str, only: Side) -> String {
    match only {
        Side::Old => format!("their answer \"{answer}\" to `{id}` is no longer offered ({place})"),
        Side::New => format!("their answer \"{answer}\" to `{id}` was not offered before ({place})"),
    }
}

pub fn level_gone(id: &str) -> String {
    format!(
        "the level `{id}` was removed; levels are matched by their ids, and if in doubt the new one counts as less urgent"
    )
}

pub fn level_new(id: &str) -> String {
    format!(
        "the level `{id}` is new; levels are matched by their ids, and if in doubt it counts as less urgent"
    )
}

pub fn language_added(tag: &str) -> String {
    format!("  - `{tag}` is new\n")
}

pub fn language_removed(tag: &str) -> String {
    format!(
        "  - `{tag}` was removed: people who read only this language can no longer use the questionnaire\n"
    )
}

/// The words that changed in it follow.
pub fn language_changed(tag: &str) -> String {
    format!("  `{tag}`: changed words\n")
}

/// Of an answer that was removed: what becomes of those who gave it.
pub fn cannot_say(moves: Option<(&str, &str)>) -> String {
    let who = "people who would have chosen it must now choose something else";
    match moves {
        Some((from, to)) => format!("{who}; some of them come from `{from}` to `{to}`"),
        None => format!("{who}; that makes nobody's level less urgent"),
    }
}

pub fn asked(id: &str, place: &str, side: Side) -> String {
    match side {
        Side::Old => format!("`{id}` is no longer asked of some people ({place})"),
        Side::New => format!("`{id}` is asked of more people ({place})"),
    }
}

pub fn reason(id: &str, place: &str, side: Side) -> String {
    match side {
        Side::Old => format!("rule {id} is no longer a reason for some people ({place})"),
        Side::New => format!("rule {id} is a reason for more people ({place})"),
    }
}

pub fn because(id: &str, place: &str, was: Option<String>, is: Option<String>) -> String {
    let told =
        |because: Option<String>| because.map_or(NOTHING.to_owned(), |because| format!("\"{because}\""));
    format!("rule {id} gives some people another reason: before {}, now {} ({place})", told(was), told(is))
}

pub fn doubt(id: &str, place: &str, side: Side) -> String {
    match side {
        Side::Old => {
            format!("rule {id} is no longer shown as something that an open answer could mean ({place})")
        }
        Side::New => {
            format!("rule {id} is shown to more people as something that an open answer could mean ({place})")
        }
    }
}

pub fn shown(what: &str, id: &str, say: &str, place: &str, only: Option<Audience>, side: Side) -> String {
    let reader = only.map(|only| format!(" for the {}", audience(only))).unwrap_or_default();
    let how = match side {
        Side::Old => format!("is no longer shown{reader} to some people"),
        Side::New => format!("is shown{reader} to more people"),
    };
    format!("the {what} `{id}` {how} ({place}): \"{}\"", one_line(say))
}

pub fn within(level: &str, place: &str, was: Option<&Deadline>, is: Option<&Deadline>) -> String {
    let told = |time: Option<&Deadline>| {
        let Some(time) = time else { return NOTHING.to_owned() };
        let say = one_line(time.say.to(Audience::Patient));
        match time.days {
            Some(1) => format!("\"{say}\" (1 day)"),
            Some(days) => format!("\"{say}\" ({days} days)"),
            None => format!("\"{say}\""),
        }
    };
    format!("at `{level}`, when to act: before {}, now {} ({place})", told(was), told(is))
}

pub fn who(level: &str, place: &str, was: Option<String>, is: Option<String>) -> String {
    let told = |who: Option<String>| who.map_or(NOTHING.to_owned(), |who| format!("\"{who}\""));
    format!("at `{level}`, whom to contact: before {}, now {} ({place})", told(was), told(is))
}

/// An item of a list that every summary shows.
pub fn item(list: &str, say: &str, side: Side) -> String {
    match side {
        Side::Old => format!("`{list}` no longer says: \"{}\"", one_line(say)),
        Side::New => format!("`{list}` also says: \"{}\"", one_line(say)),
    }
}

/// An item of a further return list, which is told at some levels.
pub fn returned(say: &str, side: Side) -> String {
    match side {
        Side::Old => format!("`return_list` no longer tells some people: \"{}\"", one_line(say)),
        Side::New => format!("`return_list` tells more people: \"{}\"", one_line(say)),
    }
}

/// Words that may go over several lines, on one.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn check_again(level: &str, place: &str, say: &str, side: Side) -> String {
    match side {
        Side::Old => {
            format!("at `{level}`, some people are no longer told when to look again: \"{say}\" ({place})")
        }
        Side::New => format!("at `{level}`, more people are told when to look again: \"{say}\" ({place})"),
    }
}

/// Of a file that has the id of a built-in questionnaire and tells some people to act less urgently.
pub fn less_urgent(from: &str, to: &str, name: &str) -> String {
    format!("some people whom the built-in `{name}` tells \"{from}\" are told \"{to}\" by this file")
}

pub fn more_urgent(from: &str, to: &str, name: &str) -> String {
    format!(
        "some people whom the built-in `{name}` tells \"{from}\" are told \"{to}\" by this file, which is more urgent"
    )
}

pub fn later(what: &str, name: &str) -> String {
    format!("some people are told later than by the built-in `{name}`: {what}")
}

pub fn counts_as(counts_as: UnsureCountsAs) -> &'static str {
    match counts_as {
        UnsureCountsAs::SameLevel => "same_level",
        UnsureCountsAs::OneLevelLess => "one_level_less",
    }
}

/// A waiver, in short.
pub fn departing(questionnaire: &Questionnaire, what: &Departing) -> String {
    let level = |level: LevelIndex| &questionnaire.levels[level].id;
    match what {
        Departing::Rule { rule, level: at } => format!("less_urgent, rule {rule} down to `{}`", level(*at)),
        Departing::Step { step, level: at } => format!("less_urgent, step `{step}` at `{}`", level(*at)),
        Departing::Text { text, level: at, days } => {
            let days = days.map(|days| format!(", up to {days} days")).unwrap_or_default();
            format!("less_urgent, \"{}\" at `{}`{days}", one_line(text), level(*at))
        }
        Departing::Interrupt { level: at } => format!("less_urgent, no alert at `{}`", level(*at)),
        Departing::Unsure(policy) => {
            let counts_as = counts_as(policy.counts_as);
            format!("less_urgent, `unsure` as {counts_as} and at least `{}`", level(policy.at_least))
        }
    }
}

pub fn waived(what: &str, because: &str) -> String {
    format!("waived: {what}: {}", because.trim())
}

pub fn unneeded(what: &str) -> String {
    format!("this waiver is not needed: {what}")
}

/// How to waive something that is intended: the keys of the waiver.
pub fn waive_with(keys: &str) -> String {
    format!(
        "if that is intended, add a waiver with the reason: {{ property: less_urgent, {keys}, because: ... }}"
    )
}

/// Of a file that has the id of a built-in questionnaire and leaves something out where minutes may count.
pub fn told_less(what: &str, name: &str) -> String {
    format!("at a level that interrupts, some people are told less than by the built-in `{name}`: {what}")
}

pub fn calls_itself(id: &str, version: &str, what: &str) -> String {
    format!("this file calls itself {id} {version}, but {what}")
}

pub fn otherwise(what: &str, name: &str) -> String {
    format!("it is not the same as the built-in `{name}`: {what}")
}

pub fn only_words(name: &str, texts: usize) -> String {
    let texts = count(texts, "text");
    format!(
        "its words differ from those of the built-in `{name}` ({texts}), though everybody gets the same result (proved)"
    )
}

pub fn not_in_words(part: &str, name: &str) -> String {
    format!("{part} differs from the built-in `{name}`, though everybody gets the same result (proved)")
}

pub fn give_it_a_version(name: &str, file: &str) -> String {
    format!("give it its own `version`; `redflag diff {name} {file}` shows everything that differs")
}

pub fn compare_all(name: &str, file: &str) -> String {
    format!("`redflag diff {name} {file}` shows everything that differs")
}

pub fn not_compared(name: &str) -> String {
    format!("not compared with the built-in `{name}` within the time limit")
}

pub const MORE_TIME: &str = "give it more time with `--budget SECONDS`";

pub fn nobody_less_urgent(name: &str, version: &str) -> String {
    format!("nobody is told to act less urgently than by the built-in `{name}` {version}")
}
