//! One open page: what a person does with it and sees on it, each as one call.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData, WebDriver, WebElement};

use crate::Size;

/// An open page.
///
/// Elements are named by CSS selectors; where several match, the first is meant.
pub struct Page {
    /// For all that has no method here.
    pub driver: WebDriver,
    address: String,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, address: &str) -> Self {
        Self {
            driver,
            address: address.into(),
        }
    }

    /// Where the page is, without a query.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Loads the page with another `query`, such as `?p=0.3`, and waits until the app has drawn itself.
    ///
    /// # Errors
    /// When the app does not start.
    pub async fn go(&self, query: &str) -> Result<()> {
        self.driver.goto(format!("{}{query}", self.address)).await?;
        self.wait_until("!document.getElementById('loading')").await
    }

    /// Gives the page another size.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn resize(&self, size: Size) -> Result<()> {
        let metrics = json!({
            "width": size.width,
            "height": size.height,
            "deviceScaleFactor": size.pixel_ratio,
            "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Sets media features, such as `("prefers-color-scheme", "dark")` or `("prefers-reduced-motion", "reduce")`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn prefer(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await?;
        Ok(())
    }

    /// The first element that matches `css`.
    ///
    /// # Errors
    /// When none does.
    pub async fn element(&self, css: &str) -> Result<WebElement> {
        let found = self.driver.find(By::Css(css)).await;
        found.with_context(|| format!("nothing matches {css}"))
    }

    /// How many elements match `css`.
    ///
    /// # Errors
    /// When `css` is not a selector.
    pub async fn count(&self, css: &str) -> Result<usize> {
        Ok(self.driver.find_all(By::Css(css)).await?.len())
    }

    /// The text of `css` as it is on the screen.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.element(css).await?.text().await?)
    }

    /// The texts of all elements that match `css`.
    ///
    /// # Errors
    /// When `css` is not a selector.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.driver.find_all(By::Css(css)).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }

    /// An attribute of `css`, if it is there.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        Ok(self.element(css).await?.attr(name).await?)
    }

    /// What the field `css` holds.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn value(&self, css: &str) -> Result<String> {
        Ok(self.element(css).await?.value().await?.unwrap_or_default())
    }

    /// Clicks in the middle of `css`.
    ///
    /// # Errors
    /// When nothing matches, or something else lies over it.
    pub async fn click(&self, css: &str) -> Result<()> {
        let clicked = self.element(css).await?.click().await;
        clicked.with_context(|| format!("clicking {css}"))
    }

    /// Moves the pointer to the middle of `css`.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn hover(&self, css: &str) -> Result<()> {
        let element = self.element(css).await?;
        let moving = self.driver.action_chain().move_to_element_center(&element);
        Ok(moving.perform().await?)
    }

    /// Presses a key, or types a text, wherever the focus is.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn key(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// Presses Tab until `css` has the focus, as somebody without a pointer does.
    ///
    /// # Errors
    /// When 80 presses do not lead there.
    pub async fn tab_to(&self, css: &str) -> Result<()> {
        let focused = format!("document.activeElement.matches({})", json!(css));
        for _ in 0..80 {
            self.key(Key::Tab).await?;
            if self.eval::<bool>(&focused).await? {
                return Ok(());
            }
        }
        bail!("Tab never leads to {css}")
    }

    /// Puts the keyboard's focus on `css` and presses Enter.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn press(&self, css: &str) -> Result<()> {
        let focus = format!("document.querySelector({}).focus() ?? true", json!(css));
        self.eval::<bool>(&focus).await?;
        self.key(Key::Enter).await
    }

    /// Replaces the content of the text field `css` by typing.
    ///
    /// # Errors
    /// When nothing matches or it cannot be typed into.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.element(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Moves the slider or list `css` to `value`, with the events that a person's hand causes.
    ///
    /// # Errors
    /// When nothing matches.
    pub async fn set(&self, css: &str, value: &str) -> Result<()> {
        let script = "const [field, value] = arguments; field.value = value;
            for (const event of ['input', 'change']) field.dispatchEvent(new Event(event, { bubbles: true }));";
        let arguments = vec![self.element(css).await?.to_json()?, json!(value)];
        self.driver.execute(script, arguments).await?;
        Ok(())
    }
}
