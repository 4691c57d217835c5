//! [`Peer`]'s functions for JavaScript.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Peer, Step};

thread_local! {
    static PEER: RefCell<Peer> = RefCell::default();
}

fn with<T>(f: impl FnOnce(&mut Peer) -> T) -> T {
    PEER.with_borrow_mut(f)
}

/// [`Peer::setup`].
#[wasm_bindgen]
pub fn setup(
    kernel: u32,
    inputs: usize,
    hidden: usize,
    batch: usize,
    lr: f64,
    momentum: f64,
    p: f64,
) {
    let step = Step {
        inputs,
        hidden,
        batch,
        lr,
        momentum,
        p,
    };
    with(|peer| peer.setup(kernel, step));
}

/// [`Peer::steps`].
#[wasm_bindgen]
pub fn steps(count: u32) {
    with(|peer| peer.steps(count));
}

/// [`Peer::loss`].
#[wasm_bindgen]
#[must_use]
pub fn loss() -> f32 {
    with(Peer::loss)
}

/// [`Peer::mask_setup`].
#[wasm_bindgen]
pub fn mask_setup(elements: usize) {
    with(|peer| peer.mask_setup(elements));
}

/// [`Peer::mask_run`]; there is one way to fill a mask, whichever is asked for.
#[wasm_bindgen]
pub fn mask_run(_way: u32, p: f64, count: u32) {
    with(|peer| peer.mask_run(p, count));
}

/// [`Peer::mask_share`]; where the mask is kept does not matter.
#[wasm_bindgen]
#[must_use]
pub fn mask_share(_bits: u32) -> f64 {
    with(|peer| peer.mask_share())
}
