//! The canvas under a pen. plotters-canvas sets every style anew for every mark, each time as a text that the browser
//! has to read: for the thousand marks of a picture that costs as much as the marks. Here the marks that come by the
//! hundred are made by the same calls with the same numbers, and only the styles that are not there yet are set; all
//! others are its own.

use std::f64::consts::PI;

use plotters::style::RGBAColor;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::draw::surface::{Align, Drawn, FONT, Lettering, Point, Surface, length, whole};

/// A canvas that is drawn on.
pub struct Ink {
    canvas: HtmlCanvasElement,
    /// plotters' own, from the first polygon on.
    backend: Option<CanvasBackend>,
    context: CanvasRenderingContext2d,
    fill: Option<RGBAColor>,
    stroke: Option<RGBAColor>,
    width: Option<u32>,
    letters: Option<Lettering>,
}

impl Ink {
    /// Ink for `canvas`; nothing where the browser has none to give.
    #[must_use]
    pub fn on(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            canvas: canvas.clone(),
            backend: None,
            context,
            fill: None,
            stroke: None,
            width: None,
            letters: None,
        })
    }

    fn fill_with(&mut self, color: RGBAColor) {
        if self.fill.replace(color) != Some(color) {
            self.context.set_fill_style_str(&css(color));
        }
    }

    fn stroke_with(&mut self, color: RGBAColor, width: f64) {
        if self.stroke.replace(color) != Some(color) {
            self.context.set_stroke_style_str(&css(color));
        }
        let width = length(width);
        if self.width.replace(width) != Some(width) {
            self.context.set_line_width(width.into());
        }
    }

    fn letter_with(&mut self, letters: Lettering) {
        let before = self.letters.replace(letters);
        if before.is_none() {
            self.context.set_text_baseline("middle");
        }
        if before.map(|before| before.align) != Some(letters.align) {
            self.context.set_text_align(match letters.align {
                Align::Left => "start",
                Align::Center => "center",
                Align::Right => "end",
            });
        }
        let font = |letters: Lettering| (letters.size, letters.bold);
        if before.map(font) != Some(font(letters)) {
            let weight = if letters.bold { "bold" } else { "normal" };
            let size = letters.size;
            self.context.set_font(&format!("{weight} {size}px {FONT}"));
        }
    }

    /// Lines through points, in one stroke.
    fn stroke_along<'a>(
        &mut self,
        paths: impl IntoIterator<Item = &'a [Point]>,
        color: RGBAColor,
        width: f64,
    ) {
        if is_clear(color) {
            return;
        }
        self.stroke_with(color, width);
        self.context.begin_path();
        for points in paths {
            let mut points = points.iter().copied().map(whole);
            if let Some((x, y)) = points.next() {
                self.context.move_to(x.into(), y.into());
            }
            for (x, y) in points {
                self.context.line_to(x.into(), y.into());
            }
        }
        self.context.stroke();
    }

    fn circle(&self, center: Point, radius: f64) -> Drawn {
        let (x, y) = whole(center);
        self.context.begin_path();
        let drawn = self
            .context
            .arc(x.into(), y.into(), length(radius).into(), 0.0, 2.0 * PI);
        said(drawn)
    }
}

/// Nothing is seen of a mark without colour.
fn is_clear(RGBAColor(.., alpha): RGBAColor) -> bool {
    alpha == 0.0
}

fn css(RGBAColor(red, green, blue, alpha): RGBAColor) -> String {
    format!("rgba({red},{green},{blue},{alpha})")
}

fn said(drawn: Result<(), JsValue>) -> Drawn {
    drawn.map_err(|error| format!("{error:?}"))
}

impl Surface for Ink {
    fn rect(&mut self, from: Point, to: Point, color: RGBAColor) -> Drawn {
        if is_clear(color) {
            return Ok(());
        }
        self.fill_with(color);
        let ((left, top), (right, bottom)) = (whole(from), whole(to));
        self.context.fill_rect(
            left.into(),
            top.into(),
            (right - left).into(),
            (bottom - top).into(),
        );
        Ok(())
    }

    fn line(&mut self, from: Point, to: Point, color: RGBAColor, width: f64) -> Drawn {
        if is_clear(color) {
            return Ok(());
        }
        self.stroke_with(color, width);
        // Level and upright lines lie on pixels, not between them.
        let ((x, y), (end_x, end_y)) = (whole(from), whole(to));
        let aside = |one: i32, other: i32| if one == other { 0.5 } else { 0.0 };
        let (left, up) = (aside(x, end_x), aside(y, end_y));
        self.context.begin_path();
        self.context.move_to(f64::from(x) - left, f64::from(y) - up);
        self.context
            .line_to(f64::from(end_x) - left, f64::from(end_y) - up);
        self.context.stroke();
        Ok(())
    }

    fn path(&mut self, points: &[Point], color: RGBAColor, width: f64) -> Drawn {
        self.stroke_along([points], color, width);
        Ok(())
    }

    fn paths(&mut self, paths: &[Vec<Point>], color: RGBAColor, width: f64) -> Drawn {
        self.stroke_along(paths.iter().map(Vec::as_slice), color, width);
        Ok(())
    }

    fn polygon(&mut self, points: &[Point], color: RGBAColor) -> Drawn {
        self.fill = None;
        if self.backend.is_none() {
            self.backend = CanvasBackend::with_canvas_object(self.canvas.clone());
        }
        match &mut self.backend {
            Some(backend) => backend.polygon(points, color),
            None => Err("plotters found no context on the canvas".to_owned()),
        }
    }

    fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) -> Drawn {
        if is_clear(color) {
            return Ok(());
        }
        self.fill_with(color);
        self.circle(center, radius)?;
        self.context.fill();
        Ok(())
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, width: f64) -> Drawn {
        if is_clear(color) {
            return Ok(());
        }
        self.stroke_with(color, width);
        self.circle(center, radius)?;
        self.context.stroke();
        Ok(())
    }

    fn text(&mut self, text: &str, at: Point, lettering: Lettering, color: RGBAColor) -> Drawn {
        if is_clear(color) {
            return Ok(());
        }
        self.fill_with(color);
        self.letter_with(lettering);
        let (x, y) = whole(at);
        said(self.context.fill_text(text, x.into(), y.into()))
    }

    fn finish(&mut self) -> Drawn {
        // A canvas shows what was drawn by itself.
        Ok(())
    }
}
