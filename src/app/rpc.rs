//! The embed API: JSON-RPC 2.0 requests from the page around this one, and their answers.
//! Every request gets an answer, an error if it can't be done; a notification (no `id`) gets none.

use serde_json::{Map, Value, json};

use super::msg::{Effect, PlaybackMsg};
use super::url::Name;
use super::{State, trace_json, update};
use crate::model::Settings;
use crate::notebook;

/// Longest message that is read, in bytes; one this long still sets every name.
const MAX_BYTES: usize = 64 * 1024;

/// An error of JSON-RPC: its code and what was wrong.
struct Refusal(i32, String);

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
/// A page of another origin asked for a change.
const FORBIDDEN: i32 = -32001;

/// Does what the message asks and answers it.
pub(super) fn receive(state: &mut State, trusted: bool, text: &str) -> Vec<Effect> {
    if text.len() > MAX_BYTES {
        let text = format!(
            "a message of {} bytes; at most {MAX_BYTES} are read",
            text.len()
        );
        return vec![answer(&Value::Null, Err(Refusal(INVALID_REQUEST, text)))];
    }
    let Ok(message) = serde_json::from_str::<Value>(text) else {
        return vec![answer(
            &Value::Null,
            Err(Refusal(PARSE_ERROR, "this is not JSON".to_owned())),
        )];
    };
    let id = message.get("id").cloned();
    let outcome = call(state, trusted, &message);
    let (mut effects, outcome) = match outcome {
        Ok((effects, result)) => (effects, Ok(result)),
        Err(refusal) => (Vec::new(), Err(refusal)),
    };
    let must_answer = id.is_some() || outcome.is_err();
    if must_answer {
        effects.push(answer(&id.unwrap_or(Value::Null), outcome));
    }
    effects
}

type Outcome = Result<(Vec<Effect>, Value), Refusal>;

fn call(state: &mut State, trusted: bool, message: &Value) -> Outcome {
    let invalid = |text: &str| Refusal(INVALID_REQUEST, text.to_owned());
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(invalid("jsonrpc must be \"2.0\""));
    }
    let method = message
        .get("method")
        .and_then(Value::as_str)
        .ok_or_else(|| invalid("method must be a string"))?;
    match method {
        "get" => return Ok((Vec::new(), trace_json::snapshot(state))),
        "notebook" => return Ok((Vec::new(), notebook_of(state))),
        _ if !trusted => {
            let text = format!("{method} is refused: this origin may read and not change");
            return Err(Refusal(FORBIDDEN, text));
        }
        _ => {}
    }
    let effects = match method {
        "set" => set(state, message.get("params"))?,
        "step" => {
            let next = state.settings().step().saturating_add(1);
            update::go_to(state, next)
        }
        "stepBack" => {
            let back = state.settings().step().saturating_sub(1);
            update::go_to(state, back)
        }
        "again" => update::again(state),
        "reset" => update::run(state, Settings::default(), ""),
        "play" => update::playback(state, PlaybackMsg::Play),
        "pause" => update::playback(state, PlaybackMsg::Pause),
        _ => {
            return Err(Refusal(
                METHOD_NOT_FOUND,
                format!("no method is called {method}; there are {METHODS}"),
            ));
        }
    };
    Ok((effects, trace_json::settings(state.link())))
}

/// The methods, for the message that one was not found.
const METHODS: &str = "get, set, step, stepBack, again, reset, play, pause and notebook";

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
            Value::Bool(on) => if *on { "on" } else { "off" }.to_owned(),
            _ => {
                return Err(invalid(format!(
                    "{name} must be a string, a number or a boolean"
                )));
            }
        };
        changes.push((known, text));
    }
    Name::sort(&mut changes);
    update::set_all(state, &changes).map_err(|error| invalid(error.to_string()))
}

fn answer(id: &Value, outcome: Result<Value, Refusal>) -> Effect {
    let message = match outcome {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(Refusal(code, text)) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": text } })
        }
    };
    Effect::Answer(message.to_string())
}
