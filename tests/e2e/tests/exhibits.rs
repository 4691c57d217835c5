//! The smaller exhibits, used as a reader uses them; what the page shows is held against what is computed here.

use anyhow::Result;
use dropout_lab::app::View;
use dropout_lab::app::exhibit::{Exhibit, Page as ExhibitState};
use dropout_lab::model::exhibits::{TensorSettings, VariantsSettings, coin, expectation};
use e2e::{Key, Page, Size, visit};

/// Fails unless the page shows what the link in its address bar describes, digit for digit.
async fn shows_its_link<E: Exhibit>(page: &Page) -> Result<ExhibitState<E>> {
    let search: String = page.eval("location.search").await?;
    let state = ExhibitState::<E>::open(&search);
    assert_eq!(
        state.notices(),
        [""; 0],
        "the page wrote a link that it can't read: {search}"
    );
    assert_eq!(page.text(".now").await?, E::now(state.trace()));
    let read = |css: &str| format!("document.querySelector('{css}').textContent");
    let script: String = page.eval(&read("pre.code")).await?;
    assert_eq!(script, state.settings().script(&state.query()));
    let output: String = page.eval(&read("pre.output")).await?;
    assert_eq!(output, E::output(state.trace()));
    Ok(state)
}

async fn link_is(page: &Page, query: &str) -> Result<()> {
    page.wait_until(&format!("location.search === '{query}'"))
        .await
}

#[test]
fn a_tensor_of_ones_goes_through_dropout() -> Result<()> {
    visit("?view=tensor", Size::DESKTOP, async |page| {
        shows_its_link::<TensorSettings>(page).await?;
        page.set("#p-slider", "0.3").await?;
        link_is(page, "?v=1&view=tensor&p=0.3").await?;
        shows_its_link::<TensorSettings>(page).await?;
        page.set("#field-preset", "arange").await?;
        page.set("#field-dropout", "rand").await?;
        page.click("button.again").await?;
        link_is(
            page,
            "?v=1&view=tensor&preset=arange&dropout=rand&p=0.3&again=1",
        )
        .await?;
        shows_its_link::<TensorSettings>(page).await?;
        page.click("input[value=eval]").await?;
        page.wait_until("location.search.includes('mode=eval')")
            .await?;
        shows_its_link::<TensorSettings>(page).await?;
        page.screenshot("tensor").await?;
        Ok(())
    })
}

#[test]
fn a_pasted_tensor_comes_back_with_its_mask_and_a_wrong_one_says_where() -> Result<()> {
    visit("?view=tensor", Size::DESKTOP, async |page| {
        page.click(".paste summary").await?;
        page.fill(
            "#paste",
            "tensor([[ 0.1984, -1.0945],\n        [-0.2061,  1.8554]], grad_fn=<MulBackward0>)",
        )
        .await?;
        page.click("button.use-paste").await?;
        page.wait_until("location.search.includes('tensor=2x2')")
            .await?;
        let state = shows_its_link::<TensorSettings>(page).await?;
        assert_eq!(
            state.trace().input.data(),
            [0.1984, -1.0945, -0.2061, 1.8554]
        );
        let before: String = page
            .eval("document.querySelector('pre.output').textContent")
            .await?;
        page.fill("#paste", "[[1, 2], [3]]").await?;
        page.click("button.use-paste").await?;
        page.wait_for(".paste-error").await?;
        assert!(
            page.text(".paste-error")
                .await?
                .starts_with("Line 1, column 12")
        );
        assert_eq!(page.value("#paste").await?, "[[1, 2], [3]]");
        assert_eq!(
            before,
            page.eval::<String>("document.querySelector('pre.output').textContent")
                .await?
        );
        Ok(())
    })
}

#[test]
fn every_layer_shows_who_shares_a_coin() -> Result<()> {
    visit("?view=variants&p=0.3", Size::DESKTOP, async |page| {
        for layer in [
            "dropout1d",
            "dropout2d",
            "locked",
            "variational",
            "dropconnect",
            "alpha",
            "functional",
        ] {
            page.set("#field-layer", layer).await?;
            page.wait_until(&format!("location.search.includes('layer={layer}')"))
                .await?;
            shows_its_link::<VariantsSettings>(page).await?;
            page.screenshot(&format!("variants-{layer}")).await?;
        }
        Ok(())
    })
}

#[test]
fn coins_are_counted_and_their_share_converges() -> Result<()> {
    visit("?view=coin", Size::DESKTOP, async |page| {
        shows_its_link::<coin::Settings>(page).await?;
        page.fill("#field-draws", "10000").await?;
        page.key(Key::Enter).await?;
        page.set("#field-coins", "bernoulli").await?;
        page.wait_until("location.search.includes('coins=bernoulli')")
            .await?;
        let state = shows_its_link::<coin::Settings>(page).await?;
        assert_eq!(state.trace().draws.len(), 10_000);
        page.screenshot("coin").await?;
        Ok(())
    })
}

#[test]
fn draws_are_held_against_eval_through_a_unit_a_sum_and_a_network() -> Result<()> {
    visit("?view=expectation&p=0.3", Size::DESKTOP, async |page| {
        for through in ["sum", "net", "unit"] {
            page.set("#field-through", through).await?;
            page.set("#field-scaling", "classic").await?;
            page.wait_until("location.search.includes('scaling=classic')")
                .await?;
            shows_its_link::<expectation::Settings>(page).await?;
            page.set("#field-scaling", "inverted").await?;
            page.wait_until("!location.search.includes('scaling')")
                .await?;
            shows_its_link::<expectation::Settings>(page).await?;
        }
        page.screenshot("expectation").await?;
        Ok(())
    })
}

#[test]
fn the_views_have_links_and_back_and_forward_walk_between_them() -> Result<()> {
    visit("?seed=5", Size::DESKTOP, async |page| {
        page.click(".views a[href*=tensor]").await?;
        link_is(page, "?v=1&view=tensor").await?;
        shows_its_link::<TensorSettings>(page).await?;
        page.click(".views a[href*=variants]").await?;
        link_is(page, "?v=1&view=variants").await?;
        shows_its_link::<VariantsSettings>(page).await?;
        page.driver.back().await?;
        page.driver.back().await?;
        page.wait_for(".rail").await?;
        link_is(page, "?seed=5").await?;
        assert_eq!(page.value("#field-seed").await?, "5");
        Ok(())
    })
}

#[test]
fn arrow_keys_walk_the_numbers_and_the_page_says_where_they_come_from() -> Result<()> {
    visit("?view=tensor", Size::DESKTOP, async |page| {
        page.eval::<serde_json::Value>("document.querySelector('.figure').focus()")
            .await?;
        page.key(Key::Right).await?;
        let first = page.text(".inspector h3").await?;
        page.key(Key::Right).await?;
        page.wait_until(&format!(
            "document.querySelector('.inspector h3').textContent !== '{first}'"
        ))
        .await?;
        page.screenshot("tensor-focus").await?;
        Ok(())
    })
}

#[test]
fn wrong_values_are_refused_and_wrong_links_open_with_a_notice() -> Result<()> {
    visit("?view=tensor&p=3&colour=red", Size::DESKTOP, async |page| {
        let notices = page.texts(".notices li p").await?;
        assert!(
            notices.iter().any(|notice| notice.contains("p = 3")),
            "{notices:?}"
        );
        assert!(
            notices.iter().any(|notice| notice.contains("colour")),
            "{notices:?}"
        );
        page.fill("#field-p", "7").await?;
        page.key(Key::Enter).await?;
        page.wait_for("#field-p[aria-invalid=true]").await?;
        assert!(page.text(".field-error").await?.contains("0 to 1"));
        Ok(())
    })
}

#[test]
fn exhibits_fit_a_phone_and_a_slide() -> Result<()> {
    for size in [Size::NARROW, Size::PHONE, Size::SLIDE, Size::DESKTOP] {
        for query in [
            "?view=tensor&preset=randn",
            "?view=variants&layer=locked&theme=dark",
            "?view=coin&draws=1000",
            "?view=expectation&through=net",
        ] {
            visit(query, size, async |page| {
                let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
                assert!(width <= size.width, "{width} > {} at {query}", size.width);
                let view = View::of(query).name();
                page.screenshot(&format!("{view}-{}x{}", size.width, size.height))
                    .await?;
                Ok(())
            })?;
        }
    }
    Ok(())
}

#[test]
fn no_picture_is_cut_off_on_a_slide() -> Result<()> {
    for (width, height) in [(480, 270), (960, 540), (1920, 1080)] {
        for view in [
            "tensor",
            "tensor&preset=arange",
            "coin",
            "expectation&through=net",
            "variants",
            "variants&layer=variational&mode=eval",
        ] {
            let query = format!("?embed=1&view={view}");
            visit(&query, Size::new(width, height, 1.0), async |page| {
                page.wait_until(
                    "document.querySelector('canvas').getBoundingClientRect().height > 50",
                )
                .await?;
                let floor: f64 = page
                    .eval("document.querySelector('canvas').getBoundingClientRect().bottom")
                    .await?;
                assert!(floor <= f64::from(height), "{query} is cut at {floor}");
                Ok(())
            })?;
        }
    }
    Ok(())
}
