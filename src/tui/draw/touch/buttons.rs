//! What can be tapped, and its frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Widget};

use crate::text::width;
use crate::tui::app::App;
use crate::tui::draw::header::cut;
use crate::tui::draw::{Drawn, Tap, put};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

#[expect(clippy::too_many_arguments, reason = "one button, drawn once")]
pub fn button(
    app: &App,
    label: &str,
    action: Action,
    on: bool,
    place: Rect,
    theme: &Theme,
    drawn: &mut Drawn,
    buffer: &mut Buffer,
) {
    let leads_on = matches!(action, Action::Next | Action::NextPage | Action::More | Action::GoOn);
    let tap = Tap::Press(action);
    let style = match () {
        () if app.is_pressed(&tap) => theme.focus,
        () if on || leads_on => theme.accent,
        () => theme.text,
    };
    frame(place, on || leads_on, style, if style == theme.text { theme.quiet } else { style }, buffer);
    let inner = usize::from(place.width).saturating_sub(2);
    let label = cut(label, inner);
    let before = (inner - width(&label)) / 2;
    let line = Rect {
        x: place.x + 1 + before as u16,
        y: place.y + place.height / 2,
        width: inner as u16,
        height: 1,
    };
    put(buffer, Rect { width: width(&label) as u16, ..line }, 0, &Line::styled(label, style));
    drawn.taps.push((place, tap));
}

/// The frame of whatever can be tapped; a heavy one for what is chosen, or leads on.
pub fn frame(
    place: Rect,
    heavy: bool,
    inside: ratatui::style::Style,
    border: ratatui::style::Style,
    buffer: &mut Buffer,
) {
    let kind = if heavy { BorderType::Thick } else { BorderType::Rounded };
    Block::bordered().border_type(kind).border_style(border).style(inside).render(place, buffer);
}
