//! The gradients view, used as a reader uses it: formulas, numbers and explanations that point at each other.

use anyhow::Result;
use dropout_lab::app::exhibit::{Exhibit, Page as ExhibitState};
use dropout_lab::model::exhibits::gradients::Settings;
use dropout_lab::words::gradients::{self as words, Symbol};
use e2e::{Key, Page, Size, visit};

/// Fails unless the page shows what the link in its address bar describes, digit for digit.
async fn shows_its_link(page: &Page) -> Result<ExhibitState<Settings>> {
    let search: String = page.eval("location.search").await?;
    let state = ExhibitState::<Settings>::open(&search);
    assert_eq!(state.notices(), [""; 0], "{search}");
    let (trace, place) = (state.trace(), state.settings().place());
    assert_eq!(
        page.text(".now").await?,
        Settings::now(trace).replace('\u{a0}', " ")
    );
    let term = trace.term(place.sample);
    let mut numbers: Vec<String> = words::factors(&term).map(|(_, number)| number).to_vec();
    numbers.push(words::contribution(&term));
    assert_eq!(page.texts(".factors .value").await?, numbers);
    let shares = page.texts(".coins td.share").await?;
    assert_eq!(shares.last(), Some(&words::gradient_at(&trace.step, place)));
    let read = |css: &str| format!("document.querySelector('{css}').textContent");
    let script: String = page.eval(&read("pre.code")).await?;
    assert_eq!(script, state.settings().script(&state.query()));
    let output: String = page.eval(&read("pre.output")).await?;
    assert_eq!(output, Settings::output(trace));
    Ok(state)
}

/// Waits until every element that stands for `symbol`, and no other, is marked.
async fn marked(page: &Page, symbol: Symbol) -> Result<()> {
    let key = symbol.key();
    page.wait_until(&format!(
        "document.querySelectorAll('.linked.on').length > 0 && \
         [...document.querySelectorAll('[data-symbol]')].every(e => e.classList.contains('on') === (e.dataset.symbol === '{key}'))"
    ))
    .await
}

/// What the story says of `symbol` in the state that the link describes.
fn explained(state: &ExhibitState<Settings>, symbol: Symbol) -> String {
    let trace = state.trace();
    words::explain(&trace.step, trace.settings.place(), symbol).title
}

#[test]
fn formulas_are_mathml_that_the_browser_lays_out() -> Result<()> {
    visit("?view=gradients", Size::DESKTOP, async |page| {
        shows_its_link(page).await?;
        let elements: u32 = page
            .eval("document.querySelectorAll('math, math *').length")
            .await?;
        assert!(elements > 100, "{elements}");
        let foreign: u32 = page
            .eval(
                "[...document.querySelectorAll('math, math *')]
                    .filter(e => e.namespaceURI !== 'http://www.w3.org/1998/Math/MathML').length",
            )
            .await?;
        assert_eq!(foreign, 0);
        // A numerator stands above its denominator, and a formula has a height.
        let stacked: bool = page
            .eval(
                "[...document.querySelectorAll('mfrac')].every(e => {
                    const [above, below] = [...e.children].map(c => c.getBoundingClientRect());
                    return above.height > 0 && above.bottom <= below.top + 2;
                })",
            )
            .await?;
        assert!(stacked);
        let texts: Vec<String> = page
            .eval("[...document.querySelectorAll('math[alttext]')].map(e => e.getAttribute('alttext'))")
            .await?;
        let mut formulas: Vec<_> = words::steps().map(|step| step.text).to_vec();
        formulas.push(words::gradient().text);
        assert_eq!(texts, formulas);
        page.screenshot("gradients").await?;
        Ok(())
    })
}

#[test]
fn tab_walks_the_factors_and_each_marks_its_symbol_and_is_explained() -> Result<()> {
    visit("?view=gradients", Size::DESKTOP, async |page| {
        let state = shows_its_link(page).await?;
        page.eval::<serde_json::Value>("document.querySelector('.factor').focus()")
            .await?;
        for (k, (symbol, number)) in words::factors(&state.trace().term(1))
            .into_iter()
            .enumerate()
        {
            if k > 0 {
                page.key(Key::Tab).await?;
            }
            marked(page, symbol).await?;
            assert_eq!(page.text(".inspector h3").await?, explained(&state, symbol));
            let name: String = page
                .eval("document.activeElement.querySelector('.visually-hidden').textContent")
                .await?;
            assert_eq!(name, words::spoken(symbol, &number));
            assert_eq!(name.contains("left out in the notebook"), symbol.is_added());
        }
        page.screenshot("gradients-focus").await?;
        page.key(Key::Tab).await?;
        let share = words::share(&state.trace().step, state.settings().place()).title;
        page.wait_until(&format!(
            "document.querySelector('.inspector h3').textContent === '{share}'"
        ))
        .await?;
        // The grid of masks, then the sum and what it is.
        page.key(Key::Tab).await?;
        for symbol in [Symbol::Sum, Symbol::Gradient] {
            page.key(Key::Tab).await?;
            marked(page, symbol).await?;
            assert_eq!(page.text(".inspector h3").await?, explained(&state, symbol));
        }
        Ok(())
    })
}

#[test]
fn pointing_at_a_symbol_of_any_formula_marks_its_number_and_the_other_way_round() -> Result<()> {
    visit("?view=gradients", Size::DESKTOP, async |page| {
        let state = shows_its_link(page).await?;
        for symbol in Symbol::ALL {
            page.click(&format!(".wall [data-symbol={}]", symbol.key()))
                .await?;
            marked(page, symbol).await?;
            assert_eq!(page.text(".inspector h3").await?, explained(&state, symbol));
        }
        page.click(".chain [data-symbol=gate]").await?;
        marked(page, Symbol::Gate).await?;
        page.click(".factor[data-symbol=weight]").await?;
        marked(page, Symbol::Weight).await?;
        // Not by colour alone.
        let line: String = page
            .eval("getComputedStyle(document.querySelector('.wall .on')).boxShadow")
            .await?;
        assert_ne!(line, "none");
        Ok(())
    })
}

#[test]
fn the_grid_chooses_sample_and_unit_by_pointer_and_by_arrow_keys() -> Result<()> {
    visit("?view=gradients", Size::DESKTOP, async |page| {
        page.click("#coin-2-8").await?;
        page.wait_until("location.search === '?v=1&view=gradients&sample=3&unit=9'")
            .await?;
        shows_its_link(page).await?;
        page.eval::<serde_json::Value>("document.querySelector('[role=grid]').focus()")
            .await?;
        for key in [Key::Up, Key::Up, Key::Up, Key::Left] {
            page.key(key).await?;
        }
        page.wait_until("location.search === '?v=1&view=gradients&sample=1&unit=8'")
            .await?;
        shows_its_link(page).await?;
        let active: String = page
            .eval("document.querySelector('[role=grid]').getAttribute('aria-activedescendant')")
            .await?;
        assert_eq!(active, "coin-0-7");
        let chosen: String = page
            .eval("document.querySelector('[aria-selected=true]').id")
            .await?;
        assert_eq!(chosen, active);
        Ok(())
    })
}

#[test]
fn settings_of_the_network_and_of_the_story_are_in_the_link() -> Result<()> {
    visit("?view=gradients", Size::DESKTOP, async |page| {
        page.click(".setup summary").await?;
        page.fill("#field-batch", "15").await?;
        page.key(Key::Enter).await?;
        page.fill("#field-story_momentum", "0").await?;
        page.key(Key::Enter).await?;
        page.click("button.again").await?;
        page.wait_until(
            "location.search === '?v=1&view=gradients&batch=15&again=0%3A1&story_momentum=0'",
        )
        .await?;
        let state = shows_its_link(page).await?;
        let told = page.texts(".momentum li").await?;
        assert_eq!(told, words::momentum(state.settings().story()));
        page.fill("#field-sample", "16").await?;
        page.key(Key::Enter).await?;
        page.wait_for("#field-sample[aria-invalid=true]").await?;
        assert!(
            page.text(".field-error")
                .await?
                .contains("samples of the batch, from 1")
        );
        Ok(())
    })
}

#[test]
fn the_derivation_fits_a_phone_and_a_slide() -> Result<()> {
    for (size, query) in [
        (Size::NARROW, "?view=gradients&batch=15&hidden=32"),
        (Size::PHONE, "?view=gradients"),
        (Size::SLIDE, "?view=gradients&embed=1"),
        (Size::DESKTOP, "?view=gradients&theme=projector"),
        (Size::DESKTOP, "?view=gradients&theme=dark&mode=eval"),
    ] {
        visit(query, size, async |page| {
            let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
            assert!(width <= size.width, "{width} > {} at {query}", size.width);
            if query.contains("embed") {
                let height: u32 = page.eval("document.documentElement.scrollHeight").await?;
                assert!(height <= size.height, "{height} > {}", size.height);
                let lowest: f64 = page
                    .eval("document.querySelector('.factors').getBoundingClientRect().bottom")
                    .await?;
                assert!(lowest <= f64::from(size.height), "{lowest}");
                let smallest: f64 = page
                    .eval(
                        "Math.min(...[...document.querySelectorAll('.derivation *')]
                            .filter(e => e.children.length === 0 && e.getClientRects().length && !e.closest('math'))
                            .map(e => parseFloat(getComputedStyle(e).fontSize)))",
                    )
                    .await?;
                assert!(smallest >= 0.032 * f64::from(size.height), "{smallest}");
            }
            page.screenshot(&format!("gradients-{}x{}", size.width, size.height))
                .await?;
            Ok(())
        })?;
    }
    Ok(())
}
