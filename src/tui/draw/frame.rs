//! What every screen has: header, progress, the page, the status line and the keys; and dialogs on top.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::lines::Doc;
use super::{
    Drawn, Hidden, SMALLEST, Tap, dialogs, header, outlook, pages, put, put_right, question, summary,
};
use crate::interview::Stage;
use crate::text::{width, wrap};
use crate::tui::app::{App, Overlay};
use crate::tui::keys::{self, Mode};
use crate::tui::theme::Theme;
use crate::words::Language;

/// Text is never wider than this.
pub const TEXT_WIDTH: u16 = 70;
/// Nor than this for people who see badly, who read few words at a time.
const LARGE_WIDTH: u16 = 36;
/// The lowest screen that has room for wide spacing.
const SPACED_HEIGHT: u16 = 16;
const PAGE: (u16, u16) = (80, 32);
/// Lines of a notice, such as the whole path of a file.
const MOST_NOTICE: usize = 6;

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
    /// Few words a line.
    pub large: bool,
    /// Wide spacing, where there is room for it.
    pub spaced: bool,
}

impl Places {
    fn of(area: Rect, status_height: u16, large: bool) -> Places {
        let page = Rect {
            x: area.x + area.width.saturating_sub(PAGE.0) / 2,
            y: area.y + area.height.saturating_sub(PAGE.1) / 2,
            width: area.width.min(PAGE.0),
            height: area.height.min(PAGE.1),
        };
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
        Places {
            header: line(top, 1),
            bar: line(top + 1, 1),
            body: line(body, status.saturating_sub(body)),
            status: Rect { width: status_width(line(status, 1)), ..line(status, status_height) },
            rule: rule.map(|y| line(y, 1)),
            keys: line(keys, 1),
            large,
            spaced: large && page.height >= SPACED_HEIGHT,
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

pub fn too_small(app: &App, area: Rect, buffer: &mut Buffer) -> Drawn {
    let words = (app.words().screen.too_small)([area.width, area.height, SMALLEST.0, SMALLEST.1]);
    for (row, line) in wrap(&words, usize::from(area.width.max(1))).into_iter().enumerate() {
        put(buffer, area, row, &Line::from(line));
    }
    Drawn { cursor: area.as_position(), too_small: true, ..Drawn::default() }
}

pub fn screen(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let notice = app.notice.as_deref().unwrap_or_default();
    let narrow = Places::of(area, 1, app.large);
    let notice = wrap(notice, usize::from(narrow.status.width));
    let places = Places::of(area, notice.len().clamp(1, MOST_NOTICE) as u16, app.large);
    header::draw(app, theme, &places, buffer);
    for (row, line) in notice.into_iter().enumerate() {
        put(buffer, places.status, row, &Line::styled(line, theme.notice));
    }
    let mut drawn = page(app, theme, &places, buffer);
    match &app.overlay {
        Some(Overlay::Leave { focus, .. }) => {
            drawn = dialogs::leave(app, *focus, theme, &places, buffer);
        }
        Some(Overlay::Save(saving)) => drawn = dialogs::save(app, saving, theme, &places, buffer),
        _ => {}
    }
    outlook::draw(app, &mut drawn, theme, &places, buffer);
    more(app, drawn.hidden, theme, &places, buffer);
    bottom(app, &drawn, theme, &places, buffer);
    drawn
}

fn page(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    match &app.overlay {
        Some(Overlay::Why { question, scroll }) => {
            return pages::why(app, *question, *scroll, theme, places, buffer);
        }
        Some(Overlay::Help { mode, scroll }) => {
            return pages::help(app, *mode, *scroll, theme, places, buffer);
        }
        Some(Overlay::Page { page, scroll }) => {
            return summary::page(app, *page, *scroll, theme, places, buffer);
        }
        Some(Overlay::Leave { .. } | Overlay::Save(_)) | None => {}
    }
    if app.welcome {
        return pages::welcome(app, theme, places, buffer);
    }
    match app.interview.stage() {
        Stage::Asking(_) => question::draw(app, theme, places, buffer),
        Stage::SettingAside { .. } | Stage::Lowering { .. } => pages::confirm(app, theme, places, buffer),
        Stage::Alert { level, .. } => pages::alert(app, *level, theme, places, buffer),
        Stage::Review => pages::review(app, theme, places, buffer),
        Stage::Summary => summary::draw(app, theme, places, buffer),
    }
}

/// The keys that work now, as many as fit; leaving stands at the right.
fn bottom(app: &App, drawn: &Drawn, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let own = &app.words().keys;
    if let Some(rule) = places.rule {
        put(buffer, rule, 0, &Line::styled("─".repeat(usize::from(rule.width)), theme.line));
    }
    let room = usize::from(places.keys.width);
    let other = app.interview.other_language().map(|other| called(other, room));
    let works = |(label, word): (&'static str, &'static str)| match word {
        word if word == own.scroll && drawn.scroll_max == 0 => None,
        word if word == own.figure && !drawn.figure => None,
        word if word == own.finish_here && !app.may_finish_here() => None,
        // Where all begins, and where it is on; elsewhere the help names it.
        word if word == own.large && !(app.large || app.mode() == Mode::Welcome) => None,
        // Elsewhere the help names it.
        word if word == own.language => Some((label, other.filter(|_| app.welcome)?)),
        word => Some((label, word)),
    };
    let (leave, others): (Vec<_>, Vec<_>) = keys::bottom_line(app.mode(), own)
        .filter_map(works)
        .partition(|(label, _)| matches!(*label, "Ctrl-C" | "q"));
    let leave = leave.first().map(|(label, word)| match (*label, room) {
        // On a narrow screen the key alone, so that going on has room too.
        ("Ctrl-C", ..60) => (*label).to_owned(),
        _ => format!("{label} {word}"),
    });
    let right = leave.unwrap_or_default();
    let gap = if room < 60 { 1 } else { 2 };
    let mut free = room.saturating_sub(width(&right) + gap);
    let mut spans: Vec<Span> = Vec::new();
    // Help must be there whatever does not fit.
    let help = others.iter().position(|(_, word)| *word == own.help);
    let reserve = help.map_or(0, |at| width(others[at].0) + width(others[at].1) + 4);
    for (at, (label, word)) in others.iter().enumerate() {
        let gap = if spans.is_empty() { 0 } else { 3 };
        let needed = gap + width(label) + 1 + width(word);
        let kept = if help.is_some_and(|help| at < help) { reserve } else { 0 };
        if needed + kept > free {
            continue;
        }
        free -= needed;
        if gap > 0 {
            spans.push(Span::styled(" · ", theme.line));
        }
        spans.push(Span::styled((*label).to_owned(), theme.strong));
        spans.push(Span::styled(format!(" {word}"), theme.quiet));
    }
    put(buffer, places.keys, 0, &Line::from(spans));
    put_right(buffer, places.keys, 0, &Line::styled(right, theme.quiet));
}

/// A language by the name that its speakers look for, or shorter on a narrow screen.
fn called(tag: &str, room: usize) -> &str {
    match Language::of(tag) {
        Some(language) if room >= 60 => language.name(),
        _ => tag,
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
        Hidden { above, below, lines: true } => Some((screen.more_lines)(above, below)),
        Hidden { above, below, lines: false } => Some((screen.more_entries)(above, below)),
    }
}

/// Says at the right of the status line how much lies above and below.
fn more(app: &App, hidden: Hidden, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let Some(words) = how_much(app, hidden) else { return };
    let last = places.status.height.saturating_sub(1);
    let area = Rect { y: places.status.y + last, height: 1, ..places.status };
    let line = Line::styled(words, theme.quiet);
    let start = area.right().saturating_sub(line.width() as u16);
    let occupied = (start..area.right())
        .any(|x| buffer.cell(Position::new(x, area.y)).is_some_and(|cell| cell.symbol() != " "));
    if !occupied {
        put_right(buffer, area, 0, &line);
    }
}

/// Lines to choose from, of which one is focused.
pub struct List {
    /// The lines of each entry; the first part of each first line is its mark.
    pub entries: Vec<Vec<Line<'static>>>,
    /// Blank lines above an entry.
    pub gaps: Vec<usize>,
    pub focus: Option<usize>,
}

/// Draws a list below `head`, both scrolled so that the focus can be seen. The cursor goes `indent` columns
/// into the focused entry, or the first.
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
    let scroll = if list.focus.is_some() { scroll } else { 0 };
    let mut drawn = Drawn { scroll_max: 0, page: room, cursor: area.as_position(), ..Drawn::default() };
    let cursor_entry = list.focus.unwrap_or(0);
    let mut placed = false;
    for (row, (line, entry)) in flow.iter().enumerate().skip(scroll).take(room) {
        let y = area.y + (fixed + row - scroll) as u16;
        let place = Rect { y, height: 1, ..area };
        put(buffer, place, 0, line);
        let Some(entry) = entry else { continue };
        if list.focus == Some(*entry) {
            buffer.set_style(place, theme.focus);
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
