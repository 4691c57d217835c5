//! A bet placed on a picture: a marker that is dragged along its axis, or moved by the arrow keys.

use yew::prelude::*;

use crate::draw::Rect;
use crate::draw::chart::Axis;

use super::field;

/// A marker: where it stands, and where it ought to have stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// The bet, if there is one yet.
    pub bet: Option<f64>,
    /// The answer, once it is there.
    pub answer: Option<f64>,
    /// Whether the bet has been placed, so that the marker stays where it is.
    pub fixed: bool,
    /// What can be bet.
    pub range: (f64, f64),
    /// Gets the bet.
    pub set: Callback<String>,
}

impl Marker {
    /// Whether the bet is still open, so that nothing may give the answer away.
    #[must_use]
    pub fn veils(&self) -> bool {
        !self.fixed
    }
}

/// A line of a picture along which a marker can be moved, and the plot that it crosses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    /// The numbers along it.
    pub axis: Axis,
    /// The plot, in CSS pixels of the picture.
    pub plot: Rect,
}

/// The slider that carries the marker, laid over the picture.
///
/// It is as wide as the part of the axis that can be bet on, so that its thumb stands where its number does.
pub fn marker(marker: &Marker, ruler: Ruler) -> Html {
    let Ruler { axis, plot } = ruler;
    let low = marker.range.0.max(axis.from.min(axis.to));
    let high = marker.range.1.min(axis.from.max(axis.to));
    if low >= high {
        return Html::default();
    }
    let bet = marker
        .bet
        .unwrap_or(f64::midpoint(low, high))
        .clamp(low, high);
    let (left, right) = (axis.at(low), axis.at(high));
    // The thumb is THUMB wide and stays inside of its track, so the track is as much wider than the axis.
    let track = format!(
        "left: {}px; width: {}px; top: {}px; height: {}px",
        left - THUMB / 2.0,
        right - left + THUMB,
        plot.y,
        plot.h
    );
    let oninput = marker.set.reform(|event: InputEvent| field::typed(&event));
    let step = ((high - low) / 1000.0).to_string();
    let text = format!("{bet:.3}").replace('-', "−");
    html! {
        <>
            <input id="marker" class={classes!("marker", marker.bet.is_none().then_some("unset"))} type="range" style={track}
                min={low.to_string()} max={high.to_string()} {step} value={bet.to_string()} {oninput}
                disabled={marker.fixed} aria-label="Your bet, on the axis of the picture" aria-valuetext={text} />
            if let Some(answer) = marker.answer.filter(|answer| (low..=high).contains(answer)) {
                <span class="marker-answer" style={format!("left: {}px; top: {}px; height: {}px", axis.at(answer), plot.y, plot.h)} />
            }
        </>
    }
}

/// Width of the thumb, as the style sheet has it, in CSS pixels.
const THUMB: f64 = 28.0;
