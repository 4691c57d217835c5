//! What a message is as the sources write it, and what a catalogue calls it. The macro reads messages by this file, and
//! so does the test that compares the catalogues with the sources.

/// A place of a message where something is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Its name, or its number.
    pub name: String,
    /// The decimals of the number that comes there, if it is one.
    pub decimals: Option<usize>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What catalogues call it: the text, every hole with its name or number and nothing else but the words of a choice.
    pub key: String,
    /// Its holes, in their order.
    pub holes: Vec<Hole>,
}

/// Reads a message: `{}`, `{0}`, `{name}`, each also as `{name:.4}`, and `{n|unit|units}`.
///
/// # Errors
/// A hole that is none of these.
pub fn read(text: &str) -> Result<Template, String> {
    let (mut key, mut holes, mut rest, mut next) = (String::new(), Vec::new(), text, 0);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, after)) = after.split_once('}') else {
            return Err("a { is never closed".to_owned());
        };
        let (what, words) = hole.split_once('|').unwrap_or((hole, ""));
        let (name, form) = what.split_once(':').unwrap_or((what, ""));
        let decimals = match form.strip_prefix('.') {
            Some(digits) => Some(digits.parse().map_err(|_| unknown(hole))?),
            None if form.is_empty() => None,
            None => return Err(unknown(hole)),
        };
        let name = if name.is_empty() {
            next += 1;
            (next - 1).to_string()
        } else {
            name.to_owned()
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !name.chars().all(is_name) {
            return Err(unknown(hole));
        }
        key.extend([before, "{", &name]);
        if !words.is_empty() {
            key.extend(["|", words]);
        }
        key.push('}');
        holes.push(Hole { name, decimals });
        rest = after;
    }
    if rest.contains('}') {
        return Err("a } closes nothing".to_owned());
    }
    key.push_str(rest);
    Ok(Template { key, holes })
}

fn unknown(hole: &str) -> String {
    format!("{{{hole}}} is not one of {{}}, {{name}}, {{name:.4}}, {{n|one|many}}")
}

/// What a string literal stands for; nothing where it is none, or has an escape that no message needs.
#[must_use]
pub fn unescaped(literal: &str) -> Option<String> {
    let inside = literal.strip_prefix('"')?.strip_suffix('"')?;
    let (mut text, mut chars) = (String::new(), inside.chars().peekable());
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next()? {
            '\n' => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            'n' => text.push('\n'),
            'u' => {
                let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
            }
            c @ ('"' | '\'' | '\\') => text.push(c),
            _ => return None,
        }
    }
    Some(text)
}
