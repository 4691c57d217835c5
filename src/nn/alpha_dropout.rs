//! Alpha dropout, made for self-normalising networks: dropped units are set to the value that SELU
//! saturates at, and an affine map keeps mean 0 and variance 1.
use super::dropped::Dropped;
use super::feature_dropout::channel_noise;
use super::probability::rounded;
use super::sample::coins;
use super::{DropProbability, Error, Generator, Mode, Tensor};

/// -SELU(-infinity) = scale * alpha of the SELU.
pub const ALPHA: f64 = 1.758_099_340_847_376_6;

/// `F.alpha_dropout(input, p, training)`: a coin for every element.
///
/// y = a * (m * x + (m - 1) * alpha) + a * alpha * p with a = 1 / sqrt((1 + alpha^2 p) (1 - p)). In
/// evaluation, and for p = 0, y is x; for p = 1 it is x * 0.
///
/// # Source
/// Klambauer et al., *Self-normalizing neural networks*, 2017; `aten/src/ATen/native/Dropout.cpp`.
#[must_use]
pub fn alpha_dropout(g: &mut Generator, input: &Tensor, p: DropProbability, mode: Mode) -> Dropped {
    let mut mask = Tensor::zeros(input.shape());
    draw(g, p, mode, mask.data_mut());
    shifted(input, mask, p, mode)
}

/// `F.feature_alpha_dropout(input, p, training)`: a coin for every sample and channel.
///
/// # Errors
/// The input has fewer than two dimensions.
pub fn feature_alpha_dropout(
    g: &mut Generator,
    input: &Tensor,
    p: DropProbability,
    mode: Mode,
) -> Result<Dropped, Error> {
    let mask = channel_noise(input.shape(), true, |mask| draw(g, p, mode, mask))?;
    Ok(shifted(input, mask, p, mode))
}

fn acts(p: DropProbability, mode: Mode) -> bool {
    mode == Mode::Train && p.p() > 0.0
}

fn draw(g: &mut Generator, p: DropProbability, mode: Mode, mask: &mut [f32]) {
    if !acts(p, mode) {
        mask.fill(1.0);
    } else if p.keep() > 0.0 {
        coins(g, p.keep(), 1.0, mask);
    }
}

fn shifted(input: &Tensor, mask: Tensor, p: DropProbability, mode: Mode) -> Dropped {
    if !acts(p, mode) || p.keep() == 0.0 {
        return Dropped::multiply(input.clone(), mask);
    }
    let a = 1.0 / ((ALPHA * ALPHA * p.p() + 1.0) * p.keep()).sqrt();
    let (scale, slope, offset) = (rounded(a), rounded(ALPHA * a), rounded(ALPHA * a * p.p()));
    let shifts: Vec<f32> = mask
        .data()
        .iter()
        .map(|m| (m - 1.0) * slope + offset)
        .collect();
    let mut noise = mask;
    for noise in noise.data_mut() {
        *noise *= scale;
    }
    let mut dropped = Dropped::multiply(input.clone(), noise);
    for (y, shift) in dropped.output.data_mut().iter_mut().zip(shifts) {
        *y += shift;
    }
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(p: f64, mode: Mode, input: &[f32]) -> Vec<f32> {
        let input = Tensor::new(&[input.len()], input.to_vec()).unwrap();
        let p = DropProbability::new(p).unwrap();
        alpha_dropout(&mut Generator::new(4), &input, p, mode)
            .output
            .data()
            .to_vec()
    }

    #[test]
    fn without_a_choice_the_input_passes_or_vanishes() {
        let x = [1.0, -2.0, 0.5];
        assert_eq!(applied(0.0, Mode::Train, &x), x);
        assert_eq!(applied(0.7, Mode::Eval, &x), x);
        let gone = applied(1.0, Mode::Train, &x);
        assert_eq!(
            gone.iter().map(|y| y.to_bits()).collect::<Vec<_>>(),
            [0.0_f32, -0.0, 0.0].map(f32::to_bits)
        );
    }

    #[test]
    fn mean_and_variance_of_standard_normal_input_stay_within_five_sigma() {
        let mut x = vec![0.0; 100_000];
        crate::sample::randn(&mut Generator::new(9), &mut x);
        let y = applied(0.3, Mode::Train, &x);
        let n = 1e5;
        let mean = y.iter().map(|y| f64::from(*y)).sum::<f64>() / n;
        let fourth = |power| {
            y.iter()
                .map(|y| (f64::from(*y) - mean).powi(power))
                .sum::<f64>()
                / n
        };
        let variance = fourth(2);
        assert!(mean.abs() < 5.0 / n.sqrt(), "mean {mean}");
        let bound = 5.0 * ((fourth(4) - variance * variance) / n).sqrt();
        assert!(
            (variance - 1.0).abs() < bound,
            "variance {variance}, bound {bound}"
        );
    }
}
