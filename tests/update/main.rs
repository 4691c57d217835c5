//! What each message does to the state, and what it asks of the browser.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod draws;
mod edits;
mod links;
mod playback;

use dropout_lab::app::msg::PlaybackMsg;
use dropout_lab::app::{Effect, Msg, State, update};
use dropout_lab::model::Field;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A state with a history of its own, as a browser keeps one.
struct Page {
    state: State,
    history: Vec<String>,
}

impl Page {
    fn open(query: &str) -> Self {
        let (state, history) = (State::open(query), vec![query.to_owned()]);
        assert_eq!(state.notices(), [""; 0], "{query}");
        Self { state, history }
    }

    fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.state, msg);
        for effect in &effects {
            match effect {
                Effect::PushLink(link) => self.history.push(link.clone()),
                Effect::ReplaceLink(link) => self.history.last_mut().unwrap().clone_from(link),
                Effect::Copy(..) | Effect::Open(_) | Effect::Answer(_) => {}
            }
        }
        effects
    }

    fn edit(&mut self, field: Field, text: &str) -> Vec<Effect> {
        self.send(Msg::Edit(field, text.to_owned()))
    }

    fn play(&mut self, msg: PlaybackMsg) -> Vec<Effect> {
        self.send(Msg::Playback(msg))
    }

    fn link(&self) -> String {
        self.state.link().query()
    }

    fn address(&self) -> &str {
        self.history.last().unwrap()
    }

    /// Ticks until the stage or the step is another one; answers how many ticks it took.
    fn tick_on(&mut self, seconds: f64) -> usize {
        let at = |state: &State| (state.look().stage, state.settings().step());
        let before = at(&self.state);
        for ticks in 1..100_000 {
            self.send(Msg::Tick(seconds));
            if at(&self.state) != before {
                return ticks;
            }
        }
        panic!("the picture stands still at {before:?}");
    }
}

fn pushed(link: &str) -> Vec<Effect> {
    vec![Effect::PushLink(link.to_owned())]
}

fn replaced(link: &str) -> Vec<Effect> {
    vec![Effect::ReplaceLink(link.to_owned())]
}
