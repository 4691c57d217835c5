//! What the monkey does, as it is written down and done again.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{Page, Size};

use super::{AGENT, WATCH, script};

/// One action, with all that it takes to do it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// A link is opened, in a frame or alone.
    Open { framed: bool, query: String },
    /// A click, where the page is scrolled as far as `scroll`; `on` is for whoever reads it.
    Click {
        at: (f64, f64),
        scroll: f64,
        on: String,
    },
    /// A drag.
    Drag {
        from: (f64, f64),
        to: (f64, f64),
        scroll: f64,
        on: String,
    },
    /// The wheel.
    Wheel { at: (f64, f64), by: f64 },
    /// A key.
    Key { key: String, shift: bool },
    /// What a field holds is marked, and a text takes its place.
    Type { text: String },
    /// An option of a list.
    Choose { list: u32, option: u32, on: String },
    /// The browser's own buttons.
    Travel { by: i32 },
    /// Another window.
    Resize { width: u32, height: u32, ratio: f64 },
    /// What the reader's system is set to.
    Prefer {
        dark: bool,
        still: bool,
        forced: bool,
        print: bool,
    },
    /// A message of the page around.
    Tell { text: String },
    /// A file is dropped.
    Drop { text: String },
    /// Time passes.
    Wait { milliseconds: u64 },
}

/// Keys with their codes, and what they type.
const KEYS: [(&str, u32, &str); 17] = [
    ("Tab", 9, ""),
    ("Enter", 13, "\r"),
    ("Escape", 27, ""),
    (" ", 32, " "),
    ("PageUp", 33, ""),
    ("PageDown", 34, ""),
    ("End", 35, ""),
    ("Home", 36, ""),
    ("ArrowLeft", 37, ""),
    ("ArrowUp", 38, ""),
    ("ArrowRight", 39, ""),
    ("ArrowDown", 40, ""),
    ("Backspace", 8, ""),
    ("Delete", 46, ""),
    ("?", 191, "?"),
    ("5", 53, "5"),
    ("a", 65, "a"),
];

/// Their names.
pub fn key_names() -> Vec<&'static str> {
    KEYS.map(|(name, _, _)| name).to_vec()
}

impl Action {
    /// Does it.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn perform(&self, page: &Page) -> Result<()> {
        if !matches!(self, Self::Open { .. }) {
            attend(page).await?;
        }
        match self {
            Self::Open { framed, query } => open(page, *framed, query).await?,
            Self::Click { at, scroll, .. } => {
                scroll_to(page, *scroll).await?;
                mouse(page, "mouseMoved", *at, 0).await?;
                mouse(page, "mousePressed", *at, 1).await?;
                mouse(page, "mouseReleased", *at, 1).await?;
            }
            Self::Drag {
                from, to, scroll, ..
            } => {
                scroll_to(page, *scroll).await?;
                mouse(page, "mouseMoved", *from, 0).await?;
                mouse(page, "mousePressed", *from, 1).await?;
                for k in 1..=4_u32 {
                    let part = |a: f64, b: f64| a + (b - a) * f64::from(k) / 4.0;
                    let at = (part(from.0, to.0), part(from.1, to.1));
                    mouse(page, "mouseMoved", at, 1).await?;
                }
                mouse(page, "mouseReleased", *to, 1).await?;
            }
            Self::Wheel { at, by } => {
                let (x, y) = at;
                let wheel =
                    json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": by });
                page.devtools("Input.dispatchMouseEvent", wheel).await?;
            }
            Self::Key { key, shift } => press(page, key, if *shift { 8 } else { 0 }).await?,
            Self::Type { text } => {
                let all = json!({ "type": "keyDown", "key": "a", "modifiers": 2, "commands": ["selectAll"] });
                page.devtools("Input.dispatchKeyEvent", all).await?;
                page.devtools("Input.insertText", json!({ "text": text }))
                    .await?;
            }
            Self::Choose { list, option, .. } => {
                page.eval::<String>(&format!("monkey.choose({list}, {option})"))
                    .await?;
            }
            Self::Travel { by } => page.eval::<()>(&format!("history.go({by})")).await?,
            Self::Resize {
                width,
                height,
                ratio,
            } => {
                page.resize(Size::new(*width, *height, *ratio)).await?;
            }
            Self::Prefer { .. } => self.prefer(page).await?,
            Self::Tell { text } => {
                page.eval::<()>(&format!("monkey.tell({})", script(text)?))
                    .await?;
            }
            Self::Drop { text } => {
                page.eval::<()>(&format!("monkey.drop({})", script(text)?))
                    .await?;
            }
            Self::Wait { milliseconds } => {
                tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            }
        }
        Ok(())
    }

    async fn prefer(&self, page: &Page) -> Result<()> {
        let Self::Prefer {
            dark,
            still,
            forced,
            print,
        } = self
        else {
            return Ok(());
        };
        let feature = |name: &str, on: bool, value: &str, other: &str| json!({ "name": name, "value": if on { value } else { other } });
        let features = [
            feature("prefers-color-scheme", *dark, "dark", "light"),
            feature("prefers-reduced-motion", *still, "reduce", "no-preference"),
            feature("forced-colors", *forced, "active", "none"),
        ];
        let media = if *print { "print" } else { "" };
        let set = json!({ "media": media, "features": features });
        page.devtools("Emulation.setEmulatedMedia", set).await?;
        Ok(())
    }
}

/// The page with a link, alone or in a frame of a page of its own origin; it is watched from its first moment.
async fn open(page: &Page, framed: bool, query: &str) -> Result<()> {
    if framed {
        let around = format!("{}boot.js", page.address());
        page.driver.goto(around).await?;
        let frame = "(document.documentElement.innerHTML = '<body style=\"margin: 0; overflow: hidden\"></body>',
              document.body.innerHTML = '<iframe id=lab style=\"border: 0; width: 100vw; height: 100vh; display: block\"></iframe>', true)";
        page.eval::<bool>(frame).await?;
        page.eval::<bool>(AGENT).await?;
        let source = script(&format!("{}{query}", page.address()))?;
        page.eval::<Value>(&format!("(document.getElementById('lab').src = {source})"))
            .await?;
        page.wait_until("document.getElementById('lab').contentDocument?.querySelector('#app > *') && !document.getElementById('lab').contentDocument.querySelector('.poster')")
            .await
    } else {
        page.driver
            .goto(format!("{}{query}", page.address()))
            .await?;
        arrive(page).await
    }
}

/// Waits for the page, and for what the monkey needs in it.
///
/// # Errors
/// When it does not come.
pub async fn arrive(page: &Page) -> Result<()> {
    page.wait_until("document.querySelector('#app > *') && !document.querySelector('.poster')")
        .await?;
    page.eval::<bool>(AGENT).await?;
    Ok(())
}

/// Waits for a page that has just taken the place of another, as one in another language does.
///
/// # Errors
/// When it does not come.
pub async fn attend(page: &Page) -> Result<()> {
    if page.eval::<bool>("!window.monkey").await? {
        arrive(page).await?;
    }
    Ok(())
}

/// Has every page watched that comes from now on, and keeps it from the disk and the printer.
///
/// # Errors
/// When the browser refuses.
pub async fn watch(page: &Page) -> Result<()> {
    let on_load = json!({ "source": WATCH });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", on_load)
        .await?;
    page.devtools("Browser.setDownloadBehavior", json!({ "behavior": "deny" }))
        .await?;
    Ok(())
}

async fn scroll_to(page: &Page, y: f64) -> Result<()> {
    page.eval::<()>(&format!("monkey.scroll({y})")).await
}

async fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), buttons: u32) -> Result<()> {
    let pressed = kind != "mouseMoved";
    let event = json!({
        "type": kind, "x": x, "y": y, "buttons": buttons,
        "button": if pressed || buttons > 0 { "left" } else { "none" }, "clickCount": u32::from(pressed),
    });
    page.devtools("Input.dispatchMouseEvent", event).await?;
    Ok(())
}

async fn press(page: &Page, key: &str, modifiers: u32) -> Result<()> {
    let known = KEYS.into_iter().find(|(name, _, _)| *name == key);
    let (_, code, text) = known.with_context(|| format!("no key is called {key}"))?;
    for kind in ["keyDown", "keyUp"] {
        let text = if kind == "keyDown" { text } else { "" };
        let event = json!({
            "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers, "text": text,
        });
        page.devtools("Input.dispatchKeyEvent", event).await?;
    }
    Ok(())
}
