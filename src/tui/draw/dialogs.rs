//! What lies on top of a page in a frame of its own: whether to leave, and how to save.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::frame::Places;
use super::lines::Doc;
use super::{Drawn, Tap, put, put_lines};
use crate::interview::Stage;
use crate::questionnaire::Audience;
use crate::report::Format;
use crate::text::width;
use crate::tui::app::{App, FinishRow, LEAVE, Overlay, SHOW_RESULT, STAY, SaveRow, Saving};
use crate::tui::theme::Theme;
use crate::words::Dialogs;

/// With its frame.
fn dialog_width(places: &Places) -> u16 {
    places.body.width.min(if places.large { 40 } else { 62 })
}

/// Where a dialog is, and what of the page stays in view.
enum On {
    /// In the middle of an empty page: what lies below would only confuse, since it has a focus of its own.
    Empty,
    /// Below the page, which stays to be read.
    Bottom,
}

/// A frame on top of the page, as high as its lines.
fn dialog(title: &str, lines: usize, on: On, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Rect {
    let body = places.body;
    let wide = dialog_width(places);
    let height = (lines as u16 + 2).min(body.height);
    let area = Rect {
        // Whoever sees only a part of the screen finds it where the text is.
        x: if places.large { body.x } else { body.x + (body.width - wide) / 2 },
        y: match on {
            On::Empty => body.y + (body.height - height) / 2,
            On::Bottom => places.status.y.saturating_sub(height),
        },
        width: wide,
        height,
    };
    let cleared = match on {
        On::Empty => Rect { height: places.status.bottom() - body.y, ..body },
        On::Bottom => area,
    };
    Clear.render(cleared, buffer);
    buffer.set_style(cleared, theme.text);
    let block = Block::bordered().border_type(BorderType::Rounded).title(format!(" {title} "));
    let block = block.border_style(theme.accent).style(theme.text);
    let inner = block.inner(area);
    block.render(area, buffer);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// The places of an alert, which stays to be read above the question whether to leave.
pub fn above(app: &App, theme: &Theme, places: &Places) -> Places {
    let Some(Overlay::Leave { focus, .. }) = &app.overlay else { return Places { ..*places } };
    let lines = leave_lines(app, *focus, theme, places).1 as u16 + 2;
    let status = Rect { y: places.status.y.saturating_sub(lines), ..places.status };
    Places { status, ..*places }
}

/// The lines of each way to go on, and how many lines they take.
fn leave_lines(
    app: &App,
    focus: usize,
    theme: &Theme,
    places: &Places,
) -> (Vec<(usize, Vec<Line<'static>>)>, usize) {
    entries(&leave_words(app), focus, theme, places)
}

/// Each way to go on, where somebody wants to leave.
pub fn leave_words(app: &App) -> [&'static str; 3] {
    let at_summary = matches!(app.interview.stage(), Stage::Summary);
    let dialogs = &app.words().screen.dialogs;
    let mut words = [dialogs.stay, dialogs.show_result, dialogs.leave];
    if at_summary {
        words[SHOW_RESULT] = dialogs.to_summary;
    }
    if app.destinations.keep.is_some() || (at_summary && app.destinations.report.is_some()) {
        words[LEAVE] = dialogs.leave_saved;
    }
    if app.policy.alone {
        words[LEAVE] = app.words().kiosk.stop_and_erase;
    }
    if app.is_kept() {
        words[LEAVE] = app.words().intake.leave_kept;
    }
    debug_assert!(STAY == 0 && LEAVE == words.len() - 1);
    words
}

fn entries(
    words: &[&str],
    focus: usize,
    theme: &Theme,
    places: &Places,
) -> (Vec<(usize, Vec<Line<'static>>)>, usize) {
    let room = usize::from(dialog_width(places)) - 4;
    let rows: Vec<_> = words
        .iter()
        .enumerate()
        .map(|(index, words)| (index, entry(index, focus, words, room, theme)))
        .collect();
    let gap = usize::from(places.spaced);
    let lines = rows.iter().map(|(_, lines)| lines.len() + gap).sum::<usize>() - gap;
    (rows, lines)
}

pub fn leave(app: &App, focus: usize, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let (rows, lines) = leave_lines(app, focus, theme, places);
    // Whoever was told to call must be able to read the number all the same.
    let on = if matches!(app.interview.stage(), Stage::Alert { .. }) { On::Bottom } else { On::Empty };
    let title = app.words().screen.dialogs.leave_title;
    let area = dialog(title, lines, on, theme, places, buffer);
    choices(rows, focus, area, theme, places, buffer)
}

/// What there is to do with a summary before it is left.
pub fn finish_words(app: &App) -> Vec<&'static str> {
    let dialogs = &app.words().screen.dialogs;
    let kiosk = &app.words().kiosk;
    let words = app.finish_rows().map(|row| match row {
        FinishRow::Save => dialogs.save_it,
        FinishRow::Print => dialogs.print_it,
        FinishRow::Finish if app.is_kept() => app.words().intake.finish_kept,
        FinishRow::Finish if app.destinations.any().is_some() => dialogs.finish_saved,
        FinishRow::Finish => dialogs.finish_it,
        FinishRow::Stay => kiosk.back_to_result,
        FinishRow::Slip => kiosk.print_slip,
        FinishRow::Desk => kiosk.show_desk,
        FinishRow::Erase => kiosk.finish_and_erase,
    });
    words.collect()
}

pub fn finish(app: &App, focus: usize, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let dialogs = &app.words().screen.dialogs;
    let words = finish_words(app);
    let (rows, lines) = entries(&words, focus, theme, places);
    let area = dialog(dialogs.finish_title, lines, On::Empty, theme, places, buffer);
    choices(rows, focus, area, theme, places, buffer)
}

fn choices(
    rows: Vec<(usize, Vec<Line<'static>>)>,
    focus: usize,
    area: Rect,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let gap = u16::from(places.spaced);
    let mut drawn = Drawn { cursor: area.as_position(), ..Drawn::default() };
    let mut y = 0;
    for (index, lines) in rows {
        for line in lines {
            let place = Rect { y: area.y + y, height: 1, ..area };
            if place.y >= area.bottom() {
                break;
            }
            put(buffer, place, 0, &line);
            if index == focus {
                buffer.set_style(place, theme.focus);
                drawn.cursor = Position::new(area.x + 2, place.y);
            }
            drawn.taps.push((place, Tap::Row(index)));
            y += 1;
        }
        y += gap;
    }
    drawn
}

pub fn save(app: &App, saving: &Saving, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let room = usize::from(dialog_width(places)) - 4;
    let dialogs = &app.words().screen.dialogs;
    let shown = saving.name.window(room.saturating_sub(4));
    let pointer = |row| if saving.row == row { "❯ " } else { "  " };
    let name = Line::from(vec![
        Span::styled(if shown.more_before { "… " } else { pointer(SaveRow::Name) }, theme.accent),
        Span::styled(shown.text.to_owned(), if saving.is_proposed { theme.focus } else { theme.strong }),
        Span::styled(if shown.more_behind { " …" } else { "" }, theme.accent),
        Span::styled("_".repeat(room.saturating_sub(4 + width(shown.text))), theme.line),
    ]);
    let format = format_name(saving.format(), dialogs);
    let reader = match saving.reader {
        Audience::Patient => dialogs.for_patient,
        Audience::Clinician => dialogs.for_clinician,
    };
    let choice = |row, name: &str, chosen: &str| {
        // That the arrows choose is seen where they do.
        let chosen = if saving.row == row { format!("‹ {chosen} ›") } else { chosen.to_owned() };
        let chosen = Span::styled(chosen, theme.strong);
        let name = Span::styled(format!("{name}: "), theme.quiet);
        Line::from(vec![Span::styled(pointer(row), theme.accent), name, chosen])
    };
    let rows = [
        (SaveRow::Name, name),
        (SaveRow::Format, choice(SaveRow::Format, dialogs.format, format)),
        (SaveRow::Reader, choice(SaveRow::Reader, dialogs.reader, reader)),
    ];
    let mut below = Doc::new(room);
    match &saving.problem {
        Some(problem) => below.paragraph(problem, theme.notice),
        None => below.paragraph(dialogs.keep_private, theme.quiet),
    }
    let mut doc = Doc::new(room);
    doc.paragraph(dialogs.file_name, theme.text);
    let high = usize::from(places.body.height).saturating_sub(2);
    if doc.lines.len() + rows.len() + below.lines.len() > high {
        // Without the question the name still stands there to be seen; what is wrong does not.
        doc.lines.clear();
    }
    let free = high.saturating_sub(rows.len());
    if below.lines.len() > free && free > 0 {
        below.lines.truncate(free);
        if let Some(last) = below.lines.last_mut() {
            let cut: String = last.to_string().chars().take(room.saturating_sub(2)).collect();
            *last = Line::styled(format!("{cut} …"), theme.notice);
        }
    }
    let first = doc.lines.len();
    let focused = rows.iter().position(|(row, _)| *row == saving.row).unwrap_or(0);
    doc.lines.extend(rows.into_iter().map(|(_, line)| line));
    doc.lines.append(&mut below.lines);
    let area = dialog(dialogs.save_title, doc.lines.len(), On::Empty, theme, places, buffer);
    put_lines(buffer, area, &doc.lines);
    let column = if saving.row == SaveRow::Name { shown.caret as u16 } else { 0 };
    let row = area.y + (first + focused) as u16;
    if saving.row != SaveRow::Name {
        buffer.set_style(Rect { y: row, height: 1, ..area }, theme.focus);
    }
    let line = |at: usize| Rect { y: area.y + (first + at) as u16, height: 1, ..area };
    let taps = (0..3).map(|at| (line(at), Tap::Row(at))).filter(|(line, _)| line.y < area.bottom()).collect();
    Drawn { cursor: Position::new(area.x + 2 + column, row), taps, ..Drawn::default() }
}

pub fn format_name(format: Format, dialogs: &Dialogs) -> &'static str {
    match format {
        Format::Text => dialogs.as_text,
        Format::Markdown => dialogs.as_markdown,
        Format::Html => dialogs.as_html,
        Format::Json => dialogs.as_json,
    }
}

/// A numbered line to choose.
pub fn entry(index: usize, focus: usize, words: &str, room: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut doc = Doc::new(room);
    let pointer = if index == focus { "❯" } else { " " };
    doc.hanging(&format!("{pointer} {}  ", index + 1), theme.accent, words, theme.text);
    doc.lines
}
