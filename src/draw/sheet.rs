//! A [`Sheet`]: a picture as it leaves the page, with a caption that says what it is and where it comes from.

use std::rc::Rc;

use super::Palette;
use super::layout::{Room, at, slide_scale};
use super::picture::Picture;
use super::surface::{Align, Drawn, Lettering, Point, Surface};
use super::svg::Svg;
use plotters::style::RGBAColor;

/// Draws a picture in colours, so many pixels of the surface to one of its own.
type Paint = Rc<dyn Fn(&mut dyn Surface, &Palette, f64) -> Drawn>;

/// A picture that is laid out, whatever it shows.
#[derive(Clone)]
pub struct Still {
    size: (f64, f64),
    paint: Paint,
}

impl Still {
    /// What `paint` draws, which is `size` CSS pixels large.
    pub fn new(
        size: (f64, f64),
        paint: impl Fn(&mut dyn Surface, &Palette, f64) -> Drawn + 'static,
    ) -> Self {
        Self {
            size,
            paint: Rc::new(paint),
        }
    }

    /// A picture with `focus` marked.
    #[must_use]
    pub fn of<T: Copy + 'static>(picture: Rc<dyn Picture<T>>, focus: Option<T>) -> Self {
        Self::new(picture.size(), move |surface, palette, scale| {
            picture.draw(surface, focus, palette, scale)
        })
    }
}

/// What is said of a picture that has left the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// What it shows, in a few words.
    pub title: String,
    /// What is to be seen on it, for those who do not see it.
    pub description: String,
    /// The seed of its numbers.
    pub seed: String,
    /// The link that opens the page with these numbers.
    pub link: String,
}

/// Size of a caption's type, in CSS pixels.
const TYPE: f64 = 10.5;
/// From one line of it to the next.
const LINE: f64 = 15.0;
/// Around everything.
const MARGIN: f64 = 12.0;
/// Width of a letter, as a share of its size: rather more than most have.
const LETTER: f64 = 0.6;
/// Most lines of a link; a pasted tensor can make it longer than any page.
const LINES: usize = 4;

impl Caption {
    /// Its lines on a page of `width`, the first of them bold.
    fn lines(&self, width: f64) -> (Vec<String>, Vec<String>) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive and small"
        )]
        let letters = ((width / (TYPE * LETTER)) as usize).max(12);
        let title = t!("Dropout Lab: {} · seed {}", self.title, self.seed);
        let mut link = wrapped(&self.link, letters);
        if link.len() > LINES {
            link.truncate(LINES);
            link[LINES - 1].push('…');
        }
        (wrapped(&title, letters), link)
    }

    fn height(&self, width: f64) -> f64 {
        let (title, link) = self.lines(width);
        at(title.len() + link.len()) * LINE
    }
}

/// Text in lines of at most so many letters, broken after a space or between the names of a link.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_inclusive([' ', '&', '/', '?', ',']) {
        let mut word: Vec<char> = word.chars().collect();
        if line.chars().count() + word.len() > letters && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        while word.len() > letters {
            lines.push(word.drain(..letters).collect());
        }
        line.extend(word);
    }
    lines.push(line);
    lines
}

/// A picture with its caption, on paper.
#[derive(Clone)]
pub struct Sheet {
    still: Still,
    caption: Caption,
    palette: Palette,
    size: (f64, f64),
    /// Where the picture begins.
    corner: Point,
    /// How much larger than usual the picture is.
    by: f64,
    /// How much larger than usual the caption is.
    caption_by: f64,
}

impl Sheet {
    /// Just large enough for its picture and its caption.
    #[must_use]
    pub fn around(still: Still, caption: Caption, palette: &Palette) -> Self {
        let (width, height) = still.size;
        let below = caption.height(width);
        Self {
            size: (width + 2.0 * MARGIN, height + below + 3.0 * MARGIN),
            still,
            caption,
            palette: *palette,
            corner: (MARGIN, MARGIN),
            by: 1.0,
            caption_by: 1.0,
        }
    }

    /// A slide of that size, on which `lay_out` fits the picture into the room that the caption leaves.
    pub fn slide(
        size: (f64, f64),
        caption: Caption,
        palette: &Palette,
        lay_out: impl Fn(Room) -> Option<Still>,
    ) -> Option<Self> {
        let by = slide_scale(size.1);
        let margin = MARGIN * by;
        let width = size.0 - 2.0 * margin;
        let height = size.1 - caption.height(width / by) * by - 3.0 * margin;
        let still = lay_out(Room::slide(width, height, by))?;
        let free = (width - still.size.0 * by, height - still.size.1 * by);
        Some(Self {
            size,
            still,
            caption,
            palette: *palette,
            corner: (margin + free.0 / 2.0, margin + free.1 / 2.0),
            by,
            caption_by: by,
        })
    }

    /// Its size in CSS pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        self.size
    }

    /// Draws it, `scale` pixels of the surface to a CSS pixel.
    ///
    /// # Errors
    /// What the surface said when it could not.
    pub fn draw(&self, surface: &mut dyn Surface, scale: f64) -> Drawn {
        let end = (self.size.0 * scale, self.size.1 * scale);
        surface.rect((0.0, 0.0), end, self.palette.paper.into())?;
        let corner = (self.corner.0 * scale, self.corner.1 * scale);
        let mut placed = Placed::new(surface, corner);
        (self.still.paint)(&mut placed, &self.palette, scale * self.by)?;
        self.write_caption(surface, scale)?;
        surface.finish()
    }

    fn write_caption(&self, surface: &mut dyn Surface, scale: f64) -> Drawn {
        let by = self.caption_by;
        let margin = MARGIN * by;
        let width = (self.size.0 - 2.0 * margin) / by;
        let (title, link) = self.caption.lines(width);
        let mut y = self.size.1 - margin - self.caption.height(width) * by + LINE * by / 2.0;
        let (ink, quiet) = (self.palette.ink, self.palette.quiet);
        let lines = title.iter().map(|line| (line, true, ink));
        for (line, bold, color) in lines.chain(link.iter().map(|line| (line, false, quiet))) {
            let lettering = Lettering {
                size: TYPE * by * scale,
                bold,
                align: Align::Left,
            };
            surface.text(line, (margin * scale, y * scale), lettering, color.into())?;
            y += LINE * by;
        }
        Ok(())
    }

    /// It as an SVG document.
    ///
    /// # Errors
    /// None that is known: writing text does not fail.
    pub fn svg(&self) -> Result<String, String> {
        let mut svg = Svg::default();
        self.draw(&mut svg, 1.0)?;
        let Caption {
            title,
            description,
            seed,
            link,
        } = &self.caption;
        let description = t!("{description} Seed {seed}. {link}");
        Ok(svg.document(self.size, title, &description))
    }
}

/// A place on another surface. That nothing more will be drawn is for the whole surface to hear.
struct Placed<'a> {
    surface: &'a mut dyn Surface,
    corner: Point,
}

impl<'a> Placed<'a> {
    fn new(surface: &'a mut dyn Surface, corner: Point) -> Self {
        Self { surface, corner }
    }

    fn at(&self, (x, y): Point) -> Point {
        (x + self.corner.0, y + self.corner.1)
    }

    fn all(&self, points: &[Point]) -> Vec<Point> {
        points.iter().map(|&point| self.at(point)).collect()
    }
}

impl Surface for Placed<'_> {
    fn rect(&mut self, from: Point, to: Point, color: RGBAColor) -> Drawn {
        self.surface.rect(self.at(from), self.at(to), color)
    }

    fn line(&mut self, from: Point, to: Point, color: RGBAColor, width: f64) -> Drawn {
        self.surface.line(self.at(from), self.at(to), color, width)
    }

    fn path(&mut self, points: &[Point], color: RGBAColor, width: f64) -> Drawn {
        self.surface.path(&self.all(points), color, width)
    }

    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn {
        self.surface.polygon(&self.all(points), color)
    }

    fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) -> Drawn {
        self.surface.disc(self.at(center), radius, color)
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, width: f64) -> Drawn {
        self.surface.ring(self.at(center), radius, color, width)
    }

    fn text(&mut self, text: &str, at: Point, lettering: Lettering, color: RGBAColor) -> Drawn {
        self.surface.text(text, self.at(at), lettering, color)
    }

    fn finish(&mut self) -> Drawn {
        Ok(())
    }
}
