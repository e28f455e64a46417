//! Whatever bytes a terminal sends: events, however the line cuts the bytes, and nothing grows without end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redflag::tui::decoded;

fuzz_target!(|bytes: &[u8]| {
    let (first, rest) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    let whole = decoded(&[rest]);
    let at = first.min(rest.len());
    let parts = decoded(&[&rest[..at], &rest[at..]]);
    assert_eq!(whole, parts, "cut at {at}");
});
