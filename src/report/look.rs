//! How urgent a level looks, wherever it is shown: one of five steps, each with a symbol.

/// From the most urgent step to the least.
pub const SYMBOLS: [&str; 5] = ["!!", "!", "▲", "●", "○"];

/// The symbol of a level, `rank` 0 being the most urgent of `levels`; words always stand beside it.
pub fn symbol(rank: usize, levels: usize) -> &'static str {
    SYMBOLS[step(rank, levels)]
}

/// Its step, 0 being the most urgent of five, with its symbol.
pub fn with_symbol(rank: usize, levels: usize) -> (usize, &'static str) {
    (step(rank, levels), symbol(rank, levels))
}

/// Spreads any number of levels over the five steps, so that first and last keep their look.
pub fn step(rank: usize, levels: usize) -> usize {
    if levels < 2 { 0 } else { (rank * 4).div_ceil(levels - 1).min(4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_levels_keep_the_ends_of_the_scale() {
        assert_eq!((symbol(0, 2), symbol(1, 2)), ("!!", "○"));
        assert_eq!((0..5).map(|rank| symbol(rank, 5)).collect::<Vec<_>>(), ["!!", "!", "▲", "●", "○"]);
    }

    #[test]
    fn any_number_of_levels_keeps_the_look_of_the_first_and_the_last() {
        for levels in 2..9 {
            assert_eq!((step(0, levels), step(levels - 1, levels)), (0, 4));
        }
    }
}
