//! The teacher's page: by keyboard to it, to a preview, and on to a figure.

use anyhow::Result;
use dropout_lab::lessons::plan::PLAN;
use e2e::{Key, Size, visit};
use serde_json::json;

#[test]
fn a_teacher_opens_the_page_a_preview_and_a_figure_by_keyboard_alone() -> Result<()> {
    visit("?v=1", Size::DESKTOP, async |page| {
        page.tab_to("nav.views a[href*='view=teachers']").await?;
        page.key(Key::Enter).await?;
        page.wait_for(".part").await?;
        assert_eq!(page.count(".part").await?, PLAN.len());
        assert_eq!(
            page.count("iframe").await?,
            0,
            "no lab before it is asked for"
        );

        let part = PLAN[2];
        page.tab_to(".part:nth-child(3) .open-preview").await?;
        page.key(Key::Enter).await?;
        let shows = "document.querySelector('.part:nth-child(3) iframe')?.contentDocument?.querySelector('.lab.embed main')";
        page.wait_until(shows).await?;
        let inside: String = page
            .eval("document.querySelector('.part iframe').contentWindow.location.search")
            .await?;
        assert_eq!(inside, format!("{}&embed=1", part.link()));
        assert_eq!(page.count("iframe").await?, 1);
        assert!(
            page.eval("document.activeElement.matches('.open-preview[aria-expanded=true]')")
                .await?
        );

        // Another takes its place, and on to that one's figure.
        page.tab_to(".part:nth-child(4) .open-preview").await?;
        page.key(Key::Enter).await?;
        page.wait_for(".part:nth-child(4) iframe").await?;
        assert_eq!(page.count("iframe").await?, 1);
        page.tab_to(".part:nth-child(5) h3 a").await?;
        page.key(Key::Enter).await?;
        page.wait_for(".view-expectation").await?;
        assert_eq!(
            page.eval::<String>("location.search").await?,
            PLAN[4].link()
        );
        page.driver.back().await?;
        page.wait_for(".part").await?;
        page.check_console().await
    })
}

#[test]
fn only_one_lab_runs_in_the_dialog_and_none_when_it_is_closed() -> Result<()> {
    visit("?view=teachers&theme=dark", Size::DESKTOP, async |page| {
        page.click(".part:nth-child(1) .open-slides").await?;
        page.wait_for("dialog[open] .preview-frame").await?;
        let pasted = page.text("dialog[open] .snippet").await?;
        assert!(pasted.contains(PLAN[0].title), "{pasted}");
        page.key(Key::Escape).await?;
        page.wait_until("!document.querySelector('iframe')").await?;
        page.check_console().await
    })
}

#[test]
fn the_plan_on_paper_has_every_address_and_its_code() -> Result<()> {
    visit("?view=teachers&theme=dark", Size::DESKTOP, async |page| {
        page.wait_for(".part").await?;
        let addresses: Vec<String> = page
            .eval("[...document.querySelectorAll('.on-paper')].map(part => part.querySelector('svg title') && part.querySelector('p').textContent)")
            .await?;
        let ends = PLAN.iter().zip(&addresses);
        assert!(
            ends.into_iter()
                .all(|(part, address)| address.ends_with(part.link()))
        );
        assert_eq!(addresses.len(), PLAN.len());
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await?;
        for (paper, width, height) in [("A4", 8.27, 11.69), ("letter", 8.5, 11.0)] {
            let print = |pages| json!({ "paperWidth": width, "paperHeight": height, "preferCSSPageSize": true, "pageRanges": pages });
            page.devtools("Page.printToPDF", print("1")).await?;
            let second = page.devtools("Page.printToPDF", print("2")).await;
            assert!(second.is_err(), "{paper} has a second page");
        }
        Ok(())
    })
}
