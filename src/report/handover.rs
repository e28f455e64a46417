//! The handover to another clinician by SBAR. Every positive finding is in it, and everything that is not sure; only
//! a screen may shorten what is absent.

use super::advice::{self, CallStep, Sources};
use super::follow_ups::{asks_about, spoken_for};
use super::judged::Judged;
use super::outcome::{self, Outcome};
use super::texts::{Texts, joined};
use super::{Doubt, Negative, Reason, Step, answered, negatives, reasons};
use crate::answers::{Answer, Truth};
use crate::encounter::Provenance;
use crate::interview::Interview;
use crate::questionnaire::{Audience, Choice, OptionSet, Question, QuestionIndex};
use crate::site::Site;
use crate::text::clean_line;
use crate::triage;
use crate::words;

/// In the clinician's words. Each part is a list of sentences, the most important first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Who it is, and what the person came with.
    pub situation: Vec<String>,
    /// Every other finding, and what is not sure.
    pub background: Vec<String>,
    /// How urgent it is and why, what else holds, what was changed, and what is absent.
    pub assessment: Vec<String>,
    /// What to do.
    pub recommendation: Vec<String>,
}

/// What the handover is made from, in the words of one reader.
pub struct Findings {
    pub outcome: Outcome,
    pub reasons: Vec<Reason>,
    pub doubts: Vec<Doubt>,
    pub negatives: Vec<Negative>,
    pub steps: Vec<Step>,
    pub call_step: CallStep,
    /// For clinicians, what else to consider.
    pub consider: Vec<Step>,
}

impl Findings {
    pub fn of(judged: &Judged, texts: Texts, sources: &mut Sources) -> Findings {
        let facts = &judged.facts;
        let outcome = outcome::outcome(judged, texts);
        let level = outcome.level.as_ref().map(|level| level.index);
        let doubts = reasons::doubts(facts, judged.assessment.certain, texts);
        let reasons = reasons::reasons(judged, &doubts, texts, sources);
        let negatives = negatives::negatives(facts, texts);
        let (steps, call_step) = advice::steps(facts, level, texts, sources);
        let consider = match texts.reader() {
            Audience::Patient => Vec::new(),
            Audience::Clinician => advice::only_for_clinicians(facts, level, texts, sources),
        };
        Findings { outcome, reasons, doubts, negatives, steps, call_step, consider }
    }
}

impl Handover {
    /// As it is now, in the middle of a check.
    pub fn so_far(interview: &Interview, site: &Site) -> Handover {
        let questionnaire = interview.questionnaire();
        let judged = Judged::so_far(questionnaire, interview.encounter());
        let texts = Texts::new(questionnaire, Audience::Clinician, site);
        let findings = Findings::of(&judged, texts, &mut Sources::default());
        handover(&judged, &findings, texts)
    }

    /// The parts with their names, in order.
    pub fn parts(&self, words: &words::Handover) -> [(&'static str, &[String]); 4] {
        [
            (words.situation, &self.situation),
            (words.background, &self.background),
            (words.assessment, &self.assessment),
            (words.recommendation, &self.recommendation),
        ]
    }
}

pub fn handover(judged: &Judged, findings: &Findings, texts: Texts) -> Handover {
    let report = &texts.words.report;
    let words = &report.handover;
    let outcome = &findings.outcome;

    let (presenting, positives) = positives(judged, texts);
    let answered = findings.doubts.iter().filter(|doubt| doubt.answered);
    let unsure = unsure(judged, answered, texts);
    let about = judged.encounter.remarks.reference.as_ref();
    let about = about.map(|reference| format!("{}: {}.", words.reference, clean_line(reference)));
    let situation = [about, list(words.presenting, &presenting)];
    let no_findings = (presenting.is_empty() && positives.is_empty()).then(|| words.no_findings.to_owned());
    let settled = super::settled::settled(judged, texts);
    let settled = list(texts.words.settling.heading, &settled);
    let background = [no_findings, list(words.findings, &positives), list(words.unsure, &unsure), settled];

    let urgency = match &outcome.within {
        Some(within) => format!("{}. {}: {}.", outcome.headline, report.how_soon, within.say),
        None => format!("{}.", outcome.headline),
    };
    let decisive = findings.reasons.first().map(|first| (first.level, first.doubt));
    let (decisive, others): (Vec<_>, Vec<_>) =
        findings.reasons.iter().partition(|reason| Some((reason.level, reason.doubt)) == decisive);
    let open = match judged.assessment.unanswered.len() {
        0 => None,
        open if judged.stopped().is_some() => Some(words.stopped_early(open)),
        open => Some(words.not_finished(open)),
    };
    // The last edit says most.
    let lowered = judged.encounter.lowered.iter().rev();
    let lowered: Vec<_> = lowered.map(|edit| answered::lowered(&judged.facts, edit, texts)).collect();
    let absent = |negative: &Negative| remarked(judged, negative.question, absent(negative, words), texts);
    let absent: Vec<_> = findings.negatives.iter().map(absent).collect();
    let corrected = corrected(judged, texts);
    let rest = no_findings_of(judged, &findings.negatives, texts);
    let assessment = [
        Some(urgency),
        list(words.because, &with_ids(&decisive)),
        open,
        list(words.lowered, &lowered),
        list(words.corrected, &corrected),
        list(words.others, &with_ids(&others)),
        list(words.absent, &absent),
        list(words.other_answers, &rest),
    ];

    let (lead, steps) = match &findings.consider[..] {
        [] => (words.advise, &findings.steps[..]),
        consider => (words.consider, consider),
    };
    let who = outcome.who.as_ref().map(|who| words.contact(who));
    let recommendation = [Some(outcome.act.clone()), who, list(lead, &numbered(steps))];
    Handover {
        situation: sentences(situation),
        background: sentences(background),
        assessment: sentences(assessment),
        recommendation: sentences(recommendation),
    }
}

/// What there is of these, each with an end.
fn sentences(parts: impl IntoIterator<Item = Option<String>>) -> Vec<String> {
    let ended = |mut words: String| {
        if !words.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '!', '?', '…']) {
            words.push('.');
        }
        words
    };
    parts.into_iter().flatten().map(ended).collect()
}

/// What the questionnaire says a handover begins with, in its order; and every other positive finding, those that
/// the most urgent rules rest on first.
fn positives(judged: &Judged, texts: Texts) -> (Vec<String>, Vec<String>) {
    let questionnaire = judged.questionnaire;
    let mut worst = vec![questionnaire.levels.len(); questionnaire.questions.len()];
    for &rule in &judged.assessment.rules {
        let rule = &questionnaire.rules[rule];
        for evidence in triage::evidence(&judged.facts, &rule.when) {
            worst[evidence.question] = worst[evidence.question].min(rule.level);
        }
    }
    let mut others: Vec<QuestionIndex> = (0..questionnaire.questions.len())
        .filter(|question| !questionnaire.presenting.contains(question))
        .collect();
    others.sort_by_key(|&question| (worst[question], !questionnaire.questions[question].red_flag, question));
    let presenting = questionnaire.presenting.iter().filter_map(|&question| any(judged, question, texts));
    let positives = others.into_iter().filter_map(|question| positive(judged, question, texts));
    (presenting.collect(), positives.collect())
}

/// An answer as a finding, unless it is as harmless as the least concerning one.
fn positive(judged: &Judged, question: QuestionIndex, texts: Texts) -> Option<String> {
    let asked = &judged.questionnaire.questions[question];
    // What a follow-up says more of is said there.
    let needless =
        harmless(judged, asked).union(spoken_for(&judged.facts, question, |option| option.phrase.is_some()));
    let answer = judged.facts.answer(question)?;
    match answer {
        // What is not sure is listed as that; what was ticked beside it is a finding.
        Answer::Options(ticked) | Answer::Unsure { ticked } => {
            let found = ticked.without(needless);
            (!found.is_empty()).then(|| finding(judged, question, &Answer::Options(found), texts))
        }
        answer => Some(finding(judged, question, answer, texts)),
    }
}

/// The options that are no finding: none of these, no, not done, and what is no more concerning than that.
fn harmless(judged: &Judged, asked: &Question) -> OptionSet {
    // The harmless answer to a follow-up belongs to a finding: "a leak, for years".
    if asks_about(judged.questionnaire, asked).is_some() {
        return OptionSet::EMPTY;
    }
    if asked.is_yes_no() {
        return OptionSet::one(0);
    }
    // What is ticked of several is there, however harmless.
    let is_harmless = |option: &Choice| !asked.takes_several() && option.no_concern;
    let options = asked.options.iter().enumerate();
    let options = options.filter(|(_, option)| is_harmless(option)).map(|(index, _)| index);
    asked.least_concerning().union(options.collect())
}

/// The answers that are no findings and stand in no other line, so that nothing that was asked is lost.
fn no_findings_of(judged: &Judged, negatives: &[Negative], texts: Texts) -> Vec<String> {
    let questions = judged.questionnaire.questions.iter().enumerate();
    let questions = questions.filter(|(question, _)| {
        !judged.questionnaire.presenting.contains(question)
            && negatives.iter().all(|negative| negative.question != *question)
    });
    let answers = questions.filter_map(|(question, asked)| {
        let ticked = judged.facts.answer(question)?.ticked();
        let rest = ticked.without(ticked.without(harmless(judged, asked)));
        (!rest.is_empty()).then(|| finding(judged, question, &Answer::Options(rest), texts))
    });
    answers.collect()
}

fn any(judged: &Judged, question: QuestionIndex, texts: Texts) -> Option<String> {
    let answer = judged.facts.answer(question)?;
    Some(finding(judged, question, answer, texts))
}

fn finding(judged: &Judged, question: QuestionIndex, answer: &Answer, texts: Texts) -> String {
    let asked = &judged.questionnaire.questions[question];
    let found = reasons::answered(&judged.facts, question, answer, texts);
    // What was ticked of several names itself.
    let named = asked.takes_several() && found.stands_alone;
    let words = match found.phrase {
        Some(phrase) => phrase,
        None if named => found.answer,
        None => joined(&found.ask, &found.answer),
    };
    remarked(judged, question, words, texts)
}

/// With where the answer comes from, where that isn't the person's own word, and the note beside it.
pub(super) fn remarked(judged: &Judged, question: QuestionIndex, words: String, texts: Texts) -> String {
    let remarks = &judged.encounter.remarks;
    let say = &texts.words.report.handover;
    let from = match remarks.provenance(question) {
        Provenance::Said => None,
        Provenance::Observed => Some(say.observed.to_owned()),
        Provenance::Record => Some(say.from_record.to_owned()),
    };
    let note = remarks.notes.get(&question).map(|note| format!("{}: {}", say.note, clean_line(note)));
    let beside: Vec<String> = from.into_iter().chain(note).collect();
    match beside.is_empty() {
        true => words,
        false => format!("{} ({})", words.trim_end_matches('.'), beside.join("; ")),
    }
}

/// Answers of somebody else that were changed, each with the last value before and the one now.
fn corrected(judged: &Judged, texts: Texts) -> Vec<String> {
    let mut said = Vec::new();
    let corrected = &judged.encounter.remarks.corrected;
    for question in 0..judged.questionnaire.questions.len() {
        let Some(first) = corrected.iter().find(|corrected| corrected.question == question) else { continue };
        let (old, new) = (first.old.as_ref(), judged.facts.answer(question));
        // An answer that does not count any more is not repeated.
        if old == new || judged.facts.live(question) == Truth::False {
            continue;
        }
        let asked = &judged.questionnaire.questions[question];
        let answer = |answer: Option<&Answer>| match answer {
            Some(answer) => texts.answer(answer, asked),
            None => texts.words.answers.none.to_owned(),
        };
        let say = &texts.words.intake;
        said.push(say.corrected(&texts.line(&asked.ask), &answer(old), &answer(new)));
    }
    said
}

/// Every answer "not sure", those that leave something more urgent open with what they could mean.
fn unsure<'d>(judged: &Judged, doubts: impl Iterator<Item = &'d Doubt>, texts: Texts) -> Vec<String> {
    let words = &texts.words.report.handover;
    let doubts: Vec<&Doubt> = doubts.collect();
    let said = doubts.iter().map(|doubt| {
        remarked(judged, doubt.question, words.could_mean(&doubt.ask, &doubt.could_mean[0].words), texts)
    });
    let is_unsure = |&question: &QuestionIndex| judged.facts.answer(question).is_some_and(Answer::is_unsure);
    let others = (0..judged.questionnaire.questions.len()).filter(is_unsure);
    let others = others.filter(|question| doubts.iter().all(|doubt| doubt.question != *question));
    let others = others.map(|question| {
        remarked(judged, question, texts.line(&judged.questionnaire.questions[question].ask), texts)
    });
    said.chain(others).collect()
}

fn with_ids(reasons: &[&Reason]) -> Vec<String> {
    let with_id = |reason: &&Reason| match reason.doubt {
        true => {
            let asks: Vec<_> = reason.answers.iter().map(|answered| answered.ask.as_str()).collect();
            format!(
                "{} {} ({})",
                reason.words.trim_end_matches('.'),
                asks.join("; "),
                reason.rules.join(", ")
            )
        }
        false => format!("{} {}", reason.rules.join(", "), reason.words),
    };
    reasons.iter().map(with_id).collect()
}

/// Several sentences can be in a step, so each begins with its number.
fn numbered(steps: &[Step]) -> Vec<String> {
    (1..).zip(steps).map(|(number, step)| format!("({number}) {}", step.words)).collect()
}

/// A red flag by the name of its question. Where nothing of a list is there, the list is left out.
fn absent(negative: &Negative, words: &words::Handover) -> String {
    match (negative.none_at_all, negative.several) {
        (true, _) => joined(&negative.ask, words.none),
        (false, true) => joined(&negative.ask, &words.none_of(&negative.absent.replace("; ", ", "))),
        (false, false) => joined(&negative.ask, &negative.absent),
    }
}

fn list(lead: &str, items: &[String]) -> Option<String> {
    let items: Vec<_> = items.iter().map(|item| item.trim_end_matches('.')).collect();
    (!items.is_empty()).then(|| format!("{lead}: {}.", items.join("; ")))
}
