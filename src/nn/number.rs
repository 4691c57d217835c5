//! Numbers as text, as Python and C++ write them: the `p` in messages and in module prints. Not
//! tensors: see `notebook::print` for those.

/// `repr(x)` of a Python float: the shortest digits that read back to the same number.
///
/// ```
/// use dropout_nn::number::python;
/// assert_eq!([python(2.0), python(-1e-9), python(1e16)], ["2.0", "-1e-09", "1e+16"]);
/// ```
#[must_use]
pub fn python(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x != 0.0 && x.is_finite() && !(1e-4..1e16).contains(&x.abs()) {
        return with_signed_exponent(&format!("{x:e}"));
    }
    let text = format!("{x}");
    if x.is_finite() && !text.contains('.') {
        text + ".0"
    } else {
        text
    }
}

/// `%g`, C++'s default for a double: six significant digits, no trailing zeros.
///
/// ```
/// use dropout_nn::number::general;
/// assert_eq!([general(2.0), general(1.0000001), general(1e7)], ["2", "1", "1e+07"]);
/// ```
#[must_use]
pub fn general(x: f64) -> String {
    if !x.is_finite() || x == 0.0 {
        return format!("{x}").to_ascii_lowercase();
    }
    // The exponent counts after rounding: 999999.5 is 1e+06.
    let rounded = format!("{x:.5e}");
    let (digits, exponent) = split_exponent(&rounded);
    if (-4..6).contains(&exponent) {
        let decimals = usize::try_from(5 - exponent).unwrap_or(0);
        without_trailing_zeros(&format!("{x:.decimals$}")).to_owned()
    } else {
        with_signed_exponent(&format!("{}e{exponent}", without_trailing_zeros(digits)))
    }
}

/// Rust's `1.5e-5` as C and Python have it: `1.5e-05`, the exponent signed and at least two digits
/// long.
#[must_use]
pub fn with_signed_exponent(text: &str) -> String {
    let (digits, exponent) = split_exponent(text);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

fn split_exponent(text: &str) -> (&str, i32) {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (digits, exponent.parse().unwrap_or(0))
}

fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_writes_the_shortest_digits_that_read_back() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (1e-4, "0.0001"),
            (9.999_999_717_180_685e-10, "9.999999717180685e-10"),
            (123_456.0, "123456.0"),
            (1e15, "1000000000000000.0"),
            (-1e16, "-1e+16"),
            (1.5e300, "1.5e+300"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (-f64::NAN, "nan"),
        ] {
            assert_eq!(python(x), text);
        }
    }

    #[test]
    fn general_writes_six_significant_digits() {
        for (x, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.723_456_789, "1.72346"),
            (0.000_123_456_78, "0.000123457"),
            (0.000_012_345_678, "1.23457e-05"),
            (999_999.4, "999999"),
            (999_999.5, "1e+06"),
            (100.0, "100"),
            (-1e-9, "-1e-09"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(general(x), text);
        }
    }
}
