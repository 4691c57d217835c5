//! The page arrives whole: from any link, at any size, without an error on the console.

use anyhow::Result;
use e2e::{Size, visit};

#[test]
fn the_app_takes_the_place_of_the_loading_sentence() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        assert_eq!(page.driver.title().await?, "Dropout Lab");
        assert!(page.text("#app").await?.contains("Dropout Lab"));
        assert_eq!(page.count("#loading").await?, 0);
        Ok(())
    })
}

#[test]
fn an_error_on_the_console_fails_a_test() {
    let outcome = visit("", Size::DESKTOP, async |page| {
        page.driver
            .execute("console.error('on purpose')", vec![])
            .await?;
        Ok(())
    });
    let message = outcome.map_err(|error| error.to_string());
    assert!(
        matches!(&message, Err(text) if text.contains("on purpose")),
        "{message:?}"
    );
}

#[test]
fn without_webassembly_the_page_says_what_to_do() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        let script = serde_json::json!({ "source": "delete window.WebAssembly" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        page.driver.refresh().await?;
        page.wait_for("[role=alert]").await?;
        assert!(page.text("[role=alert]").await?.contains("WebAssembly"));
        Ok(())
    })
}
