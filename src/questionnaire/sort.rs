//! Lists in order. The sort of the standard library is compiled anew for each type and each order, at 5 kB; this one
//! sorts positions and is compiled once. It takes a little longer, which is for those to mind who sort often.

use std::cmp::Ordering;

/// Sorts a list; what is equal stays in its order.
pub fn by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = positions(items.len(), &|one, other| compare(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// The same, by a key that is worked out at each comparison.
pub fn by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

fn positions(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let words = || ["no", "a", "yes", "in", "b", "", "of"].map(str::to_owned).to_vec();
        let (mut ours, mut theirs) = (words(), words());
        by_key(&mut ours, String::len);
        theirs.sort_by_key(String::len);
        assert_eq!(ours, theirs);
        by(&mut ours, String::cmp);
        assert!(ours.is_sorted());
        assert_eq!(ours.len(), theirs.len());
    }
}
