//! A person at the full-screen program, without a terminal: keys in, screen out.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::site::Site;
use redflag::tui::app::{App, Effect};
use redflag::tui::draw::{self, Look};
use redflag::tui::keys;
use redflag::tui::theme;

pub static BACK_PAIN: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../questionnaires/back-pain.yaml");
    yaml::load("back-pain.yaml", text).expect("back-pain.yaml loads").questionnaire
});

pub struct Person<'q> {
    pub app: App<'q>,
    terminal: Terminal<TestBackend>,
    now: Duration,
    pub look: Look,
}

impl<'q> Person<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        (width, height): (u16, u16),
    ) -> Person<'q> {
        let today = jiff::civil::date(2026, 11, 21);
        let app = App::new(questionnaire, audience, Site::default(), today);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let look = Look { theme: theme::Look::Mono.theme(), ascii: false };
        let mut person = Person { app, terminal, now: Duration::from_secs(1), look };
        person.draw();
        person
    }

    pub fn patient(size: (u16, u16)) -> Person<'static> {
        Person::new(&BACK_PAIN, Audience::Patient, size)
    }

    /// Presses keys half a second apart: `Enter`, `Down`, `ctrl-c`, single characters, `type:64`.
    pub fn press(&mut self, keys: &str) -> Effect {
        let mut effect = Effect::None;
        for key in keys.split_whitespace() {
            self.now += Duration::from_millis(500);
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
        effect
    }

    /// One event, right now.
    pub fn event(&mut self, event: &Event) -> Effect {
        let effect = match keys::action(self.app.mode(), event) {
            Some(action) => self.app.update(action, self.now),
            None => Effect::None,
        };
        self.draw();
        effect
    }

    pub fn wait(&mut self, time: Duration) {
        self.now += time;
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    fn draw(&mut self) {
        let mut drawn = None;
        self.terminal.draw(|frame| drawn = Some(draw::draw(&self.app, self.look, frame))).unwrap();
        self.app.note(drawn.unwrap());
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

    /// What stands in the line of the cursor.
    pub fn cursor_line(&mut self) -> String {
        let cursor = self.terminal.get_cursor_position().unwrap();
        self.screen().lines().nth(usize::from(cursor.y)).unwrap_or_default().to_owned()
    }
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
        "ctrl-c" => return Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)),
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
