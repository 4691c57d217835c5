//! The values of a tensor: nested brackets, broken into lines, summarised when there are many.

use std::fmt::{self, Write};

use super::Values;
use super::page::{LINE_WIDTH, PREFIX, Page};
use super::style::Style;

/// With more elements than this only the edges are shown.
const THRESHOLD: usize = 1000;

/// Items shown at each end of a dimension that is summarised.
const EDGE_ITEMS: usize = 3;

/// The values, laid out.
pub(super) struct Body<'a> {
    values: Values<'a>,
    shape: &'a [usize],
    summarise: bool,
    style: Style,
}

impl<'a> Body<'a> {
    pub(super) fn new(values: Values<'a>, shape: &'a [usize], sci_mode: Option<bool>) -> Self {
        let count = values.len();
        let summarise = count > THRESHOLD;
        let style = if summarise {
            Style::of(values, corners(shape).into_iter(), sci_mode)
        } else {
            Style::of(values, 0..count, sci_mode)
        };
        Self {
            values,
            shape,
            summarise,
            style,
        }
    }

    pub(super) fn write(&self, page: &mut Page) -> fmt::Result {
        if self.values.len() == 0 {
            return page.write_str("[]");
        }
        self.write_level(page, 0, 0)
    }

    /// Writes the part below dimension `depth` that starts at element `start`, in units of itself.
    ///
    /// # Source
    /// `_tensor_str_with_formatter` and `_vector_str` in `torch/_tensor_str.py`.
    fn write_level(&self, page: &mut Page, depth: usize, start: usize) -> fmt::Result {
        let Some(&len) = self.shape.get(depth) else {
            return self.style.write(page, self.values, start);
        };
        let innermost = depth + 1 == self.shape.len();
        let indent = PREFIX.len() + depth;
        let (per_line, lines, ellipsis) = if innermost {
            (self.style.items_between(indent, LINE_WIDTH), 1, " ...")
        } else {
            (1, self.shape.len() - depth - 1, "...")
        };
        page.write_char('[')?;
        for (place, item) in shown(len, self.summarise).enumerate() {
            if place > 0 && place % per_line == 0 {
                page.new_line(lines, indent + 1)?;
            } else if place > 0 {
                page.write_str(", ")?;
            }
            match item {
                Some(index) => self.write_level(page, depth + 1, start * len + index)?,
                None => page.write_str(ellipsis)?,
            }
        }
        page.write_char(']')
    }
}

/// The indices along a dimension of `len` that are shown, with `None` where some are left out.
fn shown(len: usize, summarise: bool) -> impl Iterator<Item = Option<usize>> {
    let cut = summarise && len > 2 * EDGE_ITEMS;
    let head = if cut { EDGE_ITEMS } else { len };
    let tail = if cut { len - EDGE_ITEMS } else { len };
    let gap = cut.then_some(None);
    (0..head).map(Some).chain(gap).chain((tail..len).map(Some))
}

/// The elements that a summary shows.
fn corners(shape: &[usize]) -> Vec<usize> {
    shape.iter().fold(vec![0], |starts, &len| {
        starts
            .iter()
            .flat_map(|start| shown(len, true).flatten().map(move |i| start * len + i))
            .collect()
    })
}
