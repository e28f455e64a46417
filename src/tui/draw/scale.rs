//! The answer on a scale: a track with its numbers, what is chosen in words, and the words under the ends.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::frame::Places;
use super::lines::Doc;
use super::question::unsure;
use super::{Drawn, Tap, put, put_lines};
use crate::interview::rows::UNSURE;
use crate::questionnaire::Question;
use crate::text::{width, wrap};
use crate::tui::app::App;
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::tui::words;

/// Words under a value are broken here.
const MOST_LABEL: usize = 18;

#[expect(clippy::too_many_arguments, reason = "one page, drawn once")]
pub fn draw(
    app: &App,
    question: &Question,
    (min, max): (i32, i32),
    labels: &[(i32, &str)],
    head: &Doc,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let area = places.text();
    put_lines(buffer, area, &head.lines);
    let steps = (max - min + 1) as u16;
    // Numbers stand as far apart as they can, also where there are few words a line.
    let wide = if places.large { places.body } else { area };
    let step = (wide.width / steps).clamp(1, 6);
    let said = area.y + head.lines.len() as u16;
    let top = said + 1;
    let mut drawn = Drawn { page: usize::from(area.height), cursor: area.as_position(), ..Drawn::default() };
    if top + 2 >= area.bottom() {
        return drawn;
    }
    let middle_of = |value: i32| area.x + (value - min) as u16 * step + step / 2;
    let track = middle_of(min)..=middle_of(max);
    for x in track {
        let reached = app.draft.value.is_some_and(|value| x <= middle_of(value));
        let (symbol, style) = if reached { ("━", theme.accent) } else { ("─", theme.quiet) };
        buffer.set_string(x, top + 1, symbol, style);
    }
    // Where the numbers would run into each other, some are left out, but never the one that is chosen.
    let widest = min.to_string().len().max(max.to_string().len()) as u16;
    let every = [1, 2, 5, 10].into_iter().find(|every| every * step > widest).unwrap_or(20);
    let has_room = |value: i32| {
        let beside = app.draft.value.is_some_and(|chosen| value.abs_diff(chosen) as u16 * step <= widest);
        ((value - min) as u16).is_multiple_of(every) && (every == 1 || !beside)
    };
    for value in min..=max {
        let chosen = app.draft.value == Some(value);
        let digits = if chosen && step >= 4 { format!("[{value}]") } else { value.to_string() };
        let x = (middle_of(value) + 1).saturating_sub(digits.len() as u16 / 2 + 1);
        if chosen || has_room(value) {
            buffer.set_string(x, top, &digits, if chosen { theme.focus } else { theme.text });
        }
        if chosen {
            buffer.set_string(middle_of(value), top + 1, "●", theme.accent);
        }
        let cell = Rect {
            x: area.x + (value - min) as u16 * step,
            y: top.saturating_sub(1),
            width: step,
            height: 3,
        };
        drawn.taps.push((cell, Tap::Row((value - min) as usize)));
    }
    // A number among numbers says little alone, so the choice stands in words too, and there the cursor is.
    let room = usize::from(area.width).saturating_sub(2);
    let chosen = words::on_scale(app.draft.value, app.draft.unsure, (min, max), labels, room, app.words());
    let line = Line::from(vec![Span::styled("❯ ", theme.accent), Span::styled(chosen, theme.text)]);
    put(buffer, area, head.lines.len(), &line);
    drawn.cursor = Position::new(area.x + 2, said);
    label_scale(
        labels,
        (min, max),
        step,
        Rect { y: top + 2, height: area.bottom() - top - 2, ..wide },
        theme,
        buffer,
    );
    if question.unsure {
        let line = Rect { y: area.bottom() - 1, height: 1, ..area };
        put(buffer, line, 0, &unsure(&UNSURE.to_string(), app, theme));
        drawn.taps.push((line, Tap::Press(Action::Unsure)));
    }
    let lowest = labels.iter().map(|(_, label)| wrap(label, MOST_LABEL).len()).max().unwrap_or(0);
    let end = top + 2 + lowest as u16;
    // "Not sure" is on the last line, and stays to be seen.
    drawn.end = (!question.unsure || end + 3 < area.bottom()).then_some(end);
    drawn
}

/// Writes the words under the scale: left, centred and right, wrapped so that they do not meet.
fn label_scale(
    labels: &[(i32, &str)],
    (min, max): (i32, i32),
    step: u16,
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let apart = usize::from(step) * usize::try_from(max - min).unwrap_or(0);
    let room = (apart / labels.len().saturating_sub(1).max(1)).saturating_sub(2).clamp(4, MOST_LABEL);
    for (value, label) in labels {
        let middle = area.x + (value - min) as u16 * step + step / 2;
        for (row, words) in wrap(label, room).into_iter().enumerate() {
            let length = width(&words) as u16;
            // The words of the ends begin and end at their numbers.
            let x = if *value == min {
                middle
            } else if *value == max {
                (middle + 1).saturating_sub(length).max(area.x)
            } else {
                middle.saturating_sub(length / 2)
            };
            put(
                buffer,
                Rect { x, width: area.right().saturating_sub(x), ..area },
                row,
                &Line::styled(words, theme.quiet),
            );
        }
    }
}
