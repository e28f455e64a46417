//! The circuit and the plain interpreter say the same of every sheet.

mod random;

use random::{Dice, load, sheet};
use redflag::answers::{Answer, Facts, Sheet, Truth};
use redflag::circuit::{Batch, Circuit, Lit, NodeValues, Parts, Rails, RawSheet, Sheets};
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::triage;

const AUDIENCES: [Audience; 2] = [Audience::Patient, Audience::Clinician];

#[test]
fn they_agree_on_random_questionnaires() {
    for seed in 0..300 {
        let text = random::questionnaire(seed, 2 + seed as usize % 7);
        let questionnaire = load(&text);
        for audience in AUDIENCES {
            agree(&questionnaire, audience, seed, 2);
        }
    }
}

#[test]
fn they_agree_on_back_pain() {
    let questionnaire = load(include_str!("../questionnaires/back-pain.yaml"));
    for audience in AUDIENCES {
        agree(&questionnaire, audience, 1, 20);
    }
}

#[test]
fn they_agree_on_every_type_of_question_and_condition() {
    let questionnaire = load(include_str!("fixtures/small.yaml"));
    for audience in AUDIENCES {
        agree(&questionnaire, audience, 1, 20);
    }
}

const LABORATORY: &str = "
id: laboratory
version: 0.1.0
title: Laboratory
sign_off: Nobody has signed this off.
welcome: { about: For tests. }
levels:
  - { id: now, title: Get help now, act: Go. }
  - { id: today, title: Get help today, act: Go. }
  - { id: soon, title: Get help soon, act: Go. }
  - { id: home, title: Stay at home, act: Rest. }
unsure: { counts_as: one_level_less, at_least: home }
sections:
  - id: all
    title: All
    questions:
      - { id: calcium, type: number, concern: higher, ask: Calcium, min: 1, max: 6, decimals: 2 }
rules:
  - { id: A, level: now, because: Of this., when: { calcium: { at_least: 2.61 } } }
  - { id: B, level: today, because: Of this., when: { calcium: { above: 2.6 } } }
  - { id: C, level: soon, because: Of this., when: { calcium: { at_least: 2.5 } } }
next_steps: [ { id: sit, say: Sit up. } ]
return_list: { title: Get help for, items: [ choking ] }
say: I did a check.
";

/// A laboratory sends more decimals than a person types, and between two numbers that can be typed there may be more
/// than one cut.
#[test]
fn they_agree_on_numbers_more_exact_than_can_be_typed() {
    let questionnaire = load(LABORATORY);
    let values = [2.499_999, 2.5, 2.505, 2.599_999, 2.6, 2.600_001, 2.605, 2.609_999, 2.61, 2.613, 6.0];
    let sheets: Vec<Sheet> = values
        .iter()
        .map(|&value| {
            let mut sheet = Sheet::new(&questionnaire);
            sheet.set(&questionnaire, 0, Answer::Number(value)).expect("a laboratory may send it");
            sheet
        })
        .collect();
    let told = Batch::new(&questionnaire, Audience::Patient, Parts::ALL).tell(&sheets);
    let levels: Vec<_> = told.iter().map(|told| told.assessment.level).collect();
    assert_eq!(levels, [3, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0]);
    for (sheet, told) in sheets.iter().zip(told) {
        assert_eq!(triage::assess(&Facts::of(&questionnaire, Audience::Patient, sheet)), told.assessment);
    }
}

/// What is told of sheets that come as a whole, with answers also to questions that are not asked.
#[test]
fn they_tell_the_same_of_sheets_in_batches_of_any_size() {
    let files = [
        include_str!("../questionnaires/back-pain.yaml"),
        include_str!("fixtures/small.yaml"),
        include_str!("fixtures/every-key.yaml"),
    ];
    let random = (0..150).map(|seed| random::questionnaire(seed, 2 + seed as usize % 9));
    let mut dice = Dice::new(7);
    let mut shown = 0;
    for questionnaire in files.iter().map(|file| load(file)).chain(random.map(|text| load(&text))) {
        for audience in AUDIENCES {
            let batch = Batch::new(&questionnaire, audience, Parts::ALL);
            for size in [1, 1 + dice.below(Batch::SIZE), Batch::SIZE] {
                let sheets: Vec<Sheet> = (0..size).map(|_| sheet(&questionnaire, &mut dice)).collect();
                let told = batch.tell(&sheets);
                assert_eq!(told.len(), size);
                for (sheet, told) in sheets.iter().zip(told) {
                    let facts = Facts::of(&questionnaire, audience, sheet);
                    assert_eq!(told.assessment, triage::assess(&facts), "{sheet:?}");
                    let steps = questionnaire.next_steps.iter().enumerate().filter(|(_, step)| {
                        triage::is_shown(&facts, &step.shown, told.assessment.level, audience)
                    });
                    let steps: Vec<usize> = steps.map(|(index, _)| index).collect();
                    assert_eq!(told.steps, steps, "{sheet:?}");
                    let rules = told.assessment.rules.iter();
                    let wordings: Vec<usize> = rules.map(|&rule| triage::wording(&facts, rule)).collect();
                    assert_eq!(told.wordings, wordings, "{sheet:?}");
                    shown += steps.len();
                }
            }
        }
    }
    assert!(shown > 1000, "{shown}");
}

/// Compares them on sheets, 64 in one go.
fn agree(questionnaire: &Questionnaire, audience: Audience, seed: u64, rounds: usize) {
    let mut dice = Dice::new(seed);
    for sheets in [Sheets::Complete, Sheets::Partial] {
        let mut circuit = Circuit::new(questionnaire, audience, sheets);
        let steps: Vec<Lit> =
            questionnaire.next_steps.iter().map(|step| circuit.shown(&step.shown)).collect();
        let pages: Vec<Lit> = questionnaire.learn.iter().map(|page| circuit.shown(&page.shown)).collect();
        for _ in 0..rounds {
            let mut raws: Vec<RawSheet> =
                (0..64).map(|_| random::raw_sheet(questionnaire, &mut dice)).collect();
            if sheets == Sheets::Partial {
                for answer in raws.iter_mut().flat_map(|raw| &mut raw.answers) {
                    *answer = answer.take().filter(|_| !dice.one_in(5));
                }
            }
            let words = simulate(&circuit, &raws);
            for (bit, raw) in raws.iter().enumerate() {
                let holds = |lit: Lit| words.of(lit) >> bit & 1 == 1;
                assert_eq!(RawSheet::read(&circuit, holds).values(&circuit), raw.values(&circuit));
                same(&circuit, raw, holds, &steps, &pages);
            }
        }
    }
}

fn simulate(circuit: &Circuit, raws: &[RawSheet]) -> NodeValues {
    let mut inputs = vec![0; circuit.graph.inputs().len()];
    for (bit, raw) in raws.iter().enumerate() {
        for (word, value) in inputs.iter_mut().zip(raw.values(circuit)) {
            *word |= u64::from(value) << bit;
        }
    }
    let words = circuit.graph.simulate(&inputs);
    for law in circuit.laws() {
        let holds = law.iter().fold(0, |any, &lit| any | words.of(lit));
        assert_eq!(holds.trailing_ones() as usize, raws.len(), "an answer breaks a law of its variables");
    }
    words
}

fn same(circuit: &Circuit, raw: &RawSheet, holds: impl Fn(Lit) -> bool, steps: &[Lit], pages: &[Lit]) {
    let questionnaire = circuit.questionnaire;
    let sheet = raw.heard(questionnaire, circuit.audience);
    let facts = Facts::of(questionnaire, circuit.audience, &sheet);
    let assessment = triage::assess(&facts);
    let truth = |rails: Rails| match (holds(rails.certain), holds(rails.possible)) {
        (true, true) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
        (true, false) => panic!("certain and not possible"),
    };
    for (index, asked) in circuit.asked.iter().enumerate() {
        let id = &questionnaire.questions[index].id;
        assert_eq!(truth(asked.live), facts.live(index), "is {id} asked? {sheet:?}");
        assert_eq!(holds(asked.unsure), facts.answer(index).is_some_and(Answer::is_unsure), "{id}");
    }
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        assert_eq!(truth(circuit.rules[index]), facts.rule(index), "{}: {sheet:?}", rule.id);
    }
    let first = |levels: &[Lit]| levels.iter().position(|&level| holds(level)).expect("the last level");
    assert_eq!(first(&circuit.certain), assessment.certain, "{sheet:?}");
    assert_eq!(first(&circuit.possible), assessment.possible, "{sheet:?}");
    assert_eq!(first(&circuit.level), assessment.level, "{sheet:?}");
    let step_shown = questionnaire.next_steps.iter().map(|step| &step.shown).zip(steps);
    let page_shown = questionnaire.learn.iter().map(|page| &page.shown).zip(pages);
    for (shown, &lit) in step_shown.chain(page_shown) {
        let anybody = shown.audience.unwrap_or(Audience::Patient);
        let is_shown = triage::is_shown(&facts, shown, assessment.level, anybody);
        assert_eq!(holds(lit), is_shown, "{shown:?} {sheet:?}");
    }
}
