//! The lesson beside the view: which step is open, what was bet, what the answer was. It sets the view by links and
//! hears of the view by links; it never keeps the reader from anything.

use super::progress::Progress;
use super::view::{CARRIED, View};
use crate::lessons::{Place, Placed, Truth};
use crate::model::FieldError;

/// How far the open step has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// The bet is open.
    Open,
    /// A bet was placed; the reader is to see the answer.
    Placed(Placed),
    /// The answer is on the screen and about to be computed.
    Computing(Placed),
    /// The answer is there.
    Revealed(Placed, Truth),
}

/// Something happened to the lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The address bar has another link: the page was opened, or the browser went back or forward.
    Opened(String),
    /// The reader has changed the view to this link.
    Moved(String),
    /// The bet is to become this text.
    Draft(String),
    /// The main button: bet, show, or go on.
    Go,
    /// The page has painted "computing".
    Compute,
    /// Another step, or none.
    Turn(Option<Place>),
    /// Everything that was bet is forgotten.
    Forget,
    /// What was bet elsewhere takes the place of what was bet here.
    Restore(Progress),
}

/// Something is asked of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The view of a link.
    Show {
        /// The link.
        link: String,
        /// The step of the lesson that is open in it.
        place: Option<Place>,
        /// Whether the browser's way back leads to what was there before.
        new_entry: bool,
    },
    /// [`Msg::Compute`], once the page has painted.
    Compute,
    /// Progress, to be kept on this device.
    Keep(String),
}

/// The lesson beside the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    place: Option<Place>,
    draft: String,
    refused: Option<FieldError>,
    phase: Phase,
    progress: Progress,
    screen: String,
}

impl Course {
    /// No lesson open; `progress` as it was kept.
    #[must_use]
    pub fn new(progress: Progress) -> Self {
        Self {
            place: None,
            draft: String::new(),
            refused: None,
            phase: Phase::Open,
            progress,
            screen: String::new(),
        }
    }

    /// The open step.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The text of the bet.
    #[must_use]
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// Why the bet can't be placed.
    #[must_use]
    pub fn refused(&self) -> Option<&FieldError> {
        self.refused.as_ref()
    }

    /// How far the step has come.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// What was bet on so far.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Applies `msg` and says what the page is to do.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Opened(query) => self.opened(query),
            Msg::Moved(query) => {
                self.screen = query;
                self.look()
            }
            Msg::Draft(text) => {
                if self.phase == Phase::Open {
                    (self.draft, self.refused) = (text, None);
                }
                Vec::new()
            }
            Msg::Go => self.go(),
            Msg::Compute => self.compute(),
            Msg::Turn(place) => self.turn(place),
            Msg::Restore(progress) => {
                self.progress = progress;
                vec![Effect::Keep(self.progress.write())]
            }
            Msg::Forget => {
                self.progress = Progress::default();
                self.turn_to(self.place);
                vec![Effect::Keep(String::new())]
            }
        }
    }

    /// A link that names a step and nothing else stands for the step's own view.
    fn opened(&mut self, query: String) -> Vec<Effect> {
        let place = place_of(&query);
        if place != self.place {
            self.turn_to(place);
        }
        self.screen = query;
        match place {
            Some(place) if is_alone(&self.screen) => {
                self.show(place.step().before.to_owned(), false)
            }
            _ => self.look(),
        }
    }

    fn go(&mut self) -> Vec<Effect> {
        let Some(place) = self.place else {
            return Vec::new();
        };
        match self.phase {
            Phase::Open => match place.step().bet.read(&self.draft) {
                Ok(placed) => {
                    self.phase = Phase::Placed(placed);
                    self.look()
                }
                Err(error) => {
                    self.refused = Some(error);
                    Vec::new()
                }
            },
            Phase::Placed(placed) => {
                self.phase = Phase::Computing(placed);
                let mut effects = self.show(place.step().after.to_owned(), true);
                effects.push(Effect::Compute);
                effects
            }
            Phase::Computing(_) => Vec::new(),
            Phase::Revealed(..) => {
                let next = place.next();
                if next.is_none() {
                    // After the last step, the list of all lessons.
                    self.screen = View::Lessons.link();
                }
                self.turn(next)
            }
        }
    }

    /// A placed bet is settled as soon as its answer is on the screen, whoever brought it there.
    fn look(&mut self) -> Vec<Effect> {
        match (self.place, &self.phase) {
            (Some(place), Phase::Placed(placed))
                if screen(&self.screen) == screen(place.step().after) =>
            {
                self.phase = Phase::Computing(*placed);
                vec![Effect::Compute]
            }
            _ => Vec::new(),
        }
    }

    fn compute(&mut self) -> Vec<Effect> {
        let (Some(place), Phase::Computing(placed)) = (self.place, &self.phase) else {
            return Vec::new();
        };
        let (step, placed) = (place.step(), *placed);
        let truth = (step.truth)(step.after);
        self.progress.note(place, step.bet.verdict(placed, &truth));
        self.phase = Phase::Revealed(placed, truth);
        vec![Effect::Keep(self.progress.write())]
    }

    fn turn(&mut self, place: Option<Place>) -> Vec<Effect> {
        self.turn_to(place);
        let link = match place {
            Some(place) => place.step().before.to_owned(),
            None => self.screen.clone(),
        };
        self.show(link, true)
    }

    fn show(&mut self, link: String, new_entry: bool) -> Vec<Effect> {
        self.screen.clone_from(&link);
        let place = self.place;
        vec![Effect::Show {
            link,
            place,
            new_entry,
        }]
    }

    fn turn_to(&mut self, place: Option<Place>) {
        self.place = place;
        self.phase = Phase::Open;
        self.draft.clear();
        self.refused = None;
    }
}

/// The step that a link names, if there is one.
fn place_of(query: &str) -> Option<Place> {
    let mut pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let (_, text) = pairs.find(|(name, _)| name == "lesson")?;
    Place::parse(&text)
}

/// Whether a link says nothing of what is to be seen.
fn is_alone(query: &str) -> bool {
    let mut pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let names_a_view = pairs.any(|(name, _)| name == "view");
    screen(query).is_empty() && !names_a_view
}

/// What a link says of the numbers on the screen, in any order: not how they are shown, nor where in the network
/// the reader looks.
fn screen(query: &str) -> Vec<(String, String)> {
    let is_look = |name: &str| {
        matches!(name, "v" | "bench") || CARRIED.iter().any(|field| field.name() == name)
    };
    let query = query.trim_start_matches('?').as_bytes();
    let mut pairs: Vec<_> = form_urlencoded::parse(query)
        .filter(|(name, _)| !is_look(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    // The network's is the view of a link that names none.
    pairs.retain(|(name, value)| name != "view" || value != View::Network.name());
    if !pairs.iter().any(|(name, _)| name == "view") {
        pairs.retain(|(name, _)| name != "stage" && name != "sample");
    }
    pairs.sort();
    pairs
}
