//! A place in the lessons, as links write it: `2.3` is step 3 of lesson 2.

use std::fmt;

use super::{LESSONS, Lesson, Step};

/// How many steps each lesson has: whoever only wants to know whether a place exists needs no lesson's text.
const STEPS: [usize; LESSONS.len()] = {
    let mut steps = [0; LESSONS.len()];
    let mut lesson = 0;
    while lesson < LESSONS.len() {
        steps[lesson] = LESSONS[lesson].steps.len();
        lesson += 1;
    }
    steps
};

/// A step of a lesson that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    lesson: usize,
    step: usize,
}

impl Place {
    /// The first step of the first lesson.
    pub const FIRST: Self = Self { lesson: 0, step: 0 };

    /// Step `step`, counted from 1, of lesson `lesson`, if there is one.
    #[must_use]
    pub fn new(lesson: usize, step: usize) -> Option<Self> {
        let step = step.checked_sub(1)?;
        (step < *STEPS.get(lesson)?).then_some(Self { lesson, step })
    }

    /// The same for what is written in the source: a step that is not there does not compile.
    pub(super) const fn at(lesson: usize, step: usize) -> Self {
        assert!(0 < step && step <= STEPS[lesson]);
        let step = step - 1;
        Self { lesson, step }
    }

    /// Reads `2.3`, or `2` for the first step of lesson 2.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (lesson, step) = text.split_once('.').unwrap_or((text, "1"));
        Self::new(lesson.parse().ok()?, step.parse().ok()?)
    }

    /// The places there are, in words.
    #[must_use]
    pub fn allowed() -> String {
        let last = STEPS.len().saturating_sub(1);
        t!("lessons 0 to {last}, each with its steps: 1.2 is step 2 of lesson 1")
    }

    /// Every place, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let steps = |(lesson, steps)| (0..steps).map(move |step| Self { lesson, step });
        STEPS.into_iter().enumerate().flat_map(steps)
    }

    /// The number of the lesson.
    #[must_use]
    pub fn lesson_number(self) -> usize {
        self.lesson
    }

    /// The number of the step in its lesson, from 1.
    #[must_use]
    pub fn step_number(self) -> usize {
        self.step + 1
    }

    /// The lesson.
    #[must_use]
    pub fn lesson(self) -> &'static Lesson {
        LESSONS[self.lesson]
    }

    /// The step.
    #[must_use]
    pub fn step(self) -> &'static Step {
        &self.lesson().steps[self.step]
    }

    /// The step after it, in this lesson or the next.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::new(self.lesson, self.step + 2).or_else(|| Self::new(self.lesson + 1, 1))
    }

    /// The step before it, in this lesson or the one before.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        if self.step > 0 {
            return Self::new(self.lesson, self.step);
        }
        let lesson = self.lesson.checked_sub(1)?;
        Self::new(lesson, STEPS[lesson])
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.lesson, self.step + 1)
    }
}
