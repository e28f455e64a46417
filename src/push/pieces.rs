//! A transaction in pieces, for servers that take only short ones.

use crate::fhir::model::{Bundle, Entry, EntryRequest};

/// The fewest parts in a transaction: the response, and one that refers to it.
const FEWEST: usize = 2;

/// The transaction as several, of at most so many parts each. The response leads each of them, since the other parts refer
/// to it; after the first it is only to be there.
///
/// Each part is created or replaced by its identifier, so nothing is there twice when a piece is sent again.
pub fn pieces(transaction: Bundle, most: usize) -> Vec<Bundle> {
    let most = most.max(FEWEST);
    if transaction.entry.len() <= most {
        return vec![transaction];
    }
    let mut parts = transaction.entry.iter().cloned();
    let Some(response) = parts.next() else { return vec![transaction] };
    let rest: Vec<Entry> = parts.collect();
    let piece = |(at, parts): (usize, &[Entry])| {
        let first = if at == 0 { response.clone() } else { known(&response) };
        let entry = std::iter::once(first).chain(parts.iter().cloned()).collect();
        Bundle { entry, ..transaction.clone() }
    };
    rest.chunks(most - 1).enumerate().map(piece).collect()
}

/// The part as one that is created if it isn't there, and else left as it is.
fn known(part: &Entry) -> Entry {
    let EntryRequest { url, if_none_exist, .. } = &part.request;
    let (kind, found) = match url.split_once('?') {
        Some((kind, found)) => (kind, Some(found)),
        None => (url.as_str(), if_none_exist.as_deref()),
    };
    let request =
        EntryRequest { method: "POST", url: kind.to_owned(), if_none_exist: found.map(str::to_owned) };
    Entry { request, ..part.clone() }
}
