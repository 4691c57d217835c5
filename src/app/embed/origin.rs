//! The origin of a page, as browsers write it: `https://school.example`, with a port where it is not the usual one.

use std::fmt;

/// The origin of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// What has no origin of its own: a page opened from disk, or a sandboxed one.
    const NONE: &'static str = "null";

    /// Reads an origin; a slash at its end and the usual port may be there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text == Self::NONE {
            return Some(Self(text));
        }
        let (scheme, rest) = text.split_once("://")?;
        let usual = match scheme {
            "https" => "443",
            "http" => "80",
            _ => return None,
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let is_part = |c: char| c.is_ascii_alphanumeric() || "-._[:]".contains(c);
        if host.is_empty() || host.len() > 253 || !host.chars().all(is_part) {
            return None;
        }
        if let Some(port) = port {
            port.parse::<u16>().ok()?;
        }
        let port = port.filter(|port| *port != usual);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Some(Self(format!("{scheme}://{host}{port}")))
    }

    /// The values allowed, in words.
    #[must_use]
    pub fn allowed() -> String {
        t!("an origin such as https://school.example, or null for a page opened from disk")
            .to_owned()
    }

    /// Whether a message whose origin the browser says is `sender` comes from there.
    #[must_use]
    pub fn sent(&self, sender: &str) -> bool {
        // What Chromium says of a page from disk depends on where it says it.
        self.0 == sender || self.0 == Self::NONE && sender == "file://"
    }

    /// To whom a message is posted so that it arrives there; what has no origin can't be named.
    #[must_use]
    pub fn address(&self) -> &str {
        if self.0 == Self::NONE { "*" } else { &self.0 }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
