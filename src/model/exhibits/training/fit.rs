//! What two networks have learned so far, beside what there is to learn.

use crate::model::proof::race::{Plan, Run, Task};
use crate::nn::Tensor;

/// What two networks have learned, the first without dropout, beside what there is to learn.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// Of one input: the outputs along it.
    Curve {
        /// Training samples.
        train: Vec<(f32, f32)>,
        /// Inputs along the axis.
        x: Vec<f32>,
        /// What is right there.
        law: Vec<f32>,
        /// What the networks say.
        outputs: [Vec<f32>; 2],
        /// The standard deviation of the second's outputs over all masks: MC dropout's.
        spread: Vec<f32>,
    },
    /// Of many inputs: by how much the output rises with each.
    Slopes {
        /// What is right.
        law: Vec<f64>,
        /// What the networks make of it.
        slopes: [Vec<f64>; 2],
        /// Targets and outputs.
        answers: [Answers; 2],
    },
}

/// A network's outputs against their targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// Of training samples.
    pub train: Vec<(f32, f32)>,
    /// Of test samples.
    pub test: Vec<(f32, f32)>,
}

/// Inputs along the axis of a [`Fit::Curve`].
const GRID: u16 = 150;
/// Inputs that the samples come from; the axis goes on beyond them.
pub const SAMPLED: std::ops::RangeInclusive<f32> = -2.0..=2.0;

impl Fit {
    pub(super) fn of(plan: &Plan, runs: [&Run; 2]) -> Self {
        let train = &runs[0].data().train;
        match plan.task {
            Task::Sine => {
                let x: Vec<f32> = (0..=GRID)
                    .map(|k| 6.0 * f32::from(k) / f32::from(GRID) - 3.0)
                    .collect();
                let mut input = Tensor::zeros(&[x.len(), 1]);
                input.data_mut().copy_from_slice(&x);
                let samples = train.input.data().iter().zip(train.target.data());
                Self::Curve {
                    train: samples.map(|(x, y)| (*x, *y)).collect(),
                    law: x.iter().map(|x| plan.task.law(&[*x])).collect(),
                    outputs: runs.map(|run| run.outputs(&input)),
                    spread: runs[1].spread(&input),
                    x,
                }
            }
            Task::ThreeOfTwenty | Task::Noise => {
                let inputs = plan.task.in_features();
                Self::Slopes {
                    law: (0..inputs).map(|input| slope(plan.task, input)).collect(),
                    slopes: runs.map(Run::slopes),
                    answers: runs.map(Answers::of),
                }
            }
        }
    }
}

impl Answers {
    fn of(run: &Run) -> Self {
        let data = run.data();
        let [train, test] = [&data.train, &data.test].map(|samples| {
            let outputs = run.outputs(&samples.input);
            samples.target.data().iter().copied().zip(outputs).collect()
        });
        Self { train, test }
    }
}

/// The law's slope along an input; the laws of many inputs are linear.
fn slope(task: Task, input: usize) -> f64 {
    let mut x = vec![0.0; task.in_features()];
    x[input] = 1.0;
    f64::from(task.law(&x))
}
