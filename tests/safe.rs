//! What the page may not do, held by its source: no text becomes markup, nothing is kept under a name that README does
//! not have, no cookie, no script that is not a file, no request to anywhere else.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod invariants;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dropout_lab::app::View;
use dropout_lab::app::export::Size;
use dropout_lab::app::snippet::qr;
use dropout_lab::draw::Palette;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Every file of the page that is written by hand: its name and its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![
        root().join("src"),
        root().join("static"),
        root().join("examples"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let kind = path
                .extension()
                .and_then(|kind| kind.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if ["rs", "js", "html"].contains(&kind) {
                found.push((
                    path.display().to_string(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    found.push(("index.html".to_owned(), read("index.html")));
    assert!(found.len() > 200, "{} files", found.len());
    found
}

/// Lines of code, without what only tells.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

/// Fails for each of these in the page's code, but in lines that hold one of `but`.
fn nowhere(forbidden: &[&str], but: &[&str]) {
    let mut faults = Vec::new();
    for (name, text) in sources() {
        let lines = code(&text).filter(|line| !but.iter().any(|fine| line.contains(fine)));
        for line in lines {
            let found = forbidden.iter().filter(|what| line.contains(**what));
            faults.extend(found.map(|what| format!("{name}: {what} in {}", line.trim())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_text_becomes_markup_or_code() {
    nowhere(
        &[
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "inner_html",
            "outer_html",
            "adjacent_html",
            "document.write",
            "VRaw",
            "new Function",
            "setHTML",
            "javascript:",
            "createContextualFragment",
        ],
        &[],
    );
    // Lessons and words speak of the model's `eval()`, which is another.
    let calls = |line: &&str| {
        line.contains("eval(") && !line.contains("eval()") && !line.contains(".eval(")
    };
    for (name, text) in sources()
        .iter()
        .filter(|(name, _)| name.contains("static/"))
    {
        assert_eq!(code(text).find(calls), None, "{name}");
    }
}

#[test]
fn a_picture_is_markup_in_one_place_and_no_text_in_it_is() {
    for (name, text) in sources() {
        let makes = code(&text).any(|line| line.contains("from_html_unchecked"));
        assert!(!makes || name.ends_with("views/drawn.rs"), "{name}");
    }
    let hostile = "https://lab.example/\"><script>alert(1)</script><!--&'";
    let link = "?controls=%3Cscript%3E&fragments=p:0.1&lesson=0.1";
    for view in View::ALL {
        let host = invariants::host(&format!("{}&{}", view.link(), &link[1..]));
        let svg = host
            .picture(hostile)
            .and_then(|figure| figure.svg(Size::WIDE, &Palette::BRIGHT));
        assert!(
            svg.is_none_or(|svg| !svg.contains("<script") && !svg.contains("<!--")),
            "{}",
            view.name()
        );
    }
    let code = qr(hostile).unwrap();
    assert!(
        !code.contains("<script") && !code.contains("<!--"),
        "{code}"
    );
}

#[test]
fn no_cookie_is_set_and_nothing_is_sent() {
    nowhere(
        &[
            ".cookie",
            "cookie_store",
            "cookieStore",
            "sessionStorage",
            "session_storage",
            "indexedDB",
            "sendBeacon",
            "send_beacon",
            "XMLHttpRequest",
            "XmlHttpRequest",
            "WebSocket",
            "EventSource",
            "RTCPeerConnection",
        ],
        &[],
    );
    // The app fetches its own modules, and the worker what the page asks for.
    nowhere(
        &["fetch("],
        &[
            "fetch(at(wasm))",
            "fetch(event.request)",
            "fetch(new URL(`${name}.json`, document.baseURI)",
        ],
    );
}

/// Names under which something is kept on the reader's device, wherever a source has one.
fn kept() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in sources() {
        for line in code(&text) {
            for (at, _) in line.match_indices("\"dropout-lab.") {
                let name = line[at + 1..].split('"').next().unwrap_or_default();
                let ends = [".js", ".html"].iter().any(|end| name.ends_with(end));
                if !ends {
                    names.insert(name.to_owned());
                }
            }
        }
    }
    names
}

#[test]
fn readme_names_everything_that_is_kept() {
    let names = kept();
    assert!(names.contains("dropout-lab.progress"), "{names:?}");
    let readme = read("README.md");
    let (_, safe) = readme.split_once("## Safe").unwrap();
    for name in &names {
        assert!(
            safe.contains(&format!("`{name}`")),
            "README's part on safety has no {name}"
        );
    }
    // The storage itself is touched in one place, and by the script that runs before the app.
    for (name, text) in sources() {
        let touches = code(&text)
            .any(|line| line.contains("local_storage()") || line.contains("localStorage"));
        let may = name.ends_with("views/memory.rs") || name.ends_with("static/boot.js");
        assert!(!touches || may, "{name}");
    }
}

/// The directives of the page's policy.
fn policy() -> Vec<(String, Vec<String>)> {
    let html = read("index.html");
    let (_, rest) = html
        .split_once("\"Content-Security-Policy\" content=\"")
        .unwrap();
    let (policy, _) = rest.split_once('"').unwrap();
    let directives = policy.split(';').map(|directive| {
        let mut words = directive.split_whitespace().map(str::to_owned);
        (words.next().unwrap(), words.collect())
    });
    directives.collect()
}

#[test]
fn the_policy_allows_the_pages_own_files_and_nothing_else() {
    let policy = policy();
    let allowed = |name: &str| -> Vec<&str> {
        let directive = policy.iter().find(|(known, _)| known == name);
        directive.unwrap().1.iter().map(String::as_str).collect()
    };
    assert_eq!(allowed("default-src"), ["'none'"]);
    assert_eq!(allowed("script-src"), ["'self'", "'wasm-unsafe-eval'"]);
    assert_eq!(allowed("style-src"), ["'self'"]);
    assert_eq!(allowed("base-uri"), ["'none'"]);
    assert_eq!(allowed("form-action"), ["'none'"]);
    let sources = [
        "'none'",
        "'self'",
        "'wasm-unsafe-eval'",
        "'unsafe-inline'",
        "data:",
        "blob:",
    ];
    for (name, values) in &policy {
        for value in values {
            assert!(sources.contains(&value.as_str()), "{name} {value}");
            // plotters measures text by the style attribute of an element of its own.
            assert!(
                value != "'unsafe-inline'" || name == "style-src-attr",
                "{name} {value}"
            );
            assert!(
                !["data:", "blob:"].contains(&value.as_str()) || name == "img-src",
                "{name} {value}"
            );
        }
    }
    let html = read("index.html");
    let scripts = html.matches("<script").count();
    assert_eq!(
        scripts,
        html.matches(" src=\"./").count(),
        "every script is a file of the site"
    );
    for handler in [" onclick=", " onload=", " onerror=", "<style"] {
        assert!(!html.contains(handler), "{handler}");
    }
}

#[test]
fn readme_has_a_reason_for_every_dependency_of_the_page() {
    let readme = read("README.md");
    let (_, safe) = readme.split_once("## Safe").unwrap();
    for manifest in ["Cargo.toml", "src/nn/Cargo.toml"] {
        let text = read(manifest);
        let mut is_table = false;
        for line in text.lines() {
            if line.starts_with('[') {
                is_table = line.ends_with("dependencies]") && !line.contains("dev-");
                let own_table = line.trim_end_matches(']').split_once("dependencies.");
                if let Some((_, name)) = own_table.filter(|(kind, _)| !kind.ends_with("dev-")) {
                    assert!(
                        safe.contains(&format!("`{name}`")),
                        "README has no reason for {name}"
                    );
                }
            } else if let Some((name, value)) = line.split_once(" = ").filter(|_| is_table) {
                let is_name = name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || "-_0123456789".contains(c));
                if is_name && !value.contains("path = ") {
                    assert!(
                        safe.contains(&format!("`{name}`")),
                        "README has no reason for {name}"
                    );
                }
            }
        }
    }
}
