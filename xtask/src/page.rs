//! `index.html` as Trunk understands it: the `<link data-trunk>` tags, which name what the page is made of.
//!
//! Only text is handled here, no file is touched. The conventions are those of
//! <https://trunk-rs.github.io/trunk/assets/>, so that `trunk build` and `cargo xtask build` leave the same page.

/// One `<link data-trunk …>` tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// The whole tag as it is written.
    pub tag: &'a str,
    /// What it names: `css`, `icon`, `copy-file` or `rust`.
    pub rel: &'a str,
    /// The file, relative to `index.html`; empty for `rust`.
    pub href: &'a str,
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

/// The files that wasm-bindgen made, and how the page starts them.
pub struct App<'a> {
    /// The folder of all files as the page sees it: `./`.
    pub base: &'a str,
    /// The name of the JavaScript module.
    pub js: &'a str,
    /// The name of the WebAssembly module.
    pub wasm: &'a str,
}

impl App<'_> {
    /// Trunk's `pattern_script` with its placeholders filled in.
    pub fn script(&self, pattern: &str) -> String {
        pattern
            .replace("{base}", self.base)
            .replace("{js}", self.js)
            .replace("{wasm}", self.wasm)
    }

    /// The links by which a browser fetches both modules before the script asks for them.
    pub fn preloads(&self) -> String {
        let Self { base, js, wasm } = self;
        format!(
            "<link rel=\"modulepreload\" href=\"{base}{js}\" crossorigin=\"anonymous\">\
             <link rel=\"preload\" href=\"{base}{wasm}\" crossorigin=\"anonymous\" as=\"fetch\" type=\"application/wasm\">"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_with_their_attributes() {
        let html = "<head>\n<link data-trunk rel=\"css\" href=\"static/style.css\">\n\
                    <link rel=\"other\" href=\"x\">\n<link data-trunk rel=\"rust\" data-wasm-opt=\"0\"></head>";
        let found = links(html);
        assert_eq!(
            found[0],
            Link {
                tag: "<link data-trunk rel=\"css\" href=\"static/style.css\">",
                rel: "css",
                href: "static/style.css"
            }
        );
        assert_eq!((found[1].rel, found[1].href), ("rust", ""));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn the_script_pattern_is_filled_in_as_trunk_does() {
        let app = App {
            base: "./",
            js: "app-1.js",
            wasm: "app-1_bg.wasm",
        };
        assert_eq!(
            app.script("<script src=\"{base}boot.js\" data-js=\"{base}{js}\" data-wasm=\"{base}{wasm}\"></script>"),
            "<script src=\"./boot.js\" data-js=\"./app-1.js\" data-wasm=\"./app-1_bg.wasm\"></script>"
        );
    }
}
