//! What is asked in letters of twice the size, where the terminal writes them and the page has room.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::frame::Places;
use super::lines::Doc;
use super::{Drawn, Hidden};
use crate::text::wrap;
use crate::tui::large::{Large, TIMES};
use crate::tui::theme::Theme;

/// Stand for the rows of one large line until the page is drawn: no text has them.
const ROWS: [&str; 2] = ["\u{E000}", "\u{E001}"];

/// Draws a page with `ask`, the first words of `head`, in larger letters. `None`, and nothing drawn: not all of the
/// page has room then.
pub fn page(
    ask: &str,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
    draw: impl Fn(&Doc, &mut Buffer) -> Drawn,
) -> Option<Drawn> {
    let area = places.text();
    let lines = wrap(ask, usize::from(area.width / TIMES));
    let usual = wrap(ask, head.width()).len();
    let mut larger = places.doc();
    for _ in &lines {
        ROWS.into_iter().for_each(|row| larger.line(Line::from(row)));
    }
    larger.lines.extend(head.lines.iter().skip(usual).cloned());

    let mut other = buffer.clone();
    let as_usual = draw(head, &mut other);
    other.clone_from(buffer);
    let mut drawn = draw(&larger, &mut other);
    let Hidden { above, below, .. } = drawn.hidden;
    let is_whole = (above, below, drawn.scroll_max) == (0, 0, 0);
    let at = place(&other, Rect { height: places.status.bottom(), y: 0, ..area }, lines.len())?;
    if !is_whole || drawn.figure != as_usual.figure {
        return None;
    }
    let own = Rect { x: at.x, y: at.y, width: area.width, height: lines.len() as u16 * TIMES };
    for position in own.positions() {
        if let Some(cell) = other.cell_mut(position) {
            cell.set_char(' ').set_style(theme.text).set_diff_option(CellDiffOption::Skip);
        }
    }
    let large = Large { at, columns: area.width, lines, style: theme.strong };
    if !large.fits() {
        return None;
    }
    drawn.large = Some(large);
    *buffer = other;
    Some(drawn)
}

/// Where the rows are that stand for so many large lines, if they are all there.
fn place(buffer: &Buffer, area: Rect, lines: usize) -> Option<Position> {
    let is = |y: u16, wanted: &str| {
        buffer.cell(Position::new(area.x, y)).is_some_and(|cell| cell.symbol() == wanted)
    };
    let top = (area.y..area.bottom()).find(|&y| is(y, ROWS[0]))?;
    let rows = (top..).zip(ROWS.into_iter().cycle().take(lines * ROWS.len()));
    rows.into_iter().all(|(y, wanted)| is(y, wanted)).then_some(Position::new(area.x, top))
}
