//! The drawn figure of a body map: the front and the back of a person, made of regions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::questionnaire::Region;
use crate::text::width;

/// Columns and rows of both figures together, with their captions.
pub const WIDTH: u16 = 35;
pub const HEIGHT: u16 = 15;

const GAP: u16 = 3;

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

/// Draws both figures, with what the front and the back are called. Gives the cells of every region that can be chosen, with its row.
pub fn draw(
    area: Rect,
    buffer: &mut Buffer,
    styles: &Styles,
    captions: [&str; 2],
    shade: impl Fn(Region) -> Option<Shade>,
) -> Vec<(Position, usize)> {
    let mut cells = Vec::new();
    for (side, (figure, caption)) in [FRONT, BACK].into_iter().zip(captions).enumerate() {
        let left = area.x + side as u16 * (FRONT[0].len() as u16 + GAP);
        for (y, row) in figure.iter().enumerate() {
            for (x, letter) in row.chars().enumerate() {
                let Some(region) = region(letter) else { continue };
                let at = Position::new(left + x as u16, area.y + y as u16);
                if !area.contains(at) {
                    continue;
                }
                let shade = shade(region);
                let (symbol, style) = match &shade {
                    None => ("░", styles.figure[0]),
                    Some(shade) if shade.focused && shade.chosen => ("█", styles.focused),
                    Some(shade) if shade.focused => ("▒", styles.focused),
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
        number_regions(figure, left, area, buffer, &shade, styles);
        let center = left + (FRONT[0].len() as u16).saturating_sub(width(caption) as u16) / 2;
        buffer.set_string(center, area.y + FRONT.len() as u16, caption, styles.caption);
    }
    cells
}

/// Writes each region's key into its middle.
fn number_regions(
    figure: [&str; 14],
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
fn middle(figure: [&str; 14], wanted: Region) -> Option<(usize, usize)> {
    let has = |row: &&str| row.chars().any(|letter| region(letter) == Some(wanted));
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
        for row in FRONT.iter().chain(&BACK) {
            assert_eq!(row.len(), FRONT[0].len());
        }
        assert_eq!(usize::from(WIDTH), 2 * FRONT[0].len() + usize::from(GAP));
        assert_eq!(usize::from(HEIGHT), FRONT.len() + 1);
    }
}
