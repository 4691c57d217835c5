//! The room for a picture: on a page, or on a slide.

/// The room for a picture, in pixels of which its smallest type has ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Width there is, in CSS pixels.
    pub width: f64,
    /// Height that would be good; more lanes than fit make the picture higher, except on a slide.
    pub height: f64,
    /// Whether it is a slide, which does not scroll: what does not fit into its height is not shown.
    pub slide: bool,
}

/// Size of a picture's smallest type, in pixels of its room.
pub const SMALLEST_TYPE: f64 = 10.0;

/// Smallest type of a slide, as a share of its height.
const SLIDE_TYPE: f64 = 0.032;

/// How much larger than on a screen a picture is on a slide of that height.
#[must_use]
pub fn slide_scale(height: f64) -> f64 {
    height * SLIDE_TYPE / SMALLEST_TYPE
}

impl Room {
    /// On a page, which can be scrolled.
    #[must_use]
    pub const fn screen(width: f64, height: f64) -> Self {
        let slide = false;
        Self {
            width,
            height,
            slide,
        }
    }

    /// On a slide, for a picture that is drawn `scale` times larger.
    #[must_use]
    pub fn slide(width: f64, height: f64, scale: f64) -> Self {
        Self {
            width: width / scale,
            height: height / scale,
            slide: true,
        }
    }
}
