//! What is fetched first is the network view alone; the rest comes when it is asked for, and nothing is lost on the way.

use anyhow::Result;
use e2e::{Key, Page, Size, visit};

/// The WebAssembly modules fetched so far, by their names without hash.
async fn fetched(page: &Page) -> Result<Vec<String>> {
    page.eval(
        "performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.endsWith('.wasm'))
            .map(name => name.replace(/.*\\//, '').replace(/-[0-9a-f]{16}_bg\\.wasm/, ''))",
    )
    .await
}

/// Follows the link to a view by keyboard.
async fn go_to(page: &Page, view: &str) -> Result<()> {
    let link = format!("nav.views a[href$='view={view}']");
    page.eval::<bool>(&format!(
        "document.querySelector(\"{link}\").focus() ?? true"
    ))
    .await?;
    page.key(Key::Enter).await
}

const ON_COIN: &str = "document.querySelector('nav.views [aria-current]')?.textContent === 'coin'";

#[test]
fn the_network_view_needs_its_own_module_and_no_other() -> Result<()> {
    visit("?p=0.3&seed=7", Size::DESKTOP, async |page| {
        page.click("button.again").await?;
        assert_eq!(fetched(page).await?, ["network"]);
        Ok(())
    })
}

#[test]
fn every_other_view_and_a_lesson_need_the_whole_page_and_no_other() -> Result<()> {
    visit("?view=coin", Size::DESKTOP, async |page| {
        assert_eq!(fetched(page).await?, ["dropout-lab"]);
        page.go("?lesson=0.1").await?;
        assert_eq!(fetched(page).await?, ["dropout-lab"]);
        Ok(())
    })
}

#[test]
fn whoever_goes_to_another_view_and_back_finds_what_was_there() -> Result<()> {
    visit("?p=0.3&seed=7&step=2", Size::DESKTOP, async |page| {
        let (link, output) = (
            page.eval::<String>("location.search").await?,
            page.text("pre.output").await?,
        );
        go_to(page, "coin").await?;
        page.wait_until(ON_COIN).await?;
        assert_eq!(fetched(page).await?, ["network", "dropout-lab"]);
        // The focus is where it was, and there is one page, not two.
        page.wait_until("document.activeElement.matches('nav.views [aria-current]')")
            .await?;
        assert_eq!(page.count("h1").await?, 1);
        page.driver.back().await?;
        page.wait_until("!!document.querySelector('.rail')").await?;
        assert_eq!(page.eval::<String>("location.search").await?, link);
        assert_eq!(page.text("pre.output").await?, output);
        Ok(())
    })
}

#[test]
fn whoever_changes_their_mind_while_it_loads_gets_what_was_asked_for_last() -> Result<()> {
    visit("?p=0.3", Size::DESKTOP, async |page| {
        let both = "['tensor', 'coin'].forEach(view => document.querySelector(`nav.views a[href$='view=${view}']`).click()) ?? true";
        page.eval::<bool>(both).await?;
        page.wait_until(ON_COIN).await?;
        assert_eq!(page.count("h1").await?, 1, "one page, not two");
        Ok(())
    })
}

#[test]
fn back_leads_from_the_network_view_into_a_view_that_was_left() -> Result<()> {
    visit("?view=coin&seed=5", Size::DESKTOP, async |page| {
        page.go("?p=0.3").await?;
        page.eval::<bool>("history.pushState(null, '', '?view=coin&seed=5') ?? true")
            .await?;
        page.eval::<bool>("history.pushState(null, '', '?v=1&p=0.3') ?? true")
            .await?;
        page.driver.back().await?;
        page.wait_until(ON_COIN).await?;
        assert!(
            page.eval::<String>("location.search")
                .await?
                .contains("seed=5")
        );
        Ok(())
    })
}

#[test]
fn without_a_connection_the_network_view_says_so_and_works_on() -> Result<()> {
    visit("?p=0.3", Size::DESKTOP, async |page| {
        page.eval::<bool>("(window.reach = fetch, window.fetch = () => Promise.reject(new TypeError('no network')), true)")
            .await?;
        go_to(page, "coin").await?;
        page.wait_for(".notices").await?;
        assert!(
            page.text(".notices")
                .await?
                .contains("could not be fetched")
        );
        assert!(
            page.eval::<String>("location.search")
                .await?
                .contains("p=0.3")
        );
        page.click("button.again").await?;
        page.eval::<bool>("(window.fetch = window.reach, true)")
            .await?;
        go_to(page, "coin").await?;
        page.wait_until(ON_COIN).await
    })
}

#[test]
fn what_the_first_module_lacks_of_its_view_opens_at_one_press() -> Result<()> {
    visit("?p=0.3&seed=7", Size::DESKTOP, async |page| {
        let link = page.eval::<String>("location.search").await?;
        page.click(".open-slides").await?;
        page.wait_until("document.querySelector('dialog.slides')?.open")
            .await?;
        assert_eq!(page.eval::<String>("location.search").await?, link);
        assert!(page.text(".snippet").await?.contains("p=0.3"));
        page.key(Key::Escape).await?;
        page.wait_until("document.activeElement.matches('.open-slides')")
            .await
    })
}

#[test]
fn the_invitation_opens_the_first_lesson() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        page.click(".invitation .main-button").await?;
        page.wait_until("location.search.includes('lesson=0.1')")
            .await?;
        page.wait_for(".lesson").await?;
        Ok(())
    })
}
