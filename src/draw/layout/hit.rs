//! Which number stands at a point of the picture.

use super::Layout;
use crate::model::Target;

impl Layout {
    /// The number at a point; numbers of the network are those of `sample`.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64, sample: usize) -> Option<Target> {
        self.hit_network(x, y, sample)
            .or_else(|| self.hit_lane(x, y))
            .or_else(|| self.hit_outputs(x, y))
    }

    fn hit_network(&self, x: f64, y: f64, sample: usize) -> Option<Target> {
        let distance = |center: (f64, f64)| (x - center.0).hypot(y - center.1);
        let reach = self.node_radius().max(8.0);
        if distance(self.output_node()) <= reach {
            return Some(Target::Output { sample });
        }
        let inputs = (0..self.inputs).map(|input| Target::Input { sample, input });
        let units = (0..self.units).map(|unit| Target::Unit { sample, unit });
        inputs
            .chain(units)
            .map(|target| (target, distance(self.rect(target).center())))
            .filter(|(_, distance)| *distance <= reach)
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(target, _)| target)
    }

    fn hit_lane(&self, x: f64, y: f64) -> Option<Target> {
        let unit = (0..self.units).find(|&unit| self.band(unit).contains(x, y))?;
        let parameter = |k: usize| {
            if k < self.inputs {
                Target::Weight { unit, input: k }
            } else {
                Target::Bias { unit }
            }
        };
        let verdict = || (x >= self.verdict).then_some(Target::Verdict { unit });
        if self.stacked() && y > self.lane_top(unit) + self.cell_height {
            let moved = self
                .grad
                .hit(x)
                .or(self.bias_grad.hit(x).map(|_| self.inputs));
            return moved.map(parameter).or_else(verdict);
        }
        self.mask
            .hit(x)
            .map(|sample| Target::Mask { sample, unit })
            .or_else(|| {
                (self.mask.end()..self.grad.x)
                    .contains(&x)
                    .then_some(Target::Kept { unit })
            })
            .or_else(|| {
                self.grad
                    .hit(x)
                    .map(|input| Target::WeightGrad { unit, input })
            })
            .or_else(|| self.bias_grad.hit(x).map(|_| Target::BiasGrad { unit }))
            .or_else(|| self.fc2.hit(x).map(|_| Target::Fc2Grad { unit }))
            .or_else(|| {
                [self.before, self.moves, self.after]
                    .iter()
                    .find_map(|cells| cells.hit(x))
                    .map(parameter)
            })
            .or_else(|| (!self.stacked()).then(verdict).flatten())
    }

    fn hit_outputs(&self, x: f64, y: f64) -> Option<Target> {
        let sample = self.mask.hit(x)?;
        [Target::Output { sample }, Target::Loss { sample }]
            .into_iter()
            .find(|&target| self.rect(target).contains(x, y))
    }
}
