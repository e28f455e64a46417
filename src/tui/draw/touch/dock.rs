//! The row of buttons below each page. What can't be done on a page leaves its place empty, so that nothing moves.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::buttons::button;
use super::layout::{Layout, WIDE};
use super::summary;
use crate::interview::Stage;
use crate::tui::app::{App, Overlay, Tab};
use crate::tui::draw::Drawn;
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::words::Language;

/// The least columns of each: back, why, not sure, larger, language, staff, next.
const WIDTHS: [u16; 7] = [WIDE, 11, 10, WIDE, 9, 13, 10];

/// What it says, what it does, and whether that is on.
type Button = Option<(String, Action, bool)>;

pub fn draw(app: &App, drawn: &mut Drawn, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let dock = layout.dock;
    let least: u16 = WIDTHS.iter().sum();
    let gaps = WIDTHS.len() as u16 - 1;
    let gap = if dock.width >= least + 2 * gaps { 2 } else { 1 };
    let more = dock.width.saturating_sub(least + gap * gaps) / WIDTHS.len() as u16;
    let mut x = dock.x;
    for (at, (shown, least)) in buttons(app, drawn).into_iter().zip(WIDTHS).enumerate() {
        // The last one ends where the page does.
        let wide = if at == WIDTHS.len() - 1 { dock.right() - x } else { least + more };
        let place = Rect { x, width: wide, ..dock };
        if let Some((label, action, on)) = shown {
            button(app, &label, action, on, place, theme, drawn, buffer);
        }
        x += wide + gap;
    }
}

fn buttons(app: &App, drawn: &Drawn) -> [Button; 7] {
    let words = &app.words().touch;
    let plain = |label: &str, action: Action| Some((label.to_owned(), action, false));
    let large = if app.large { words.not_large } else { words.large };
    let other = app.interview.other_language();
    let other = other.map(|tag| Language::of(tag).map_or(tag, |language| language.name()));
    let language = other.and_then(|name| plain(name, Action::Language));
    let staff = app.policy.alone.then(|| (words.staff.to_owned(), Action::CallStaff, false));
    let back = plain(words.back, Action::Back);
    let why = plain(words.why, Action::Why);
    let ([back, why, unsure], next) = match &app.overlay {
        Some(
            Overlay::Why { .. } | Overlay::Help { .. } | Overlay::Page { .. } | Overlay::TakeAlong { .. },
        ) => ([back, None, None], plain(words.close, Action::Close)),
        Some(Overlay::Leave { .. } | Overlay::Finish { .. }) => ([back, None, None], None),
        Some(Overlay::Save(_)) => ([back, None, None], plain(words.save, Action::Next)),
        // A page of a section has a screen of its own.
        Some(
            Overlay::Nothing { .. }
            | Overlay::Jump { .. }
            | Overlay::Remark { .. }
            | Overlay::Outline { .. }
            | Overlay::Live { .. }
            | Overlay::NotKept { .. },
        ) => ([back, None, None], None),
        None if app.welcome => ([None, None, None], plain(words.start, Action::Next)),
        None => match app.interview.stage() {
            Stage::Asking(_) | Stage::Settling { .. } => {
                let asked = app.question();
                let unsure = asked.as_ref().is_some_and(|(_, question)| question.unsure);
                let unsure = unsure.then(|| (words.unsure.to_owned(), Action::Unsure, app.draft.unsure));
                ([back, why, unsure], next(app, drawn))
            }
            Stage::Summary => {
                let back = match app.tab {
                    Tab::Result => back,
                    _ => plain(words.back, Action::PreviousPage),
                };
                let why = if app.tab == Tab::Result { why } else { None };
                let next = match summary::is_last(app.tab) {
                    true => plain(words.finish, Action::Quit),
                    false => plain(words.next, Action::NextPage),
                };
                // In the place of what a summary has no use for.
                let along = plain(app.words().handout.button, Action::TakeAlong);
                ([back, why, along], next)
            }
            Stage::Review => ([back, None, None], plain(words.next, Action::GoOn)),
            // On these pages the ways on are cards, so that no finger that is still there goes on by chance.
            Stage::Alert { .. }
            | Stage::OfferSettling
            | Stage::SettingAside { .. }
            | Stage::Lowering { .. } => ([back, None, None], None),
        },
    };
    [back, why, unsure, Some((large.to_owned(), Action::Large, app.large)), language, staff, next]
}

/// Goes on, once all answers were seen that may have to be chosen.
fn next(app: &App, drawn: &Drawn) -> Button {
    let words = &app.words().touch;
    let (_, question) = app.question()?;
    let is_unseen = drawn.cards_page.is_some_and(|page| page < drawn.scroll_max);
    let draft = &app.draft;
    let is_open = draft.ticked.is_empty() && draft.value.is_none();
    let must_see = is_unseen && !draft.unsure && (question.takes_several() || is_open);
    let (label, action) = match must_see {
        true => (words.more, Action::More),
        false if app.interview.returns_to_list() => (words.keep, Action::Next),
        false => (words.next, Action::Next),
    };
    Some((label.to_owned(), action, false))
}
