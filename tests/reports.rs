//! What is written about a check: the same in every format, and harmless in each.

mod markup;
mod support;

use std::sync::LazyLock;

use jiff::civil::date;
use markup::{heard, tags, unescaped_markdown};
use proptest::prelude::*;
use redflag::answers::Answer;
use redflag::answers::json::SheetReader;
use redflag::encounter::{Encounter, Lowered};
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Format, Reason, Report, json};
use redflag::site::Site;
use redflag::text::clean_line;
use serde_json::Value;
use support::{BACK_PAIN, SMALL, in_a_row};

const FORMATS: [Format; 4] = [Format::Text, Format::Markdown, Format::Json, Format::Html];
const PAGES: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

fn report(questionnaire: &Questionnaire, audience: Audience, sheet: &str, site: &Site) -> Report {
    let sheet = SheetReader::new(questionnaire).read(sheet).expect("a sheet");
    let encounter = Encounter::of_sheet(questionnaire, audience, sheet, date(2026, 11, 21));
    Report::of_encounter(questionnaire, &encounter, audience, site).at(date(2026, 11, 21).at(14, 5, 0, 0))
}

fn hill_street() -> Site {
    Site::from([("clinic", "Hill Street Practice")])
}

/// Every vignette for both audiences, whole and with the last answers missing; and nothing answered.
static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(|| {
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let mut sheets = vec!["{}".to_owned()];
    for vignette in &vignettes {
        let answers = vignette["answers"].as_object().expect("an object");
        sheets.push(vignette["answers"].to_string());
        let asked = BACK_PAIN.questions.iter().filter(|question| answers.contains_key(&question.id));
        let some = asked.take(answers.len() / 2).map(|question| (&question.id, &answers[&question.id]));
        sheets.push(serde_json::to_string(&some.collect::<std::collections::BTreeMap<_, _>>()).unwrap());
    }
    let both = [Audience::Patient, Audience::Clinician];
    let reports = sheets
        .iter()
        .flat_map(|sheet| both.map(|audience| report(&BACK_PAIN, audience, sheet, &hill_street())));
    reports.chain([lowered(Audience::Patient), lowered(Audience::Clinician)]).collect()
});

/// Numbness was answered first, then taken back.
fn lowered(audience: Audience) -> Report {
    let sheet = r#"{"sites": ["nowhere"], "signs": ["none"], "severity": 1, "age": 12}"#;
    let sheet = SheetReader::new(&SMALL).read(sheet).expect("a sheet");
    let signs = SMALL.question_index("signs").expect("a question");
    let none = SMALL.questions[signs].option_index("none").expect("an option");
    let edit = Lowered {
        question: signs,
        old: Some(Answer::option(0)),
        new: Some(Answer::option(none)),
        from: 0,
        to: Some(2),
    };
    let encounter = Encounter::of_sheet(&SMALL, audience, sheet, date(2026, 11, 21));
    let encounter = Encounter { lowered: vec![edit], ..encounter };
    Report::of_encounter(&SMALL, &encounter, audience, &hill_street()).at(date(2026, 11, 21).at(14, 5, 0, 0))
}

/// The words of a report in a format, without its markup.
fn words(report: &Report, format: Format) -> String {
    let written = format.write(report);
    in_a_row(&match format {
        Format::Text => written,
        Format::Markdown => unescaped_markdown(&written),
        Format::Html => heard(&written),
        Format::Json => strings(&serde_json::from_str(&written).expect("JSON")).join("\n"),
    })
}

/// Every string in a JSON value.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(words) => vec![words.clone()],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(object) => object.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_cases_are_of_every_kind() {
    let is_there = |what: &str, found: &dyn Fn(&Report) -> bool| assert!(REPORTS.iter().any(found), "{what}");
    for level in &BACK_PAIN.levels {
        is_there(&level.id, &|report| {
            report.finished && report.level.as_ref().is_some_and(|found| found.id == level.id)
        });
    }
    is_there("not finished, with a level", &|report| !report.finished && report.level.is_some());
    is_there("not finished, without one", &|report| !report.finished && report.level.is_none());
    is_there("unsure", &|report| report.doubts.iter().any(|doubt| doubt.answered));
    is_there("lowered", &|report| !report.lowered.is_empty());
}

#[test]
fn every_format_tells_the_same_level_reasons_and_steps() {
    for report in REPORTS.iter() {
        let clinician = report.reader == Audience::Clinician;
        let level = report.level.as_ref().map(|level| level.index);
        // Beside an emergency nobody but a clinician reads a milder reason.
        let shown = |reason: &&Reason| clinician || !report.interrupts || Some(reason.level) == level;
        let reasons: Vec<&Reason> = report.reasons.iter().filter(shown).collect();
        let mut told = vec![report.headline.clone(), report.act.clone()];
        told.extend(report.say.clone());
        told.extend(report.who.clone());
        // A check that is not finished has no day and no plan for a person.
        if report.is_final() || clinician {
            told.extend(report.within.iter().map(|within| within.say.clone()));
        }
        told.extend(reasons.iter().map(|reason| reason.words.clone()));
        told.extend(reasons.iter().flat_map(|reason| &reason.answers).map(|told| told.answer.clone()));
        if report.is_final() {
            told.extend(report.steps.iter().map(|step| step.words.clone()));
        }
        told.extend(report.return_list.items.clone());
        told.extend(report.lowered.clone());
        told.extend(
            report.answers.iter().flat_map(|section| &section.answers).map(|told| told.answer.clone()),
        );
        if clinician {
            told.extend(reasons.iter().flat_map(|reason| reason.rules.clone()));
            told.extend(report.consider.iter().map(|step| step.words.clone()));
            told.extend(report.negatives.iter().map(|negative| negative.absent.clone()));
        }
        for format in FORMATS {
            let words = words(report, format);
            for told in &told {
                assert!(words.contains(&in_a_row(told)), "{format:?} does not say {told:?}:\n{words}");
            }
        }
    }
}

#[test]
fn every_report_names_where_it_comes_from() {
    for report in REPORTS.iter() {
        for format in FORMATS {
            let words = words(report, format);
            for name in [&report.questionnaire, &report.version, &report.fingerprint, &report.sign_off] {
                assert!(words.contains(name), "{format:?} does not name {name}");
            }
            assert!(words.contains("Hill Street Practice"), "{format:?} does not name the site");
            let moment =
                if format == Format::Json { "2026-11-21T14:05:00" } else { "21 November 2026, 14:05" };
            assert!(words.contains(moment), "{format:?} does not say when");
            let audience = if report.reader == Audience::Patient { "patient" } else { "clinician" };
            assert!(words.contains(audience));
            if format == Format::Json {
                let json: Value = serde_json::from_str(&format.write(report)).expect("JSON");
                assert_eq!(json["finished"], report.finished);
            } else {
                assert_eq!(words.to_lowercase().contains("this check is not finished"), !report.finished);
                assert_eq!(
                    words.contains("State: not finished") || words.contains("State not finished"),
                    !report.finished
                );
            }
        }
    }
}

#[test]
fn without_a_moment_or_a_site_a_report_names_the_day() {
    let sheet = SheetReader::new(&SMALL).read("{}").expect("a sheet");
    let encounter = Encounter::of_sheet(&SMALL, Audience::Patient, sheet, date(2026, 11, 21));
    let report = Report::of_encounter(&SMALL, &encounter, Audience::Patient, &Site::default());
    for format in PAGES {
        let words = words(&report, format);
        assert!(
            words.contains("Saturday 21 November 2026, small 1.0.0") && !words.contains("Site"),
            "{words}"
        );
    }
    let json: Value = serde_json::from_str(&Format::Json.write(&report)).unwrap();
    assert_eq!(
        (&json["site"], &json["written"], &json["date"]),
        (&Value::Null, &Value::Null, &"2026-11-21".into())
    );
}

#[test]
fn what_decided_the_result_and_what_would_change_it_are_in_every_format_for_clinicians() {
    let mut met = (0, 0);
    for report in REPORTS.iter() {
        let for_clinician = report.reader == Audience::Clinician;
        let own = &report.words().report;
        for format in PAGES {
            let words = words(report, format);
            assert_eq!(words.contains(own.headings.would_be), for_clinician && !report.would_be.is_empty());
            if !for_clinician {
                continue;
            }
            for answered in report.decided.iter().flat_map(|decided| &decided.answers) {
                assert!(words.contains(&in_a_row(&clean_line(&answered.line()))), "{answered:?} in {words}");
                met.0 += 1;
            }
            for change in &report.would_be {
                let line = in_a_row(&change.with_question(report.words()));
                assert!(words.contains(&line), "{line} in {words}");
                assert!(change.rules.iter().all(|id| words.contains(id.as_str())), "{words}");
                met.1 += 1;
            }
        }
        let json: Value = serde_json::from_str(&Format::Json.write(report)).unwrap();
        assert_eq!(json["more_urgent_with"].as_array().map(Vec::len), Some(report.would_be.len()));
        assert_eq!(json["decided_by"].is_null(), report.decided.is_none());
        let level = report.level.as_ref().map(|level| level.index);
        assert!(report.would_be.iter().all(|change| level.is_none_or(|level| change.level.index < level)));
    }
    assert!(met.0 > 50 && met.1 > 50, "{met:?}");
}

#[test]
fn nothing_decided_is_said_only_of_a_finished_check_without_doubt() {
    let mut met = 0;
    for report in
        REPORTS.iter().filter(|report| report.decided.as_ref().is_some_and(|it| it.answers.is_empty()))
    {
        assert!(report.finished && report.doubts.is_empty() && report.reasons.is_empty());
        assert_eq!(report.level.as_ref().map(|level| level.index + 1), Some(report.levels.len()));
        met += 1;
    }
    assert!(met > 0);
}

#[test]
fn the_return_list_begins_with_what_is_nearest_and_keeps_every_item() {
    let mut moved = 0;
    for report in REPORTS.iter().filter(|report| report.questionnaire == BACK_PAIN.id) {
        let items = &BACK_PAIN.return_list.items;
        let at = |line: &String| {
            let at = items.iter().position(|item| clean_line(item.say.to(report.reader)) == *line);
            at.unwrap_or_else(|| panic!("{line} is no item"))
        };
        let order: Vec<usize> = report.return_list.items.iter().map(at).collect();
        let nearness = |&item: &usize| {
            let about = &items[item].about;
            let first = report.would_be.iter().position(|change| about.contains(&change.question));
            (first.unwrap_or(usize::MAX), item)
        };
        assert!(order.is_sorted_by_key(nearness), "{order:?}");
        assert_eq!(order.iter().copied().collect::<std::collections::BTreeSet<_>>().len(), items.len());
        moved += usize::from(!order.is_sorted());
    }
    assert!(moved > 0);
}

#[test]
fn the_handover_is_for_clinicians() {
    for report in REPORTS.iter() {
        for format in PAGES {
            let words = words(report, format);
            let has = words.contains("Handover (SBAR)");
            assert_eq!(has, report.reader == Audience::Clinician, "{format:?}");
            for sentence in report.handover.situation.iter().filter(|_| has) {
                assert!(words.contains(&in_a_row(sentence)), "{format:?} does not say {sentence}");
            }
        }
    }
}

#[test]
fn what_to_consider_is_for_clinicians() {
    for report in REPORTS.iter() {
        assert!(report.consider.is_empty() || report.reader == Audience::Clinician);
    }
    assert!(REPORTS.iter().any(|report| !report.consider.is_empty()));
}

#[test]
fn a_page_is_well_formed_and_needs_nothing_from_outside() {
    for report in REPORTS.iter() {
        let html = Format::Html.write(report);
        let tags = tags(&html);
        let named = |name: &str| tags.iter().filter(|tag| tag.name == name).collect::<Vec<_>>();
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
        assert_eq!((named("h1").len(), named("main").len(), named("title").len()), (1, 1, 1));
        for name in ["script", "link", "img", "iframe", "object", "a", "form", "base"] {
            assert!(named(name).is_empty(), "<{name}>");
        }
        let attributes = tags.iter().flat_map(|tag| &tag.attributes);
        for (name, _) in attributes {
            assert!(!name.starts_with("on") && !["src", "href", "style"].contains(&name.as_str()), "{name}");
        }
        let ids: Vec<_> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
        assert!(ids.iter().all(|id| ids.iter().filter(|other| *other == id).count() == 1), "{ids:?}");
        for section in named("section") {
            assert!(ids.contains(&section.attribute("aria-labelledby").expect("a label")));
        }
        let headings = tags.iter().filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u8>().ok());
        let headings: Vec<_> = headings.collect();
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a level is left out: {headings:?}");
        for cell in named("th") {
            assert!(cell.attribute("scope").is_some());
        }
    }
}

#[test]
fn the_level_stands_there_in_words_with_a_symbol_and_a_colour() {
    for report in REPORTS.iter() {
        let html = Format::Html.write(report);
        let (_, headline) = html.split_once("<p class=\"headline ").expect("a headline");
        let (class, rest) = headline.split_once("\">").expect("its end");
        let urgent = report.level.as_ref().is_some_and(|level| level.index == 0);
        assert_eq!(class == "urgency-0", urgent);
        assert_eq!(class == "open", !report.is_final());
        assert!(rest.starts_with("<span aria-hidden=\"true\">"), "the symbol is not read out");
    }
}

#[test]
fn the_json_report_fits_its_schema() {
    let documented = json::schema().to_value();
    for report in REPORTS.iter() {
        let json: Value = serde_json::from_str(&Format::Json.write(report)).expect("JSON");
        markup::fits(&json, &documented, &documented, "report");
        assert_eq!((&json["format"], &json["format_version"]), (&"redflag-report".into(), &2.into()));
        assert_eq!(json["level"]["id"].as_str(), report.level.as_ref().map(|level| level.id.as_str()));
        assert_eq!(json["finished"], report.finished);
        assert_eq!(json["reasons"].as_array().map(Vec::len), Some(report.reasons.len()));
    }
}

#[test]
fn the_sheet_in_a_json_report_can_be_judged_again() {
    for before in REPORTS.iter().filter(|report| report.questionnaire == "back-pain") {
        let json: Value = serde_json::from_str(&Format::Json.write(before)).expect("JSON");
        let after = report(&BACK_PAIN, before.reader, &json["sheet"].to_string(), &hill_street());
        assert_eq!(&after, before);
    }
}

/// The small questionnaire with these words typed in, at a clinic of this name.
fn with_words(typed: &str, clinic: &str, audience: Audience) -> Report {
    let mut sheet = serde_json::json!({
        "sites": ["neck"], "signs": ["numb"], "numb_since": "new", "severity": 8, "age": 44, "cancer_history": "no",
    });
    sheet["words"] = typed.into();
    report(&SMALL, audience, &sheet.to_string(), &Site::from([("clinic", clinic)]))
}

/// Asserts that these words, typed or configured, change nothing but words.
fn are_only_words(typed: &str, clinic: &str) {
    for audience in [Audience::Patient, Audience::Clinician] {
        let (plain, hostile) = (with_words("plain", "plain", audience), with_words(typed, clinic, audience));
        for format in FORMATS {
            let written = format.write(&hostile);
            let harmless = |c: char| {
                c == '\n'
                    || !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            };
            assert!(written.chars().all(harmless), "{format:?}: {written:?}");
            let told = words(&hostile, format);
            assert!(told.chars().all(harmless), "{format:?} means {told:?}");
            for said in [typed, clinic].map(clean_line) {
                assert!(told.contains(&in_a_row(&said)), "{format:?} does not say {said:?}:\n{told}");
            }
        }
        let html = [&plain, &hostile].map(|report| tags(&Format::Html.write(report)));
        assert!(html[0] == html[1], "{typed:?} and {clinic:?} are markup");
        let markdown = [&plain, &hostile].map(|report| markup::outline(&Format::Markdown.write(report)));
        assert_eq!(markdown[0], markdown[1], "{typed:?} and {clinic:?} are markup");
    }
}

#[test]
fn nothing_typed_or_configured_becomes_markup() {
    for words in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title></style></td><!-- ' & &lt; &#60;",
        "[press](javascript:alert(1)) ![x](http://x.example/x.png) <http://x.example>",
        "# heading *bold* _it_ `code` ~~gone~~ | cell | a\\",
        "- item",
        "1. first",
        "---",
        "a\u{1b}[2J\u{9b}31m\u{7}\u{202e}b\0",
        "}, \"level\": null, {\u{2028}",
        "one\n\n# two\r\n<b>three",
    ] {
        are_only_words(words, "plain");
        are_only_words("plain", words);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_typed_stays_words(
        typed in "[ -~é背\\x00-\\x1f\\x7f-\\x9f\u{202e}]{0,30}[a-z]",
        clinic in "[a-z][<>&\"'*_#|\\[\\]()`~$^@!=+.0-9 -]{0,30}[a-z]",
    ) {
        are_only_words(&typed, &clinic);
    }
}
