//! A script played three ways at once: on the interview itself, as typed lines, and as keys of the full screen.

use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::KeyCode;
use redflag::answers::json::SheetReader;
use redflag::answers::{self, Answer, Facts, number_text};
use redflag::interview::{Interview, Stage};
use redflag::outlook::Progress;
use redflag::plain;
use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::{
    Audience, Domain, NumberBounds, OptionSet, Question, QuestionIndex, Questionnaire, yaml,
};
use redflag::report::{Format, Report};
use redflag::site::Site;
use redflag::text::clean_line;
use redflag::triage;
use redflag::tui::app::{Effect, Leaving};
use redflag::tui::keys::Mode;
use serde_json::Value;

use super::Step;
use super::choice::{choice_keys, choice_line, options};
use crate::support::{BACK_PAIN, Person, SMALL, USUAL, press};

static EXAMPLE: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../docs/author/example.yaml");
    yaml::load("example.yaml", text).expect("example.yaml loads").questionnaire
});

static UNSURE: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../fixtures/unsure.yaml");
    let loaded = yaml::load("unsure.yaml", text);
    let told = |mistakes: Vec<Diagnostic>| {
        panic!("{}", mistakes.iter().map(|m| m.render(false)).collect::<String>())
    };
    loaded.unwrap_or_else(told).questionnaire
});

pub static VIGNETTES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../vignettes.json")).expect("JSON"));

/// As in `support`.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// A questionnaire of a script, and its file.
pub fn questionnaire(name: &str) -> (&'static Questionnaire, &'static str) {
    match name {
        "back-pain" => (&BACK_PAIN, "questionnaires/back-pain.yaml"),
        "small" => (&SMALL, "tests/fixtures/small.yaml"),
        "unsure" => (&UNSURE, "tests/fixtures/unsure.yaml"),
        "example" => (&EXAMPLE, "docs/author/example.yaml"),
        name => panic!("no questionnaire is called {name}"),
    }
}

/// The same steps three ways: on the interview itself, as typed lines, and as keys of the full screen.
pub struct Ways<'q> {
    pub model: Interview<'q>,
    pub lines: String,
    pub person: Person<'q>,
    /// What the last key on the full screen came to.
    effect: Effect,
    /// Counts the steps. What can be typed or pressed in two ways alternates.
    turn: usize,
    /// After each step: the step, how many lines were typed until then, and the stage.
    past: Vec<(String, usize, Stage)>,
}

/// A window in which the rows of a grid don't fit together.
pub const ONE_BY_ONE: (u16, u16) = (44, 14);

impl<'q> Ways<'q> {
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Ways<'q> {
        Ways::sized(questionnaire, audience, USUAL)
    }

    pub fn sized(questionnaire: &'q Questionnaire, audience: Audience, size: (u16, u16)) -> Ways<'q> {
        let mut person = Person::new(questionnaire, audience, size);
        person.press("Enter");
        let model = Interview::new(questionnaire, audience, TODAY);
        Ways { model, lines: String::new(), person, effect: Effect::None, turn: 0, past: Vec::new() }
    }

    /// Goes one step; all but `As` are one in each of the three ways.
    pub fn step(&mut self, step: &Step) {
        self.turn += 1;
        match step {
            Step::Answer(id, value) => self.answer(id, value),
            Step::Wrong(id, typed) => self.wrong(id, typed),
            Step::LeaveOut(id) => {
                let index = self.asked(id);
                self.line(if self.model.sheet().get(index).is_some() { "remove" } else { "" });
                self.model.answer(None).expect("may be left out");
                // An answer given before may stand there.
                let question = &self.model.questionnaire().questions[index];
                let draft = &self.person.app.draft;
                let keys = match question.domain {
                    Domain::Several => {
                        choice_keys(question, &Answer::Options(OptionSet::EMPTY), draft, self.turn)
                    }
                    Domain::Number(_) | Domain::Text => {
                        "Backspace ".repeat(draft.field.text().chars().count() + 1)
                    }
                    _ => "Backspace ".to_owned(),
                };
                self.keys(&format!("{keys}Enter"));
            }
            Step::Keep(id) => {
                let index = self.asked(id);
                let answer = self.model.sheet().get(index).cloned();
                self.line("keep");
                // On the full screen another answer may have been begun.
                self.press_answer(
                    &self.model.questionnaire().questions[index],
                    answer.as_ref().expect("one"),
                );
                self.model.answer(answer).expect("was taken before");
            }
            Step::Edit(id, value) => {
                self.open(id);
                value.iter().for_each(|value| self.answer(id, value));
            }
            Step::As(case, until) => self.answer_as(case, until.as_deref()),
            Step::Settle => {
                self.model.settle();
                self.line(["yes", "y"][self.turn % 2]);
                self.keys("Enter");
            }
            Step::OnceMore(said) => {
                let answer = match said.as_str() {
                    "yes" => Answer::option(1),
                    "no" => Answer::option(0),
                    _ => Answer::UNSURE,
                };
                self.line(said);
                self.keys(&format!("{} Enter", said.chars().next().expect("yes, no or unsure")));
                self.model.answer(Some(answer)).expect("an answer that fits");
            }
            Step::Confirm => {
                self.model.confirm();
                self.line(["yes", "y"][self.turn % 2]);
                self.keys(["1 Enter", "Up Up Enter"][self.turn % 2]);
            }
            Step::Decline => {
                self.model.decline();
                self.line("no");
                self.keys(["2 Enter", "Down Down Enter"][self.turn % 2]);
            }
            Step::Continue => {
                if matches!(self.model.stage(), Stage::Alert { .. }) {
                    self.model.go_on();
                } else {
                    self.model.resume();
                }
                self.line(["go on", "Go on."][self.turn % 2]);
                self.keys("c");
            }
            Step::Result if *self.model.stage() == Stage::OfferSettling => {
                self.model.leave_unsettled();
                self.line("no");
                self.keys("n");
            }
            Step::Result => {
                self.model.finish();
                self.line("show");
                self.keys("a");
            }
            Step::Back => {
                match self.model.stage() {
                    Stage::Summary if self.model.asked().is_empty() => {}
                    Stage::Summary => self.model.review(),
                    _ => drop(self.model.back()),
                }
                self.line("back");
                self.keys("Esc");
            }
            Step::Review => {
                self.model.review();
                self.line("review");
                self.keys(if self.is_typed_into() { "F3" } else { "r" });
            }
            Step::Why => {
                self.line("why");
                self.keys(if self.is_typed_into() { "F2 Esc" } else { ["w w", "F2 q"][self.turn % 2] });
            }
            Step::Help => {
                self.line("help");
                self.keys("F1 Esc");
            }
            Step::Stay => {
                self.line("quit");
                self.line(["no", "back"][self.turn % 2]);
                self.keys(if self.turn.is_multiple_of(2) { "ctrl-c Esc" } else { "ctrl-c Enter" });
            }
            Step::Finish => {
                self.line(["", "quit"][self.turn % 2]);
                self.keys("q 3 Enter");
            }
            Step::Leave if *self.model.stage() == Stage::Summary => {
                self.line("quit");
                self.keys("q 3 Enter");
            }
            Step::Leave => {
                self.line("quit");
                self.line("yes");
                self.keys(if self.is_typed_into() { "ctrl-c 3 Enter" } else { "q Down Down Enter" });
            }
            Step::End => {}
        }
        assert_eq!(self.person.app.interview.stage(), self.model.stage(), "after the step \"{step}\"");
        self.past.push((step.to_string(), self.lines.len(), self.model.stage().clone()));
    }

    fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }

    fn keys(&mut self, keys: &str) {
        self.effect = self.person.press(keys);
    }

    /// Letters are taken for text here.
    fn is_typed_into(&self) -> bool {
        matches!(self.person.app.mode(), Mode::Text | Mode::Number)
    }

    /// The question that is asked, which must be this one.
    #[track_caller]
    fn asked(&self, id: &str) -> QuestionIndex {
        let Stage::Asking(index) = *self.model.stage() else {
            panic!("{id} is not asked, but there is {:?}", self.model.stage())
        };
        assert_eq!(self.model.questionnaire().questions[index].id, id, "another question is asked");
        index
    }

    fn answer(&mut self, id: &str, value: &str) {
        let index = self.asked(id);
        let question = &self.model.questionnaire().questions[index];
        let number = || value.parse().unwrap_or_else(|_| panic!("{id}: {value} is no number"));
        let answer = match &question.domain {
            Domain::Nothing => panic!("{id} is a page to read"),
            Domain::Text if value != "unsure" => Answer::Text(clean_line(value)),
            Domain::Number(_) if value != "unsure" => Answer::Number(number()),
            _ => options(question, value),
        };
        let line = match (&question.domain, &answer) {
            (Domain::Number(bounds), Answer::Number(_)) => {
                let number =
                    if self.turn.is_multiple_of(2) { value.replace('.', ",") } else { value.to_owned() };
                number + &its_unit(bounds)
            }
            (_, Answer::Unsure { ticked }) if ticked.is_empty() => "I'm not sure.".to_owned(),
            (Domain::Number(_) | Domain::Text, _) => value.to_owned(),
            _ => choice_line(question, &answer, self.model.audience(), self.turn),
        };
        self.line(&line);
        self.press_answer(question, &answer);
        self.model.answer(Some(answer)).unwrap_or_else(|refusal| panic!("{id}: {value}: {refusal}"));
    }

    /// Gives an answer on the full screen, whatever stands there.
    fn press_answer(&mut self, question: &Question, answer: &Answer) {
        match (answer, &question.domain) {
            (Answer::Unsure { .. }, Domain::Number(_)) if question.scale().is_some() => {
                self.keys(if self.person.app.draft.unsure { "" } else { "u" });
            }
            // A number that stands there counts for more.
            (Answer::Unsure { .. }, Domain::Number(_)) => {
                self.type_anew("");
                self.keys(if self.person.app.draft.unsure { "" } else { "Tab" });
            }
            (Answer::Unsure { .. }, Domain::Text) => self.type_anew("not sure"),
            (Answer::Number(number), Domain::Number(bounds)) if question.scale().is_some() => {
                let digits: Vec<_> = number_text(*number).chars().map(String::from).collect();
                let steps = (number - bounds.min) as usize;
                let by_arrows = format!("Home {}", "Right ".repeat(steps));
                let by_digits = format!("Home {}", digits.join(" "));
                // There is no key for a minus.
                let digits_do = *number >= 0.0 && self.turn.is_multiple_of(2);
                self.keys(if digits_do { &by_digits } else { &by_arrows });
            }
            (Answer::Number(number), Domain::Number(bounds)) => {
                self.type_anew(&(number_text(*number) + &its_unit(bounds)));
            }
            (Answer::Number(_), _) => panic!("a number is no answer here"),
            (Answer::Text(text), _) => self.type_anew(text),
            // In a row of a grid Home and Down go to other rows.
            _ => {
                let turn = if self.person.app.mode() == Mode::Grid { 0 } else { self.turn };
                self.keys(&choice_keys(question, answer, &self.person.app.draft, turn));
            }
        }
        self.keys("Enter");
    }

    /// Types into a line that may hold something.
    fn type_anew(&mut self, text: &str) {
        let erase = "Backspace ".repeat(self.person.app.draft.field.text().chars().count());
        self.keys(&erase);
        self.type_text(text);
    }

    /// A text as it is typed, or as it is pasted.
    fn type_text(&mut self, text: &str) {
        self.person.wait(Duration::from_millis(500));
        if self.turn.is_multiple_of(2) {
            return self.person.paste(text);
        }
        for c in text.chars() {
            self.person.event(&press(KeyCode::Char(c)));
        }
    }

    /// What is typed must not be taken. The interview itself doesn't see it.
    fn wrong(&mut self, id: &str, typed: &str) {
        let index = self.asked(id);
        let question = &self.model.questionnaire().questions[index];
        self.line(typed);
        match question.domain {
            Domain::Number(_) | Domain::Text if question.scale().is_none() => {
                self.type_anew(typed);
                self.keys("Enter");
            }
            _ if typed.is_empty() => self.keys("Enter"),
            // The full screen offers nothing else than what is taken: Enter would take what is chosen there.
            _ => {
                let keys: Vec<_> = typed.chars().filter(|c| c.is_ascii_digit()).map(String::from).collect();
                self.keys(&keys.join(" "));
            }
        }
        let is_scale = question.scale().is_some();
        let told = self.person.app.notice.is_some() || is_scale && !typed.is_empty();
        assert!(told, "nothing is said about {id}: {typed}\n{}", self.person.screen());
        // Whoever sees that reads it first.
        self.person.wait(Duration::from_secs(2));
    }

    fn open(&mut self, id: &str) {
        // Answers are changed from the result on, not from the offer before it.
        if *self.model.stage() == Stage::OfferSettling {
            self.step(&Step::Result);
        }
        let question = self.model.questionnaire().question_index(id).expect("a question");
        let place = self.model.asked().iter().position(|&asked| asked == question);
        let place = place.unwrap_or_else(|| panic!("{id} has not been answered"));
        let number = Progress::of(&self.model, question).position;
        let open = match self.model.stage() {
            Stage::Summary => {
                self.line(&format!("change {number}"));
                "e"
            }
            Stage::Review => {
                self.line(&format!("{number}."));
                ""
            }
            _ => {
                self.model.review();
                self.line("review");
                self.line(&number.to_string());
                if self.is_typed_into() { "F3" } else { "r" }
            }
        };
        self.model.revisit(question);
        self.keys(&format!("{open} Home {}", "Down ".repeat(place)));
        let line = self.person.cursor_line();
        assert!(line.trim_start().starts_with(&format!("❯ {number:>2}  ")), "not number {number}: {line}");
        self.keys("Enter");
    }

    fn answer_as(&mut self, case: &str, until: Option<&str>) {
        let vignette = VIGNETTES.iter().find(|vignette| vignette["id"] == case);
        let vignette = vignette.unwrap_or_else(|| panic!("no case is called {case}"));
        while let Stage::Asking(index) = *self.model.stage() {
            let question = &self.model.questionnaire().questions[index];
            let may_be_left = question.optional || !question.takes_answer();
            let value = match &vignette["answers"][&question.id] {
                _ if until == Some(&*question.id) => return,
                Value::Null if may_be_left => {
                    self.step(&Step::LeaveOut(question.id.clone()));
                    continue;
                }
                Value::Null => return,
                Value::Array(options) => {
                    let options: Vec<_> = options.iter().filter_map(Value::as_str).collect();
                    options.join(", ")
                }
                Value::String(option) => option.clone(),
                number => number.to_string(),
            };
            self.step(&Step::Answer(question.id.clone(), value));
        }
        assert!(until.is_none(), "{until:?} was not asked");
    }

    /// Where the lines have led at first to another place than the other two ways.
    fn first_difference(&self) -> String {
        for (step, typed, stage) in &self.past {
            let mut interview = Interview::new(self.model.questionnaire(), self.model.audience(), TODAY);
            let (mut input, mut said) = (&self.lines.as_bytes()[..*typed], Vec::new());
            let _ = plain::run(&mut interview, &mut input, &mut said, &Site::default());
            if interview.stage() != stage {
                return format!(
                    "after \"{step}\" line by line there is {:?}, not {stage:?}",
                    interview.stage()
                );
            }
        }
        "no stage differs".to_owned()
    }

    /// All three must have come to the same; returns its report.
    #[track_caller]
    pub fn agree(&self) -> Report {
        let (questionnaire, audience) = (self.model.questionnaire(), self.model.audience());
        let mut typed = Interview::new(questionnaire, audience, TODAY);
        let (mut input, mut said) = (self.lines.as_bytes(), Vec::new());
        let outcome =
            plain::run(&mut typed, &mut input, &mut said, &Site::default()).expect("nothing goes wrong");
        let said = String::from_utf8(said).expect("what is said is text");
        let report = |interview: &Interview| Report::of_interview(interview, &Site::default());
        let [by_lines, by_keys, by_itself] =
            [report(&typed), report(&self.person.app.interview), report(&self.model)];
        let json = |report: &Report| Format::Json.write(report);
        assert_eq!(input, b"", "line by line it ended sooner:\n{said}");
        assert_eq!(typed.stage(), self.model.stage(), "{}", self.first_difference());
        assert_eq!(
            typed.sheet(),
            self.person.app.interview.sheet(),
            "also what is set aside; {}",
            self.first_difference()
        );
        assert_eq!(by_lines, by_keys);
        assert_eq!(json(&by_lines), json(&by_keys));
        assert_eq!(by_lines, by_itself);
        assert!(said.contains(&format!("\nResult: {}", by_lines.headline)), "{said}");
        assert_eq!(outcome == plain::Outcome::Finished, self.finished(), "{said}");
        assert_eq!(said.contains("\nNot finished. "), !self.finished(), "{said}");
        assert!(by_lines.finished || !self.finished(), "finished, with questions open");
        self.judged_again(&by_lines);
        by_lines
    }

    /// Did the check end as finished on the full screen? That is exit status 0.
    pub fn finished(&self) -> bool {
        match self.effect {
            Effect::Leave(leaving) => leaving == Leaving::Finished,
            // The input has ended, as if the terminal had gone: what was shown counts.
            _ => self.model.is_finished() && *self.model.stage() == Stage::Summary,
        }
    }

    /// The answers in a report give the same level once more, with everything that does not count left out.
    fn judged_again(&self, report: &Report) {
        let json: Value = serde_json::from_str(&Format::Json.write(report)).expect("JSON");
        let questionnaire = self.model.questionnaire();
        let sheet = SheetReader::new(questionnaire).read(&json["sheet"].to_string()).expect("a sheet");
        let again = triage::assess(&Facts::of(questionnaire, self.model.audience(), &sheet));
        let first = self.model.assessment();
        assert_eq!(
            (again.level, again.certain, again.possible, again.complete, again.rules),
            (first.level, first.certain, first.possible, first.complete, first.rules)
        );
    }
}

/// What is typed after a number where it could be meant in several units.
fn its_unit(bounds: &NumberBounds) -> String {
    answers::units(bounds).first().map_or(String::new(), |unit| format!(" {unit}"))
}
