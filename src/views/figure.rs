//! The picture on its canvas: the only place that touches one. It draws when what it shows has changed,
//! at the pixel ratio of the screen, and turns pointer and arrow keys into a number looked at.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlCanvasElement, HtmlElement, ResizeObserver};
use yew::prelude::*;

use crate::app::Msg as AppMsg;
use crate::app::look::LookField;
use crate::app::navigate::{Direction, neighbour};
use crate::draw::layout::Room;
use crate::draw::{Frame, Layout, Palette, draw};
use crate::model::{Stage, Target, Trace};
use crate::words;

use super::browser;
use super::ink::Ink;

/// Properties of a [`Figure`].
#[derive(Clone, Properties)]
pub struct Props {
    /// The step.
    pub trace: Rc<Trace>,
    /// The stage at which the picture stands.
    pub stage: Stage,
    /// How much of it has happened, 0 to 1.
    pub progress: f64,
    /// The sample looked at.
    pub sample: usize,
    /// The number looked at.
    pub focus: Option<Target>,
    /// The colours.
    pub palette: Palette,
    /// How much larger than usual the type is.
    pub type_scale: f64,
    /// The height that would be good, in CSS pixels; where there is none, it is a slide's, which is all that its place
    /// has.
    pub height: Option<f64>,
    /// Gets what the reader does.
    pub send: Callback<AppMsg>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.trace, &other.trace)
            && (self.stage, self.progress, self.sample, self.focus)
                == (other.stage, other.progress, other.sample, other.focus)
            && (self.palette, self.type_scale, self.height)
                == (other.palette, other.type_scale, other.height)
    }
}

/// What a [`Figure`] reacts to.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Its room may have changed.
    Resized,
    /// Its canvas is empty again.
    Restored,
    /// The pointer is at a point of it, in CSS pixels, or has left it.
    Pointed(Option<(f64, f64)>),
    /// A finger, or a pressed pointer, goes over a point of it.
    Dragged(f64, f64),
    /// A point of it was clicked.
    Clicked(f64, f64),
    /// An arrow key was pressed.
    Arrow(Direction),
    /// It got the keyboard's focus.
    Focused,
}

/// The picture.
pub struct Figure {
    canvas: NodeRef,
    frame: NodeRef,
    /// Its place, in whole CSS pixels.
    size: (f64, f64),
    pixel_ratio: f64,
    /// What stays looked at when the pointer leaves.
    pinned: Option<Target>,
    watch: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    listeners: Vec<EventListener>,
}

impl Component for Figure {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self {
            canvas: NodeRef::default(),
            frame: NodeRef::default(),
            size: (0.0, 0.0),
            pixel_ratio: 1.0,
            pinned: None,
            watch: None,
            listeners: Vec::new(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Resized => return self.measure(),
            Msg::Restored => return true,
            Msg::Pointed(point) => {
                let target = point
                    .and_then(|(x, y)| self.hit(props, x, y))
                    .or(self.pinned);
                Self::look_at(props, target);
            }
            Msg::Dragged(x, y) => {
                let target = self.hit(props, x, y);
                Self::look_at(props, target);
                Self::follow(props, target);
            }
            Msg::Clicked(x, y) => {
                let target = self.hit(props, x, y);
                self.pinned = target;
                Self::look_at(props, target);
                Self::follow(props, target);
            }
            Msg::Arrow(direction) => {
                let from = props.focus.or(self.pinned).unwrap_or(first(props));
                let target = if props.focus.is_some() {
                    neighbour(&props.trace, from, direction)
                } else {
                    from
                };
                self.pinned = Some(target);
                Self::look_at(props, self.pinned);
                Self::follow(props, self.pinned);
            }
            Msg::Focused => {
                self.pinned = self.pinned.or(props.focus).or(Some(first(props)));
                Self::look_at(props, self.pinned);
            }
        }
        false
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        let trace = &ctx.props().trace;
        self.pinned = self.pinned.and_then(|target| {
            target.within(trace.batch(), trace.hidden_features(), trace.in_features())
        });
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let focus = props.focus.map(words::target).unwrap_or_default();
        html! {
            <div class="figure" ref={self.frame.clone()} tabindex="0" role="application"
                aria-label={t!("Unit lanes: the network, its mask, its gradients. Arrow keys move from number to number.")}
                aria-description={focus}
                onpointermove={link.callback(|event: PointerEvent| moved(&event))}
                onpointerleave={link.callback(|_: PointerEvent| Msg::Pointed(None))}
                onclick={link.callback(|event: MouseEvent| { let (x, y) = point(&event); Msg::Clicked(x, y) })}
                onfocus={link.callback(|_: FocusEvent| Msg::Focused)}
                onkeydown={link.batch_callback(|event: KeyboardEvent| arrow(&event))}>
                <canvas ref={self.canvas.clone()} aria-hidden="true"></canvas>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            self.watch_size(ctx);
            self.measure();
        }
        if let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() {
            self.paint(ctx.props(), &canvas);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some((observer, _)) = self.watch.take() {
            observer.disconnect();
        }
    }
}

impl Figure {
    fn watch_size(&mut self, ctx: &Context<Self>) {
        let resized = ctx.link().callback(|()| Msg::Resized);
        let closure = Closure::<dyn Fn()>::new(move || resized.emit(()));
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref());
        if let (Ok(observer), Some(frame)) = (observer, self.frame.cast::<web_sys::Element>()) {
            observer.observe(&frame);
            self.watch = Some((observer, closure));
        }
        if let Some(canvas) = self.canvas.cast::<HtmlCanvasElement>() {
            let resized = ctx.link().callback(|()| Msg::Resized);
            let restored = ctx.link().callback(|()| Msg::Restored);
            self.listeners = browser::watch_canvas(&canvas, resized, restored);
        }
    }

    /// Measures the room; answers whether it has changed.
    fn measure(&mut self) -> bool {
        let frame = self.frame.cast::<HtmlElement>();
        let size = frame.map_or((0.0, 0.0), |frame| browser::size(&frame));
        let now = (size, browser::pixel_ratio());
        let changed = now != (self.size, self.pixel_ratio);
        (self.size, self.pixel_ratio) = now;
        changed
    }

    fn layout(&self, props: &Props) -> Layout {
        let ((width, place), scale) = (self.size, props.type_scale);
        let room = match props.height {
            Some(height) => Room::screen(width / scale, height / scale),
            None => Room::slide(width, place, scale),
        };
        Layout::new(&props.trace, room)
    }

    fn hit(&self, props: &Props, x: f64, y: f64) -> Option<Target> {
        self.layout(props)
            .hit(x / props.type_scale, y / props.type_scale, props.sample)
    }

    fn look_at(props: &Props, target: Option<Target>) {
        if target != props.focus {
            props.send.emit(AppMsg::Focus(target));
        }
    }

    /// The network follows the sample that was clicked or moved to.
    fn follow(props: &Props, target: Option<Target>) {
        if let Some(sample) = target
            .and_then(Target::sample)
            .filter(|&sample| sample != props.sample)
        {
            props
                .send
                .emit(AppMsg::Look(LookField::Sample, (sample + 1).to_string()));
        }
    }

    fn paint(&self, props: &Props, canvas: &HtmlCanvasElement) {
        if self.size.0 <= 0.0 {
            return;
        }
        let layout = self.layout(props);
        let scale = props.type_scale;
        let ratio = self.pixel_ratio.clamp(
            1.0,
            LARGEST_SIDE / (layout.height.max(layout.width) * props.type_scale),
        );
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a canvas is small"
        )]
        let device = |length: f64| (length * scale * ratio).round() as u32;
        if (canvas.width(), canvas.height()) != (device(layout.width), device(layout.height)) {
            canvas.set_width(device(layout.width));
            canvas.set_height(device(layout.height));
            let height = format!("{}px", layout.height * scale);
            // The property is known to every browser.
            let _known: Result<(), JsValue> = canvas.style().set_property("height", &height);
        }
        let frame = Frame {
            trace: &props.trace,
            stage: props.stage,
            progress: props.progress,
            sample: props.sample,
            focus: props.focus,
            palette: &props.palette,
        };
        if let Some(mut ink) = Ink::on(canvas)
            && let Err(error) = draw(&mut ink, &layout, &frame, scale * ratio)
        {
            web_sys::console::error_1(&error.into());
        }
    }
}

/// Longest side of a canvas that every browser can make, in device pixels.
const LARGEST_SIDE: f64 = 16_000.0;

/// Where the keyboard's focus begins: the mask of the first lane.
fn first(props: &Props) -> Target {
    Target::Mask {
        sample: props.sample,
        unit: 0,
    }
}

fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

/// A pointer that is held down takes the network along with it; one that is not only looks.
fn moved(event: &PointerEvent) -> Msg {
    let (x, y) = point(event);
    if event.buttons() & 1 == 1 {
        Msg::Dragged(x, y)
    } else {
        Msg::Pointed(Some((x, y)))
    }
}

/// Arrow keys alone: everything else stays the browser's.
fn arrow(event: &KeyboardEvent) -> Option<Msg> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let direction = match event.key().as_str() {
        "ArrowLeft" => Direction::Left,
        "ArrowRight" => Direction::Right,
        "ArrowUp" => Direction::Up,
        "ArrowDown" => Direction::Down,
        _ => return None,
    };
    event.prevent_default();
    Some(Msg::Arrow(direction))
}
