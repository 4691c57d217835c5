//! What must not wear the page out: long use, a window that changes, a tab that is hidden, a clock that jumps, a canvas
//! that was lost. `cargo run --release --package e2e --bin endurance` takes its time over the first.

use std::time::Duration;

use anyhow::{Result, bail};
use dropout_lab::app::State;
use dropout_lab::notebook;
use e2e::{Example, Page, Size, browse, dist, endurance, serve, visit};
use serde_json::{Value, json};

/// What is printed is what the link says, computed here.
async fn shows_its_link(page: &Page) -> Result<()> {
    let query: String = page.eval("location.search").await?;
    let shown: String = page
        .eval("document.querySelector('pre.output').textContent")
        .await?;
    assert_eq!(
        shown,
        notebook::output(State::open(&query).trace()),
        "{query}"
    );
    Ok(())
}

/// Whether something is drawn on the first canvas.
const IS_DRAWN: &str = "(canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 5;
})(document.querySelector('canvas'))";

/// Whether the first canvas has as many pixels as the screen has there.
const IS_SHARP: &str = "(canvas => Math.abs(canvas.width - canvas.clientWidth * devicePixelRatio) <= 1 + devicePixelRatio)(document.querySelector('canvas'))";

#[test]
fn rounds_of_hard_use_leave_nothing_behind() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        endurance::watch(page).await?;
        page.go("?view=lessons").await?;
        // The first two fill what is kept for reuse.
        for _ in 0..2 {
            endurance::round(page, 150).await?;
        }
        let before = endurance::taken(page).await?;
        let mut actions = 0;
        for _ in 0..3 {
            actions += endurance::round(page, 150).await?;
        }
        let after = endurance::taken(page).await?;
        println!("{actions} actions: from {before:?} to {after:?}");
        assert!(actions > 300, "{actions}");
        after.is_flat_since(&before)?;
        Ok(())
    })
}

#[test]
fn two_hundred_times_back_and_forward_end_where_the_link_says() -> Result<()> {
    visit("?view=network&p=0.1", Size::DESKTOP, async |page| {
        // Edits of one field in a row are one entry of the history, so two take turns.
        for seed in 1..=4 {
            page.set("#field-seed", &seed.to_string()).await?;
            page.wait_until(&format!("location.search.includes('seed={seed}')"))
                .await?;
            let mode = if seed % 2 == 0 { "train" } else { "eval" };
            page.click(&format!("input[value={mode}]")).await?;
            page.wait_until(&format!(
                "location.search.includes('mode=eval') === {}",
                mode == "eval"
            ))
            .await?;
        }
        // A few at a time: a busy machine needs longer than one script may take, and of more than 200 in ten seconds
        // the browser takes the rest for a page gone wild and does nothing.
        for first in (0..200).step_by(20) {
            let walk = format!(
                "(async () => {{
                    for (let k = {first}; k < {first} + 20; k += 1) {{
                        const arrived = new Promise(done => addEventListener('popstate', done, {{ once: true }}));
                        history.go([-3, 2, -1, 1, -2, 3][k % 6]);
                        await arrived;
                    }}
                }})()"
            );
            page.eval::<()>(&walk).await?;
            tokio::time::sleep(Duration::from_millis(1500)).await;
        }
        shows_its_link(page).await
    })
}

/// Keeps who waits for other pixels: the browser tells them of a real screen only.
const HEAR_PIXELS: &str = "(() => {
    const real = matchMedia;
    window.pixels_ = [];
    window.matchMedia = (query) => {
        const list = real.call(window, query);
        if (query.startsWith('(resolution')) list.addEventListener = (_, told) => pixels_.push(told);
        return list;
    };
})()";

#[test]
fn a_storm_of_sizes_and_pixel_ratios_ends_sharp_and_right() -> Result<()> {
    for query in ["?v=1&p=0.3", "?view=tensor"] {
        visit(query, Size::DESKTOP, async |page| {
            let source = json!({ "source": HEAR_PIXELS });
            page.devtools("Page.addScriptToEvaluateOnNewDocument", source)
                .await?;
            page.go(query).await?;
            for k in 0..60_u32 {
                let ratio = [1.0, 2.0, 0.75, 1.5][k as usize % 4];
                page.resize(Size::new(320 + 37 * (k % 29), 240 + 53 * (k % 17), ratio))
                    .await?;
            }
            // At last the ratio alone changes, as it does between two screens.
            for ratio in [1.0, 2.0, 1.25] {
                page.resize(Size::new(1000, 700, ratio)).await?;
                page.eval::<()>("pixels_.pop()()").await?;
                page.wait_until(IS_SHARP).await?;
                page.wait_until(IS_DRAWN).await?;
            }
            let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
            assert!(width <= 1000, "{query}: {width}");
            page.check_console().await
        })?;
    }
    Ok(())
}

#[test]
fn a_canvas_that_was_lost_is_drawn_again() -> Result<()> {
    for query in [
        "?v=1",
        "?view=tensor",
        "?view=training&start=at_once&steps=50",
    ] {
        visit(query, Size::DESKTOP, async |page| {
            page.wait_until(IS_DRAWN).await?;
            // What the browser does when the graphics card has gone and come back.
            let lose = "(canvas => {
                canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
                canvas.getContext('2d').reset();
            })(document.querySelector('canvas'))";
            page.eval::<()>(lose).await?;
            assert!(!page.eval::<bool>(IS_DRAWN).await?, "{query}");
            page.eval::<Value>(
                "document.querySelector('canvas').dispatchEvent(new Event('contextrestored'))",
            )
            .await?;
            page.wait_until(IS_DRAWN).await?;
            Ok(())
        })?;
    }
    Ok(())
}

/// Frames asked for, and whether the page is hidden, from now on.
const COUNT_FRAMES: &str = "(() => {
    window.frames_ = 0;
    const real = requestAnimationFrame;
    window.requestAnimationFrame = callback => real(time => { window.frames_ += 1; callback(time + (window.jump_ ?? 0)); });
})()";

#[test]
fn a_hidden_tab_rests_and_comes_back_right() -> Result<()> {
    visit("?v=1&p=0.3", Size::DESKTOP, async |page| {
        page.eval::<()>(COUNT_FRAMES).await?;
        // Frames and timers that ran by the time the page was hidden, and by the time it was seen again.
        page.eval::<()>(
            "void (window.seen_ = [], document.addEventListener('visibilitychange', () => seen_.push([document.visibilityState, frames_])))",
        )
        .await?;
        page.click("button.play").await?;
        page.wait_until("frames_ > 3").await?;
        let first = page.driver.window().await?;
        let other = page.driver.new_tab().await?;
        page.driver.switch_to_window(other).await?;
        page.driver
            .goto(format!("{}boot.js", page.address()))
            .await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        page.driver.close_window().await?;
        page.driver.switch_to_window(first).await?;
        page.wait_until("document.querySelector('pre.output')")
            .await?;
        page.wait_until("seen_.length >= 2").await?;
        let seen: Vec<(String, u32)> = page.eval("seen_").await?;
        let [(hidden, before), (visible, after)] = &seen[..2] else {
            bail!("{seen:?}");
        };
        assert_eq!((hidden.as_str(), visible.as_str()), ("hidden", "visible"));
        // One may have been on its way.
        assert!(after - before <= 1, "{seen:?}");
        // And it goes on: in another stage, or at the end.
        page.wait_until(&format!("frames_ > {after} + 3 || document.querySelector('button.play').textContent.includes('▶')"))
            .await?;
        shows_its_link(page).await
    })
}

#[test]
fn a_clock_that_jumps_an_hour_or_back_changes_no_number() -> Result<()> {
    visit("?v=1&p=0.3", Size::DESKTOP, async |page| {
        page.eval::<()>(COUNT_FRAMES).await?;
        let playing = "document.querySelector('button.play')";
        page.click("button.play").await?;
        page.wait_until("frames_ > 3").await?;
        for jump in ["3.6e6", "-3.6e6", "0", "NaN", "0"] {
            page.eval::<()>(&format!("void (window.jump_ = {jump})"))
                .await?;
            tokio::time::sleep(Duration::from_millis(120)).await;
            page.check_console().await?;
            page.wait_until(playing).await?;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let bad: bool = page.eval("/NaN/.test(document.body.innerText)").await?;
        assert!(!bad);
        shows_its_link(page).await?;
        page.wait_until(IS_DRAWN).await
    })
}

#[test]
fn printing_in_the_middle_of_the_animation_leaves_a_still_and_goes_on() -> Result<()> {
    // The whole page: the network view by itself prints its canvas.
    visit("?view=coin", Size::DESKTOP, async |page| {
        page.click("nav.views a[href='?v=1']").await?;
        page.wait_for("button.play").await?;
        page.click("button.play").await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
        page.eval::<()>("void dispatchEvent(new Event('beforeprint'))")
            .await?;
        let still = "document.querySelector('img.still')?.src";
        let first: String = page.eval(still).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(first.starts_with("data:image/png") && first.len() > 2000);
        assert_eq!(page.eval::<String>(still).await?, first);
        page.devtools("Page.printToPDF", json!({})).await?;
        page.eval::<()>("void dispatchEvent(new Event('afterprint'))")
            .await?;
        page.wait_until("!document.querySelector('img.still')")
            .await?;
        shows_its_link(page).await
    })
}

#[test]
fn a_flood_of_messages_takes_no_memory_and_is_told_off() -> Result<()> {
    let lab = serve(&dist())?;
    let html = format!(
        "<!doctype html><meta charset='utf-8'><title>Around</title><script>
           const heard = {{ results: 0, refusals: 0, ready: false, sent: 0 }};
           addEventListener('message', ({{ data }}) => {{
             const message = JSON.parse(data);
             if (message.method === 'ready') heard.ready = true;
             if (message.result) heard.results += 1;
             if (message.error?.code === -32003) heard.refusals += 1;
           }});
           // A thousand messages at once, each time: how many are sent, and how fast, is no matter of the machine.
           const flood = async () => {{
             const window = document.getElementById('frame').contentWindow;
             for (let i = 0; i < 1000; i += 1) {{
               const params = {{ p: i % 100 / 100 }};
               window.postMessage(JSON.stringify({{ jsonrpc: '2.0', id: i, method: 'set', params }}), '*');
             }}
             heard.sent += 1000;
             await new Promise(done => setTimeout(done, 100));
           }};
         </script>
         <iframe id='frame' style='width: 960px; height: 540px'></iframe><script>
           document.getElementById('frame').src = '{}?embed=1&origin=' + location.origin;
         </script>",
        lab.address()
    );
    let example = Example::of(&html)?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        endurance::watch(page).await?;
        page.driver.goto(site.address()).await?;
        page.wait_until("heard.ready").await?;
        let memory = async || -> Result<f64> {
            page.element("#frame").await?.enter_frame().await?;
            let bytes = page
                .eval("memory_.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)")
                .await?;
            page.driver.enter_parent_frame().await?;
            Ok(bytes)
        };
        // The first ones take what a message may take.
        for _ in 0..3 {
            page.eval::<()>("flood()").await?;
        }
        let before = memory().await?;
        for _ in 0..20 {
            page.eval::<()>("flood()").await?;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        let (heard, after): (Value, f64) = (page.eval("heard").await?, memory().await?);
        println!("{heard}: from {before} to {after} bytes");
        assert_eq!(heard["sent"], 23_000, "{heard}");
        assert!(heard["results"].as_u64() > Some(10), "{heard}");
        assert!(
            (1..400).contains(&heard["refusals"].as_u64().unwrap_or_default()),
            "{heard}"
        );
        assert!(after <= before, "from {before} to {after} bytes");
        Ok(())
    })
}
