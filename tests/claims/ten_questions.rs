//! The ten questions at the end.

use dropout_lab::lessons::live;
use dropout_lab::model::{Stage, Trace, Verdict};
use dropout_lab::words;

/// The mean of what `count` says of each link, over seeds 0 to 199.
fn mean(link: &str, count: impl Fn(&str) -> usize) -> f64 {
    let counts = (0..200).map(|seed| count(&format!("{link}&seed={seed}")));
    f64::from(u32::try_from(counts.sum::<usize>()).unwrap()) / 200.0
}

fn zeros(values: &[f32]) -> usize {
    values.iter().filter(|value| **value == 0.0).count()
}

#[test]
fn a_tenth_of_the_coins_is_0_at_p_one_tenth() {
    let zeros = mean("?v=1&view=coin&p=0.1", |link| {
        zeros(&live::coins(link).draws)
    });
    // 200 seeds of 100 coins: a standard deviation of 0.21.
    assert!((zeros - 10.0).abs() < 1.0, "{zeros}");
}

#[test]
fn exactly_fifty_of_a_hundred_is_rare() {
    let link = "?v=1&view=coin&draws=1000&group=100";
    let chance = live::coins(link).binomial[50];
    assert!((1.0 / 13.0..1.0 / 12.0).contains(&chance), "{chance}");
    let exactly = mean(link, |link| live::coins(link).counts[50] as usize);
    // 0.8 expected of ten; the mean of 200 has a standard deviation of 0.06.
    assert!((exactly - 10.0 * chance).abs() < 0.25, "{exactly}");
}

#[test]
fn at_p_one_tenth_no_draw_of_the_sum_is_55() {
    let link = "?v=1&view=expectation&through=sum&draws=100&p=0.1";
    for kept in 0..=55_u8 {
        assert!((f64::from(kept) / 0.9 - 55.0).abs() > 0.1);
    }
    assert_eq!(
        mean(link, |link| live::draws(link).equal_eval as usize),
        0.0
    );
    assert_eq!(live::draws(link).law.chance(55.0), Some(0.0));
    // Nothing falls in 35 of 100, and then the sum is 61.1.
    assert!((0.9_f64.powi(10) - 0.35).abs() < 0.005);
    assert!((live::draws(link).law.largest - 61.1).abs() < 0.02);
    // The average stays.
    assert!((live::draws(link).law.mean - 55.0).abs() < 1e-9);
}

#[test]
fn in_train_mode_four_fifths_are_dropped_at_p_eight_tenths() {
    let dropped = mean("?v=1&p=0.8", |link| {
        zeros(live::network(link).pass.mask.data())
    });
    // 200 masks of 40 coins: a standard deviation of 0.18.
    assert!((dropped - 32.0).abs() < 1.0, "{dropped}");
    let in_eval = mean("?v=1&p=0.8&mode=eval", |link| {
        zeros(live::network(link).pass.mask.data())
    });
    assert_eq!(in_eval, 0.0);
}

#[test]
fn in_eval_mode_the_factor_is_one() {
    for seed in 0..200 {
        let eval = live::network(&format!("?v=1&p=0.8&seed={seed}&mode=eval"));
        assert_eq!(eval.pass.dropped, eval.pass.hidden);
        let train = live::network(&format!("?v=1&p=0.8&seed={seed}")).pass;
        let kept = train.mask.data().iter().zip(train.noise.data());
        assert!(
            kept.into_iter()
                .all(|(mask, noise)| (noise - 5.0 * mask).abs() < 1e-5)
        );
    }
}

#[test]
fn eight_samples_mostly_have_eight_masks() {
    let all_differ = mean("?v=1&batch=8", |link| {
        let mask = live::network(link).pass.mask;
        let different = |a: usize| (0..a).all(|b| mask.row(a) != mask.row(b));
        usize::from((0..8).all(different))
    });
    assert!(all_differ > 0.9, "{all_differ}");
}

#[test]
fn in_eval_mode_relu_alone_makes_about_half_zeros() {
    let of = |link: &str| mean(link, |link| zeros(live::network(link).pass.dropped.data()));
    let (eval, train) = (of("?v=1&mode=eval"), of("?v=1"));
    assert!((eval - 20.0).abs() < 1.5, "{eval}");
    assert!((train - 30.0).abs() < 1.5, "{train}");
    let trace: Trace = live::network("?v=1&mode=eval");
    assert_eq!(zeros(trace.pass.mask.data()), 0);
    assert!(words::now(&trace, Stage::Mask, 0).contains("every unit is kept"));
}

#[test]
fn momentum_moves_what_had_a_gradient_before_and_nothing_else() {
    let (mut moved, mut stayed) = (0, 0);
    for seed in 0..100 {
        let at = |step: u32| live::network(&format!("?v=1&seed={seed}&momentum=0.9&step={step}"));
        let (steps, now) = ([at(0), at(1)], at(2));
        for (unit, lane) in now.lanes.iter().enumerate() {
            let had_none = steps.iter().all(|trace| trace.without_gradient(unit));
            match lane.verdict {
                Verdict::MovedWithoutGradient(_) => {
                    assert!(!had_none, "seed {seed} unit {unit}");
                    moved += 1;
                }
                Verdict::NoUpdate(_) => {
                    assert!(had_none, "seed {seed} unit {unit}");
                    stayed += 1;
                }
                _ => {}
            }
        }
    }
    assert!(moved > 50 && stayed > 0, "{moved} {stayed}");
}

#[test]
fn f_dropout_without_training_goes_on_dropping_half() {
    let link = "?v=1&view=variants&layer=functional&mode=eval";
    let dropped = |link: &str| zeros(live::variant(link).output.data());
    let off = mean(link, dropped) - 30.0;
    // 200 passes of 60 coins: a standard deviation of 0.27.
    assert!(off.abs() < 1.2, "{off}");
    assert_eq!(mean(&format!("{link}&obeys_eval=on"), dropped), 0.0);
}

#[test]
fn variational_weight_drop_goes_on_in_eval_mode() {
    let link = "?v=1&view=variants&layer=variational&mode=eval&out=8";
    let dropped = |link: &str| {
        let trace = live::variant(link);
        trace.coins - trace.coins_kept()
    };
    let off = mean(link, dropped) - 4.0;
    // 200 passes of 8 coins: a standard deviation of 0.1.
    assert!(off.abs() < 0.5, "{off}");
    assert_eq!(mean(&format!("{link}&obeys_eval=on"), dropped), 0.0);
    // Two calls in eval mode that differ betray it, unless their coins happen to agree.
    let twice = |link: &str| {
        let again = live::variant(&format!("{link}&again=1"));
        usize::from(again.output != live::variant(link).output)
    };
    assert!(mean(link, twice) > 0.9);
}
