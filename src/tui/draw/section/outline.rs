//! What was answered so far: the sections, red flags, other findings, and what is open.

use ratatui::text::{Line, Span};

use super::super::header::cut;
use super::super::lines::Doc;
use crate::questionnaire::QuestionIndex;
use crate::text::width;
use crate::tui::app::App;
use crate::tui::theme::Theme;

pub fn doc(app: &App, theme: &Theme, room: usize) -> Doc {
    let say = &app.words().intake;
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let mut doc = Doc::new(room);
    let here = app.section();
    for section in app.interview.sections() {
        let page = app.interview.page(section);
        let open = app.open_rows(section);
        let is_seen = page.iter().all(|row| app.interview.has_passed(*row));
        let (mark, style) = match () {
            () if here == Some(section) => ("▸ ", theme.strong),
            () if open == 0 && is_seen => ("✓ ", theme.text),
            () => ("· ", theme.quiet),
        };
        let count = if open == 0 { String::new() } else { format!(" {open}") };
        let title =
            cut(questionnaire.sections[section].title.to(audience), room.saturating_sub(width(&count) + 2));
        doc.line(Line::from(vec![
            Span::styled(mark, theme.accent),
            Span::styled(title, style),
            Span::styled(count, theme.accent),
        ]));
    }
    let answered = app.interview.asked();
    let found: Vec<(QuestionIndex, String)> =
        answered.into_iter().filter_map(|row| Some((row, finding(app, row)?))).collect();
    let (flags, others): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(row, _)| questionnaire.questions[*row].red_flag);
    for (heading, found) in [(say.red_flags, flags), (say.positives, others)] {
        doc.blank();
        doc.line(Line::styled(heading, theme.strong));
        if found.is_empty() {
            doc.line(Line::styled(format!("  {}", say.none_yet), theme.quiet));
        }
        for (row, words) in found {
            let number = app.interview.number(row);
            let words = cut(&words, room.saturating_sub(4));
            doc.line(Line::from(vec![
                Span::styled(format!("{number:>3} "), theme.quiet),
                Span::styled(words, theme.text),
            ]));
        }
    }
    let open: Vec<QuestionIndex> = (app.interview.sections().into_iter())
        .flat_map(|section| app.interview.page(section))
        .filter(|row| app.interview.needs_answer(*row))
        .collect();
    doc.blank();
    doc.line(Line::styled(say.open, theme.strong));
    if open.is_empty() {
        doc.line(Line::styled(format!("  {}", say.no_open), theme.quiet));
    }
    for row in open {
        let number = app.interview.number(row);
        let words = cut(&questionnaire.row_of(row).to(audience).replace('\n', " "), room.saturating_sub(4));
        doc.line(Line::styled(format!("{number:>3} {words}"), theme.quiet));
    }
    doc
}

/// An answer that is of concern, or not sure.
fn finding(app: &App, row: QuestionIndex) -> Option<String> {
    let question = &app.questionnaire().questions[row];
    let audience = app.audience();
    let answer = app.interview.facts().answer(row)?.clone();
    if answer.is_unsure() {
        let ask = app.questionnaire().row_of(row).to(audience);
        return Some(format!("? {}", ask.replace('\n', " ")));
    }
    let concerning: Vec<&str> = (answer.ticked().intersection(question.concerning()).iter())
        .filter_map(|option| question.options.get(option))
        .map(|option| option.phrase.as_ref().unwrap_or(&option.label).to(audience))
        .collect();
    (!concerning.is_empty()).then(|| concerning.join(", ").replace('\n', " "))
}
