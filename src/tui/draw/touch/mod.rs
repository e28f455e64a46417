//! The look for fingers. Whatever can be done is at least three rows by eight columns, and a row or a column apart from
//! anything else; what can be done everywhere is at the same place on each page. A window that is too small for that
//! has the usual look, and says so.

mod buttons;
mod cards;
mod dock;
mod layout;
mod pages;
mod question;
mod summary;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use layout::{HIGH, Layout, MOST_NOTICE};
pub use layout::{SMALLEST, fits};

use super::frame::how_much;
use super::{Drawn, header, put, put_right};
use crate::interview::Stage;
use crate::text::wrap;
use crate::tui::app::{App, Overlay};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

pub fn screen(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let mark = if app.is_done { "✓ " } else { "" };
    let notice = app.notice.as_deref().map(|notice| format!("{mark}{notice}"));
    let room = usize::from(Layout::of(area, 1, app.large).places.status.width);
    let notice = notice.map_or(Vec::new(), |notice| wrap(&notice, room));
    let layout = Layout::of(area, notice.len().clamp(1, MOST_NOTICE) as u16, app.large);
    header::draw(app, 1, theme, &layout.places, buffer);
    let mut drawn = page(app, theme, &layout, buffer);
    drawn.touch = true;
    let status = layout.places.status;
    let style = if app.is_done { theme.done } else { theme.notice };
    let is_said = !notice.is_empty();
    for (row, line) in notice.into_iter().enumerate() {
        put(buffer, status, row, &Line::styled(line, style));
    }
    if !is_said {
        if let Some(place) = summary::which(app) {
            put(buffer, status, 0, &Line::styled(place, theme.quiet));
        }
        if let Some(words) = how_much(app, drawn.hidden) {
            put_right(buffer, status, 0, &Line::styled(words, theme.quiet));
        }
    }
    turning(app, &mut drawn, theme, &layout, buffer);
    dock::draw(app, &mut drawn, theme, &layout, buffer);
    drawn
}

fn page(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let places = &layout.places;
    let read = |mut drawn: Drawn| {
        drawn.taps.clear();
        drawn
    };
    match &app.overlay {
        Some(Overlay::Why { question, scroll }) => {
            return read(super::pages::why(app, *question, *scroll, theme, places, buffer));
        }
        Some(Overlay::Help { mode, scroll }) => {
            return read(super::pages::help(app, *mode, *scroll, theme, places, buffer));
        }
        Some(Overlay::Page { page, scroll }) => {
            return read(super::summary::page(app, *page, *scroll, theme, places, buffer));
        }
        Some(Overlay::TakeAlong { scroll }) => {
            let (top, dock) = (layout.strip.y, layout.dock.y);
            let whole = Rect { y: top, height: dock - top, ..places.body };
            Clear.render(whole, buffer);
            buffer.set_style(whole, theme.text);
            return read(super::handout::draw(app, *scroll, theme, whole, buffer));
        }
        Some(Overlay::Leave { focus, .. }) => return pages::leave(app, *focus, theme, layout, buffer),
        Some(Overlay::Finish { focus }) => return pages::finish(app, *focus, theme, layout, buffer),
        Some(Overlay::Save(saving)) => return pages::save(app, saving, theme, layout, buffer),
        // A page of a section has a screen of its own.
        Some(
            Overlay::Nothing { .. }
            | Overlay::Jump { .. }
            | Overlay::Remark { .. }
            | Overlay::Outline { .. }
            | Overlay::Live { .. }
            | Overlay::NotKept { .. },
        )
        | None => {}
    }
    if app.welcome && app.interview.begins_again() {
        return read(super::again::welcome(app, theme, places, buffer));
    }
    if app.welcome {
        return pages::welcome(app, theme, layout, buffer);
    }
    match app.interview.stage() {
        Stage::Asking(_) | Stage::Settling { .. } => question::draw(app, theme, layout, buffer),
        Stage::OfferSettling => pages::offer(app, theme, layout, buffer),
        Stage::SettingAside { .. } | Stage::Lowering { .. } => pages::confirm(app, theme, layout, buffer),
        Stage::Alert { level, question } => pages::alert(app, (*level, *question), theme, layout, buffer),
        Stage::Review => pages::review(app, theme, layout, buffer),
        Stage::Summary => summary::draw(app, theme, layout, buffer),
    }
}

/// The buttons at the right that leave, and that show what lies above and below.
fn turning(app: &App, drawn: &mut Drawn, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let strip = layout.strip;
    if app.overlay.is_none() {
        let words = &app.words().touch;
        let is_over = !app.welcome && *app.interview.stage() == Stage::Summary;
        let label = if is_over { words.finish } else { words.stop };
        let place = Rect { height: HIGH, ..strip };
        // Alone with whoever comes, leaving is another thing.
        let action = if app.policy.alone { Action::Stop } else { Action::Quit };
        buttons::button(app, label, action, false, place, theme, drawn, buffer);
    }
    let hidden = drawn.hidden;
    let [back, on] = match app.overlay.is_none() && pages::is_phone(app) {
        true => {
            let last = app.report.as_ref().map_or(0, |report| report.say.len().saturating_sub(1));
            [(app.line > 0, Action::PreviousLine), (app.line < last, Action::NextLine)]
        }
        false if drawn.cards_page.is_some() || drawn.turns => {
            [(hidden.above > 0, Action::TurnBack), (hidden.below > 0, Action::TurnOn)]
        }
        false => [(hidden.above > 0, Action::PageUp), (hidden.below > 0, Action::PageDown)],
    };
    let up = Rect { y: strip.y + HIGH + 1, height: HIGH, ..strip };
    let down = Rect { y: strip.bottom() - HIGH, ..up };
    for (place, (is_there, action), sign) in [(up, back, "▲"), (down, on, "▼")] {
        if is_there {
            buttons::button(app, sign, action, false, place, theme, drawn, buffer);
        }
    }
}
