//! How large the page is on the screen.

/// The size of the page in CSS pixels, and how many pixels of the screen one of them is wide.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// `window.devicePixelRatio`.
    pub pixel_ratio: f64,
}

impl Size {
    /// The narrowest phone.
    pub const NARROW: Self = Self::new(320, 640, 2.0);
    /// A phone of today.
    pub const PHONE: Self = Self::new(390, 844, 3.0);
    /// A frame in a slide.
    pub const SLIDE: Self = Self::new(960, 540, 1.0);
    /// A laptop.
    pub const DESKTOP: Self = Self::new(1280, 800, 1.0);
    /// A 4K projector.
    pub const PROJECTOR: Self = Self::new(3840, 2160, 1.0);

    /// A size of any kind.
    #[must_use]
    pub const fn new(width: u32, height: u32, pixel_ratio: f64) -> Self {
        Self {
            width,
            height,
            pixel_ratio,
        }
    }
}
