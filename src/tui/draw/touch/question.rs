//! A question for fingers: answers as cards, a scale and digits as small ones.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::cards::{self, Card, Grid};
use super::layout::{HIGH, Layout, WIDE};
use crate::interview::rows::{Row, keys, rows};
use crate::questionnaire::{Control, Domain, Question};
use crate::text::width;
use crate::tui::app::App;
use crate::tui::draw::frame::{self, Places};
use crate::tui::draw::lines::Doc;
use crate::tui::draw::question::{self as usual, pad_keys};
use crate::tui::draw::{Drawn, Tap, figure, put_lines};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::tui::words;

/// The narrowest column of answers beside a figure.
const BESIDE_FIGURE: u16 = 30;

pub fn draw(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let Some((index, question)) = app.question() else { return Drawn::default() };
    let question = &*question;
    let places = &layout.places;
    let mut head = usual::head(app, index, question, theme, places);
    let grid = Grid::of_words(layout);
    match &question.control {
        Control::List | Control::YesNo => {
            cards::pages(app, &head, &answers(app, question), &grid, theme, places.body, buffer)
        }
        Control::Figure => with_figure(app, question, &head, theme, layout, buffer),
        Control::Scale { labels } => {
            let Some((min, max)) = question.scale() else { return Drawn::default() };
            let labels: Vec<_> =
                labels.iter().map(|(value, text)| (*value, text.to(app.audience()))).collect();
            let named: Vec<_> = labels.iter().map(|(value, label)| format!("{value} {label}")).collect();
            head.paragraph(&named.join(" · "), theme.text);
            let room = head.width().saturating_sub(2);
            let (value, unsure) = (app.draft.value, app.draft.unsure);
            let chosen = words::on_scale(value, unsure, (min, max), &labels, room, app.words());
            head.paragraph(&chosen, theme.accent);
            head.blank();
            let cells: Vec<_> = (min..=max).map(|value| on_scale(app, value, min)).collect();
            let grid = Grid::of_cells(cells.len(), places.body.width);
            let mut drawn = cards::pages(app, &head, &cells, &grid, theme, places.body, buffer);
            let said = head.lines.len().saturating_sub(2) as u16;
            drawn.cursor = Position::new(places.body.x, places.body.y + said.min(places.body.height - 1));
            drawn
        }
        Control::Field if question.limits().is_some() => {
            number(app, question, &mut head, theme, layout, buffer)
        }
        Control::Field => {
            head.paragraph(app.words().touch.needs_keyboard, theme.notice);
            usual::text(app, &head, theme, places, buffer)
        }
        Control::Note => frame::reading(&head, app.scroll, places, buffer),
    }
}

/// The answers; "not sure" is among the buttons below.
fn answers(app: &App, question: &Question) -> Vec<Card> {
    let several = question.takes_several();
    let keys = keys(question, &app.words().answers);
    let card = |(at, (row, key)): (usize, (Row, char))| {
        let Row::Option(option) = row else { return None };
        let option = &question.options[option];
        let on = app.draft.has(row);
        let mark = usual::mark(several, on);
        Some(Card {
            front: format!("{mark} {key}  "),
            below: option.hint.iter().map(|hint| hint.to(app.audience()).to_owned()).collect(),
            on,
            focused: app.draft.focus == Some(at),
            ..Card::new(option.label.to(app.audience()), Tap::Row(at))
        })
    };
    rows(question).into_iter().zip(keys).enumerate().filter_map(card).collect()
}

fn on_scale(app: &App, value: i32, min: i32) -> Card {
    let on = app.draft.value == Some(value);
    let words = if on { format!("[{value}]") } else { value.to_string() };
    Card { on, centred: true, ..Card::new(words, Tap::Row((value - min) as usize)) }
}

/// The answers, with the figure beside them where there is room: what is chosen shows on it, and its places can be
/// tapped too.
fn with_figure(
    app: &App,
    question: &Question,
    head: &Doc,
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> Drawn {
    let area = layout.places.body;
    let answers = answers(app, question);
    let lines = head.lines.len() as u16;
    let below = Rect { y: area.y + lines, height: area.height.saturating_sub(lines), ..area };
    let Some(size) = figure::Size::of(below, BESIDE_FIGURE + 3) else {
        return cards::pages(app, head, &answers, &Grid::of_words(layout), theme, area, buffer);
    };
    put_lines(buffer, area, &head.lines);
    let left = Rect { width: below.width - size.width() - 3, ..below };
    let right = Rect { x: left.right() + 3, width: size.width(), ..below };
    let cells = usual::figure_of(app, question, right, size, theme, buffer);
    let columns = if left.width >= 80 { 2 } else { 1 };
    let grid = Grid::columns(columns, left.width);
    let mut drawn = cards::pages(app, &Doc::new(0), &answers, &grid, theme, left, buffer);
    drawn.figure = true;
    let tap = |(at, row): (Position, usize)| (Rect { x: at.x, y: at.y, width: 1, height: 1 }, Tap::Row(row));
    drawn.taps.extend(cells.into_iter().map(tap));
    drawn
}

/// What is typed, and digits to tap.
fn number(
    app: &App,
    question: &Question,
    head: &mut Doc,
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> Drawn {
    let Domain::Number(bounds) = &question.domain else { return Drawn::default() };
    let (words, places) = (app.words(), &layout.places);
    let unit = bounds.unit.as_ref().map_or("", |unit| unit.to(app.audience()));
    let units = usual::units(question);
    let behind = if units.is_empty() { unit.to_owned() } else { format!("({})", units.join(", ")) };
    let typed = app.draft.field.window(head.width().saturating_sub(width(&behind) + 8));
    let at = head.lines.len();
    let nothing = match app.draft.field.text().is_empty() {
        true => format!(" {}", words::nothing_typed(app.draft.unsure, words)),
        false => String::new(),
    };
    let line = vec![
        Span::styled("❯ ", theme.accent),
        Span::styled(typed.text.to_owned(), theme.strong),
        Span::styled("__", theme.quiet),
        Span::styled(format!(" {behind}"), if units.is_empty() { theme.text } else { theme.quiet }),
        Span::styled(nothing, theme.quiet),
    ];
    head.line(Line::from(line));
    // What is taken is seen before it counts, wherever it reads other than it is typed.
    let taken = app.draft.number(question).map(|number| words.number(number));
    let written = app.draft.field.text().trim();
    if let Some(taken) = taken.filter(|taken| taken != written && format!("{taken} {unit}") != written) {
        head.hanging("  = ", theme.accent, &format!("{taken} {unit}"), theme.strong);
    }
    let (min, max) = (words.number(bounds.min), words.number(bounds.max));
    head.paragraph(&format!("{}.", words.screen.from_to(&min, &max)), theme.quiet);
    let digits = pad_keys(question);
    let room = places.body.width;
    let grid = pad(digits.len(), room);
    let rows = digits.len().div_ceil(grid.columns) as u16;
    let high = rows * (HIGH + 1) - 1;
    let text = Places {
        body: Rect { height: places.body.height.saturating_sub(high + 1), ..places.body },
        ..*places
    };
    // The line to type into stays in view.
    let from = (at + 2).saturating_sub(usize::from(text.body.height)).min(at);
    let mut drawn = frame::reading(head, app.scroll.max(from), &text, buffer);
    drawn.turns = true;
    let shown = app.scroll.max(from).min(drawn.scroll_max);
    if let Some(row) = at.checked_sub(shown).filter(|row| *row < usize::from(text.body.height)) {
        drawn.cursor = Position::new(places.body.x + 2 + typed.caret as u16, places.body.y + row as u16);
    }
    let top = places.body.bottom().saturating_sub(high);
    for (at, key) in digits.into_iter().enumerate() {
        let action = if key == usual::ERASE { Action::Backspace } else { Action::Type(key.clone()) };
        let (column, row) = (at % grid.columns, at / grid.columns);
        let place = Rect {
            x: places.body.x + column as u16 * (grid.wide + 2),
            y: top + row as u16 * (HIGH + 1),
            width: grid.wide,
            height: HIGH,
        };
        Card { centred: true, ..Card::new(key.trim(), Tap::Press(action)) }
            .draw(app, place, theme, &mut drawn, buffer);
    }
    drawn
}

fn pad(keys: usize, room: u16) -> Grid {
    let grid = Grid::of_cells(keys, room);
    Grid { wide: grid.wide.max(WIDE), ..grid }
}
