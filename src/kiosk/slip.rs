//! What a printer of this place gets.

use crate::handout::slip::{self, Slip};
use crate::report::Report;
use crate::site::Kiosk;

/// A report. A ticket is how staff find it.
pub fn of(report: &Report, ticket: Option<&str>, kiosk: &Kiosk) -> Vec<u8> {
    let Kiosk { columns, encoding, escpos, qr, .. } = *kiosk;
    slip::bytes(report, ticket, &Slip { columns, encoding, commands: escpos, code: qr })
}

/// A line, to see whether it prints.
pub fn line(text: &str, kiosk: &Kiosk) -> Vec<u8> {
    kiosk.encoding.bytes(&format!("{text}\n\n\n\n"))
}
