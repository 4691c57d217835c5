//! The third notebook's `WeightDrop`: dropout of weights instead of units.
use super::dropout::{draw_noise, dropout};
use super::dropped::{Dropped, shared_noise};
use super::{DropProbability, DropoutStyle, Generator, Mode, Tensor};

/// Which weights share a coin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeightDrop {
    /// None: DropConnect. Stops in evaluation.
    DropConnect,
    /// All of a row, which is one output unit; its bias stays. Goes on in evaluation, as the
    /// notebook has it: its call says `training=True`.
    Variational,
}

impl WeightDrop {
    /// The weight that the wrapped layer uses in this pass.
    ///
    /// # Shapes
    /// `weight` `[out, in]`.
    ///
    /// # Source
    /// Wan et al., *Regularization of neural networks using DropConnect*, 2013; Merity et al.,
    /// *Regularizing and optimizing LSTM language models*, 2017 (AWD-LSTM), `weight_drop.py`.
    #[must_use]
    pub fn apply(
        self,
        g: &mut Generator,
        weight: &Tensor,
        p: DropProbability,
        mode: Mode,
    ) -> Dropped {
        if self == Self::DropConnect {
            return dropout(g, weight, p, mode);
        }
        let rows = weight.shape().first().copied().unwrap_or(1);
        let row_size: usize = weight.shape().iter().skip(1).product();
        let noise = shared_noise(
            weight.shape(),
            rows,
            |i| i / row_size,
            |noise| {
                draw_noise(g, p, Mode::Train, DropoutStyle::Module, noise);
            },
        );
        Dropped::multiply(weight.clone(), noise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(wrapper: WeightDrop, p: f64, mode: Mode) -> Tensor {
        let weight = Tensor::full(&[8, 5], -1.0);
        let p = DropProbability::new(p).unwrap();
        wrapper
            .apply(&mut Generator::new(1), &weight, p, mode)
            .output
    }

    #[test]
    fn the_variational_mask_drops_whole_rows_also_in_evaluation() {
        for mode in [Mode::Train, Mode::Eval] {
            let weight = run(WeightDrop::Variational, 0.5, mode);
            let rows: Vec<_> = weight.data().chunks(5).collect();
            assert!(rows.iter().all(|row| row.iter().all(|w| *w == row[0])));
            assert!(rows.iter().any(|r| r[0] == 0.0) && rows.iter().any(|r| r[0] == -2.0));
        }
    }

    #[test]
    fn drop_connect_drops_entries_and_stops_in_evaluation() {
        let weight = run(WeightDrop::DropConnect, 0.5, Mode::Train);
        assert!(weight.row(0) != weight.row(1));
        let unchanged = run(WeightDrop::DropConnect, 0.5, Mode::Eval);
        assert_eq!(unchanged, Tensor::full(&[8, 5], -1.0));
    }

    #[test]
    fn p_0_keeps_and_p_1_drops_every_weight() {
        for wrapper in [WeightDrop::DropConnect, WeightDrop::Variational] {
            assert_eq!(run(wrapper, 0.0, Mode::Train), Tensor::full(&[8, 5], -1.0));
            let gone = run(wrapper, 1.0, Mode::Train);
            assert!(
                gone.data()
                    .iter()
                    .all(|w| w.to_bits() == (-0.0_f32).to_bits())
            );
        }
    }
}
