//! A tally as tables and bars of text.

use super::{Tally, percentile};
use crate::questionnaire::count;
use crate::text::{clean_line, width};

/// The longest bar, in columns.
const BAR: usize = 30;
/// Questions that are listed at most.
const MOST: usize = 12;

/// A part of what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub table: Table,
}

/// Rows below a head. The first column is a name, the others are numbers, and a bar may follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// For each row, what its bar stands for.
    pub bars: Vec<u64>,
}

/// All that a tally says.
pub fn sections(tally: &Tally) -> Vec<Section> {
    let names: Vec<String> = (0..tally.by_level.len()).map(|at| tally.level(at).to_owned()).collect();
    let mut sections = vec![Section {
        title: "Levels".to_owned(),
        table: Table {
            head: strings(["", "checks", "share"]),
            rows: names
                .iter()
                .zip(&tally.by_level)
                .map(|(name, count)| vec![name.clone(), count.to_string(), share(*count, tally.checks)])
                .collect(),
            bars: tally.by_level.clone(),
        },
    }];
    let by = |title: &str, rows: Vec<(String, &Vec<u64>)>| {
        let sums: Vec<u64> = rows.iter().map(|(_, counts)| counts.iter().sum()).collect();
        let head = [String::new(), "all".to_owned()].into_iter().chain(names.iter().cloned()).collect();
        let rows = rows.into_iter().zip(&sums).map(|((name, counts), sum)| {
            let counts = counts.iter().map(u64::to_string);
            [name, sum.to_string()].into_iter().chain(counts).collect()
        });
        Section { title: title.to_owned(), table: Table { head, rows: rows.collect(), bars: sums.clone() } }
    };
    sections.push(by("Days", tally.by_day.iter().map(|(day, counts)| (day.to_string(), counts)).collect()));
    let stations = tally.by_station.iter().map(|(name, counts)| (clean_line(name), counts));
    sections.push(by("Stations", stations.collect()));
    let waits = (0..tally.by_level.len()).filter(|&at| tally.by_level[at] > 0).map(|at| {
        let waits = &tally.waits[at];
        let minutes =
            |minutes: Option<u64>| minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string());
        vec![
            tally.level(at).to_owned(),
            waits.len().to_string(),
            tally.not_seen[at].to_string(),
            minutes(percentile(waits, 50)),
            minutes(percentile(waits, 90)),
            minutes(waits.iter().max().copied()),
        ]
    });
    sections.push(Section {
        title: "Minutes until somebody has seen the person".to_owned(),
        table: Table {
            head: strings(["", "seen", "not seen", "median", "9 of 10 within", "longest"]),
            rows: waits.collect(),
            bars: Vec::new(),
        },
    });
    let questions = |title: &str, count: &dyn Fn(&super::Asked) -> u64, of: &dyn Fn(&super::Asked) -> u64| {
        let mut asked: Vec<_> = tally.questions.iter().filter(|asked| count(asked) > 0).collect();
        // The first that is asked comes first among those with as many.
        asked.sort_by_key(|asked| std::cmp::Reverse(count(asked)));
        asked.truncate(MOST);
        let rows = asked
            .iter()
            .map(|asked| vec![asked.id.clone(), count(asked).to_string(), share(count(asked), of(asked))]);
        let head = strings(["", "checks", "share"]);
        let bars = asked.iter().map(|asked| count(asked)).collect();
        Section { title: title.to_owned(), table: Table { head, rows: rows.collect(), bars } }
    };
    let open = tally.not_finished();
    sections.push(questions("Where people stop before the end", &|asked| asked.left_at, &|_| open));
    sections.push(questions("Where people are not sure", &|asked| asked.unsure, &|asked| asked.answered));
    sections.push(questions("Answers that were changed", &|asked| asked.corrected, &|asked| asked.answered));
    sections.retain(|section| !section.table.rows.is_empty());
    sections
}

/// All of it as text.
pub fn text(tally: &Tally, heading: &str) -> String {
    let mut out = format!(
        "{heading}\n{}: {} finished, {} stopped early, {} not finished.\n",
        count(tally.checks as usize, "check"),
        tally.finished,
        tally.stopped,
        tally.not_finished()
    );
    for Section { title, table } in sections(tally) {
        out += &format!("\n{title}\n{}", lines(&table));
    }
    out
}

fn lines(table: &Table) -> String {
    let all = || std::iter::once(&table.head).chain(&table.rows);
    let widths: Vec<usize> = (0..table.head.len())
        .map(|column| all().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let most = table.bars.iter().max().copied().unwrap_or(0).max(1);
    let mut out = String::new();
    for (at, row) in all().enumerate() {
        let mut line = String::from(" ");
        for (column, cell) in row.iter().enumerate() {
            let blank = " ".repeat(widths[column].saturating_sub(width(cell)));
            line += &if column == 0 { format!(" {cell}{blank}") } else { format!("  {blank}{cell}") };
        }
        // Somebody is never drawn as nobody.
        let bar = at.checked_sub(1).and_then(|row| table.bars.get(row)).copied().unwrap_or(0);
        let length = (bar as usize * BAR).div_ceil(most as usize);
        line += &format!("  {}", "█".repeat(length));
        out += line.trim_end();
        out.push('\n');
    }
    out
}

fn share(count: u64, of: u64) -> String {
    if of == 0 { "-".to_owned() } else { format!("{:.1} %", count as f64 * 100.0 / of as f64) }
}

fn strings<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).into()
}
