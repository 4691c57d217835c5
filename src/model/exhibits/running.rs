//! How a mean settles as draws are added.

/// Most points of the line that a mean draws.
const POINTS: u32 = 240;

/// The mean of the first so many draws, at counts that lie evenly on a logarithmic scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Running {
    /// Counts of draws, rising, each with the mean of that many.
    pub means: Vec<(u32, f64)>,
}

impl Running {
    /// The means of a run of `draws`, of which at most `POINTS` are kept; the last is that of all.
    #[must_use]
    pub fn of(draws: &[f32]) -> Self {
        let mut counts = counts(draws.len()).peekable();
        let (mut sum, mut means) = (0.0, Vec::new());
        for (taken, draw) in (1_u32..).zip(draws) {
            sum += f64::from(*draw);
            if counts.next_if_eq(&taken).is_some() {
                means.push((taken, sum / f64::from(taken)));
            }
        }
        Self { means }
    }
}

/// 1 and `last`, and whole numbers between them whose logarithms are evenly spread.
fn counts(last: usize) -> impl Iterator<Item = u32> {
    let last = u32::try_from(last).unwrap_or(u32::MAX);
    let growth = libm::pow(f64::from(last), 1.0 / f64::from(POINTS - 1));
    let mut latest = 0;
    (0..POINTS).filter_map(move |point| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most `last`"
        )]
        let count = libm::round(libm::pow(growth, f64::from(point))) as u32;
        let count = if point + 1 == POINTS {
            last
        } else {
            count.min(last)
        };
        let grew = count > latest;
        latest = latest.max(count);
        grew.then_some(count)
    })
}
