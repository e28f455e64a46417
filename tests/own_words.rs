//! The program's own words in files: what is built in has no fault, and each fault of a file is told at its place.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use redflag::vocabulary::{self, Loaded};
use redflag::words::Language;

/// A file of the repository as if it were in a language that isn't built in and counts alike.
fn as_another(tag: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("languages/{tag}.yaml"));
    let text = fs::read_to_string(path).expect("a file of words");
    text.replacen(&format!("words: {tag}"), "words: nl", 1)
}

fn load(text: &str) -> Result<Loaded, Vec<String>> {
    let loaded = vocabulary::load("words.nl.yaml", "nl", text.as_bytes());
    loaded.map_err(|found| found.iter().map(|found| found.render(false)).collect())
}

#[test]
fn what_is_built_in_is_whole_and_has_no_fault() {
    for language in Language::ALL {
        let loaded =
            load(&as_another(language.code())).unwrap_or_else(|found| panic!("{}", found.join("\n")));
        assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
        assert_eq!(loaded.entries.1, 0, "{language:?}");
    }
}

/// What is wrong with the German words after a change.
#[track_caller]
fn faults(from: &str, to: &str) -> Vec<String> {
    let text = as_another("de");
    assert!(text.contains(from), "{from}");
    match load(&text.replacen(from, to, 1)) {
        Ok(loaded) => loaded.warnings.iter().map(|found| found.render(false)).collect(),
        Err(found) => found,
    }
}

#[test]
fn each_fault_is_told_once_with_its_place_and_a_way_out() {
    for (what, from, to, code, help) in [
        ("a part is missing", "am {date}: {level}.", "am {date}.", "error[missing-part]", "{level}"),
        ("a part is misspelt", "am {date}:", "am {dat}:", "error[unknown-part]", "did you mean {date}?"),
        (
            "a part where there is none",
            "  no_folder: diesen",
            "  no_folder: \"{path}\" # diesen",
            "error[unknown-part]",
            "has no parts",
        ),
        ("a brace is left open", "\"Jetzt: {level}.\"", "\"Jetzt: {level}. {\"", "error[brace]", "{level}"),
        (
            "a part is translated",
            "Frage {number} von {of}",
            "Frage {nummer} von {of}",
            "error[unknown-part]",
            "{number}",
        ),
        ("a key is misspelt", "  no_reason:", "  no_raeson:", "error[unknown-key]", "no_reason"),
        ("a table is misspelt", "\nasking:", "\naskin:", "error[unknown-key]", "asking"),
        (
            "a text is missing",
            "  no_folder: diesen Ordner gibt es nicht\n",
            "",
            "warning[words-missing]",
            "`asking.no_folder`",
        ),
        (
            "a text is empty",
            "  no_folder: diesen Ordner gibt es nicht",
            "  no_folder: \"\"",
            "warning[words-missing]",
            "`asking.no_folder`",
        ),
        (
            "a form is missing",
            "    one: Es kommt eine Frage und vielleicht noch eine dazu.\n",
            "",
            "error[missing-form]",
            "for 1, ...",
        ),
        (
            "a form is never used",
            "    one: Es kommt eine",
            "    few: Ein paar Fragen.\n    one: Es kommt eine",
            "warning[needless-form]",
            "one",
        ),
        (
            "a count is missing",
            "Es kommen {open} Fragen",
            "Es kommen Fragen",
            "error[missing-part]",
            "{open}",
        ),
        (
            "forms where there is one text",
            "  only_language: Hier",
            "  only_language:\n    one: Hier",
            "error[wrong-type]",
            "only_language",
        ),
        (
            "a list has an entry too few",
            "Freitag, Samstag, Sonntag]",
            "Freitag, Samstag]",
            "error[wrong-number]",
            "7",
        ),
        (
            "a command has two meanings",
            "type: hilfe,",
            "type: zurück,",
            "error[same-word]",
            "plain.commands.back.type",
        ),
        ("a command means another one in English", "type: hilfe,", "type: quit,", "error[same-word]", "quit"),
        (
            "a command is a number",
            "type: hilfe,",
            "type: \"1\",",
            "error[number-as-word]",
            "key of an answer",
        ),
        (
            "a command that takes more is two words",
            "save: speichern\n    replace",
            "save: sicher ablegen\n    replace",
            "error[several-words]",
            "single word",
        ),
        ("yes and no have one key", "typed_no: [\"n\"]", "typed_no: [j]", "error[same-word]", "typed_yes"),
        ("yes has the key of not sure", "typed_yes: [j]", "typed_yes: [u]", "error[key-taken]", "`w`"),
        (
            "no has the English key of yes",
            "typed_no: [\"n\"]",
            "typed_no: [\"y\"]",
            "error[key-taken]",
            "opposite",
        ),
        (
            "the key of yes is a word",
            "typed_yes: [j]",
            "typed_yes: [ja]",
            "error[not-a-letter]",
            "one letter",
        ),
        (
            "typed words have capitals",
            "typed_none: [nichts,",
            "typed_none: [Nichts,",
            "error[not-as-typed]",
            "`nichts`",
        ),
        (
            "a button is too long",
            "  next: Weiter\n",
            "  next: Zur nächsten Frage\n",
            "error[too-long]",
            "button",
        ),
        (
            "names side by side are too long",
            "say_short: Sagen",
            "say_short: Am Telefon",
            "error[too-long]",
            "shorten",
        ),
        (
            "two keys have one word",
            "  copy: kopieren\n  close: schließen",
            "  copy: schließen\n  close: schließen",
            "error[same-word]",
            "keys.",
        ),
        (
            "a space at the end is lost",
            "\"nichts davon: \"",
            "\"nichts davon:\"",
            "error[space-at-end]",
            "none of",
        ),
        (
            "a control character",
            "Ihre Antworten bis jetzt",
            "\"Ihre \\e[31m Antworten\"",
            "error[control-character]",
            "leave it out",
        ),
        ("a line break", "Ihre Antworten bis jetzt", "\"Ihre\\nAntworten\"", "error[line-break]", "one line"),
        ("the language is another one", "words: nl", "words: fi", "error[language-and-name]", "rename"),
        ("the language is none", "words: nl", "words: dutch!", "error[bad-language]", "`fr`"),
        ("there is no language", "words: nl\n", "", "error[missing-key]", "words"),
        ("a newer format", "format: 1", "format: 2", "error[newer-format]", "update redflag"),
    ] {
        let found = faults(from, to);
        let told = found.join("\n");
        assert!(told.contains(code) && told.contains(help), "{what}:\n{told}");
        assert!(told.contains("--> words.nl.yaml:"), "{what} has no place:\n{told}");
        assert!(found.len() <= 2, "{what} is told {} times:\n{told}", found.len());
    }
}

#[test]
fn no_bytes_make_it_fall_over() {
    let whole = as_another("de");
    for cut in (0..whole.len()).step_by(997) {
        let _ = vocabulary::load("words.nl.yaml", "nl", &whole.as_bytes()[..cut]);
    }
    for text in [
        "",
        "words:",
        "words: [nl]",
        "[]",
        "words: {nl: nl}",
        "report: 1\nwords: nl",
        "\u{0}",
        "words: nl\nreport: {headings: []}",
    ] {
        assert!(load(text).is_err(), "{text:?}");
    }
    let _ = vocabulary::load("words.nl.yaml", "nl", &[0xff; 64]);
}

#[test]
fn the_outline_has_every_entry_and_what_is_left_empty_is_english() {
    for (tag, forms) in [("fr", "one, other"), ("pl", "one, few, many, other"), ("ja", "other")] {
        let draft = vocabulary::draft(tag);
        let loaded = vocabulary::load(&format!("words.{tag}.yaml"), tag, draft.as_bytes());
        let loaded = loaded.unwrap_or_else(|found| panic!("{found:?}"));
        assert_eq!(loaded.entries.0 - loaded.entries.1, 1, "only what English lacks too is there in {tag}");
        let all = draft.split_once("  how_many:\n").map_or("", |(_, rest)| rest);
        let keys = all.lines().filter(|line| line.starts_with("    ") && !line.contains('#'));
        let keys: Vec<&str> =
            keys.take(forms.split(", ").count()).filter_map(|line| line.trim().split(':').next()).collect();
        assert_eq!(keys.join(", "), forms);
    }
}

fn redflag(arguments: &[&str], folder: &Path, input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .env("LANG", "C");
    for name in ["LC_ALL", "LC_MESSAGES", "XDG_CONFIG_DIRS"] {
        command.env_remove(name);
    }
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("redflag starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("stdin"), input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_fourth_language_is_made_with_the_program_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let translation = include_str!("../docs/author/example.es.yaml").replace("language: es", "language: fr");
    fs::write(here.join("mine.yaml"), include_str!("../docs/author/example.yaml")).expect("a file");
    fs::write(here.join("mine.fr.yaml"), translation).expect("a file");
    let asked = |words: &str| said(&redflag(&["--plain", "--language", "fr", "./mine.yaml"], here, words));

    let told = asked("");
    assert!(told.contains("the program's own words are not available in `fr`"), "{told}");
    assert!(said(&redflag(&["check", "mine.yaml"], here, "")).contains("redflag new --words fr"));
    let made = redflag(&["new", "--words", "fr"], here, "");
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let path = here.join("words.fr.yaml");
    let outline = fs::read_to_string(&path).expect("the outline");

    // A few words, and a fault among them: the file is not used, and that is told.
    let fill = |line: &str, words: &str, text: &str| {
        assert!(text.contains(&format!("\n{line}\"\"")), "{line}");
        text.replacen(&format!("\n{line}\"\""), &format!("\n{line}\"{words}\""), 1)
    };
    let some = fill("name: ", "Français", &outline);
    let some = fill("  unsure: ", "Je ne sais pas", &some);
    let some = fill("  type_a_number: ", "Tapez un nombre, puis Entrée.", &some);
    fs::write(&path, fill("  your_answer: ", "Votre réponse : {answr}", &some)).expect("a file");
    let checked = redflag(&["check", "mine.yaml"], here, "");
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).contains("did you mean {answer}?"), "{}", said(&checked));
    assert!(asked("").contains("words.fr.yaml has errors and is not used"), "{}", asked(""));

    fs::write(&path, fill("  your_answer: ", "Votre réponse : {answer}", &some)).expect("a file");
    let checked = redflag(&["check", "words.fr.yaml"], here, "");
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
    assert!(said(&checked).contains("of them not translated"), "{}", said(&checked));
    let told = asked("\nu\n");
    assert!(told.contains("Je ne sais pas"), "{told}");
    assert!(told.contains("Votre réponse : ") || told.contains("Tapez un nombre"), "{told}");
    assert!(!told.contains("not there in `fr`"), "{told}");

    // Beside the site file it is there for every questionnaire.
    let elsewhere = here.join("place");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::rename(&path, elsewhere.join("words.fr.yaml")).expect("it moves");
    fs::write(elsewhere.join("site.yaml"), "contacts: { clinic: 123 }\n").expect("a file");
    let told = said(&redflag(
        &["--plain", "--language", "fr", "--site", "place/site.yaml", "./mine.yaml"],
        here,
        "\n",
    ));
    assert!(told.contains("Je ne sais pas"), "{told}");
}

#[test]
fn an_outline_is_refused_where_it_would_be_of_no_use() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, told) in [
        (&["new", "--words", "es"][..], "speaks `es` already"),
        (&["new", "--words", "de-AT"], "speaks `de-AT` already"),
        (&["new", "--words", "french!"], "not a language code"),
        (&["new", "--words", "fr", "french.yaml"], "words.fr.yaml"),
        (&["new", "--words", "fr", "--from", "back-pain"], "--from"),
    ] {
        let output = redflag(arguments, folder.path(), "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(said(&output).contains(told), "{}", said(&output));
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    fs::write(folder.path().join("words.fr.yaml"), "words: fr\n").expect("a file");
    let output = redflag(&["new", "--words", "fr"], folder.path(), "");
    assert!(said(&output).contains("already exists"), "{}", said(&output));
    let output = redflag(&["--plain", "./words.fr.yaml"], folder.path(), "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("the program's own words, and no questions"), "{}", said(&output));
}
