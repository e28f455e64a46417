//! What lies on top of a page of a section.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::super::frame::{self, List, Places};
use super::super::lines::Doc;
use super::super::{Drawn, dialogs, put};
use crate::questionnaire::QuestionIndex;
use crate::text::width;
use crate::tui::app::App;
use crate::tui::field::Field;
use crate::tui::theme::Theme;

/// What "nothing else in this section" would record, row by row, and what it does not cover.
pub fn nothing(app: &App, scroll: usize, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().intake;
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let mut doc = places.doc_of(usize::from(places.body.width));
    let title = app.section().map_or("", |section| questionnaire.sections[section].title.to(audience));
    doc.paragraph(&say.nothing_else(title), theme.strong);
    let (covered, left) = app.nothing_else();
    if covered.is_empty() {
        doc.paragraph(say.nothing_covered, theme.text);
    }
    let name = |row: QuestionIndex| {
        let words = questionnaire.row_of(row).to(audience).replace('\n', " ");
        format!("{:>2} {words}", app.interview.number(row))
    };
    for (row, answer) in covered {
        let asked = &questionnaire.questions[row];
        let words = match &answer {
            Some(answer) => app.answer_words(Some(answer), asked),
            None => say.left_out.to_owned(),
        };
        doc.named(&format!("{}: ", name(row)), theme.quiet, &words, theme.accent);
    }
    if !left.is_empty() {
        doc.blank();
        doc.paragraph(say.still_asked, theme.text);
        for row in left {
            doc.line(Line::styled(name(row), theme.quiet));
        }
    }
    frame::reading(&doc, scroll, places, buffer)
}

/// A line to type into, and where its caret is.
fn field_line(field: &Field, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Position {
    let room = usize::from(area.width).saturating_sub(4);
    let window = field.window(room);
    let line = Line::from(vec![
        Span::styled("> ", theme.accent),
        Span::styled(window.text.to_owned(), theme.strong),
        Span::styled("_".repeat(room.saturating_sub(width(window.text))), theme.line),
    ]);
    put(buffer, area, 0, &line);
    Position::new(area.x + 2 + window.caret as u16, area.y)
}

pub fn jump(
    app: &App,
    field: &Field,
    focus: usize,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let area = places.body;
    let mut head = places.doc_of(usize::from(area.width));
    let is_first = field.text().is_empty() && app.has_taken_over();
    let words = if is_first { app.words().intake.go_through } else { app.words().intake.jump };
    head.paragraph(words, theme.strong);
    super::super::put_lines(buffer, area, &head.lines);
    let high = head.lines.len() as u16;
    let line = Rect { y: area.y + high, height: 1, ..area };
    let cursor = field_line(field, theme, line, buffer);
    let found = app.found(field.text());
    let focus = focus.min(found.len().saturating_sub(1));
    let below = Rect { y: line.y + 1, height: area.height.saturating_sub(high + 1), ..area };
    let room = usize::from(area.width);
    let entries = found.iter().enumerate().map(|(at, &row)| {
        let pointer = if at == focus { "❯" } else { " " };
        let mut doc = Doc::new(room);
        let words = app.questionnaire().row_of(row).to(app.audience()).replace('\n', " ");
        let mark = format!("{pointer} {:>2}  ", app.interview.number(row));
        doc.hanging(&mark, theme.accent, &words, theme.text);
        if let Some(answer) = app.interview.sheet().get(row) {
            let words = app.answer_words(Some(answer), &app.questionnaire().questions[row]);
            doc.hanging("      ", theme.accent, &words.replace('\n', " "), theme.accent);
        }
        doc.lines
    });
    let list = List { entries: entries.collect(), gaps: Vec::new(), focus: Some(focus), from: None };
    let drawn = frame::list(&Doc::new(0), &list, 2, theme, below, buffer);
    Drawn { cursor, ..drawn }
}

pub fn remark(
    app: &App,
    question: QuestionIndex,
    field: &Field,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let area = places.body;
    let asked = &app.questionnaire().questions[question];
    let mut head = places.doc_of(usize::from(area.width));
    let name = app.questionnaire().row_of(question).to(app.audience()).replace('\n', " ");
    head.paragraph(&app.words().intake.note_on(&name), theme.strong);
    head.paragraph(&app.answer_words(app.interview.sheet().get(question), asked), theme.accent);
    head.lines.truncate(usize::from(area.height).saturating_sub(1));
    super::super::put_lines(buffer, area, &head.lines);
    let line = Rect { y: area.y + head.lines.len() as u16, height: 1, ..area };
    let cursor = field_line(field, theme, line, buffer);
    Drawn { cursor, ..Drawn::default() }
}

/// Why something was not kept, and what there is to do.
pub fn not_kept(
    app: &App,
    why: &str,
    focus: usize,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let say = &app.words().intake;
    let room = usize::from(places.body.width);
    let mut head = places.doc_of(room);
    head.paragraph(say.not_kept, theme.notice);
    head.paragraph(&say.not_kept_why(why), theme.text);
    head.blank();
    let ways = [say.try_again, say.on_paper, say.drop_answer];
    let entries =
        ways.iter().enumerate().map(|(at, words)| dialogs::entry(at, focus, words, room, theme)).collect();
    let list = List { entries, gaps: Vec::new(), focus: Some(focus), from: None };
    frame::list(&head, &list, 2, theme, places.body, buffer)
}
