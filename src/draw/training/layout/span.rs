//! From where to where an axis goes.

use crate::draw::chart;
use crate::model::exhibits::training::{Scale, Settings};

/// Smallest loss that has a place of its own.
const SMALLEST: f64 = 1e-6;

/// The numbers of an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) logarithmic: bool,
}

impl Span {
    pub(super) fn linear(from: f64, to: f64) -> Self {
        Self {
            from,
            to: if to > from { to } else { from + 1.0 },
            logarithmic: false,
        }
    }

    /// Room for losses; what lies above `cap` times the first of them is drawn at the edge.
    pub(super) fn losses(
        settings: &Settings,
        first: f64,
        losses: impl Iterator<Item = f64>,
    ) -> Self {
        const CAP: f64 = 10.0;
        let cap = if first.is_finite() && first > 0.0 {
            CAP * first
        } else {
            CAP
        };
        let finite = losses.filter(|loss| loss.is_finite());
        let (low, high) = finite.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), loss| {
            (low.min(loss.max(SMALLEST)), high.max(loss.min(cap)))
        });
        match settings.scale() {
            Scale::Log if low < high => Self {
                from: low / 1.15,
                to: high * 1.3,
                logarithmic: true,
            },
            Scale::Log => Self {
                from: 0.1,
                to: 10.0,
                logarithmic: true,
            },
            Scale::Linear => Self::linear(0.0, chart::headroom(high)),
        }
    }
}
