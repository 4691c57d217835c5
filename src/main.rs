//! The page's entry point; on a host it only says where the page is.
fn main() {}
