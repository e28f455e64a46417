//! How many questions there will have been: the fewest and the most, over all branches.
//!
//! The questions still open that decide about branches fall into groups that do not touch each other
//! (two questions that a condition looks at together are in one). Within a group every combination of answers that
//! conditions can tell apart is tried, so the bounds are exact. A group too large for that is counted on the
//! circuit; where even that takes too long, the bounds are wider.

use std::collections::BTreeSet;

use super::counted::{Counter, MOST_QUESTIONS};
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::encounter::Encounter;
use crate::questionnaire::{Audience, Condition, Domain, OptionSet, QuestionIndex, Questionnaire};

/// Combinations tried in one group before it is left to the circuit.
const MOST_COMBINATIONS: usize = 5_000;

/// The fewest and the most questions in all, those behind included.
pub fn bounds(questionnaire: &Questionnaire, encounter: &Encounter) -> (usize, usize) {
    let (audience, sheet, passed) = (encounter.asked_as, &encounter.sheet, encounter.passed.as_slice());
    let facts = Facts::settled(questionnaire, audience, sheet, passed);
    let with = |live: Truth| {
        (0..questionnaire.questions.len())
            .filter(|&question| facts.live(question) == live)
            .collect::<Vec<_>>()
    };
    let certain = with(Truth::True).len();
    let (mut fewest, mut most) = (certain, certain);
    let mut counter = None;
    for group in groups(&facts, passed, with(Truth::Unknown)) {
        let all = group.undecided.len();
        let new = || Counter::new(questionnaire, audience, sheet, passed);
        let found = match group.bounds(questionnaire, audience, sheet) {
            None if all <= MOST_QUESTIONS => {
                counter.get_or_insert_with(new).bounds(group.undecided.iter().copied())
            }
            tried => tried,
        };
        let (low, high) = found.unwrap_or((0, all));
        fewest += low;
        most += high;
    }
    (fewest, most)
}

/// Undecided questions and all that decides about them.
#[derive(Default)]
struct Group {
    undecided: BTreeSet<QuestionIndex>,
    /// The questions without an answer that decide.
    gates: BTreeSet<QuestionIndex>,
}

fn groups(facts: &Facts, passed: &[bool], undecided: Vec<QuestionIndex>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for question in undecided {
        let mut group = Group::default();
        group.add(facts, passed, question);
        // Two groups with a common question are one.
        let (touching, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|other| {
            !other.gates.is_disjoint(&group.gates) || !other.undecided.is_disjoint(&group.undecided)
        });
        groups = apart;
        for other in touching {
            group.gates.extend(other.gates);
            group.undecided.extend(other.undecided);
        }
        groups.push(group);
    }
    groups
}

impl Group {
    /// Adds an undecided question, and what decides about it, also by way of other undecided questions.
    fn add(&mut self, facts: &Facts, passed: &[bool], question: QuestionIndex) {
        if !self.undecided.insert(question) {
            return;
        }
        let Some(condition) = &facts.questionnaire.questions[question].ask_if else { return };
        each_atom(facts.questionnaire, condition, &mut |gate, _| {
            let asked = &facts.questionnaire.questions[gate];
            let is_left_out = asked.optional && passed[gate];
            if facts.live(gate) != Truth::False && facts.answer(gate).is_none() && !is_left_out {
                self.gates.insert(gate);
            }
            if facts.live(gate) == Truth::Unknown {
                self.add(facts, passed, gate);
            }
        });
    }

    /// By trying out; `None` where there is too much to try.
    fn bounds(
        &self,
        questionnaire: &Questionnaire,
        audience: Audience,
        sheet: &Sheet,
    ) -> Option<(usize, usize)> {
        let gates: Vec<_> = self.gates.iter().copied().collect();
        let conditions = self.conditions(questionnaire);
        let choices: Vec<_> =
            gates.iter().map(|&gate| distinguishable(questionnaire, gate, &conditions)).collect();
        let combinations = choices.iter().try_fold(1usize, |product, list| product.checked_mul(list.len()));
        if combinations.is_none_or(|combinations| combinations > MOST_COMBINATIONS) {
            return None;
        }
        let mut search = Search {
            questionnaire,
            audience,
            group: self,
            gates: &gates,
            choices: &choices,
            found: (self.undecided.len(), 0),
        };
        search.from(0, &mut sheet.clone());
        Some(search.found)
    }

    /// The conditions whose truth the group's combinations must cover. Gates that are not undecided themselves
    /// are asked whatever comes.
    fn conditions<'q>(&self, questionnaire: &'q Questionnaire) -> Vec<&'q Condition> {
        let questions = self.undecided.iter();
        questions.filter_map(|&question| questionnaire.questions[question].ask_if.as_ref()).collect()
    }
}

struct Search<'a> {
    questionnaire: &'a Questionnaire,
    audience: Audience,
    group: &'a Group,
    gates: &'a [QuestionIndex],
    choices: &'a [Vec<Answer>],
    found: (usize, usize),
}

impl Search<'_> {
    /// Tries every answer to gate number `next` and those after it.
    fn from(&mut self, next: usize, sheet: &mut Sheet) {
        let facts = Facts::of(self.questionnaire, self.audience, sheet);
        let Some(&gate) = self.gates.get(next) else {
            let asked = self.group.undecided.iter().filter(|&&question| facts.is_asked(question)).count();
            self.found = (self.found.0.min(asked), self.found.1.max(asked));
            return;
        };
        // Gates are in the order of asking, so all that decides about this one was tried before it.
        if facts.live(gate) != Truth::True {
            return self.from(next + 1, sheet);
        }
        if self.questionnaire.questions[gate].optional {
            self.from(next + 1, sheet);
        }
        for answer in &self.choices[next] {
            if sheet.set(self.questionnaire, gate, answer.clone()).is_ok() {
                self.from(next + 1, sheet);
            }
        }
        sheet.clear(gate);
    }
}

/// One answer for each way in which the conditions can tell answers to `gate` apart.
fn distinguishable(
    questionnaire: &Questionnaire,
    gate: QuestionIndex,
    conditions: &[&Condition],
) -> Vec<Answer> {
    let question = &questionnaire.questions[gate];
    let mut sets = Vec::new();
    let mut numbers = Vec::new();
    for condition in conditions {
        each_atom(questionnaire, condition, &mut |about, atom| match atom {
            Condition::Has(_, options) if about == gate => sets.push(*options),
            Condition::Number(_, _, bound) if about == gate => numbers.push(*bound),
            _ => {}
        });
    }
    let mut answers = match &question.domain {
        Domain::Number(bounds) => {
            around(&numbers, bounds.min, bounds.max, 10f64.powi(bounds.decimals.into()))
        }
        Domain::Text => vec![Answer::Text("something".to_owned())],
        Domain::Nothing => Vec::new(),
        Domain::One { .. } => {
            representatives(question.options.len(), &sets).into_iter().map(Answer::option).collect()
        }
        Domain::Several => {
            // An option that stands alone cannot speak for one that does not.
            sets.push(question.exclusive());
            subsets(&representatives(question.options.len(), &sets))
        }
    };
    if question.unsure {
        let ticked: Vec<_> =
            answers.iter().filter(|answer| !answer.ticked().is_empty()).map(Answer::ticked).collect();
        answers.push(Answer::UNSURE);
        if question.takes_several() {
            answers.extend(ticked.into_iter().map(|ticked| Answer::Unsure { ticked }));
        }
    }
    answers
}

/// The first option of each kind, where two options are of one kind when every set has both or neither.
fn representatives(options: usize, sets: &[OptionSet]) -> Vec<usize> {
    let mut kinds: Vec<Vec<bool>> = Vec::new();
    let mut found = Vec::new();
    for option in 0..options {
        let kind: Vec<_> = sets.iter().map(|set| set.contains(option)).collect();
        if !kinds.contains(&kind) {
            kinds.push(kind);
            found.push(option);
        }
    }
    found
}

/// Every non-empty subset; of more than thirteen options there are too many to try anyway.
fn subsets(options: &[usize]) -> Vec<Answer> {
    let options = &options[..options.len().min(13)];
    let subset =
        |bits: u32| options.iter().enumerate().filter(move |(i, _)| bits & 1 << i != 0).map(|(_, &o)| o);
    (1..1u32 << options.len()).map(|bits| Answer::Options(subset(bits).collect())).collect()
}

/// The least number, and each constant with the next number: one of all that no constant tells apart. Answers come in
/// steps of one part in `parts`.
fn around(constants: &[f64], min: f64, max: f64, parts: f64) -> Vec<Answer> {
    let near = constants.iter().flat_map(|&c| [c * parts, c * parts + 1.0]);
    // Whole steps first, then divided: 3 * 0.1 is not quite 0.3 and would be refused, 3 / 10 is.
    let near = near.chain([min * parts]).map(|steps| steps.round() / parts);
    let mut numbers: Vec<_> = near.filter(|number| (min..=max).contains(number)).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    numbers.into_iter().map(Answer::Number).collect()
}

/// Calls `visit` with the question of every atom, through definitions.
fn each_atom(
    questionnaire: &Questionnaire,
    condition: &Condition,
    visit: &mut dyn FnMut(QuestionIndex, &Condition),
) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_atom(questionnaire, part, visit));
        }
        Condition::Not(part) => each_atom(questionnaire, part, visit),
        Condition::Definition(definition) => {
            each_atom(questionnaire, &questionnaire.definitions[*definition].condition, visit);
        }
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
            visit(*question, condition);
        }
        Condition::Rule(_) | Condition::UnsureAnswers => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use jiff::civil::Date;

    fn bounds_of(questions: &str, answers: &str, passed: &[usize]) -> (usize, usize) {
        let questions = format!("{questions}\n z, type: yes_no");
        let questionnaire = small::questionnaire(&questions, "now: { z: yes }");
        let sheet = small::sheet(&questionnaire, answers);
        let passed: Vec<_> =
            (0..questionnaire.questions.len()).map(|index| passed.contains(&index)).collect();
        let (audience, facts) =
            (Audience::Patient, Facts::settled(&questionnaire, Audience::Patient, &sheet, &passed));
        let undecided = (0..passed.len()).filter(|&question| facts.live(question) == Truth::Unknown);
        for group in groups(&facts, &passed, undecided.collect()) {
            let tried = group.bounds(&questionnaire, audience, &sheet);
            let questions = group.undecided.iter().copied();
            let counted = Counter::new(&questionnaire, audience, &sheet, &passed).bounds(questions);
            assert!(tried.is_none() || tried == counted, "{tried:?} tried, {counted:?} counted");
        }
        let encounter =
            Encounter { passed, ..Encounter::of_sheet(&questionnaire, audience, sheet, Date::default()) };
        bounds(&questionnaire, &encounter)
    }

    #[test]
    fn branches_that_exclude_each_other_are_not_added_up() {
        let sexes =
            "sex, type: one_of, options: [{ id: f, label: F }, { id: m, label: M }, { id: o, label: O }]
                     women, type: yes_no, ask_if: { sex: [f, o] }
                     men, type: yes_no, ask_if: { sex: [m, o] }
                     old_men, type: yes_no, ask_if: { men: yes }";
        assert_eq!(bounds_of(sexes, "{}", &[]), (3, 5));
        assert_eq!(bounds_of(sexes, "{'sex': 'm'}", &[]), (3, 4));
        assert_eq!(bounds_of(sexes, "{'sex': 'f'}", &[]), (3, 3));
    }

    #[test]
    fn an_optional_question_may_still_open_a_branch_until_it_was_left_out() {
        let questions = "height, type: number, min: 1, max: 6, optional: true
                         why, type: yes_no, ask_if: { height: { above: 3 } }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 3));
        assert_eq!(bounds_of(questions, "{}", &[0]), (2, 2));
        assert_eq!(bounds_of(questions, "{'height': 4}", &[0]), (3, 3));
    }

    #[test]
    fn decimals_are_tried_on_both_sides_of_a_bound() {
        let questions = "dose, type: number, min: 0.1, max: 0.3, decimals: 1
                         low, type: yes_no, ask_if: { dose: { below: 0.3 } }
                         high, type: yes_no, ask_if: { dose: { above: 0.2 } }";
        assert_eq!(bounds_of(questions, "{}", &[]), (3, 3));
        let questions = questions.replace("above: 0.2", "above: 0.1").replace("below: 0.3", "below: 0.2");
        assert_eq!(bounds_of(&questions, "{}", &[]), (3, 3));
    }

    #[test]
    fn a_number_is_tried_below_at_and_above_a_bound() {
        let dose = "dose, type: number, min: 0.1, max: 0.5, decimals: 1\n why, type: yes_no, ask_if:";
        for condition in [
            "{ dose: { above: 0.2 } }",
            "{ dose: { below: 0.2 } }",
            "{ dose: { at_least: 0.2, below: 0.3 } }",
            "{ dose: { above: 0.2, below: 0.4 } }",
            "{ dose: { at_least: 0.5 } }",
        ] {
            assert_eq!(bounds_of(&format!("{dose} {condition}"), "{}", &[]), (2, 3), "{condition}");
        }
        assert_eq!(bounds_of(&format!("{dose} {{ dose: {{ at_least: 0.1 }} }}"), "{}", &[]), (3, 3));
    }

    #[test]
    fn a_number_can_be_known_or_unsure_whatever_it_is() {
        let questions = "dose, type: number, min: 0.5, max: 0.6, decimals: 1, unsure: true
                         why, type: yes_no, ask_if: { not: { dose: unsure } }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 3));
    }

    #[test]
    fn what_is_ticked_beside_not_sure_opens_its_branch_too() {
        let questions =
            "signs, type: many_of, unsure: true, options: [{ id: a, label: A }, { id: b, label: B }]
                         one, type: yes_no, ask_if: { signs: a }
                         two, type: yes_no, ask_if: { signs: unsure }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 4));
    }

    #[test]
    fn all_options_can_be_ticked_at_once() {
        let questions = "signs, type: many_of, options: [{ id: a, label: A }, { id: b, label: B }]
                         one, type: yes_no, ask_if: { signs: a }
                         two, type: yes_no, ask_if: { signs: b }";
        assert_eq!(bounds_of(questions, "{}", &[]), (3, 4));
    }

    #[test]
    fn an_option_that_stands_alone_is_not_taken_for_one_that_can_be_combined() {
        let questions = "signs, type: many_of, options: [{ id: none, label: O, exclusive: true }, { id: a, label: A }, { id: b, label: B }]
                         one, type: yes_no, ask_if: { signs: [none, a] }
                         two, type: yes_no, ask_if: { signs: b }";
        assert_eq!(bounds_of(questions, "{}", &[]), (3, 4));
    }

    #[test]
    fn a_text_can_be_known_or_unsure() {
        let questions = "words, type: text, unsure: true
                         why, type: yes_no, ask_if: { words: unsure }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 3));
    }

    #[test]
    fn a_branch_behind_an_answer_that_may_be_set_aside_is_not_certain() {
        let questions = "a, type: yes_no
                         b, type: yes_no, ask_if: { a: yes }
                         c, type: yes_no, ask_if: { b: yes }";
        assert_eq!(bounds_of(questions, "{'b': 'yes'}", &[]), (2, 4));
    }

    #[test]
    fn a_page_behind_a_branch_in_doubt_is_not_counted() {
        let questions = "a, type: yes_no, unsure: true
                         page, type: note, ask_if: { a: yes }
                         b, type: yes_no, optional: true, ask_if: { a: yes }
                         c, type: yes_no, ask_if: { b: yes }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 5));
        assert_eq!(bounds_of(questions, "{}", &[1, 2]), (2, 4));
        assert_eq!(bounds_of(questions, "{'a': 'unsure'}", &[1, 2]), (2, 2));
        assert_eq!(bounds_of(questions, "{'a': 'unsure', 'b': 'yes'}", &[]), (4, 4));
    }

    #[test]
    fn unsure_leaves_a_branch_unasked() {
        let questions = "a, type: yes_no, unsure: true
                         b, type: yes_no, ask_if: { a: yes }
                         c, type: yes_no, ask_if: { a: no }";
        assert_eq!(bounds_of(questions, "{}", &[]), (2, 3));
        assert_eq!(bounds_of(questions, "{'a': 'unsure'}", &[]), (2, 2));
    }

    #[test]
    fn a_group_too_large_to_try_is_counted() {
        let options: String = (0..20).map(|o| format!("{{ id: o{o}, label: L{o} }}, ")).collect();
        let mut questions = format!("signs, type: many_of, options: [{options}]\n");
        (0..20).for_each(|o| questions += &format!("q{o}, type: yes_no, ask_if: {{ signs: o{o} }}\n"));
        assert_eq!(bounds_of(&questions, "{}", &[]), (3, 22));
        // Nobody has both the first and the second.
        let first =
            "signs, type: many_of, options: [{ id: o0, label: F, exclusive: true }, { id: o1, label: L1 }, ";
        let questions = questions.replacen(
            "signs, type: many_of, options: [{ id: o0, label: L0 }, { id: o1, label: L1 }, ",
            first,
            1,
        );
        assert_eq!(bounds_of(&questions, "{}", &[]), (3, 21));
        assert_eq!(bounds_of(&questions, "{'signs': ['o3', 'o4']}", &[]), (4, 4));
    }
}
