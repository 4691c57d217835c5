//! A real reveal.js deck with the figure on a slide, driven by the keys of a clicker.

use anyhow::Result;
use dropout_lab::app::State;
use e2e::{Example, Key, Page, Size, browse, dist, serve};
use serde_json::Value;

/// The slide and the fragment that the deck is at.
async fn is_at(page: &Page, slide: u32, fragment: i32) -> Result<()> {
    page.wait_until(&format!(
        "(({{ h, f }}) => h === {slide} && (f ?? -1) === {fragment})(Reveal.getIndices())"
    ))
    .await
}

/// Waits until the figure shows that stage of that step, with the digits that the link leads to.
async fn shows(page: &Page, stage: &str, step: u32) -> Result<()> {
    page.wait_until(&format!(
        "lab.get().then(({{ settings }}) => settings.stage === '{stage}' && settings.step === {step})"
    ))
    .await?;
    let loss: Value = page
        .eval("lab.get().then(({ trace }) => trace.loss)")
        .await?;
    let link = format!("?v=1&step={step}");
    let expected = Value::from(State::open(&link).trace().pass.loss);
    assert_eq!(loss.to_string(), expected.to_string());
    // Whatever the figure does, the deck keeps the keys.
    assert!(
        page.eval::<bool>("document.activeElement === document.body")
            .await?
    );
    Ok(())
}

#[test]
#[ignore = "needs reveal.js: `cargo xtask test --only e2e` fetches it"]
fn a_clicker_steps_the_figure_leaves_the_slide_and_finds_it_again() -> Result<()> {
    let lab = serve(&dist())?;
    let deck = Example::new("reveal.html", lab.address())?;
    deck.add_reveal()?;
    let site = serve(deck.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.wait_until("window.Reveal?.isReady()").await?;
        is_at(page, 0, -1).await?;

        page.key(Key::PageDown).await?;
        is_at(page, 1, -1).await?;
        shows(page, "input", 0).await?;
        let states = [("mask", 0), ("backward", 0), ("sgd", 1)];
        for (fragment, (stage, step)) in (0..).zip(states) {
            page.key(Key::PageDown).await?;
            is_at(page, 1, fragment).await?;
            shows(page, stage, step).await?;
        }
        page.screenshot("deck").await?;
        page.key(Key::PageDown).await?;
        is_at(page, 2, -1).await?;
        page.key(Key::Right).await?;
        is_at(page, 3, -1).await?;

        for (slide, fragment) in [(2, -1), (1, 2)] {
            page.key(Key::PageUp).await?;
            is_at(page, slide, fragment).await?;
        }
        shows(page, "sgd", 1).await?;
        page.key(Key::Left).await?;
        is_at(page, 1, 1).await?;
        shows(page, "backward", 0).await?;

        // A deck that is opened at the slide, as after an accident, shows what it showed.
        page.wait_until("location.hash === '#/figure/1'").await?;
        page.driver.refresh().await?;
        page.wait_until("window.Reveal?.isReady()").await?;
        is_at(page, 1, 1).await?;
        shows(page, "backward", 0).await
    })
}
