//! Lesson 9.

use dropout_lab::lessons::live;
use dropout_lab::model::exhibits::VariantsTrace;

/// A layer from `seed`, with `rest` in its link.
fn variant(layer: &str, seed: u64, rest: &str) -> VariantsTrace {
    live::variant(&format!(
        "?v=1&view=variants&layer={layer}&seed={seed}{rest}"
    ))
}

/// Which numbers of a row of the outermost two dimensions are kept.
fn mask(trace: &VariantsTrace, outer: usize, inner: usize) -> Vec<bool> {
    let shape = trace.output.shape();
    let row = (outer * shape[1] + inner) * shape[2];
    (row..row + shape[2])
        .map(|index| trace.keeps(index))
        .collect()
}

fn outputs(trace: &VariantsTrace) -> Vec<f32> {
    trace.linear.clone().unwrap().data().to_vec()
}

#[test]
fn locked_dropout_tosses_a_coin_for_each_feature_of_each_sample() {
    assert_eq!(variant("dropout", 36, "").coins, 60);
    let mut differ = 0;
    for seed in 0..200 {
        let trace = variant("locked", seed, "");
        assert_eq!((trace.coins, trace.output.shape()), (12, &[5, 3, 4][..]));
        for sample in 0..3 {
            assert!((1..5).all(|step| mask(&trace, step, sample) == mask(&trace, 0, sample)));
        }
        differ += u32::from(mask(&trace, 0, 0) != mask(&trace, 0, 1));
    }
    // Two samples have the same four coins one time in 16.
    assert!((170..200).contains(&differ), "{differ} of 200");
}

#[test]
fn with_the_batch_first_samples_share_a_mask_and_steps_do_not() {
    let mut differ = 0;
    for seed in 0..200 {
        let trace = variant("locked", seed, "&batch_first=on");
        assert_eq!((trace.coins, trace.output.shape()), (20, &[3, 5, 4][..]));
        for step in 0..5 {
            assert!((1..3).all(|sample| mask(&trace, sample, step) == mask(&trace, 0, step)));
        }
        differ += u32::from((1..5).any(|step| mask(&trace, 0, step) != mask(&trace, 0, 0)));
    }
    // Five steps have the same four coins one time in 65,536.
    assert!(differ >= 199, "{differ} of 200");
}

#[test]
fn a_kept_row_of_ones_gives_3_over_7_tenths_plus_1_and_4_on_average() {
    let (mut sum, mut rows) = (0.0, 0.0);
    for seed in 0..2000 {
        let trace = variant("variational", seed, "&p=0.3");
        for (row, output) in outputs(&trace).iter().enumerate() {
            let kept = (0..3).map(|input| trace.keeps(3 * row + input));
            let expected = if kept.clone().all(|kept| kept) {
                3.0 / 0.7 + 1.0
            } else {
                assert!(kept.clone().all(|kept| !kept), "seed {seed}: half a row");
                1.0
            };
            assert!((output - expected).abs() < 1e-5, "seed {seed}: {output}");
            sum += f64::from(*output);
            rows += 1.0;
        }
    }
    let five_errors = 5.0 * (3.0 / 0.7) * (0.3_f64 * 0.7 / rows).sqrt();
    assert!((sum / rows - 4.0).abs() < five_errors, "{}", sum / rows);
    assert_eq!(outputs(&variant("variational", 36, "&p=0")), [4.0, 4.0]);
}

#[test]
fn dropconnect_cuts_single_connections_where_dropout_takes_whole_inputs() {
    let differ = |seed| {
        let trace = variant("dropconnect", seed, "&p=0.3");
        (0..3).any(|input| trace.keeps(input) != trace.keeps(3 + input))
    };
    let differ = (0..1000).filter(|seed| differ(*seed)).count();
    // The two coins of an input agree with probability 0.58, of all three inputs with 0.195.
    assert!((740..=870).contains(&differ), "{differ} of 1000");
}

#[test]
fn dropconnect_tosses_as_many_coins_as_there_are_weights() {
    for (inputs, outputs) in [(3, 2), (8, 1), (5, 7)] {
        let trace = variant("dropconnect", 36, &format!("&in={inputs}&out={outputs}"));
        assert_eq!(trace.coins, inputs * outputs);
        let rows = variant("variational", 36, &format!("&in={inputs}&out={outputs}"));
        assert_eq!(rows.coins, outputs);
    }
}

#[test]
fn variational_weight_drop_goes_on_after_eval() {
    for seed in 0..200 {
        let train = variant("variational", seed, "&p=0.3");
        let eval = variant("variational", seed, "&p=0.3&mode=eval");
        assert_eq!(train.output, eval.output, "seed {seed}");
        assert_ne!(eval.output, eval.input, "seed {seed}");
    }
}

#[test]
fn dropconnect_stops_after_eval() {
    for seed in 0..200 {
        let eval = variant("dropconnect", seed, "&p=0.3&mode=eval");
        assert_eq!(eval.output, eval.input);
        assert_eq!(outputs(&eval), [4.0, 4.0]);
    }
}
