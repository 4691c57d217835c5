//! The entry point of what is fetched first: the network view alone.
//! On a host there is no page; see `main.rs`.

#[cfg(target_arch = "wasm32")]
fn main() {
    dropout_lab::views::start_first();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Dropout Lab runs in a browser: `cargo xtask serve` builds it and says where.");
}
