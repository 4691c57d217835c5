//! What a count of wins says of the chance to win.

use crate::model::exhibits::binomial::distribution;

/// The exact interval of Clopper and Pearson for the chance of an event that came true in `wins` of
/// `trials`, at confidence `level`: the chances for which so many wins or more, and so many or fewer,
/// each have a probability of at least (1 - level) / 2.
///
/// ```
/// use dropout_lab::model::proof::race::interval;
/// let (low, high) = interval(35, 40, 0.95);
/// assert!((low - 0.7320).abs() < 5e-5 && (high - 0.9581).abs() < 5e-5);
/// assert_eq!(interval(0, 0, 0.95), (0.0, 1.0));
/// ```
///
/// # Source
/// Clopper and Pearson, *The use of confidence or fiducial limits illustrated in the case of the
/// binomial*, 1934.
#[must_use]
pub fn interval(wins: u32, trials: u32, level: f64) -> (f64, f64) {
    let tail = (1.0 - level) / 2.0;
    let at_least = |p: f64| chances(trials, p).skip(wins as usize).sum::<f64>();
    let at_most = |p: f64| chances(trials, p).take(wins as usize + 1).sum::<f64>();
    let low = if wins == 0 {
        0.0
    } else {
        root(|p| at_least(p) < tail)
    };
    let high = if wins >= trials {
        1.0
    } else {
        root(|p| at_most(p) >= tail)
    };
    (low, high)
}

fn chances(trials: u32, p: f64) -> impl Iterator<Item = f64> {
    distribution(trials, p).into_iter()
}

/// Where `below` turns from true to false, between 0 and 1.
fn root(below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
