//! What the router does for the page around it: links that it asks for, keys, states of the figure, bets.

use yew::prelude::*;

use super::{Msg, Router};
use crate::app::course::{self, Course, Phase};
use crate::app::embed::{ClassPlan, Contents, Hosted, rpc, stand, written};
use crate::app::msg::Effect;
use crate::app::{Look, View};
use crate::lessons::{Placed, Verdict};
use crate::views::browser;
use crate::views::keys::Key;
use crate::views::parent::{Parent, Said, Told};

impl Router {
    /// The view says something to the page around it; answers whether anything of the page has changed.
    pub(super) fn said(&mut self, ctx: &Context<Self>, said: Said) -> bool {
        match said {
            Said::Dealt(number, effects) => self.dealt(ctx, number, effects),
            Said::Told(told) => {
                self.parent.hear(told);
                false
            }
        }
    }

    fn dealt(&mut self, ctx: &Context<Self>, number: u32, effects: Vec<Effect>) -> bool {
        let mut changed = false;
        for effect in effects {
            match effect {
                Effect::Answer(text) => self.parent.answer(&text),
                Effect::Open(link) => {
                    self.open(ctx, &link);
                    changed = true;
                }
                _ => {}
            }
        }
        self.parent.done(number) && self.ask(ctx) || changed
    }

    /// Opens a link that the page around this one asked for.
    fn open(&mut self, ctx: &Context<Self>, link: &str) {
        browser::set_address(link, !browser::is_framed());
        self.read_address();
        self.apply(ctx, course::Msg::Opened(browser::query()));
        self.tell_list();
    }

    /// A key that nobody here needs turns the figure to its next state or the one before, if there is one; any other
    /// is for the page around this one. Answers whether the figure has changed.
    pub(super) fn press(&mut self, ctx: &Context<Self>, key: &Key) -> bool {
        let query = browser::query();
        let look = Look::of(&query);
        let at = look.at as usize;
        let to = match key.direction() {
            Some(true) => Some(at + 1).filter(|at| *at <= look.fragments.count()),
            Some(false) => at.checked_sub(1),
            None => None,
        };
        let Some(to) = to else {
            key.hand_over(look.deck);
            return false;
        };
        let (link, _known) = stand(&query, to, written);
        self.open(ctx, &link);
        true
    }

    /// A link that names a state of the figure by its number gets the names of that state.
    pub(super) fn settle(&mut self) {
        let query = browser::query();
        let look = Look::of(&query);
        if look.fragments != self.fragments.0 {
            let (_, problems) = stand(&query, look.fragments.count(), written);
            self.fragments = (look.fragments.clone(), problems);
        }
        if look.at > 0 && look.from.is_none() {
            let (link, _known) = stand(&query, look.at as usize, written);
            browser::set_address(&link, false);
        }
    }

    /// A question is for the view that is there, or for a list, which is here.
    pub(super) fn ask(&mut self, ctx: &Context<Self>) -> bool {
        let (Some(asked), Some(mut list)) = (self.parent.asked(), self.list()) else {
            return true;
        };
        let effects = rpc::receive(&mut *list, asked.asker, &asked.text);
        let dealt = Said::Dealt(asked.number, effects);
        ctx.link().send_message(Msg::Said(dealt));
        false
    }

    /// The list that is the view, if one is: it has no page of its own to answer for it.
    fn list(&self) -> Option<Box<dyn Hosted>> {
        let query = browser::query();
        match self.view {
            View::Lessons => Some(Box::new(Contents::new(&query, self.course.progress()))),
            View::Teachers => Some(Box::new(ClassPlan::new(&query))),
            _ => None,
        }
    }

    /// Tells the page around this one of the list, where that is the view.
    pub(super) fn tell_list(&mut self) {
        if let Some(list) = self.list().filter(|_| browser::is_framed()) {
            self.parent.hear(Told::of(&*list));
        }
    }

    /// Tells the page around this one that a bet has been settled.
    pub(super) fn tell_answered(&self, before: &Course) {
        let Some(place) = self.course.place() else {
            return;
        };
        let Phase::Revealed(placed, _) = self.course.phase() else {
            return;
        };
        if before.phase() == self.course.phase() {
            return;
        }
        let bet = match placed {
            Placed::Choice(choice) => serde_json::json!(choice),
            Placed::Number(number) => serde_json::json!(number),
        };
        let right = self.course.progress().of(place) == Some(Verdict::Right);
        let answered =
            serde_json::json!({ "lesson": place.to_string(), "bet": bet, "right": right });
        Parent::notify("answered", &answered);
    }
}
