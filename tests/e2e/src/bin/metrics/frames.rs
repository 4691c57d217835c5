//! Frames: while p is dragged, while a step is played, while networks train.

use anyhow::{Context, Result};
use e2e::Page;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::quantile;

/// Drags the slider, one position a frame. A message posted within a frame's callback arrives
/// once the frame is styled, laid out and painted: until then it was at work.
const DRAG: &str = "(async () => {
    const slider = document.getElementById('p-slider');
    const work = [], between = [];
    const positions = Array.from({ length: 61 }, (_, i) => i / 60);
    let last = await new Promise(requestAnimationFrame);
    for (const position of positions) {
        await new Promise(done => requestAnimationFrame(frame => {
            between.push(frame - last);
            last = frame;
            const start = performance.now();
            slider.value = position;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => { work.push(performance.now() - start); done(); };
            port2.postMessage(null);
        }));
    }
    return { work, between };
})()";

/// Watches frames until `LAST` milliseconds have passed or `DONE` is true.
const WATCH: &str = "new Promise(done => {
    const between = [], began = performance.now();
    let last = 0;
    START;
    const frame = now => {
        if (last) between.push(now - last);
        last = now;
        if (now - began > LAST || (between.length > 3 && (DONE))) done({ work: [], between });
        else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
})";

/// All in milliseconds.
#[derive(Deserialize)]
struct Frames {
    /// From a change to the end of the frame that shows it.
    work: Vec<f64>,
    /// From one frame to the next.
    between: Vec<f64>,
}

const ALL_TRAINED: &str = "document.querySelector('.transport .full').ariaDisabled === 'true'";

/// What is watched: its name, the link, what starts it, and when it is over.
const WATCHED: [(&str, &str, &str, &str); 6] = [
    ("a step played, slow", "?v=1", "PLAY('slow')", "false"),
    ("a step played, normal", "?v=1", "PLAY('normal')", "false"),
    ("a step played, fast", "?v=1", "PLAY('fast')", "false"),
    (
        "a run watched",
        "?view=training",
        "document.querySelector('.transport .watch').click()",
        ALL_TRAINED,
    ),
    (
        "its lanes watched",
        "?view=training&panel=lanes",
        "document.querySelector('.transport .watch').click()",
        ALL_TRAINED,
    ),
    (
        "a race of 40 x 3,000 steps",
        "?view=training&show=race",
        "document.querySelector('.transport .full').click()",
        ALL_TRAINED,
    ),
];

/// Prints, of everything that moves, how long frames take.
pub async fn measure(page: &Page, rows: &mut Map<String, Value>) -> Result<()> {
    println!(
        "\nmilliseconds {:41} {:>7} {:>7} {:>7} {:>7}",
        "", "median", "p95", "max", "frames"
    );
    // The first time, code is compiled and fonts are loaded.
    page.eval::<Frames>(DRAG).await?;
    page.devtools("Performance.enable", json!({})).await?;
    let before = task_seconds(page).await?;
    let drag: Frames = page.eval(DRAG).await?;
    let busy = 1000.0 * (task_seconds(page).await? - before) / 61.0;
    print_row(rows, "p dragged, work of a frame", &drag.work);
    print_row(rows, "p dragged, from frame to frame", &drag.between);
    println!("p dragged, main thread busy, a position                {busy:7.1}");
    rows.insert("p dragged, main thread busy".into(), json!(busy));

    for (name, query, start, done) in WATCHED {
        page.go(query).await?;
        let start = start.replace(
            "PLAY(",
            "(speed => { const list = document.getElementById('speed'); list.value = speed;
                list.dispatchEvent(new Event('change', { bubbles: true }));
                document.querySelector('button.play').click(); })(",
        );
        let watch = WATCH
            .replace("START", &start)
            .replace("DONE", done)
            .replace("LAST", "8000");
        let frames: Frames = page.eval(&watch).await?;
        print_row(
            rows,
            &format!("{name}, from frame to frame"),
            &frames.between,
        );
    }
    Ok(())
}

/// Time that the page's main thread has spent on tasks so far.
async fn task_seconds(page: &Page) -> Result<f64> {
    let metrics = page.devtools("Performance.getMetrics", json!({})).await?;
    let metrics = metrics["metrics"].as_array();
    metrics
        .into_iter()
        .flatten()
        .find(|metric| metric["name"] == "TaskDuration")
        .and_then(|metric| metric["value"].as_f64())
        .context("the browser tells no TaskDuration")
}

fn print_row(rows: &mut Map<String, Value>, name: &str, times: &[f64]) {
    let frames = times.len();
    let [median, p95, max] = [50, 95, 100].map(|percent| quantile(times.to_vec(), percent));
    println!("{name:54} {median:7.1} {p95:7.1} {max:7.1} {frames:7}");
    rows.insert(
        name.into(),
        json!({ "median": median, "p95": p95, "max": max, "frames": frames }),
    );
}
