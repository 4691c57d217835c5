//! The [`Kind`]s of files that a view may have, and what each is called.

use std::borrow::Cow;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The figure as SVG.
    Svg,
    /// The figure as PNG, so many pixels to a CSS pixel.
    Png(u32),
    /// The figure as PNG on a slide of 16:9.
    Slide,
    /// A page to print: the figure, where it is found again, and questions.
    Handout,
    /// Every number as a table.
    Csv,
    /// What became of every hidden unit, as a table.
    Units,
    /// Every number as `NumPy` keeps arrays.
    Npz,
    /// The tensor of that name as `NumPy` keeps one.
    Npy(&'static str),
    /// Every number as the page around this one gets it.
    Json,
    /// The script.
    Python,
    /// The script and its output, as Jupyter opens them.
    Jupyter,
    /// Link and progress.
    Session,
}

impl Kind {
    /// What it holds, as the heading above its button.
    #[must_use]
    pub fn group(self) -> &'static str {
        match self {
            Self::Svg | Self::Png(_) | Self::Slide => t!("Figure"),
            Self::Handout => t!("Paper"),
            Self::Csv | Self::Units | Self::Npz | Self::Npy(_) | Self::Json => t!("Numbers"),
            Self::Python | Self::Jupyter => t!("PyTorch script"),
            Self::Session => t!("Session"),
        }
    }

    /// What it is, on its button.
    #[must_use]
    pub fn label(self) -> Cow<'static, str> {
        let label = match self {
            Self::Npy(name) => return format!("{name}.npy").into(),
            Self::Svg => "SVG",
            Self::Png(1) => "PNG",
            Self::Png(2) => "PNG, 2 ×",
            Self::Png(_) => "PNG, 4 ×",
            Self::Slide => "PNG, 1920 × 1080",
            Self::Handout => t!("handout with questions"),
            Self::Csv => "CSV",
            Self::Units => t!("CSV of the hidden units"),
            Self::Npz => "NumPy .npz",
            Self::Json => "JSON",
            Self::Python => "Python .py",
            Self::Jupyter => "Jupyter .ipynb",
            Self::Session => t!("session"),
        };
        label.into()
    }

    /// What comes after the stem of such a file's name.
    #[must_use]
    pub fn ending(self) -> Cow<'static, str> {
        let ending = match self {
            Self::Npy(name) => return format!("-{name}.npy").into(),
            Self::Svg => ".svg",
            Self::Png(1) => ".png",
            Self::Png(2) => "@2x.png",
            Self::Png(_) => "@4x.png",
            Self::Slide => "-1920x1080.png",
            Self::Handout => "-handout.pdf",
            Self::Csv => ".csv",
            Self::Units => "-units.csv",
            Self::Npz => ".npz",
            Self::Json => ".json",
            Self::Python => ".py",
            Self::Jupyter => ".ipynb",
            Self::Session => ".session.json",
        };
        ending.into()
    }

    /// Its type.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png(_) | Self::Slide => "image/png",
            Self::Handout => "application/pdf",
            Self::Csv | Self::Units => "text/csv",
            Self::Npz => "application/zip",
            Self::Npy(_) => "application/octet-stream",
            Self::Json | Self::Session => "application/json",
            Self::Python => "text/x-python",
            Self::Jupyter => "application/x-ipynb+json",
        }
    }
}
