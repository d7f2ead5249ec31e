//! The standard normal law: `P(|Z| ≥ z) = erfc(z/√2)`.
//!
//! Source: erfc of libm; `P(Z ≤ z)`, which is asked for millions of times, by the rational function of Hart 1968 (West
//! 2005, Wilmott Magazine, May:70), and far off by a continued fraction, true to twelve digits; the quantile is AS 241
//! (Wichura 1988, Applied Statistics 37:477), to 16 digits. Degenerate: a z that is no number has p = 1.

use libm::erfc;

/// Polynomials of the quantile, from the highest power down: shares within 0.425 of the middle, beyond, and in the
/// tails below 1e-11.
const MIDDLE_OVER: [f64; 8] = [
    2_509.080_928_730_122_7,
    33_430.575_583_588_13,
    67_265.770_927_008_7,
    45_921.953_931_549_87,
    13_731.693_765_509_46,
    1_971.590_950_306_551_3,
    133.141_667_891_784_38,
    3.387_132_872_796_366_5,
];
const MIDDLE_UNDER: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
const NEAR_OVER: [f64; 8] = [
    0.000_774_545_014_278_341_4,
    0.022_723_844_989_269_184,
    0.241_780_725_177_450_6,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const NEAR_UNDER: [f64; 8] = [
    1.050_750_071_644_416_9e-9,
    0.000_547_593_808_499_534_5,
    0.015_198_666_563_616_457,
    0.148_103_976_427_480_08,
    0.689_767_334_985_1,
    1.676_384_830_183_803_8,
    2.053_191_626_637_759,
    1.0,
];
const FAR_OVER: [f64; 8] = [
    2.010_334_399_292_288_1e-7,
    2.711_555_568_743_487_6e-5,
    0.001_242_660_947_388_078_4,
    0.026_532_189_526_576_124,
    0.296_560_571_828_504_87,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const FAR_UNDER: [f64; 8] = [
    2.044_263_103_389_939_7e-15,
    1.421_511_758_316_446e-7,
    1.846_318_317_510_054_8e-5,
    0.000_786_869_131_145_613_3,
    0.014_875_361_290_850_615,
    0.136_929_880_922_735_8,
    0.599_832_206_555_888,
    1.0,
];

/// Two-sided p of a standard normal value.
pub fn two_sided(z: f64) -> f64 {
    if z.is_nan() { 1.0 } else { erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0) }
}

/// Coefficients of the rational function, from the highest power down.
const ABOVE_LINE: [f64; 7] = [
    3.526_249_659_989_11e-2,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
const BELOW_LINE: [f64; 8] = [
    8.838_834_764_831_84e-2,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];
/// Beyond it a continued fraction is used.
const FAR: f64 = 4.0;
/// √2π.
const ROOT: f64 = 2.506_628_274_631_000_7;

/// `P(Z ≤ z)`.
pub fn below(z: f64) -> f64 {
    below_and_density(z).0
}

/// `P(Z ≤ z)`, and the density at z.
pub(crate) fn below_and_density(z: f64) -> (f64, f64) {
    if z.is_nan() {
        return (0.5, 0.0);
    }
    let (far, power) = (z.abs(), libm::exp(-z * z / 2.0));
    let tail = if far < FAR {
        power * polynomial(&ABOVE_LINE, far) / polynomial(&BELOW_LINE, far)
    } else {
        let fraction = (1..=24).rev().fold(far, |rest, place| far + f64::from(place) / rest);
        power / fraction / ROOT
    };
    (if 0.0 < z { 1.0 - tail } else { tail }, power / ROOT)
}

/// `z` with `P(Z ≤ z) = share`; infinite for a share of 0 or 1.
pub fn quantile(share: f64) -> f64 {
    if share.is_nan() {
        return f64::NAN;
    }
    if share <= 0.0 || 1.0 <= share {
        return if share <= 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let from_middle = share - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * polynomial(&MIDDLE_OVER, r) / polynomial(&MIDDLE_UNDER, r);
    }
    let r = (-libm::log(share.min(1.0 - share))).sqrt();
    let z = if r <= 5.0 {
        polynomial(&NEAR_OVER, r - 1.6) / polynomial(&NEAR_UNDER, r - 1.6)
    } else {
        polynomial(&FAR_OVER, r - 5.0) / polynomial(&FAR_UNDER, r - 5.0)
    };
    z.copysign(from_middle)
}

fn polynomial(coefficients: &[f64], at: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * at + coefficient)
}

#[cfg(test)]
mod tests {
    use super::{below, quantile, two_sided};

    /// Values of scipy.
    #[test]
    fn tails_are_those_of_the_tables() {
        for (z, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_914_1),
            (-1.959_963_984_540_054, 0.05),
            (3.290_526_731_491_925_5, 0.001),
            (6.0, 1.973_175_290_075_396_5e-9),
        ] {
            let found = two_sided(z);
            assert!((found / p - 1.0).abs() < 1e-9, "{z}: {found}");
        }
        assert_eq!((two_sided(f64::NAN), below(0.0)), (1.0, 0.5));
        assert!((below(1.0) - 0.841_344_746_068_542_9).abs() < 1e-9);
    }

    #[test]
    fn one_tail_is_half_of_two() {
        for step in -1000..=1000 {
            let z = f64::from(step) / 100.0;
            let half = two_sided(z) / 2.0;
            let tail = if z < 0.0 { below(z) } else { below(-z) };
            assert!((tail / half - 1.0).abs() < 1e-9, "{z}: {tail} instead of {half}");
            assert!((below(z) + below(-z) - 1.0).abs() < 1e-14, "{z}");
        }
        assert_eq!((below(f64::NEG_INFINITY), below(f64::INFINITY)), (0.0, 1.0));
    }

    /// Values of scipy.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (share, z) in [
            (0.5, 0.0),
            (0.8, 0.841_621_233_572_914_3),
            (0.975, crate::Z_95),
            (0.001, -3.090_232_306_167_813),
            (0.999_999_5, 4.891_638_475_714_779),
        ] {
            assert!((quantile(share) - z).abs() < 1e-9, "{share}: {}", quantile(share));
        }
        assert!((quantile(0.8) - crate::Z_POWER).abs() < 5e-5);
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        let error = |share: f64| (below(quantile(share)) - share).abs();
        let worst = (1..1000).map(|n| error(f64::from(n) / 1000.0)).fold(0.0, f64::max);
        assert!(worst < 1e-13, "{worst}");
    }
}
