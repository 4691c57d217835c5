//! A picture that this crate has written as SVG, as a part of the page: the only markup that is not written in `html!`.
//!
//! Every text in it went through the writer of [`draw`](crate::draw), which escapes it, or is none of anybody else's
//! (`tests/safe.rs` tries both), and the page's policy would not let a script in it run.

use yew::prelude::*;

/// The SVG document `svg`, without what comes before its element.
pub fn drawn(svg: &str) -> Html {
    let element = svg.find("<svg").and_then(|start| svg.get(start..));
    element.map_or_else(Html::default, |element| {
        Html::from_html_unchecked(element.to_owned().into())
    })
}
