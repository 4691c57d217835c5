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

/// Waits until the frame, in which we are, shows that state; `stated` are the names that its link must have besides.
async fn is_in_state(page: &Page, at: u32, stated: &[&str]) -> Result<()> {
    let names = stated
        .iter()
        .map(|name| format!(" && location.search.includes('{name}')"));
    let names: String = names.collect();
    page.wait_until(&format!(
        "+(new URLSearchParams(location.search).get('at') ?? 0) === {at}{names}"
    ))
    .await
}

/// Into the figure on the slide of states.
async fn enter(page: &Page) -> Result<()> {
    let frame = page.element("#states iframe").await?;
    Ok(frame.enter_frame().await?)
}

/// Back to the deck, which is at that slide.
async fn leave_to(page: &Page, slide: u32) -> Result<()> {
    page.driver.enter_default_frame().await?;
    is_at(page, slide, -1).await
}

/// What is said of the mask.
const MASK: &str = "document.querySelector('.now').textContent";

async fn mask(page: &Page) -> Result<String> {
    page.eval(MASK).await
}

#[test]
#[ignore = "needs reveal.js: `cargo xtask test --only e2e` fetches it"]
fn after_a_click_into_the_figure_the_clicker_steps_its_states_and_then_leaves_the_slide()
-> Result<()> {
    const STATES: u32 = 4;
    let lab = serve(&dist())?;
    let deck = Example::new("reveal.html", lab.address())?;
    deck.add_reveal()?;
    let site = serve(deck.path())?;
    browse(site.address(), &[], async |page| {
        // The deck's own size: where it is scaled, the driver's pointer would miss what is in the frame.
        page.resize(Size::SLIDE).await?;
        let start = format!("{}#/3", site.address());
        page.driver.goto(&start).await?;
        page.wait_until("window.Reveal?.isReady()").await?;
        page.key(Key::PageDown).await?;
        is_at(page, STATES, -1).await?;
        enter(page).await?;
        has_drawn(page).await?;
        // Only the controls that the link names are there.
        assert_eq!(page.count(".again").await?, 1);
        assert_eq!(page.count("input[value=eval], .steps .play").await?, 0);
        is_in_state(page, 0, &[]).await?;

        page.click(".figure").await?;
        page.key(Key::PageDown).await?;
        is_in_state(page, 1, &["mode=eval"]).await?;
        page.key(Key::PageUp).await?;
        is_in_state(page, 0, &[]).await?;
        for at in [1, 2] {
            page.key(Key::PageDown).await?;
            is_in_state(page, at, &[]).await?;
        }
        is_in_state(page, 2, &["p=0.8"]).await?;

        // A space that the focused control needs is its own; an arrow is not.
        page.click(".again").await?;
        page.wait_until("location.search.includes('again=')")
            .await?;
        page.key(Key::Left).await?;
        is_in_state(page, 1, &["mode=eval"]).await?;
        page.key(Key::Right).await?;
        is_in_state(page, 2, &["p=0.8"]).await?;
        let before = mask(page).await?;
        page.key(" ").await?;
        page.wait_until(&format!("{MASK} !== {}", serde_json::to_string(&before)?))
            .await?;
        is_in_state(page, 2, &["again="]).await?;
        let shown = mask(page).await?;

        page.key(Key::PageDown).await?;
        leave_to(page, STATES + 1).await?;
        // The deck has the keys again: the figure that had them is out of sight.
        page.key(Key::PageUp).await?;
        is_at(page, STATES, -1).await?;
        page.screenshot("deck-states").await?;
        enter(page).await?;
        is_in_state(page, 2, &["p=0.8", "again="]).await?;
        assert_eq!(mask(page).await?, shown, "coming back restores the state");
        page.click(".figure").await?;
        for at in [1, 0] {
            page.key(Key::PageUp).await?;
            is_in_state(page, at, &[]).await?;
        }
        page.key(Key::PageUp).await?;
        leave_to(page, STATES - 1).await
    })
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

/// Waits until the frame, in which we are, has drawn itself.
async fn has_drawn(page: &Page) -> Result<()> {
    page.wait_until(
        "document.querySelector('.figure canvas') && !document.getElementById('loading')",
    )
    .await
}

#[test]
#[ignore = "needs reveal.js: `cargo xtask test --only e2e` fetches it"]
fn a_frame_that_the_deck_unloads_comes_back_with_its_link_and_an_element_with_its_state()
-> Result<()> {
    const STATES: u32 = 4;
    let lab = serve(&dist())?;
    let deck = Example::new("reveal.html", lab.address())?;
    deck.add_reveal()?;
    let site = serve(deck.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::SLIDE).await?;
        page.driver.goto(format!("{}#/4", site.address())).await?;
        page.wait_until("window.Reveal?.isReady()").await?;
        is_at(page, STATES, -1).await?;
        enter(page).await?;
        has_drawn(page).await?;
        let first = mask(page).await?;
        page.click(".figure").await?;
        page.key(Key::PageDown).await?;
        is_in_state(page, 1, &["mode=eval"]).await?;
        page.eval::<bool>("window.marked = true").await?;
        page.driver.enter_default_frame().await?;
        // The state of the element, which the deck does not know of.
        page.eval::<Value>("lab.set({ p: 0.8, seed: 11 }).then(() => lab.again())")
            .await?;
        let before: Value = page.eval("lab.get()").await?;

        // reveal.js keeps the frames of the slides nearby, in a deck as short as this of all; here of the present one.
        page.eval::<()>("void (Reveal.configure({ viewDistance: 1 }), Reveal.slide(0))")
            .await?;
        page.wait_until("!document.querySelector('#states iframe').hasAttribute('src')")
            .await?;
        // The element goes out of the page, as slides do that are made anew, and comes back.
        page.eval::<()>("void ((element, place) => { element.remove(); place.prepend(element); })(lab, lab.parentNode)")
            .await?;
        assert_eq!(page.eval::<Value>("lab.get()").await?, before);

        page.eval::<()>(&format!("Reveal.slide({STATES})")).await?;
        page.wait_until("document.querySelector('#states iframe').hasAttribute('src')")
            .await?;
        enter(page).await?;
        page.wait_until("!window.marked").await?;
        has_drawn(page).await?;
        is_in_state(page, 0, &[]).await?;
        assert_eq!(mask(page).await?, first, "the link's own numbers");
        Ok(())
    })
}
