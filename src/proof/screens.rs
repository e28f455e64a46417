//! Safety screens: nobody leaves at the least urgent level without them, or with an answer of concern.

use super::change::{self, Change};
use super::explain;
use super::finding::Finding;
use super::prover::Search;
use super::session::Session;
use super::shrink;
use crate::answers::{Answer, Facts, Truth, number_text};
use crate::circuit::{Lit, RawSheet};
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{
    Audience, Concern, Domain, LevelIndex, OptionSet, Property, QuestionIndex, count,
};

const QUIET_EXIT: &str = "nobody ends at the least urgent level without the safety screens";
const NEVER_BELOW: &str = "no answer ends below the level that the file sets for it";

pub fn screens(session: &mut Session) {
    let questionnaire = session.questionnaire;
    let before = session.findings.len() + session.unproved.len();
    let mut asked_of = vec![0; session.provers.len()];
    let mut answers = 0;
    for question in session.answered() {
        let found = session.findings.len();
        for (prover, screens) in asked_of.iter_mut().enumerate() {
            let told = session.findings.len();
            let only = questionnaire.section_of(question).audience;
            if only.is_some_and(|only| only != session.provers[prover].circuit.audience) {
                not_for_these(session, prover, question);
                continue;
            }
            let (is_held, counts) = (asked(session, prover, question), counts(session, prover, question));
            *screens += usize::from(is_held && counts);
            if counts {
                extreme(session, prover, question);
            }
            follow_up(session, prover, question);
            let kept = concerns(session, prover, question);
            answers += if prover == 0 { kept } else { 0 };
            // What was found for one audience is not told again for the other.
            let mut again = session.findings.split_off(told);
            let earlier = &session.findings[found..];
            again.retain(|new| !earlier.iter().any(|old| (old.code, old.spot) == (new.code, new.spot)));
            session.findings.append(&mut again);
        }
    }
    if questionnaire.questions.iter().any(|question| question.red_flag) {
        let of = |audience| {
            let at = session.provers.iter().position(|prover| prover.circuit.audience == audience);
            asked_of[at.unwrap_or_default()]
        };
        let (patients, clinicians) = (of(Audience::Patient), of(Audience::Clinician));
        session.proved.push(format!("{QUIET_EXIT} (patients: {patients}, clinicians: {clinicians})"));
    }
    if session.findings.len() + session.unproved.len() == before && answers > 0 {
        session.proved.push(format!("{NEVER_BELOW}: {}", count(answers, "answer")));
    }
}

/// The screen is in a section for the other audience only, and these end at the least urgent level without it.
fn not_for_these(session: &mut Session, prover: usize, question: QuestionIndex) {
    let questionnaire = session.questionnaire;
    let last = questionnaire.last_level();
    let asked = &questionnaire.questions[question];
    if !asked.red_flag || last == 0 {
        return;
    }
    let quiet = !session.provers[prover].circuit.level[last - 1];
    let sheet = match session.provers[prover].find(&[quiet]) {
        Search::Never => return,
        Search::OutOfTime => return session.not_proved(QUIET_EXIT),
        Search::Found(_) if session.is_waived(Property::QuietExit, question, &[]) => return,
        Search::Found(sheet) => sheet,
    };
    let audience = session.provers[prover].circuit.audience;
    let (these, others) = match audience {
        Audience::Patient => ("patients", "clinicians"),
        Audience::Clinician => ("clinicians", "patients"),
    };
    let message = format!(
        "`{}` is a safety screen, but only {others} are asked its section, and some {these} end at \"{}\" without it",
        asked.id,
        questionnaire.levels[last].title.to(audience)
    );
    let finding = Finding::error("quiet-exit", message, Spot::Question(question))
        .help("move it to a section for everybody, or write a waiver of `quiet_exit` with the reason");
    single(session, prover, &sheet, finding, |circuit, sheet| shrink::level(circuit, sheet) == last);
}

/// At the least urgent level the screen was asked, and was not left out.
fn asked(session: &mut Session, prover: usize, question: QuestionIndex) -> bool {
    let questionnaire = session.questionnaire;
    let last = questionnaire.last_level();
    let asked = &questionnaire.questions[question];
    if !asked.red_flag || last == 0 {
        return false;
    }
    let circuit = &mut session.provers[prover].circuit;
    let audience = circuit.audience;
    let (quiet, live) = (!circuit.level[last - 1], circuit.asked[question].live.certain);
    let missing = circuit.asked[question].variables.missing(&mut circuit.graph);
    let (id, level) = (&asked.id, questionnaire.levels[last].title.to(audience));
    let not_asked = (
        [quiet, !live, Lit::TRUE],
        format!("`{id}` is a safety screen, but some people end at \"{level}\" without being asked"),
        Spot::AskIf(question),
        "ask it always, or of everybody who could otherwise end at the least urgent level",
    );
    let left_out = (
        [quiet, live, missing],
        format!("`{id}` is a safety screen, but it may be left out, and some who do so end at \"{level}\""),
        Spot::Question(question),
        "leave `optional: true` out; with `unsure: true` people can still say that they don't know",
    );
    let mut holds = true;
    for (wanted, message, spot, help) in [not_asked, left_out] {
        let sheet = match session.provers[prover].find(&wanted) {
            Search::Never => continue,
            Search::OutOfTime => {
                session.not_proved(QUIET_EXIT);
                return false;
            }
            Search::Found(sheet) => sheet,
        };
        holds = false;
        if !session.is_waived(Property::QuietExit, question, &[]) {
            let finding = Finding::error("quiet-exit", message, spot).help(help);
            single(session, prover, &sheet, finding, |circuit, sheet| {
                let heard = sheet.heard(questionnaire, circuit.audience);
                let facts = Facts::of(questionnaire, circuit.audience, &heard);
                let is_asked = facts.live(question) == Truth::True;
                let is_open = match spot {
                    Spot::AskIf(_) => !is_asked,
                    _ => is_asked && heard.get(question).is_none(),
                };
                is_open && shrink::level(circuit, sheet) == last
            });
        }
    }
    holds
}

/// Some answer to the screen makes a rule true, and not only one of the least urgent level. Of options that are of concern more is proved.
fn counts(session: &mut Session, prover: usize, question: QuestionIndex) -> bool {
    let (asked, last) = (&session.questionnaire.questions[question], session.questionnaire.last_level());
    if !asked.red_flag || last == 0 || !asked.concerning().is_empty() {
        return true;
    }
    let circuit = &session.provers[prover].circuit;
    let changes: Vec<Change> = match asked.domain {
        Domain::Number(_) => change::to_numbers(question, asked, &circuit.asked[question].variables),
        _ => (0..asked.options.len()).flat_map(|option| change::to_option(question, asked, option)).collect(),
    };
    let rules = circuit.rules.iter().zip(&session.questionnaire.rules);
    let rules: Vec<Lit> =
        rules.filter(|(_, rule)| rule.level < last).map(|(rails, _)| rails.certain).collect();
    for change in changes {
        let found = match session.provers[prover].find_rise(&change, &rules) {
            Search::Never if !asked.has_direction() => session.provers[prover].find_fall(&change, &rules),
            found => found,
        };
        match found {
            Search::Never => {}
            Search::Found(_) => return true,
            Search::OutOfTime => {
                session.not_proved(QUIET_EXIT);
                return false;
            }
        }
    }
    if session.is_waived(Property::Effect, question, &[]) {
        return true;
    }
    let message = format!(
        "`{}` is a safety screen, but no answer to it makes a rule of a more urgent level true",
        asked.id
    );
    let help = match asked.options.is_empty() {
        true => "let a rule look at it; if it is not a safety screen, leave `red_flag: true` out",
        false => {
            "let a rule look at it and leave `concern: none` out; if it is not a safety screen, leave `red_flag: true` out"
        }
    };
    let finding = Finding::error("screen-ignored", message, Spot::Question(question)).help(help);
    session.findings.push(finding);
    false
}

/// A question that follows up an answer of concern to a screen is asked of everybody who answers so.
fn follow_up(session: &mut Session, prover: usize, question: QuestionIndex) {
    let questionnaire = session.questionnaire;
    let Some(condition) = &questionnaire.questions[question].ask_if else { return };
    for (screen, options) in explain::named_options(questionnaire, condition) {
        let asked = &questionnaire.questions[screen];
        let options = options.intersection(asked.concerning());
        if !asked.red_flag || options.is_empty() {
            continue;
        }
        let circuit = &mut session.provers[prover].circuit;
        let chosen = circuit.asked[screen].variables.has(options, &mut circuit.graph);
        let wanted = [circuit.asked[screen].live.certain, chosen, !circuit.asked[question].live.certain];
        let sheet = match session.provers[prover].find(&wanted) {
            Search::Never => continue,
            Search::OutOfTime => return session.not_proved(QUIET_EXIT),
            Search::Found(_) if session.is_waived(Property::QuietExit, question, &[]) => return,
            Search::Found(sheet) => sheet,
        };
        let given = |sheet: &RawSheet| {
            let ticked = sheet.answers[screen].as_ref().map(|answer| answer.ticked());
            ticked.is_some_and(|ticked| ticked.intersects(options))
        };
        let id = &questionnaire.questions[question].id;
        let message = format!(
            "`{id}` follows up answers to the safety screen `{}`, but some people who answer so are not asked",
            asked.id
        );
        let finding = Finding::error("follow-up-skipped", message, Spot::AskIf(question)).help(
            "let its `ask_if` look at the screen alone, or write a waiver of `quiet_exit` with the reason",
        );
        return single(session, prover, &sheet, finding, |circuit, sheet| {
            let heard = sheet.heard(questionnaire, circuit.audience);
            let facts = Facts::of(questionnaire, circuit.audience, &heard);
            given(sheet) && heard.get(screen).is_some() && facts.live(question) != Truth::True
        });
    }
}

/// How many answers have a level below which they never end.
fn concerns(session: &mut Session, prover: usize, question: QuestionIndex) -> usize {
    let questionnaire = session.questionnaire;
    let asked = &questionnaire.questions[question];
    let last = questionnaire.last_level();
    let screen = (asked.red_flag && last > 0).then(|| last - 1);
    let concerning = asked.concerning();
    let mut floors: Vec<(LevelIndex, OptionSet)> = Vec::new();
    for (index, option) in asked.options.iter().enumerate() {
        let general = asked.never_below.or(screen).filter(|_| concerning.contains(index));
        let Some(floor) = option.never_below.or(general) else { continue };
        match floors.iter_mut().find(|(level, _)| *level == floor) {
            Some((_, options)) => *options = options.with(index),
            None => floors.push((floor, OptionSet::one(index))),
        }
    }
    let mut answers = 0;
    for (floor, options) in floors {
        answers += options.len();
        // All at once; only if that fails, one by one.
        if ends_below(session, prover, question, options, floor).is_some() {
            for option in options.iter() {
                concern(session, prover, question, option, floor);
            }
        }
    }
    if let Some(floor) = screen.filter(|_| asked.unsure) {
        unsure(session, prover, question, floor);
    }
    answers
}

fn ends_below(
    session: &mut Session,
    prover: usize,
    question: QuestionIndex,
    options: OptionSet,
    floor: LevelIndex,
) -> Option<Box<RawSheet>> {
    let circuit = &mut session.provers[prover].circuit;
    let chosen = circuit.asked[question].variables.has(options, &mut circuit.graph);
    let wanted = [circuit.asked[question].live.certain, chosen, !circuit.level[floor]];
    match session.provers[prover].find(&wanted) {
        Search::Never => None,
        Search::Found(sheet) => Some(sheet),
        Search::OutOfTime => {
            session.not_proved(NEVER_BELOW);
            None
        }
    }
}

fn concern(session: &mut Session, prover: usize, question: QuestionIndex, option: usize, floor: LevelIndex) {
    let Some(sheet) = ends_below(session, prover, question, OptionSet::one(option), floor) else {
        return;
    };
    if session.is_waived(Property::QuietExit, question, &[option]) {
        return;
    }
    let questionnaire = session.questionnaire;
    let asked = &questionnaire.questions[question];
    let audience = session.provers[prover].circuit.audience;
    let by_screen = asked.options[option].never_below.is_none() && asked.never_below.is_none();
    let (label, least) = (asked.options[option].label.to(audience), &questionnaire.levels[floor]);
    let (code, message, help) = match by_screen {
        true => (
            "concern-ignored",
            format!(
                "`{}` is a safety screen, but someone who answers \"{label}\" can end at the least urgent level",
                asked.id
            ),
            "give the answer a rule; or write `concern: none` at the option if it is none, or a waiver with the reason",
        ),
        false => (
            "below-floor",
            format!(
                "`{}`: someone who answers \"{label}\" can end below \"{}\"",
                asked.id,
                least.title.to(audience)
            ),
            "a rule was changed, or the `never_below` of this answer asks for too much",
        ),
    };
    let finding = Finding::error(code, message, Spot::Option(question, option)).help(help);
    single(session, prover, &sheet, finding, |circuit, sheet| {
        let heard = sheet.heard(questionnaire, circuit.audience);
        let given = heard.get(question).is_some_and(|answer| answer.ticked().contains(option));
        given && shrink::level(circuit, sheet) > floor
    });
}

/// The number of most concern to a screen never ends at the least urgent level.
fn extreme(session: &mut Session, prover: usize, question: QuestionIndex) {
    let questionnaire = session.questionnaire;
    let (asked, last) = (&questionnaire.questions[question], questionnaire.last_level());
    if !asked.red_flag || last == 0 {
        return;
    }
    let circuit = &mut session.provers[prover].circuit;
    let numbers = change::intervals(&circuit.asked[question].variables);
    let (comparison, bound, words) = match (asked.concern, numbers.as_slice()) {
        (Concern::Higher, [.., (first, _)]) => {
            (Comparison::AtLeast, *first, format!("{} or more", number_text(*first)))
        }
        (Concern::Lower, [_, (next, _), ..]) => {
            (Comparison::Below, *next, format!("less than {}", number_text(*next)))
        }
        (Concern::Lower, [(first, _)]) => (Comparison::AtLeast, *first, "any number".to_owned()),
        _ => return,
    };
    let given = circuit.asked[question].variables.compares(comparison, bound, &mut circuit.graph);
    let wanted = [circuit.asked[question].live.certain, given, !circuit.level[last - 1]];
    let sheet = match session.provers[prover].find(&wanted) {
        Search::Never => return,
        Search::OutOfTime => return session.not_proved(QUIET_EXIT),
        Search::Found(_) if session.is_waived(Property::QuietExit, question, &[]) => return,
        Search::Found(sheet) => sheet,
    };
    let message = format!(
        "`{}` is a safety screen, but people who answer {words} can end at the least urgent level",
        asked.id
    );
    let finding = Finding::error("concern-ignored", message, Spot::Question(question)).help(
        "give the numbers of most concern a rule that looks at nothing else; or write a waiver of `quiet_exit` with the reason",
    );
    single(session, prover, &sheet, finding, |circuit, sheet| {
        let heard = sheet.heard(questionnaire, circuit.audience);
        let is_given =
            matches!(heard.get(question), Some(&Answer::Number(is)) if comparison.holds(is, bound));
        is_given && shrink::level(circuit, sheet) == last
    });
}

fn unsure(session: &mut Session, prover: usize, question: QuestionIndex, floor: LevelIndex) {
    let circuit = &session.provers[prover].circuit;
    let wanted = [circuit.asked[question].unsure, !circuit.level[floor]];
    let sheet = match session.provers[prover].find(&wanted) {
        Search::Never => return,
        Search::OutOfTime => return session.not_proved(QUIET_EXIT),
        Search::Found(_) if session.is_waived(Property::QuietExit, question, &[]) => return,
        Search::Found(sheet) => sheet,
    };
    let questionnaire = session.questionnaire;
    let id = &questionnaire.questions[question].id;
    let message =
        format!("`{id}` is a safety screen, but someone who is not sure can end at the least urgent level");
    let finding = Finding::error("concern-ignored", message, Spot::Question(question))
        .help("no rule looks at this answer, or what an open question counts for (`unsure:`) is too little");
    single(session, prover, &sheet, finding, |circuit, sheet| {
        let heard = sheet.heard(questionnaire, circuit.audience);
        heard.get(question).is_some_and(|answer| answer.is_unsure()) && shrink::level(circuit, sheet) > floor
    });
}

/// Reports a finding with the plainest sheet that shows it, after the interpreter has seen that it does.
pub fn single(
    session: &mut Session,
    prover: usize,
    sheet: &RawSheet,
    finding: Finding,
    holds: impl Fn(&crate::circuit::Circuit, &RawSheet) -> bool,
) {
    if !holds(&session.provers[prover].circuit, sheet) {
        let example = session.example(prover, vec![sheet.clone()], None);
        return session.disagreement(&finding.message, example);
    }
    let plain = session.plainest(prover, sheet, holds);
    let example = session.example(prover, vec![plain], None);
    session.findings.push(finding.example(example));
}
