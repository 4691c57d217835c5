//! Tones by Web Audio, for whoever has asked for them. Nothing of it exists until the first tone is to be played, and
//! none is before the reader has done something: browsers would keep it back.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, GainNode};

use crate::app::sound::Tone;

use super::browser;

/// How loud a tone is, of 1.
const QUIET: f32 = 0.06;
/// How fast it comes and goes, in seconds; at once it would click.
const EDGE: f64 = 0.008;

/// The browser's sound, and what the tones played last go through.
struct Speaker {
    context: AudioContext,
    playing: Option<GainNode>,
}

thread_local! {
    static SPEAKER: RefCell<Option<Speaker>> = const { RefCell::new(None) };
}

/// Plays tones, and nothing else any more. A browser without sound stays silent.
pub fn play(tones: &[Tone]) {
    if tones.is_empty() || !reader_has_acted() {
        return;
    }
    let _silent = SPEAKER.with_borrow_mut(|speaker| {
        if speaker.is_none() {
            *speaker = Some(Speaker {
                context: AudioContext::new()?,
                playing: None,
            });
        }
        speaker
            .as_mut()
            .map_or(Ok(()), |speaker| speaker.play(tones))
    });
}

impl Speaker {
    fn play(&mut self, tones: &[Tone]) -> Result<(), JsValue> {
        if let Some(before) = self.playing.take() {
            before.disconnect()?;
        }
        let all = self.context.create_gain()?;
        all.connect_with_audio_node(&self.context.destination())?;
        let now = self.context.current_time() + EDGE;
        for tone in tones {
            self.tone(&all, tone, now + tone.at)?;
        }
        self.playing = Some(all);
        Ok(())
    }

    fn tone(&self, out: &GainNode, tone: &Tone, begins: f64) -> Result<(), JsValue> {
        let (source, gain) = (
            self.context.create_oscillator()?,
            self.context.create_gain()?,
        );
        let ends = begins + tone.lasts.max(3.0 * EDGE);
        #[allow(clippy::cast_possible_truncation, reason = "a pitch")]
        source.frequency().set_value(tone.pitch as f32);
        let loudness = gain.gain();
        loudness.set_value_at_time(0.0, begins)?;
        loudness.linear_ramp_to_value_at_time(QUIET, begins + EDGE)?;
        loudness.set_value_at_time(QUIET, ends - EDGE)?;
        loudness.linear_ramp_to_value_at_time(0.0, ends)?;
        source.connect_with_audio_node(&gain)?;
        gain.connect_with_audio_node(out)?;
        source.start_with_when(begins)?;
        source.stop_with_when(ends)
    }
}

/// Whether the reader has pressed anything in this page yet; a browser that does not tell is taken to say yes.
fn reader_has_acted() -> bool {
    let told = browser::window().and_then(|window| {
        let activation = Reflect::get(&window.navigator(), &"userActivation".into()).ok()?;
        Reflect::get(&activation, &"hasBeenActive".into())
            .ok()?
            .as_bool()
    });
    told.unwrap_or(true)
}
