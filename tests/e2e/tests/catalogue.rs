//! Nothing on the page is said but by its catalogue: in the language made of the English for tests, which doubles every
//! vowel and the last letter of each word, whatever is not doubled was never translated.

use anyhow::Result;
use dropout_lab::app::View;
use dropout_lab::lessons::LESSONS;
use e2e::{Page, Size, visit};

/// Names that are the same in every language.
const NAMES: &str = "Dropout Lab PyTorch ReLU SGD Adam AdamW TRAIN eval train nn rand bernoulli torch fc MSE SVG PNG CSV NumPy NPZ JSON \
    Deutsch Español English reveal Quarto Marp Jupyter Moodle Canvas PowerPoint Keynote HTML Python Enter Esc Tab \
    iframe Reveal LockedDropout WeightDrop DropConnect AlphaDropout Dropout1d Dropout2d ones arange reshape randn \
    SimpleNet Bernoulli probs out numpy npz csv json svg png session ipynb pdf py handout";

/// The words of the page that are not doubled, and where they stand.
const ENGLISH: &str = "(names => {
    const known = new Set(names.split(/\\s+/));
    const isDoubled = word => word.slice(-1) === word.slice(-2, -1) && /^(?:aa|ee|ii|oo|uu|[^aeiou])*$/.test(word.slice(0, -1));
    // Code, numbers and names of the link; what README lists as English in every language.
    const names_and_notebooks = '.ticks, [data-kind], .view-notebook .now';
    const foreign = 'pre, code, kbd, math, script, style, noscript, canvas, svg, .data, #field-lang, .arithmetic dd, .snippet, .notebook, .said, .qr, ' + names_and_notebooks;
    const found = new Set();
    const hear = (text, element) => {
        for (const word of text.match(/\\p{L}+/gu) ?? [])
            if (word.length > 2 && /[aeiou]/.test(word) && !known.has(word) && !isDoubled(word) && !isDoubled(word.toLowerCase()))
                found.add(`${word} in ${element.tagName}.${element.className}: ${text.trim().slice(0, 60)}`);
    };
    for (const details of document.querySelectorAll('details:not(.data)')) details.open = true;
    const around = document.querySelector('dialog[open]') ?? document.body;
    const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (element.checkVisibility({ visibilityProperty: true }) && !element.closest(foreign)) hear(walker.currentNode.data, element);
    }
    for (const element of around.querySelectorAll('*'))
        if (element.checkVisibility() && !element.closest('.notebook, .snippet, .data, #field-lang, ' + names_and_notebooks))
            for (const name of ['aria-label', 'title', 'aria-description', 'aria-valuetext', 'placeholder', 'alt'])
                hear(element.getAttribute(name) ?? '', element);
    return [...found];
})";

async fn hold(page: &Page, what: &str, faults: &mut Vec<String>) -> Result<()> {
    let found: Vec<String> = page.eval(&format!("{ENGLISH}({NAMES:?})")).await?;
    faults.extend(found.iter().map(|english| format!("{what}: {english}")));
    Ok(())
}

#[test]
fn everything_that_is_said_in_a_view_or_a_dialog_comes_from_the_catalogue() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let mut faults = Vec::new();
        let more = [
            "?v=1&view=training&panel=lanes&steps=50",
            "?v=1&view=training&show=race&seeds=2&steps=50",
            "?v=1&view=variants&layer=locked&batch_first=on",
            "?v=1&stage=mask",
        ];
        let more = more.map(str::to_owned);
        for query in View::ALL.map(View::link).into_iter().chain(more) {
            for embed in ["", "&embed=1"] {
                let query = format!("{query}&lang=qps-long{embed}");
                page.go(&query).await?;
                hold(page, &query, &mut faults).await?;
            }
        }
        for (query, button) in [
            ("?view=coin", ".open-save"),
            ("?view=coin", ".open-slides"),
            ("?view=coin", ".open-keys"),
            ("?view=training", ".open-save"),
        ] {
            page.go(&format!("{query}&lang=qps-long")).await?;
            page.click(button).await?;
            page.wait_for("dialog[open]").await?;
            hold(page, &format!("{query} {button}"), &mut faults).await?;
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        Ok(())
    })
}

#[test]
fn everything_that_is_said_in_a_lesson_comes_from_the_catalogue() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let mut faults = Vec::new();
        let translated = LESSONS.iter().enumerate();
        let steps = translated.flat_map(|(number, lesson)| {
            (1..=lesson.steps.len()).map(move |step| format!("?lesson={number}.{step}"))
        });
        for step in steps {
            let query = format!("{step}&lang=qps-long");
            page.go(&query).await?;
            page.wait_for(".lesson").await?;
            hold(page, &query, &mut faults).await?;
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        Ok(())
    })
}

#[test]
fn a_page_that_has_stopped_says_so_in_its_language() -> Result<()> {
    visit("?lang=de", Size::DESKTOP, async |page| {
        let trap = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('memory access out of bounds') }))";
        page.eval::<bool>(trap).await?;
        page.wait_for("#reset").await?;
        let said = page.text("#app [role=alert]").await?;
        assert!(said.contains("Das Labor ist stehen geblieben."), "{said}");
        assert!(
            page.text("#reset")
                .await?
                .contains("noch einmal mit den Vorgaben")
        );
        Ok(())
    })
}
