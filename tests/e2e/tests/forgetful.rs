//! Where the browser keeps nothing, in a sandbox or by choice, everything works; progress is gone with the page, and the
//! lessons say so once.

use anyhow::{Context, Result};
use dropout_lab::app::View;
use e2e::{Example, Key, Page, Size, browse, dist, serve, visit};
use serde_json::json;

const FORGETS: &str = "This browser keeps nothing for this page";

/// Bets on the step that is open, and sees how it comes out.
async fn bet(page: &Page) -> Result<()> {
    page.wait_for(".lesson .choice input").await?;
    page.click(".lesson .choice input").await?;
    page.click(".lesson .main-button").await?;
    page.wait_until("document.querySelector('.truth, .act:not(.computing)')")
        .await?;
    if page.count(".truth").await? == 0 {
        page.click(".lesson .main-button").await?;
    }
    page.wait_for(".truth").await?;
    Ok(())
}

/// Goes by the link to a view.
async fn go_to(page: &Page, view: View) -> Result<()> {
    page.click(&format!("nav.views a[href='{}']", view.link()))
        .await?;
    page.wait_until(&format!(
        "document.querySelector('nav.views [aria-current]')?.textContent === '{}'",
        view.label()
    ))
    .await
}

/// Two bets, of which the first brings the word that they are not kept; the lessons know both.
async fn bets_and_is_told_once(page: &Page) -> Result<()> {
    bet(page).await?;
    assert!(page.text(".lesson .memory").await?.starts_with(FORGETS));
    page.click(".lesson .main-button").await?;
    page.wait_until("new URLSearchParams(location.search).get('lesson') === '0.2'")
        .await?;
    bet(page).await?;
    assert_eq!(page.count(".lesson .memory").await?, 0, "it is said once");
    page.click(".lesson .leave").await?;
    go_to(page, View::Lessons).await?;
    assert!(page.text(".contents .memory").await?.starts_with(FORGETS));
    let first = page.text(".lesson-progress").await?;
    assert!(first.starts_with("2 of "), "{first}");
    Ok(())
}

/// Single keys can be switched off for as long as the page is open.
async fn keys_can_be_switched_off(page: &Page) -> Result<()> {
    go_to(page, View::Network).await?;
    let mode = "document.querySelector('.now').textContent";
    let before: String = page.eval(mode).await?;
    page.key("t").await?;
    page.wait_until(&format!("{mode} !== {}", json!(before)))
        .await?;
    let after: String = page.eval(mode).await?;
    page.key("?").await?;
    page.wait_until("document.querySelector('dialog.keys').open")
        .await?;
    page.click(".keys-switch input").await?;
    page.key(Key::Escape).await?;
    page.wait_until("!document.querySelector('dialog.keys').open")
        .await?;
    page.key("t").await?;
    // A key that did something would have done it by the next frames.
    page.eval::<bool>(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))",
    )
    .await?;
    assert_eq!(page.eval::<String>(mode).await?, after, "keys are off");
    Ok(())
}

/// The figure as a file.
async fn saves(page: &Page) -> Result<()> {
    page.click(".open-save").await?;
    page.click("dialog.save [data-kind='.svg']").await?;
    page.wait_until(
        "document.querySelector('dialog.save .saved').textContent.startsWith('Downloading')",
    )
    .await?;
    page.click("dialog.save .close").await
}

#[test]
fn in_a_sandbox_bets_files_and_keys_work_and_nothing_is_kept() -> Result<()> {
    let lab = serve(&dist())?;
    let html = format!(
        "<!doctype html><meta charset='utf-8'><title>Course</title>
         <iframe sandbox='allow-scripts allow-downloads' src='{}?lesson=0.1' style='width: 1200px; height: 760px'></iframe>",
        lab.address()
    );
    let example = Example::of(&html)?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.element("iframe").await?.enter_frame().await?;
        page.wait_until("!document.getElementById('loading')")
            .await?;
        let refused =
            "(() => { try { return String(localStorage); } catch ({ name }) { return name; } })()";
        assert_eq!(page.eval::<String>(refused).await?, "SecurityError");
        bets_and_is_told_once(page).await?;
        keys_can_be_switched_off(page).await?;
        saves(page).await
    })
}

/// Visits a step of a lesson in a browser where `script` was run before the page.
fn visit_after(script: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    visit("?view=lessons", Size::DESKTOP, async |page| {
        let source = json!({ "source": script });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", source)
            .await?;
        page.go("?lesson=0.1").await?;
        test(page).await
    })
}

#[test]
fn where_storage_cannot_be_reached_or_takes_nothing_all_else_works() -> Result<()> {
    for script in [
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });",
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    ] {
        visit_after(script, async |page| {
            bets_and_is_told_once(page).await.context(script)?;
            keys_can_be_switched_off(page).await?;
            saves(page).await?;
            page.go("?view=lessons").await?;
            let first = page.text(".lesson-progress").await?;
            assert!(!first.contains("done"), "{first}");
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn where_it_is_kept_nobody_says_otherwise() -> Result<()> {
    visit("?lesson=0.1", Size::DESKTOP, async |page| {
        bet(page).await?;
        assert_eq!(page.count(".lesson .memory").await?, 0);
        page.go("?view=lessons").await?;
        let said = page.text(".contents .memory").await?;
        assert_eq!(said, "What you bet is kept on this device only.");
        let first = page.text(".lesson-progress").await?;
        assert!(first.starts_with("1 of "), "{first}");
        Ok(())
    })
}
