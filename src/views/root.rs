//! The root: it holds the [`State`], runs the effects, and is the only one that knows the clock.

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use yew::prelude::*;

use crate::app::files::Kind;
use crate::app::msg::PlaybackMsg;
use crate::app::{Msg as AppMsg, Progress, Sound, State, Theme, update};
use crate::draw::Palette;
use crate::draw::layout::slide_scale;
use crate::words;

use super::data::summary;
use super::figure::Figure;
use super::page::{Effects, Props, Tools};
use super::said::Said;
use super::script::{self, Script};
use super::story::{self, Story};
use super::{browser, header, notices, rail, said, setup};

/// What the root reacts to.
pub enum Msg {
    /// A message of the app.
    App(AppMsg),
    /// The browser is about to paint; the time in milliseconds.
    Frame(f64),
    /// The viewport, or what the reader prefers, may have changed.
    Surroundings,
    /// The address is to be written now.
    WriteAddress,
    /// The reader asked for a file.
    Keep((Kind, Progress)),
    /// The reader asked for what only the whole page has.
    Whole,
}

/// The network view's page.
pub struct Root {
    state: State,
    viewport: (f64, f64),
    less_motion: bool,
    dark: bool,
    clock: Option<AnimationFrame>,
    last_frame: Option<f64>,
    effects: Effects,
    /// What was said of the file that was kept last.
    kept: String,
    _listeners: Vec<EventListener>,
}

/// A viewport narrower than this has the run's controls below the picture, in CSS pixels.
const NARROW: f64 = 720.0;

impl Component for Root {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let surroundings = ctx.link().callback(|()| Msg::Surroundings);
        let rest = ctx
            .link()
            .callback(|()| Msg::App(AppMsg::Playback(PlaybackMsg::Rest)));
        let mut listeners = browser::watch_surroundings(&surroundings);
        listeners.extend(browser::before_print(rest));
        let mut root = Self {
            state: State::open(&browser::query()),
            viewport: browser::viewport(),
            less_motion: false,
            dark: false,
            clock: None,
            last_frame: None,
            effects: Effects::new(
                ctx.link().callback(|()| Msg::WriteAddress),
                ctx.link().callback(|done| Msg::App(AppMsg::CopyDone(done))),
            ),
            kept: String::new(),
            _listeners: listeners,
        };
        root.look_around();
        root.converse(ctx);
        root
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::App(msg) => {
                self.apply(ctx, msg);
            }
            Msg::Frame(now) => {
                self.clock = None;
                let before = self.last_frame.replace(now).unwrap_or(now);
                self.apply(ctx, AppMsg::Tick((now - before) / 1000.0));
            }
            Msg::Surroundings => self.look_around(),
            Msg::Keep((kind, progress)) => {
                if let Tools::Here { keep, .. } = ctx.props().tools {
                    self.kept = keep(kind, &self.state, self.palette(), progress);
                }
            }
            Msg::Whole => {
                if let Tools::Elsewhere(whole) = &ctx.props().tools {
                    whole.emit(());
                }
            }
            Msg::WriteAddress => {
                self.effects.write_address();
                return false;
            }
        }
        self.keep_time(ctx);
        true
    }

    /// The whole page, which takes the first one's place, reads the address.
    fn destroy(&mut self, ctx: &Context<Self>) {
        if matches!(ctx.props().tools, Tools::Elsewhere(_)) {
            self.effects.write_address();
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        if ctx.props().opened != before.opened {
            self.effects.forget_address();
            self.apply(ctx, AppMsg::Opened(browser::query()));
        }
        self.converse(ctx);
        self.keep_time(ctx);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(Msg::App);
        let state = &self.state;
        let embed = state.look().embed;
        let narrow = self.viewport.0 < NARROW;
        let look = send.reform(|(field, text)| AppMsg::Look(field, text));
        browser::set_root_attribute("data-theme", self.theme_name());
        html! {
            <div class={classes!("lab", embed.then_some("embed"))}>
                { header::header(state, narrow, &ctx.props().go, &send) }
                { notices::notices(state.notices(), &send.reform(AppMsg::Dismiss)) }
                <main>
                    { self.picture(ctx, &send) }
                    if !embed {
                        <Story ..story::props(state) />
                    }
                </main>
                if !embed {
                    <div class="below">
                        if narrow {
                            { header::run_controls(state, &send) }
                        }
                        { setup::setup(state, &send) }
                        <Script ..script::props(state, &send) />
                        <footer>{ setup::sound(state.look(), &look) }{ setup::foot(state.look(), &look) }<p>{ t!("Dropout Lab computes in this page. Nothing is sent anywhere.") }</p></footer>
                    </div>
                }
                <Said text={self.said()} />
            </div>
        }
    }
}

impl Root {
    /// What was just done, whom it dropped and whom it left without gradient, and the number looked at; nothing while
    /// the picture plays.
    fn said(&self) -> AttrValue {
        let state = &self.state;
        if state.playback().playing {
            return AttrValue::default();
        }
        let now = || words::live(state.trace(), state.look().stage, state.sample());
        let explain = |target| words::explain(state.trace(), target);
        said::line(state.status(), now, state.focus().map(explain))
    }

    /// *Save* and *slides*; an embedded page has neither.
    fn tools(&self, ctx: &Context<Self>) -> Html {
        if self.state.look().embed {
            return Html::default();
        }
        match &ctx.props().tools {
            Tools::Here { show, .. } => {
                show(&self.state, &self.kept, ctx.link().callback(Msg::Keep))
            }
            Tools::Elsewhere(_) => {
                let whole = ctx.link().callback(|_: MouseEvent| Msg::Whole);
                let button = |class, name| html! { <button type="button" {class} aria-haspopup="dialog" onclick={whole.clone()}>{ name }</button> };
                let tables = html! { <details class="data"><summary onclick={whole.clone()}>{ summary() }</summary></details> };
                html! { <>{ button("open-save", t!("save")) }{ button("open-slides", t!("slides")) }{ tables }</> }
            }
        }
    }

    fn picture(&self, ctx: &Context<Self>, send: &Callback<AppMsg>) -> Html {
        let state = &self.state;
        let look = state.look();
        html! {
            <section class="picture" aria-label={t!("What just happened")}>
                <p class="now">{ words::now(state.trace(), look.stage, state.sample()) }</p>
                <Figure trace={state.trace().clone()} stage={look.stage} sample={state.sample()} focus={state.focus()}
                    progress={state.drawn_progress(self.less_motion)} palette={self.palette()}
                    type_scale={self.type_scale()} height={self.picture_height(ctx.props().above)} {send} />
                { rail::rail(look, state.playback(), send) }
                <div class="under-picture">
                    <p class="status" aria-hidden="true">{ state.status() }</p>
                    { self.tools(ctx) }
                </div>
            </section>
        }
    }

    /// How much larger than usual the picture's type is.
    fn type_scale(&self) -> f64 {
        let look = self.state.look();
        match look.theme {
            _ if look.embed => slide_scale(self.viewport.1),
            Theme::Projector => 1.3,
            _ => 1.0,
        }
    }

    /// What the viewport leaves for the picture, below the head and above the rail; an embedded one fills its place.
    fn picture_height(&self, above: f64) -> Option<f64> {
        let (_, height) = self.viewport;
        (!self.state.look().embed).then_some((height - 250.0 - above).max(150.0))
    }

    fn palette(&self) -> Palette {
        browser::palette(self.theme_name())
    }

    fn theme_name(&self) -> &'static str {
        browser::theme_name(self.state.look().theme, self.dark)
    }

    /// Takes in viewport and preferences.
    fn look_around(&mut self) {
        self.viewport = browser::viewport();
        self.less_motion = browser::matches("(prefers-reduced-motion: reduce)");
        self.dark = browser::prefers_dark();
    }

    fn apply(&mut self, ctx: &Context<Self>, msg: AppMsg) {
        let silent = self.state.look().sound == Sound::Off;
        let effects = match ctx.props().tools {
            Tools::Here { update, .. } => update(&mut self.state, msg),
            Tools::Elsewhere(_) => update(&mut self.state, msg),
        };
        for effect in effects {
            self.effects.run(effect, ctx.props());
        }
        if let Tools::Elsewhere(whole) = &ctx.props().tools
            && silent
            && self.state.look().sound == Sound::On
        {
            // Only the whole page can play anything.
            whole.emit(());
        }
        self.effects.tell(&self.state, ctx.props());
    }

    /// Answers the page around this one, if it asks, and tells it what has changed.
    fn converse(&mut self, ctx: &Context<Self>) {
        if let Tools::Here { converse, .. } = ctx.props().tools {
            converse(&mut self.effects, &mut self.state, ctx.props());
        }
    }

    /// Asks for the next frame as long as something moves, and for none otherwise.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        if !self.state.playback().playing {
            (self.clock, self.last_frame) = (None, None);
        } else if self.clock.is_none() {
            let tick = ctx.link().callback(Msg::Frame);
            self.clock = Some(request_animation_frame(move |now| tick.emit(now)));
        }
    }
}
