//! Somebody who can't see the screen and hears the line of the cursor. At every key that line must lie on what is
//! focused and make sense alone: its state and its words, and no bare symbol.
//!
//! `tests/spoken/` holds what is heard in a few interviews, to be read by people. After a change of screens,
//! `UPDATE=1 cargo test --test screen_reader` writes it anew.

mod pty;
mod support;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use pty::{Pty, USUAL};
use redflag::interview::Stage;
use redflag::interview::rows::{Row, rows};
use redflag::questionnaire::{Audience, Domain, Questionnaire};
use redflag::tui::app::Effect;
use redflag::tui::keys::Mode;
use serde_json::Value;
use support::{BACK_PAIN, LANGUAGES, Person, SMALL, in_a_row};

static VIGNETTES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("vignettes.json")).expect("JSON"));

/// Somebody at the program in memory and, key by key the same, at the real one.
struct Listener<'q> {
    person: Person<'q>,
    pty: Option<Pty>,
    /// What was pressed and heard.
    log: String,
    shown: Vec<String>,
    /// The key pressed last.
    last: String,
}

impl<'q> Listener<'q> {
    fn new(questionnaire: &'q Questionnaire, audience: Audience, size: (u16, u16)) -> Listener<'q> {
        let person = Person::new(questionnaire, audience, size);
        Listener { person, pty: None, log: String::new(), shown: Vec::new(), last: String::new() }.begun()
    }

    /// At the real program too. `file` is where the questionnaire is read from.
    fn real(questionnaire: &'q Questionnaire, file: &str, audience: Audience) -> Listener<'q> {
        // The program looks at the clock when it starts.
        loop {
            let today = redflag::system::clock::now().date();
            let name = if audience == Audience::Patient { "patient" } else { "clinician" };
            let arguments = [file, "--audience", name];
            let pty = Pty::start(&arguments, &[("XDG_CONFIG_HOME", "/nonexistent")], USUAL);
            pty.until_started();
            if today == redflag::system::clock::now().date() {
                let person = Person::on(today, questionnaire, audience, USUAL);
                // What is built in offers its languages.
                let person = if file == "back-pain" { person.offered(&LANGUAGES) } else { person };
                return Listener {
                    person,
                    pty: Some(pty),
                    log: String::new(),
                    shown: Vec::new(),
                    last: String::new(),
                }
                .begun();
            }
        }
    }

    fn begun(mut self) -> Listener<'q> {
        // As the real program draws here.
        self.person.look.theme = redflag::tui::theme::Look::Dark.theme();
        self.person.draw();
        self.hear();
        self
    }

    /// Presses keys as [`Person::press`] names them, and listens after each.
    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let was = self.person.screen();
            if let Some(pty) = &mut self.pty {
                // No key must come too soon after another page.
                let moves = |key: &str| {
                    matches!(key, "Up" | "Down" | "Left" | "Right" | "Home" | "End" | "Space" | "Backspace")
                };
                if !(moves(key) && moves(&self.last)) {
                    pty.until_idle();
                }
                pty.send(bytes(key));
            }
            // The shell says that it has asked the terminal.
            if let Effect::Copy { excerpt, .. } = self.person.press(key) {
                self.person.copied(excerpt, true);
            }
            key.clone_into(&mut self.last);
            self.log
                .push_str(&format!("\n> {}\n", key.strip_prefix("type:").unwrap_or(key).replace('_', " ")));
            if self.person.screen() == was && !matches!(key, "Up" | "Left" | "Home" | "End") {
                self.log.push_str("  (nothing changes)\n");
            }
            self.hear();
        }
    }

    /// The real screen must show the same, and the line of the cursor must make sense.
    #[track_caller]
    fn hear(&mut self) {
        let (screen, (column, row)) = (self.person.screen(), self.person.cursor());
        if let Some(pty) = &self.pty {
            let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            let expected = trimmed(&screen);
            pty.until(&format!("the cursor at {column}, {row} of this screen:\n{expected}\n"), |screen| {
                let same_place = screen.cursor_position() == (row, column) && !screen.hide_cursor();
                same_place && trimmed(&screen.contents()).trim_end() == expected.trim_end()
            });
        }
        makes_sense(&mut self.person);
        let lines: Vec<String> = screen.lines().map(str::to_owned).collect();
        let new = lines.iter().enumerate().filter(|(at, line)| self.shown.get(*at) != Some(*line));
        for (at, line) in new {
            // Lines of strokes and shades have nothing to say, and the line of the cursor comes last.
            if at != usize::from(row) && line.contains(char::is_alphabetic) {
                self.log.push_str(&format!("  {}\n", spoken(line)));
            }
        }
        self.log.push_str(&format!("@ {}\n", spoken(&lines[usize::from(row)])));
        self.shown = lines;
    }

    /// Goes through all there is at a question, and answers it as a case does, by arrows and the blank key.
    fn answer(&mut self, given: &Value) {
        let (_, question) = self.person.app.question().expect("a question");
        let named = |id: &str| match id {
            "unsure" => Row::Unsure,
            id => Row::Option(question.option_index(id).expect("an option")),
        };
        let rows = rows(&question);
        let place = |id: &str| rows.iter().position(|row| *row == named(id)).expect("a line");
        let keys = match (&question.domain, given) {
            (_, Value::Null) => String::new(),
            (Domain::Number(_), number) if question.scale().is_none() => format!("type:{number} "),
            (Domain::Number(_), number) => {
                format!("Home {}", "Right ".repeat(number.as_f64().expect("one") as usize))
            }
            (_, Value::Array(ids)) => {
                let mut keys = String::new();
                let mut at = rows.len() - 1;
                keys.push_str(&"Down ".repeat(at));
                for id in ids {
                    let target = place(id.as_str().expect("an id"));
                    keys.push_str(&"Up ".repeat(at.saturating_sub(target)));
                    keys.push_str(&"Down ".repeat(target.saturating_sub(at)));
                    keys.push_str("Space ");
                    at = target;
                }
                keys
            }
            (_, id) => {
                let target = place(id.as_str().expect("an id"));
                format!("{}{}", "Down ".repeat(rows.len()), "Up ".repeat(rows.len() - 1 - target))
            }
        };
        self.press(&keys);
        self.press("Enter");
    }

    /// Answers everything as a case does; an alert is read to its end.
    fn play(&mut self, case: &str) {
        let vignette = VIGNETTES.iter().find(|vignette| vignette["id"] == case).expect("a case");
        self.press("Enter");
        loop {
            match self.person.app.interview.stage() {
                Stage::Alert { .. } => self.press("PageDown Home c"),
                Stage::OfferSettling => self.press("n"),
                Stage::Asking(_) => {
                    let (_, question) = self.person.app.question().expect("a question");
                    self.answer(&vignette["answers"][&question.id]);
                }
                _ => return,
            }
        }
    }

    /// Compares with what was agreed to be heard.
    fn as_agreed(&self, name: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spoken").join(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(&file, &self.log).expect("the folder can be written");
        }
        let agreed = fs::read_to_string(&file).unwrap_or_default();
        let differs = agreed.lines().zip(self.log.lines()).position(|(agreed, heard)| agreed != heard);
        let at = differs.unwrap_or_else(|| agreed.lines().count().min(self.log.lines().count()));
        assert!(agreed == self.log, "{name}, line {}: {:?}", at + 1, self.log.lines().nth(at));
    }
}

/// What a terminal sends for a key.
fn bytes(key: &str) -> String {
    let sent = match key {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PageUp" => "\x1b[5~",
        "PageDown" => "\x1b[6~",
        "Space" => " ",
        "Backspace" => "\x7f",
        "F1" => "\x1bOP",
        "F3" => "\x1bOR",
        "ctrl-c" => "\x03",
        key => return key.strip_prefix("type:").unwrap_or(key).replace('_', " "),
    };
    sent.to_owned()
}

/// A line as it is read out: without the strokes of frames and figures, and with one pause for each gap.
fn spoken(line: &str) -> String {
    let words = line.replace(['│', '░', '▒', '█', '▀', '▄', '▌', '━', '─'], " ");
    words.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// The line of the cursor must say what is focused and how it stands.
#[track_caller]
fn makes_sense(person: &mut Person) {
    let line = person.cursor_line();
    let (column, row) = person.cursor();
    // From the mark on: a figure may stand before it.
    let marked = line.rsplit_once('❯').map(|(_, marked)| in_a_row(marked));
    let begins = |words: &str| in_a_row(words).chars().take(16).collect::<String>();
    let app = &person.app;
    let mode = app.mode();
    let asked = app.question().map(|(_, question)| question);
    let audience = app.audience();
    let is_good = match (mode, asked) {
        (Mode::OneOf | Mode::ManyOf | Mode::BodyMap, Some(question)) => {
            let order = rows(&question);
            let focused = order[app.draft.focus.unwrap_or(0)];
            let label = match focused {
                Row::Option(option) => question.options[option].label.to(audience),
                Row::Unsure => "I'm not sure",
            };
            let mark = match (mode, app.draft.has(focused)) {
                (Mode::OneOf, true) => "(•)",
                (Mode::OneOf, false) => "( )",
                (_, true) => "[x]",
                (_, false) => "[ ]",
            };
            // Without a choice a lighter mark says where the cursor is.
            let begun = line.rsplit_once('›').map(|(_, marked)| in_a_row(marked));
            let said = marked.clone().or(begun.filter(|_| app.draft.focus.is_none()));
            said.is_some_and(|said| said.starts_with(mark) && said.contains(&begins(label)))
        }
        // The row by name, with its answers.
        (Mode::Grid, _) => marked.clone().is_some_and(|said| {
            said.starts_with(char::is_alphabetic) && (said.contains("( )") || said.contains("(•)"))
        }),
        (Mode::Scale, _) => {
            let chosen = app.draft.value.map_or("Nothing chosen yet".to_owned(), |v| format!("Chosen: {v}"));
            let unsure = app.draft.unsure.then(|| "Chosen: I'm not sure".to_owned());
            marked.clone().is_some_and(|said| said.starts_with(&unsure.unwrap_or(chosen)))
        }
        (Mode::Number | Mode::Text, _) => {
            let typed = app.draft.field.text();
            let said = if typed.is_empty() { "(nothing typed yet)" } else { typed };
            // A long text goes over several lines.
            marked.clone().is_some_and(|marked| marked.contains(&begins(said)))
                || typed.len() > 30 && line.contains(char::is_alphabetic)
        }
        (Mode::Review | Mode::SummaryList, _) => {
            marked.clone().is_some_and(|said| said.split_whitespace().count() > 2)
        }
        (Mode::Confirm | Mode::Leave, _) => marked.clone().is_some_and(|said| {
            said.starts_with(|c: char| c.is_ascii_digit()) && said.contains(char::is_alphabetic)
        }),
        (Mode::Save, _) => {
            let rows = ["back-pain", "small", "Format: ", "For: "];
            marked.clone().is_some_and(|said| rows.iter().any(|row| said.contains(row)))
        }
        // An information page begins with words, and shows nothing that is focused.
        _ => marked.is_none() && spoken(&line).chars().filter(|c| c.is_alphabetic()).count() > 2,
    };
    let size = person.screen().lines().count();
    assert!(usize::from(row) < size && column > 0, "the cursor is at {column}, {row}");
    assert!(is_good, "{mode:?}: the line of the cursor makes no sense alone: {line:?}\n{}", person.screen());
}

/// Everything that can be on the screen, with the questions of the small questionnaire for clinicians.
const PAGES: [(&str, &str); 21] = [
    ("", "PageDown ? Down Esc Enter"),
    ("hello", "w Esc ctrl-c Down Down Esc Enter"),
    ("sites", "Enter Down Space Right Down Up Space Left Space Enter"),
    ("signs", "Enter 1 Down u Enter"),
    ("numb_since", "Enter Down Down Up Enter"),
    ("severity", "Enter Right End Home 8 Enter"),
    ("age", "Enter type:200 Enter Backspace Backspace Backspace type:49 F3 Down End Esc Enter"),
    ("cancer_history", "2 Enter"),
    ("", "PageDown Home ? Esc Esc"),
    ("cancer_history", "1 Enter"),
    ("", "Up Down Esc"),
    ("cancer_history", "2 Enter"),
    ("kind", "3 Enter"),
    (
        "words",
        "F1 Esc type:It_hurts_at_night,_and_when_I_sit_for_longer_than_it_takes_to_have_lunch Home Enter",
    ),
    ("calcium", "type:2.6 Enter"),
    ("", "PageDown PageDown Home Right Right Down End Right PageDown Right Enter Down Esc Left e Right Esc"),
    ("", "s Backspace Down Right Right Down Right Left Up Esc y e Home Down Down Enter"),
    ("signs", "n Enter"),
    ("", "Down Up Enter"),
    ("", "Down Enter"),
    ("signs", "Esc ctrl-c Down"),
];

fn every_page(listener: &mut Listener) {
    for (question, keys) in PAGES {
        assert_eq!(listener.person.question(), question, "{}", listener.person.screen());
        listener.press(keys);
    }
}

#[test]
fn every_kind_of_page_says_what_it_is_on_the_real_screen() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
    let mut listener = Listener::real(&SMALL, file, Audience::Clinician);
    every_page(&mut listener);
}

#[test]
fn every_kind_of_page_is_heard_as_agreed() {
    let mut listener = Listener::new(&SMALL, Audience::Clinician, USUAL);
    every_page(&mut listener);
    listener.as_agreed("pages.txt");
}

#[test]
fn a_patient_hears_a_whole_interview_on_the_real_screen() {
    let mut listener = Listener::real(&BACK_PAIN, "back-pain", Audience::Patient);
    listener.play("V05");
    listener.press("PageDown Right Right Down Right Right Enter Esc");
}

#[test]
fn a_clinician_hears_a_whole_interview_on_the_real_screen() {
    let mut listener = Listener::real(&BACK_PAIN, "back-pain", Audience::Clinician);
    listener.play("V31");
    listener.press("PageDown Right Right Down Right Right Enter Esc");
}

#[test]
fn whole_interviews_are_heard_as_agreed() {
    for (case, audience, name) in
        [("V05", Audience::Patient, "patient.txt"), ("V31", Audience::Clinician, "clinician.txt")]
    {
        let mut listener = Listener::new(&BACK_PAIN, audience, USUAL);
        listener.play(case);
        listener.press("PageDown Right Right Down Right Right Enter Esc");
        listener.as_agreed(name);
    }
}

#[test]
fn the_line_of_the_cursor_makes_sense_at_every_key_of_other_interviews() {
    for (case, audience, size) in [
        ("V01", Audience::Patient, (40, 12)),
        ("V19", Audience::Patient, (60, 20)),
        ("V35", Audience::Clinician, (40, 12)),
        ("V47", Audience::Patient, (120, 40)),
    ] {
        let mut listener = Listener::new(&BACK_PAIN, audience, size);
        listener.play(case);
        listener.press("PageDown Right Right Down Right Right Enter Esc s Esc");
    }
}
