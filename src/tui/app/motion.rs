//! Moving through a line of text, a page or a list.

use super::super::draw::Drawn;
use super::super::field::Field;
use super::super::keys::Action;

/// How many lines the wheel turns at once.
pub(super) const WHEEL: usize = 3;

pub(super) fn edit(field: &mut Field, action: &Action) {
    match action {
        Action::Type(text) => field.insert(text),
        Action::Backspace => field.backspace(),
        Action::Delete => field.delete(),
        Action::EraseBefore => field.erase_before(),
        Action::EraseWord => field.erase_word(),
        Action::Left => field.left(),
        Action::Right => field.right(),
        Action::Home => field.home(),
        Action::End => field.end(),
        _ => {}
    }
}

pub(super) fn scroll(at: &mut usize, action: &Action, drawn: &Drawn) {
    let page = drawn.page.saturating_sub(1).max(1);
    // A larger window may have left fewer lines to scroll.
    let from = (*at).min(drawn.scroll_max);
    let target = match action {
        Action::Up => from.saturating_sub(1),
        Action::Down => from + 1,
        Action::WheelUp => from.saturating_sub(WHEEL),
        Action::WheelDown => from + WHEEL,
        Action::PageUp => from.saturating_sub(page),
        Action::PageDown => from + page,
        Action::Home => 0,
        Action::End => usize::MAX,
        _ => from,
    };
    *at = target.min(drawn.scroll_max);
}

/// How many entries of a list a page key passes: they take about two lines each.
pub(super) fn half_page(drawn: &Drawn) -> usize {
    (drawn.page / 2).max(1)
}

pub(super) fn move_focus(focus: &mut usize, lines: usize, action: &Action, drawn: &Drawn) {
    let last = lines.saturating_sub(1);
    let page = half_page(drawn);
    let target = match action {
        Action::Up | Action::WheelUp => focus.saturating_sub(1),
        Action::Down | Action::WheelDown => *focus + 1,
        Action::Around if *focus >= last => 0,
        Action::Around => *focus + 1,
        Action::PageUp => focus.saturating_sub(page),
        Action::PageDown => *focus + page,
        Action::Home => 0,
        Action::End => last,
        _ => *focus,
    };
    *focus = target.min(last);
}
