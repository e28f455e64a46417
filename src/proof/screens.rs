//! Safety screens: nobody leaves at the least urgent level without them, or with an answer of concern.

use super::explain;
use super::finding::Finding;
use super::prover::Search;
use super::session::Session;
use super::shrink;
use crate::answers::Facts;
use crate::answers::Truth;
use crate::circuit::RawSheet;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{LevelIndex, OptionSet, Property, QuestionIndex, count};

const QUIET_EXIT: &str = "nobody ends at the least urgent level without every safety screen";
const NEVER_BELOW: &str = "no answer ends below the level that the file sets for it";

pub fn screens(session: &mut Session) {
    let before = session.findings.len() + session.unproved.len();
    let questionnaire = session.questionnaire;
    let (mut screens, mut answers) = (0, 0);
    for question in session.answered() {
        screens += usize::from(questionnaire.questions[question].red_flag);
        for prover in 0..session.provers.len() {
            let section = questionnaire.section_of(question);
            let audience = session.provers[prover].circuit.audience;
            if section.audience.is_some_and(|only| only != audience) {
                continue;
            }
            let found = session.findings.len();
            asked(session, prover, question);
            follow_up(session, prover, question);
            let kept = concerns(session, prover, question);
            answers += if prover == 0 { kept } else { 0 };
            if session.findings.len() > found {
                break;
            }
        }
    }
    if session.findings.len() + session.unproved.len() == before && screens + answers > 0 {
        let screens = count(screens, "screen");
        let answers = count(answers, "answer");
        session.proved.push(format!("{QUIET_EXIT}: {screens}; {NEVER_BELOW}: {answers}"));
    }
}

/// At the least urgent level the screen was asked.
fn asked(session: &mut Session, prover: usize, question: QuestionIndex) {
    let questionnaire = session.questionnaire;
    let last = questionnaire.last_level();
    if !questionnaire.questions[question].red_flag || last == 0 {
        return;
    }
    let circuit = &session.provers[prover].circuit;
    let wanted = [!circuit.level[last - 1], !circuit.asked[question].live.certain];
    let sheet = match session.provers[prover].find(&wanted) {
        Search::Never => return,
        Search::OutOfTime => return session.not_proved(QUIET_EXIT),
        Search::Found(_) if session.is_waived(Property::QuietExit, question, &[]) => return,
        Search::Found(sheet) => sheet,
    };
    let id = &questionnaire.questions[question].id;
    let not_asked = |circuit: &crate::circuit::Circuit, sheet: &RawSheet| {
        let heard = sheet.heard(questionnaire, circuit.audience);
        let facts = Facts::of(questionnaire, circuit.audience, &heard);
        facts.live(question) != Truth::True && shrink::level(circuit, sheet) == last
    };
    let message = format!(
        "`{id}` is a safety screen, but some people end at \"{}\" without being asked",
        questionnaire.levels[last].title.to(session.provers[prover].circuit.audience)
    );
    let finding = Finding::error("quiet-exit", message, Spot::AskIf(question))
        .help("ask it always, or of everybody who could otherwise end at the least urgent level");
    single(session, prover, &sheet, finding, not_asked);
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
                "`{}` is a safety screen, but somebody who answers \"{label}\" can end at the least urgent level",
                asked.id
            ),
            "give the answer a rule; or write `concern: none` at the option if it is none, or a waiver with the reason",
        ),
        false => (
            "below-floor",
            format!(
                "`{}`: somebody who answers \"{label}\" can end below \"{}\"",
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
        format!("`{id}` is a safety screen, but somebody who is not sure can end at the least urgent level");
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
