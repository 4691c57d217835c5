//! Bars of one width along a line of numbers: which bar a number lies in, and where a bar ends.

/// Bars of one width, side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bins {
    /// Left edge of the first.
    pub from: f64,
    /// Width of each.
    pub width: f64,
    /// How many there are.
    pub count: u32,
}

impl Bins {
    /// One bar around a number that stands alone, as wide as the number is large, or 1.
    #[must_use]
    pub fn alone(value: f64) -> Self {
        let width = if value == 0.0 { 1.0 } else { value.abs() };
        Self {
            from: value - width / 2.0,
            width,
            count: 1,
        }
    }

    /// `count` bars from one number to another; a single one if they are next to the same, closer than `same` of
    /// their size, and none if either is infinite or not a number.
    #[must_use]
    pub fn between(from: f64, to: f64, same: f64, count: u32) -> Self {
        if !(to - from).is_finite() {
            return Self::default();
        }
        let alone = Self::alone(from);
        if to - from <= same * alone.width {
            return alone;
        }
        Self {
            from,
            width: (to - from) / f64::from(count),
            count,
        }
    }

    /// The bar in which a number lies; those beyond the ends lie in the first and the last.
    #[must_use]
    pub fn bar(&self, value: f64) -> Option<usize> {
        let place = ((value - self.from) / self.width).floor();
        let last = (self.count as usize).checked_sub(1)?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cut off at the last bar"
        )]
        // The largest number is the right edge of the last bar.
        place
            .is_finite()
            .then(|| (place.max(0.0) as usize).min(last))
    }

    /// The edges of a bar.
    #[must_use]
    pub fn edges(&self, bar: usize) -> (f64, f64) {
        let bar = u32::try_from(bar).map_or(f64::INFINITY, f64::from);
        let edge = |k: f64| self.from + k * self.width;
        (edge(bar), edge(bar + 1.0))
    }
}
