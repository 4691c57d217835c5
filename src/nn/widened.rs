//! Factors as `f64`, in which the product of two `f32` is exact.
use super::fma::moderate;

/// Numbers that are a factor again and again, as a batch is from step to step: made `f64` once, until other ones come.
#[derive(Clone, Debug, Default)]
pub struct Widened {
    values: Vec<f32>,
    /// As many, and [`Self::PADDING`].
    doubles: Vec<f64>,
    is_moderate: bool,
}

impl Widened {
    /// How many zeros there are behind the numbers, so that some can be taken at once where fewer are left: the module
    /// `sparse` takes up to three too many.
    pub const PADDING: usize = 8;

    /// With room for so many numbers.
    #[must_use]
    pub fn up_to(count: usize) -> Self {
        Self {
            values: Vec::with_capacity(count),
            doubles: Vec::with_capacity(count + Self::PADDING),
            is_moderate: true,
        }
    }

    /// Holds these, bit by bit.
    pub fn hold(&mut self, values: &[f32]) {
        if same_bits(&self.values, values) {
            return;
        }
        self.values.clear();
        self.values.extend_from_slice(values);
        self.doubles.clear();
        let padding = [0.0; Self::PADDING];
        self.doubles
            .extend(values.iter().copied().map(f64::from).chain(padding));
        self.is_moderate = moderate(values);
    }

    /// The numbers, in order.
    #[must_use]
    pub fn doubles(&self) -> &[f64] {
        &self.doubles[..self.values.len()]
    }

    /// The numbers, and zeros.
    #[must_use]
    pub fn padded(&self) -> &[f64] {
        &self.doubles
    }

    /// Whether they are [`moderate`].
    #[must_use]
    pub fn is_moderate(&self) -> bool {
        self.is_moderate
    }
}

fn same_bits(a: &[f32], b: &[f32]) -> bool {
    // To the end, as whole vectors do it.
    let differs = |differs, (a, b): (&f32, &f32)| differs | a.to_bits() ^ b.to_bits();
    a.len() == b.len() && a.iter().zip(b).fold(0, differs) == 0
}

/// The numbers of a factor.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// As they are.
    pub data: &'a [f32],
    /// The same, if they are kept.
    pub widened: Option<&'a Widened>,
}

impl Values<'_> {
    /// Whether they are [`moderate`].
    #[must_use]
    pub fn are_moderate(&self) -> bool {
        self.widened
            .map_or_else(|| moderate(self.data), Widened::is_moderate)
    }
}

impl<'a> From<&'a [f32]> for Values<'a> {
    fn from(data: &'a [f32]) -> Self {
        Self {
            data,
            widened: None,
        }
    }
}

impl<'a> From<&'a Widened> for Values<'a> {
    fn from(widened: &'a Widened) -> Self {
        Self {
            data: &widened.values,
            widened: Some(widened),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bits_are_other_numbers() {
        let mut kept = Widened::up_to(2);
        for values in [[1.0, 0.0], [1.0, -0.0], [1.0, f32::NAN], [2.0, 3.0]] {
            for _ in 0..2 {
                kept.hold(&values);
                let bits = values.map(|x| f64::from(x).to_bits());
                assert!(
                    kept.doubles().iter().map(|x| x.to_bits()).eq(bits),
                    "{values:?}"
                );
                assert_eq!(kept.is_moderate(), moderate(&values), "{values:?}");
                assert_eq!(kept.padded().len(), 2 + Widened::PADDING);
            }
        }
        kept.hold(&[2.0]);
        assert_eq!(kept.doubles(), [2.0]);
        assert_eq!(kept.padded()[1..], [0.0; Widened::PADDING]);
    }
}
