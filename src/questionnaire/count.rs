//! Counts, as authors are told them.

/// `1 rule`, `2 rules`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
