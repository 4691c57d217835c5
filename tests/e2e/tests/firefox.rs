//! The site as it is served, in Firefox: every view in every language and in narrow windows, PyTorch's digits, keys,
//! a race, and a frame that is talked to.

use anyhow::Result;
use dropout_lab::app::embed::Hosted;
use dropout_lab::app::{State, View};
use dropout_lab::{notebook, words};
use e2e::embeds::{READY, around};
use e2e::trained::{DONE, trained};
use e2e::{Firefox, Key, dist, serve};
use serde_json::{Value, json};

/// Whether a view is there: its picture, its numbers or its table of contents, and what the page is in.
const IS_THERE: &str = "!document.querySelector('#loading, .poster') && document.querySelector('.lab main')?.innerText.length > 20";

/// What was asked of anybody but the server of the page.
const STRANGERS: &str = "performance.getEntriesByType('resource').map(entry => entry.name)
    .filter(name => !name.startsWith(location.origin) && !/^(data|blob):/.test(name))";

const PRINTED: &str = "document.querySelector('pre.output').textContent";

/// A Firefox with the site before it; a page that reports an error fails the test.
fn in_firefox(test: impl FnOnce(&mut Firefox, &str) -> Result<()>) -> Result<()> {
    let site = serve(&dist())?;
    let mut firefox = Firefox::start()?;
    test(&mut firefox, site.address())?;
    firefox.check_console()
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test firefox -- --ignored`"]
fn every_view_in_every_language_asks_nobody_else_and_reports_nothing() -> Result<()> {
    in_firefox(|firefox, site| {
        for view in View::ALL {
            for lang in ["en", "de", "es", "zh"] {
                firefox.go(&format!("{site}{}&lang={lang}", view.link()))?;
                firefox.wait_until(IS_THERE)?;
                let place = format!("{} {lang}", view.name());
                let strangers: Vec<String> = firefox.eval(STRANGERS)?;
                assert_eq!(strangers, [""; 0], "{place}");
                let spoken: String = firefox.eval("document.documentElement.lang")?;
                assert!(spoken.starts_with(lang), "{place}: {spoken}");
                firefox.check_console()?;
            }
        }
        Ok(())
    })
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test firefox -- --ignored`"]
fn the_first_page_prints_the_digits_of_its_link_and_keys_lead_through_it() -> Result<()> {
    in_firefox(|firefox, site| {
        let link = "?v=1&p=0.3&seed=7&batch=3&step=2";
        let printed = |link: &str| notebook::output(State::open(link).trace());
        firefox.go(&format!("{site}{link}"))?;
        firefox.wait_until(IS_THERE)?;
        assert_eq!(firefox.eval::<String>(PRINTED)?, printed(link));

        // p by the arrow keys of its slider, with everything that hangs on it.
        firefox.eval::<Value>("document.querySelector('.p-slider input').focus()")?;
        firefox.key(Key::Right.value())?;
        firefox.wait_until("!location.search.includes('p=0.3&')")?;
        let moved: String = firefox.eval("location.search")?;
        firefox.wait_until(&format!("{PRINTED} === {}", json!(printed(&moved))))?;

        // From number to number in the picture, read out.
        firefox.eval::<Value>("document.querySelector('.figure').focus()")?;
        let heard = "document.querySelector('.said').textContent";
        let before: String = firefox.eval(heard)?;
        firefox.key(Key::Right.value())?;
        firefox.wait_until(&format!("{heard} !== {}", json!(before)))?;
        firefox.key('?')?;
        firefox.wait_until("document.querySelector('dialog[open] kbd')")?;
        firefox.key(Key::Escape.value())?;
        firefox.wait_until("!document.querySelector('dialog[open]')")?;

        // To the whole page, and back.
        firefox
            .eval::<Value>("document.querySelector(\"nav.views a[href*='view=coin']\").click()")?;
        firefox.wait_until("document.querySelector('.view-coin')")?;
        firefox.eval::<()>("history.back()")?;
        firefox.wait_until(&format!(
            "document.querySelector('pre.output') && {PRINTED} === {}",
            json!(printed(&moved))
        ))
    })
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test firefox -- --ignored`"]
fn a_race_ends_as_it_does_here() -> Result<()> {
    in_firefox(|firefox, site| {
        for kernel in ["fast", "exact"] {
            let query = format!("?view=training&show=race&seeds=3&steps=300&kernel={kernel}");
            firefox.go(&format!("{site}{query}"))?;
            firefox.wait_until(IS_THERE)?;
            firefox.eval::<Value>("document.querySelector('.transport .full').click()")?;
            firefox.wait_until(DONE)?;
            let said = words::training::outcome(trained(&query).live()).join(" ");
            assert!(!said.is_empty());
            let measured = "document.querySelector('.measured').textContent";
            firefox.wait_until(&format!("{measured} === {}", json!(said)))?;
        }
        Ok(())
    })
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test firefox -- --ignored`"]
fn a_frame_answers_the_page_around_it_and_takes_neither_focus_nor_scroll() -> Result<()> {
    let lab = serve(&dist())?;
    let page = around(lab.address(), "?embed=1&origin=ORIGIN", "", (960, 540))?;
    let site = serve(page.path())?;
    let mut firefox = Firefox::start()?;
    firefox.go(site.address())?;
    firefox.wait_until(READY)?;
    assert!(firefox.eval::<bool>("document.activeElement === document.body && scrollY === 0")?);
    let ask = |method: &str, params: Value| {
        let message = json!({ "jsonrpc": "2.0", "id": method, "method": method, "params": params });
        format!("(tell({}), null)", json!(message.to_string()))
    };
    firefox.eval::<Value>(&ask("set", json!({ "p": 0.3, "seed": 7 })))?;
    firefox.eval::<Value>(&ask("get", json!({})))?;
    // As text: a number that JavaScript writes again is no longer as it was.
    let answer = "texts.find(text => JSON.parse(text).id === 'get')";
    firefox.wait_until(answer)?;
    let answer: Value = serde_json::from_str(&firefox.eval::<String>(answer)?)?;
    let answer = &answer["result"];
    assert_eq!(answer["settings"]["p"], 0.3, "{answer}");
    let numbers = State::open("?v=1&p=0.3&seed=7").numbers();
    assert_eq!(answer["trace"], numbers);
    firefox.check_console()
}

/// Puts the lab into a frame of that width, in a page of its own origin.
fn framed(width: u32, link: &str) -> String {
    format!(
        "(() => {{
            document.documentElement.innerHTML = '<body></body>';
            const frame = Object.assign(document.createElement('iframe'), {{ src: {} }});
            frame.style.cssText = 'border: 0; width: {width}px; height: 844px';
            document.body.append(frame);
        }})()",
        json!(link)
    )
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test firefox -- --ignored`"]
fn no_view_is_wider_than_a_narrow_window() -> Result<()> {
    in_firefox(|firefox, site| {
        let inside = "document.querySelector('iframe').contentDocument";
        // Any text of the site will do to stand around it.
        firefox.go(&format!("{site}boot.js"))?;
        for width in [320, 390] {
            for view in View::ALL {
                let link = format!("{site}{}", view.link());
                firefox.eval::<Value>(&framed(width, &link))?;
                firefox.wait_until(&IS_THERE.replace("document", inside))?;
                let wide = format!("{inside}.documentElement.scrollWidth");
                let wide: u32 = firefox.eval(&wide)?;
                assert!(wide <= width, "{}: {wide} of {width}", view.name());
            }
        }
        Ok(())
    })
}
