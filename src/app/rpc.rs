//! The embed API: JSON-RPC 2.0 requests from the page around this one, and their answers.
//! Every request gets an answer, an error if it can't be done; a notification (no `id`) gets none,
//! whatever becomes of it.

use serde_json::{Map, Value, json};

use super::msg::{Effect, PlaybackMsg};
use super::url::Name;
use super::{State, actions, trace_json};
use crate::model::{FieldError, Settings, Stage};
use crate::{notebook, words};

/// Longest message that is read, in bytes; one this long still sets every name.
const MAX_BYTES: usize = 64 * 1024;
/// Most requests in one message.
const MAX_REQUESTS: usize = 32;

/// An error of JSON-RPC: its code and what was wrong.
struct Refusal(i32, String);

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
/// A page of another origin asked for a change.
const FORBIDDEN: i32 = -32001;

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Self(INVALID_PARAMS, error.to_string())
    }
}

/// What the browser is to do, and the answer, if there must be one.
type Answered = (Vec<Effect>, Option<Value>);

/// Does what the message asks and answers it.
pub(super) fn receive(state: &mut State, trusted: bool, text: &str) -> Vec<Effect> {
    let (mut effects, answer) = if text.len() > MAX_BYTES {
        let size = text.len();
        refuse(
            INVALID_REQUEST,
            format!("a message of {size} bytes; at most {MAX_BYTES} are read"),
        )
    } else {
        match serde_json::from_str(text) {
            Ok(Value::Array(messages)) => answer_all(state, trusted, &messages),
            Ok(message) => answer(state, trusted, &message),
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
fn answer_all(state: &mut State, trusted: bool, messages: &[Value]) -> Answered {
    if !(1..=MAX_REQUESTS).contains(&messages.len()) {
        let size = messages.len();
        return refuse(
            INVALID_REQUEST,
            format!("a batch of {size} requests; allowed: 1 to {MAX_REQUESTS}"),
        );
    }
    let (mut effects, mut answers) = (Vec::new(), Vec::new());
    for message in messages {
        let (asked, answer) = answer(state, trusted, message);
        effects.extend(asked);
        answers.extend(answer);
    }
    (
        effects,
        (!answers.is_empty()).then_some(Value::Array(answers)),
    )
}

fn answer(state: &mut State, trusted: bool, message: &Value) -> Answered {
    let request = match Request::read(message) {
        Ok(request) => request,
        // Two pages that answered each other's answers would never stop.
        Err(_) if is_response(message) => return (Vec::new(), None),
        Err(refusal) => {
            let id = id_of(message).ok().flatten().unwrap_or(&Value::Null);
            return (Vec::new(), Some(response(id, Err(refusal))));
        }
    };
    let (effects, outcome) = match call(state, trusted, &request) {
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

/// What a page of any origin may ask.
const READING: [&str; 2] = ["get", "notebook"];
/// What only a trusted page may ask.
const CHANGING: [&str; 7] = ["set", "step", "stepBack", "again", "reset", "play", "pause"];

fn call(state: &mut State, trusted: bool, request: &Request) -> Outcome {
    let method = request.method;
    if CHANGING.contains(&method) && !trusted {
        let text = format!("{method} is refused: this origin may read and not change");
        return Err(Refusal(FORBIDDEN, text));
    }
    let step = state.settings().step();
    let effects = match method {
        "get" => return Ok((Vec::new(), trace_json::snapshot(state))),
        "notebook" => return Ok((Vec::new(), notebook_of(state))),
        "set" => set(state, request.params)?,
        "step" => actions::go_to(state, step.saturating_add(1), Stage::LAST)?,
        "stepBack" => {
            let before = step
                .checked_sub(1)
                .ok_or_else(|| Refusal(INVALID_PARAMS, words::FIRST_STEP.to_owned()))?;
            actions::go_to(state, before, Stage::LAST)?
        }
        "again" => actions::again(state)?,
        "reset" => actions::run(state, Settings::default(), ""),
        "play" => actions::playback(state, PlaybackMsg::Play),
        "pause" => actions::playback(state, PlaybackMsg::Pause),
        _ => {
            let known = [&READING[..], &CHANGING].concat().join(", ");
            let text = format!("no method is called {method}; there are {known}");
            return Err(Refusal(METHOD_NOT_FOUND, text));
        }
    };
    Ok((effects, trace_json::settings(state.link())))
}

fn notebook_of(state: &State) -> Value {
    json!({
        "code": notebook::script(state.settings(), &state.link().query()),
        "output": notebook::output(state.trace()),
    })
}

/// `{name: value, …}`, all or none of them.
fn set(state: &mut State, params: Option<&Value>) -> Result<Vec<Effect>, Refusal> {
    let invalid = |text: String| Refusal(INVALID_PARAMS, text);
    let params: &Map<String, Value> = params
        .and_then(Value::as_object)
        .ok_or_else(|| invalid("params must be an object of names and values".to_owned()))?;
    let mut changes = Vec::with_capacity(params.len());
    for (name, value) in params {
        let known =
            Name::named(name).ok_or_else(|| invalid(format!("no setting is called {name}")))?;
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(on) => switch(known, *on).to_owned(),
            _ => {
                return Err(invalid(format!(
                    "{name} must be a string, a number or a boolean"
                )));
            }
        };
        changes.push((known, text));
    }
    Name::sort(&mut changes);
    Ok(actions::set_all(state, &changes)?)
}

/// How the link writes a boolean.
fn switch(name: Name, on: bool) -> &'static str {
    match (name, on) {
        (Name::Run(_), true) => "on",
        (Name::Run(_), false) => "off",
        (Name::Look(_), true) => "1",
        (Name::Look(_), false) => "0",
    }
}

fn response(id: &Value, outcome: Result<Value, Refusal>) -> Value {
    match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(Refusal(code, text)) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } })
        }
    }
}
