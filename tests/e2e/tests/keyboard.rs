//! By keyboard alone: every stop of Tab is seen, has a ring, and lets go; single keys work what is on the page.

use anyhow::Result;
use dropout_lab::app::View;
use e2e::{Example, Key, Page, Size, browse, dist, evidence, serve, visit};
use serde_json::Value;

/// What has the focus, how it is seen, and whether anything lies over it. A label shows the ring of the input in it,
/// and a group that of its radio buttons.
const STOP: &str = "(() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    window.stops ??= new Map();
    if (!stops.has(element)) stops.set(element, stops.size);
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inside = (low, high, size) => (Math.max(low, 0) + Math.min(high, size)) / 2;
    const at = document.elementFromPoint(inside(left, right, innerWidth), inside(top, bottom, innerHeight));
    const label = element.labels?.[0] ?? element;
    const shown = [element, element.closest('.mode'), element.closest('.choice')].filter(Boolean);
    const ringed = shown.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    return {
        number: stops.get(element),
        name: `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`,
        ringed,
        seen: right > left && bottom > top && (element.contains(at) || label.contains(at)),
    };
})()";

/// What Tab has to reach: one radio button of a group, and what is folded away not at all.
const TABBABLE: &str = "[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex=\"0\"], iframe')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0)
    .filter((element) => element.type !== 'radio' || element.checked ||
        element === document.querySelector(`input[name=${element.name}]`) && !document.querySelector(`input[name=${element.name}]:checked`))
    .length";

/// Presses `key` until the focus leaves the page; the stops, in order, each with what it is.
async fn walk(page: &Page, key: &[Key], what: &str) -> Result<Vec<(u64, String)>> {
    let mut stops = Vec::new();
    for _ in 0..300 {
        let mut chain = page.driver.action_chain();
        for held in &key[..key.len() - 1] {
            chain = chain.key_down(held.clone());
        }
        chain = chain.send_keys(key[key.len() - 1].clone());
        for held in &key[..key.len() - 1] {
            chain = chain.key_up(held.clone());
        }
        chain.perform().await?;
        let stop: Value = page.eval(STOP).await?;
        let Some(number) = stop["number"].as_u64() else {
            return Ok(stops);
        };
        assert_eq!(stop["ringed"], true, "{what}: no ring at {stop}");
        assert_eq!(stop["seen"], true, "{what}: not seen: {stop}");
        if stops.iter().any(|(other, _)| *other == number) {
            return Ok(stops);
        }
        let name = stop["name"].as_str().unwrap_or_default().to_owned();
        stops.push((number, name));
    }
    anyhow::bail!("{what}: Tab goes on and on")
}

#[test]
fn tab_goes_through_every_view_and_back_and_each_stop_is_seen() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        let mut seen = Vec::new();
        for (size, more) in [(Size::DESKTOP, ""), (Size::SLIDE, "&embed=1")] {
            page.resize(size).await?;
            let lesson = "?v=1&lesson=2.3".to_owned();
            for query in View::ALL.map(View::link).into_iter().chain([lesson]) {
                let query = query + more;
                page.go(&query).await?;
                page.eval::<bool>("document.activeElement.blur() ?? true")
                    .await?;
                let all: usize = page.eval(TABBABLE).await?;
                let forward = walk(page, &[Key::Tab], &query).await?;
                assert!(
                    forward.len() >= all,
                    "{query}: {} of {all} stops",
                    forward.len()
                );
                let mut back = walk(page, &[Key::Shift, Key::Tab], &query).await?;
                back.reverse();
                assert_eq!(forward, back, "{query}: Tab and Shift+Tab differ");
                seen.push(format!("{query}: {} stops, and back", forward.len()));
                seen.extend(forward.into_iter().map(|(_, name)| format!("    {name}")));
            }
        }
        evidence("keyboard", &seen)?;
        Ok(())
    })
}

const OPEN: &str = "document.querySelector('dialog.keys')?.open";

#[test]
fn a_question_mark_lists_the_keys_in_every_view_and_in_frames() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        for more in ["", "&embed=1"] {
            for view in View::ALL {
                page.go(&(view.link() + more)).await?;
                page.key("?").await?;
                page.wait_until(OPEN).await?;
                let keys = page.texts("dialog.keys th kbd").await?;
                assert!(keys.iter().any(|key| key == "Tab"), "{view:?}: {keys:?}");
                let has_p = page.count("#p-slider").await? > 0;
                assert_eq!(
                    keys.iter().any(|key| key == "p"),
                    has_p,
                    "{view:?}: {keys:?}"
                );
                page.key(Key::Escape).await?;
                page.wait_until(&format!("!({OPEN})")).await?;
            }
        }
        Ok(())
    })
}

#[test]
fn the_list_gives_the_focus_back_and_can_switch_single_keys_off() -> Result<()> {
    visit("?view=tensor", Size::DESKTOP, async |page| {
        page.key("p").await?;
        page.wait_until("document.activeElement.id === 'p-slider'")
            .await?;
        page.key("?").await?;
        page.wait_until(OPEN).await?;
        page.screenshot("keys").await?;
        // While the list is open, no key does anything behind it.
        page.key("a").await?;
        page.click(".keys-switch input").await?;
        page.key(Key::Escape).await?;
        page.wait_until("document.activeElement.id === 'p-slider'")
            .await?;
        assert_eq!(
            page.eval::<String>("location.search").await?,
            "?view=tensor"
        );
        page.key("?").await?;
        page.key("a").await?;
        // Longer than a change takes to be in the link.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(!page.eval::<bool>(OPEN).await?);
        assert_eq!(
            page.eval::<String>("location.search").await?,
            "?view=tensor"
        );
        page.click(".open-keys").await?;
        page.wait_until(OPEN).await?;
        page.click(".keys-switch input").await?;
        page.click("dialog.keys .close").await?;
        page.key("a").await?;
        page.wait_until("location.search.includes('again=1')").await
    })
}

#[test]
fn single_keys_work_the_controls_and_leave_the_focus_where_it_is() -> Result<()> {
    visit("?motion=off", Size::DESKTOP, async |page| {
        let says = async |query: &str| {
            let condition = format!("location.search === '{query}'");
            page.wait_until(&condition).await
        };
        page.key("f").await?;
        page.wait_until("document.activeElement.matches('.figure')")
            .await?;
        page.key(",").await?;
        says("?v=1&stage=accumulate&motion=off").await?;
        page.key(".").await?;
        says("?v=1&motion=off").await?;
        page.key("n").await?;
        says("?v=1&step=1&motion=off").await?;
        page.key("b").await?;
        says("?v=1&motion=off").await?;
        page.key("t").await?;
        says("?v=1&mode=eval&motion=off").await?;
        page.key("t").await?;
        page.key("a").await?;
        says("?v=1&again=0:1&motion=off").await?;
        page.key("k").await?;
        let play =
            |word: &str| format!("document.querySelector('.play').textContent.includes('{word}')");
        page.wait_until(&play("pause")).await?;
        page.key("k").await?;
        page.wait_until(&play("play")).await?;
        assert!(
            page.eval::<bool>("document.activeElement.matches('.figure')")
                .await?
        );
        // What is typed into a field is the field's.
        page.fill("#field-seed", "7").await?;
        page.key("a?t").await?;
        assert_eq!(page.value("#field-seed").await?, "7a?t");
        assert!(!page.eval::<bool>(&format!("!!({OPEN})")).await?);
        Ok(())
    })
}

#[test]
fn a_slide_keeps_the_keys_that_the_list_does_not_need() -> Result<()> {
    let lab = serve(&dist())?;
    let html = format!(
        "<!doctype html><title>Slide</title><iframe src=\"{}?embed=1&deck=reveal\" width=960 height=540></iframe><script>
        window.heard = []; addEventListener('message', ({{ data }}) => {{ const {{ method }} = JSON.parse(data); heard.push(method); }});</script>",
        lab.address()
    );
    let slide = Example::of(&html)?;
    let site = serve(slide.path())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        page.driver.goto(site.address()).await?;
        page.wait_until("heard.includes('ready')").await?;
        page.click("iframe").await?;
        let count =
            |method: &str| format!("heard.filter((method) => method === '{method}').length");
        page.key(Key::PageDown).await?;
        page.wait_until(&format!("{} === 1", count("next"))).await?;
        // With the key, the keyboard has gone to the deck.
        page.click("iframe").await?;
        // Open, the list has the keyboard for itself; closed by Escape, the slide has it again.
        page.key("?").await?;
        page.key(Key::PageDown).await?;
        page.key(Key::Escape).await?;
        page.key(Key::PageDown).await?;
        page.wait_until(&format!("{} === 2", count("next"))).await?;
        assert_eq!(page.eval::<u32>(&count("toggleOverview")).await?, 0);
        page.click("iframe").await?;
        page.key(Key::Escape).await?;
        page.wait_until(&format!("{} === 1", count("toggleOverview")))
            .await
    })
}
