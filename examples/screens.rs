//! Draws the twelve main screens at four sizes in all looks, to be looked at side by side: `scripts/screens.sh`.

#[allow(dead_code, reason = "the pictures of the documentation are made elsewhere")]
#[path = "picture.rs"]
mod picture;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use crossterm::event::KeyCode;
use picture::Person;
use redflag::interview::Stage;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::tui::theme::Look;

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 50)];
const LOOKS: [(&str, Look); 4] = [
    ("dark", Look::Dark),
    ("light", Look::Light),
    ("high-contrast", Look::HighContrast),
    ("mono", Look::Mono),
];

/// A screen: its name, the question to go to first (or `start` or `summary`), and the keys pressed there.
const SCREENS: [(&str, &str, &[KeyCode]); 12] = [
    ("01-welcome", "start", &[]),
    ("02-list", "emergency_now", &[KeyCode::Char('3'), KeyCode::Down]),
    (
        "03-grid",
        "saddle_signs",
        &[KeyCode::Char('1'), KeyCode::Char('2'), KeyCode::Char('3'), KeyCode::Enter, KeyCode::Char('1')],
    ),
    ("04-number", "age", &[KeyCode::Char('6'), KeyCode::Char('x')]),
    ("05-one-of", "onset", &[]),
    ("06-body-map", "sites", &[KeyCode::Char('2'), KeyCode::Right, KeyCode::Down]),
    ("07-scale", "severity", &[KeyCode::Char('7')]),
    ("08-why", "night_pain", &[KeyCode::Char('w')]),
    ("09-alert", "saddle_signs", &[KeyCode::Char('1'), KeyCode::Enter, KeyCode::Char('3'), KeyCode::Enter]),
    ("10-answers", "night_pain", &[KeyCode::Char('r')]),
    ("11-editing", "night_pain", &[KeyCode::Char('r'), KeyCode::Up, KeyCode::Enter]),
    ("12-result", "summary", &[]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    let loaded = yaml::load("back-pain.yaml", text).map_err(|_| "back-pain.yaml has mistakes")?;
    let mut page = String::from("<!doctype html><meta charset=utf-8><title>Screens</title>\n");
    for (screen, question, keys) in SCREENS {
        let _ = writeln!(page, "<h2>{screen}</h2>");
        for (name, look) in LOOKS {
            for size in SIZES {
                let file = format!("{screen}-{name}-{}x{}.svg", size.0, size.1);
                std::fs::write(
                    folder.join(&file),
                    drawn(&loaded.questionnaire, question, keys, size, look)?,
                )?;
                let _ = writeln!(page, "<img src=\"{file}\" title=\"{file}\" style=\"vertical-align:top\">");
            }
        }
    }
    std::fs::write(folder.join("index.html"), page)?;
    Ok(())
}

fn drawn(
    questionnaire: &Questionnaire,
    wanted: &str,
    keys: &[KeyCode],
    size: (u16, u16),
    look: Look,
) -> Result<String, Box<dyn Error>> {
    let mut person = Person::at(questionnaire, Audience::Patient, size, look)?;
    if wanted != "start" {
        person.press(KeyCode::Enter)?;
    }
    while let Some((_, question)) = person.app.question() {
        if question.id == wanted {
            break;
        }
        let before = person.app.interview.stage().clone();
        person.choose(&question)?;
        person.press(KeyCode::Enter)?;
        if *person.app.interview.stage() == before {
            return Err(format!("`{}` was not answered", question.id).into());
        }
    }
    if wanted == "summary" && *person.app.interview.stage() != Stage::Summary {
        return Err("the way did not lead to the summary".into());
    }
    keys.iter().try_for_each(|key| person.press(*key))?;
    Ok(person.picture(wanted))
}
