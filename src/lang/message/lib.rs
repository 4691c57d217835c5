//! `t!`: a message for the screen, written in English where it is said, and said in the language in force.
//!
//! The English text is the message's key in the catalogues, as in gettext, so nothing is written twice and the sources
//! read as the page does. It takes what `format!` takes, less what a translator could not handle: names, captured
//! variables, `{}` and `{:.4}`; and `{n|unit|units}`, which gives the word for that many and not the number.

mod template;

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use std::collections::HashMap;

use template::Hole;

/// The message, in the language in force: a `&'static str` where nothing is to be filled in, else a `String`.
///
/// A number given with decimals, as in `{share:.4}`, is written with the decimal sign of the language.
#[proc_macro]
pub fn t(input: TokenStream) -> TokenStream {
    expand(input).unwrap_or_else(|(span, error)| refuse(span, &error))
}

type Refusal = (Span, String);

/// `t!("kept"; "head of a column")`: the same English for something else, with a key of its own, `kept [head of a column]`.
fn in_context(input: &TokenStream) -> Result<Option<TokenStream>, Refusal> {
    let is_mark =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    let mut tokens = input.clone().into_iter();
    let english: TokenStream = tokens
        .by_ref()
        .take_while(|token| !is_mark(token))
        .collect();
    let context: TokenStream = tokens.collect();
    if context.is_empty() {
        return Ok(None);
    }
    let (Some(text), Some(what)) = (
        template::unescaped(&literal(english.clone())?.0),
        template::unescaped(&literal(context)?.0),
    ) else {
        return Err((Span::call_site(), "an escape".into()));
    };
    let key = TokenTree::Literal(Literal::string(&format!("{text} [{what}]")));
    Ok(Some(call("in_context", [key.into(), english])))
}

/// The arguments after the template: those without a name in their order, and the others.
struct Arguments {
    places: Vec<TokenStream>,
    names: HashMap<String, TokenStream>,
}

fn expand(input: TokenStream) -> Result<TokenStream, Refusal> {
    if let Some(said) = in_context(&input)? {
        return Ok(said);
    }
    let mut parts = split(input).into_iter();
    let first = parts.next().unwrap_or_default();
    let (source, span) = literal(first)?;
    let refuse = |error: String| (span, error);
    let text = template::unescaped(&source).ok_or_else(|| refuse("an escape".into()))?;
    let template = template::read(&text).map_err(refuse)?;
    let key = TokenTree::Literal(Literal::string(&template.key));
    if template.holes.is_empty() {
        return Ok(call("text", [TokenStream::from(key)]));
    }
    let mut arguments = arguments(parts);
    let mut filled = Vec::new();
    for hole in &template.holes {
        filled.push(value(hole, &mut arguments, span)?);
    }
    let has = |name: &str| template.holes.iter().any(|hole| hole.name == name);
    if let Some(name) = arguments.names.keys().find(|name| !has(name)) {
        return Err(refuse(format!("the message has no {{{name}}}")));
    }
    if (0..arguments.places.len()).any(|place| !has(&place.to_string())) {
        return Err(refuse("there are more values than places".into()));
    }
    Ok(filling(key.into(), &template.holes, filled))
}

/// `match (&(first), …) { (first, …) => crate::lang::fill(key, &[first, …]) }`: each value is worked out once, however
/// often the message has it.
fn filling(key: TokenStream, holes: &[Hole], filled: Vec<TokenStream>) -> TokenStream {
    let and = || TokenTree::Punct(Punct::new('&', Spacing::Alone));
    let comma = || TokenTree::Punct(Punct::new(',', Spacing::Alone));
    let group = |delimiter, inside| TokenTree::Group(Group::new(delimiter, inside));
    let name = |place| TokenTree::Ident(Ident::new(&format!("value{place}"), Span::call_site()));
    let (mut values, mut names, mut list) = <(TokenStream, TokenStream, TokenStream)>::default();
    for (place, value) in filled.into_iter().enumerate() {
        let first = holes.iter().position(|hole| hole.name == holes[place].name);
        if first == Some(place) {
            values.extend([and(), group(Delimiter::Parenthesis, value), comma()]);
            names.extend([name(place), comma()]);
        }
        list.extend([name(first.unwrap_or(place)), comma()]);
    }
    let list = [and(), group(Delimiter::Bracket, list)];
    let mut arm = TokenStream::from(group(Delimiter::Parenthesis, names));
    arm.extend([
        TokenTree::Punct(Punct::new('=', Spacing::Joint)),
        TokenTree::Punct(Punct::new('>', Spacing::Alone)),
    ]);
    arm.extend(call("fill", [key, list.into_iter().collect()]));
    let tokens = [
        TokenTree::Ident(Ident::new("match", Span::call_site())),
        group(Delimiter::Parenthesis, values),
        group(Delimiter::Brace, arm),
    ];
    tokens.into_iter().collect()
}

/// What fills a hole: an argument, or the variable of that name.
fn value(hole: &Hole, arguments: &mut Arguments, span: Span) -> Result<TokenStream, Refusal> {
    let value = if let Ok(place) = hole.name.parse::<usize>() {
        let value = arguments.places.get(place).cloned();
        value.ok_or_else(|| (span, format!("there is no value for {{{place}}}")))?
    } else if let Some(value) = arguments.names.get(&hole.name) {
        value.clone()
    } else {
        TokenTree::Ident(Ident::new(&hole.name, span)).into()
    };
    Ok(match hole.decimals {
        None => value,
        Some(decimals) => {
            let decimals = TokenTree::Literal(Literal::usize_unsuffixed(decimals));
            call("decimals", [value, decimals.into()])
        }
    })
}

fn arguments(parts: impl Iterator<Item = TokenStream>) -> Arguments {
    let (mut places, mut names) = (Vec::new(), HashMap::new());
    for part in parts.filter(|part| !part.is_empty()) {
        let mut tokens = part.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(sign)))
                if sign.as_char() == '=' && sign.spacing() == Spacing::Alone =>
            {
                names.insert(name.to_string(), tokens.collect());
            }
            _ => places.push(part),
        }
    }
    Arguments { places, names }
}

/// The macro's input at its commas.
fn split(input: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in input {
        match &token {
            TokenTree::Punct(sign) if sign.as_char() == ',' => parts.push(TokenStream::new()),
            _ => {
                if let Some(part) = parts.last_mut() {
                    part.extend([token]);
                }
            }
        }
    }
    parts
}

/// A string literal as it is written, which a macro around this one may have put into a group of its own.
fn literal(tokens: TokenStream) -> Result<(String, Span), Refusal> {
    match tokens.into_iter().next() {
        Some(TokenTree::Literal(literal)) => Ok((literal.to_string(), literal.span())),
        Some(TokenTree::Group(group)) => literal(group.stream()),
        other => {
            let span = other.map_or_else(Span::call_site, |token| token.span());
            Err((span, "a message is a string literal".into()))
        }
    }
}

/// `crate::lang::name(arguments)`.
fn call(name: &str, arguments: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let mut inside = TokenStream::new();
    for argument in arguments {
        inside.extend(argument);
        inside.extend([TokenTree::Punct(Punct::new(',', Spacing::Alone))]);
    }
    let mut tokens = TokenStream::new();
    for (k, name) in ["crate", "lang", name].into_iter().enumerate() {
        if k > 0 {
            tokens.extend([
                TokenTree::Punct(Punct::new(':', Spacing::Joint)),
                TokenTree::Punct(Punct::new(':', Spacing::Alone)),
            ]);
        }
        tokens.extend([TokenTree::Ident(Ident::new(name, Span::call_site()))]);
    }
    tokens.extend([TokenTree::Group(Group::new(Delimiter::Parenthesis, inside))]);
    tokens
}

/// `compile_error!` where the fault is.
fn refuse(span: Span, error: &str) -> TokenStream {
    let text = TokenTree::Literal(Literal::string(&format!("t!: {error}")));
    let tokens = [
        TokenTree::Ident(Ident::new("compile_error", span)),
        TokenTree::Punct(Punct::new('!', Spacing::Alone)),
        TokenTree::Group(Group::new(Delimiter::Brace, text.into())),
    ];
    tokens.into_iter().collect()
}
