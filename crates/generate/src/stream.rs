//! Named streams of random numbers.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A stream that depends only on the seed and its name.
pub(crate) fn stream(seed: u64, name: &str) -> ChaCha8Rng {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    ChaCha8Rng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ hash)
}

/// e to the power of `x` from multiplications alone, so that it is the same on every machine; good to 0.1 % for the
/// arguments of the response model.
pub(crate) fn exponential(x: f64) -> f64 {
    (0..16).fold(1.0 + x.clamp(-30.0, 30.0) / 65_536.0, |power, _| power * power)
}

/// Logistic curve.
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exponential(-x))
}

#[cfg(test)]
mod tests {
    use super::{exponential, stream};
    use rand::RngExt;

    #[test]
    fn streams_differ_by_name_and_seed() {
        let draw = |seed, name| stream(seed, name).random::<u64>();
        assert_eq!(draw(1, "a"), draw(1, "a"));
        assert_ne!(draw(1, "a"), draw(1, "b"));
        assert_ne!(draw(1, "a"), draw(2, "a"));
    }

    #[test]
    fn exponential_is_near_the_true_one() {
        for (x, expected) in
            [(-4.0, 0.018_315_639), (-1.0, 0.367_879_441), (0.0, 1.0), (0.5, 1.648_721_271), (3.0, 20.085_536_923)]
        {
            assert!((exponential(x) / expected - 1.0).abs() < 1e-3, "{x}");
        }
    }
}
