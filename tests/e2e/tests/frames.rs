//! Every view in frames from 480x270 to 1920x1080: what is written can be read from afar, nothing scrolls, is cut or
//! lies on something else; keys and focus stay the page's around it; and there is a picture before there is one.

use std::time::Duration;

use anyhow::Result;
use dropout_lab::app::View;
use e2e::embeds::{EMBEDS, FRAMES, LISTS, READY, framed};
use e2e::{Key, Page, Size, visit};
use serde_json::{Value, json};

/// Every language of the lab.
const LANGUAGES: [&str; 4] = ["en", "de", "es", "zh"];

/// Writes down every text of the picture that is painted last: its size and its box, in pixels of the canvas.
const WATCH: &str = "(() => {
    const texts = window.canvasTexts = [];
    const canvas = CanvasRenderingContext2D.prototype;
    const { fillRect, fillText } = canvas;
    canvas.fillRect = function (...at) {
        const [x, y, w, h] = at;
        if (x <= 0 && y <= 0 && w >= this.canvas.width && h >= this.canvas.height) texts.length = 0;
        return fillRect.apply(this, at);
    };
    canvas.fillText = function (text, x, y, ...rest) {
        const box = this.measureText(text);
        const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
        if (text.trim()) texts.push({ text, size, left: x - box.actualBoundingBoxLeft, right: x + box.actualBoundingBoxRight,
            top: y - box.actualBoundingBoxAscent, bottom: y + box.actualBoundingBoxDescent });
        return fillText.call(this, text, x, y, ...rest);
    };
})()";

/// What is wrong with the type: on the page and on its canvas.
const SMALL: &str = "(() => {
    const least = 0.032 * innerHeight - 0.01;
    const own = part => [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const small = [...document.querySelectorAll('.lab *')].filter(part => part.checkVisibility() && own(part)
        && !part.closest('.visually-hidden, option') && parseFloat(getComputedStyle(part).fontSize) < least);
    return [...small.map(part => `${part.outerHTML.slice(0, 90)}: ${getComputedStyle(part).fontSize}`),
        ...canvasTexts.filter(({ size }) => size < least).map(({ text, size }) => `${text}: ${size} px`)];
})()";

/// What does not fit: the canvas into its place, a text onto the canvas, anything into the frame or into what clips it.
const CUT: &str = "(() => {
    const faults = [];
    for (const canvas of document.querySelectorAll('canvas')) {
        const [own, place] = [canvas, canvas.closest('.frame, .training-picture, .figure')].map(part => part.getBoundingClientRect());
        if (own.bottom > Math.min(place.bottom, innerHeight) + 0.5 || own.right > Math.min(place.right, innerWidth) + 0.5)
            faults.push(`the canvas ends at ${own.right}, ${own.bottom}, its place at ${place.right}, ${place.bottom}`);
        for (const { text, left, right, top, bottom } of canvasTexts)
            if (left < -0.5 || top < -0.5 || right > canvas.width + 0.5 || bottom > canvas.height + 0.5)
                faults.push(`${text} is cut: ${[left, top, right, bottom].map(Math.round)} in ${canvas.width} x ${canvas.height}`);
    }
    for (const part of document.querySelectorAll('.lab, .lab *')) {
        if (!part.checkVisibility() || part.closest('.visually-hidden, select, svg, canvas, math')) continue;
        const { overflowX, overflowY, clipPath } = getComputedStyle(part);
        // For those who hear the page.
        if (clipPath !== 'none') continue;
        const name = part.outerHTML.slice(0, 60);
        if (overflowY !== 'visible' && part.scrollHeight > part.clientHeight + 1) faults.push(`${name} hides ${part.scrollHeight - part.clientHeight} px below`);
        if (overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1) faults.push(`${name} hides ${part.scrollWidth - part.clientWidth} px beside`);
        const { right, bottom, width } = part.getBoundingClientRect();
        if (width && (right > innerWidth + 0.5 || bottom > innerHeight + 0.5)) faults.push(`${name} ends at ${right}, ${bottom}`);
    }
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) faults.push(`the page is ${scrollWidth} x ${scrollHeight}`);
    return faults;
})()";

/// Texts of the canvas that lie on one another.
const OVERLAPPING: &str = "canvasTexts.flatMap((one, k) => canvasTexts.slice(k + 1).filter(other =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1
).map(other => `${one.text} and ${other.text}`))";

/// The faults of a page that was just opened, each with where it is.
async fn faults(page: &Page, place: &str, checks: &[&str]) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for check in checks {
        let found: Vec<String> = page.eval(check).await?;
        faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
    }
    Ok(faults)
}

/// Opens each link in each frame, and collects what the checks find.
fn look_through(
    links: &[(&str, &str)],
    languages: &[&str],
    checks: &[&str],
) -> Result<Vec<String>> {
    let mut all = Vec::new();
    visit("?embed=1", FRAMES[0], async |page| {
        let watch = json!({ "source": WATCH });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", watch)
            .await?;
        for frame in FRAMES {
            page.resize(frame).await?;
            for (name, link) in links {
                for language in languages {
                    page.go(&format!("{link}&lang={language}")).await?;
                    page.settle().await?;
                    let place = format!("{name} {language} {}x{}", frame.width, frame.height);
                    all.extend(faults(page, &place, checks).await?);
                }
            }
        }
        Ok(())
    })?;
    Ok(all)
}

#[test]
fn every_view_can_be_read_from_the_back_row_and_nothing_of_it_is_cut_or_scrolls() -> Result<()> {
    let found = look_through(&EMBEDS, &LANGUAGES, &[SMALL, CUT, OVERLAPPING])?;
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

#[test]
fn a_list_in_a_frame_can_be_read_and_does_not_scroll_sideways() -> Result<()> {
    const SIDEWAYS: &str = "document.documentElement.scrollWidth > innerWidth
        || [...document.querySelectorAll('main *')].some(part => part.getBoundingClientRect().right > innerWidth + 1)
        ? ['it scrolls sideways'] : []";
    let found = look_through(&LISTS, &LANGUAGES, &[SMALL, SIDEWAYS])?;
    assert!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// The page around the frame is scrolled, and somebody writes in it.
const WRITING: &str = "(() => {
    const text = document.createElement('input');
    document.body.prepend(text);
    document.body.style.height = '4000px';
    text.focus();
    scrollTo(0, 40);
    return true;
})()";
const UNMOVED: &str = "scrollY === 40 && document.activeElement.matches('input')";

#[test]
fn no_view_takes_the_focus_or_scrolls_the_page_around_it_when_it_loads() -> Result<()> {
    framed("?embed=1", "", (960, 540), async |page| {
        page.eval::<bool>(WRITING).await?;
        for (name, link) in EMBEDS.into_iter().chain(LISTS) {
            page.eval::<Value>(&format!("(open({}), null)", json!(link)))
                .await?;
            page.wait_until(READY).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            assert!(page.eval::<bool>(UNMOVED).await?, "{name}");
        }
        Ok(())
    })
}

#[test]
fn keys_that_no_control_needs_are_told_to_the_page_around_every_view() -> Result<()> {
    let keys = [
        (Key::Right.value(), "ArrowRight"),
        (Key::Down.value(), "ArrowDown"),
        (Key::PageUp.value(), "PageUp"),
        (Key::PageDown.value(), "PageDown"),
        (' ', " "),
        (Key::Escape.value(), "Escape"),
    ];
    framed("?embed=1", "", (960, 540), async |page| {
        page.eval::<bool>(WRITING).await?;
        for view in View::ALL {
            let link = json!(format!("?embed=1&view={}", view.name()));
            page.eval::<Value>(&format!("(open({link}), null)")).await?;
            page.wait_until(READY).await?;
            page.eval::<Value>("(frame().focus({ preventScroll: true }), null)")
                .await?;
            for (key, name) in keys {
                page.key(key.to_string()).await?;
                let told = json!({ "key": name, "shift": false });
                let last = "heard.findLast(({ method }) => method === 'key')?.params";
                page.wait_until(&format!("{last}?.key === {}", json!(name)))
                    .await?;
                assert_eq!(page.eval::<Value>(last).await?, told, "{}", view.name());
            }
            let number: usize = page
                .eval("heard.filter(({ method }) => method === 'key').length")
                .await?;
            assert_eq!(number, keys.len(), "{}: once each", view.name());
            // Nor does the page around it scroll by them.
            assert!(
                page.eval::<bool>("scrollY === 40").await?,
                "{}",
                view.name()
            );
        }
        Ok(())
    })
}

/// What the poster says and shows: its title, the smallest type as a share of the height, the share of the frame that
/// its picture fills, and whether anything lies outside.
const POSTER: &str = "(() => {
    const box = part => part.getBoundingClientRect();
    const poster = document.querySelector('.poster');
    const texts = [...poster.querySelectorAll('.title, .now')];
    const shapes = [...poster.querySelectorAll('svg, .shape')].filter(part => part.checkVisibility()).map(box);
    const all = [...texts.map(box), ...shapes];
    return {
        title: poster.querySelector('.title').innerText,
        type: Math.min(...texts.map(part => parseFloat(getComputedStyle(part).fontSize))) / innerHeight,
        share: shapes.reduce((sum, { width, height }) => sum + width * height, 0) / (innerWidth * innerHeight),
        outside: all.some(({ right, bottom }) => right > innerWidth || bottom > innerHeight)
            || document.documentElement.scrollHeight > innerHeight,
    };
})()";

#[test]
fn before_the_app_is_there_every_frame_shows_the_title_and_the_shape_of_its_view() -> Result<()> {
    visit("?embed=1", FRAMES[0], async |page| {
        // The app never comes.
        let never = json!({ "source": "window.fetch = () => new Promise(() => {})" });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", never)
            .await?;
        for frame in FRAMES {
            page.resize(frame).await?;
            for view in View::ALL {
                let link = format!("{}?embed=1&view={}", page.address(), view.name());
                page.driver.goto(link).await?;
                let poster: Value = page.eval(POSTER).await?;
                let place = format!("{} {}: {poster}", view.name(), frame.width);
                assert_eq!(poster["title"], view.title(), "{place}");
                assert!(poster["type"].as_f64() >= Some(0.032), "{place}");
                assert!(poster["share"].as_f64() >= Some(0.4), "{place}");
                assert_eq!(poster["outside"], false, "{place}");
                let size = format!("{}x{}", frame.width, frame.height);
                page.screenshot(&format!("poster-{}-{size}", view.name()))
                    .await?;
            }
        }
        Ok(())
    })
}

#[test]
fn a_poster_speaks_the_language_of_its_link() -> Result<()> {
    visit("?embed=1", Size::SLIDE, async |page| {
        let never = "const reach = fetch; window.fetch = (what, ...rest) =>
            String(what).includes('.wasm') ? new Promise(() => {}) : reach(what, ...rest)";
        let never = json!({ "source": never });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", never)
            .await?;
        let link = format!("{}?embed=1&view=coin&lang=de", page.address());
        page.driver.goto(link).await?;
        page.wait_until("document.querySelector('.poster .title').innerText.startsWith('Münzen')")
            .await
    })
}
