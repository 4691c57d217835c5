//! A handout from *save*, as a browser prints it.

use anyhow::Result;
use dropout_lab::lessons::handout;
use e2e::{Key, Page, Size, visit};
use serde_json::json;

/// Opens *save* by the keyboard and asks for the handout; what would open the printer's dialog is counted instead.
async fn ask(page: &Page) -> Result<()> {
    page.eval::<bool>(
        "(() => { window.asked = 0; window.print = () => { window.asked += 1; }; return true; })()",
    )
    .await?;
    page.press(".open-save").await?;
    page.wait_until("document.querySelector('dialog.save')?.open")
        .await?;
    page.press("[data-kind='-handout.pdf']").await?;
    page.wait_until("window.asked === 1").await
}

/// Prints page `number` of the page on paper of this size, in inches.
async fn print(page: &Page, (width, height): (f64, f64), number: &str) -> Result<()> {
    let paper = json!({ "paperWidth": width, "paperHeight": height, "preferCSSPageSize": true, "pageRanges": number });
    page.devtools("Page.printToPDF", paper).await.map(drop)
}

const A4: (f64, f64) = (8.27, 11.69);
const LETTER: (f64, f64) = (8.5, 11.0);

/// A view, one of its links, and the paper.
const LINKS: [(&str, &str, (f64, f64)); 10] = [
    ("network", "?v=1", A4),
    ("network", "?v=1&batch=128&hidden=256", LETTER),
    ("tensor", "?view=tensor&theme=dark", A4),
    ("coin", "?view=coin&draws=10000&group=4", LETTER),
    ("expectation", "?view=expectation", LETTER),
    ("gradients", "?view=gradients&theme=projector", A4),
    ("subnetworks", "?view=subnetworks", A4),
    ("training", "?view=training", A4),
    ("variants", "?view=variants&layer=locked", A4),
    ("notebook", "?view=notebook&notebook=001", LETTER),
];

#[test]
fn a_handout_of_every_view_is_one_page_with_its_figure_its_code_and_room_for_answers() -> Result<()>
{
    for (view, query, paper) in LINKS {
        visit(query, Size::DESKTOP, async |page| {
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
            assert!(title.starts_with(&format!("dropout-{view}-")) && title.ends_with("-handout"));

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
