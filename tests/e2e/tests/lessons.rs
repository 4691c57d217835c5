//! The lessons, taken as a newcomer takes them; every answer on the screen is held against the one computed here.

use anyhow::{Context, Result};
use dropout_lab::lessons::{Bet, Place};
use e2e::{Key, Page, Size, visit};

/// What the page writes of a text in which code stands between backquotes.
fn written(text: &str) -> String {
    text.replace('`', "")
}

/// Waits for the step at `place` with its task focused.
async fn stands_at(page: &Page, place: Place) -> Result<()> {
    page.wait_until(&format!(
        "new URLSearchParams(location.search).get('lesson') === '{place}' && document.activeElement.matches('.task')"
    ))
    .await
    .with_context(|| format!("step {place}"))
}

/// Places a bet by keyboard: the second choice, or a number from within the scale.
async fn bet(page: &Page, place: Place) -> Result<()> {
    page.key(Key::Tab).await?;
    match place.step().bet {
        Bet::Choice(_) => {
            page.key(" ").await?;
            page.key(Key::Down).await?;
        }
        Bet::Number(scale) | Bet::Marker(scale) => {
            let third = scale.low + (scale.high - scale.low) / 3.0;
            page.key(format!("{third:.2}")).await?;
        }
    }
    page.key(Key::Enter).await
}

/// Fails unless the page gives the answer that is computed here.
async fn tells_the_truth(page: &Page, place: Place) -> Result<()> {
    page.wait_for(".truth")
        .await
        .with_context(|| format!("step {place}"))?;
    let step = place.step();
    let truth = (step.truth)(step.after);
    let told = page.text(".truth").await?;
    assert!(told.contains(&written(&truth.says)), "{place}: {told}");
    let why = page.text(".why").await?;
    assert!(why.contains(&written(step.why)), "{place}: {why}");
    Ok(())
}

#[test]
fn a_newcomer_walks_through_all_lessons_by_keyboard_alone() -> Result<()> {
    visit("?view=lessons", Size::DESKTOP, async |page| {
        page.tab_to(".lessons a").await?;
        page.key(Key::Enter).await?;
        for place in Place::all() {
            stands_at(page, place).await?;
            let last = place.step_number() == place.lesson().steps.len();
            if place.step_number() == 1 {
                page.screenshot(&format!("lesson-{place}")).await?;
            }
            assert_eq!(page.count(".notices li").await?, 0, "{place}");
            bet(page, place).await?;
            page.wait_until("document.querySelector('.truth, .act:not(.computing)')")
                .await
                .with_context(|| format!("step {place}"))?;
            if page.count(".truth").await? == 0 {
                assert_eq!(page.text(".act").await?, written(place.step().act));
                page.key(Key::Enter).await?;
            }
            tells_the_truth(page, place).await?;
            if last {
                page.screenshot(&format!("lesson-{place}-answer")).await?;
            }
            page.key(Key::Enter).await?;
        }
        page.wait_for(".contents").await?;
        let done = page.texts(".lesson-progress").await?;
        assert!(done.iter().all(|text| text.contains("done")), "{done:?}");
        Ok(())
    })
}

#[test]
fn a_bet_is_settled_by_what_the_learner_does_in_the_view() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.click(".invitation .main-button").await?;
        stands_at(page, Place::FIRST).await?;
        page.click(".choice input").await?;
        page.click(".go button").await?;
        page.wait_for(".act").await?;
        page.click("button.again").await?;
        tells_the_truth(page, Place::FIRST).await?;
        assert!(page.text(".truth").await?.starts_with("Not so."));

        page.go("?lesson=0.3").await?;
        page.wait_until("location.search.includes('view=tensor')")
            .await?;
        page.click(".choice:nth-of-type(2) input").await?;
        page.click(".go button").await?;
        page.wait_for(".act").await?;
        page.set("#p-slider", "0.8").await?;
        let factor = Place::new(0, 3).context("there is a third step")?;
        tells_the_truth(page, factor).await?;
        assert!(page.text(".truth").await?.starts_with("As you bet."));
        Ok(())
    })
}

#[test]
fn the_marker_moves_by_arrow_keys_and_gives_nothing_away_before() -> Result<()> {
    visit("?lesson=0.4", Size::DESKTOP, async |page| {
        page.wait_for("#marker").await?;
        assert!(page.text(".now").await?.starts_with("Place your bet"));
        assert_eq!(page.count("pre.output").await?, 0);
        page.tab_to("#marker").await?;
        for _ in 0..300 {
            page.key(Key::Left).await?;
        }
        let moved: f64 = page.value("#bet").await?.parse()?;
        assert!(moved < 0.0, "{moved}");
        page.click(".go button").await?;
        page.click(".go button").await?;
        page.wait_for(".marker-answer").await?;
        assert_eq!(page.count("#marker[disabled]").await?, 1);
        assert_eq!(page.count("pre.output").await?, 1);
        Ok(())
    })
}

#[test]
fn an_empty_or_absurd_bet_is_named_and_kept() -> Result<()> {
    visit("?lesson=0.1", Size::PHONE, async |page| {
        page.click(".go button").await?;
        assert!(
            page.text(".bet-error")
                .await?
                .starts_with("Place a bet first")
        );
        page.click(".choice input").await?;
        assert_eq!(page.count(".bet-error").await?, 0);
        page.go("?lesson=0.4").await?;
        page.fill("#bet", "a lot").await?;
        page.click(".go button").await?;
        let error = page.text(".bet-error").await?;
        assert!(
            error.contains("a lot") && error.contains("numbers from"),
            "{error}"
        );
        assert_eq!(page.value("#bet").await?, "a lot");
        Ok(())
    })
}

#[test]
fn a_link_to_a_step_that_is_not_there_opens_its_view_and_says_so() -> Result<()> {
    for view in ["?v=1&p=0.3", "?view=coin&p=0.3"] {
        visit(
            &format!("{view}&lesson=77.1"),
            Size::DESKTOP,
            async |page| {
                assert_eq!(page.count(".lesson").await?, 0);
                let notice = page.text(".notices li").await?;
                assert!(
                    notice.contains("77.1") && notice.contains("lessons 0 to"),
                    "{notice}"
                );
                assert_eq!(page.value("#field-p").await?, "0.3");
                Ok(())
            },
        )?;
    }
    Ok(())
}

#[test]
fn progress_is_kept_on_the_device_and_can_be_forgotten() -> Result<()> {
    visit("?lesson=0.2", Size::DESKTOP, async |page| {
        page.click(".choice:nth-of-type(2) input").await?;
        page.click(".go button").await?;
        page.click(".go button").await?;
        page.wait_for(".truth").await?;
        page.go("?view=lessons").await?;
        assert_eq!(
            page.text(".lesson-progress").await?,
            "1 of 4 done, 1 bet right"
        );
        page.go("").await?;
        assert_eq!(page.count(".invitation").await?, 0);
        page.go("?view=lessons").await?;
        page.click("button.forget").await?;
        page.wait_until("!document.querySelector('.lesson-progress').textContent.includes('done')")
            .await?;
        page.go("").await?;
        assert_eq!(page.count(".invitation").await?, 1);
        Ok(())
    })
}

#[test]
fn the_way_back_leads_to_the_step_before_and_a_lesson_can_be_left() -> Result<()> {
    visit("?lesson=0.1", Size::DESKTOP, async |page| {
        page.click(".step-dot[aria-label='Step 3']").await?;
        page.wait_until("location.search.includes('view=tensor')")
            .await?;
        page.driver.back().await?;
        page.wait_until("location.search.includes('lesson=0.1')")
            .await?;
        assert_eq!(page.text(".step-dot[aria-current]").await?, "1");
        page.set("#p-slider", "0.3").await?;
        page.wait_until("location.search.includes('p=0.3')").await?;
        assert!(
            page.eval::<bool>("location.search.includes('lesson=0.1')")
                .await?
        );
        page.click("button.leave").await?;
        page.wait_until("!document.querySelector('.lesson')")
            .await?;
        assert_eq!(page.value("#field-p").await?, "0.3");
        assert!(
            !page
                .eval::<bool>("location.search.includes('lesson')")
                .await?
        );
        Ok(())
    })
}

#[test]
fn no_lesson_makes_a_phone_scroll_sideways_and_an_embedded_page_has_none() -> Result<()> {
    visit("?lesson=0.1", Size::PHONE, async |page| {
        for place in Place::all() {
            page.go(&format!("?lesson={place}")).await?;
            page.wait_for(".lesson").await?;
            if matches!(place.step().bet, Bet::Marker(_)) {
                page.wait_for("#marker").await?;
            }
            let wide: bool = page
                .eval("document.documentElement.scrollWidth > innerWidth")
                .await?;
            assert!(!wide, "{place}");
            if place.step_number() == 1 {
                page.screenshot(&format!("lesson-{place}-phone")).await?;
            }
        }
        page.go("?embed=1&lesson=0.1").await?;
        assert_eq!(page.count(".lesson").await?, 0);
        Ok(())
    })
}
