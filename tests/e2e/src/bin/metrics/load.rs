//! The first load: how many bytes, how soon something is seen, how soon the page can be used, and what it takes.

use anyhow::Result;
use e2e::{Size, visit};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{Asked, quantile};

/// Runs before the page: notes when the poster has gone, what has jumped, long tasks, and the app's memory.
const WATCH: &str = "(() => {
    const seen = window.seen_ = { usable: 0, jumps: 0, long: 0, memory: null };
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
        const made = await instantiate(...given);
        seen.memory = made.exports.memory;
        return made;
    };
    const add = (name, of) => list => { for (const entry of list.getEntries()) seen[name] += of(entry); };
    new PerformanceObserver(add('jumps', entry => entry.value)).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(add('long', entry => entry.duration)).observe({ type: 'longtask', buffered: true });
    addEventListener('DOMContentLoaded', () => {
        const look = () => { if (!document.querySelector('.poster')) seen.usable ||= performance.now(); };
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
    });
})()";

const READ: &str = "(() => {
    const files = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'));
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    const { usable, jumps, long, memory } = window.seen_;
    return { bytes: files.reduce((sum, file) => sum + file.encodedBodySize, 0), files: files.length,
        painted: painted?.startTime ?? 0, usable, jumps, long, memory: memory.buffer.byteLength };
})()";

#[derive(Deserialize)]
struct Load {
    /// As they were sent, without headers.
    bytes: f64,
    files: f64,
    /// The first contentful paint, in milliseconds like all times.
    painted: f64,
    /// The app stands where the poster was.
    usable: f64,
    /// Cumulative layout shift.
    jumps: f64,
    /// Tasks of more than 50 ms, in all.
    long: f64,
    /// Of the WebAssembly module, in bytes.
    memory: f64,
}

/// Loads the page `asked.runs` times in browsers that have never seen it, and prints the medians.
pub fn measure(asked: &Asked, rows: &mut Map<String, Value>) -> Result<()> {
    let mut loads = Vec::new();
    for _ in 0..asked.runs {
        // The browser compiles and caches as it starts: the page is measured in a fresh one, not before it.
        visit("?v=1", Size::DESKTOP, async |page| {
            let watch = json!({ "source": WATCH });
            page.devtools("Page.addScriptToEvaluateOnNewDocument", watch)
                .await?;
            page.devtools("Network.enable", json!({})).await?;
            page.devtools("Network.clearBrowserCache", json!({}))
                .await?;
            page.devtools("Network.setBypassServiceWorker", json!({ "bypass": true }))
                .await?;
            asked.slow_down(page).await?;
            page.go("").await?;
            page.wait_until("window.seen_.usable").await?;
            page.eval::<bool>("new Promise(done => setTimeout(() => done(true), 500))")
                .await?;
            loads.push(page.eval::<Load>(READ).await?);
            Ok(())
        })?;
    }
    println!("first load, medians of {}:", asked.runs);
    for (name, unit, of) in COLUMNS {
        let median = quantile(loads.iter().map(of).collect(), 50);
        println!("{name:40} {median:10.3} {unit}");
        rows.insert(format!("load: {name}"), json!(median));
    }
    Ok(())
}

type Column = (&'static str, &'static str, fn(&Load) -> f64);

const COLUMNS: [Column; 7] = [
    ("sent", "KiB", |load| load.bytes / 1024.0),
    ("files", "", |load| load.files),
    ("first contentful paint", "ms", |load| load.painted),
    ("usable", "ms", |load| load.usable),
    ("cumulative layout shift", "", |load| load.jumps),
    ("tasks of more than 50 ms, in all", "ms", |load| load.long),
    ("memory of the module", "MiB", |load| {
        load.memory / 1_048_576.0
    }),
];
