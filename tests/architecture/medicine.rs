//! The program knows no medicine.

use std::fs;

use super::{collect, root};

/// How words of medicine begin. They belong in questionnaires: the program would work as well for any other subject.
/// What people are at work, such as a nurse, is none: the store has roles for them.
const MEDICAL: [&str; 31] = [
    "aneurysm",
    "aorta",
    "arthritis",
    "bladder",
    "bleed",
    "bowel",
    "calcium",
    "cancer",
    "cáncer",
    "cauda",
    "diabet",
    "doctor",
    "dolor",
    "enfermer",
    "fever",
    "fractur",
    "hospital",
    "incontinen",
    "infect",
    "lumbar",
    "maternity",
    "metasta",
    "numb",
    "oncolog",
    "osteopor",
    "physio",
    "pregnan",
    "sciatic",
    "spin",
    "steroid",
    "tumo",
];

/// Words of medicine that are also the beginning of other words, such as of `paint`.
const MEDICAL_WHOLE: [&str; 6] = ["nerve", "nerves", "pain", "painful", "pains", "saddle"];

#[test]
fn the_program_knows_no_medicine() {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("the file can be read");
        let begin = if file.ends_with("tests.rs") { Some(0) } else { text.find("#[cfg(test)]\nmod tests {") };
        let (code, tests) = text.split_at(begin.unwrap_or(text.len()));
        // A test that reads a questionnaire may name what is in it.
        let tests = if tests.contains(".yaml\")") || tests.contains("small()") { "" } else { tests };
        for line in code.lines().chain(tests.lines()) {
            let found = medical(line);
            assert!(found.is_none(), "{} names {found:?}: {line}", file.display());
        }
    }
}

/// The first word of medicine in a line.
fn medical(line: &str) -> Option<&str> {
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.find(|word| {
        let word = word.to_lowercase();
        let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        MEDICAL_WHOLE.contains(&word.as_str()) || begins(&MEDICAL) && !word.starts_with("number")
    })
}

#[test]
fn words_of_medicine_are_found() {
    for line in
        ["let cancer_line = 1;", "/// a doctor's line", "\"back-pain.txt\"", "{ signs: numb }", "Spinal"]
    {
        assert!(medical(line).is_some(), "{line}");
    }
    for line in ["a number", "paint::ASK", "discard(it)", "it was reached", "a nurse"] {
        assert_eq!(medical(line), None);
    }
}
