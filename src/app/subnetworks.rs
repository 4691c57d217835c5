//! What a page must know of the subnetworks.

use std::rc::Rc;

use super::exhibit::Exhibit;
use super::look::Look;
use super::url::Link;
use super::view::View;
use crate::draw::layout::Room;
use crate::draw::pictures::{self, DynPicture};
use crate::model::Field;
use crate::model::exhibits::subnetworks::{Settings, Target, Trace};
use crate::notebook;
use crate::words::{self, Explanation};

impl Exhibit for Settings {
    const VIEW: View = View::Subnetworks;
    type Trace = Trace;
    type Target = Target;

    fn trace(&self) -> Trace {
        Trace::new(self)
    }

    fn now(trace: &Trace) -> String {
        words::subnetworks::now(trace)
    }

    fn picture(trace: &Rc<Trace>, room: Room) -> Option<DynPicture<Target>> {
        Some(pictures::subnetworks(trace, room))
    }

    fn usual_target(trace: &Trace) -> Option<Target> {
        trace.within(Target::Mask(trace.chosen))
    }

    fn within(trace: &Trace, target: Target) -> Option<Target> {
        trace.within(target)
    }

    fn explain(trace: &Trace, target: Target) -> Explanation {
        words::subnetworks::explain(trace, target)
    }

    fn elsewhere(trace: &Trace, target: Target) -> Option<(String, String)> {
        let Target::Mask(index) = target else {
            return None;
        };
        let text = words::subnetworks::show_in_network(trace, index)?;
        Some((text, in_network(trace, index)?))
    }

    fn choose(&mut self, trace: &Trace, target: Target) {
        if let Target::Mask(index) = target {
            *self = self.clone().with_mask(trace.mask(index));
        }
    }

    fn script(&self, link: &str) -> String {
        notebook::subnetworks::script(self, link)
    }

    fn output(trace: &Trace) -> String {
        notebook::subnetworks::output(trace)
    }
}

/// The link to the network view at the call that draws a mask for the sample.
fn in_network(trace: &Trace, index: usize) -> Option<String> {
    let passes = trace.passes_before(index)?;
    let mut settings = trace.settings.network().clone();
    let again = format!("{}:{passes}", settings.step());
    settings.set(Field::Again, &again).ok()?;
    let look = Look {
        sample: u32::try_from(trace.settings.sample() + 1).ok()?,
        ..Look::default()
    };
    Some(Link { settings, look }.query())
}
