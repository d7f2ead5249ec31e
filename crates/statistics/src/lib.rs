//! Statistics without domain words: pure functions of numbers, each with formula, source and degenerate case.
//!
//! A function returns `None` where its formula has no value; it never stops the run. Discrete laws are [`Pmf`]s built
//! from ratios of neighbouring probabilities, so that no factorial is ever formed.
//!
//! In: numbers. Out: numbers.
//!
//! Invariants:
//! - Results agree with scipy, statsmodels, published tables or integration (tests in each file).
//! - Exponentials, logarithms and powers come from libm, never from the system, whose last digits differ (clippy).
//! - Of the workspace it depends on `model` only, for units and conversions (Cargo).

pub mod alpha;
pub mod benjamini_hochberg;
mod beta;
pub mod binomial;
pub mod clusters;
pub mod extremes;
pub mod mantel_haenszel;
pub mod moments;
pub mod normal;
pub mod pair_model;
pub mod partial_credit;
pub mod permutation;
pub mod pmf;
pub mod poisson;
pub mod positive_definite;
mod quartiles;
pub mod row_agreement;
pub mod school_model;
pub mod smooth_counts;
pub mod student;
pub mod unusual;
pub mod wilson;

pub use pmf::Pmf;
pub use quartiles::quartiles;

/// 0.975 quantile of the standard normal distribution.
pub const Z_95: f64 = 1.959_963_984_540_054;
/// 0.8 quantile of the normal law: the power of smallest detectable differences. Four digits, for those differences are
/// approximate and rounded up to tenths.
pub const Z_POWER: f64 = 0.8416;
