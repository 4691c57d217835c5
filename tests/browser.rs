//! What only a browser can show, in small: the page's platform, not the page (that is `tests/e2e`).
//!
//! `cargo test --target wasm32-unknown-unknown --test browser` runs it in a headless Chromium.
#![cfg(target_arch = "wasm32")]

use std::collections::BTreeSet;

use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn fresh_seeds_come_from_the_browser_and_differ() {
    let seeds: Result<BTreeSet<u64>, _> = [(); 4].map(|()| getrandom::u64()).into_iter().collect();
    assert_eq!(seeds.map(|distinct| distinct.len()), Ok(4));
}

#[wasm_bindgen_test]
fn a_fused_multiply_add_rounds_once() {
    // (1 + 2^-12)^2 - (1 + 2^-11) = 2^-24, which two roundings would lose.
    let x = 1.0_f32 + 2.0_f32.powi(-12);
    assert_eq!(x.mul_add(x, -(1.0 + 2.0_f32.powi(-11))), 2.0_f32.powi(-24));
}

#[wasm_bindgen_test]
fn a_panic_leaves_what_happened_a_link_to_it_and_a_reset() -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    let shell = document.create_element("div")?;
    shell.set_id("app");
    document.body().ok_or("no body")?.append_child(&shell)?;

    dropout_lab::views::say_what_happened("on purpose");
    dropout_lab::views::say_what_happened("what follows from it");

    let shell = document.get_element_by_id("app").ok_or("no shell")?;
    let text = shell.text_content().unwrap_or_default();
    let location = document.location().ok_or("no location")?;
    let bare = location.origin()? + &location.pathname()?;
    let address = bare.clone() + &location.search()?;
    assert!(text.contains("on purpose"), "{text}");
    assert!(!text.contains("follows"), "{text}");
    assert!(text.contains(&address), "{text} has no {address}");
    let reset = shell.query_selector("a#reset")?.ok_or("no reset")?;
    assert_eq!(reset.get_attribute("href"), Some(bare));
    shell.remove();
    Ok(())
}
