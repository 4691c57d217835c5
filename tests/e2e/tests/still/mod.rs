//! What the page's canvas was told to draw, held against the same picture drawn here: every text, circle and
//! rectangle with its place.

use anyhow::Result;
use dropout_lab::app::training::State;
use dropout_lab::draw::layout::Room;
use dropout_lab::draw::surface::{Drawn, Lettering, Point};
use dropout_lab::draw::{Palette, Surface, pictures};
use e2e::Page;
use plotters::style::RGBAColor;
use serde::Deserialize;

/// One picture, mark by mark. Pixels are whole.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Still {
    /// Texts, and where they stand.
    pub texts: Vec<(String, i64, i64)>,
    /// Discs and rings: center and radius.
    pub circles: Vec<(i64, i64, i64)>,
    /// Filled rectangles: upper left corner and size.
    pub rects: Vec<(i64, i64, i64, i64)>,
}

/// Writes down what is drawn from now on; the rectangle that is all of the canvas begins a picture.
const WATCH: &str = "(() => {
    const canvas = CanvasRenderingContext2D.prototype;
    const { fillRect, fillText, arc } = canvas;
    const begin = () => window.stills.push({ texts: [], circles: [], rects: [] });
    window.stills = []; begin();
    const last = () => window.stills[window.stills.length - 1];
    canvas.fillRect = function (...at) {
        if (!at[0] && !at[1] && at[2] >= this.canvas.width && at[3] >= this.canvas.height) begin();
        last().rects.push(at);
        return fillRect.apply(this, at);
    };
    canvas.fillText = function (...told) { last().texts.push(told.slice(0, 3)); return fillText.apply(this, told); };
    canvas.arc = function (...at) { last().circles.push(at.slice(0, 3)); return arc.apply(this, at); };
    return true;
})()";

/// Has the page write down what it draws.
pub async fn watch(page: &Page) -> Result<()> {
    page.eval::<bool>(WATCH).await?;
    Ok(())
}

/// The room that the picture on the page fills.
pub async fn room(page: &Page) -> Result<Room> {
    let script = "(style => [style.width, style.height].map(parseFloat))(document.querySelector('.training canvas').style)";
    let (width, height) = page.eval(script).await?;
    Ok(Room::screen(width, height))
}

/// Fails unless the latest picture on the page is that of `state`, mark by mark.
pub async fn shows(page: &Page, state: &State) -> Result<Still> {
    let room = room(page).await?;
    let picture = pictures::training(state.live(), room);
    assert_eq!(picture.size(), (room.width, room.height));
    let scale: f64 = page.eval("devicePixelRatio").await?;
    let mut still = Still::default();
    let drawn = picture.draw(&mut still, state.focus(), &Palette::BRIGHT, scale);
    assert_eq!(drawn, Ok(()));
    let shown: Still = page.eval("window.stills[window.stills.length - 1]").await?;
    assert_eq!(shown.texts, still.texts);
    assert_eq!(shown.circles, still.circles);
    assert_eq!(shown.rects, still.rects);
    Ok(shown)
}

/// As the canvas gets a length: a whole number of pixels.
#[allow(clippy::cast_possible_truncation, reason = "pictures are far smaller")]
fn whole(length: f64) -> i64 {
    length.round() as i64
}

impl Surface for Still {
    fn rect(&mut self, from: Point, to: Point, _: RGBAColor) -> Drawn {
        let ((x, y), (right, floor)) = (from, to);
        let [x, y, right, floor] = [x, y, right, floor].map(whole);
        self.rects.push((x, y, right - x, floor - y));
        Ok(())
    }

    fn line(&mut self, _: Point, _: Point, _: RGBAColor, _: f64) -> Drawn {
        Ok(())
    }

    fn path(&mut self, _: &[Point], _: RGBAColor, _: f64) -> Drawn {
        Ok(())
    }

    fn polygon(&mut self, _: &[Point], _: RGBAColor) -> Drawn {
        Ok(())
    }

    fn disc(&mut self, (x, y): Point, radius: f64, _: RGBAColor) -> Drawn {
        self.circles
            .push((whole(x), whole(y), whole(radius).max(1)));
        Ok(())
    }

    fn ring(&mut self, center: Point, radius: f64, color: RGBAColor, _: f64) -> Drawn {
        self.disc(center, radius, color)
    }

    fn text(&mut self, text: &str, (x, y): Point, _: Lettering, _: RGBAColor) -> Drawn {
        self.texts.push((text.to_owned(), whole(x), whole(y)));
        Ok(())
    }

    fn finish(&mut self) -> Drawn {
        Ok(())
    }
}
