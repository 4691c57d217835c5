//! `index.html` as Trunk understands it: the `<link data-trunk>` tags, which name what the page is made of.
//!
//! Only text is handled here, no file is touched. The conventions are those of
//! <https://trunk-rs.github.io/trunk/assets/>, so that `trunk build` and `cargo xtask build` leave the same page.

/// The binary with the network view alone, which is fetched first.
pub const FIRST: &str = "network";
/// The binary with the whole page.
pub const ALL: &str = "dropout-lab";

/// One `<link data-trunk …>` tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// The whole tag as it is written.
    pub tag: &'a str,
    /// What it names: `css`, `icon`, `copy-file` or `rust`.
    pub rel: &'a str,
    /// The file, relative to `index.html`; empty for `rust`.
    pub href: &'a str,
    /// The binary, for `rust`.
    pub bin: &'a str,
}

/// The links of `html` in their order.
pub fn links(html: &str) -> Vec<Link<'_>> {
    let tags = html
        .match_indices("<link data-trunk ")
        .filter_map(|(at, _)| {
            let end = html[at..].find('>')?;
            Some(&html[at..=at + end])
        });
    tags.map(|tag| Link {
        tag,
        rel: attribute(tag, "rel"),
        href: attribute(tag, "href"),
        bin: attribute(tag, "data-bin"),
    })
    .collect()
}

/// The value of ` name="value"` in `tag`, empty if it is not there.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = format!(" {name}=\"");
    tag.split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(value, _)| value)
}

/// A module that wasm-bindgen made: JavaScript and WebAssembly.
pub struct Module {
    /// The name of both files without what ends them.
    pub name: String,
}

impl Module {
    /// The JavaScript's file.
    pub fn js(&self) -> String {
        format!("{}.js", self.name)
    }

    /// The WebAssembly's file.
    pub fn wasm(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }
}

/// The modules of the page, and how the page starts them.
pub struct App<'a> {
    /// The folder of all files as the page sees it: `./`.
    pub base: &'a str,
    /// What is fetched first, of the crate's binary `network`.
    pub first: &'a Module,
    /// The whole page, of the crate's binary `dropout-lab`.
    pub all: &'a Module,
}

impl App<'_> {
    /// Trunk's `pattern_script` with its placeholders filled in, and the whole page's files, which Trunk calls by the
    /// plain name of the binary, under theirs.
    pub fn script(&self, pattern: &str) -> String {
        pattern
            .replace(
                "{base}dropout-lab.js",
                &format!("{}{}", self.base, self.all.js()),
            )
            .replace(
                "{base}dropout-lab_bg.wasm",
                &format!("{}{}", self.base, self.all.wasm()),
            )
            .replace("{base}", self.base)
            .replace("{js}", &self.first.js())
            .replace("{wasm}", &self.first.wasm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_with_their_attributes() {
        let html = "<head>\n<link data-trunk rel=\"css\" href=\"static/style.css\">\n\
                    <link rel=\"other\" href=\"x\">\n<link data-trunk rel=\"rust\" data-bin=\"network\"></head>";
        let found = links(html);
        assert_eq!(
            found[0],
            Link {
                tag: "<link data-trunk rel=\"css\" href=\"static/style.css\">",
                rel: "css",
                href: "static/style.css",
                bin: ""
            }
        );
        assert_eq!(
            (found[1].rel, found[1].href, found[1].bin),
            ("rust", "", "network")
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn the_script_pattern_is_filled_in_as_trunk_does() {
        let module = |name: &str| Module { name: name.into() };
        let app = App {
            base: "./",
            first: &module("network-1"),
            all: &module("dropout-lab-2"),
        };
        assert_eq!(
            app.script(
                "<script src=\"{base}boot.js\" data-first=\"{base}{js}\" data-first-wasm=\"{base}{wasm}\" data-all=\"{base}dropout-lab.js\"></script>"
            ),
            "<script src=\"./boot.js\" data-first=\"./network-1.js\" data-first-wasm=\"./network-1_bg.wasm\" data-all=\"./dropout-lab-2.js\"></script>"
        );
    }
}
