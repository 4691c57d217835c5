//! *Use in slides* by keyboard alone: what it writes, pasted into a page, has the controls that were ticked and goes
//! through the states that were recorded.

use anyhow::{Context, Result};
use e2e::{Example, Key, Page, Size, serve, visit};
use serde_json::json;

const NOW: &str = "document.querySelector('.now').textContent";

/// Opens the dialog.
async fn open(page: &Page) -> Result<()> {
    page.tab_to(".open-slides").await?;
    page.key(Key::Enter).await?;
    page.wait_until("document.querySelector('dialog.slides').open")
        .await
}

/// Closes it; the focus is back on its button.
async fn close(page: &Page) -> Result<()> {
    page.key(Key::Escape).await?;
    page.wait_until("document.activeElement.matches('.open-slides')")
        .await
}

/// Adds what is on the screen to the recorded states, and closes the dialog.
async fn record(page: &Page) -> Result<String> {
    let before = page.count(".states li").await?;
    page.tab_to(".add-state").await?;
    page.key(Key::Enter).await?;
    page.wait_until(&format!(
        "document.querySelectorAll('.states li').length === {}",
        before + 1
    ))
    .await?;
    page.eval(NOW).await
}

/// Ticks a control, or takes its tick away.
async fn tick(page: &Page, name: &str, ticked: bool) -> Result<()> {
    let css = format!(".ticks input[name='{name}']");
    page.tab_to(&css).await?;
    page.key(" ").await?;
    page.wait_until(&format!(
        "document.querySelector(\"{css}\").checked === {ticked}"
    ))
    .await
}

/// Goes to the tool of that name in the list, which is at its first.
async fn choose(page: &Page, tool: &str) -> Result<()> {
    page.tab_to("dialog select").await?;
    page.key(tool).await?;
    let chosen = "document.querySelector('dialog select').selectedOptions[0].textContent";
    page.wait_until(&format!("{chosen}.startsWith('{tool}')"))
        .await
}

/// What the button to copy gives to the clipboard.
async fn copied(page: &Page) -> Result<String> {
    page.eval::<bool>(
        "(() => { navigator.clipboard.writeText = async (text) => { window.pasted = text; }; return true; })()",
    )
    .await?;
    page.tab_to(".copy-snippet").await?;
    page.key(Key::Enter).await?;
    page.wait_until(
        "document.querySelector('dialog.slides [role=status]').textContent === 'Copied.'",
    )
    .await?;
    page.eval("window.pasted").await
}

/// Opens a page that has nothing but the snippet in it, and goes into its frame.
async fn paste(page: &Page, snippet: &str) -> Result<()> {
    let html = format!("<!doctype html><meta charset='utf-8'><title>Course</title>{snippet}");
    let example = Example::of(&html)?;
    let site = serve(example.path())?;
    page.driver.goto(site.address()).await?;
    page.element("iframe").await?.enter_frame().await?;
    page.wait_until("document.querySelector('.embed') && !document.getElementById('loading')")
        .await
}

#[test]
fn a_snippet_made_by_keyboard_has_the_controls_that_were_ticked_and_the_states() -> Result<()> {
    visit("?view=coin&p=0.3", Size::DESKTOP, async |page| {
        open(page).await?;
        choose(page, "Moodle").await?;
        let usual: Vec<String> = page
            .eval("[...document.querySelectorAll('.ticks input:checked')].map(tick => tick.name)")
            .await?;
        assert!(usual.contains(&"p".to_owned()) && !usual.contains(&"seed".to_owned()));
        tick(page, "p", false).await?;
        tick(page, "seed", true).await?;
        let first = record(page).await?;
        close(page).await?;

        // Another state, made in the view: the dialog remembers what was chosen.
        page.tab_to("input[type=range]").await?;
        for _ in 0..5 {
            page.key(Key::Right).await?;
        }
        page.wait_until("location.search.includes('p=0.35')")
            .await?;
        open(page).await?;
        let second = record(page).await?;
        assert_ne!(first, second);
        let changes = page.texts(".states code").await?;
        assert_eq!(changes, ["first state", "p:0.35"]);
        // The preview goes from state to state.
        page.wait_until("document.querySelector('.walk').textContent.includes('state 2 of 2')")
            .await?;
        let shown = format!(
            "document.querySelector('dialog.slides iframe')?.contentDocument?.querySelector('.now')?.textContent === {}",
            json!(second)
        );
        page.wait_until(&shown).await?;
        let snippet = copied(page).await?;
        assert!(
            snippet.contains("controls=") && snippet.contains("fragments=p:0.35"),
            "{snippet}"
        );

        paste(page, &snippet).await?;
        assert_eq!(page.eval::<String>(NOW).await?, first);
        assert_eq!(page.count(".p-control, input[type=range]").await?, 0);
        let fields: Vec<String> = page
            .eval("[...document.querySelectorAll('.setup-fields :is(input, select)')].map(field => field.name || field.id)")
            .await?;
        assert!(
            fields.iter().any(|name| name.contains("seed")),
            "{fields:?}"
        );
        // Into the figure by Tab, past its controls, and on by a key that nothing there needs.
        page.tab_to(".figure, .figure *").await?;
        page.key(Key::PageDown).await?;
        page.wait_until(&format!("{NOW} === {}", json!(second)))
            .await?;
        page.key(Key::PageUp).await?;
        page.wait_until(&format!("{NOW} === {}", json!(first)))
            .await
    })
}

#[test]
fn a_state_can_be_taken_back_and_the_advice_speaks_of_what_there_is() -> Result<()> {
    visit("?view=tensor", Size::DESKTOP, async |page| {
        open(page).await?;
        let advice = page.text("dialog .advice").await?;
        assert!(advice.contains("starts from this state"), "{advice}");
        record(page).await?;
        // The same again is none.
        page.tab_to(".add-state").await?;
        page.key(Key::Enter).await?;
        page.wait_until(
            "document.querySelector('dialog.slides [role=status]').textContent.startsWith('Not added')",
        )
        .await?;
        close(page).await?;
        page.tab_to(".again").await?;
        page.key(Key::Enter).await?;
        open(page).await?;
        record(page).await?;
        let advice = page.text("dialog .advice").await?;
        assert!(advice.contains("starts from the first state"), "{advice}");
        assert_eq!(
            page.texts(".states code").await?,
            ["first state", "again:1"]
        );
        let snippet = copied(page).await?;
        let states = snippet.split("fragments=").nth(1).context("no states")?;
        assert!(states.starts_with("again:1&amp;"), "{snippet}");

        page.tab_to(".states li:nth-child(2) .remove-state").await?;
        page.key(Key::Enter).await?;
        page.wait_until("document.querySelectorAll('.states li').length === 1")
            .await?;
        let advice = page.text("dialog .advice").await?;
        assert!(advice.contains("starts from this state"), "{advice}");
        assert!(!copied(page).await?.contains("fragments="));
        Ok(())
    })
}
