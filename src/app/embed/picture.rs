//! The figure of a view as the page around it gets it: SVG, or PNG where there is a browser to paint it.

use serde_json::{Value, json};

use super::Hosted;
use super::rpc::Refusal;
use crate::app::Look;
use crate::app::export::Size;
use crate::app::files::{Around, Kind};
use crate::draw::Sheet;
use crate::model::FieldError;

/// What a picture needs of the browser.
#[derive(Clone, Copy, Debug)]
pub struct Studio {
    /// Where the page is, the colours of its look, and the room of its figure.
    pub around: fn(&Look) -> Around,
    /// A sheet as PNG in base64, so many pixels to a CSS pixel; nothing if the browser can't.
    pub png: fn(&Sheet, f64) -> Option<String>,
}

/// `{format, type, data}`; nothing if the view has no figure.
///
/// # Errors
/// The params are others than `format` and `scale`, or the browser has not painted it.
pub(super) fn taken(
    host: &dyn Hosted,
    studio: Studio,
    params: Option<&Value>,
) -> Result<Option<Value>, Refusal> {
    let query = host.written().query();
    let around = (studio.around)(&Look::of(&query));
    let Some(figure) = host.picture(&around.address) else {
        return Ok(None);
    };
    let (kind, scale) = wanted(params)?;
    let failed = || Refusal::by_the_browser("the picture could not be made");
    let sheet = figure.sheet(Size::Room(around.room), &around.palette);
    let sheet = sheet.ok_or_else(failed)?;
    let data = match kind {
        Kind::Svg => sheet.svg().ok(),
        _ => (studio.png)(&sheet, scale),
    };
    let data = data.ok_or_else(failed)?;
    let ending = kind.ending();
    let format = ending.trim_start_matches('.');
    Ok(Some(
        json!({ "format": format, "type": kind.mime(), "data": data }),
    ))
}

/// The kind of file, SVG unless another is named, and the pixels to a CSS pixel.
fn wanted(params: Option<&Value>) -> Result<(Kind, f64), Refusal> {
    let mut wanted = (Kind::Svg, 1.0);
    let not_an_object = || "params must be an object of format and scale".to_owned();
    let names = params.map(|params| params.as_object().ok_or_else(not_an_object));
    let names = names.transpose()?;
    for (name, value) in names.into_iter().flatten() {
        match name.as_str() {
            "format" => {
                let formats = [("svg", Kind::Svg), ("png", Kind::Png(1))];
                let found = formats.iter().find(|(name, _)| value == name);
                wanted.0 = found.ok_or_else(|| refused("format", value, "svg, png"))?.1;
            }
            "scale" => {
                let scale = value.as_f64().filter(|scale| (1.0..=4.0).contains(scale));
                wanted.1 = scale.ok_or_else(|| refused("scale", value, "numbers from 1 to 4"))?;
            }
            _ => return Err(format!("snapshot has no {name}; it has format, scale").into()),
        }
    }
    Ok(wanted)
}

fn refused(name: &'static str, value: &Value, allowed: &str) -> FieldError {
    let text = value.as_str().map_or(value.to_string(), str::to_owned);
    FieldError::named(name, &text, allowed.to_owned())
}
