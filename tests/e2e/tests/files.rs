//! What can be kept of a view and opened again, by keyboard alone, in a real browser.

use std::path::{Path, PathBuf};

use anyhow::Result;
use dropout_lab::app::files::session::Session;
use dropout_lab::app::{Progress, View};
use e2e::{Example, Key, Page, Size, visit};
use serde_json::json;

const OPEN: &str = "document.querySelector('dialog.save').open";

/// The file that the page hands out is read where it is made: its type, its length, its first letters.
async fn kept(page: &Page, css: &str) -> Result<(String, usize, String)> {
    page.eval::<bool>("(() => { const make = URL.createObjectURL; window.saved = null; URL.createObjectURL = blob => { blob.text().then(text => { window.saved = [blob.type, blob.size, text.slice(0, 40)]; }); return make(blob); }; return true; })()")
        .await?;
    page.press(css).await?;
    page.wait_until("window.saved !== null").await?;
    page.eval("window.saved").await
}

#[test]
fn a_figure_is_kept_by_keyboard_and_the_focus_comes_back() -> Result<()> {
    for query in ["?v=1&step=2", "?view=coin", "?view=training"] {
        visit(query, Size::DESKTOP, async |page| {
            page.press(".open-save").await?;
            page.wait_until(OPEN).await?;
            let (kind, length, begin) = kept(page, "[data-kind='.svg']").await?;
            assert_eq!(kind, "image/svg+xml");
            assert!(length > 5000 && begin.starts_with("<?xml"), "{begin}");
            for scale in [".png", "@4x.png", "-1920x1080.png"] {
                let (kind, length, begin) = kept(page, &format!("[data-kind='{scale}']")).await?;
                assert_eq!(kind, "image/png", "{scale}");
                assert!(length > 5000 && begin.contains("PNG"), "{begin}");
            }
            assert!(
                page.text("dialog .saved")
                    .await?
                    .starts_with("Downloading dropout-")
            );
            page.key(Key::Escape).await?;
            page.wait_until(&format!("!{OPEN}")).await?;
            let focus: String = page.eval("document.activeElement.className").await?;
            assert_eq!(focus, "open-save");
            Ok(())
        })?;
    }
    Ok(())
}

/// Drops a file of this text on the page.
async fn drop_on_page(page: &Page, text: &str) -> Result<()> {
    let text = serde_json::to_string(text)?;
    page.eval::<bool>(&format!(
        "(() => {{ const data = new DataTransfer(); data.items.add(new File([{text}], 'a.session.json'));
            const event = new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }});
            document.body.dispatchEvent(event); return event.defaultPrevented; }})()"
    ))
    .await
    .map(|taken| assert!(taken, "the browser would have left the page"))
}

#[test]
fn a_session_that_is_dropped_opens_and_a_broken_one_leaves_everything_as_it_is() -> Result<()> {
    visit("?view=tensor&p=0.3", Size::DESKTOP, async |page| {
        let session = Session {
            link: format!("{}&p=0.25&seed=7", View::Coin.link()),
            progress: Progress::read("0.1+ 2.3-"),
        };
        let broken = session.write().replace("p=0.25", "p=25");
        drop_on_page(page, &broken).await?;
        page.wait_until("document.querySelector('.session-outcome.refused') !== null")
            .await?;
        let said = page.text(".notices").await?;
        assert!(said.contains("p = 25 is not possible"), "{said}");
        assert_eq!(
            page.eval::<String>("location.search").await?,
            "?view=tensor&p=0.3"
        );
        drop_on_page(page, &session.write()).await?;
        page.wait_until("document.querySelector('.view-coin') !== null")
            .await?;
        let query: String = page.eval("location.search").await?;
        assert_eq!(query, session.link);
        let kept: String = page
            .eval("localStorage.getItem('dropout-lab.progress')")
            .await?;
        assert_eq!(kept, "0.1+ 2.3-");
        Ok(())
    })
}

/// Drags a file from outside the browser onto the page and lets go of it there.
async fn drag_in(page: &Page, file: &Path) -> Result<()> {
    let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": 400, "y": 300, "data": data });
        page.devtools("Input.dispatchDragEvent", event).await?;
    }
    Ok(())
}

/// A file on this machine.
fn file(folder: &Example, name: &str, text: &str) -> Result<PathBuf> {
    let file = folder.path().join(name);
    std::fs::write(&file, text)?;
    Ok(file)
}

#[test]
fn a_session_that_is_dropped_on_the_first_page_opens_in_the_whole_one() -> Result<()> {
    let folder = Example::of("")?;
    let session = Session {
        link: format!("{}&p=0.25&seed=7", View::Coin.link()),
        progress: Progress::read("0.1+ 2.3-"),
    };
    let file = file(&folder, "a.session.json", &session.write())?;
    visit("", Size::DESKTOP, async |page| {
        assert_eq!(page.count("dialog.save").await?, 0, "the first page alone");
        drag_in(page, &file).await?;
        page.wait_until("document.querySelector('.view-coin') !== null")
            .await?;
        assert_eq!(page.eval::<String>("location.search").await?, session.link);
        assert_eq!(page.count("h1").await?, 1, "one page, not two");
        let kept: String = page
            .eval("localStorage.getItem('dropout-lab.progress')")
            .await?;
        assert_eq!(kept, "0.1+ 2.3-");
        Ok(())
    })
}

#[test]
fn a_file_that_is_no_session_of_this_version_is_refused_with_a_word_on_the_first_page_too()
-> Result<()> {
    let folder = Example::of("")?;
    let session = Session {
        link: View::Coin.link(),
        progress: Progress::default(),
    };
    let other = session.write().replace("\"version\": 1", "\"version\": 2");
    for (name, text, word) in [
        (
            "other.json",
            other.as_str(),
            "This session is of version 2; this page reads version 1.",
        ),
        ("figure.svg", "<svg/>", "This file is not JSON."),
    ] {
        let file = file(&folder, name, text)?;
        visit("?v=1&p=0.3&seed=7", Size::DESKTOP, async |page| {
            let now: String = page.text("pre.output").await?;
            // On the first page, and then on the whole one.
            for _ in 0..2 {
                drag_in(page, &file).await?;
                page.wait_for(".notices .session-outcome.refused").await?;
                let said = page.text(".notices").await?;
                assert!(said.contains(word), "{said}");
                assert!(said.contains("The page stays as it was."), "{said}");
                assert_eq!(page.text("pre.output").await?, now);
                let query: String = page.eval("location.search").await?;
                assert_eq!(query, "?v=1&p=0.3&seed=7");
                page.click(".notices button").await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// The size of the picture that a button hands out, as the browser decodes it.
async fn picture(page: &Page, css: &str) -> Result<(u32, u32)> {
    page.eval::<bool>("(() => { window.make ??= URL.createObjectURL; window.decoded = null; URL.createObjectURL = blob => { createImageBitmap(blob).then(({ width, height }) => { window.decoded = [width, height]; }); return window.make(blob); }; return true; })()")
        .await?;
    page.press(css).await?;
    page.wait_until("window.decoded !== null").await?;
    page.eval("window.decoded").await
}

#[test]
fn a_picture_has_as_many_pixels_as_its_button_says() -> Result<()> {
    for query in ["?v=1&step=2", "?view=tensor", "?view=training"] {
        visit(query, Size::DESKTOP, async |page| {
            page.press(".open-save").await?;
            page.wait_until(OPEN).await?;
            let once = picture(page, "[data-kind='.png']").await?;
            let room: f64 = page
                .eval("document.querySelector('.figure').getBoundingClientRect().width")
                .await?;
            assert!(f64::from(once.0) >= room.floor(), "{once:?} of {room}");
            for (css, by) in [("[data-kind='@2x.png']", 2), ("[data-kind='@4x.png']", 4)] {
                let (width, height) = picture(page, css).await?;
                // A side that is no whole number is rounded once, not every time.
                let near = |long: u32, short: u32| long.abs_diff(short * by) <= by / 2;
                assert!(
                    near(width, once.0) && near(height, once.1),
                    "{css} {width} x {height}, once {once:?}"
                );
            }
            let slide = picture(page, "[data-kind='-1920x1080.png']").await?;
            assert_eq!(slide, (1920, 1080));
            page.key(Key::Escape).await?;

            // For PowerPoint and Keynote the same picture is where the slide is made.
            page.press(".open-slides").await?;
            page.wait_until("document.querySelector('dialog.slides').open")
                .await?;
            assert_eq!(page.count(".save-picture").await?, 0);
            page.set("dialog.slides select", "PowerPoint, Keynote")
                .await?;
            page.wait_for(".save-picture").await?;
            page.screenshot(&format!("office-{}", query.trim_start_matches('?')))
                .await?;
            assert_eq!(picture(page, ".save-picture").await?, (1920, 1080));
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_tensor_is_kept_alone_as_numpy_reads_it() -> Result<()> {
    visit("?v=1", Size::DESKTOP, async |page| {
        page.press(".open-save").await?;
        page.wait_until(OPEN).await?;
        page.screenshot("save").await?;
        let (_, length, begin) = kept(page, "[data-kind='-mask.npy']").await?;
        // A header of 128 bytes and 4 samples of 10 units in float32.
        assert_eq!(length, 128 + 160);
        assert!(begin.contains("NUMPY"), "{begin}");
        let said = page.text("dialog .saved").await?;
        assert_eq!(said, "Downloading dropout-network-p0.5-seed36-mask.npy.");
        Ok(())
    })
}
