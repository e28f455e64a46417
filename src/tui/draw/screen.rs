//! What every screen has: header, progress, the page, the status line and the keys; and dialogs on top.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::frame::{Places, how_much};
use super::{
    Drawn, SMALLEST, Tap, again, dialogs, grid, handout, header, outlook, pages, put, put_right, question,
    settle, side, summary, touch,
};
use crate::interview::Stage;
use crate::text::{width, wrap};
use crate::tui::app::{App, Overlay};
use crate::tui::keys::{self, Action, Mode};
use crate::tui::policy::Policy;
use crate::tui::theme::Theme;
use crate::words::{Keys, Language, Words};

/// Lines of a notice, such as the whole path of a file.
const MOST_NOTICE: usize = 6;

/// Says in a window that is too small how large it must be.
pub fn too_small(words: &Words, area: Rect, buffer: &mut Buffer) -> Drawn {
    let words = words.screen.too_small(area.width, area.height, SMALLEST.0, SMALLEST.1);
    let lines = |words: &str| wrap(words, usize::from(area.width.max(1)));
    // Where not all of it has room, what to do comes before how large the window is.
    let shorter = words
        .split_once(". ")
        .map(|(_, rest)| rest)
        .filter(|_| lines(&words).len() > usize::from(area.height));
    for (row, line) in lines(shorter.unwrap_or(&words)).into_iter().enumerate() {
        put(buffer, area, row, &Line::from(line));
    }
    Drawn { cursor: area.as_position(), too_small: true, ..Drawn::default() }
}

pub fn screen(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    if let Some(Overlay::TakeAlong { scroll }) = app.overlay {
        return handout::on_window(app, scroll, theme, area, buffer);
    }
    // At a line to type into it is said there.
    let is_at_field = matches!(app.mode(), Mode::Number | Mode::Text);
    let notice = app.notice.as_deref().filter(|_| !is_at_field);
    // Where fingers were asked for, the window is too small for them.
    let (wide, high) = touch::SMALLEST;
    let too_small = app.touch.then(|| app.words().touch.too_small(area.width, area.height, wide, high));
    let notice = notice.or(too_small.as_deref()).unwrap_or_default();
    let mark = if app.is_done && !notice.is_empty() { "✓ " } else { "" };
    let notice = format!("{mark}{notice}");
    let narrow = Places::of(area, 1, app.large);
    let notice = wrap(&notice, usize::from(narrow.status.width));
    let places = Places::of(area, notice.len().clamp(1, MOST_NOTICE) as u16, app.large);
    // On a page with rows it names the first and the last.
    let rows = grid::page(app, theme, &places).map_or(1, |_| app.rows().len());
    header::draw(app, rows, theme, &places, buffer);
    let mut drawn = page(app, theme, &places, buffer);
    side::draw(app, drawn.figure, theme, &places, buffer);
    match &app.overlay {
        Some(Overlay::Leave { focus, .. }) => {
            drawn = dialogs::leave(app, *focus, theme, &places, buffer);
        }
        Some(Overlay::Finish { focus }) => {
            drawn = dialogs::finish(app, *focus, theme, &places, buffer);
        }
        Some(Overlay::Save(saving)) => drawn = dialogs::save(app, saving, theme, &places, buffer),
        _ => {}
    }
    // After the dialogs, which leave nothing else to be seen.
    let style = if app.is_done { theme.done } else { theme.notice };
    let place = at_field(app, &drawn, notice.len(), &places);
    for (row, line) in notice.into_iter().enumerate() {
        put(buffer, place, row, &Line::styled(line, style));
    }
    outlook::draw(app, &mut drawn, theme, &places, buffer);
    more(app, &mut drawn, theme, &places, buffer);
    bottom(app, &mut drawn, theme, &places, buffer);
    drawn
}

/// Where a notice goes: right below the answers it is about, where there is room, so that it need not be looked for.
fn at_field(app: &App, drawn: &Drawn, lines: usize, places: &Places) -> Rect {
    let end = drawn.end.filter(|_| app.overlay.is_none() && app.question().is_some());
    match end.map(|end| end + 1) {
        Some(y) if y + lines as u16 <= places.status.y => Rect { y, height: lines as u16, ..places.status },
        _ => places.status,
    }
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
        Some(
            Overlay::Leave { .. }
            | Overlay::Finish { .. }
            | Overlay::Save(_)
            | Overlay::TakeAlong { .. }
            // These have a screen of their own.
            | Overlay::Nothing { .. }
            | Overlay::Jump { .. }
            | Overlay::Remark { .. }
            | Overlay::Outline { .. }
            | Overlay::Live { .. }
            | Overlay::NotKept { .. },
        )
        | None => {}
    }
    if app.welcome && app.interview.begins_again() {
        return again::welcome(app, theme, places, buffer);
    }
    if app.welcome {
        return pages::welcome(app, theme, places, buffer);
    }
    match app.interview.stage() {
        Stage::Asking(_) | Stage::Settling { .. } => question::draw(app, theme, places, buffer),
        Stage::OfferSettling => settle::offer(app, theme, places, buffer),
        Stage::SettingAside { .. } | Stage::Lowering { .. } => pages::confirm(app, theme, places, buffer),
        Stage::Alert { level, question } => {
            pages::alert(app, (*level, *question), theme, &dialogs::above(app, theme, places), buffer)
        }
        Stage::Review => pages::review(app, theme, places, buffer),
        Stage::Summary => summary::draw(app, theme, places, buffer),
    }
}

/// The keys that work now, as many as fit; leaving stands at the right.
pub(super) fn bottom(app: &App, drawn: &mut Drawn, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let words = &app.words().keys;
    if let Some(rule) = places.rule {
        put(buffer, rule, 0, &Line::styled("─".repeat(usize::from(rule.width)), theme.line));
    }
    let room = usize::from(places.keys.width);
    // What was drawn just now is known to the next key only.
    let mode = app.mode_on(drawn.grid);
    let other = app.interview.other_language().map(|other| called(other, room));
    let is_summary = app.mode() == Mode::Summary;
    let has_nothing_left =
        app.report.as_ref().is_some_and(|report| report.finished) && *app.interview.stage() == Stage::Summary;
    let works = |(label, word): (&'static str, &'static str)| match word {
        word if word == words.scroll && drawn.scroll_max == 0 => None,
        // Where all is answered there is nothing to go on with.
        word if word == words.resume && has_nothing_left => None,
        word if word == words.figure && !drawn.figure => None,
        word if word == words.offered => match app.questionnaire().offers.len() {
            0 => None,
            1 => Some(("1", word)),
            _ => Some((label, word)),
        },
        word if word == words.finish_here && !app.may_finish_here() => None,
        // Where all begins, and where it is on; elsewhere the help names it.
        word if word == words.large && !(app.large || app.mode() == Mode::Welcome) => None,
        // Elsewhere the help names it.
        word if word == words.language => Some((label, other.filter(|_| app.welcome)?)),
        word if word == words.next && app.interview.returns_to_list() => Some((label, words.save_and_return)),
        word => Some((label, word)),
    };
    let (leave, others): (Vec<_>, Vec<_>) = keys::bottom_line(mode, app.policy, words)
        .filter_map(works)
        .partition(|(label, _)| matches!(*label, "Ctrl-C" | "q"));
    let leave = leave.first().map(|(label, word)| match (*label, room) {
        // On a narrow screen the key alone, so that going on has room too.
        ("Ctrl-C", ..60) => (*label, None),
        _ => (*label, Some(*word)),
    });
    let right = leave.map_or(0, hint_width);
    let gap = if room < 60 { 1 } else { 2 };
    let free = room.saturating_sub(right + gap);
    let area = places.keys;
    let mut x = area.x;
    let hints = fitting(&others, free, |label, word| {
        let scrolls = word == words.scroll || (word == words.page && !is_summary);
        matches!(label, "Enter" | "Esc" | "a" | "c" | "n" | "p" | "w" | "-" | "+" | "0" | ".")
            || (word == words.help && (room >= 60 || !is_summary))
            || word == words.save
            || scrolls
    });
    for (at, hint) in hints.into_iter().enumerate() {
        if at > 0 {
            put(
                buffer,
                Rect { x, width: area.right() - x, ..area },
                0,
                &Line::styled(BETWEEN_KEYS, theme.line),
            );
            x += width(BETWEEN_KEYS) as u16;
        }
        let place = Rect { x, width: hint_width(hint) as u16, ..area };
        word_of_key(hint, (mode, app.policy), words, theme.strong, theme.quiet, place, drawn, buffer);
        x = place.right();
    }
    if let Some(hint) = leave {
        let place = Rect { x: area.right().saturating_sub(right as u16), width: right as u16, ..area };
        word_of_key(hint, (mode, app.policy), words, theme.quiet, theme.quiet, place, drawn, buffer);
    }
}

/// A key with its word, which does when it is clicked what the key does.
#[expect(clippy::too_many_arguments, reason = "one word, drawn once")]
fn word_of_key(
    (label, word): Hint,
    (mode, policy): (Mode, Policy),
    words: &'static Keys,
    key_style: Style,
    word_style: Style,
    place: Rect,
    drawn: &mut Drawn,
    buffer: &mut Buffer,
) {
    let word = word.map_or_else(String::new, |word| format!(" {word}"));
    let spans = vec![Span::styled(label.to_owned(), key_style), Span::styled(word, word_style)];
    put(buffer, place, 0, &Line::from(spans));
    if let Some((first, rest)) = keys::tapped(mode, policy, label, words) {
        drawn.taps.push((place, Tap::Press(rest)));
        drawn.taps.push((Rect { width: 1, ..place }, Tap::Press(first)));
    }
}

fn hint_width((label, word): Hint) -> usize {
    width(label) + word.map_or(0, |word| 1 + width(word))
}

const BETWEEN_KEYS: &str = " · ";

/// A key, and what it does where there is room for it.
type Hint<'k> = (&'k str, Option<&'k str>);

/// The keys that fit into `room` columns, in their order. Those that are needed come before others; rather than one of
/// them, what they do is left out, last of the first.
fn fitting<'k>(
    keys: &[(&'k str, &'k str)],
    room: usize,
    is_needed: impl Fn(&str, &str) -> bool,
) -> Vec<Hint<'k>> {
    let wide = |hints: &[Option<Hint>]| {
        let hints = hints.iter().flatten();
        let words = hints.map(|hint| hint_width(*hint));
        let (columns, count) = words.fold((0, 0), |(sum, count), columns| (sum + columns, count + 1_usize));
        columns + count.saturating_sub(1) * width(BETWEEN_KEYS)
    };
    let needed = |&(label, word): &(&'k str, &'k str)| is_needed(label, word).then_some((label, Some(word)));
    let mut hints: Vec<Option<Hint>> = keys.iter().map(needed).collect();
    for at in (0..hints.len()).rev() {
        if wide(&hints) > room
            && let Some((_, word)) = &mut hints[at]
        {
            *word = None;
        }
    }
    // The other keys come before any more words.
    let needed = hints.iter().map(Option::is_some).collect::<Vec<_>>();
    for with_word in [false, true] {
        for (at, &(label, word)) in keys.iter().enumerate().filter(|(at, _)| !needed[*at]) {
            if with_word && hints[at].is_none() {
                continue;
            }
            let before = hints[at].replace((label, with_word.then_some(word)));
            if wide(&hints) > room {
                hints[at] = before;
            }
        }
    }
    hints.into_iter().flatten().collect()
}

/// A language by the name that its speakers look for, or shorter on a narrow screen.
fn called(tag: &str, room: usize) -> &str {
    match Language::of(tag) {
        Some(language) if room >= 60 => language.name(),
        _ => tag,
    }
}

/// Says at the right of the status line how much lies above and below. A click there shows it.
fn more(app: &App, drawn: &mut Drawn, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let hidden = drawn.hidden;
    let Some(words) = how_much(app, hidden) else { return };
    let last = places.status.height.saturating_sub(1);
    let area = Rect { y: places.status.y + last, height: 1, ..places.status };
    let line = Line::styled(words, theme.quiet);
    let start = area.right().saturating_sub(line.width() as u16);
    let occupied = (start..area.right())
        .any(|x| buffer.cell(Position::new(x, area.y)).is_some_and(|cell| cell.symbol() != " "));
    if occupied {
        return;
    }
    put_right(buffer, area, 0, &line);
    let place = Rect { x: start, width: area.right() - start, ..area };
    let (above, below) = match (hidden.above, hidden.below) {
        (_, 0) => (place.width, 0),
        (0, _) => (0, place.width),
        _ => (place.width / 2, place.width - place.width / 2),
    };
    let ways = [
        (Rect { width: above, ..place }, Action::TurnBack),
        (Rect { x: place.x + above, width: below, ..place }, Action::TurnOn),
    ];
    let ways = ways.into_iter().filter(|(place, _)| place.width > 0);
    drawn.taps.extend(ways.map(|(place, action)| (place, Tap::Press(action))));
}
