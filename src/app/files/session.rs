//! A session as a file: where the reader is and how far the lessons have come, to go on elsewhere.
//!
//! Reading is strict, unlike that of a link: a file is taken as a whole or not at all, and says why not.

use serde_json::{Value, json};

use crate::app::Progress;
use crate::app::embed::written;
use crate::app::url::MAX_PAIRS;
use crate::app::view::View;

/// The version that is written, and the only one that is read.
pub const VERSION: u32 = 1;
/// Longest file that is read, in bytes.
pub const LONGEST: usize = 256 * 1024;

/// What a session holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The link of what is on the screen.
    pub link: String,
    /// What was bet on so far.
    pub progress: Progress,
}

impl Session {
    /// As the text of a file.
    #[must_use]
    pub fn write(&self) -> String {
        let session = json!({
            "dropoutLab": "session",
            "version": VERSION,
            "link": self.link,
            "progress": self.progress.write(),
        });
        format!("{session:#}\n")
    }

    /// Reads what [`Session::write`] wrote.
    ///
    /// # Errors
    /// What is wrong with the file, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            let size = text.len();
            return Err(t!(
                "A session has at most {LONGEST} bytes; this file has {size}."
            ));
        }
        let file: Value = serde_json::from_str(text).map_err(|_| t!("This file is not JSON."))?;
        if file.get("dropoutLab").and_then(Value::as_str) != Some("session") {
            return Err(t!("This file is not a session of Dropout Lab.").to_owned());
        }
        match file.get("version") {
            Some(version) if version.as_u64() == Some(u64::from(VERSION)) => {}
            Some(version) => {
                let version: String = version.to_string().chars().take(20).collect();
                return Err(t!(
                    "This session is of version {version}; this page reads version {VERSION}."
                ));
            }
            None => return Err(t!("This session does not say its version.").to_owned()),
        }
        let text = |name: &str| {
            let text = file.get(name).and_then(Value::as_str);
            text.ok_or_else(|| t!("This session has no {name}."))
        };
        Ok(Self {
            link: checked(text("link")?)?,
            progress: progress(text("progress")?)?,
        })
    }
}

/// A link, if each of its names and values is known.
fn checked(link: &str) -> Result<String, String> {
    let query = link
        .strip_prefix('?')
        .ok_or(t!("The session's link does not begin with ?."))?;
    let count = form_urlencoded::parse(query.as_bytes()).count();
    if count > MAX_PAIRS {
        return Err(t!(
            "The session's link has {count} names; at most {MAX_PAIRS} are read."
        ));
    }
    let pairs = form_urlencoded::parse(query.as_bytes());
    let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned()));
    let refused = written(View::of(link), "").set_all(&pairs.collect()).err();
    match refused {
        Some(error) => Err(t!("In the session's link, {error}.")),
        None => Ok(link.to_owned()),
    }
}

/// Progress, if nothing of it would be passed over.
fn progress(text: &str) -> Result<Progress, String> {
    let progress = Progress::read(text);
    if progress.write() == text {
        Ok(progress)
    } else {
        Err(t!("The session's progress has a step that this page does not know.").to_owned())
    }
}
