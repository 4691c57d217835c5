//! The sentences of the tensor exhibit.

use super::explain::Explanation;
use super::numbers::{number, plain, short};
use crate::lang::decimals;
use crate::model::exhibits::{Implementation, Panel, Preset, TensorTarget, TensorTrace};
use crate::nn::{DropoutStyle, Mode};

/// A dropout by the name that a sentence gives it.
#[must_use]
pub fn style(style: DropoutStyle) -> &'static str {
    match style {
        DropoutStyle::Module => "nn.Dropout",
        DropoutStyle::BernoulliFull => "bernoulli",
        DropoutStyle::RandGreater => "rand > p",
    }
}

/// The tensor as Python makes it.
#[must_use]
pub fn source(trace: &TensorTrace) -> String {
    match trace.settings.preset() {
        Some(Preset::Ones) => "torch.ones(5, 10)".to_owned(),
        Some(Preset::Arange) => "arange(60).reshape(3, 4, 5)".to_owned(),
        Some(Preset::Randn) => "torch.randn(4, 2, 10)".to_owned(),
        Some(Preset::Notebook) => t!("X of notebook 001").to_owned(),
        None => t!(
            "your tensor, shape {shape}",
            shape = format!("{:?}", trace.input.shape())
        ),
    }
}

/// Title and note of a heatmap.
#[must_use]
pub fn panel(trace: &TensorTrace, panel: Panel) -> (String, String) {
    let kept = |of: &Implementation| t!("{} of {} kept", of.kept(), trace.input.numel());
    let other = style(trace.other.style);
    match panel {
        Panel::Input => (t!("input").to_owned(), source(trace)),
        Panel::Mask => (t!("mask").to_owned(), kept(&trace.chosen)),
        Panel::Output => (
            t!("output").to_owned(),
            style(trace.chosen.style).to_owned(),
        ),
        Panel::Scaled => ("x × 1/(1 − p)".to_owned(), t!("nothing dropped").to_owned()),
        Panel::OtherMask => (t!("mask, {other}"), kept(&trace.other)),
        Panel::OtherOutput => (
            t!("output, {other}"),
            t!("{n} {n|coin differs|coins differ}", n = trace.differ()),
        ),
    }
}

/// What just happened.
#[must_use]
pub fn now(trace: &TensorTrace) -> String {
    let (n, p) = (trace.input.numel(), trace.settings.run().p);
    if n == 0 {
        return t!("The tensor is empty: there is nothing to drop.").to_owned();
    }
    if trace.settings.run().mode == Mode::Eval {
        let said = if n == 1 {
            t!(
                "Eval mode: no coin is tossed and nothing is scaled. The number goes in and comes out as it is."
            )
        } else {
            t!(
                "Eval mode: no coin is tossed and nothing is scaled. Every number goes in and comes out as it is."
            )
        };
        return said.to_owned();
    }
    let dropped = n - trace.chosen.kept();
    let tossed = if trace.chosen.coins.is_empty() {
        t!(
            "With p = {} there is no choice, and no coin is tossed",
            plain(p.p())
        )
    } else {
        t!("{n} {n|coin was|coins were} tossed, one for each number")
    };
    let scaled = if p.keep() == 0.0 {
        t!("Nothing is left to scale.").to_owned()
    } else {
        t!(
            "Kept numbers are multiplied by 1 / (1 − {}) = {}.",
            plain(p.p()),
            short(1.0 / p.keep())
        )
    };
    t!(
        "{tossed}: {dropped} of {n} dropped. {scaled}{}",
        beside(trace)
    )
}

/// The other implementation in a sentence.
fn beside(trace: &TensorTrace) -> String {
    t!(
        " From the same seed {} drops {}: {} decided otherwise.",
        style(trace.other.style),
        trace.input.numel() - trace.other.kept(),
        t!("{n} {n|coin|coins}", n = trace.differ())
    )
}

/// Why two implementations with the same seed toss other coins.
#[must_use]
pub fn why_other_coins(trace: &TensorTrace) -> String {
    let p = trace.settings.run().p;
    let hand = match trace.chosen.style {
        DropoutStyle::Module => trace.other.style,
        by_hand => by_hand,
    };
    let test = match hand {
        DropoutStyle::RandGreater => t!("above {}", short(p.p())),
        DropoutStyle::Module | DropoutStyle::BernoulliFull => t!("below {}", short(p.keep())),
    };
    t!(
        "Same law, other coins. nn.Dropout makes a coin of 53 bits, from two words of the generator, and keeps where it is below {}. {} makes it of 24 bits, from one word, and keeps where it is {test}. So they read the same seed at different paces.",
        short(p.keep()),
        style(hand)
    )
}

/// Where a number comes from.
#[must_use]
pub fn explain(trace: &TensorTrace, target: TensorTarget) -> Explanation {
    let index = target.index;
    let Some(&x) = trace.input.data().get(index) else {
        return Explanation::default();
    };
    let line = |label: &str, text: String| (label.to_owned(), text);
    let name = panel(trace, target.panel).0;
    let mut lines = vec![line(t!("input"), number(x))];
    let mut reason = None;
    match target.panel {
        Panel::Input => lines.push(line(t!("from"), source(trace))),
        Panel::Scaled => {
            lines.push(line(t!("scaled"), scaled(trace, index)));
            let same = t!(
                "No coin: every number is scaled. What dropout keeps comes out like this, but for a last bit."
            );
            reason = Some(same.to_owned());
        }
        Panel::Mask | Panel::Output => reason = through(trace, &trace.chosen, index, &mut lines),
        Panel::OtherMask | Panel::OtherOutput => {
            reason = through(trace, &trace.other, index, &mut lines);
        }
    }
    Explanation {
        title: super::capital(&format!("{name}{}", place(trace, target))),
        lines,
        reason,
    }
}

/// "[0, 3]"; a scalar has no index.
fn place(trace: &TensorTrace, target: TensorTarget) -> String {
    let place = target.place(trace.input.shape());
    if place.is_empty() {
        String::new()
    } else {
        format!("{place:?}")
    }
}

/// A number times 1 / (1 - p).
fn scaled(trace: &TensorTrace, index: usize) -> String {
    let Some(scaled) = &trace.scaled else {
        return t!("nothing: 1 / 0").to_owned();
    };
    let (x, y) = (trace.input.data()[index], scaled.data()[index]);
    let p = plain(trace.settings.run().p.p());
    format!("{} × (1 / (1 − {p})) = {}", number(x), number(y))
}

/// Coin, mask and product of a number, and why it is 0.
fn through(
    trace: &TensorTrace,
    of: &Implementation,
    index: usize,
    lines: &mut Vec<(String, String)>,
) -> Option<String> {
    let mut line = |label: &str, text: String| lines.push((label.to_owned(), text));
    let p = trace.settings.run().p;
    let (x, y) = (trace.input.data()[index], of.output.data()[index]);
    let kept = of.keeps(index);
    if trace.settings.run().mode == Mode::Eval {
        line(t!("output"), t!("{} stays", number(y)));
        return Some(t!("Eval mode: no coin is tossed.").to_owned());
    }
    if let Some(coin) = of.coins.get(index) {
        line(t!("coin"), t!("{coin:.4}, uniform in [0, 1)"));
        line(t!("kept if"), comparison(of.style, *coin, p.p(), kept));
    }
    line(
        t!("mask"),
        if kept {
            t!("1, kept")
        } else {
            t!("0, dropped")
        }
        .to_owned(),
    );
    let by_hand_at_1 = p.keep() == 0.0 && of.style != DropoutStyle::Module;
    let arithmetic = match (kept, by_hand_at_1) {
        (_, true) => format!("{} × 0 / (1 − 1) = {}", number(x), number(y)),
        (true, _) => format!("{} / (1 − {}) = {}", number(x), plain(p.p()), number(y)),
        (false, _) => format!("{} × 0 = {}", number(x), number(y)),
    };
    line(t!("output"), arithmetic);
    zero(x, y, kept, by_hand_at_1)
}

/// The comparison that decided.
fn comparison(style: DropoutStyle, coin: f64, p: f64, kept: bool) -> String {
    let (sign, threshold) = match (style, kept) {
        (DropoutStyle::RandGreater, true) => (">", p),
        (DropoutStyle::RandGreater, false) => ("≤", p),
        (_, true) => ("<", 1.0 - p),
        (_, false) => ("≥", 1.0 - p),
    };
    format!("{} {sign} {}", decimals(coin, 4), short(threshold))
}

/// Why a number is 0, −0 or not a number.
fn zero(x: f32, y: f32, kept: bool, by_hand_at_1: bool) -> Option<String> {
    let reason = if by_hand_at_1 {
        t!(
            "It is nan: 0 / 0. nn.Dropout has an exception for p = 1, and code written by hand does not."
        )
    } else if x.is_nan() {
        t!("It is nan because the input is.")
    } else if y.is_nan() {
        t!("It is nan: dropping multiplies by 0, and infinity times 0 is not a number.")
    } else if x == 0.0 {
        t!("It is 0 because the input is 0, kept or not.")
    } else if kept {
        return None;
    } else if x < 0.0 {
        t!(
            "It is −0: a negative number times 0 is −0, which PyTorch prints as -0.0000. It counts as 0."
        )
    } else {
        t!("It is 0 because the mask dropped it.")
    };
    Some(reason.to_owned())
}
