//! Colours, one [`Palette`] a theme. Blue and red diverge from a neutral that always means zero;
//! the pair survives every common colour blindness, and nothing is said by colour alone: `sign` has the second mark.

use plotters::style::RGBColor;

/// The colours of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub paper: RGBColor,
    /// Text and solid shapes.
    pub ink: RGBColor,
    /// Text that steps back.
    pub quiet: RGBColor,
    /// Lines that step back.
    pub faint: RGBColor,
    /// The lane of a unit without update.
    pub hatched: RGBColor,
    /// Its hatching.
    pub hatching: RGBColor,
    /// The verdict on it.
    pub warning: RGBColor,
    /// The sample and the number looked at.
    pub accent: RGBColor,
    /// Behind the sample and the number looked at.
    pub accent_wash: RGBColor,
    /// Exactly zero.
    pub zero: RGBColor,
    /// The largest positive number.
    pub positive: RGBColor,
    /// The largest negative number.
    pub negative: RGBColor,
}

const fn rgb(hex: u32) -> RGBColor {
    let [_, r, g, b] = hex.to_be_bytes();
    RGBColor(r, g, b)
}

impl Palette {
    /// Dark on bright.
    pub const BRIGHT: Self = Self {
        paper: rgb(0xFF_FF_FF),
        ink: rgb(0x1D_1D_1B),
        quiet: rgb(0x5F_5F_58),
        faint: rgb(0xC9_C7_BE),
        hatched: rgb(0xF1_EF_E8),
        hatching: rgb(0xCF_CA_BB),
        warning: rgb(0x7A_48_00),
        accent: rgb(0xA0_5F_00),
        accent_wash: rgb(0xFD_E8_C8),
        zero: rgb(0xF1_EF_EC),
        positive: rgb(0x1F_5F_A8),
        negative: rgb(0xB2_18_2B),
    };

    /// Bright on dark.
    pub const DARK: Self = Self {
        paper: rgb(0x17_18_1A),
        ink: rgb(0xF2_F1_EC),
        quiet: rgb(0xA9_A8_A0),
        faint: rgb(0x4C_4D_4B),
        hatched: rgb(0x26_27_26),
        hatching: rgb(0x45_45_40),
        warning: rgb(0xF2_B8_5C),
        accent: rgb(0xF0_A0_30),
        accent_wash: rgb(0x4A_36_14),
        zero: rgb(0x2E_2F_30),
        positive: rgb(0x6F_B1_F5),
        negative: rgb(0xF5_7E_78),
    };

    /// Black on white, for a projector that washes colours out.
    pub const PROJECTOR: Self = Self {
        quiet: rgb(0x33_33_30),
        ink: rgb(0x00_00_00),
        faint: rgb(0x8C_8A_82),
        hatching: rgb(0x9C_97_88),
        warning: rgb(0x5A_34_00),
        positive: rgb(0x00_3F_8C),
        negative: rgb(0x9C_00_1A),
        ..Self::BRIGHT
    };

    /// In the reader's own bright colours: black on white.
    pub const OWN_BRIGHT: Self = Self {
        quiet: rgb(0x00_00_00),
        ..Self::PROJECTOR
    };

    /// In the reader's own dark colours: white on black.
    pub const OWN_DARK: Self = Self {
        paper: rgb(0x00_00_00),
        ink: rgb(0xFF_FF_FF),
        quiet: rgb(0xFF_FF_FF),
        ..Self::DARK
    };

    /// The colour of `value` on a scale from `-largest` to `largest`. What is not a number is ink.
    #[must_use]
    pub fn diverging(&self, value: f32, largest: f32) -> RGBColor {
        if value.is_nan() {
            return self.ink;
        }
        if value == 0.0 || largest <= 0.0 {
            return self.zero;
        }
        let share = f64::from(value.abs() / largest).clamp(0.0, 1.0);
        let end = if value > 0.0 {
            self.positive
        } else {
            self.negative
        };
        // To the power of 0.75; a number that is not zero is told from zero, however small it is.
        let root = share.sqrt();
        mix(self.zero, end, 0.12 + 0.88 * root * root.sqrt())
    }
}

/// A colour between `from` (0) and `to` (1).
#[must_use]
pub fn mix(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| {
        let value = f64::from(a) + (f64::from(b) - f64::from(a)) * share.clamp(0.0, 1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between two bytes"
        )]
        let byte = value.round() as u8;
        byte
    };
    RGBColor(part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}
