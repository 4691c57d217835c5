//! The page when it has stopped. No flag makes it panic, neither in a link nor in a build: these tests take a function of
//! the browser from it for one call, without which it cannot go on.

use anyhow::Result;
use e2e::embeds::framed;
use e2e::{Key, Page, Size, visit};

/// The next element that is made is not: what renders panics.
const BREAK: &str = "(() => {
    const real = ['createElement', 'createElementNS'].map(name => [Document.prototype, name, Document.prototype[name]]);
    real.push([Node.prototype, 'cloneNode', Node.prototype.cloneNode]);
    for (const [owner, name] of real) owner[name] = () => {
        for (const [owner, name, method] of real) owner[name] = method;
        throw new Error('on purpose');
    };
    return true;
})()";

const STOPPED: &str =
    "document.querySelector('#app > h1')?.textContent === 'Dropout Lab has stopped'";

/// What the page says, and that the browser's console has it too, once.
async fn explained(page: &Page) -> Result<Vec<String>> {
    page.wait_until(STOPPED).await?;
    let console = page
        .check_console()
        .await
        .map_err(|error| error.to_string());
    assert!(
        matches!(&console, Err(text) if text.contains("panicked at")),
        "{console:?}"
    );
    page.texts("#app pre").await
}

#[test]
fn a_panic_is_explained_with_the_link_to_it_and_a_reset_that_works() -> Result<()> {
    visit("?p=0.3&seed=7", Size::DESKTOP, async |page| {
        page.click("input[value=eval]").await?;
        page.wait_until("location.search.includes('mode=eval')")
            .await?;
        assert!(page.eval::<bool>(BREAK).await?);
        // Points at a number: what is said of it is new on the page.
        page.eval::<()>("document.querySelector('.figure').focus()")
            .await?;
        page.key(Key::Right).await?;
        let said = explained(page).await?;
        let address: String = page.eval("location.href").await?;
        assert_eq!(said[0], address);
        assert!(said[1].contains("panicked at"), "{}", said[1]);
        page.screenshot("stopped").await?;

        // What comes after it changes nothing.
        page.key(Key::Tab).await?;
        page.key(Key::Right).await?;
        page.resize(Size::PHONE).await?;
        page.driver.back().await?;
        assert_eq!(page.texts("#app pre").await?, said);
        let _faults_that_follow = page.check_console().await;

        page.click("#reset").await?;
        page.wait_for(".rail").await?;
        assert_eq!(page.eval::<String>("location.search").await?, "");
        // And the link leads to what was there.
        page.driver.goto(&said[0]).await?;
        page.wait_for(".rail").await?;
        assert_eq!(page.value("#field-seed").await?, "7");
        assert!(
            page.element("input[value=eval]")
                .await?
                .is_selected()
                .await?
        );
        Ok(())
    })
}

#[test]
fn a_panic_of_a_page_that_starts_is_explained_too() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        let source = format!("addEventListener('DOMContentLoaded', () => {BREAK})");
        let script = serde_json::json!({ "source": source });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        page.driver.refresh().await?;
        let said = explained(page).await?;
        assert!(said[1].contains("panicked at"), "{said:?}");
        Ok(())
    })
}

#[test]
fn in_a_frame_the_page_around_is_told() -> Result<()> {
    let link = "?embed=1&view=tensor&origin=ORIGIN";
    framed(link, "", (960, 540), async |page| {
        page.element("#frame").await?.enter_frame().await?;
        assert!(page.eval::<bool>(BREAK).await?);
        page.driver.enter_parent_frame().await?;
        let set = r#"{"jsonrpc":"2.0","id":1,"method":"set","params":{"view":"coin"}}"#;
        page.eval::<()>(&format!("tell('{set}')")).await?;
        page.element("#frame").await?.enter_frame().await?;
        explained(page).await?;
        page.screenshot("stopped-embed").await?;
        page.driver.enter_parent_frame().await?;
        let errors =
            "heard.filter(({ method }) => method === 'error').map(({ params }) => params.message)";
        page.wait_until(&format!("{errors}.length > 0")).await?;
        let errors: Vec<String> = page.eval(errors).await?;
        assert_eq!(errors.len(), 1);
        assert!(errors[0].contains("panicked at"), "{errors:?}");
        Ok(())
    })
}

#[test]
fn what_ends_the_app_without_a_panic_is_explained_by_the_page() -> Result<()> {
    visit("?p=0.3", Size::DESKTOP, async |page| {
        let trap = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('memory access out of bounds') }))";
        page.eval::<bool>(trap).await?;
        page.wait_for("#reset").await?;
        let said = page.text("#app [role=alert]").await?;
        assert!(
            said.contains("has stopped") && said.contains("out of bounds"),
            "{said}"
        );
        page.click("#reset").await?;
        page.wait_for(".rail").await?;
        assert_eq!(page.eval::<String>("location.search").await?, "");
        Ok(())
    })
}
