//! Laws of the core, on the back pain questionnaire and on random small ones.
//!
//! Everything is made from one list of random numbers with a fixed seed, so a law that fails, fails again.

#[path = "support/random.rs"]
mod random;
mod support;

use std::collections::BTreeSet;

use random::Source;
use redflag::answers::json::answer_value;
use redflag::answers::{Answer, Facts, Sheet, Truth};
use redflag::interview::{Interview, Stage};
use redflag::outlook::Progress;
use redflag::questionnaire::language::differ_in_texts_only;
use redflag::questionnaire::{
    Audience, Control, Domain, LevelIndex, OptionSet, Question, QuestionIndex, Questionnaire,
};
use redflag::triage::{self, Assessment};
use support::{BACK_PAIN, DOLOR_DE_ESPALDA};

fn for_all(cases: u32, law: impl Fn(&mut Source)) {
    random::for_all(cases, 0xbac_bac, 2_000, law);
}

/// On back-pain `cases` times, on random small questionnaires ten times as often.
fn for_all_questionnaires(cases: u32, law: impl Fn(&mut Source, &Questionnaire)) {
    for_all(cases, |source| law(source, &BACK_PAIN));
    for_all(10 * cases, |source| {
        let questionnaire = random::questionnaire(source, 8);
        law(source, &questionnaire);
    });
}

fn assess(questionnaire: &Questionnaire, audience: Audience, sheet: &Sheet) -> Assessment {
    triage::assess(&Facts::of(questionnaire, audience, sheet))
}

/// The answers as they would stand in a file.
fn words(questionnaire: &Questionnaire, sheet: &Sheet) -> String {
    let answers = questionnaire.questions.iter().enumerate().filter_map(|(index, question)| {
        Some(format!("{}: {}", question.id, answer_value(sheet.get(index)?, question)))
    });
    answers.collect::<Vec<_>>().join(", ")
}

/// Confirms all that the last answer asks to confirm and leaves the alert, if there is one.
///
/// Even a first answer may have to be confirmed: an optional question counts as absent until it is answered.
fn insist(interview: &mut Interview) {
    interview.confirm();
    interview.confirm();
    interview.go_on();
    interview.leave_unsettled();
}

/// Answers the current question at random and leaves the alert, if there is one.
fn answer_at_random(source: &mut Source, interview: &mut Interview) {
    if let Stage::Asking(question) = *interview.stage() {
        let question = &interview.questionnaire().questions[question];
        let concern = source.chance(30);
        let answer = if concern { random::answer(source, question) } else { random::calm_answer(question) };
        if interview.answer(answer).is_err() {
            let answer = random::all_answers(question).first().cloned();
            interview.answer(answer).expect("the first of all answers fits");
        }
    }
    if let Stage::Settling { .. } = interview.stage() {
        let said = source.pick(&[Answer::option(0), Answer::option(1), Answer::UNSURE]).clone();
        interview.answer(Some(said)).expect("yes, no and unsure fit");
    }
    interview.go_on();
}

/// Calls any method, with answers and questions that may not fit at all.
fn act_at_random(source: &mut Source, interview: &mut Interview) {
    let questions = &interview.questionnaire().questions;
    match source.below(16) {
        0..6 => answer_at_random(source, interview),
        6 => {
            let other = source.below(questions.len());
            drop(interview.answer(random::answer(source, &questions[other])));
        }
        7 => {
            let ill = [
                None,
                Some(Answer::UNSURE),
                Some(Answer::Options(OptionSet::EMPTY)),
                Some(Answer::option(63)),
                Some(Answer::Number(f64::NAN)),
                Some(Answer::Number(-1e300)),
                Some(Answer::Text(String::new())),
            ];
            drop(interview.answer(source.pick(&ill).clone()));
        }
        8 | 9 => drop(interview.back()),
        10 => interview.review(),
        11 => interview.revisit(source.below(questions.len() + 1)),
        12 => interview.confirm(),
        13 => interview.decline(),
        14 => interview.go_on(),
        _ => match source.below(6) {
            0 => interview.finish(),
            1 => interview.leave_unsettled(),
            2 | 3 => interview.settle(),
            _ => interview.resume(),
        },
    }
}

#[test]
fn back_and_then_forward_changes_nothing() {
    for_all_questionnaires(60, |source, questionnaire| {
        let mut interview = Interview::new(questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        (0..source.below(60)).for_each(|_| act_at_random(source, &mut interview));
        if !matches!(interview.stage(), Stage::Asking(_)) {
            return;
        }
        let (sheet, assessment) = (interview.sheet().clone(), interview.assessment());
        let mut ahead = Vec::new();
        for _ in 0..source.below(60) {
            let mut earlier = interview.clone();
            earlier.back();
            // Further back lie the review and the summary, or a question that has no answer to go forward with.
            let Stage::Asking(question) = *earlier.stage() else { break };
            if earlier.stage() == interview.stage() || !earlier.asked().contains(&question) {
                break;
            }
            ahead.push(interview.stage().clone());
            interview = earlier;
        }
        while let Some(stage) = ahead.pop() {
            let Stage::Asking(question) = *interview.stage() else { panic!("{:?}", interview.stage()) };
            interview.answer(sheet.get(question).cloned()).expect("the answer fitted before");
            assert_eq!(interview.stage(), &stage, "after question {question}");
        }
        assert_eq!((interview.sheet(), interview.assessment()), (&sheet, assessment));
    });
}

/// All that is told about a sheet, but for the list of what was set aside.
fn told(questionnaire: &Questionnaire, audience: Audience, sheet: &Sheet) -> Vec<String> {
    let facts = Facts::of(questionnaire, audience, sheet);
    let assessment = triage::assess(&facts);
    let rules = questionnaire.rules.iter();
    let because = rules.map(|rule| {
        format!("{:?} {:?}", triage::evidence(&facts, &rule.when), triage::doubts(&facts, &rule.when))
    });
    let mut told: Vec<_> = because.collect();
    for level in 0..questionnaire.levels.len() {
        told.push(format!(
            "{:?} {:?} {:?} {:?} {:?}",
            triage::next_steps(&facts, level, audience),
            triage::pages(&facts, level, audience).iter().map(|page| &page.id).collect::<Vec<_>>(),
            triage::within(&facts, level),
            triage::who(&facts, level),
            triage::check_again(&facts, level),
        ));
    }
    told.push(format!("{:?}", Assessment { set_aside: vec![], ..assessment }));
    told
}

#[test]
fn a_hidden_answer_never_matters() {
    for_all_questionnaires(30, |source, questionnaire| {
        let audience = source.audience();
        let sheet = random::sheet(source, questionnaire);
        let mut other = sheet.clone();
        let facts = Facts::of(questionnaire, audience, &sheet);
        for (index, question) in questionnaire.questions.iter().enumerate() {
            if facts.live(index) == Truth::False {
                other.clear(index);
                if let Some(answer) = random::answer(source, question) {
                    other.set(questionnaire, index, answer).expect("a fitting answer");
                }
            }
        }
        let (before, after) = (told(questionnaire, audience, &sheet), told(questionnaire, audience, &other));
        assert_eq!(before, after, "{}", words(questionnaire, &sheet));
    });
}

#[test]
fn every_interview_ends_and_its_length_lies_within_all_bounds_given_on_the_way() {
    for_all_questionnaires(25, |source, questionnaire| {
        let mut interview = Interview::new(questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        let mut bounds = Vec::new();
        while let Stage::Asking(question) = *interview.stage() {
            let progress = Progress::of(&interview, question);
            assert_eq!(progress.position, bounds.len() + 1);
            bounds.push(progress);
            assert!(bounds.len() <= bounds[0].most, "{:?}", bounds[0]);
            answer_at_random(source, &mut interview);
            insist(&mut interview);
        }
        assert_eq!(interview.stage(), &Stage::Summary);
        assert!(interview.is_finished());
        let asked = bounds.len();
        for progress in bounds {
            assert!(
                (progress.fewest..=progress.most).contains(&asked),
                "{asked} questions, not {progress:?}"
            );
        }
    });
}

/// How many questions the interview can have in the end, tried out with every answer; at every question on
/// every way the bounds are compared with that. `None`: more than `budget` ways.
fn lengths(interview: &Interview, before: usize, budget: &mut usize) -> Option<(usize, usize)> {
    let Stage::Asking(question) = *interview.stage() else { return Some((before, before)) };
    let asked = &interview.questionnaire().questions[question];
    let left_out = (asked.optional || !asked.takes_answer()).then_some(None);
    let answers = random::all_answers(asked).into_iter().map(Some).chain(left_out);
    let mut found: Option<(usize, usize)> = None;
    for answer in answers {
        *budget = budget.checked_sub(1)?;
        let mut next = interview.clone();
        next.answer(answer).expect("every answer fits");
        insist(&mut next);
        let (fewest, most) = lengths(&next, before + 1, budget)?;
        found = Some(found.map_or((fewest, most), |known| (known.0.min(fewest), known.1.max(most))));
    }
    let progress = Progress::of(interview, question);
    let found = found.expect("every question can be answered");
    assert_eq!((progress.fewest, progress.most), found, "at {}", asked.id);
    Some(found)
}

#[test]
fn the_bounds_are_attained() {
    let whole = std::cell::Cell::new(0);
    for_all(2_500, |source| {
        let questionnaire = random::questionnaire(source, 4);
        let interview = Interview::new(&questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        if lengths(&interview, 0, &mut 1_000).is_some() {
            whole.set(whole.get() + 1);
        }
    });
    assert!(whole.get() > 2_000, "only {} questionnaires were small enough", whole.get());
}

/// Filling in an answer settles what was unknown: what is certain can only become more urgent, and what is
/// possible only less.
///
/// This needs two conditions. The question may not be optional, since one that is left out counts as known to
/// be absent. And every answer given must belong to a question that is certainly asked: where an answer counts
/// though its question is undecided, the decision may set it aside and take its reasons away. Asking in order
/// sees to the second. A test for `unsure` does no harm, because it is unknown before there is an answer.
#[test]
fn an_answer_to_an_open_question_only_settles_what_was_unknown() {
    for_all_questionnaires(50, |source, questionnaire| {
        let audience = source.audience();
        let full = random::full_sheet(source, questionnaire);
        let missing = source.below(60);
        let mut sheet = Sheet::new(questionnaire);
        let mut open = Vec::new();
        for (index, question) in questionnaire.questions.iter().enumerate() {
            let live = Facts::of(questionnaire, audience, &sheet).live(index) == Truth::True;
            match full.get(index) {
                Some(answer) if live && !source.chance(missing) => {
                    sheet.set(questionnaire, index, answer.clone()).expect("a fitting answer");
                }
                Some(answer) if live && !question.optional => open.push((index, answer)),
                _ => {}
            }
        }
        let mut before = assess(questionnaire, audience, &sheet);
        for (index, answer) in open {
            sheet.set(questionnaire, index, answer.clone()).expect("a fitting answer");
            let after = assess(questionnaire, audience, &sheet);
            let id = &questionnaire.questions[index].id;
            assert!(after.certain <= before.certain, "{id} in {}", words(questionnaire, &sheet));
            assert!(after.possible >= before.possible, "{id} in {}", words(questionnaire, &sheet));
            assert!(before.rules.iter().all(|rule| after.rules.contains(rule)));
            before = after;
        }
    });
}

/// With this answer changed, the level of back-pain.
fn level_with(audience: Audience, sheet: &Sheet, question: QuestionIndex, answer: Answer) -> LevelIndex {
    let mut sheet = sheet.clone();
    sheet.set(&BACK_PAIN, question, answer).expect("a fitting answer");
    assess(&BACK_PAIN, audience, &sheet).level
}

#[test]
fn unsure_never_counts_less_than_the_least_concerning_answer() {
    for_all(300, |source| {
        let audience = source.audience();
        let sheet = random::full_sheet(source, &BACK_PAIN);
        for (index, question) in BACK_PAIN.questions.iter().enumerate().filter(|(_, q)| q.unsure) {
            let least = random::calm_answer(question).expect("a least concerning answer");
            let least = level_with(audience, &sheet, index, least);
            let unsure = level_with(audience, &sheet, index, Answer::UNSURE);
            assert!(unsure <= least, "{} unsure in {}", question.id, words(&BACK_PAIN, &sheet));
            // Beside ticked options too, it never counts less than these options alone.
            if let Some(&Answer::Options(ticked)) = sheet.get(index)
                && question.takes_several()
                && question.control == Control::List
                && !ticked.intersects(question.exclusive())
            {
                let alone = level_with(audience, &sheet, index, Answer::Options(ticked));
                let beside = level_with(audience, &sheet, index, Answer::Unsure { ticked });
                assert!(beside <= alone, "{} beside unsure in {}", question.id, words(&BACK_PAIN, &sheet));
            }
        }
    });
}

/// The answers that are more concerning than `answer` by one step.
fn more_concerning(question: &Question, answer: &Answer) -> Vec<Answer> {
    let chosen = answer.ticked().iter().next();
    match (&question.domain, answer, chosen) {
        (Domain::One { ordered: true }, Answer::Options(_), Some(chosen)) => {
            (chosen + 1..question.options.len()).take(1).map(Answer::option).collect()
        }
        (Domain::One { ordered: false }, Answer::Options(_), Some(0)) if question.id == "onset" => {
            (1..question.options.len()).map(Answer::option).collect()
        }
        (Domain::Number(bounds), Answer::Number(number), _)
            if question.scale().is_some() && *number < bounds.max =>
        {
            vec![Answer::Number(number + 1.0)]
        }
        (Domain::Several, _, _) => {
            let before = answer.ticked().without(question.exclusive());
            let others = (0..question.options.len()).filter(|&option| {
                !answer.ticked().contains(option) && !question.exclusive().contains(option)
            });
            let more = others.map(|option| before.with(option));
            match answer {
                Answer::Unsure { .. } => more.map(|ticked| Answer::Unsure { ticked }).collect(),
                _ => more.map(Answer::Options).collect(),
            }
        }
        _ => vec![],
    }
}

#[test]
fn a_more_concerning_answer_never_lowers_the_level() {
    let kinds = std::cell::RefCell::new(BTreeSet::new());
    for_all(1_000, |source| {
        let audience = source.audience();
        let sheet = random::full_sheet(source, &BACK_PAIN);
        let before = assess(&BACK_PAIN, audience, &sheet).level;
        for (index, question) in BACK_PAIN.questions.iter().enumerate() {
            let Some(answer) = sheet.get(index) else { continue };
            for more in more_concerning(question, answer) {
                kinds.borrow_mut().insert(question.id.as_str());
                let value = answer_value(&more, question);
                let after = level_with(audience, &sheet, index, more);
                assert!(after <= before, "{} to {value} in {}", question.id, words(&BACK_PAIN, &sheet));
            }
        }
    });
    let kinds = kinds.into_inner();
    for id in ["emergency_now", "leg_weakness_kind", "sites", "onset", "severity", "treatment", "fever"] {
        assert!(kinds.contains(id), "{id} was never raised");
    }
}

/// The level that the page tells, if it tells one.
fn level_shown(interview: &Interview) -> Option<LevelIndex> {
    let assessment = interview.assessment();
    match interview.stage() {
        Stage::Alert { level, .. } => Some(*level),
        Stage::Summary if assessment.complete => Some(assessment.level),
        Stage::Summary => Some(assessment.certain),
        _ => None,
    }
}

#[test]
fn no_sequence_of_calls_breaks_an_interview_and_no_shown_level_goes_down_unnoted() {
    for_all_questionnaires(60, |source, questionnaire| {
        let mut interview = Interview::new(questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        let mut shown: Option<(LevelIndex, usize)> = None;
        for _ in 0..source.below(150) {
            let noted = interview.lowered().len();
            if let Some(level) = level_shown(&interview) {
                if let Some((earlier, noted_then)) = shown {
                    assert!(level <= earlier || noted > noted_then, "from {earlier} to {level}");
                }
                shown = Some((level, noted));
            }
            let facts = interview.facts();
            match interview.stage() {
                Stage::Asking(question) => {
                    assert!(facts.is_asked(*question));
                    let progress = Progress::of(&interview, *question);
                    assert!(
                        progress.fewest <= progress.most && progress.position <= progress.most,
                        "{progress:?}"
                    );
                }
                Stage::SettingAside { question, loses, .. } => {
                    assert!(facts.is_asked(*question) && !loses.is_empty());
                    assert!(loses.iter().all(|&lost| facts.answer(lost).is_some()));
                }
                Stage::Lowering { question, from, to, .. } => {
                    assert!(facts.is_asked(*question) && to.is_none_or(|to| to > *from));
                }
                Stage::Alert { level, .. } => {
                    let alerted = interview.alerted().expect("the level of the alert");
                    assert!(questionnaire.levels[alerted].interrupt && *level <= alerted);
                }
                Stage::Settling { question, option } => {
                    let asked = &questionnaire.questions[*question];
                    assert!(facts.is_asked(*question) && asked.none_of_all() != Some(*option));
                    assert!(interview.once_more().is_some_and(|it| it.is_yes_no()));
                }
                Stage::OfferSettling => assert!(interview.is_finished()),
                Stage::Review | Stage::Summary => {}
            }
            if let Some(alerted) = interview.alerted() {
                assert!(interview.assessment().certain <= alerted);
            }
            for &question in &interview.asked() {
                assert!(facts.is_asked(question));
            }
            act_at_random(source, &mut interview);
        }
    });
}

/// On back-pain and its Spanish, and on random questionnaires with random translations.
fn for_all_translations(cases: u32, law: impl Fn(&mut Source, &Questionnaire, &Questionnaire)) {
    for_all(cases, |source| law(source, &BACK_PAIN, &DOLOR_DE_ESPALDA));
    for_all(10 * cases, |source| {
        let questionnaire = random::questionnaire(source, 8);
        let translated = random::translation(source, &questionnaire).of(&questionnaire);
        law(source, &questionnaire, &translated);
    });
}

#[test]
fn no_language_judges_otherwise() {
    for_all_translations(30, |source, questionnaire, translated| {
        assert!(differ_in_texts_only(questionnaire, translated));
        let audience = source.audience();
        let sheet = random::sheet(source, questionnaire);
        let (one, other) = (assess(questionnaire, audience, &sheet), assess(translated, audience, &sheet));
        assert_eq!(one, other, "{}", words(questionnaire, &sheet));
    });
}

#[test]
fn switching_the_language_at_any_time_changes_nothing_but_texts() {
    for_all_translations(40, |source, questionnaire, translated| {
        let mut interview = Interview::new(questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        let mut switching = interview.clone();
        for _ in 0..source.below(120) {
            let mut same = source.clone();
            act_at_random(source, &mut interview);
            act_at_random(&mut same, &mut switching);
            if source.chance(50) {
                let other = [questionnaire, translated][source.below(2)];
                assert!(switching.speak(other));
                assert_eq!(switching.questionnaire().language, other.language);
            }
            assert_eq!(interview.stage(), switching.stage());
            assert_eq!(interview.sheet(), switching.sheet());
            assert_eq!(interview.lowered(), switching.lowered());
            assert_eq!(interview.alerted(), switching.alerted());
            assert_eq!(interview.asked(), switching.asked());
            assert_eq!(interview.assessment(), switching.assessment());
        }
    });
}

#[test]
fn a_questionnaire_that_asks_or_judges_otherwise_is_no_other_language() {
    let mut interview = Interview::new(&BACK_PAIN, Audience::Patient, jiff::civil::date(2026, 11, 21));
    let mut other = DOLOR_DE_ESPALDA.clone();
    other.rules[0].level = 1;
    assert!(!interview.speak(&other));
    assert_eq!(interview.questionnaire().language, "en");
}

/// From wherever a person got lost, going on with what is open leads to a finished summary.
#[test]
fn from_anywhere_the_open_questions_lead_to_a_finished_summary() {
    for_all_questionnaires(20, |source, questionnaire| {
        let mut interview = Interview::new(questionnaire, source.audience(), jiff::civil::date(2026, 11, 21));
        (0..source.below(60)).for_each(|_| act_at_random(source, &mut interview));
        interview.finish();
        interview.resume();
        for _ in 0..questionnaire.questions.len() {
            answer_at_random(source, &mut interview);
            insist(&mut interview);
        }
        assert_eq!(interview.stage(), &Stage::Summary);
        assert!(interview.is_finished());
    });
}
