//! What the monkey does next: at random, from its seed and what is there.

use anyhow::Result;
use dropout_lab::app::View;
use dropout_lab::app::embed::written;
use dropout_lab::nn::Generator;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Page;

use super::action::{Action, attend, key_names};

/// Random choices from a seed.
pub struct Dice(Generator);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Generator::new(seed))
    }

    pub fn below(&mut self, n: u32) -> u32 {
        self.0.word() % n.max(1)
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let count = u32::try_from(choices.len()).unwrap_or(u32::MAX);
        choices[usize::try_from(self.below(count)).unwrap_or_default()].clone()
    }

    fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn within(&mut self, length: f64) -> f64 {
        f64::from(self.below(1000)) / 1000.0 * length
    }
}

/// What is typed and sent: right, at the edge, wrong and not even a number.
const VALUES: [&str; 30] = [
    "0",
    "1",
    "2",
    "3",
    "7",
    "12",
    "64",
    "0.3",
    "0.5",
    "0.9999999999999999",
    "1e-320",
    "-0",
    "-1",
    "1.5",
    "100",
    "1000",
    "4294967295",
    "18446744073709551615",
    "99999999999999999999",
    "1e999",
    "nan",
    "inf",
    "",
    " ",
    "x",
    "½",
    "0,5",
    "[[1, 2], [3, 4]]",
    "[[1, 2], [3]]",
    "tensor([0.5, -0.0000, nan])",
];

/// Values of choices, whichever name they belong to.
const WORDS: [&str; 36] = [
    "train",
    "eval",
    "on",
    "off",
    "nn",
    "bernoulli",
    "rand",
    "ones",
    "arange",
    "randn",
    "notebook",
    "inverted",
    "classic",
    "none",
    "both",
    "unit",
    "sum",
    "net",
    "after_relu",
    "before_sigmoid",
    "relu_on_output",
    "helps",
    "hurts",
    "trap",
    "moons",
    "run",
    "race",
    "sweep",
    "adamw",
    "lanes",
    "locked",
    "alpha",
    "functional",
    "dark",
    "projector",
    "003",
];

/// Sizes of windows, and pixels to a CSS pixel.
const WINDOWS: [(u32, u32, f64); 8] = [
    (1280, 800, 1.0),
    (390, 844, 3.0),
    (844, 390, 2.0),
    (320, 640, 2.0),
    (960, 540, 1.0),
    (480, 270, 1.5),
    (1920, 1080, 0.75),
    (700, 1000, 1.25),
];

/// Where something is, and how far the page is scrolled.
#[derive(Deserialize)]
struct Place {
    x: f64,
    y: f64,
    scroll: f64,
    label: String,
}

/// A link of some view with some names set, as the page would write it; at times with what it can't read.
pub fn link(dice: &mut Dice) -> String {
    let view = dice.of(&View::ALL);
    let mut link = written(view, "");
    for _ in 0..dice.below(5) {
        let change = change(dice, view);
        // What is refused is left out.
        let _refused = link.set_all(&vec![change]);
    }
    let mut query = link.query();
    if dice.happens(10) {
        query.push_str(dice.of(&["&colour=red", "&p=7", "&seed=", "&lesson=1.1", "&view=x"]));
    }
    if dice.happens(25) {
        query.push_str(dice.of(&[
            "&embed=1",
            "&embed=1&controls=p,again,play",
            "&embed=1&fragments=p:0.1;again;view:coin,draws:9",
        ]));
    }
    query
}

/// A name of a view, and something for it.
fn change(dice: &mut Dice, view: View) -> (String, String) {
    let names: Vec<&str> = written(view, "")
        .names()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let values: &[&str] = if dice.happens(50) { &VALUES } else { &WORDS };
    (dice.of(&names).to_owned(), dice.of(values).to_owned())
}

/// What the page around sends.
fn message(dice: &mut Dice, view: View) -> String {
    let methods = [
        "get", "step", "stepBack", "again", "play", "pause", "reset", "notebook", "snapshot",
        "undo",
    ];
    let (method, params) = match dice.below(10) {
        0..5 => {
            let changes = (0..=dice.below(2))
                .map(|_| change(dice, view))
                .map(|(name, value)| (name, Value::from(value)));
            ("set", Value::Object(changes.collect()))
        }
        5 => ("set", json!({ "view": dice.of(&View::ALL).name() })),
        _ => (dice.of(&methods), json!({})),
    };
    if dice.happens(10) {
        return dice
            .of(&["", "{", "[]", "null", "{\"jsonrpc\":\"2.0\"}", "[1,2,3]"])
            .to_owned();
    }
    json!({ "jsonrpc": "2.0", "id": "told", "method": method, "params": params }).to_string()
}

/// A session file, or what is none.
fn session(dice: &mut Dice) -> String {
    let link = link(dice);
    dice.of(&[
        json!({ "dropoutLab": "session", "version": 1, "link": link, "progress": "0.1+ 1.2-" })
            .to_string(),
        json!({ "dropoutLab": "session", "version": 2, "link": link }).to_string(),
        "no session".to_owned(),
    ])
}

/// The next actions: where a field is to be filled, the click into it, the text and the key after it.
///
/// # Errors
/// When the page can't be asked what is there.
pub async fn next(dice: &mut Dice, page: &Page, framed: bool, view: View) -> Result<Vec<Action>> {
    attend(page).await?;
    let one = |action: Action| Ok(vec![action]);
    match dice.below(100) {
        0..40 => Ok(click(dice, page, "any").await?.into_iter().collect()),
        40..50 => fill(dice, page).await,
        50..60 => drag(dice, page).await,
        60..74 => {
            let key = dice.of(&key_names()).to_owned();
            one(Action::Key {
                key,
                shift: dice.happens(20),
            })
        }
        74..80 => {
            let (list, option) = (dice.below(1000), dice.below(1000));
            one(Action::Choose {
                list,
                option,
                on: String::new(),
            })
        }
        80..83 => {
            let (width, height, ratio) = dice.of(&WINDOWS);
            one(Action::Resize {
                width,
                height,
                ratio,
            })
        }
        83..85 => {
            let (dark, still) = (dice.happens(50), dice.happens(50));
            one(Action::Prefer {
                dark,
                still,
                forced: dice.happens(20),
                print: dice.happens(10),
            })
        }
        85..88 => {
            let (width, height) = page.eval::<(f64, f64)>("monkey.size()").await?;
            let at = (dice.within(width), dice.within(height));
            one(Action::Wheel {
                at,
                by: dice.of(&[-800.0, -100.0, 100.0, 800.0]),
            })
        }
        88..90 => one(Action::Drop {
            text: session(dice),
        }),
        90..91 => one(Action::Wait {
            milliseconds: u64::from(dice.below(500)),
        }),
        _ if framed => one(Action::Tell {
            text: message(dice, view),
        }),
        91..97 => one(Action::Travel {
            by: dice.of(&[-1, -1, 1, -2, 2]),
        }),
        _ => Ok(click(dice, page, "any").await?.into_iter().collect()),
    }
}

async fn place(dice: &mut Dice, page: &Page, kind: &str) -> Result<Option<Place>> {
    page.eval(&format!("monkey.place('{kind}', {})", dice.below(10_000)))
        .await
}

async fn click(dice: &mut Dice, page: &Page, kind: &str) -> Result<Option<Action>> {
    let place = place(dice, page, kind).await?;
    Ok(place.map(
        |Place {
             x,
             y,
             scroll,
             label,
         }| Action::Click {
            at: (x, y),
            scroll,
            on: label,
        },
    ))
}

async fn fill(dice: &mut Dice, page: &Page) -> Result<Vec<Action>> {
    let Some(click) = click(dice, page, "text").await? else {
        return Ok(Vec::new());
    };
    let text = dice.of(&VALUES).to_owned();
    let key = dice.of(&["Enter", "Tab"]).to_owned();
    Ok(vec![
        click,
        Action::Type { text },
        Action::Key { key, shift: false },
    ])
}

async fn drag(dice: &mut Dice, page: &Page) -> Result<Vec<Action>> {
    let Some(place) = place(dice, page, "drag").await? else {
        return Ok(Vec::new());
    };
    let (width, height) = page.eval::<(f64, f64)>("monkey.size()").await?;
    let to = (dice.within(width), dice.within(height));
    let Place {
        x,
        y,
        scroll,
        label,
    } = place;
    Ok(vec![Action::Drag {
        from: (x, y),
        to,
        scroll,
        on: label,
    }])
}
