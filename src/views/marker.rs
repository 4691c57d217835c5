//! A bet placed on a picture: a marker that is dragged along its axis, or moved by the arrow keys.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::draw::picture::Ruler;
use crate::words;

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

/// Properties of a [`MarkerView`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The marker.
    pub marker: Marker,
    /// Where it can be moved.
    pub ruler: Ruler,
}

/// The slider that carries the marker, laid over the picture.
///
/// It is as wide as the part of the axis that can be bet on, so that its thumb stands where its number does.
#[component]
pub fn MarkerView(props: &Props) -> Html {
    let Props { marker, ruler } = props;
    let Ruler { axis, plot } = *ruler;
    let low = marker.range.0.max(axis.from.min(axis.to));
    let high = marker.range.1.min(axis.from.max(axis.to));
    // Until it is moved it stands at the edge: anywhere else it would be a hint.
    let bet = marker.bet.map_or(high, |bet| bet.max(low).min(high));
    let input = use_node_ref();
    {
        let input = input.clone();
        // A range clamps its value to the bounds it has, so it gets the value once it has the bounds.
        use_effect(move || {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.set_value(&bet.to_string());
            }
        });
    }
    if low >= high {
        return Html::default();
    }
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
    let text = words::short(bet);
    html! {
        <>
            <input ref={input} id="marker" class={classes!("marker", marker.bet.is_none().then_some("unset"))} type="range" style={track}
                min={low.to_string()} max={high.to_string()} step={((high - low) / 1000.0).to_string()} {oninput}
                disabled={marker.fixed} aria-label={t!("Your bet, on the axis of the picture")} aria-valuetext={text} />
            if let Some(answer) = marker.answer.filter(|answer| (low..=high).contains(answer)) {
                <span class="marker-answer" style={format!("left: {}px; top: {}px; height: {}px", axis.at(answer), plot.y, plot.h)} />
            }
        </>
    }
}

/// Width of the thumb, as the style sheet has it, in CSS pixels.
const THUMB: f64 = 28.0;
