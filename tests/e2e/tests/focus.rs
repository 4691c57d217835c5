//! The focus stays where somebody is: whatever is pressed, it is on something that is on the page afterwards.

use anyhow::Result;
use dropout_lab::app::View;
use e2e::{Size, browse, dist, serve};

/// Presses every button that is there, one after another, each with the focus on it; what lost the focus.
/// A dialog that opens must have the focus, and give it back.
const PRESS: &str = "(async () => {
    window.print = () => {};
    const rest = () => new Promise(done => setTimeout(done, 60)).then(() => new Promise(requestAnimationFrame)).then(() => new Promise(requestAnimationFrame));
    const name = element => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
    const held = () => document.activeElement.isConnected && document.activeElement !== document.body;
    const buttons = () => [...document.querySelectorAll('button, summary')]
        .filter(element => !element.closest('dialog') && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
    const lost = [], pressed = new Set();
    for (let next; pressed.size < 120 && (next = buttons().find(element => !pressed.has(name(element))));) {
        const called = name(next);
        pressed.add(called);
        next.focus();
        if (document.activeElement !== next) { lost.push(`${called} takes no focus`); continue; }
        next.click();
        await rest();
        // The rest of the lab may be on its way.
        for (let wait = 0; wait < 40 && (!held() || document.querySelector('.fetching')); wait += 1) await rest();
        if (!held()) lost.push(called);
        const dialog = document.querySelector('dialog[open]');
        if (dialog) {
            if (!dialog.contains(document.activeElement)) lost.push(`${called}: its dialog has no focus`);
            dialog.close();
            await rest();
            if (!held()) lost.push(`${called}, its dialog closed`);
        }
    }
    return lost.length || pressed.size < 1 ? [`${pressed.size} pressed`, ...lost] : [];
})()";

#[test]
fn no_button_loses_the_focus() -> Result<()> {
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        let mut faults = Vec::new();
        // The first step; a step to go back from; a notice and a value to dismiss; the invitation; lessons.
        let more = [
            "",
            "?v=1&step=1",
            "?v=1&p=7&colour=red",
            "?view=coin&p=7",
            "?lesson=2.3",
            "?lesson=0.1",
            "?view=training&steps=20",
            "?view=training&steps=20&embed=1",
            "?v=1&embed=1",
        ];
        let more = more.map(str::to_owned);
        for query in View::ALL.map(View::link).into_iter().chain(more) {
            page.go(&query).await?;
            let lost: Vec<String> = page.eval(PRESS).await?;
            faults.extend(lost.iter().map(|what| format!("{query}: {what}")));
        }
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
        Ok(())
    })
}
