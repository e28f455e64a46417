//! Each file in `tests/mistakes` holds a mistake, and the `.stderr` beside it what is said about it.
//!
//! After a change of words, `UPDATE=1 cargo test --test mistakes` writes these anew; read the difference.

use std::fs;
use std::path::{Path, PathBuf};

use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::yaml;

#[test]
fn every_mistake_is_told_as_agreed() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for file in files() {
        let told = told(&file);
        let agreed = file.with_extension("stderr");
        if update {
            fs::write(&agreed, told).expect("the directory can be written");
        } else if fs::read_to_string(&agreed).unwrap_or_default() != told {
            wrong.push(format!("{}\n{told}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "told otherwise:\n\n{}", wrong.join("\n"));
}

#[test]
fn every_mistake_has_a_place_inside_its_file() {
    for file in files() {
        let text = fs::read(&file).expect("the file can be read");
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        for diagnostic in diagnostics(&file) {
            let drawn = diagnostic.render(false);
            let span = diagnostic.span.expect("a place");
            let place = format!("{}:{}:{}\n", diagnostic.file, span.line, span.column);
            assert!(drawn.contains(&place), "{place}{drawn}");
            let columns = lines.get(span.line - 1).map_or(0, |line| line.chars().count());
            assert!(span.column <= columns + 1, "{}:{}", file.display(), span.line);
        }
    }
}

#[test]
fn a_mistake_is_an_object_for_programs() {
    let text = include_bytes!("mistakes/unknown-option.yaml");
    let diagnostics = yaml::load("a.yaml", text).expect_err("a mistake");
    let json = serde_json::to_value(&diagnostics).expect("JSON");
    let expected = serde_json::json!([{
        "severity": "error",
        "code": "unknown-option",
        "message": "the question `signs` has no option `feverr`",
        "help": "did you mean `fever`?",
        "file": "a.yaml",
        "line": 37,
        "column": 20,
        "witness": null,
    }]);
    assert_eq!(json, expected);
}

/// Of questionnaires, and of translations of `translation/throat.yaml`.
fn files() -> Vec<PathBuf> {
    let questionnaires = in_folder("tests/mistakes", ".yaml");
    assert!(questionnaires.len() >= 40, "only {} files", questionnaires.len());
    let translations = in_folder("tests/mistakes/translation", LANGUAGE);
    assert!(translations.len() >= 15, "only {} files", translations.len());
    questionnaires.into_iter().chain(translations).collect()
}

/// How the name of a translation ends.
const LANGUAGE: &str = ".es.yaml";

fn in_folder(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the directory is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    files.sort();
    files
}

fn diagnostics(file: &Path) -> Vec<Diagnostic> {
    let name = file.file_name().expect("a name").to_string_lossy();
    let text = fs::read(file).expect("the file can be read");
    if name.ends_with(LANGUAGE) {
        return diagnostics_of_translation(&name, &text);
    }
    match yaml::load(&name, &text) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    }
}

fn diagnostics_of_translation(name: &str, text: &[u8]) -> Vec<Diagnostic> {
    let original = include_bytes!("mistakes/translation/throat.yaml");
    let questionnaire = yaml::load("throat.yaml", original).expect("no mistakes").questionnaire;
    let original = yaml::Original { questionnaire: &questionnaire, file: "throat.yaml", text: original };
    match yaml::load_translation(name, "es", text, &original) {
        Ok(loaded) => loaded.warnings,
        Err(diagnostics) => diagnostics,
    }
}

fn told(file: &Path) -> String {
    let diagnostics = diagnostics(file);
    assert!(!diagnostics.is_empty(), "no mistake in {}", file.display());
    let drawn: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.render(false)).collect();
    drawn.join("\n")
}
