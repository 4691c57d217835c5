//! Dropout of single elements: masks, noise, and the layer on a whole tensor. What drops several
//! elements by one coin is in the sibling files.
use super::dropped::{Dropped, multiply};
use super::probability::rounded;
use super::sample::{coins, coins24};
use super::{DropProbability, Error, Generator, Mode, Tensor};

/// Whose dropout: PyTorch's module, or one of the two that the notebooks write by hand. They differ
/// in which uniforms make the coins, and so in their masks for the same seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DropoutStyle {
    /// `nn.Dropout(p)`: 53-bit uniforms; nothing is drawn for p = 0 and p = 1.
    #[default]
    Module,
    /// `x * (torch.bernoulli(torch.full_like(x, 1 - p)) / (1 - p))`: 24-bit uniforms; NaN where p
    /// is 1.
    BernoulliFull,
    /// `x * (torch.rand(x.shape) > p).float() / (1 - p)`: 24-bit uniforms; NaN where p is 1.
    RandGreater,
}

impl DropoutStyle {
    /// Fills `mask` with 1 for kept and 0 for dropped; in evaluation everything is kept and nothing
    /// drawn.
    pub fn draw_mask(self, g: &mut Generator, p: DropProbability, mode: Mode, mask: &mut [f32]) {
        match (mode, self) {
            (Mode::Eval, _) => mask.fill(1.0),
            (Mode::Train, Self::Module) if p.p() == 0.0 => mask.fill(1.0),
            (Mode::Train, Self::Module) if p.keep() == 0.0 => mask.fill(0.0),
            (Mode::Train, Self::Module) => coins(g, p.keep(), 1.0, mask),
            (Mode::Train, Self::BernoulliFull) => coins24(g, rounded(p.keep()), mask),
            (Mode::Train, Self::RandGreater) => {
                let p = rounded(p.p());
                mask.fill_with(|| f32::from(g.u24() > p));
            }
        }
    }

    /// What the mask is divided by: 1 - p, also where it is 0, but for the module, which multiplies
    /// by zeros instead.
    #[must_use]
    pub fn divisor(self, p: DropProbability, mode: Mode) -> f32 {
        match (mode, self) {
            (Mode::Eval, _) => 1.0,
            (Mode::Train, Self::Module) if p.keep() == 0.0 => 1.0,
            (Mode::Train, _) => rounded(p.keep()),
        }
    }
}

/// Fills `noise` with mask / (1 - p), what a dropout of this style multiplies its input by.
///
/// ```
/// use dropout_nn::{DropProbability, DropoutStyle, Generator, Mode, dropout::draw_noise};
/// let mut noise = [0.0; 4];
/// let p = DropProbability::new(0.5)?;
/// draw_noise(&mut Generator::new(42), p, Mode::Train, DropoutStyle::Module, &mut noise);
/// assert_eq!(noise, [2.0, 2.0, 2.0, 2.0]);
/// # Ok::<(), dropout_nn::Error>(())
/// ```
pub fn draw_noise(
    g: &mut Generator,
    p: DropProbability,
    mode: Mode,
    style: DropoutStyle,
    noise: &mut [f32],
) {
    let divisor = style.divisor(p, mode);
    if mode == Mode::Train && style == DropoutStyle::Module && p.tosses() {
        return coins(g, p.keep(), 1.0 / divisor, noise);
    }
    style.draw_mask(g, p, mode, noise);
    for noise in noise {
        *noise /= divisor;
    }
}

/// `F.dropout(input, p, training)`.
///
/// y = x * m / (1 - p) with m = 1 with probability 1 - p, else 0, drawn anew for every element. In
/// evaluation, and for p = 0, y is x and nothing is drawn; for p = 1 it is x * 0, and nothing is
/// drawn either.
///
/// # Source
/// Srivastava et al., *Dropout*, 2014; `aten/src/ATen/native/Dropout.cpp`.
#[must_use]
pub fn dropout(g: &mut Generator, input: &Tensor, p: DropProbability, mode: Mode) -> Dropped {
    let mut output = input.clone();
    let noise = dropout_in_place(g, &mut output, p, mode);
    Dropped { output, noise }
}

/// `F.dropout(input, p, training, inplace=True)`: the same numbers, written into `input`. Returns
/// the noise.
pub fn dropout_in_place(
    g: &mut Generator,
    input: &mut Tensor,
    p: DropProbability,
    mode: Mode,
) -> Tensor {
    let mut noise = Tensor::zeros(input.shape());
    draw_noise(g, p, mode, DropoutStyle::Module, noise.data_mut());
    multiply(input.data_mut(), noise.data());
    noise
}

/// Training mode's noise and output into slices made before, all of one length, block by block while the
/// numbers are near.
pub fn dropout_into(
    g: &mut Generator,
    p: DropProbability,
    input: &[f32],
    noise: &mut [f32],
    output: &mut [f32],
) {
    const BLOCK: usize = 4096;
    let blocks = input.chunks(BLOCK).zip(noise.chunks_mut(BLOCK));
    for ((input, noise), output) in blocks.zip(output.chunks_mut(BLOCK)) {
        draw_noise(g, p, Mode::Train, DropoutStyle::Module, noise);
        for ((y, x), noise) in output.iter_mut().zip(input).zip(noise) {
            *y = x * *noise;
        }
    }
}

/// `F.dropout` of an integer tensor: passes or vanishes where nothing has to be scaled, and is
/// refused elsewhere, once the coins are drawn.
///
/// # Errors
/// Training with p between 0 and 1.
pub fn dropout_integers(
    g: &mut Generator,
    input: &[i64],
    p: DropProbability,
    mode: Mode,
) -> Result<Vec<i64>, Error> {
    if mode == Mode::Eval || p.p() == 0.0 {
        return Ok(input.to_vec());
    }
    if p.keep() == 0.0 {
        return Ok(vec![0; input.len()]);
    }
    coins(g, p.keep(), 1.0, &mut vec![0.0; input.len()]);
    Err(Error::IntegerDropout)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: [DropoutStyle; 3] = [
        DropoutStyle::Module,
        DropoutStyle::BernoulliFull,
        DropoutStyle::RandGreater,
    ];

    fn p(p: f64) -> DropProbability {
        DropProbability::new(p).unwrap()
    }

    fn noise(p_value: f64, mode: Mode, style: DropoutStyle) -> ([f32; 50], bool) {
        let mut g = Generator::new(5);
        let mut noise = [9.0; 50];
        draw_noise(&mut g, p(p_value), mode, style, &mut noise);
        let drew = g.word() != Generator::new(5).word();
        (noise, drew)
    }

    fn bits(values: &[f32]) -> Vec<u32> {
        values.iter().map(|x| x.to_bits()).collect()
    }

    #[test]
    fn evaluation_keeps_everything_and_draws_nothing() {
        for style in STYLES {
            for p in [0.0, 0.3, 1.0] {
                assert_eq!(noise(p, Mode::Eval, style), ([1.0; 50], false));
            }
        }
    }

    #[test]
    fn the_module_draws_nothing_where_p_leaves_no_choice() {
        assert_eq!(
            noise(0.0, Mode::Train, DropoutStyle::Module),
            ([1.0; 50], false)
        );
        assert_eq!(
            noise(1.0, Mode::Train, DropoutStyle::Module),
            ([0.0; 50], false)
        );
    }

    #[test]
    fn dropout_by_hand_divides_zero_by_zero_where_p_is_1() {
        for style in [DropoutStyle::BernoulliFull, DropoutStyle::RandGreater] {
            let (noise_at_1, drew) = noise(1.0, Mode::Train, style);
            assert!(noise_at_1.iter().all(|x| x.is_nan()) && drew);
            assert_eq!(noise(0.0, Mode::Train, style), ([1.0; 50], true));
        }
    }

    #[test]
    fn rand_greater_drops_a_uniform_of_zero_even_where_p_is_0() {
        // The first uniform of this seed is 0, and 0 > 0 is false.
        let mut mask = [9.0; 3];
        let mut g = Generator::new(5_528_393);
        DropoutStyle::RandGreater.draw_mask(&mut g, p(0.0), Mode::Train, &mut mask);
        assert_eq!(mask, [0.0, 1.0, 1.0]);
    }

    #[test]
    fn eval_mode_returns_input_unchanged() {
        let x = Tensor::new(
            &[4],
            vec![-0.0, f32::INFINITY, f32::MIN_POSITIVE / 2.0, -3.0],
        )
        .unwrap();
        for (p_value, mode) in [(0.5, Mode::Eval), (0.0, Mode::Train)] {
            let y = dropout(&mut Generator::new(1), &x, p(p_value), mode).output;
            assert_eq!(bits(y.data()), bits(x.data()));
        }
    }

    #[test]
    fn dropping_multiplies_by_zero_so_signs_stay_and_infinities_become_nan() {
        let x = Tensor::new(
            &[5],
            vec![-2.0, 2.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN],
        )
        .unwrap();
        let y = dropout(&mut Generator::new(1), &x, p(1.0), Mode::Train).output;
        assert_eq!(bits(&y.data()[..2]), bits(&[-0.0, 0.0]));
        assert!(y.data()[2..].iter().all(|y| y.is_nan()));
    }

    #[test]
    fn an_empty_tensor_stays_empty_and_draws_nothing() {
        for path in [crate::BernoulliPath::Mt19937, crate::BernoulliPath::Mcg31] {
            let mut g = Generator::new(3).with_bernoulli_path(path);
            let empty = Tensor::zeros(&[2, 0, 4]);
            assert_eq!(dropout(&mut g, &empty, p(0.5), Mode::Train).output, empty);
            assert_eq!(g.word(), Generator::new(3).word());
        }
    }

    #[test]
    fn slices_made_before_get_the_same_numbers() {
        let x = Tensor::full(&[9001], 1.5);
        let expected = dropout(&mut Generator::new(8), &x, p(0.4), Mode::Train);
        let (mut noise, mut output) = (vec![9.0; 9001], vec![9.0; 9001]);
        let mut g = Generator::new(8);
        dropout_into(&mut g, p(0.4), x.data(), &mut noise, &mut output);
        assert_eq!(
            (&*output, &*noise),
            (expected.output.data(), expected.noise.data())
        );
        assert_eq!(g.drawn(), 18_002);
    }

    #[test]
    fn in_place_writes_the_same_numbers() {
        let mut x = Tensor::full(&[3, 7], 1.5);
        let expected = dropout(&mut Generator::new(8), &x, p(0.4), Mode::Train);
        let noise = dropout_in_place(&mut Generator::new(8), &mut x, p(0.4), Mode::Train);
        assert_eq!((x, noise), (expected.output, expected.noise));
    }
}
