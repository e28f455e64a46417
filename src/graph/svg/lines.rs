//! The lines from a question to what follows it up.

use std::collections::BTreeMap;

use super::card::Block;
use super::cards::INDENT;
use super::columns::Columns;
use super::pen::Pen;

/// Lines beside the cards have so many places of their own, side by side.
const LANES: usize = 4;
const BETWEEN_LANES: i32 = 6;
/// A longer line leads nobody anywhere; the number of the question does.
const LONGEST: i32 = 1400;
/// How far below its upper edge a line reaches a card, and leaves it.
const ARRIVES: i32 = 17;
const LEAVES: i32 = 30;

/// Draws them. `corners` has the upper left corner of each card.
pub fn lines(pen: &mut Pen, blocks: &[Block], columns: &Columns, corners: &[(i32, i32)]) {
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (child, block) in blocks.iter().enumerate() {
        let Some(parent) = block.follows else { continue };
        let is_near = columns.places[parent].column == columns.places[child].column
            && corners[child].1 - corners[parent].1 <= LONGEST;
        if is_near && !block.is_joined {
            beside.entry(parent).or_default().push(child);
        } else if is_near {
            let x = corners[parent].0 + INDENT / 2;
            let (to_x, to_y) = (corners[child].0, corners[child].1 + ARRIVES);
            pen.path("join", &format!("M{x} {}V{to_y}H{to_x}", corners[parent].1 + blocks[parent].height));
        }
    }
    // By lane, in which column and how far down it is taken.
    let mut taken = [(0, 0); LANES];
    for (parent, children) in beside {
        let column = columns.places[parent].column;
        let from = corners[parent].1 + LEAVES;
        let last = children.iter().map(|&child| corners[child].1 + ARRIVES).max().unwrap_or(from);
        let free = taken.iter().position(|&(in_column, until)| in_column < column + 1 || until < from);
        let Some(lane) = free else { continue };
        taken[lane] = (column + 1, last);
        let x = corners[parent].0 - blocks[parent].indent - 7 - lane as i32 * BETWEEN_LANES;
        let mut path = format!("M{} {from}H{x}V{last}", corners[parent].0);
        for &child in &children {
            path += &format!("M{x} {}H{}", corners[child].1 + ARRIVES, corners[child].0);
        }
        // Where it crosses another, that one passes below.
        pen.path("bridge", &path);
        pen.path("join", &path);
    }
}
