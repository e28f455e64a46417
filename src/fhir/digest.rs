//! Ids that are the same whenever the same thing is written.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The hash of the parts, each with its length before it.
fn hash(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// An id of a resource.
pub fn id(parts: &[&str]) -> String {
    let mut id = String::from("rf-");
    for byte in &hash(parts)[..16] {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// A UUID of version 8, which is for hashes of one's own.
pub fn uuid(parts: &[&str]) -> String {
    let mut bytes = hash(parts);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut text = String::new();
    for (at, byte) in bytes[..16].iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    text
}
