//! Dropout Lab: the page on which people see dropout happen, with PyTorch's digits.


pub mod app;
pub mod draw;
pub mod model;
pub mod nn;
pub mod notebook;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod views;
