//! The handover to another clinician: it fits the page of the usual screen, keeps what decides, and can be pasted.

mod support;

use std::sync::LazyLock;

use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet};
use redflag::interview::Lowered;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Excerpt, Report};
use redflag::scenarios;
use redflag::site::Site;
use serde_json::Value;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL, in_a_row};

fn report(questionnaire: &Questionnaire, sheet: &Sheet, lowered: &[Lowered]) -> Report {
    let site = Site::from([("clinic", "Hill Street Practice")]);
    let facts = Facts::of(questionnaire, Audience::Clinician, sheet);
    Report::of_facts(&facts, lowered, date(2026, 11, 21), &site).at(date(2026, 11, 21).at(14, 5, 0, 0))
}

/// The answers of every vignette and scenario, each fourth also with its last half missing; and none.
static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let reader = SheetReader::new(&BACK_PAIN);
    let read = |vignette: &Value| reader.read(&vignette["answers"].to_string()).expect("a sheet");
    let mut whole: Vec<Sheet> = vignettes.iter().map(read).collect();
    let text = include_bytes!("../questionnaires/back-pain.tests.yaml");
    let suite = scenarios::read(&BACK_PAIN, "back-pain.tests.yaml", text).expect("scenarios").suite;
    whole.extend(suite.cases.iter().map(|case| case.heard(&BACK_PAIN)));
    let mut sheets = vec![Sheet::new(&BACK_PAIN)];
    for (at, sheet) in whole.into_iter().enumerate() {
        if at % 4 != 0 {
            sheets.push(sheet);
            continue;
        }
        let mut half = sheet.clone();
        let answered: Vec<_> = (0..BACK_PAIN.questions.len()).filter(|&q| sheet.get(q).is_some()).collect();
        answered[answered.len() / 2..].iter().for_each(|&question| half.clear(question));
        sheets.extend([sheet, half]);
    }
    sheets
});

/// The reports on them, in English and in Spanish.
static REPORTS: LazyLock<[Vec<Report>; 2]> = LazyLock::new(|| {
    // A report takes a while in a build without optimisation.
    [(&*BACK_PAIN, 1), (&*DOLOR_DE_ESPALDA, 5)].map(|(questionnaire, each)| {
        SHEETS.iter().step_by(each).map(|sheet| report(questionnaire, sheet, &[])).collect()
    })
});

/// Rows of a page of the summary at 80 by 24, and its columns.
fn page() -> (usize, usize) {
    let mut person = Person::new(&BACK_PAIN, Audience::Clinician, USUAL);
    person.reach_summary(&[]);
    person.press("Right Right Right");
    let screen = person.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let first =
        lines.iter().position(|line| line.trim_start().starts_with("Situation: ")).expect("it is first");
    let rule = lines.iter().rposition(|line| line.contains("────")).expect("a rule");
    // One line above the rule says how much is below.
    (rule - 1 - first, usize::from(USUAL.0) - 4)
}

#[test]
fn it_fits_the_first_page_for_everybody_in_both_languages() {
    let (rows, columns) = page();
    let mut longest = 0;
    for reports in REPORTS.iter() {
        for report in reports {
            let lines = report.clinician.handover.lines(&report.own().report.handover, columns);
            let text: Vec<_> = lines.iter().map(|(_, line)| line.as_str()).collect();
            assert!(lines.len() <= rows, "{} of {rows} rows:\n{}", lines.len(), text.join("\n"));
            longest = longest.max(lines.len());
        }
    }
    assert!(longest + 2 > rows, "the room is used: {longest} of {rows}");
}

#[test]
fn it_stands_first_on_the_page_and_what_was_there_stands_below() {
    let mut person = Person::new(&BACK_PAIN, Audience::Patient, USUAL);
    person.reach_summary(&[("saddle_signs", "1 Enter"), ("saddle_numb_since", "1 Enter")]);
    person.press("Right Right Right");
    let seen = person.screen();
    let places: Vec<_> = ["Situation: ", "Background: ", "Assessment: ", "Recommendation: "]
        .iter()
        .map(|name| seen.find(name).unwrap_or_else(|| panic!("{name} is not on the first page:\n{seen}")))
        .collect();
    assert!(places.is_sorted());
    let mut below = String::new();
    for _ in 0..8 {
        person.press("PageDown");
        below += &person.screen();
    }
    assert!(below.contains("Rules that are true") && below.contains("Asked about and absent"), "{below}");
}

#[test]
fn what_decides_is_never_left_out_and_what_is_left_out_is_counted() {
    for report in &REPORTS[0] {
        let handover = &report.clinician.handover;
        let said = [&handover.situation, &handover.assessment].map(|part| part.join(" ")).join(" ");
        let rule_is_said =
            |rule: &str, words: &str| said.contains(&format!("{rule} {}", words.trim_end_matches('.')));
        let deciding = report.clinician.rules.first().map(|rule| rule.level);
        let mut left_out = 0;
        for rule in &report.clinician.rules {
            let is_said = rule_is_said(&rule.rule, &rule.words);
            assert!(is_said || Some(rule.level) != deciding, "{} decides:\n{said}", rule.rule);
            left_out += usize::from(!is_said);
        }
        let counted = [format!("and {left_out} more."), format!("{left_out}, see the whole report.")];
        assert!(left_out == 0 || counted.iter().any(|words| said.contains(words)), "{left_out} of {said}");
        let words = handover.situation.concat();
        assert!(words.contains(&report.headline), "{words}");
        let for_person: Vec<_> =
            handover.assessment.iter().filter(|part| part.contains("could mean")).collect();
        let unsure = report.doubts.iter().filter(|doubt| doubt.answered).count();
        assert_eq!(
            for_person.iter().map(|part| part.matches("(could mean: ").count()).sum::<usize>(),
            unsure
        );
        assert_eq!(
            said.contains("Not finished: ") && said.contains("unanswered"),
            !report.finished,
            "{said}"
        );
        assert!(handover.recommendation[0].len() > 5, "what to do stands first");
    }
}

#[test]
fn an_answer_that_was_taken_back_is_told_in_full() {
    let signs = BACK_PAIN.question_index("saddle_signs").expect("a question");
    let none = BACK_PAIN.questions[signs].option_index("none").expect("an option");
    let edit = Lowered {
        question: signs,
        old: Some(Answer::option(0)),
        new: Some(Answer::option(none)),
        from: 0,
        to: Some(4),
    };
    for sheet in SHEETS.iter().step_by(9) {
        let report = report(&BACK_PAIN, sheet, std::slice::from_ref(&edit));
        let lowered = report.lowered[0].trim_end_matches('.');
        assert!(report.clinician.handover.assessment.join(" ").contains(lowered), "{lowered}");
    }
}

#[test]
fn pasted_it_is_plain_and_says_where_it_comes_from() {
    for reports in REPORTS.iter() {
        for report in reports {
            let pasted = Excerpt::Handover.of(report);
            for name in ["back-pain", &report.version, &report.fingerprint, "14:05", "Hill Street Practice"] {
                assert!(pasted.contains(name), "{name} is missing in:\n{pasted}");
            }
            let odd = pasted.chars().find(|c| !c.is_alphanumeric() && !c.is_ascii() && !"¿¡°ºª".contains(*c));
            assert_eq!(odd, None, "{pasted}");
            assert!(!pasted.contains(['*', '#', '`', '|', '<']), "no markup:\n{pasted}");
            let own = &report.own().report;
            let state = format!("{}: {}", own.state, own.state_not_finished);
            assert_eq!(pasted.lines().any(|line| line == state), !report.finished);
            for (name, sentences) in report.clinician.handover.parts(&own.handover) {
                let line = pasted.lines().find(|line| line.starts_with(&format!("{name}:"))).expect(name);
                let ends =
                    sentences.last().is_none_or(|last| line.ends_with(&last[last.rfind(' ').unwrap_or(0)..]));
                assert!(ends, "one line holds all of it:\n{line}");
            }
            assert!(in_a_row(&pasted).len() > 300);
        }
    }
}
