//! What a printer of this place gets.

use crate::handout::Encoding;
use crate::handout::slip::{self, Slip};
use crate::report::Report;
use crate::site::{Kiosk, kiosk};

/// A report. A ticket is how staff find it.
pub fn of(report: &Report, ticket: Option<&str>, kiosk: &Kiosk) -> Vec<u8> {
    let Kiosk { columns, escpos, qr, .. } = *kiosk;
    let slip = Slip { columns, encoding: encoding(kiosk), commands: escpos, code: escpos && qr };
    slip::bytes(report, ticket, &slip)
}

/// A line, to see whether it prints.
pub fn line(text: &str, kiosk: &Kiosk) -> Vec<u8> {
    encoding(kiosk).bytes(&format!("{text}\n\n\n\n"))
}

fn encoding(kiosk: &Kiosk) -> Encoding {
    match kiosk.encoding {
        kiosk::Encoding::Utf8 => Encoding::Utf8,
        kiosk::Encoding::Cp437 => Encoding::Cp437,
        kiosk::Encoding::Cp858 => Encoding::Cp858,
        kiosk::Encoding::Ascii => Encoding::Ascii,
    }
}
