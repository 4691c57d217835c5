//! A handout from *save*, as a browser prints it.

use anyhow::Result;
use dropout_lab::lessons::handout;
use e2e::{Key, Page, Size, visit};
use serde_json::json;

/// Puts the keyboard's focus on an element and presses Enter.
async fn press(page: &Page, css: &str) -> Result<()> {
    page.eval::<bool>(&format!(
        "document.querySelector(\"{css}\").focus() ?? true"
    ))
    .await?;
    page.key(Key::Enter).await
}

/// Opens *save* by the keyboard and asks for the handout; what would open the printer's dialog is counted instead.
async fn ask(page: &Page) -> Result<()> {
    page.eval::<bool>(
        "(() => { window.asked = 0; window.print = () => { window.asked += 1; }; return true; })()",
    )
    .await?;
    press(page, ".open-save").await?;
    page.wait_until("document.querySelector('dialog.save')?.open")
        .await?;
    press(page, "[data-kind='-handout.pdf']").await?;
    page.wait_until("window.asked === 1").await
}

/// Prints page `number` of the page on paper of this size, in inches.
async fn print(page: &Page, (width, height): (f64, f64), number: &str) -> Result<()> {
    let paper = json!({ "paperWidth": width, "paperHeight": height, "preferCSSPageSize": true, "pageRanges": number });
    page.devtools("Page.printToPDF", paper).await.map(drop)
}

const A4: (f64, f64) = (8.27, 11.69);
const LETTER: (f64, f64) = (8.5, 11.0);

/// A view, and one of its links that is not a default.
const LINKS: [(&str, &str); 10] = [
    ("network", "?v=1&p=0.3&seed=7"),
    ("network", "?v=1&batch=128&hidden=256"),
    ("tensor", "?view=tensor&theme=dark"),
    ("coin", "?view=coin&draws=10000&group=4"),
    ("expectation", "?view=expectation"),
    ("gradients", "?view=gradients&theme=projector"),
    ("subnetworks", "?view=subnetworks"),
    ("training", "?view=training"),
    ("variants", "?view=variants&layer=locked"),
    ("notebook", "?view=notebook&notebook=001"),
];

#[test]
fn a_handout_of_every_view_is_one_page_with_its_figure_its_code_and_room_for_answers() -> Result<()>
{
    for (view, query) in LINKS {
        visit(query, Size::DESKTOP, async |page| {
            for paper in [A4, LETTER] {
                ask(page).await?;
                let inside = |css: &str| format!("document.querySelector('.handout {css}')");
                assert!(
                    page.eval(&format!("{} !== null", inside("figure > *")))
                        .await?,
                    "{view}"
                );
                assert!(
                    page.eval(&format!("{} !== null", inside("header > svg path")))
                        .await?
                );
                let lines = "document.querySelectorAll('.handout .line').length";
                assert!(page.eval::<usize>(lines).await? >= 8);
                let text: String = page
                    .eval("document.querySelector('.handout').textContent")
                    .await?;
                let address: String = page.eval("location.origin").await?;
                assert!(text.contains(&address) && text.contains("seed"), "{text}");
                for question in &handout::questions(view)[1..] {
                    assert!(text.contains(question), "{view}: {question}");
                }
                let title: String = page.eval("document.title").await?;
                assert!(
                    title.starts_with(&format!("dropout-{view}-")) && title.ends_with("-handout")
                );

                let second = print(page, paper, "2").await;
                assert!(second.is_err(), "{query} has a second page");
                // It may have been put away by the print that was refused.
                if page.count(".handout").await? == 0 {
                    page.key(Key::Escape).await?;
                    ask(page).await?;
                }
                print(page, paper, "1").await?;
                page.wait_until("!document.querySelector('.handout')")
                    .await?;
                assert_eq!(page.eval::<String>("document.title").await?, "Dropout Lab");
                page.key(Key::Escape).await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn nothing_of_the_page_is_printed_with_it_and_all_of_it_is_on_the_paper() -> Result<()> {
    visit("?v=1", Size::DESKTOP, async |page| {
        ask(page).await?;
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await?;
        let shown = "[...document.body.children].filter(child => child.checkVisibility()).map(child => child.className)";
        assert_eq!(page.eval::<Vec<String>>(shown).await?, ["handout"]);
        // As wide as A4 between its margins.
        page.resize(Size {
            width: 688,
            height: 1017,
            pixel_ratio: 1.0,
        })
        .await?;
        let out = "(() => { const page = document.querySelector('.handout'); const end = page.getBoundingClientRect();
            return [...page.querySelectorAll('*')].filter(part => { const own = part.getBoundingClientRect();
                return own.bottom > end.bottom + 1 || own.right > end.right + 1; }).map(part => part.outerHTML.slice(0, 80)); })()";
        assert_eq!(page.eval::<Vec<String>>(out).await?, [""; 0]);
        let apart = "(() => { const parts = ['header', 'figure', 'ol'].map(name => document.querySelector('.handout > ' + name).getBoundingClientRect());
            return parts.every((part, k) => part.height > 50 && (k === 0 || part.top >= parts[k - 1].bottom)); })()";
        assert!(page.eval::<bool>(apart).await?);
        Ok(())
    })
}
