//! Lesson 0.

use dropout_lab::lessons::live;

#[test]
fn again_gives_other_outputs_in_train_mode() {
    for seed in 0..200 {
        let first = live::network(&format!("?v=1&seed={seed}"));
        let second = live::network(&format!("?v=1&seed={seed}&again=0:1"));
        assert_eq!(first.input, second.input);
        assert_eq!(first.before, second.before);
        assert_ne!(first.pass.mask, second.pass.mask, "seed {seed}");
        assert_ne!(first.pass.output, second.pass.output, "seed {seed}");
    }
}

#[test]
fn eval_mode_hands_every_number_on() {
    for seed in 0..200 {
        let link = format!("?v=1&seed={seed}&mode=eval");
        let (first, again) = (live::network(&link), live::network(&(link + "&again=0:3")));
        assert_eq!(first.pass.dropped, first.pass.hidden);
        assert_eq!(first.pass.output, again.pass.output, "seed {seed}");
    }
}

#[test]
fn a_kept_one_becomes_five_at_p_eight_tenths() {
    for seed in 0..200 {
        let trace = live::tensor(&format!("?v=1&view=tensor&p=0.8&seed={seed}"));
        for value in trace.chosen.output.data() {
            assert!(*value == 0.0 || *value == 5.0, "seed {seed}: {value}");
        }
    }
}

#[test]
fn a_thousand_runs_average_near_the_eval_output() {
    for seed in 0..100 {
        let link = format!("?v=1&view=expectation&through=net&draws=1000&seed={seed}");
        let trace = live::draws(&link);
        let five_errors = 5.0 * trace.law.sd / 1000_f64.sqrt();
        let off = (trace.mean - f64::from(trace.eval)).abs();
        assert!(off < five_errors, "seed {seed}: {off} of {five_errors}");
    }
}
