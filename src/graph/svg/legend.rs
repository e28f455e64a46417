//! What the stripes of a picture mean: a level each, on one line or more.

use super::paint::SMALL;
use super::pen::Pen;
use crate::graph::short;
use crate::report::look;

/// Draws the levels, most urgent first, between two margins below `y`; returns where they end.
pub fn legend(
    pen: &mut Pen,
    levels: impl ExactSizeIterator<Item = String>,
    (left, right): (i32, i32),
    mut y: i32,
) -> i32 {
    let (mut x, count) = (left, levels.len());
    for (rank, name) in levels.enumerate() {
        let (step, symbol) = look::with_symbol(rank, count);
        let words = short(&format!("{symbol} {name}"), 60);
        let wide = SMALL.width(&words) + 14;
        if x + wide + 14 > right && x > left {
            (x, y) = (left, y + 24);
        }
        pen.rect((x, y, 14, 18), &format!("class=\"stripe{step}\""));
        pen.rect((x + 14, y, wide, 18), &format!("class=\"ground{step}\""));
        pen.text((x + 21, y + 13), wide - 10, &format!("small ink{step}"), SMALL, &words);
        x += wide + 14 + 10;
    }
    y + 24
}
