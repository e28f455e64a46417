//! Words in letters of four rows, for somebody who stands away from the screen.

use font8x8::{BASIC_FONTS, LATIN_FONTS, UnicodeFonts};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use ratatui::style::Style;

use super::Look;
use crate::text::wrap;
use crate::tui::theme::Ink;

/// Columns and rows of a letter.
const LETTER: (u16, u16) = (4, 4);

/// A cell by which of its quarters are filled: upper left 1, upper right 2, lower left 4, lower right 8.
const QUARTERS: [char; 16] = [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];

/// Lines of large letters.
#[derive(Default)]
pub struct Banner {
    /// Each with its first row.
    lines: Vec<(u16, String)>,
    rows: u16,
}

impl Banner {
    /// As many of the `titles` as there is room for, from the first. None of them where the terminal has no such signs,
    /// or there is no such letter.
    pub fn of(titles: &[String], look: Look, columns: u16, rows: u16) -> Banner {
        let mut banner = Banner::default();
        if look.ascii || look.theme.ink == Ink::Letters {
            return banner;
        }
        for title in titles {
            let lines = wrap(title, usize::from(columns / LETTER.0));
            let is_whole = lines.iter().all(|line| line.chars().count() <= usize::from(columns / LETTER.0));
            let has_letters = title.chars().all(|letter| glyph(letter).is_some());
            // A blank row between two titles.
            let top = banner.rows + u16::from(banner.rows > 0);
            let below = usize::from(top) + lines.len() * usize::from(LETTER.1);
            if !is_whole || !has_letters || below > usize::from(rows) {
                break;
            }
            banner.rows = below as u16;
            banner.lines.extend((top..).step_by(usize::from(LETTER.1)).zip(lines));
        }
        banner
    }

    pub fn rows(&self) -> u16 {
        self.rows
    }

    pub fn draw(&self, area: Rect, style: Style, buffer: &mut Buffer) {
        for (top, line) in self.lines.iter().map(|(top, line)| (area.y + top, line)) {
            for (letter, left) in line.chars().zip((area.x..).step_by(usize::from(LETTER.0))) {
                let glyph = glyph(letter).unwrap_or_default();
                for (y, pair) in (top..).zip(glyph.chunks(2)) {
                    for (x, column) in (left..left + LETTER.0).zip((0..8).step_by(2)) {
                        let [upper, lower] = [0, 1].map(|row| usize::from(pair[row] >> column & 0b11));
                        if let Some(cell) = buffer.cell_mut(Position { x, y }) {
                            cell.set_char(QUARTERS[upper | lower << 2]).set_style(style);
                        }
                    }
                }
            }
        }
    }
}

/// Eight rows from the top, the lowest bit at the left.
fn glyph(letter: char) -> Option<[u8; 8]> {
    BASIC_FONTS.get(letter).or_else(|| LATIN_FONTS.get(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme;

    fn drawn(titles: &[&str], columns: u16, rows: u16) -> (u16, String) {
        let titles: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        let look = Look { theme: theme::Look::Dark.theme(), ascii: false };
        let banner = Banner::of(&titles, look, columns, rows);
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        banner.draw(area, Style::new(), &mut buffer);
        let rows = buffer.content.chunks(usize::from(columns));
        let lines =
            rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned());
        (banner.rows(), lines.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_letter_takes_four_rows() {
        assert_eq!(drawn(&["ñ"], 8, 4), (4, "▄▄▖\n▄▄▖\n█ █\n▀ ▀".to_owned()));
    }

    #[test]
    fn what_has_no_room_or_no_letters_is_left_out() {
        assert_eq!(drawn(&["Long talks"], 40, 3).0, 0);
        assert_eq!(drawn(&["Long talks", "Largas"], 40, 8).0, 4);
        assert_eq!(drawn(&["Long talks", "Largas"], 40, 9).0, 9, "with a blank row between them");
        assert_eq!(drawn(&["Long talks"], 20, 8).0, 8, "on two lines");
        assert_eq!(drawn(&["背中の痛み"], 80, 24).0, 0);
    }
}
