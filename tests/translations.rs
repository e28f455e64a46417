//! Translations: what ships is complete, what is missing falls back or is refused, and which language is meant.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use redflag::questionnaire::language::differ_in_texts_only;
use redflag::questionnaire::wording::{Step, each_text};
use redflag::questionnaire::yaml::{self, LoadedTranslation, Original};
use redflag::questionnaire::{Audience, Questionnaire};
use serde_yaml::Value;

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const BACK_PAIN_ES: &str = include_str!("../questionnaires/back-pain.es.yaml");
const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const EXAMPLE_ES: &str = include_str!("../docs/author/example.es.yaml");

fn questionnaire(yaml: &str) -> Questionnaire {
    yaml::load("a.yaml", yaml.as_bytes()).expect("no mistakes").questionnaire
}

/// The codes of the mistakes, or the translation.
fn load(yaml: &str, translation: &str) -> Result<LoadedTranslation, Vec<&'static str>> {
    let questionnaire = questionnaire(yaml);
    let original = Original { questionnaire: &questionnaire, file: "a.yaml", text: yaml.as_bytes() };
    let loaded = yaml::load_translation("a.es.yaml", "es", translation.as_bytes(), &original);
    loaded.map_err(|mistakes| mistakes.iter().map(|mistake| mistake.code).collect())
}

#[test]
fn what_ships_is_translated_to_the_last_text() {
    for (yaml, translation) in [(BACK_PAIN, BACK_PAIN_ES), (EXAMPLE, EXAMPLE_ES)] {
        let loaded = load(yaml, translation).expect("no mistakes");
        assert_eq!(loaded.translation.counts(&questionnaire(yaml)).1, 0);
        assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
        let original = questionnaire(yaml);
        assert!(differ_in_texts_only(&original, &loaded.translation.of(&original)));
    }
}

/// Words that are spelt alike, for each audience; any other text that is the same was forgotten.
#[test]
fn no_text_of_the_spanish_questionnaire_is_still_english() {
    const ALIKE: [&str; 16] = [
        "No",
        "Normal",
        "Bilateral",
        "Pelvis",
        "Melanoma",
        "PSA",
        "PSA, µg/L",
        "CA 15-3, CA 19-9, CEA",
        "mL",
        "mmol/L",
        "mg/L",
        "g/L",
        "U/L",
        "µg/L",
        "mm/h",
        "",
    ];
    let original = questionnaire(BACK_PAIN);
    let translation = load(BACK_PAIN, BACK_PAIN_ES).expect("no mistakes").translation;
    let mut translated = Vec::new();
    each_text(&mut translation.of(&original), &mut |_, _, text| translated.push(text.clone()));
    let mut translated = translated.into_iter();
    let mut same = Vec::new();
    each_text(&mut original.clone(), &mut |name, _, text| {
        let other = translated.next().expect("as many texts");
        for audience in [Audience::Patient, Audience::Clinician] {
            if text.to(audience) == other.to(audience) && !ALIKE.contains(&text.to(audience)) {
                same.push(format!("{name:?}: {}", text.to(audience)));
            }
        }
    });
    assert!(same.is_empty(), "{}", same.join("\n"));
}

/// The paths to all texts of a translation, but for its head.
fn leaves(value: &Value, path: &mut Vec<Value>, found: &mut Vec<Vec<Value>>) {
    match value {
        Value::Mapping(map) if !map.contains_key("patient") => {
            for (key, value) in map {
                path.push(key.clone());
                leaves(value, path, found);
                path.pop();
            }
        }
        _ => found.push(path.clone()),
    }
}

fn without(value: &Value, path: &[Value]) -> String {
    let mut value = value.clone();
    let (last, rest) = path.split_last().expect("a path");
    let mut at = &mut value;
    for key in rest {
        at = at.as_mapping_mut().and_then(|map| map.get_mut(key)).expect("a map");
    }
    at.as_mapping_mut().expect("a map").remove(last).expect("it is there");
    serde_yaml::to_string(&value).expect("YAML")
}

#[test]
fn a_language_without_a_safety_text_is_refused_and_any_other_text_falls_back() {
    let value: Value = serde_yaml::from_str(EXAMPLE_ES).expect("YAML");
    let mut paths = Vec::new();
    leaves(&value, &mut Vec::new(), &mut paths);
    let (mut refused, mut fell_back) = (Vec::new(), Vec::new());
    for path in paths {
        let name: Vec<&str> = path.iter().filter_map(Value::as_str).collect();
        let name = name.join(".");
        if ["language", "of", "version", "reviewed"].contains(&name.as_str()) {
            assert_eq!(load(EXAMPLE, &without(&value, &path)).unwrap_err()[0], "missing-key", "{name}");
            continue;
        }
        if name == "format" {
            // A file that names no format is taken for one of the first.
            let loaded = load(EXAMPLE, &without(&value, &path)).expect("no mistakes");
            assert_eq!((loaded.translation.counts(&questionnaire(EXAMPLE)).1, loaded.warnings.len()), (0, 0));
            continue;
        }
        match load(EXAMPLE, &without(&value, &path)) {
            Err(mistakes) => {
                assert_eq!(mistakes, ["missing-safety-text"], "{name}");
                refused.push(name);
            }
            Ok(loaded) => {
                let missing = loaded.translation.counts(&questionnaire(EXAMPLE)).1;
                assert_eq!((missing, loaded.warnings.len()), (1, 1), "{name}");
                assert_eq!(loaded.warnings[0].code, "missing-text");
                assert!(loaded.warnings[0].message.contains(&format!("`{name}`")), "{name}");
                fell_back.push(name);
            }
        }
    }
    assert_eq!(
        refused,
        [
            "contacts.clinic",
            "contacts.emergency_number",
            "levels.emergency.title",
            "levels.emergency.act",
            "levels.soon.title",
            "levels.soon.act",
            "levels.home.title",
            "levels.home.act",
            // Its level interrupts: the alert gives this reason.
            "rules.E01",
            "next_steps.sit_up",
            "next_steps.drink",
            "return_list.title",
            "return_list.items",
        ]
    );
    assert!(fell_back.len() >= 15, "{fell_back:?}");
}

#[test]
fn every_safety_text_of_back_pain_is_one() {
    let (mut safety, mut others) = (Vec::new(), Vec::new());
    each_text(&mut questionnaire(BACK_PAIN), &mut |name, role, _| {
        let Some(Step::Key(part)) = name.first() else { return };
        let list = if role.safety { &mut safety } else { &mut others };
        let name = match name {
            [_, Step::Key(id), ..] if *part == "rules" => format!("{part} {}", &id[..1]),
            _ => (*part).to_owned(),
        };
        if !list.contains(&name) {
            list.push(name);
        }
    });
    assert_eq!(safety, ["welcome", "contacts", "levels", "rules E", "next_steps", "return_list"]);
    for part in ["welcome", "questions", "rules S", "always", "learn", "tables"] {
        assert!(others.iter().any(|other| other == part), "{part}");
    }
}

#[test]
fn a_text_that_is_missing_is_shown_in_the_first_language() {
    let text = "    ask: ¿Tiene fiebre?\n";
    assert!(EXAMPLE_ES.contains(text));
    let loaded = load(EXAMPLE, &EXAMPLE_ES.replace(text, "")).expect("it can be used");
    let original = questionnaire(EXAMPLE);
    let spanish = loaded.translation.of(&original);
    let fever = original.question_index("fever").expect("a question");
    assert_eq!(spanish.questions[fever].ask.to(Audience::Patient), "Do you have a fever?");
    assert_eq!(spanish.questions[fever].options[1].label.to(Audience::Patient), "Sí");
    assert_eq!(spanish.title.to(Audience::Patient), "Dolor de garganta");
    assert!(differ_in_texts_only(&original, &spanish));
}

#[test]
fn whoever_reads_a_translation_is_told_who_reviewed_it() {
    let original = questionnaire(BACK_PAIN);
    let spanish = load(BACK_PAIN, BACK_PAIN_ES).expect("no mistakes").translation.of(&original);
    for audience in [Audience::Patient, Audience::Clinician] {
        let sign_off = spanish.sign_off.to(audience);
        assert!(
            sign_off.ends_with("esta traducción.") || sign_off.contains("Traducción no revisada"),
            "{sign_off}"
        );
        assert!(sign_off.contains("aprobado"), "{sign_off}");
    }
}

/// Every id and key of a translation, in the schema made for it.
#[test]
fn the_schema_of_a_translation_has_all_its_ids_and_texts() {
    let schema = yaml::translation_schema(&questionnaire(EXAMPLE));
    let value: Value = serde_yaml::from_str(EXAMPLE_ES).expect("YAML");
    let mut paths = Vec::new();
    leaves(&value, &mut Vec::new(), &mut paths);
    for path in paths {
        let keys = path.iter().filter_map(Value::as_str);
        let pointer: String = keys.map(|key| format!("/properties/{key}")).collect();
        assert!(schema.pointer(&pointer).is_some(), "{pointer}");
    }
    let ask = schema.pointer("/properties/questions/properties/fever/properties/ask/description");
    assert_eq!(ask.and_then(|ask| ask.as_str()), Some("Do you have a fever?"));
    assert_eq!(schema.pointer("/properties/return_list/properties/items/minItems"), Some(&2.into()));
}

fn redflag(arguments: &[&str], locale: &[(&str, &str)], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_redflag"));
    program.args(arguments).env_clear().env("HOME", "/nonexistent").envs(locale.iter().copied());
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // What is refused at once reads nothing.
    let _ = std::io::Write::write_all(&mut child.stdin.take().expect("piped"), input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn the_language_is_the_one_asked_for_or_that_of_the_locale_or_the_first() {
    const ENGLISH: &str = "It needs tests today.";
    const SPANISH: &str = "Necesita pruebas hoy.";
    let sheet = r#"{"fever": "high"}"#;
    for (arguments, locale, reason) in [
        (&["assess"][..], &[][..], ENGLISH),
        (&["assess"], &[("LANG", "es_MX.UTF-8")], SPANISH),
        (&["assess"], &[("LANG", "de_DE.UTF-8")], ENGLISH),
        (&["assess"], &[("LANG", "es_ES.UTF-8"), ("LC_MESSAGES", "en_GB.UTF-8")], ENGLISH),
        (&["assess"], &[("LC_ALL", "es_ES"), ("LC_MESSAGES", "en_GB.UTF-8")], SPANISH),
        (&["assess"], &[("LC_ALL", ""), ("LANG", "es")], SPANISH),
        (&["assess", "--language", "es"], &[("LANG", "en_GB.UTF-8")], SPANISH),
        (&["assess", "--language", "es-AR"], &[], SPANISH),
        (&["assess", "--language", "en"], &[("LANG", "es_ES.UTF-8")], ENGLISH),
    ] {
        let output = redflag(arguments, locale, sheet);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let result: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(
            result["reasons"][0].as_str().expect("a reason").ends_with(reason),
            "{arguments:?} {locale:?}"
        );
        // Ids are the same in every language.
        assert_eq!((result["level"].as_str(), result["rules"][0].as_str()), (Some("same_day"), Some("S03")));
    }
}

#[test]
fn a_language_that_is_not_there_is_told_with_those_that_are() {
    for arguments in [&["assess", "--language", "fr"][..], &["--plain", "--language", "fr"]] {
        let output = redflag(arguments, &[], "");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(
            said(&output),
            "redflag: this questionnaire is not available in `fr`\nits languages: en, es\n"
        );
    }
}

/// A folder with the example and a translation of it.
fn folder(translation: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("example.yaml"), EXAMPLE).expect("a file");
    fs::write(folder.path().join("example.es.yaml"), translation).expect("a file");
    folder
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("a path").to_owned()
}

#[test]
fn a_translation_beside_a_file_is_found_and_checked() {
    let folder = folder(EXAMPLE_ES);
    let file = path(folder.path(), "example.yaml");
    let output = redflag(&["assess", &file, "--language", "es"], &[], r#"{"fever": "yes", "days": 1}"#);
    assert!(said(&output).contains("hay que revisarlo"), "{}", said(&output));
    let output = redflag(&["check", &file], &[], "");
    assert!(said(&output).contains("example.es.yaml: 32 texts, all translated\n"), "{}", said(&output));
    let output = redflag(&["check", &path(folder.path(), "example.es.yaml")], &[], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).ends_with("example.es.yaml: 32 texts, all translated\n"), "{}", said(&output));
    let output = redflag(&["assess", &path(folder.path(), "example.es.yaml")], &[], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("example.yaml` with `--language es`"), "{}", said(&output));
}

#[test]
fn a_translation_with_mistakes_is_refused_when_asked_for_and_left_out_otherwise() {
    let folder = folder(&EXAMPLE_ES.replace("version: 0.1.0", "version: 0.0.9"));
    let file = path(folder.path(), "example.yaml");
    let sheet = r#"{"fever": "yes", "days": 1}"#;
    let output = redflag(&["assess", &file, "--language", "es"], &[], sheet);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && said(&output).contains("error[other-version]"), "{}", said(&output));
    let output = redflag(&["assess", &file], &[("LANG", "es_ES.UTF-8")], sheet);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("A sore throat with fever"), "{}", said(&output));
    assert!(said(&output).contains("example.es.yaml has errors and is not used"), "{}", said(&output));
    let output = redflag(&["check", &file], &[], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("error[other-version]"), "{}", said(&output));
}

#[test]
fn what_is_missing_is_reported_by_check_and_no_failure() {
    let folder = folder(&EXAMPLE_ES.replace("say: Hice un cuestionario sobre el dolor de garganta.\n", ""));
    let output = redflag(&["check", "--format", "json", &path(folder.path(), "example.yaml")], &[], "");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let missing: Vec<_> =
        found.as_array().expect("a list").iter().filter(|one| one["code"] == "missing-text").collect();
    assert_eq!(missing.len(), 1, "{found}");
    assert_eq!(missing[0]["severity"], "warning");
    assert!(missing[0]["file"].as_str().expect("a file").ends_with("example.es.yaml"));
    assert_eq!(output.status.code(), redflag(&["check", "docs/author/example.yaml"], &[], "").status.code());
}

#[test]
fn a_language_whose_words_the_program_lacks_is_told_at_check_and_when_asked() {
    // Seen: 65 texts in German, "all translated", and then "I'm not sure" in English among the answers.
    let folder = tempfile::tempdir().expect("a folder");
    let file = path(folder.path(), "example.yaml");
    fs::write(&file, EXAMPLE).expect("a file");
    let finnish = EXAMPLE_ES.replace("language: es", "language: fi");
    fs::write(folder.path().join("example.fi.yaml"), finnish).expect("a file");
    let output = redflag(&["check", &file], &[], "");
    assert_eq!(output.status.code(), Some(0), "it can be used all the same");
    assert!(said(&output).contains("warning[language-not-spoken]"), "{}", said(&output));
    assert!(said(&output).contains("example.fi.yaml:"), "it is told where: {}", said(&output));
    let asked = |language: &str| redflag(&["--plain", "--language", language, &file], &[], "");
    let told = "the program's own words are not available in `fi`";
    assert!(said(&asked("fi")).contains(told), "{}", said(&asked("fi")));
    assert!(!said(&asked("en")).contains(told), "{}", said(&asked("en")));
    // The language that a questionnaire itself is written in counts too.
    fs::write(&file, EXAMPLE.replacen("\nversion:", "\nlanguage: fi\nversion:", 1)).expect("a file");
    let output = redflag(&["check", &file], &[], "");
    assert!(said(&output).contains("example.yaml:"), "{}", said(&output));
    assert!(said(&output).contains("warning[language-not-spoken]"), "{}", said(&output));
}
