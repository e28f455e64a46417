//! What is where on a page for fingers.

use ratatui::layout::Rect;

use crate::tui::draw::frame::{Places, in_the_middle};

/// The smallest window with room for fingers.
pub const SMALLEST: (u16, u16) = (78, 22);
/// The page is never larger than this; in a larger window it is in the middle.
const PAGE: (u16, u16) = (140, 50);
const MARGIN: u16 = 2;
/// From this width on answers stand side by side.
const TWO_COLUMNS: u16 = 120;
/// Rows and columns of whatever can be tapped, at least.
pub const HIGH: u16 = 3;
pub const WIDE: u16 = 8;
/// The column of buttons at the right: leaving, and what lies above and below.
const STRIP: u16 = 10;
/// Columns between the page and the buttons beside it.
const BESIDE: u16 = 2;
/// Lines of a notice.
pub const MOST_NOTICE: usize = 4;

pub fn fits(area: Rect) -> bool {
    area.width >= SMALLEST.0 && area.height >= SMALLEST.1
}

/// What is where.
pub struct Layout {
    pub places: Places,
    pub strip: Rect,
    pub dock: Rect,
    /// How many answers stand side by side.
    pub columns: usize,
}

impl Layout {
    pub fn of(area: Rect, notice: u16, large: bool) -> Layout {
        let page = in_the_middle(area, PAGE);
        let roomy = u16::from(page.height >= 30);
        let (top, bottom) = (page.y + roomy, page.bottom() - roomy);
        let inside = Rect { x: page.x + MARGIN, width: page.width - 2 * MARGIN, y: top, height: 1 };
        let strip = Rect { x: inside.right() - STRIP, width: STRIP, y: top, height: bottom - top - HIGH - 1 };
        let left = Rect { width: inside.width - STRIP - BESIDE, ..inside };
        let dock = Rect { y: bottom - HIGH, height: HIGH, ..inside };
        let status = Rect { y: dock.y - notice, height: notice, ..inside };
        let body = Rect { y: top + 3, height: status.y - top - 3, ..left };
        let places = Places {
            header: left,
            bar: Rect { y: top + 1, ..left },
            body,
            status,
            rule: None,
            keys: dock,
            sides: None,
            large,
            spaced: large,
            touch: true,
        };
        let columns = if page.width >= TWO_COLUMNS && !large { 2 } else { 1 };
        Layout { places, strip, dock, columns }
    }

    /// With less of the page, for what is below it.
    pub fn above(&self, lines: u16) -> Layout {
        let body = Rect { height: self.places.body.height.saturating_sub(lines), ..self.places.body };
        let status = Rect { y: self.places.status.y.saturating_sub(lines), ..self.places.status };
        Layout { places: Places { body, status, ..self.places }, ..*self }
    }
}
