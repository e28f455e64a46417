//! A smallest set that has something in common with each of many sets.

/// The first in order of a set with the fewest elements, of `least` or more, that hits each of `sets`; `None` if it
/// takes more than `steps` to find one. Sets are not empty.
pub fn smallest(sets: &[Vec<usize>], least: usize, mut steps: usize) -> Option<Vec<usize>> {
    (least..=sets.len()).find_map(|size| {
        let mut chosen = Vec::new();
        match extend(sets, size, &mut chosen, &mut steps) {
            Some(true) => Some(Some(chosen)),
            Some(false) => None,
            None => Some(None),
        }
    })?
}

/// Whether `left` more elements are enough; `None` if it takes too long to know.
fn extend(sets: &[Vec<usize>], left: usize, chosen: &mut Vec<usize>, steps: &mut usize) -> Option<bool> {
    *steps = steps.checked_sub(1)?;
    let Some(missed) = sets.iter().find(|set| !set.iter().any(|element| chosen.contains(element))) else {
        return Some(true);
    };
    if left == 0 {
        return Some(false);
    }
    for &element in missed {
        chosen.push(element);
        if extend(sets, left - 1, chosen, steps)? {
            return Some(true);
        }
        chosen.pop();
    }
    Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_element_of_each_set_is_in_it_and_no_smaller_one_has_that() {
        let sets = |sets: &[&[usize]]| sets.iter().map(|set| set.to_vec()).collect::<Vec<_>>();
        assert_eq!(smallest(&[], 0, 10), Some(vec![]));
        assert_eq!(smallest(&sets(&[&[1, 2], &[2, 3]]), 0, 100), Some(vec![2]));
        assert_eq!(smallest(&sets(&[&[1, 2], &[2, 3], &[1, 3]]), 1, 100), Some(vec![1, 2]));
        assert_eq!(smallest(&sets(&[&[5], &[4, 5], &[6]]), 2, 100), Some(vec![5, 6]));
    }

    #[test]
    fn it_gives_up_when_that_takes_too_long() {
        let sets: Vec<Vec<usize>> = (0..8).map(|n| vec![2 * n, 2 * n + 1]).collect();
        assert_eq!(smallest(&sets, 0, 20), None);
        assert_eq!(smallest(&sets, 0, 1000).map(|set| set.len()), Some(8));
    }
}
