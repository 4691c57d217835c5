//! What can be kept of a view and opened again, by keyboard alone, in a real browser.

use anyhow::Result;
use dropout_lab::app::files::session::Session;
use dropout_lab::app::{Progress, View};
use e2e::{Key, Page, Size, visit};

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
