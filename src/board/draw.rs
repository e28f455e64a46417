//! From the state of the board to a frame.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

pub use super::app::Drawn;
use super::app::{App, Detail, Page};
use super::keys::{self, Mode};
use super::row::{Row, State};
use crate::report::look::SYMBOLS;
use crate::text::width;
use crate::tui::draw::lines::Doc;
use crate::tui::draw::{Look, SMALLEST, put, put_right, too_small, with_few_signs};
use crate::tui::theme::Theme;

/// From this width on the focused encounter is beside the list.
const WIDE: u16 = 110;
/// Below it a row needs two lines.
const NARROW: u16 = 60;
/// Text is never wider.
const TEXT_WIDTH: u16 = 76;
const GAP: usize = 2;
/// The mark of the focused row, and of the others.
const MARKS: [&str; 2] = ["❯ ", "  "];

/// Draws the whole screen, with the cursor on what is focused.
pub fn draw(app: &App, look: Look, frame: &mut Frame) -> Drawn {
    let area = frame.area();
    let theme = &look.theme;
    let buffer = frame.buffer_mut();
    buffer.set_style(area, theme.text);
    let (drawn, cursor) = if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(app.words, area, buffer);
        (Drawn { page_rows: 1, ..Drawn::default() }, area.as_position())
    } else {
        screen(app, theme, area, buffer)
    };
    with_few_signs(buffer, look);
    if area.contains(cursor) {
        frame.set_cursor_position(cursor);
    }
    drawn
}

fn screen(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> (Drawn, Position) {
    let words = &app.words.board;
    let inner = Rect { x: area.x + 1, width: area.width - 2, ..area };
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..inner };
    header(app, theme, line(0), buffer);
    let status = status(app, theme, inner.width);
    let status_height = (status.len() as u16).clamp(1, 4);
    let keys = area.height - 1;
    for (row, line) in status.iter().take(4).enumerate() {
        let y = area.y + keys - status_height + row as u16;
        put(buffer, Rect { y, height: 1, ..inner }, 0, line);
    }
    bottom_line(app, theme, line(keys), buffer);
    let body = Rect { y: area.y + 2, height: keys - status_height - 2, ..inner };
    match &app.page {
        Page::Help { scroll } => {
            let mut doc = Doc::new(usize::from(body.width.min(TEXT_WIDTH)));
            doc.paragraph(words.help, theme.strong);
            doc.blank();
            let mode = if app.is_public { Mode::Public } else { Mode::List };
            for (label, what) in keys::help(mode, &words.keys) {
                doc.hanging(&format!("{label:<7} "), theme.accent, what, theme.text);
            }
            reading(&doc, *scroll, body, buffer)
        }
        Page::Open { scroll } if body.width < WIDE => {
            let mut doc = Doc::new(usize::from(body.width.min(TEXT_WIDTH)));
            detail(app, theme, &mut doc);
            reading(&doc, *scroll, body, buffer)
        }
        _ if area.width >= WIDE && !app.is_public => {
            let left = Rect { width: body.width / 2, ..body };
            let right = Rect { x: left.right() + 2, width: body.right() - left.right() - 2, ..body };
            for y in body.y..body.bottom() {
                let bar = Line::styled("│", theme.line);
                put(buffer, Rect { x: left.right(), y, width: 1, height: 1 }, 0, &bar);
            }
            let (drawn, cursor) = list(app, theme, left, buffer);
            let mut doc = Doc::new(usize::from(right.width.min(TEXT_WIDTH)));
            detail(app, theme, &mut doc);
            let (scroll, is_open) = match app.page {
                Page::Open { scroll } => (scroll, true),
                _ => (0, false),
            };
            let (read, _) = reading(&doc, scroll, right, buffer);
            let drawn = Drawn { is_wide: true, scroll_max: read.scroll_max, ..drawn };
            let page_rows = if is_open { read.page_rows } else { drawn.page_rows };
            (Drawn { page_rows, ..drawn }, cursor)
        }
        _ => list(app, theme, body, buffer),
    }
}

fn header(app: &App, theme: &Theme, line: Rect, buffer: &mut Buffer) {
    let words = &app.words.board;
    let (waiting, overdue) = app.waiting();
    let name = match &app.place {
        Some(place) => format!("{} · {place}", words.title),
        None => words.title.to_owned(),
    };
    let counted = words.waiting(waiting, overdue);
    let style = if overdue > 0 { theme.notice } else { theme.strong };
    put(buffer, line, 0, &Line::from(vec![Span::styled(counted.clone(), style)]));
    let room = usize::from(line.width).saturating_sub(width(&counted) + GAP);
    if let Some(name) = Some(name).filter(|name| width(name) <= room) {
        put_right(buffer, line, 0, &Line::styled(name, theme.quiet));
    }
}

/// What came of a key, what the list is narrowed to, and why what is shown may be old.
fn status(app: &App, theme: &Theme, room: u16) -> Vec<Line<'static>> {
    let words = &app.words.board;
    let mut doc = Doc::new(usize::from(room));
    if let Some(why) = &app.trouble {
        doc.paragraph(&words.trouble(why), theme.notice);
    }
    if let Some(notice) = &app.notice {
        doc.paragraph(notice, theme.strong);
    }
    match &app.page {
        Page::Filter(field) => {
            let line = format!("/ {}▏{}", field.before_caret(), &field.text()[field.before_caret().len()..]);
            doc.paragraph(&line, theme.strong);
        }
        Page::Close { yes } => {
            let row = app.focused();
            let who = row.and_then(|row| row.ticket.as_ref().or(row.reference.as_ref()));
            let mut question = words.close(who.map_or("", String::as_str));
            if row.is_some_and(|row| row.standing.state == State::NotFinished) {
                question = format!("{} {question}", words.close_open);
            }
            doc.paragraph(&question, theme.notice);
            let choice = |chosen: bool, label: &str| {
                let mark = MARKS[usize::from(!chosen)];
                Span::styled(format!("{mark}{label}  "), if chosen { theme.focus } else { theme.text })
            };
            doc.line(Line::from(vec![choice(*yes, words.keys.yes), choice(!yes, words.keys.no)]));
        }
        _ => {
            if let Some(filter) = app.filter() {
                doc.paragraph(&words.narrowed_to(filter), theme.quiet);
            } else if doc.lines.is_empty() {
                let about = [
                    app.is_public.then(|| words.public.to_owned()),
                    app.head.as_deref().map(|head| words.head(head)),
                ];
                let about: Vec<String> = about.into_iter().flatten().collect();
                doc.paragraph(&about.join(" · "), theme.quiet);
            }
        }
    }
    doc.lines
}

fn bottom_line(app: &App, theme: &Theme, line: Rect, buffer: &mut Buffer) {
    let mode = Mode::of(&app.page, app.is_public);
    let mut spans: Vec<Span> = Vec::new();
    let mut used = 0;
    for (label, word) in keys::bottom_line(mode, &app.words.board.keys) {
        let gap = if spans.is_empty() { 0 } else { GAP };
        let needed = gap + width(label) + 1 + width(word);
        if used + needed > usize::from(line.width) {
            break;
        }
        used += needed;
        spans.push(Span::styled(format!("{}{label}", " ".repeat(gap)), theme.accent));
        spans.push(Span::styled(format!(" {word}"), theme.quiet));
    }
    put(buffer, line, 0, &Line::from(spans));
}

/// A page to read, from a line on.
fn reading(doc: &Doc, scroll: usize, area: Rect, buffer: &mut Buffer) -> (Drawn, Position) {
    let height = usize::from(area.height);
    let scroll_max = doc.lines.len().saturating_sub(height);
    let shown = doc.lines.iter().skip(scroll.min(scroll_max)).take(height);
    shown.enumerate().for_each(|(row, line)| put(buffer, area, row, line));
    (Drawn { page_rows: height, scroll_max, is_wide: false }, area.as_position())
}

fn detail(app: &App, theme: &Theme, doc: &mut Doc) {
    let words = &app.words.board;
    let Some(row) = app.focused() else { return };
    let title = [Some(level(app, row)), row.ticket.clone(), row.reference.clone()];
    let title: Vec<String> = title.into_iter().flatten().collect();
    doc.paragraph(&title.join(" · "), theme.level(row.standing.step, SYMBOLS.len()));
    let Some(Detail { parts, notes, history, .. }) = app.detail.as_ref().filter(|detail| detail.id == row.id)
    else {
        return;
    };
    for (name, said) in parts {
        doc.blank();
        doc.named(&format!("{name}: "), theme.accent, said, theme.text);
    }
    for (heading, lines) in [(words.notes, notes), (words.history, history)] {
        if !lines.is_empty() {
            doc.blank();
            doc.paragraph(heading, theme.accent);
            lines.iter().for_each(|line| doc.hanging(" • ", theme.quiet, line, theme.text));
        }
    }
}

/// The level with its symbol.
fn level(app: &App, row: &Row) -> String {
    let words = &app.words.board;
    let name = match &row.standing.level {
        None => words.not_known.to_owned(),
        Some((_, name)) if row.standing.is_final => name.clone(),
        Some((_, name)) => words.at_least(name),
    };
    format!("{:<2} {name}", SYMBOLS[row.standing.step])
}

/// How long the person waits, and whether that is too long.
fn waits(app: &App, row: &Row, is_short: bool) -> String {
    let words = &app.words.board;
    let waiting = words.minutes(row.waiting(app.now));
    match row.overdue(app.now) {
        Some(_) if is_short => format!("{waiting}, {}", words.overdue_short),
        Some(over) => format!("{waiting}, {}", words.overdue(over)),
        None => waiting,
    }
}

fn state(app: &App, row: &Row) -> String {
    let words = &app.words.board;
    let check = match row.standing.state {
        State::Finished => words.finished,
        State::Stopped => words.stopped,
        State::NotFinished => words.not_finished,
    };
    match (&row.seen, row.closed) {
        (_, true) => words.closed.to_owned(),
        (Some(_), _) if app.is_public => words.seen.to_owned(),
        (Some(who), _) if row.standing.state == State::NotFinished => {
            format!("{check}, {}", words.seen_by(who))
        }
        (Some(who), _) => words.seen_by(who),
        (None, _) => check.to_owned(),
    }
}

/// A column: its head, and what stands in it for each row.
struct Column {
    head: &'static str,
    cells: Vec<String>,
}

impl Column {
    fn width(&self) -> usize {
        self.cells.iter().map(|cell| width(cell)).max().unwrap_or(0).max(width(self.head))
    }
}

fn list(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> (Drawn, Position) {
    let words = &app.words.board;
    let shown = app.shown();
    if shown.is_empty() {
        let none = if app.filter().is_some() || matches!(app.page, Page::Filter(_)) {
            words.nobody_matches
        } else {
            words.nobody
        };
        let mut doc = Doc::new(usize::from(area.width.min(TEXT_WIDTH)));
        doc.paragraph(none, theme.text);
        return reading(&doc, 0, area, buffer);
    }
    let is_narrow = area.width < NARROW;
    let lines_of_row = if is_narrow { 2 } else { 1 };
    let height = usize::from(area.height).saturating_sub(usize::from(!is_narrow)) / lines_of_row;
    let focus = app.focused_at();
    // The focus stays in the middle where the list is longer than the page.
    let first = focus.saturating_sub(height / 2).min(shown.len().saturating_sub(height));
    let rows: Vec<&Row> = shown.iter().skip(first).take(height).copied().collect();
    let drawn = Drawn { page_rows: height.max(1), scroll_max: 0, is_wide: false };
    let mut cursor = area.as_position();
    let columns = columns(app, &rows, usize::from(area.width));
    let mut y = 0;
    if !is_narrow {
        let mut line = vec![Span::raw(MARKS[1])];
        for column in &columns {
            line.push(Span::styled(padded(column.head, column.width() + GAP), theme.quiet));
        }
        put(buffer, area, 0, &Line::from(line));
        y = 1;
    }
    for (at, row) in rows.iter().enumerate() {
        let is_focused = first + at == focus && !app.is_public;
        let style = if is_focused {
            theme.focus
        } else if row.seen.is_some() || row.closed {
            theme.quiet
        } else {
            theme.text
        };
        let place = Rect { y: area.y + y as u16, height: lines_of_row as u16, ..area };
        if is_focused {
            buffer.set_style(place, style);
            cursor = Position::new(place.x, place.y);
        }
        let mark = Span::styled(MARKS[usize::from(!is_focused)], style);
        let level = Span::styled(columns[0].cells[at].clone(), theme.level(row.standing.step, SYMBOLS.len()));
        let is_late = row.overdue(app.now).is_some();
        let late = if is_late && !is_focused { theme.notice } else { style };
        if is_narrow {
            // Who has no number is known by what the clinic calls them; on a public board by nothing.
            let reference = row.reference.clone().filter(|_| !app.is_public);
            let ticket = row.ticket.clone().or(reference).unwrap_or_default();
            put(buffer, place, 0, &Line::from(vec![mark, level, Span::styled(format!("  {ticket}"), style)]));
            let mut rest = vec![Span::raw("     "), Span::styled(waits(app, row, true), late)];
            let state = state(app, row);
            let used: usize = rest.iter().map(Span::width).sum();
            let is_told = row.standing.state != State::Finished || row.seen.is_some() || row.closed;
            if is_told && used + 2 + width(&state) <= usize::from(area.width) {
                rest.push(Span::styled(format!("  {state}"), style));
            }
            put(buffer, place, 1, &Line::from(rest));
        } else {
            let mut line = vec![mark, level];
            line.push(Span::styled(
                " ".repeat(GAP + columns[0].width() - width(&columns[0].cells[at])),
                style,
            ));
            for (number, column) in columns.iter().enumerate().skip(1) {
                let style = if number == 2 { late } else { style };
                line.push(Span::styled(padded(&column.cells[at], column.width() + GAP), style));
            }
            put(buffer, place, 0, &Line::from(line));
        }
        y += lines_of_row;
    }
    more(app, theme, (first, shown.len().saturating_sub(first + rows.len())), area, buffer);
    (drawn, cursor)
}

/// Says above the list how many rows are out of view.
fn more(app: &App, theme: &Theme, (above, below): (usize, usize), area: Rect, buffer: &mut Buffer) {
    if above + below > 0 {
        let said = app.words.screen.more_entries(above, below);
        put_right(
            buffer,
            Rect { y: area.y - 1, height: 1, ..area },
            0,
            &Line::styled(said, theme.quiet.add_modifier(Modifier::BOLD)),
        );
    }
}

/// The columns that fit, most important first: the last ones give way, and before them the long form of a wait.
fn columns(app: &App, rows: &[&Row], room: usize) -> Vec<Column> {
    let words = &app.words.board;
    let column = |head: &'static str, cell: &dyn Fn(&Row) -> String| Column {
        head,
        cells: rows.iter().map(|row| cell(row)).collect(),
    };
    let first = [
        column(words.level, &|row| level(app, row)),
        column(words.ticket, &|row| row.ticket.clone().unwrap_or_default()),
    ];
    let waits = |is_short: bool| column(words.waits, &|row| waits(app, row, is_short));
    let rest = || match app.is_public {
        true => vec![column(words.state, &|row| state(app, row))],
        false => vec![
            column(words.state, &|row| state(app, row)),
            column(words.reference, &|row| row.reference.clone().unwrap_or_default()),
            column(words.station, &|row| row.station.clone()),
        ],
    };
    let needed = |columns: &[Column]| columns.iter().map(|column| column.width() + GAP).sum::<usize>();
    let room = room.saturating_sub(width(MARKS[0]));
    let mut columns: Vec<Column> = first.into_iter().chain([waits(false)]).chain(rest()).collect();
    if needed(&columns) > room {
        columns[2] = waits(true);
    }
    while needed(&columns) > room + GAP && columns.len() > 3 {
        columns.pop();
    }
    columns
}

fn padded(words: &str, columns: usize) -> String {
    format!("{words}{}", " ".repeat(columns.saturating_sub(width(words))))
}
