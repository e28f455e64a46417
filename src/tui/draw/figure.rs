//! The drawn figure of a body map: the front and the back of a person, made of regions.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::Line;

use super::body::{Side, region_at};
use super::header::cut;
use super::put;
use crate::questionnaire::Region;
use crate::text::width;
use crate::tui::theme::{Ink, Theme};

/// How large one figure is drawn, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    columns: u16,
    rows: u16,
}

/// Rows below the figures: what they are called, and the part that the focus is on.
const BELOW: u16 = 2;
/// Columns between the figures.
const GAP: u16 = 3;

impl Size {
    /// From the largest to the smallest. All reach down to the feet.
    pub const ALL: [Size; 4] = [
        Size { columns: 35, rows: 36 },
        Size { columns: 23, rows: 26 },
        Size { columns: 19, rows: 22 },
        Size::SMALLEST,
    ];
    pub const SMALLEST: Size = Size { columns: 17, rows: 13 };

    /// The largest that fits beside a list of this many columns.
    pub fn of(area: Rect, list: u16) -> Option<Size> {
        let fits = |size: &Size| area.width >= list + size.width() && area.height >= size.height();
        Size::ALL.into_iter().find(fits)
    }

    /// Columns of both figures together.
    pub fn width(self) -> u16 {
        2 * self.columns + GAP
    }

    /// Rows, with what is written below.
    pub fn height(self) -> u16 {
        self.rows + BELOW
    }

    /// The part at a place in a figure that is divided into so many columns and rows.
    fn part(self, side: Side, (x, y): (u16, u16), (columns, rows): (u16, u16)) -> Option<Region> {
        let across = (f32::from(x) + 0.5) / f32::from(columns) * 2.0 - 1.0;
        let down = (f32::from(y) + 0.5) / f32::from(rows);
        region_at(across, down, self == Size::SMALLEST, side)
    }

    /// All parts of a figure that is divided into so many columns and rows.
    fn parts(self, side: Side, (columns, rows): (u16, u16)) -> Parts {
        // Also what lies just beyond the edge, where the body goes on or ends.
        let all = (0..=rows).flat_map(|y| (0..=columns).map(move |x| (x, y)));
        Parts { columns: columns + 1, regions: all.map(|at| self.part(side, at, (columns, rows))).collect() }
    }
}

/// Which part is where in a figure. Each place is asked for many times in a frame, so it is worked out once.
struct Parts {
    columns: u16,
    /// Row by row.
    regions: Vec<Option<Region>>,
}

impl Parts {
    fn at(&self, x: u16, y: u16) -> Option<Region> {
        let place = usize::from(y) * usize::from(self.columns) + usize::from(x);
        *self.regions.get(place).filter(|_| x < self.columns)?
    }
}

/// How one region is shown.
#[derive(Clone, Copy)]
pub struct Shade {
    /// The key that picks it.
    pub key: char,
    pub chosen: bool,
    pub focused: bool,
    pub row: usize,
}

/// What the front and the back are called, the letters of the person's right and left, and what is said of the part
/// that the focus is on.
pub struct Captions<'a> {
    pub sides: [&'a str; 2],
    pub right_left: [&'a str; 2],
    pub focused: Option<String>,
}

/// Draws both figures with their captions. Gives the cells of every region that can be chosen, with its row.
pub fn draw(
    area: Rect,
    size: Size,
    buffer: &mut Buffer,
    theme: &Theme,
    captions: &Captions,
    shade: impl Fn(Region) -> Option<Shade>,
) -> Vec<(Position, usize)> {
    let mut cells = Vec::new();
    for (at, (side, caption)) in [Side::Front, Side::Back].into_iter().zip(captions.sides).enumerate() {
        let left = area.x + at as u16 * (size.columns + GAP);
        let place = |(x, y): (u16, u16)| Position::new(left + x, area.y + y);
        let figure = Figure::new(size, side, theme, &shade);
        for y in 0..size.rows {
            for x in 0..size.columns {
                let position = place((x, y));
                let Some((symbol, style)) = figure.cell((x, y)) else { continue };
                if let (true, Some(cell)) = (area.contains(position), buffer.cell_mut(position)) {
                    cell.set_char(symbol).set_style(style);
                }
                cells.extend(figure.owner((x, y)).map(|shade| (position, shade.row)));
            }
        }
        for (shade, (x, y)) in figure.numbers() {
            let position = place((x, y));
            if let (true, Some(cell)) = (area.contains(position), buffer.cell_mut(position)) {
                cell.set_char(shade.key).set_style(figure.number_style(shade));
            }
        }
        let y = area.y + size.rows;
        let center = left + size.columns.saturating_sub(width(caption) as u16) / 2;
        buffer.set_string(center, y, caption, theme.quiet);
        // Seen from the front the person's right is at the left.
        let [first, last] = if side == Side::Front { [0, 1] } else { [1, 0] };
        buffer.set_string(left, y, captions.right_left[first], theme.quiet);
        buffer.set_string(left + size.columns - 1, y, captions.right_left[last], theme.quiet);
    }
    if let Some(words) = &captions.focused {
        let line = Line::styled(cut(words, usize::from(size.width())), theme.strong);
        put(buffer, Rect { width: size.width(), ..area }, usize::from(size.rows) + 1, &line);
    }
    cells
}

/// One of the two figures.
struct Figure<'a, S> {
    size: Size,
    theme: &'a Theme,
    shade: &'a S,
    /// Of half cells.
    halves: Parts,
    /// Of the dots of braille, two by four a cell, where these are drawn.
    dots: Option<Parts>,
}

impl<'a, S: Fn(Region) -> Option<Shade>> Figure<'a, S> {
    fn new(size: Size, side: Side, theme: &'a Theme, shade: &'a S) -> Figure<'a, S> {
        let halves = size.parts(side, (size.columns, 2 * size.rows));
        let has_dots = theme.ink == Ink::Dots;
        let dots = has_dots.then(|| size.parts(side, (2 * size.columns, 4 * size.rows)));
        Figure { size, theme, shade, halves, dots }
    }

    /// The parts in the upper and the lower half of a cell.
    fn in_cell(&self, (x, y): (u16, u16)) -> [Option<Region>; 2] {
        [2 * y, 2 * y + 1].map(|y| self.halves.at(x, y))
    }

    /// The sign of a cell and its style. `None`: nothing of the body is there.
    fn cell(&self, at: (u16, u16)) -> Option<(char, Style)> {
        match (self.theme.ink, &self.dots) {
            (Ink::Letters, _) => self.letter(at),
            (_, Some(dots)) => self.lines(dots, at),
            (_, None) => self.blocks(at),
        }
    }

    /// The part whose cell it is: one that can be chosen, if there is one, and rather the one with the focus.
    fn owner(&self, at: (u16, u16)) -> Option<Shade> {
        let parts = self.in_cell(at).into_iter().flatten();
        let parts = parts.filter_map(|region| (self.shade)(region));
        parts.reduce(|upper, lower| if lower.focused { lower } else { upper })
    }

    /// Two colours a cell. What the focus is on has holes, so that no two colours need to be told apart for it.
    fn blocks(&self, (x, y): (u16, u16)) -> Option<(char, Style)> {
        let halves = self.in_cell((x, y));
        let whole = halves[0].filter(|_| halves[0] == halves[1]).map(self.shade);
        let [none, one, other, chosen] = self.theme.figure;
        match whole {
            Some(None) => return Some(('░', none)),
            Some(Some(shade)) if !shade.focused && shade.chosen => return Some(('█', chosen)),
            // Neighbours differ in tone, so that it can be seen where one ends.
            Some(Some(shade)) if !shade.focused => return Some(('▒', [one, other][shade.row % 2])),
            _ => {}
        }
        let colour = |half: u16| -> Option<Color> {
            let shade = (self.shade)(halves[usize::from(half)]?);
            let is_hole = (x + half) % 2 == 1;
            match shade {
                None => none.bg,
                Some(shade) if shade.focused && is_hole => None,
                Some(shade) if shade.chosen => chosen.bg,
                Some(shade) if shade.focused => self.theme.figure_focus.fg,
                Some(shade) => [one, other][shade.row % 2].bg,
            }
        };
        let back = self.theme.text;
        Some(match (colour(0), colour(1)) {
            (None, None) if halves == [None, None] => return None,
            (None, None) => (' ', back),
            (Some(upper), Some(lower)) => ('▀', Style::new().fg(upper).bg(lower)),
            (Some(upper), None) => ('▀', back.fg(upper)),
            (None, Some(lower)) => ('▄', back.fg(lower)),
        })
    }

    /// Lines around the parts, filled where a part is chosen: without a colour.
    fn lines(&self, dots: &Parts, (x, y): (u16, u16)) -> Option<(char, Style)> {
        let mut lit = 0;
        let mut is_there = false;
        for (bit, (right, down)) in DOTS.into_iter().enumerate() {
            let (x, y) = (2 * x + right, 4 * y + down);
            let Some(region) = dots.at(x, y) else { continue };
            is_there = true;
            let other = |x: u16, y: u16| dots.at(x, y) != Some(region);
            let outside = |x: u16, y: u16| dots.at(x, y).is_none();
            // Between two parts one of them draws the line, and around the body the body.
            let is_edge = x == 0
                || y == 0
                || other(x - 1, y)
                || other(x, y - 1)
                || outside(x + 1, y)
                || outside(x, y + 1);
            let is_lit = match (self.shade)(region) {
                // A pattern without an edge, which would fill a small part.
                Some(Shade { focused: true, chosen: true, .. }) => y % 2 == 0,
                Some(Shade { focused: true, .. }) => (x + y) % 2 == 0,
                Some(Shade { chosen: true, .. }) => true,
                _ => is_edge,
            };
            if is_lit {
                lit |= 1 << bit;
            }
        }
        let symbol = char::from_u32(BRAILLE + lit).filter(|_| lit > 0).unwrap_or(' ');
        is_there.then_some((symbol, self.theme.text))
    }

    /// One letter a cell, for terminals that show no more.
    fn letter(&self, at: (u16, u16)) -> Option<(char, Style)> {
        let symbol = match self.owner(at) {
            None => self.in_cell(at).iter().flatten().next().map(|_| '.')?,
            Some(Shade { focused: true, chosen: true, .. }) => 'X',
            Some(Shade { focused: true, .. }) => '+',
            Some(Shade { chosen: true, .. }) => '#',
            Some(_) => ':',
        };
        Some((symbol, self.theme.text))
    }

    /// The cell for the key of each part, as near to the middle of the part as can be, or of its left half where it
    /// has two.
    fn numbers(&self) -> Vec<(Shade, (u16, u16))> {
        let all = |wanted: Region| {
            let cells = (0..self.size.rows).flat_map(|y| (0..self.size.columns).map(move |x| (x, y)));
            let share = |at| self.in_cell(at).iter().filter(|half| **half == Some(wanted)).count();
            cells.map(|at| (at, share(at))).filter(|(_, share)| *share > 0).collect::<Vec<_>>()
        };
        let mut taken: Vec<(u16, u16)> = Vec::new();
        let mut numbers = Vec::new();
        for (_, wanted) in Region::NAMES {
            let Some(shade) = (self.shade)(wanted) else { continue };
            let mut cells = all(wanted);
            let middle = self.size.columns / 2;
            if !cells.iter().any(|((x, _), _)| *x == middle) {
                cells.retain(|((x, _), _)| *x < middle);
            }
            let count = cells.len().max(1) as f32;
            let mean = |of: fn(&(u16, u16)) -> u16| {
                cells.iter().map(|(at, _)| f32::from(of(at))).sum::<f32>() / count
            };
            let (x, y) = (mean(|at| at.0), mean(|at| at.1));
            let far = |&((column, row), share): &((u16, u16), usize)| {
                let off = (f32::from(column) - x).abs() + (f32::from(row) - y).abs();
                // Rather a cell that is its own altogether.
                off + if share == 2 { 0.0 } else { 2.0 }
            };
            cells.retain(|(at, _)| !taken.contains(at));
            let nearest = cells.iter().min_by(|one, other| far(one).total_cmp(&far(other)));
            if let Some(&(at, _)) = nearest {
                taken.push(at);
                numbers.push((shade, at));
            }
        }
        numbers
    }

    fn number_style(&self, shade: Shade) -> Style {
        let theme = self.theme;
        match (theme.ink, shade) {
            (Ink::Letters, _) => theme.text,
            (_, Shade { focused: true, .. }) => theme.figure_focus,
            (_, Shade { chosen: true, .. }) => theme.figure_keys[2],
            (_, Shade { row, .. }) => theme.figure_keys[row % 2],
        }
    }
}

/// The first of the 256 signs of braille; each of its dots is a bit.
const BRAILLE: u32 = 0x2800;
/// Where the dots are in a cell, by their bits.
const DOTS: [(u16, u16); 8] = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Look;

    fn shade(region: Region) -> Option<Shade> {
        let row = Region::NAMES.iter().position(|(_, named)| *named == region)?;
        let key = char::from(b'a' + u8::try_from(row).ok()?);
        Some(Shade { key, chosen: false, focused: false, row })
    }

    #[test]
    fn the_largest_figure_that_fits_is_drawn() {
        let of = |width, height| Size::of(Rect { x: 0, y: 0, width, height }, 32).map(|size| size.rows);
        assert_eq!(of(69, 14), None);
        assert_eq!(of(68, 15), None);
        assert_eq!(of(69, 15), Some(13));
        assert_eq!(of(76, 30), Some(22));
        assert_eq!(of(99, 39), Some(26));
        assert_eq!(of(110, 39), Some(36));
    }

    #[test]
    fn every_part_has_its_key_on_one_figure_or_the_other_and_no_two_share_a_cell() {
        for size in Size::ALL {
            let mut keys = Vec::new();
            for side in [Side::Front, Side::Back] {
                let theme = Look::Dark.theme();
                let figure = Figure::new(size, side, &theme, &shade);
                let numbers = figure.numbers();
                for (at, (_, cell)) in numbers.iter().enumerate() {
                    assert!(
                        numbers[..at].iter().all(|(_, other)| other != cell),
                        "{size:?} {side:?} {cell:?}"
                    );
                }
                keys.extend(numbers.iter().map(|(shade, _)| shade.key));
            }
            for (name, region) in Region::NAMES {
                assert!(keys.contains(&shade(region).unwrap().key), "{size:?}: {name}");
            }
        }
    }

    #[test]
    fn focused_chosen_and_both_are_told_apart_on_every_figure_in_every_look() {
        let ascii = Theme { ink: Ink::Letters, ..Look::Mono.theme() };
        let themes = [Look::Dark, Look::Light, Look::HighContrast, Look::Mono].map(Look::theme);
        for theme in themes.into_iter().chain([ascii]) {
            for size in Size::ALL {
                for (name, region) in Region::NAMES {
                    let states = [(false, false), (true, false), (false, true), (true, true)];
                    let drawn = states.map(|(focused, chosen)| {
                        let shade = |drawn: Region| match drawn == region {
                            true => Some(Shade { focused, chosen, ..shade(drawn)? }),
                            // The parts around it are chosen, and must not hide what it is.
                            false => Some(Shade { chosen: true, ..shade(drawn)? }),
                        };
                        [Side::Front, Side::Back].map(|side| {
                            let figure = Figure::new(size, side, &theme, &shade);
                            let cells = (0..size.rows).flat_map(|y| (0..size.columns).map(move |x| (x, y)));
                            cells.map(|at| figure.cell(at)).collect::<Vec<_>>()
                        })
                    });
                    for (at, one) in drawn.iter().enumerate() {
                        assert!(
                            drawn[..at].iter().all(|other| one != other),
                            "{:?} {size:?} {name}: {:?}",
                            theme.ink,
                            states[at]
                        );
                    }
                }
            }
        }
    }
}
