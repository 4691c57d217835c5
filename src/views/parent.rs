//! The page around this one: what it asks, one question at a time, and what it is told.
//!
//! Messages wait in an [`Inbox`] and are answered by the view that is there, in as much of every moment as leaves the
//! page at hand. Who asks is the browser's word, and what they may is the link's.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use web_sys::{Event, MessageEvent};
use yew::Callback;

use crate::app::Look;
use crate::app::embed::rpc::Asker;
use crate::app::embed::{self, Hosted, Inbox, Letter, VERSION, notification, rpc, written};
use crate::app::msg::Effect;

use super::{browser, save};

/// A question of the page around this one, for the view that is there.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its number; questions are counted from 1.
    pub number: u32,
    /// Who asks.
    pub asker: Asker,
    /// What is asked.
    pub text: Rc<str>,
    /// Where the answer goes.
    origin: String,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// What a view says to the page around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// The question of that number has been dealt with; what is left to do is for the whole page.
    Dealt(u32, Vec<Effect>),
    /// What is on the screen.
    Told(Told),
}

/// What is on the screen, for the page around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// View, link, settings, and whether something moves.
    pub state: Value,
    /// What the view can do.
    pub methods: Vec<&'static str>,
    /// What is wrong with its link.
    pub notices: Vec<String>,
}

impl Told {
    /// What is on the screen of a view.
    #[must_use]
    pub fn of(host: &dyn Hosted) -> Self {
        Self {
            state: embed::state(host),
            methods: embed::methods(host),
            notices: host.notices().to_vec(),
        }
    }
}

/// What happens around the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Messages came.
    Arrived,
    /// The frame may have another size.
    Resized,
    /// There is time for the next one.
    Next,
    /// What has changed is told now.
    Tell,
}

/// Milliseconds of every [`MOMENT`] in which messages are dealt with.
const BUDGET: f64 = 8.0;
/// About the time between two frames, in milliseconds.
const MOMENT: f64 = 16.0;
/// The same for a timer.
const PAUSE: u32 = 16;

/// The page around this one.
pub struct Parent {
    inbox: Rc<RefCell<Inbox>>,
    asked: Option<Asked>,
    number: u32,
    done: u32,
    /// When the present moment began, when the question was asked, and what the moment has spent on others.
    clock: (f64, f64, f64),
    told: Option<Told>,
    sent: Option<Told>,
    height: Option<f64>,
    timers: [Option<Timeout>; 2],
    send: Callback<Msg>,
    _listeners: Vec<EventListener>,
}

impl Parent {
    /// Listens to the page around this one, if there is one.
    #[must_use]
    pub fn new(send: Callback<Msg>) -> Self {
        let inbox = Rc::new(RefCell::new(Inbox::default()));
        let listen = |window: web_sys::Window| {
            let (inbox, send) = (Rc::clone(&inbox), send.clone());
            EventListener::new(&window, "message", move |event| {
                // One word is enough for all that come before it is heard.
                if arrived(event, &mut inbox.borrow_mut()) {
                    send.emit(Msg::Arrived);
                }
            })
        };
        let window = browser::window().filter(|_| browser::is_framed());
        let mut listeners: Vec<EventListener> = window.map(listen).into_iter().collect();
        if browser::is_framed() {
            let resized = send.reform(|()| Msg::Resized);
            listeners.extend(browser::watch_surroundings(&resized));
        }
        Self {
            inbox,
            asked: None,
            number: 0,
            done: 0,
            clock: (0.0, 0.0, 0.0),
            told: None,
            sent: None,
            height: None,
            timers: [None, None],
            _listeners: listeners,
            send,
        }
    }

    /// What the view is to answer now.
    #[must_use]
    pub fn asked(&self) -> Option<Asked> {
        self.asked.clone()
    }

    /// Applies `msg`; answers whether there is another question.
    pub fn update(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::Arrived => {
                self.tell_soon();
                self.next()
            }
            Msg::Resized => {
                self.tell_soon();
                false
            }
            Msg::Next => {
                self.timers[0] = None;
                self.next()
            }
            Msg::Tell => {
                self.timers[1] = None;
                self.tell();
                // One may have come since the last was turned away.
                self.next()
            }
        }
    }

    /// Posts the answer to what was asked, to whoever asked.
    pub fn answer(&self, text: &str) {
        if let Some(asked) = &self.asked {
            browser::post_to_parent(text, &asked.origin);
        }
    }

    /// The question of that number is dealt with; answers whether there is another one.
    pub fn done(&mut self, number: u32) -> bool {
        let (_, began, spent) = &mut self.clock;
        *spent += browser::now() - *began;
        self.done = number;
        self.asked = None;
        self.next()
    }

    /// What is on the screen has changed.
    pub fn hear(&mut self, told: Told) {
        self.told = Some(told);
        self.tell_soon();
    }

    /// Tells the page around this one something about this page, if it may know.
    pub fn notify(name: &str, params: &Value) {
        if let Some(origin) = audience() {
            browser::post_to_parent(&notification(name, params), &origin);
        }
    }

    /// Tells the page around this one, whichever it is, what anybody may know.
    pub fn tell_anyone(name: &str, params: &Value) {
        let origin = audience().unwrap_or_else(|| "*".to_owned());
        browser::post_to_parent(&notification(name, params), &origin);
    }

    /// Asks the next question, unless one is being dealt with or the moment has had its share.
    fn next(&mut self) -> bool {
        if self.asked.is_some() || self.inbox.borrow().is_empty() {
            return false;
        }
        let now = browser::now();
        let (moment, began, spent) = &mut self.clock;
        if now - *moment > MOMENT {
            (*moment, *spent) = (now, 0.0);
        }
        if *spent >= BUDGET {
            let send = self.send.clone();
            self.timers[0] = Some(Timeout::new(PAUSE, move || send.emit(Msg::Next)));
            return false;
        }
        *began = now;
        self.number = self.number.wrapping_add(1);
        let number = self.number;
        let asked = self.inbox.borrow_mut().take();
        self.asked = asked.map(|letter| Asked {
            number,
            asker: Asker {
                trusted: letter.trusted,
                elsewhere: written,
                studio: save::STUDIO,
            },
            text: letter.text.into(),
            origin: letter.origin,
        });
        true
    }

    /// Tells at most once a moment, and in the end what is so in the end.
    fn tell_soon(&mut self) {
        if self.timers[1].is_none() {
            let send = self.send.clone();
            self.timers[1] = Some(Timeout::new(PAUSE, move || send.emit(Msg::Tell)));
        }
    }

    fn tell(&mut self) {
        if let Some(complaint) = self.inbox.borrow_mut().complaint() {
            // To one of unknown origin, too: it must know that nobody listens.
            browser::post_to_parent(&rpc::overflow(complaint), "*");
        }
        if let Some(told) = self.told.take() {
            self.tell_all(told);
        }
        let height = wanted();
        if self.sent.is_some() && self.height.replace(height) != Some(height) {
            Self::tell_anyone("resize", &json!({ "height": height }));
        }
    }

    fn tell_all(&mut self, told: Told) {
        let before = self.sent.as_ref();
        let view = |told: &Told| told.state["view"].clone();
        if before.map(view) != Some(view(&told)) {
            let ready = json!({ "version": VERSION, "view": view(&told), "methods": told.methods });
            Self::tell_anyone("ready", &ready);
        }
        let known = before.map(|told| &told.notices);
        let is_new = |notice: &&String| known.is_none_or(|known| !known.contains(notice));
        for notice in told.notices.iter().filter(is_new) {
            Self::notify("error", &json!({ "message": notice }));
        }
        if before.map(|told| &told.state) != Some(&told.state) {
            Self::notify("state", &told.state);
        }
        self.sent = Some(told);
    }
}

/// Takes in a message from the page around this one, if it is text; answers whether nothing was there before it.
fn arrived(event: &Event, inbox: &mut Inbox) -> bool {
    let event: &MessageEvent = match event.dyn_ref() {
        Some(event) if browser::is_from_parent(event) => event,
        _ => return false,
    };
    let data = event.data();
    let Some(text) = data.dyn_ref::<js_sys::JsString>() else {
        return false;
    };
    let is_first = inbox.is_idle();
    // Measured before it is copied: memory that the page has taken is never given back.
    if text.length() > Inbox::LONGEST || inbox.is_full() {
        inbox.turn_away();
    } else {
        let origin = event.origin();
        inbox.put(Letter {
            trusted: is_trusted(&origin),
            origin,
            text: text.into(),
        });
    }
    is_first
}

/// Whether a page of this origin may change anything: the one that the link names, or else one of this page's own
/// origin, or from disk if this page is.
fn is_trusted(origin: &str) -> bool {
    match Look::of(&browser::query()).origin {
        Some(named) => named.sent(origin),
        None => browser::is_of_own_origin(origin),
    }
}

/// The origin of the page around this one, if it may know what is on the screen: the one that the link names, or this
/// page's own.
fn audience() -> Option<String> {
    match Look::of(&browser::query()).origin {
        Some(named) => Some(named.address().to_owned()),
        None => browser::parent_of_own_origin(),
    }
}

/// The height at which this page is best seen at its present width: 16:9 of an embedded one, but no less than the
/// smallest frame that it is made for; all of any other.
fn wanted() -> f64 {
    const LEAST: f64 = 270.0;
    let (width, _) = browser::viewport();
    if Look::of(&browser::query()).embed {
        (width * 9.0 / 16.0).max(LEAST).round()
    } else {
        browser::content_height()
    }
}
