//! What a printer gets: the one place that knows how a slip is made.

use crate::report::{Format, Report};
use crate::site::Kiosk;
use crate::site::kiosk::Encoding;
use crate::text::wrap;

/// A report for a printer of this place.
pub fn of(report: &Report, kiosk: &Kiosk) -> Vec<u8> {
    bytes(&Format::Text.write(report), kiosk)
}

/// Any text for a printer of this place.
pub fn bytes(text: &str, kiosk: &Kiosk) -> Vec<u8> {
    let lines = text.lines().flat_map(|line| wrap(line, kiosk.columns));
    let text: String = lines.flat_map(|line| [line, "\n".to_owned()]).collect();
    match kiosk.encoding {
        Encoding::Utf8 => text.into_bytes(),
        // All of them have these.
        Encoding::Cp437 | Encoding::Cp858 | Encoding::Ascii => {
            text.chars().map(|sign| crate::tui::draw::ascii(sign) as u8).collect()
        }
    }
}
