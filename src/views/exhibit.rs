//! The page of a smaller exhibit: its controls, its picture, where a number comes from, script and output.

mod parts;

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::app::exhibit::{Exhibit, Msg as ExhibitMsg, Page};
use crate::app::files::Kind;
use crate::app::msg::Copied;
use crate::app::{Progress, View};
use crate::draw::Palette;
use crate::draw::layout::{Room, slide_scale};
use crate::lang;
use crate::nn::{DropProbability, Mode};

use super::marker::Marker;
use super::page::{Effects, Props};
use super::picture::{LaidOut, PictureView};
use super::said::Said;
use super::save;
use super::script::ExhibitScript;
pub use super::setup::Control;
use super::story::explanation;
use super::{browser, controls, header, notices, setup};
pub use parts::{controls_of, offered, said_of};
use parts::{files, note};

/// What the page of an exhibit must know besides.
pub trait ExhibitView: Exhibit {
    /// The label of its paste area, if one can paste into it.
    const PASTE: Option<&'static str> = None;
    /// What the reader is told to do.
    const HINT: &'static str =
        message!("Point at any number of the picture, or move to one with Tab and the arrow keys.");

    /// Whether *save*, *slides* and what is said aloud are the affair of its document.
    const OWN_TOOLS: bool = false;

    /// Its own controls, besides p, mode, seed and *Again*, as far as its settings leave them a meaning.
    fn controls(&self) -> Vec<Control>;
    /// The controls of its network, if it has one; they are folded away until asked for.
    fn network(&self) -> &'static [Control] {
        &[]
    }
    /// Its p, and its mode if it has one.
    fn run(&self) -> (DropProbability, Option<Mode>);
    /// What p means here, in a few words.
    fn meaning_of_p(&self) -> String {
        controls::kept_label(self.run().0)
    }
    /// What it shows instead of a picture, if it has none; `send` gets what the reader does with it.
    fn document(page: &Page<Self>, send: &Callback<ExhibitMsg<Self::Target>>) -> Html {
        let _ = (page, send);
        Html::default()
    }
}

/// What an [`ExhibitPage`] reacts to.
pub enum Msg<T> {
    /// A message of the exhibit.
    Exhibit(ExhibitMsg<T>),
    /// The viewport, or what the reader prefers, may have changed.
    Surroundings,
    /// The address is to be written now.
    WriteAddress,
    /// The reader asked for a file.
    Keep((Kind, Progress)),
}

/// What stands for the numbers while somebody bets on them.
const VEILED: &str = message!("Place your bet first; then the page says what it computed.");

/// The page of an exhibit.
pub struct ExhibitPage<E: ExhibitView> {
    page: Page<E>,
    frame: NodeRef,
    paste: NodeRef,
    viewport: (f64, f64),
    dark: bool,
    /// The size of the frame around the picture, in whole CSS pixels.
    place: (f64, f64),
    picture: Option<LaidOut<E::Trace, E::Target>>,
    effects: Effects,
    /// What was said of the file that was kept last.
    kept: String,
    _listeners: Vec<EventListener>,
}

impl<E: ExhibitView> Component for ExhibitPage<E> {
    type Message = Msg<E::Target>;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let surroundings = ctx.link().callback(|()| Msg::Surroundings);
        let mut exhibit = Self {
            page: Page::open(&browser::query()),
            frame: NodeRef::default(),
            paste: NodeRef::default(),
            viewport: browser::viewport(),
            dark: browser::prefers_dark(),
            place: (0.0, 0.0),
            picture: None,
            effects: Effects::new(
                ctx.link().callback(|()| Msg::WriteAddress),
                ctx.link()
                    .callback(|done| Msg::Exhibit(ExhibitMsg::CopyDone(done))),
            ),
            kept: String::new(),
            _listeners: browser::watch_surroundings(&surroundings),
        };
        exhibit.converse(ctx);
        exhibit
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Self::Message) -> bool {
        match msg {
            Msg::Exhibit(msg) => {
                // What shows how far it has come is on the screen already.
                let shown = matches!(msg, ExhibitMsg::Ongoing(_));
                self.apply(ctx, msg);
                if shown {
                    return false;
                }
            }
            Msg::Surroundings => {
                self.viewport = browser::viewport();
                self.dark = browser::prefers_dark();
                self.place = self.measured();
            }
            Msg::Keep((kind, progress)) => {
                self.kept = save::keep(kind, &self.page, self.palette(), progress);
            }
            Msg::WriteAddress => {
                self.effects.write_address();
                return false;
            }
        }
        self.lay_out(ctx.props().above);
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        if ctx.props().opened != before.opened {
            self.effects.forget_address();
            self.apply(ctx, ExhibitMsg::Opened(browser::query()));
        }
        self.converse(ctx);
        self.lay_out(ctx.props().above);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(Msg::Exhibit);
        let page = &self.page;
        let embed = page.look().embed;
        let veiled = ctx.props().marker.as_ref().is_some_and(Marker::veils);
        browser::set_root_attribute("data-theme", self.theme_name());
        html! {
            <div class={classes!("lab", format!("view-{}", E::VIEW.name()), embed.then_some("embed"))}>
                { self.header(&ctx.props().go, &send) }
                { notices::notices(page.notices(), &send.reform(ExhibitMsg::Dismiss)) }
                <main>
                    <section class="picture" aria-label={t!("What just happened")}>
                        <p class="now">{ if veiled { lang::text(VEILED).to_owned() } else { E::now(page.trace()) } }</p>
                        if !veiled {
                            { note(E::note(page.trace()), embed) }
                        }
                        { self.own_controls(&send) }
                        <div class="frame" ref={self.frame.clone()}>{ self.picture_view(&send, ctx.props().marker.clone()) }</div>
                        <div class="under-picture">
                            <p class="status" aria-hidden="true">{ page.status() }</p>
                            if !embed && !veiled {
                                { files(page, &self.kept, ctx.link().callback(Msg::Keep)) }
                            }
                        </div>
                    </section>
                    if !embed && !veiled {
                        { self.story() }
                    }
                </main>
                if !embed && !veiled {
                    <div class="below">
                        if !page.settings().network().is_empty() {
                            { setup::folded(controls_of(page, page.settings().network(), &send)) }
                        }
                        <ExhibitScript<E> settings={page.settings().clone()} trace={Rc::clone(page.trace())} link={page.query()} send={send.clone()} />
                        <footer>{ setup::foot(page.look(), &send.reform(|(field, text)| ExhibitMsg::Look(field, text))) }</footer>
                    </div>
                }
                if !E::OWN_TOOLS {
                    <Said text={said_of(page, veiled)} />
                }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        // Only now is there a frame that can be measured; on a slide, what is said above it takes of its height.
        if first_render || self.page.look().embed && self.measured() != self.place {
            ctx.link().send_message(Msg::Surroundings);
        }
    }
}

impl<E: ExhibitView> ExhibitPage<E> {
    fn header(&self, go: &Callback<View>, send: &Callback<ExhibitMsg<E::Target>>) -> Html {
        let page = &self.page;
        let (p, mode) = page.settings().run();
        let set = |name: &'static str| send.reform(move |text| ExhibitMsg::Set(name, text));
        let seed = page.settings().read("seed").unwrap_or_default();
        let again = send.reform(|_: MouseEvent| ExhibitMsg::Again);
        let share = send.reform(|_: MouseEvent| ExhibitMsg::Copy(Copied::Link));
        let reset = send.reform(|_: MouseEvent| ExhibitMsg::Reset);
        html! {
            <header class="head">
                { header::name_and_views(E::VIEW, page.look(), go) }
                <div class="controls">
                    if let Some(mode) = mode.filter(|_| page.look().allows("mode")) {
                        { controls::mode_switch(mode, &set("mode")) }
                    }
                    if page.look().allows("p") {
                        { controls::p_control(p, page.settings().meaning_of_p(), page.refused("p"), &set("p")) }
                    }
                    if page.settings().read("again").is_some() && page.look().allows("again") {
                        <div class="steps"><button type="button" class="again" onclick={again}>{ t!("Again") }</button></div>
                    }
                </div>
                if !page.look().embed {
                    <div class="more" role="group" aria-label={t!("The run and its link")}>
                        { setup::seed(seed, page.refused("seed"), &set("seed"), &send.reform(ExhibitMsg::FreshSeed)) }
                        <button type="button" class="share" onclick={share}>{ t!("copy link") }</button>
                        <button type="button" class="reset" onclick={reset}>{ t!("reset") }</button>
                    </div>
                }
            </header>
        }
    }

    fn picture_view(&self, send: &Callback<ExhibitMsg<E::Target>>, marker: Option<Marker>) -> Html {
        let Some(LaidOut { picture, .. }) = &self.picture else {
            return Html::default();
        };
        let Some(picture) = picture else {
            return E::document(&self.page, send);
        };
        html! {
            <PictureView<E::Target> picture={Rc::clone(picture)} focus={self.page.focus()} palette={self.palette()}
                label={t!("{}. Arrow keys move from number to number.", E::VIEW.title())}
                look_at={send.reform(ExhibitMsg::Focus)} choose={send.reform(ExhibitMsg::Choose)} {marker} />
        }
    }

    fn story(&self) -> Html {
        let page = &self.page;
        let target = page.focus().or_else(|| E::usual_target(page.trace()));
        let Some(target) = target else {
            return Html::default();
        };
        html! {
            <aside class="story" aria-label={t!("The numbers behind the picture")}>
                <section class="inspector">
                    <h2>{ t!("Where it comes from") }</h2>
                    { explanation(&E::explain(page.trace(), target)) }
                    if let Some((text, query)) = E::elsewhere(page.trace(), target) {
                        <p class="elsewhere"><a href={query}>{ text }</a></p>
                    }
                    if page.focus().is_none() {
                        <p class="hint">{ lang::text(E::HINT) }</p>
                    }
                </section>
            </aside>
        }
    }

    fn measured(&self) -> (f64, f64) {
        let frame = self.frame.cast::<HtmlElement>();
        frame.map_or((0.0, 0.0), |frame| browser::size(&frame))
    }

    /// Lays the picture out anew where the pass or the room has changed.
    fn lay_out(&mut self, above: f64) {
        let ((width, height), (_, viewport)) = (self.place, self.viewport);
        let (room, by) = if self.page.look().embed {
            let by = slide_scale(viewport);
            (Room::slide(width, height, by), by)
        } else {
            let height = (viewport - 300.0 - above).max(240.0);
            (Room::screen(width, height), 1.0)
        };
        if width > 0.0 {
            LaidOut::renew(&mut self.picture, self.page.trace(), (room, by), E::picture);
        }
    }

    fn theme_name(&self) -> &'static str {
        browser::theme_name(self.page.look().theme, self.dark)
    }

    fn palette(&self) -> Palette {
        browser::palette(self.theme_name())
    }

    fn apply(&mut self, ctx: &Context<Self>, msg: ExhibitMsg<E::Target>) {
        for effect in self.page.update(msg) {
            self.effects.run(effect, ctx.props());
        }
        self.effects.tell(&self.page, ctx.props());
    }

    /// Answers the page around this one, if it asks, and tells it what has changed.
    fn converse(&mut self, ctx: &Context<Self>) {
        self.effects.deal_with_asked(&mut self.page, ctx.props());
        self.effects.tell(&self.page, ctx.props());
    }
}
