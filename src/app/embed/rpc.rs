//! The embed API: JSON-RPC 2.0 requests from the page around this one, and their answers.
//! Every request gets an answer, an error if it can't be done; a notification (no `id`) gets none,
//! whatever becomes of it.

use serde_json::{Value, json};

use super::{Action, Changes, Hosted, Studio, Written, methods, picture, snapshot, stand};
use crate::app::look::LookField;
use crate::app::msg::Effect;
use crate::app::view::View;
use crate::model::FieldError;

/// Longest message that is read, in bytes; one this long still sets every name.
const MAX_BYTES: usize = 64 * 1024;
/// Most requests in one message.
const MAX_REQUESTS: usize = 32;

/// An error of JSON-RPC: its code and what was wrong.
pub(super) struct Refusal(i32, String);

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
/// The browser could not do it.
const INTERNAL_ERROR: i32 = -32603;
/// A page of another origin asked for a change.
const FORBIDDEN: i32 = -32001;
/// The view can't do this.
const NOT_HERE: i32 = -32002;
/// Messages came faster than they can be read.
const TOO_MANY: i32 = -32003;

impl Refusal {
    /// The browser could not do it.
    pub(super) fn by_the_browser(text: &str) -> Self {
        Self(INTERNAL_ERROR, text.to_owned())
    }
}

impl From<String> for Refusal {
    fn from(error: String) -> Self {
        Self(INVALID_PARAMS, error)
    }
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        error.to_string().into()
    }
}

/// What the browser is to do, and the answer, if there must be one.
type Answered = (Vec<Effect>, Option<Value>);

/// The link of another view, as [`written`](super::written()) reads it.
///
/// Given by whoever has the other views: a page that has one view alone is without their tables.
pub type Elsewhere = fn(View, &str) -> Box<dyn Written>;

/// Who asks, and what is there besides the view.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// Whether it may change anything.
    pub trusted: bool,
    /// The other views.
    pub elsewhere: Elsewhere,
    /// What a picture needs of the browser.
    pub studio: Studio,
}

/// Does what the message asks and answers it.
pub fn receive(host: &mut dyn Hosted, asker: Asker, text: &str) -> Vec<Effect> {
    let (mut effects, answer) = if text.len() > MAX_BYTES {
        let size = text.len();
        refuse(
            INVALID_REQUEST,
            format!("a message of {size} bytes; at most {MAX_BYTES} are read"),
        )
    } else {
        match serde_json::from_str(text) {
            Ok(Value::Array(messages)) => answer_all(host, asker, &messages),
            Ok(message) => answer(host, asker, &message),
            Err(_) => refuse(PARSE_ERROR, "this is not JSON".to_owned()),
        }
    };
    effects.extend(answer.map(|answer| Effect::Answer(answer.to_string())));
    effects
}

/// A message that is no request at all is refused without an id.
fn refuse(code: i32, text: String) -> Answered {
    (
        Vec::new(),
        Some(response(&Value::Null, Err(Refusal(code, text)))),
    )
}

/// Several requests in one message, one after the other; their answers come in one message too.
fn answer_all(host: &mut dyn Hosted, asker: Asker, messages: &[Value]) -> Answered {
    if !(1..=MAX_REQUESTS).contains(&messages.len()) {
        let size = messages.len();
        return refuse(
            INVALID_REQUEST,
            format!("a batch of {size} requests; allowed: 1 to {MAX_REQUESTS}"),
        );
    }
    let (mut effects, mut answers) = (Vec::new(), Vec::new());
    for message in messages {
        let (asked, answer) = answer(host, asker, message);
        effects.extend(asked);
        answers.extend(answer);
    }
    (
        effects,
        (!answers.is_empty()).then_some(Value::Array(answers)),
    )
}

fn answer(host: &mut dyn Hosted, asker: Asker, message: &Value) -> Answered {
    let request = match Request::read(message) {
        Ok(request) => request,
        // Two pages that answered each other's answers would never stop.
        Err(_) if is_response(message) => return (Vec::new(), None),
        Err(refusal) => {
            let id = id_of(message).ok().flatten().unwrap_or(&Value::Null);
            return (Vec::new(), Some(response(id, Err(refusal))));
        }
    };
    let (effects, outcome) = match call(host, asker, &request) {
        Ok((effects, result)) => (effects, Ok(result)),
        Err(refusal) => (Vec::new(), Err(refusal)),
    };
    (effects, request.id.map(|id| response(id, outcome)))
}

/// A request of the right form; a notification has no id.
struct Request<'a> {
    method: &'a str,
    params: Option<&'a Value>,
    id: Option<&'a Value>,
}

impl<'a> Request<'a> {
    fn read(message: &'a Value) -> Result<Self, Refusal> {
        let invalid = |text: &str| Refusal(INVALID_REQUEST, text.to_owned());
        if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
            return Err(invalid("jsonrpc must be \"2.0\""));
        }
        let method = message.get("method").and_then(Value::as_str);
        let params = message.get("params");
        if params.is_some_and(|params| !params.is_object() && !params.is_array()) {
            return Err(invalid("params must be an object or an array"));
        }
        Ok(Self {
            method: method.ok_or_else(|| invalid("method must be a string"))?,
            params,
            id: id_of(message)?,
        })
    }
}

fn id_of(message: &Value) -> Result<Option<&Value>, Refusal> {
    match message.get("id") {
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
            let text = "id must be a string, a number or null";
            Err(Refusal(INVALID_REQUEST, text.to_owned()))
        }
        id => Ok(id),
    }
}

/// Whether a message answers a request instead of making one.
fn is_response(message: &Value) -> bool {
    message.get("method").is_none()
        && ["result", "error"]
            .iter()
            .any(|name| message.get(name).is_some())
}

type Outcome = Result<(Vec<Effect>, Value), Refusal>;

/// What a page of any origin may ask; the rest changes something.
const READING: [&str; 3] = ["get", "notebook", "snapshot"];

fn call(host: &mut dyn Hosted, asker: Asker, request: &Request) -> Outcome {
    let method = request.method;
    let action = Action::named(method);
    if !READING.contains(&method) && action.is_none() && method != "set" {
        let known = methods(host).join(", ");
        let text = format!("no method is called {method}; there are {known}");
        return Err(Refusal(METHOD_NOT_FOUND, text));
    }
    if !READING.contains(&method) && !asker.trusted {
        let text = format!("{method} is refused: this origin may read and not change");
        return Err(Refusal(FORBIDDEN, text));
    }
    match (method, action) {
        ("get", _) => Ok((Vec::new(), snapshot(host))),
        ("notebook", _) => match host.notebook() {
            Some([code, output]) => Ok((Vec::new(), json!({ "code": code, "output": output }))),
            None => Err(not_here(host, method)),
        },
        ("snapshot", _) => match picture::taken(host, asker.studio, request.params)? {
            Some(picture) => Ok((Vec::new(), picture)),
            None => Err(not_here(host, method)),
        },
        (_, Some(action)) if host.actions().contains(&action) => {
            let effects = host.act(action)?;
            Ok((effects, host.written().settings()))
        }
        (_, Some(_)) => Err(not_here(host, method)),
        _ => set(host, asker.elsewhere, &changes(request.params)?),
    }
}

fn not_here(host: &dyn Hosted, method: &str) -> Refusal {
    let (view, known) = (host.written().view().name(), methods(host).join(", "));
    let text = format!("the {view} view has no {method}; it has {known}");
    Refusal(NOT_HERE, text)
}

/// Names that decide which view is there, and what is open in it.
const MOVING: [LookField; 3] = [LookField::View, LookField::Lesson, LookField::At];

/// Changes all of these names, or none.
fn set(host: &mut dyn Hosted, elsewhere: Elsewhere, changes: &Changes) -> Outcome {
    let here = host.written();
    let names = here.names();
    let moves = |(name, text): &(String, String)| {
        let moving = MOVING.iter().any(|field| field.name() == name);
        let is_so = |(known, value): &(&str, String)| known == name && value == text;
        moving && !names.iter().any(is_so)
    };
    if !changes.iter().any(moves) {
        let effects = host.set(changes)?;
        return Ok((effects, host.written().settings()));
    }
    let view = changes.iter().find(|(name, _)| name == "view");
    let view = view.map_or(Ok(here.view()), |(_, name)| named(name))?;
    // Another view has other settings; what is look goes along.
    let mut link = if view == here.view() {
        here
    } else {
        elsewhere(view, &view.link_from(&here.query()))
    };
    link.set_all(changes)?;
    if let Some((_, at)) = changes.iter().find(|(name, _)| name == "at") {
        let at = at.parse().unwrap_or_default();
        let (query, _known) = stand(&link.query(), at, elsewhere);
        link = elsewhere(View::of(&query), &query);
    }
    Ok((vec![Effect::Open(link.query())], link.settings()))
}

fn named(view: &str) -> Result<View, FieldError> {
    let allowed = || View::ALL.map(View::name).join(", ");
    View::named(view).ok_or_else(|| FieldError::named("view", view, allowed()))
}

/// `{name: value, …}` as texts, as a link writes them.
fn changes(params: Option<&Value>) -> Result<Changes, Refusal> {
    let invalid = |text: String| Refusal(INVALID_PARAMS, text);
    let params = params
        .and_then(Value::as_object)
        .ok_or_else(|| invalid("params must be an object of names and values".to_owned()))?;
    let text = |(name, value): (&String, &Value)| match value {
        Value::String(text) => Ok((name.clone(), text.clone())),
        Value::Number(number) => Ok((name.clone(), number.to_string())),
        Value::Bool(on) => Ok((name.clone(), switch(name, *on).to_owned())),
        _ => Err(invalid(format!(
            "{name} must be a string, a number or a boolean"
        ))),
    };
    params.iter().map(text).collect()
}

/// How the link writes a boolean.
fn switch(name: &str, on: bool) -> &'static str {
    let of_the_look = LookField::ALL.iter().any(|field| field.name() == name);
    match (of_the_look, on) {
        (false, true) => "on",
        (false, false) => "off",
        (true, true) => "1",
        (true, false) => "0",
    }
}

/// The one error for all messages that the inbox has turned away.
#[must_use]
pub fn overflow(complaint: String) -> String {
    response(&Value::Null, Err(Refusal(TOO_MANY, complaint))).to_string()
}

fn response(id: &Value, outcome: Result<Value, Refusal>) -> Value {
    match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(Refusal(code, text)) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } })
        }
    }
}
