//! Arrow keys lead from every number of a step to every other, and back the way they came.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::{HashMap, HashSet};

use common::{Dice, targets, trace_of};
use dropout_lab::app::navigate::{Direction, neighbour};
use dropout_lab::model::{Target, Trace};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const DIRECTIONS: [Direction; 4] = [
    Direction::Left,
    Direction::Right,
    Direction::Up,
    Direction::Down,
];

/// Steps of many sizes, the smallest and lopsided ones among them.
fn traces() -> Vec<Trace> {
    let mut dice = Dice::new(41);
    let mut sizes = vec![
        (1, 1, 1),
        (1, 1, 9),
        (9, 1, 1),
        (1, 9, 1),
        (2, 2, 2),
        (4, 5, 10),
    ];
    sizes.extend((0..12).map(|_| (1 + dice.below(7), 1 + dice.below(7), 1 + dice.below(9))));
    let query =
        |(batch, inputs, hidden)| format!("batch={batch}&in={inputs}&hidden={hidden}&sample=1");
    sizes
        .into_iter()
        .map(|size| trace_of(&query(size)))
        .collect()
}

/// Where the arrow keys lead from `start`, by the ways in `next`.
fn reached(start: Target, next: &HashMap<Target, Vec<Target>>) -> HashSet<Target> {
    let (mut seen, mut open) = (HashSet::from([start]), vec![start]);
    while let Some(target) = open.pop() {
        for &target in next.get(&target).into_iter().flatten() {
            if seen.insert(target) {
                open.push(target);
            }
        }
    }
    seen
}

#[test]
fn no_key_leads_outside_the_step() {
    for trace in traces() {
        let all: HashSet<Target> = targets(&trace).into_iter().collect();
        for &from in &all {
            for direction in DIRECTIONS {
                let to = neighbour(&trace, from, direction);
                assert!(all.contains(&to), "{from:?} {direction:?} {to:?}");
            }
        }
    }
}

#[test]
fn every_number_can_be_reached_from_every_other() {
    for trace in traces() {
        let all = targets(&trace);
        let (mut ways, mut back): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) =
            (HashMap::new(), HashMap::new());
        for &from in &all {
            for to in DIRECTIONS.map(|direction| neighbour(&trace, from, direction)) {
                ways.entry(from).or_default().push(to);
                back.entry(to).or_default().push(from);
            }
        }
        // From one to all, and from all to that one.
        for ways in [ways, back] {
            let seen = reached(all[0], &ways);
            let missing = all.iter().find(|target| !seen.contains(target));
            assert_eq!(
                missing,
                None,
                "{} x {} x {}",
                trace.batch(),
                trace.in_features(),
                trace.hidden_features()
            );
        }
    }
}

fn is_node(target: Target) -> bool {
    matches!(target, Target::Input { .. } | Target::Unit { .. })
}

#[test]
fn opposite_keys_lead_back() {
    for trace in traces() {
        for from in targets(&trace) {
            for (there, back) in [
                (Direction::Left, Direction::Right),
                (Direction::Right, Direction::Left),
                (Direction::Up, Direction::Down),
                (Direction::Down, Direction::Up),
            ] {
                let to = neighbour(&trace, from, there);
                // The network's columns are of different heights: its way across is not its way back.
                let across = matches!(there, Direction::Left | Direction::Right)
                    && (is_node(from) || is_node(to));
                if to != from && !across {
                    assert_eq!(
                        neighbour(&trace, to, back),
                        from,
                        "{from:?} {there:?} {to:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn keys_walk_a_lane_from_left_to_right() {
    let trace = trace_of("batch=2&in=2&hidden=3");
    let unit = 1;
    let mut at = Target::Input {
        sample: 0,
        input: 0,
    };
    let mut walked = vec![at];
    for _ in 0..20 {
        at = neighbour(&trace, at, Direction::Right);
        if let Target::Unit { sample, .. } = at {
            at = Target::Unit { sample, unit };
        }
        walked.push(at);
    }
    walked.dedup();
    assert_eq!(
        walked,
        [
            Target::Input {
                sample: 0,
                input: 0
            },
            Target::Unit { sample: 0, unit },
            Target::Mask { sample: 0, unit },
            Target::Mask { sample: 1, unit },
            Target::Kept { unit },
            Target::WeightGrad { unit, input: 0 },
            Target::WeightGrad { unit, input: 1 },
            Target::BiasGrad { unit },
            Target::Fc2Grad { unit },
            Target::Weight { unit, input: 0 },
            Target::Weight { unit, input: 1 },
            Target::Bias { unit },
            Target::Verdict { unit },
        ]
    );
}
