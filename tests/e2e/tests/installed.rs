//! The site as an app on the reader's device: the second visit needs no network, and a newer version waits for a word.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use dropout_lab::app::{State, View};
use dropout_lab::notebook;
use e2e::{Page, Size, browse, dist, serve};
use serde_json::{Value, json};

/// Not a default in sight, so that only what the link says can have led to it.
const LINK: &str = "?v=1&p=0.3&seed=7&batch=3&step=2";

/// A copy of the site that a test may change.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Result<Self> {
        let folder =
            std::env::temp_dir().join(format!("dropout-lab-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(dist()).context("is the site built?")? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
        Ok(Self(folder))
    }

    fn path(&self) -> &Path {
        &self.0
    }

    /// Publishes another version, which differs in its title.
    fn publish(&self) -> Result<()> {
        let page = self.0.join("index.html");
        let html = fs::read_to_string(&page)?;
        fs::write(
            &page,
            html.replace("<title>Dropout Lab", "<title>Newer Lab"),
        )?;
        let worker = self.0.join("worker.js");
        let script = fs::read_to_string(&worker)?;
        fs::write(
            &worker,
            script.replacen("VERSION = \"", "VERSION = \"newer", 1),
        )?;
        Ok(())
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Visits the site at `port` under the name of a host, which, unlike this machine's own address, gets a worker.
fn visit_host(port: u16, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    let origin = format!("http://lab.test:{port}");
    browse_as_secure(&format!("{origin}/"), &[&origin], test)
}

/// Browses hosts of this machine as if they were served by https.
fn browse_as_secure(
    address: &str,
    origins: &[&str],
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let secure = format!(
        "--unsafely-treat-insecure-origin-as-secure={}",
        origins.join(",")
    );
    let arguments = ["--host-resolver-rules=MAP *.test 127.0.0.1", &secure];
    browse(address, &arguments, async |page| {
        page.resize(Size::DESKTOP).await?;
        test(page).await
    })
}

/// Waits until the site is kept on this device.
async fn is_kept(page: &Page) -> Result<()> {
    page.wait_until("navigator.serviceWorker.getRegistration().then(found => found?.active?.state === 'activated')")
        .await
}

async fn shows_link(page: &Page) -> Result<()> {
    page.go(LINK).await?;
    let printed: String = page
        .eval("document.querySelector('pre.output').textContent")
        .await?;
    assert_eq!(printed, notebook::output(State::open(LINK).trace()));
    Ok(())
}

#[test]
fn the_second_visit_needs_no_network_and_an_update_waits_to_be_asked_for() -> Result<()> {
    let copy = Copy::new("installed")?;
    let site = serve(copy.path())?;
    visit_host(site.port(), async |page| {
        page.go("").await?;
        is_kept(page).await?;
        page.go(LINK).await?;
        assert_eq!(page.count("#newer").await?, 0);

        copy.publish()?;
        page.go(LINK).await?;
        page.wait_for("#newer").await?;
        page.screenshot("newer").await?;
        assert_eq!(page.driver.title().await?, "Dropout Lab");
        page.click("#newer button:last-of-type").await?;
        assert_eq!(page.count("#newer").await?, 0);
        page.go(&format!("{LINK}&lang=de")).await?;
        page.wait_for("#newer").await?;
        let said = page.text("#newer").await?;
        assert_eq!(
            said,
            "Eine neuere Version ist bereit. Neu laden nicht jetzt"
        );
        page.go(LINK).await?;
        page.wait_for("#newer").await?;
        page.click("#newer button").await?;
        page.wait_until("document.title === 'Newer Lab' && !document.getElementById('loading')")
            .await?;
        assert_eq!(page.eval::<String>("location.search").await?, LINK);
        assert_eq!(
            page.eval::<usize>("caches.keys().then(keys => keys.length)")
                .await?,
            1
        );

        drop(site);
        for _ in 0..2 {
            shows_link(page).await?;
            assert_eq!(page.driver.title().await?, "Newer Lab");
        }
        Ok(())
    })
}

#[test]
fn a_plain_second_visit_has_every_view_and_language_without_a_network() -> Result<()> {
    let site = serve(&dist())?;
    visit_host(site.port(), async |page| {
        page.go("").await?;
        is_kept(page).await?;
        drop(site);
        page.go("").await?;
        assert_eq!(page.count("dialog.save").await?, 0, "the first page alone");
        page.click("nav.views a[href$='view=coin']").await?;
        page.wait_for(".view-coin").await?;
        for view in View::ALL {
            page.go(&view.link()).await?;
            let here = "document.querySelector('nav.views [aria-current]').textContent";
            assert_eq!(page.eval::<String>(here).await?, view.label());
        }
        for (language, share) in [
            ("de", "Link kopieren"),
            ("es", "copiar enlace"),
            ("zh", "复制链接"),
        ] {
            for view in ["", "&view=coin"] {
                page.go(&format!("?v=1&lang={language}{view}")).await?;
                assert_eq!(page.text(".share").await?, share, "{language} {view}");
            }
        }
        // The single file is for disks, not for the browser to keep twice.
        let kept: Vec<String> = page
            .eval("caches.keys().then(([name]) => caches.open(name)).then(cache => cache.keys()).then(all => all.map(({ url }) => url))")
            .await?;
        let is_single = |url: &String| url.ends_with("dropout-lab.html");
        assert!(kept.len() > 10 && !kept.iter().any(is_single), "{kept:?}");
        Ok(())
    })
}

#[test]
fn a_browser_offers_to_install_it() -> Result<()> {
    let site = serve(&dist())?;
    visit_host(site.port(), async |page| {
        page.go("").await?;
        let manifest = page.devtools("Page.getAppManifest", json!({})).await?;
        assert_eq!(manifest["errors"], json!([]));
        is_kept(page).await?;
        let errors = page
            .devtools("Page.getInstallabilityErrors", json!({}))
            .await?;
        let errors = errors["installabilityErrors"].as_array().cloned();
        // The window of a test is a private one, in which no app is installed.
        let own: Vec<Value> = errors.unwrap_or_default();
        let own: Vec<&Value> = own
            .iter()
            .filter(|error| error["errorId"] != "in-incognito")
            .collect();
        assert!(own.is_empty(), "{own:?}");
        Ok(())
    })
}

/// How many workers the page in sight has.
const WORKERS: &str = "navigator.serviceWorker.getRegistrations().then(found => found.length)";

#[test]
fn neither_a_frame_of_another_page_nor_a_developers_machine_gets_a_worker() -> Result<()> {
    let around = Copy::new("around")?;
    let site = serve(&dist())?;
    let lab = format!("http://lab.test:{}", site.port());
    let frame =
        format!("<!doctype html><title>Around</title><iframe src=\"{lab}/?v=1&embed=1\"></iframe>");
    fs::write(around.path().join("index.html"), frame)?;
    let outside = serve(around.path())?;
    let outside = format!("http://around.test:{}", outside.port());
    browse_as_secure(&format!("{outside}/"), &[&lab, &outside], async |page| {
        page.driver.goto(format!("{outside}/")).await?;
        page.element("iframe").await?.enter_frame().await?;
        has_no_worker(page).await
    })?;
    browse(site.address(), &[], async |page| {
        page.go("").await?;
        has_no_worker(page).await
    })
}

async fn has_no_worker(page: &Page) -> Result<()> {
    page.wait_until("!document.getElementById('loading') && document.readyState === 'complete'")
        .await?;
    assert!(page.eval::<bool>("isSecureContext").await?);
    // Long enough for one that is registered after everything else.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(page.eval::<usize>(WORKERS).await?, 0);
    Ok(())
}
