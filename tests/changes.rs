//! What decided a result and what would change it, against going through all sheets with the plain interpreter.

mod brute;
mod random;

use std::collections::{BTreeMap, BTreeSet};

use random::Dice;
use redflag::answers::{Answer, Facts, Sheet, Truth};
use redflag::change::{Changes, Decider, Deciding, Effort};
use redflag::circuit::RawSheet;
use redflag::questionnaire::{
    Audience, Domain, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire, yaml,
};
use redflag::triage;

/// More sheets than this take too long.
const MOST: usize = 800;

/// A sheet of a small random questionnaire, finished or not.
struct Case {
    questionnaire: Questionnaire,
    audience: Audience,
    sheet: Sheet,
    /// What can be answered to each question.
    answers: Vec<Vec<Option<Answer>>>,
}

impl Case {
    fn facts(&self) -> Facts<'_> {
        Facts::of(&self.questionnaire, self.audience, &self.sheet)
    }

    /// Everything that can be said, as an interview or a sheet of this kind hears it, with its level.
    fn all(&self) -> Vec<(RawSheet, LevelIndex)> {
        let facts = self.facts();
        let questions = 0..self.answers.len();
        let kept = questions
            .into_iter()
            .any(|question| facts.live(question) == Truth::Unknown && facts.answer(question).is_some());
        let mut sheets = vec![RawSheet { kept, ..RawSheet::empty(&self.questionnaire) }];
        for (question, answers) in self.answers.iter().enumerate() {
            let with = |sheet: &RawSheet| {
                answers.iter().map(|answer| sheet.with(question, answer.clone())).collect::<Vec<_>>()
            };
            sheets = sheets.iter().flat_map(with).collect();
        }
        let judged = |sheet: RawSheet| {
            let level = sheet.level(&self.questionnaire, self.audience);
            (sheet, level)
        };
        sheets.into_iter().map(judged).collect()
    }
}

fn cases(seeds: std::ops::Range<u64>) -> impl Iterator<Item = Case> {
    seeds.flat_map(|seed| {
        let text = random::questionnaire(seed, 2 + seed as usize % 4);
        let questionnaire = match yaml::load("random.yaml", text.as_bytes()) {
            Ok(loaded) => loaded.questionnaire,
            Err(mistakes) => panic!("{text}\n{}", mistakes[0].render(false)),
        };
        let answers: Vec<Vec<Option<Answer>>> = questionnaire
            .questions
            .iter()
            .map(|question| match question.domain {
                Domain::Text => vec![Some(Answer::Text("some".to_owned()))],
                Domain::Nothing => vec![None],
                _ => brute::answers(question),
            })
            .collect();
        let mut dice = Dice::new(seed);
        let count = if answers.iter().map(Vec::len).product::<usize>() > MOST { 0 } else { 6 };
        let case = move |_| {
            let audience = dice.pick(&[Audience::Patient, Audience::Clinician]);
            let mut sheet = random::raw_sheet(&questionnaire, &mut dice).heard(&questionnaire, audience);
            if dice.one_in(3) {
                (0..answers.len()).filter(|_| dice.one_in(4)).for_each(|question| sheet.clear(question));
            }
            Case { questionnaire: questionnaire.clone(), audience, sheet, answers: answers.clone() }
        };
        (0..count).map(case).collect::<Vec<_>>()
    })
}

/// The sheet gives this answer; of an answer that was told in part, it ticks these options among others.
fn gives(case: &Case, sheet: &RawSheet, decider: &Decider) -> bool {
    let answer = sheet.answers[decider.question].as_ref();
    let needed = decider.answer.as_ref();
    match (needed, answer) {
        (Some(Answer::Options(needed_options)), Some(answer))
            if needed != case.sheet.get(decider.question) =>
        {
            needed_options.without(answer.ticked()).is_empty()
        }
        (needed, answer) => needed == answer,
    }
}

fn forces(case: &Case, all: &[(RawSheet, LevelIndex)], set: &[Decider], level: LevelIndex) -> bool {
    let fits = |sheet: &RawSheet| set.iter().all(|it| gives(case, sheet, it));
    all.iter().filter(|(sheet, _)| fits(sheet)).all(|&(_, found)| found <= level)
}

/// The same with answers as a whole.
fn forces_whole(all: &[(RawSheet, LevelIndex)], set: &[Decider], level: LevelIndex) -> bool {
    let fits = |sheet: &RawSheet| set.iter().all(|it| sheet.answers[it.question] == it.answer);
    all.iter().filter(|(sheet, _)| fits(sheet)).all(|&(_, found)| found <= level)
}

/// All answers that count, among them that a question was left out.
fn given(case: &Case) -> Vec<Decider> {
    let facts = case.facts();
    let complete = triage::assess(&facts).complete;
    let questions = case.questionnaire.questions.iter().enumerate();
    let given = questions.filter(|(question, asked)| {
        let left_out = asked.optional && complete && facts.live(*question) == Truth::True;
        asked.takes_answer() && (facts.answer(*question).is_some() || left_out)
    });
    given.map(|(question, _)| Decider { question, answer: facts.answer(question).cloned() }).collect()
}

fn subsets(of: &[Decider], size: usize) -> Vec<Vec<Decider>> {
    let all = (0..1u32 << of.len()).filter(|bits| bits.count_ones() as usize == size);
    all.map(|bits| {
        let chosen = of.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        chosen.map(|(_, decider)| decider.clone()).collect()
    })
    .collect()
}

#[test]
fn the_answers_that_decided_force_the_level_and_no_fewer_do() {
    let mut sizes = BTreeMap::new();
    for case in cases(0..400) {
        let facts = case.facts();
        let assessment = triage::assess(&facts);
        let level = assessment.at_least();
        let all = case.all();
        let given = given(&case);
        match Changes::of(&facts, Effort::default()).deciding {
            Deciding::Nothing => {
                assert_eq!(level, case.questionnaire.last_level());
                assert!(assessment.complete && assessment.possible == level);
            }
            Deciding::Unclear => {
                let is_last = level == case.questionnaire.last_level();
                assert!(is_last || !forces_whole(&all, &given, level), "{:?}", case.sheet);
            }
            Deciding::These { answers, smallest } => {
                assert!(smallest && level < case.questionnaire.last_level());
                assert!(forces(&case, &all, &answers, level), "{answers:?} of {:?}", case.sheet);
                for fewer in
                    answers.len().checked_sub(1).map(|size| subsets(&given, size)).into_iter().flatten()
                {
                    assert!(!forces_whole(&all, &fewer, level), "{fewer:?} instead of {answers:?}");
                }
                for decider in &answers {
                    let whole = facts.answer(decider.question);
                    let part = decider.answer.as_ref();
                    assert!(
                        part == whole
                            || part.is_some_and(|part| {
                                let ticked = whole.map(Answer::ticked).unwrap_or_default();
                                !part.ticked().is_empty() && part.ticked().without(ticked).is_empty()
                            }),
                        "{part:?} was not said"
                    );
                }
                *sizes.entry(answers.len()).or_insert(0) += 1;
            }
        }
    }
    assert!([1, 2, 3].iter().all(|size| sizes.get(size) > Some(&3)), "sizes met: {sizes:?}");
}

#[test]
fn with_little_effort_a_set_is_not_called_smallest_and_forces_the_level_all_the_same() {
    let mut met = 0;
    for case in cases(0..150) {
        let facts = case.facts();
        let level = triage::assess(&facts).at_least();
        let effort = Effort { rounds: 1, ..Effort::default() };
        if let Deciding::These { answers, smallest: false } = Changes::of(&facts, effort).deciding {
            let all = case.all();
            assert!(forces(&case, &all, &answers, level));
            for left_out in 0..answers.len() {
                let mut fewer = answers.clone();
                fewer.remove(left_out);
                assert!(!forces(&case, &all, &fewer, level), "{fewer:?} are enough");
            }
            met += 1;
        }
        let none = Changes::of(&facts, Effort { rounds: 1, steps: 1 }).deciding;
        // What holds for everybody is known without a search.
        let is_proved = matches!(&none, Deciding::These { answers, .. } if !answers.is_empty());
        assert!(!is_proved, "{none:?} without any step");
    }
    assert!(met > 20, "{met}");
}

/// Whether an answer differs from another in one step.
fn is_one_step(question: &Question, from: Option<&Answer>, to: &Answer) -> bool {
    let alone = question.exclusive();
    let one_more = |from: OptionSet, to: OptionSet| {
        let together = from.without(alone);
        to.without(from).len() == 1 && (together.without(to).is_empty() || to.intersects(alone))
    };
    match (&question.domain, from, to) {
        (Domain::Several, from, to) => match (from, to) {
            (Some(Answer::Options(from)), Answer::Options(to)) => {
                one_more(*from, *to) || from.without(*to).len() == 1 && to.without(*from).is_empty()
            }
            (Some(Answer::Options(from)), Answer::Unsure { ticked }) => from.without(alone) == *ticked,
            (Some(Answer::Unsure { ticked }), Answer::Options(to)) => ticked == to || one_more(*ticked, *to),
            (None, Answer::Options(to)) => to.len() == 1,
            (None, to) => *to == Answer::UNSURE,
            _ => false,
        },
        (Domain::Text, _, to) => to.is_unsure() && from != Some(to),
        (_, from, to) => from != Some(to),
    }
}

#[test]
fn the_nearest_changes_are_those_that_trying_all_finds() {
    let mut met = 0;
    for case in cases(0..400) {
        let facts = case.facts();
        let assessment = triage::assess(&facts);
        let level = assessment.at_least();
        let mut counted = Sheet::new(&case.questionnaire);
        for question in 0..case.answers.len() {
            if let Some(answer) = facts.answer(question) {
                counted.set(&case.questionnaire, question, answer.clone()).expect("it was on a sheet");
            }
        }
        let judged = |question: QuestionIndex, answer: &Answer| {
            let mut changed = counted.clone();
            changed.set(&case.questionnaire, question, answer.clone()).expect("it fits");
            let assessment = triage::assess(&Facts::of(&case.questionnaire, case.audience, &changed));
            let level = if assessment.complete { assessment.level } else { assessment.certain };
            (level, assessment.complete)
        };
        // Whether each is only at least this level.
        let mut expected: BTreeMap<(QuestionIndex, LevelIndex), bool> = BTreeMap::new();
        let mut count = 0;
        for (question, asked) in case.questionnaire.questions.iter().enumerate() {
            let from = facts.answer(question);
            let left_out = asked.optional && assessment.complete;
            if !facts.is_asked(question) || from.is_none() && !left_out {
                continue;
            }
            for to in brute::answers(asked).iter().flatten().filter(|to| is_one_step(asked, from, to)) {
                let (found, complete) = judged(question, to);
                if found < level {
                    *expected.entry((question, found)).or_default() |= !complete;
                    count += usize::from(!matches!(to, Answer::Number(_)));
                }
            }
        }
        let nearest = Changes::of(&facts, Effort::default()).nearest;
        let found: BTreeMap<_, _> = nearest.iter().map(|it| ((it.question, it.level), it.at_least)).collect();
        assert_eq!(found, expected, "{:?}", case.sheet);
        let others = nearest.iter().flat_map(|it| &it.others);
        let told = others.filter(|other| !matches!(other.answer, Answer::Number(_))).count();
        assert_eq!(told, count, "{:?}", case.sheet);
        for it in &nearest {
            assert!(!it.others.is_empty() && !it.rules.is_empty());
            for other in &it.others {
                assert_eq!(judged(it.question, &other.answer).0, it.level);
            }
        }
        let order: Vec<_> = nearest.iter().map(|it| (it.level, it.others[0].steps, it.question)).collect();
        assert!(order.is_sorted(), "{order:?}");
        met += nearest.len();
    }
    assert!(met > 300, "{met}");
}

fn back_pain() -> Questionnaire {
    let text = include_str!("../questionnaires/back-pain.yaml");
    yaml::load("back-pain.yaml", text.as_bytes()).expect("no mistakes").questionnaire
}

/// Somebody whose answers to the safety questions are as calm as can be, finished.
fn calm(questionnaire: &Questionnaire) -> Sheet {
    let mut raw = RawSheet::empty(questionnaire);
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let option = question.exclusive().iter().next().unwrap_or(0);
        raw.answers[index] = match &question.domain {
            _ if question.optional => None,
            Domain::Number(bounds) if question.scale().is_some() => Some(Answer::Number(bounds.min)),
            Domain::Number(bounds) => Some(Answer::Number(bounds.min.max(40.0).min(bounds.max))),
            Domain::Text | Domain::Nothing => None,
            _ => Some(Answer::option(option)),
        };
    }
    raw.heard(questionnaire, Audience::Patient)
}

#[test]
fn one_tick_among_the_safety_questions_decides_alone_and_is_named_alone() {
    let questionnaire = back_pain();
    let mut met = BTreeSet::new();
    for (question, asked) in questionnaire.questions.iter().enumerate() {
        if asked.type_name() != "many_of" || !asked.red_flag {
            continue;
        }
        let all: OptionSet = (0..asked.options.len()).collect();
        let mut sheet = calm(&questionnaire);
        let ticked = all.without(asked.exclusive());
        sheet.set(&questionnaire, question, Answer::Options(ticked)).expect("it fits");
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        if !facts.is_asked(question) || triage::assess(&facts).certain != 0 {
            continue;
        }
        let changes = Changes::of(&facts, Effort::default());
        let Deciding::These { answers, smallest: true } = &changes.deciding else {
            panic!("{}: {:?}", asked.id, changes.deciding)
        };
        assert!(changes.nearest.is_empty(), "nothing is more urgent");
        if let [Decider { question: found, answer: Some(Answer::Options(options)) }] = answers.as_slice() {
            assert_eq!(*found, question);
            assert!(options.len() < ticked.len(), "{}: {options:?}", asked.id);
            met.insert(&asked.id);
        }
    }
    assert!(!met.is_empty());
}

#[test]
fn the_same_answers_give_the_same_every_time() {
    let questionnaire = back_pain();
    let mut sheet = calm(&questionnaire);
    for changed in 0..questionnaire.questions.len() {
        if changed % 5 == 0 && questionnaire.questions[changed].unsure {
            sheet.set(&questionnaire, changed, Answer::UNSURE).expect("it may be unsure");
        }
    }
    let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
    let changes = Changes::of(&facts, Effort::default());
    assert!(!changes.nearest.is_empty());
    assert_eq!(changes, Changes::of(&facts, Effort::default()));
}
