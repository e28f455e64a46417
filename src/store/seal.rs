//! Sealing: what is in the store can be read with the site key alone, and only in the place where it was written.
//!
//! The site key opens the store's master key, that the key of each encounter, and that its entries. A sealed text is a
//! random nonce of 24 bytes and the text under XChaCha20-Poly1305, bound to the place that is passed with it.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use rustix::rand::{GetRandomFlags, getrandom};

use super::Problem;

/// Bytes of a key.
pub const KEY: usize = 32;
const NONCE: usize = 24;

/// A key. It is shown nowhere, also not by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; KEY]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> Result<Key, Problem> {
        random().map(Key)
    }

    pub fn of(bytes: [u8; KEY]) -> Key {
        Key(bytes)
    }

    /// The key that a passphrase stands for, slowly, so that passphrases can't be tried in great numbers.
    pub(super) fn of_passphrase(passphrase: &str, salt: &[u8], cost: Cost) -> Result<Key, Problem> {
        let refused = |error: argon2::Error| Problem::Damaged(format!("the cost of the passphrase: {error}"));
        let params = Params::new(cost.kibibytes, cost.passes, 1, Some(KEY)).map_err(refused)?;
        let mut key = [0; KEY];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, &mut key)
            .map_err(refused)?;
        Ok(Key(key))
    }

    pub fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// Seals a text for a place.
    pub(super) fn seal(&self, text: &[u8], place: &[u8]) -> Result<Vec<u8>, Problem> {
        let nonce: [u8; NONCE] = random()?;
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: text, aad: place });
        let sealed = sealed.map_err(|_| Problem::Damaged("a text that is too long to seal".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this place; `None`: another key, another place, or changed since.
    pub(super) fn open(&self, sealed: &[u8], place: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place }).ok()
    }

    pub(super) fn open_key(&self, sealed: &[u8], place: &[u8]) -> Option<Key> {
        self.open(sealed, place)?.try_into().ok().map(Key)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&CipherKey::from(self.0))
    }
}

/// How slowly a passphrase becomes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub kibibytes: u32,
    pub passes: u32,
}

/// About half a second; once for each start of the program.
pub(super) const COST: Cost = Cost { kibibytes: 64 * 1024, passes: 3 };

/// The most that is taken from a store: whoever can write to it could else keep the program busy for ever.
pub(super) const MOST: Cost = Cost { kibibytes: 1024 * 1024, passes: 16 };

/// Random bytes.
///
/// # Errors
/// When the system has none.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        match getrandom(&mut bytes[filled..], GetRandomFlags::empty()) {
            Ok(more) => filled += more,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(Problem::NoRandomness(error.to_string())),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_with_its_key_in_its_place_and_nowhere_else() {
        let key = Key::random().unwrap();
        let sealed = key.seal(b"since spring", b"here").unwrap();
        assert_eq!(key.open(&sealed, b"here").as_deref(), Some(&b"since spring"[..]));
        assert_eq!(key.open(&sealed, b"there"), None, "moved");
        assert_eq!(Key::random().unwrap().open(&sealed, b"here"), None, "another key");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open(&changed, b"here"), None, "byte {at}");
            assert_eq!(key.open(&sealed[..at], b"here"), None, "cut off at {at}");
        }
        assert_ne!(sealed, key.seal(b"since spring", b"here").unwrap(), "never twice alike");
        assert_eq!(format!("{key:?}"), "Key");
    }

    #[test]
    fn a_passphrase_is_one_key_for_one_salt() {
        let cost = Cost { kibibytes: 64, passes: 1 };
        let key = |passphrase, salt: &[u8]| Key::of_passphrase(passphrase, salt, cost).unwrap();
        assert_eq!(key("a b c", b"0123456789abcdef"), key("a b c", b"0123456789abcdef"));
        assert_ne!(key("a b c", b"0123456789abcdef"), key("a b d", b"0123456789abcdef"));
        assert_ne!(key("a b c", b"0123456789abcdef"), key("a b c", b"0123456789abcdeF"));
    }
}
