//! Questions with the same answers as the rows of one page: the answers are said once, and each row has their keys.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::frame::Places;
use super::lines::Doc;
use super::{Drawn, Tap, put, put_lines};
use crate::interview::rows::{Row, keys, rows};
use crate::questionnaire::QuestionIndex;
use crate::text::{width, wrap};
use crate::tui::app::App;
use crate::tui::theme::Theme;

/// The narrowest room for what a row is called.
const NARROWEST: usize = 14;
/// Columns of one answer in a row, `( ) 1` and what keeps it apart from the next: where there is room, and at least.
const CELL: [usize; 2] = [8, 6];
/// Columns of the mark in front of a row.
const MARK: usize = 2;

/// A page that fits its place.
pub struct Page {
    head: Vec<Line<'static>>,
    /// The lines of what each row is called, and of its hint.
    rows: Vec<(QuestionIndex, Vec<String>, Vec<String>)>,
    label: usize,
    cell: usize,
    gap: usize,
    area: Rect,
}

/// The page of the rows that are asked now; `None`: there are no several rows, or the window has no room for them
/// together, and then they are asked one by one.
pub fn page(app: &App, theme: &Theme, places: &Places) -> Option<Page> {
    let asked = app.rows();
    let questionnaire = app.questionnaire();
    let (&first, audience) = (asked.first().filter(|_| asked.len() > 1)?, app.audience());
    let (grid, question) = (questionnaire.grid_of(first)?, &questionnaire.questions[first]);
    let area = places.body;
    let room = usize::from(area.width);
    let keys = keys(question, &app.words().answers);
    let cell = CELL.into_iter().find(|cell| room >= MARK + 2 * NARROWEST + cell * keys.len())?;
    // Rows are read across, so the answers stand near what they answer.
    let longest = asked.iter().map(|&row| width(questionnaire.row_of(row).to(audience))).max().unwrap_or(0);
    let label = longest.max(NARROWEST).min(room - MARK - cell * keys.len() - 1);
    let text_width = room.min(usize::from(places.text().width));
    let mut head = places.doc_of(text_width);
    head.paragraph(grid.ask.to(audience), theme.strong);
    let hint = grid.hint.as_ref().map(|hint| hint.to(audience)).unwrap_or_default();
    let hint = [hint, app.words().screen.one_in_each_row].join(" ");
    head.paragraph(hint.trim(), theme.quiet);
    let mut answers = Doc::new(head.width());
    for (key, row) in keys.iter().zip(rows(question)) {
        let (words, hint) = match row {
            Row::Option(option) => {
                let option = &question.options[option];
                (option.label.to(audience), option.hint.as_ref().map(|hint| hint.to(audience)))
            }
            Row::Unsure => (app.words().answers.unsure, None),
        };
        answers.hanging(&format!("  {key}  "), theme.accent, words, theme.text);
        if let Some(hint) = hint {
            answers.hanging("     ", theme.text, hint, theme.quiet);
        }
    }
    let lines_of = |row: QuestionIndex| {
        let hint = questionnaire.questions[row].hint.as_ref();
        // What helps with this row alone.
        let hint = hint.map_or(Vec::new(), |hint| wrap(hint.to(audience), text_width.saturating_sub(4)));
        (row, wrap(questionnaire.row_of(row).to(audience), label), hint)
    };
    let lines: Vec<_> = asked.iter().map(|&row| lines_of(row)).collect();
    let high = lines.iter().map(|(_, lines, hint)| lines.len() + hint.len()).sum::<usize>();
    let fixed = head.lines.len() + answers.lines.len() + high;
    let free = usize::from(area.height).checked_sub(fixed)?;
    let blank = |doc: &mut Vec<Line<'static>>, has: bool| {
        if has {
            doc.push(Line::default());
        }
    };
    let mut head = head.lines;
    blank(&mut head, free >= 1);
    head.append(&mut answers.lines);
    blank(&mut head, free >= 2);
    let gap = usize::from(free >= 2 + lines.len());
    Some(Page { head, rows: lines, label, cell, gap, area })
}

pub fn draw(app: &App, page: &Page, theme: &Theme, buffer: &mut Buffer) -> Drawn {
    let Some((focused, _)) = app.question() else { return Drawn::default() };
    let area = page.area;
    put_lines(buffer, area, &page.head);
    let mut drawn =
        Drawn { grid: true, page: page.rows.len(), cursor: area.as_position(), ..Drawn::default() };
    let mut y = area.y + page.head.len() as u16;
    for (question, lines, hint) in &page.rows {
        let asked = &app.questionnaire().questions[*question];
        let draft = app.row_draft(*question);
        let is_focused = *question == focused;
        for (at, words) in lines.iter().enumerate() {
            let line = Rect { y: y + at as u16, height: 1, ..area };
            let mark = if is_focused && at == 0 { "❯ " } else { "  " };
            let words = Span::styled(words.clone(), if is_focused { theme.strong } else { theme.text });
            put(buffer, line, 0, &Line::from(vec![Span::styled(mark, theme.accent), words]));
        }
        let line = Rect { y, height: 1, ..area };
        let mut x = area.x + (MARK + page.label + 1) as u16;
        let mut chosen_at = None;
        for (index, (row, key)) in rows(asked).into_iter().zip(keys(asked, &app.words().answers)).enumerate()
        {
            let on = draft.has(row);
            let (mark, style) = if on { ("(•)", theme.accent) } else { ("( )", theme.text) };
            let key_style: Style = if on { theme.accent } else { theme.quiet };
            let cell = Rect { x, width: page.cell as u16, ..line };
            let spans = vec![Span::styled(mark, style), Span::styled(format!(" {key}"), key_style)];
            put(buffer, cell, 0, &Line::from(spans));
            if on {
                chosen_at = Some(x + 1);
            }
            drawn.taps.push((Rect { height: lines.len() as u16, ..cell }, Tap::Cell(*question, index)));
            x += page.cell as u16;
        }
        if is_focused {
            let whole = Rect { width: x - area.x, height: lines.len() as u16, ..line };
            buffer.set_style(whole, theme.focus);
            drawn.cursor = Position::new(chosen_at.unwrap_or(area.x + MARK as u16), y);
        }
        y += lines.len() as u16;
        for words in hint {
            let line = Rect { x: area.x + 4, width: area.width.saturating_sub(4), y, height: 1 };
            put(buffer, line, 0, &Line::styled(words.clone(), theme.quiet));
            y += 1;
        }
        drawn.end = Some(y);
        y += page.gap as u16;
    }
    drawn
}
