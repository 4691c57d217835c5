//! The network view, used as a reader uses it; every number on the page is held against the trace computed here.

use anyhow::Result;
use dropout_lab::app::State;
use dropout_lab::model::Target;
use dropout_lab::{notebook, words};
use e2e::{Key, Page, Size, visit};
use serde_json::Value;

/// Fails unless the page shows what the link in its address bar describes, digit for digit.
async fn shows_its_link(page: &Page) -> Result<State> {
    let search: String = page.eval("location.search").await?;
    let state = State::open(&search);
    assert_eq!(
        state.notices(),
        [] as [String; 0],
        "the page wrote a link that it can't read: {search}"
    );
    let (trace, look) = (state.trace(), state.look());
    assert_eq!(
        page.text(".now").await?,
        words::now(trace, look.stage, state.sample())
    );
    let read = |css: &str| format!("document.querySelector('{css}').textContent");
    let script: String = page.eval(&read("pre.code")).await?;
    assert_eq!(
        script,
        notebook::script(state.settings(), &state.link().query())
    );
    let output: String = page.eval(&read("pre.output")).await?;
    assert_eq!(output, notebook::output(trace));
    Ok(state)
}

/// Whether two JSON values are the same, numbers to the bit of an f32 (JavaScript writes 1.0 as 1).
fn same_f32(a: &Value, b: &Value) -> bool {
    #[allow(clippy::cast_possible_truncation, reason = "an f32 was written")]
    let bits = |number: &Value| number.as_f64().map(|x| (x as f32).to_bits());
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => bits(a) == bits(b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_f32(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| same_f32(a, b)))
        }
        _ => a == b,
    }
}

/// Waits until the address bar says so; addresses are written when a slider has come to rest.
async fn link_is(page: &Page, query: &str) -> Result<()> {
    page.wait_until(&format!("location.search === '{query}'"))
        .await
}

#[test]
fn the_first_picture_explains_itself_and_stands_still() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        shows_its_link(page).await?;
        assert!(
            page.text(".now")
                .await?
                .starts_with("Three rows of fc1 got no update")
        );
        let picture = "document.querySelector('.figure canvas').toDataURL()";
        let before: String = page.eval(picture).await?;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        assert_eq!(before, page.eval::<String>(picture).await?);
        page.screenshot("first").await?;
        Ok(())
    })
}

#[test]
fn moving_p_moves_everything_with_it() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        for p in ["0.8", "0", "1", "0.37"] {
            page.set("#p-slider", p).await?;
            link_is(page, &format!("?v=1&p={p}")).await?;
            let state = shows_its_link(page).await?;
            assert_eq!(state.settings().p().p().to_string(), p);
            assert_eq!(page.value("#field-p").await?, p);
        }
        Ok(())
    })
}

#[test]
fn eval_gives_the_same_output_again_and_again_and_train_another_mask() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.click("input[value=eval]").await?;
        link_is(page, "?v=1&mode=eval").await?;
        let still: String = page
            .eval("document.querySelector('pre.output').textContent")
            .await?;
        page.click("button.again").await?;
        page.click("button.again").await?;
        page.wait_until("document.querySelector('[role=status]').textContent.includes('Call 3')")
            .await?;
        assert_eq!(
            still,
            page.eval::<String>("document.querySelector('pre.output').textContent")
                .await?
        );
        shows_its_link(page).await?;

        page.click("input[value=train]").await?;
        link_is(page, "?v=1").await?;
        let first = shows_its_link(page).await?;
        page.click("button.again").await?;
        link_is(page, "?v=1&again=0:1").await?;
        let second = shows_its_link(page).await?;
        assert_ne!(first.trace().pass.mask, second.trace().pass.mask);
        assert_eq!(first.trace().input, second.trace().input);
        Ok(())
    })
}

#[test]
fn steps_go_on_and_back() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        assert_eq!(
            page.attribute("button.step-back", "aria-disabled")
                .await?
                .as_deref(),
            Some("true")
        );
        let first = shows_its_link(page).await?;
        page.click("button.step-forward").await?;
        link_is(page, "?v=1&step=1").await?;
        let second = shows_its_link(page).await?;
        assert_eq!(first.trace().after, second.trace().before);
        page.click("button.step-forward").await?;
        link_is(page, "?v=1&step=2").await?;
        page.click("button.step-back").await?;
        page.click("button.step-back").await?;
        link_is(page, "?v=1").await?;
        shows_its_link(page).await?;
        Ok(())
    })
}

#[test]
fn a_dead_unit_is_found() -> Result<()> {
    visit("?seed=1000&p=0.3", Size::DESKTOP, async |page| {
        page.click("button.find").await?;
        page.wait_until("!location.search.includes('seed=1000')")
            .await?;
        let state = shows_its_link(page).await?;
        assert!(
            state
                .trace()
                .lanes
                .iter()
                .any(|lane| lane.verdict.cause().is_some())
        );
        Ok(())
    })
}

#[test]
fn back_and_forward_walk_through_what_was_done() -> Result<()> {
    visit("?seed=5", Size::DESKTOP, async |page| {
        page.click("button.step-forward").await?;
        link_is(page, "?v=1&seed=5&step=1").await?;
        page.click("input[value=eval]").await?;
        link_is(page, "?v=1&mode=eval&seed=5&step=1").await?;
        page.driver.back().await?;
        page.driver.back().await?;
        page.wait_until("document.querySelector('.step-number').textContent === 'step 0'")
            .await?;
        shows_its_link(page).await?;
        page.driver.forward().await?;
        page.wait_until("document.querySelector('.step-number').textContent === 'step 1'")
            .await?;
        shows_its_link(page).await?;
        Ok(())
    })
}

#[test]
fn what_cannot_be_is_refused_where_it_was_typed_and_nothing_is_lost() -> Result<()> {
    visit("?seed=7", Size::DESKTOP, async |page| {
        let before: String = page
            .eval("document.querySelector('pre.output').textContent")
            .await?;
        for (field, wrong, allowed) in [
            (
                "#field-seed",
                "18446744073709551616",
                "18446744073709551615",
            ),
            ("#field-seed", "", "empty"),
            ("#field-p", "1.5", "0 to 1"),
            ("#field-p", "NaN", "0 to 1"),
        ] {
            page.fill(field, wrong).await?;
            page.key(Key::Enter).await?;
            page.wait_for(&format!("{field}[aria-invalid=true]"))
                .await?;
            let error = page.text(".field-error").await?;
            assert!(error.contains(allowed), "{error}");
            assert_eq!(page.value(field).await?, wrong);
            assert_eq!(
                before,
                page.eval::<String>("document.querySelector('pre.output').textContent")
                    .await?
            );
        }
        page.fill("#field-p", "0.25").await?;
        page.key(Key::Enter).await?;
        link_is(page, "?v=1&p=0.25&seed=7").await?;
        assert_eq!(page.count(".field-error").await?, 0);
        Ok(())
    })
}

#[test]
fn a_link_that_is_wrong_still_opens_and_says_what_was_wrong() -> Result<()> {
    visit(
        "?p=2&colour=red&hidden=100000&sample=9",
        Size::DESKTOP,
        async |page| {
            let notices = page.texts(".notices li p").await?;
            for part in ["p = 2", "colour", "hidden = 100000", "sample = 9"] {
                assert!(
                    notices.iter().any(|notice| notice.contains(part)),
                    "{part} in {notices:?}"
                );
            }
            for _ in 0..notices.len() {
                page.click(".notices button").await?;
            }
            page.wait_until("!document.querySelector('.notices')")
                .await?;
            Ok(())
        },
    )
}

#[test]
fn the_keyboard_reaches_every_number_and_the_page_says_where_it_comes_from() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let mut reached = false;
        for _ in 0..40 {
            page.key(Key::Tab).await?;
            reached = page
                .eval("document.activeElement.classList.contains('figure')")
                .await?;
            if reached {
                break;
            }
        }
        assert!(reached, "Tab reaches the picture");
        page.key(Key::Down).await?;
        page.key(Key::Right).await?;
        let target = Target::Mask { sample: 2, unit: 1 };
        let state = State::open("");
        let expected = words::explain(state.trace(), target);
        page.wait_until(&format!(
            "document.querySelector('.inspector h3').textContent === '{}'",
            expected.title
        ))
        .await?;
        let lines = page.texts(".arithmetic dd").await?;
        assert_eq!(
            lines,
            expected
                .lines
                .iter()
                .map(|(_, text)| text.clone())
                .collect::<Vec<_>>()
        );
        link_is(page, "?v=1&sample=3").await?;
        page.screenshot("focus").await?;
        Ok(())
    })
}

#[test]
fn pointing_at_a_number_explains_it() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.hover(".figure canvas").await?;
        page.wait_until("!document.querySelector('.hint')").await?;
        assert!(!page.text(".inspector h3").await?.is_empty());
        Ok(())
    })
}

#[test]
fn every_stage_can_be_stood_at_and_played_through() -> Result<()> {
    visit("?motion=off", Size::DESKTOP, async |page| {
        for stop in 1..=10 {
            page.click(&format!(".rail li:nth-child({stop}) button"))
                .await?;
            page.wait_for(&format!(".rail li:nth-child({stop}) [aria-current=step]"))
                .await?;
        }
        page.click("button.stage-on").await?;
        link_is(page, "?v=1&step=1&stage=input&motion=off").await?;
        page.click("button.stage-back").await?;
        link_is(page, "?v=1&motion=off").await?;
        page.set("#speed", "fast").await?;
        page.click("button.play").await?;
        page.wait_until("location.search.includes('step=1')")
            .await?;
        page.click("button.play").await?;
        page.wait_until("document.querySelector('button.play').textContent.includes('play')")
            .await?;
        Ok(())
    })
}

#[test]
fn a_parent_of_the_same_origin_can_ask_and_change() -> Result<()> {
    visit("", Size::SLIDE, async |page| {
        let address: String = page.eval("location.href.split('?')[0]").await?;
        page.driver.goto(format!("{address}boot.js")).await?;
        // A script as a page asks for an icon that is not there; that is no fault of the app's.
        page.driver.browser_log().await?;
        let embed = "const frame = document.createElement('iframe');
            frame.src = './?embed=1&seed=9'; frame.width = 960; frame.height = 540;
            window.answers = {};
            addEventListener('message', ({ data }) => { const m = JSON.parse(data); answers[m.id] = m; });
            window.ask = (id, method, params) => frame.contentWindow.postMessage(
                JSON.stringify({ jsonrpc: '2.0', id, method, params }), '*');
            document.body.replaceChildren(frame);
            frame.onload = () => { const wait = () => frame.contentDocument.querySelector('.figure canvas')
                ? window.ready = true : setTimeout(wait, 20); wait(); };";
        page.driver.execute(embed, vec![]).await?;
        page.wait_until("window.ready").await?;
        page.driver.execute("ask(1, 'set', { p: 0.25, hidden: 6 }); ask(2, 'step'); ask(3, 'again'); ask(4, 'get'); ask(5, 'notebook'); ask(6, 'set', { p: 7 }); ask(7, 'dance');", vec![]).await?;
        page.wait_until("answers[7]").await?;
        let state = State::open("?seed=9&p=0.25&hidden=6&step=1&again=1:1&embed=1");
        let get: Value = page.eval("answers[4].result").await?;
        let expected = dropout_lab::app::embed::snapshot(&state);
        assert!(same_f32(&get, &expected), "{get}\n{expected}");
        let output: String = page.eval("answers[5].result.output").await?;
        assert_eq!(output, notebook::output(state.trace()));
        assert_eq!(page.eval::<i32>("answers[6].error.code").await?, -32602);
        assert_eq!(page.eval::<i32>("answers[7].error.code").await?, -32601);
        page.screenshot("embedded").await?;
        Ok(())
    })
}

#[test]
fn nothing_scrolls_sideways_at_any_size() -> Result<()> {
    for size in [
        Size::NARROW,
        Size::PHONE,
        Size::new(844, 390, 2.0),
        Size::SLIDE,
        Size::DESKTOP,
        Size::PROJECTOR,
    ] {
        for query in ["", "?batch=128&hidden=40&in=32&theme=dark"] {
            visit(query, size, async |page| {
                let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
                assert!(width <= size.width, "{width} > {} at {query}", size.width);
                let kind = if query.is_empty() { "default" } else { "large" };
                page.screenshot(&format!("{kind}-{}x{}", size.width, size.height))
                    .await?;
                Ok(())
            })?;
        }
    }
    Ok(())
}

#[test]
fn the_dark_theme_follows_the_system() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.prefer(&[("prefers-color-scheme", "dark")]).await?;
        page.wait_until("document.documentElement.dataset.theme === 'dark'")
            .await?;
        page.screenshot("dark").await?;
        Ok(())
    })
}
