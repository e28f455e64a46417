//! The result as a code for a phone, with what to do beside it; and as text, where no code can be shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::frame::{self, Places};
use super::lines::Doc;
use super::{Drawn, Tap, put_lines};
use crate::handout::{contact, qr::Code};
use crate::tui::app::App;
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

/// The narrowest text beside a code, and the widest.
const BESIDE: [u16; 2] = [20, 44];
const GAP: u16 = 2;
/// Black and white of the fixed part of the 256 colours, whatever the theme is: a camera reads no other.
const DARK: Color = Color::Indexed(16);
const LIGHT: Color = Color::Indexed(231);

/// On the whole window, since each row counts.
pub fn on_window(app: &App, scroll: usize, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let last = Rect { y: area.bottom() - 1, height: 1, ..area };
    let page = Rect { height: area.height - 1, ..area };
    let close = app.words().handout.close;
    let mut drawn = draw(app, scroll, theme, page, buffer);
    let line = Rect { x: drawn.cursor.x, width: area.right() - drawn.cursor.x, ..last };
    super::put(buffer, line, 0, &ratatui::text::Line::styled(close, theme.quiet));
    drawn.taps.push((line, Tap::Press(Action::Close)));
    drawn
}

/// The code at the left, or the text.
pub fn draw(app: &App, scroll: usize, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let Some(report) = &app.report else { return Drawn::default() };
    let words = &app.words().handout;
    let ticket = app.ticket.as_deref();
    let forms = contact::forms(report, ticket);
    let room = usize::from(area.width.saturating_sub(BESIDE[0] + GAP));
    let code = Code::fitting(&forms, room, usize::from(area.height)).filter(|_| theme.squares);
    let Some(code) = code else {
        let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let mut doc = Doc::new(usize::from(inside.width.min(frame::TEXT_WIDTH)));
        doc.paragraph(words.title, theme.accent);
        doc.paragraph(if theme.squares { words.no_room } else { words.no_colours }, theme.notice);
        doc.paragraph(words.instead, theme.text);
        doc.blank();
        contact::told(report, ticket).iter().for_each(|line| doc.paragraph(line, theme.strong));
        let places = Places { body: inside, ..Places::of(area, 1, false) };
        return frame::reading(&doc, scroll, &places, buffer);
    };
    let (wide, high) = (code.columns() as u16, code.rows() as u16);
    let text = (area.width - wide - GAP).min(BESIDE[1]);
    let place = Rect {
        x: area.x + (area.width - wide - GAP - text) / 2,
        y: area.y + (area.height - high) / 2,
        width: wide,
        height: high,
    };
    squares(&code, place, buffer);
    let mut doc = Doc::new(usize::from(text.saturating_sub(1)));
    let holds = if code.text == forms[0] && contact::says_all(report) {
        words.holds_what_to_say
    } else {
        words.holds
    };
    let told = contact::told(report, ticket);
    doc.paragraph(words.title, theme.accent);
    doc.blank();
    for (line, style) in [(words.how, theme.strong), (words.offers, theme.text), (holds, theme.text)] {
        doc.paragraph(line, style);
        doc.blank();
    }
    doc.paragraph(words.private, theme.quiet);
    // What is in it, for whoever has no phone with a camera; rather nothing than a part of it.
    let more = {
        let mut more = Doc::new(doc.width());
        more.blank();
        told.iter().for_each(|line| more.paragraph(line, theme.text));
        more.lines
    };
    if doc.lines.len() + 1 + more.len() <= usize::from(area.height) {
        doc.blank();
        doc.lines.extend(more);
    }
    let height = usize::from(area.height);
    if doc.lines.len() > height {
        doc.lines.retain(|line| line.width() > 0);
    }
    let beside = Rect { x: place.right() + GAP, width: text, ..area };
    put_lines(buffer, beside, &doc.lines);
    Drawn { cursor: beside.as_position(), page: height, ..Drawn::default() }
}

/// Two squares a cell. The lower half of a cell reaches its edge in every font, the upper one doesn't: so the upper
/// square is the background.
fn squares(code: &Code, place: Rect, buffer: &mut Buffer) {
    let colour = |dark: bool| if dark { DARK } else { LIGHT };
    for row in 0..place.height {
        for column in 0..place.width {
            let [upper, lower] = code.cell(usize::from(column), usize::from(row));
            let Some(cell) = buffer.cell_mut((place.x + column, place.y + row)) else { continue };
            let symbol = if upper == lower { " " } else { "▄" };
            cell.set_symbol(symbol).set_style(Style::reset().fg(colour(lower)).bg(colour(upper)));
        }
    }
}
