//! A nurse who knows the keys: goes through a case with as few as she can.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Sheet};
use redflag::interview::Interview;
use redflag::interview::Stage;
use redflag::interview::rows::{Row, keys, rows};
use redflag::questionnaire::{Audience, Control, Question, QuestionIndex, Questionnaire};
use redflag::site::Site;
use redflag::tui::app::App;
use redflag::words::Language;

use crate::support::{BACK_PAIN, Person};

pub fn day() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 28)
}

/// A nurse in front of the first page.
pub fn begun(questionnaire: &Questionnaire, size: (u16, u16)) -> Person<'_> {
    let interview = Interview::new(questionnaire, Audience::Clinician, day());
    on(questionnaire, App::by_section(interview, Site::default()), size)
}

pub fn on<'q>(questionnaire: &'q Questionnaire, app: App<'q>, size: (u16, u16)) -> Person<'q> {
    let mut person = Person::new(questionnaire, Audience::Clinician, size);
    person.app = app;
    person.draw();
    person
}

/// A person whose answers are known.
pub struct Case {
    pub id: String,
    pub sheet: Sheet,
    pub expected: String,
}

/// Those of `tests/vignettes.json`.
pub static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let all: Vec<serde_json::Value> = serde_json::from_str(include_str!("../vignettes.json")).expect("JSON");
    let case = |value: &serde_json::Value| Case {
        id: value["id"].as_str().expect("an id").to_owned(),
        sheet: SheetReader::new(&BACK_PAIN).read(&value["answers"].to_string()).expect("a sheet"),
        expected: value["expected"].as_str().expect("a level").to_owned(),
    };
    all.iter().map(case).collect()
});

pub fn case(id: &str) -> &'static Case {
    CASES.iter().find(|case| case.id == id).expect("a case")
}

/// The keys of an answer that is given in its own row.
pub fn keys_of(question: &Question, answer: &Answer) -> Vec<String> {
    let says = &Language::English.words().answers;
    let key_of = |row: Row| {
        let at = rows(question).iter().position(|line| *line == row).expect("a line");
        keys(question, says)[at].to_string()
    };
    let number = |number: f64| format!("{number}").chars().map(String::from).collect::<Vec<_>>();
    let mut typed = match answer {
        Answer::Options(ticked) | Answer::Unsure { ticked } => {
            ticked.iter().map(|option| key_of(Row::Option(option))).collect()
        }
        Answer::Number(value) => number(*value),
        Answer::Text(text) => {
            ["Space".to_owned()].into_iter().chain(text.chars().map(String::from)).collect::<Vec<_>>()
        }
    };
    if answer.is_unsure() {
        typed.push("u".to_owned());
    }
    let is_all = match answer {
        Answer::Options(ticked) if question.takes_several() => {
            !ticked.intersection(question.exclusive()).is_empty()
        }
        Answer::Options(_) | Answer::Unsure { .. } => true,
        Answer::Number(value) => {
            matches!(question.control, Control::Scale { .. }) && !(1.0..=1.0).contains(value)
        }
        Answer::Text(_) => false,
    };
    if !is_all {
        typed.push("Enter".to_owned());
    }
    typed
}

/// What to press next for this case, by what is on the screen; `None`: the summary is.
pub fn next_keys(app: &App, wanted: &Sheet) -> Option<Vec<String>> {
    let keys = |keys: &str| Some(keys.split_whitespace().map(str::to_owned).collect());
    match app.interview.stage() {
        Stage::Summary => return None,
        Stage::Alert { .. } => return keys("c"),
        Stage::OfferSettling => return keys("n"),
        Stage::Asking(_) => {}
        stage => panic!("{stage:?}"),
    }
    let questionnaire = app.questionnaire();
    let (covered, _) = app.nothing_else();
    let says = |row: &QuestionIndex| wanted.get(*row);
    let is_meant = |(row, answer): &(QuestionIndex, Option<Answer>)| says(row) == answer.as_ref();
    let several = covered.iter().filter(|(_, answer)| answer.is_some()).count() > 1;
    if several && covered.iter().all(is_meant) {
        return keys("N Enter");
    }
    let (row, question) = app.question().expect("a question");
    match says(&row) {
        Some(answer) if app.interview.sheet().get(row) != Some(answer) => {
            Some(keys_of(&questionnaire.questions[row], answer))
        }
        _ if question.optional || !app.interview.needs_answer(row) => keys("Enter"),
        _ => panic!("no answer to {}", question.id),
    }
}

/// Goes through a case to its summary, and gives how many keys that took.
pub fn play(person: &mut Person, case: &Case) -> usize {
    let mut count = 0;
    while let Some(keys) = next_keys(&person.app, &case.sheet) {
        for key in keys {
            let key = if key == " " { "Space".to_owned() } else { key };
            person.press(&key);
            count += 1;
        }
        assert!(count < 200, "{}: no end\n{}", case.id, person.screen());
    }
    count
}

/// The answers by id, for messages.
pub fn answers(questionnaire: &Questionnaire, sheet: &Sheet) -> BTreeMap<String, Answer> {
    let questions = questionnaire.questions.iter().enumerate();
    questions.filter_map(|(at, question)| Some((question.id.clone(), sheet.get(at)?.clone()))).collect()
}
