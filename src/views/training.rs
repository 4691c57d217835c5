//! The training view: training in slices between two frames, so that the page stays at hand meanwhile. The clock
//! is here; what is trained and how far it has come is [`State`]'s affair.

mod exhibit;
mod told;
mod transport;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use web_sys::Element;
use yew::prelude::*;

use crate::app::embed::{Action, Offer};
use crate::app::exhibit::Ongoing;
use crate::app::files::learned;
use crate::app::files::table::Table;
use crate::app::files::{Kind, Trained};
use crate::app::training::{Msg as TrainingMsg, Pace, State};
use crate::app::{Look, Progress};
use crate::draw::layout::{Room, slide_scale};
use crate::draw::training::Mark;
use crate::draw::{Palette, pictures};
use crate::lang;
use crate::model::exhibits::training::{Live, Settings};
use crate::words;

use super::browser;
use super::data::Data;
use super::picture::{LaidOut, PictureView};
use super::said::Said;
use super::save;
use exhibit::Set;
use transport::Count;

/// Milliseconds of a frame in which training may go on.
const BUDGET: f64 = 12.0;
/// The same of a frame in which the picture is drawn too.
const BUDGET_BESIDE_PICTURE: f64 = 6.0;
/// At full pace, frames from one picture to the next.
const SHOWN_EVERY: u32 = 8;
/// Frames from one count to the next, for nobody reads sixty a second: each is a layout of the page.
const COUNTED_EVERY: u32 = 8;
/// Most training steps between two looks at the clock.
const MOST: u32 = 4096;
/// What the reader of the lanes is told to do.
const LANES: &str = message!("Point at a lane, or move to one with Tab and the arrow keys.");

/// What a [`Training`] reacts to.
pub enum Msg {
    /// A message of the training.
    Training(TrainingMsg),
    /// The browser is about to paint; the time in milliseconds.
    Frame(f64),
    /// The viewport, or what the reader prefers, may have changed.
    Surroundings,
    /// The reader asked for a file.
    Keep((Kind, Progress)),
}

/// Properties of a [`Training`].
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What is trained.
    pub settings: Settings,
    /// The colours.
    pub palette: Palette,
    /// Whether the page is embedded in another.
    pub embed: bool,
    /// Which controls it shows then.
    pub look: Look,
    /// How much larger than usual the picture's type is.
    pub type_scale: f64,
    /// The link of the page.
    pub link: AttrValue,
    /// Sets a setting.
    pub set: Set,
    /// What was last asked from around the page, and how many times anything was.
    pub asked: (u32, Option<Action>),
    /// The controls that an embedded page of it can have.
    pub offers: Vec<Offer>,
    /// What is said aloud of the page around it.
    pub said: AttrValue,
    /// Gets how far training has come.
    pub tell: Callback<Ongoing>,
}

/// Training, its controls and its picture.
pub struct Training {
    state: State,
    clock: Option<AnimationFrame>,
    /// When time was last told to the state.
    told: Option<f64>,
    frames: u32,
    /// How far training has come, as the page says it.
    count: Count,
    /// Training steps between two looks at the clock: about a millisecond's.
    slice: u32,
    asked: u32,
    frame: NodeRef,
    room: Option<Room>,
    picture: Option<LaidOut<Live, Mark>>,
    /// What was said of the file that was kept last.
    kept: String,
    /// Keeps a file. The same all the time, so that what has it is not made anew with every frame.
    keep: Callback<(Kind, Progress)>,
    _listeners: Vec<EventListener>,
}

impl Component for Training {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let state = State::new(ctx.props().settings.clone());
        let surroundings = ctx.link().callback(|()| Msg::Surroundings);
        let rest = ctx
            .link()
            .callback(|()| Msg::Training(TrainingMsg::Go(Pace::Rest)));
        let mut listeners = browser::watch_surroundings(&surroundings);
        listeners.extend(browser::before_print(rest));
        Self {
            count: Count::of(&state),
            state,
            clock: None,
            told: None,
            frames: 0,
            slice: 1,
            asked: ctx.props().asked.0,
            frame: NodeRef::default(),
            room: None,
            picture: None,
            kept: String::new(),
            keep: ctx.link().callback(Msg::Keep),
            _listeners: listeners,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let shown = match msg {
            Msg::Training(msg) => {
                self.state.update(msg);
                true
            }
            Msg::Frame(now) => self.frame(now),
            Msg::Surroundings => {
                self.room = self.measured(ctx.props());
                true
            }
            Msg::Keep((kind, progress)) => {
                let props = ctx.props();
                let of = self.trained(props);
                self.kept = save::keep(kind, &of, props.palette, progress);
                true
            }
        };
        self.keep_time(ctx);
        self.recount();
        self.lay_out(ctx.props());
        if shown {
            self.tell(ctx.props());
        }
        shown
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        let settings = ctx.props().settings.clone();
        self.state.update(TrainingMsg::Settings(settings));
        let sizes = |props: &Props| (props.embed, props.type_scale, props.settings.panel());
        self.do_asked(ctx.props());
        if sizes(ctx.props()) != sizes(before) {
            self.room = self.measured(ctx.props());
        }
        self.keep_time(ctx);
        self.recount();
        self.lay_out(ctx.props());
        self.tell(ctx.props());
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let send = ctx.link().callback(Msg::Training);
        html! {
            <section class="training" aria-label={t!("Training")}>
                { self.transport(ctx, &send) }
                { self.outcome(ctx.props()) }
                <div class="training-picture" ref={self.frame.clone()}>{ self.picture_view(ctx.props(), &send) }</div>
                if self.state.has_lanes() && !ctx.props().embed {
                    <p class="lane-told" aria-hidden="true">{ self.lane(words::training::lane).unwrap_or_else(|| lang::text(LANES).to_owned()) }</p>
                }
                if !ctx.props().embed {
                    { for words::training::bound(self.state.settings()).map(|bound| html! { <p class="hint">{ bound }</p> }) }
                    <Data tables={self.tables()} />
                }
                <Said text={self.said(ctx.props())} />
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        // Only now is there a frame whose room can be measured; on a slide, what is said above it takes of its height.
        if first_render || ctx.props().embed && self.measured(ctx.props()) != self.room {
            ctx.link().send_message(Msg::Surroundings);
        }
    }
}

impl Training {
    /// Trains for a slice of time; answers whether the picture is to be drawn anew.
    fn frame(&mut self, now: f64) -> bool {
        self.clock = None;
        if self.told.is_none() {
            // The first has what the press of a button changed to lay out.
            self.told = Some(now);
            return false;
        }
        self.frames = self.frames.wrapping_add(1);
        let due = self.state.pace() == Pace::Watch || self.frames.is_multiple_of(SHOWN_EVERY);
        self.train(if due { BUDGET_BESIDE_PICTURE } else { BUDGET });
        let shown = due || self.state.progress().done;
        if shown {
            let before = self.told.replace(now).unwrap_or(now);
            self.state
                .update(TrainingMsg::Tick((now - before) / 1000.0));
        }
        shown
    }

    /// Counts anew at rest, and every few frames while training goes on.
    fn recount(&mut self) {
        if self.state.pace() == Pace::Rest || self.frames.is_multiple_of(COUNTED_EVERY) {
            self.count = Count::of(&self.state);
        }
    }

    /// Does what was asked from around the page, once.
    fn do_asked(&mut self, props: &Props) {
        let (number, action) = props.asked;
        let is_new = std::mem::replace(&mut self.asked, number) != number;
        let msg = action.and_then(|action| TrainingMsg::of(action, props.settings.show()));
        if let Some(msg) = msg.filter(|_| is_new) {
            self.state.update(msg);
        }
    }

    /// Tells the page how far training has come.
    fn tell(&self, props: &Props) {
        let numbers: Rc<Live> = Rc::clone(self.state.live());
        props.tell.emit(Ongoing {
            playing: self.state.pace() != Pace::Rest,
            numbers,
        });
    }

    /// Takes as many training steps as so many milliseconds allow.
    fn train(&mut self, budget: f64) {
        let start = browser::now();
        loop {
            let before = browser::now();
            let steps = self.slice.min(self.state.may_take());
            if steps == 0 || self.state.progress().done || before - start >= budget {
                return;
            }
            self.state.update(TrainingMsg::Advance(steps));
            self.slice = if browser::now() - before < 1.0 {
                (self.slice * 2).min(MOST)
            } else {
                (self.slice / 2).max(1)
            };
        }
    }

    /// Asks for the next frame as long as training goes on, and for none otherwise.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        if self.state.pace() == Pace::Rest {
            (self.clock, self.told) = (None, None);
        } else if self.clock.is_none() {
            let frame = ctx.link().callback(Msg::Frame);
            self.clock = Some(request_animation_frame(move |now| frame.emit(now)));
        }
    }

    /// How much larger than usual the picture's type is.
    fn zoom(props: &Props) -> f64 {
        if props.embed {
            slide_scale(browser::viewport().1)
        } else {
            props.type_scale
        }
    }

    /// The room below what stands above the picture.
    fn measured(&self, props: &Props) -> Option<Room> {
        let frame = self.frame.cast::<Element>()?;
        let ((width, height), zoom) = (browser::size(&frame), Self::zoom(props));
        if width <= 0.0 {
            return None;
        }
        if props.embed {
            return Some(Room::slide(width, height, zoom));
        }
        // From the top of the page, however far it is scrolled.
        let top = frame.get_bounding_client_rect().top()
            + browser::window().map_or(0.0, |w| w.scroll_y().unwrap_or(0.0));
        let below = if self.state.has_lanes() { 90.0 } else { 60.0 };
        let height = (browser::viewport().1 - top - below).max(400.0);
        Some(Room::screen(width / zoom, height / zoom))
    }

    /// Training as far as it has come, for a file.
    fn trained<'a>(&'a self, props: &'a Props) -> Trained<'a> {
        Trained {
            state: &self.state,
            link: &props.link,
        }
    }

    /// Its losses, and what came of them, in tables.
    fn tables(&self) -> Callback<(), Vec<Table>> {
        let live = Rc::clone(self.state.live());
        Callback::from(move |()| learned::tables(&live))
    }

    /// Lays the picture out anew where the numbers or the room have changed.
    fn lay_out(&mut self, props: &Props) {
        if let Some(room) = self.room {
            let place = (room, Self::zoom(props));
            LaidOut::renew(&mut self.picture, self.state.live(), place, |live, room| {
                Some(pictures::training(live, room))
            });
        }
    }

    fn picture_view(&self, props: &Props, send: &Callback<TrainingMsg>) -> Html {
        let Some(picture) = self.picture.as_ref().and_then(|laid| laid.picture.as_ref()) else {
            return Html::default();
        };
        html! {
            <PictureView<Mark> picture={Rc::clone(picture)} focus={self.state.focus()} palette={props.palette}
                label={t!("Losses of networks with dropout and without, and what they have learned. Arrow keys move from point to point.")}
                look_at={send.reform(TrainingMsg::Focus)} choose={Callback::noop()} marker={None} />
        }
    }
}
