//! `cargo run --release --package e2e --bin frames [-- 4]`: how long the page built last takes for a
//! frame while p is dragged, in headless Chromium, slowed down as many times as the argument says.
//!
//! It measures and prints; it judges nothing, for times differ from machine to machine.

use anyhow::{Context, Result};
use e2e::{Size, visit};
use serde::Deserialize;
use serde_json::{Value, json};

/// Drags the slider, one position a frame. A message posted within a frame's callback arrives
/// once the frame is styled, laid out and painted: until then it was at work.
const DRAG: &str = "(async () => {
    const slider = document.getElementById('p-slider');
    const tasks = [], work = [], between = [];
    const observer = new PerformanceObserver(list => tasks.push(...list.getEntries()));
    observer.observe({ entryTypes: ['longtask'] });
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
    await new Promise(done => setTimeout(done, 100));
    observer.disconnect();
    return { work, between, tasks: tasks.map(task => task.duration) };
})()";

/// All in milliseconds.
#[derive(Deserialize)]
struct Drag {
    /// From a change of p to the end of the frame that shows it.
    work: Vec<f64>,
    /// From one frame to the next.
    between: Vec<f64>,
    /// Tasks of more than 50 ms, none of which should be.
    tasks: Vec<f64>,
}

fn main() -> Result<()> {
    let slower = std::env::args().nth(1);
    let slower: f64 = slower.map_or(Ok(1.0), |times| times.parse())?;
    visit("", Size::DESKTOP, async |page| {
        page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": slower }))
            .await?;
        page.devtools("Performance.enable", json!({})).await?;
        // The first time, code is compiled and fonts are loaded.
        page.eval::<Drag>(DRAG).await?;
        let before = task_seconds(&page.devtools("Performance.getMetrics", json!({})).await?)?;
        let drag: Drag = page.eval(DRAG).await?;
        let after = task_seconds(&page.devtools("Performance.getMetrics", json!({})).await?)?;

        println!(
            "p dragged through {} positions, milliseconds:",
            drag.work.len()
        );
        println!("{:28} {:>7} {:>7} {:>7}", "", "median", "p95", "max");
        print_row("work of a frame", drag.work.clone());
        print_row("from frame to frame", drag.between);
        #[allow(clippy::cast_precision_loss, reason = "a few dozen")]
        let positions = drag.work.len() as f64;
        let busy = 1000.0 * (after - before) / positions;
        println!("main thread busy, a position {busy:7.1}");
        println!("tasks longer than 50 ms      {:7}", drag.tasks.len());
        Ok(())
    })
}

/// Time that the page's main thread has spent on tasks so far.
fn task_seconds(metrics: &Value) -> Result<f64> {
    let metrics = metrics["metrics"].as_array();
    metrics
        .into_iter()
        .flatten()
        .find(|metric| metric["name"] == "TaskDuration")
        .and_then(|metric| metric["value"].as_f64())
        .context("the browser tells no TaskDuration")
}

fn print_row(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("{name:28} {:7.1} {:7.1} {:7.1}", at(50), at(95), at(100));
}
