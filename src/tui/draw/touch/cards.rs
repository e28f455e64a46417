//! Cards: whatever can be chosen or opened, in a frame of its own, as many pages of them as it takes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::buttons;
use super::layout::{HIGH, Layout, WIDE};
use crate::text::{width, wrap};
use crate::tui::app::App;
use crate::tui::draw::lines::Doc;
use crate::tui::draw::{Drawn, Hidden, Tap, put};
use crate::tui::theme::Theme;

/// Columns of the frame and of the blanks inside it.
const FRAME: usize = 4;
/// Columns between cards side by side.
const GAP: u16 = 2;

#[derive(Clone)]
pub struct Card {
    /// In front of the words, such as its mark and its key.
    pub front: String,
    pub words: String,
    /// Below them.
    pub below: Vec<String>,
    pub tap: Tap,
    pub on: bool,
    pub focused: bool,
    /// The words below count more than those above.
    pub below_counts: bool,
    /// In the middle of its frame.
    pub centred: bool,
}

impl Card {
    pub fn new(words: impl Into<String>, tap: Tap) -> Card {
        Card {
            front: String::new(),
            words: words.into(),
            below: Vec::new(),
            tap,
            on: false,
            focused: false,
            below_counts: false,
            centred: false,
        }
    }

    fn lines(&self, room: usize, styles: [Style; 2]) -> Vec<Line<'static>> {
        let indent = width(&self.front);
        let inner = room.saturating_sub(indent).max(4);
        let [words, below] = styles;
        let mut lines = Vec::new();
        for (at, line) in wrap(&self.words, inner).into_iter().enumerate() {
            let front = if at == 0 { self.front.clone() } else { " ".repeat(indent) };
            let line = match self.centred {
                true => format!("{}{line}", " ".repeat((room.saturating_sub(width(&line))) / 2)),
                false => line,
            };
            lines.push(Line::from(vec![Span::styled(front, words), Span::styled(line, words)]));
        }
        for line in self.below.iter().flat_map(|below| wrap(below, inner)) {
            lines.push(Line::styled(format!("{}{line}", " ".repeat(indent)), below));
        }
        lines
    }

    /// Rows that it takes in a frame of this width.
    pub fn high(&self, wide: u16) -> u16 {
        let lines = self.lines(usize::from(wide).saturating_sub(FRAME), [Style::new(); 2]).len() as u16;
        (lines + 2).max(HIGH)
    }

    pub fn draw(&self, app: &App, place: Rect, theme: &Theme, drawn: &mut Drawn, buffer: &mut Buffer) {
        let pressed = app.is_pressed(&self.tap);
        let (words, border) = match () {
            () if pressed => (theme.focus, theme.focus),
            () if self.on => (theme.accent, theme.accent),
            () if self.focused => (theme.strong, theme.accent),
            () => (theme.text, theme.quiet),
        };
        let quiet = if pressed { theme.focus } else { theme.quiet };
        let styles = if self.below_counts { [quiet, words] } else { [words, quiet] };
        let inside = if pressed { theme.focus } else { theme.text };
        buttons::frame(place, self.on || self.focused, inside, border, buffer);
        let room = usize::from(place.width).saturating_sub(FRAME);
        let inner = Rect {
            x: place.x + 2,
            y: place.y + 1,
            width: room as u16,
            height: place.height.saturating_sub(2),
        };
        let lines = self.lines(room, styles);
        let before = usize::from(inner.height).saturating_sub(lines.len()) / 2;
        for (row, line) in lines.iter().enumerate() {
            put(buffer, inner, before + row, line);
        }
        // The middle of the left edge says where the keys are, also without colours.
        if self.focused {
            buffer.set_string(place.x, place.y + place.height / 2, "❯", border);
        }
        drawn.taps.push((place, self.tap.clone()));
    }
}

/// Some cards on one page.
struct Page {
    /// Of the words above the cards.
    text: std::ops::Range<usize>,
    rows: std::ops::Range<usize>,
}

/// How cards are laid out.
pub struct Grid {
    pub columns: usize,
    pub wide: u16,
}

impl Grid {
    /// Cards of words.
    pub fn of_words(layout: &Layout) -> Grid {
        Grid::columns(layout.columns, layout.places.body.width)
    }

    pub fn columns(columns: usize, room: u16) -> Grid {
        let columns = columns.max(1);
        Grid { columns, wide: (room + GAP) / columns as u16 - GAP }
    }

    /// So many small cards, such as numbers, in as few rows as they fit.
    pub fn of_cells(cells: usize, room: u16) -> Grid {
        let most = usize::from((room + GAP) / (WIDE + GAP)).max(1);
        let rows = cells.div_ceil(most).max(1);
        let columns = cells.div_ceil(rows).max(1);
        Grid { columns, wide: Grid::columns(columns, room).wide.min(WIDE + 4) }
    }
}

/// Draws the words of `head` with the cards below; what doesn't fit is on further pages. On which one comes from the
/// focus, or from where the person has turned.
pub fn pages(
    app: &App,
    head: &Doc,
    cards: &[Card],
    grid: &Grid,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Drawn {
    let height = usize::from(area.height);
    let rows: Vec<&[Card]> = cards.chunks(grid.columns).collect();
    let high = |row: &&[Card]| row.iter().map(|card| card.high(grid.wide)).max().unwrap_or(HIGH);
    let heights: Vec<usize> = rows.iter().map(high).map(usize::from).collect();
    let tallest = heights.iter().copied().max().unwrap_or(0);
    let head_lines = head.lines.len();
    let stays = head_lines + tallest <= height;
    let pages =
        split(if stays { 0 } else { head_lines }, &heights, height - if stays { head_lines } else { 0 });
    let last = pages.len() - 1;
    let focus = cards.iter().position(|card| card.focused || card.on);
    let with_focus =
        focus.and_then(|focus| pages.iter().position(|page| page.rows.contains(&(focus / grid.columns))));
    let shown = if app.seeks_focus { with_focus.unwrap_or(0) } else { app.scroll.min(last) };
    let page = &pages[shown];
    let mut drawn = Drawn {
        scroll_max: last,
        page: 2,
        cards_page: Some(shown),
        cursor: Position::new(area.x, area.y),
        ..Drawn::default()
    };
    let text = if stays { 0..head_lines } else { page.text.clone() };
    let mut y = area.y;
    for line in &head.lines[text] {
        put(buffer, Rect { y, height: 1, ..area }, 0, line);
        y += 1;
    }
    let mut placed = false;
    for (cards, high) in rows[page.rows.clone()].iter().zip(&heights[page.rows.clone()]) {
        let high = (*high as u16).min(area.bottom().saturating_sub(y));
        for (column, card) in cards.iter().enumerate() {
            let x = area.x + column as u16 * (grid.wide + GAP);
            let place = Rect { x, y, width: grid.wide, height: high };
            card.draw(app, place, theme, &mut drawn, buffer);
            if !placed || card.focused {
                drawn.cursor = Position::new(place.x + 2, place.y + 1);
                placed = true;
            }
        }
        y += high + 1;
    }
    let before = (page.rows.start * grid.columns).min(cards.len());
    let behind = cards.len() - (page.rows.end * grid.columns).min(cards.len());
    // Words alone are as much a page as cards are.
    let above = before.max(shown);
    drawn.hidden = Hidden { above, below: behind.max(last - shown), lines: false };
    drawn
}

/// Which rows of cards are on which page, behind so many lines of text.
fn split(text: usize, heights: &[usize], room: usize) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut from = 0;
    while text - from > room {
        pages.push(Page { text: from..from + room, rows: 0..0 });
        from += room;
    }
    let (mut page, mut used) = (Page { text: from..text, rows: 0..0 }, text - from);
    for (row, &high) in heights.iter().enumerate() {
        let gap = usize::from(!page.rows.is_empty());
        if used + gap + high > room && used > 0 {
            pages.push(page);
            (page, used) = (Page { text: text..text, rows: row..row }, 0);
        } else {
            used += gap;
        }
        page.rows.end = row + 1;
        used += high;
    }
    pages.push(page);
    pages
}

/// Cards at the end of the page, side by side where they fit; gives what is left above them.
pub fn at_end(
    app: &App,
    cards: &[Card],
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> (Layout, Drawn) {
    let body = layout.places.body;
    let mut drawn = Drawn { cursor: body.as_position(), ..Drawn::default() };
    if cards.is_empty() {
        return (layout.above(0), drawn);
    }
    let beside = Grid::columns(cards.len(), body.width);
    let grid = if beside.wide >= 24 { beside } else { Grid::columns(1, body.width) };
    let rows: Vec<_> = cards.chunks(grid.columns).collect();
    let heights: Vec<u16> =
        rows.iter().map(|row| row.iter().map(|card| card.high(grid.wide)).max().unwrap_or(HIGH)).collect();
    let high = heights.iter().sum::<u16>() + heights.len() as u16 - 1;
    let mut y = body.bottom().saturating_sub(high);
    for (cards, high) in rows.into_iter().zip(heights) {
        for (column, card) in cards.iter().enumerate() {
            let x = body.x + column as u16 * (grid.wide + GAP);
            let place = Rect { x, y, width: grid.wide, height: high };
            card.draw(app, place, theme, &mut drawn, buffer);
            if card.focused {
                drawn.cursor = Position::new(place.x + 2, place.y + 1);
            }
        }
        y += high + 1;
    }
    (layout.above(high + 1), drawn)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn every_row_is_on_one_page_and_every_page_fits() {
        for (text, room) in [(0, 15), (40, 15), (3, 4), (15, 15), (0, 3)] {
            for heights in [vec![3; 11], vec![3, 4, 3, 5], vec![], vec![9]] {
                let pages = split(text, &heights, room);
                let rows: Vec<usize> = pages.iter().flat_map(|page| page.rows.clone()).collect();
                assert_eq!(rows, (0..heights.len()).collect::<Vec<_>>());
                let lines: Vec<usize> = pages.iter().flat_map(|page| page.text.clone()).collect();
                assert_eq!(lines, (0..text).collect::<Vec<_>>());
                for page in pages.iter().filter(|page| page.text.len() + page.rows.len() > 1) {
                    let rows = &heights[page.rows.clone()];
                    let high = rows.iter().sum::<usize>() + rows.len().saturating_sub(1);
                    assert!(page.text.len() + high <= room, "{text} {heights:?} {room}");
                }
            }
        }
    }
}
