//! What the page says about numbers, one test a claim. A step of a lesson names its tests in `Step::claims`;
//! sentences elsewhere on the screen are listed in `sentences`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backward;
mod coin;
mod does_it_help;
mod expectation;
mod first_minute;
mod mask_and_scale;
mod one_mask;
mod sentences;
mod spot_the_bug;
mod ten_questions;
mod thousand_networks;
mod train_and_eval;
mod weight_drop;
