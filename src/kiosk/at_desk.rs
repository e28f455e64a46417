//! Showing the answers to the desk: whether it may see them, and what came of that.

use std::time::Duration;

use crossterm::event::KeyCode;

use super::pages::BACK;
use crate::tui::draw::poster::{Button, Poster};
use crate::tui::guard::{DOUBLE_TAP_ON_NEW_SCREEN, SETTLING};
use crate::words::Words;

/// Those of "Back to the result".
const GO_ON: &[KeyCode] =
    &[KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('1'), KeyCode::Esc, KeyCode::Char('-')];

/// A page over the result.
pub enum AtDesk {
    /// What the desk sees, before the person agrees.
    Asks,
    /// What came of that, and the number to say there.
    Told { said: String, ticket: Option<String> },
}

impl AtDesk {
    pub fn poster(&self, words: &Words) -> Poster {
        let words = &words.kiosk;
        match self {
            AtDesk::Asks => Poster {
                title: words.show_desk.to_owned(),
                paragraphs: vec![words.consent.to_owned()],
                buttons: vec![
                    Button { label: format!("1  {}", words.agree), keys: &[KeyCode::Char('1')] },
                    Button { label: format!("-  {}", words.disagree), keys: BACK },
                ],
                columns: 1,
                ..Poster::default()
            },
            // The number is the largest on the page.
            AtDesk::Told { said, ticket } => Poster {
                large: ticket.iter().cloned().collect(),
                title: said.clone(),
                buttons: vec![Button { label: format!("Enter  {}", words.back_to_result), keys: GO_ON }],
                columns: 1,
                ..Poster::default()
            },
        }
    }

    /// For so long nothing is taken: a finger that has agreed twice must not close the page with the number.
    pub fn settling(&self) -> Duration {
        match self {
            AtDesk::Asks => SETTLING,
            AtDesk::Told { .. } => DOUBLE_TAP_ON_NEW_SCREEN,
        }
    }
}
