//! What two networks have learned so far, beside what there is to learn.

use std::ops::RangeInclusive;

use super::Sampled;
use crate::model::proof::race::{Data, Plan, Run, Samples, Task, is_found};
use crate::nn::{Pass, Tensor};

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
        /// The same from some masks, where they were asked for.
        sampled: Option<Sampled>,
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
    /// Of two inputs and two classes: the probability of class 1 all over the plane.
    Surface(Box<Surface>),
}

/// What two networks make of the plane, the first without dropout.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// First inputs of the grid.
    pub x: Vec<f32>,
    /// Second inputs of the grid.
    pub y: Vec<f32>,
    /// The logit of the probability of class 1 at each of its points, row by row.
    pub logits: [Vec<f32>; 2],
    /// Training samples, and whether they are of class 1.
    pub train: Vec<([f32; 2], bool)>,
    /// Test samples whose class is not found.
    pub wrong: [Vec<[f32; 2]>; 2],
    /// Test samples in all.
    pub tested: usize,
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
                let passes = runs.map(|run| run.evaluated(&input));
                let samples = train.input.data().iter().zip(train.target.data());
                Self::Curve {
                    train: samples.map(|(x, y)| (*x, *y)).collect(),
                    law: x.iter().map(|x| plan.task.law(&[*x])).collect(),
                    spread: runs[1].spread(&passes[1]),
                    outputs: passes.map(|pass| pass.output.data().to_vec()),
                    sampled: None,
                    x,
                }
            }
            Task::Moons => Self::Surface(Box::new(Surface::of(runs))),
            Task::ThreeOfTwenty | Task::Noise => {
                let inputs = plan.task.in_features();
                let both = runs.map(|run| (run, run.evaluated(&run.data().test.input)));
                Self::Slopes {
                    law: (0..inputs).map(|input| slope(plan.task, input)).collect(),
                    slopes: both.each_ref().map(|(run, tested)| run.slopes(tested)),
                    answers: both.map(|(run, tested)| Answers::of(run, &tested)),
                }
            }
        }
    }
}

/// Points of the grid along each input.
const CELLS: [u8; 2] = [48, 36];
/// Inputs that it spans.
pub const PLANE: [RangeInclusive<f32>; 2] = [-2.0..=3.0, -1.75..=2.25];

impl Surface {
    fn of(runs: [&Run; 2]) -> Self {
        let along = |k: usize| -> Vec<f32> {
            let (from, to, cells) = (PLANE[k].start(), PLANE[k].end(), CELLS[k]);
            let middle = |cell: u8| (f32::from(cell) + 0.5) / f32::from(cells);
            let place = |cell| from + (to - from) * middle(cell);
            (0..cells).map(place).collect()
        };
        let (x, y) = (along(0), along(1));
        let Data { train, test, .. } = runs[0].data();
        let place = |row: &[f32]| [row[0], row[1]];
        let classes = train.target.data().iter().map(|class| *class > 0.5);
        let wrong = |run: &Run| {
            let pass = run.evaluated(&test.input);
            let said = pass.output.data().iter().zip(test.target.data());
            let rows = test.input.data().chunks_exact(2).zip(said);
            let wrong = rows.filter(|(_, (logit, target))| !is_found(**logit, **target));
            wrong.map(|(row, _)| place(row)).collect()
        };
        Self {
            logits: runs.map(|run| run.surface(&x, &y)),
            train: train
                .input
                .data()
                .chunks_exact(2)
                .map(place)
                .zip(classes)
                .collect(),
            wrong: runs.map(wrong),
            tested: test.target.numel(),
            x,
            y,
        }
    }
}

impl Answers {
    fn of(run: &Run, tested: &Pass) -> Self {
        let Data { train, test, .. } = run.data();
        let answers = |samples: &Samples, pass: &Pass| {
            let outputs = pass.output.data().iter().copied();
            samples.target.data().iter().copied().zip(outputs).collect()
        };
        Self {
            train: answers(train, &run.evaluated(&train.input)),
            test: answers(test, tested),
        }
    }
}

/// The law's slope along an input; the laws of many inputs are linear.
fn slope(task: Task, input: usize) -> f64 {
    let mut x = vec![0.0; task.in_features()];
    x[input] = 1.0;
    f64::from(task.law(&x))
}
