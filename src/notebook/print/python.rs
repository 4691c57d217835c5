//! Numbers as Python writes them: `repr` of floats and bools, and exponents of at least two digits.

/// `repr(value)` of a Python float: the shortest digits that read back to the same number.
///
/// ```
/// use dropout_lab::notebook::print::python_float;
///
/// assert_eq!(python_float(0.1), "0.1");
/// assert_eq!(python_float(1.0), "1.0");
/// assert_eq!(python_float(0.00001), "1e-05");
/// assert_eq!(python_float(1e16), "1e+16");
/// ```
#[must_use]
pub fn python_float(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    // Rust's `{:?}` leaves positional notation at the same two bounds as Python: 1e-4 and 1e16.
    python_exponent(format!("{value:?}"))
}

/// `repr(value)` of a Python bool.
pub(super) const fn python_bool(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// Gives the exponent of `text`, if it has one, a sign and two digits: `1e-5` becomes `1e-05`.
pub(super) fn python_exponent(mut text: String) -> String {
    if let Some(exponent) = text.find('e').map(|e| e + 1) {
        if !text[exponent..].starts_with('-') {
            text.insert(exponent, '+');
        }
        if text.len() == exponent + 2 {
            text.insert(exponent + 1, '0');
        }
    }
    text
}
