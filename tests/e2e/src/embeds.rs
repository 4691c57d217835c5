//! Every view as it is embedded, the frames that it must fit, and a page around it.

use anyhow::Result;
use serde_json::Value;

use crate::{Example, Page, Size, browse, dist, serve};

/// Frames of 16:9, from a thumbnail in a deck to a whole projector.
pub const FRAMES: [Size; 3] = [
    Size::new(480, 270, 1.0),
    Size::new(960, 540, 1.0),
    Size::new(1920, 1080, 1.0),
];

/// Every view but the lists, with its pictures that differ most: a name, and the link.
pub const EMBEDS: [(&str, &str); 19] = [
    ("network", "?embed=1"),
    ("network-large", "?embed=1&batch=128&hidden=40&in=32"),
    ("tensor", "?embed=1&view=tensor"),
    ("tensor-arange", "?embed=1&view=tensor&preset=arange"),
    ("tensor-randn", "?embed=1&view=tensor&preset=randn"),
    ("tensor-row", "?embed=1&view=tensor&preset=notebook"),
    ("coin", "?embed=1&view=coin"),
    ("coin-few", "?embed=1&view=coin&draws=7"),
    ("expectation", "?embed=1&view=expectation"),
    ("gradients", "?embed=1&view=gradients"),
    ("subnetworks", "?embed=1&view=subnetworks"),
    ("training", "?embed=1&view=training&steps=300&start=at_once"),
    (
        "training-lanes",
        "?embed=1&view=training&panel=lanes&steps=300&start=at_once",
    ),
    (
        "training-race",
        "?embed=1&view=training&show=race&steps=200&seeds=5&start=at_once",
    ),
    (
        "training-sweep",
        "?embed=1&view=training&show=sweep&steps=100&seeds=3&start=at_once",
    ),
    ("variants", "?embed=1&view=variants"),
    ("variants-locked", "?embed=1&view=variants&layer=locked"),
    (
        "variants-weights",
        "?embed=1&view=variants&layer=variational",
    ),
    ("notebook", "?embed=1&view=notebook"),
];

/// The lists, which are longer than a frame.
pub const LISTS: [(&str, &str); 2] = [
    ("lessons", "?embed=1&view=lessons"),
    ("teachers", "?embed=1&view=teachers"),
];

/// A page of an origin of its own around a frame of that size with the lab in it, which listens at `lab`; `attributes` are
/// the frame's, and ORIGIN in `query` becomes the page's. It has `heard`, the messages of the lab, and `texts`, the same
/// as they came; `tell`, which sends it one; and `open`, which loads another link and forgets what was heard.
///
/// # Errors
/// When it cannot be written.
pub fn around(
    lab: &str,
    query: &str,
    attributes: &str,
    (width, height): (u32, u32),
) -> Result<Example> {
    // Properties of the window, which Firefox's driver sees as well.
    Example::of(&format!(
        "<!doctype html><meta charset='utf-8'><title>Around</title><script>
           window.heard = [];
           window.texts = [];
           addEventListener('message', ({{ data }}) => {{
             texts.push(data);
             heard.push(JSON.parse(data));
           }});
           window.frame = () => document.getElementById('frame');
           window.tell = (message) => frame().contentWindow.postMessage(message, '*');
           window.open = (query) => {{
             heard.length = texts.length = 0;
             frame().src = '{lab}' + query.replace('ORIGIN', location.origin);
           }};
         </script>
         <iframe id='frame' {attributes} style='width: {width}px; height: {height}px'></iframe><script>
           open({});
         </script>",
        Value::from(query),
    ))
}

/// The page of [`around`] in a desktop window, once the lab in it is ready.
///
/// # Errors
/// Those of `test`, or whatever keeps the lab from being ready.
pub fn framed(
    query: &str,
    attributes: &str,
    size: (u32, u32),
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let lab = serve(&dist())?;
    let example = around(lab.address(), query, attributes, size)?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.wait_until(READY).await?;
        test(page).await
    })
}

/// The lab in the frame is ready.
pub const READY: &str = "heard.some(({ method }) => method === 'ready')";
