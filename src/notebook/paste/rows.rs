//! A tensor that grows number by number and row by row, and stays rectangular.

use super::error::Fault;
use super::number::Kinds;
use super::{MAX_NUMBERS, MAX_RANK, Pasted};

/// What is wrong with a row of another length.
fn ragged(length: usize, expected: usize, holds_numbers: bool) -> String {
    if holds_numbers {
        t!(
            "this row has {length} {length|number|numbers}, the ones before have {expected}; all rows must be of one length"
        )
    } else {
        t!(
            "this row has {length} {length|row|rows}, the ones before have {expected}; all rows must be of one length"
        )
    }
}

/// The numbers so far and the rows that are open.
#[derive(Default)]
pub(super) struct Rows {
    values: Vec<f32>,
    /// The length of a row at each depth, once one of them is complete.
    lengths: [Option<usize>; MAX_RANK],
    /// How many items the open rows have, the outermost first.
    open: Vec<usize>,
    /// At which depth numbers stand, once there is one.
    rank: Option<usize>,
}

impl Rows {
    /// How many rows are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Starts a row at `at`.
    pub(super) fn open(&mut self, at: usize) -> Result<(), Fault> {
        if self.depth() == MAX_RANK {
            return Err(Fault::new(
                at,
                t!(
                    "more than {MAX_RANK} brackets are open; tensors of up to {MAX_RANK} dimensions are allowed"
                ),
            ));
        }
        if self.rank == Some(self.depth()) {
            return Err(Fault::new(
                at,
                t!(
                    "a row starts where a number is expected; all numbers must be equally deep in brackets"
                ),
            ));
        }
        self.open.push(0);
        Ok(())
    }

    /// Adds a number that stands at `at`.
    pub(super) fn push(&mut self, at: usize, value: f32) -> Result<(), Fault> {
        let rank = *self.rank.get_or_insert(self.depth());
        if rank != self.depth() {
            return Err(Fault::new(
                at,
                t!(
                    "a number stands where a row is expected; all numbers must be equally deep in brackets"
                ),
            ));
        }
        if self.values.len() == MAX_NUMBERS {
            return Err(Fault::new(
                at,
                t!(
                    "this is number {}; up to {MAX_NUMBERS} are allowed",
                    MAX_NUMBERS + 1
                ),
            ));
        }
        self.values.push(value);
        self.count();
        Ok(())
    }

    /// Ends the innermost row at `at`.
    pub(super) fn close(&mut self, at: usize) -> Result<(), Fault> {
        let Some(length) = self.open.pop() else {
            return Err(Fault::new(at, t!("a bracket closes that was not opened")));
        };
        if length == 0 {
            return Err(Fault::new(
                at,
                t!("this row is empty; every row must hold a number"),
            ));
        }
        let expected = *self.lengths[self.depth()].get_or_insert(length);
        if length != expected {
            let holds_numbers = self.rank == Some(self.depth() + 1);
            return Err(Fault::new(at, ragged(length, expected, holds_numbers)));
        }
        self.count();
        Ok(())
    }

    fn count(&mut self) {
        if let Some(items) = self.open.last_mut() {
            *items += 1;
        }
    }

    /// The tensor, once all rows are closed.
    pub(super) fn finish(self, kinds: Kinds) -> Pasted {
        Pasted {
            shape: self
                .lengths
                .into_iter()
                .map_while(|length| length)
                .collect(),
            values: self.values,
            notes: kinds.notes(),
        }
    }
}
