//! What holds of every text that comes from outside: links, pasted tensors, session files, messages of the page around.
//!
//! `tests/fuzz.rs` holds texts of a grammar and the corpus to it, the targets in `fuzz` whatever a fuzzer makes up.
#![allow(dead_code, reason = "no test file and no target needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use dropout_lab::app::embed::{ClassPlan, Contents, Hosted, Studio, rpc, stand, written};
use dropout_lab::app::exhibit::{Page, Sheet};
use dropout_lab::app::files::Around;
use dropout_lab::app::files::session::Session;
use dropout_lab::app::view::{followed, may_follow};
use dropout_lab::app::{Effect, Link, Look, Progress, State, View};
use dropout_lab::draw::Palette;
use dropout_lab::draw::layout::Room;
use dropout_lab::model::exhibits::{
    TensorSettings, VariantsSettings, coin, expectation, gradients, subnetworks, training,
};
use dropout_lab::notebook::{paste, reader};
use serde_json::Value;

/// The view of a link, with its numbers.
pub fn host(query: &str) -> Box<dyn Hosted> {
    match View::of(query) {
        View::Network => Box::new(State::open(query)),
        View::Tensor => Box::new(Page::<TensorSettings>::open(query)),
        View::Coin => Box::new(Page::<coin::Settings>::open(query)),
        View::Expectation => Box::new(Page::<expectation::Settings>::open(query)),
        View::Gradients => Box::new(Page::<gradients::Settings>::open(query)),
        View::Subnetworks => Box::new(Page::<subnetworks::Settings>::open(query)),
        View::Training => Box::new(Page::<training::Settings>::open(query)),
        View::Variants => Box::new(Page::<VariantsSettings>::open(query)),
        View::Notebook => Box::new(Page::<reader::Settings>::open(query)),
        View::Lessons => Box::new(Contents::new(query, &Progress::default())),
        View::Teachers => Box::new(ClassPlan::new(query)),
    }
}

/// A browser that paints nothing: a PNG says its size instead.
pub const STUDIO: Studio = Studio {
    around: |_| Around {
        address: "https://example.org/".to_owned(),
        palette: Palette::PROJECTOR,
        room: Room::screen(930.0, 640.0),
        progress: Progress::default(),
    },
    png: |sheet, scale| {
        let (width, height) = sheet.size();
        Some(format!("{width} x {height} x {scale}"))
    },
};

/// The page around, which may change things or not.
pub fn asker(trusted: bool) -> rpc::Asker {
    rpc::Asker {
        trusted,
        elsewhere: written,
        studio: STUDIO,
    }
}

/// What is said to be wrong with a link.
pub fn complaints(query: &str) -> Vec<String> {
    let view = View::of(query);
    match view {
        View::Network => Link::parse(query).1,
        View::Tensor => Sheet::<TensorSettings>::parse(view, query).1,
        View::Coin => Sheet::<coin::Settings>::parse(view, query).1,
        View::Expectation => Sheet::<expectation::Settings>::parse(view, query).1,
        View::Gradients => Sheet::<gradients::Settings>::parse(view, query).1,
        View::Subnetworks => Sheet::<subnetworks::Settings>::parse(view, query).1,
        View::Training => Sheet::<training::Settings>::parse(view, query).1,
        View::Variants => Sheet::<VariantsSettings>::parse(view, query).1,
        View::Notebook => Sheet::<reader::Settings>::parse(view, query).1,
        View::Lessons | View::Teachers => Sheet::<()>::parse(view, query).1,
    }
}

/// The same without what is said of controls: a link keeps the names that only other views have.
pub fn mistakes(query: &str) -> Vec<String> {
    let mut complaints = complaints(query);
    complaints.retain(|said| !said.contains(OF_CONTROLS));
    complaints
}

const OF_CONTROLS: &str = "controls has names that this view does not have";

/// The longest that a sentence on a mistake may be, in bytes, whatever the mistake was.
const LONGEST_COMPLAINT: usize = 2_000;

/// A sentence on a mistake: short, and with what there is instead.
fn assert_says(complaint: &str) {
    let says = [
        "; allowed: ",
        "is not a name that this page knows",
        OF_CONTROLS,
    ];
    assert!(
        says.iter().any(|said| complaint.contains(said)),
        "{complaint}"
    );
    assert!(complaint.len() < LONGEST_COMPLAINT, "{complaint}");
}

/// A link is read whatever it is; what was understood of it is written, and that is read as the same.
pub fn link(text: &str) {
    let complaints_of_it = complaints(text);
    assert!(complaints_of_it.len() <= 101, "{}", complaints_of_it.len());
    for said in &complaints_of_it {
        assert_says(said);
    }

    let read = written(View::of(text), text);
    let query = read.query();
    assert_eq!(View::of(&query), read.view(), "{text:?}");
    let again = written(read.view(), &query);
    assert_eq!(again.query(), query, "{text:?}");
    assert_eq!(again.names(), read.names(), "{text:?}");
    assert_eq!(mistakes(&query), [""; 0], "{text:?} became {query}");

    // The same by the names that it has, as a page around would set them.
    let mut set = written(read.view(), "");
    let names = read.names().into_iter();
    let names = names
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(
        set.set_all(&names).map_err(|error| error.to_string()),
        Ok(())
    );
    assert_eq!(set.query(), query, "{text:?}");

    let look = Look::of(&query);
    let there = followed(text, &query, look.lesson);
    let _either = may_follow(&there, &query);
    let (at, _) = stand(&query, usize::try_from(look.at).unwrap(), written);
    assert_eq!(mistakes(&at), [""; 0], "{text:?} stands at {at}");
}

/// A pasted text is a tensor, whose numbers written out are the same tensor, or an error that says where.
pub fn pasted(text: &str) {
    match paste::parse(text) {
        Ok(tensor) => {
            let count = tensor.shape.iter().product::<usize>();
            assert_eq!(count, tensor.values.len(), "{text:?}");
            assert!((1..=paste::MAX_NUMBERS).contains(&count), "{text:?}");
            assert!(tensor.shape.len() <= paste::MAX_RANK, "{text:?}");
            assert!(
                tensor
                    .notes
                    .iter()
                    .all(|note| note.len() < LONGEST_COMPLAINT)
            );
            let written = brackets(&tensor.shape, &tensor.values);
            let again = paste::parse(&written).unwrap();
            let bits = |values: &[f32]| -> Vec<u32> {
                let bits = values.iter();
                bits.map(|x| if x.is_nan() { f32::NAN } else { *x }.to_bits())
                    .collect()
            };
            assert_eq!(again.shape, tensor.shape, "{text:?} is {written}");
            assert_eq!(bits(&again.values), bits(&tensor.values), "{text:?}");
        }
        Err(error) => {
            let line = text.split('\n').nth(error.line - 1).unwrap();
            let columns = 1..=line.chars().count() + 1;
            assert!(columns.contains(&error.column), "{text:?}: {error}");
            assert!(!error.what.is_empty() && error.what.len() < LONGEST_COMPLAINT);
        }
    }
}

/// A tensor in nested brackets, with every digit.
pub fn brackets(shape: &[usize], values: &[f32]) -> String {
    match shape {
        [] => values.iter().map(f32::to_string).collect(),
        [_, inner @ ..] => {
            let parts = values.chunks(inner.iter().product::<usize>().max(1));
            let parts: Vec<_> = parts.map(|part| brackets(inner, part)).collect();
            format!("[{}]", parts.join(", "))
        }
    }
}

/// A session file is taken whole, and what is written of it is the same session, or refused in a sentence.
pub fn session(text: &str) {
    match Session::read(text) {
        Ok(session) => {
            assert_eq!(mistakes(&session.link), [""; 0], "{text:?}");
            assert_eq!(Session::read(&session.write()), Ok(session));
        }
        Err(said) => assert!(
            said.ends_with('.') && said.len() < LONGEST_COMPLAINT,
            "{said}"
        ),
    }
}

/// The codes of the page's errors.
const CODES: [i64; 8] = [
    -32700, -32600, -32601, -32602, -32603, -32001, -32002, -32003,
];

/// A message to the view `view`, the text after its first letter: `a` is the first of the views, `A` the same for a
/// page that may change nothing.
pub fn message(text: &str) {
    let mut letters = text.chars();
    let first = letters.next().unwrap_or('a');
    let letter = u32::from(first.to_ascii_lowercase()).saturating_sub(u32::from('a'));
    let view = View::ALL[usize::try_from(letter).unwrap() % View::ALL.len()];
    told(
        &mut *host(&view.link()),
        !first.is_ascii_uppercase(),
        letters.as_str(),
    );
}

/// A message is answered once at most, by results or by errors of known codes; what may not change anything has not.
pub fn told(host: &mut dyn Hosted, trusted: bool, text: &str) {
    let before = (host.written().query(), (!trusted).then(|| host.numbers()));
    let effects = rpc::receive(host, asker(trusted), text);
    let mut answers = 0;
    for effect in &effects {
        match effect {
            Effect::Answer(answer) => {
                answers += 1;
                assert_is_answer(&serde_json::from_str(answer).unwrap());
            }
            Effect::Open(link) => {
                assert!(trusted);
                assert_eq!(mistakes(link), [""; 0], "{text:?} leads to {link}");
            }
            _ => assert!(trusted, "{text:?}: {effect:?}"),
        }
    }
    assert!(answers <= 1, "{text:?}");
    let query = host.written().query();
    if !trusted {
        assert_eq!(
            (&query, Some(host.numbers())),
            (&before.0, before.1),
            "{text:?}"
        );
    }
    assert_eq!(written(View::of(&query), &query).query(), query, "{text:?}");
    assert_eq!(mistakes(&query), [""; 0], "{text:?} led to {query}");
}

/// An answer of JSON-RPC 2.0, or several.
fn assert_is_answer(answer: &Value) {
    if let Value::Array(answers) = answer {
        assert!((1..=32).contains(&answers.len()));
        return answers.iter().for_each(assert_is_answer);
    }
    assert_eq!(answer["jsonrpc"], "2.0");
    assert!(answer.get("id").is_some(), "{answer}");
    match (answer.get("result"), answer.get("error")) {
        (Some(_), None) => {}
        (None, Some(error)) => {
            assert!(CODES.contains(&error["code"].as_i64().unwrap()), "{error}");
            let message = error["message"].as_str().unwrap();
            assert!(
                !message.is_empty() && message.len() < LONGEST_COMPLAINT,
                "{message}"
            );
        }
        _ => panic!("neither a result nor an error: {answer}"),
    }
}
