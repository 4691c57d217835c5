//! A monkey at the keyboard, at the mouse and in the page around: random actions from a seed, over all views, and after
//! each of them what must hold of the page.

mod action;
mod checks;
mod choice;
#[path = "../../../invariants/mod.rs"]
mod invariants;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use dropout_lab::app::View;
use serde::Deserialize;

use crate::service::{dist, serve};
use crate::{Page, Size, browse};

use action::{Action, arrive};
use choice::Dice;

const AGENT: &str = include_str!("agent.js");
const WATCH: &str = include_str!("watch.js");

/// Actions from one opened link to the next.
const EPISODE: usize = 40;
/// After so many actions the link is opened anew.
const REPLAY: usize = 20;

/// What the monkey is to do.
#[derive(Debug)]
pub enum Plan {
    /// So many actions from a seed.
    Random {
        /// The seed.
        seed: u64,
        /// How many.
        actions: usize,
    },
    /// The actions of a file.
    Replay(PathBuf),
}

/// What it has done.
#[derive(Debug, Default)]
pub struct Tally {
    /// Actions of each kind.
    pub actions: BTreeMap<String, usize>,
    /// Views in which it was, with the actions there.
    pub views: BTreeMap<&'static str, usize>,
    /// Answers to `get` that were held against a computation of their own.
    pub computed: usize,
    /// Links that were opened anew and showed the same.
    pub replayed: usize,
}

/// What there is to see after an action.
#[derive(Debug, Deserialize)]
struct Seen {
    query: String,
    stopped: bool,
    alive: bool,
    errors: Vec<String>,
    texts: Vec<String>,
    attributes: Vec<String>,
}

/// Lets the monkey loose on the page that was built last.
///
/// # Errors
/// The first thing that must not be, with the way to see it again.
pub fn run(plan: &Plan) -> Result<Tally> {
    let site = serve(&dist())?;
    let mut log = Vec::new();
    let outcome = browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        action::watch(page).await?;
        let mut monkey = Monkey {
            page,
            log: &mut log,
            tally: Tally::default(),
            framed: false,
            view: View::Network,
        };
        match plan {
            Plan::Random { seed, actions } => monkey.play(&mut Dice::new(*seed), *actions).await?,
            Plan::Replay(file) => monkey.repeat(file).await?,
        }
        TALLY.set(Some(monkey.tally));
        Ok(())
    });
    if let Err(error) = outcome {
        let file = write(plan, &log)?;
        let last = log.iter().rev().take(12).rev();
        let last: Vec<String> = last.map(|action| format!("  {action:?}")).collect();
        bail!(
            "{error:#}\n{plan:?} after {} actions, the last of which were\n{}\nAll of them: --replay {}",
            log.len(),
            last.join("\n"),
            file.display()
        );
    }
    TALLY.take().context("nothing was counted")
}

thread_local! {
    static TALLY: std::cell::Cell<Option<Tally>> = const { std::cell::Cell::new(None) };
}

/// Writes the actions down, one a line.
fn write(plan: &Plan, log: &[Action]) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/monkey");
    fs::create_dir_all(&folder)?;
    let name = match plan {
        Plan::Random { seed, .. } => format!("seed-{seed}.jsonl"),
        Plan::Replay(_) => "replay.jsonl".to_owned(),
    };
    let lines: Result<Vec<_>, _> = log.iter().map(serde_json::to_string).collect();
    let file = folder.canonicalize()?.join(name);
    fs::write(&file, lines?.join("\n"))?;
    Ok(file)
}

/// A text as JavaScript writes it.
fn script(text: &str) -> Result<String> {
    Ok(serde_json::to_string(text)?)
}

struct Monkey<'a> {
    page: &'a Page,
    log: &'a mut Vec<Action>,
    tally: Tally,
    framed: bool,
    view: View,
}

impl Monkey<'_> {
    async fn play(&mut self, dice: &mut Dice, actions: usize) -> Result<()> {
        let mut next_episode = 0;
        while self.log.len() < actions {
            if self.log.len() >= next_episode {
                next_episode = self.log.len() + EPISODE;
                let open = Action::Open {
                    framed: dice.below(3) > 0,
                    query: choice::link(dice),
                };
                self.act(open).await?;
            }
            for action in choice::next(dice, self.page, self.framed, self.view).await? {
                self.act(action).await?;
            }
        }
        self.page.check_console().await
    }

    async fn repeat(&mut self, file: &Path) -> Result<()> {
        let text =
            fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in text.lines() {
            self.act(serde_json::from_str(line)?).await?;
        }
        self.page.check_console().await
    }

    /// Does one action, and looks.
    async fn act(&mut self, action: Action) -> Result<()> {
        self.log.push(action.clone());
        if action.perform(self.page).await.is_err() {
            // Back and forward lead to another document now and then, whenever the browser is ready.
            self.look().await?;
            action.perform(self.page).await?;
        }
        if let Action::Open { framed, .. } = action {
            self.framed = framed;
        }
        let kind = format!("{action:?}");
        let kind = kind
            .split_once(' ')
            .map_or(kind.clone(), |(kind, _)| kind.to_owned());
        *self.tally.actions.entry(kind).or_default() += 1;
        let seen = self.look().await?;
        self.check(&seen).await?;
        *self.tally.views.entry(self.view.name()).or_default() += 1;
        Ok(())
    }

    /// What is there once everything has come to rest; a page that was left is gone back to.
    async fn look(&mut self) -> Result<Seen> {
        let settled = "window.monkey ? monkey.settled() : null";
        for _ in 0..3 {
            if let Some(seen) = self.page.eval::<Option<Seen>>(settled).await? {
                return Ok(seen);
            }
            let here: String = self.page.eval("location.href").await?;
            if !here.starts_with(self.page.address()) || here.contains("/boot.js") {
                let query = "?v=1".to_owned();
                Action::Open {
                    framed: false,
                    query,
                }
                .perform(self.page)
                .await?;
                self.framed = false;
            } else {
                arrive(self.page).await?;
            }
        }
        bail!("the page does not come to rest")
    }

    async fn check(&mut self, seen: &Seen) -> Result<()> {
        ensure!(!seen.stopped, "the page has stopped: {:?}", seen.errors);
        ensure!(seen.errors.is_empty(), "errors: {:#?}", seen.errors);
        ensure!(seen.alive, "nothing is on the page");
        ensure!(
            seen.attributes.is_empty(),
            "in attributes: {:#?}",
            seen.attributes
        );
        let undefined = seen.texts.iter().find(|text| !text.contains("NaN"));
        ensure!(undefined.is_none(), "on the screen: {undefined:?}");
        self.view = View::of(&seen.query);
        if self.framed {
            let replayed = self.log.len().is_multiple_of(REPLAY);
            checks::of_a_frame(self.page, seen, replayed, &mut self.tally).await
        } else if self.log.len().is_multiple_of(REPLAY) {
            checks::of_a_page(self.page, seen, &mut self.tally).await
        } else {
            Ok(())
        }
    }
}
