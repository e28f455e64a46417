//! How right a questionnaire was, as points with their intervals: sensitivity and specificity of each level.

use super::paint::{HEADING, NAME, SMALL, TITLE};
use super::pen::Pen;
use crate::evaluation::{Evaluation, FEW, TwoByTwo};
use crate::graph::short;
use crate::population::{Interval, percent};
use crate::questionnaire::{Audience, Questionnaire};

const WIDTH: i32 = 920;
const MARGIN: i32 = 24;
/// Where the scale begins, after the names, and how wide it is.
const SCALE_AT: i32 = MARGIN + 190;
const SCALE_WIDTH: i32 = 420;
const ROW: i32 = 24;

/// The picture as an SVG of its own.
pub fn accuracy(questionnaire: &Questionnaire, evaluation: &Evaluation, head: &str) -> String {
    let mut pen = Pen::default();
    let title = format!("{}: how right it was", short(questionnaire.title.to(Audience::Clinician), 200));
    let room = WIDTH - 2 * MARGIN;
    let mut y = 20;
    for line in TITLE.lines(&title, room, 2) {
        y += TITLE.leading();
        pen.text((MARGIN, y), room, "title", TITLE, &line);
    }
    y += 8;
    for line in SMALL.lines(&short(head, 400), room, 3) {
        y += SMALL.leading();
        pen.text((MARGIN, y), room, "small", SMALL, &line);
    }
    let mut described = Vec::new();
    for (heading, of) in [
        ("Sensitivity: of those who needed the level or a more urgent one, told so", sensitivity as Of),
        ("Specificity: of those who didn't, not told so", specificity),
    ] {
        y += 20;
        y += HEADING.leading();
        pen.text((MARGIN, y), room, "heading", HEADING, heading);
        y += 6;
        let top = y;
        for row in rows(questionnaire, evaluation) {
            let said = point(&mut pen, &row, of(row.table), y);
            described.push(format!("{}: {}", row.name, said));
            y += ROW;
        }
        scale(&mut pen, top, y);
        y += 22;
    }
    let height = y + MARGIN;
    pen.document((WIDTH, height), &title, &described.join(". "))
}

/// A share of a table, and of how many people it is.
type Of = fn(&TwoByTwo) -> (Option<Interval>, u64);

fn sensitivity(table: &TwoByTwo) -> (Option<Interval>, u64) {
    (table.sensitivity(), table.cases())
}

fn specificity(table: &TwoByTwo) -> (Option<Interval>, u64) {
    (table.specificity(), table.others())
}

struct Row<'r> {
    name: String,
    table: &'r TwoByTwo,
    is_before: bool,
}

/// Every level but the last, which everybody is told at least, each below the version before.
fn rows<'r>(questionnaire: &'r Questionnaire, evaluation: &'r Evaluation) -> Vec<Row<'r>> {
    let mut rows = Vec::new();
    for (index, level) in questionnaire.levels.iter().enumerate().take(questionnaire.last_level()) {
        if let Some(before) = &evaluation.before {
            rows.push(Row {
                name: format!("{}, before", level.id),
                table: &before.measures.levels[index],
                is_before: true,
            });
        }
        rows.push(Row { name: level.id.clone(), table: &evaluation.all.levels[index], is_before: false });
    }
    rows
}

/// Draws one share with its interval; returns it in words.
fn point(pen: &mut Pen, row: &Row, (share, people): (Option<Interval>, u64), y: i32) -> String {
    let middle = y + ROW / 2;
    let text = middle + 5;
    pen.text((MARGIN, text), SCALE_AT - MARGIN - 8, "name", NAME, &short(&row.name, 60));
    let said = match share {
        None => "nobody to count".to_owned(),
        Some(Interval { share, low, high }) => {
            let few = if people < FEW { ", few" } else { "" };
            format!("{} % ({} to {}), of {people}{few}", percent(share), percent(low), percent(high))
        }
    };
    if let Some(Interval { share, low, high }) = share {
        let at = |share: f64| SCALE_AT + (share * f64::from(SCALE_WIDTH)).round() as i32;
        pen.rect((at(low), middle - 1, (at(high) - at(low)).max(1), 2), "fill=\"#1a1a1a\"");
        // What was before is hollow, so that no colour is needed.
        let paint = if row.is_before {
            "fill=\"#ffffff\" stroke=\"#1a1a1a\" stroke-width=\"2\""
        } else {
            "fill=\"#1a1a1a\""
        };
        pen.rect((at(share) - 5, middle - 5, 10, 10), paint);
    }
    let beside = SCALE_AT + SCALE_WIDTH + 14;
    pen.text((beside, text), WIDTH - MARGIN - beside, "small", SMALL, &said);
    said
}

/// Lines at each fourth, with what they mean below.
fn scale(pen: &mut Pen, top: i32, bottom: i32) {
    for fourth in 0..=4 {
        let x = SCALE_AT + SCALE_WIDTH * fourth / 4;
        pen.rect((x, top, 1, bottom - top), "fill=\"#767676\"");
        pen.text((x - 14, bottom + 15), 40, "small", SMALL, &format!("{} %", fourth * 25));
    }
}
