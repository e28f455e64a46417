//! The program's own words in each language: all there, all switched at once, and none left in English.

mod markup;
#[path = "support/own.rs"]
mod own;
mod support;

use std::collections::BTreeSet;

use jiff::civil::date;
use redflag::answers::Answer;
use redflag::answers::json::SheetReader;
use redflag::encounter::Encounter;
use redflag::interview::{Interview, Stage};
use redflag::plain;
use redflag::questionnaire::wording::each_text;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Format, Report};
use redflag::save::SaveProblem;
use redflag::site::Site;
use redflag::text::width;
use redflag::words::Language;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, SMALL, SMALL_IN_BOTH, USUAL, in_a_row, small_in_spanish};

const BOTH: [Audience; 2] = [Audience::Patient, Audience::Clinician];

#[test]
fn every_text_of_the_program_is_translated() {
    let [english, spanish] = [Language::English, Language::Spanish].map(|language| {
        let texts: BTreeSet<String> = own::texts(language).into_iter().map(|(_, text)| text).collect();
        assert!(texts.len() > 200, "only {} texts were found", texts.len());
        texts
    });
    let same: Vec<&str> = english.intersection(&spanish).map(String::as_str).collect();
    assert_eq!(same, SAME);
}

/// Times; the name of a format; three ways to write no; and yes in English, which is "and" in Spanish.
const SAME: [&str; 7] = ["5 h 5 min", "5 min", "Markdown", "No", "n", "no", "y"];

#[test]
fn what_is_kept_names_the_texts_that_were_asked_last() {
    use redflag::encounter::fingerprint;
    use redflag::interview::Interview;

    let mut interview = Interview::new(&SMALL, Audience::Patient, jiff::civil::date(2026, 11, 28));
    interview.offer(&SMALL_IN_BOTH);
    let kept = |interview: &Interview| interview.to_value()["questionnaire"]["sha256"].clone();
    assert_eq!(kept(&interview), fingerprint(&SMALL));
    assert!(interview.switch_to("es"));
    assert_eq!(kept(&interview), fingerprint(interview.questionnaire()));
    assert_ne!(kept(&interview), fingerprint(&SMALL));
}

/// Finds words of one language in what is said in another.
struct Foreign(BTreeSet<String>);

impl Foreign {
    /// Words that only the tables of `other` have, and neither those of `own` nor the questionnaires in it.
    fn of(other: Language, own: Language, questionnaires: [&Questionnaire; 2]) -> Foreign {
        let mut known: BTreeSet<String> = own::texts(own).iter().flat_map(|(_, text)| words(text)).collect();
        for questionnaire in questionnaires {
            each_text(&mut questionnaire.clone(), &mut |_, _, text| {
                known.extend(BOTH.iter().flat_map(|audience| words(text.to(*audience))));
            });
        }
        let other = own::texts(other);
        let other: BTreeSet<String> = other.iter().flat_map(|(_, text)| words(text)).collect();
        let foreign = Foreign(other.difference(&known).cloned().collect());
        assert!(foreign.0.len() > 150, "only {:?}", foreign.0);
        foreign
    }

    fn english() -> Foreign {
        Foreign::of(Language::English, Language::Spanish, [&DOLOR_DE_ESPALDA, small_in_spanish()])
    }

    fn spanish() -> Foreign {
        Foreign::of(Language::Spanish, Language::English, [&BACK_PAIN, &SMALL])
    }

    #[track_caller]
    fn is_not_in(&self, said: &str) {
        // Guidelines keep their titles, keys and languages their names, and ids are English everywhere.
        let mut plain = in_a_row(said);
        for source in &BACK_PAIN.sources {
            plain = plain.replace(&source.cited(), "");
        }
        for name in ["A guideline, 2023", "back-pain", "redflag", "Enter", "English", "Español"] {
            plain = plain.replace(name, "");
        }
        let found: BTreeSet<String> = words(&plain).filter(|word| self.0.contains(word)).collect();
        assert!(found.is_empty(), "{found:?} in\n{said}");
    }
}

/// Words of at least three letters.
fn words(text: &str) -> impl Iterator<Item = String> + use<'_> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2);
    words.map(str::to_lowercase)
}

#[test]
fn a_spanish_report_has_no_english_word_of_the_program() {
    let english = Foreign::english();
    let vignettes: Vec<serde_json::Value> = serde_json::from_str(include_str!("vignettes.json")).unwrap();
    for vignette in &vignettes {
        let whole = vignette["answers"].as_object().expect("an object");
        let half = whole.iter().take(whole.len() / 2).map(|(id, answer)| (id.clone(), answer.clone()));
        for answers in [whole.clone(), half.collect()] {
            let sheet = serde_json::Value::from(answers).to_string();
            let sheet = SheetReader::new(&DOLOR_DE_ESPALDA).read(&sheet).expect("a sheet");
            for audience in BOTH {
                let encounter =
                    Encounter::of_sheet(&DOLOR_DE_ESPALDA, audience, sheet.clone(), date(2026, 11, 21));
                let report = Report::of_encounter(&DOLOR_DE_ESPALDA, &encounter, audience, &Site::default());
                let report = report.at(date(2026, 11, 21).at(14, 5, 0, 0));
                english.is_not_in(&Format::Text.write(&report));
                english.is_not_in(&markup::unescaped_markdown(&Format::Markdown.write(&report)));
                let html = Format::Html.write(&report);
                assert!(html.contains("<html lang=\"es\">"));
                english.is_not_in(&markup::heard(&html));
                english.is_not_in(&redflag::report::Excerpt::Handover.of(&report));
            }
        }
    }
}

#[test]
fn a_spanish_report_writes_dates_and_numbers_as_in_spanish() {
    let sheet = r#"{"sites": ["neck"], "signs": ["none"], "severity": 8, "age": 12, "calcium": 2.61}"#;
    let sheet = SheetReader::new(&SMALL).read(sheet).expect("a sheet");
    let encounter = Encounter::of_sheet(small_in_spanish(), Audience::Clinician, sheet, date(2026, 11, 21));
    let report = Report::of_encounter(small_in_spanish(), &encounter, Audience::Clinician, &Site::default());
    let text = Format::Text.write(&report.clone().at(date(2026, 11, 21).at(14, 5, 0, 0)));
    assert!(text.contains("\nSábado 21 de noviembre de 2026, 14:05, small 1.0.0\n"), "{text}");
    assert!(text.contains("(sábado 28 de noviembre de 2026)"), "{text}");
    assert!(text.contains("Calcio: 2,61 mmol/l"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&Format::Json.write(&report)).expect("JSON");
    assert_eq!((&json["language"], &json["date"]), (&"es".into(), &"2026-11-21".into()));
    assert_eq!(json["sheet"]["calcium"], 2.61, "programs read numbers with a point");
}

#[test]
fn a_spanish_conversation_has_no_english_word_of_the_program() {
    let english = Foreign::english();
    for audience in BOTH {
        for typed in [
            "\n1 3\n1, no sé\n3\natrás\n2\nno\n2\nsí\nseguir\n7\nayuda\n49\nsí\n1\nalgo\n3,51\nseguir\n\nmás\nprofesional\n\
             leer 1\nguardar\nguardar /no/hay/tal.txt\nqué\ncambiar 3\n0\nsí\nno\nrepasar\n2\nsalir\nsí\n",
            "hola\n\n\n9\n0 1\n2\npor qué\n0\nonce\n11\n1,5\n7\n-1\n49,5\nquitar\nconservar\nidioma\n",
            "salir\nquizá\n",
        ] {
            let mut interview = Interview::new(small_in_spanish(), audience, jiff::civil::date(2026, 11, 21));
            let mut said = Vec::new();
            plain::run(&mut interview, &mut typed.as_bytes(), &mut said, &Site::default()).unwrap();
            english.is_not_in(&String::from_utf8(said).expect("text"));
        }
    }
}

/// Pages of every kind: from which question, and by which keys.
const PAGES: [(&str, &str); 27] = [
    ("", ""),
    ("", "?"),
    ("hello", ""),
    ("hello", "?"),
    ("sites", ""),
    ("signs", "1 2"),
    ("signs", "w"),
    ("signs", "r"),
    ("signs", "1 Enter"),
    ("signs", "1 Enter 3 Enter"),
    ("signs", "1 Enter 3 Enter ?"),
    ("signs", "1 Enter 3 Enter Esc 1 Enter"),
    ("signs", "1 Enter 1 Enter Esc Esc 1 2 Enter"),
    ("severity", "7"),
    ("age", "type:64"),
    ("age", "ctrl-c"),
    ("age", "ctrl-c 2 Enter"),
    ("cancer_history", ""),
    ("words", "type:ay"),
    (SUMMARY, ""),
    (SUMMARY, "End"),
    (SUMMARY, "Right"),
    (SUMMARY, "e"),
    (SUMMARY, "e Right"),
    (SUMMARY, "Left"),
    (SUMMARY, "s"),
    (SUMMARY, "ctrl-c"),
];

const SUMMARY: &str = "the summary";

fn speaking_both(size: (u16, u16)) -> Person<'static> {
    Person::new(SMALL_IN_BOTH.first(), Audience::Patient, size).offered(&SMALL_IN_BOTH)
}

#[test]
fn the_language_can_be_switched_on_every_page_and_all_words_follow() {
    let (english, spanish) = (Foreign::english(), Foreign::spanish());
    let given = [("age", "type:64 Enter"), ("cancer_history", "u Enter"), ("signs", "u Enter")];
    let mut modes = BTreeSet::new();
    for (size, (from, keys)) in [(40, 12), USUAL].into_iter().flat_map(|size| PAGES.map(|page| (size, page)))
    {
        let mut person = speaking_both(size);
        match from {
            "" => {}
            SUMMARY => person.reach_summary(&given),
            question => person.reach(question, &given),
        }
        person.press(keys);
        modes.insert(format!("{:?}", person.app.mode()));
        let english_page = person.screen();
        let (sheet, draft) = (person.app.interview.sheet().clone(), person.app.draft.clone());
        person.press("F5");
        english.is_not_in(&person.screen());
        assert!(*person.app.interview.sheet() == sheet && person.app.draft == draft, "{from} {keys}");
        person.press("F5");
        spanish.is_not_in(&person.screen());
        assert_eq!(person.app.notice.take().as_deref(), Some("English. F5: Español"), "the way back");
        person.resize(size);
        assert_eq!(person.screen(), english_page);
    }
    assert_eq!(modes.len(), 17, "{modes:?}");
}

#[test]
fn switching_keeps_what_is_chosen_typed_and_answered() {
    let mut person = speaking_both(USUAL);
    person.must_see("L Español");
    person.press("l");
    person.must_see("Esto es una muestra para las pruebas.");
    person.must_see("L English");
    person.press("Enter Enter 3 F5");
    assert_eq!(person.question(), "sites");
    person.must_see("[x] 3 Left leg");
    person.press("Enter 1 2 F5 Enter 3 Enter");
    person.must_see("PIDA AYUDA AHORA");
    person.press("F5");
    person.must_see("GET HELP NOW");
    person.press("F5 c 7 Enter type:4 F5 type:9 Enter");
    assert_eq!(person.question(), "cancer_history");
    person.press("u F5 Enter type:worse F5");
    person.must_see("worse");
    person.press("Enter");
    assert_eq!(*person.app.interview.stage(), Stage::Summary);
    let before = person.app.report.clone().expect("a report");
    person.press("F5");
    let after = person.app.report.clone().expect("a report");
    assert_ne!(before.headline, after.headline);
    assert_eq!(
        (before.sheet, before.level.map(|level| level.id)),
        (after.sheet, after.level.map(|level| level.id))
    );
    let numbers: Vec<_> =
        person.app.interview.asked().iter().filter_map(|&q| person.app.interview.sheet().get(q)).collect();
    assert!(numbers.contains(&&Answer::Number(49.0)) && numbers.contains(&&Answer::UNSURE));
}

#[test]
fn a_number_reads_as_in_its_language_and_is_taken_as_in_both() {
    let person = Person::new(SMALL_IN_BOTH.first(), Audience::Clinician, USUAL);
    let mut person = person.offered(&SMALL_IN_BOTH);
    let given = [("hello", "Enter"), ("words", "Enter")];
    person.reach("calcium", &given);
    person.press("type:2.61 F5");
    person.must_see("❯ 2.61");
    person.press("Enter e End");
    person.must_see("2,61 mmol/l");
    person.press("Enter");
    person.must_see("❯ 2,61");
    person.press("F5 Enter e End");
    person.must_see("2.61 mmol/L");
}

#[test]
fn a_file_is_not_replaced_after_the_warning_was_switched_away() {
    let mut person = speaking_both(USUAL);
    person.press("ctrl-c 2 Enter s Enter");
    person.saved(Err(SaveProblem::Exists));
    person.press("F5");
    match person.press("Enter") {
        redflag::tui::app::Effect::Save { replace, .. } => assert!(!replace),
        effect => panic!("{effect:?}"),
    }
}

/// What is never broken into lines has to fit as it is.
#[test]
fn words_that_stand_on_one_line_fit_the_smallest_screen() {
    for language in Language::ALL {
        let words = language.words();
        let summary = &words.screen.summary;
        let narrow = [
            summary.result_short,
            summary.say_short,
            summary.answers_short,
            summary.clinician_short,
            summary.learn_short,
        ];
        let wide = [summary.result, summary.say, summary.answers, summary.clinician, summary.learn];
        // With brackets or blanks around each; the last blank may go.
        assert!(narrow.iter().map(|name| width(name) + 2).sum::<usize>() <= 38 + 1, "{narrow:?}");
        assert!(wide.iter().map(|name| width(name) + 3).sum::<usize>() <= 60 + 4, "{wide:?}");
        for (above, below) in [(0, 999), (999, 0), (999, 999)] {
            for more in [words.screen.more_lines(above, below), words.screen.more_entries(above, below)] {
                assert!(width(&more) <= 38, "{more}");
            }
        }
        for title in [words.screen.dialogs.leave_title, words.screen.dialogs.save_title] {
            assert!(width(title) <= 34, "{title}");
        }
        for caption in [words.screen.front, words.screen.back] {
            assert!(width(caption) <= 16, "{caption}");
        }
        for (label, _) in redflag::tui::keys::all(redflag::tui::policy::Policy::OWN, &words.keys) {
            assert!(width(label) <= 11, "{label}");
        }
        assert!(width(words.answers.unsure) <= 38 - 6);
    }
}

#[test]
fn words_that_decide_what_the_bottom_line_shows_are_not_taken_for_others() {
    for language in Language::ALL {
        let keys = &language.words().keys;
        let all = [
            keys.choose,
            keys.tick,
            keys.scroll,
            keys.step,
            keys.page,
            keys.start,
            keys.next,
            keys.open,
            keys.take,
            keys.save,
            keys.copy,
            keys.close,
            keys.back,
            keys.understood,
            keys.go_on,
            keys.why,
            keys.answers,
            keys.help,
            keys.finish,
            keys.leave,
            keys.figure,
            keys.language,
        ];
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), all.len(), "{language:?}");
    }
}
