//! What those get who do not see the picture: its numbers in tables that follow it, and one line that is said when
//! something has changed, once it has come to rest.

use anyhow::Result;
use dropout_lab::app::exhibit::Page as ExhibitState;
use dropout_lab::app::{State, View};
use dropout_lab::model::exhibits::coin;
use dropout_lab::words;
use e2e::{Key, Page, Size, visit};

/// The cells of the table with that caption.
async fn cells(page: &Page, caption: &str) -> Result<Vec<String>> {
    page.eval(&format!(
        "[...document.querySelectorAll('.data table')].filter((table) => table.caption.textContent === '{caption}')
            .flatMap((table) => [...table.querySelectorAll('td')].map((cell) => cell.textContent))"
    ))
    .await
}

fn masks(query: &str) -> Vec<String> {
    let state = State::open(query);
    let mask = state.trace().pass.mask.data().iter();
    mask.map(f32::to_string).collect()
}

#[test]
fn the_first_page_unfolds_its_data_table_and_it_follows_p() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.click(".data summary").await?;
        page.wait_for(".data td").await?;
        assert_eq!(cells(page, "mask [4, 10]").await?, masks(""));
        page.set("#p-slider", "0.9").await?;
        page.wait_until("location.search === '?v=1&p=0.9'").await?;
        assert_eq!(cells(page, "mask [4, 10]").await?, masks("?p=0.9"));
        assert_ne!(masks(""), masks("?p=0.9"));
        page.screenshot("data").await?;
        Ok(())
    })
}

#[test]
fn a_training_has_its_losses_in_a_table() -> Result<()> {
    visit("?view=training&steps=100", Size::DESKTOP, async |page| {
        page.click(".data summary").await?;
        page.click(".transport .full").await?;
        page.wait_until(
            "[...document.querySelectorAll('.data td')].some((cell) => cell.textContent === '100')",
        )
        .await
    })
}

/// What stands in the table's rows, and what is above its columns.
const TABLE: &str =
    "[...document.querySelectorAll('.data table')].map(table => table.innerText).join('\\n')";

#[test]
fn the_tables_of_other_views_follow_too() -> Result<()> {
    for (query, again) in [
        ("?view=tensor", ".again"),
        ("?view=coin", ".fresh"),
        ("?view=variants", ".again"),
        ("?view=expectation", ".fresh"),
    ] {
        visit(query, Size::DESKTOP, async |page| {
            page.click(".data summary").await?;
            page.wait_for(".data td").await?;
            for _ in 0..2 {
                let before: String = page.eval(TABLE).await?;
                page.click(again).await?;
                page.wait_until(&format!("{TABLE} !== {before:?}")).await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn the_tables_of_a_training_follow_what_it_learns() -> Result<()> {
    let query = "?view=training&preset=hurts&steps=40&panel=lanes&passes=3";
    visit(query, Size::DESKTOP, async |page| {
        page.click(".data summary").await?;
        page.wait_for(".data td").await?;
        let captions = page.texts(".data caption").await?;
        assert_eq!(captions.len(), 4, "{captions:?}");
        let before: String = page.eval(TABLE).await?;
        page.click(".transport .full").await?;
        page.wait_until("document.querySelector('.transport .full').ariaDisabled === 'true'")
            .await?;
        page.wait_until(&format!("{TABLE} !== {before:?}")).await
    })
}

/// Counts what is said from now on.
const LISTEN: &str = "(() => {
    window.lines = [];
    const hear = () => lines.push(document.querySelector('.said').textContent);
    new MutationObserver(hear).observe(document.querySelector('.said'), { childList: true, characterData: true, subtree: true });
    return true;
})()";

/// Drags p through forty places, a frame for each.
const DRAG: &str = "(async () => {
    const slider = document.getElementById('p-slider');
    for (let place = 1; place <= 40; place += 1) {
        slider.value = 0.2 + place / 100;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise(requestAnimationFrame);
    }
    return true;
})()";

#[test]
fn a_drag_of_p_is_said_when_it_has_come_to_rest() -> Result<()> {
    for query in ["?v=1", "?view=coin"] {
        visit(query, Size::DESKTOP, async |page| {
            page.eval::<bool>(LISTEN).await?;
            page.eval::<bool>(DRAG).await?;
            page.wait_until("lines.some((line) => line.includes('0.6'))")
                .await?;
            let lines: Vec<String> = page.eval("lines").await?;
            let query: String = page.eval("location.search").await?;
            let now = if query.contains("coin") {
                words::coin::now(ExhibitState::<coin::Settings>::open(&query).trace())
            } else {
                let state = State::open(&query);
                words::live(state.trace(), state.look().stage, state.sample())
            };
            // A machine with other work may rest in between.
            assert!(lines.len() <= 3, "{lines:?}");
            assert!(
                lines.last().is_some_and(|line| line.contains(&now)),
                "{now} in {lines:?}"
            );
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn the_number_that_the_arrow_keys_reach_is_said_with_its_reason() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.key("f").await?;
        page.key(Key::Down).await?;
        page.key(Key::Right).await?;
        let title = page.text(".inspector h3").await?;
        page.wait_until(&format!(
            "document.querySelector('.said').textContent.startsWith('{title}:')"
        ))
        .await?;
        Ok(())
    })
}

/// Everything on the page that speaks up by itself, but for errors, which interrupt.
const LIVE: &str =
    "[...document.querySelectorAll('[aria-live], [role=status], [role=log], output')]
    .filter((element) => !element.closest('dialog')).map((element) => element.className)";

#[test]
fn a_page_has_one_voice() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let lamp = "?v=1&view=variants&layer=locked&batch_first=on".to_owned();
        for query in View::ALL.map(View::link).into_iter().chain([lamp]) {
            page.go(&query).await?;
            let live: Vec<String> = page.eval(LIVE).await?;
            let lists = query.contains("lessons") || query.contains("teachers");
            let voices: &[&str] = if lists {
                &[]
            } else {
                &["visually-hidden said"]
            };
            assert_eq!(live, voices, "{query}");
        }
        // A lesson has one more, for the answer of its bet.
        page.go("?lesson=2.3").await?;
        let live: Vec<String> = page.eval(LIVE).await?;
        assert_eq!(live, ["outcome", "visually-hidden said"]);
        Ok(())
    })
}

#[test]
fn after_a_change_the_network_says_whom_it_dropped_and_who_got_no_gradient() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        assert_eq!(
            page.eval::<String>("document.querySelector('.said').textContent")
                .await?,
            ""
        );
        page.click(".again").await?;
        page.wait_until("document.querySelector('.said').textContent !== ''")
            .await?;
        let said: String = page
            .eval("document.querySelector('.said').textContent")
            .await?;
        let state = State::open(&page.eval::<String>("location.search").await?);
        let dropped: Vec<usize> = (0..10)
            .filter(|unit| !state.trace().kept(1, *unit))
            .collect();
        let units = words::units(&dropped);
        assert!(
            said.contains(&format!("Sample 2: {units} dropped; ")),
            "{said}"
        );
        assert!(said.contains("gradient."), "{said}");
        Ok(())
    })
}
