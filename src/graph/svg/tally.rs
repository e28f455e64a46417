//! What the checks of a time came to, as bars: one for each day and each station, divided by level.

use super::legend::legend;
use super::paint::{HEADING, NAME, SMALL, TITLE};
use super::pen::Pen;
use crate::graph::short;
use crate::population::number;
use crate::questionnaire::count;
use crate::report::look;
use crate::tally::{Tally, percentile};

const WIDTH: i32 = 920;
const MARGIN: i32 = 24;
/// Where the bars begin, after their names.
const BAR_AT: i32 = MARGIN + 130;
const BAR_WIDTH: i32 = WIDTH - MARGIN - BAR_AT - 60;
const BAR_HEIGHT: i32 = 20;
const ROOM: i32 = WIDTH - 2 * MARGIN;

/// The picture as an SVG of its own.
pub fn tally(tally: &Tally, heading: &str) -> String {
    let mut pen = Pen::default();
    let mut y = head(&mut pen, tally, heading);
    let days: Vec<_> = tally.by_day.iter().map(|(day, counts)| (day.to_string(), counts)).collect();
    let stations: Vec<_> = tally.by_station.iter().map(|(name, counts)| (name.clone(), counts)).collect();
    for (title, rows) in [("Days", &days), ("Stations", &stations)] {
        y = bars(&mut pen, tally, title, rows, y);
    }
    y = waits(&mut pen, tally, y);
    pen.document((WIDTH, y + MARGIN), heading, &described(tally))
}

/// Every figure of the picture in words.
fn described(tally: &Tally) -> String {
    let by = |name: &str, counts: &[u64]| format!("{name}: {}.", figures(tally, counts));
    let days = tally.by_day.iter().map(|(day, counts)| by(&day.to_string(), counts));
    let stations = tally.by_station.iter().map(|(name, counts)| by(name, counts));
    days.chain(stations).chain(waits_in_words(tally)).collect::<Vec<_>>().join(" ")
}

fn figures(tally: &Tally, counts: &[u64]) -> String {
    let named = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let named = named.map(|(at, count)| format!("{} {count}", tally.level(at)));
    named.collect::<Vec<_>>().join(", ")
}

fn head(pen: &mut Pen, tally: &Tally, heading: &str) -> i32 {
    let mut y = 20;
    for line in TITLE.lines(&short(heading, 200), ROOM, 2) {
        y += TITLE.leading();
        pen.text((MARGIN, y), ROOM, "title", TITLE, &line);
    }
    let what = format!(
        "{}: {} finished, {} stopped early, {} not finished.",
        count(tally.checks as usize, "check"),
        number(tally.finished),
        number(tally.stopped),
        number(tally.not_finished())
    );
    y += 8 + SMALL.leading();
    pen.text((MARGIN, y), ROOM, "small", SMALL, &what);
    let levels = tally.levels.iter().zip(&tally.by_level);
    let levels = levels.map(|(id, count)| format!("{id} {}", number(*count)));
    legend(pen, levels, (MARGIN, WIDTH - MARGIN), y + 14)
}

/// Draws bars below `y`, the longest as wide as there is room; returns where they end.
fn bars(pen: &mut Pen, tally: &Tally, title: &str, rows: &[(String, &Vec<u64>)], mut y: i32) -> i32 {
    let sum = |counts: &[u64]| counts.iter().sum::<u64>();
    let most = rows.iter().map(|(_, counts)| sum(counts)).max().unwrap_or(0).max(1);
    y += 14 + HEADING.leading();
    pen.text((MARGIN, y), ROOM, "heading", HEADING, title);
    for (name, counts) in rows {
        y += 8;
        pen.text((MARGIN, y + 15), BAR_AT - MARGIN - 6, "name", NAME, &short(name, 60));
        let at = |count: u64| BAR_AT + (count as f64 / most as f64 * f64::from(BAR_WIDTH)).round() as i32;
        let (mut people, mut from) = (0, BAR_AT);
        for (rank, count) in counts.iter().enumerate() {
            people += count;
            let to = at(people);
            if to > from {
                // What has no level yet is only framed.
                let class = match rank < tally.levels.len() {
                    true => format!("class=\"stripe{}\"", look::step(rank, tally.levels.len())),
                    false => "class=\"card\"".to_owned(),
                };
                pen.rect((from, y, to - from, BAR_HEIGHT), &class);
            }
            from = to;
        }
        pen.text((from + 8, y + 14), 60, "small", SMALL, &number(people));
        y += BAR_HEIGHT;
    }
    y
}

fn waits_in_words(tally: &Tally) -> impl Iterator<Item = String> {
    let told = tally.waits.iter().enumerate().filter_map(|(at, waits)| {
        let (median, most) = (percentile(waits, 50)?, percentile(waits, 90)?);
        Some(format!(
            "{}: half were seen within {median} minutes, 9 of 10 within {most}; not seen: {}.",
            tally.level(at),
            tally.not_seen[at]
        ))
    });
    told.collect::<Vec<_>>().into_iter()
}

fn waits(pen: &mut Pen, tally: &Tally, mut y: i32) -> i32 {
    let mut lines = waits_in_words(tally).peekable();
    if lines.peek().is_some() {
        y += 14 + HEADING.leading();
        pen.text((MARGIN, y), ROOM, "heading", HEADING, "Waiting");
    }
    for words in lines {
        for line in SMALL.lines(&words, ROOM, 2) {
            y += SMALL.leading();
            pen.text((MARGIN, y), ROOM, "small", SMALL, &line);
        }
    }
    y
}
