//! The address bar: discrete changes are written at once, a slider's when it has come to rest.

use gloo::timers::callback::Timeout;
use yew::Callback;

use super::browser;

/// A slider's addresses are written this long after it has come to rest, in milliseconds:
/// browsers refuse more than a few a second.
const REST: u32 = 250;

/// What is still to be written into the address bar.
#[derive(Default)]
pub struct Address(Option<(String, Timeout)>);

impl Address {
    /// Makes a new entry in the history, after what was still to be written into the present one.
    pub fn push(&mut self, query: &str) {
        self.write();
        browser::set_address(query, true);
    }

    /// Has `write` called when nothing else has come for a while; [`Address::write`] then writes `query`.
    pub fn replace(&mut self, query: String, write: Callback<()>) {
        self.0 = Some((query, Timeout::new(REST, move || write.emit(()))));
    }

    /// Writes what is still to be written.
    pub fn write(&mut self) {
        if let Some((query, timer)) = self.0.take() {
            timer.cancel();
            browser::set_address(&query, false);
        }
    }

    /// Drops it: the browser has moved on to another entry, and it belongs to the old one.
    pub fn forget(&mut self) {
        self.0 = None;
    }
}
