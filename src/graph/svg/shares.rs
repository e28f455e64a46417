//! What a questionnaire tells people, as bars: a bar for each population, and for each thing it is compared with.

use super::legend::legend;
use super::paint::{HEADING, NAME, SMALL, TITLE};
use super::pen::Pen;
use crate::graph::short;
use crate::population::{Counts, Interval, Simulated, number, percent};
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::look;

const WIDTH: i32 = 920;
const MARGIN: i32 = 24;
/// Where the bars begin, after their names.
const BAR_AT: i32 = MARGIN + 92;
const BAR_WIDTH: i32 = WIDTH - MARGIN - BAR_AT;
const BAR_HEIGHT: i32 = 26;

/// The picture as an SVG of its own.
pub fn shares(simulated: &[Simulated]) -> String {
    let mut pen = Pen::default();
    let mut y = head(&mut pen, simulated);
    for one in simulated {
        y = population(&mut pen, one, y);
    }
    let height = y + MARGIN;
    let title = simulated.first().map_or(String::new(), |one| title(one.questionnaire));
    pen.document((WIDTH, height), &title, &described(simulated))
}

fn title(questionnaire: &Questionnaire) -> String {
    let title = short(questionnaire.title.to(Audience::Clinician), 200);
    format!("{title}: what it tells simulated people")
}

/// Every figure of the picture in words.
fn described(simulated: &[Simulated]) -> String {
    let said = simulated.iter().map(|one| {
        let bars = bars(one);
        let bars = bars.iter().map(|bar| format!("{}: {}", bar.name, figures(bar.questionnaire, bar.counts)));
        format!("{}. {}.", heading(one), bars.collect::<Vec<_>>().join("; "))
    });
    said.collect::<Vec<_>>().join(" ")
}

fn heading(simulated: &Simulated) -> String {
    match simulated.population {
        Some(population) => short(&population.title, 200),
        None => short(simulated.file, 200),
    }
}

struct Bar<'b> {
    name: &'static str,
    questionnaire: &'b Questionnaire,
    counts: &'b Counts,
}

fn bars<'b>(simulated: &'b Simulated) -> Vec<Bar<'b>> {
    let questionnaire = simulated.questionnaire;
    let mut bars = Vec::new();
    if let (Some((_, old)), Some((counts, _))) = (simulated.old, &simulated.outcome.old) {
        bars.push(Bar { name: "before", questionnaire: old, counts });
    }
    let name = if simulated.ends.is_some() { "as stated" } else { "now" };
    bars.push(Bar { name, questionnaire, counts: &simulated.outcome.counts });
    if let Some((floor, ceiling)) = &simulated.ends {
        bars.push(Bar { name: "floor", questionnaire, counts: floor });
        bars.push(Bar { name: "ceiling", questionnaire, counts: ceiling });
    }
    bars
}

/// `!! emergency 6.9 %, ! same_day 14.9 %`
fn figures(questionnaire: &Questionnaire, counts: &Counts) -> String {
    let levels = questionnaire.levels.iter().enumerate().map(|(rank, level)| {
        let symbol = look::symbol(rank, questionnaire.levels.len());
        format!("{symbol} {} {} %", level.id, percent(counts.level(rank).share))
    });
    levels.collect::<Vec<_>>().join(", ")
}

/// Draws what stands above the bars; returns where it ends.
fn head(pen: &mut Pen, simulated: &[Simulated]) -> i32 {
    let mut y = 20;
    let Some(first) = simulated.first() else { return y };
    let questionnaire = first.questionnaire;
    let room = WIDTH - 2 * MARGIN;
    for line in TITLE.lines(&title(questionnaire), room, 2) {
        y += TITLE.leading();
        pen.text((MARGIN, y), room, "title", TITLE, &line);
    }
    let mut what = format!("{} {}", questionnaire.id, questionnaire.version);
    if let Some((name, old)) = first.old {
        what += &format!("; before: {} {} ({name})", old.id, old.version);
    }
    what += ". Nobody here is real: the shares are as good as the figures in the population files.";
    y += 8;
    for line in SMALL.lines(&short(&what, 400), room, 3) {
        y += SMALL.leading();
        pen.text((MARGIN, y), room, "small", SMALL, &line);
    }
    let levels = questionnaire.levels.iter().map(|level| level.id.clone());
    legend(pen, levels, (MARGIN, WIDTH - MARGIN), y + 14)
}

/// Draws the bars of one population below `y`; returns where they end.
fn population(pen: &mut Pen, simulated: &Simulated, mut y: i32) -> i32 {
    let room = WIDTH - 2 * MARGIN;
    y += 14;
    for line in HEADING.lines(&heading(simulated), room, 2) {
        y += HEADING.leading();
        pen.text((MARGIN, y), room, "heading", HEADING, &line);
    }
    let counts = &simulated.outcome.counts;
    let mut small = match simulated.population {
        Some(population) => format!(
            "{} people, seed {}; {} figures, {} of them assumed",
            number(counts.people),
            simulated.seed,
            number(population.figures.all as u64),
            number(population.figures.assumed as u64)
        ),
        None => format!("{} sheets", number(counts.people)),
    };
    if let Some(reach) = &counts.reach {
        let share = percent(Interval::of(reach.reached, counts.people).share);
        small += &format!("; at or above the level needed: {share} %");
    }
    y += SMALL.leading();
    pen.text((MARGIN, y), room, "small", SMALL, &small);
    for bar in bars(simulated) {
        y += 10;
        pen.text((MARGIN, y + 18), BAR_AT - MARGIN - 6, "name", NAME, bar.name);
        let (mut from, levels) = (BAR_AT, bar.questionnaire.levels.len());
        let mut people = 0;
        for rank in 0..levels {
            people += bar.counts.levels[rank];
            let share = Interval::of(people, bar.counts.people).share;
            let to = BAR_AT + (share * f64::from(BAR_WIDTH)).round() as i32;
            if to > from {
                let step = look::step(rank, levels);
                pen.rect((from, y, to - from, BAR_HEIGHT), &format!("class=\"stripe{step}\""));
            }
            from = to;
        }
        y += BAR_HEIGHT;
        for line in SMALL.lines(&figures(bar.questionnaire, bar.counts), BAR_WIDTH, 3) {
            y += SMALL.leading();
            pen.text((BAR_AT, y), BAR_WIDTH, "small", SMALL, &line);
        }
    }
    y + 8
}
