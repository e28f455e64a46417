//! What stays in the terminal when the full screen has closed: ten lines at most, the level last.

use super::document::made;
use super::{Report, look};
use crate::text::wrap;

/// Lines of a terminal that are in view whatever its height, with the prompt.
const LINES: usize = 10;
/// As wide as a text report.
const WIDTH: usize = 76;

/// The lines, without the ends of lines. `saved`: where the whole report is, as a path that can be shown.
pub fn lines(report: &Report, saved: Option<&str>) -> Vec<String> {
    let words = &report.words().report;
    let mut level = wrap(&headline(report), WIDTH);
    let mut whom = match (report.call(), &report.who) {
        _ if !report.is_final() => Vec::new(),
        (Some(call), _) => wrap(&call.line(), WIDTH),
        (None, Some(who)) => wrap(who, WIDTH),
        (None, None) => Vec::new(),
    };
    let whole = match saved {
        Some(path) => words.whole_report(path),
        None => words.not_kept.to_owned(),
    };
    let mut lines = wrap(&format!("{}. {}", report.title, made(report)), WIDTH);
    lines.truncate(2);
    lines.extend(wrap(&whole, WIDTH).into_iter().take(3));
    // The level and whom to call have their place; as many steps as are left room for come before.
    let mut room = LINES.saturating_sub(lines.len() + whom.len() + level.len());
    let steps = if report.is_final() { report.steps_with_call() } else { Vec::new() };
    for (number, step) in (1..).zip(steps) {
        let step = wrap(&format!("{number}. {}", step.words), WIDTH);
        if step.len() > room {
            break;
        }
        room -= step.len();
        lines.extend(step);
    }
    lines.append(&mut whom);
    lines.append(&mut level);
    let too_many = lines.len().saturating_sub(LINES);
    lines.drain(..too_many);
    lines
}

fn headline(report: &Report) -> String {
    let Some(level) = report.level.as_ref().filter(|_| report.is_final()) else {
        return format!("…  {}", report.headline);
    };
    let symbol = look::symbol(level.index, report.levels.len());
    let within = report.within.as_ref().map(|within| within.say.clone());
    let until = report.until().or(within).map(|until| format!(": {until}")).unwrap_or_default();
    format!("{symbol}  {}{until}", report.headline.to_uppercase())
}
