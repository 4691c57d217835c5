//! What is pasted into a slide or a course page so that it shows a view as it is on the screen.

use super::embed::{Controls, Fragments, written};
use super::export::shared;
use super::look::{Look, LookField, encoded};
use super::view::carry;
use qrcodegen::{QrCode, QrCodeEcc};

/// Where a view is to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// A deck of reveal.js.
    #[default]
    Reveal,
    /// A document or deck of Quarto.
    Quarto,
    /// A deck of Marp.
    Marp,
    /// A cell of a Jupyter notebook.
    Jupyter,
    /// A page of a course in Moodle or Canvas, or any other page.
    Course,
    /// The custom element, on a page of one's own.
    Element,
    /// A slide that cannot hold a page: a link, its QR code, a picture.
    Office,
    /// The link alone.
    Link,
}

impl Tool {
    /// Every tool.
    pub const ALL: [Self; 8] = [
        Self::Reveal,
        Self::Quarto,
        Self::Marp,
        Self::Jupyter,
        Self::Course,
        Self::Element,
        Self::Office,
        Self::Link,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reveal => "reveal.js",
            Self::Quarto => "Quarto",
            Self::Marp => "Marp",
            Self::Jupyter => "Jupyter",
            Self::Course => t!("Moodle, Canvas, any page"),
            Self::Element => t!("<dropout-lab> element"),
            Self::Office => "PowerPoint, Keynote",
            Self::Link => t!("link"),
        }
    }

    /// Whether it shows the page itself, in a frame.
    #[must_use]
    pub const fn is_framed(self) -> bool {
        !matches!(self, Self::Office | Self::Link)
    }

    /// What to do with the snippet of a figure, which may go through `states` of them.
    #[must_use]
    pub fn advice(self, states: bool) -> &'static str {
        match self {
            Self::Reveal if states => {
                t!(
                    "Paste it among the slides. The figure is loaded when its slide comes near and starts from the first state. Click into it once: then the clicker goes through the states, and after the last one on to the next slide."
                )
            }
            Self::Reveal => {
                t!(
                    "Paste it among the slides. The figure is loaded when its slide comes near and starts from this state."
                )
            }
            Self::Quarto => t!("Paste it into the .qmd file, for a page or for format: revealjs."),
            Self::Marp => t!("Paste it into the deck and export it as HTML with marp --html."),
            Self::Jupyter => t!("Paste it into a cell and run it."),
            Self::Course => t!("Switch the editor to HTML and paste it."),
            Self::Element => {
                t!(
                    "Paste it into a page of your own. Attributes are the names of the link; README has events and methods."
                )
            }
            Self::Office => {
                t!(
                    "These programs show no pages. Put a picture of the figure on the slide, link it to this address, and add the QR code for the audience."
                )
            }
            Self::Link => t!("Whoever opens it has this state on the screen."),
        }
    }
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slide {
    /// Where the page is, without its query.
    pub address: String,
    /// The link of what is on the screen.
    pub link: String,
    /// What it shows, in a few words.
    pub title: String,
}

impl Slide {
    /// The address for a reader.
    #[must_use]
    pub fn open(&self) -> String {
        shared(&self.address, &self.link)
    }

    /// The address for a frame, with the controls that its link names.
    #[must_use]
    pub fn framed(&self) -> String {
        format!(
            "{}&embed=1",
            carry(&self.open(), &self.link, &[LookField::Controls])
        )
    }

    /// The address for a frame in that tool; a deck of reveal.js turns its slides itself where the figure has states.
    fn framed_in(&self, tool: Tool) -> String {
        let steps = Look::of(&self.link).fragments.count() > 0;
        let deck = if steps && tool == Tool::Reveal {
            "&deck=reveal"
        } else {
            ""
        };
        format!("{}{deck}", self.framed())
    }

    /// What is pasted.
    #[must_use]
    pub fn snippet(&self, tool: Tool) -> String {
        let title = html(&self.title);
        let frame = |source: &str, style: &str| {
            let address = html(&self.framed_in(tool));
            format!("<iframe {source}=\"{address}\" title=\"{title}\" {style}></iframe>")
        };
        let wide = "width=\"960\" height=\"540\" style=\"border: 0; width: 100%; aspect-ratio: 16 / 9; height: auto\" loading=\"lazy\"";
        match tool {
            Tool::Reveal => format!(
                "<section>\n  {}\n</section>\n",
                frame(
                    "data-src",
                    "data-preload=\"\" width=\"960\" height=\"540\" style=\"border: 0\""
                )
            ),
            Tool::Quarto => format!(
                "## {}\n\n```{{=html}}\n{}\n```\n",
                markdown(&self.title),
                frame("src", wide)
            ),
            Tool::Marp => format!(
                "---\n\n# {}\n\n{}\n",
                markdown(&self.title),
                frame("src", "width=\"960\" height=\"540\" style=\"border: 0\"")
            ),
            Tool::Jupyter => format!(
                "from IPython.display import IFrame\n\nIFrame({}, width=960, height=540)\n",
                python(&self.framed())
            ),
            Tool::Course => format!("{}\n", frame("src", wide)),
            Tool::Element => self.element(),
            Tool::Office | Tool::Link => format!("{}\n", self.open()),
        }
    }

    fn element(&self) -> String {
        let query = carry(&shared("", &self.link), &self.link, &[LookField::Controls]);
        let names = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
        let attribute = |(name, value): (std::borrow::Cow<str>, std::borrow::Cow<str>)| {
            // Two names that HTML has itself.
            let own = matches!(&*name, "hidden" | "lang");
            format!(
                " {}{name}=\"{}\"",
                if own { "data-" } else { "" },
                html(&value)
            )
        };
        let attributes: String = names
            .filter(|(name, _)| name != "v")
            .map(attribute)
            .collect();
        let script = html(&format!("{}dropout-lab.js", folder(&self.address)));
        format!(
            "<script type=\"module\" src=\"{script}\"></script>\n<dropout-lab{attributes}></dropout-lab>\n"
        )
    }
}

/// The states of a figure that an author has recorded, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct States {
    links: Vec<String>,
    fragments: Fragments,
}

impl States {
    /// The states with one more, or nothing if it is the last one again or a link can't hold it.
    #[must_use]
    pub fn with(&self, link: &str) -> Option<Self> {
        Self::through(self.links.iter().cloned().chain([plain(link)]).collect())
    }

    /// The states without the `k`-th, from 0, or nothing if what is left does not lead from each to the next.
    #[must_use]
    pub fn without(&self, k: usize) -> Option<Self> {
        let rest = self.links.iter().enumerate().filter(|(own, _)| *own != k);
        Self::through(rest.map(|(_, link)| link.clone()).collect())
    }

    fn through(links: Vec<String>) -> Option<Self> {
        let fragments = Fragments::through(&links, written)?;
        Some(Self { links, fragments })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.links.len()
    }

    /// What changes from the first state to each of the others.
    pub fn changes(&self) -> impl Iterator<Item = String> {
        self.fragments.items()
    }

    /// The link to start from: the first state, with those that follow; `present` as long as there is none.
    #[must_use]
    pub fn link(&self, present: &str, controls: &Controls) -> String {
        let first = self.links.first().map_or(present, String::as_str);
        let names = [
            (LookField::Controls, controls.to_string()),
            (LookField::Fragments, self.fragments.to_string()),
        ];
        let names = names.into_iter().filter(|(_, value)| !value.is_empty());
        names.fold(first.to_owned(), |link, (field, value)| {
            format!("{link}&{}={}", field.name(), encoded(&value))
        })
    }
}

/// A link without what belongs to a frame or to this reader's lesson.
fn plain(link: &str) -> String {
    const OWN: [LookField; 3] = [LookField::Fragments, LookField::At, LookField::From];
    let own = OWN.map(LookField::name);
    let link = shared("", link);
    let is_own = |pair: &&str| own.contains(&pair.split('=').next().unwrap_or_default());
    let pairs: Vec<&str> = link.split('&').filter(|pair| !is_own(pair)).collect();
    pairs.join("&")
}

/// The folder that a page is in: all of its address up to the last slash.
fn folder(address: &str) -> &str {
    address.rfind('/').map_or("", |end| &address[..=end])
}

/// Text within HTML, or within an attribute of it.
fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text of one line of Markdown.
fn markdown(text: &str) -> String {
    let marked = |c: char| {
        if "\\`*_[]<>#".contains(c) {
            vec!['\\', c]
        } else {
            vec![c]
        }
    };
    text.chars().flat_map(marked).collect()
}

/// A string of Python.
fn python(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}

/// White around a QR code, in modules; readers ask for four.
const QUIET: i32 = 4;

/// The QR code of a text as an SVG document; nothing if it is too long for one.
#[must_use]
pub fn qr(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut dark = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            // A run of dark modules is one bar.
            let run = (x..code.size())
                .take_while(|&x| code.get_module(x, y))
                .count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                let bar = format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                dark.push_str(&bar);
            }
            x += run + 1;
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{0}\" height=\"{0}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>QR code of {1}</title><rect width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/>\
         <path d=\"{dark}\" fill=\"#000000\"/></svg>\n",
        side * 8,
        html(text)
    ))
}
