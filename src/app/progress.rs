//! How far a learner has come: which steps were bet on, and which bets were right. Kept on the learner's device only.

use std::collections::BTreeMap;

use crate::lessons::{Place, Verdict};

/// The steps that were bet on, and how the last bet on each came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(BTreeMap<Place, Verdict>);

impl Progress {
    /// Reads what [`Progress::write`] wrote; what can't be read, such as a step that is no more, is passed over.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let entry = |entry: &str| {
            let (place, verdict) = match entry.strip_suffix('+') {
                Some(place) => (place, Verdict::Right),
                None => (entry.strip_suffix('-')?, Verdict::Off),
            };
            Some((Place::parse(place)?, verdict))
        };
        Self(text.split(' ').filter_map(entry).collect())
    }

    /// As one line of text: `0.1+ 0.2-`.
    #[must_use]
    pub fn write(&self) -> String {
        let entry = |(place, verdict): (&Place, &Verdict)| match verdict {
            Verdict::Right => format!("{place}+"),
            Verdict::Off => format!("{place}-"),
        };
        let entries: Vec<String> = self.0.iter().map(entry).collect();
        entries.join(" ")
    }

    /// Takes down how a bet came out.
    pub fn note(&mut self, place: Place, verdict: Verdict) {
        self.0.insert(place, verdict);
    }

    /// How the last bet on a step came out, if there was one.
    #[must_use]
    pub fn of(&self, place: Place) -> Option<Verdict> {
        self.0.get(&place).copied()
    }

    /// Steps of a lesson that were bet on, and how many of these bets were right.
    #[must_use]
    pub fn in_lesson(&self, lesson: usize) -> (usize, usize) {
        let verdicts = || {
            let own = |(place, _): &(&Place, &Verdict)| place.lesson_number() == lesson;
            self.0.iter().filter(own).map(|(_, verdict)| *verdict)
        };
        let right = verdicts().filter(|verdict| *verdict == Verdict::Right);
        (verdicts().count(), right.count())
    }

    /// Steps that were bet on.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was bet on yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
