//! What somebody takes along from the summary: a file in any format and for either reader, or a copy.

mod support;

use redflag::questionnaire::Audience;
use redflag::report::{Excerpt, Format};
use redflag::save::SaveProblem;
use redflag::tui::app::Effect;
use redflag::tui::keys::Mode;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, SMALL, USUAL};

fn at_the_summary(audience: Audience) -> Person<'static> {
    let mut person = Person::new(&SMALL, audience, USUAL);
    person.reach_summary(&[("signs", "1 Enter")]);
    person
}

/// What Enter would save: the name, the format, and for whom.
fn saved(person: &mut Person) -> (String, Format, Audience) {
    match person.press("Enter") {
        Effect::Save { path, report, format, .. } => (path, format, report.reader),
        effect => panic!("nothing is saved: {effect:?}"),
    }
}

#[test]
fn the_format_is_chosen_by_key_and_the_ending_follows() {
    let mut person = at_the_summary(Audience::Patient);
    person.press("s Down");
    for (said, ending, format) in [
        ("❯ Format: ‹ plain text ›", "txt", Format::Text),
        ("❯ Format: ‹ Markdown ›", "md", Format::Markdown),
        ("❯ Format: ‹ web page (HTML) ›", "html", Format::Html),
        ("❯ Format: ‹ for programs (JSON) ›", "json", Format::Json),
        ("❯ Format: ‹ plain text ›", "txt", Format::Text),
    ] {
        assert!(person.cursor_line().contains(said), "{}", person.screen());
        let name = format!("small-2026-11-21.{ending}");
        person.must_see(&name);
        assert_eq!(saved(&mut person), (name, format, Audience::Patient));
        person.press("Right");
    }
    person.press("Left");
    person.must_see("small-2026-11-21.txt");
}

#[test]
fn the_ending_that_is_typed_tells_the_format() {
    let mut person = at_the_summary(Audience::Patient);
    person.press("s Backspace Backspace Backspace type:html");
    person.must_see("Format: web page (HTML)");
    assert_eq!(saved(&mut person).1, Format::Html);
    // An ending of no format is text, and stays when another is chosen.
    person.press("Backspace Backspace Backspace Backspace type:v2");
    person.must_see("Format: plain text");
    person.press("Tab Space");
    person.must_see("small-2026-11-21.v2.md");
}

#[test]
fn the_report_is_for_whom_it_is_said_and_first_for_whoever_answered() {
    for (audience, first, second) in [
        (Audience::Patient, "❯ For: ‹ patient ›", "❯ For: ‹ clinician, with handover ›"),
        (Audience::Clinician, "❯ For: ‹ clinician, with handover ›", "❯ For: ‹ patient ›"),
    ] {
        let mut person = at_the_summary(audience);
        person.press("s Down Down");
        assert!(person.cursor_line().contains(first), "{}", person.screen());
        assert_eq!(saved(&mut person).2, audience);
        person.press("Right");
        assert!(person.cursor_line().contains(second), "{}", person.screen());
        let reader = saved(&mut person).2;
        assert_ne!(reader, audience);
        // The way out changes nothing for the next time.
        person.press("Esc s Down Down");
        assert!(person.cursor_line().contains(first), "{}", person.screen());
    }
}

#[test]
fn what_is_typed_is_always_the_name() {
    let mut person = at_the_summary(Audience::Patient);
    person.press("s Down Down type:mine.txtx");
    person.must_see("❯ mine.txtx");
    person.press("Up Down BackTab Backspace");
    assert_eq!(saved(&mut person).0, "mine.txt");
}

#[test]
fn after_any_change_a_file_is_not_replaced_unasked() {
    for change in ["Down Right", "Down Down Right", "x"] {
        let mut person = at_the_summary(Audience::Patient);
        person.press("s Enter");
        person.saved(Err(SaveProblem::Exists));
        person.press(change);
        match person.press("Enter") {
            Effect::Save { replace, .. } => assert!(!replace, "{change}"),
            effect => panic!("{effect:?}"),
        }
    }
}

#[test]
fn a_failure_keeps_the_dialog_and_what_was_typed_at_every_size() {
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        for size in [(40, 12), USUAL, (120, 40)] {
            let mut person = Person::new(questionnaire, Audience::Patient, size);
            person.reach_summary(&[]);
            person.press("s End x");
            let before = person.app.overlay.clone();
            let why = format!("the disk is full (…{})", "/folder".repeat(8));
            person.saved(Err(SaveProblem::Failed(why)));
            assert_eq!(person.app.mode(), Mode::Save);
            assert!(person.cursor_line().contains("txtx"), "{}", person.screen());
            person.must_see("the disk is full");
            person.press("Backspace x");
            assert_eq!(person.app.overlay, before, "nothing but the message has come and gone");
        }
    }
}

#[test]
fn the_whole_path_of_a_saved_file_is_told_at_every_size() {
    for size in [(40, 12), USUAL, (120, 40)] {
        let mut person = Person::new(&SMALL, Audience::Patient, size);
        person.reach_summary(&[]);
        person.press("s");
        person.saved(Ok(()));
        let seen: String = person.screen().split_whitespace().collect();
        assert!(seen.contains("/home/person/back-pain.txt"), "{}", person.screen());
        person.must_see("It contains health data");
    }
}

#[test]
fn each_page_copies_what_it_is_for_and_the_notice_promises_nothing() {
    let mut person = at_the_summary(Audience::Patient);
    for (page, wanted, what) in [
        ("[Result]", Excerpt::Result, "copy the result"),
        ("[Say on the phone]", Excerpt::Say, "copy what to say"),
        ("[Answers]", Excerpt::Result, "copy the result"),
        ("[Clinician]", Excerpt::Handover, "copy the handover"),
        ("[Learn more]", Excerpt::Result, "copy the result"),
    ] {
        person.must_see(page);
        let Effect::Copy { report, excerpt } = person.press("y") else { panic!("{page} is not copied") };
        assert_eq!(excerpt, wanted);
        assert_eq!(Some(&*report), person.app.report.as_ref());
        person.copied(excerpt, true);
        person.must_see(&format!("The terminal was asked to {what}."));
        person.must_see("save it with s");
        person.copied(excerpt, false);
        person.must_see("This is too long to copy.");
        person.press("Right");
    }
}

#[test]
fn what_is_copied_is_what_the_page_shows() {
    let person = at_the_summary(Audience::Patient);
    let report = person.app.report.as_ref().expect("a report");
    assert_eq!(Excerpt::Say.of(report), report.say.join("\n"));
    assert!(Excerpt::Result.of(report).contains(&report.headline));
    assert!(Excerpt::Handover.of(report).contains(&report.clinician().handover.assessment[0]));
}
