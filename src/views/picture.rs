//! An exhibit's picture on its canvas, with pointer and arrow keys.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use crate::draw::layout::Room;
use crate::draw::nearest::{Toward, nearest};
use crate::draw::picture::magnified;
use crate::draw::pictures::DynPicture;
use crate::draw::{Palette, Rect};

use super::browser;
use super::ink::Ink;
use super::marker::{Marker, MarkerView};

/// A picture of `N`, if there is one, and what it was laid out for.
pub struct LaidOut<N, T> {
    numbers: Rc<N>,
    room: Room,
    by: f64,
    /// The picture; the same one as long as nothing asks for another.
    pub picture: Option<DynPicture<T>>,
}

impl<N, T: 'static> LaidOut<N, T> {
    /// Lays `numbers` out by `draw` for `room`, and `by` times as large, if `laid` has not got them so already.
    pub fn renew(
        laid: &mut Option<Self>,
        numbers: &Rc<N>,
        (room, by): (Room, f64),
        draw: impl FnOnce(&Rc<N>, Room) -> Option<DynPicture<T>>,
    ) {
        let fits =
            |laid: &Self| Rc::ptr_eq(&laid.numbers, numbers) && (laid.room, laid.by) == (room, by);
        if !laid.as_ref().is_some_and(fits) {
            *laid = Some(Self {
                numbers: Rc::clone(numbers),
                room,
                by,
                picture: draw(numbers, room).map(|picture| magnified(picture, by)),
            });
        }
    }
}

/// Properties of a [`PictureView`].
#[derive(Clone, Properties)]
pub struct Props<T: Copy + PartialEq + 'static> {
    /// The picture.
    pub picture: DynPicture<T>,
    /// The number looked at.
    pub focus: Option<T>,
    /// The colours.
    pub palette: Palette,
    /// What it is, for those who do not see it.
    pub label: AttrValue,
    /// Gets the number looked at.
    pub look_at: Callback<Option<T>>,
    /// Gets the number clicked, or chosen by Enter.
    pub choose: Callback<T>,
    /// A bet to be placed on it.
    pub marker: Option<Marker>,
}

impl<T: Copy + PartialEq + 'static> PartialEq for Props<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.picture, &other.picture)
            && (self.focus, self.palette) == (other.focus, other.palette)
            && self.label == other.label
            && self.marker == other.marker
    }
}

/// A picture on its canvas: drawn when it, its focus or its colours have changed.
#[component]
pub fn PictureView<T: Copy + PartialEq + 'static>(props: &Props<T>) -> Html {
    let canvas = use_node_ref();
    {
        let (canvas, props) = (canvas.clone(), props.clone());
        use_effect(move || {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                paint(&props, &canvas);
            }
        });
    }
    {
        let (canvas, again) = (canvas.clone(), use_force_update());
        use_effect_with((), move |()| {
            let canvas = canvas.cast::<HtmlCanvasElement>();
            let listeners = canvas.map(|canvas| watch(&canvas, &again));
            move || drop(listeners)
        });
    }
    let at = {
        let picture = Rc::clone(&props.picture);
        move |event: &MouseEvent| {
            picture.hit(f64::from(event.offset_x()), f64::from(event.offset_y()))
        }
    };
    let moved = {
        let (at, look_at) = (at.clone(), props.look_at.clone());
        move |event: PointerEvent| look_at.emit(at(&event))
    };
    let clicked = {
        let (choose, look_at) = (props.choose.clone(), props.look_at.clone());
        move |event: MouseEvent| match at(&event) {
            Some(target) => choose.emit(target),
            None => look_at.emit(None),
        }
    };
    let left = props.look_at.reform(|_: PointerEvent| None);
    let onkeydown = {
        let props = props.clone();
        move |event: KeyboardEvent| {
            if let Some(toward) = arrow(&event) {
                event.prevent_default();
                props.look_at.emit(step(&props, toward));
            } else if let (Some(target), "Enter") = (props.focus, event.key().as_str()) {
                event.prevent_default();
                props.choose.emit(target);
            }
        }
    };
    let marker = props.marker.as_ref().zip(props.picture.ruler());
    let (width, height) = props.picture.size();
    html! {
        <div class="under-marker">
            <div class="figure" tabindex="0" role="application" aria-label={props.label.clone()}
                onpointermove={moved} onpointerleave={left} onclick={clicked} {onkeydown}>
                <canvas ref={canvas} style={format!("width: {width}px; height: {height}px")} aria-hidden="true"></canvas>
            </div>
            if let Some((marker, ruler)) = marker {
                <MarkerView marker={marker.clone()} {ruler} />
            }
        </div>
    }
}

/// Has a canvas painted again that was lost, or whose pixels are no longer the screen's.
fn watch(canvas: &HtmlCanvasElement, again: &UseForceUpdateHandle) -> Vec<EventListener> {
    let ratio = Cell::new(browser::pixel_ratio());
    let (resized, restored) = (again.clone(), again.clone());
    let resized = move |()| {
        if ratio.replace(browser::pixel_ratio()) != browser::pixel_ratio() {
            resized.force_update();
        }
    };
    let restored = move |()| restored.force_update();
    browser::watch_canvas(canvas, Callback::from(resized), Callback::from(restored))
}

fn paint<T: Copy + PartialEq>(props: &Props<T>, canvas: &HtmlCanvasElement) {
    let (width, height) = props.picture.size();
    let scale = browser::pixel_ratio().max(1.0);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a canvas is small"
    )]
    let device = |length: f64| (length * scale).round() as u32;
    if (canvas.width(), canvas.height()) != (device(width), device(height)) {
        canvas.set_width(device(width));
        canvas.set_height(device(height));
    }
    let Some(mut ink) = Ink::on(canvas) else {
        return;
    };
    let (picture, palette) = (&props.picture, &props.palette);
    let drawn = if props.marker.as_ref().is_some_and(Marker::veils) {
        picture.draw_veiled(&mut ink, palette, scale)
    } else {
        picture.draw(&mut ink, props.focus, palette, scale)
    };
    if let Err(error) = drawn {
        web_sys::console::error_1(&error.into());
    }
}

/// The number that an arrow key leads to; the first of the picture where none is looked at yet.
fn step<T: Copy + PartialEq>(props: &Props<T>, toward: Toward) -> Option<T> {
    let places = props.picture.places();
    let here = places
        .iter()
        .find(|(target, _)| Some(*target) == props.focus);
    let Some((target, rect)) = here else {
        return places.first().map(|(target, _)| *target);
    };
    let rects: Vec<Rect> = places.iter().map(|(_, rect)| *rect).collect();
    Some(nearest(&rects, *rect, toward).map_or(*target, |k| places[k].0))
}

/// Arrow keys alone: everything else stays the browser's.
fn arrow(event: &KeyboardEvent) -> Option<Toward> {
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    match event.key().as_str() {
        "ArrowLeft" => Some(Toward::Left),
        "ArrowRight" => Some(Toward::Right),
        "ArrowUp" => Some(Toward::Up),
        "ArrowDown" => Some(Toward::Down),
        _ => None,
    }
}
