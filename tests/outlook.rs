//! What can still come of an interview, against going through every way of going on.

mod brute;
mod random;

use std::collections::BTreeSet;
use std::rc::Rc;

use random::Dice;
use redflag::answers::{Answer, Facts, Sheet, Truth};
use redflag::circuit::{Circuit, Lit};
use redflag::interview::{Interview, Stage};
use redflag::outlook::{Lookout, Outlook, Progress};
use redflag::proof::{Found, Solver};
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::triage;

/// More ways of going on than this take too long.
const MOST: usize = 3_000;

fn load(text: &str) -> Questionnaire {
    match yaml::load("a.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
    }
}

/// Random questionnaires, of which some have an alert.
fn questionnaire(seed: u64) -> Questionnaire {
    let text = random::questionnaire(seed, 2 + seed as usize % 4);
    load(&match seed % 3 {
        0 => text.replacen("title: Tl0, act: A }", "title: Tl0, act: A, interrupt: true }", 1),
        _ => text,
    })
}

/// Answers the question on the screen, whatever that brings up.
fn answer(interview: &mut Interview, answer: Option<Answer>) {
    interview.answer(answer).expect("the answer fits");
    while let Stage::SettingAside { .. } | Stage::Lowering { .. } = interview.stage() {
        interview.confirm();
    }
    if let Stage::Alert { .. } = interview.stage() {
        interview.go_on();
    }
}

/// Somebody in the middle, also somebody who has been back and has left questions open behind.
fn in_the_middle<'q>(questionnaire: &'q Questionnaire, audience: Audience, dice: &mut Dice) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire, audience, jiff::civil::date(2026, 11, 21));
    for _ in 0..dice.below(14) {
        match interview.stage().clone() {
            Stage::Asking(_) if dice.one_in(6) => {
                interview.back();
            }
            Stage::Asking(_) if dice.one_in(4) => {
                interview.review();
                let asked = interview.asked();
                match asked.is_empty() || dice.one_in(2) {
                    true => drop(interview.back()),
                    false => interview.revisit(dice.pick(&asked)),
                }
            }
            Stage::Asking(question) => {
                let asked = &questionnaire.questions[question];
                let given = random::answer(asked, dice);
                answer(&mut interview, given.filter(|_| asked.takes_answer()));
            }
            Stage::Review => drop(interview.back()),
            _ => break,
        }
    }
    if *interview.stage() == Stage::Review {
        interview.back();
    }
    leave_behind(interview, dice)
}

/// Changes an earlier answer and, if that brings up a question, goes back to the list of answers and on from there.
fn leave_behind<'q>(interview: Interview<'q>, dice: &mut Dice) -> Interview<'q> {
    let mut changed = interview.clone();
    changed.review();
    let asked = changed.asked();
    let (Stage::Asking(at), Stage::Review, false) = (interview.stage(), changed.stage(), asked.is_empty())
    else {
        return interview;
    };
    changed.revisit(dice.pick(&asked));
    let Stage::Asking(question) = *changed.stage() else { return interview };
    answer(&mut changed, random::answer(&interview.questionnaire().questions[question], dice));
    match changed.stage() {
        Stage::Asking(next) if next < at => {
            changed.review();
            changed.back();
            changed
        }
        _ => interview,
    }
}

/// The questions without an answer, and whether in the way of asking one of them was left behind.
fn open(interview: &Interview) -> (Vec<usize>, Option<usize>) {
    let questions = &interview.questionnaire().questions;
    let is_open = |q: &usize| {
        let left_out = questions[*q].optional && interview.has_passed(*q);
        interview.sheet().get(*q).is_none() && !left_out && questions[*q].takes_answer()
    };
    let open: Vec<usize> = (0..questions.len()).filter(is_open).collect();
    let facts = interview.facts();
    let first = open.iter().copied().find(|&q| facts.live(q) == Truth::True);
    let at = if let Stage::Asking(question) = interview.stage() { *question } else { 0 };
    let behind =
        first.filter(|&first| at > first || (first + 1..questions.len()).any(|q| interview.has_passed(q)));
    (open, behind)
}

/// A way of going on: for each open question what would be said, and whether it stays when its branch is in doubt.
type Way = Vec<(Option<Answer>, bool)>;

/// The sheet that comes of it in the end.
fn finished(interview: &Interview, open: &[usize], way: &Way) -> Sheet {
    let questionnaire = interview.questionnaire();
    let mut sheet = interview.sheet().clone();
    for question in 0..questionnaire.questions.len() {
        let Some(at) = open.iter().position(|&open| open == question) else { continue };
        let (said, kept) = &way[at];
        let live = Facts::of(questionnaire, interview.audience(), &sheet).live(question);
        if let Some(said) = said
            && (live == Truth::True || live == Truth::Unknown && *kept)
        {
            sheet.set(questionnaire, question, said.clone()).expect("it fits");
        }
    }
    sheet
}

/// By going through all of them; `None` if there are too many.
fn by_force(interview: &Interview) -> Option<Outlook> {
    let questionnaire = interview.questionnaire();
    let (open, behind) = open(interview);
    let choices: Vec<Way> = open
        .iter()
        .map(|&question| {
            let kept: &[bool] =
                if behind.is_some_and(|first| question > first) { &[false, true] } else { &[false] };
            let answers = brute::answers(&questionnaire.questions[question]);
            answers
                .into_iter()
                .flat_map(|answer| kept.iter().map(move |&kept| (answer.clone(), kept)))
                .collect()
        })
        .collect();
    if choices.iter().map(Vec::len).product::<usize>() > MOST {
        return None;
    }
    let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
    for choices in &choices {
        ways = ways
            .iter()
            .flat_map(|way| (0..choices.len()).map(move |at| [&way[..], &[at]].concat()))
            .collect();
    }
    let judged: Vec<(usize, usize)> = ways
        .iter()
        .map(|way| {
            let way: Way = way.iter().zip(&choices).map(|(&at, choices)| choices[at].clone()).collect();
            let sheet = finished(interview, &open, &way);
            let assessment = triage::assess(&Facts::of(questionnaire, interview.audience(), &sheet));
            assert!(assessment.complete, "a way of going on goes to the end");
            (assessment.level, assessment.certain)
        })
        .collect();
    let levels: BTreeSet<usize> = judged.iter().map(|(level, _)| *level).collect();
    let level_of: std::collections::HashMap<&Vec<usize>, usize> =
        ways.iter().zip(judged.iter().map(|(level, _)| *level)).collect();
    let can_change = |at: usize| {
        ways.iter().any(|way| {
            (0..choices[at].len()).any(|other| {
                let mut changed = way.clone();
                changed[at] = other;
                level_of[&changed] != level_of[way]
            })
        })
    };
    let questions: Vec<usize> = (0..open.len()).filter(|&at| can_change(at)).map(|at| open[at]).collect();
    let is_news = |certain: usize| {
        questionnaire.levels[certain].interrupt && interview.alerted().is_none_or(|alerted| certain < alerted)
    };
    let alert = levels.len() == 1 && judged.iter().any(|(_, certain)| is_news(*certain));
    Some(Outlook { levels: levels.into_iter().collect(), questions, alert })
}

#[test]
fn levels_and_questions_are_those_of_going_through_every_way_of_going_on() {
    let (mut compared, mut decided, mut behind, mut alerts) = (0, 0, 0, 0);
    for seed in 0..300 {
        let questionnaire = questionnaire(seed);
        let mut dice = Dice::new(seed);
        for audience in [Audience::Patient, Audience::Clinician] {
            let mut lookout =
                Lookout::new(&Interview::new(&questionnaire, audience, jiff::civil::date(2026, 11, 21)));
            for _ in 0..4 {
                let interview = in_the_middle(&questionnaire, audience, &mut dice);
                let Some(expected) = by_force(&interview) else { continue };
                let found = lookout.look(&interview);
                assert_eq!(found, expected, "seed {seed}, {audience:?}, {:?}", interview.sheet());
                assert_eq!(found.questions.is_empty(), found.levels.len() == 1);
                compared += 1;
                decided += usize::from(found.decided().is_some() && !interview.is_finished());
                behind += usize::from(open(&interview).1.is_some());
                alerts += usize::from(found.alert);
            }
        }
    }
    assert!(
        compared > 1000 && decided > 50 && behind > 20 && alerts > 5,
        "{compared} {decided} {behind} {alerts}"
    );
}

/// Goes on in every way that the interview itself offers, up to the end.
fn go_on(interview: &Interview, budget: &mut usize, levels: &mut BTreeSet<usize>, alerts: &mut bool) {
    if *budget == 0 {
        return;
    }
    *budget -= 1;
    let mut interview = interview.clone();
    match interview.stage() {
        Stage::Summary if !interview.is_finished() => interview.resume(),
        Stage::Review => drop(interview.back()),
        _ => {}
    }
    let Stage::Asking(question) = *interview.stage() else {
        assert!(interview.is_finished());
        levels.insert(interview.assessment().level);
        return;
    };
    let asked = &interview.questionnaire().questions[question];
    let given = interview.sheet().get(question).cloned();
    let answers = match given {
        Some(given) => vec![Some(given)],
        None if asked.optional && interview.has_passed(question) => vec![None],
        None => brute::answers(asked),
    };
    for said in answers {
        let mut next = interview.clone();
        let before = next.alerted();
        answer(&mut next, said);
        *alerts |= next.alerted().is_some() && next.alerted() != before;
        go_on(&next, budget, levels, alerts);
    }
}

#[test]
fn no_interview_that_goes_on_comes_to_another_level_or_to_an_alert_that_was_ruled_out() {
    let (mut compared, mut decided) = (0, 0);
    for seed in 0..250 {
        let questionnaire = questionnaire(seed);
        let mut dice = Dice::new(seed + 1_000);
        let mut lookout = Lookout::new(&Interview::new(
            &questionnaire,
            Audience::Clinician,
            jiff::civil::date(2026, 11, 21),
        ));
        for _ in 0..4 {
            let interview = in_the_middle(&questionnaire, Audience::Clinician, &mut dice);
            let (mut budget, mut levels, mut alerts) = (MOST, BTreeSet::new(), false);
            go_on(&interview, &mut budget, &mut levels, &mut alerts);
            let found = lookout.look(&interview);
            assert!(
                levels.iter().all(|level| found.levels.contains(level)),
                "seed {seed}: {levels:?} {found:?}"
            );
            if found.decided().is_some() {
                assert!(!alerts, "seed {seed}: an alert that was ruled out");
                decided += usize::from(!interview.is_finished());
            }
            // Where nothing was left open behind, there is no level too many either.
            if budget > 0 && open(&interview).1.is_none() {
                assert_eq!(levels.into_iter().collect::<Vec<_>>(), found.levels, "seed {seed}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300 && decided > 50, "{compared} {decided}");
}

/// The fewest and the most questions, found on the circuit.
fn length_by_circuit(interview: &Interview) -> (usize, usize) {
    let questionnaire = interview.questionnaire();
    let mut circuit = Circuit::in_the_middle(questionnaire, interview.audience());
    let (open, _) = open(interview);
    let mut given = vec![!circuit.kept];
    for (question, asked) in circuit.asked.iter().enumerate() {
        let answer = interview.sheet().get(question);
        given.push(circuit.keeps[question].xor(answer.is_none()));
        if !open.contains(&question) {
            let values = asked.variables.values(answer);
            given.extend(
                asked.variables.inputs().into_iter().zip(values).map(|(input, value)| input.xor(!value)),
            );
        }
    }
    let asked: Vec<Lit> = circuit.asked.iter().map(|asked| asked.heard).collect();
    let counts: Vec<Lit> = (0..=asked.len()).map(|n| circuit.graph.at_least(n, &asked)).collect();
    let mut solver = Solver::new(&circuit.graph, circuit.laws(), Rc::new(|| false));
    let mut can_be = |lit: Lit| {
        let wanted: Vec<Lit> = given.iter().copied().chain([lit]).collect();
        solver.find(&circuit.graph, &wanted) == Found::Yes
    };
    let most = (0..=asked.len()).rfind(|&n| can_be(counts[n])).expect("some way of going on");
    let fewest = (0..=most).find(|&n| n == most || can_be(!counts[n + 1])).expect("no more than the most");
    (fewest, most)
}

/// Small groups of questions are tried out, large ones are counted on the circuit.
#[test]
fn the_fewest_and_the_most_questions_are_those_of_the_circuit() {
    let (mut compared, mut apart) = (0, 0);
    for seed in 0..640 {
        let questions = if seed < 600 { 3 + seed as usize % 5 } else { seed as usize % 40 + 10 };
        let questionnaire = load(&random::questionnaire(seed, questions));
        let mut dice = Dice::new(seed + 2_000);
        for audience in [Audience::Patient, Audience::Clinician] {
            let interview = in_the_middle(&questionnaire, audience, &mut dice);
            let Stage::Asking(question) = *interview.stage() else { continue };
            let progress = Progress::of(&interview, question);
            let found = length_by_circuit(&interview);
            assert_eq!(
                (progress.fewest, progress.most),
                found,
                "seed {seed}, {audience:?}, {:?}",
                interview.sheet()
            );
            compared += 1;
            apart += usize::from(found.0 < found.1);
        }
    }
    assert!(compared > 500 && apart > 100, "{compared} {apart}");
}
