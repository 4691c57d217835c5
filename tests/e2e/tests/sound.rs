//! Sound: none unless it was asked for, and then what `app::sound` says.

use anyhow::Result;
use e2e::{Page, Size, visit};
use serde_json::json;

/// Counts what is made of Web Audio, and writes down the pitch of each tone.
const COUNT: &str = "window.made = 0; window.tones = [];
    for (const name of ['AudioContext', 'webkitAudioContext']) if (window[name]) {
        window[name] = class extends window[name] { constructor(...given) { super(...given); window.made += 1; } };
    }
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...given) { window.tones.push(Math.round(this.frequency.value)); return start.apply(this, given); };";

async fn count(page: &Page, query: &str) -> Result<()> {
    page.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": COUNT }),
    )
    .await?;
    page.go(query).await
}

#[test]
fn nothing_is_made_while_it_is_off() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        count(page, "").await?;
        for query in ["", "?view=tensor", "?view=gradients"] {
            page.go(query).await?;
            page.click(".again").await?;
            page.wait_until("location.search.includes('again=')")
                .await?;
            assert_eq!(page.eval::<u32>("made").await?, 0, "{query}");
        }
        Ok(())
    })
}

#[test]
fn coins_and_blocked_rows_are_heard_once_it_is_on() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        count(page, "").await?;
        assert_eq!(page.value("#field-sound").await?, "off");
        page.set("#field-sound", "on").await?;
        page.wait_until("location.search === '?v=1&sound=on'")
            .await?;
        // The whole page has it, the first has not.
        page.wait_until("document.querySelector('#field-sound')?.value === 'on' && !document.querySelector('.fetching')")
            .await?;
        assert_eq!(page.eval::<u32>("made").await?, 0);
        page.click(".again").await?;
        page.wait_until("tones.length >= 10").await?;
        let tones: Vec<u32> = page.eval("tones").await?;
        assert!(
            tones[..10].iter().all(|pitch| [659, 220].contains(pitch)),
            "{tones:?}"
        );
        page.click(".again").await?;
        page.wait_until("tones.length >= 20").await?;
        // One of them is enough.
        assert_eq!(page.eval::<u32>("made").await?, 1);
        Ok(())
    })
}

#[test]
fn a_link_that_asks_for_it_makes_nothing_before_the_reader_acts() -> Result<()> {
    visit("", Size::DESKTOP, async |page| {
        count(page, "?v=1&sound=on&stage=relu").await?;
        page.wait_for(".data").await?;
        assert_eq!(page.eval::<u32>("made").await?, 0);
        page.press(".rail .stop:nth-child(4) button").await?;
        page.wait_until("made === 1 && tones.length >= 10").await
    })
}
