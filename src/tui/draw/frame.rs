//! What screens are made of: their places, a page to read, a list to choose from.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::lines::Doc;
use super::{Drawn, Hidden, Tap, put};
use crate::tui::app::App;
use crate::tui::theme::Theme;

/// Text is never wider than this.
pub const TEXT_WIDTH: u16 = 70;
/// Nor than this with wide spacing: whoever makes the letters of the terminal larger has a narrow window anyway.
const LARGE_WIDTH: u16 = 76;
/// The lowest screen that has room for wide spacing.
const SPACED_HEIGHT: u16 = 16;
/// The page is never larger than this; in a wider window it is in the middle, and has columns beside it.
const PAGE: (u16, u16) = (80, 60);
/// A column beside the page needs as much room, and takes no more than that.
const SIDE: (u16, u16) = (16, 34);

/// The places on a screen, the same everywhere.
pub struct Places {
    pub header: Rect,
    pub bar: Rect,
    /// The page itself, with its full width.
    pub body: Rect,
    /// What is wrong, or how much more there is.
    pub status: Rect,
    pub rule: Option<Rect>,
    pub keys: Rect,
    /// Beside the page in wide windows, to the left and to the right of it.
    pub sides: Option<[Rect; 2]>,
    /// Few words a line.
    pub large: bool,
    /// Wide spacing, where there is room for it.
    pub spaced: bool,
    /// For fingers: what could be tapped is left to cards and buttons.
    pub touch: bool,
}

/// The middle of an area, of at most so many columns and rows.
pub fn in_the_middle(area: Rect, (columns, rows): (u16, u16)) -> Rect {
    Rect {
        x: area.x + area.width.saturating_sub(columns) / 2,
        y: area.y + area.height.saturating_sub(rows) / 2,
        width: area.width.min(columns),
        height: area.height.min(rows),
    }
}

impl Places {
    pub fn of(area: Rect, status_height: u16, large: bool) -> Places {
        let page = in_the_middle(area, PAGE);
        let margin = if page.width >= 60 { 2 } else { 1 };
        let line =
            |y: u16, height: u16| Rect { x: page.x + margin, y, width: page.width - 2 * margin, height };
        let roomy = page.height >= 20;
        let top = page.y + u16::from(page.height >= 26);
        let bottom = page.y + page.height - u16::from(page.height >= 26);
        let body = top + 2 + u16::from(roomy);
        let keys = bottom - 1;
        let rule = roomy.then(|| keys - 1);
        let status = rule.unwrap_or(keys) - status_height;
        // Where few words a line are wanted, what is said of the page stands below its words.
        let status_width = |line: Rect| if large { line.width.min(LARGE_WIDTH) } else { line.width };
        let margin_beside = page.x.saturating_sub(area.x).saturating_sub(3);
        let side = margin_beside.min(SIDE.1);
        let high = Rect { y: body, height: status.saturating_sub(body), width: side, x: page.x };
        let left = Rect { x: page.x.saturating_sub(side + 1), ..high };
        let right = Rect { x: page.right() + 1, ..high };
        let sides = (side >= SIDE.0 && !large).then_some([left, right]);
        Places {
            sides,
            header: line(top, 1),
            bar: line(top + 1, 1),
            body: line(body, status.saturating_sub(body)),
            status: Rect { width: status_width(line(status, 1)), ..line(status, status_height) },
            rule: rule.map(|y| line(y, 1)),
            keys: line(keys, 1),
            large,
            spaced: large && page.height >= SPACED_HEIGHT,
            touch: false,
        }
    }

    /// The part of the body that text may use.
    pub fn text(&self) -> Rect {
        let most = if self.large { LARGE_WIDTH } else { TEXT_WIDTH };
        Rect { width: self.body.width.min(most), ..self.body }
    }

    /// A page of text.
    pub fn doc(&self) -> Doc {
        self.doc_of(usize::from(self.text().width))
    }

    /// A text of this width, or less where few words a line are wanted.
    pub fn doc_of(&self, width: usize) -> Doc {
        let width = if self.large { width.min(usize::from(LARGE_WIDTH)) } else { width };
        if self.spaced { Doc::spaced(width) } else { Doc::new(width) }
    }

    /// The blank lines above each of some entries of a list.
    pub fn gaps(&self, entries: usize) -> Vec<usize> {
        (0..entries).map(|entry| usize::from(self.spaced && entry > 0)).collect()
    }
}

/// A page to read that may be longer than its place: shows it from `scroll` on, and says how much is left.
pub fn reading(doc: &Doc, scroll: usize, places: &Places, buffer: &mut Buffer) -> Drawn {
    let area = places.body;
    let height = usize::from(area.height);
    let scroll_max = doc.lines.len().saturating_sub(height);
    let scroll = scroll.min(scroll_max);
    for (row, line) in doc.lines.iter().skip(scroll).take(height).enumerate() {
        put(buffer, area, row, line);
    }
    let hidden =
        Hidden { above: scroll, below: doc.lines.len().saturating_sub(scroll + height), lines: true };
    Drawn { scroll_max, page: height, cursor: at_first_words(doc, scroll, area), hidden, ..Drawn::default() }
}

/// Where the cursor goes on a page shown from line `scroll` on in `area`: to the first line that has words, since
/// a blank one is nothing to hear.
pub fn at_first_words(doc: &Doc, scroll: usize, area: Rect) -> Position {
    let shown = doc.lines.iter().skip(scroll).take(usize::from(area.height));
    let is_blank = |line: &Line| line.spans.iter().all(|span| span.content.trim().is_empty());
    let row = shown.into_iter().position(|line| !is_blank(line)).unwrap_or(0);
    Position::new(area.x, area.y + row as u16)
}

/// How much lies out of view, in words.
pub fn how_much(app: &App, hidden: Hidden) -> Option<String> {
    let screen = &app.words().screen;
    match hidden {
        Hidden { above: 0, below: 0, .. } => None,
        Hidden { above, below, lines: true } => Some(screen.more_lines(above, below)),
        Hidden { above, below, lines: false } => Some(screen.more_entries(above, below)),
    }
}

/// Lines to choose from, of which one is focused.
pub struct List {
    /// The lines of each entry; the first part of each first line is its mark.
    pub entries: Vec<Vec<Line<'static>>>,
    /// Blank lines above an entry.
    pub gaps: Vec<usize>,
    pub focus: Option<usize>,
    /// The first line shown, where the list was scrolled away from its focus.
    pub from: Option<usize>,
}

/// Draws a list below `head`, both scrolled so that the focus can be seen unless the list was scrolled elsewhere. The
/// cursor goes `indent` columns into the focused entry, or the first.
pub fn list(head: &Doc, list: &List, indent: u16, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let height = usize::from(area.height);
    // The head stays while that leaves room for any entry; on a very small screen all scrolls together.
    let head_lines = head.lines.len();
    let tallest = list.entries.iter().map(Vec::len).max().unwrap_or(0);
    let fixed = if head_lines + tallest.max(3) <= height { head_lines } else { 0 };
    for (row, line) in head.lines.iter().take(fixed).enumerate() {
        put(buffer, area, row, line);
    }
    let room = height - fixed;
    let mut flow: Vec<(&Line, Option<usize>)> = head.lines[fixed..].iter().map(|line| (line, None)).collect();
    let blank = Line::default();
    for (entry, lines) in list.entries.iter().enumerate() {
        flow.extend(std::iter::repeat_n((&blank, None), list.gaps.get(entry).copied().unwrap_or(0)));
        flow.extend(lines.iter().map(|line| (line, Some(entry))));
    }
    let of_focus = |wanted: usize| {
        let mut rows =
            flow.iter().enumerate().filter(|(_, (_, entry))| *entry == Some(wanted)).map(|(row, _)| row);
        let first = rows.next()?;
        Some((first, rows.next_back().unwrap_or(first)))
    };
    let best = |entry: usize, first: usize, last: usize| match entry {
        // The way to the head leads over the first entry, whose last lines may have to wait for the second.
        0 => (first + 1).saturating_sub(room),
        1 => (last + 1).saturating_sub(room).min(first),
        // One line of what comes next stays in view.
        _ => (last + 2).saturating_sub(room).min(flow.len().saturating_sub(room)).min(first),
    };
    let mut scroll = 0;
    for (entry, (first, last)) in
        (0..=list.focus.unwrap_or(0)).filter_map(|entry| Some((entry, of_focus(entry)?)))
    {
        // Never further than a screen from entry to entry, so that no line is passed over.
        let most = if entry == 0 { usize::MAX } else { scroll + room };
        scroll = best(entry, first, last).min(most).max((first + 1).saturating_sub(room));
    }
    let scroll_max = flow.len().saturating_sub(room);
    let scroll = match (list.from, list.focus) {
        (Some(from), _) => from.min(scroll_max),
        (None, Some(_)) => scroll,
        (None, None) => 0,
    };
    let shown = flow.len().saturating_sub(scroll).min(room);
    let end = Some(area.y + (fixed + shown) as u16);
    let cursor = area.as_position();
    let scrolled = Some((scroll, scroll_max));
    let mut drawn = Drawn { page: room, list: scrolled, cursor, end, ..Drawn::default() };
    let cursor_entry = list.focus.unwrap_or(0);
    let mut placed = false;
    for (row, (line, entry)) in flow.iter().enumerate().skip(scroll).take(room) {
        let y = area.y + (fixed + row - scroll) as u16;
        let place = Rect { y, height: 1, ..area };
        put(buffer, place, 0, line);
        let Some(entry) = entry else { continue };
        if list.focus == Some(*entry) {
            let helps = line.spans.last().is_some_and(|span| span.style == theme.quiet);
            buffer.set_style(place, theme.focus);
            // What helps stays lighter than what it helps with.
            if helps && theme.quiet != theme.text {
                buffer.set_style(place, Style::new().remove_modifier(Modifier::BOLD));
            }
        }
        if *entry == cursor_entry && !placed {
            drawn.cursor = Position::new(area.x + indent.min(area.width.saturating_sub(1)), y);
            placed = true;
        }
        drawn.taps.push((place, Tap::Row(*entry)));
    }
    let entries_in = |rows: std::ops::Range<usize>| {
        let mut entries: Vec<_> =
            flow.get(rows).unwrap_or_default().iter().filter_map(|(_, entry)| *entry).collect();
        entries.dedup();
        entries.len()
    };
    drawn.hidden = Hidden {
        above: entries_in(0..scroll),
        below: entries_in((scroll + room).min(flow.len())..flow.len()),
        lines: false,
    };
    drawn
}
