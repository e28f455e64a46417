//! The chains: each station's entries, every one with the hash of the one before.
//!
//! An entry also bears witness to the newest one of another station, in turn, so that the end of one chain can't be cut
//! off without another chain telling.

use sha2::{Digest, Sha256};

use super::database::Cell;

/// Bytes of a hash.
pub(super) const HASH: usize = 32;
pub(super) type Hash = [u8; HASH];

/// Of the first entry of a chain, the hash of the one before.
pub(super) const BEGINNING: Hash = [0; HASH];

/// Where an entry is, all of which is plain in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    pub writer: Vec<u8>,
    /// 1 and so on within the chain.
    pub n: u64,
    pub encounter: Vec<u8>,
    /// 1 and so on within the encounter.
    pub revision: u64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Of another chain: its writer, its `n` and its hash.
    pub witness: Vec<u8>,
}

impl Position {
    /// Of `writer, n, enc, rev, at`; the witness is left empty.
    pub fn read(row: &mut impl Iterator<Item = Cell>) -> Option<Position> {
        Some(Position {
            writer: row.next()?.bytes()?,
            n: row.next()?.count()?,
            encounter: row.next()?.bytes()?,
            revision: row.next()?.count()?,
            at: row.next()?.int()?,
            witness: Vec::new(),
        })
    }

    /// What a body is bound to: it opens in this store, in this encounter, at this place alone.
    pub fn place(&self, store: &[u8]) -> Vec<u8> {
        let mut place = b"entry".to_vec();
        for part in [store, &self.writer, &self.encounter] {
            push(&mut place, part);
        }
        place.extend(self.n.to_be_bytes());
        place.extend(self.revision.to_be_bytes());
        place.extend(self.at.to_be_bytes());
        place
    }

    /// The hash of the entry with this body, after the one with that hash.
    pub fn hash(&self, before: &[u8], body_hash: &[u8]) -> Hash {
        let mut text = Vec::with_capacity(256);
        for part in [before, &self.writer, &self.encounter, &self.witness, body_hash] {
            push(&mut text, part);
        }
        text.extend(self.n.to_be_bytes());
        text.extend(self.revision.to_be_bytes());
        text.extend(self.at.to_be_bytes());
        Sha256::digest(text).into()
    }
}

/// The hash of a sealed body, which stays when the body is erased.
pub(super) fn body_hash(body: &[u8]) -> Hash {
    Sha256::digest(body).into()
}

/// A witness to the newest entry of another chain.
pub(super) fn witness(writer: &[u8], n: u64, hash: &[u8]) -> Vec<u8> {
    let mut text = n.to_be_bytes().to_vec();
    push(&mut text, writer);
    text.extend(hash);
    text
}

/// The parts of a witness: `n`, writer and hash.
pub(super) fn witnessed(witness: &[u8]) -> Option<(u64, &[u8], &[u8])> {
    let (n, rest) = witness.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (writer, hash) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    Some((u64::from_be_bytes(*n), writer, hash))
}

/// With its length, so that parts can't run into one another.
fn push(text: &mut Vec<u8>, part: &[u8]) {
    text.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
    text.extend(part);
}

/// The first eight digits of a hash in hexadecimal: enough to find the entry again, and short enough to print.
pub(super) fn digits(hash: &[u8]) -> String {
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_an_entry_is_in_its_hash() {
        let position = Position {
            writer: vec![1; 16],
            n: 2,
            encounter: vec![3; 16],
            revision: 4,
            at: 5,
            witness: witness(&[6; 16], 7, &[8; 32]),
        };
        let all = [
            position.clone(),
            Position { writer: vec![2; 16], ..position.clone() },
            Position { n: 3, ..position.clone() },
            Position { encounter: vec![4; 16], ..position.clone() },
            Position { revision: 5, ..position.clone() },
            Position { at: 6, ..position.clone() },
            Position { witness: Vec::new(), ..position.clone() },
        ];
        let mut hashes: Vec<Hash> = all.iter().map(|position| position.hash(&BEGINNING, b"body")).collect();
        hashes.push(position.hash(&[1; HASH], b"body"));
        hashes.push(position.hash(&BEGINNING, b"other"));
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
        assert_eq!(witnessed(&position.witness), Some((7, &[6; 16][..], &[8; 32][..])));
        for cut in 0..12 {
            assert_eq!(witnessed(&position.witness[..cut]), None);
        }
        assert_eq!(digits(&[0x1a, 0x2b, 3, 0xff, 5]), "1a2b03ff");
    }
}
