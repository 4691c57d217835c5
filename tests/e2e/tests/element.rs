//! `<dropout-lab>` in a page of another origin, and the example page that shows how it is used.

use std::time::Duration;

use anyhow::Result;
use dropout_lab::app::State;
use e2e::{By, Example, Key, Page, Service, Size, browse, dist, serve};
use serde_json::{Value, json};

/// The example page and the lab, each at a port, hence of an origin, of its own.
fn visit_example(test: impl AsyncFnOnce(&Page, &Service) -> Result<()>) -> Result<()> {
    let lab = serve(&dist())?;
    let example = Example::new("page.html", lab.address())?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        // Two frames at once, each with the whole page, on a machine that may have other things to do.
        if page.wait_until("network.isReady").await.is_err() {
            page.wait_until("network.isReady").await?;
        }
        test(page, &lab).await
    })
}

/// Evaluates a promise of the page: its value, or its error as `{code, message}`.
async fn outcome(page: &Page, promise: &str) -> Result<Value> {
    let expression = format!(
        "({promise}).then(value => value ?? null, ({{ code, message }}) => ({{ code, message }}))"
    );
    page.eval(&expression).await
}

fn loss(link: &str) -> Value {
    json!(State::open(link).trace().pass.loss)
}

#[test]
fn attributes_are_names_of_the_link_and_methods_answer_across_origins() -> Result<()> {
    visit_example(async |page, lab| {
        let source: String = page
            .eval("network.shadowRoot.querySelector('iframe').src")
            .await?;
        let origin: String = page.eval("encodeURIComponent(location.origin)").await?;
        assert!(source.starts_with(lab.address()), "{source}");
        for part in [
            "view=network",
            "p=0.3",
            "seed=7",
            "embed=1",
            &format!("origin={origin}"),
        ] {
            assert!(source.contains(part), "{part} is not in {source}");
        }
        let title = "network.shadowRoot.querySelector('iframe').title";
        assert_eq!(
            page.eval::<String>(title).await?,
            "One training step of a small network"
        );

        let numbers = outcome(page, "network.get()").await?;
        assert_eq!(numbers["settings"]["seed"], "7");
        assert_eq!(
            numbers["trace"]["loss"].to_string(),
            loss("?v=1&p=0.3&seed=7").to_string()
        );
        assert_eq!(
            outcome(page, "network.set({ p: 0.8, batch: 3 })").await?["batch"],
            3
        );
        assert_eq!(outcome(page, "network.step()").await?["step"], 1);
        assert_eq!(outcome(page, "network.stepBack()").await?["step"], 0);
        let script = outcome(page, "network.notebook()").await?;
        assert!(
            script["code"]
                .as_str()
                .is_some_and(|code| code.contains("p=0.8"))
        );
        let picture = outcome(page, "network.snapshot()").await?;
        assert_eq!(picture["type"], "image/svg+xml");
        let picture = outcome(page, "network.snapshot({ format: 'png', scale: 2 })").await?;
        assert_eq!(picture["type"], "image/png");
        let data = picture["data"].as_str();
        assert!(data.is_some_and(|data| data.starts_with("iVBORw0KGgo")));
        let refused = outcome(page, "network.snapshot({ format: 'gif' })").await?;
        assert_eq!(refused["code"], -32602);
        assert_eq!(outcome(page, "network.reset()").await?["p"], 0.5);
        Ok(())
    })
}

#[test]
fn what_is_refused_rejects_with_its_code_and_what_never_answers_in_time() -> Result<()> {
    visit_example(async |page, _| {
        let refused = outcome(page, "network.set({ p: 7 })").await?;
        assert_eq!(refused["code"], -32602);
        assert!(
            refused["message"]
                .as_str()
                .is_some_and(|text| text.contains('7')),
            "{refused}"
        );
        assert_eq!(
            outcome(page, "network.get().then(({ settings }) => settings.p)").await?,
            0.3
        );

        let silent = "Object.assign(document.createElement('dropout-lab'), { id: 'silent' })";
        page.eval::<()>(&format!(
            "void (element => {{
            element.setAttribute('src', './nothing/');
            element.setAttribute('timeout', '300');
            document.body.prepend(element);
        }})({silent})"
        ))
        .await?;
        let unanswered = outcome(page, "silent.get()").await?;
        assert_eq!(
            unanswered,
            json!({ "code": -32000, "message": "get: no answer within 300 ms" })
        );
        page.eval::<()>("silent.remove()").await?;
        assert_eq!(
            outcome(page, "network.get().then(({ settings }) => settings.p)").await?,
            0.3
        );
        // The frame of nothing at all has said so on the console.
        page.driver.browser_log().await?;
        Ok(())
    })
}

#[test]
fn an_element_that_is_moved_or_removed_comes_back_in_the_same_state() -> Result<()> {
    visit_example(async |page, _| {
        outcome(page, "network.set({ p: 0.8, seed: 11, batch: 3 })").await?;
        outcome(page, "network.step()").await?;
        outcome(page, "network.again()").await?;
        let before = outcome(page, "network.get()").await?;
        assert_eq!(before["settings"]["again"], "1:1");

        page.eval::<()>("document.body.append(network)").await?;
        assert_eq!(outcome(page, "network.get()").await?, before);

        page.eval::<()>("(window.gone = network, gone.remove())")
            .await?;
        let gone = outcome(page, "gone.get()").await?;
        assert_eq!(gone["code"], -32000);

        // A change while it is away is in what comes back.
        page.eval::<()>("gone.setAttribute('p', '0.2')").await?;
        page.eval::<()>("document.body.prepend(gone)").await?;
        let after = outcome(page, "network.get()").await?;
        assert_eq!(after["settings"]["p"], 0.2);
        assert_eq!(after["settings"]["again"], "1:1");
        Ok(())
    })
}

#[test]
fn the_slider_of_the_example_moves_both_pictures_and_nothing_takes_the_focus() -> Result<()> {
    visit_example(async |page, _| {
        page.element("#p").await?.focus().await?;
        page.set("#p", "0.6").await?;
        for lab in ["network", "coin"] {
            let p = format!("{lab}.get().then(({{ settings }}) => settings.p)");
            assert_eq!(outcome(page, &p).await?, 0.6);
        }
        let expected = loss("?v=1&p=0.6&seed=7").as_f64().unwrap_or_default();
        page.wait_until(&format!("said.textContent === 'loss {expected:.4}'"))
            .await?;
        page.click("#again").await?;
        page.wait_until(&format!("said.textContent !== 'loss {expected:.4}'"))
            .await?;
        assert_eq!(
            page.eval::<String>("document.activeElement.id").await?,
            "again"
        );
        Ok(())
    })
}

#[test]
fn what_is_far_below_is_loaded_when_it_is_scrolled_to_or_asked() -> Result<()> {
    visit_example(async |page, _| {
        page.eval::<()>(
            "void (() => {
                for (const id of ['asked', 'scrolled']) {
                    const lab = document.createElement('dropout-lab');
                    Object.assign(lab, { id });
                    lab.setAttribute('view', 'coin');
                    lab.setAttribute('timeout', '25000');
                    lab.style.marginTop = '9000px';
                    document.body.append(lab);
                }
            })()",
        )
        .await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(
            page.eval::<[bool; 2]>("[asked.isReady, scrolled.isReady]")
                .await?,
            [false; 2]
        );
        assert_eq!(
            outcome(page, "asked.get().then(({ settings }) => settings.view)").await?,
            "coin"
        );
        assert!(!page.eval::<bool>("scrolled.isReady").await?);
        page.eval::<()>("void scrolled.scrollIntoView()").await?;
        page.wait_until("scrolled.isReady").await
    })
}

/// An element in a page of its own origin, with attributes and a style, which has written down its events in `events`.
fn visit_element(
    attributes: &str,
    style: &str,
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let lab = serve(&dist())?;
    let html = format!(
        "<!doctype html><meta charset='utf-8'><title>Around</title><style>body {{ margin: 0 }} {style}</style>
         <script type='module' src='{}dropout-lab.js'></script>
         <dropout-lab id='lab' timeout='25000' {attributes}></dropout-lab>
         <script>
           const events = [];
           for (const name of ['ready', 'state', 'answered', 'resize', 'key', 'error'])
             lab.addEventListener(name, ({{ detail }}) => events.push([name, detail]));
           const last = (name) => events.findLast(([own]) => own === name)?.[1];
           const inside = () => lab.shadowRoot.querySelector('iframe');
         </script>",
        lab.address()
    );
    let example = Example::of(&html)?;
    let site = serve(example.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.wait_until("lab.isReady && last('resize')").await?;
        test(page).await
    })
}

#[test]
fn a_size_that_the_page_has_chosen_stays_whatever_the_lab_would_like() -> Result<()> {
    for (attributes, style, expected) in [
        // 16:9 of the window, unless the page says otherwise.
        ("", "", [1280.0, 720.0]),
        ("", "dropout-lab { width: 480px }", [480.0, 270.0]),
        (
            "",
            "dropout-lab { width: 480px; height: 270px }",
            [480.0, 270.0],
        ),
        (
            "",
            "dropout-lab { width: 300px; aspect-ratio: 4/3 }",
            [300.0, 225.0],
        ),
        // On a phone 16:9 is low: what the lab would like is for the page to ask for.
        ("autoheight", "dropout-lab { width: 300px }", [300.0, 270.0]),
        (
            "autoheight",
            "dropout-lab { width: 300px; height: 200px }",
            [300.0, 200.0],
        ),
        (
            "autoheight style='height: 210px'",
            "dropout-lab { width: 300px }",
            [300.0, 210.0],
        ),
    ] {
        visit_element(&format!("view='coin' {attributes}"), style, async |page| {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let size = "(({ width, height }) => [width, height])(lab.getBoundingClientRect())";
            let size: [f64; 2] = page.eval(size).await?;
            assert_eq!(size, expected, "{attributes} {style}");
            // It is no name of the link.
            let source: String = page.eval("inside().src").await?;
            assert!(!source.contains("autoheight"), "{source}");
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn keys_bets_and_what_is_wrong_come_as_events() -> Result<()> {
    visit_element("view='coin' p='7'", "", async |page| {
        page.wait_until("last('error')?.message.includes('p = 7')")
            .await?;
        page.eval::<()>("void inside().focus()").await?;
        page.key(Key::PageDown).await?;
        page.wait_until("last('key')").await?;
        assert_eq!(
            page.eval::<Value>("last('key')").await?,
            json!({ "key": "PageDown", "shift": false })
        );
        // What an attribute asks for and the lab refuses is an event too.
        page.eval::<()>("lab.setAttribute('draws', 'many')").await?;
        page.wait_until("last('error')?.code === -32602").await?;
        let state: Value = page.eval("last('state')").await?;
        assert_eq!(state["view"], "coin");
        assert_eq!(page.eval::<String>("lab.state").await?, state["link"]);
        Ok(())
    })?;
    visit_element("lesson='0.2' controls='lesson'", "", async |page| {
        let shadow = page.element("#lab").await?.get_shadow_root().await?;
        shadow.find(By::Css("iframe")).await?.enter_frame().await?;
        page.wait_for(".choice input").await?;
        page.click(".choice:nth-of-type(2) input").await?;
        page.click(".go button").await?;
        page.click(".go button").await?;
        page.wait_for(".truth").await?;
        page.driver.enter_default_frame().await?;
        page.wait_until("last('answered')").await?;
        let told = json!({ "lesson": "0.2", "bet": 1, "right": true });
        assert_eq!(page.eval::<Value>("last('answered')").await?, told);
        Ok(())
    })
}

#[test]
fn an_attribute_that_goes_is_back_at_its_default_and_another_link_is_another_state() -> Result<()> {
    visit_element("view='coin' p='0.3' draws='50'", "", async |page| {
        let settings =
            "lab.get().then(({ settings: { view, p, draws, seed } }) => [view, p, draws, seed])";
        let is = async |expected: Value| -> Result<()> {
            assert_eq!(outcome(page, settings).await?, expected);
            Ok(())
        };
        is(json!(["coin", 0.3, 50, "36"])).await?;
        page.eval::<()>("lab.removeAttribute('p')").await?;
        is(json!(["coin", 0.5, 50, "36"])).await?;
        // What the reader has changed meanwhile stays.
        outcome(page, "lab.set({ seed: 9 })").await?;
        page.eval::<()>("lab.removeAttribute('draws')").await?;
        is(json!(["coin", 0.5, 100, "9"])).await?;
        // A link is a state of its own; attributes go over it.
        page.eval::<()>("lab.setAttribute('link', '?v=1&view=coin&p=0.8&seed=4')")
            .await?;
        is(json!(["coin", 0.8, 100, "4"])).await?;
        page.eval::<()>("lab.setAttribute('p', '0.1')").await?;
        is(json!(["coin", 0.1, 100, "4"])).await?;
        // Another lab, here the same by another name, is loaded anew.
        page.eval::<()>("void (window.before = inside(), lab.setAttribute('src', new URL('./', inside().src).href))")
            .await?;
        is(json!(["coin", 0.1, 100, "4"])).await?;
        assert!(
            page.eval::<bool>("before !== inside() && !before.isConnected")
                .await?
        );
        Ok(())
    })
}
