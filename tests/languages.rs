//! The catalogues: every message of the sources is in each, nothing else is, and what is filled in is the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a source that cannot be read is a failed test"
)]

#[path = "../src/lang/message/template.rs"]
mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dropout_lab::lang;
use dropout_lab::lessons::plan::{LIMITS, PLAN};
use dropout_lab::lessons::{BELIEFS, Bet, LESSONS, Lesson};

/// Every language that has a catalogue.
const LANGUAGES: [&str; 3] = ["de", "es", "zh"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths
}

/// The string literals that follow `before` in a source, escapes and all.
fn literals<'a>(source: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(before)?;
            let is_name = |c: char| c.is_alphanumeric() || c == '_';
            let is_whole = !rest[..at].ends_with(is_name);
            rest = &rest[at + before.len()..];
            let literal = rest.trim_start();
            if !is_whole || !literal.starts_with('"') {
                continue;
            }
            let mut escaped = false;
            let end = literal[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })?;
            return Some(&literal[..end + 2]);
        }
    })
}

/// The messages of a Rust source, as catalogues call them.
fn messages(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let said = literals(&code, "t!(").chain(literals(&code, "message!("));
    said.map(|literal| {
        let text = template::unescaped(literal).unwrap();
        // The same English for something else: t!("kept"; "head of a column").
        let at = literal.as_ptr() as usize - code.as_ptr() as usize + literal.len();
        match code[at..].strip_prefix("; ") {
            Some(rest) => format!(
                "{text} [{}]",
                literals(rest, "").next().unwrap().trim_matches('"')
            ),
            None => template::read(&text).unwrap().key,
        }
    })
    .collect()
}

/// What a lesson says, but for its answers, which are written where they are computed.
fn lesson(lesson: &Lesson) -> Vec<&'static str> {
    let mut said = vec![lesson.title, lesson.aim];
    for step in lesson.steps {
        said.extend([step.task, step.question, step.act, step.why]);
        match step.bet {
            Bet::Choice(choices) => {
                said.extend(choices.iter().flat_map(|choice| [choice.text, choice.gap]));
            }
            Bet::Number(scale) | Bet::Marker(scale) => said.push(scale.unit),
        }
    }
    said
}

/// What the lessons and the plan for a class say, with their files.
fn taught() -> Vec<(String, &'static str)> {
    let plan = PLAN.iter().flat_map(|part| [part.title, part.plan]);
    let plan = plan
        .chain(LIMITS)
        .map(|said| ("lessons/plan.rs".to_owned(), said));
    let beliefs = BELIEFS.map(|(_, belief)| ("lessons/mod.rs".to_owned(), belief));
    let files = sources(&root().join("src/lessons"));
    let lessons = LESSONS.iter().enumerate().flat_map(|(number, own)| {
        let begins = format!("l{number:02}_");
        let names = files.iter().filter_map(|path| path.file_name()?.to_str());
        let file = names.into_iter().find(|name| name.starts_with(&begins));
        let file = format!("lessons/{}", file.unwrap());
        lesson(own)
            .into_iter()
            .map(move |said| (file.clone(), said))
    });
    let all = plan.chain(beliefs).chain(lessons);
    all.filter(|(_, said)| said.contains(char::is_alphabetic))
        .collect()
}

/// Sources whose messages are still English in every language, below `src`.
const UNTRANSLATED: &str = include_str!("languages/untranslated.txt");

fn is_translated(file: &str) -> bool {
    !UNTRANSLATED.lines().any(|line| line == file)
}

/// Every message of the page that must have a translation, with where it stands.
fn all() -> BTreeMap<String, String> {
    let mut all = BTreeMap::from([(lang::NUMBER.to_owned(), "src/lang".to_owned())]);
    let src = root().join("src");
    for path in sources(&src) {
        let file = path.strip_prefix(&src).unwrap().to_str().unwrap();
        if !file.starts_with("lang/") && is_translated(file) {
            let messages = messages(&fs::read_to_string(&path).unwrap());
            all.extend(
                messages
                    .into_iter()
                    .map(|message| (message, file.to_owned())),
            );
        }
    }
    let taught = taught().into_iter();
    all.extend(
        taught
            .filter(|(file, _)| is_translated(file))
            .map(|(file, said)| (said.to_owned(), file)),
    );
    for script in ["static/boot.js", "static/updates.js"] {
        let source = fs::read_to_string(root().join(script)).unwrap();
        for before in ["say(", "refuse("] {
            for literal in literals(&source, before) {
                let text = template::unescaped(literal).unwrap();
                all.insert(text, script.to_owned());
            }
        }
    }
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    for said in page.split(" data-say>").skip(1) {
        let text = said.split('<').next().unwrap();
        all.insert(text.to_owned(), "index.html".to_owned());
    }
    all
}

fn catalogue(language: &str) -> String {
    let path = root().join(format!("static/lang/{language}.json"));
    fs::read_to_string(path).unwrap()
}

/// English and translation, sorted by the English.
fn translations(language: &str) -> BTreeMap<String, String> {
    serde_json::from_str(&catalogue(language)).unwrap()
}

/// The catalogue as the page gets it.
fn lines(translations: &BTreeMap<String, String>) -> String {
    let pairs = translations.iter();
    let lines: Vec<String> = pairs.map(|(a, b)| format!("{a}\n{b}")).collect();
    lines.join("\n")
}

/// What a message has to fill in, and the choices between words.
fn holes(message: &str) -> BTreeSet<String> {
    let holes = template::read(message).unwrap().holes;
    holes.into_iter().map(|hole| hole.name).collect()
}

#[test]
fn every_message_has_a_translation_and_every_translation_a_message() {
    let all = all();
    assert!(all.len() > 400, "only {} messages found", all.len());
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let translations = translations(language);
        for (message, place) in &all {
            if !translations.contains_key(message) {
                faults.push(format!("{language}.json lacks, of {place}: {message}"));
            }
        }
        let stale = translations.keys().filter(|key| !all.contains_key(*key));
        faults.extend(stale.map(|key| format!("{language}.json has, and no source: {key}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_translation_fills_in_what_the_message_does() {
    let mut faults = Vec::new();
    for language in LANGUAGES {
        for (message, translation) in translations(language) {
            // A choice between words may be none in another language; what is shown must be shown.
            let (asked, filled) = (holes(&message), holes(&translation));
            let shown: BTreeSet<String> = asked
                .iter()
                .filter(|name| message.contains(&format!("{{{name}}}")))
                .cloned()
                .collect();
            if !filled.is_subset(&asked) || !shown.is_subset(&filled) {
                faults.push(format!("{language}: {message} -> {translation}"));
            }
            let ends = |text: &str| [text.starts_with(' '), text.ends_with(' ')];
            if language != "zh" && ends(&message) != ends(&translation) {
                faults.push(format!("{language}: spaces around {message:?}"));
            }
            if translation.is_empty() || (message + &translation).contains('\n') {
                faults.push(format!("{language}: {translation:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The app looks messages up by halves; and two people who add one seldom touch the same line.
#[test]
fn catalogues_are_sorted_one_message_a_line() {
    for language in LANGUAGES {
        let sorted = serde_json::to_string_pretty(&translations(language)).unwrap();
        assert_eq!(catalogue(language), sorted + "\n", "{language}.json");
    }
}

#[test]
fn the_page_offers_the_languages_that_have_a_catalogue() {
    let boot = fs::read_to_string(root().join("static/boot.js")).unwrap();
    let index = fs::read_to_string(root().join("index.html")).unwrap();
    assert!(boot.contains("const offered = [\"en\", \"de\", \"es\", \"zh\"];"));
    for language in LANGUAGES {
        assert!(index.contains(&format!("static/lang/{language}.json")));
        let link = format!("?v=1&lang={language}");
        assert_eq!(dropout_lab::app::url::Link::parse(&link).0.query(), link);
    }
}

#[test]
fn numbers_and_words_are_those_of_the_language_in_force() {
    use dropout_lab::words;
    assert_eq!(words::number(-1.5), "−1.5000");
    assert_eq!(words::units(&[0, 3]), "units 1 and 4");
    lang::speak(lines(&translations("de")));
    assert_eq!(words::number(-1.5), "−1,5000");
    assert_eq!(words::training::thousands(12_345), "12.345");
    assert_eq!(words::units(&[0, 3]), "Einheiten 1 und 4");
    assert_eq!(words::training::steps(1), "1 Schritt");
    assert_eq!(words::training::steps(1000), "1.000 Schritte");
    lang::speak(lines(&translations("zh")));
    assert_eq!(words::number(-1.5), "−1.5000");
    assert_eq!(words::training::steps(1000), "1,000 步");
}

#[test]
fn a_message_that_a_catalogue_lacks_is_said_in_english() {
    lang::speak("a\nb\nunit {one}\n{one}. Einheit".to_owned());
    assert_eq!(dropout_lab::words::units(&[2]), "3. Einheit");
    assert_eq!(dropout_lab::words::units(&[]), "no unit");
    assert_eq!(lang::text("a"), "b");
    assert_eq!(lang::text("c"), "c");
}

#[test]
fn scripts_and_prints_are_the_same_in_every_language() {
    use dropout_lab::lessons::live;
    use dropout_lab::notebook;
    let link = "?v=1&p=0.3&momentum=0.9&step=2";
    let written = || {
        let trace = live::network(link);
        [
            notebook::script(&trace.settings, link),
            notebook::output(&trace),
        ]
    };
    let english = written();
    for language in LANGUAGES {
        lang::speak(lines(&translations(language)));
        assert_eq!(written(), english, "{language}");
    }
}

#[test]
fn messages_are_found_however_they_are_written() {
    let source = "// t!(\"no\")\nt!(\"a {} {b:.2}\", x); format!(\"no\"); t!(\n  \"it is \\\n   one\"); \
        const A: &str = message!(\"later\"); let at = t!(\"say \\\"{n} {n|unit|units}\\\"\");";
    let expected = [
        "a {0} {b}",
        "it is one",
        "later",
        "say \"{n} {n|unit|units}\"",
    ];
    assert_eq!(messages(source), expected.map(str::to_owned).into());
}
