//! A whole check on the real program in a terminal by taps alone, and what was tapped is what is recorded.

mod pty;
mod support;

use std::time::Duration;

use pty::Pty;
use redflag::questionnaire::{Audience, Domain, Questionnaire};
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, in_a_row};

/// Longer than two taps on the same thing count as one.
const APART: Duration = Duration::from_millis(720);

/// How a terminal says that a finger came down and up.
#[derive(Clone, Copy)]
enum Encoding {
    Sgr,
    X10,
}

struct Finger {
    pty: Pty,
    encoding: Encoding,
    last: (u16, u16),
}

impl Finger {
    /// The first place of these words, from column and row 0 on.
    fn find(&self, words: &str) -> Option<(u16, u16)> {
        let text = self.pty.text();
        text.lines().enumerate().find_map(|(row, line)| {
            let at = line.find(words)?;
            Some((line[..at].chars().count() as u16, row as u16))
        })
    }

    #[track_caller]
    fn tap(&mut self, words: &str) {
        let Some(at) = self.find(words) else { panic!("no {words:?} on\n{}", self.pty.text()) };
        self.tap_at(at);
    }

    /// Taps a digit in its frame.
    #[track_caller]
    fn tap_key(&mut self, key: &str) {
        let text = self.pty.text();
        let at = text.lines().enumerate().find_map(|(row, line)| {
            let mut column = 0;
            line.split('│').find_map(|cell| {
                let start = column;
                column += cell.chars().count() + 1;
                (cell.trim() == key).then_some((start as u16 + 2, row as u16))
            })
        });
        let Some(at) = at else { panic!("no key {key} on\n{text}") };
        self.tap_at(at);
    }

    /// Waits as somebody does who reads, and taps.
    fn tap_at(&mut self, (column, row): (u16, u16)) {
        self.pty.until_still_for(if self.last == (column, row) { APART } else { Duration::from_millis(200) });
        let before = self.pty.text();
        self.last = (column, row);
        let bytes = self.bytes((column, row));
        self.pty.send(bytes);
        self.pty.until("something else", |screen| screen.contents() != before);
        // A frame may come in pieces.
        self.pty.until_settled();
    }

    fn bytes(&self, (column, row): (u16, u16)) -> Vec<u8> {
        let (x, y) = (column + 1, row + 1);
        match self.encoding {
            Encoding::Sgr => format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m").into_bytes(),
            Encoding::X10 => {
                let at = [32 + x as u8, 32 + y as u8];
                [&b"\x1b[M "[..], &at, b"\x1b[M#", &at].concat()
            }
        }
    }

    /// What is on the card with this mark, without its frame, its mark and its key.
    fn card(&self, mark: &str) -> String {
        let (column, row) = self.find(mark).expect("a card");
        let text = self.pty.text();
        let lines = text.lines().skip(usize::from(row)).map(|line| line.chars().skip(usize::from(column)));
        let inside = lines.map(|line| line.take_while(|c| !"│┃".contains(*c)).collect::<String>());
        let inside = inside.take_while(|line| !line.contains(['╰', '┗', '─', '━']));
        let words = in_a_row(&inside.collect::<Vec<_>>().join(" "));
        words.chars().skip(mark.chars().count()).collect::<String>().trim().to_owned()
    }
}

struct Spoken {
    questionnaire: &'static Questionnaire,
    tag: &'static str,
    start: &'static str,
    ways_on: [&'static str; 2],
    finish: &'static str,
    nothing_typed: &'static str,
    nothing_on_scale: &'static str,
    finish_it: &'static str,
    page: &'static str,
}

fn english() -> Spoken {
    Spoken {
        questionnaire: &BACK_PAIN,
        tag: "en",
        start: "Start",
        ways_on: ["Next ", "More "],
        finish: "Finish",
        nothing_typed: "nothing typed yet",
        nothing_on_scale: "Nothing chosen yet, from",
        finish_it: "Finish. The answers are saved",
        page: " · page 1 of ",
    }
}

fn spanish() -> Spoken {
    Spoken {
        questionnaire: &DOLOR_DE_ESPALDA,
        tag: "es",
        start: "Empezar",
        ways_on: ["Seguir ", "Ver más "],
        finish: "Terminar",
        nothing_typed: "aún sin escribir",
        nothing_on_scale: "Nada elegido aún, de",
        finish_it: "Terminar. Las respuestas se guardan",
        page: " · página 1 de ",
    }
}

fn whole_check(spoken: &Spoken, encoding: Encoding, size: (u16, u16)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.json");
    let report = path.to_str().unwrap();
    let pty = Pty::start(&["--touch", "--language", spoken.tag, "--report", report], &[], size);
    let mut finger = Finger { pty, encoding, last: (0, 0) };
    finger.pty.until_text(spoken.start);
    finger.pty.until_settled();
    finger.tap(spoken.start);
    let mut tapped: Vec<String> = Vec::new();
    for taps in 0.. {
        assert!(taps < 400, "it does not end:\n{}", finger.pty.text());
        let screen = finger.pty.text();
        if screen.contains(spoken.page) {
            break;
        }
        if screen.contains(spoken.nothing_typed) && !screen.contains("mmol") && !screen.contains("mg/l") {
            tapped.push("40".to_owned());
            finger.tap_key("4");
            finger.tap_key("0");
        } else if screen.contains(spoken.nothing_on_scale) {
            tapped.push("3".to_owned());
            finger.tap_key("3");
        } else if !screen.contains("[x]") && !screen.contains("(•)") {
            // None of several, no, or the first.
            for mark in ["[ ] n", "( ) n", "( ) 1"] {
                if finger.find(mark).is_some() {
                    tapped.push(finger.card(mark));
                    finger.tap(mark);
                    break;
                }
            }
            let screen = finger.pty.text();
            if screen.contains("[ ]") && !screen.contains("[x]") && !screen.contains('▼') {
                let card = finger.card("[ ] ");
                tapped.push(card.split_once(' ').map_or("", |(_, words)| words).to_owned());
                finger.tap("[ ] ");
            }
        }
        let on = spoken.ways_on.into_iter().find(|words| finger.find(words).is_some());
        finger.tap(on.unwrap_or_else(|| panic!("no way on:\n{}", finger.pty.text())));
    }
    finger.tap(spoken.finish);
    let at = finger.find(spoken.finish_it).expect("a card");
    finger.pty.send(finger.bytes(at));
    finger.pty.ended_with(0);
    finger.pty.given_back();
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).expect("JSON");
    let sheet = report["sheet"].as_object().expect("answers by id");
    let questionnaire = spoken.questionnaire;
    let mut recorded = Vec::new();
    for question in &questionnaire.questions {
        let Some(answer) = sheet.get(&question.id) else { continue };
        let ids: Vec<&str> = match answer {
            serde_json::Value::Array(ids) => ids.iter().filter_map(|id| id.as_str()).collect(),
            answer => answer.as_str().into_iter().collect(),
        };
        if let Domain::Number(_) = question.domain {
            recorded.push(answer.to_string());
            continue;
        }
        let label = |id: &&str| {
            let option = question.options.iter().find(|option| option.id == *id);
            option.expect("an option").label.to(Audience::Patient).to_owned()
        };
        recorded.push(ids.iter().map(label).collect::<Vec<_>>().join(" "));
    }
    assert_eq!(recorded.len(), tapped.len(), "{recorded:#?}\n{tapped:#?}");
    for (recorded, tapped) in recorded.iter().zip(&tapped) {
        // On a card a hint may follow.
        assert!(tapped.starts_with(&in_a_row(recorded)), "{tapped} was tapped, and {recorded} is recorded");
    }
    assert!(!sheet.contains_key("notes"), "what was not asked stays open");
}

#[test]
fn in_english_by_taps_alone() {
    whole_check(&english(), Encoding::Sgr, (80, 24));
}

#[test]
fn in_spanish_by_taps_alone() {
    whole_check(&spanish(), Encoding::Sgr, (120, 40));
}

#[test]
fn by_taps_of_an_old_terminal() {
    whole_check(&english(), Encoding::X10, (80, 24));
}
