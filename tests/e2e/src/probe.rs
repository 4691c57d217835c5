//! What no person can do with a page: ask its JavaScript, wait for it, take its picture, read its console.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thirtyfour::WebElement;

use crate::Page;

/// The longest that anything on the page may take.
const PATIENCE: Duration = Duration::from_secs(10);

impl Page {
    /// Calls a method of the Chrome `DevTools` protocol.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.with_context(|| format!("DevTools: {method}"))
    }

    /// The value of a JavaScript `expression` (awaited, if it is a promise).
    ///
    /// # Errors
    /// When it throws, or is not of type `T`.
    pub async fn eval<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let script = format!("return ({expression});");
        let value = self.driver.execute(script, vec![]).await;
        let value = value.with_context(|| format!("evaluating {expression}"))?;
        value
            .convert()
            .with_context(|| format!("{expression} is {}", value.json()))
    }

    /// Waits until something matches `css`, and returns it.
    ///
    /// # Errors
    /// When nothing has after ten seconds.
    pub async fn wait_for(&self, css: &str) -> Result<WebElement> {
        let selector = serde_json::to_string(css)?;
        self.wait_until(&format!("document.querySelector({selector})"))
            .await?;
        self.element(css).await
    }

    /// Waits until the JavaScript `condition` is truthy.
    ///
    /// # Errors
    /// When it is not after ten seconds; the message quotes the text of the page.
    pub async fn wait_until(&self, condition: &str) -> Result<()> {
        let start = Instant::now();
        while !self.eval::<bool>(&format!("!!({condition})")).await? {
            if start.elapsed() > PATIENCE {
                let text: String = self.eval("document.body.innerText").await?;
                bail!("not so after {PATIENCE:?}: {condition}\nThe page reads:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Waits until what moves by itself has come to rest: fonts, two frames, and every picture on its canvas.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn settle(&self) -> Result<()> {
        let settled = "document.fonts.ready.then(() => new Promise(done => setTimeout(() =>
            requestAnimationFrame(() => requestAnimationFrame(() => done(null))), 150)))";
        self.eval::<Value>(settled).await?;
        Ok(())
    }

    /// Saves a picture of what is on the screen as `target/e2e-shots/<name>.png`, and returns its path.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/e2e-shots");
        std::fs::create_dir_all(&folder)?;
        let file = folder.canonicalize()?.join(format!("{name}.png"));
        self.driver.screenshot(&file).await?;
        Ok(file)
    }

    /// The addresses of all requests since the last call, in a browser that was [`recorded`](crate::recorded): those of
    /// `Network.requestWillBeSent`, of the page and of every frame in it.
    ///
    /// # Errors
    /// When the browser has not written them down.
    pub async fn requests(&self) -> Result<Vec<String>> {
        let log = self.driver.get_log("performance").await?;
        let address = |text: &str| -> Option<String> {
            let event: Value = serde_json::from_str(text).ok()?;
            let message = &event["message"];
            let is_request = message["method"] == "Network.requestWillBeSent"
                || message["method"] == "Network.webSocketCreated";
            let params = &message["params"];
            let url = params["request"]["url"]
                .as_str()
                .or_else(|| params["url"].as_str());
            is_request.then(|| url.map(str::to_owned)).flatten()
        };
        Ok(log
            .iter()
            .filter_map(|entry| address(&entry.message))
            .collect())
    }

    /// Fails if the console holds an error that was written since the last call.
    ///
    /// # Errors
    /// The errors, one a line.
    pub async fn check_console(&self) -> Result<()> {
        let log = self.driver.browser_log().await?;
        // Asked for by a document that names no icon, such as a script opened by itself; the page names its own.
        let is_ours = |message: &str| !message.contains("/favicon.ico ");
        let errors = log
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" && is_ours(&entry.message));
        let errors: Vec<String> = errors.map(|entry| entry.message).collect();
        ensure!(
            errors.is_empty(),
            "errors on the console:\n{}",
            errors.join("\n")
        );
        Ok(())
    }
}
