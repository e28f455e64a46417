//! The picture as SVG, drawn here: two lists of cards side by side, in as many columns as they need.
//!
//! It is readable without any font of its own, in black and white, and on a dark page, since it brings its ground.

mod accuracy;
mod card;
mod cards;
mod columns;
mod flow;
mod head;
mod legend;
mod lines;
mod measure;
mod paint;
mod pen;
mod shares;
mod tally;
#[cfg(test)]
mod tests;

use super::Links;
use super::words;
use crate::questionnaire::{Audience, Questionnaire};
use card::Block;
use columns::{Column, Columns};
use pen::Pen;

pub use accuracy::accuracy;
pub use shares::shares;
pub use tally::tally;

const MARGIN: i32 = 28;
/// Between the columns of one list, and between the two lists.
const GAP: i32 = 28;
const QUESTION_WIDTH: i32 = 640;
const RULE_WIDTH: i32 = 540;

/// The whole picture, one document.
pub fn svg(questionnaire: &Questionnaire, links: &Links) -> String {
    let questions = cards::questions(questionnaire, links, QUESTION_WIDTH);
    let levels = cards::levels(questionnaire, links, RULE_WIDTH);
    let (left, right) = columns::both((&questions, QUESTION_WIDTH), (&levels, RULE_WIDTH));

    let left_width = left.width(QUESTION_WIDTH, GAP);
    let right_at = MARGIN + left_width + 2 * GAP;
    let width = right_at + right.width(RULE_WIDTH, GAP) + MARGIN;
    let mut pen = Pen::default();
    let top = head::head(&mut pen, questionnaire, MARGIN, width - 2 * MARGIN);
    let top = head::headings(&mut pen, top, (MARGIN, left_width), (right_at, width - MARGIN - right_at));
    list(&mut pen, &questions, &left, (MARGIN, top), QUESTION_WIDTH);
    list(&mut pen, &levels, &right, (right_at, top), RULE_WIDTH);
    let height = top + left.height.max(right.height) + MARGIN;
    pen.document(
        (width, height),
        questionnaire.title.to(Audience::Clinician),
        &words::description(questionnaire),
    )
}

/// Draws the cards of a list where they belong, the lines between them below.
fn list(pen: &mut Pen, blocks: &[Block], columns: &Columns, (x, y): (i32, i32), width: i32) {
    let at = |column: usize| x + column as i32 * (width + GAP);
    let corners: Vec<(i32, i32)> = blocks
        .iter()
        .zip(&columns.places)
        .map(|(block, place)| (at(place.column) + block.indent, y + place.y))
        .collect();
    lines::lines(pen, blocks, columns, &corners);
    for Column { number, heading } in &columns.continued {
        pen.part("", (at(*number), y), &blocks[*heading].continued);
    }
    for (block, corner) in blocks.iter().zip(corners) {
        pen.part(&block.id, corner, &block.drawn);
    }
}
