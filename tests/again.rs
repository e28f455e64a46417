//! The check after a check: what is asked again, what is carried over, and that a lower level always has its reason.

mod random;
mod support;

use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Sheet};
use redflag::encounter::again::AskedBy;
use redflag::encounter::{Encounter, fingerprint, json};
use redflag::interview::{Interview, Stage};
use redflag::outlook::Progress;
use redflag::questionnaire::{Again, Audience, Questionnaire};
use redflag::report::{Format, Report};
use redflag::site::Site;
use redflag::triage;
use support::{BACK_PAIN, CALM, SMALL, in_a_row};

use random::Dice;

const LAST: jiff::civil::Date = jiff::civil::date(2026, 11, 14);
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

fn sheet(changes: &str) -> Sheet {
    let mut sheet: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&CALM.replace('\'', "\"")).expect("JSON");
    let changes: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&changes.replace('\'', "\"")).expect("JSON");
    sheet.extend(changes);
    let text = serde_json::Value::Object(sheet).to_string();
    SheetReader::new(&BACK_PAIN).read(&text).expect("answers that fit")
}

fn asked_by(questionnaire: &Questionnaire) -> AskedBy {
    AskedBy { version: questionnaire.version.clone(), fingerprint: fingerprint(questionnaire) }
}

fn again<'q>(questionnaire: &'q Questionnaire, audience: Audience, last: Sheet) -> Interview<'q> {
    let last = Encounter::of_sheet(questionnaire, audience, last, LAST);
    let encounter = Encounter::again(questionnaire, &last, asked_by(questionnaire), audience, TODAY);
    Interview::on(questionnaire, encounter)
}

/// Answers what is asked as the sheet does; gives the ids of what was asked.
fn answer_all(interview: &mut Interview, answers: &Sheet) -> Vec<String> {
    let mut asked = Vec::new();
    for _ in 0..500 {
        match *interview.stage() {
            Stage::Asking(question) => {
                asked.push(interview.questionnaire().questions[question].id.clone());
                let answer = answers.get(question).cloned();
                let answer = answer.or_else(|| interview.last_time(question).cloned());
                interview.answer(answer).expect("an answer that fits");
            }
            Stage::Alert { .. } => interview.go_on(),
            Stage::OfferSettling => interview.leave_unsettled(),
            Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
            Stage::Settling { .. } => panic!("declined"),
            Stage::Review | Stage::Summary => return asked,
        }
    }
    panic!("it does not end: {asked:?}");
}

fn text(interview: &Interview) -> String {
    in_a_row(&Format::Text.write(&Report::of_interview(interview, &Site::default())))
}

#[test]
fn what_can_have_changed_is_asked_and_the_rest_is_as_last_time() {
    let last = sheet("{}");
    let mut interview = again(&BACK_PAIN, Audience::Patient, last.clone());
    assert!(interview.begins_again() && !interview.back(), "before the first there is nothing");
    let asked = answer_all(&mut interview, &last);
    for id in
        ["emergency_now", "saddle_signs", "age", "trajectory", "severity", "fever", "weight_loss", "notes"]
    {
        assert!(asked.contains(&id.to_owned()), "{id}");
    }
    for id in ["sex", "cancer_history", "smoking", "onset", "bone_health"] {
        assert!(!asked.contains(&id.to_owned()), "{id}");
    }
    assert!(interview.is_finished());
    let text = text(&interview);
    assert!(text.contains("Last time, on Saturday 14 November 2026: Look after it yourself"), "{text}");
    assert!(
        text.contains("This is as urgent as last time.") && text.contains("No answer has changed."),
        "{text}"
    );
    assert!(text.contains("Male (as last time)"), "{text}");
}

#[test]
fn the_number_of_questions_is_that_of_those_that_are_asked() {
    for audience in [Audience::Patient, Audience::Clinician] {
        let last = sheet("{}");
        let mut interview = again(&BACK_PAIN, audience, last.clone());
        let said = interview.count_open();
        let Stage::Asking(first) = *interview.stage() else { panic!("nothing is asked") };
        let progress = Progress::of(&interview, first);
        assert_eq!((progress.position, progress.fewest), (1, said), "{audience:?}: as the first page says");
        let mut asked = 0;
        while let Stage::Asking(question) = *interview.stage() {
            asked += 1;
            let progress = Progress::of(&interview, question);
            assert_eq!(progress.position, asked, "{audience:?}");
            assert!(progress.fewest <= progress.most && asked <= progress.most, "{audience:?}: {progress:?}");
            interview.answer(last.get(question).cloned()).expect("an answer that fits");
        }
        assert!((said..=progress.most).contains(&asked), "{audience:?}: {asked} questions; {progress:?}");
    }
}

#[test]
fn what_was_not_sure_is_asked_again_whatever_the_file_says() {
    let last = sheet("{'cancer_history': 'unsure'}");
    let mut interview = again(&BACK_PAIN, Audience::Patient, last);
    let asked = answer_all(&mut interview, &sheet("{}"));
    assert!(asked.contains(&"cancer_history".to_owned()), "{asked:?}");
}

#[test]
fn a_lower_level_says_which_answers_made_it_so() {
    let last = sheet("{'fever': 'high', 'severity': 6}");
    let mut interview = again(&BACK_PAIN, Audience::Patient, last);
    answer_all(&mut interview, &sheet("{'severity': 5}"));
    let report = Report::of_interview(&interview, &Site::default());
    let compared = report.again.as_ref().expect("the check before");
    let by: Vec<&str> =
        compared.lowered_by.iter().map(|change| report.question_ids[change.question].as_str()).collect();
    assert!(compared.is_lower);
    assert_eq!(by, ["fever"], "the pain alone would not have lowered it");
    let changed: Vec<&str> =
        compared.changed.iter().map(|change| report.question_ids[change.question].as_str()).collect();
    assert_eq!(changed, ["severity", "fever"]);
    for format in Format::ALL {
        let written = in_a_row(&format.write(&report));
        assert!(
            written.contains("less urgent than last time") || written.contains("\"less_urgent_now\": true"),
            "{written}"
        );
    }
}

#[test]
fn a_higher_level_is_said_to_be_one() {
    let mut interview = again(&BACK_PAIN, Audience::Clinician, sheet("{}"));
    answer_all(&mut interview, &sheet("{'fever': 'high'}"));
    let report = Report::of_interview(&interview, &Site::default());
    assert!(report.again.as_ref().is_some_and(|again| again.is_higher && !again.is_lower));
    assert!(text(&interview).contains("This is more urgent than last time."));
}

#[test]
fn an_unfinished_check_is_gone_on_with_as_a_new_one() {
    let mut last = sheet("{}");
    last.clear(BACK_PAIN.question_index("fever").expect("a question"));
    let mut interview = again(&BACK_PAIN, Audience::Patient, last);
    let asked = answer_all(&mut interview, &sheet("{}"));
    assert!(asked.contains(&"fever".to_owned()) && interview.is_finished());
    assert!(text(&interview).contains("no result (not finished)"));
}

#[test]
fn an_answer_given_anew_is_not_as_last_time_any_more() {
    let last = sheet("{}");
    let mut interview = again(&BACK_PAIN, Audience::Patient, last.clone());
    answer_all(&mut interview, &last);
    let sex = BACK_PAIN.question_index("sex").expect("a question");
    assert!(interview.encounter().is_carried(sex));
    interview.review();
    interview.revisit(sex);
    interview.answer(Some(Answer::option(0))).expect("fits");
    interview.confirm();
    assert!(!interview.encounter().is_carried(sex));
}

#[test]
fn it_is_kept_and_gone_on_with() {
    let mut interview = again(&BACK_PAIN, Audience::Patient, sheet("{'fever': 'high'}"));
    for _ in 0..5 {
        let Stage::Asking(question) = *interview.stage() else { panic!("{:?}", interview.stage()) };
        interview.answer(interview.last_time(question).cloned()).expect("fits");
    }
    let resumed = Interview::from_json(&BACK_PAIN, &interview.to_json()).expect("an encounter");
    assert!(resumed.misfits.is_empty(), "{:?}", resumed.misfits);
    assert_eq!(resumed.interview.encounter(), interview.encounter());
    assert_eq!(resumed.interview.stage(), interview.stage());
}

/// Whatever was answered then and now: what is carried over was sure and is marked so, and a lower level has its
/// reason.
#[test]
fn nothing_is_lower_without_a_reason() {
    let mut dice = Dice::new(7);
    for round in 0..400 {
        let questionnaire = if round % 2 == 0 { &*SMALL } else { &*BACK_PAIN };
        let audience = [Audience::Patient, Audience::Clinician][round / 2 % 2];
        let mut drawn = || {
            let mut sheet = Sheet::new(questionnaire);
            for (at, question) in questionnaire.questions.iter().enumerate() {
                if let Some(answer) = random::answer(question, &mut dice) {
                    sheet.set(questionnaire, at, answer).expect("fits");
                }
            }
            sheet
        };
        let (then, now) = (drawn(), drawn());
        let mut interview = again(questionnaire, audience, then.clone());
        for (at, question) in questionnaire.questions.iter().enumerate() {
            if interview.encounter().is_carried(at) {
                assert!(question.again == Again::IfUnsure && then.get(at).is_some_and(|it| !it.is_unsure()));
                assert_eq!(interview.sheet().get(at), then.get(at));
            }
        }
        answer_all(&mut interview, &now);
        let report = Report::of_interview(&interview, &Site::default());
        let compared = report.again.as_ref().expect("the check before");
        let last = Encounter::of_sheet(questionnaire, audience, then, LAST);
        let last = triage::assess(&last.facts(questionnaire));
        if last.complete && interview.is_finished() {
            let lower = interview.assessment().level > last.level;
            assert_eq!(compared.is_lower, lower, "round {round}");
            assert_eq!(!compared.lowered_by.is_empty(), lower, "round {round}: {compared:?}");
        }
        let kept = json::read(questionnaire, &interview.to_json()).expect("an encounter");
        assert_eq!(kept.encounter.earlier, interview.encounter().earlier, "round {round}");
    }
}
