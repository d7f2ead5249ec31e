//! How squares that stand for things counted lie on a slide, the same in every format.

/// Room for squares, in millimetres.
pub const GRID_WIDTH: f64 = 178.0;
/// Its height.
pub const GRID_HEIGHT: f64 = 88.0;

/// Largest square with its gap, in millimetres: a few must not fill the wall.
const LARGEST: f64 = 30.0;
/// Part of it that is gap.
const GAP: f64 = 0.14;

/// Most squares in a row.
const MOST: u32 = 1000;

/// Squares in their room.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// Side of a square, in millimetres.
    pub side: f64,
    /// Height of all rows, in millimetres.
    pub height: f64,
    /// Upper left corners, row by row, in millimetres from the corner of the room.
    pub corners: Vec<[f64; 2]>,
}

/// So many squares, as large as the room allows.
pub fn cells(count: usize) -> Cells {
    let pitch = |columns: u32| (GRID_WIDTH / f64::from(columns)).min(LARGEST);
    let height = |columns: u32| f64::from(u32::try_from(count).unwrap_or(u32::MAX).div_ceil(columns)) * pitch(columns);
    let fits = |columns: &u32| pitch(*columns) * f64::from(*columns) <= GRID_WIDTH && height(*columns) <= GRID_HEIGHT;
    // Small squares lie in as few rows as a wide wall asks for.
    let columns = (1..=MOST).filter(fits).max_by(|one, other| pitch(*one).total_cmp(&pitch(*other))).unwrap_or(MOST);
    let (pitch, height) = (pitch(columns), height(columns));
    let rows = (0_u32..).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let corner = |(row, column): (u32, u32)| [f64::from(column) * pitch, f64::from(row) * pitch];
    Cells { side: pitch * (1.0 - GAP), height, corners: rows.take(count).map(corner).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_stay_in_their_room_and_do_not_touch() {
        for count in [1, 2, 7, 18, 19, 76, 100, 400] {
            let Cells { side, height, corners } = cells(count);
            assert_eq!(corners.len(), count);
            for [x, y] in &corners {
                assert!(x + side <= GRID_WIDTH && y + side <= height && height <= GRID_HEIGHT, "{count}: {x} {y}");
            }
            let apart = |first: &[f64; 2], other: &[f64; 2]| {
                side < (first[0] - other[0]).abs() || side < (first[1] - other[1]).abs()
            };
            assert!(corners.windows(2).all(|pair| apart(&pair[0], &pair[1])), "{count}");
        }
        assert!(6.0 < cells(76).side && cells(1).side < LARGEST);
    }
}
