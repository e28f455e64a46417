//! What it means: from the facts to a level, the reasons for it and the next steps.

mod because;
mod settle;

use std::cmp::min;

pub use because::{Evidence, doubts, evidence};
pub use settle::deciding_doubts;

use crate::answers::{Facts, Truth};
#[cfg(doc)]
use crate::questionnaire::Rule;
use crate::questionnaire::{
    Audience, Contact, Deadline, LevelIndex, NextStep, Page, QuestionIndex, RuleIndex, Shown, Text,
    UnsureCountsAs,
};

/// The judgement of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// What to act on.
    pub level: LevelIndex,
    /// The most urgent level with a true rule, or the last level.
    pub certain: LevelIndex,
    /// The most urgent level with a rule that is true or unknown.
    pub possible: LevelIndex,
    /// Every question that is asked has its answer.
    pub complete: bool,
    /// The true rules, in the order of the file.
    pub rules: Vec<RuleIndex>,
    /// The live questions that still need an answer.
    pub unanswered: Vec<QuestionIndex>,
    /// The questions that are certainly not asked and have an answer all the same.
    pub set_aside: Vec<QuestionIndex>,
}

impl Assessment {
    /// The level that may be acted on: with questions still open only what is certain, since an open answer may yet
    /// turn out harmless.
    pub fn at_least(&self) -> LevelIndex {
        if self.complete { self.level } else { self.certain }
    }
}

/// Judges the facts by the questionnaire's rules and its policy for unsure.
pub fn assess(facts: &Facts) -> Assessment {
    let questionnaire = facts.questionnaire;
    let mut certain = questionnaire.last_level();
    let mut possible = certain;
    let mut rules = Vec::new();
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        let truth = facts.rule(index);
        if truth == Truth::True {
            certain = min(certain, rule.level);
            rules.push(index);
        }
        if truth != Truth::False {
            possible = min(possible, rule.level);
        }
    }
    let questions = 0..questionnaire.questions.len();
    let unanswered: Vec<_> = questions.clone().filter(|&question| needs_answer(facts, question)).collect();
    Assessment {
        level: level(facts, certain, possible),
        certain,
        possible,
        complete: unanswered.is_empty(),
        rules,
        unanswered,
        set_aside: questions.filter(|&question| facts.set_aside(question).is_some()).collect(),
    }
}

/// Is the question asked, required and still without an answer?
pub fn needs_answer(facts: &Facts, question: QuestionIndex) -> bool {
    let asked = &facts.questionnaire.questions[question];
    let takes_answer = asked.takes_answer();
    facts.live(question) == Truth::True && facts.answer(question).is_none() && !asked.optional && takes_answer
}

fn level(facts: &Facts, certain: LevelIndex, possible: LevelIndex) -> LevelIndex {
    if possible == certain {
        return certain;
    }
    let policy = facts.questionnaire.unsure;
    let doubtful = match policy.counts_as {
        UnsureCountsAs::SameLevel => possible,
        UnsureCountsAs::OneLevelLess => possible + 1,
    };
    min(certain, min(doubtful, policy.at_least))
}

/// Is a step or a page shown to this audience at this level?
pub fn is_shown(facts: &Facts, shown: &Shown, level: LevelIndex, audience: Audience) -> bool {
    (shown.levels.is_empty() || shown.levels.contains(&level))
        && shown.audience.is_none_or(|only| only == audience)
        && shown.when.as_ref().is_none_or(|when| facts.truth(when) == Truth::True)
}

/// The next steps that are shown, by their places in the questionnaire.
pub fn shown_steps(facts: &Facts, level: LevelIndex, audience: Audience) -> Vec<usize> {
    let steps = facts.questionnaire.next_steps.iter().enumerate();
    let shown = steps.filter(|(_, step)| is_shown(facts, &step.shown, level, audience));
    shown.map(|(index, _)| index).collect()
}

pub fn next_steps<'a>(facts: &Facts<'a>, level: LevelIndex, audience: Audience) -> Vec<&'a NextStep> {
    let steps = &facts.questionnaire.next_steps;
    shown_steps(facts, level, audience).into_iter().map(|index| &steps[index]).collect()
}

pub fn pages<'a>(facts: &Facts<'a>, level: LevelIndex, audience: Audience) -> Vec<&'a Page> {
    facts.questionnaire.learn.iter().filter(|page| is_shown(facts, &page.shown, level, audience)).collect()
}

/// How soon to act. An open condition counts as met, because the entries run from soonest to latest.
pub fn within<'a>(facts: &Facts<'a>, level: LevelIndex) -> Option<&'a Deadline> {
    facts.questionnaire.levels[level].within.iter().find(|deadline| may_hold(facts, deadline))
}

/// When to look again.
pub fn check_again<'a>(facts: &Facts<'a>, level: LevelIndex) -> Vec<&'a Deadline> {
    let deadlines = &facts.questionnaire.levels[level].check_again;
    deadlines.iter().filter(|deadline| may_hold(facts, deadline)).collect()
}

/// Whom to contact.
pub fn who<'a>(facts: &Facts<'a>, level: LevelIndex) -> Option<&'a Contact> {
    let contacts = &facts.questionnaire.levels[level].who;
    contacts.iter().find(|contact| contact.when.as_ref().is_none_or(|when| facts.truth(when) == Truth::True))
}

/// Which of the words of a rule are for this person, by their place among [`Rule::wordings`]: those of the first entry
/// whose condition is true, or the last.
pub fn wording(facts: &Facts, rule: RuleIndex) -> usize {
    let entries = &facts.questionnaire.rules[rule].because_if;
    entries.iter().take_while(|entry| facts.truth(&entry.when) != Truth::True).count()
}

/// Why a rule holds, in the words for this person.
pub fn in_words<'a>(facts: &Facts<'a>, rule: RuleIndex) -> &'a Text {
    let of = &facts.questionnaire.rules[rule];
    of.because_if.get(wording(facts, rule)).map_or(&of.because, |entry| &entry.say)
}

fn may_hold(facts: &Facts, deadline: &Deadline) -> bool {
    deadline.when.as_ref().is_none_or(|when| facts.truth(when) != Truth::False)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::Questionnaire;

    /// A rule for each of four levels, from `now` to `later`; the fifth level, `never`, needs none.
    fn of_four(unsure: &str) -> Questionnaire {
        small::with_policy(
            unsure,
            "a, type: yes_no, unsure: true
             b, type: yes_no, unsure: true
             c, type: yes_no, unsure: true
             d, type: yes_no, unsure: true",
            "now: { a: yes }
             today: { b: yes }
             soon: { c: yes }
             later: { d: yes }",
        )
    }

    /// Ids of level, certain and possible, with `answers` given one letter each: `y`, `n`, `u` or `-`.
    fn levels(questionnaire: &Questionnaire, answers: &str) -> [String; 3] {
        let answers = "abcd".chars().zip(answers.chars()).filter_map(|(id, letter)| match letter {
            'y' => Some(format!("'{id}': 'yes'")),
            'n' => Some(format!("'{id}': 'no'")),
            'u' => Some(format!("'{id}': 'unsure'")),
            _ => None,
        });
        let sheet = small::sheet(questionnaire, &format!("{{{}}}", answers.collect::<Vec<_>>().join(",")));
        let found = assess(&Facts::of(questionnaire, Audience::Patient, &sheet));
        [found.level, found.certain, found.possible].map(|level| questionnaire.levels[level].id.clone())
    }

    #[test]
    fn without_doubt_the_most_urgent_true_rule_decides() {
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        assert_eq!(levels(&questionnaire, "nnnn"), ["never", "never", "never"]);
        assert_eq!(levels(&questionnaire, "nnyy"), ["soon", "soon", "soon"]);
        assert_eq!(levels(&questionnaire, "yuuu"), ["now", "now", "now"]);
    }

    #[test]
    fn a_doubt_counts_one_level_less_and_never_below_what_is_certain() {
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        assert_eq!(levels(&questionnaire, "unnn"), ["today", "never", "now"]);
        assert_eq!(levels(&questionnaire, "nunn"), ["soon", "never", "today"]);
        assert_eq!(levels(&questionnaire, "nuyn"), ["soon", "soon", "today"]);
        assert_eq!(levels(&questionnaire, "uyyy"), ["today", "today", "now"]);
    }

    #[test]
    fn a_doubt_counts_for_at_least_the_level_that_the_file_says() {
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        assert_eq!(levels(&questionnaire, "nnnu"), ["later", "never", "later"]);
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: soon }");
        assert_eq!(levels(&questionnaire, "nnun"), ["soon", "never", "soon"]);
        assert_eq!(levels(&questionnaire, "unnn"), ["today", "never", "now"]);
        assert_eq!(
            levels(&questionnaire, "nnny"),
            ["later", "later", "later"],
            "without a doubt it plays no part"
        );
    }

    #[test]
    fn a_doubt_can_count_as_the_level_itself() {
        let questionnaire = of_four("{ counts_as: same_level, at_least: later }");
        assert_eq!(levels(&questionnaire, "unnn"), ["now", "never", "now"]);
        assert_eq!(levels(&questionnaire, "nnuy"), ["soon", "later", "soon"]);
    }

    #[test]
    fn an_open_question_is_a_doubt_and_makes_the_sheet_incomplete() {
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        assert_eq!(levels(&questionnaire, "n-nn"), ["soon", "never", "today"]);
        let of = |answers| {
            let sheet = small::sheet(&questionnaire, answers);
            let found = assess(&Facts::of(&questionnaire, Audience::Patient, &sheet));
            (found.complete, found.unanswered)
        };
        assert_eq!(of("{'a': 'no', 'c': 'unsure'}"), (false, vec![1, 3]));
        assert_eq!(of("{'a': 'no', 'b': 'no', 'c': 'unsure', 'd': 'no'}"), (true, vec![]));
    }

    #[test]
    fn notes_and_optional_questions_are_never_missing_and_hidden_answers_are_set_aside() {
        let questionnaire = small::questionnaire(
            "page, type: note
             a, type: yes_no
             b, type: yes_no, ask_if: { a: yes }
             words, type: text, optional: true",
            "now: { b: yes }",
        );
        let sheet = small::sheet(&questionnaire, "{'a': 'no', 'b': 'yes'}");
        let found = assess(&Facts::of(&questionnaire, Audience::Patient, &sheet));
        assert_eq!((found.complete, found.set_aside, found.rules), (true, vec![2], vec![]));
    }

    #[test]
    fn steps_need_their_level_their_audience_and_a_condition_that_is_true_for_certain() {
        let questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        let shown = |levels: &[LevelIndex], audience, answers| {
            let when = Some(questionnaire.rules[0].when.clone());
            let shown = Shown { levels: levels.to_vec(), when, audience };
            let sheet = small::sheet(&questionnaire, answers);
            is_shown(&Facts::of(&questionnaire, Audience::Patient, &sheet), &shown, 1, Audience::Patient)
        };
        assert!(shown(&[], None, "{'a': 'yes'}"));
        assert!(shown(&[0, 1], Some(Audience::Patient), "{'a': 'yes'}"));
        assert!(!shown(&[0], None, "{'a': 'yes'}"));
        assert!(!shown(&[], Some(Audience::Clinician), "{'a': 'yes'}"));
        assert!(!shown(&[], None, "{'a': 'unsure'}"));
    }

    #[test]
    fn the_next_steps_are_those_shown_in_the_order_of_the_file() {
        let mut questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        let rest = questionnaire.next_steps[0].clone();
        let step = |id: &str, levels| NextStep {
            id: id.to_owned(),
            shown: Shown { levels, ..rest.shown.clone() },
            ..rest.clone()
        };
        questionnaire.next_steps =
            vec![step("wait", vec![3]), step("ring", vec![0, 1]), step("rest", vec![])];
        let sheet = small::sheet(&questionnaire, "{}");
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let ids = |level| {
            let steps = next_steps(&facts, level, Audience::Patient);
            steps.into_iter().map(|step| step.id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(ids(1), ["ring", "rest"]);
        assert_eq!(ids(3), ["wait", "rest"]);
    }

    #[test]
    fn an_open_condition_of_a_deadline_counts_as_met_and_of_a_contact_as_not() {
        let mut questionnaire = of_four("{ counts_as: one_level_less, at_least: later }");
        let when = Some(questionnaire.rules[0].when.clone());
        let deadline = |when, days| Deadline { when, say: Default::default(), days: Some(days) };
        let contact = |when| Contact { when, say: Default::default() };
        questionnaire.levels[1].within = vec![deadline(when.clone(), 1), deadline(None, 7)];
        questionnaire.levels[1].check_again = vec![deadline(when.clone(), 2), deadline(None, 9)];
        questionnaire.levels[1].who = vec![contact(when), contact(None)];
        for (answers, soonest, again, first) in
            [("{'a': 'yes'}", 1, 2, true), ("{'a': 'unsure'}", 1, 2, false), ("{'a': 'no'}", 7, 1, false)]
        {
            let sheet = small::sheet(&questionnaire, answers);
            let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
            assert_eq!(within(&facts, 1).and_then(|deadline| deadline.days), Some(soonest), "{answers}");
            assert_eq!(check_again(&facts, 1).len(), again, "{answers}");
            assert_eq!(who(&facts, 1).is_some_and(|contact| contact.when.is_some()), first, "{answers}");
        }
    }
}
