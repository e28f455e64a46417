//! The interview as a person meets it, on the back pain questionnaire.

mod support;

use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Refusal, Sheet};
use redflag::interview::{Interview, Stage};
use redflag::outlook::Progress;
use redflag::questionnaire::{Audience, QuestionIndex};
use redflag::triage;
use support::{BACK_PAIN, CALM};

fn patient() -> Interview<'static> {
    Interview::new(&BACK_PAIN, Audience::Patient, jiff::civil::date(2026, 11, 21))
}

fn sheet(answers: &str) -> Sheet {
    SheetReader::new(&BACK_PAIN).read(&answers.replace('\'', "\"")).expect("answers that fit")
}

fn index(id: &str) -> QuestionIndex {
    BACK_PAIN.question_index(id).expect("a question")
}

fn asked(interview: &Interview) -> &'static str {
    match interview.stage() {
        Stage::Asking(question) => &BACK_PAIN.questions[*question].id,
        other => panic!("nothing is asked: {other:?}"),
    }
}

fn level(interview: &Interview) -> &'static str {
    &BACK_PAIN.levels[interview.assessment().level].id
}

/// Answers as told, and calmly where nothing is told, while questions come and `until` is not reached.
fn go(interview: &mut Interview, told: &str, until: &str) {
    let (told, calm) = (sheet(told), sheet(CALM));
    while let Stage::Asking(question) = *interview.stage() {
        if BACK_PAIN.questions[question].id == until {
            return;
        }
        let answer = told.get(question).or(calm.get(question)).cloned();
        interview.answer(answer).expect("an answer that fits");
    }
}

fn say(interview: &mut Interview, answer: &str) {
    let id = asked(interview);
    let answer = sheet(&format!("{{'{id}': {answer}}}")).get(index(id)).cloned();
    interview.answer(answer).expect("an answer that fits");
}

/// At the summary, with these answers and otherwise calm ones.
fn finished(told: &str) -> Interview<'static> {
    let mut interview = patient();
    go(&mut interview, told, "");
    interview.go_on();
    go(&mut interview, told, "");
    if *interview.stage() == Stage::OfferSettling {
        interview.leave_unsettled();
    }
    assert_eq!(interview.stage(), &Stage::Summary);
    interview
}

#[test]
fn a_calm_interview_ends_in_self_care() {
    let interview = finished("{}");
    assert!(interview.is_finished());
    assert_eq!(level(&interview), "self_care");
}

#[test]
fn going_back_and_forward_changes_nothing() {
    let mut interview = finished("{'limb_signs': ['one_leg_pain']}");
    let (sheet, assessment) = (interview.sheet().clone(), interview.assessment());
    let mut pages = 0;
    while interview.back() {
        pages += 1;
    }
    assert_eq!(pages, interview.asked().len());
    assert_eq!(asked(&interview), "emergency_now");
    for _ in 0..pages {
        let Stage::Asking(question) = *interview.stage() else { panic!("{:?}", interview.stage()) };
        interview.answer(sheet.get(question).cloned()).expect("the answer fitted before");
    }
    assert_eq!(interview.stage(), &Stage::Summary);
    assert_eq!((interview.sheet(), interview.assessment()), (&sheet, assessment));
}

#[test]
fn back_on_the_first_question_stays_there() {
    let mut interview = patient();
    assert!(!interview.back());
    assert_eq!(asked(&interview), "emergency_now");
}

#[test]
fn an_emergency_answer_interrupts_at_once() {
    let mut interview = patient();
    say(&mut interview, "['chest_pain']");
    assert_eq!(interview.stage(), &Stage::Alert { level: 0, question: 0 });
    interview.go_on();
    assert_eq!(asked(&interview), "saddle_signs");
    say(&mut interview, "['saddle_numb']");
    go(&mut interview, "{'saddle_numb_since': 'new'}", "age");
    assert_eq!(asked(&interview), "age", "a second emergency answer does not interrupt again");
}

#[test]
fn two_answers_that_make_an_emergency_together_interrupt_at_the_second() {
    let mut interview = patient();
    go(&mut interview, "{'limb_signs': ['one_leg_pain'], 'cancer_history': 'past'}", "leg_pain_since");
    say(&mut interview, "'new'");
    assert_eq!(interview.stage(), &Stage::Alert { level: 0, question: index("leg_pain_since") });
}

#[test]
fn an_emergency_taken_back_and_reached_again_interrupts_again() {
    let mut interview = patient();
    say(&mut interview, "['confusion']");
    interview.back();
    say(&mut interview, "['none']");
    assert!(
        matches!(interview.stage(), Stage::Lowering { from: 0, to: None, .. }),
        "{:?}",
        interview.stage()
    );
    interview.confirm();
    assert_eq!((asked(&interview), interview.alerted()), ("saddle_signs", None));
    go(&mut interview, "{'saddle_signs': ['bowel_change'], 'bowel_change_since': 'new'}", "age");
    assert_eq!(interview.stage(), &Stage::Alert { level: 0, question: index("bowel_change_since") });
}

#[test]
fn after_an_alert_the_person_may_finish_and_still_go_on_later() {
    let mut interview = patient();
    say(&mut interview, "['cold_leg']");
    interview.finish();
    assert_eq!(interview.stage(), &Stage::Summary);
    assert!(!interview.is_finished());
    interview.resume();
    assert_eq!(asked(&interview), "saddle_signs");
    go(&mut interview, "{}", "");
    assert_eq!((interview.stage(), interview.is_finished()), (&Stage::Summary, true));
}

#[test]
fn an_emergency_answer_interrupts_an_edit_too_and_its_follow_ups_come_after_it() {
    let mut interview = finished("{}");
    interview.revisit(index("saddle_signs"));
    say(&mut interview, "['saddle_numb', 'bladder_stuck']");
    assert_eq!(asked(&interview), "saddle_numb_since");
    say(&mut interview, "'new'");
    assert!(matches!(interview.stage(), Stage::Alert { level: 0, .. }));
    interview.go_on();
    assert_eq!(asked(&interview), "bladder_stuck_since");
    say(&mut interview, "'longstanding'");
    assert_eq!((interview.stage(), level(&interview)), (&Stage::Summary, "emergency"));
}

#[test]
fn answers_that_no_longer_apply_are_listed_before_they_are_set_aside() {
    let mut interview =
        finished("{'cancer_history': 'past', 'cancer_type': ['breast'], 'radiotherapy': 'no'}");
    assert_eq!(level(&interview), "urgent");
    interview.revisit(index("cancer_history"));
    say(&mut interview, "'no'");
    let Stage::SettingAside { loses, .. } = interview.stage() else { panic!("{:?}", interview.stage()) };
    assert_eq!(loses, &[index("cancer_type"), index("radiotherapy")]);
    interview.decline();
    assert_eq!(asked(&interview), "cancer_history");
    assert_eq!(interview.sheet().get(index("cancer_history")), Some(&Answer::option(1)));
}

#[test]
fn an_answer_set_aside_comes_back_with_its_branch() {
    let prostate = "{'cancer_history': 'past', 'cancer_type': ['prostate'], 'radiotherapy': 'no'}";
    let mut interview = finished(prostate);
    let pages = |interview: &Interview| {
        let facts = interview.facts();
        let pages = triage::pages(&facts, interview.assessment().level, Audience::Patient);
        pages.iter().any(|page| page.id == "your_prostate")
    };
    assert!(pages(&interview));
    interview.revisit(index("cancer_history"));
    say(&mut interview, "'no'");
    interview.confirm();
    interview.confirm();
    assert_eq!(interview.stage(), &Stage::Summary);
    assert!(!pages(&interview), "an answer set aside reaches no page");
    assert_eq!(interview.assessment().set_aside, [index("cancer_type"), index("radiotherapy")]);
    interview.revisit(index("cancer_history"));
    say(&mut interview, "'past'");
    assert_eq!(interview.stage(), &Stage::Summary, "what was answered is not asked again");
    assert!(pages(&interview));
    assert!(interview.assessment().set_aside.is_empty());
}

#[test]
fn follow_ups_of_an_edit_are_asked_before_returning_to_the_summary() {
    let mut interview = finished("{}");
    interview.revisit(index("duration"));
    say(&mut interview, "'over_3_months'");
    assert_eq!(asked(&interview), "began_before_45");
    say(&mut interview, "'yes'");
    assert_eq!(asked(&interview), "inflammatory");
    interview.back();
    assert_eq!(asked(&interview), "began_before_45");
    interview.back();
    assert_eq!(asked(&interview), "duration");
    say(&mut interview, "'over_3_months'");
    say(&mut interview, "'yes'");
    say(&mut interview, "['none']");
    assert_eq!(interview.stage(), &Stage::Summary);
}

#[test]
fn an_answer_opened_from_the_review_returns_there_and_the_review_to_its_question() {
    let mut interview = patient();
    go(&mut interview, "{}", "severity");
    interview.review();
    interview.revisit(index("sex"));
    say(&mut interview, "'female'");
    assert_eq!(asked(&interview), "pregnant", "it would not come any more after going on");
    say(&mut interview, "'no'");
    assert_eq!(interview.stage(), &Stage::Review);
    interview.back();
    assert_eq!(asked(&interview), "severity");
}

#[test]
fn a_lower_level_is_confirmed_and_noted() {
    let mut interview = finished("{'warning_today': ['jaundice']}");
    assert_eq!(level(&interview), "same_day");
    interview.revisit(index("warning_today"));
    say(&mut interview, "['none']");
    let Stage::Lowering { from, to, .. } = *interview.stage() else { panic!("{:?}", interview.stage()) };
    let id = |level: usize| BACK_PAIN.levels[level].id.as_str();
    assert_eq!((id(from), to.map(id)), ("same_day", Some("self_care")));
    assert_eq!(level(&interview), "same_day", "nothing has changed yet");
    interview.confirm();
    assert_eq!((interview.stage(), level(&interview)), (&Stage::Summary, "self_care"));
    let [lowered] = interview.lowered() else { panic!("{:?}", interview.lowered()) };
    assert_eq!((lowered.question, lowered.from, lowered.to), (index("warning_today"), from, to));
    assert_ne!(lowered.old, lowered.new);
}

#[test]
fn a_lower_level_that_is_not_confirmed_changes_nothing() {
    let mut interview = finished("{'fever': 'high'}");
    let sheet = interview.sheet().clone();
    interview.revisit(index("fever"));
    say(&mut interview, "'no'");
    assert!(matches!(interview.stage(), Stage::Lowering { .. }));
    assert!(interview.back());
    assert_eq!(asked(&interview), "fever");
    assert_eq!((interview.sheet(), interview.lowered().len()), (&sheet, 0));
}

#[test]
fn a_level_that_rests_on_an_unsure_answer_is_confirmed_before_it_goes_down() {
    let mut interview = finished("{'fever': 'unsure'}");
    assert_eq!(level(&interview), "urgent");
    interview.revisit(index("fever"));
    say(&mut interview, "'no'");
    assert!(matches!(interview.stage(), Stage::Lowering { .. }));
}

#[test]
fn going_on_after_a_lowered_alert_asks_for_no_more_confirmations() {
    let mut interview = patient();
    say(&mut interview, "['cold_leg']");
    interview.back();
    say(&mut interview, "['none']");
    interview.confirm();
    go(&mut interview, "{}", "");
    assert_eq!((interview.stage(), level(&interview)), (&Stage::Summary, "self_care"));
    assert_eq!(interview.lowered().len(), 1);
}

#[test]
fn skipping_means_unsure_where_unsure_is_allowed_and_is_refused_elsewhere() {
    let mut interview = patient();
    interview.answer(None).expect("may be skipped");
    assert_eq!(interview.sheet().get(0), Some(&Answer::UNSURE));
    go(&mut interview, "{}", "age");
    assert_eq!(interview.answer(None), Err(Refusal::NeedsAnAnswer));
    assert_eq!(
        interview.answer(Some(Answer::Number(0.0))),
        Err(Refusal::OutOfBounds { min: 1.0, max: 120.0 })
    );
    assert_eq!(asked(&interview), "age");
}

#[test]
fn leaving_out_an_optional_question_finishes_all_the_same() {
    let interview = finished("{}");
    assert_eq!(interview.sheet().get(index("notes")), None);
    assert!(interview.is_finished());

    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, jiff::civil::date(2026, 11, 21));
    go(&mut interview, "{}", "neuro_exam");
    assert!(interview.is_finished(), "only optional questions are left");
    go(&mut interview, "{}", "");
    assert_eq!((interview.stage(), level(&interview)), (&Stage::Summary, "self_care"));
}

#[test]
fn only_clinicians_are_asked_for_findings_and_these_count() {
    assert!(!finished("{}").asked().contains(&index("calcium")));
    let mut interview = Interview::new(&BACK_PAIN, Audience::Clinician, jiff::civil::date(2026, 11, 21));
    go(&mut interview, "{}", "calcium");
    say(&mut interview, "3.5");
    assert!(matches!(interview.stage(), Stage::Alert { level: 0, .. }));
}

#[test]
fn a_summary_before_the_end_is_not_finished_and_goes_on_where_it_was() {
    let mut interview = patient();
    go(&mut interview, "{}", "fever");
    interview.finish();
    assert_eq!(interview.stage(), &Stage::Summary);
    assert!(!interview.is_finished());
    interview.resume();
    assert_eq!(asked(&interview), "fever");
}

#[test]
fn the_bounds_hold_on_every_way() {
    let first = Progress::of(&patient(), 0);
    let clinician =
        Progress::of(&Interview::new(&BACK_PAIN, Audience::Clinician, jiff::civil::date(2026, 11, 21)), 0);
    assert_eq!((first.position, first.fewest, first.most), (1, 32, 56));
    assert_eq!((clinician.fewest, clinician.most), (39, 64));
    for told in [
        "{}",
        "{'sex': 'other', 'age': 50}",
        "{'sex': 'female', 'age': 80, 'sites': ['neck']}",
        "{'saddle_signs': ['saddle_numb', 'bladder_stuck', 'bladder_leak', 'bowel_change', 'sexual_change'],
          'emergency_now': ['collapse', 'major_accident'],
          'limb_signs': ['both_legs', 'unsteady', 'leg_weakness', 'numb_patch', 'clumsy_hands', 'arm_pain'], 'sex': 'other', 'age': 50,
          'cancer_history': 'current', 'duration': 'over_3_months', 'began_before_45': 'unsure'}",
    ] {
        let told = told
            .replace("'age'", "'saddle_numb_since': 'new', 'bladder_stuck_since': 'new', 'bladder_leak_since': 'new',
                'bowel_change_since': 'new', 'leg_weakness_since': 'new', 'numb_patch_since': 'new',
                'clumsy_hands_since': 'new', 'leg_pain_since': 'new', 'collapse_kind': 'nearly_once',
                'accident_checked': 'cleared', 'both_legs_kind': 'below_knees', 'unsteady_kind': 'legs',
                'sexual_change_since': 'new', 'both_legs_since': 'new', 'unsteady_since': 'new',
                'leg_weakness_kind': 'worsening', 'clues_women': ['none'], 'pregnant': 'no',
                'prostate_risk': 'no', 'cancer_type': ['lung'], 'radiotherapy': 'no', 'inflammatory': ['none'],
                'age'");
        let (told, calm) = (sheet(&told), sheet(CALM));
        let mut interview = patient();
        let mut given = Vec::new();
        while interview.stage() != &Stage::Summary {
            if let Stage::Asking(question) = *interview.stage() {
                let progress = Progress::of(&interview, question);
                assert_eq!(progress.position, given.len() + 1);
                given.push(progress);
                let answer = told.get(question).or(calm.get(question)).cloned();
                interview.answer(answer).expect("an answer that fits");
            }
            interview.go_on();
        }
        for progress in &given {
            assert!(
                (progress.fewest..=progress.most).contains(&given.len()),
                "{} not in {progress:?}",
                given.len()
            );
        }
        let last = given.last().expect("questions");
        assert_eq!((last.position, last.fewest, last.most), (given.len(), given.len(), given.len()));
    }
}
