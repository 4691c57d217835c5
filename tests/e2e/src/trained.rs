//! Training on the page and the same training here, and the frames that the page painted meanwhile.

use anyhow::Result;
use dropout_lab::app::exhibit::Page as ExhibitState;
use dropout_lab::app::training::{Msg, Pace, State};
use dropout_lab::model::exhibits::training::Settings;
use dropout_lab::words;

use serde::Deserialize;

use crate::Page;

/// The same training, here.
///
/// # Panics
/// When the link is wrong, or the training does not end.
#[must_use]
pub fn trained(query: &str) -> State {
    let page = ExhibitState::<Settings>::open(query);
    assert_eq!(page.notices(), [""; 0]);
    let mut state = State::new(page.settings().clone());
    state.update(Msg::Go(Pace::Full));
    state.update(Msg::Advance(u32::MAX));
    state.update(Msg::Tick(1.0));
    assert!(state.progress().done);
    state
}

/// Trains on the page until nothing is left to do.
///
/// # Errors
/// When it does not end.
pub async fn to_the_end(page: &Page) -> Result<()> {
    page.click(".transport .full").await?;
    page.wait_until(DONE).await
}

/// Whether nothing is left to do.
pub const DONE: &str = "document.querySelector('.transport .full').ariaDisabled === 'true'";

/// What the page says came out, as this machine computes it.
///
/// # Errors
/// When it says something else.
///
/// # Panics
/// When nothing came out here.
pub async fn says(page: &Page, state: &State) -> Result<()> {
    let said = words::training::outcome(state.live()).join(" ");
    assert!(!said.is_empty());
    let text = format!("document.querySelector('.measured').textContent === {said:?}");
    page.wait_until(&text).await
}

#[derive(Deserialize)]
struct Recorded {
    seconds: f64,
    frames: Vec<f64>,
}

/// How long the page took for something, and its frames meanwhile.
pub struct Frames {
    /// From the start to the end.
    pub seconds: f64,
    /// The usual frame in milliseconds.
    pub usual: f64,
    /// The longest in milliseconds.
    pub longest: f64,
}

/// Runs the JavaScript `start`, and records the page's frames from then until the condition `until` holds.
///
/// # Errors
/// When `start` throws.
pub async fn record(page: &Page, start: &str, until: &str) -> Result<()> {
    let script = format!(
        "(() => {{
            window.frames_ = []; window.ends = 0; window.began = performance.now();
            {start};
            const frame = now => {{
                window.frames_.push(now);
                if (window.frames_.length > 3 && ({until})) window.ends = performance.now();
                else requestAnimationFrame(frame);
            }};
            requestAnimationFrame(frame);
            return true;
        }})()"
    );
    page.eval::<bool>(&script).await?;
    Ok(())
}

/// Waits for the end of what is recorded.
///
/// # Errors
/// When there is none.
pub async fn recorded(page: &Page) -> Result<Frames> {
    page.wait_until("window.ends").await?;
    let recorded: Recorded = page
        .eval("({ seconds: (window.ends - window.began) / 1000, frames: window.frames_.slice(1).map((t, k) => t - window.frames_[k]) })")
        .await?;
    Ok(Frames {
        seconds: recorded.seconds,
        longest: quantile(recorded.frames.clone(), 1.0),
        usual: quantile(recorded.frames, 0.5),
    })
}

/// Of milliseconds, the one that a share of them lies below.
fn quantile(mut times: Vec<f64>, share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index"
    )]
    let index = (share * (times.len() - 1) as f64) as usize;
    times[index]
}
