//! The page's entry point: it mounts the app, and if that should ever panic, says so and offers a way on.
//! On a host there is no page; it says where to find one.

#[cfg(target_arch = "wasm32")]
fn main() {
    dropout_lab::views::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("Dropout Lab runs in a browser: `cargo xtask serve` builds it and says where.");
}
