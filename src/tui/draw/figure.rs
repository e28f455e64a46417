//! The drawn figure of a body map: the front and the back of a person, made of regions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::questionnaire::Region;
use crate::text::width;

/// How large the figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Down to the knees.
    Small,
    /// Down to the feet.
    Whole,
    /// The same, twice as large.
    Large,
}

impl Size {
    /// The largest that fits beside a list of this many columns.
    pub fn of(area: Rect, list: u16) -> Option<Size> {
        let fits = |size: &Size| area.width >= list + size.width() && area.height >= size.height();
        [Size::Large, Size::Whole, Size::Small].into_iter().find(fits)
    }

    /// Columns of both figures together.
    pub fn width(self) -> u16 {
        2 * self.of_one() + GAP
    }

    /// Rows, with what they are called.
    pub fn height(self) -> u16 {
        self.rows(&FRONT).len() as u16 + 1
    }

    /// Columns of one figure.
    fn of_one(self) -> u16 {
        FRONT[0].len() as u16 * self.times()
    }

    fn times(self) -> u16 {
        if self == Size::Large { 2 } else { 1 }
    }

    /// One character a cell.
    fn rows(self, figure: &[&str; 14]) -> Vec<String> {
        let legs: &[&str] = if self == Size::Small { &[] } else { &LEGS };
        let times = usize::from(self.times());
        let rows = figure
            .iter()
            .chain(legs)
            .map(|row| row.chars().flat_map(|c| std::iter::repeat_n(c, times)).collect());
        rows.flat_map(|row: String| std::iter::repeat_n(row, times)).collect()
    }
}

const GAP: u16 = 3;

/// Below the knees, in front and behind.
const LEGS: [&str; 5] =
    ["    EEE  EEE    ", "    EEE  EEE    ", "     EE  EE     ", "     EE  EE     ", "   FFFF  FFFF   "];

/// One character a cell: the region there, see [`region`].
const FRONT: [&str; 14] = [
    "      HHHH      ",
    "       NN       ",
    "  SSS CCCC SSS  ",
    " AASSCCCCCCSSAA ",
    " AA RCCCCCCR AA ",
    " AA RRBBBBRR AA ",
    " AA RBBBBBBR AA ",
    " AA  BBBBBB  AA ",
    " DD PPPPPPPP DD ",
    " DD IIGGGGII DD ",
    "    IITGGTII    ",
    "    TTTTTTTT    ",
    "    TTT  TTT    ",
    "    KKK  KKK    ",
];

const BACK: [&str; 14] = [
    "      HHHH      ",
    "       NN       ",
    "  SSS UUUU SSS  ",
    " AASSUUUUUUSSAA ",
    " AA UUUUUUUU AA ",
    " AA RRUUUURR AA ",
    " AA RRLLLLRR AA ",
    " AA  LLLLLL  AA ",
    " DD  LLLLLL  DD ",
    " DD IOOOOOOI DD ",
    "    IOOOOOOI    ",
    "    TTTTTTTT    ",
    "    TTT  TTT    ",
    "    KKK  KKK    ",
];

fn region(letter: char) -> Option<Region> {
    Some(match letter {
        'H' => Region::Head,
        'N' => Region::Neck,
        'S' => Region::Shoulder,
        'U' => Region::UpperBack,
        'L' => Region::LowBack,
        'R' => Region::Ribs,
        'C' => Region::Chest,
        'B' => Region::Belly,
        'A' => Region::Arm,
        'D' => Region::Hand,
        'P' => Region::Pelvis,
        'G' => Region::Groin,
        'I' => Region::Hip,
        'O' => Region::Buttock,
        'T' => Region::Thigh,
        'K' => Region::Knee,
        'E' => Region::LowerLeg,
        'F' => Region::Foot,
        _ => return None,
    })
}

/// How one region is shown.
pub struct Shade {
    /// The key that picks it.
    pub key: char,
    pub chosen: bool,
    pub focused: bool,
    pub row: usize,
}

pub struct Styles {
    /// What cannot be chosen, two tones of what can, what is chosen.
    pub figure: [Style; 4],
    pub focused: Style,
    pub number: Style,
    pub caption: Style,
}

/// What the front and the back are called, and the letters of the person's right and left.
pub struct Captions<'a> {
    pub sides: [&'a str; 2],
    pub right_left: [&'a str; 2],
}

/// Draws both figures with their captions. Gives the cells of every region that can be chosen, with its row.
pub fn draw(
    area: Rect,
    size: Size,
    buffer: &mut Buffer,
    styles: &Styles,
    captions: &Captions,
    shade: impl Fn(Region) -> Option<Shade>,
) -> Vec<(Position, usize)> {
    let mut cells = Vec::new();
    let one = size.of_one();
    for (side, (figure, caption)) in [FRONT, BACK].iter().zip(captions.sides).enumerate() {
        let left = area.x + side as u16 * (one + GAP);
        let figure = size.rows(figure);
        for (y, row) in figure.iter().enumerate() {
            for (x, letter) in row.chars().enumerate() {
                let Some(region) = region(letter) else { continue };
                let at = Position::new(left + x as u16, area.y + y as u16);
                if !area.contains(at) {
                    continue;
                }
                let shade = shade(region);
                // The focus has signs of its own, which no colour is needed for.
                let (symbol, style) = match &shade {
                    None => ("░", styles.figure[0]),
                    Some(shade) if shade.focused && shade.chosen => ("X", styles.focused),
                    Some(shade) if shade.focused => ("+", styles.focused),
                    Some(shade) if shade.chosen => ("█", styles.figure[3]),
                    // Neighbours differ in tone, so that it can be seen where one ends.
                    Some(shade) => ("▒", styles.figure[1 + shade.row % 2]),
                };
                if let Some(cell) = buffer.cell_mut(at) {
                    cell.set_symbol(symbol).set_style(style);
                }
                if let Some(shade) = shade {
                    cells.push((at, shade.row));
                }
            }
        }
        number_regions(&figure, left, area, buffer, &shade, styles);
        let y = area.y + figure.len() as u16;
        let center = left + one.saturating_sub(width(caption) as u16) / 2;
        buffer.set_string(center, y, caption, styles.caption);
        // Seen from the front the person's right is at the left.
        let [first, last] = if side == 0 { [0, 1] } else { [1, 0] };
        buffer.set_string(left, y, captions.right_left[first], styles.caption);
        buffer.set_string(left + one - 1, y, captions.right_left[last], styles.caption);
    }
    cells
}

/// Writes each region's key into its middle.
fn number_regions(
    figure: &[String],
    left: u16,
    area: Rect,
    buffer: &mut Buffer,
    shade: &impl Fn(Region) -> Option<Shade>,
    styles: &Styles,
) {
    for (_, wanted) in Region::NAMES {
        let Some((x, y)) = middle(figure, wanted) else { continue };
        let Some(shade) = shade(wanted) else { continue };
        let at = Position::new(left + x as u16, area.y + y as u16);
        if let (true, Some(cell)) = (area.contains(at), buffer.cell_mut(at)) {
            let style = if shade.focused { styles.focused } else { styles.number };
            cell.set_char(shade.key).set_style(style);
        }
    }
}

/// The middle of a region, or of its left part where it has two.
fn middle(figure: &[String], wanted: Region) -> Option<(usize, usize)> {
    let has = |row: &String| row.chars().any(|letter| region(letter) == Some(wanted));
    let rows: Vec<_> = figure.iter().enumerate().filter(|(_, row)| has(row)).collect();
    let (y, row) = rows.get(rows.len() / 2)?;
    let letters: Vec<_> = row.chars().map(|letter| region(letter) == Some(wanted)).collect();
    let start = letters.iter().position(|inside| *inside)?;
    let length = letters[start..].iter().take_while(|inside| **inside).count();
    Some((start + (length - 1) / 2, *y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_figures_are_rectangles_that_fit_the_width() {
        for row in FRONT.iter().chain(&BACK).chain(&LEGS) {
            assert_eq!(row.len(), FRONT[0].len());
        }
        for size in [Size::Small, Size::Whole, Size::Large] {
            let rows = size.rows(&BACK);
            assert!(rows.iter().all(|row| row.len() == usize::from(size.of_one())));
            assert_eq!(usize::from(size.height()), rows.len() + 1);
        }
    }

    #[test]
    fn the_largest_figure_that_fits_is_drawn() {
        let area = |width, height| Rect { x: 0, y: 0, width, height };
        assert_eq!(Size::of(area(67, 14), 32), None);
        assert_eq!(Size::of(area(67, 15), 32), Some(Size::Small));
        assert_eq!(Size::of(area(67, 20), 32), Some(Size::Whole));
        assert_eq!(Size::of(area(99, 39), 32), Some(Size::Large));
    }
}
