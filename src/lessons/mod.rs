//! Lessons as data: what to do, a bet, the answer computed when it is asked for, and what separates the two.
//!
//! A lesson is a file of this folder and a line of [`LESSONS`]. A step names two links, the view in which the bet is
//! placed and the view in which the answer can be seen; it knows nothing of how either is drawn.

mod bet;
pub mod handout;
pub mod live;
mod place;
pub mod plan;

mod l00_first_minute;
mod l01_coin;
mod l02_mask_and_scale;
mod l03_train_and_eval;
mod l04_expectation;
mod l05_one_mask_per_sample;
mod l06_backward;
mod l07_thousand_networks;
mod l08_does_it_help;
mod l09_locked_and_weight_drop;
mod l10_spot_the_bug;
mod l11_ten_questions;

pub use bet::{Answer, Bet, Choice, Placed, Scale, Verdict};
pub use place::Place;

/// Every lesson; its place here is its number in links.
pub const LESSONS: &[&Lesson] = &[
    &l00_first_minute::LESSON,
    &l01_coin::LESSON,
    &l02_mask_and_scale::LESSON,
    &l03_train_and_eval::LESSON,
    &l04_expectation::LESSON,
    &l05_one_mask_per_sample::LESSON,
    &l06_backward::LESSON,
    &l07_thousand_networks::LESSON,
    &l08_does_it_help::LESSON,
    &l09_locked_and_weight_drop::LESSON,
    &l10_spot_the_bug::LESSON,
    &l11_ten_questions::LESSON,
];

/// A lesson.
#[derive(Debug)]
pub struct Lesson {
    /// Its title.
    pub title: &'static str,
    /// What the learner will know after it, in one sentence.
    pub aim: &'static str,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// Its steps, at least one.
    pub steps: &'static [Step],
}

/// A step of a lesson.
#[derive(Debug)]
pub struct Step {
    /// What is on the screen and what to look at, before the bet.
    pub task: &'static str,
    /// The link of the view in which the bet is placed, as the page itself writes it.
    pub before: &'static str,
    /// What is bet on.
    pub question: &'static str,
    /// What can be bet.
    pub bet: Bet,
    /// What the learner does to see the answer: "Press Again."
    pub act: &'static str,
    /// The link of the view in which the answer can be seen.
    pub after: &'static str,
    /// Computes the answer of the link it is given, which is [`Step::after`].
    pub truth: fn(&str) -> Truth,
    /// What explains the gap between any bet and the answer, in one or two sentences.
    pub why: &'static str,
    /// The beliefs that it refutes, by their names in [`BELIEFS`].
    pub refutes: &'static [&'static str],
    /// The tests in `tests/claims` that hold what its sentences say about numbers.
    pub claims: &'static [&'static str],
}

/// The answer of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// What would have been the right bet.
    pub answer: Answer,
    /// The answer as a sentence, with the computed numbers in it.
    pub says: String,
}

/// Beliefs that the lessons refute: a name, and the belief as its holder would say it.
pub const BELIEFS: [(&str, &str); 20] = [
    ("same_output", "The same input gives the same output."),
    ("no_grad", "torch.no_grad() does what eval() does."),
    ("survivors", "What survives dropout keeps its value."),
    ("scale_at_test", "The scaling is needed at test time too."),
    ("keep_probability", "p is the probability of being kept."),
    ("exactly_p", "Exactly p of the units are dropped."),
    ("sum_unchanged", "Dropout leaves the sum unchanged."),
    ("one_mask", "One mask serves the whole batch."),
    ("never_updates", "A dropped unit is never updated."),
    ("frozen", "A weight without gradient stays where it is."),
    ("zero_means_dropped", "A zero after ReLU has been dropped."),
    ("minus_zero", "-0.0 in the output is a bug."),
    (
        "train_below_test",
        "The training loss must be lower than the test loss.",
    ),
    ("always_helps", "Dropout always helps."),
    (
        "always_average",
        "eval always gives the average of the subnetworks.",
    ),
    (
        "order_of_relu",
        "Dropout before or after the activation makes a difference.",
    ),
    ("functional_obeys", "F.dropout obeys eval()."),
    (
        "same_as_dropconnect",
        "Dropout and DropConnect are the same.",
    ),
    ("locks_time", "LockedDropout always locks time."),
    (
        "weight_drop_stops",
        "Variational WeightDrop stops at eval().",
    ),
];
