//! The next of many rectangles in a direction, for arrow keys.

use super::Rect;

/// A direction on the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The index of the rectangle that comes next from `from`: the one least far away,
/// a step to the side counting three times as much as one ahead. `None` where there is none ahead.
#[must_use]
pub fn nearest(rects: &[Rect], from: Rect, toward: Toward) -> Option<usize> {
    let (x, y) = from.center();
    let cost = |rect: &Rect| {
        let (dx, dy) = (rect.center().0 - x, rect.center().1 - y);
        let (ahead, aside) = match toward {
            Toward::Left => (-dx, dy),
            Toward::Right => (dx, dy),
            Toward::Up => (-dy, dx),
            Toward::Down => (dy, dx),
        };
        (ahead > 0.5).then_some(ahead + 3.0 * aside.abs())
    };
    let ahead = rects
        .iter()
        .enumerate()
        .filter_map(|(k, rect)| Some((k, cost(rect)?)));
    ahead.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(k, _)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Vec<Rect> {
        let cell = |k: u8| Rect {
            x: 10.0 * f64::from(k % 3),
            y: 10.0 * f64::from(k / 3),
            w: 8.0,
            h: 8.0,
        };
        (0..9).map(cell).collect()
    }

    #[test]
    fn arrows_walk_a_grid_and_stop_at_its_edges() {
        let grid = grid();
        let steps = [Toward::Left, Toward::Right, Toward::Up, Toward::Down];
        assert_eq!(
            steps.map(|step| nearest(&grid, grid[4], step)),
            [Some(3), Some(5), Some(1), Some(7)]
        );
        assert_eq!(nearest(&grid, grid[2], Toward::Right), None);
        assert_eq!(nearest(&[], grid[2], Toward::Left), None);
    }
}
