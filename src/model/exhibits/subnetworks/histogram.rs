//! Subnetworks by their output: bars of one width, each the stack of the masks whose outputs lie in it.

use crate::model::exhibits::Bins;
use crate::model::proof::subnetworks::Subnetworks;

/// Bars, where not all outputs are one number.
const BARS: u32 = 40;

/// The masks in each bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// Where the bars stand.
    pub bins: Bins,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its masks, the likeliest first, each with the share of the bars below its upper edge.
    pub masks: Vec<(u32, f64)>,
}

impl Bar {
    /// What all of its masks are worth together.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.masks.last().map_or(0.0, |(_, top)| *top)
    }

    /// Its masks, each with the share at which it begins and ends.
    pub fn slices(&self) -> impl Iterator<Item = (usize, f64, f64)> + '_ {
        let below = std::iter::once(0.0).chain(self.masks.iter().map(|(_, top)| *top));
        let slices = below.zip(&self.masks);
        slices.map(|(bottom, (mask, top))| (*mask as usize, bottom, *top))
    }
}

impl Histogram {
    /// The histogram of outputs that are numbers; those that are not lie in no bar.
    #[must_use]
    pub fn of(subnetworks: &Subnetworks) -> Self {
        let mut histogram = Self::empty(&subnetworks.outputs);
        let shares: Vec<f64> = subnetworks.shares().collect();
        for (mask, output) in (0_u32..).zip(&subnetworks.outputs) {
            if let Some(bar) = histogram.bar(*output) {
                histogram.bars[bar]
                    .masks
                    .push((mask, shares[mask as usize]));
            }
        }
        for bar in &mut histogram.bars {
            bar.masks.sort_by(|a, b| b.1.total_cmp(&a.1));
            let mut top = 0.0;
            for (_, share) in &mut bar.masks {
                top += *share;
                *share = top;
            }
        }
        histogram
    }

    /// Bars from the least to the largest output.
    fn empty(outputs: &[f64]) -> Self {
        let finite = || outputs.iter().copied().filter(|y| y.is_finite());
        let from = finite().fold(f64::INFINITY, f64::min);
        let to = finite().fold(f64::NEG_INFINITY, f64::max);
        let bins = Bins::between(from, to, 1e-9, BARS);
        Self {
            bins,
            bars: vec![Bar::default(); bins.count as usize],
        }
    }

    /// The bar in which an output lies.
    #[must_use]
    pub fn bar(&self, output: f64) -> Option<usize> {
        self.bins.bar(output)
    }

    /// The edges of a bar.
    #[must_use]
    pub fn edges(&self, bar: usize) -> (f64, f64) {
        self.bins.edges(bar)
    }
}
