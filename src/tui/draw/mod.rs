//! From the state to a frame. Nothing here changes anything; what was drawn where comes back as [`Drawn`].

mod again;
mod banner;
mod body;
mod card;
mod dialogs;
mod document;
mod figure;
mod frame;
mod grid;
mod handout;
mod header;
mod larger;
pub mod lines;
mod outlook;
mod pages;
pub mod poster;
mod question;
mod scale;
mod screen;
mod section;
mod settle;
mod side;
mod summary;
mod touch;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use super::app::App;
use super::keys::Action;
use super::large::Large;
use super::theme::{Ink, Theme};
use crate::questionnaire::QuestionIndex;
use crate::report::document::Topic;
pub(super) use header::cut;
pub use screen::too_small;

/// The smallest screen that works.
pub const SMALLEST: (u16, u16) = (40, 12);

/// What a frame showed, for scrolling and tapping.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Drawn {
    pub taps: Vec<(Rect, Tap)>,
    /// The last line a page can be scrolled to, and how many lines it shows.
    pub scroll_max: usize,
    pub page: usize,
    /// The first line shown of a list to choose from, and the last that it can be scrolled to.
    pub list: Option<(usize, usize)>,
    /// Where the real cursor goes.
    pub cursor: Position,
    /// The figure of a body map is there to move on.
    pub figure: bool,
    /// The first line below the answers.
    end: Option<u16>,
    /// The rows of a grid are on the screen together.
    pub grid: bool,
    /// Nothing of the page could be shown.
    pub too_small: bool,
    /// All that can be tapped is large enough for a finger.
    pub touch: bool,
    /// The page of cards that is shown, where they may fill several: 0 is the first.
    pub cards_page: Option<usize>,
    /// What is out of view is turned to, and not scrolled to.
    pub turns: bool,
    /// Where sections of a page begin, and the line at its top.
    pub sections: Vec<(Topic, usize)>,
    /// What of the page is out of view.
    hidden: Hidden,
    /// What is asked, where the terminal writes it in larger letters. Its cells are left out of the frame.
    pub large: Option<Large>,
}

/// How much lies above and below what is shown.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Hidden {
    above: usize,
    below: usize,
    /// Counted in lines, not in entries of a list.
    lines: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Tap {
    Row(usize),
    /// A question in a grid, and the line of its answer.
    Cell(QuestionIndex, usize),
    Press(Action),
}

impl Drawn {
    /// Where what is tapped there is.
    pub fn place(&self, column: u16, row: u16) -> Option<Rect> {
        let at = Position::new(column, row);
        self.taps.iter().rev().find(|(area, _)| area.contains(at)).map(|(area, _)| *area)
    }

    pub fn tapped(&self, column: u16, row: u16) -> Option<Tap> {
        let at = Position::new(column, row);
        self.taps.iter().rev().find(|(area, _)| area.contains(at)).map(|(_, tap)| tap.clone())
    }
}

/// How to draw: colours and signs, and whether the terminal shows more than ASCII.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub theme: Theme,
    pub ascii: bool,
}

/// Draws the whole screen and puts the cursor on what is focused.
pub fn draw(app: &App, look: Look, frame: &mut Frame) -> Drawn {
    draw_in(app, look, frame.area(), frame)
}

/// Draws it into a part of the screen.
pub fn draw_in(app: &App, look: Look, area: Rect, frame: &mut Frame) -> Drawn {
    let buffer = frame.buffer_mut();
    let ink = if look.ascii { Ink::Letters } else { look.theme.ink };
    let theme = &Theme { ink, squares: look.theme.squares && ink != Ink::Letters, ..look.theme };
    buffer.set_style(area, theme.text);
    let drawn = if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        too_small(app.words(), area, buffer)
    } else if section::is_shown(app) {
        section::draw(app, theme, area, buffer)
    } else if is_for_fingers(app, area) {
        touch::screen(app, theme, area, buffer)
    } else {
        screen::screen(app, theme, area, buffer)
    };
    with_few_signs(buffer, look);
    if area.contains(drawn.cursor) {
        frame.set_cursor_position(drawn.cursor);
    }
    drawn
}

/// Is the page in this area one for fingers?
pub fn is_for_fingers(app: &App, area: Rect) -> bool {
    app.touch && touch::fits(area)
}

/// Writes a line and cuts it at the edge of `area`; texts are wrapped before, so nothing is lost here.
pub fn put(buffer: &mut Buffer, area: Rect, row: usize, line: &Line) {
    if let Ok(row) = u16::try_from(row)
        && row < area.height
    {
        buffer.set_line(area.x, area.y + row, line, area.width);
    }
}

fn put_lines(buffer: &mut Buffer, area: Rect, lines: &[Line]) {
    lines.iter().enumerate().for_each(|(row, line)| put(buffer, area, row, line));
}

/// Writes a line that ends at the right edge of `area`.
pub fn put_right(buffer: &mut Buffer, area: Rect, row: usize, line: &Line) {
    let room = u16::try_from(line.width()).unwrap_or(area.width).min(area.width);
    put(buffer, Rect { x: area.right() - room, width: room, ..area }, row, line);
}

/// The last letter that even small fonts have, such as those of the Linux console.
const LAST_LATIN_LETTER: char = 'ÿ';

/// Leaves only signs that the terminal shows.
pub fn with_few_signs(buffer: &mut Buffer, look: Look) {
    match (look.ascii, look.theme.ink) {
        (true, _) => replace(buffer, |symbol| symbol.is_ascii()),
        (false, Ink::Letters) => replace(buffer, |symbol| symbol <= LAST_LATIN_LETTER),
        (false, Ink::Halves | Ink::Dots) => {}
    }
}

/// For terminals that cannot show more: every cell becomes one character, of ASCII if it `is_shown` no other.
fn replace(buffer: &mut Buffer, is_shown: impl Fn(char) -> bool) {
    for cell in &mut buffer.content {
        let mut chars = cell.symbol().chars();
        let Some(first) = chars.next() else { continue };
        if is_shown(first) && chars.next().is_none() {
            continue;
        }
        cell.set_char(ascii(first));
    }
}

/// What comes closest to it in ASCII, in one character.
pub fn ascii(symbol: char) -> char {
    match symbol {
        c if c.is_ascii() => c,
        '❯' | '›' | '→' | '▸' | '≥' => '>',
        '‹' | '←' | '≤' => '<',
        '•' | '●' | '✓' => '*',
        '○' => 'o',
        '▲' | '↑' => '^',
        '↓' | '▼' => 'v',
        '─' | '–' | '—' | '·' => '-',
        '━' | '╸' => '=',
        '▌' | '│' | '┃' => '|',
        '█' | '▓' => '#',
        '▀' => '"',
        '▄' => '_',
        '░' => '.',
        '▒' => ':',
        '×' => 'x',
        '┌' | '┐' | '└' | '┘' | '╭' | '╮' | '╰' | '╯' | '┏' | '┓' | '┗' | '┛' => '+',
        '…' => '.',
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        'µ' | 'ü' | 'ú' => 'u',
        'é' | 'è' => 'e',
        'á' => 'a',
        'í' => 'i',
        'ó' | 'ö' => 'o',
        'ñ' => 'n',
        'Á' => 'A',
        'É' => 'E',
        'Í' => 'I',
        'Ó' => 'O',
        'Ú' => 'U',
        'Ñ' => 'N',
        '¡' => '!',
        '«' | '»' => '"',
        '°' => ' ',
        _ => '?',
    }
}
