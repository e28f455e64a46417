//! The rows of a page: each question with the keys of its answers, as many of them in full as there is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::frame::Places;
use super::super::header::cut;
use super::super::{Drawn, Hidden, Tap, put};
use crate::answers::{self, Answer};
use crate::encounter::Provenance;
use crate::interview::rows::{Row, keys, rows};
use crate::questionnaire::{Beside, Control, Domain, Question, QuestionIndex};
use crate::text::{width, wrap};
use crate::tui::app::App;
use crate::tui::draft::Draft;
use crate::tui::theme::Theme;
use crate::tui::words;

/// Columns in front of what a row is called: the mark of the focus and the number.
const FRONT: usize = 6;
/// Between two answers of a row.
const GAP: usize = 2;

/// A row, drawn.
struct Drawing {
    lines: Vec<Line<'static>>,
    /// The line of a question with its answers, by line, column, columns and place of the answer.
    cells: Vec<(usize, usize, usize, usize)>,
    /// Where the cursor goes.
    cursor: (usize, usize),
}

pub fn draw(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let area = places.body;
    let page = app.page_rows();
    let focused = app.question().map(|(index, _)| index);
    let room = usize::from(area.width);
    let high = usize::from(area.height);
    let is_focused = |row: &QuestionIndex| Some(*row) == focused;
    let lines = |drawings: &[Drawing]| drawings.iter().map(|drawing| drawing.lines.len()).sum::<usize>();
    let at = page.iter().position(is_focused).unwrap_or(0);
    let draw = |row: &QuestionIndex, full: bool| drawing(app, *row, is_focused(row), full, room, theme);
    let mut drawings: Vec<Drawing> = page.iter().map(|row| draw(row, is_focused(row))).collect();
    // Those that come next are shown with their answers first, and those that have one last.
    let next = (at + 1..page.len()).chain(0..at);
    let (open, others): (Vec<usize>, Vec<usize>) = next.partition(|&at| app.interview.is_open(page[at]));
    let mut used = lines(&drawings);
    for index in open.into_iter().chain(others) {
        let full = draw(&page[index], true);
        let more = full.lines.len().saturating_sub(drawings[index].lines.len());
        if used + more > high {
            break;
        }
        used += more;
        drawings[index] = full;
    }
    let top = drawings.iter().take(at).map(|drawing| drawing.lines.len()).sum::<usize>();
    let tall = drawings.get(at).map_or(0, |drawing| drawing.lines.len());
    let all = lines(&drawings);
    // The row is in view as a whole, with a line of the next one; if it is too high, from its first line on.
    let scroll = (top + tall + 1).saturating_sub(high).min(top).min(all.saturating_sub(high));
    let mut drawn = Drawn { page: high, cursor: area.as_position(), ..Drawn::default() };
    let mut y = 0;
    for (index, drawing) in drawings.iter().enumerate() {
        let first = y;
        for line in &drawing.lines {
            if y >= scroll && y - scroll < high {
                let place = Rect { y: area.y + (y - scroll) as u16, height: 1, ..area };
                put(buffer, place, 0, line);
                drawn.taps.push((place, Tap::Row(index)));
            }
            y += 1;
        }
        let seen = |line: usize| (first + line).checked_sub(scroll).filter(|line| *line < high);
        for &(line, column, columns, answer) in &drawing.cells {
            if let Some(line) = seen(line) {
                let place = Rect {
                    x: area.x + column as u16,
                    y: area.y + line as u16,
                    width: columns as u16,
                    height: 1,
                };
                drawn.taps.push((place, Tap::Cell(page[index], answer)));
            }
        }
        if index == at
            && let Some(line) = seen(drawing.cursor.0)
        {
            let x = area.x + (drawing.cursor.1 as u16).min(area.width.saturating_sub(1));
            drawn.cursor = Position::new(x, area.y + line as u16);
        }
    }
    drawn.hidden = Hidden { above: scroll, below: all.saturating_sub(scroll + high), lines: true };
    drawn
}

fn drawing(app: &App, row: QuestionIndex, focused: bool, full: bool, room: usize, theme: &Theme) -> Drawing {
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let question = &questionnaire.questions[row];
    let say = &app.words().intake;
    let answer = app.interview.sheet().get(row);
    let remarks = &app.interview.encounter().remarks;
    let name = questionnaire.row_of(row).to(audience).replace('\n', " ");
    let mark = match (focused, answer.is_some()) {
        (true, _) => "❯",
        (false, true) => "✓",
        (false, false) => " ",
    };
    let front = format!("{mark} {:>2}  ", app.interview.number(row));
    let name_style = if focused { theme.strong } else { theme.text };
    let comes_from = match remarks.provenance(row) {
        Provenance::Said => None,
        Provenance::Observed => Some(say.observed),
        Provenance::Record => Some(say.from_record),
    };
    let mut behind: Vec<Span<'static>> = Vec::new();
    let is_listed = !question.options.is_empty();
    let is_shown_below = (full && is_listed) || (focused && question.control == Control::Field);
    if !is_shown_below {
        match answer {
            Some(answer) => {
                let words = app.answer_words(Some(answer), question).replace('\n', " ");
                behind.push(Span::styled(format!("  {words}"), theme.accent));
                behind.extend(beside(app, question, Some(answer), theme));
            }
            None if question.optional => {}
            None if question.takes_answer() => behind.push(Span::styled("  …", theme.quiet)),
            None => {}
        }
    }
    if let Some(comes_from) = comes_from {
        behind.push(Span::styled(format!("  [{comes_from}]"), theme.quiet));
    }
    let beside: usize = behind.iter().map(Span::width).sum();
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut cells = Vec::new();
    let mut cursor = (0, FRONT.min(room.saturating_sub(1)));
    if full || width(&name) + beside + FRONT <= room {
        let mut names = wrap(&name, room.saturating_sub(FRONT).max(8));
        let last = names.pop().unwrap_or_default();
        for (index, words) in names.iter().cloned().enumerate() {
            let front = if index == 0 { front.clone() } else { " ".repeat(FRONT) };
            lines.push(Line::from(vec![Span::styled(front, theme.accent), Span::styled(words, name_style)]));
        }
        let front = if names.is_empty() { front } else { " ".repeat(FRONT) };
        let mut spans = vec![Span::styled(front, theme.accent), Span::styled(last.clone(), name_style)];
        if FRONT + width(&last) + beside <= room {
            spans.append(&mut behind);
            lines.push(Line::from(spans));
        } else {
            lines.push(Line::from(spans));
            let words: String = behind.iter().map(|span| span.content.as_ref()).collect();
            let style = behind.first().map_or(theme.text, |span| span.style);
            for words in wrap(words.trim(), room.saturating_sub(FRONT).max(8)) {
                lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), Span::styled(words, style)]));
            }
        }
    } else {
        // Of a row in short the answer counts for more than the name.
        let words: String = behind.iter().map(|span| span.content.as_ref()).collect();
        let words = cut(&words, (room * 3 / 5).max(room.saturating_sub(FRONT + width(&name))));
        let name = cut(&name, room.saturating_sub(FRONT + width(&words)));
        let spans = vec![
            Span::styled(front, theme.accent),
            Span::styled(name, name_style),
            Span::styled(words, theme.accent),
        ];
        lines.push(Line::from(spans));
    }
    if full && is_listed {
        let draft = Draft::of(question, answer, app.words());
        options(app, question, &draft, room, theme, &mut lines, &mut cells);
        if let Some(&(line, column, _, _)) =
            cells.iter().find(|(_, _, _, at)| rows(question).get(*at).is_some_and(|row| draft.has(*row)))
        {
            cursor = (line, column);
        }
    }
    if focused {
        match question.control {
            Control::Field => cursor = field(app, question, room, theme, &mut lines),
            Control::Scale { .. } => cursor = scale(app, question, room, theme, &mut lines),
            _ => {}
        }
        if let Some(hint) = &question.hint {
            for words in wrap(hint.to(audience), room.saturating_sub(FRONT).max(8)) {
                lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), Span::styled(words, theme.quiet)]));
            }
        }
    }
    if let Some(note) = remarks.notes.get(&row) {
        let words = format!("{}: {note}", say.note);
        for words in wrap(&words, room.saturating_sub(FRONT).max(8)) {
            lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), Span::styled(words, theme.quiet)]));
        }
    }
    Drawing { lines, cells, cursor }
}

/// The answers with their keys, side by side.
fn options(
    app: &App,
    question: &Question,
    draft: &Draft,
    room: usize,
    theme: &Theme,
    lines: &mut Vec<Line<'static>>,
    cells: &mut Vec<(usize, usize, usize, usize)>,
) {
    let audience = app.audience();
    let says = &app.words().answers;
    let mut spans: Vec<Span<'static>> = vec![Span::raw(" ".repeat(FRONT))];
    let mut column = FRONT;
    for (at, (row, key)) in rows(question).into_iter().zip(keys(question, says)).enumerate() {
        let label = match row {
            Row::Option(option) => question.options[option].label.to(audience).replace('\n', " "),
            Row::Unsure => says.unsure.to_owned(),
        };
        let on = draft.has(row);
        let mark = if on { "•" } else { " " };
        let columns = 3 + width(&label);
        if column > FRONT && column + columns > room {
            lines.push(Line::from(std::mem::take(&mut spans)));
            spans.push(Span::raw(" ".repeat(FRONT)));
            column = FRONT;
        }
        let styles: [Style; 2] = if on { [theme.accent, theme.accent] } else { [theme.strong, theme.text] };
        cells.push((lines.len(), column, columns.min(room - FRONT.min(room)), at));
        spans.push(Span::styled(mark, theme.accent));
        spans.push(Span::styled(format!("{key} "), styles[0]));
        // An answer longer than a line goes on below itself.
        let mut words = wrap(&label, room.saturating_sub(FRONT + 3).max(8)).into_iter();
        spans.push(Span::styled(words.next().unwrap_or_default(), styles[1]));
        let mut is_long = false;
        for more in words {
            lines.push(Line::from(std::mem::take(&mut spans)));
            spans.push(Span::raw(" ".repeat(FRONT + 3)));
            spans.push(Span::styled(more, styles[1]));
            is_long = true;
        }
        if is_long {
            lines.push(Line::from(std::mem::take(&mut spans)));
            spans.push(Span::raw(" ".repeat(FRONT)));
            column = FRONT;
        } else {
            spans.push(Span::raw(" ".repeat(GAP - 1)));
            column += columns + GAP - 1;
        }
    }
    if spans.len() > 1 {
        lines.push(Line::from(spans));
    }
}

/// The line to type into, below what the row is called, and where its caret is.
fn field(
    app: &App,
    question: &Question,
    room: usize,
    theme: &Theme,
    lines: &mut Vec<Line<'static>>,
) -> (usize, usize) {
    let say = &app.words().intake;
    let is_number = question.limits().is_some();
    if !is_number && !app.is_writing() && app.draft.field.text().is_empty() {
        let words = Span::styled(format!("[{}]", say.write_here), theme.quiet);
        lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), words]));
        return (lines.len() - 1, FRONT);
    }
    let most = if is_number { 16 } else { 200 };
    let space = room.saturating_sub(FRONT + 3).clamp(4, most);
    let window = app.draft.field.window(space);
    let mut spans = vec![
        Span::raw(" ".repeat(FRONT)),
        Span::styled("[", theme.accent),
        Span::styled(window.text.to_owned(), theme.strong),
        Span::styled("_".repeat(space.saturating_sub(width(window.text))), theme.line),
        Span::styled("]", theme.accent),
    ];
    let caret = FRONT + 1 + window.caret;
    let mut help = Vec::new();
    if let Domain::Number(bounds) = &question.domain {
        let typed = app.draft.answer(question, app.words()).ok().flatten();
        spans.extend(beside(app, question, typed.as_ref(), theme));
        let unit = bounds.unit.as_ref().map(|unit| unit.to(app.audience())).unwrap_or_default();
        spans.push(Span::styled(format!(" {unit}"), theme.quiet));
        let number = |number: f64| answers::as_typed(number, app.words());
        if let Some(usual) = bounds.reference {
            let (min, max) = (usual.min.map(number), usual.max.map(number));
            help.push(say.usual(min.as_deref(), max.as_deref()));
        }
        help.push(words::example(question, app.words()).trim_start_matches([',', ' ']).to_owned());
    }
    lines.push(Line::from(spans));
    let line = lines.len() - 1;
    let help = help.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
    for words in wrap(&help, room.saturating_sub(FRONT).max(8)).into_iter().filter(|words| !words.is_empty())
    {
        lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), Span::styled(words, theme.quiet)]));
    }
    (line, caret)
}

/// The values of a scale, with the words at some of them.
fn scale(
    app: &App,
    question: &Question,
    room: usize,
    theme: &Theme,
    lines: &mut Vec<Line<'static>>,
) -> (usize, usize) {
    let Some((min, max)) = question.scale() else { return (0, FRONT) };
    let labels =
        question.labels().iter().map(|(value, words)| format!("{value} {}", words.to(app.audience())));
    let mut words = format!("{min}–{max}");
    for label in labels {
        words += &format!(" · {label}");
    }
    let begun = app.draft.field.text();
    let begun = if begun.is_empty() { String::new() } else { format!("  [{begun}_]") };
    let mut rows = wrap(&words, room.saturating_sub(FRONT + width(&begun)).max(8)).into_iter();
    let first = rows.next().unwrap_or_default();
    lines.push(Line::from(vec![
        Span::raw(" ".repeat(FRONT)),
        Span::styled(first, theme.quiet),
        Span::styled(begun, theme.strong),
    ]));
    let line = lines.len() - 1;
    for words in rows {
        lines.push(Line::from(vec![Span::raw(" ".repeat(FRONT)), Span::styled(words, theme.quiet)]));
    }
    (line, FRONT)
}

/// How a number lies to what is usual, in a word.
fn beside(app: &App, question: &Question, answer: Option<&Answer>, theme: &Theme) -> Option<Span<'static>> {
    let say = &app.words().intake;
    let Some(Answer::Number(number)) = answer else { return None };
    let words = match question.reference()?.place(*number) {
        Beside::Low => format!(" ▼ {}", say.low),
        Beside::High => format!(" ▲ {}", say.high),
        Beside::Within => return None,
    };
    Some(Span::styled(words, theme.notice))
}
