//! Every request of every view, written down by the browser: none leaves the origin, and nothing is kept but what README
//! names.

use anyhow::Result;
use dropout_lab::app::View;
use e2e::{Page, Size, dist, evidence, recorded, serve};
use serde_json::{Value, json};

/// Fails if anything was asked of somebody else; answers what was asked of the page's own origin.
async fn all_own(page: &Page) -> Result<Vec<String>> {
    let mut own = Vec::new();
    for address in page.requests().await? {
        if let Some(own_address) = address.strip_prefix(page.address()) {
            own.push(format!("    /{own_address}"));
        } else {
            let is_here = ["data:", "blob:", "about:"]
                .iter()
                .any(|kind| address.starts_with(kind));
            assert!(is_here, "{address} was asked for");
        }
    }
    Ok(own)
}

/// Presses every button of a dialog that makes something, and closes it.
const USE_ALL: &str = "(async (open) => {
    const wait = () => new Promise(done => setTimeout(done, 300));
    const opener = document.querySelector(open);
    if (!opener) return 0;
    opener.click();
    await wait();
    const buttons = [...document.querySelectorAll('dialog[open] button, dialog[open] input[type=radio]')];
    for (const button of buttons) if (button.isConnected && !/close|×/.test(button.textContent)) { button.click(); }
    await wait();
    document.querySelector('dialog[open]')?.close();
    return buttons.length;
})";

#[test]
fn no_view_asks_anybody_else_for_anything() -> Result<()> {
    let site = serve(&dist())?;
    recorded(site.address(), async |page| {
        page.resize(Size::DESKTOP).await?;
        page.devtools("Browser.setDownloadBehavior", json!({ "behavior": "deny" }))
            .await?;
        let quiet = json!({ "source": "window.print = () => {}" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", quiet)
            .await?;
        let mut seen = Vec::new();
        for view in View::ALL {
            for link in [
                view.link(),
                format!("{}&embed=1&theme=projector", view.link()),
            ] {
                page.go(&link).await?;
                page.wait_until(
                    "!document.querySelector('.poster') && document.querySelector('#app main')",
                )
                .await?;
                for opener in [".open-save", ".open-slides"] {
                    page.eval::<usize>(&format!("{USE_ALL}('{opener}')"))
                        .await?;
                }
                let own = all_own(page).await?;
                assert!(own.len() >= 4, "{link}: only {own:?} were written down");
                seen.push(format!("{link}, with its dialogs:"));
                seen.extend(own);
            }
        }
        evidence("requests", &seen)?;
        page.check_console().await
    })
}

#[test]
fn a_request_that_leaves_the_origin_would_be_seen() -> Result<()> {
    let site = serve(&dist())?;
    recorded(site.address(), async |page| {
        page.driver
            .goto(format!("{}boot.js", page.address()))
            .await?;
        page.eval::<Value>("fetch('https://elsewhere.example/x').catch(() => null)")
            .await?;
        let asked = page.requests().await?;
        assert!(
            asked
                .iter()
                .any(|address| address == "https://elsewhere.example/x"),
            "{asked:?}"
        );
        // The console tells of it, too.
        assert!(page.check_console().await.is_err());

        // In the page it is not even sent.
        page.go("").await?;
        page.requests().await?;
        page.eval::<Value>("fetch('https://elsewhere.example/y').catch(() => null)")
            .await?;
        let asked = page.requests().await?;
        assert!(
            !asked.iter().any(|address| address.ends_with("/y")),
            "{asked:?}"
        );
        let refused = page
            .check_console()
            .await
            .map_err(|error| error.to_string());
        assert!(
            matches!(&refused, Err(text) if text.contains("connect-src")),
            "{refused:?}"
        );
        Ok(())
    })
}

#[test]
fn no_cookie_is_set_and_nothing_is_kept_but_what_readme_names() -> Result<()> {
    let site = serve(&dist())?;
    recorded(site.address(), async |page| {
        page.resize(Size::DESKTOP).await?;
        page.go("?lesson=0.1").await?;
        page.wait_for(".lesson").await?;
        // A bet: the first choice, then the main button, twice.
        page.eval::<Value>("(document.querySelector('.lesson input')?.click(), null)")
            .await?;
        for _ in 0..2 {
            page.eval::<Value>("(document.querySelector('.lesson .main-button')?.click(), null)")
                .await?;
            page.wait_until("true").await?;
        }
        page.wait_until("localStorage.length > 0").await?;
        for view in View::ALL {
            page.go(&view.link()).await?;
        }
        let readme = include_str!("../../../README.md");
        let kept: Vec<String> = page
            .eval("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
            .await?;
        assert!(
            kept.contains(&"dropout-lab.progress".to_owned()),
            "{kept:?}"
        );
        for name in kept {
            assert!(
                readme.contains(&format!("| `{name}` |")),
                "README has no {name}"
            );
        }
        let cookies = page.devtools("Network.getAllCookies", json!({})).await?;
        assert_eq!(cookies["cookies"], json!([]));
        assert_eq!(
            page.eval::<Vec<Value>>("indexedDB.databases()").await?,
            [] as [Value; 0]
        );
        Ok(())
    })
}
