//! Shares of people, and how certain they are.

/// Wilson's interval for a share (1927): with 95 % certainty the share among all people lies in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// The quantile of 0.975 of the normal distribution, for intervals of 95 %.
    pub const Z: f64 = 1.959_963_984_540_054;

    pub fn of(count: u64, people: u64) -> Interval {
        if people == 0 {
            return Interval { share: 0.0, low: 0.0, high: 1.0 };
        }
        const Z: f64 = Interval::Z;
        let (n, share) = (people as f64, count as f64 / people as f64);
        let square = Z * Z / n;
        let middle = share + square / 2.0;
        let half = Z * (share * (1.0 - share) / n + square / (4.0 * n)).sqrt();
        let (low, high) = ((middle - half) / (1.0 + square), (middle + half) / (1.0 + square));
        // Nobody and everybody are certain on one side, whatever the last digit says.
        Interval {
            share,
            low: if count == 0 { 0.0 } else { low.max(0.0) },
            high: if count == people { 1.0 } else { high.min(1.0) },
        }
    }
}

/// `6.9`, of a share of 0.069: tenths, and hundredths below 1 %.
pub fn percent(share: f64) -> String {
    let per_cent = share * 100.0;
    let is_whole = per_cent == 0.0 || per_cent == 100.0;
    match per_cent {
        _ if is_whole => format!("{per_cent:.0}"),
        // What would be rounded to all or nobody is neither.
        _ if !(0.995..=99.0).contains(&per_cent) => format!("{:.2}", per_cent.clamp(0.01, 99.99)),
        _ => format!("{per_cent:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_formula_as_printed() {
        let near = |one: f64, other: f64| (one - other).abs() < 5e-5;
        for (count, people, low, high) in [
            // Newcombe 1998, table I.
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let interval = Interval::of(count, people);
            assert!(near(interval.low, low) && near(interval.high, high), "{interval:?}");
        }
        assert_eq!(Interval::of(9, 9).high, 1.0);
        assert_eq!(Interval::of(0, 0), Interval { share: 0.0, low: 0.0, high: 1.0 });
    }

    #[test]
    fn a_share_is_never_rounded_to_nobody_or_everybody() {
        for (share, said) in [
            (0.0, "0"),
            (1.0, "1"),
            (0.000_001, "0.01"),
            (0.069, "6.9"),
            (0.9999, "99.99"),
            (0.999_999_9, "99.99"),
        ] {
            let said = if share == 1.0 { "100" } else { said };
            assert_eq!(percent(share), said);
        }
        assert_eq!(percent(0.0042), "0.42");
    }
}
