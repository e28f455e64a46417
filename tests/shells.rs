//! Whoever answers the same comes to the same, line by line and on the full screen.

mod support;

use std::sync::LazyLock;

use redflag::answers::Answer;
use redflag::interview::rows::rows;
use redflag::interview::rows::{Row, digit};
use redflag::interview::{Interview, Stage};
use redflag::plain;
use redflag::questionnaire::{Audience, Kind, OptionSet, Question, QuestionIndex, Questionnaire, yaml};
use redflag::report::Report;
use redflag::site::Site;
use redflag::tui::draft::Draft;
use redflag::words::Language;
use support::{BACK_PAIN, Person};

static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("small.yaml loads").questionnaire
});

/// As in `support`.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// The same steps three ways: on the interview itself, as typed lines, and as keys of the full screen.
struct Ways<'q> {
    model: Interview<'q>,
    lines: String,
    person: Person<'q>,
}

impl<'q> Ways<'q> {
    fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Ways<'q> {
        let mut person = Person::new(questionnaire, audience, (80, 24));
        person.press("Enter");
        Ways { model: Interview::new(questionnaire, audience), lines: String::new(), person }
    }

    /// `id = option, option` or `id = 64` answers the question that is asked; `leave out`, `yes`, `no`, `go on`,
    /// `show`, `back`, `keep`, `change id` are what they say.
    fn step(&mut self, step: &str) {
        let (line, keys) = match step {
            "yes" => (step.to_owned(), "1 Enter".to_owned()),
            "no" => (step.to_owned(), "2 Enter".to_owned()),
            "go on" => (step.to_owned(), "c".to_owned()),
            "show" => (step.to_owned(), "a".to_owned()),
            "back" => (step.to_owned(), "Esc".to_owned()),
            "leave out" => (String::new(), "Enter".to_owned()),
            "keep" => (step.to_owned(), "Enter".to_owned()),
            _ => match step.split_once(" = ") {
                Some((id, value)) => self.answer(id, value),
                None => self.change(step.strip_prefix("change ").expect("a step")),
            },
        };
        match step {
            "yes" => self.model.confirm(),
            "no" => self.model.decline(),
            "go on" => self.model.go_on(),
            "show" => self.model.finish(),
            "back" => drop(self.model.back()),
            "keep" => {
                let Stage::Asking(question) = *self.model.stage() else { panic!("nothing is asked") };
                self.model.answer(self.model.sheet().get(question).cloned()).expect("an answer");
            }
            "leave out" => self.model.answer(None).expect("may be left out"),
            _ => {}
        }
        self.lines.push_str(&line);
        self.lines.push('\n');
        self.person.press(&keys);
        assert_eq!(self.person.app.interview.stage(), self.model.stage(), "after {step}");
    }

    fn answer(&mut self, id: &str, value: &str) -> (String, String) {
        let Stage::Asking(index) = *self.model.stage() else { panic!("{id} is not asked") };
        let question = &self.model.questionnaire().questions[index];
        assert_eq!(question.id, id);
        let draft = &self.person.app.draft;
        let (answer, line, keys) = match &question.kind {
            Kind::Number(_) => {
                let erase = "Backspace ".repeat(draft.field.text().len());
                (Answer::Number(value.parse().unwrap()), value.to_owned(), format!("{erase}type:{value}"))
            }
            Kind::Scale { .. } => {
                let digits: Vec<_> = value.chars().map(String::from).collect();
                (Answer::Number(value.parse().unwrap()), value.to_owned(), digits.join(" "))
            }
            Kind::Text => (
                Answer::Text(value.to_owned()),
                value.to_owned(),
                format!("type:{}", value.replace(' ', "_")),
            ),
            _ => {
                let answer = options(question, value);
                let (line, keys) = choose(question, &answer, draft);
                (answer, line, keys)
            }
        };
        self.model.answer(Some(answer)).expect("an answer");
        (line, format!("{keys} Enter"))
    }

    fn change(&mut self, id: &str) -> (String, String) {
        let question = self.model.questionnaire().question_index(id).expect("a question");
        let place = self.model.asked().iter().position(|&asked| asked == question).expect("answered");
        let number = self.model.progress(question).position;
        let (open, way) = match self.model.stage() {
            Stage::Summary => ("e Home ", format!("change {number}")),
            _ => ("r Home ", format!("review\n{number}")),
        };
        if *self.model.stage() != Stage::Summary {
            self.model.review();
        }
        self.model.revisit(question);
        (way, format!("{open}{}Enter", "Down ".repeat(place)))
    }

    /// All three must have come to the same.
    #[track_caller]
    fn agree(&self) {
        let (questionnaire, audience) = (self.model.questionnaire(), self.model.audience());
        let mut typed = Interview::new(questionnaire, audience);
        let mut said = Vec::new();
        plain::run(
            &mut typed,
            &mut self.lines.as_bytes(),
            &mut said,
            &Site::default(),
            TODAY,
            Language::English,
        )
        .expect("nothing goes wrong");
        let said = String::from_utf8(said).expect("what is said is text");
        let report =
            |interview: &Interview| Report::of(interview, TODAY, &Site::default(), Language::English);
        assert_eq!(typed.stage(), self.model.stage(), "{said}");
        assert_eq!(report(&typed), report(&self.person.app.interview));
        assert_eq!(report(&typed), report(&self.model));
        assert_eq!(typed.sheet(), self.person.app.interview.sheet(), "also what is set aside");
        assert!(said.contains(&format!("\nResult: {}", report(&typed).headline)), "{said}");
    }
}

fn options(question: &Question, value: &str) -> Answer {
    let ids: Vec<_> = value.split(", ").collect();
    let named = ids.iter().filter(|id| **id != "unsure");
    let ticked: OptionSet = named.map(|id| question.option_index(id).expect("an option")).collect();
    if ids.contains(&"unsure") { Answer::Unsure { ticked } } else { Answer::Options(ticked) }
}

/// How to give `answer` where `draft` stands on the screen: a line, and keys. By number, where it has one.
fn choose(question: &Question, answer: &Answer, draft: &Draft) -> (String, String) {
    let several = matches!(question.kind, Kind::ManyOf | Kind::BodyMap);
    let wanted = |row: Row| match row {
        Row::Option(option) => answer.ticked().contains(option),
        Row::Unsure => answer.is_unsure(),
    };
    let (mut line, mut off, mut on) = (Vec::new(), String::new(), String::new());
    for (place, row) in rows(question).into_iter().enumerate() {
        let digit = digit(question, place).map(|digit| digit.to_string());
        let label = match row {
            Row::Option(option) => question.options[option].label.to(Audience::Patient),
            Row::Unsure => "not sure",
        };
        let key = match &digit {
            Some(digit) => format!("{digit} "),
            None => format!("Home {}Space ", "Down ".repeat(place)),
        };
        let before = several && draft.has(row);
        match (before, wanted(row)) {
            (true, false) => off.push_str(&key),
            (false, true) => on.push_str(&key),
            _ => {}
        }
        if wanted(row) {
            line.push(digit.unwrap_or_else(|| label.to_owned()));
        }
    }
    (line.join("; "), off + &on)
}

#[test]
fn the_vignettes_end_the_same_in_lines_and_on_the_full_screen() {
    let vignettes: serde_json::Value = serde_json::from_str(include_str!("vignettes.json")).unwrap();
    let vignettes = vignettes.as_array().unwrap();
    assert_eq!(vignettes.len(), 24);
    for vignette in vignettes {
        let mut ways = Ways::new(&BACK_PAIN, Audience::Patient);
        loop {
            let step = match *ways.model.stage() {
                Stage::Asking(question) => planned(&vignette["answers"], question),
                Stage::Alert { .. } => "go on".to_owned(),
                Stage::Summary => break,
                _ => panic!("nothing is changed"),
            };
            ways.step(&step);
        }
        ways.agree();
        let report = Report::of(&ways.model, TODAY, &Site::default(), Language::English);
        assert_eq!(report.level.unwrap().id, vignette["expected"], "{}", vignette["id"]);
    }
}

fn planned(answers: &serde_json::Value, question: QuestionIndex) -> String {
    let id = &BACK_PAIN.questions[question].id;
    match &answers[id] {
        serde_json::Value::Null => "leave out".to_owned(),
        serde_json::Value::Array(options) => {
            let options: Vec<_> = options.iter().filter_map(|option| option.as_str()).collect();
            format!("{id} = {}", options.join(", "))
        }
        serde_json::Value::String(option) => format!("{id} = {option}"),
        number => format!("{id} = {number}"),
    }
}

#[test]
fn changes_end_the_same_in_lines_and_on_the_full_screen() {
    let to_the_end = "age = 49; cancer_history = no; words = It hurts";
    for (audience, steps) in [
        (
            Audience::Patient,
            format!(
                "sites = neck; signs = none; severity = 10; back; back; keep; severity = 3; {to_the_end}"
            ),
        ),
        (
            Audience::Patient,
            format!(
                "sites = neck, left_leg; signs = numb; numb_since = long; change signs; signs = weak; no; \
             signs = weak; yes; change signs; signs = numb, weak; back; severity = 7; {to_the_end}"
            ),
        ),
        (
            Audience::Patient,
            format!(
                "sites = nowhere; signs = numb, unsure; numb_since = new; go on; severity = 7; {to_the_end}; \
             change numb_since; numb_since = long; no; numb_since = weeks; yes; change age; age = 8"
            ),
        ),
        (Audience::Patient, "sites = neck; signs = numb; numb_since = new; show".to_owned()),
        (
            Audience::Patient,
            format!(
                "sites = neck; signs = numb; numb_since = new; back; numb_since = unsure; yes; severity = 0; {to_the_end}; \
             change cancer_history; cancer_history = yes; go on; kind = blood"
            ),
        ),
        (
            Audience::Clinician,
            format!(
                "sites = low_back; signs = unsure; severity = 5; {to_the_end}; calcium = 3.51; go on; \
             change calcium; calcium = 2.6; yes"
            ),
        ),
    ] {
        let mut ways = Ways::new(&SMALL, audience);
        ways.step("leave out");
        steps.split("; ").for_each(|step| ways.step(step.trim()));
        ways.agree();
    }
}
