//! The properties by going through all sheets with the plain interpreter, for questionnaires that are small enough.
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeSet;

use redflag::answers::{Answer, Facts, Truth};
use redflag::circuit::RawSheet;
use redflag::questionnaire::{Audience, Concern, Domain, OptionSet, Question, Questionnaire};
use redflag::triage;

/// More sheets than this take too long.
const MOST: usize = 600;

/// The findings that are compared.
pub const CODES: [&str; 10] = [
    "never-asked",
    "level-never-reached",
    "rule-never-decides",
    "less-urgent",
    "unsure-less-urgent",
    "quiet-exit",
    "concern-ignored",
    "screen-ignored",
    "below-floor",
    "never-shown",
];

/// All that is wrong, as code and what it is about; `None` if there are too many sheets.
pub fn findings(questionnaire: &Questionnaire) -> Option<BTreeSet<String>> {
    let answers: Vec<Vec<Option<Answer>>> = questionnaire.questions.iter().map(answers).collect();
    let sheets = answers.iter().map(Vec::len).product::<usize>();
    if sheets > MOST {
        return None;
    }
    let all = All { questionnaire, answers };
    let mut found = BTreeSet::new();
    all.reached(&mut found);
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if all.falls(index, |answer| more_concerning(question, answer)) {
            found.insert(format!("less-urgent {}", question.id));
        }
        if question.unsure && all.falls(index, |answer| unsure_instead(question, answer)) {
            found.insert(format!("unsure-less-urgent {}", question.id));
        }
        all.screens(index, &mut found);
    }
    Some(found)
}

/// Every answer that fits a question, or none if it may be left out.
pub fn answers(question: &Question) -> Vec<Option<Answer>> {
    let mut candidates = vec![Answer::UNSURE];
    candidates.extend((0..question.options.len()).map(Answer::option));
    for bits in 1..1u32 << question.options.len() {
        let ticked: OptionSet =
            (0..question.options.len()).filter(|option| bits >> option & 1 == 1).collect();
        candidates.push(Answer::Unsure { ticked });
        if ticked.len() > 1 {
            candidates.push(Answer::Options(ticked));
        }
    }
    candidates.extend((-1..=2).map(|number| Answer::Number(f64::from(number))));
    candidates.retain(|answer| answer.check(question).is_ok());
    let answers = candidates.into_iter().map(Some);
    answers.chain(question.optional.then_some(None)).collect()
}

/// The answers that are one step or more of more concern.
fn more_concerning(question: &Question, answer: &Answer) -> Vec<Answer> {
    let only = answer.ticked().iter().next().filter(|_| !answer.is_unsure());
    let candidates = answers(question).into_iter().flatten();
    let is_more = |other: &Answer| match (question.concern, &question.domain, answer, other) {
        (Concern::ByType, Domain::One { .. }, _, Answer::Options(_)) => {
            only.is_some_and(|only| other.ticked().iter().next() > Some(only))
        }
        (Concern::Least(least), _, _, Answer::Options(_)) => only == Some(least) && other != answer,
        (Concern::ByType, Domain::Several, _, _) => {
            let kept = answer.ticked().without(question.exclusive());
            let more = other.ticked().without(kept);
            other.is_unsure() == answer.is_unsure()
                && kept.without(other.ticked()).is_empty()
                && more.len() == 1
                && !more.intersects(question.exclusive())
        }
        (Concern::Higher, _, Answer::Number(number), Answer::Number(other)) => other > number,
        (Concern::Lower, _, Answer::Number(number), Answer::Number(other)) => other < number,
        _ => false,
    };
    candidates.filter(is_more).collect()
}

fn unsure_instead(question: &Question, answer: &Answer) -> Vec<Answer> {
    let least = question.least_concerning();
    let is_least = match (&question.domain, answer) {
        (_, Answer::Unsure { .. } | Answer::Text(_)) => false,
        (_, Answer::Number(number)) => match question.concern {
            Concern::Higher => *number == -1.0,
            Concern::Lower => *number == 2.0,
            _ => true,
        },
        (_, Answer::Options(ticked)) => ticked.len() == 1 && (least.is_empty() || ticked.intersects(least)),
    };
    if is_least { vec![Answer::UNSURE] } else { Vec::new() }
}

struct All<'q> {
    questionnaire: &'q Questionnaire,
    answers: Vec<Vec<Option<Answer>>>,
}

impl All<'_> {
    /// Looks at every sheet of every audience until `look` has seen enough.
    fn any(&self, mut look: impl FnMut(&RawSheet, Audience) -> bool) -> bool {
        let questions = self.answers.len();
        let mut at = vec![0; questions];
        loop {
            let answers: Vec<Option<Answer>> =
                at.iter().zip(&self.answers).map(|(&at, answers)| answers[at].clone()).collect();
            for kept in [false, true] {
                let sheet = RawSheet { answers: answers.clone(), kept };
                for audience in [Audience::Patient, Audience::Clinician] {
                    if look(&sheet, audience) {
                        return true;
                    }
                }
            }
            let Some(next) = (0..questions).find(|&question| at[question] + 1 < self.answers[question].len())
            else {
                return false;
            };
            at[next] += 1;
            at[..next].iter_mut().for_each(|at| *at = 0);
        }
    }

    fn level(&self, sheet: &RawSheet, audience: Audience) -> usize {
        let heard = sheet.heard(self.questionnaire, audience);
        triage::assess(&Facts::of(self.questionnaire, audience, &heard)).level
    }

    /// Whether some other answer gives a less urgent level on some sheet.
    fn falls(&self, question: usize, others: impl Fn(&Answer) -> Vec<Answer>) -> bool {
        self.any(|sheet, audience| {
            let Some(answer) = &sheet.answers[question] else { return false };
            let level = self.level(sheet, audience);
            others(answer)
                .into_iter()
                .any(|other| self.level(&sheet.with(question, Some(other)), audience) > level)
        })
    }

    fn reached(&self, found: &mut BTreeSet<String>) {
        let questionnaire = self.questionnaire;
        let mut missing = BTreeSet::new();
        missing.extend(questionnaire.questions.iter().map(|question| format!("never-asked {}", question.id)));
        missing.extend(questionnaire.levels.iter().map(|level| format!("level-never-reached {}", level.id)));
        missing.extend(questionnaire.next_steps.iter().map(|step| format!("never-shown {}", step.id)));
        for rule in &questionnaire.rules {
            missing.insert(format!("rule-never-true {}", rule.id));
            missing.insert(format!("rule-never-decides {}", rule.id));
        }
        self.any(|sheet, audience| {
            let heard = sheet.heard(questionnaire, audience);
            let facts = Facts::of(questionnaire, audience, &heard);
            let assessment = triage::assess(&facts);
            for (index, question) in questionnaire.questions.iter().enumerate() {
                if facts.live(index) == Truth::True {
                    missing.remove(&format!("never-asked {}", question.id));
                }
            }
            missing.remove(&format!("level-never-reached {}", questionnaire.levels[assessment.level].id));
            for reader in [Audience::Patient, Audience::Clinician] {
                for step in triage::next_steps(&facts, assessment.level, reader) {
                    missing.remove(&format!("never-shown {}", step.id));
                }
            }
            for &rule in &assessment.rules {
                let id = &questionnaire.rules[rule].id;
                missing.remove(&format!("rule-never-true {id}"));
                let own = questionnaire.rules[rule].level;
                if assessment
                    .rules
                    .iter()
                    .all(|&other| other == rule || questionnaire.rules[other].level > own)
                {
                    missing.remove(&format!("rule-never-decides {id}"));
                }
            }
            false
        });
        // A rule that is never true is told once, or not at all if a part of it is told.
        let never_true: Vec<String> = missing
            .iter()
            .filter_map(|key| key.strip_prefix("rule-never-true "))
            .map(str::to_owned)
            .collect();
        for id in never_true {
            missing.remove(&format!("rule-never-decides {id}"));
        }
        found.append(&mut missing);
    }

    /// Whether some answer makes a rule true that is not true with a less concerning one; where the file does not say
    /// which is, whether any two answers differ in a rule.
    fn counts(&self, question: usize, audience: Audience) -> bool {
        let asked = &self.questionnaire.questions[question];
        let is_true = |sheet: &RawSheet| -> Vec<bool> {
            let heard = sheet.heard(self.questionnaire, audience);
            let facts = Facts::of(self.questionnaire, audience, &heard);
            let last = self.questionnaire.last_level();
            let rules = self.questionnaire.rules.iter().enumerate().filter(|(_, rule)| rule.level < last);
            rules.map(|(rule, _)| facts.rule(rule) == Truth::True).collect()
        };
        self.any(|sheet, of| {
            let others = match &sheet.answers[question] {
                _ if of != audience => return false,
                Some(answer) if asked.has_direction() => more_concerning(asked, answer),
                _ => answers(asked).into_iter().flatten().collect(),
            };
            let was = is_true(sheet);
            others.into_iter().filter(|other| !asked.has_direction() || !other.is_unsure()).any(|other| {
                let is = is_true(&sheet.with(question, Some(other)));
                let rises = was.iter().zip(&is).any(|(was, is)| !was && *is);
                rises || !asked.has_direction() && was != is
            })
        })
    }

    fn screens(&self, index: usize, found: &mut BTreeSet<String>) {
        let questionnaire = self.questionnaire;
        let question = &questionnaire.questions[index];
        let last = questionnaire.last_level();
        let only = questionnaire.section_of(index).audience;
        let is_for = |audience| only.is_none_or(|only| only == audience);
        let must_count = question.red_flag && question.concerning().is_empty();
        let numbers_count = [Audience::Patient, Audience::Clinician]
            .map(|audience| must_count && is_for(audience) && self.counts(index, audience));
        if must_count {
            let audiences = [Audience::Patient, Audience::Clinician].into_iter().zip(numbers_count);
            if audiences.into_iter().any(|(audience, counts)| is_for(audience) && !counts) {
                found.insert(format!("screen-ignored {}", question.id));
            }
        }
        self.any(|sheet, audience| {
            if !is_for(audience) {
                if question.red_flag && self.level(sheet, audience) == last {
                    found.insert(format!("quiet-exit {}", question.id));
                }
                return false;
            }
            let heard = sheet.heard(questionnaire, audience);
            let facts = Facts::of(questionnaire, audience, &heard);
            let level = triage::assess(&facts).level;
            let is_asked = facts.live(index) == Truth::True;
            if question.red_flag && level == last && !(is_asked && heard.get(index).is_some()) {
                found.insert(format!("quiet-exit {}", question.id));
            }
            let answer = heard.get(index).filter(|_| is_asked);
            let extreme = match question.concern {
                Concern::Higher => Some(Answer::Number(2.0)),
                Concern::Lower => Some(Answer::Number(-1.0)),
                _ => None,
            };
            let is_extreme = extreme.is_some() && answer == extreme.as_ref();
            let counts = numbers_count[usize::from(audience == Audience::Clinician)];
            if question.red_flag && level == last && is_extreme && counts {
                found.insert(format!("concern-ignored {}", question.id));
            }
            let concerning = answer.is_some_and(|answer| answer.ticked().intersects(question.concerning()));
            let unsure = heard.get(index).is_some_and(Answer::is_unsure);
            match question.never_below {
                Some(floor) if concerning && level > floor => {
                    found.insert(format!("below-floor {}", question.id));
                }
                None if question.red_flag && concerning && level == last => {
                    found.insert(format!("concern-ignored {}", question.id));
                }
                _ => {}
            }
            if question.red_flag && unsure && level == last {
                found.insert(format!("concern-ignored {}", question.id));
            }
            false
        });
    }
}
