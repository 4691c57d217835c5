//! *Save*: everything that can be kept of a view, in one dialog, the same in each.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlCanvasElement, HtmlInputElement};
use yew::prelude::*;

use crate::app::Progress;
use crate::app::embed::Studio;
use crate::app::files::{self, Around, Content, Kept, Kind};
use crate::draw::{Palette, Sheet};
use crate::lang;
use crate::words;

use super::browser;
use super::dialog::Dialog;
use super::handout;
use super::ink::Ink;

/// What the page knows of the session, and what it does with another.
#[derive(Clone, Default, PartialEq)]
pub struct Shelf {
    /// What was bet on so far.
    pub progress: Progress,
    /// Gets a file that the reader chose.
    pub open: Option<Callback<File>>,
    /// What became of the last one.
    pub outcome: Option<Result<String, String>>,
}

/// Properties of a [`Save`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The stem of the files' names.
    pub stem: AttrValue,
    /// The kinds of files that the view has.
    pub kinds: Vec<Kind>,
    /// What was kept last.
    pub status: AttrValue,
    /// Gets the kind of file that is to be kept, and the progress for a session.
    pub keep: Callback<(Kind, Progress)>,
}

/// The properties of a view.
#[must_use]
pub fn props(of: &dyn Kept, status: &str, keep: Callback<(Kind, Progress)>) -> Props {
    Props {
        stem: files::stem(of).into(),
        kinds: files::kinds(of),
        status: status.to_owned().into(),
        keep,
    }
}

/// The button and its dialog.
#[component]
pub fn Save(props: &Props) -> Html {
    let shelf = use_context::<Shelf>().unwrap_or_default();
    let group = |kinds: &[Kind]| {
        let title = kinds.first().map_or("", |kind| kind.group());
        let buttons = kinds.iter().map(|kind| button(*kind, props, &shelf));
        html! { <section aria-label={title}><h3>{ title }</h3><div class="files">{ for buttons }</div></section> }
    };
    let groups = props.kinds.chunk_by(|a, b| a.group() == b.group());
    html! {
        <Dialog button={t!("save")} class="save" title={t!("Save")}>
            { for groups.map(group) }
            { choose(&shelf) }
            <p class="saved" role="status">{ &props.status }</p>
        </Dialog>
    }
}

fn button(kind: Kind, props: &Props, shelf: &Shelf) -> Html {
    let progress = shelf.progress.clone();
    let onclick = props
        .keep
        .reform(move |_: MouseEvent| (kind, progress.clone()));
    let name = format!("{}{}", props.stem, kind.ending());
    html! { <button type="button" class="file" data-kind={kind.ending().into_owned()} title={name} {onclick}>{ kind.label() }</button> }
}

/// Where a session that was kept is opened again.
fn choose(shelf: &Shelf) -> Html {
    // The page of the network view alone knows no sessions of other views.
    let Some(open) = shelf.open.clone() else {
        return Html::default();
    };
    let onchange = move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        if let Some(file) = input.as_ref().and_then(|input| input.files()?.get(0)) {
            open.emit(file);
        }
        if let Some(input) = input {
            // The same file can be chosen again.
            input.set_value("");
        }
    };
    html! {
        <section aria-label={t!("Open a session")}>
            <label class="session">{ t!("Open a session that was saved, or drop its file anywhere on the page") }
                <input type="file" accept=".json,application/json" {onchange} />
            </label>
            { shelf.outcome.as_ref().map(outcome).unwrap_or_default() }
        </section>
    }
}

/// What became of a session that was opened.
fn outcome(outcome: &Result<String, String>) -> Html {
    match outcome {
        Ok(done) => html! { <p class="session-outcome">{ done }</p> },
        Err(error) => html! {
            <p class="session-outcome refused">{ t!("{error} The page stays as it was.") }</p>
        },
    }
}

/// The same above the page, until dismissed.
pub fn told(session: Option<&Result<String, String>>, dismiss: Callback<MouseEvent>) -> Html {
    let Some(told) = session else {
        return Html::default();
    };
    html! {
        <div role="alert"><ul class="notices">
            <li>{ outcome(told) }<button type="button" onclick={dismiss} aria-label={t!("dismiss this notice")}>{ "×" }</button></li>
        </ul></div>
    }
}

/// Makes a file of a view and hands it to the reader; answers what to say.
pub fn keep(kind: Kind, of: &dyn Kept, palette: Palette, progress: Progress) -> String {
    let around = around(palette, progress);
    let name = format!("{}{}", files::stem(of), kind.ending());
    match files::make(kind, of, &around) {
        None => return lang::text(words::NOT_SAVED).to_owned(),
        Some(Content::Text(text)) => browser::save(&name, kind.mime(), text.as_bytes()),
        Some(Content::Bytes(bytes)) => browser::save(&name, kind.mime(), &bytes),
        Some(Content::Picture(sheet, scale)) => {
            let Some(canvas) = painted(&sheet, scale) else {
                return lang::text(words::NOT_SAVED).to_owned();
            };
            browser::save_canvas(&canvas, name.clone());
        }
        Some(Content::Paper(page)) => {
            handout::print(*page);
            return lang::text(words::PRINTED).to_owned();
        }
    }
    words::saved(&name)
}

fn around(palette: Palette, progress: Progress) -> Around {
    Around {
        address: browser::address(""),
        palette,
        room: browser::figure_room(),
        progress,
    }
}

/// The same for the page around this one.
pub const STUDIO: Studio = Studio {
    around: |look| {
        let theme = browser::theme_name(look.theme, browser::prefers_dark());
        around(browser::palette(theme), Progress::default())
    },
    png: |sheet, scale| {
        let url = painted(sheet, scale)?.to_data_url().ok()?;
        url.strip_prefix("data:image/png;base64,")
            .map(str::to_owned)
    },
};

/// A sheet on a canvas of its own.
#[must_use]
pub fn painted(sheet: &Sheet, scale: f64) -> Option<HtmlCanvasElement> {
    /// Longest side of a canvas that every browser can make, in pixels.
    const LARGEST: f64 = 16_000.0;
    let document = browser::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = sheet.size();
    let scale = scale.min(LARGEST / width.max(height));
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is at most 16,000"
    )]
    let pixels = |length: f64| (length * scale).round() as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let mut ink = Ink::on(&canvas)?;
    sheet.draw(&mut ink, scale).ok()?;
    Some(canvas)
}
