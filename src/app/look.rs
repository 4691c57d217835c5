//! [`Look`]: where the reader looks and how it is shown. It changes no number of the run.

use std::fmt;

use super::embed::{Controls, Fragments, Item, Origin};
use super::sound::Sound;
use super::url::asked_for;
use super::view::CARRIED;
use crate::lessons::Place;
use crate::model::{FieldError, Stage};

/// Colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Bright or dark as the reader's system is set.
    #[default]
    System,
    /// Bright.
    Bright,
    /// Dark.
    Dark,
    /// For a projector: black on white, larger type.
    Projector,
}

/// Whether changes may be shown as motion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// As the reader's system is set.
    #[default]
    System,
    /// Stages switch without moving.
    Off,
}

/// What the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// What the reader's browser asks for, or English.
    #[default]
    System,
    /// English.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Chinese, in simplified characters.
    Chinese,
    /// No language: English that takes more room than any, for tests.
    Long,
    /// No language: English from right to left, for tests.
    RightToLeft,
}

/// Where the reader looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The stage of the step at which the picture stands.
    pub stage: Stage,
    /// The sample of the batch that is followed through the network, from 1.
    pub sample: u32,
    /// Colours.
    pub theme: Theme,
    /// Motion.
    pub motion: Motion,
    /// Sound.
    pub sound: Sound,
    /// Language.
    pub lang: Lang,
    /// Whether the page is embedded in another: one view, no header.
    pub embed: bool,
    /// The step of a lesson that is open.
    pub lesson: Option<Place>,
    /// The origin of the page around this one that may change things; without it, one of the same origin may.
    pub origin: Option<Origin>,
    /// The controls that an embedded page shows.
    pub controls: Controls,
    /// How an embedded page speaks of keys to the page around it.
    pub deck: Deck,
    /// The states of the figure, after the first.
    pub fragments: Fragments,
    /// Which of them is there; 0 is the first.
    pub at: u32,
    /// What the names were before the first item of the fragments, if one is there.
    pub from: Option<Item>,
}

/// What the page around an embedded one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deck {
    /// Any: it is told of keys.
    #[default]
    Any,
    /// A deck of reveal.js, which is told to turn its slides.
    Reveal,
}

const DECKS: [(&str, Deck); 2] = [("any", Deck::Any), ("reveal", Deck::Reveal)];

impl Default for Look {
    fn default() -> Self {
        Self {
            stage: Stage::LAST,
            sample: 2,
            theme: Theme::System,
            motion: Motion::System,
            sound: Sound::Off,
            lang: Lang::System,
            embed: false,
            lesson: None,
            origin: None,
            controls: Controls::default(),
            deck: Deck::Any,
            fragments: Fragments::default(),
            at: 0,
            from: None,
        }
    }
}

impl Look {
    /// Whether the reader may use the control of that name; outside of an embedded page none is locked.
    #[must_use]
    pub fn allows(&self, name: &str) -> bool {
        !self.embed || self.controls.allows(name)
    }

    /// Whether the link asks for a control that an embedded page does not show by itself.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.embed && self.controls.names(name)
    }

    /// What a link says of the look that every view has; what it gets wrong is for the view to report.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let mut look = Self::default();
        let query = query.trim_start_matches('?').as_bytes();
        for (name, value) in form_urlencoded::parse(query) {
            let name = asked_for(&name, &value);
            if let Some(field) = CARRIED.into_iter().find(|field| field.name() == name) {
                let _reported = field.write(&mut look, &value, 1);
            }
        }
        look
    }
}

/// A name of the link that belongs to the [`Look`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookField {
    /// The schema's version; only 1 exists.
    Version,
    /// The view; of those that there are, the network's page knows its own.
    View,
    /// Stage.
    Stage,
    /// Sample.
    Sample,
    /// Theme.
    Theme,
    /// Motion.
    Motion,
    /// Sound.
    Sound,
    /// Embedded.
    Embed,
    /// Language.
    Lang,
    /// The step of a lesson.
    Lesson,
    /// The origin that may change things from around the page.
    Origin,
    /// The controls that an embedded page shows.
    Controls,
    /// What the page around this one is.
    Deck,
    /// The states of the figure.
    Fragments,
    /// Which of them is there.
    At,
    /// What was there before the first of them.
    From,
}

const THEMES: [(&str, Theme); 4] = [
    ("system", Theme::System),
    ("bright", Theme::Bright),
    ("dark", Theme::Dark),
    ("projector", Theme::Projector),
];
const MOTIONS: [(&str, Motion); 2] = [("system", Motion::System), ("off", Motion::Off)];
const SOUNDS: [(&str, Sound); 2] = [("off", Sound::Off), ("on", Sound::On)];
const LANGS: [(&str, Lang); 7] = [
    ("system", Lang::System),
    ("en", Lang::English),
    ("de", Lang::German),
    ("es", Lang::Spanish),
    ("zh", Lang::Chinese),
    ("qps-long", Lang::Long),
    ("qps-rtl", Lang::RightToLeft),
];
const SWITCH: [(&str, bool); 2] = [("0", false), ("1", true)];

impl LookField {
    /// Every name, in the order in which links write them.
    pub const ALL: [Self; 16] = [
        Self::Version,
        Self::View,
        Self::Stage,
        Self::Sample,
        Self::Theme,
        Self::Motion,
        Self::Sound,
        Self::Embed,
        Self::Lang,
        Self::Lesson,
        Self::Origin,
        Self::Controls,
        Self::Deck,
        Self::Fragments,
        Self::At,
        Self::From,
    ];

    /// The name in links and messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Version => "v",
            Self::View => "view",
            Self::Stage => "stage",
            Self::Sample => "sample",
            Self::Theme => "theme",
            Self::Motion => "motion",
            Self::Sound => "sound",
            Self::Embed => "embed",
            Self::Lang => "lang",
            Self::Lesson => "lesson",
            Self::Origin => "origin",
            Self::Controls => "controls",
            Self::Deck => "deck",
            Self::Fragments => "fragments",
            Self::At => "at",
            Self::From => "from",
        }
    }

    /// The values allowed, in words; a sample must also be one of the batch.
    #[must_use]
    pub fn allowed(self) -> String {
        match self {
            Self::Version => "1".to_owned(),
            Self::View => "network".to_owned(),
            Self::Stage => names(Stage::ALL.map(Stage::name)),
            Self::Sample => t!("samples of the batch, from 1").to_owned(),
            Self::Theme => names(THEMES.map(|(name, _)| name)),
            Self::Motion => names(MOTIONS.map(|(name, _)| name)),
            Self::Sound => names(SOUNDS.map(|(name, _)| name)),
            Self::Embed => names(SWITCH.map(|(name, _)| name)),
            Self::Lang => names(LANGS.map(|(name, _)| name)),
            Self::Lesson => Place::allowed(),
            Self::Origin => Origin::allowed(),
            Self::Controls => Controls::allowed(),
            Self::Deck => names(DECKS.map(|(name, _)| name)),
            Self::Fragments => Fragments::allowed(),
            Self::At => t!("how many items of fragments are applied, from 0").to_owned(),
            Self::From => t!("names and values, such as p:0.5,seed:7").to_owned(),
        }
    }

    /// The value as a link writes it.
    #[must_use]
    pub fn read(self, look: &Look) -> String {
        match self {
            Self::Version => "1".to_owned(),
            Self::View => "network".to_owned(),
            Self::Stage => look.stage.name().to_owned(),
            Self::Sample => look.sample.to_string(),
            Self::Theme => name_of(&THEMES, look.theme),
            Self::Motion => name_of(&MOTIONS, look.motion),
            Self::Sound => name_of(&SOUNDS, look.sound),
            Self::Embed => name_of(&SWITCH, look.embed),
            Self::Lang => name_of(&LANGS, look.lang),
            Self::Lesson => text(look.lesson.as_ref()),
            Self::Origin => text(look.origin.as_ref()),
            Self::Controls => look.controls.to_string(),
            Self::Deck => name_of(&DECKS, look.deck),
            Self::Fragments => look.fragments.to_string(),
            Self::At => look.at.to_string(),
            Self::From => text(look.from.as_ref()),
        }
    }

    /// Changes `look` to what `text` says, or leaves it as it was; `batch` bounds the sample.
    ///
    /// # Errors
    /// The value and the range allowed.
    pub fn write(self, look: &mut Look, text: &str, batch: usize) -> Result<(), FieldError> {
        let refuse = || FieldError::named(self.name(), text, self.allowed());
        match self {
            Self::Version | Self::View => {
                (text == self.allowed()).then_some(()).ok_or_else(refuse)?;
            }
            Self::Stage => look.stage = Stage::named(text).ok_or_else(refuse)?,
            Self::Sample => {
                let sample = text
                    .parse()
                    .ok()
                    .filter(|n| (1..=batch).contains(&(*n as usize)));
                let allowed = || t!("whole numbers from 1 to {batch}, the samples of the batch");
                look.sample = sample.ok_or_else(|| FieldError::named("sample", text, allowed()))?;
            }
            Self::Theme => look.theme = value_of(&THEMES, text).ok_or_else(refuse)?,
            Self::Motion => look.motion = value_of(&MOTIONS, text).ok_or_else(refuse)?,
            Self::Sound => look.sound = value_of(&SOUNDS, text).ok_or_else(refuse)?,
            Self::Lang => look.lang = value_of(&LANGS, text).ok_or_else(refuse)?,
            Self::Embed => look.embed = value_of(&SWITCH, text).ok_or_else(refuse)?,
            Self::Lesson if text.is_empty() => look.lesson = None,
            Self::Lesson => look.lesson = Some(Place::parse(text).ok_or_else(refuse)?),
            Self::Origin if text.is_empty() => look.origin = None,
            Self::Origin => look.origin = Some(Origin::parse(text).ok_or_else(refuse)?),
            Self::Controls => look.controls = Controls::parse(text).ok_or_else(refuse)?,
            Self::Deck => look.deck = value_of(&DECKS, text).ok_or_else(refuse)?,
            Self::Fragments => look.fragments = Fragments::parse(text).ok_or_else(refuse)?,
            Self::At => look.at = text.parse().map_err(|_| refuse())?,
            Self::From if text.is_empty() => look.from = None,
            Self::From => look.from = Some(Item::parse(text).ok_or_else(refuse)?),
        }
        Ok(())
    }
}

fn text<T: fmt::Display>(value: Option<&T>) -> String {
    value.map_or_else(String::new, T::to_string)
}

fn names<const N: usize>(names: [&str; N]) -> String {
    names.join(", ")
}

fn value_of<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
}

fn name_of<T: Copy + PartialEq>(table: &[(&str, T)], value: T) -> String {
    table
        .iter()
        .find(|(_, v)| *v == value)
        .map_or("", |(name, _)| *name)
        .to_owned()
}

/// A value as a link writes it: what is plain in a query stays readable.
pub(super) fn encoded(value: &str) -> String {
    let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let plain = [("%3A", ":"), ("%3B", ";"), ("%2C", ","), ("%2F", "/")];
    plain
        .into_iter()
        .fold(value, |value, (code, sign)| value.replace(code, sign))
}
