//! Hard use, round after round, and what it leaves behind.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::Page;

/// Finds the memory of every WebAssembly module that a page starts; to be there before the page.
const MEMORY: &str = "(() => {
    window.memory_ = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await real(...given);
            memory_.push((made.instance ?? made).exports.memory);
            return made;
        };
    }
})()";

/// What a page takes.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Taken {
    /// Bytes of WebAssembly's memory.
    pub wasm: f64,
    /// Nodes of the document and what still hangs on it.
    pub nodes: f64,
    /// Listeners for events.
    pub listeners: f64,
    /// Bytes of JavaScript's heap after its garbage was collected.
    pub heap: f64,
}

impl Taken {
    /// Whether no more is taken than before, but for what comes and goes.
    ///
    /// # Errors
    /// What has grown.
    pub fn is_flat_since(&self, before: &Self) -> Result<()> {
        let is_flat = self.wasm <= before.wasm + 2.0 * 65536.0
            && self.nodes <= before.nodes * 1.1 + 50.0
            && self.listeners <= before.listeners * 1.1 + 10.0
            && self.heap <= before.heap * 1.25 + 500_000.0;
        ensure!(is_flat, "it grows: from {before:?} to {self:?}");
        Ok(())
    }
}

/// Has every page's memory found from now on.
///
/// # Errors
/// When the browser refuses.
pub async fn watch(page: &Page) -> Result<()> {
    let script = json!({ "source": MEMORY });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
        .await?;
    page.devtools("Performance.enable", json!({})).await?;
    Ok(())
}

/// What the page takes now.
///
/// # Errors
/// When the browser does not say.
pub async fn taken(page: &Page) -> Result<Taken> {
    for _ in 0..2 {
        page.devtools("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let answer = page.devtools("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| -> Result<f64> {
        let metrics = answer["metrics"].as_array();
        let found = metrics
            .into_iter()
            .flatten()
            .find(|metric| metric["name"] == name);
        found
            .and_then(|metric| metric["value"].as_f64())
            .with_context(|| format!("no {name}"))
    };
    let wasm = "memory_.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)";
    Ok(Taken {
        wasm: page.eval(wasm).await?,
        nodes: metric("Nodes")?,
        listeners: metric("JSEventListeners")?,
        heap: metric("JSHeapUsedSize")?,
    })
}

/// Every view in turn: p dragged, *Again*, played for `moment` milliseconds at full speed, a number looked at.
const ROUND: &str = "(async (moment) => {
    const wait = time => new Promise(done => setTimeout(done, time));
    const frame = () => new Promise(done => { requestAnimationFrame(done); setTimeout(done, 200); });
    const press = element => element && !element.disabled && element.click();
    let actions = 0;
    for (const view of [...document.querySelectorAll('nav.views a')].map(link => link.getAttribute('href'))) {
        document.querySelector(`nav.views a[href='${view}']`).click();
        await wait(60);
        for (let k = 0; k <= 10; k += 1) {
            const slider = document.getElementById('p-slider');
            if (!slider) break;
            slider.value = k / 10;
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            await frame();
            actions += 1;
        }
        for (let k = 0; k < 5; k += 1, actions += 1) {
            press(document.querySelector('button.again'));
            await frame();
        }
        for (const css of ['button.play', 'button.full', 'button.watch']) press(document.querySelector(css));
        await wait(moment);
        for (const key of ['ArrowRight', 'ArrowDown']) {
            document.querySelector('.figure')?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            await frame();
            actions += 1;
        }
    }
    document.querySelector('nav.views a').click();
    await wait(300);
    return actions;
})";

/// A round of hard use; answers how many things were done.
///
/// # Errors
/// When the page gives up.
pub async fn round(page: &Page, moment: u32) -> Result<u32> {
    page.eval(&format!("{ROUND}({moment})")).await
}
