//! What stands beside a question where the window is wide: for patients where they are in the check and what they have
//! answered, for clinicians what can still come of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::Places;
use super::header::cut;
use super::put;
use crate::interview::Stage;
use crate::questionnaire::Audience;
use crate::report::look;
use crate::text::wrap;
use crate::tui::app::App;
use crate::tui::theme::Theme;

/// `figure`: the figure of a body map takes the room at the right.
pub fn draw(app: &App, figure: bool, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let (Some([left, right]), None, Some(_)) = (places.sides, &app.overlay, app.question()) else { return };
    outline(app, theme, left, buffer);
    if app.audience() == Audience::Clinician && !figure {
        result(app, theme, right, buffer);
    }
}

/// The sections, each with what was answered in it as far as there is room.
fn outline(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let Stage::Asking(current) = *app.interview.stage() else { return };
    let room = usize::from(area.width);
    let asked = app.interview.asked();
    let sections = questionnaire.sections.iter();
    let sections = sections.filter(|section| section.audience.is_none_or(|only| only == audience));
    let mut lines: Vec<(Line, bool)> = Vec::new();
    for section in sections {
        let is_here = (section.first..section.end).contains(&current);
        let answered: Vec<_> = asked
            .iter()
            .copied()
            .filter(|question| (section.first..section.end).contains(question))
            .collect();
        let (mark, style) = match () {
            () if is_here => ("▸ ", theme.strong),
            () if !answered.is_empty() => ("✓ ", theme.text),
            () => ("· ", theme.quiet),
        };
        for (at, words) in wrap(section.title.to(audience), room.saturating_sub(2)).into_iter().enumerate() {
            let mark = if at == 0 { mark } else { "  " };
            lines
                .push((Line::from(vec![Span::styled(mark, theme.accent), Span::styled(words, style)]), true));
        }
        for question in answered {
            let asked = &questionnaire.questions[question];
            let answer = app.answer_words(app.interview.sheet().get(question), asked);
            let words = cut(&answer.replace('\n', " "), room.saturating_sub(4));
            lines.push((Line::styled(format!("    {words}"), theme.quiet), false));
        }
    }
    // The oldest answers make way first; the sections stay.
    while lines.len() > usize::from(area.height) {
        let Some(oldest) = lines.iter().position(|(_, is_section)| !is_section) else { break };
        lines.remove(oldest);
    }
    for (row, (line, _)) in lines.iter().enumerate() {
        put(buffer, area, row, line);
    }
}

/// Which levels the finished check can still have, and which questions decide that.
fn result(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(outlook) = &app.outlook else { return };
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let say = &app.words().outlook;
    let room = usize::from(area.width);
    let mut lines = Vec::new();
    for (rank, level) in questionnaire.levels.iter().enumerate() {
        let is_possible = outlook.levels.contains(&rank);
        let symbol = look::symbol(rank, questionnaire.levels.len());
        let name = cut(level.in_short().to(audience), room.saturating_sub(4));
        let style = match is_possible {
            true => theme.strong,
            false => theme.quiet.add_modifier(ratatui::style::Modifier::CROSSED_OUT),
        };
        let mark = if is_possible { "▸ " } else { "  " };
        lines.push(Line::from(vec![
            Span::styled(mark, theme.accent),
            Span::styled(format!("{symbol} "), theme.quiet),
            Span::styled(name, style),
        ]));
        if !is_possible {
            lines.push(Line::styled(cut(&format!("    {}", say.ruled_out), room), theme.quiet));
        }
    }
    lines.push(Line::default());
    let count = say.questions(outlook.questions.len());
    lines.extend(wrap(&count, room).into_iter().map(|words| Line::styled(words, theme.strong)));
    for &question in &outlook.questions {
        let words = questionnaire.row_of(question).to(audience).replace('\n', " ");
        lines.push(Line::styled(cut(&format!("· {words}"), room), theme.quiet));
    }
    lines
        .iter()
        .take(usize::from(area.height))
        .enumerate()
        .for_each(|(row, line)| put(buffer, area, row, line));
}
