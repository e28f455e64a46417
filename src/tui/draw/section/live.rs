//! What can still come: the levels, the questions that can change which it is, and the handover as it is now.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::super::header::cut;
use super::super::lines::Doc;
use crate::report::{Handover, look};
use crate::tui::app::App;
use crate::tui::theme::Theme;

/// Questions that are listed by name where the handover is to have room too.
const MOST_QUESTIONS: usize = 8;

pub fn doc(app: &App, theme: &Theme, room: usize) -> Doc {
    let say = &app.words().intake;
    let outlook_words = &app.words().outlook;
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let mut doc = Doc::new(room);
    let count = questionnaire.levels.len();
    let possible = app.outlook.as_ref();
    doc.line(Line::styled(say.is_possible, theme.strong));
    for (rank, level) in questionnaire.levels.iter().enumerate() {
        let is_possible = possible.is_none_or(|outlook| outlook.levels.contains(&rank));
        let symbol = look::symbol(rank, count);
        let name = level.in_short().to(audience);
        let line = match is_possible {
            true => Line::from(vec![
                Span::styled("▸ ", theme.accent),
                Span::styled(format!("{symbol} "), theme.quiet),
                Span::styled(cut(name, room.saturating_sub(4)), theme.strong),
            ]),
            false => {
                let words = format!(" {}", outlook_words.ruled_out);
                let left = room.saturating_sub(4 + crate::text::width(&words));
                Line::from(vec![
                    Span::raw("  "),
                    Span::styled(format!("{symbol} "), theme.quiet),
                    Span::styled(cut(name, left), theme.quiet.add_modifier(Modifier::CROSSED_OUT)),
                    Span::styled(words, theme.quiet),
                ])
            }
        };
        doc.line(line);
    }
    if let Some(outlook) = possible {
        doc.blank();
        doc.paragraph(&outlook_words.questions(outlook.questions.len()), theme.strong);
        for &question in outlook.questions.iter().take(MOST_QUESTIONS) {
            let words = questionnaire.row_of(question).to(audience).replace('\n', " ");
            doc.line(Line::styled(cut(&format!("· {words}"), room), theme.quiet));
        }
        if outlook.questions.len() > MOST_QUESTIONS {
            doc.line(Line::styled("  …", theme.quiet));
        }
    }
    let handover = Handover::so_far(&app.interview, app.site());
    doc.blank();
    doc.line(Line::styled(say.handover, theme.strong));
    for (name, sentences) in handover.parts(&app.words().report.handover) {
        if !sentences.is_empty() {
            doc.named(&format!("{name}: "), theme.accent, &sentences.join(" "), theme.text);
        }
    }
    doc
}
