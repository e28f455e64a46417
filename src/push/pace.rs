//! How long to wait before something is tried again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The longest wait that a server which fails brings about, and after which what it has refused is tried once more.
pub const LONGEST: Duration = Duration::from_secs(300);

/// A server may ask for more than that, but not for ever.
const LONGEST_ASKED: Duration = Duration::from_secs(86_400);

/// Waits that double with each failure in a row.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    failures: u32,
}

impl Pace {
    pub fn is_well(&mut self) {
        self.failures = 0;
    }

    /// Failures in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// How long to wait after one more failure; `asked`: what the server has asked for.
    pub fn failed(&mut self, asked: Option<Duration>) -> Duration {
        let own = Duration::from_secs(1 << self.failures.min(16)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        own.max(asked.unwrap_or_default().min(LONGEST_ASKED))
    }
}

/// What `Retry-After` asks for: seconds, or a moment.
pub fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|digit| digit.is_ascii_digit()) {
        // More digits than fit are a long time too.
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::MAX)));
    }
    let until = rfc2822::parse(header).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_bound_and_begin_anew_after_a_yes() {
        let mut pace = Pace::default();
        let waits: Vec<u64> = (0..12).map(|_| pace.failed(None).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        pace.is_well();
        assert_eq!(pace.failed(None).as_secs(), 1);
        assert_eq!(pace.failed(Some(Duration::from_secs(50))).as_secs(), 50, "what the server asks for");
        assert_eq!(pace.failed(Some(Duration::ZERO)).as_secs(), 4, "never less than its own");
        assert_eq!(pace.failed(Some(Duration::MAX)), LONGEST_ASKED);
    }

    #[test]
    fn a_server_asks_in_seconds_or_for_a_moment() {
        let now = "2026-11-29T08:00:00Z".parse().unwrap();
        let asked = |header| retry_after(header, now).map(|it| it.as_secs());
        assert_eq!(asked("120"), Some(120));
        assert_eq!(asked(" 0 "), Some(0));
        assert_eq!(asked("Sun, 29 Nov 2026 08:01:30 GMT"), Some(90));
        assert_eq!(asked("Sun, 29 Nov 2026 07:00:00 GMT"), Some(0), "it is over");
        assert_eq!(asked("99999999999999999999999"), Some(u64::MAX));
        for wrong in ["", "-1", "soon", "1.5", "\u{1F550}"] {
            assert_eq!(asked(wrong), None, "{wrong}");
        }
    }
}
