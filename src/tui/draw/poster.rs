//! A page with few words and large buttons: what a kiosk shows around an interview.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Paragraph, Widget};

use super::banner::Banner;
use super::lines::Doc;
use super::{Look, put_lines, with_few_signs};
use crate::tui::theme::Theme;

/// Text is never wider.
const WIDTH: u16 = 66;
/// A button, where there is room for it, and what is between two.
const BUTTON: (u16, u16) = (8, 3);
const GAP: u16 = 1;

/// What is on the page.
#[derive(Debug, Clone, Default)]
pub struct Poster {
    /// Above all else in letters of four rows, as many of them as there is room for.
    pub large: Vec<String>,
    pub title: String,
    pub paragraphs: Vec<String>,
    pub buttons: Vec<Button>,
    /// How many buttons are beside one another.
    pub columns: usize,
    /// The last line: what came of a key.
    pub notice: String,
}

/// A button, and the keys that do the same.
#[derive(Debug, Clone)]
pub struct Button {
    pub label: String,
    pub keys: &'static [KeyCode],
}

/// The digits, and their keys.
pub const DIGITS: [(&str, &[KeyCode]); 10] = [
    ("0", &[KeyCode::Char('0')]),
    ("1", &[KeyCode::Char('1')]),
    ("2", &[KeyCode::Char('2')]),
    ("3", &[KeyCode::Char('3')]),
    ("4", &[KeyCode::Char('4')]),
    ("5", &[KeyCode::Char('5')]),
    ("6", &[KeyCode::Char('6')]),
    ("7", &[KeyCode::Char('7')]),
    ("8", &[KeyCode::Char('8')]),
    ("9", &[KeyCode::Char('9')]),
];

/// Where the buttons of a poster are, and which one is pressed.
#[derive(Debug, Default)]
pub struct Buttons {
    areas: Vec<Rect>,
    down: Option<Option<usize>>,
}

impl Buttons {
    /// The button that an event chooses, by its key or by a press that is let go on it.
    pub fn chosen(&mut self, poster: &Poster, event: &Event) -> Option<usize> {
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Press => {
                let alone = (key.modifiers - KeyModifiers::SHIFT).is_empty();
                poster.buttons.iter().position(|button| alone && button.keys.contains(&key.code))
            }
            Event::Mouse(mouse) => {
                let at = Position::new(mouse.column, mouse.row);
                let under = self.areas.iter().position(|area| area.contains(at));
                match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => {
                        self.down = Some(under);
                        None
                    }
                    // Sliding off takes it back.
                    MouseEventKind::Up(_) => self.down.take().filter(|down| *down == under).and(under),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Draws a poster, and notes where its buttons are.
pub fn draw(poster: &Poster, buttons: &mut Buttons, look: Look, frame: &mut Frame) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    let theme = &look.theme;
    buffer.set_style(area, theme.text);
    let wide = area.width.min(WIDTH);
    let text = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
    let mut doc = Doc::spaced(usize::from(wide));
    doc.paragraph(&poster.title, theme.strong);
    for paragraph in &poster.paragraphs {
        doc.paragraph(paragraph, theme.text);
    }
    let columns = poster.columns.max(1);
    let rows = poster.buttons.len().div_ceil(columns) as u16;
    let room = area.height.saturating_sub(1 + u16::from(!poster.notice.is_empty()));
    let of_buttons = |height: u16, gap: u16| rows * height + rows.saturating_sub(1) * gap;
    let words = doc.lines.len() as u16;
    // Buttons large enough for a finger count for more than blanks, and these for more than words.
    let (height, gap) = [(BUTTON.1, GAP), (BUTTON.1, 0), (1, 0)]
        .into_iter()
        .find(|&(height, gap)| of_buttons(height, gap) + words < room)
        .unwrap_or((1, 0));
    let below = of_buttons(height, gap);
    let banner = Banner::of(&poster.large, look, wide, room.saturating_sub(below + 1 + words));
    let room = room - banner.rows();
    let shown = words.min(room.saturating_sub(below + u16::from(below > 0)));
    doc.lines.truncate(usize::from(shown));
    let all = shown + u16::from(below > 0) + below;
    let top = area.y + room.saturating_sub(all) / 3;
    banner.draw(Rect { y: top, ..text }, theme.accent, buffer);
    let top = top + banner.rows();
    put_lines(buffer, Rect { y: top, height: shown, ..text }, &doc.lines);
    let first = Rect { y: (top + shown + 1).min(area.bottom()), ..text };
    buttons.areas = place(poster.buttons.len(), columns as u16, first, (height, gap), area.bottom());
    for (at, (button, place)) in poster.buttons.iter().zip(&buttons.areas).enumerate() {
        one(&button.label, buttons.down == Some(Some(at)), *place, theme, buffer);
    }
    let notice = Line::styled(poster.notice.clone(), theme.notice);
    put_lines(buffer, Rect { y: area.bottom().saturating_sub(1), height: 1, ..text }, &[notice]);
    with_few_signs(buffer, look);
    let cursor = buttons.areas.first().map_or(text.as_position(), |area| area.as_position());
    if area.contains(cursor) {
        frame.set_cursor_position(cursor);
    }
}

fn place(count: usize, columns: u16, area: Rect, (height, gap): (u16, u16), bottom: u16) -> Vec<Rect> {
    let between = if columns > 1 { GAP + 1 } else { 0 };
    let width = (area.width.saturating_sub(between * (columns - 1)) / columns).max(BUTTON.0.min(area.width));
    let one = |at: u16| {
        let place = Rect {
            x: area.x + at % columns * (width + between),
            y: area.y + at / columns * (height + gap),
            width,
            height,
        };
        place.intersection(Rect { height: bottom.saturating_sub(area.y), ..area })
    };
    (0..count as u16).map(one).collect()
}

fn one(label: &str, is_down: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let style = if is_down { theme.focus } else { theme.text };
    let label = Paragraph::new(Line::styled(label.to_owned(), theme.strong)).alignment(Alignment::Center);
    if area.height < 3 {
        return label.style(style).render(area, buffer);
    }
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.accent).style(style);
    label.block(block).style(style).render(area, buffer);
}
