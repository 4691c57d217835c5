//! Numbers and lists of units as the screen writes them: a true minus sign, the decimal sign of the language, units
//! that count from 1. Scripts, PyTorch's print, files and links have their own.

use crate::lang::localized;

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
    localized(&text)
}

/// A Python float on the screen, in its shortest form.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = if value != 0.0 && value.abs() < 1e-4 {
        format!("{value:e}")
    } else {
        value.to_string()
    };
    localized(&text)
}

/// Two numbers with as many decimals as it takes to tell them apart, the second as short as can be.
pub(super) fn told_apart(a: f64, b: f64) -> (String, String) {
    let print = |x: f64, decimals: usize| format!("{x:.decimals$}");
    let decimals = (4..17).find(|&n| print(a, n) != print(b, n)).unwrap_or(17);
    let b = print(b, decimals);
    let b = b.trim_end_matches('0').trim_end_matches('.');
    (localized(&print(a, decimals)), localized(b))
}

/// "the only sample", "all 4 samples".
pub(super) fn all_samples(batch: usize) -> String {
    match batch {
        1 => t!("the only sample").to_owned(),
        _ => t!("all {batch} samples"),
    }
}

/// Most names that a list spells out.
const LONGEST_LIST: usize = 8;

/// "unit 1", "units 1 and 4", "units 1, 4 and 7", "units 1, 2, … and 30 more"; units count from 1 on the screen.
#[must_use]
pub fn units(indices: &[usize]) -> String {
    let names: Vec<String> = indices.iter().map(|unit| (unit + 1).to_string()).collect();
    match names.as_slice() {
        [] => t!("no unit").to_owned(),
        [one] => t!("unit {one}"),
        [first @ .., last] if names.len() <= LONGEST_LIST => {
            t!("units {some} and {last}", some = first.join(t!(", ")))
        }
        _ => {
            let more = names.len() - LONGEST_LIST;
            let some = names[..LONGEST_LIST].join(t!(", "));
            t!("units {some} and {more} more")
        }
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(upper);
    first.into_iter().chain(chars).collect()
}

/// The capital of a letter of the catalogues' languages, all of which are in Latin-1: Unicode's table of capitals is
/// larger than this file.
fn upper(letter: char) -> char {
    match (u8::try_from(letter), letter) {
        (Ok(code), 'a'..='z' | 'à'..='ö' | 'ø'..='þ') => char::from(code - 0x20),
        _ => letter,
    }
}

/// At most four decimals, none that are not needed: 1 - 0.3 is 0.7 on the screen.
#[must_use]
pub fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    localized(text.trim_end_matches('0').trim_end_matches('.'))
}

/// A probability that may be very small.
pub(super) fn scientific(value: f64) -> String {
    if value == 0.0 || value >= 1e-3 {
        short(value)
    } else {
        localized(&format!("{value:.1e}"))
    }
}

/// A count as a sentence begins with it: small ones as words.
pub(super) fn in_words(n: usize) -> String {
    let small = [
        t!("no"),
        t!("one"),
        t!("two"),
        t!("three"),
        t!("four"),
        t!("five"),
        t!("six"),
        t!("seven"),
        t!("eight"),
        t!("nine"),
        t!("ten"),
    ];
    small
        .get(n)
        .map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::capital;

    #[test]
    fn a_sentence_begins_with_a_capital_in_every_language() {
        let texts = [
            "unit 3",
            "Unit 3",
            "única",
            "öffnen",
            "3 units",
            "÷",
            "第 3 个",
            "",
        ];
        let begun = [
            "Unit 3",
            "Unit 3",
            "Única",
            "Öffnen",
            "3 units",
            "÷",
            "第 3 个",
            "",
        ];
        assert_eq!(texts.map(capital), begun);
    }
}
