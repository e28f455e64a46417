//! How many of some nodes can hold together: the fewest and the most.

use crate::circuit::Lit;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    AtLeast(usize),
    AtMost(usize),
}

impl Count {
    /// The node that says so. `counts[n - 1]`: n or more.
    pub fn of(self, counts: &[Lit]) -> Lit {
        match self {
            Count::AtLeast(n) => counts[n - 1],
            Count::AtMost(n) => !counts[n],
        }
    }

    /// As many hold at the worst.
    pub fn bound(self) -> usize {
        let (Count::AtLeast(n) | Count::AtMost(n)) = self;
        n
    }
}

/// The fewest and the most of `all` that can hold together, by halving what is left in between.
///
/// `look` is asked for at least 1 or more, and for at most one fewer than all or less. It tells how many hold where
/// so many do, or `None` where that is impossible.
///
/// # Errors
/// That of `look`, which gives up with it.
pub fn fewest_and_most<E>(
    all: usize,
    mut look: impl FnMut(Count) -> Result<Option<usize>, E>,
) -> Result<(usize, usize), E> {
    let (mut most, mut bound) = (0, all);
    while most < bound {
        let middle = most + (bound - most).div_ceil(2);
        match look(Count::AtLeast(middle))? {
            Some(found) => most = found,
            None => bound = middle - 1,
        }
    }
    let (mut fewest, mut bound) = (most, 0);
    while bound < fewest {
        let middle = bound + (fewest - bound) / 2;
        match look(Count::AtMost(middle))? {
            Some(found) => fewest = found,
            None => bound = middle + 1,
        }
    }
    Ok((fewest, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_can_hold_the_ends_are_found() {
        for can_hold in 1..1u32 << 9 {
            let sizes: Vec<usize> = (0..9).filter(|n| can_hold >> n & 1 == 1).collect();
            for last in [false, true] {
                let look = |count| -> Result<Option<usize>, ()> {
                    let mut fit = sizes.iter().copied().filter(|&size| match count {
                        Count::AtLeast(n) => size >= n,
                        Count::AtMost(n) => size <= n,
                    });
                    Ok(if last { fit.next_back() } else { fit.next() })
                };
                let ends = (sizes[0], sizes[sizes.len() - 1]);
                assert_eq!(fewest_and_most(8, look), Ok(ends));
            }
        }
        assert_eq!(fewest_and_most(8, |_| Err("too long")), Err("too long"));
    }
}
