//! [`Slices`]: where the numbers of a tensor of any shape stand, as matrices side by side or below each other.
//! It places and finds cells; what is drawn in them is for the pictures to say.

mod names;

use super::Rect;
use super::layout::at;

/// The line that names the dimensions.
const AXES: f64 = 17.0;
/// Room for a row's index.
const GUTTER: f64 = 16.0;
/// The line of the columns' indices, and the line of a slice's name.
const LINE: f64 = 14.0;
/// Between slices that are named, that are not, and that are not on a slide.
const GAPS: [f64; 3] = [12.0, 4.0, 1.0];
/// The largest cell.
const LARGEST: (f64, f64) = (62.0, 26.0);
/// Narrower cells have no room for a number with decimals.
pub(super) const ROOM_FOR_NUMBER: f64 = 30.0;
/// The lowest row that is placed at all.
const LOWEST: f64 = 0.01;
/// Narrower slices have no room for the whole line that names the dimensions.
const ROOM_FOR_HEADING: f64 = 200.0;
/// Lower rows have no room for a number.
const ROOM_FOR_LINE: f64 = 11.0;
/// With more slices than this none is named, or nothing else would fit.
const MOST_NAMED: usize = 32;

/// Where the numbers of a tensor stand: the last dimension shown runs across, the one before it
/// down, and all others tell the slices apart. One dimension alone runs on line after line.
#[derive(Clone, Debug, PartialEq)]
pub struct Slices {
    /// Upper left corner.
    origin: (f64, f64),
    /// Size of a cell.
    cell: (f64, f64),
    /// Slices side by side.
    abreast: usize,
    count: usize,
    rows: usize,
    columns: usize,
    /// Whether slices, rows and columns are named.
    named: bool,
    /// Between slices.
    gap: f64,
    /// Whether the line that names the dimensions has no room for what the names of the slices say too.
    narrow: bool,
    shape: Vec<usize>,
    /// The dimensions of `shape` in the order in which they are shown.
    order: Vec<usize>,
}

impl Slices {
    /// Places a tensor of `shape` in a room; its dimensions are shown in `order`, slices first. What does not fit makes
    /// it higher than the room.
    #[must_use]
    pub fn new(shape: &[usize], order: &[usize], room: Rect) -> Self {
        let mut this = Self::unplaced(shape, order, room);
        let rows = at(this.rows.max(1));
        this.name(this.count <= MOST_NAMED, GAPS[1]);
        // Rows that do not fit make the picture higher, but not endlessly.
        this.choose(room, (1500.0 / rows).min(7.0));
        this
    }

    /// The same, never higher than the room: where it would be, slices go without names, and rows are as low as they
    /// must be.
    #[must_use]
    pub fn within(shape: &[usize], order: &[usize], room: Rect) -> Self {
        let mut this = Self::unplaced(shape, order, room);
        this.name(this.count <= MOST_NAMED, GAPS[2]);
        if let [all] = shape
            && at(this.rows) * ROOM_FOR_LINE > room.h
        {
            // Too many for lines with numbers: squares.
            let square = |n: &usize| at(*n) * at(*n) * room.h < at(*all) * room.w;
            this.columns = (1..=*all).take_while(square).count() + 1;
            this.rows = all.div_ceil(this.columns);
        }
        this.choose(room, LOWEST);
        if this.height() > room.h {
            this.name(false, GAPS[2]);
            this.choose(room, LOWEST);
        }
        this
    }

    fn name(&mut self, named: bool, gap_of_others: f64) {
        self.named = named;
        self.gap = if named { GAPS[0] } else { gap_of_others };
    }

    fn unplaced(shape: &[usize], order: &[usize], room: Rect) -> Self {
        let size = |from_end: usize| {
            let place = order.len().checked_sub(from_end)?;
            Some(shape[order[place]])
        };
        let mut this = Self {
            origin: (room.x, room.y),
            cell: (0.0, 0.0),
            abreast: 1,
            count: order
                .iter()
                .rev()
                .skip(2)
                .map(|&axis| shape[axis])
                .product(),
            rows: size(2).unwrap_or(1),
            columns: size(1).unwrap_or(1),
            named: true,
            gap: 0.0,
            narrow: room.w < ROOM_FOR_HEADING,
            shape: shape.to_vec(),
            order: order.to_vec(),
        };
        if shape.len() == 1 {
            let fit = ((room.w - GUTTER) / ROOM_FOR_NUMBER).floor().max(1.0);
            let fit = (1..=this.columns).take_while(|&n| at(n) <= fit).last();
            this.columns = fit.unwrap_or(1);
            this.rows = shape[0].div_ceil(this.columns);
        }
        this
    }

    /// As many slices abreast as make the cells largest, among those that are not too high if any; no row is lower
    /// than `least`.
    fn choose(&mut self, room: Rect, least: f64) {
        let mut best: Option<(bool, f64)> = None;
        for abreast in 1..=self.count.clamp(1, 64) {
            let mut tried = Self {
                abreast,
                ..self.clone()
            };
            let columns = at(abreast * self.columns.max(1));
            let around = at(abreast) * self.gutter() + at(abreast - 1) * self.gap;
            let width = ((room.w - around) / columns).min(LARGEST.0);
            let lines = at(tried.lines().max(1));
            let share = (room.h - AXES) / lines - self.head() - self.gap;
            let rows = at(self.rows.max(1));
            let height = width.min(LARGEST.1).min((share / rows).max(least));
            if width < 0.01 {
                break;
            }
            tried.cell = (width, height);
            let merit = (tried.height() <= room.h + 1.0, width * height);
            if best.is_none_or(|best| merit.partial_cmp(&best) == Some(std::cmp::Ordering::Greater))
            {
                best = Some(merit);
                *self = tried;
            }
        }
    }

    fn lines(&self) -> usize {
        self.count.div_ceil(self.abreast.max(1))
    }

    fn gutter(&self) -> f64 {
        if self.named { GUTTER } else { 0.0 }
    }

    fn head(&self) -> f64 {
        match (self.named, self.sliced()) {
            (true, true) => 2.0 * LINE,
            (true, false) => LINE,
            (false, _) => 0.0,
        }
    }

    /// Whether there are dimensions beyond rows and columns.
    fn sliced(&self) -> bool {
        self.order.len() > 2
    }

    /// How high it came out.
    #[must_use]
    pub fn height(&self) -> f64 {
        let lines = at(self.lines());
        AXES + lines * self.slice_height() + (lines - 1.0).max(0.0) * self.gap
    }

    /// How wide it came out.
    #[must_use]
    pub fn width(&self) -> f64 {
        let abreast = at(self.abreast.min(self.count).max(1));
        abreast * self.slice_width() + (abreast - 1.0) * self.gap
    }

    /// Size of a cell.
    #[must_use]
    pub fn cell(&self) -> (f64, f64) {
        self.cell
    }

    fn slice_width(&self) -> f64 {
        self.gutter() + at(self.columns) * self.cell.0
    }

    fn slice_height(&self) -> f64 {
        self.head() + at(self.rows) * self.cell.1
    }

    /// Upper left corner of the cells of `slice`.
    fn corner(&self, slice: usize) -> (f64, f64) {
        let (line, place) = (slice / self.abreast, slice % self.abreast);
        (
            self.origin.0 + at(place) * (self.slice_width() + self.gap) + self.gutter(),
            self.origin.1 + AXES + at(line) * (self.slice_height() + self.gap) + self.head(),
        )
    }

    /// Where number `index` stands, row-major in the tensor's own shape.
    #[must_use]
    pub fn rect(&self, index: usize) -> Rect {
        let (slice, row, column) = self.place(index);
        let (x, y) = self.corner(slice);
        Rect {
            x: x + at(column) * self.cell.0,
            y: y + at(row) * self.cell.1,
            w: self.cell.0,
            h: self.cell.1,
        }
    }

    /// Slice, row and column of number `index`.
    fn place(&self, index: usize) -> (usize, usize, usize) {
        let mut shown = 0;
        for &axis in &self.order {
            let inner: usize = self.shape[axis + 1..].iter().product();
            shown = shown * self.shape[axis] + index / inner.max(1) % self.shape[axis].max(1);
        }
        let (rows, columns) = (self.rows.max(1), self.columns.max(1));
        (
            shown / columns / rows,
            shown / columns % rows,
            shown % columns,
        )
    }

    /// The number at a point.
    #[must_use]
    pub fn hit(&self, x: f64, y: f64) -> Option<usize> {
        let (dx, dy) = (x - self.origin.0, y - self.origin.1 - AXES);
        let place = steps(dx, self.slice_width() + self.gap, self.abreast)?;
        let line = steps(dy, self.slice_height() + self.gap, self.lines())?;
        let slice = line * self.abreast + place;
        let (left, top) = self.corner(slice);
        let column = steps(x - left, self.cell.0, self.columns)?;
        let row = steps(y - top, self.cell.1, self.rows)?;
        let shown = (slice * self.rows + row) * self.columns + column;
        self.index(shown)
    }

    /// The number that is shown as the `shown`-th.
    fn index(&self, shown: usize) -> Option<usize> {
        let mut rest = shown;
        let mut index = 0;
        for &axis in self.order.iter().rev() {
            let inner: usize = self.shape[axis + 1..].iter().product();
            index += rest % self.shape[axis] * inner;
            rest /= self.shape[axis];
        }
        (rest == 0).then_some(index)
    }
}

/// In which of `count` steps of `size` a distance ends.
fn steps(distance: f64, size: f64, count: usize) -> Option<usize> {
    if distance < 0.0 || size <= 0.0 {
        return None;
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and compared with the count"
    )]
    let step = (distance / size).floor() as usize;
    (step < count).then_some(step)
}
