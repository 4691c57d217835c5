//! What the page remembers from one visit to the next, on the reader's device, or for this visit where that is refused.

use std::cell::RefCell;

use web_sys::Storage;

use super::browser;

thread_local! {
    /// What the browser refuses to keep on this device: it is kept as long as the page is open.
    static UNKEPT: RefCell<Vec<(&'static str, String)>> = const { RefCell::new(Vec::new()) };
}

/// What was kept under `key`, on this device or by this page.
#[must_use]
pub fn kept(key: &str) -> Option<String> {
    let own = |unkept: &Vec<(&str, String)>| {
        let own = unkept.iter().find(|(name, _)| *name == key);
        own.map(|(_, text)| text.clone())
    };
    UNKEPT
        .with_borrow(own)
        .or_else(|| storage()?.get_item(key).ok().flatten())
}

/// Keeps a text on this device, or nothing if it is empty; where the browser refuses, until the page is left.
pub fn keep(key: &'static str, text: &str) {
    let write = |storage: Storage| {
        let written = if text.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, text)
        };
        written.ok()
    };
    let written = storage().and_then(write).is_some();
    UNKEPT.with_borrow_mut(|unkept| {
        unkept.retain(|(name, _)| *name != key);
        if !written {
            unkept.push((key, text.to_owned()));
        }
    });
}

/// Whether what is to be kept is gone when the page is left.
#[must_use]
pub fn forgets() -> bool {
    storage().is_none() || UNKEPT.with_borrow(|unkept| !unkept.is_empty())
}

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok().flatten()
}
