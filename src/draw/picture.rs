//! A [`Picture`]: laid out for a room, and then drawn, pointed at and focused as often as asked.

use std::rc::Rc;

use super::chart::Axis;
use super::surface::Drawn;
use super::{Palette, Rect, Surface};

/// A line of a picture along which a marker can be moved, and the plot that it crosses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    /// The numbers along it.
    pub axis: Axis,
    /// The plot, in CSS pixels of the picture.
    pub plot: Rect,
}

/// A picture laid out for a width; what it shows does not change.
pub trait Picture<T> {
    /// Its size in CSS pixels.
    fn size(&self) -> (f64, f64);
    /// Draws it with `focus` marked.
    ///
    /// # Errors
    /// What the surface said when it could not.
    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<T>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn;
    /// Draws it without what a bet is about; the same picture where that gives nothing away.
    ///
    /// # Errors
    /// What the surface said when it could not.
    fn draw_veiled(&self, surface: &mut dyn Surface, palette: &Palette, scale: f64) -> Drawn {
        self.draw(surface, None, palette, scale)
    }
    /// The number at a point.
    fn hit(&self, x: f64, y: f64) -> Option<T>;
    /// Every number on it and where it stands.
    fn places(&self) -> Vec<(T, Rect)>;
    /// The line along which a bet can be placed, if there is one.
    fn ruler(&self) -> Option<Ruler> {
        None
    }
}

/// The same picture, larger.
pub fn magnified<T: 'static>(picture: Rc<dyn Picture<T>>, by: f64) -> Rc<dyn Picture<T>> {
    if by == 1.0 {
        picture
    } else {
        Rc::new(Magnified { picture, by })
    }
}

struct Magnified<T> {
    picture: Rc<dyn Picture<T>>,
    by: f64,
}

impl<T> Magnified<T> {
    fn rect(&self, rect: Rect) -> Rect {
        let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(|length| length * self.by);
        Rect { x, y, w, h }
    }
}

impl<T> Picture<T> for Magnified<T> {
    fn size(&self) -> (f64, f64) {
        let (width, height) = self.picture.size();
        (width * self.by, height * self.by)
    }

    fn draw(
        &self,
        surface: &mut dyn Surface,
        focus: Option<T>,
        palette: &Palette,
        scale: f64,
    ) -> Drawn {
        self.picture.draw(surface, focus, palette, scale * self.by)
    }

    fn draw_veiled(&self, surface: &mut dyn Surface, palette: &Palette, scale: f64) -> Drawn {
        self.picture.draw_veiled(surface, palette, scale * self.by)
    }

    fn hit(&self, x: f64, y: f64) -> Option<T> {
        self.picture.hit(x / self.by, y / self.by)
    }

    fn places(&self) -> Vec<(T, Rect)> {
        let places = self.picture.places().into_iter();
        places
            .map(|(target, rect)| (target, self.rect(rect)))
            .collect()
    }

    fn ruler(&self) -> Option<Ruler> {
        let Ruler { mut axis, plot } = self.picture.ruler()?;
        axis.start *= self.by;
        axis.end *= self.by;
        Some(Ruler {
            axis,
            plot: self.rect(plot),
        })
    }
}
