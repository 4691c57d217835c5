//! The page arrives whole: from any link, at any size, without an error on the console.

use std::fs;

use anyhow::Result;
use e2e::{Example, Page, Size, browse, dist, serve, visit};
use serde_json::json;

#[test]
fn the_app_takes_the_place_of_the_loading_sentence() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        assert_eq!(page.driver.title().await?, "Dropout Lab");
        assert!(page.text("#app").await?.contains("Dropout Lab"));
        assert_eq!(page.count("#loading").await?, 0);
        Ok(())
    })
}

#[test]
fn an_error_on_the_console_fails_a_test() {
    let outcome = visit("", Size::DESKTOP, async |page| {
        page.driver
            .execute("console.error('on purpose')", vec![])
            .await?;
        Ok(())
    });
    let message = outcome.map_err(|error| error.to_string());
    assert!(
        matches!(&message, Err(text) if text.contains("on purpose")),
        "{message:?}"
    );
}

#[test]
fn without_webassembly_the_page_says_what_to_do() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        let script = json!({ "source": "delete window.WebAssembly" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        page.driver.refresh().await?;
        page.wait_for("[role=alert]").await?;
        assert!(page.text("[role=alert]").await?.contains("WebAssembly"));
        assert_eq!(page.count("#loading svg .lanes").await?, 1);
        Ok(())
    })
}

/// The picture of the poster is seen, under the sentence.
async fn pictured(page: &Page, sentence: &str) -> Result<()> {
    let said = page.text("#loading").await?;
    assert!(said.contains(sentence), "{said}");
    let [width, height]: [f64; 2] = page
        .eval("(({ width, height }) => [width, height])(document.querySelector('#loading svg').getBoundingClientRect())")
        .await?;
    assert!(width > 300.0 && height > 100.0, "{width} × {height}");
    Ok(())
}

#[test]
fn without_vectors_every_view_says_so_beside_a_picture() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let script = json!({ "source": "WebAssembly.validate = () => false" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        for query in [
            "?v=1",
            "?view=coin",
            "?lesson=2.3",
            "?view=training&embed=1",
        ] {
            page.driver
                .goto(format!("{}{query}", page.address()))
                .await?;
            page.wait_for("#loading [role=alert]").await?;
            pictured(page, "no vector instructions").await?;
        }
        page.driver
            .goto(format!("{}?view=coin&lang=de", page.address()))
            .await?;
        page.wait_for("#loading [role=alert]").await?;
        pictured(page, "Vektorbefehle").await?;
        page.screenshot("without-vectors").await?;
        Ok(())
    })
}

#[test]
fn without_javascript_the_page_says_so_beside_a_picture() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        let off = json!({ "value": true });
        page.devtools("Emulation.setScriptExecutionDisabled", off)
            .await?;
        page.driver
            .goto(format!("{}?view=coin", page.address()))
            .await?;
        let said = page.text("#loading").await?;
        page.devtools(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": false }),
        )
        .await?;
        assert!(
            said.contains("needs JavaScript") && !said.contains("Loading"),
            "{said}"
        );
        pictured(page, "too old").await
    })
}

#[test]
fn a_browser_that_cannot_read_the_first_script_says_so_beside_a_picture() -> Result<()> {
    // As for a browser from before `?.` and `??=`: nothing of the script runs.
    let html = fs::read_to_string(dist().join("index.html"))?;
    let old = Example::of(&html)?;
    for file in fs::read_dir(dist())? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("css") => drop(fs::copy(&path, old.path().join(name))?),
            Some("js") => fs::write(old.path().join(name), "let whole ??? = 1;")?,
            _ => {}
        }
    }
    let site = serve(old.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver
            .goto(format!("{}?view=coin", site.address()))
            .await?;
        pictured(page, "this browser is too old").await?;
        assert!(!page.text("#loading").await?.contains("Loading"));
        page.screenshot("too-old").await?;
        let _what_the_old_parser_says = page.check_console().await;
        Ok(())
    })
}

#[test]
fn from_disk_the_page_says_which_file_to_open_beside_a_picture() -> Result<()> {
    let file = format!("file://{}", dist().join("index.html").display());
    browse(&file, &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(format!("{file}?view=coin")).await?;
        page.wait_for("#loading").await?;
        page.wait_until("document.readyState === 'complete'")
            .await?;
        pictured(page, "").await?;
        let said = page.text("#loading").await?;
        assert!(
            said.contains("dropout-lab.html") || said.contains("too old"),
            "{said}"
        );
        let _what_is_refused = page.check_console().await;
        Ok(())
    })
}

/// Keeps the app from starting until `start()` is called.
const HELD: &str = "const arrived = new Promise(resolve => { window.start = resolve; });
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => { await arrived; return instantiate(...given); };";

/// Where the head of the page ends, and where the picture's sentence begins.
const EDGES: &str = "(() => {
    const box = css => document.querySelector(css).getBoundingClientRect();
    return [box('.head').bottom, box('.now').left, box('.now').top];
})()";

/// How much of the page has been seen to jump; 0.1 is where people begin to mind.
const JUMPS: &str = "new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(0), 300);
})";

#[test]
fn something_is_drawn_before_the_app_arrives_and_nothing_jumps_when_it_does() -> Result<()> {
    let cases = [
        (Size::DESKTOP, ""),
        (Size::DESKTOP, "?v=1&p=0.3"),
        (Size::PHONE, "?v=1&p=0.3"),
        (Size::SLIDE, "?v=1&embed=1&theme=dark"),
        (Size::DESKTOP, "?v=1&view=coin&theme=projector"),
        (Size::PHONE, "?v=1&view=training"),
        (Size::PHONE, "?v=1&view=tensor"),
    ];
    visit("?v=1&p=0.3", Size::DESKTOP, async |page| {
        page.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": HELD }),
        )
        .await?;
        let address: String = page.eval("location.origin").await?;
        for (size, query) in cases {
            page.resize(size).await?;
            page.driver.goto(format!("{address}/{query}")).await?;
            assert_eq!(
                page.text("#loading [role=status]").await?,
                "Loading the lab…"
            );
            let theme: Option<String> = page.eval("document.documentElement.dataset.theme").await?;
            let asked = query
                .split_once("theme=")
                .map(|(_, theme)| theme.to_owned());
            assert_eq!(theme, asked, "{query}");
            let is_slide = query.contains("embed=1");
            assert_eq!(page.element("h1").await?.is_displayed().await?, !is_slide);
            let before: [f64; 3] = page.eval(EDGES).await?;
            page.screenshot(&format!("poster-{}-{}", size.width, query.len()))
                .await?;

            page.eval::<()>("start()").await?;
            page.wait_until("!document.getElementById('loading')")
                .await?;
            let after: [f64; 3] = page.eval(EDGES).await?;
            for (before, after) in before.iter().zip(after) {
                assert!(
                    (before - after).abs() <= 4.0,
                    "{query}: from {before} to {after}"
                );
            }
            let jumps: f64 = page.eval(JUMPS).await?;
            assert!(jumps < 0.02, "{query}: {jumps}");
        }
        Ok(())
    })
}

#[test]
fn on_a_slow_line_the_first_picture_does_not_wait_for_the_app() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true }))
            .await?;
        let line = json!({ "offline": false, "latency": 20, "downloadThroughput": 1_000_000, "uploadThroughput": -1 });
        page.devtools("Network.enable", json!({})).await?;
        page.devtools("Network.emulateNetworkConditions", line)
            .await?;
        page.go("?v=1&seed=7").await?;
        let painted: f64 = page
            .eval("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            .await?;
        let arrived: f64 = page
            .eval("performance.getEntriesByType('resource').find(entry => entry.name.endsWith('.wasm')).responseEnd")
            .await?;
        println!("first picture after {painted:.0} ms, the app after {arrived:.0} ms");
        assert!(painted < arrived, "{painted} ms, {arrived} ms");
        Ok(())
    })
}
