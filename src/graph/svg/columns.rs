//! Which card stands where: from top to bottom, in as many columns as it takes.

use super::card::Block;

/// Up to here one column is easier to read than two.
const LOW: i64 = 5200;

/// Where a card stands in its list.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub column: usize,
    /// Pixels below the top of the list.
    pub y: i32,
}

/// A column that goes on with what the last began.
#[derive(Debug, PartialEq)]
pub struct Column {
    pub number: usize,
    /// The heading to repeat, by its position in the list.
    pub heading: usize,
}

/// A list laid out.
pub struct Columns {
    /// By card.
    pub places: Vec<Place>,
    pub continued: Vec<Column>,
    /// Of the longest column.
    pub height: i32,
    count: usize,
}

/// Two lists laid out in columns of one height, each no higher than it must be.
pub fn both(left: (&[Block], i32), right: (&[Block], i32)) -> (Columns, Columns) {
    let total = |(blocks, width): (&[Block], i32)| {
        let height: i64 = blocks.iter().map(|block| i64::from(block.room())).sum();
        (height, width)
    };
    let lay = |height: i32| (Columns::of(left.0, height), Columns::of(right.0, height));
    let mut most = height(&[total(left), total(right)]);
    let mut laid = lay(most);
    let mut least = 0;
    // The least height with no more columns than that.
    while least + 1 < most {
        let height = least + (most - least) / 2;
        let (one, other) = lay(height);
        if one.count <= laid.0.count && other.count <= laid.1.count {
            most = one.height.max(other.height).min(height);
            laid = (one, other);
        } else {
            least = height;
        }
    }
    laid
}

/// How high columns may get, so that lists of these heights, in columns of these widths, make a page and no ribbon.
fn height(lists: &[(i64, i32)]) -> i32 {
    const WIDTH_TO_HEIGHT: f64 = 1.6;
    let longest = lists.iter().map(|&(height, _)| height).max().unwrap_or_default();
    if longest <= LOW {
        return LOW as i32;
    }
    let area: f64 = lists.iter().map(|&(height, width)| height as f64 * f64::from(width)).sum();
    ((area / WIDTH_TO_HEIGHT).sqrt() as i32).max(LOW as i32)
}

impl Columns {
    /// Lays out cards in columns of this height. A heading never stands alone at the foot of one.
    pub fn of(blocks: &[Block], height: i32) -> Columns {
        let mut columns =
            Columns { places: Vec::with_capacity(blocks.len()), continued: Vec::new(), height: 0, count: 1 };
        let mut y = 0;
        let mut heading = None;
        for (index, block) in blocks.iter().enumerate() {
            let with_next = match blocks.get(index + 1) {
                Some(next) if block.is_heading() => block.room() + next.height,
                _ => block.height,
            };
            if y > 0 && y + with_next > height {
                columns.count += 1;
                y = 0;
                if let Some(heading) = heading.filter(|_| !block.is_heading()) {
                    columns.continued.push(Column { number: columns.count - 1, heading });
                    y = blocks[heading].room();
                }
            }
            if block.is_heading() {
                heading = Some(index);
            }
            columns.places.push(Place { column: columns.count - 1, y: y + block.space_above(y) });
            y += block.space_above(y) + block.room();
            columns.height = columns.height.max(y);
        }
        columns
    }

    /// Pixels, with `gap` between columns.
    pub fn width(&self, column: i32, gap: i32) -> i32 {
        self.count as i32 * (column + gap) - gap
    }
}
