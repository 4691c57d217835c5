//! Numbers and lists of units as the screen writes them: a true minus sign, units that count from 1.

/// A number with four decimals and a true minus sign; one that would print as 0 but is not, with its exponent.
#[must_use]
pub fn number(value: f32) -> String {
    // The float32 nearest to 5e-5 lies below it, and would print as 0. Zero is printed without a sign.
    let small = value != 0.0 && value.abs() <= 5e-5;
    let text = if small {
        format!("{value:.1e}")
    } else {
        format!("{:.4}", value + 0.0)
    };
    text.replace('-', "−")
}

/// A Python float on the screen, in its shortest form.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = if value != 0.0 && value.abs() < 1e-4 {
        format!("{value:e}")
    } else {
        value.to_string()
    };
    text.replace('-', "−")
}

/// Two numbers with as many decimals as it takes to tell them apart, the second as short as can be.
pub(super) fn told_apart(a: f64, b: f64) -> (String, String) {
    let print = |x: f64, decimals: usize| format!("{x:.decimals$}");
    let decimals = (4..17).find(|&n| print(a, n) != print(b, n)).unwrap_or(17);
    let b = print(b, decimals);
    let b = b.trim_end_matches('0').trim_end_matches('.');
    (print(a, decimals), b.to_owned())
}

/// "1 unit", "2 units".
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// "the only sample", "all 4 samples".
pub(super) fn all_samples(batch: usize) -> String {
    match batch {
        1 => "the only sample".to_owned(),
        _ => format!("all {batch} samples"),
    }
}

/// Most names that a list spells out.
const LONGEST_LIST: usize = 8;

/// "unit 1", "units 1 and 4", "units 1, 4 and 7", "units 1, 2, … and 30 more"; units count from 1 on the screen.
#[must_use]
pub fn units(indices: &[usize]) -> String {
    let names: Vec<String> = indices.iter().map(|unit| (unit + 1).to_string()).collect();
    match names.as_slice() {
        [] => "no unit".to_owned(),
        [one] => format!("unit {one}"),
        [first @ .., last] if names.len() <= LONGEST_LIST => {
            format!("units {} and {last}", first.join(", "))
        }
        _ => {
            let more = names.len() - LONGEST_LIST;
            format!("units {} and {more} more", names[..LONGEST_LIST].join(", "))
        }
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// At most four decimals, none that are not needed: 1 - 0.3 is 0.7 on the screen.
#[must_use]
pub fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.replace('-', "−")
}

/// A probability that may be very small.
pub(super) fn scientific(value: f64) -> String {
    if value == 0.0 || value >= 1e-3 {
        short(value)
    } else {
        format!("{value:.1e}").replace('-', "−")
    }
}

/// A count as a sentence begins with it: small ones as words.
pub(super) fn in_words(n: usize) -> String {
    let small = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    small
        .get(n)
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}
