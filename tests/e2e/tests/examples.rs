//! The examples for a notebook and for an article, opened as their readers see them.

use anyhow::{Context, Result};
use dropout_lab::app::State;
use dropout_lab::words;
use e2e::{Example, Page, Size, browse, dist, serve};
use serde_json::Value;

/// Opens `page`, built from the lab's address, and goes into its frame.
fn visit_frame(
    page: impl FnOnce(&str) -> Result<Example>,
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let lab = serve(&dist())?;
    let example = page(lab.address())?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.element("iframe").await?.enter_frame().await?;
        page.wait_until("document.querySelector('.embed') && !document.getElementById('loading')")
            .await?;
        test(page).await
    })
}

#[test]
fn an_article_of_quarto_shows_the_network() -> Result<()> {
    let open = |lab: &str| Example::new("article.html", lab);
    visit_frame(open, async |page| {
        let state = State::open("?v=1&p=0.3&seed=7&embed=1");
        let now = words::now(state.trace(), state.look().stage, state.sample());
        assert_eq!(page.text(".now").await?, now);
        Ok(())
    })
}

#[test]
fn the_output_of_a_notebook_shows_the_coins() -> Result<()> {
    let open = |lab: &str| {
        let notebook = Example::new("notebook.ipynb", lab)?;
        let text = std::fs::read_to_string(notebook.path().join("index.html"))?;
        let notebook: Value = serde_json::from_str(&text)?;
        assert_eq!(
            (&notebook["nbformat"], &notebook["nbformat_minor"]),
            (&4.into(), &5.into())
        );
        let cell = &notebook["cells"][1];
        let lines = |value: &Value| match value {
            Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
            value => value.as_str().unwrap_or_default().to_owned(),
        };
        // What IPython writes for the cell's own address.
        let html = lines(&cell["outputs"][0]["data"]["text/html"]);
        let source: String = lines(&cell["source"]);
        let address = source.split('"').nth(1).context("no address in the cell")?;
        let address = address.replace('&', "&amp;");
        assert!(html.contains(&format!("src=\"{address}\"")), "{html}");
        Example::of(&html)
    };
    visit_frame(open, async |page| {
        page.wait_for(".view-coin").await?;
        assert!(
            page.eval::<bool>("location.search.includes('seed=7')")
                .await?
        );
        Ok(())
    })
}
