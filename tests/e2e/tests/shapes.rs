//! The page on small and magnified screens, under fingers, in the reader's own colours, and without motion.

use anyhow::Result;
use dropout_lab::app::{State, View};
use dropout_lab::draw::Layout;
use dropout_lab::draw::layout::Room;
use dropout_lab::model::Target;
use e2e::{Key, Page, Size, browse, dist, serve, visit};
use serde_json::json;

/// Every view's link, and a step of a lesson.
fn links() -> Vec<String> {
    let lesson = "?v=1&lesson=2.3".to_owned();
    View::ALL
        .map(View::link)
        .into_iter()
        .chain([lesson])
        .collect()
}

/// 320 CSS pixels: the narrowest phone, 1280 × 1024 at 400 %, and phones upright and across.
const SMALL: [Size; 4] = [
    Size::NARROW,
    Size::new(320, 256, 4.0),
    Size::PHONE,
    Size::new(844, 390, 3.0),
];

/// What is wider than the page, scrolls on its own, or is cut off where it is.
const TOO_WIDE: &str = "[...document.querySelectorAll('button, input, select, a, summary, textarea, p, h2')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
    .filter((element) => {
        if (element.matches('.visually-hidden') || getComputedStyle(element).clipPath !== 'none') return false;
        for (let around = element.parentElement; around; around = around.parentElement) {
            if (/auto|scroll/.test(getComputedStyle(around).overflowX)) return false;
        }
        const { left, right } = element.getBoundingClientRect();
        return right > innerWidth + 1 || left < -1;
    })
    .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)";

#[test]
fn nothing_is_lost_and_nothing_scrolls_sideways_on_a_small_or_magnified_screen() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        let mut faults = Vec::new();
        for link in links() {
            page.resize(Size::DESKTOP).await?;
            page.go(&link).await?;
            let kinds = "[...document.querySelectorAll('.lab button, .lab input, .lab select')].filter((element) => !element.closest('nav.views, dialog, details') && element.checkVisibility({ visibilityProperty: true })).length";
            let all: usize = page.eval(kinds).await?;
            for size in SMALL {
                page.resize(size).await?;
                let at = format!("{link} at {} × {}", size.width, size.height);
                let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
                if width > size.width {
                    faults.push(format!("{at}: {width} wide"));
                }
                let wide: Vec<String> = page.eval(TOO_WIDE).await?;
                faults.extend(wide.iter().map(|what| format!("{at}: cut off: {what}")));
                let there: usize = page.eval(kinds).await?;
                if there < all {
                    faults.push(format!("{at}: {there} of {all} controls"));
                }
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        Ok(())
    })
}

/// Controls less than `arguments` pixels wide or high, but for links in a sentence. An input of a label is as large as it.
fn smaller_than(pixels: u32) -> String {
    format!("[...document.querySelectorAll('button, input, select, summary, a[href], textarea')]
        .filter((element) => element.checkVisibility({{ visibilityProperty: true }}) && !element.closest('p, dd'))
        .map((element) => element.closest('label') ?? element)
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < {pixels} - 0.5)
        .map(([element, box]) => `${{element.tagName}}.${{element.className}} ${{element.textContent.trim().slice(0, 20)}} ${{box.width.toFixed(0)}} × ${{box.height.toFixed(0)}}`)")
}

#[test]
fn what_is_pressed_is_24_pixels_at_least_and_44_under_fingers() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        let mut faults = Vec::new();
        for (size, fingers, least) in [
            (Size::DESKTOP, false, 24),
            (Size::PHONE, true, 44),
            (Size::new(844, 390, 3.0), true, 44),
        ] {
            page.resize(size).await?;
            page.devtools(
                "Emulation.setTouchEmulationEnabled",
                json!({ "enabled": fingers, "maxTouchPoints": 1 }),
            )
            .await?;
            for link in links() {
                page.go(&link).await?;
                assert_eq!(
                    page.eval::<bool>("matchMedia('(pointer: coarse)').matches")
                        .await?,
                    fingers
                );
                let small: Vec<String> = page.eval(&smaller_than(least)).await?;
                faults.extend(
                    small
                        .iter()
                        .map(|what| format!("{link} at {}: {what}", size.width)),
                );
            }
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        Ok(())
    })
}

/// A touch that goes from one point to another in ten moves.
async fn swipe(page: &Page, from: (f64, f64), to: (f64, f64)) -> Result<()> {
    let point = |share: f64| {
        let at = |a: f64, b: f64| a + (b - a) * share;
        json!([{ "x": at(from.0, to.0), "y": at(from.1, to.1) }])
    };
    let touch = async |kind: &str, points: serde_json::Value| {
        let event = json!({ "type": kind, "touchPoints": points });
        page.devtools("Input.dispatchTouchEvent", event)
            .await
            .map(|_| ())
    };
    touch("touchStart", point(0.0)).await?;
    for step in 1..=10 {
        touch("touchMove", point(f64::from(step) / 10.0)).await?;
    }
    touch("touchEnd", json!([])).await
}

#[test]
fn a_finger_scrubs_p() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        page.devtools("Emulation.setTouchEmulationEnabled", touch)
            .await?;
        page.go("").await?;
        let (left, right, y): (f64, f64, f64) = page
            .eval("(({ left, right, top, bottom }) => [left, right, (top + bottom) / 2])(document.getElementById('p-slider').getBoundingClientRect())")
            .await?;
        swipe(
            page,
            (f64::midpoint(left, right), y),
            (left + 0.85 * (right - left), y),
        )
        .await?;
        page.wait_until("Number(document.getElementById('p-slider').value) > 0.75 && location.search.includes('p=0.')").await?;
        page.wait_until("document.querySelector('#field-p').value === document.getElementById('p-slider').value").await
    })
}

#[test]
fn the_readers_own_colours_show_every_control_and_the_focus() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.prefer(&[("forced-colors", "active")]).await?;
        for link in links() {
            page.go(&link).await?;
            // Which of two is chosen, and where one is, must not be told by a background alone, which is not kept.
            let told = "[...document.querySelectorAll('.mode-option input:checked + span, .views [aria-current], .rail [aria-current] .dot, .step-dot[aria-current]')]
                .filter((element) => element.checkVisibility()).every((element) => getComputedStyle(element).forcedColorAdjust === 'none')";
            assert!(page.eval::<bool>(told).await?, "{link}");
            page.key(Key::Tab).await?;
            let ring = "parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2 && getComputedStyle(document.activeElement).outlineStyle !== 'none'";
            assert!(page.eval::<bool>(ring).await?, "{link}");
        }
        page.go("").await?;
        page.screenshot("forced-colours").await?;
        Ok(())
    })
}

/// The colours of the picture's paper, and of what is written most on it.
const PICTURE: &str = "(() => {
    const canvas = document.querySelector('.figure canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const hex = at => [0, 1, 2].map(k => data[at + k].toString(16).padStart(2, '0')).join('');
    const all = new Set();
    for (let at = 0; at < data.length; at += 4) all.add(hex(at));
    return [hex(4), all.has('000000'), all.has('ffffff')];
})()";

#[test]
fn in_the_readers_own_colours_pictures_are_black_and_white_whatever_the_theme() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        for (scheme, paper) in [("light", "ffffff"), ("dark", "000000")] {
            page.prefer(&[
                ("forced-colors", "active"),
                ("prefers-color-scheme", scheme),
            ])
            .await?;
            for query in ["?v=1&theme=dark", "?v=1&theme=bright", "?view=coin"] {
                page.go(query).await?;
                page.wait_for(".figure canvas").await?;
                let picture: (String, bool, bool) = page.eval(PICTURE).await?;
                assert_eq!(picture, (paper.to_owned(), true, true), "{query}, {scheme}");
            }
        }
        Ok(())
    })
}

#[test]
fn on_paper_text_is_dark_on_white_whatever_the_theme() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let links = [
            "?v=1&theme=dark",
            "?view=gradients&theme=dark",
            "?view=notebook&theme=dark",
            "?v=1&lesson=2.3&theme=dark",
        ];
        for query in links {
            page.go(query).await?;
            page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
                .await?;
            // Weber's measure of brightness is enough to tell pale from dark.
            let pale: Vec<String> = page.eval("[...document.querySelectorAll('p, h2, h3, li, dd, dt, pre, td, th, span')]
                .filter(element => element.checkVisibility() && element.textContent.trim())
                .filter(element => { const [r, g, b] = getComputedStyle(element).color.match(/\\d+/g).map(Number); return 0.3 * r + 0.6 * g + 0.1 * b > 128; })
                .map(element => `${element.tagName}.${element.className} ${getComputedStyle(element).color}`)").await?;
            assert_eq!(pale, [""; 0], "{query}");
            let paper: String = page
                .eval("getComputedStyle(document.body).backgroundColor")
                .await?;
            assert_eq!(paper, "rgb(255, 255, 255)", "{query}");
            page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
                .await?;
        }
        Ok(())
    })
}

#[test]
fn nothing_moves_where_motion_is_unwelcome() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        page.prefer(&[("prefers-reduced-motion", "reduce")]).await?;
        for link in links() {
            page.go(&link).await?;
            let moving: usize = page.eval("document.getAnimations().length").await?;
            assert_eq!(moving, 0, "{link}");
            let may: usize = page
                .eval("[...document.querySelectorAll('*')].filter((element) => { const style = getComputedStyle(element); return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).length")
                .await?;
            assert_eq!(may, 0, "{link}");
        }
        Ok(())
    })
}

#[test]
fn a_finger_that_goes_across_the_mask_scrubs_the_sample() -> Result<()> {
    visit("", Size::PHONE, async |page| {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        page.devtools("Emulation.setTouchEmulationEnabled", touch)
            .await?;
        page.go("?v=1").await?;
        // A finger across follows the samples, one upwards scrolls, and two magnify.
        let may: String = page
            .eval("getComputedStyle(document.querySelector('.figure')).touchAction")
            .await?;
        assert_eq!(may, "pan-y pinch-zoom");
        let script =
            "(document.querySelector('.figure canvas').scrollIntoView({ block: 'center' }), true)";
        page.eval::<bool>(script).await?;
        let [left, top, width, height]: [f64; 4] = page
            .eval("(({ left, top, width, height }) => [left, top, width, height])(document.querySelector('.figure canvas').getBoundingClientRect())")
            .await?;
        let state = State::open("");
        let high = f64::from(Size::PHONE.height) - 250.0;
        let layout = Layout::new(state.trace(), Room::screen(width, high));
        assert!(
            (layout.height - height).abs() < 1.0,
            "{} {height}",
            layout.height
        );
        let at = |sample| {
            let (x, y) = layout.rect(Target::Mask { sample, unit: 4 }).center();
            (left + x, top + y)
        };
        swipe(page, at(0), at(3)).await?;
        page.wait_until("location.search === '?v=1&sample=4'")
            .await?;
        swipe(page, at(3), at(0)).await?;
        page.wait_until("location.search === '?v=1&sample=1'").await
    })
}
