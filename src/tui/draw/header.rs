//! The line above every page, with what is asked and where one stands, and the progress below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::frame::Places;
use super::{put, put_right};
use crate::interview::Stage;
use crate::report::look;
use crate::text::width;
use crate::tui::app::App;
use crate::tui::theme::Theme;
use crate::words::capitalised;

/// Blanks between what stands at the left and at the right.
const GAP: usize = 2;

/// Words at the right. Where there is no room for all, the name ends with `…`, and the rest stays.
struct Right {
    name: String,
    rest: String,
}

impl Right {
    fn of(name: impl Into<String>, rest: impl Into<String>) -> Right {
        Right { name: name.into(), rest: rest.into() }
    }

    fn width(&self) -> usize {
        width(&self.name) + width(&self.rest)
    }

    /// The words in at most `room` columns.
    fn within(&self, room: usize) -> String {
        let name = cut(&self.name, room.saturating_sub(width(&self.rest)));
        cut(&format!("{name}{}", self.rest), room)
    }
}

pub fn draw(app: &App, rows: usize, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let audience = app.audience();
    let questionnaire = app.questionnaire();
    let urgent = app.interview.alerted().filter(|_| app.question().is_some());
    let (left, style) = match urgent {
        Some(level) => {
            let symbol = look::symbol(level, questionnaire.levels.len());
            let words = format!(" {symbol} {} ", questionnaire.levels[level].title.to(audience));
            (words, theme.level(level, questionnaire.levels.len()))
        }
        None => (questionnaire.title.to(audience).to_owned(), theme.strong),
    };
    let room = usize::from(places.header.width);
    let forms = forms(app, rows);
    let beside = forms.iter().find(|form| width(&left) + GAP + form.width() <= room);
    // Where both do not fit, where one stands counts for more than the title, but not than an emergency.
    let alone = forms.iter().find(|form| form.width() <= room).or(forms.last());
    let right = beside.or(alone.filter(|_| urgent.is_none()));
    if beside.is_some() || right.is_none() {
        put(buffer, places.header, 0, &Line::styled(cut(&left, room), style));
    }
    if let Some(right) = right {
        let right = right.within(room);
        // Whoever sees only a part of the screen finds it where the text is.
        let needed = if beside.is_some() { width(&left) + GAP + width(&right) } else { width(&right) };
        let near = needed.max(usize::from(places.text().width)).min(room);
        let area =
            Rect { width: if places.large { near as u16 } else { places.header.width }, ..places.header };
        put_right(buffer, area, 0, &Line::styled(right, theme.quiet));
    }
    progress(done(app), theme, places, buffer);
}

/// What stands at the right, from the longest form to the shortest.
fn forms(app: &App, rows: usize) -> Vec<Right> {
    let questionnaire = app.questionnaire();
    let words = app.words();
    let version = format!(" {}", questionnaire.version);
    match (app.question(), app.interview.stage()) {
        _ if app.welcome => vec![Right::of(&questionnaire.id, version)],
        (Some((index, _)), _) => {
            let progress = app.progress;
            let total = if progress.fewest == progress.most {
                progress.most.to_string()
            } else {
                format!("{}–{}", progress.fewest, progress.most)
            };
            let section = questionnaire.section_of(index).title.to(app.audience());
            if app.is_once_more() {
                return vec![Right::of(section, format!(" · {}", words.settling.once_more))];
            }
            let (first, last) = (progress.position, progress.position + rows.saturating_sub(1));
            let position = match rows {
                _ if app.interview.returns_to_list() => words.screen.editing(app.interview.number(index)),
                2.. => words.screen.positions(first, last, &total),
                _ => words.screen.position(first, &total),
            };
            vec![Right::of(section, format!(" · {position}"))]
        }
        (None, Stage::Summary) => {
            let Some(date) = app.report.as_ref().map(|report| report.date) else { return Vec::new() };
            let dates = [capitalised(&words.date(date)), words.short_date(date)];
            dates.map(|date| Right::of(format!("{date} · {}", questionnaire.id), &version)).into()
        }
        (None, Stage::Review) => vec![Right::of(words.screen.your_answers, "")],
        (None, _) => Vec::new(),
    }
}

/// How much of the check is done, from 0 to 1.
fn done(app: &App) -> f64 {
    match (app.question(), app.interview.stage()) {
        _ if app.welcome => 0.0,
        (Some(_), _) if app.is_once_more() => 1.0,
        (None, Stage::OfferSettling) => 1.0,
        (Some(_), _) => {
            let progress = app.progress;
            let middle = (progress.fewest + progress.most) as f64 / 2.0;
            (progress.position.saturating_sub(1)) as f64 / middle.max(1.0)
        }
        (None, Stage::Summary) => 1.0,
        (None, _) => 0.0,
    }
}

fn progress(done: f64, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let cells = usize::from(places.bar.width);
    let filled = ((cells as f64) * done.clamp(0.0, 1.0)).round() as usize;
    let bar = Line::from(vec![
        Span::styled("━".repeat(filled), theme.accent),
        Span::styled("─".repeat(cells - filled), theme.line),
    ]);
    put(buffer, places.bar, 0, &bar);
}

/// The words in at most `room` columns, with `…` at the end where they are longer.
pub fn cut(words: &str, room: usize) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let mut kept = String::new();
    for grapheme in words.graphemes(true) {
        if width(&kept) + width(grapheme) + width("…") > room {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}…", kept.trim_end())
}
