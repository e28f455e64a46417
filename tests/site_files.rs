//! The site files of a machine, of a user and of the command line, and what is in force.

use std::fs;
use std::process::{Command, Output, Stdio};

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

/// A machine with its own site file and that of a user.
struct Machine(tempfile::TempDir);

impl Machine {
    fn with(of_all: &str, of_user: &str) -> Machine {
        let machine = Machine(tempfile::tempdir().expect("a folder"));
        for (folder, text) in [("all", of_all), ("own", of_user)] {
            let folder = machine.0.path().join(folder).join("redflag");
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join("site.yaml"), text).expect("written");
        }
        machine
    }

    fn run(&self, arguments: &[&str], locale: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_redflag"))
            .args(arguments)
            .env("XDG_CONFIG_DIRS", self.0.path().join("all"))
            .env("XDG_CONFIG_HOME", self.0.path().join("own"))
            .env("LC_ALL", locale)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts")
    }

    fn says(&self, arguments: &[&str], locale: &str) -> String {
        let output = self.run(arguments, locale);
        String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8_lossy(&output.stderr)
    }
}

#[test]
fn what_the_machine_sets_holds_for_everybody_and_a_user_may_set_more() {
    let machine = Machine::with("clinic: Hill Street\nemergency_number: 112\ntheme: dark\n", "theme: mono\n");
    let told = machine.says(&["site"], "C");
    for (setting, file) in [("theme: mono", "own/redflag"), ("Contacts of back-pain (", "all/redflag")] {
        let line = told.lines().find(|line| line.starts_with(setting));
        assert!(line.is_some_and(|line| line.contains(file)), "{setting}:\n{told}");
    }
    assert!(told.contains("clinic            Hill Street"), "{told}");
    assert!(told.contains("nurse_line        not set; people read \"your local nurse line\""), "{told}");
    let asked = machine.says(&["--plain"], "C");
    assert!(asked.contains("Call 112 now"), "{asked}");
}

#[test]
fn a_file_that_is_given_counts_most_and_brings_all_its_contacts() {
    let machine = Machine::with("clinic: Hill Street\nclinic_phone: 555 0123\n", "emergency_number: 112\n");
    let given = machine.0.path().join("given.yaml");
    fs::write(&given, "clinic: Mill Lane\n").expect("written");
    let told = machine.says(&["site", "--site", given.to_str().expect("a path")], "C");
    assert!(told.contains("Mill Lane") && !told.contains("555 0123") && !told.contains("112"), "{told}");
    let told = machine.says(&["site"], "C");
    assert!(told.contains("112") && !told.contains("Hill Street"), "that of the user is whole, too:\n{told}");
}

#[test]
fn nothing_set_is_told_as_such() {
    let machine = Machine::with("", "");
    let told = machine.says(&["site", "spine-alert"], "C");
    assert!(told.contains("Contacts of spine-alert, none of them set:"), "{told}");
    assert!(told.contains("languages: not set (all: en, es)"), "{told}");
}

/// The same for every command: a missing number is worse than a program that doesn't start.
#[test]
fn a_mistake_in_any_of_the_files_stops_the_program_with_its_place() {
    let machine = Machine::with("emergency_nummer: 112\n", "theme: dark\n");
    for arguments in [&["site"][..], &["--plain"], &["assess"], &["kiosk", "--check"]] {
        let output = machine.run(arguments, "C");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            told.contains("all/redflag/site.yaml") && told.contains("did you mean `emergency_number`?"),
            "{told}"
        );
    }
}

#[test]
fn a_place_says_which_languages_it_offers_and_which_comes_first() {
    for (languages, locale, begins, offers_other) in [
        ("", "es_ES.UTF-8", "Cuestionario", true),
        ("languages: [en]\n", "es_ES.UTF-8", "Back pain check", false),
        ("languages: [es, en]\n", "C", "Cuestionario", true),
        ("languages: [es, en]\n", "en_GB.UTF-8", "Back pain check", true),
        ("languages: [es]\n", "en_GB.UTF-8", "Cuestionario", false),
    ] {
        let machine = Machine::with(languages, "");
        let said = machine.says(&["--plain"], locale);
        assert!(said.starts_with(begins), "{languages}{locale}:\n{said}");
        let offers = said.contains("press Enter.\n\nFirst")
            || said.contains("In English:")
            || said.contains("En español:");
        assert_eq!(offers, offers_other, "{languages}{locale}:\n{said}");
    }
    let machine = Machine::with("languages: [en]\n", "");
    assert!(
        machine.says(&["--plain", "--language", "es"], "C").starts_with("Cuestionario"),
        "asked for by name"
    );
    let machine = Machine::with("languages: [fr]\n", "");
    let said = machine.says(&["--plain"], "C");
    assert!(said.contains("offers `fr`, but this questionnaire is not available in it"), "{said}");
}

/// A number that the site sets was on every page but the first.
#[test]
fn a_number_of_the_site_is_on_the_first_page_wherever_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let mine = folder.path().join("mine.yaml");
    let text = fs::read_to_string(SMALL).expect("the fixture").replace(
        "points: [It takes a minute., Nothing is sent anywhere.]",
        "points: [\"In danger, call {emergency_number}.\"]",
    );
    let text = text.replace("This is a fixture for tests.", "Ring {clinic} if you get worse.");
    fs::write(&mine, text).expect("written");
    let mine = mine.to_str().expect("a path");
    let machine = Machine::with("clinic: Hill Street\nemergency_number: 112\n", "");
    let said = machine.says(&["--plain", mine], "C");
    assert!(said.contains("Ring Hill Street if") && said.contains("In danger, call 112."), "{said}");
    let machine = Machine::with("", "");
    let said = machine.says(&["--plain", mine], "C");
    assert!(
        said.contains("Ring your clinic if") && said.contains("call your local emergency number."),
        "{said}"
    );
}
