//! What the page does no more often than it must: counts, the same on every machine. Nothing runs when nothing moves,
//! one change is one picture, and memory does not grow with the work.

use anyhow::Result;
use dropout_lab::app::View;
use e2e::{Page, Size, visit};
use serde::Deserialize;
use serde_json::json;

/// Runs before the page: counts what it asks the browser for, and finds the app's memory.
const COUNT: &str = "(() => {
    const seen = window.seen_ = { frames: 0, timers: 0, marks: 0, pictures: 0, changes: 0, memory: [] };
    const counted = (owner, name, count) => {
        const real = owner[name];
        owner[name] = function (...given) { count(this, given); return real.apply(this, given); };
    };
    counted(window, 'requestAnimationFrame', () => seen.frames += 1);
    for (const name of ['setTimeout', 'setInterval']) counted(window, name, () => seen.timers += 1);
    const canvas = CanvasRenderingContext2D.prototype;
    for (const name of ['fillText', 'arc', 'stroke', 'fill']) counted(canvas, name, () => seen.marks += 1);
    counted(canvas, 'fillRect', ({ canvas }, [x, y, width, height]) => {
        seen.marks += 1;
        if (!x && !y && width >= canvas.width && height >= canvas.height) seen.pictures += 1;
    });
    new MutationObserver(list => seen.changes += list.length)
        .observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await real(...given);
            seen.memory.push((made.instance ?? made).exports.memory);
            return made;
        };
    }
})()";

#[derive(Debug, PartialEq, Deserialize)]
struct Seen {
    /// `requestAnimationFrame`.
    frames: u32,
    /// `setTimeout` and `setInterval`.
    timers: u32,
    /// What was drawn on canvases.
    marks: u32,
    /// Canvases cleared from corner to corner.
    pictures: u32,
    /// Mutations of the document.
    changes: u32,
}

impl Seen {
    const NOTHING: Self = Self {
        frames: 0,
        timers: 0,
        marks: 0,
        pictures: 0,
        changes: 0,
    };
}

/// What is counted while `action`, an asynchronous JavaScript function's body, runs.
async fn during(page: &Page, action: &str) -> Result<Seen> {
    let script = format!(
        "(async () => {{
            const before = {{ ...window.seen_ }};
            await (async () => {{ {action} }})();
            await new Promise(done => queueMicrotask(done));
            const {{ memory, ...after }} = window.seen_;
            for (const name in after) after[name] -= before[name];
            return after;
        }})()"
    );
    page.eval(&script).await
}

/// A while without any call that is counted, longer than anything on the page waits.
const A_WHILE: &str = "const until = performance.now() + 600; while (performance.now() < until) await fetch('./icon-192.png');";

async fn counting(page: &Page) -> Result<()> {
    let source = json!({ "source": COUNT });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source)
        .await?;
    Ok(())
}

#[test]
fn nothing_runs_when_nothing_moves() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        counting(page).await?;
        for view in View::ALL {
            for look in ["", "&embed=1"] {
                page.go(&format!("?v=1&view={}{look}", view.name())).await?;
                during(page, A_WHILE).await?;
                let made: u32 = page.eval("window.seen_.changes").await?;
                assert!(made > 0, "nothing is counted");
                let seen = during(page, A_WHILE).await?;
                assert_eq!(seen, Seen::NOTHING, "{}{look}", view.name());
            }
        }
        Ok(())
    })
}

/// Tells the slider of p `times` and waits for the frames that follow.
fn moved(times: u32) -> String {
    format!(
        "const slider = document.getElementById('p-slider');
        for (let k = 1; k <= {times}; k++) {{
            slider.value = 0.1 + k / 20;
            slider.dispatchEvent(new Event('input', {{ bubbles: true }}));
        }}
        const until = performance.now() + 500; while (performance.now() < until) await fetch('./icon-192.png');"
    )
}

#[test]
fn one_change_is_one_picture_and_more_before_it_are_still_one() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        counting(page).await?;
        for view in ["network", "coin", "expectation", "subnetworks"] {
            page.go(&format!("?v=1&view={view}")).await?;
            during(page, A_WHILE).await?;
            let canvases = u32::try_from(page.count("canvas").await?)?;
            for times in [1, 3] {
                let seen = during(page, &moved(times)).await?;
                assert!(
                    (1..=canvases).contains(&seen.pictures),
                    "{view}, {times} moves: {seen:?} on {canvases} canvases"
                );
            }
        }
        Ok(())
    })
}

/// Lets a run be watched for so many frames.
fn watched(frames: u32) -> String {
    format!(
        "document.querySelector('.transport .watch').click();
        for (let k = 0; k < {frames}; k++) await new Promise(requestAnimationFrame);"
    )
}

#[test]
fn a_run_is_drawn_every_frame_and_told_in_numbers_every_eighth() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        counting(page).await?;
        page.go("?v=1&view=training").await?;
        during(page, A_WHILE).await?;
        let seen = during(page, &watched(64)).await?;
        assert!(seen.pictures > 32, "{seen:?}");
        // The count, its bar and the outcome, eight or nine times, and the button that was pressed.
        assert!((8..40).contains(&seen.changes), "{seen:?}");
        page.click(".transport .watch").await?;
        let count = "document.querySelector('.how-far').textContent";
        let bar = "document.querySelector('.transport progress').value";
        // At rest they are those of the last step.
        let rests = format!("{count}.replaceAll(',', '').startsWith({bar} + ' of ')");
        page.wait_until(&rests).await
    })
}

#[test]
fn training_draws_nothing_until_there_is_something_new() -> Result<()> {
    const GO: &str = "document.querySelector('.transport .full').click();
        await new Promise(requestAnimationFrame);";
    visit("", Size::DESKTOP, async |page| {
        counting(page).await?;
        for show in ["run", "race"] {
            page.go(&format!("?v=1&view=training&show={show}")).await?;
            during(page, A_WHILE).await?;
            let seen = during(page, GO).await?;
            assert!(seen.changes > 0 && seen.pictures == 0, "{show}: {seen:?}");
            let seen = during(page, A_WHILE).await?;
            assert!(seen.pictures > 0, "{show}: {seen:?}");
        }
        Ok(())
    })
}

/// Bytes of the app's WebAssembly memory, of all its modules.
async fn memory(page: &Page) -> Result<u64> {
    page.eval("window.seen_.memory.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)")
        .await
}

const MEBIBYTE: u64 = 1 << 20;
const STEPS_OF_A_RACE: u64 = 20 * 2 * 3_000;

#[test]
fn the_first_view_needs_little_memory_and_training_no_more_as_it_goes_on() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        counting(page).await?;
        page.go("").await?;
        let first = memory(page).await?;
        assert!(first > 0 && first < 32 * MEBIBYTE, "{first}");

        // 20 pairs of 3,000 steps. What any step kept would add up to more than a byte a step.
        page.go("?view=training&show=race&seeds=20").await?;
        let mut after = Vec::new();
        for _ in 0..4 {
            page.click(".transport .full").await?;
            page.wait_until("document.querySelector('.transport .full').ariaDisabled === 'true'")
                .await?;
            after.push(memory(page).await?);
            page.click(".transport .restart").await?;
        }
        eprintln!("first view {first} bytes, after each race {after:?}");
        assert!(after[0] < 32 * MEBIBYTE, "{after:?}");
        assert!(after[3] - after[0] < 3 * STEPS_OF_A_RACE, "{after:?}");
        Ok(())
    })
}
