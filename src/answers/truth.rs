//! Three-valued evaluation (Kleene): the reference that everything faster is tested against.

use std::cell::Cell;
use std::cmp::{max, min};

use super::{Answer, Sheet};
use crate::questionnaire::{Audience, Condition, QuestionIndex, Questionnaire, RuleIndex};

/// The order is that of truth, so that `and` is the minimum and `or` the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::True } else { Truth::False }
    }
}

/// Everything that a sheet makes true, false or unknown.
pub struct Facts<'a> {
    pub questionnaire: &'a Questionnaire,
    pub audience: Audience,
    sheet: &'a Sheet,
    /// What may still be answered differently is unknown; see [`Facts::settled`].
    settled: Option<&'a [bool]>,
    live: Vec<Truth>,
    /// Evaluated when first asked for, and then kept.
    rules: Vec<Cell<Option<Truth>>>,
    definitions: Vec<Cell<Option<Truth>>>,
}

impl<'a> Facts<'a> {
    /// Evaluates which questions are live; rules and definitions follow when they are asked for.
    pub fn of(questionnaire: &'a Questionnaire, audience: Audience, sheet: &'a Sheet) -> Facts<'a> {
        Facts::evaluated(questionnaire, audience, sheet, None)
    }

    /// Only what stays as it is whatever is answered from here on: an optional question is known to be absent
    /// only if it was `passed`, and an answer that may yet be set aside makes nothing true.
    pub(crate) fn settled(
        questionnaire: &'a Questionnaire,
        audience: Audience,
        sheet: &'a Sheet,
        passed: &'a [bool],
    ) -> Facts<'a> {
        Facts::evaluated(questionnaire, audience, sheet, Some(passed))
    }

    fn evaluated(
        questionnaire: &'a Questionnaire,
        audience: Audience,
        sheet: &'a Sheet,
        settled: Option<&'a [bool]>,
    ) -> Facts<'a> {
        let mut facts = Facts {
            questionnaire,
            audience,
            sheet,
            settled,
            live: Vec::with_capacity(questionnaire.questions.len()),
            rules: vec![Cell::new(None); questionnaire.rules.len()],
            definitions: vec![Cell::new(None); questionnaire.definitions.len()],
        };
        // A condition looks at earlier questions only, so one pass in the order of asking is enough.
        for question in &questionnaire.questions {
            let section = &questionnaire.sections[question.section];
            let live = if section.audience.is_some_and(|only| only != audience) {
                Truth::False
            } else {
                question.ask_if.as_ref().map_or(Truth::True, |condition| facts.truth(condition))
            };
            facts.live.push(live);
        }
        facts
    }

    /// Is the question asked? Unknown while an answer that decides it is open: then it is not asked yet.
    pub fn live(&self, question: QuestionIndex) -> Truth {
        self.live[question]
    }

    /// Is the question asked, or was it asked and its answer still counts?
    pub fn is_asked(&self, question: QuestionIndex) -> bool {
        match self.live[question] {
            Truth::False => false,
            Truth::Unknown => self.sheet.get(question).is_some(),
            Truth::True => true,
        }
    }

    pub fn rule(&self, rule: RuleIndex) -> Truth {
        self.once(&self.rules[rule], &self.questionnaire.rules[rule].when)
    }

    /// The answer, unless its question is certainly not asked.
    pub fn answer(&self, question: QuestionIndex) -> Option<&'a Answer> {
        match self.live[question] {
            Truth::False => None,
            Truth::Unknown | Truth::True => self.sheet.get(question),
        }
    }

    /// The answer to a question that is certainly not asked: kept, and without any effect.
    pub fn set_aside(&self, question: QuestionIndex) -> Option<&'a Answer> {
        match self.live[question] {
            Truth::False => self.sheet.get(question),
            Truth::Unknown | Truth::True => None,
        }
    }

    pub fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => parts.iter().fold(Truth::True, |all, part| min(all, self.truth(part))),
            Condition::Any(parts) => parts.iter().fold(Truth::False, |any, part| max(any, self.truth(part))),
            Condition::Not(part) => self.truth(part).not(),
            Condition::AtLeast(needed, parts) => {
                let truths = parts.iter().map(|part| self.truth(part));
                let (certain, possible) = truths.fold((0, 0), |(certain, possible), truth| match truth {
                    Truth::True => (certain + 1, possible + 1),
                    Truth::Unknown => (certain, possible + 1),
                    Truth::False => (certain, possible),
                });
                match (certain >= *needed, possible >= *needed) {
                    (true, _) => Truth::True,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::False,
                }
            }
            Condition::Has(question, options) => self.about(*question, |answer| match answer {
                answer if answer.ticked().intersects(*options) => Truth::True,
                Answer::Unsure { .. } => Truth::Unknown,
                _ => Truth::False,
            }),
            Condition::Unsure(question) => self.about(*question, |answer| answer.is_unsure().into()),
            Condition::Number(question, comparison, bound) => self.about(*question, |answer| match answer {
                Answer::Number(number) => comparison.holds(*number, *bound).into(),
                Answer::Unsure { .. } => Truth::Unknown,
                _ => Truth::False,
            }),
            Condition::Definition(definition) => self
                .once(&self.definitions[*definition], &self.questionnaire.definitions[*definition].condition),
            Condition::Rule(rules) => rules.iter().fold(Truth::False, |any, &rule| max(any, self.rule(rule))),
            Condition::UnsureAnswers => {
                let questions = 0..self.live.len();
                questions.into_iter().any(|q| self.answer(q).is_some_and(Answer::is_unsure)).into()
            }
        }
    }

    fn once(&self, known: &Cell<Option<Truth>>, condition: &Condition) -> Truth {
        known.get().unwrap_or_else(|| {
            let truth = self.truth(condition);
            known.set(Some(truth));
            truth
        })
    }

    /// Does this question's answer make the condition true? An open question leaves it unknown.
    fn about(&self, question: QuestionIndex, judge: impl Fn(&Answer) -> Truth) -> Truth {
        match (self.live[question], self.sheet.get(question)) {
            (Truth::False, _) => Truth::False,
            (Truth::Unknown, Some(answer)) if self.settled.is_some() => min(judge(answer), Truth::Unknown),
            (_, Some(answer)) => judge(answer),
            (_, None) if self.is_left_out(question) => Truth::False,
            (_, None) => Truth::Unknown,
        }
    }

    fn is_left_out(&self, question: QuestionIndex) -> bool {
        self.questionnaire.questions[question].optional && self.settled.is_none_or(|passed| passed[question])
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};
    use super::*;
    use crate::answers::small;

    const ALL: [Truth; 3] = [False, Unknown, True];

    /// A yes_no whose answer has this truth value for `yes`.
    fn answer(truth: Truth) -> &'static str {
        match truth {
            False => "'no'",
            Unknown => "'unsure'",
            True => "'yes'",
        }
    }

    /// The truth of the only rule.
    fn truth(questions: &str, condition: &str, answers: &str) -> Truth {
        let questionnaire = small::questionnaire(questions, &format!("now: {condition}"));
        let sheet = small::sheet(&questionnaire, answers);
        Facts::of(&questionnaire, Audience::Patient, &sheet).rule(0)
    }

    fn of_three(condition: &str, a: Truth, b: Truth, c: Truth) -> Truth {
        let questions = "a, type: yes_no, unsure: true
                         b, type: yes_no, unsure: true
                         c, type: yes_no, unsure: true";
        let answers = format!("{{'a': {}, 'b': {}, 'c': {}}}", answer(a), answer(b), answer(c));
        truth(questions, condition, &answers)
    }

    #[test]
    fn all_is_the_least_true_of_its_parts_and_any_the_most_true() {
        for (a, b) in ALL.iter().flat_map(|&a| ALL.map(|b| (a, b))) {
            let expected = match (a, b) {
                (True, True) => (True, True),
                (False, False) => (False, False),
                (True, False) | (False, True) => (False, True),
                (Unknown, True) | (True, Unknown) => (Unknown, True),
                (Unknown, False) | (False, Unknown) => (False, Unknown),
                (Unknown, Unknown) => (Unknown, Unknown),
            };
            let all = of_three("{ all: [{ a: yes }, { b: yes }] }", a, b, False);
            let keys = of_three("{ a: yes, b: yes }", a, b, False);
            let any = of_three("{ any: [{ a: yes }, { b: yes }] }", a, b, False);
            assert_eq!((all, any), expected, "{a:?} {b:?}");
            assert_eq!(keys, all, "several keys are all of them");
        }
    }

    #[test]
    fn not_leaves_unknown_unknown() {
        let not = |a| of_three("{ not: { a: yes } }", a, False, False);
        assert_eq!(ALL.map(not), [True, Unknown, False]);
    }

    #[test]
    fn n_of_is_unknown_while_the_unknown_parts_could_make_it_true() {
        for a in ALL {
            for (b, c) in ALL.iter().flat_map(|&b| ALL.map(|c| (b, c))) {
                for needed in 1..=3 {
                    let condition =
                        format!("{{ at_least: {needed}, of: [{{ a: yes }}, {{ b: yes }}, {{ c: yes }}] }}");
                    let certain = [a, b, c].iter().filter(|&&part| part == True).count();
                    let possible = [a, b, c].iter().filter(|&&part| part != False).count();
                    let expected = if certain >= needed {
                        True
                    } else if possible >= needed {
                        Unknown
                    } else {
                        False
                    };
                    assert_eq!(of_three(&condition, a, b, c), expected, "{needed} of {a:?} {b:?} {c:?}");
                }
            }
        }
    }

    const SIGNS: &str = "signs, type: many_of, unsure: true, options: [{ id: red, label: R }, \
                         { id: blue, label: B }, { id: none, label: O, exclusive: true }]";

    #[test]
    fn a_ticked_option_stays_true_beside_unsure_and_the_others_are_unknown() {
        let has = |answers| {
            (truth(SIGNS, "{ signs: red }", answers), truth(SIGNS, "{ signs: [blue, none] }", answers))
        };
        assert_eq!(has("{'signs': ['red']}"), (True, False));
        assert_eq!(has("{'signs': ['red', 'blue']}"), (True, True));
        assert_eq!(has("{'signs': ['none']}"), (False, True));
        assert_eq!(has("{'signs': ['red', 'unsure']}"), (True, Unknown));
        assert_eq!(has("{'signs': 'unsure'}"), (Unknown, Unknown));
        assert_eq!(has("{}"), (Unknown, Unknown));
    }

    #[test]
    fn the_test_for_unsure_knows_an_unsure_answer_and_waits_for_an_open_one() {
        let unsure = |answers| truth(SIGNS, "{ signs: unsure }", answers);
        assert_eq!(unsure("{'signs': 'unsure'}"), True);
        assert_eq!(unsure("{'signs': ['red', 'unsure']}"), True);
        assert_eq!(unsure("{'signs': ['red']}"), False);
        assert_eq!(unsure("{}"), Unknown);
    }

    #[test]
    fn comparisons_of_ordered_options_hold_by_position() {
        let questions = "since, type: one_of, ordered: true, unsure: true, options: [{ id: old, label: O }, \
                         { id: some, label: S }, { id: new, label: R }]";
        let compared = |answers| {
            ["at_least", "above", "below"]
                .map(|word| truth(questions, &format!("{{ since: {{ {word}: some }} }}"), answers))
        };
        assert_eq!(compared("{'since': 'old'}"), [False, False, True]);
        assert_eq!(compared("{'since': 'some'}"), [True, False, False]);
        assert_eq!(compared("{'since': 'new'}"), [True, True, False]);
        assert_eq!(compared("{'since': 'unsure'}"), [Unknown; 3]);
        assert_eq!(compared("{}"), [Unknown; 3]);
    }

    #[test]
    fn comparisons_of_numbers_include_the_bound_only_in_at_least() {
        let questions = "height, type: number, unsure: true, min: 1, max: 6, decimals: 2";
        let compared = |answers| {
            ["at_least", "above", "below"]
                .map(|word| truth(questions, &format!("{{ height: {{ {word}: 2.6 }} }}"), answers))
        };
        assert_eq!(compared("{'height': 2.59}"), [False, False, True]);
        assert_eq!(compared("{'height': 2.6}"), [True, False, False]);
        assert_eq!(compared("{'height': 2.61}"), [True, True, False]);
        assert_eq!(compared("{'height': 'unsure'}"), [Unknown; 3]);
        assert_eq!(compared("{}"), [Unknown; 3]);
    }

    const GATE: &str = "gate, type: yes_no, unsure: true
                        follow, type: yes_no, unsure: true, ask_if: { gate: yes }";

    #[test]
    fn an_answer_set_aside_makes_every_condition_on_it_false() {
        for condition in ["{ follow: yes }", "{ follow: no }", "{ follow: unsure }"] {
            for answer in ["yes", "no", "unsure"] {
                let answers = format!("{{'gate': 'no', 'follow': '{answer}'}}");
                assert_eq!(truth(GATE, condition, &answers), False, "{condition} {answer}");
            }
        }
        assert_eq!(truth(GATE, "{ not: { follow: yes } }", "{'gate': 'no', 'follow': 'yes'}"), True);
    }

    #[test]
    fn a_question_that_may_be_asked_is_unknown_without_its_answer_and_counts_with_it() {
        for gate in ["{'gate': 'unsure'", "{'follow': null"] {
            assert_eq!(truth(GATE, "{ follow: yes }", &format!("{gate}}}")), Unknown);
        }
        assert_eq!(truth(GATE, "{ follow: yes }", "{'gate': 'unsure', 'follow': 'yes'}"), True);
        assert_eq!(truth(GATE, "{ follow: yes }", "{'gate': 'unsure', 'follow': 'no'}"), False);
    }

    #[test]
    fn an_optional_question_left_out_is_absent_not_unknown() {
        let questions = "height, type: number, min: 1, max: 6, optional: true
                         exam, type: one_of, optional: true, unsure: true, options: [{ id: normal, label: R }, \
                         { id: abnormal, label: A }]";
        for condition in ["{ height: { at_least: 3 } }", "{ exam: abnormal }", "{ exam: unsure }"] {
            assert_eq!(truth(questions, condition, "{}"), False, "{condition}");
        }
        assert_eq!(truth(questions, "{ exam: abnormal }", "{'exam': 'unsure'}"), Unknown);
    }

    #[test]
    fn a_question_for_the_other_audience_is_certainly_not_asked() {
        let mut questionnaire = small::questionnaire("a, type: yes_no", "now: { a: yes }");
        questionnaire.sections[0].audience = Some(Audience::Clinician);
        let sheet = small::sheet(&questionnaire, "{'a': 'yes'}");
        let of = |audience| Facts::of(&questionnaire, audience, &sheet).rule(0);
        assert_eq!((of(Audience::Patient), of(Audience::Clinician)), (False, True));
    }
}
