//! A clinician stops early, where nothing can change the level any more.

mod support;

use redflag::answers::{Answer, Facts};
use redflag::interview::{Interview, Stage};
use redflag::outlook::Lookout;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::report::{Format, Report};
use redflag::site::Site;
use redflag::triage;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL};

const OFFER: &str = "Decided: Get emergency help now. F4 finishes here.";
/// Numbness of an unknown age: an emergency if it is new, and no less than a visit on the same day.
const IN_DOUBT: &[(&str, &str)] = &[("saddle_signs", "1 Enter"), ("saddle_numb_since", "u Enter")];
const STOPPED: &str = "This check was stopped early";

fn clinician() -> Person<'static> {
    Person::new(&BACK_PAIN, Audience::Clinician, USUAL)
}

/// Somebody with an emergency, at the second question.
fn decided() -> Person<'static> {
    let mut person = clinician();
    person.reach("emergency_now", &[]);
    person.press("1 Enter c");
    assert_eq!(person.question(), "saddle_signs");
    person
}

#[test]
fn levels_are_told_in_the_words_of_the_questionnaire() {
    let mut person = Person::new(&DOLOR_DE_ESPALDA, Audience::Clinician, USUAL);
    person.reach("limb_signs", IN_DOUBT);
    person.must_see("Aún posible: emergencia, hoy · 28 preguntas pueden cambiarlo");
    // A level without a short name has its title.
    let mut long = BACK_PAIN.clone();
    long.levels.iter_mut().for_each(|level| level.short = None);
    let mut person = Person::new(&long, Audience::Clinician, USUAL);
    person.reach("limb_signs", IN_DOUBT);
    person.must_see("Possible: Get emergency help now, Speak to a clinician today · 28 questions");
}

#[test]
fn on_a_narrow_screen_the_levels_are_told_whole_or_counted() {
    for (questionnaire, named, counted) in [
        (&*BACK_PAIN, "Possible: emergency, same day", "2 levels possible"),
        (&*DOLOR_DE_ESPALDA, "Posible: emergencia, hoy", "2 niveles posibles"),
    ] {
        let mut person = Person::new(questionnaire, Audience::Clinician, (40, 12));
        person.reach("limb_signs", IN_DOUBT);
        person.must_see(counted);
        // Where nothing lies out of view, there is room.
        person.reach("age", IN_DOUBT);
        person.must_see(named);
    }
}

#[test]
fn the_line_is_for_clinicians_and_starts_with_the_first_question() {
    let mut person = clinician();
    assert!(!person.sees("ossible:"));
    person.press("Enter");
    person.must_see("Possible: emergency, same day, urgent, routine, self-care");
    // As many questions as can change it are counted where nothing lies out of view.
    person.resize((80, 30));
    person.must_see("Possible: emergency, same day, urgent, routine, self-care · 59 questions");
    let mut patient = Person::patient(USUAL);
    patient.press("Enter 1 Enter c");
    assert!(!patient.sees("ossible:") && !patient.sees("Decided"));
    patient.press("F4");
    assert_eq!(patient.question(), "saddle_signs");
    patient.press("?");
    assert!(!patient.sees("F4"), "a key that does nothing for patients is not in their help");
}

#[test]
fn finishing_too_early_is_refused_in_words() {
    let mut person = clinician();
    person.press("Enter F4");
    assert_eq!(person.question(), "emergency_now");
    person.must_see("Answers can still change how urgent this is.");
    person.press("?");
    let named = "F4 for clinicians: finish here";
    assert!((0..9).any(|_| person.sees(named) || (person.press("Down"), false).1), "{}", person.screen());
}

#[test]
fn stopping_is_offered_and_shows_the_level_as_final_and_the_check_as_not_finished() {
    let mut person = decided();
    person.must_see(OFFER);
    person.press("F4");
    assert_eq!(*person.app.interview.stage(), Stage::Summary);
    for words in ["GET EMERGENCY HELP NOW", STOPPED, "Press c to go on with the questions."] {
        person.must_see(words);
    }
    let screens = person.app.report.as_ref().map_or(0, |report| report.not_asked.len());
    assert!(screens > 1, "{screens}");
    person.must_see(&format!("{screens} questions about red flags were not asked: see \"Clinician\"."));
    person.press("c");
    assert_eq!(person.question(), "saddle_signs", "it goes on where it was");
}

#[test]
fn on_a_narrow_screen_the_page_with_the_red_flags_is_called_as_above() {
    let mut person = Person::new(&DOLOR_DE_ESPALDA, Audience::Clinician, (40, 12));
    person.reach("emergency_now", &[]);
    person.press("1 Enter c F4 PageDown PageDown PageDown Down Down Down");
    person.must_see("preguntas sobre señales de alarma: vea \"Médico\".");
    person.must_see(" Médico ");
}

#[test]
fn what_is_chosen_and_not_taken_is_not_lost_by_stopping() {
    let mut person = decided();
    person.press("1 F4");
    assert_eq!(person.question(), "saddle_signs");
    person.must_see("does not count yet");
    person.press("Enter");
    assert_ne!(person.question(), "saddle_signs");
    person.press("F4");
    person.must_see(STOPPED);
}

#[test]
fn after_another_answer_the_check_is_not_stopped_any_more() {
    let mut person = decided();
    person.press("F4 c n Enter q 2 Enter");
    assert_eq!(*person.app.interview.stage(), Stage::Summary);
    assert!(!person.sees(STOPPED));
}

#[test]
fn results_that_may_be_left_out_are_still_looked_ahead_to() {
    let mut person = clinician();
    person.reach("calcium", &[]);
    assert!(person.app.interview.is_finished(), "everything that needs an answer has one");
    person.must_see("ossible:");
    person.reach_summary(&[]);
    assert!(!person.sees("ossible:") && !person.sees(STOPPED));
}

#[test]
fn every_format_says_that_it_was_stopped_early_and_what_was_not_asked() {
    let mut person = decided();
    person.press("F4");
    let report = Report::of_interview(&person.app.interview, &Site::default());
    assert!(!report.finished && report.stopped_early && report.could_be.is_none());
    assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("emergency"));
    let mut screens = BACK_PAIN.questions.iter().filter(|question| question.red_flag);
    let never_asked =
        |id: &str| BACK_PAIN.question_index(id).is_none_or(|index| report.open.contains(&index));
    for question in screens.by_ref().filter(|question| never_asked(&question.id)) {
        let ask = question.ask.to(Audience::Clinician).to_owned();
        assert!(report.not_asked.contains(&ask), "{ask}");
    }
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let text = support::in_a_row(&format.write(&report));
        for words in [
            STOPPED,
            "questions about red flags were not asked: see",
            "Red flags not asked about",
            "not finished",
            "Saddle sensation, bladder, bowel and sexual function",
        ] {
            assert!(text.contains(words), "{format:?}: {words}");
        }
        assert!(text.contains("Stopped early:"), "the handover says it too");
    }
    let json: serde_json::Value = serde_json::from_str(&Format::Json.write(&report)).unwrap();
    assert_eq!((&json["finished"], &json["stopped_early"]), (&false.into(), &true.into()));
    assert_eq!(json["clinician"]["not_asked"].as_array().map(Vec::len), Some(report.not_asked.len()));
}

fn of_doubts(interrupt: bool) -> Questionnaire {
    let text = format!(
        "id: doubts\nversion: \"1\"\ntitle: D\nsign_off: N\nwelcome: {{ about: A }}\nsay: S
return_list: {{ title: R, items: [a] }}
levels:
  - {{ id: now, title: Now, act: A, interrupt: {interrupt} }}
  - {{ id: later, title: Later, act: A }}
unsure: {{ counts_as: same_level, at_least: later }}
sections:
  - id: s
    title: S
    questions:
      - {{ id: a, type: yes_no, unsure: true, ask: A? }}
      - {{ id: b, type: yes_no, ask: B? }}
      - {{ id: c, type: yes_no, ask: C? }}
rules:
  - {{ id: R1, level: now, because: B, when: {{ a: yes }} }}
  - {{ id: R2, level: now, because: B, when: {{ all: [ {{ a: unsure }}, {{ b: yes }} ] }} }}
next_steps:
  - {{ id: always, say: A }}
"
    );
    yaml::load("doubts.yaml", text.as_bytes())
        .unwrap_or_else(|m| panic!("{}", m[0].render(false)))
        .questionnaire
}

#[test]
fn while_an_alert_can_still_come_nothing_is_decided() {
    for interrupt in [false, true] {
        let questionnaire = of_doubts(interrupt);
        let mut interview =
            Interview::new(&questionnaire, Audience::Clinician, jiff::civil::date(2026, 11, 21));
        interview.answer(Some(Answer::UNSURE)).unwrap();
        let mut lookout = Lookout::new(&interview);
        let outlook = lookout.look(&interview);
        assert_eq!((outlook.levels.as_slice(), outlook.questions.len()), (&[0][..], 0));
        assert_eq!(
            outlook.decided(),
            (!interrupt).then_some(0),
            "a yes to the next question would be certain"
        );
        // With a no there, only a doubt is left.
        interview.answer(Some(Answer::option(0))).unwrap();
        assert_eq!(lookout.look(&interview).decided(), Some(0));
    }
}

#[test]
fn a_level_that_an_early_stop_has_shown_is_not_lowered_without_asking() {
    let questionnaire = of_doubts(false);
    let mut interview = Interview::new(&questionnaire, Audience::Clinician, jiff::civil::date(2026, 11, 21));
    interview.answer(Some(Answer::UNSURE)).unwrap();
    assert_eq!(interview.assessment().certain, 1, "doubts alone make it urgent");
    interview.stop(0);
    assert_eq!(interview.stopped(), Some(0));
    let report = Report::of_interview(&interview, &Site::default());
    assert_eq!(report.headline, "Now");
    interview.revisit(0);
    interview.answer(Some(Answer::option(0))).unwrap();
    assert!(matches!(interview.stage(), Stage::Lowering { from: 0, .. }), "{:?}", interview.stage());
    interview.confirm();
    assert_eq!(interview.stopped(), None);
    let facts = Facts::of(&questionnaire, Audience::Clinician, interview.sheet());
    assert!(!triage::assess(&facts).complete);
}
