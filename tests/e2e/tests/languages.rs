//! Every view in every language, and in two that are none: one needs more room than any, one runs from right to left.

use anyhow::Result;
use dropout_lab::app::View;
use e2e::{Page, Size, visit};

/// Every view in a language, on a desk and on a phone: nothing is wider than the page, and no button hides its label.
fn reads_well(lang: &str, html: [&str; 2]) -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        for size in [Size::DESKTOP, Size::PHONE] {
            page.resize(size).await?;
            for view in View::ALL {
                let query = format!("?v=1&view={}&lang={lang}", view.name());
                page.go(&query).await?;
                page.wait_for("h1").await?;
                let root = "[document.documentElement.lang, document.documentElement.dir]";
                assert_eq!(page.eval::<[String; 2]>(root).await?, html, "{query}");
                let (width, clipped) = fit(page).await?;
                if lang.starts_with("qps") {
                    let name = format!("{lang}-{}-{}", view.name(), size.width);
                    page.screenshot(&name).await?;
                }
                assert!(width <= size.width, "{query}: {width} of {}", size.width);
                assert_eq!(clipped, [""; 0], "{query}, {} wide", size.width);
                let link: String = page.eval("location.search").await?;
                assert!(link.contains(&format!("lang={lang}")), "{link}");
            }
            page.check_console().await?;
        }
        Ok(())
    })
}

/// The width of all that the page holds, and the labels that their elements cut off.
async fn fit(page: &Page) -> Result<(u32, Vec<String>)> {
    let clipped =
        "[...document.querySelectorAll('button, summary, label, legend, nav a, h1, h2, h3')]
        .filter(element => element.getClientRects().length && !element.closest('.visually-hidden'))
        .filter(element => getComputedStyle(element).display !== 'inline')
        .filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 2)
        .map(element => element.outerHTML)";
    Ok((
        page.eval("document.documentElement.scrollWidth").await?,
        page.eval(clipped).await?,
    ))
}

#[test]
fn german() -> Result<()> {
    reads_well("de", ["de", "ltr"])
}

#[test]
fn spanish() -> Result<()> {
    reads_well("es", ["es", "ltr"])
}

#[test]
fn chinese() -> Result<()> {
    reads_well("zh", ["zh-Hans", "ltr"])
}

#[test]
fn strings_longer_than_those_of_any_language() -> Result<()> {
    reads_well("qps-long", ["en", "ltr"])
}

#[test]
fn a_page_from_right_to_left() -> Result<()> {
    reads_well("qps-rtl", ["en", "rtl"])
}

#[test]
fn a_language_is_chosen_on_the_page_and_stays_in_the_link() -> Result<()> {
    visit("?v=1&p=0.3", Size::DESKTOP, async |page| {
        assert_eq!(page.text("button.again").await?, "Again");
        let scripts = "[...document.querySelectorAll('.script pre')].map(pre => pre.textContent)";
        let english: Vec<String> = page.eval(scripts).await?;
        page.set("#field-lang", "de").await?;
        page.wait_until(
            "document.documentElement.lang === 'de' && document.querySelector('button.again')",
        )
        .await?;
        assert_eq!(page.text("button.again").await?, "Nochmal");
        let link: String = page.eval("location.search").await?;
        assert_eq!(link, "?v=1&p=0.3&lang=de");
        let label = page.text(".p-label").await?;
        assert!(label.contains("0,30"), "{label}");
        // The script and what PyTorch prints know no language, but for the link that the script names.
        let german: Vec<String> = page.eval(scripts).await?;
        let [english, german] = [english, german].map(|texts| texts.join("\n"));
        assert_eq!(german.replace("&lang=de", ""), english);
        page.click("nav.views a:nth-of-type(3)").await?;
        page.wait_until("location.search.includes('view=coin')")
            .await?;
        let link: String = page.eval("location.search").await?;
        assert_eq!(link, "?v=1&view=coin&lang=de");
        assert_eq!(page.text("button.again, .now").await?.find("coins"), None);
        page.set("#field-lang", "en").await?;
        // The poster has a sentence of its own, in the same place.
        page.wait_until("document.documentElement.lang === 'en' && !document.querySelector('.poster') && document.querySelector('.now')")
            .await?;
        let now = page.text(".now").await?;
        assert!(now.contains("coins from seed"), "{now}");
        Ok(())
    })
}

#[test]
fn without_a_language_in_the_link_the_browser_is_asked_and_english_fetches_nothing() -> Result<()> {
    visit("?v=1", Size::DESKTOP, async |page| {
        let fetched = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.json')).length";
        assert_eq!(page.eval::<usize>(fetched).await?, 0);
        let accept = serde_json::json!({
            "userAgent": page.eval::<String>("navigator.userAgent").await?,
            "acceptLanguage": "fr-FR,es-MX,en",
        });
        page.devtools("Emulation.setUserAgentOverride", accept)
            .await?;
        page.go("?v=1").await?;
        let lang: String = page.eval("document.documentElement.lang").await?;
        assert_eq!(lang, "es");
        assert_eq!(page.text("button.again").await?, "Otra vez");
        assert_eq!(page.eval::<usize>(fetched).await?, 1);
        Ok(())
    })
}

#[test]
fn numbers_are_shown_and_taken_with_the_decimal_sign_of_the_language() -> Result<()> {
    for (view, link) in [
        ("network", "?v=1&p=0.25&lang=de"),
        ("coin", "?v=1&view=coin&p=0.25&lang=de"),
    ] {
        visit(
            &format!("?v=1&view={view}&lang=de"),
            Size::DESKTOP,
            async |page| {
                assert_eq!(page.value("#field-p").await?, "0,5");
                page.set("#field-p", "0,25").await?;
                page.wait_until(&format!("location.search === '{link}'"))
                    .await?;
                assert_eq!(page.value("#field-p").await?, "0,25");
                assert_eq!(page.count("[aria-invalid=true]").await?, 0);
                // As a program writes it, it is understood as well, and shown as it should be.
                page.set("#field-p", "0.5").await?;
                page.wait_until("document.querySelector('#field-p').value === '0,5'")
                    .await?;
                // What is refused stays as it was typed.
                page.set("#field-p", "7,5").await?;
                page.wait_for("[aria-invalid=true]").await?;
                assert_eq!(page.value("#field-p").await?, "7,5");
                page.click(".data summary").await?;
                page.wait_for(".data td").await?;
                let point: usize = page
                .eval("[...document.querySelectorAll('.data td')].filter(cell => /\\d\\.\\d/.test(cell.textContent)).length")
                .await?;
                let comma: usize = page
                .eval("[...document.querySelectorAll('.data td')].filter(cell => /\\d,\\d/.test(cell.textContent)).length")
                .await?;
                assert!(
                    point == 0 && comma > 10,
                    "{point} with a point, {comma} with a comma"
                );
                Ok(())
            },
        )?;
    }
    visit("?lesson=4.1&lang=de", Size::DESKTOP, async |page| {
        page.fill("#bet", "0,5").await?;
        assert_eq!(page.value("#bet").await?, "0,5");
        page.click(".go .main-button").await?;
        // It is a bet: nothing is refused, and there is something to do.
        page.wait_for(".act").await?;
        assert_eq!(page.count("#bet-error").await?, 0);
        Ok(())
    })
}
