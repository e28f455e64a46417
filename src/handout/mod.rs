//! What a person takes along of a result: a QR code for a phone, and a slip of paper.
//!
//! [`contact`] puts what fits of a report into a vCard, [`qr`] makes the squares of it, and [`slip`] writes a report in
//! 32 or 48 columns, as bytes that a printer of slips takes. Nothing here knows a screen or a printer.

pub mod contact;
mod encoding;
pub mod qr;
pub mod slip;

pub use encoding::Encoding;
