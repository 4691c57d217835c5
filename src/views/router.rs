//! Which view is on the page, the one that the address names, and the lesson above it.

mod around;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File};
use yew::prelude::*;

use crate::app::course::{self, Course, Phase};
use crate::app::embed::{Fragments, offers};
use crate::app::files::session::Session;
use crate::app::look::LookField;
use crate::app::sound::{Moment, heard};
use crate::app::view::{CARRIED, carry, followed, may_follow};
use crate::app::{Look, Progress, View, update};
use crate::lessons::{Bet, Place, Placed};
use crate::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use crate::notebook::reader;

use super::data::{self, Data};
use super::exhibit::ExhibitPage;
use super::invitation::{bare, invitation};
use super::keys::{self, Key};
use super::lesson::Panel;
use super::marker::Marker;
use super::page::{Props, Tools};
use super::parent::{self, Parent, Said};
use super::save::{self, Save, Shelf};
use super::shortcuts::{self, List};
use super::slides::Slides;
use super::teachers::Teachers;
use super::{Root, browser, contents, links, memory, notices, setup, sound, still};

/// What the router reacts to.
pub enum Msg {
    /// The reader goes to another view.
    Go(View),
    /// The browser went back or forward.
    Turned,
    /// The reader has changed the view to this link.
    Moved(String),
    /// The reader follows a link within the page.
    Open(String),
    /// Something happened to the lesson.
    Lesson(course::Msg),
    /// Colours for a page that has no state of its own.
    Look(LookField, String),
    /// The invitation was declined.
    Decline,
    /// Something happens around the page.
    Parent(parent::Msg),
    /// The view says something to the page around it.
    Said(Said),
    /// The reader chose a file, or dropped one on the page.
    File(File),
    /// Its text, if it has one.
    Session(Option<String>),
    /// What became of it has been read.
    Dismiss,
    /// A key that nobody here needs.
    Key(Key),
    /// The list of keys is asked for.
    Help,
    /// A notice on the states of the figure was read.
    Noted(usize),
}

/// The page, whatever view it shows.
pub struct Router {
    view: View,
    opened: u32,
    course: Course,
    turns: u32,
    declined: bool,
    computing: Option<Timeout>,
    parent: Parent,
    /// What became of the session that was opened last.
    session: Option<Result<String, String>>,
    /// How many times the list of keys was asked for.
    helped: u32,
    _listeners: [Option<EventListener>; 5],
    _shortcuts: Option<[EventListener; 2]>,
    /// The states of the figure, and what is wrong with them.
    fragments: (Fragments, Vec<String>),
    _stills: Option<[EventListener; 2]>,
}

/// Under which name progress is kept on this device.
pub const PROGRESS: &str = "dropout-lab.progress";

/// About the height of an open lesson on a wide page, in CSS pixels.
const ABOVE: f64 = 190.0;

/// Time for the page to paint "computing" before it computes, in milliseconds.
const PAINT: u32 = 40;

impl Component for Router {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let turned = ctx.link().callback(|()| Msg::Turned);
        let listen = |window: web_sys::Window| {
            EventListener::new(&window, "popstate", move |_| turned.emit(()))
        };
        let progress = memory::kept(PROGRESS).unwrap_or_default();
        let mut router = Self {
            view: View::of(&browser::query()),
            opened: 0,
            course: Course::new(Progress::read(&progress)),
            turns: 0,
            declined: false,
            computing: None,
            parent: Parent::new(ctx.link().callback(Msg::Parent)),
            session: None,
            helped: 0,
            fragments: (Fragments::default(), Vec::new()),
            _stills: still::watch(),
            _listeners: [
                browser::window().map(listen),
                links::watch(ctx.link().callback(Msg::Open)),
                dropped("dragover", Callback::noop()),
                dropped("drop", ctx.link().callback(Msg::File)),
                keys::watch(ctx.link().callback(Msg::Key)),
            ],
            _shortcuts: shortcuts::watch(ctx.link().callback(|()| Msg::Help)),
        };
        router.settle();
        router.apply(ctx, course::Msg::Opened(browser::query()));
        router.tell_list();
        router
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Go(view) if view == self.view => return false,
            Msg::Go(view) => {
                self.view = view;
                let link = view.link_from(&browser::query());
                browser::set_address(&link, true);
                self.apply(ctx, course::Msg::Moved(link));
            }
            Msg::Turned => {
                browser::forget_unwritten();
                self.read_address();
                self.apply(ctx, course::Msg::Opened(browser::query()));
            }
            Msg::Moved(link) => return self.apply(ctx, course::Msg::Moved(link)),
            Msg::Open(link) if !may_follow(&link, &browser::query()) => return false,
            Msg::Open(link) => {
                self.show(&link, self.course.place(), true);
                self.apply(ctx, course::Msg::Moved(browser::query()));
            }
            Msg::Lesson(msg) => return self.apply(ctx, msg),
            Msg::Look(field, value) => {
                let others = CARRIED.iter().copied().filter(|name| *name != field);
                let others: Vec<_> = others.collect();
                let link = carry(&self.view.link(), &browser::query(), &others);
                browser::set_address(&format!("{link}&{}={value}", field.name()), false);
            }
            Msg::Decline => self.declined = true,
            Msg::Parent(msg) => return self.parent.update(msg) && self.ask(ctx),
            Msg::Said(said) => return self.said(ctx, said),
            Msg::File(file) => {
                let read = ctx.link().callback(Msg::Session);
                wasm_bindgen_futures::spawn_local(async move {
                    read.emit(browser::text_of(&file).await);
                });
                return false;
            }
            Msg::Session(text) => {
                let read = text.ok_or_else(|| t!("This file could not be read.").to_owned());
                let session = read.and_then(|text| Session::read(&text));
                self.session = Some(session.map(|session| self.restore(ctx, session)));
            }
            Msg::Dismiss => self.session = None,
            Msg::Key(key) => return self.press(ctx, &key),
            Msg::Help => self.helped = self.helped.wrapping_add(1),
            Msg::Noted(notice) => {
                self.fragments.1.remove(notice);
            }
        }
        self.tell_list();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let query = browser::query();
        let look = Look::of(&query);
        let send = ctx.link().callback(Msg::Lesson);
        let begin = send.reform(|_: MouseEvent| course::Msg::Turn(Some(Place::FIRST)));
        let shown = !look.embed || look.asks_for("lesson");
        let place = self.course.place().filter(|_| shown);
        let shelf = Shelf {
            progress: self.course.progress().clone(),
            open: Some(ctx.link().callback(Msg::File)),
            outcome: self.session.clone(),
        };
        html! {
            <ContextProvider<Shelf> context={shelf}>
                { save::told(self.session.as_ref(), ctx.link().callback(|_: MouseEvent| Msg::Dismiss)) }
                if let Some(place) = place {
                    <Panel course={self.course.clone()} {place} turns={self.turns} forgets={memory::forgets()} {send} />
                } else if self.invites(&query) {
                    { invitation(&begin, &ctx.link().callback(|_| Msg::Decline)) }
                }
                { notices::notices(&self.fragments.1, &ctx.link().callback(Msg::Noted)) }
                { self.page(ctx, &look) }
                <List asked={self.helped} />
            </ContextProvider<Shelf>>
        }
    }
}

impl Router {
    fn page(&self, ctx: &Context<Self>, look: &Look) -> Html {
        let send = &ctx.link().callback(Msg::Lesson);
        let go = ctx.link().callback(Msg::Go);
        let props = yew::props!(Props {
            go: go.clone(),
            opened: self.opened,
            moved: ctx.link().callback(Msg::Moved),
            above: if self.course.place().is_some() {
                ABOVE
            } else {
                0.0
            },
            marker: self.marker(send),
            asked: self.parent.asked(),
            say: ctx.link().callback(Msg::Said),
            tools: tools(),
        });
        match self.view {
            View::Network => html! { <Root ..props /> },
            View::Tensor => html! { <ExhibitPage<TensorSettings> ..props /> },
            View::Coin => html! { <ExhibitPage<coin::Settings> ..props /> },
            View::Expectation => html! { <ExhibitPage<expectation::Settings> ..props /> },
            View::Subnetworks => html! { <ExhibitPage<subnetworks::Settings> ..props /> },
            View::Training => html! { <ExhibitPage<training::Settings> ..props /> },
            View::Gradients => html! { <ExhibitPage<gradients::Settings> ..props /> },
            View::Variants => html! { <ExhibitPage<VariantsSettings> ..props /> },
            View::Notebook => html! { <ExhibitPage<reader::Settings> ..props /> },
            View::Lessons | View::Teachers => {
                let name = browser::theme_name(look.theme, browser::prefers_dark());
                browser::set_root_attribute("data-theme", name);
                let edit = ctx
                    .link()
                    .callback(|(field, value)| Msg::Look(field, value));
                if self.view == View::Lessons {
                    contents::contents(&self.course, look, &go, send, &edit)
                } else {
                    html! { <Teachers look={look.clone()} {go} {send} {edit} /> }
                }
            }
        }
    }

    /// Somebody who opens the bare page and has not bet on anything yet.
    fn invites(&self, query: &str) -> bool {
        bare(query)
            && self.view == View::Network
            && !self.declined
            && self.course.progress().is_empty()
    }

    /// The bet that can be placed on the picture, while one is asked for or has been.
    fn marker(&self, send: &Callback<course::Msg>) -> Option<Marker> {
        let step = self.course.place()?.step();
        let Bet::Marker(scale) = step.bet else {
            return None;
        };
        let number = |placed: &Placed| match placed {
            Placed::Number(number) => Some(*number),
            Placed::Choice(_) => None,
        };
        let (bet, answer) = match self.course.phase() {
            Phase::Open => {
                let draft = step.bet.read(self.course.draft()).ok();
                (draft.as_ref().and_then(number), None)
            }
            Phase::Placed(placed) | Phase::Computing(placed) => (number(placed), None),
            Phase::Revealed(placed, truth) => (number(placed), number(&truth.answer)),
        };
        Some(Marker {
            bet,
            answer,
            fixed: *self.course.phase() != Phase::Open,
            range: (scale.low, scale.high),
            set: send.reform(course::Msg::Draft),
        })
    }

    /// Answers whether anything of the lesson has changed.
    fn apply(&mut self, ctx: &Context<Self>, msg: course::Msg) -> bool {
        let before = self.course.clone();
        let by_address = matches!(msg, course::Msg::Opened(_));
        for effect in self.course.update(msg) {
            match effect {
                course::Effect::Show {
                    link,
                    place,
                    new_entry,
                } => self.show(&link, place, new_entry),
                course::Effect::Compute => {
                    let compute = ctx.link().callback(|()| Msg::Lesson(course::Msg::Compute));
                    self.computing = Some(Timeout::new(PAINT, move || compute.emit(())));
                }
                course::Effect::Keep(progress) => memory::keep(PROGRESS, &progress),
            }
        }
        if self.course.place() != before.place() && !by_address {
            self.turns = self.turns.wrapping_add(1);
        }
        self.tell_answered(&before);
        self.course != before
    }

    /// Sets the view, with the look that the reader has chosen.
    fn show(&mut self, link: &str, place: Option<Place>, new_entry: bool) {
        browser::set_address(&followed(link, &browser::query(), place), new_entry);
        self.read_address();
    }

    /// Takes over a session; answers what to say.
    fn restore(&mut self, ctx: &Context<Self>, session: Session) -> String {
        self.apply(ctx, course::Msg::Restore(session.progress));
        self.show(&session.link, Look::of(&session.link).lesson, true);
        self.apply(ctx, course::Msg::Opened(browser::query()));
        t!("The session is open.").to_owned()
    }

    fn read_address(&mut self) {
        self.settle();
        self.view = View::of(&browser::query());
        self.opened = self.opened.wrapping_add(1);
    }
}

/// Hears files dragged over the page or dropped on it; `open` gets the first. The browser would leave the page for them.
fn dropped(event: &'static str, open: Callback<File>) -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    let listen = |window: web_sys::Window| {
        EventListener::new_with_options(&window, event, options, move |event| {
            let Some(carried) = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer)
            else {
                return;
            };
            // Text dragged into a field is the field's.
            if carried.types().includes(&"Files".into(), 0) {
                event.prevent_default();
                if let Some(file) = carried.files().and_then(|files| files.get(0)) {
                    open.emit(file);
                }
            }
        })
    };
    browser::window().map(listen)
}

/// What the network view can do on this page.
fn tools() -> Tools {
    Tools::Here {
        show: |state, kept, keep| {
            html! {
                <>
                    <Save ..save::props(state, kept, keep.clone()) />
                    <Slides view={View::Network} link={state.link().query()} controls={offers(state, &["speed"], &setup::asked())} {keep} />
                    <Data tables={data::of_network(state)} />
                </>
            }
        },
        keep: |kind, state, palette, progress| save::keep(kind, state, palette, progress),
        converse: |effects, state, props| {
            let before = Moment::of(state);
            effects.deal_with_asked(state, props);
            effects.tell(state, props);
            sound::play(&heard(&before, state));
        },
        update: |state, msg| {
            let before = Moment::of(state);
            let effects = update(state, msg);
            sound::play(&heard(&before, state));
            effects
        },
    }
}
