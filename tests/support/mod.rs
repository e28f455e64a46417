//! A person at the full-screen program, without a terminal: keys in, screen out.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use redflag::answers::Sheet;
use redflag::interview::Stage;
use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::{Audience, Control, Domain, Languages, Questionnaire, Translation, yaml};
use redflag::report::Excerpt;
use redflag::save::SaveProblem;
use redflag::site::Site;
use redflag::tui::app::{App, Effect};
use redflag::tui::draw::{self, Drawn, Look, Tap};
use redflag::tui::keys::{self, Mode};
use redflag::tui::theme;

pub static BACK_PAIN: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../questionnaires/back-pain.yaml");
    yaml::load("back-pain.yaml", text).expect("back-pain.yaml loads").questionnaire
});

/// A man of 40 with two weeks of low back pain and nothing else.
pub const CALM: &str =
    "{'emergency_now': ['none'], 'saddle_signs': ['none'], 'limb_signs': ['none'], 'age': 40,
    'sex': 'male', 'cancer_history': 'no', 'smoking': 'never', 'sites': ['low_back'],
    'duration': 'under_2_weeks', 'onset': 'gradual', 'cannot_stand': 'no', 'severity': 3,
    'trajectory': 'same', 'constant': 'no', 'rest_relief': 'eases', 'night_pain': 'none',
    'pain_features': ['none'], 'hip_bend': 'no', 'treatment': 'not_tried', 'fever': 'no',
    'weight_loss': 'no', 'systemic': ['none'], 'infection_risk': ['none'], 'bone_health': ['none'],
    'warning_today': ['none'], 'clues_general': ['none'], 'clues_chest': ['none'],
    'clues_digestive': ['none'], 'clues_urine': ['none'], 'clues_men': ['none'], 'patterns': ['none'],
    'distress': 'no'}";

/// The back pain check in Spanish.
pub static DOLOR_DE_ESPALDA: LazyLock<Questionnaire> =
    LazyLock::new(|| back_pain_in_spanish().of(&BACK_PAIN));

fn back_pain_in_spanish() -> Translation {
    let text = include_bytes!("../../questionnaires/back-pain.es.yaml");
    translation(&BACK_PAIN, include_bytes!("../../questionnaires/back-pain.yaml"), text)
}

fn translation(original: &Questionnaire, yaml: &[u8], text: &[u8]) -> Translation {
    let original = yaml::Original { questionnaire: original, file: "original.yaml", text: yaml };
    let loaded = yaml::load_translation("translation.es.yaml", "es", text, &original);
    loaded.unwrap_or_else(|mistakes| panic!("{}", said(&mistakes))).translation
}

fn said(mistakes: &[Diagnostic]) -> String {
    mistakes.iter().map(|mistake| mistake.render(false)).collect()
}
/// What a person can choose among.
pub static LANGUAGES: LazyLock<Languages> =
    LazyLock::new(|| Languages::of(BACK_PAIN.clone(), vec![back_pain_in_spanish()]));

/// Every kind of question once, in a few pages.
pub static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("small.yaml loads").questionnaire
});

/// That one in English and in Spanish.
pub static SMALL_IN_BOTH: LazyLock<Languages> = LazyLock::new(|| {
    let text = include_bytes!("../fixtures/small-in-spanish.yaml");
    let spanish = translation(&SMALL, include_bytes!("../fixtures/small.yaml"), text);
    Languages::of(SMALL.clone(), vec![spanish])
});

pub fn small_in_spanish() -> &'static Questionnaire {
    SMALL_IN_BOTH.find("es").and_then(Result::ok).expect("there is a translation")
}

/// A questionnaire that asks only what is given: questions in the notation of the files, one a line.
pub fn asking(questions: &str) -> Questionnaire {
    const END: &str = "{ id: end, type: yes_no, ask: Is that all? }";
    let text = include_str!("../fixtures/frame.yaml");
    let lines: String = questions.trim().lines().map(|line| format!("      - {}\n", line.trim())).collect();
    let loaded = yaml::load("frame.yaml", format!("{text}{lines}      - {END}\n").as_bytes());
    loaded.unwrap_or_else(|mistakes| panic!("{}", said(&mistakes))).questionnaire
}

/// How often to try, where more is better: the number in this environment variable, or the usual one.
pub fn heavier(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |number| number.parse().expect(variable))
}

/// The usual window.
pub const USUAL: (u16, u16) = (80, 24);

pub struct Person<'q> {
    pub app: App<'q>,
    terminal: Terminal<TestBackend>,
    pub now: Duration,
    pub look: Look,
    /// What the last frame showed.
    pub drawn: Drawn,
    /// Every event so far.
    pub strokes: Vec<Stroke>,
}

/// An event, and what there was before it.
#[derive(Clone)]
pub struct Stroke {
    pub event: Event,
    pub mode: Mode,
    pub before: (Stage, Sheet),
}

impl<'q> Person<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        (width, height): (u16, u16),
    ) -> Person<'q> {
        Person::on(jiff::civil::date(2026, 11, 21), questionnaire, audience, (width, height))
    }

    /// Somebody who does the check on this day.
    pub fn on(
        today: jiff::civil::Date,
        questionnaire: &'q Questionnaire,
        audience: Audience,
        (width, height): (u16, u16),
    ) -> Person<'q> {
        let app = App::new(questionnaire, audience, Site::default(), today);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let look = Look { theme: theme::Look::Mono.theme(), ascii: false };
        let (now, drawn, strokes) = (Duration::from_secs(1), Drawn::default(), Vec::new());
        let mut person = Person { app, terminal, now, look, drawn, strokes };
        person.draw();
        person
    }

    pub fn patient(size: (u16, u16)) -> Person<'static> {
        Person::new(&BACK_PAIN, Audience::Patient, size).offered(&LANGUAGES)
    }

    /// Somebody who answers the small questionnaire.
    pub fn with_small(size: (u16, u16)) -> Person<'static> {
        Person::new(&SMALL, Audience::Patient, size).offered(&SMALL_IN_BOTH)
    }

    /// Somebody who can choose among these languages.
    pub fn offered(mut self, languages: &'q Languages) -> Person<'q> {
        self.app.interview.offer(languages);
        self.draw();
        self
    }

    /// Goes on to this question. On the way the keys `given` for a question answer it; without any, the answer is
    /// one that raises no question and no alarm.
    #[track_caller]
    pub fn reach(&mut self, id: &str, given: &[(&str, &str)]) {
        while self.question() != id {
            self.step(given);
        }
    }

    /// Answers everything that is asked, and sees the summary.
    #[track_caller]
    pub fn reach_summary(&mut self, given: &[(&str, &str)]) {
        while !matches!(self.app.interview.stage(), Stage::Summary) {
            self.step(given);
        }
    }

    /// Answers one question, as [`Person::reach`] does.
    #[track_caller]
    pub fn step(&mut self, given: &[(&str, &str)]) {
        let before = self.screen();
        let keys = match self.app.question() {
            None if self.app.welcome => "Enter",
            None if self.app.mode() == redflag::tui::keys::Mode::Offer => "n",
            None => panic!("no question is asked here:\n{before}"),
            Some((_, question)) => match given.iter().find(|(id, _)| *id == question.id) {
                Some((_, keys)) => keys,
                None => match question.domain {
                    _ if question.control == Control::Figure || question.scale().is_some() => "3 Enter",
                    Domain::One { .. } if question.is_yes_no() => "n Enter",
                    Domain::One { .. } => "1 Enter",
                    Domain::Several if question.exclusive().is_empty() => "1 Enter",
                    Domain::Several => "n Enter",
                    Domain::Number(_) if !question.optional => "type:40 Enter",
                    Domain::Number(_) | Domain::Text | Domain::Nothing => "Enter",
                },
            },
        };
        self.press(keys);
        assert_ne!(self.screen(), before, "{keys} goes on");
    }

    /// The id of the question on the screen, or nothing.
    pub fn question(&self) -> &str {
        self.app.question().map_or("", |(index, _)| &self.app.questionnaire().questions[index].id)
    }

    /// Presses keys half a second apart: `Enter`, `Down`, `ctrl-c`, single characters, `type:64`.
    pub fn press(&mut self, keys: &str) -> Effect {
        let mut effect = Effect::None;
        for key in keys.split_whitespace() {
            self.wait(Duration::from_millis(500));
            effect = match key.strip_prefix("type:") {
                Some(text) => {
                    text.chars().for_each(|c| {
                        drop(self.event(&press(KeyCode::Char(if c == '_' { ' ' } else { c }))))
                    });
                    Effect::None
                }
                None => self.event(&named(key)),
            };
        }
        // Until it is clear that the last key was pressed twice and not held down.
        match self.app.wakes_at() {
            Some(at) => self.wait(at - self.now),
            None => effect,
        }
    }

    /// One event, right now.
    pub fn event(&mut self, event: &Event) -> Effect {
        self.strokes.push(Stroke { event: event.clone(), mode: self.app.mode(), before: self.state() });
        let effect = match keys::action(self.app.mode(), self.app.policy, event) {
            Some(action) => self.app.update(action, self.now),
            None => {
                if matches!(event, Event::Key(_) | Event::Paste(_)) {
                    self.app.ignored(self.now)
                } else {
                    Effect::None
                }
            }
        };
        self.draw();
        effect
    }

    /// Where the person is, and what is recorded.
    pub fn state(&self) -> (Stage, Sheet) {
        (self.app.interview.stage().clone(), self.app.interview.sheet().clone())
    }

    /// A tap on this cell.
    pub fn tap(&mut self, column: u16, row: u16) -> Effect {
        self.wait(Duration::from_millis(500));
        let kind = MouseEventKind::Up(MouseButton::Left);
        self.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    /// Somebody with fingers and no keys.
    pub fn with_fingers(mut self) -> Person<'q> {
        self.app.take_touch();
        self.draw();
        self
    }

    /// The middle of what does this, where the frame shows it.
    pub fn place_of(&self, tap: &Tap) -> Option<(u16, u16)> {
        let (area, _) = self.drawn.taps.iter().find(|(_, shown)| shown == tap)?;
        Some((area.x + area.width / 2, area.y + area.height / 2))
    }

    /// A finger comes down and up here, right now.
    pub fn finger_at(&mut self, (column, row): (u16, u16)) -> Effect {
        let event = |kind| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
        self.event(&event(MouseEventKind::Down(MouseButton::Left)));
        self.event(&event(MouseEventKind::Up(MouseButton::Left)))
    }

    /// A finger taps this, after a pause.
    #[track_caller]
    pub fn finger(&mut self, tap: &Tap) -> Effect {
        let Some(place) = self.place_of(tap) else { panic!("no {tap:?} on\n{}", self.screen()) };
        self.wait(Duration::from_millis(1300));
        self.finger_at(place)
    }

    /// One key, right now.
    pub fn key(&mut self, key: &str) -> Effect {
        self.event(&named(key))
    }

    pub fn paste(&mut self, text: &str) {
        self.wait(Duration::from_millis(500));
        self.event(&Event::Paste(text.to_owned()));
    }

    /// The shell tells what became of the file that was to be saved.
    pub fn saved(&mut self, result: Result<(), SaveProblem>) {
        self.app.saved(result.map(|()| "/home/person/back-pain.txt".into()));
        self.draw();
    }

    /// The shell tells whether the terminal was asked to copy this.
    pub fn copied(&mut self, excerpt: Excerpt, asked: bool) {
        self.app.copied(excerpt, asked);
        self.draw();
    }

    pub fn wait(&mut self, time: Duration) -> Effect {
        let end = self.now + time;
        let mut effect = Effect::None;
        if let Some(at) = self.app.wakes_at().filter(|at| *at <= end) {
            self.now = at;
            effect = self.app.tick(at);
            self.draw();
        }
        self.now = end;
        effect
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    pub fn draw(&mut self) {
        let mut drawn = None;
        self.terminal.draw(|frame| drawn = Some(draw::draw(&self.app, self.look, frame))).unwrap();
        self.drawn = drawn.unwrap();
        self.app.note(self.drawn.clone());
    }

    pub fn cursor(&mut self) -> (u16, u16) {
        let cursor = self.terminal.get_cursor_position().unwrap();
        (cursor.x, cursor.y)
    }

    /// The cell in this column and row.
    pub fn cell(&self, at: (u16, u16)) -> &Cell {
        &self.terminal.backend().buffer()[at]
    }

    pub fn terminal_cells(&self) -> impl Iterator<Item = &Cell> {
        self.terminal.backend().buffer().content.iter()
    }

    /// Is this on the screen, wherever its lines were broken?
    pub fn sees(&self, text: &str) -> bool {
        in_a_row(&self.screen()).contains(&in_a_row(text))
    }

    #[track_caller]
    pub fn must_see(&self, text: &str) {
        assert!(self.sees(text), "not seen: {text}\n{}", self.screen());
    }

    /// The screen as text, without blanks at the ends of lines.
    pub fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let rows = buffer.content.chunks(usize::from(buffer.area.width));
        let lines = rows.map(|row| {
            let mut line = String::new();
            let mut skip = 0;
            for cell in row {
                if skip == 0 {
                    line.push_str(cell.symbol());
                    skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1);
                }
                skip -= 1;
            }
            line.trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The screen with the cell of the cursor marked below, for snapshots.
    pub fn picture(&mut self) -> String {
        let cursor = self.terminal.get_cursor_position().unwrap();
        format!("{}\ncursor: column {}, row {}", self.screen(), cursor.x, cursor.y)
    }

    /// The first line with words, without the blanks around them.
    pub fn header(&self) -> String {
        let screen = self.screen();
        screen.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
    }

    /// What stands in the line of the cursor.
    pub fn cursor_line(&mut self) -> String {
        let cursor = self.terminal.get_cursor_position().unwrap();
        self.screen().lines().nth(usize::from(cursor.y)).unwrap_or_default().to_owned()
    }
}

/// The words of a text with one blank between them, without the frames of dialogs.
pub fn in_a_row(text: &str) -> String {
    text.replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn press(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn named(key: &str) -> Event {
    let code = match key {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Space" => KeyCode::Char(' '),
        "Tab" => KeyCode::Tab,
        "Backspace" => KeyCode::Backspace,
        "F1" => KeyCode::F(1),
        "F2" => KeyCode::F(2),
        "F3" => KeyCode::F(3),
        "F4" => KeyCode::F(4),
        "F5" => KeyCode::F(5),
        "F6" => KeyCode::F(6),
        "F7" => KeyCode::F(7),
        "F8" => KeyCode::F(8),
        "BackTab" => KeyCode::BackTab,
        "Delete" => KeyCode::Delete,
        key if key.starts_with("ctrl-") => {
            let letter = key.chars().next_back().expect("a letter");
            return Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
        key => {
            let mut chars = key.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => KeyCode::Char(c),
                _ => panic!("no key is called {key}"),
            }
        }
    };
    press(code)
}
