//! What every screen has: header, progress, the page, the status line and the keys; and dialogs on top.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::frame::{Places, how_much};
use super::{Drawn, Hidden, SMALLEST, dialogs, header, outlook, pages, put, put_right, question, summary};
use crate::interview::Stage;
use crate::text::{width, wrap};
use crate::tui::app::{App, Overlay};
use crate::tui::keys::{self, Mode};
use crate::tui::theme::Theme;
use crate::words::Language;

/// Lines of a notice, such as the whole path of a file.
const MOST_NOTICE: usize = 6;

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
