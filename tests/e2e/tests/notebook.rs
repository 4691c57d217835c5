//! The notebook view, used as a reader uses it: every notebook and cell by link, notes, files, keys, sizes.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use dropout_lab::app::View;
use dropout_lab::app::exhibit::{Exhibit, Page as ExhibitState};
use dropout_lab::notebook::cells::Which;
use dropout_lab::notebook::reader::Settings;
use e2e::{Key, Page, Size, visit};
use serde_json::{Value, json};

type Reader = ExhibitState<Settings>;

/// The state that the address bar describes.
async fn state(page: &Page) -> Result<Reader> {
    let search: String = page.eval("location.search").await?;
    let state = Reader::open(&search);
    assert_eq!(state.notices(), [""; 0], "{search}");
    Ok(state)
}

/// The text of an element to the last space, whether it is in the window or not.
async fn content(page: &Page, css: &str) -> Result<String> {
    let selector = serde_json::to_string(css)?;
    page.eval(&format!(
        "(document.querySelector({selector}) ?? {{ textContent: '' }}).textContent"
    ))
    .await
}

/// Fails unless every cell on the page is the one that the link in the address bar describes.
async fn shows_its_link(page: &Page) -> Result<Reader> {
    let state = state(page).await?;
    assert_eq!(page.text(".now").await?, Settings::now(state.trace()));
    let shown: Vec<[String; 3]> = page
        .eval(
            "[...document.querySelectorAll('.cell')].map(cell => [cell.id, '.cell-code', '.cell-output']
                .map(css => css.startsWith('.') ? cell.querySelector(css)?.textContent ?? '' : css))",
        )
        .await?;
    let cells = state.trace().notebook.code();
    let expected: Vec<[String; 3]> = cells
        .map(|code| {
            [
                format!("cell-{}", code.id),
                code.code.clone(),
                code.output(),
            ]
        })
        .collect();
    assert_eq!(shown, expected);
    let script = state.settings().script(&state.query());
    assert_eq!(content(page, "pre.code").await?, script);
    let output = Settings::output(state.trace());
    assert_eq!(content(page, "pre.output").await?, output);
    Ok(state)
}

#[test]
fn every_notebook_is_one_click_away_and_prints_what_is_computed() -> Result<()> {
    visit("?view=notebook&seed=7", Size::DESKTOP, async |page| {
        for (place, which) in (1..).zip(Which::ALL) {
            page.click(&format!(".notebooks li:nth-child({place}) a"))
                .await?;
            let number = which.number();
            page.wait_until(&format!(
                "document.querySelector('.notebooks [aria-current] .number').textContent === '{number}'"
            ))
            .await?;
            let state = shows_its_link(page).await?;
            assert_eq!(state.settings().which(), which);
            assert_eq!(page.text(".notebook-title").await?, which.title());
        }
        Ok(())
    })
}

#[test]
fn every_cell_has_a_link_that_marks_it_and_brings_it_into_the_window() -> Result<()> {
    visit("?view=notebook", Size::DESKTOP, async |page| {
        for which in Which::ALL {
            let all = Reader::open(&format!("?view=notebook&notebook={}", which.number()));
            let last = all.trace().notebook.code().last().map(|code| code.id);
            for code in all.trace().notebook.code() {
                let link = all.link_with("cell", code.id);
                // The last cell is opened as a link from elsewhere, the others by a click on this page.
                if Some(code.id) == last {
                    page.go(&link).await?;
                } else {
                    page.eval::<Value>(&format!(
                        "(() => {{ const a = document.createElement('a'); a.href = '{link}'; document.body.append(a);
                            a.click(); a.remove(); }})()"
                    ))
                    .await?;
                }
                let marked = format!("#cell-{}.looked-at", code.id);
                page.wait_for(&marked).await?;
                page.wait_until(&format!(
                    "(r => r.top >= 0 && r.top < innerHeight)(document.querySelector('{marked}').getBoundingClientRect())"
                ))
                .await
                .with_context(|| format!("{which:?} {}", code.id))?;
                assert_eq!(
                    content(page, &format!("{marked} .cell-code")).await?,
                    code.code
                );
                assert_eq!(
                    content(page, &format!("{marked} .cell-output")).await?,
                    code.output()
                );
                assert_eq!(page.count(".looked-at").await?, 1);
            }
        }
        Ok(())
    })
}

#[test]
fn links_of_cells_and_notes_open_their_views_without_a_notice_and_back_returns() -> Result<()> {
    for which in Which::ALL {
        let query = format!("?view=notebook&notebook={}&p=0.3&seed=7", which.number());
        visit(&query, Size::DESKTOP, async |page| {
            page.eval::<Value>("void (window.stillTheSamePage = true)")
                .await?;
            let links: Vec<String> = page
                .eval("[...new Set([...document.querySelectorAll('.live, .slip a')].map(a => a.getAttribute('href')))]")
                .await?;
            assert!(!links.is_empty());
            for link in links {
                page.eval::<Value>(&format!(
                    "void [...document.querySelectorAll('.live, .slip a')].find(a => a.getAttribute('href') === {}).click()",
                    serde_json::to_string(&link)?
                ))
                .await?;
                let title = View::of(&link).name();
                page.wait_until(&format!(
                    "document.querySelector('.views [aria-current]')?.textContent === '{title}'"
                ))
                .await?;
                assert_eq!(page.texts(".notices li p").await?, [""; 0], "{link}");
                page.driver.back().await?;
                page.wait_for(".notebook .cell").await?;
            }
            let same: bool = page.eval("window.stillTheSamePage === true").await?;
            assert!(same, "a link loaded the page anew");
            shows_its_link(page).await?;
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn seed_p_and_what_a_notebook_has_of_its_own_run_it_anew() -> Result<()> {
    visit("?view=notebook&notebook=002", Size::DESKTOP, async |page| {
        page.fill("#field-steps", "3").await?;
        page.key(Key::Enter).await?;
        page.wait_until("location.search.includes('steps=3')")
            .await?;
        page.fill("#field-seed", "12345").await?;
        page.key(Key::Enter).await?;
        page.set("#p-slider", "0.75").await?;
        page.wait_until("location.search.includes('p=0.75')")
            .await?;
        let state = shows_its_link(page).await?;
        let steps = content(page, "#cell-train .cell-output").await?;
        assert_eq!(steps.matches("output after applying dropout").count(), 3);
        assert_eq!(state.settings().run().seed, 12345);
        page.go("?view=notebook&notebook=003").await?;
        page.set("#field-variational", "off").await?;
        page.set("#field-bernoulli", "mcg31").await?;
        page.wait_until("location.search.includes('mcg31')").await?;
        shows_its_link(page).await?;
        // Emptied, the field would hold the notebook's own p.
        page.set("#field-p", "2").await?;
        page.wait_for("#field-p[aria-invalid=true]").await?;
        shows_its_link(page).await?;
        Ok(())
    })
}

#[test]
fn a_wrong_link_opens_with_a_word_about_it() -> Result<()> {
    let query = "?view=notebook&notebook=009&cell=nowhere&steps=0";
    visit(query, Size::DESKTOP, async |page| {
        let notices = page.texts(".notices li p").await?;
        for wrong in ["notebook = 009", "cell = nowhere", "steps = 0"] {
            assert!(
                notices.iter().any(|notice| notice.contains(wrong)),
                "{notices:?}"
            );
        }
        assert_eq!(page.count(".cell").await?, 7);
        Ok(())
    })
}

/// Clicks on a download and answers with the name and the text of the file that arrives.
async fn download(page: &Page, ending: &str) -> Result<(String, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("downloads");
    let folder = folder.join(std::process::id().to_string());
    std::fs::create_dir_all(&folder)?;
    let parameters = json!({"behavior": "allow", "downloadPath": folder});
    page.devtools("Browser.setDownloadBehavior", parameters)
        .await?;
    page.press(".open-save").await?;
    page.wait_until("document.querySelector('dialog.save')?.open")
        .await?;
    page.press(&format!("[data-kind='{ending}']")).await?;
    page.key(Key::Escape).await?;
    for _ in 0..500 {
        for entry in std::fs::read_dir(&folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            // Until it is whole it has another ending.
            if name.ends_with(ending) {
                let file = folder.join(&name);
                let text = std::fs::read_to_string(&file)?;
                std::fs::remove_file(file)?;
                return Ok((name, text));
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bail!("no file that ends with {ending} has arrived")
}

#[test]
fn files_arrive_whole_and_are_named_after_what_is_in_them() -> Result<()> {
    for (query, name) in [
        (
            "?view=notebook&notebook=000&seed=9",
            "dropout-notebook-000-seed9",
        ),
        (
            "?view=tensor&seed=9&p=0.3",
            "dropout-tensor-ones-p0.3-seed9",
        ),
        ("?seed=9", "dropout-network-p0.5-seed9"),
    ] {
        visit(query, Size::DESKTOP, async |page| {
            let (script, output) = (
                content(page, "pre.code").await?,
                content(page, "pre.output").await?,
            );
            let (file, text) = download(page, ".py").await?;
            assert_eq!((file, text), (format!("{name}.py"), script.clone()));
            let (file, text) = download(page, ".ipynb").await?;
            assert_eq!(file, format!("{name}.ipynb"));
            let notebook: Value = serde_json::from_str(&text)?;
            assert_eq!(notebook["nbformat"], 4);
            let printed: String = notebook["cells"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|cell| cell["outputs"][0]["text"].as_array())
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            assert_eq!(printed, output);
            assert!(page.text("[role=status]").await.is_ok());
            assert!(
                content(page, "dialog .saved")
                    .await?
                    .starts_with("Downloading dropout-")
            );
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn cells_are_walked_by_keyboard() -> Result<()> {
    visit(
        "?view=notebook&notebook=001&cell=class",
        Size::DESKTOP,
        async |page| {
            for expected in ["model", "X", "train", "eval"] {
                page.eval::<Value>("void document.querySelector('.looked-at .next').focus()")
                    .await?;
                page.key(Key::Enter).await?;
                page.wait_for(&format!("#cell-{expected}.looked-at"))
                    .await?;
            }
            page.eval::<Value>("void document.querySelector('.looked-at .previous').focus()")
                .await?;
            page.key(Key::Enter).await?;
            page.wait_for("#cell-train.looked-at").await?;
            // Tab leads from the cell's prompt through its own links.
            page.eval::<Value>("void document.querySelector('.looked-at .prompt').focus()")
                .await?;
            page.key(Key::Tab).await?;
            let here: bool = page
                .eval("document.activeElement.matches('.looked-at .live')")
                .await?;
            assert!(here);
            state(page).await?;
            Ok(())
        },
    )
}

#[test]
fn a_notebook_fits_a_phone_a_desk_and_a_slide_in_every_theme() -> Result<()> {
    for size in [Size::NARROW, Size::PHONE, Size::SLIDE, Size::DESKTOP] {
        visit("?view=notebook", size, async |page| {
            for which in Which::ALL {
                for theme in ["bright", "dark", "projector"] {
                    let number = which.number();
                    page.go(&format!("?view=notebook&notebook={number}&theme={theme}"))
                        .await?;
                    let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
                    assert!(
                        width <= size.width,
                        "{width} > {}: {number} {theme}",
                        size.width
                    );
                    let (w, h) = (size.width, size.height);
                    page.screenshot(&format!("notebook-{number}-{theme}-{w}x{h}"))
                        .await?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_slide_shows_one_cell_that_fits_it_in_large_type() -> Result<()> {
    for (notebook, cell) in [
        ("000", "train1"),
        ("001", "train"),
        ("003", "weight_drop"),
        ("004", "weights"),
    ] {
        let query = format!("?view=notebook&notebook={notebook}&cell={cell}&embed=1");
        visit(&query, Size::SLIDE, async |page| {
            assert_eq!(page.count(".cell").await?, 1);
            let whole: bool = page
                .eval("[...document.querySelectorAll('.cell *')].every(e => e.closest('pre') !== null && e.tagName !== 'PRE' || e.getBoundingClientRect().bottom <= innerHeight)")
                .await?;
            assert!(whole, "the cell goes beyond the slide");
            let scrolls: bool = page
                .eval("document.documentElement.scrollHeight > innerHeight")
                .await?;
            assert!(!scrolls);
            let smallest: f64 = page
                .eval("Math.min(...[...document.querySelectorAll('.cell *')].map(e => parseFloat(getComputedStyle(e).fontSize)))")
                .await?;
            assert!(smallest >= 0.032 * 540.0, "{smallest} px");
            let focused: bool = page
                .eval("document.activeElement !== document.body")
                .await?;
            assert!(!focused);
            page.screenshot(&format!("notebook-slide-{notebook}-{cell}"))
                .await?;
            page.click(".next").await?;
            page.wait_until(&format!("!document.getElementById('cell-{cell}')"))
                .await?;
            assert_eq!(page.count(".cell").await?, 1);
            assert!(
                page.eval::<bool>("location.search.includes('embed=1')")
                    .await?
            );
            Ok(())
        })?;
    }
    Ok(())
}
