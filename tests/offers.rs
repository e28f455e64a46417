//! A questionnaire that offers another one on its first page: the other one is asked in the same run of the program, for
//! the same reader, in the same language and with the same site file.

mod support;

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use redflag::library::builtin;
use redflag::questionnaire::Audience;
use redflag::site::Site;
use redflag::tui::app::{App, Effect, Leaving};
use redflag::tui::keys::Action;
use std::time::Duration;
use support::{BACK_PAIN, Person, SMALL, USUAL};

/// The questionnaire of tests/fixtures, with an offer.
fn offering(questionnaire: &str) -> String {
    let small = include_str!("fixtures/small.yaml");
    small.replacen(
        "\ncontacts:",
        &format!(
            "\noffers:\n  - {{ questionnaire: {questionnaire}, label: I have another pain }}\ncontacts:"
        ),
        1,
    )
}

fn folder(offer: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.yaml"), offering(offer)).expect("a file");
    folder
}

fn redflag(folder: &std::path::Path, arguments: &[&str], typed: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(arguments)
        .current_dir(folder)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends before it has read everything is no failure here.
    let _ = child.stdin.take().expect("its input").write_all(typed.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    (status.code(), String::from_utf8([stdout, stderr].concat()).expect("UTF-8"))
}

#[test]
fn every_offer_of_a_built_in_questionnaire_is_one_that_the_program_has() {
    let mut offers = 0;
    for one in &builtin::ALL {
        for offer in one.questionnaire().expect("it is read").offers {
            assert!(
                builtin::find(&offer.questionnaire).is_some(),
                "{} offers {}",
                one.name,
                offer.questionnaire
            );
            offers += 1;
        }
    }
    assert!(offers >= 2);
}

#[test]
fn one_key_on_the_first_page_starts_the_other_questionnaire() {
    let mut person = Person::patient(USUAL);
    let label = BACK_PAIN.offers[0].label.to(Audience::Patient);
    person.must_see(&format!("{label}: press 1 for another check."));
    person.must_see("1 another check");
    person.press("L");
    person.must_see("Tengo o he tenido cáncer: pulse 1 para hacer otro cuestionario.");

    let today = jiff::civil::date(2026, 11, 21);
    let mut app = App::new(&BACK_PAIN, Audience::Patient, Site::default(), today);
    let press = |app: &mut App, key: u8| app.update(Action::Digit(key), Duration::from_secs(60));
    assert_eq!(press(&mut app, 2), Effect::None, "there is one offer");
    assert_eq!(press(&mut app, 0), Effect::None);
    assert_eq!(press(&mut app, 1), Effect::Leave(Leaving::Instead(0)));
    app.welcome = false;
    assert_eq!(press(&mut app, 1), Effect::None, "at a question the key is that of an answer");
    let mut app = App::new(&SMALL, Audience::Patient, Site::default(), today);
    assert_eq!(press(&mut app, 1), Effect::None, "nothing is offered");
}

#[test]
fn typed_by_its_name_it_goes_on_with_the_lines_that_follow() {
    let folder = folder("spine-alert");
    for name in ["spine-alert", "Spine alert.", "I have or had cancer"] {
        let (status, said) = redflag(folder.path(), &["--plain"], &format!("{name}\nn\nquit\nyes\n"));
        assert_eq!(status, Some(1), "{said}");
        let (before, after) = said.split_once("Spine alert check").expect("the other one");
        assert!(before.contains("type \"spine-alert\" to do another check."), "{before}");
        assert!(after.contains("Question 2 of 15 to 20."), "{after}");
    }
    let (_, said) = redflag(folder.path(), &["--plain"], "n\nspine-alert\nquit\nyes\n");
    assert!(
        !said.contains("Spine alert check"),
        "once something is answered, nothing is left behind:\n{said}"
    );
}

#[test]
fn the_other_one_has_the_reader_the_language_and_the_site_file_of_the_first() {
    let folder = folder("spine-alert");
    fs::write(folder.path().join("site.yaml"), "contacts: { cancer_line: 555 0199 }\n").expect("a file");
    let plain = ["--plain", "--site", "site.yaml"];
    let typed = "spine-alert\n1\nquit\nyes\n";
    let (_, said) = redflag(folder.path(), &[&plain[..], &["--audience", "clinician"]].concat(), typed);
    assert!(said.contains("Immediate red flags, now or within 24 hours"), "{said}");
    assert!(said.contains("555 0199"), "{said}");
    let (_, said) = redflag(folder.path(), &[&plain[..], &["--language", "es"]].concat(), typed);
    assert!(said.contains("Cuestionario de alerta de la columna"), "{said}");
    // The language that was switched to counts, and not the one that was asked for.
    let (_, said) = redflag(folder.path(), &plain, "español\nspine-alert\n1\nsalir\nsí\n");
    assert!(said.contains("Cuestionario de alerta de la columna"), "{said}");
    // One that lacks the language is asked in its own.
    let (status, said) =
        redflag(folder.path(), &["./mine.yaml", "--plain"], "spine-alert\nback-pain\nquit\nyes\n");
    assert!(
        status == Some(1) && said.contains("Spine alert check") && said.contains("Back pain check"),
        "{said}"
    );
}

#[test]
fn a_file_beside_is_offered_before_a_built_in_one() {
    let folder = folder("back-pain");
    let other =
        include_str!("fixtures/small.yaml").replacen("patient: A small check", "patient: Our own check", 1);
    fs::write(folder.path().join("back-pain.yaml"), other).expect("a file");
    let (_, said) = redflag(folder.path(), &["mine.yaml", "--plain"], "back pain\nquit\nyes\n");
    assert!(said.contains("\nOur own check"), "{said}");
    let (status, said) = redflag(folder.path(), &["check", "mine.yaml"], "");
    assert!(!said.contains("unknown-questionnaire"), "{status:?} {said}");
}

#[test]
fn an_offer_that_is_not_there_is_a_mistake_with_its_place() {
    for (offer, help) in [
        ("spine-alrt", "did you mean `spine-alert`?"),
        ("back-pian", "did you mean `back-pain`?"),
        (
            "knee",
            "put `knee.yaml` beside this file, or offer one of these: `back-pain`, `mine` and `spine-alert`",
        ),
    ] {
        let folder = folder(offer);
        for arguments in [&["check", "mine.yaml"][..], &["mine.yaml", "--plain"]] {
            let (status, said) = redflag(folder.path(), arguments, "");
            assert_ne!(status, Some(0), "{said}");
            let told = format!("error[unknown-questionnaire]: there is no questionnaire `{offer}` to offer");
            assert!(said.contains(&told) && said.contains(help), "{said}");
            assert!(said.contains("--> mine.yaml:"), "{said}");
        }
    }
}

#[test]
fn offers_that_make_no_sense_are_refused() {
    let small = include_str!("fixtures/small.yaml");
    let with = |offers: &str| small.replacen("\ncontacts:", &format!("\noffers: [{offers}]\ncontacts:"), 1);
    let many: Vec<String> = (0..10).map(|n| format!("{{ questionnaire: a{n}, label: A }}")).collect();
    for (offers, code) in [
        ("{ questionnaire: small, label: Again }".to_owned(), "offers-itself"),
        ("{ questionnaire: a, label: A }, { questionnaire: a, label: B }".to_owned(), "twice-in-list"),
        ("{ questionnaire: ../secret, label: A }".to_owned(), "bad-id"),
        ("{ questionnaire: a, label: ' ' }".to_owned(), "empty-text"),
        (many.join(", "), "too-many-offers"),
    ] {
        let found = redflag::questionnaire::yaml::load("a.yaml", with(&offers).as_bytes());
        let codes: Vec<&str> = found.err().unwrap_or_default().iter().map(|mistake| mistake.code).collect();
        assert!(codes.contains(&code), "{offers}: {codes:?}");
    }
}
