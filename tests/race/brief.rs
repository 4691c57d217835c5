//! Enough for a lesson: a few seeds, half of the steps.

use super::report;
use dropout_lab::model::proof::race::{Plan, Preset};

#[test]
fn dropout_helps_and_the_training_loop_sees_more_loss_than_the_test() {
    let plan = Plan {
        steps: 1000,
        ..Preset::Helps.plan()
    };
    let report = report(plan, 6);
    assert!(
        report.better >= 5 && report.running_above_test >= 5,
        "{report:?}"
    );
}

#[test]
fn dropout_hurts() {
    let plan = Plan {
        steps: 500,
        ..Preset::Hurts.plan()
    };
    let report = report(plan, 4);
    assert!(report.worse >= 3, "{report:?}");
}
