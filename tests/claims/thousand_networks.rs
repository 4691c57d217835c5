//! Lesson 7.

use dropout_lab::lessons::live;
use dropout_lab::model::Trace;
use dropout_lab::model::proof::subnetworks::{Ensemble, Placement, Subnetworks};

/// Untrained networks of many seeds, with several p, and trained ones.
fn networks() -> impl Iterator<Item = Trace> {
    (0..40).flat_map(|seed| {
        [("0.5", 0), ("0.2", 0), ("0.8", 40)].map(|(p, step)| {
            let trace = live::network(&format!("?v=1&p={p}&seed={seed}&mode=eval&step={step}"));
            assert!(trace.pass.loss.is_finite());
            trace
        })
    })
}

fn of(trace: &Trace, sample: usize, placement: Placement) -> Subnetworks {
    let ensemble = Ensemble::of(trace, placement).unwrap();
    ensemble.subnetworks(trace.input.row(sample))
}

fn each_sample(mut see: impl FnMut(&Trace, usize)) {
    for trace in networks() {
        (0..trace.batch()).for_each(|sample| see(&trace, sample));
    }
}

#[test]
fn a_sample_has_as_many_outputs_as_masks_of_the_units_that_are_on() {
    let (mut numbers, mut fewer) = (Vec::new(), 0);
    each_sample(|trace, sample| {
        let mut outputs = of(trace, sample, Placement::AfterRelu).outputs;
        assert_eq!(outputs.len(), 1024);
        outputs.sort_by(f64::total_cmp);
        outputs.dedup();
        let on = (0..10).filter(|&unit| trace.active(sample, unit)).count();
        // Two masks of units that are on may happen to add up to the same.
        assert!(outputs.len() <= 1 << on);
        fewer += usize::from(outputs.len() < 1 << on);
        numbers.push(on);
    });
    assert!(fewer <= numbers.len() / 100, "{fewer}");
    // Another sample has other units on.
    assert!(numbers.iter().any(|on| *on < 4) && numbers.iter().any(|on| *on > 6));
}

#[test]
fn eval_mode_is_the_average_of_all_networks() {
    each_sample(|trace, sample| {
        let average = of(trace, sample, Placement::AfterRelu).mean();
        let eval = f64::from(trace.pass.output.at(sample, 0));
        // What float32 rounds away.
        assert!((average - eval).abs() < 1e-6 * eval.abs().max(1.0));
    });
}

#[test]
fn behind_a_relu_eval_mode_never_gives_more_than_the_average() {
    let (mut less, mut equal) = (0, 0);
    each_sample(|trace, sample| {
        let straight = of(trace, sample, Placement::AfterRelu).outputs;
        let bent = of(trace, sample, Placement::ReluOnOutput);
        let has = |sign: f64| straight.iter().any(|output| sign * output > 1e-6);
        let both_sides = has(1.0) && has(-1.0);
        assert!(bent.difference() > -1e-12);
        assert_eq!(bent.difference() > 1e-12, both_sides, "{bent:?}");
        *(if both_sides { &mut less } else { &mut equal }) += 1;
    });
    assert!(less > 50 && equal > 0, "{less} {equal}");
}

#[test]
fn before_or_after_relu_is_the_same_under_every_mask() {
    each_sample(|trace, sample| {
        let [before, after] = [Placement::BeforeRelu, Placement::AfterRelu];
        assert_eq!(of(trace, sample, before), of(trace, sample, after));
    });
}

#[test]
fn before_a_sigmoid_a_dropped_unit_hands_on_one_half() {
    each_sample(|trace, sample| {
        let none_kept = of(trace, sample, Placement::BeforeSigmoid).outputs[0];
        let fc2 = &trace.before.fc2;
        let halves = fc2.weight.data().iter().map(|w| 0.5 * f64::from(*w));
        let expected = halves.sum::<f64>() + f64::from(fc2.bias.data()[0]);
        assert!((none_kept - expected).abs() < 1e-12);
        let after = of(trace, sample, Placement::AfterSigmoid).outputs[0];
        assert_eq!(after, f64::from(fc2.bias.data()[0]));
    });
}

#[test]
fn before_or_after_a_sigmoid_is_not_the_same() {
    let (mut apart, mut samples) = (0, 0);
    each_sample(|trace, sample| {
        let before = of(trace, sample, Placement::BeforeSigmoid);
        let after = of(trace, sample, Placement::AfterSigmoid);
        assert!(before.eval == after.eval && after.difference().abs() < 1e-12);
        assert_ne!(before.outputs, after.outputs);
        apart += usize::from(before.difference().abs() > 1e-5);
        samples += 1;
    });
    assert!(apart > samples * 9 / 10, "{apart} of {samples}");
}

#[test]
fn the_average_loss_over_masks_is_the_eval_loss_and_a_penalty() {
    for trace in networks() {
        let ensemble = Ensemble::of(&trace, Placement::AfterRelu).unwrap();
        let identity = ensemble.identity(&trace.input, &trace.target);
        let off = f64::from(trace.pass.loss) - identity.eval;
        assert!(off.abs() < 1e-5 * identity.eval.max(1.0), "{off}");
        let penalty = identity.penalty().unwrap();
        assert!(penalty > 0.0 && identity.train > identity.eval);
        assert!((identity.train - identity.eval - penalty).abs() < 1e-12 * identity.train);
        // The last number in the sentence: every unit's (w2 × h)², averaged over samples.
        let squares = |sample| {
            let added =
                |unit| trace.before.fc2.weight.at(0, unit) * trace.pass.hidden.at(sample, unit);
            (0..10)
                .map(|unit| f64::from(added(unit)).powi(2))
                .sum::<f64>()
        };
        let mean = (0..4).map(squares).sum::<f64>() / 4.0;
        assert!((mean - penalty / identity.factor).abs() < 1e-5 * mean);
    }
}
