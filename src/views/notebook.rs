//! A notebook on the page: which of the five, its prose, its cells with what they print, and notes where it slips.

use yew::prelude::*;

use crate::app::exhibit::{Msg as ExhibitMsg, Page};
use crate::app::msg::Copied;
use crate::app::view::View;
use crate::lang;
use crate::nn::{DropProbability, Mode};
use crate::notebook::cells::{Cell, Code, Slip, Which};
use crate::notebook::print::zeros;
use crate::notebook::prose::{self, Block, Span};
use crate::notebook::python::{self, Kind};
use crate::notebook::reader::{self, Settings, drawn};

use super::browser;
use super::exhibit::{Control, ExhibitView};
use super::story::explanation;

type Send = Callback<ExhibitMsg<&'static str>>;

impl ExhibitView for Settings {
    fn controls(&self) -> Vec<Control> {
        let coins = Control::Choice(
            "bernoulli",
            message!("coins of"),
            &[
                ("mt19937", message!("PyTorch 2.7 and later")),
                ("mcg31", message!("PyTorch to 2.6 on Intel")),
            ],
        );
        match self.which() {
            Which::Network => vec![
                Control::Number("steps", message!("training steps"), 4),
                coins,
            ],
            Which::WeightDrop => {
                let rows = Control::Choice(
                    "variational",
                    message!("WeightDrop"),
                    &[
                        ("on", message!("variational: a coin for each row")),
                        ("off", message!("DropConnect: a coin for each weight")),
                    ],
                );
                vec![rows, coins]
            }
            _ => vec![coins],
        }
    }

    fn run(&self) -> (DropProbability, Option<Mode>) {
        (self.p(), None)
    }

    fn document(page: &Page<Self>, send: &Send) -> Html {
        let (trace, embed) = (page.trace(), page.look().embed);
        let cells = &trace.notebook.cells;
        let looked_at = trace.settings.cell();
        let cell = |cell: &Cell| match cell {
            Cell::Text(text) => {
                html! { <div class="prose">{ for prose::said(text).iter().map(block) }</div> }
            }
            Cell::Code(code) => code_cell(page, code, send),
        };
        html! {
            <article class="notebook" aria-label={t!("Notebook {}", trace.settings.which().number())}>
                if embed {
                    // A slide has room for one cell.
                    { for trace.looked_at().map(|code| code_cell(page, code, send)) }
                } else {
                    { picker(page) }
                    { for cells.iter().map(cell) }
                }
                <BringIntoView key={trace.settings.which().number()} id={looked_at.map(anchor)} />
            </article>
        }
    }
}

/// The five notebooks by number and by what they are about.
fn picker(page: &Page<Settings>) -> Html {
    let current = page.settings().which();
    let link = |which: Which| {
        let here = (which == current).then_some("page");
        html! {
            <li><a href={page.link_with("notebook", which.number())} aria-current={here}>
                <span class="number">{ which.number() }</span>
                <span class="about">{ lang::text(which.title()) }</span>
            </a></li>
        }
    };
    html! {
        <>
            <nav class="notebooks" aria-label={t!("Notebooks")}><ol>{ for Which::ALL.into_iter().map(link) }</ol></nav>
            <h2 class="notebook-title">{ lang::text(current.title()) }</h2>
            <p class="hint">{ t!("The notebook calls itself “{}”.", current.source()) }</p>
        </>
    }
}

/// A heading or a paragraph.
fn block(block: &Block) -> Html {
    match block {
        Block::Heading(line) => html! { <h3>{ spans(line) }</h3> },
        Block::Paragraph(line) => html! { <p>{ spans(line) }</p> },
    }
}

fn spans(line: &[Span]) -> Html {
    let span = |span: &Span| match *span {
        Span::Words(words) => html! { { words } },
        Span::Code(code) => html! { <code>{ code }</code> },
    };
    line.iter().map(span).collect()
}

/// The id of a cell's element.
fn anchor(cell: &str) -> AttrValue {
    format!("cell-{cell}").into()
}

/// A cell of code: what is run, what it prints, where to see it live, and the notes beside it.
fn code_cell(page: &Page<Settings>, code: &Code, send: &Send) -> Html {
    let number = page.trace().number(code.id).unwrap_or_default();
    let looked_at = page.settings().cell() == Some(code.id);
    let output = code.output();
    html! {
        <section key={code.id} class={classes!("cell", looked_at.then_some("looked-at"))} id={anchor(code.id)}
            aria-label={t!("Cell {number}, {}", code.id)} aria-current={looked_at.then_some("true")}>
            <div class="run">
                <a class="prompt" href={page.link_with("cell", code.id)} title={t!("A link to this cell")}>{ format!("In [{number}]") }</a>
                <pre class="cell-code" tabindex={tab_stop(&code.code, 64)}>{ python(&code.code) }</pre>
                if !output.is_empty() {
                    <span class="prompt">{ "Out" }</span>
                    <pre class="cell-output" tabindex={tab_stop(&output, 40)}>{ printed(&output) }</pre>
                }
                { foot(page, code, looked_at, send) }
            </div>
            if looked_at || !code.slips.is_empty() {
                <div class="margin">
                    { for code.slips.iter().map(slip) }
                    if looked_at && !page.look().embed {
                        <aside class="inspector" aria-label={t!("What this cell draws")}>{ explanation(&reader::explain(page.trace(), code.id)) }</aside>
                    }
                </div>
            }
        </section>
    }
}

/// What a cell takes from the generator, where to see it live, and how to come back to it.
fn foot(page: &Page<Settings>, code: &Code, looked_at: bool, send: &Send) -> Html {
    let (id, send) = (code.id, send.clone());
    let copy = move |_: MouseEvent| {
        send.emit(ExhibitMsg::Set("cell", id.to_owned()));
        send.emit(ExhibitMsg::Copy(Copied::Link));
    };
    let embed = page.look().embed;
    html! {
        <p class="foot">
            if let Some(link) = code.link.as_ref().filter(|_| page.look().allows("view")) {
                <a class="live" href={link.clone()}>{ t!("see it live: {}", View::of(link).label()) }</a>
            }
            if !embed {
                <button type="button" class="copy-cell" onclick={copy}>{ t!("copy link to this cell") }</button>
            }
            if (looked_at || embed) && page.look().allows("cell") {
                { neighbours(page, code.id) }
            }
            if code.drawn > 0 || code.link.is_some() {
                <span class="drawn">{ drawn(code) }</span>
            }
        </p>
    }
}

/// Links to the cells before and after.
fn neighbours(page: &Page<Settings>, id: &str) -> Html {
    let cells: Vec<&str> = page.trace().notebook.code().map(|code| code.id).collect();
    let place = cells
        .iter()
        .position(|cell| *cell == id)
        .unwrap_or_default();
    let link = |cell: Option<&&str>, class: &'static str, label: &'static str| {
        let href = cell.map(|cell| page.link_with("cell", cell));
        html! {
            if let Some(href) = href {
                <a {class} {href}>{ label }</a>
            }
        }
    };
    let before = place.checked_sub(1).and_then(|place| cells.get(place));
    html! {
        <>
            { link(before, "previous", t!("◀ cell before")) }
            { link(cells.get(place + 1), "next", t!("next cell ▶")) }
        </>
    }
}

/// A note where the notebook slips.
fn slip(slip: &Slip) -> Html {
    html! {
        <div class="slip" role="note" aria-label={t!("Where the notebook slips")}>
            <p class="claim"><strong>{ t!("The notebook: ") }</strong>{ lang::text(slip.claim) }</p>
            <p class="truth"><strong>{ t!("In truth: ") }</strong>{ lang::text(slip.truth) }</p>
            <a class="show" href={slip.link}>{ t!("show me") }</a>
        </div>
    }
}

/// Text that may be larger than its box, which has room for `width` letters where it is smallest, is one of the stops
/// of the Tab key, so that it can be scrolled. A phone's box wraps code, and so is no smaller for it.
fn tab_stop(text: &str, width: usize) -> Option<&'static str> {
    const LINES: usize = 20;
    let long = text.lines().count() > LINES || text.lines().any(|line| line.len() > width);
    long.then_some("0")
}

/// A print in which what reads 0 stands apart.
fn printed(text: &str) -> Html {
    let stretch = |(is_zero, text)| {
        if is_zero {
            html! { <span class="zero">{ text }</span> }
        } else {
            html! { { text } }
        }
    };
    zeros(text).map(stretch).collect()
}

/// Python in colours.
fn python(code: &str) -> Html {
    let token = |(kind, text): (Kind, &str)| {
        let class = match kind {
            Kind::Plain => return html! { { text } },
            Kind::Keyword => "keyword",
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Comment => "comment",
        };
        html! { <span {class}>{ text }</span> }
    };
    python::tokens(code).map(token).collect()
}

/// Properties of [`BringIntoView`].
#[derive(Clone, PartialEq, Properties)]
struct Place {
    id: Option<AttrValue>,
}

/// Brings an element into the window whenever it becomes another one.
#[component]
fn BringIntoView(place: &Place) -> Html {
    use_effect_with(place.id.clone(), |id| {
        if let Some(id) = id {
            browser::bring_into_view(id);
        }
    });
    Html::default()
}
