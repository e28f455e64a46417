//! The PIN of staff: kept as a hash that takes long to try, and tried ever more slowly.

use std::time::{Duration, Instant};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use rustix::rand::{GetRandomFlags, getrandom};

/// How many digits a PIN has.
pub const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

/// The longest wait after a wrong one.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Is this a PIN at all?
pub fn is_one(pin: &str) -> bool {
    DIGITS.contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit())
}

/// The hash of a PIN, with a salt of its own.
///
/// # Errors
/// When the system has no random numbers, in its words.
pub fn hash(pin: &str) -> Result<String, String> {
    let mut salt = [0_u8; 16];
    getrandom(&mut salt, GetRandomFlags::empty()).map_err(|error| error.to_string())?;
    let hash = Argon2::default().hash_password_with_salt(pin.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

/// Is this the PIN of the hash?
pub fn is_right(pin: &str, hash: &str) -> bool {
    is_one(pin) && Argon2::default().verify_password(pin.as_bytes(), hash).is_ok()
}

/// Can a PIN be tried on this hash at all?
pub fn is_hash(hash: &str) -> bool {
    // The hash of nothing that could be typed: only whether it is read counts.
    let tried = Argon2::default().verify_password(b"", hash);
    matches!(tried, Ok(()) | Err(argon2::password_hash::Error::PasswordInvalid))
}

/// How long to wait before another one is tried.
#[derive(Debug, Default)]
pub struct Delay {
    wrong: u32,
    until: Option<Instant>,
}

impl Delay {
    /// How long no PIN is tried yet, in whole seconds; `None`: one may be.
    pub fn left(&self, now: Instant) -> Option<u64> {
        let left = self.until?.checked_duration_since(now).filter(|left| !left.is_zero())?;
        Some(left.as_secs() + u64::from(left.subsec_nanos() > 0))
    }

    /// A wrong one was tried: 1, 2, 4 seconds and so on.
    pub fn wrong(&mut self, now: Instant) {
        let wait = Duration::from_secs(1 << self.wrong.min(16)).min(LONGEST_WAIT);
        self.wrong = self.wrong.saturating_add(1);
        self.until = Some(now + wait);
    }

    pub fn right(&mut self) {
        *self = Delay::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pin_itself_fits_its_hash() {
        let hash = hash("2580").unwrap();
        assert!(hash.starts_with("$argon2id$") && is_hash(&hash), "{hash}");
        assert!(is_right("2580", &hash));
        for wrong in ["2581", "258", "25800", "", "02580", "258O"] {
            assert!(!is_right(wrong, &hash), "{wrong}");
        }
        assert_ne!(hash, self::hash("2580").unwrap(), "a salt of its own");
        for damaged in ["", "$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1$abc", "2580"] {
            assert!(!is_hash(damaged) && !is_right("2580", damaged), "{damaged}");
        }
    }

    #[test]
    fn each_wrong_pin_doubles_the_wait_and_the_right_one_ends_it() {
        let (mut delay, mut now) = (Delay::default(), Instant::now());
        assert_eq!(delay.left(now), None);
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            delay.wrong(now);
            assert_eq!(delay.left(now), Some(seconds));
            now += Duration::from_secs(seconds);
            assert_eq!(delay.left(now), None);
        }
        delay.right();
        delay.wrong(now);
        assert_eq!(delay.left(now), Some(1));
    }
}
