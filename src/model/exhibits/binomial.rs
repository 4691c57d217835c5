//! The binomial distribution: how many of n coins fall on the side that has probability p.

/// The probability of each count from 0 to `n`, in f64.
///
/// P(c) = n! / (c! (n - c)!) p^c (1 - p)^(n - c). Neighbours differ by the factor
/// (n - c) / (c + 1) * p / (1 - p); the terms are built outwards from the likeliest count, where
/// none is lost, and divided by their sum, so that nothing overflows for any n.
///
/// ```
/// use dropout_lab::model::exhibits::binomial::distribution;
/// assert_eq!(distribution(2, 0.5), [0.25, 0.5, 0.25]);
/// assert_eq!(distribution(10, 0.5)[5], 252.0 / 1024.0);
/// ```
#[must_use]
pub fn distribution(n: u32, p: f64) -> Vec<f64> {
    let counts = n as usize + 1;
    let mut chances = vec![0.0; counts];
    let likeliest = likeliest(n, p);
    chances[likeliest as usize] = 1.0;
    if p > 0.0 && p < 1.0 {
        let odds = p / (1.0 - p);
        let factor = |c: u32| f64::from(n - c) / f64::from(c + 1) * odds;
        for c in likeliest..n {
            chances[c as usize + 1] = chances[c as usize] * factor(c);
        }
        for c in (0..likeliest).rev() {
            chances[c as usize] = chances[c as usize + 1] / factor(c);
        }
    }
    let sum: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= sum;
    }
    chances
}

/// The count with the highest probability, floor((n + 1) p).
fn likeliest(n: u32, p: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and n + 1"
    )]
    let count = libm::floor((f64::from(n) + 1.0) * p) as u32;
    count.min(n)
}
