//! The fewest answers that make a rule true, so that a reason says what matters and no more.

use super::follow_ups::asks_about;
use super::judged::Judged;
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::questionnaire::{OptionSet, RuleIndex};
use crate::triage::{self, Evidence};

/// Answers that make a true rule true by themselves, whatever all others are, in the order of asking. Leaving out one
/// more would leave the rule open.
pub fn smallest(judged: &Judged, rule: RuleIndex) -> Vec<Evidence> {
    let facts = &judged.facts;
    let mut kept = triage::evidence(facts, &judged.questionnaire.rules[rule].when);
    // One answer alone says most; else those asked first, such as the age, are the first that may go.
    let alone = kept.iter().rev().find(|one| suffice(judged, rule, std::slice::from_ref(one)));
    if let Some(alone) = alone.cloned() {
        kept = vec![alone];
    }
    let mut at = 0;
    while kept.len() > 1 && at < kept.len() {
        let left_out = kept.remove(at);
        if !suffice(judged, rule, &kept) {
            kept.insert(at, left_out);
            at += 1;
        }
    }
    for at in 0..kept.len() {
        for option in kept[at].options.iter().collect::<Vec<_>>() {
            let without = kept[at].options.without(OptionSet::one(option));
            let before = std::mem::replace(&mut kept[at].options, without);
            if without.is_empty() || !suffice(judged, rule, &kept) {
                kept[at].options = before;
            }
        }
    }
    with_parents(judged, kept)
}

/// Whether the rule is true when nothing but these answers is known.
fn suffice(judged: &Judged, rule: RuleIndex, evidence: &[Evidence]) -> bool {
    let mut sheet = Sheet::new(judged.questionnaire);
    for one in evidence {
        let Some(answer) = judged.facts.answer(one.question) else { return false };
        let part = if one.options.is_empty() { answer.clone() } else { Answer::Options(one.options) };
        if sheet.set(judged.questionnaire, one.question, part).is_err() {
            return false;
        }
    }
    Facts::of(judged.questionnaire, judged.encounter.asked_as, &sheet).rule(rule) == Truth::True
}

/// A follow-up comes with the answer that opened it, unless it has a phrase such as "a leak, new", which says both.
fn with_parents(judged: &Judged, kept: Vec<Evidence>) -> Vec<Evidence> {
    let questions = &judged.questionnaire.questions;
    let (mut all, mut spoken_for): (Vec<Evidence>, Vec<Evidence>) = (Vec::new(), Vec::new());
    for one in kept {
        let asked = &questions[one.question];
        let mut phrases = one.options.iter().map(|option| asked.options[option].phrase.is_some());
        let says_all = !one.options.is_empty() && phrases.all(|has_one| has_one);
        match (asks_about(judged.questionnaire, asked).filter(|_| says_all), &asked.ask_if) {
            (Some((question, options)), _) => spoken_for.push(Evidence { question, options }),
            (None, Some(when)) if !says_all => {
                triage::evidence(&judged.facts, when).into_iter().for_each(|parent| add(&mut all, parent));
            }
            _ => {}
        }
        add(&mut all, one);
    }
    for said in spoken_for {
        if let Some(parent) = all.iter_mut().find(|one| one.question == said.question) {
            parent.options = parent.options.without(said.options);
        }
        all.retain(|one| one.question != said.question || !one.options.is_empty());
    }
    all.sort_by_key(|one| one.question);
    all
}

fn add(all: &mut Vec<Evidence>, one: Evidence) {
    match all.iter_mut().find(|other| other.question == one.question) {
        Some(other) => other.options = other.options.union(one.options),
        None => all.push(one),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::answers::small;
    use crate::encounter::Encounter;
    use crate::questionnaire::Audience;

    const QUESTIONS: &str = "
        signs, type: many_of, options: [{ id: leak, label: N }, { id: rust, label: W }, { id: smell, label: C }]
        since, type: one_of, ordered: true, ask_if: { signs: leak }, options: [{ id: old, label: O }, { id: new, label: A }]
        loud, type: yes_no
        slow, type: yes_no
        heard, type: yes_no, ask_if: { loud: yes }";

    /// The ids of the questions, with those of the options that matter.
    fn because(condition: &str, answers: &str, phrases: bool) -> Vec<String> {
        let mut questionnaire = small::questionnaire(QUESTIONS, &format!("now: {condition}"));
        if phrases {
            for option in questionnaire.questions.iter_mut().flat_map(|question| &mut question.options) {
                option.phrase = Some(option.label.clone());
            }
        }
        let sheet = small::sheet(&questionnaire, answers);
        let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
        let judged = Judged::of(&questionnaire, &encounter);
        let in_words = |one: &Evidence| {
            let asked = &questionnaire.questions[one.question];
            let options: Vec<_> =
                one.options.iter().map(|option| asked.options[option].id.as_str()).collect();
            format!("{} {}", asked.id, options.join(" "))
        };
        smallest(&judged, 0).iter().map(in_words).collect()
    }

    const ALL: &str = "{'signs': ['leak', 'rust', 'smell'], 'since': 'new', 'loud': 'yes', 'slow': 'yes'}";

    #[test]
    fn one_answer_that_is_enough_stands_for_all() {
        let condition = "{ any: [{ all: [{ signs: rust }, { loud: yes }] }, { slow: yes }] }";
        assert_eq!(because(condition, ALL, false), ["slow yes"]);
    }

    #[test]
    fn of_several_answers_as_many_stay_as_are_needed() {
        let condition = "{ at_least: 2, of: [{ signs: rust }, { loud: yes }, { slow: yes }] }";
        assert_eq!(because(condition, ALL, false), ["loud yes", "slow yes"]);
        assert_eq!(
            because("{ all: [{ signs: [rust, smell] }, { loud: yes }] }", ALL, false),
            ["signs smell", "loud yes"]
        );
    }

    #[test]
    fn a_follow_up_comes_with_what_opened_it_unless_its_phrase_says_that_too() {
        let condition = "{ all: [{ signs: leak }, { since: new }] }";
        assert_eq!(because(condition, ALL, false), ["signs leak", "since new"]);
        assert_eq!(because("{ since: new }", ALL, false), ["signs leak", "since new"]);
        assert_eq!(because(condition, ALL, true), ["since new"]);
        // What the follow-up is not about stays.
        let condition = "{ all: [{ signs: leak }, { signs: rust }, { since: new }] }";
        assert_eq!(because(condition, ALL, true), ["signs rust", "since new"]);
    }

    #[test]
    fn any_other_question_that_only_some_are_asked_comes_alone_where_its_phrase_says_all() {
        let all = ALL.replace("'slow'", "'heard': 'yes', 'slow'");
        assert_eq!(because("{ heard: yes }", &all, false), ["loud yes", "heard yes"]);
        assert_eq!(because("{ heard: yes }", &all, true), ["heard yes"]);
    }
}
