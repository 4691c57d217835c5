//! Dropout Lab: the page on which people see dropout happen, with PyTorch's digits.
//!
//! # Layers
//!
//! Dependencies point left only; `tests/layering.rs` holds the code to it.
//!
//! ```text
//! { nn, lang }  <-  model  <-  words  <-  { draw, notebook, lessons }  <-  app  <-  views  <-  { network, main }
//! ```
//!
//! | module | what it is |
//! |---|---|
//! | [`nn`] | the dropout core: PyTorch's generator, samplers, dropout and the small network, to the bit |
//! | [`lang`] | the language in force: what it makes of the messages that the sources write in English |
//! | [`model`] | [`Settings`](model::Settings) determine a run, an [`Experiment`](model::Experiment) runs it, a [`Trace`](model::Trace) holds every number of one step |
//! | [`words`] | sentences about a trace: what just happened, and where a number comes from |
//! | [`draw`] | pictures of a trace on any plotters backend: a canvas on the screen, SVG in tests |
//! | [`notebook`] | PyTorch's print, and the script and output of what is on the screen |
//! | [`lessons`] | lessons as data: what to do, a bet, the answer computed, what separates the two |
//! | [`app`] | the app without a browser: state, messages, [`update`](app::update()), the link, the embed API |
//! | `views` | Yew components and the browser; only for `wasm32` |
//!
//! A training step is computed once, into a `Trace`; everything on the screen only reads it.
//! `(Settings, step)` determines everything, so a link replays exactly and *step back* is recomputation.
//!
//! # Glossary
//!
//! | say | meaning |
//! |---|---|
//! | `p`, `keep`, `scale` | P(zeroed); 1 - p; 1 / keep |
//! | `mask` | 0 or 1 for each sample and unit, 1 = kept; not scaled |
//! | `noise` | mask / (1 - p), what dropout multiplies by |
//! | `input`, `pre_activation`, `hidden`, `dropped`, `output` | before fc1, after fc1, after ReLU, after dropout, after fc2 |
//! | `fc1`, `fc2`, `weight` \[out, in\], `bias` | PyTorch's names and layout |
//! | `batch`, `in_features`, `hidden_features` | sizes B, I, H |
//! | `Mode::{Train, Eval}` | `model.train()`, `model.eval()` |
//! | `grad_x` | d loss / d x, shape of x |
//! | lane | a hidden unit across the picture: its node, its mask, row j of fc1's gradient, how the row moved, the verdict |
//! | step | a training step; stage: a part of one at which the picture can stand |
//! | again | an extra forward pass: a mask drawn and thrown away |

#[macro_use]
extern crate dropout_message;

#[macro_use]
pub mod lang;

pub mod app;
pub mod draw;
pub mod lessons;
pub mod model;
pub use dropout_nn as nn;
pub mod notebook;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub mod views;
