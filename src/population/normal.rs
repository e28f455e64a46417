//! The normal distribution in additions, multiplications, divisions and square roots alone.
//!
//! These four are exact to the last bit on every machine; what libraries give for a logarithm is not, and the last
//! bit can turn an answer around.

use std::sync::LazyLock;

/// Where a standard normal number lies that is greater than a share `p` of all: algorithm AS 241 (Wichura 1988),
/// to about 16 digits. Minus infinity for 0 and below, infinity for 1 and above.
pub fn quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * fraction(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-logarithm(tail)).sqrt();
    let far = if r <= 5.0 { fraction(&NEAR, r - 1.6) } else { fraction(&FAR, r - 5.0) };
    if q < 0.0 { -far } else { far }
}

/// Whether a standard normal number that was drawn as this quantile is below a bound.
pub fn is_below(drawn: f64, bound: f64) -> bool {
    static SHARES: LazyLock<Vec<f64>> = LazyLock::new(shares);
    if bound <= -REACH {
        return quantile(drawn) < bound;
    }
    if bound >= REACH {
        return quantile(drawn) < bound || bound == f64::INFINITY;
    }
    // Two shares around the bound decide nearly always, and take a tenth of the time.
    let at = ((bound + REACH) * STEPS) as usize;
    match (SHARES.get(at), SHARES.get(at + 1)) {
        (Some(&least), _) if drawn < least => true,
        (_, Some(&most)) if drawn > most => false,
        _ => quantile(drawn) < bound,
    }
}

/// The bounds that the table of shares reaches to, and its steps to one.
const REACH: f64 = 8.0;
const STEPS: f64 = 64.0;

/// Of every bound in the table the share that lies below it, the next bound's least share being the last one's most.
fn shares() -> Vec<f64> {
    let bounds = 0..=(2.0 * REACH * STEPS) as usize + 1;
    bounds.map(|at| share_below(at as f64 / STEPS - REACH)).collect()
}

/// The share of standard normal numbers below a bound, found as the number whose quantile it is.
fn share_below(bound: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        match quantile(middle) < bound {
            true => low = middle,
            false => high = middle,
        }
    }
    (low + high) / 2.0
}

/// The natural logarithm of a number from 0 to 1, without 0.
fn logarithm(number: f64) -> f64 {
    const LN_2: f64 = std::f64::consts::LN_2;
    const SQRT_2: f64 = std::f64::consts::SQRT_2;
    let bits = number.to_bits();
    let mut exponent = (bits >> 52) as i32 - 1023;
    // Between 1 and 2.
    let mut mantissa = f64::from_bits(bits & !(0x7FF << 52) | 1023 << 52);
    if mantissa > SQRT_2 {
        mantissa /= 2.0;
        exponent += 1;
    }
    // ln m = 2 (s + s^3/3 + s^5/5 + ...) with s = (m - 1) / (m + 1), at most 0.172.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let series = (0..12).rev().fold(0.0, |sum, n| sum * square + 1.0 / f64::from(2 * n + 1));
    f64::from(exponent) * LN_2 + 2.0 * s * series
}

/// Two polynomials, lowest power first, one divided by the other.
type Fraction = ([f64; 8], [f64; 8]);

fn fraction((above, below): &Fraction, at: f64) -> f64 {
    let value = |powers: &[f64; 8]| powers.iter().rev().fold(0.0, |sum, power| sum * at + power);
    value(above) / value(below)
}

const CENTRE: Fraction = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
);

const NEAR: Fraction = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Fraction = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_printed_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.9, 1.281_551_565_544_600_4),
            (0.01, -2.326_347_874_040_841),
            (0.001, -3.090_232_306_167_813_5),
            (1e-6, -4.753_424_308_822_899),
            (1e-20, -9.262_340_089_798_41),
        ] {
            assert!((quantile(p) - z).abs() < 1e-9, "{p}: {} and not {z}", quantile(p));
        }
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn logarithms_are_those_of_the_library_to_the_last_digits() {
        for at in 1..2000 {
            let number = f64::from(at) / 2000.0;
            assert!((logarithm(number) - number.ln()).abs() < 1e-14, "{number}");
        }
        assert!((logarithm(1e-300) - 1e-300_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn the_short_way_decides_as_the_long_one() {
        for at in 0..3000 {
            let drawn = (f64::from(at) + 0.5) / 3000.0;
            for bound in [-9.0, -8.0, -3.2, -0.51, 0.0, 0.013, 0.5, 2.9, 7.99, 8.0, 12.0] {
                assert_eq!(is_below(drawn, bound), quantile(drawn) < bound, "{drawn} {bound}");
            }
        }
        assert!(is_below(0.999_999, f64::INFINITY) && !is_below(0.000_001, f64::NEG_INFINITY));
    }
}
