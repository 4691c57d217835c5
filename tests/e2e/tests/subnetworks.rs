//! The subnetworks view, used as a reader uses it: p moved, a mask picked, and followed into the network.

use anyhow::Result;
use dropout_lab::app::exhibit::{Exhibit, Page as ExhibitState};
use dropout_lab::app::{Link, View};
use dropout_lab::model::Experiment;
use dropout_lab::model::exhibits::subnetworks::{Settings, Target};
use dropout_lab::words;
use e2e::{Key, Page, Size, visit};

/// Fails unless the page shows what its link describes, digit for digit.
async fn shows_its_link(page: &Page) -> Result<ExhibitState<Settings>> {
    let search: String = page.eval("location.search").await?;
    let state = ExhibitState::<Settings>::open(&search);
    assert_eq!(state.notices(), [""; 0], "{search}");
    assert_eq!(page.text(".now").await?, Settings::now(state.trace()));
    let output: String = page
        .eval("document.querySelector('pre.output').textContent")
        .await?;
    assert_eq!(output, Settings::output(state.trace()));
    Ok(state)
}

#[test]
fn all_of_it_follows_p_and_the_order_of_the_layers() -> Result<()> {
    visit("?view=subnetworks", Size::DESKTOP, async |page| {
        shows_its_link(page).await?;
        page.set("#p-slider", "0.8").await?;
        page.wait_until("location.search.includes('p=0.8')").await?;
        shows_its_link(page).await?;
        for placement in ["before_sigmoid", "relu_on_output", "before_relu"] {
            page.set("#field-placement", placement).await?;
            page.wait_until(&format!("location.search.includes('{placement}')"))
                .await?;
            shows_its_link(page).await?;
            page.screenshot(&format!("subnetworks-{placement}")).await?;
        }
        Ok(())
    })
}

#[test]
fn a_mask_that_was_picked_is_followed_into_the_network_without_a_reload() -> Result<()> {
    let query = "?view=subnetworks&hidden=6&theme=dark";
    visit(query, Size::DESKTOP, async |page| {
        page.eval::<serde_json::Value>("void (window.stayed = true)")
            .await?;
        page.eval::<serde_json::Value>("document.querySelector('.figure').focus()")
            .await?;
        // The first key looks at the mask of the next call, the second leaves it for another one.
        for key in [Key::Right, Key::Right, Key::Enter] {
            page.key(key).await?;
        }
        page.wait_until("location.search.includes('mask=')").await?;
        let state = shows_its_link(page).await?;
        let chosen = state.trace().chosen;
        let explained = words::subnetworks::explain(state.trace(), Target::Mask(chosen));
        assert_eq!(page.text(".inspector h3").await?, explained.title);
        page.click(".elsewhere a").await?;
        page.wait_for(".rail").await?;
        let search: String = page.eval("location.search").await?;
        let (link, problems) = Link::parse(&search);
        assert_eq!((View::of(&search), problems), (View::Network, Vec::new()));
        let mut experiment = Experiment::new(&link.settings);
        experiment.seek(&link.settings);
        let trace = experiment.trace();
        let sample = state.settings().sample();
        let kept: Vec<bool> = (0..6).map(|unit| trace.kept(sample, unit)).collect();
        assert_eq!(kept, state.trace().mask(chosen));
        let stayed: bool = page.eval("window.stayed === true").await?;
        assert!(stayed && search.contains("theme=dark"), "{search}");
        page.driver.back().await?;
        page.wait_until("location.search.includes('mask=')").await?;
        shows_its_link(page).await?;
        Ok(())
    })
}

#[test]
fn a_mask_can_be_typed_and_one_that_does_not_fit_is_refused() -> Result<()> {
    visit("?view=subnetworks&p=0.1", Size::DESKTOP, async |page| {
        page.fill("#field-mask", "0000000000").await?;
        page.key(Key::Enter).await?;
        page.wait_until("location.search.includes('mask=0000000000')")
            .await?;
        // Once in 10^10 calls.
        assert_eq!(page.count(".elsewhere").await?, 0);
        let reason = page.text(".inspector .reason").await?;
        assert!(reason.starts_with("None of the first"), "{reason}");
        page.fill("#field-mask", "101").await?;
        page.key(Key::Enter).await?;
        page.wait_for("#field-mask[aria-invalid=true]").await?;
        Ok(())
    })
}

#[test]
fn it_fits_a_phone_and_a_slide() -> Result<()> {
    for size in [Size::NARROW, Size::PHONE, Size::SLIDE, Size::DESKTOP] {
        for query in ["?view=subnetworks", "?view=subnetworks&embed=1&p=0.7"] {
            visit(query, size, async |page| {
                let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
                assert!(width <= size.width, "{width} > {} at {query}", size.width);
                let embed = if query.contains("embed") {
                    "-embed"
                } else {
                    ""
                };
                let name = format!("subnetworks{embed}-{}x{}", size.width, size.height);
                page.screenshot(&name).await?;
                if !embed.is_empty() && size.width == Size::SLIDE.width {
                    let floor: f64 = page
                        .eval("document.querySelector('canvas').getBoundingClientRect().bottom")
                        .await?;
                    assert!(floor <= f64::from(size.height), "cut at {floor}");
                }
                Ok(())
            })?;
        }
    }
    Ok(())
}
