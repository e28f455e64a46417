//! The answers that bear out a reason as it is worded, so that it says what matters and no more.

use super::follow_ups::asks_about;
use super::judged::Judged;
use crate::answers::{Answer, Facts, Sheet, Truth};
use crate::questionnaire::{Condition, OptionSet, RuleIndex};
use crate::triage::{self, Evidence};

/// Answers that make a true rule and the sentence that is said of it true by themselves, whatever all others are, in the
/// order of asking. Leaving out one more would leave one of the two open; but at a level that interrupts nothing that
/// would be enough by itself is left out, since whoever is called wants to know of each sign.
pub fn smallest(judged: &Judged, rule: RuleIndex) -> Vec<Evidence> {
    let (facts, of) = (&judged.facts, &judged.questionnaire.rules[rule]);
    let said = of.because_if.get(triage::wording(facts, rule)).map(|entry| &entry.when);
    let wanted: Vec<Condition> = std::iter::once(&of.when).chain(said).cloned().collect();
    let mut kept = Vec::new();
    if judged.questionnaire.levels[of.level].interrupt {
        let mut signs = Vec::new();
        wanted.iter().for_each(|condition| each_sign(judged, condition, &mut signs));
        for sign in signs {
            fewest(judged, &[sign]).into_iter().for_each(|one| add(&mut kept, one));
        }
    } else {
        kept = fewest(judged, &wanted);
    }
    with_parents(judged, kept)
}

/// The true parts of a condition of which one or a few are enough, each option that was ticked a part of its own; or
/// the condition itself.
fn each_sign(judged: &Judged, condition: &Condition, signs: &mut Vec<Condition>) {
    match condition {
        Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| each_sign(judged, part, signs));
        }
        Condition::Definition(definition) => {
            each_sign(judged, &judged.questionnaire.definitions[*definition].condition, signs);
        }
        Condition::Has(question, options) => {
            signs.extend(options.iter().map(|option| Condition::Has(*question, OptionSet::one(option))));
        }
        _ => signs.push(condition.clone()),
    }
}

/// As few answers as are needed for all these conditions; none where one of them is not true.
fn fewest(judged: &Judged, wanted: &[Condition]) -> Vec<Evidence> {
    let mut kept = Vec::new();
    for condition in wanted {
        triage::evidence(&judged.facts, condition).into_iter().for_each(|one| add(&mut kept, one));
    }
    kept.sort_by_key(|one| (weight(judged, one), one.question));
    // One answer alone says most; else what worries nobody is the first that may go, and then what was asked first, such as
    // the age.
    let alone = kept.iter().rev().find(|one| suffice(judged, wanted, std::slice::from_ref(one)));
    if let Some(alone) = alone.cloned() {
        kept = vec![alone];
    }
    let mut at = 0;
    while kept.len() > 1 && at < kept.len() {
        let left_out = kept.remove(at);
        if !suffice(judged, wanted, &kept) {
            kept.insert(at, left_out);
            at += 1;
        }
    }
    for at in 0..kept.len() {
        let concerning = judged.questionnaire.questions[kept[at].question].concerning();
        let (last, first): (Vec<_>, Vec<_>) =
            kept[at].options.iter().partition(|&option| OptionSet::one(option).intersects(concerning));
        for option in first.into_iter().chain(last) {
            let without = kept[at].options.without(OptionSet::one(option));
            let before = std::mem::replace(&mut kept[at].options, without);
            if without.is_empty() || !suffice(judged, wanted, &kept) {
                kept[at].options = before;
            }
        }
    }
    kept
}

/// How much an answer says beside another that would do as well.
fn weight(judged: &Judged, one: &Evidence) -> (bool, bool) {
    let asked = &judged.questionnaire.questions[one.question];
    let is_of_concern = one.options.intersects(asked.concerning());
    (is_of_concern, is_of_concern && asked.red_flag)
}

/// Whether all of these conditions are true when nothing but these answers is known.
fn suffice(judged: &Judged, wanted: &[Condition], evidence: &[Evidence]) -> bool {
    let mut sheet = Sheet::new(judged.questionnaire);
    for one in evidence {
        let Some(answer) = judged.facts.answer(one.question) else { return false };
        let part = if one.options.is_empty() { answer.clone() } else { Answer::Options(one.options) };
        if sheet.set(judged.questionnaire, one.question, part).is_err() {
            return false;
        }
    }
    let facts = Facts::of(judged.questionnaire, judged.encounter.asked_as, &sheet);
    wanted.iter().all(|condition| facts.truth(condition) == Truth::True)
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
    use crate::questionnaire::{Audience, Because};

    const QUESTIONS: &str = "
        signs, type: many_of, options: [{ id: leak, label: N }, { id: rust, label: W }, { id: smell, label: C }]
        since, type: one_of, ordered: true, ask_if: { signs: leak }, options: [{ id: old, label: O }, { id: new, label: A }]
        loud, type: yes_no
        slow, type: yes_no
        heard, type: yes_no, ask_if: { loud: yes }";

    /// The ids of the questions, with those of the options that matter, at a level that doesn't interrupt.
    fn because(condition: &str, answers: &str, phrases: bool) -> Vec<String> {
        because_said(&format!("today: {condition}"), answers, phrases)
    }

    /// The same of any rule; where a second one follows, the first has words of its own for when that one is true.
    fn because_said(rules: &str, answers: &str, phrases: bool) -> Vec<String> {
        let mut questionnaire = small::questionnaire(QUESTIONS, rules);
        if let [first, second] = &mut questionnaire.rules[..] {
            first.because_if = vec![Because { when: second.when.clone(), say: first.because.clone() }];
        }
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
    fn of_answers_that_would_each_do_the_one_of_concern_is_named() {
        let questions = "
            flag, type: yes_no, red_flag: true
            worry, type: many_of, options: [{ id: rust, label: W }, { id: shine, label: S, concern: none }]
            calm, type: yes_no, concern: none";
        let named = |rule: &str, answers: &str| {
            let questionnaire = small::questionnaire(questions, &format!("today: {rule}"));
            let sheet = small::sheet(&questionnaire, answers);
            let encounter = Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
            let judged = Judged::of(&questionnaire, &encounter);
            let name = |one: &Evidence| {
                let asked = &questionnaire.questions[one.question];
                one.options
                    .iter()
                    .map(|option| format!("{} {}", asked.id, asked.options[option].id))
                    .collect()
            };
            smallest(&judged, 0).iter().map(name).collect::<Vec<String>>()
        };
        let any = "{ any: [{ flag: yes }, { worry: [rust, shine] }, { calm: yes }] }";
        let two = "{ at_least: 2, of: [{ flag: yes }, { worry: [rust, shine] }, { calm: yes }] }";
        let all = "{'flag': 'yes', 'worry': ['rust', 'shine'], 'calm': 'yes'}";
        assert_eq!(named(any, all), ["flag yes"]);
        assert_eq!(named(two, all), ["flag yes", "worry rust"]);
        let calm = "{'flag': 'no', 'worry': ['rust', 'shine'], 'calm': 'yes'}";
        assert_eq!(named(any, calm), ["worry rust"]);
        let nothing = "{'flag': 'no', 'worry': ['shine'], 'calm': 'yes'}";
        assert_eq!(named(any, nothing), ["calm yes"], "the last one asked");
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
    fn the_answers_bear_out_the_sentence_that_is_said_and_not_only_the_rule() {
        let rule = "today: { any: [{ signs: rust }, { loud: yes }, { slow: yes }] }";
        assert_eq!(because_said(rule, ALL, false), ["slow yes"]);
        let of_several =
            format!("{rule}\nlater: {{ at_least: 2, of: [{{ signs: rust }}, {{ loud: yes }}] }}");
        assert_eq!(because_said(&of_several, ALL, false), ["signs rust", "loud yes"]);
    }

    #[test]
    fn where_it_interrupts_no_sign_that_would_be_enough_is_left_out() {
        let signs =
            "{ any: [{ signs: [rust, smell] }, { all: [{ signs: leak }, { since: new }] }, { slow: yes }] }";
        let all = ["signs leak rust smell", "since new", "slow yes"];
        assert_eq!(because_said(&format!("now: {signs}"), ALL, false), all);
        assert_eq!(because_said(&format!("today: {signs}"), ALL, false), ["slow yes"]);
        // Of a sign that needs several answers still the fewest.
        let needs = "now: { all: [{ any: [{ loud: yes }, { slow: yes }] }, { signs: rust }] }";
        assert_eq!(because_said(needs, ALL, false), ["signs rust", "slow yes"]);
    }

    #[test]
    fn any_other_question_that_only_some_are_asked_comes_alone_where_its_phrase_says_all() {
        let all = ALL.replace("'slow'", "'heard': 'yes', 'slow'");
        assert_eq!(because("{ heard: yes }", &all, false), ["loud yes", "heard yes"]);
        assert_eq!(because("{ heard: yes }", &all, true), ["heard yes"]);
    }
}
