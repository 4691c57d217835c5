//! The lab in a frame: the page that says how, run as it stands, and what others may not do.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use e2e::embeds::framed;
use e2e::{Key, Page};
use serde_json::{Value, json};

/// The lab in a frame of a page of another origin.
fn frame(query: &str, attributes: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    framed(query, attributes, (960, 540), test)
}

/// The answer to a request.
async fn ask(page: &Page, method: &str, params: Value) -> Result<Value> {
    let id = format!("{method} {params}");
    let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let request = serde_json::to_string(&request.to_string())?;
    page.eval::<Value>(&format!("(tell({request}), null)"))
        .await?;
    let id = serde_json::to_string(&id)?;
    let answer = format!("heard.findLast((message) => message.id === {id})");
    page.wait_until(&answer).await?;
    page.eval(&answer).await
}

#[test]
fn every_example_of_the_page_on_embedding_does_what_it_says() -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/embed.md");
    let text = std::fs::read_to_string(file)?;
    let blocks = text.split("```js\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    let (setup, examples): (Vec<_>, Vec<_>) =
        blocks.partition(|block| block.starts_with("// setup"));
    let setup = setup.first().context("no setup")?;
    assert!(examples.len() >= 10, "{} examples", examples.len());
    for example in examples {
        frame("?embed=1&origin=ORIGIN", "", async |page| {
            // The notification of a frame that was ready before the example listens is heard by the page.
            let setup = setup.replace("const heard = [];", "");
            let run = format!(
                "(async () => {{ {setup}\n{example} }})().catch((error) => String(error.message ?? error))"
            );
            assert_eq!(page.eval::<Value>(&run).await?, json!(true), "{example}");
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_page_of_another_origin_hears_no_state_and_changes_nothing() -> Result<()> {
    frame("?embed=1", "", async |page| {
        let before = ask(page, "get", json!({})).await?["result"].clone();
        let refused = ask(page, "set", json!({ "p": 0.9 })).await?;
        assert_eq!(refused["error"]["code"], -32001);
        let after = ask(page, "get", json!({ "again": 1 })).await?["result"].clone();
        assert_eq!(before, after);
        let methods: Vec<String> = page
            .eval("[...new Set(heard.map(({ method }) => method).filter(Boolean))].sort()")
            .await?;
        assert_eq!(methods, ["ready", "resize"]);
        Ok(())
    })
}

#[test]
fn twenty_thousand_messages_are_answered_by_one_error_and_take_no_memory() -> Result<()> {
    frame("?embed=1&origin=ORIGIN", "", async |page| {
        let flood = "(() => { for (let k = 0; k < 20000; k += 1) tell(JSON.stringify({ jsonrpc: '2.0', id: 'flood', method: 'set', params: { p: (k % 100) / 100 } })); tell('x'.repeat(50e6)); return null; })()";
        page.eval::<Value>(flood).await?;
        page.wait_until("heard.some(({ error }) => error?.code === -32003)")
            .await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let answers: usize = page
            .eval("heard.filter(({ id }) => id === 'flood').length")
            .await?;
        let errors: usize = page
            .eval("heard.filter(({ error }) => error).length")
            .await?;
        assert!((1..2_000).contains(&answers), "{answers} answers");
        assert!((1..50).contains(&errors), "{errors} errors");
        let settings = ask(page, "set", json!({ "p": 0.25 })).await?["result"].clone();
        assert_eq!(settings["p"], 0.25);
        Ok(())
    })
}

#[test]
fn what_is_no_text_is_not_for_the_lab_and_changes_nothing() -> Result<()> {
    frame("?embed=1&origin=ORIGIN", "", async |page| {
        let before = ask(page, "get", json!({})).await?["result"].clone();
        let number: usize = page.eval("heard.length").await?;
        // Other scripts of a page talk to its frames too, and not all in text.
        page.eval::<Value>(
            "([{ jsonrpc: '2.0', id: 1, method: 'set', params: { p: 0.9 } }, null, 7, [], new ArrayBuffer(9)].forEach(tell), null)",
        )
        .await?;
        let after = ask(page, "get", json!({ "again": 1 })).await?["result"].clone();
        assert_eq!(before, after);
        assert_eq!(page.eval::<usize>("heard.length").await?, number + 1);
        Ok(())
    })
}

#[test]
fn in_a_sandbox_without_storage_everything_works() -> Result<()> {
    let query = "?embed=1&origin=ORIGIN&steps=p:0.8;view:coin";
    frame(query, "sandbox='allow-scripts'", async |page| {
        for view in ["tensor", "coin", "lessons", "training", "network"] {
            let settings = ask(page, "set", json!({ "view": view })).await?["result"].clone();
            assert_eq!(settings["view"], view);
        }
        let settings = ask(page, "set", json!({ "at": 2 })).await?["result"].clone();
        assert_eq!(
            (&settings["view"], &settings["p"]),
            (&json!("coin"), &json!(0.5))
        );
        Ok(())
    })
}

#[test]
fn keys_that_nothing_needs_turn_the_figure_and_then_go_to_the_deck() -> Result<()> {
    let query = "?embed=1&origin=ORIGIN&fragments=mode:eval;p:0.8&deck=reveal";
    frame(query, "", async |page| {
        let focused: String = page.eval("document.activeElement.tagName").await?;
        assert_eq!(focused, "BODY", "no focus is taken");
        let enter =
            "(document.activeElement.blur(), document.getElementById('frame').focus(), null)";
        page.eval::<Value>(enter).await?;
        let state = |at: u32| {
            format!(
                "heard.findLast(({{ method }}) => method === 'state')?.params.settings.at === {at}"
            )
        };
        for at in [1, 2] {
            page.key(Key::PageDown).await?;
            page.wait_until(&state(at)).await?;
        }
        page.key(Key::PageDown).await?;
        page.wait_until("heard.some(({ method }) => method === 'next')")
            .await?;
        // The deck has the keyboard now, until the figure is entered again.
        page.eval::<Value>(enter).await?;
        for at in [1, 0] {
            page.key(Key::PageUp).await?;
            page.wait_until(&state(at)).await?;
        }
        page.key(Key::PageUp).await?;
        page.wait_until("heard.some(({ method }) => method === 'prev')")
            .await?;
        Ok(())
    })
}

#[test]
fn a_png_has_the_size_of_the_svg_at_every_scale() -> Result<()> {
    frame("?embed=1&view=network&theme=dark", "", async |page| {
        let svg = ask(page, "snapshot", json!({})).await?["result"].clone();
        let svg = svg["data"].as_str().context("text")?.to_owned();
        let svg = serde_json::to_string(&svg)?;
        let size = format!(
            "(({{ width, height }}) => [+width.value, +height.value])(new DOMParser().parseFromString({svg}, 'image/svg+xml').documentElement.attributes)"
        );
        let [width, height] = page.eval::<[f64; 2]>(&size).await?;
        for scale in [1.0, 1.5, 4.0] {
            let params = json!({ "format": "png", "scale": scale });
            let png = ask(page, "snapshot", params).await?["result"].clone();
            let data = png["data"].as_str().context("base64")?;
            let decoded = format!(
                "(async (picture) => {{ picture.src = 'data:image/png;base64,{data}'; await picture.decode(); return [picture.width, picture.height]; }})(new Image())"
            );
            let decoded = page.eval::<[f64; 2]>(&decoded).await?;
            assert_eq!(decoded, [(width * scale).round(), (height * scale).round()]);
        }
        Ok(())
    })
}

#[test]
fn what_is_printed_is_a_still() -> Result<()> {
    frame("?embed=1&view=tensor&origin=ORIGIN", "", async |page| {
        let element = page.element("#frame").await?;
        element.enter_frame().await?;
        page.wait_for("canvas").await?;
        let stills = "document.querySelectorAll('img.still[src^=\"data:image/png\"]').length";
        page.eval::<Value>("(dispatchEvent(new Event('beforeprint')), null)")
            .await?;
        let canvases: usize = page
            .eval("document.querySelectorAll('canvas').length")
            .await?;
        assert!(canvases > 0);
        assert_eq!(page.eval::<usize>(stills).await?, canvases);
        page.eval::<Value>("(dispatchEvent(new Event('afterprint')), null)")
            .await?;
        assert_eq!(page.eval::<usize>(stills).await?, 0);
        Ok(())
    })
}

/// A picture of the figure, and every number of it.
const SHOWN: &str =
    "[...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join()";

#[test]
fn printing_pauses_what_moves_even_where_the_reader_may_not() -> Result<()> {
    for view in ["network", "training&steps=20000"] {
        let query = format!("?embed=1&view={view}&controls=none&origin=ORIGIN");
        frame(&query, "", async |page| {
            ask(page, "play", json!({})).await?;
            let told = |playing: bool| {
                format!(
                    "heard.findLast(({{ method }}) => method === 'state')?.params.playing === {playing}"
                )
            };
            page.wait_until(&told(true)).await?;
            // Real paper: the page around is printed, and the frame with it.
            page.devtools("Page.printToPDF", json!({})).await?;
            page.wait_until(&told(false)).await?;
            let before = ask(page, "get", json!({})).await?["result"].clone();
            page.element("#frame").await?.enter_frame().await?;
            let shown: String = page.eval(SHOWN).await?;
            assert!(shown.len() > 1000);
            tokio::time::sleep(Duration::from_millis(400)).await;
            assert_eq!(page.eval::<String>(SHOWN).await?, shown, "{view} moves");
            page.driver.enter_default_frame().await?;
            let after = ask(page, "get", json!({ "again": 1 })).await?["result"].clone();
            assert_eq!(before, after, "{view}");
            // It goes on only when asked.
            ask(page, "play", json!({ "again": 1 })).await?;
            page.wait_until(&told(true)).await
        })?;
    }
    Ok(())
}

#[test]
fn a_bet_that_is_settled_is_told_with_what_was_bet_and_whether_it_was_right() -> Result<()> {
    let answered =
        "heard.filter(({ method }) => method === 'answered').map(({ params }) => params)";
    for (choice, right) in [(1, false), (2, true)] {
        frame("?lesson=0.2&origin=ORIGIN", "", async |page| {
            page.element("#frame").await?.enter_frame().await?;
            page.click(&format!(".choice:nth-of-type({choice}) input"))
                .await?;
            page.click(".go button").await?;
            page.driver.enter_default_frame().await?;
            // A bet alone is nothing to tell.
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(page.eval::<Value>(answered).await?, json!([]));
            page.element("#frame").await?.enter_frame().await?;
            page.click(".go button").await?;
            page.wait_for(".truth").await?;
            page.driver.enter_default_frame().await?;
            page.wait_until(&format!("{answered}.length > 0")).await?;
            let told = json!([{ "lesson": "0.2", "bet": choice - 1, "right": right }]);
            assert_eq!(page.eval::<Value>(answered).await?, told);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn what_a_link_has_wrong_is_told_to_a_page_that_may_know_it_and_to_no_other() -> Result<()> {
    let errors =
        "heard.filter(({ method }) => method === 'error').map(({ params }) => params.message)";
    for view in ["network", "coin"] {
        let wrong = format!("?embed=1&view={view}&p=7&colour=red");
        frame(&format!("{wrong}&origin=ORIGIN"), "", async |page| {
            page.wait_until(&format!("{errors}.length >= 2")).await?;
            let told: Vec<String> = page.eval(errors).await?;
            assert!(told.iter().any(|text| text.contains("p = 7")), "{told:?}");
            assert!(told.iter().any(|text| text.contains("colour")), "{told:?}");
            // Once each, whatever happens then.
            ask(page, "set", json!({ "p": 0.3 })).await?;
            assert_eq!(page.eval::<Vec<String>>(errors).await?, told);
            Ok(())
        })?;
        frame(&wrong, "", async |page| {
            ask(page, "get", json!({})).await?;
            assert_eq!(page.eval::<Vec<String>>(errors).await?, [""; 0]);
            Ok(())
        })?;
    }
    Ok(())
}
