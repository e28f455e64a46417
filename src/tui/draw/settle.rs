//! The page before the result that offers to ask once more what the person was not sure of.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::frame::{self, Places};
use super::lines::Doc;
use super::{Drawn, Tap, put};
use crate::tui::app::App;
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

/// What is offered, and why.
pub fn told(app: &App, theme: &Theme, places: &Places) -> Doc {
    let say = &app.words().settling;
    let mut doc = places.doc();
    let gap = |doc: &mut Doc| {
        if places.body.height >= 14 {
            doc.blank();
        }
    };
    doc.paragraph(say.title, theme.accent);
    gap(&mut doc);
    doc.paragraph(&say.offer(app.interview.unsettled()), theme.strong);
    gap(&mut doc);
    doc.paragraph(say.how, theme.text);
    doc
}

pub fn offer(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().settling;
    let area = places.text();
    let roomy = places.body.height >= 14;
    let doc = told(app, theme, places);
    let mut ways = places.doc();
    // The two ways on stay in view, however small the screen is.
    if roomy {
        ways.line(Line::default());
    }
    let mut actions = vec![None; ways.lines.len()];
    for (key, words, action) in
        [("Enter", say.ask_me, Action::Next), ("n", say.go_to_result, Action::Decline)]
    {
        ways.hanging(&format!("{key:<5}  "), theme.strong, words, theme.text);
        actions.resize(ways.lines.len(), Some(action));
    }
    let ways_high = (ways.lines.len() as u16).min(area.height);
    let read = (doc.lines.len() as u16).min(area.height - ways_high);
    let upper = Places { body: Rect { height: read, ..places.body }, ..*places };
    let mut drawn = frame::reading(&doc, app.scroll, &upper, buffer);
    for (row, (line, action)) in ways.lines.iter().zip(actions).enumerate() {
        let place = Rect { y: area.y + read + row as u16, height: 1, ..area };
        if place.y >= area.bottom() {
            break;
        }
        put(buffer, place, 0, line);
        drawn.taps.extend(action.map(|action| (place, Tap::Press(action))));
    }
    drawn
}
