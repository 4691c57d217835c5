//! The focus moves from number to number by arrow keys: right along a lane, down to the next lane.
//! Below the outputs it goes round to the inputs of the same sample, so that every number can be reached.

use crate::model::{Target, Trace};

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
}

/// The number that comes after `from` in a direction; at an edge, `from` itself.
#[must_use]
pub fn neighbour(trace: &Trace, from: Target, direction: Direction) -> Target {
    match direction {
        Direction::Left => along(trace, from, -1),
        Direction::Right => along(trace, from, 1),
        Direction::Up => across(trace, from, -1),
        Direction::Down => across(trace, from, 1),
    }
}

/// Every number of the lane of `unit`, left to right, for the sample looked at.
fn lane(trace: &Trace, unit: usize, sample: usize) -> Vec<Target> {
    let inputs = 0..trace.in_features();
    let mut lane = vec![Target::Unit { sample, unit }];
    lane.extend((0..trace.batch()).map(|sample| Target::Mask { sample, unit }));
    lane.push(Target::Kept { unit });
    lane.extend(
        inputs
            .clone()
            .map(|input| Target::WeightGrad { unit, input }),
    );
    lane.extend([Target::BiasGrad { unit }, Target::Fc2Grad { unit }]);
    lane.extend(inputs.map(|input| Target::Weight { unit, input }));
    lane.extend([Target::Bias { unit }, Target::Verdict { unit }]);
    lane
}

fn shifted(k: usize, by: isize, count: usize) -> usize {
    k.saturating_add_signed(by).min(count.saturating_sub(1))
}

fn along(trace: &Trace, from: Target, by: isize) -> Target {
    let batch = trace.batch();
    match from {
        Target::Input { sample, .. } if by > 0 => Target::Unit { sample, unit: 0 },
        Target::Input { .. } => from,
        Target::Unit { sample, .. } if by < 0 => Target::Input { sample, input: 0 },
        Target::Output { sample } => Target::Output {
            sample: shifted(sample, by, batch),
        },
        Target::Loss { sample } => Target::Loss {
            sample: shifted(sample, by, batch),
        },
        _ => {
            let lane = lane(trace, from.unit().unwrap_or(0), from.sample().unwrap_or(0));
            let here = lane.iter().position(|&target| target == from).unwrap_or(0);
            lane.get(shifted(here, by, lane.len()))
                .copied()
                .unwrap_or(from)
        }
    }
}

fn across(trace: &Trace, from: Target, by: isize) -> Target {
    let last = trace.hidden_features().saturating_sub(1);
    match from {
        Target::Input { sample, input: 0 } if by < 0 => Target::Loss { sample },
        Target::Loss { sample } if by > 0 => Target::Input { sample, input: 0 },
        Target::Input { sample, input } => Target::Input {
            sample,
            input: shifted(input, by, trace.in_features()),
        },
        Target::Mask { sample, unit } if unit == last && by > 0 => Target::Output { sample },
        Target::Output { sample } if by < 0 => Target::Mask { sample, unit: last },
        Target::Output { sample } => Target::Loss { sample },
        Target::Loss { sample } => Target::Output { sample },
        _ => {
            let unit = from.unit().unwrap_or(0);
            from.with_unit(shifted(unit, by, last + 1))
        }
    }
}
