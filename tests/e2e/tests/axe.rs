//! No rule of axe-core is broken: in any view, lesson, dialog, theme, size or frame.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use dropout_lab::app::View;
use dropout_lab::lessons::LESSONS;
use e2e::{Page, Size, browse, dist, evidence, serve};
use serde_json::json;

/// What was looked at, and what breaks a rule.
#[derive(Default)]
struct Judged {
    scenes: Vec<String>,
    broken: String,
}

/// Opens each of `queries` and does `act` on it, and looks at what is there then.
async fn judge(page: &Page, queries: &[String], act: Act, judged: &mut Judged) -> Result<()> {
    for query in queries {
        page.go(query).await?;
        act.on(page)
            .await
            .with_context(|| format!("{query}, {act:?}"))?;
        let (kept, violations) = page.violations().await?;
        let size: String = page.eval("`${innerWidth} x ${innerHeight}`").await?;
        let scene = format!("{query}, {act:?}, {size}");
        let broken = violations.len();
        judged
            .scenes
            .push(format!("{scene}: {kept} rules kept, {broken} violations"));
        for violation in violations {
            writeln!(judged.broken, "{scene}: {violation}")?;
        }
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "" }))
            .await?;
    }
    Ok(())
}

/// What is done to a page before it is looked at.
#[derive(Clone, Copy, Debug)]
enum Act {
    Nothing,
    /// Pressing what opens a dialog.
    Open(&'static str),
    /// Unfolding the data table.
    Unfold,
    /// Betting on the first choice.
    Bet,
    /// Training to the end.
    Train,
    /// Writing into p what it can't be.
    Refuse,
    /// Asking for the handout, as it is on paper.
    Print,
}

impl Act {
    async fn on(self, page: &Page) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Open(button) => {
                page.click(button).await?;
                page.wait_for("dialog[open]:not(.slides), dialog[open] iframe")
                    .await?;
                let framed = "[...document.querySelectorAll('dialog[open] iframe')].every(
                    frame => frame.contentDocument.querySelector('.figure, .derivation, .notebook'))";
                page.wait_until(framed).await
            }
            Self::Unfold => {
                page.click(".data summary").await?;
                page.wait_for(".data td").await.map(|_| ())
            }
            Self::Bet => {
                page.click(".choice input").await?;
                page.click(".go .main-button").await?;
                page.wait_for(".truth, .act").await.map(|_| ())
            }
            Self::Train => {
                page.click(".transport .full").await?;
                page.wait_until("document.querySelector('.transport progress').value >= document.querySelector('.transport progress').max").await
            }
            Self::Print => {
                page.eval::<bool>("(window.print = () => {}, true)").await?;
                page.click(".open-save").await?;
                page.wait_for("dialog[open] [data-kind='-handout.pdf']")
                    .await?;
                page.click("[data-kind='-handout.pdf']").await?;
                page.wait_for(".handout").await?;
                page.eval::<bool>("(document.querySelector('dialog[open]')?.close(), true)")
                    .await?;
                let paper = json!({ "media": "print" });
                page.devtools("Emulation.setEmulatedMedia", paper).await?;
                page.wait_until("document.querySelector('.handout').checkVisibility()")
                    .await
            }
            Self::Refuse => {
                page.set("#field-p", "7").await?;
                page.wait_for("[aria-invalid=true]").await.map(|_| ())
            }
        }
    }
}

/// The links of every view, a step of a lesson, and of what a view may have besides, with `more` after each.
fn queries(more: &str) -> Vec<String> {
    let views = View::ALL.map(View::link).into_iter();
    let besides = [
        "?v=1&lesson=2.3",
        "?v=1&view=training&panel=lanes",
        "?v=1&view=notebook&notebook=003",
    ];
    views
        .chain(besides.map(str::to_owned))
        .map(|query| query + more)
        .collect()
}

/// The links of every step of every lesson.
fn lessons() -> Vec<String> {
    let steps = LESSONS.iter().enumerate().flat_map(|(number, lesson)| {
        (1..=lesson.steps.len()).map(move |step| format!("?lesson={number}.{step}"))
    });
    steps.collect()
}

#[test]
#[ignore = "needs axe-core: `cargo xtask test --only e2e` fetches it"]
fn axe_finds_nothing_in_any_view_lesson_dialog_theme_size_frame_or_language() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        page.add_axe().await?;
        let views = View::ALL.map(View::link);
        let some = |queries: &[&str]| queries.iter().map(|query| (*query).to_owned()).collect();
        let themed = |theme: &str| queries(&format!("&theme={theme}"));
        let mut scenes: Vec<(Size, Vec<String>, Act)> = vec![
            (Size::PHONE, queries(""), Act::Nothing),
            (Size::DESKTOP, queries("&lang=de"), Act::Nothing),
            (Size::DESKTOP, queries("&lang=qps-rtl"), Act::Nothing),
            (Size::DESKTOP, lessons(), Act::Nothing),
            (
                Size::DESKTOP,
                views[..2].to_vec(),
                Act::Open(".open-slides"),
            ),
            (
                Size::DESKTOP,
                some(&["?lesson=1.1", "?lesson=3.4"]),
                Act::Bet,
            ),
            (
                Size::DESKTOP,
                some(&["?view=training&steps=100"]),
                Act::Train,
            ),
            (
                Size::PHONE,
                some(&["?v=1", "?view=coin", "?view=training&steps=100"]),
                Act::Unfold,
            ),
            (Size::DESKTOP, some(&["?v=1", "?view=coin"]), Act::Refuse),
            (
                Size::DESKTOP,
                some(&["?p=7&colour=red", "?view=coin&p=7"]),
                Act::Nothing,
            ),
        ];
        for theme in ["bright", "dark", "projector"] {
            let embeds = queries(&format!("&theme={theme}&embed=1"));
            scenes.push((Size::DESKTOP, themed(theme), Act::Nothing));
            scenes.push((Size::SLIDE, embeds, Act::Nothing));
            for dialog in [".open-save", ".open-slides", ".open-keys"] {
                let coin = format!("?view=coin&theme={theme}");
                scenes.push((Size::DESKTOP, vec![coin], Act::Open(dialog)));
            }
            let training = format!("?view=training&steps=100&theme={theme}");
            scenes.push((Size::DESKTOP, vec![training], Act::Open(".open-save")));
            let handout = format!("?v=1&theme={theme}");
            scenes.push((Size::DESKTOP, vec![handout], Act::Print));
        }
        let mut judged = Judged::default();
        for (size, queries, act) in &scenes {
            page.resize(*size).await?;
            judge(page, queries, *act, &mut judged).await?;
        }
        evidence("axe", &judged.scenes)?;
        assert!(judged.broken.is_empty(), "\n{}", judged.broken);
        Ok(())
    })
}
