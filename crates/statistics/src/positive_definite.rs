//! Linear equations with a symmetric positive definite matrix: `A = L·Lᵀ`, then two triangular solutions.
//!
//! Source: Cholesky; Golub & Van Loan 2013, Matrix Computations, 4.2. Degenerate: a matrix that is not positive
//! definite has no factor.

/// A symmetric matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

/// The lower triangle `L` of `A = L·Lᵀ`.
#[derive(Clone, Debug)]
pub struct Factor {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    /// All zero.
    pub fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Adds to a cell and to its mirror.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] += value;
        if row != column {
            self.cells[column * self.size + row] += value;
        }
    }

    /// Sum of the diagonal.
    pub fn trace(&self) -> f64 {
        (0..self.size).map(|place| self.cells[place * self.size + place]).sum()
    }

    /// The factor; none if a pivot falls below `10⁻¹⁰` of the mean diagonal.
    pub fn factor(&self) -> Option<Factor> {
        let size = self.size;
        let mut lower = vec![0.0; size * size];
        let least = 1e-10 * self.trace() / srez_model::unit::as_f64(size as u64);
        for row in 0..size {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower[row * size + k] * lower[column * size + k]).sum();
                let rest = self.cells[row * size + column] - known;
                if row != column {
                    lower[row * size + column] = rest / lower[column * size + column];
                } else if rest.is_nan() || rest <= least {
                    return None;
                } else {
                    lower[row * size + row] = rest.sqrt();
                }
            }
        }
        Some(Factor { size, cells: lower })
    }
}

impl Factor {
    /// `x` of `A·x = right`.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let size = self.size;
        let mut x = self.half(right);
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|k| self.cells[k * size + row] * x[k]).sum();
            x[row] = (x[row] - known) / self.cells[row * size + row];
        }
        x
    }

    /// `a·A⁻¹·a`: the variance of `a·x` where `A` is the information of `x`.
    pub(crate) fn quadratic(&self, a: &[f64]) -> f64 {
        self.half(a).iter().map(|value| value * value).sum()
    }

    /// `y` of `L·y = right`.
    fn half(&self, right: &[f64]) -> Vec<f64> {
        let size = self.size;
        let mut y = right.to_vec();
        for row in 0..size {
            let known: f64 = (0..row).map(|k| self.cells[row * size + k] * y[k]).sum();
            y[row] = (y[row] - known) / self.cells[row * size + row];
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::Symmetric;

    #[test]
    fn equations_are_solved_and_a_flat_matrix_is_refused() {
        let mut matrix = Symmetric::zero(2);
        for (row, column, value) in [(0, 0, 4.0), (1, 0, 2.0), (1, 1, 3.0)] {
            matrix.add(row, column, value);
        }
        let factor = matrix.factor().unwrap();
        let x = factor.solve(&[8.0, 8.0]);
        assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14, "{x:?}");
        // The inverse is [3, −2; −2, 4] / 8.
        assert!((factor.quadratic(&[1.0, 0.0]) - 0.375).abs() < 1e-14);
        assert!((factor.quadratic(&[1.0, 1.0]) - 0.375).abs() < 1e-14);
        let mut flat = Symmetric::zero(2);
        for (row, column) in [(0, 0), (1, 0), (1, 1)] {
            flat.add(row, column, 1.0);
        }
        assert!(flat.factor().is_none());
    }
}
