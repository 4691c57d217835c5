//! Lesson 3.

use dropout_lab::lessons::live;

#[test]
fn in_eval_mode_p_changes_no_output() {
    for seed in 0..100 {
        let at = |p: &str| {
            live::network(&format!("?v=1&mode=eval&seed={seed}&p={p}"))
                .pass
                .output
        };
        let usual = at("0.5");
        for p in ["0", "0.2", "0.99", "1"] {
            assert_eq!(at(p), usual, "seed {seed}, p = {p}");
        }
        let outputs = usual.data();
        assert!(outputs.iter().any(|y| *y != outputs[0]), "seed {seed}");
    }
}

#[test]
fn at_p_one_in_train_mode_every_output_is_the_bias_of_fc2() {
    for seed in 0..200 {
        let trace = live::network(&format!("?v=1&seed={seed}&p=1"));
        let bias = trace.before.fc2.bias.data()[0];
        assert_ne!(bias, 0.0);
        assert!(
            trace.pass.output.data().iter().all(|y| *y == bias),
            "seed {seed}"
        );
    }
    // The four outputs that the lesson shows in eval mode are four numbers.
    let eval = live::network("?v=1&p=1&mode=eval").pass.output;
    let mut outputs: Vec<u32> = eval.data().iter().map(|y| y.to_bits()).collect();
    outputs.sort_unstable();
    outputs.dedup();
    assert_eq!(outputs.len(), 4);
}

#[test]
fn in_eval_mode_only_relu_keeps_a_row_from_its_gradient() {
    let (mut in_train, mut in_eval) = (0, 0);
    for seed in 0..200 {
        let train = live::network(&format!("?v=1&seed={seed}"));
        let eval = live::network(&format!("?v=1&seed={seed}&mode=eval"));
        for unit in 0..10 {
            let on = (0..4).any(|sample| eval.active(sample, unit));
            assert_eq!(!eval.without_gradient(unit), on, "seed {seed}, unit {unit}");
            assert!(
                on || train.without_gradient(unit),
                "seed {seed}, unit {unit}"
            );
            in_train += u32::from(!train.without_gradient(unit));
            in_eval += u32::from(on);
        }
    }
    assert!(in_eval > in_train, "{in_eval}, {in_train}");
}

#[test]
fn functional_dropout_drops_in_eval_mode_unless_it_is_told() {
    let zeros = |layer: &str, seed: u32| {
        let link = format!("?v=1&view=variants{layer}&mode=eval&seed={seed}");
        let output = live::variant(&link).output;
        output.data().iter().filter(|y| **y == 0.0).count()
    };
    let mut dropped = 0;
    for seed in 0..200 {
        assert_eq!(zeros("", seed), 0, "nn.Dropout, seed {seed}");
        assert_eq!(
            zeros("&layer=functional&obeys_eval=on", seed),
            0,
            "seed {seed}"
        );
        dropped += zeros("&layer=functional", seed);
    }
    // 12,000 coins; five standard deviations are 274.
    assert!(dropped.abs_diff(6000) < 274, "{dropped} of 12000");
}
