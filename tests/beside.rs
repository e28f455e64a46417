//! Two questionnaires in one graph: each is judged as the interpreter judges it, and one person answers both.

mod random;

use std::rc::Rc;

use random::Dice;
use redflag::answers::{Answer, Facts};
use redflag::circuit::{Beside, Circuit, Lit, Node, RawSheet, Sheets};
use redflag::proof::{Found, Solver};
use redflag::questionnaire::condition::Comparison;
use redflag::questionnaire::{Audience, Condition, OptionSet, Questionnaire, UnsureCountsAs, yaml};
use redflag::triage;

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");

fn load(text: &str) -> Questionnaire {
    match yaml::load("random.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
    }
}

/// Changes one thing that does not change which answers can be given.
fn mutated(questionnaire: &Questionnaire, dice: &mut Dice) -> Questionnaire {
    let mut other = questionnaire.clone();
    let rule = dice.below(other.rules.len());
    match dice.below(8) {
        0 => other.rules[rule].level = dice.below(other.levels.len()),
        1 => drop(other.rules.remove(rule)),
        2 => negate(&mut other.rules[rule].when),
        3 => other.rules[rule].when = other.definitions[0].condition.clone(),
        4 => {
            let last = other.questions.len() - 1;
            other.questions[last].ask_if = None;
        }
        5 => other.definitions.iter_mut().for_each(|definition| move_bounds(&mut definition.condition)),
        6 => move_bounds(&mut other.rules[rule].when),
        _ => other.unsure.counts_as = UnsureCountsAs::SameLevel,
    }
    // Steps may look at a rule that is gone.
    other.next_steps.truncate(1);
    other
}

fn negate(condition: &mut Condition) {
    let inner = std::mem::replace(condition, Condition::All(Vec::new()));
    *condition = Condition::Not(Box::new(inner));
}

fn move_bounds(condition: &mut Condition) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter_mut().for_each(move_bounds);
        }
        Condition::Not(part) => move_bounds(part),
        Condition::Number(_, comparison, bound) => {
            *comparison =
                if *comparison == Comparison::Above { Comparison::AtLeast } else { Comparison::Above };
            *bound += 0.5;
        }
        _ => {}
    }
}

/// Both circuits say on these sheets what the interpreter says.
fn agree(first: &Circuit, second: &Beside, (one, other): (&RawSheet, &RawSheet)) {
    let values: Vec<u64> = second.values(first, (one, other)).into_iter().map(u64::from).collect();
    let words = first.graph.simulate(&values);
    let holds = |lit: Lit| words.of(lit) & 1 == 1;
    for law in first.laws().chain(second.laws()) {
        assert!(law.iter().any(|&lit| holds(lit)), "{one:?} {other:?}");
    }
    for (circuit, sheet) in [(first, one), (second.circuit(), other)] {
        let heard = sheet.heard(circuit.questionnaire, circuit.audience);
        let assessment = triage::assess(&Facts::of(circuit.questionnaire, circuit.audience, &heard));
        let level = circuit.level.iter().position(|&level| holds(level));
        assert_eq!(level, Some(assessment.level), "{heard:?}");
        let rules: Vec<usize> =
            (0..circuit.rules.len()).filter(|&rule| holds(circuit.rules[rule].certain)).collect();
        assert_eq!(rules, assessment.rules);
    }
    assert_eq!(second.read(first, holds), (one.clone(), other.clone()));
}

/// The inputs of a circuit with the values that this sheet gives them.
fn fixed(circuit: &Circuit, sheet: &RawSheet) -> Vec<Lit> {
    let variables = circuit.asked.iter().flat_map(|asked| asked.variables.inputs());
    let inputs = std::iter::once(circuit.kept).chain(variables);
    inputs.zip(sheet.values(circuit)).map(|(input, value)| if value { input } else { !input }).collect()
}

#[test]
fn a_change_that_leaves_the_answers_alone_shares_all_variables() {
    for seed in 0..300 {
        let first = load(&random::questionnaire(seed, 2 + seed as usize % 6));
        let mut dice = Dice::new(seed);
        let second = mutated(&first, &mut dice);
        for audience in [Audience::Patient, Audience::Clinician] {
            let mut circuit = Circuit::with_others(&first, audience, Sheets::Complete, [&second]);
            let before = circuit.graph.inputs().len();
            let beside = circuit.beside(&second);
            assert_eq!(circuit.graph.inputs().len(), before, "seed {seed}");
            assert_eq!(beside.laws().count(), 0);
            for _ in 0..20 {
                let sheet = random::raw_sheet(&first, &mut dice);
                // Of numbers that are treated alike, all have the name of the first.
                let sheet = RawSheet::read(&circuit, value_of(&circuit, &sheet));
                agree(&circuit, &beside, (&sheet, &sheet));
            }
        }
    }
}

fn value_of(circuit: &Circuit, sheet: &RawSheet) -> impl Fn(Lit) -> bool {
    let values = sheet.values(circuit);
    let inputs = circuit.graph.inputs().to_vec();
    move |lit| inputs.iter().position(|&input| input == lit).is_some_and(|at| values[at])
}

/// The partner has the same ids, and other types, options, limits and conditions.
#[test]
fn whoever_answers_one_of_two_can_answer_the_other() {
    for seed in 0..300 {
        let first = load(&random::questionnaire(seed, 2 + seed as usize % 4));
        let second = load(&random::questionnaire(seed + 1000, 2 + seed as usize % 5));
        let mut dice = Dice::new(seed);
        let mut circuit = Circuit::new(&first, Audience::Patient, Sheets::Complete);
        let beside = circuit.beside(&second);
        let laws = circuit.laws().chain(beside.laws());
        let mut solver = Solver::new(&circuit.graph, laws, Rc::new(|| false));
        for _ in 0..12 {
            let wanted = match dice.one_in(2) {
                true => fixed(&circuit, &random::raw_sheet(&first, &mut dice)),
                false => fixed(beside.circuit(), &random::raw_sheet(&second, &mut dice)),
            };
            assert_eq!(solver.find(&circuit.graph, &wanted), Found::Yes, "seed {seed}");
            let (one, other) = beside.read(&circuit, |lit| solver.value(lit));
            agree(&circuit, &beside, (&one, &other));
        }
    }
}

#[test]
fn variants_of_back_pain_add_only_what_differs() {
    let first = load(BACK_PAIN);
    let mut circuit = Circuit::new(&first, Audience::Patient, Sheets::Complete);
    let before = circuit.graph.nodes().len();
    let same = circuit.beside(&first);
    assert_eq!(circuit.graph.nodes().len(), before);
    assert_eq!(same.circuit().level, circuit.level);
    assert_eq!(same.circuit().rules, circuit.rules);
    for rule in 0..first.rules.len() {
        let nodes = circuit.graph.nodes().len();
        let mut variant = first.clone();
        negate(&mut variant.rules[rule].when);
        let beside = circuit.beside(&variant);
        assert_eq!(beside.laws().count(), 0);
        let added = circuit.graph.nodes().len() - nodes;
        assert!(added < 100, "{}: {added} nodes", first.rules[rule].id);
    }
}

#[test]
fn more_can_be_made_of_the_second_later() {
    let first = load(BACK_PAIN);
    let mut second = first.clone();
    second.next_steps[0].shown.levels = vec![1];
    let mut circuit = Circuit::new(&first, Audience::Patient, Sheets::Complete);
    let mut beside = circuit.beside(&second);
    let shown = circuit.lend(&mut beside, |circuit| {
        second.next_steps.iter().map(|step| circuit.shown(&step.shown)).collect::<Vec<_>>()
    });
    let was: Vec<Lit> = first.next_steps.iter().map(|step| circuit.shown(&step.shown)).collect();
    assert_ne!(shown[0], was[0]);
    assert_eq!(shown[1..], was[1..]);
    assert!(matches!(circuit.graph.nodes()[shown[0].node()], Node::And(..) | Node::Constant));
}

/// One question in two versions, and which pairs of answers one person can give.
fn pairs(first: &str, second: &str) -> Vec<String> {
    let frame = include_str!("fixtures/frame.yaml");
    let make = |question: &str| {
        load(&format!("{frame}      - {question}\n      - {{ id: end, type: yes_no, ask: Is that all? }}\n"))
    };
    let (first, second) = (make(first), make(second));
    let mut circuit = Circuit::with_others(&first, Audience::Patient, Sheets::Complete, [&second]);
    let beside = circuit.beside(&second);
    let laws: Vec<Vec<Lit>> = circuit.laws().chain(beside.laws()).collect();
    let mut found = Vec::new();
    for one in answers(&first) {
        for other in answers(&second) {
            let laws_hold = |one: &RawSheet, other: &RawSheet| {
                let values: Vec<u64> =
                    beside.values(&circuit, (one, other)).into_iter().map(u64::from).collect();
                let words = circuit.graph.simulate(&values);
                // Answers that share variables and differ overwrite each other.
                beside.read(&circuit, |lit| words.of(lit) & 1 == 1) == (one.clone(), other.clone())
                    && laws.iter().all(|law| law.iter().any(|&lit| words.of(lit) & 1 == 1))
            };
            if laws_hold(&one, &other) {
                let words = |questionnaire: &Questionnaire, sheet: &RawSheet| match &sheet.answers[0] {
                    None => "-".to_owned(),
                    Some(Answer::Number(number)) => number.to_string(),
                    Some(answer) => {
                        let options = answer.ticked();
                        let ids = options.iter().map(|at| questionnaire.questions[0].options[at].id.as_str());
                        ids.chain(answer.is_unsure().then_some("?")).collect::<Vec<_>>().join("+")
                    }
                };
                found.push(format!("{} {}", words(&first, &one), words(&second, &other)));
            }
        }
    }
    found
}

/// Sheets with every answer to the first question, and one to the second.
fn answers(questionnaire: &Questionnaire) -> Vec<RawSheet> {
    let question = &questionnaire.questions[0];
    let mut candidates = vec![Answer::UNSURE];
    for bits in 1..1u32 << question.options.len() {
        let ticked: OptionSet = (0..question.options.len()).filter(|at| bits >> at & 1 == 1).collect();
        candidates.extend([Answer::Options(ticked), Answer::Unsure { ticked }]);
    }
    candidates.extend((0..=100).map(|number| Answer::Number(f64::from(number))));
    candidates.retain(|answer| answer.check(question).is_ok());
    let answers = candidates.into_iter().map(Some).chain(question.optional.then_some(None));
    answers.map(|answer| RawSheet { answers: vec![answer, Some(Answer::option(0))], kept: false }).collect()
}

#[test]
fn an_answer_that_only_one_takes_stands_beside_any_other() {
    let old = "{ id: q, type: one_of, ask: Q?, options: [{ id: a, label: A }, { id: b, label: B }, { id: x, label: X }] }";
    let new = "{ id: q, type: one_of, ask: Q?, options: [{ id: b, label: B }, { id: a, label: A }] }";
    assert_eq!(pairs(old, new), ["a a", "b b", "x b", "x a"]);
    assert_eq!(pairs(new, old), ["b b", "b x", "a a", "a x"]);
    let unsure = "{ id: q, type: yes_no, unsure: true, ask: Q? }";
    let sure = "{ id: q, type: yes_no, ask: Q? }";
    assert_eq!(pairs(unsure, sure), ["? no", "? yes", "no no", "yes yes"]);
    let optional = "{ id: q, type: yes_no, optional: true, ask: Q? }";
    assert_eq!(pairs(sure, optional), ["no no", "no -", "yes yes", "yes -"]);
}

#[test]
fn ticks_that_both_take_stay_and_what_is_missing_becomes_none() {
    let none = "{ id: none, label: N, exclusive: true }";
    let old = format!(
        "{{ id: q, type: many_of, ask: Q?, options: [{{ id: a, label: A }}, {{ id: x, label: X }}, {none}] }}"
    );
    let new = format!("{{ id: q, type: many_of, ask: Q?, options: [{{ id: a, label: A }}, {none}] }}");
    assert_eq!(pairs(&old, &new), ["a a", "x none", "a+x a", "none none"]);
    assert_eq!(pairs(&new, &old), ["a a", "a a+x", "none x", "none none"]);
    let both = "{ id: q, type: many_of, ask: Q?, options: [{ id: a, label: A }, { id: b, label: B }] }";
    let three = "{ id: q, type: many_of, ask: Q?, options: [{ id: a, label: A }, { id: b, label: B }, { id: x, label: X }] }";
    assert_eq!(
        pairs(three, both),
        ["a a", "b b", "a+b a+b", "x a", "x b", "x a+b", "a+x a", "b+x b", "a+b+x a+b"],
        "without a way to tick nothing"
    );
    let one = "{ id: q, type: one_of, ask: Q?, options: [{ id: a, label: A }, { id: b, label: B }] }";
    assert_eq!(pairs(both, one), ["a a", "b b", "a+b a", "a+b b"]);
}

#[test]
fn numbers_beyond_the_limits_of_the_other_stand_beside_any() {
    let frame = |max: i32| format!("{{ id: q, type: number, min: 1, max: {max}, concern: higher, ask: Q? }}");
    assert_eq!(pairs(&frame(2), &frame(3)), ["1 1", "1 3"], "of 1 and 2, which are treated alike, the first");
    assert_eq!(pairs(&frame(3), &frame(2)), ["1 1", "3 1"]);
}

#[test]
fn a_question_with_another_id_and_nothing_else_changed_was_renamed() {
    let old = "{ id: q, type: yes_no, ask: Did it hurt? }";
    let new = "{ id: r, type: yes_no, ask: Did it hurt? }";
    assert_eq!(pairs(old, new), ["no no", "yes yes"]);
    let other = "{ id: r, type: yes_no, ask: Does it hurt? }";
    assert_eq!(pairs(old, other).len(), 4, "another question has answers of its own");
    let renamed = "{ id: q, type: one_of, ask: Q?, options: [{ id: a, label: A }, { id: c, label: B }] }";
    let one = "{ id: q, type: one_of, ask: Q?, options: [{ id: a, label: A }, { id: b, label: B }] }";
    assert_eq!(pairs(one, renamed), ["a a", "b c"]);
}
