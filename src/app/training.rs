//! Training while the reader watches: it goes on in slices, stops, and goes on again where it stopped.
//! Time reaches it in messages; how many steps fit into a slice is for whoever has a clock.

mod msg;

use std::rc::Rc;

use serde_json::Value;

use super::embed::{Action, Json};
use super::exhibit::{Exhibit, Page};
use super::export::{self, Figure};
use super::view::View;
use crate::draw::training::Mark;
use crate::model::exhibits::training::{
    Live, Panel, RaceTrace, RunTrace, Settings, Show, Start, SweepTrace, Trace,
};
use crate::model::proof::race::{Duel, Race, Sweep};
use crate::nn::DropProbability;
use crate::words::Explanation;
use crate::{notebook, words};
pub use msg::{Msg, Pace};

/// Points of a curve: of a single run, and of each run of a race.
const POINTS: [u32; 2] = [200, 40];
/// Seconds that a run takes when it is watched.
const WATCHED: f64 = 12.0;

/// How far training has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Training steps taken.
    pub taken: u64,
    /// Training steps in all.
    pub all: u64,
    /// Whether there is nothing left to do: runs that diverge end before their last step.
    pub done: bool,
    /// Seconds left, if that can be told.
    pub left: Option<f64>,
}

/// Training as far as it has come.
#[derive(Clone, Debug)]
pub struct State {
    settings: Settings,
    duel: Duel,
    race: Race,
    sweep: Sweep,
    pace: Pace,
    /// Seconds at full pace, and the steps taken in them.
    full: (f64, u64),
    /// Steps that a watched run may take by now.
    due: f64,
    focus: Option<Mark>,
    live: Rc<Live>,
    /// What [`Self::at`] was when `live` was taken.
    looked: (u64, bool),
}

impl State {
    /// Training that has not begun.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let plan = *settings.plan();
        let stride = |points: u32| plan.steps.div_ceil(points).max(1);
        let duel = Duel::new(&plan, settings.seed(), stride(POINTS[0]));
        let mut state = Self {
            race: Race::new(plan, settings.seeds(), stride(POINTS[1])).by(settings.kernel()),
            sweep: Sweep::new(plan, &swept(), settings.seeds()).by(settings.kernel()),
            live: Rc::new(Live::Run(Box::new(RunTrace::of(&settings, &duel)))),
            settings,
            duel,
            pace: Pace::Rest,
            full: (0.0, 0),
            due: 0.0,
            focus: None,
            looked: (0, true),
        };
        if state.settings.start() == Start::AtOnce {
            state.go(Pace::Full);
        }
        state.look();
        state
    }

    /// What is trained.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether and how training goes on.
    #[must_use]
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// What is pointed at or focused.
    #[must_use]
    pub fn focus(&self) -> Option<Mark> {
        self.focus
    }

    /// Every number that is shown, as of the last message but [`Msg::Advance`]s.
    #[must_use]
    pub fn live(&self) -> &Rc<Live> {
        &self.live
    }

    /// Whether hidden units are shown, a lane each.
    #[must_use]
    pub fn has_lanes(&self) -> bool {
        self.settings.show() == Show::Run && self.settings.panel() == Panel::Lanes
    }

    /// The race, whether it is shown or not.
    #[must_use]
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// Training steps that may be taken now.
    #[must_use]
    pub fn may_take(&self) -> u32 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few steps; the cast saturates"
        )]
        match self.pace {
            Pace::Rest => 0,
            Pace::Watch => self.due as u32,
            Pace::Full => u32::MAX,
        }
    }

    /// How far training has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let steps = u64::from(self.settings.plan().steps);
        let seeds = self.settings.seeds();
        let seeds = seeds.end - seeds.start;
        let (taken, all, done) = match self.settings.show() {
            Show::Run => (u64::from(self.duel.taken()), steps, self.duel.is_done()),
            Show::Race => (self.race.taken(), 2 * steps * seeds, self.race.is_done()),
            Show::Sweep => {
                let runs = seeds * self.sweep.runs().len() as u64;
                (self.sweep.taken(), steps * runs, self.sweep.is_done())
            }
        };
        let (seconds, full) = self.full;
        #[allow(clippy::cast_precision_loss, reason = "steps are far below 2^52")]
        let left = all.saturating_sub(taken) as f64 * seconds / full as f64;
        Progress {
            taken,
            all,
            done,
            // The first slices tell nothing.
            left: (self.pace == Pace::Full && seconds > 0.2 && full > 0).then_some(left),
        }
    }

    /// How far training has come, in words.
    #[must_use]
    pub fn how_far(&self) -> String {
        let Progress {
            taken, all, left, ..
        } = self.progress();
        let far = match &*self.live {
            Live::Run(_) => {
                let [taken, all] = [taken, all].map(words::training::thousands);
                t!("{taken} of {all} steps")
            }
            Live::Race(trace) => {
                let seeds = self.settings.seeds();
                t!("{} of {} pairs", trace.pairs.len(), seeds.end - seeds.start)
            }
            Live::Sweep(trace) => {
                let runs = all / u64::from(self.settings.plan().steps.max(1));
                t!("{} of {runs} runs", trace.dots.len())
            }
        };
        left.map_or_else(
            || far.clone(),
            |left| t!("{far} · {:.0} s left", left.ceil()),
        )
    }

    /// Applies `msg`.
    pub fn update(&mut self, msg: Msg) {
        match msg {
            Msg::Settings(settings) => return self.set(settings),
            Msg::Go(pace) => {
                self.go(pace);
                // The same numbers are the same picture, which need not be drawn again.
                if self.looked == self.at() {
                    return;
                }
            }
            Msg::Next => {
                let stride = self.settings.plan().steps.div_ceil(POINTS[0]).max(1);
                let taken = self.duel.taken();
                self.duel.advance(stride - taken % stride);
                self.go(Pace::Rest);
            }
            Msg::Restart => *self = Self::new(self.settings.clone()),
            Msg::Tick(seconds) => self.tick(seconds),
            Msg::Advance(steps) => return self.advance(steps.min(self.may_take())),
            Msg::Focus(target) => {
                self.focus = target.filter(|target| self.has(*target));
                return;
            }
        }
        self.look();
    }

    fn set(&mut self, settings: Settings) {
        if !settings.trains_as(&self.settings) {
            *self = Self::new(settings);
        } else if settings != self.settings {
            if settings.show() != self.settings.show() {
                self.go(Pace::Rest);
                self.focus = None;
            }
            self.settings = settings;
            if self.settings.start() == Start::AtOnce {
                self.go(Pace::Full);
            }
            self.look();
        }
    }

    fn go(&mut self, pace: Pace) {
        self.pace = if self.progress().done {
            Pace::Rest
        } else {
            pace
        };
        (self.full, self.due) = ((0.0, 0), 0.0);
    }

    fn tick(&mut self, seconds: f64) {
        match self.pace {
            Pace::Rest => {}
            Pace::Watch => {
                // A page that was hidden for a while does not catch up.
                let seconds = seconds.clamp(0.0, 0.1);
                self.due += seconds * f64::from(self.settings.plan().steps) / WATCHED;
            }
            Pace::Full => self.full.0 += seconds.max(0.0),
        }
        if self.progress().done {
            self.pace = Pace::Rest;
        }
    }

    fn advance(&mut self, steps: u32) {
        let before = self.progress().taken;
        match self.settings.show() {
            Show::Run => self.duel.advance(steps),
            Show::Race => self.race.advance(steps),
            Show::Sweep => self.sweep.advance(steps),
        }
        let taken = self.progress().taken - before;
        if self.pace == Pace::Watch {
            self.due -= f64::from(steps);
        }
        self.full.1 += taken;
    }

    /// Whether there is such a thing now.
    fn has(&self, target: Mark) -> bool {
        match (&*self.live, target) {
            (Live::Run(trace), Mark::Point(k)) => {
                trace.curves.iter().any(|curve| k < curve.points.len())
            }
            (Live::Run(trace), Mark::Lane(k)) => k < trace.lanes.units.len(),
            (Live::Race(trace), Mark::Point(k)) => k < trace.medians[1].len(),
            (Live::Race(trace), Mark::Pair(k)) => k < trace.pairs.len(),
            (Live::Sweep(trace), Mark::Place(k)) => k < trace.ps.len(),
            _ => false,
        }
    }

    /// What the numbers that are shown depend on, as long as the settings stay: the steps taken, and whether passes are
    /// drawn too, as they are at rest.
    fn at(&self) -> (u64, bool) {
        let draws = self.settings.passes() > 0;
        (self.progress().taken, draws && self.pace == Pace::Rest)
    }

    /// Takes every number that is shown.
    fn look(&mut self) {
        let settings = &self.settings;
        let zero = || self.duel.with.run().data().loss_of_zero();
        self.live = Rc::new(match settings.show() {
            Show::Run => {
                let mut trace = RunTrace::of(settings, &self.duel);
                // A thousand passes take longer than a frame: they wait until training rests.
                if self.pace == Pace::Rest {
                    trace.sample(&self.duel);
                }
                Live::Run(Box::new(trace))
            }
            Show::Race => Live::Race(RaceTrace::of(settings, &self.race, zero())),
            Show::Sweep => Live::Sweep(SweepTrace::of(settings, &self.sweep, zero())),
        });
        self.looked = self.at();
    }
}

/// 0, 0.1, ..., 0.9.
fn swept() -> Vec<DropProbability> {
    let p = |tenths: u8| DropProbability::new(f64::from(tenths) / 10.0).ok();
    (0..10).filter_map(p).collect()
}

impl Exhibit for Settings {
    const VIEW: View = View::Training;
    const ACTIONS: &'static [Action] = &[Action::Step, Action::Play, Action::Pause];
    const HAS_PICTURE: bool = false;
    type Trace = Trace;
    /// What is pointed at is the affair of [`State`].
    type Target = ();

    /// Training as far as it has told that it has come.
    fn figure<'a>(page: &'a Page<Self>, address: &str) -> Option<Figure<'a>> {
        let live = page.ongoing().map(|ongoing| Rc::clone(&ongoing.numbers));
        let live = live.unwrap_or_else(|| State::new(page.settings().clone()).live);
        let place = (address, &*page.query());
        Some(export::trained(page.settings(), &live, None, place))
    }

    fn trace(&self) -> Trace {
        Trace::new(self)
    }

    fn now(trace: &Trace) -> String {
        words::training::now(&trace.settings)
    }

    fn usual_target(_: &Trace) -> Option<()> {
        None
    }

    fn within(_: &Trace, (): ()) -> Option<()> {
        None
    }

    fn explain(_: &Trace, (): ()) -> Explanation {
        Explanation::default()
    }

    fn numbers(&self, _: &Trace) -> Value {
        State::new(self.clone()).live.json()
    }

    fn goes_on(&self, before: &Self) -> bool {
        self.trains_as(before) && self.show() == before.show()
    }

    fn script(&self, link: &str) -> String {
        notebook::training::script(self, link)
    }

    fn output(trace: &Trace) -> String {
        notebook::training::output(trace)
    }
}
