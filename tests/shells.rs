//! Whoever answers the same comes to the same, line by line and on the full screen: every script in
//! `tests/scripts`, every case of `tests/vignettes.json` for both audiences, and ways drawn at random.

mod script;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use crossterm::event::KeyCode;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, number_text};
use redflag::interview::rows::{Row, digit, rows};
use redflag::interview::{Interview, Stage};
use redflag::plain;
use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::{Audience, Kind, OptionSet, Question, QuestionIndex, Questionnaire, yaml};
use redflag::report::{Format, Report, clean_line};
use redflag::site::Site;
use redflag::triage;
use redflag::tui::app::{Effect, Leaving};
use redflag::tui::draft::Draft;
use redflag::tui::keys::Mode;
use script::{Script, Step, scripts};
use serde_json::Value;
use support::{BACK_PAIN, Person, SMALL, USUAL, in_a_row, press};

static EXAMPLE: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../docs/example.yaml");
    yaml::load("example.yaml", text).expect("example.yaml loads").questionnaire
});

static UNSURE: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("fixtures/unsure.yaml");
    let loaded = yaml::load("unsure.yaml", text);
    let told = |mistakes: Vec<Diagnostic>| {
        panic!("{}", mistakes.iter().map(|m| m.render(false)).collect::<String>())
    };
    loaded.unwrap_or_else(told).questionnaire
});

static VIGNETTES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("vignettes.json")).expect("JSON"));

/// As in `support`.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// A questionnaire of a script, and its file.
fn questionnaire(name: &str) -> (&'static Questionnaire, &'static str) {
    match name {
        "back-pain" => (&BACK_PAIN, "questionnaires/back-pain.yaml"),
        "small" => (&SMALL, "tests/fixtures/small.yaml"),
        "unsure" => (&UNSURE, "tests/fixtures/unsure.yaml"),
        "example" => (&EXAMPLE, "docs/example.yaml"),
        name => panic!("no questionnaire is called {name}"),
    }
}

/// The same steps three ways: on the interview itself, as typed lines, and as keys of the full screen.
struct Ways<'q> {
    model: Interview<'q>,
    lines: String,
    person: Person<'q>,
    /// What the last key on the full screen came to.
    effect: Effect,
    /// Counts the steps. What can be typed or pressed in two ways alternates.
    turn: usize,
    /// After each step: the step, how many lines were typed until then, and the stage.
    past: Vec<(String, usize, Stage)>,
}

impl<'q> Ways<'q> {
    fn new(questionnaire: &'q Questionnaire, audience: Audience) -> Ways<'q> {
        let mut person = Person::new(questionnaire, audience, USUAL);
        person.press("Enter");
        let model = Interview::new(questionnaire, audience);
        Ways { model, lines: String::new(), person, effect: Effect::None, turn: 0, past: Vec::new() }
    }

    /// Goes one step; all but `As` are one in each of the three ways.
    fn step(&mut self, step: &Step) {
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
                let keys = match question.kind {
                    Kind::ManyOf | Kind::BodyMap => {
                        choice_keys(question, &Answer::Options(OptionSet::EMPTY), draft, self.turn)
                    }
                    Kind::Number(_) | Kind::Text => {
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
            Step::Result => {
                self.model.finish();
                self.line("show");
                self.keys("a");
            }
            Step::Back => {
                self.model.back();
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
                self.keys("q");
            }
            Step::Leave if *self.model.stage() == Stage::Summary => {
                self.line("quit");
                self.keys("q");
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
        self.person.app.mode() == Mode::Text
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
        let answer = match &question.kind {
            Kind::Note => panic!("{id} is a page to read"),
            Kind::Text if value != "unsure" => Answer::Text(clean_line(value)),
            Kind::Number(_) | Kind::Scale { .. } if value != "unsure" => Answer::Number(number()),
            _ => options(question, value),
        };
        let line = match (&question.kind, &answer) {
            (Kind::Number(_), _) if self.turn.is_multiple_of(2) => value.replace('.', ","),
            (_, Answer::Unsure { ticked }) if ticked.is_empty() => "I'm not sure.".to_owned(),
            (Kind::Number(_) | Kind::Scale { .. } | Kind::Text, _) => value.to_owned(),
            _ => choice_line(question, &answer, self.model.audience(), self.turn),
        };
        self.line(&line);
        self.press_answer(question, &answer);
        self.model.answer(Some(answer)).unwrap_or_else(|refusal| panic!("{id}: {value}: {refusal}"));
    }

    /// Gives an answer on the full screen, whatever stands there.
    fn press_answer(&mut self, question: &Question, answer: &Answer) {
        match (answer, &question.kind) {
            // A number that stands there counts for more.
            (Answer::Unsure { .. }, Kind::Number(_)) => {
                self.type_anew("");
                self.keys("u");
            }
            (Answer::Unsure { .. }, Kind::Scale { .. }) => self.keys("u"),
            (Answer::Unsure { .. }, Kind::Text) => self.type_anew("not sure"),
            (Answer::Number(number), Kind::Scale { min, .. }) => {
                let digits: Vec<_> = number_text(*number).chars().map(String::from).collect();
                let steps = (number - f64::from(*min)) as usize;
                let by_arrows = format!("Home {}", "Right ".repeat(steps));
                let by_digits = format!("Home {}", digits.join(" "));
                // There is no key for a minus.
                let digits_do = *number >= 0.0 && self.turn.is_multiple_of(2);
                self.keys(if digits_do { &by_digits } else { &by_arrows });
            }
            (Answer::Number(number), _) => self.type_anew(&number_text(*number)),
            (Answer::Text(text), _) => self.type_anew(text),
            _ => self.keys(&choice_keys(question, answer, &self.person.app.draft, self.turn)),
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
        match question.kind {
            Kind::Number(_) | Kind::Text => {
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
        let is_scale = matches!(question.kind, Kind::Scale { .. });
        let told = self.person.app.notice.is_some() || is_scale && !typed.is_empty();
        assert!(told, "nothing is said about {id}: {typed}\n{}", self.person.screen());
    }

    fn open(&mut self, id: &str) {
        let question = self.model.questionnaire().question_index(id).expect("a question");
        let place = self.model.asked().iter().position(|&asked| asked == question);
        let place = place.unwrap_or_else(|| panic!("{id} has not been answered"));
        let number = self.model.progress(question).position;
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
            let may_be_left = question.optional || question.kind == Kind::Note;
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
            let mut interview = Interview::new(self.model.questionnaire(), self.model.audience());
            let (mut input, mut said) = (&self.lines.as_bytes()[..*typed], Vec::new());
            let _ = plain::run(&mut interview, &mut input, &mut said, &Site::default(), TODAY);
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
    fn agree(&self) -> Report {
        let (questionnaire, audience) = (self.model.questionnaire(), self.model.audience());
        let mut typed = Interview::new(questionnaire, audience);
        let (mut input, mut said) = (self.lines.as_bytes(), Vec::new());
        let outcome = plain::run(&mut typed, &mut input, &mut said, &Site::default(), TODAY)
            .expect("nothing goes wrong");
        let said = String::from_utf8(said).expect("what is said is text");
        let report = |interview: &Interview| Report::of(interview, TODAY, &Site::default());
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
    fn finished(&self) -> bool {
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

fn options(question: &Question, value: &str) -> Answer {
    let ids: Vec<_> = value.split(',').map(str::trim).collect();
    let option =
        |id: &str| question.option_index(id).unwrap_or_else(|| panic!("{} has no option {id}", question.id));
    let ticked: OptionSet = ids.iter().filter(|id| **id != "unsure").map(|id| option(id)).collect();
    if ids.contains(&"unsure") { Answer::Unsure { ticked } } else { Answer::Options(ticked) }
}

fn wanted(answer: &Answer, row: Row) -> bool {
    match row {
        Row::Option(option) => answer.ticked().contains(option),
        Row::Unsure => answer.is_unsure(),
    }
}

/// `answer` as a line: by numbers and by labels in turn. A label with a comma is understood only alone.
fn choice_line(question: &Question, answer: &Answer, audience: Audience, turn: usize) -> String {
    let rows = rows(question);
    let alone = |row: &Row| matches!(row, Row::Option(option) if question.options[*option].exclusive);
    let zero = rows.iter().position(alone).unwrap_or(rows.len());
    let mut line = Vec::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| wanted(answer, **row)) {
        let label = match row {
            Row::Option(option) => question.options[*option].label.to(audience),
            Row::Unsure => "not sure",
        };
        let number = if place == zero { 0 } else { place + usize::from(place < zero) };
        let by_label = turn % 2 == 1 && (answer.ticked().len() == 1 || !label.contains([',', ';']));
        line.push(if by_label { label.to_owned() } else { number.to_string() });
    }
    line.join("; ")
}

/// `answer` in keys, from where `draft` stands on the screen: by numbers and by arrows in turn.
fn choice_keys(question: &Question, answer: &Answer, draft: &Draft, turn: usize) -> String {
    let several = matches!(question.kind, Kind::ManyOf | Kind::BodyMap);
    let (mut off, mut on) = (String::new(), String::new());
    for (place, row) in rows(question).into_iter().enumerate() {
        let key = match digit(question, place).filter(|_| turn.is_multiple_of(2)) {
            Some(digit) => format!("{digit} "),
            None if row == Row::Unsure && turn.is_multiple_of(3) => "u ".to_owned(),
            None => format!("Home {}{}", "Down ".repeat(place), if several { "Space " } else { "" }),
        };
        match (several && draft.has(row), wanted(answer, row)) {
            (true, false) => off.push_str(&key),
            (false, true) => on.push_str(&key),
            _ => {}
        }
    }
    off + &on
}

fn play(script: &Script) -> Ways<'static> {
    let mut ways = Ways::new(questionnaire(&script.questionnaire).0, script.audience);
    script.steps.iter().for_each(|step| ways.step(step));
    ways
}

/// Everything that a script expects of its end.
fn as_expected(script: &Script, ways: &Ways, report: &Report) {
    let level = report.level.as_ref().map_or("none", |level| &level.id);
    assert_eq!(level, script.level);
    assert_eq!(ways.finished(), script.finished, "finished");
    let questions = &ways.model.questionnaire().questions;
    let set_aside: BTreeSet<_> =
        ways.model.assessment().set_aside.iter().map(|&question| questions[question].id.clone()).collect();
    assert_eq!(set_aside, script.set_aside.iter().cloned().collect(), "what is set aside");
    assert_eq!(ways.model.lowered().len(), script.lowered, "lowered");
    let text = in_a_row(&Format::Text.write(report));
    for says in &script.says {
        assert!(text.contains(says), "the report doesn't say: {says}");
    }
}

#[test]
fn every_script_ends_the_same_in_lines_and_on_the_full_screen() {
    let mut wrong = Vec::new();
    for script in scripts() {
        let played = catch_unwind(|| {
            let ways = play(&script);
            as_expected(&script, &ways, &ways.agree());
        });
        wrong.extend(played.err().map(|_| script.name.clone()));
    }
    assert!(wrong.is_empty(), "these go wrong, as told above: {wrong:?}");
}

#[test]
fn the_scripts_cover_every_type_of_question_and_every_step() {
    let scripts = scripts();
    assert!(scripts.len() >= 25, "only {} scripts", scripts.len());
    for audience in [Audience::Patient, Audience::Clinician] {
        let here = scripts.iter().filter(|s| s.audience == audience && s.questionnaire == "back-pain");
        assert!(here.count() >= 4, "{audience:?}");
    }
    let mut kinds = BTreeSet::new();
    let mut steps = BTreeSet::new();
    for script in &scripts {
        let questionnaire = questionnaire(&script.questionnaire).0;
        for step in &script.steps {
            let written = step.to_string();
            steps.insert(written.split([' ', ':']).next().unwrap_or_default().to_owned());
            let (Step::Answer(id, value) | Step::Wrong(id, value)) = step else { continue };
            let question = questionnaire.question_index(id).expect("a question");
            let kind = format!("{:?}", questionnaire.questions[question].kind);
            let kind = kind.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
            let how = match step {
                Step::Wrong(..) => "wrong",
                _ if value.contains("unsure") => "unsure",
                _ => "answered",
            };
            kinds.insert(format!("{kind} {how}"));
        }
    }
    for kind in ["OneOf", "ManyOf", "YesNo", "Number", "Scale", "BodyMap", "Text"] {
        assert!(kinds.contains(&format!("{kind} answered")), "{kind}");
        // Every text is taken that is not far too long.
        assert!(kinds.contains(&format!("{kind} wrong")) || kind == "Text", "{kind}");
    }
    for kind in ["OneOf", "ManyOf", "YesNo"] {
        assert!(kinds.contains(&format!("{kind} unsure")), "{kind}");
    }
    for step in [
        "wrong", "leave", "keep", "edit", "as", "yes,", "no,", "continue", "result", "back", "review", "why",
        "help", "stay", "finish", "end",
    ] {
        assert!(steps.contains(step), "no script has a step \"{step}\"");
    }
}

/// Dates and the moment of writing are those of the day.
fn without_dates(json: &mut Value) {
    match json {
        Value::Object(object) => {
            object.retain(|key, _| !matches!(key.as_str(), "date" | "written"));
            object.values_mut().for_each(without_dates);
        }
        Value::Array(values) => values.iter_mut().for_each(without_dates),
        _ => {}
    }
}

#[test]
fn the_program_itself_comes_to_the_same_and_tells_it_by_its_status() {
    let folder = tempfile::tempdir().expect("a folder");
    for script in scripts() {
        let ways = play(&script);
        let report = folder.path().join(format!("{}.json", script.name));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(questionnaire(&script.questionnaire).1);
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        let audience = if script.audience == Audience::Patient { "patient" } else { "clinician" };
        command.arg(file).args(["--plain", "--audience", audience, "--report"]).arg(&report);
        // No site file of this machine has a say here.
        command.env("XDG_CONFIG_HOME", folder.path()).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        child.stdin.take().expect("an input").write_all(ways.lines.as_bytes()).expect("it listens");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(i32::from(!script.finished)), "{}", script.name);
        let written = std::fs::read_to_string(&report).expect("a report");
        let expected = Format::Json.write(&Report::of(&ways.model, TODAY, &Site::default()));
        let [mut written, mut expected] =
            [written, expected].map(|json| serde_json::from_str::<Value>(&json).expect("JSON"));
        without_dates(&mut written);
        without_dates(&mut expected);
        assert_eq!(written, expected, "{}", script.name);
    }
}

#[test]
fn the_vignettes_end_the_same_in_lines_and_on_the_full_screen() {
    assert_eq!(VIGNETTES.len(), 24);
    for (place, vignette) in VIGNETTES.iter().enumerate() {
        let audience = [Audience::Patient, Audience::Clinician][place % 2];
        let case = vignette["id"].as_str().expect("an id");
        let mut ways = Ways::new(&BACK_PAIN, audience);
        while *ways.model.stage() != Stage::Summary {
            let step = match ways.model.stage() {
                Stage::Alert { .. } => Step::Continue,
                _ => Step::As(case.to_owned(), None),
            };
            ways.step(&step);
        }
        ways.step(&Step::Finish);
        assert_eq!(ways.agree().level.expect("a result").id, vignette["expected"], "{case}");
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

/// Something that can be done where the interview is.
fn any_step(interview: &Interview, dice: &mut Dice) -> Step {
    let questions = &interview.questionnaire().questions;
    let asked = interview.asked();
    let id = |question: QuestionIndex| questions[question].id.clone();
    let any_edit = |dice: &mut Dice| match asked.len() {
        0 => Step::Help,
        many => Step::Edit(id(asked[dice.roll(many)]), None),
    };
    match *interview.stage() {
        Stage::Asking(index) => match dice.roll(20) {
            0..2 => Step::Back,
            2 => Step::Why,
            3 => Step::Stay,
            4 => any_edit(dice),
            5 => wrong_answer(&questions[index]),
            6 if interview.sheet().get(index).is_some() => Step::Keep(id(index)),
            _ => any_answer(&questions[index], dice),
        },
        Stage::SettingAside { .. } | Stage::Lowering { .. } => match dice.roll(3) {
            0 => Step::Decline,
            1 => Step::Back,
            _ => Step::Confirm,
        },
        Stage::Alert { .. } => match dice.roll(6) {
            0 => Step::Back,
            1 => Step::Result,
            _ => Step::Continue,
        },
        Stage::Review => match dice.roll(3) {
            0 => Step::Back,
            _ => any_edit(dice),
        },
        Stage::Summary => match dice.roll(4) {
            0 => Step::Back,
            1 if !interview.is_finished() => Step::Continue,
            _ => any_edit(dice),
        },
    }
}

/// Nothing at all, where an answer is needed; where none is, one that no question takes.
fn wrong_answer(question: &Question) -> Step {
    let id = question.id.clone();
    match question.kind {
        Kind::Number(_) if question.optional => Step::Wrong(id, "1e9".to_owned()),
        Kind::Note | Kind::Text => Step::Help,
        _ if question.optional => Step::Help,
        // On the full screen an answer given before would be taken again.
        Kind::Number(_) => Step::Wrong(id, "-7".to_owned()),
        _ => Step::Why,
    }
}

fn any_answer(question: &Question, dice: &mut Dice) -> Step {
    let id = question.id.clone();
    if question.kind == Kind::Note || question.optional && dice.roll(2) == 0 {
        return Step::LeaveOut(id);
    }
    if question.unsure && dice.roll(6) == 0 {
        return Step::Answer(id, "unsure".to_owned());
    }
    let value = match &question.kind {
        Kind::Number(bounds) => {
            let part = dice.roll(101) as f64 / 100.0;
            let step = 10f64.powi(i32::from(bounds.decimals));
            number_text(((bounds.min + (bounds.max - bounds.min) * part) * step).round() / step)
        }
        Kind::Scale { min, max, .. } => (min + dice.roll((max - min + 1) as usize) as i32).to_string(),
        Kind::Text => ["It hurts", "背中が  痛い", "caf\u{e9} x, 1; 2"][dice.roll(3)].to_owned(),
        Kind::ManyOf | Kind::BodyMap => {
            let alone = question.exclusive();
            if !alone.is_empty() && dice.roll(2) == 0 {
                let first = alone.iter().next().unwrap_or_default();
                return Step::Answer(id, question.options[first].id.clone());
            }
            let others: Vec<_> = (0..question.options.len()).filter(|&o| !alone.contains(o)).collect();
            let many = 1 + dice.roll(3.min(others.len()));
            let start = dice.roll(others.len());
            let ids: BTreeSet<_> = (0..many)
                .map(|n| question.options[others[(start + n * n) % others.len()]].id.as_str())
                .collect();
            ids.into_iter().collect::<Vec<_>>().join(", ")
        }
        _ => question.options[dice.roll(question.options.len())].id.clone(),
    };
    Step::Answer(id, value)
}

/// Plays a way of so many steps and compares. When that fails, the way is printed as a script.
fn wander(name: &str, audience: Audience, seed: u64, steps: usize) {
    let questionnaire = questionnaire(name).0;
    let (mut dice, mut ways) = (Dice(seed), Ways::new(questionnaire, audience));
    let mut written = String::new();
    let played = catch_unwind(AssertUnwindSafe(|| {
        for _ in 0..steps {
            let step = any_step(&ways.model, &mut dice);
            let _ = writeln!(written, "{step}");
            ways.step(&step);
        }
        ways.step(&Step::End);
        ways.agree();
    }));
    if let Err(panic) = played {
        eprintln!("seed {seed:#x}, {name}, {audience:?}:\n{written}end");
        resume_unwind(panic);
    }
}

#[test]
fn ways_drawn_at_random_end_the_same_in_lines_and_on_the_full_screen() {
    let ways: u64 = support::heavier("REDFLAG_WAYS", 20);
    for number in 0..ways {
        let audience = if number % 2 == 0 { Audience::Patient } else { Audience::Clinician };
        let name = ["small", "unsure", "small", "back-pain", "example"][(number / 2) as usize % 5];
        wander(name, audience, 0x9E37_79B9_7F4A_7C15 ^ (number << 32 | number), 60);
    }
}
