//! How often a group drawn from a pool varies as little as the one observed.
//!
//! `n` values are drawn without replacement 9,999 times by a generator with a fixed seed (splitmix64, Steele, Lea &
//! Flood 2014); `p = (1 + draws whose deviation is not greater) / (1 + draws)`. Drawing stops early at 250 such draws,
//! when p is certainly not small: its relative error is then about 6 % (Besag & Clifford 1991, Biometrika 78:301).
//! Degenerate: fewer than two values, or a pool smaller than the group: none.

use srez_model::unit::as_f64;

const DRAWS: u64 = 9_999;
const ENOUGH: u64 = 250;
const SEED: u64 = 0x5eed_2026;

/// One-sided p of a group of `n` with this standard deviation.
pub fn as_even(pool: &[f64], n: usize, deviation: f64) -> Option<f64> {
    if n < 2 || pool.len() < n {
        return None;
    }
    let mut pool = pool.to_vec();
    let mut state = SEED;
    let size = as_f64(n as u64);
    let limit = deviation * deviation * (1.0 + 1e-12);
    let (mut as_small, mut draws) = (0, 0);
    while draws < DRAWS && as_small < ENOUGH {
        draws += 1;
        let (mut sum, mut squares) = (0.0, 0.0);
        for place in 0..n {
            let other = place + below(&mut state, pool.len() - place);
            pool.swap(place, other);
            let value = pool.get(place).copied().unwrap_or(0.0);
            sum += value;
            squares += value * value;
        }
        let variance = (squares - sum * sum / size) / (size - 1.0);
        as_small += u64::from(variance <= limit);
    }
    Some(as_f64(1 + as_small) / as_f64(1 + draws))
}

/// A whole number below `bound`, by the high bits of a product (Lemire 2019); the bias is below 2⁻⁴⁰ for such pools.
fn below(state: &mut u64, bound: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^= word >> 31;
    usize::try_from((u128::from(word) * bound as u128) >> 64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{as_even, below};

    #[test]
    fn an_even_group_is_rare_and_an_ordinary_one_is_not() {
        let pool: Vec<f64> = (0..200_u32).map(|place| f64::from(place % 20)).collect();
        assert!(as_even(&pool, 25, 2.0).unwrap() < 0.001);
        let ordinary = as_even(&pool, 25, 5.78).unwrap();
        assert!(0.3 < ordinary && ordinary < 0.7, "{ordinary}");
        assert_eq!(as_even(&pool, 25, 2.0), as_even(&pool, 25, 2.0));
        assert_eq!((as_even(&pool, 1, 0.0), as_even(&pool, 201, 1.0)), (None, None));
    }

    #[test]
    fn draws_are_even() {
        let mut state = 1;
        let mut counts = [0; 7];
        for _ in 0..7_000 {
            counts[below(&mut state, 7)] += 1;
        }
        assert!(counts.iter().all(|n| (900..1_100).contains(n)), "{counts:?}");
    }
}
