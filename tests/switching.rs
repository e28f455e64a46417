//! Going on in another language on the full screen: nothing changes but words. Line by line it is a conversation in
//! `tests/transcripts`, and for the interview itself a law in `laws.rs`.

mod support;

use redflag::interview::{Interview, Stage};
use redflag::plain;
use redflag::questionnaire::{Audience, Languages};
use redflag::site::Site;
use support::{BACK_PAIN, Person, USUAL};

#[test]
fn the_first_page_offers_the_other_language_in_its_own_name() {
    let mut person = Person::patient(USUAL);
    person.must_see("L Español");
    person.press("L");
    person.must_see("Cuestionario del dolor de espalda");
    person.must_see("L English");
    person.must_see("Entonces no siga. Llame ahora mismo: el número de");
    person.press("Enter");
    person.must_see("¿Le pasa algo de esto ahora, o le ha pasado en las últimas 24 horas?");
    assert!(!person.sees("L English"), "at a question the help names the key");
    person.press("?");
    person.must_see("seguir en otro idioma");
}

#[test]
fn with_one_language_there_is_nothing_to_choose() {
    let mut person = Person::new(&BACK_PAIN, Audience::Patient, USUAL);
    assert!(!person.sees("L Español") && !person.sees("L language"));
    person.press("L");
    person.must_see("There is no other language here.");
    let before = person.picture();
    person.press("F5");
    assert_eq!(person.picture(), before);
}

#[test]
fn a_language_that_cannot_be_read_is_told_and_the_one_spoken_stays() {
    let mut languages = Languages::of(BACK_PAIN.clone(), Vec::new());
    languages.add("es", || Err("its bytes are broken".to_owned()));
    let told = "The other language can't be loaded.";
    let mut person = Person::new(&BACK_PAIN, Audience::Patient, USUAL).offered(&languages);
    person.press("L");
    person.must_see(told);
    person.press("Enter F5");
    person.must_see(told);
    person.must_see("Do you have any of these now, or in the last 24 hours?");

    let mut interview = Interview::new(&BACK_PAIN, Audience::Patient, jiff::civil::date(2026, 11, 21));
    interview.offer(&languages);
    let mut said = Vec::new();
    plain::run(&mut interview, &mut &b"language\n"[..], &mut said, &Site::default()).unwrap();
    assert!(String::from_utf8(said).unwrap().contains(told));
}

#[test]
fn what_is_chosen_or_typed_but_not_yet_taken_stays() {
    let mut person = Person::patient(USUAL);
    person.reach("onset", &[]);
    person.press("Down Down");
    let chosen = person.app.draft.clone();
    person.press("L");
    person.must_see("¿Cómo empezó este dolor?");
    assert_eq!(person.app.draft, chosen);
    let mut person = Person::patient(USUAL);
    person.reach("age", &[]);
    person.press("type:64 F5");
    person.must_see("64");
    person.must_see("¿Qué edad tiene?");
    let mut person = Person::with_small(USUAL);
    person.reach("words", &[]);
    person.press("type:LL F5");
    assert_eq!(person.app.draft.field.text(), "LL", "a letter is typed where words are");
    person.must_see("¿Algo más?");
}

#[test]
fn answers_are_kept_and_shown_in_the_language() {
    let mut person = Person::patient(USUAL);
    person.reach("cancer_history", &[("age", "type:64 Enter")]);
    let sheet = person.app.interview.sheet().clone();
    person.press("L r");
    person.must_see("64 años");
    assert_eq!(person.app.interview.sheet(), &sheet);
    person.press("L");
    person.must_see("64 years");
}

#[test]
fn an_alert_and_a_summary_can_be_read_in_the_other_language() {
    let mut person = Person::patient(USUAL);
    person.press("Enter 2 Enter");
    person.must_see("GET EMERGENCY HELP NOW");
    person.press("L");
    person.must_see("PIDA AYUDA DE EMERGENCIA AHORA MISMO");
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }), "the alert stays");
    person.press("a");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.must_see("Aún no ha terminado");
    person.press("Down Up");
    let before = person.picture();
    person.press("L");
    person.must_see("is not finished");
    person.press("L Down Up");
    assert_eq!(person.picture(), before);
}

#[test]
fn the_languages_end_the_same() {
    let mut english = Person::patient(USUAL);
    english.reach_summary(&[("fever", "2 Enter")]);
    let mut switching = Person::patient(USUAL);
    let mut steps = 0;
    while !matches!(switching.app.interview.stage(), Stage::Summary) {
        switching.press("F5");
        switching.step(&[("fever", "2 Enter")]);
        steps += 1;
    }
    assert!(steps > 25, "only {steps} questions");
    assert_eq!(switching.app.interview.sheet(), english.app.interview.sheet());
    assert_eq!(switching.app.interview.assessment(), english.app.interview.assessment());
}
