//! Where a print has zeros, so that the page can set them apart: after dropout they are what was dropped, or was 0 before.

/// `text` in stretches: each zero of a float tensor by itself, with its sign, and what lies between them.
///
/// ```
/// use dropout_lab::notebook::print::zeros;
///
/// let stretches: Vec<_> = zeros("tensor([-0.0000, 0.5000])").collect();
/// assert_eq!(stretches, [(false, "tensor(["), (true, "-0.0000"), (false, ", 0.5000])")]);
/// ```
pub fn zeros(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (start, end) = first_zero(rest).unwrap_or((rest.len(), rest.len()));
        // A stretch up to the zero, or the zero itself.
        let (is_zero, length) = if start == 0 {
            (true, end)
        } else {
            (false, start)
        };
        let (stretch, after) = rest.split_at(length);
        rest = after;
        (length > 0).then_some((is_zero, stretch))
    })
}

/// From where to where the first zero goes.
fn first_zero(text: &str) -> Option<(usize, usize)> {
    let belongs = |c: char| c.is_alphanumeric() || "+-._".contains(c);
    let mut place = 0;
    while let Some(start) = text[place..].find(belongs).map(|found| place + found) {
        let end = text[start..].find(|c: char| !belongs(c));
        let end = end.map_or(text.len(), |length| start + length);
        let digits = text[start..end].trim_start_matches('-');
        if digits.starts_with("0.") && digits.chars().all(|c| "0.".contains(c)) {
            return Some((start, end));
        }
        place = end;
    }
    None
}
