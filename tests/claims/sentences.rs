//! Sentences on the screen outside of the lessons: what they say about numbers, and the tests that hold it.
//!
//! Covered, word by word, in `sentences/table.txt`: every string of at least three words in `src/words`, `src/draw` and
//! `src/views` that speaks of all, none or how often ([`CLAIMING`]), every slip of the notebooks, and others that say
//! something of numbers without such a word. A new string of that kind fails a test until the table has it.
//!
//! Not covered: the numbers that sentences are filled with (`explain` and the tests of each view), names of shapes in
//! legends (`drawings`), strings that say nothing about numbers (`sentences/labels.txt`), the notebooks' own prose, and
//! what messages of error allow (`url`, `update` and the tests of each view).
#![cfg(not(target_arch = "wasm32"))]

mod held;

use std::fs;
use std::path::{Path, PathBuf};

/// A sentence on the screen.
struct Sentence {
    /// Its source, below `src`.
    file: &'static str,
    /// Some of its words, as the source has them.
    words: &'static str,
    /// The test that would fail if it were false: `coin_view::name`, `claims/coin::name`, `e2e/network::name`, or
    /// `held::name` in this folder.
    test: &'static str,
}

/// Reads the table: a file in brackets, then its sentences, each followed by its test, which is set in.
fn table() -> Vec<Sentence> {
    let (mut file, mut words, mut table) = ("", "", Vec::new());
    for line in include_str!("sentences/table.txt").lines() {
        if let Some(test) = line.strip_prefix("    ") {
            table.push(Sentence { file, words, test });
        } else if let Some(name) = line.strip_prefix('[') {
            file = name.trim_end_matches(']');
        } else {
            words = line;
        }
    }
    table
}

/// Strings with a claiming word that say nothing about numbers.
const LABELS: &str = include_str!("sentences/labels.txt");

/// Words that make a claim of a string.
const CLAIMING: [&str; 20] = [
    "all", "always", "both", "can't", "cannot", "each", "every", "half", "halve", "likely",
    "mostly", "never", "none", "nothing", "often", "only", "same", "seldom", "twice", "usually",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every source of a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(sources(&path));
        } else {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

/// The strings of a source, as the reader sees them; comments and the reasons of attributes are not read by readers.
fn strings(source: &str) -> Vec<String> {
    let code = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("reason = ")
    };
    let code: Vec<&str> = source.lines().filter(code).collect();
    let code = code.join("\n").replace("'\"'", "' '");
    let (mut strings, mut chars) = (Vec::new(), code.chars().peekable());
    while chars.by_ref().any(|c| c == '"') {
        let mut string = String::new();
        while let Some(c) = chars.next().filter(|c| *c != '"') {
            match (c, chars.peek()) {
                ('\\', Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                ('\\', _) => string.extend(chars.next()),
                _ => string.push(c),
            }
        }
        strings.push(string);
    }
    strings
}

/// Whether a string says something that must hold always, never, or so often.
fn claims(string: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '\'';
    let words: Vec<&str> = string
        .split(|c| !word(c))
        .filter(|w| !w.is_empty())
        .collect();
    let claiming = |word: &&str| CLAIMING.contains(&&*word.to_lowercase());
    words.len() > 2 && words.iter().any(claiming)
}

/// Whether there is a test of that name.
fn is_test(test: &str) -> bool {
    let (file, name) = test.split_once("::").unwrap();
    let path = match file.split_once('/') {
        _ if file == "held" => "tests/claims/sentences/held.rs".to_owned(),
        Some(("e2e", file)) => format!("tests/e2e/tests/{file}.rs"),
        _ => format!("tests/{file}.rs"),
    };
    let text = read(&root().join(path));
    text.split("#[test]").skip(1).any(|rest| {
        let called = rest.split_once("fn ").map(|(_, rest)| rest);
        called.is_some_and(|rest| rest.starts_with(&format!("{name}()")))
    })
}

#[test]
fn every_sentence_stands_where_the_table_says_and_its_test_is_one() {
    let mut faults = Vec::new();
    for Sentence { file, words, test } in table() {
        let strings = strings(&read(&root().join("src").join(file)));
        if words.is_empty() || !strings.iter().any(|string| string.contains(words)) {
            faults.push(format!("{file} does not say: {words}"));
        }
        if !is_test(test) {
            faults.push(format!("there is no test {test}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_string_that_claims_something_is_in_the_table() {
    let (src, table) = (root().join("src"), table());
    let mut missing = Vec::new();
    for path in ["words", "draw", "views"]
        .map(|folder| sources(&src.join(folder)))
        .concat()
    {
        let file = path.strip_prefix(&src).unwrap().to_str().unwrap();
        for string in strings(&read(&path))
            .into_iter()
            .filter(|string| claims(string))
        {
            let held = |of: &Sentence| of.file == file && string.contains(of.words);
            if !table.iter().any(held) && !LABELS.lines().any(|label| label == string) {
                missing.push(format!("{file}: {string}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "no test is named for\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_slip_is_in_the_table() {
    let (src, table) = (root().join("src"), table());
    let mut slips = 0;
    for path in sources(&src.join("notebook/cells")) {
        let file = path.strip_prefix(&src).unwrap().to_str().unwrap();
        let text = read(&path);
        for slip in text.split(": Slip = Slip {").skip(1) {
            let truth = slip.split_once("truth: ").unwrap().1;
            let truth = strings(truth).swap_remove(0);
            let held = |of: &Sentence| of.file == file && truth.contains(of.words);
            assert!(table.iter().any(held), "{file}: {truth}");
            slips += 1;
        }
    }
    assert!(slips >= 14, "{slips}");
}

#[test]
fn strings_are_read_as_the_reader_sees_them() {
    let source = "// \"no\"\nlet a = \"it is \\\n    one\"; let b = '\"'; f(\"a \\\"b\\\"\", \"\");\n    reason = \"not\"";
    assert_eq!(strings(source), ["it is one", "a \"b\"", ""]);
    assert!(claims("Every unit is kept") && claims("It is so: never."));
    assert!(!claims("all kept") && !claims("The overall sum is 3"));
}
