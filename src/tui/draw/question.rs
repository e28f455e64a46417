//! The page of one question: what is asked, what helps, and the ways to answer.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::frame::{self, List, Places};
use super::lines::Doc;
use super::{Drawn, Tap, again, figure, grid, larger, put_lines, scale};
use crate::answers;
use crate::interview::rows::{Row, keys, rows};
use crate::questionnaire::{Control, Domain, Question, QuestionIndex};
use crate::text::{width, wrap};
use crate::tui::app::App;
use crate::tui::field::Field;
use crate::tui::keys::{Action, UNSURE_TYPED};
use crate::tui::theme::Theme;
use crate::tui::words;

/// The narrowest list that the figure can stand beside.
const LIST: u16 = 32;

pub fn draw(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some((index, question)) = app.question() else { return Drawn::default() };
    let question = &*question;
    if let Some(page) = grid::page(app, theme, places) {
        return grid::draw(app, &page, theme, buffer);
    }
    let head = head(app, index, question, theme, places);
    let draw = |head: &Doc, buffer: &mut Buffer| page(app, question, head, theme, places, buffer);
    let larger = app.larger && app.overlay.is_none();
    let larger =
        larger.then(|| larger::page(question.ask.to(app.audience()), &head, theme, places, buffer, draw));
    larger.flatten().unwrap_or_else(|| draw(&head, buffer))
}

fn page(
    app: &App,
    question: &Question,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    match &question.control {
        Control::List | Control::YesNo => choices(app, question, head, theme, places, buffer),
        Control::Figure => body_map(app, question, head, theme, places, buffer),
        Control::Scale { labels } => {
            let Some((min, max)) = question.scale() else { return Drawn::default() };
            let labels: Vec<_> =
                labels.iter().map(|(value, text)| (*value, text.to(app.audience()))).collect();
            scale::draw(app, question, (min, max), &labels, head, theme, places, buffer)
        }
        Control::Field => field(app, question, head, theme, places, buffer),
        Control::Note => frame::reading(head, app.scroll, places, buffer),
    }
}

/// A line to type in.
fn field(
    app: &App,
    question: &Question,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    match &question.domain {
        Domain::Number(bounds) => {
            let unit = bounds.unit.as_ref().map_or("", |unit| unit.to(app.audience()));
            let words = app.words();
            let (min, max) = (words.number(bounds.min), words.number(bounds.max));
            let help = format!("{}{}.", words.screen.from_to(&min, &max), words::example(question, words));
            let digits = max.len() + if bounds.decimals > 0 { 1 + usize::from(bounds.decimals) } else { 0 };
            number(app, question, digits.max(4), unit, &help, head, theme, places, buffer)
        }
        Domain::Text | Domain::One { .. } | Domain::Several | Domain::Nothing => {
            text(app, head, theme, places, buffer)
        }
    }
}

pub fn head(app: &App, index: QuestionIndex, question: &Question, theme: &Theme, places: &Places) -> Doc {
    let mut head = places.doc();
    head.paragraph(question.ask.to(app.audience()), theme.strong);
    let mut hint = question.hint.as_ref().map(|hint| hint.to(app.audience()).to_owned()).unwrap_or_default();
    let help = match question.domain {
        Domain::Several if places.touch => app.words().touch.tick_all,
        Domain::Several => app.words().screen.tick_all,
        _ if places.touch => match question.optional && hint.is_empty() {
            true => app.words().touch.leave_out,
            false => "",
        },
        Domain::Text if question.unsure => app.words().screen.or_not_sure,
        _ if question.optional && hint.is_empty() => app.words().screen.leave_out,
        _ => "",
    };
    if !hint.is_empty() && !help.is_empty() {
        hint.push(' ');
    }
    hint.push_str(help);
    if !hint.is_empty() {
        head.paragraph(&hint, theme.quiet);
    }
    again::last_time(app, index, question, &mut head, theme);
    // A blank line, where the screen has one to spare.
    if places.body.height >= 14 {
        head.line(Line::default());
    }
    head
}

/// The sign before an answer that can be chosen.
pub fn mark(several: bool, on: bool) -> &'static str {
    match (several, on) {
        (true, true) => "[x]",
        (true, false) => "[ ]",
        (false, true) => "(•)",
        (false, false) => "( )",
    }
}

/// The lines of all options of a question.
fn entries(
    app: &App,
    question: &Question,
    theme: &Theme,
    text_width: usize,
    roomy: bool,
    spaced: bool,
) -> List {
    let draft = &app.draft;
    let several = question.takes_several();
    let rows = rows(question);
    let keys = keys(question, &app.words().answers);
    let mut list = List { entries: Vec::new(), gaps: Vec::new(), focus: draft.focus, from: app.list_from };
    let mut apart = false;
    for (index, (row, key)) in rows.iter().zip(keys).enumerate() {
        let on = draft.has(*row);
        let focused = draft.focus == Some(index);
        let mark = mark(several, on);
        // Where nothing is chosen, a light mark says where the keys begin.
        let begins = draft.focus.is_none() && index == 0;
        let pointer = match (focused, begins) {
            (true, _) => "❯ ",
            (false, true) => "› ",
            (false, false) => "  ",
        };
        let (label, hint, alone) = match row {
            Row::Option(option) => {
                let option = &question.options[*option];
                let hint = option.hint.as_ref().map(|hint| hint.to(app.audience()));
                (option.label.to(app.audience()), hint, option.exclusive)
            }
            Row::Unsure => (app.words().answers.unsure, None, several),
        };
        let style = if on { theme.accent } else { theme.text };
        let indent = " ".repeat(9);
        let room = text_width.saturating_sub(indent.len()).max(8);
        let mut lines = Vec::new();
        for (at, words) in wrap(label, room).into_iter().enumerate() {
            let front = if at == 0 {
                vec![
                    Span::styled(pointer, theme.accent),
                    Span::styled(format!("{mark} "), if on { theme.accent } else { theme.text }),
                    Span::styled(format!("{key}  "), theme.quiet),
                ]
            } else {
                vec![Span::styled(indent.clone(), theme.text)]
            };
            lines.push(Line::from([front, vec![Span::styled(words, style)]].concat()));
        }
        for words in hint.map(|hint| wrap(hint, room)).unwrap_or_default() {
            lines.push(Line::from(vec![Span::raw(indent.clone()), Span::styled(words, theme.quiet)]));
        }
        list.entries.push(lines);
        let set_apart = roomy && alone && !apart && several;
        list.gaps.push(usize::from(set_apart || (spaced && index > 0)));
        apart |= alone;
    }
    list
}

fn choices(
    app: &App,
    question: &Question,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let mut area = places.text();
    let mut list = entries(app, question, theme, usize::from(area.width), true, places.spaced);
    let lines = list.entries.iter().map(Vec::len).sum::<usize>() + list.gaps.iter().sum::<usize>();
    if head.lines.len() + lines <= usize::from(area.height) || places.spaced {
        return frame::list(head, &list, 3, theme, area, buffer);
    }
    list.gaps.clear();
    // Rather no blank line above and below the question than an answer that isn't seen.
    let lines = list.entries.iter().map(Vec::len).sum::<usize>();
    let mut tight = places.doc();
    tight.lines.clone_from(&head.lines);
    let short = |head: &Doc, area: Rect| head.lines.len() + lines > usize::from(area.height);
    if short(&tight, area) && places.body.y > places.bar.bottom() {
        area = Rect { y: area.y - 1, height: area.height + 1, ..area };
    }
    if short(&tight, area) {
        tight.lines.pop_if(|line| line.width() == 0);
    }
    match short(&tight, area) {
        true => frame::list(head, &list, 3, theme, places.text(), buffer),
        false => frame::list(&tight, &list, 3, theme, area, buffer),
    }
}

fn body_map(
    app: &App,
    question: &Question,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let area = places.body;
    // Rather no blank lines above the figure than no figure.
    let mut tight = places.doc();
    tight.lines = head.lines.iter().filter(|line| line.width() > 0).cloned().collect();
    let is_short = |head: &Doc| area.height < head.lines.len() as u16 + figure::Size::SMALLEST.height();
    let head = if is_short(head) && !is_short(&tight) { &tight } else { head };
    let head_lines = head.lines.len() as u16;
    // In a wide window the figure may stand beside the page.
    let more = places.sides.map_or(0, |[_, right]| right.right().saturating_sub(area.right()));
    let wide = Rect { width: area.width + more, ..area };
    let below = Rect { y: area.y + head_lines, height: area.height.saturating_sub(head_lines), ..area };
    let beside = figure::Size::of(below, LIST + 3);
    let larger = figure::Size::of(Rect { width: wide.width, ..below }, LIST + 3);
    let Some(size) = larger else { return choices(app, question, head, theme, places, buffer) };
    let whole = if beside == larger { area } else { wide };
    put_lines(buffer, area, &head.lines);
    // The list comes first: whoever hears its lines hears an answer before what the figure has beside it.
    let left = Rect { width: whole.width - size.width() - 3, ..below };
    let right = Rect { x: left.right() + 3, width: size.width(), ..below };
    let cells = figure_of(app, question, right, size, theme, buffer);
    let list = entries(app, question, theme, usize::from(left.width), false, places.spaced);
    let mut drawn = frame::list(&Doc::new(0), &list, 3, theme, left, buffer);
    // Also in the figure the cursor stays in the list: there the place has a name, and says whether it is ticked.
    drawn.figure = true;
    // A message would cover the figure there.
    drawn.end = None;
    let tap = |(at, row): (Position, usize)| (Rect { x: at.x, y: at.y, width: 1, height: 1 }, Tap::Row(row));
    drawn.taps.extend(cells.into_iter().map(tap));
    drawn
}

/// Draws the figure of a question; gives the cells of each answer.
pub fn figure_of(
    app: &App,
    question: &Question,
    place: Rect,
    size: figure::Size,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Vec<(Position, usize)> {
    let order = rows(question);
    let keys = keys(question, &app.words().answers);
    let screen = &app.words().screen;
    let focused = app.draft.focus.filter(|_| app.draft.in_figure).and_then(|focus| order.get(focus));
    let captions = figure::Captions {
        sides: [screen.front, screen.back],
        right_left: [screen.right, screen.left],
        focused: focused.map(|row| named(app, question, *row)),
    };
    figure::draw(place, size, buffer, theme, &captions, |region| {
        let row = order.iter().position(
            |row| matches!(row, Row::Option(option) if question.options[*option].region == Some(region)),
        )?;
        Some(figure::Shade {
            key: keys[row],
            chosen: app.draft.has(order[row]),
            focused: app.draft.in_figure && app.draft.focus == Some(row),
            row,
        })
    })
}

/// What the focus is on in the figure, in words.
fn named(app: &App, question: &Question, row: Row) -> String {
    let mark = if app.draft.has(row) { "[x]" } else { "[ ]" };
    let label = match row {
        Row::Option(option) => question.options[option].label.to(app.audience()),
        Row::Unsure => app.words().answers.unsure,
    };
    format!("› {mark} {label}")
}

#[expect(clippy::too_many_arguments, reason = "one page, drawn once")]
fn number(
    app: &App,
    question: &Question,
    digits: usize,
    unit: &str,
    help: &str,
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let area = places.text();
    let mut doc = Doc::new(usize::from(area.width));
    doc.lines.extend(head.lines.iter().cloned());
    let at = doc.lines.len() as u16;
    let units = units(question);
    // Where there are several, the person types which.
    let behind = if units.is_empty() { format!(" {unit}") } else { format!(" ({})", units.join(", ")) };
    let typed = app.draft.field.window(usize::from(area.width).saturating_sub(width(&behind) + 4));
    let empty = "_".repeat((digits + 1).saturating_sub(width(typed.text)));
    let nothing = format!(
        "{}{}",
        if behind.trim().is_empty() { "" } else { " " },
        words::nothing_typed(app.draft.unsure, app.words())
    );
    let fits = |behind: &str| 2 + width(&empty) + width(behind) + width(&nothing) <= usize::from(area.width);
    let is_empty = app.draft.field.text().is_empty();
    // That nothing is typed yet comes first; the line below names a unit too.
    let behind = if is_empty && !units.is_empty() && !fits(&behind) { " ".to_owned() } else { behind };
    let is_said = is_empty && fits(&behind);
    let nothing = if is_said { nothing } else { String::new() };
    doc.line(Line::from(vec![
        Span::styled(if typed.more_before { "… " } else { "❯ " }, theme.accent),
        Span::styled(typed.text.to_owned(), theme.strong),
        Span::styled(if typed.more_behind { " …" } else { "" }, theme.accent),
        Span::styled(empty, theme.quiet),
        Span::styled(behind, if units.is_empty() { theme.text } else { theme.quiet }),
        Span::styled(nothing, theme.quiet),
    ]));
    let written = app.draft.field.text().trim();
    // What is taken is seen before it counts, wherever it reads other than it is typed.
    match app.draft.number(question).map(|number| app.words().number(number)) {
        Some(taken) if taken != written && format!("{taken} {unit}") != written => {
            doc.hanging("  = ", theme.accent, &format!("{taken} {unit}"), theme.strong);
        }
        _ => doc.line(Line::default()),
    }
    let below = notice(app, &mut doc, theme);
    // Why a number was not taken says as much.
    if below == 0 {
        doc.paragraph(help, theme.quiet);
    }
    if question.unsure {
        doc.line(unsure(UNSURE_TYPED, app, theme));
    }
    let unsure_at = question.unsure.then(|| doc.lines.len() - 1);
    let pad_at = app.mouse.then(|| {
        doc.line(Line::default());
        doc.line(Line::styled(
            pad_keys(question).iter().map(|key| format!("[{}]", key.trim())).collect::<Vec<_>>().join(" "),
            theme.text,
        ));
        doc.lines.len() - 1
    });
    // The line to type into stays in view, with what is wrong.
    let scroll = (at + 2 + below).saturating_sub(area.height).min(at);
    let mut drawn = frame::reading(&doc, usize::from(scroll), places, buffer);
    let caret = 2 + typed.caret as u16;
    drawn.cursor = Position::new(area.x + caret.min(area.width - 1), area.y + at - scroll);
    let row_of = |line: usize| {
        let row = (line as u16).checked_sub(scroll)?;
        (row < area.height).then_some(area.y + row)
    };
    if let Some(y) = unsure_at.and_then(row_of) {
        drawn.taps.push((Rect { y, height: 1, ..area }, Tap::Press(Action::Unsure)));
    }
    if let Some(y) = pad_at.and_then(row_of) {
        let mut x = area.x;
        for key in pad_keys(question) {
            let wide = width(key.trim()) as u16 + 2;
            let action = if key == ERASE { Action::Backspace } else { Action::Type(key) };
            drawn.taps.push((Rect { x, y, width: wide, height: 1 }, Tap::Press(action)));
            x += wide + 1;
        }
    }
    drawn
}

/// What takes the last digit away, where digits are clicked.
pub const ERASE: &str = "←";

/// Digits and units to click, where the mouse is all that somebody has.
pub fn pad_keys(question: &Question) -> Vec<String> {
    let mut keys: Vec<String> = (1..10).chain([0]).map(|digit| digit.to_string()).collect();
    if matches!(&question.domain, Domain::Number(bounds) if bounds.decimals > 0 || !bounds.others.is_empty())
    {
        keys.push(".".to_owned());
    }
    if question.limits().is_some_and(|(min, _)| min < 0.0) {
        keys.push("-".to_owned());
    }
    keys.extend(units(question).iter().map(|unit| format!(" {unit}")));
    keys.push(ERASE.to_owned());
    keys
}

/// The units to choose from, where there are several.
pub fn units(question: &Question) -> Vec<String> {
    match &question.domain {
        Domain::Number(bounds) => answers::units(bounds),
        Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => Vec::new(),
    }
}

/// Says at the line to type into what is wrong, and in how many lines.
fn notice(app: &App, doc: &mut Doc, theme: &Theme) -> u16 {
    let before = doc.lines.len();
    if let Some(notice) = &app.notice {
        doc.paragraph(notice, theme.notice);
    }
    (doc.lines.len() - before) as u16
}

/// "Not sure" and its key, where there are no other options.
pub fn unsure(key: &str, app: &App, theme: &Theme) -> Line<'static> {
    let mark = if app.draft.unsure { "(•)" } else { "( )" };
    Line::styled(format!("{mark} {key}  {}", app.words().answers.unsure), theme.text)
}

pub fn text(app: &App, head: &Doc, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let area = places.text();
    let room = usize::from(area.width).saturating_sub(2);
    let field = typed_lines(&app.draft.field, room);
    let mut doc = Doc::new(usize::from(area.width));
    doc.lines.extend(head.lines.iter().cloned());
    let top = doc.lines.len();
    for (row, line) in field.lines.iter().enumerate() {
        let pointer = if row == 0 { "❯ " } else { "  " };
        // Underscores alone would be nothing to hear.
        let nothing = if app.draft.field.text().is_empty() {
            format!(" {}", words::nothing_typed(app.draft.unsure, app.words()))
        } else {
            String::new()
        };
        doc.line(Line::from(vec![
            Span::styled(pointer, theme.accent),
            Span::styled(line.clone(), theme.text),
            Span::styled("_".repeat(room.saturating_sub(width(line) + width(&nothing))), theme.line),
            Span::styled(nothing, theme.quiet),
        ]));
    }
    let caret = top + field.caret.1;
    let last = doc.lines.len();
    let below = usize::from(notice(app, &mut doc, theme));
    let mut scroll = (caret + 1).saturating_sub(usize::from(area.height));
    if below > 0 {
        scroll = scroll.max((last + below).saturating_sub(usize::from(area.height)).min(caret));
    }
    let mut drawn = frame::reading(&doc, scroll, places, buffer);
    drawn.cursor = Position::new(area.x + 2 + field.caret.0 as u16, area.y + (caret - scroll) as u16);
    drawn
}

/// A field broken into lines, with the column and line of its caret.
struct TypedLines {
    lines: Vec<String>,
    caret: (usize, usize),
}

/// Breaks at the edge and not between words, so that nothing moves while it is being typed.
fn typed_lines(field: &Field, room: usize) -> TypedLines {
    use unicode_segmentation::UnicodeSegmentation;
    let room = room.max(2);
    let mut lines = vec![String::new()];
    let mut caret = (0, 0);
    let mut at = 0;
    let mut used = 0;
    for grapheme in field.text().graphemes(true) {
        let columns = width(grapheme);
        if used + columns > room {
            lines.push(String::new());
            used = 0;
        }
        if at == field.before_caret().len() {
            caret = (used, lines.len() - 1);
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(grapheme);
        }
        used += columns;
        at += grapheme.len();
    }
    if at == field.before_caret().len() {
        if used >= room {
            lines.push(String::new());
            used = 0;
        }
        caret = (used, lines.len() - 1);
    }
    TypedLines { lines, caret }
}
