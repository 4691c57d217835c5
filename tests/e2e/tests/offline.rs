//! The single file, opened from disk with no network: every view, links, history, and PyTorch's digits.

use anyhow::Result;
use dropout_lab::app::{State, View};
use dropout_lab::notebook;
use e2e::{Firefox, Size, browse, single_file};
use serde_json::json;

/// What a page has asked a network for; a file that has everything asks for nothing.
const FETCHED: &str = "performance.getEntriesByType('resource').map(entry => entry.name)";

/// Whether a view is there: its picture, its numbers or its table of contents, and what the page is in.
const IS_THERE: &str = "!document.getElementById('loading') && document.querySelector('.lab main')?.innerText.length > 20";

/// Not a default in sight, so that only what the link says can have led to it.
const LINK: &str = "?v=1&p=0.3&seed=7&batch=3&step=2";

/// What PyTorch prints for [`LINK`].
fn printed() -> String {
    notebook::output(State::open(LINK).trace())
}

/// Adds a script that does not belong to the file.
const STRANGER: &str = "void document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))";

const PRINTED: &str = "document.querySelector('pre.output').textContent";

#[test]
fn the_single_file_shows_every_view_from_disk_without_a_network() -> Result<()> {
    browse(&single_file()?, &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        page.devtools("Network.enable", json!({})).await?;
        page.devtools("Network.emulateNetworkConditions", offline)
            .await?;
        // So it is: nothing that is not in the file could come.
        assert!(!page.eval::<bool>("navigator.onLine").await?);
        for view in View::ALL {
            page.go(&view.link()).await?;
            page.wait_until(IS_THERE).await?;
            assert_eq!(
                page.eval::<Vec<String>>(FETCHED).await?,
                [] as [String; 0],
                "{}",
                view.name()
            );
            page.check_console().await?;
        }
        Ok(())
    })
}

#[test]
fn the_single_file_keeps_its_state_in_the_link_and_in_the_history() -> Result<()> {
    browse(&single_file()?, &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.go(LINK).await?;
        assert_eq!(page.eval::<String>(PRINTED).await?, printed());
        page.click("input[value=eval]").await?;
        page.wait_until("location.search.includes('mode=eval')")
            .await?;
        page.click("nav.views a[href*='view=coin']").await?;
        page.wait_for(".view-coin").await?;
        page.driver.back().await?;
        page.wait_until("!document.querySelector('.view-coin') && document.querySelector('input[value=eval]').checked")
            .await?;
        page.driver.back().await?;
        page.wait_until("document.querySelector('input[value=train]').checked")
            .await?;
        assert_eq!(page.eval::<String>(PRINTED).await?, printed());
        Ok(())
    })
}

#[test]
fn a_browser_that_writes_no_address_still_shows_every_view() -> Result<()> {
    browse(&single_file()?, &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        let refuse = "History.prototype.pushState = History.prototype.replaceState =
            () => { throw new DOMException('refused', 'SecurityError'); }";
        page.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": refuse }),
        )
        .await?;
        page.go("?v=1&theme=dark").await?;
        for view in View::ALL.into_iter().rev() {
            let link = format!("nav.views a[href='{}']", view.link());
            page.click(&link).await?;
            page.wait_for(&format!("{link}[aria-current=page]")).await?;
            page.wait_until("document.documentElement.dataset.theme === 'dark'")
                .await?;
        }
        assert_eq!(
            page.eval::<String>("location.search").await?,
            "?v=1&theme=dark"
        );
        Ok(())
    })
}

#[test]
#[ignore = "needs Firefox: `cargo test --package e2e --test offline -- --ignored`"]
fn firefox_shows_every_view_of_the_single_file() -> Result<()> {
    let file = single_file()?;
    let mut firefox = Firefox::start()?;
    for view in View::ALL {
        firefox.go(&format!("{file}{}", view.link()))?;
        firefox.wait_until(IS_THERE)?;
        assert_eq!(
            firefox.eval::<Vec<String>>(FETCHED)?,
            [] as [String; 0],
            "{}",
            view.name()
        );
        firefox.check_console()?;
    }
    firefox.go(&format!("{file}{LINK}"))?;
    firefox.wait_until(IS_THERE)?;
    assert_eq!(firefox.eval::<String>(PRINTED)?, printed());
    firefox.eval::<()>("document.querySelector(\"nav.views a[href*='view=coin']\").click()")?;
    firefox.wait_until("document.querySelector('.view-coin')")?;
    firefox.eval::<()>("history.back()")?;
    firefox.wait_until(&format!(
        "document.querySelector('pre.output') && {PRINTED} === {}",
        json!(printed())
    ))?;
    firefox.check_console()?;

    // Nor does the policy let anything in that is not of the file.
    firefox.eval::<()>(STRANGER)?;
    let message = firefox.check_console().map_err(|error| error.to_string());
    assert!(
        matches!(&message, Err(text) if text.contains("script-src")),
        "{message:?}"
    );
    Ok(())
}
