//! A lesson of 45 minutes for a class: ten steps of the lessons, each in the view in which its bet is placed.

use super::{BELIEFS, Place, Step};

/// A part of the class's lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The step whose question is asked; its view is the one that is shown.
    pub place: Place,
    /// Its title.
    pub title: &'static str,
    /// What the teacher does, in one sentence.
    pub plan: &'static str,
    /// The belief that it refutes, by its name in [`BELIEFS`].
    pub belief: &'static str,
    /// How long it takes, in minutes.
    pub minutes: u32,
}

impl Part {
    /// The step.
    #[must_use]
    pub fn step(&self) -> &'static Step {
        self.place.step()
    }

    /// The link of what is shown, as the page itself writes it.
    #[must_use]
    pub fn link(&self) -> &'static str {
        self.step().before
    }

    /// The belief as its holder would say it.
    #[must_use]
    pub fn belief(&self) -> &'static str {
        let own = BELIEFS.iter().find(|(name, _)| *name == self.belief);
        own.map_or(self.belief, |(_, belief)| belief)
    }
}

/// The minutes at which each part begins, and at the end those of the whole lesson.
#[must_use]
pub fn clock() -> Vec<u32> {
    let passed = PLAN.iter().scan(0, |passed, part| {
        *passed += part.minutes;
        Some(*passed)
    });
    std::iter::once(0).chain(passed).collect()
}

/// The lesson.
pub const PLAN: [Part; 10] = [
    Part {
        place: Place::at(0, 1),
        title: "New coins at every call",
        plan: "Let the class vote, press Again, and compare the four outputs with those before.",
        belief: "same_output",
        minutes: 3,
    },
    Part {
        place: Place::at(1, 1),
        title: "What p stands for",
        plan: "Collect bets on 30, 50 or 70, then set p to 0.30 and choose nn.Dropout(p).",
        belief: "keep_probability",
        minutes: 4,
    },
    Part {
        place: Place::at(1, 4),
        title: "A chance, not a quota",
        plan: "Have bets written down, then count by 10 and read the bar at 5.",
        belief: "exactly_p",
        minutes: 4,
    },
    Part {
        place: Place::at(2, 3),
        title: "What is kept grows",
        plan: "Drag p to 0.90 and look for the largest number that is left.",
        belief: "survivors",
        minutes: 5,
    },
    Part {
        place: Place::at(4, 3),
        title: "Scale once",
        plan: "Choose scaling in both places and compare the eval output with the mean of the draws.",
        belief: "scale_at_test",
        minutes: 5,
    },
    Part {
        place: Place::at(5, 1),
        title: "Four samples, four masks",
        plan: "Press Again and have four students read out the dropped units of a sample each.",
        belief: "one_mask",
        minutes: 5,
    },
    Part {
        place: Place::at(6, 2),
        title: "Dropped for one sample, updated by another",
        plan: "Press Again, choose a unit with a crossed cell, and follow its lane to the end.",
        belief: "never_updates",
        minutes: 5,
    },
    Part {
        place: Place::at(6, 3),
        title: "A move without a gradient",
        plan: "Set momentum to 0.9 and see which of the rows 2, 4 and 8 moves.",
        belief: "frozen",
        minutes: 4,
    },
    Part {
        place: Place::at(3, 4),
        title: "Two switches, not one",
        plan: "Switch to eval and count the hatched lanes before and after.",
        belief: "no_grad",
        minutes: 4,
    },
    Part {
        place: Place::at(8, 3),
        title: "When dropout loses",
        plan: "Collect bets, train the ten pairs, and ask why the curve is hard to follow with dropout.",
        belief: "always_helps",
        minutes: 6,
    },
];

/// What the lab is not, and what it does not compute as every other machine would.
pub const LIMITS: [&str; 4] = [
    "One hidden layer, one output, one batch: a microscope, not a benchmark.",
    "Targets are noise, as in the notebook, so nothing there shows that dropout regularises: that is the training view's question.",
    "A last digit can differ where PyTorch differs from itself. Masks and draws never do.",
    "PyTorch on a GPU draws other numbers altogether.",
];
