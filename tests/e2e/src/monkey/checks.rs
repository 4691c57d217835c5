//! What must hold of what is on the screen: its numbers among each other, and against the same link computed here.

use anyhow::{Context, Result, ensure};
use dropout_lab::app::View;
use dropout_lab::app::embed::{Written, written};
use serde_json::Value;

use crate::Page;

use super::action::{Action, attend};
use super::{Seen, Tally, invariants};

/// What is asked of a page in a frame: its numbers. If `replayed`, its link is opened anew beside it as well.
pub async fn of_a_frame(page: &Page, seen: &Seen, replayed: bool, tally: &mut Tally) -> Result<()> {
    let text = asked(page).await?;
    let answer: Value = serde_json::from_str(&text)?;
    let (settings, trace) = (&answer["result"]["settings"], &answer["result"]["trace"]);
    let link = link_of(settings)?;
    ensure!(
        seen.texts.is_empty() || has_nan(trace),
        "NaN is on the screen and not in the numbers: {:#?}",
        seen.texts
    );
    masks(trace)?;
    if link.view() == View::Network {
        lanes(trace)?;
    }
    if !goes_on(link.view()) {
        let computed = invariants::host(&link.query()).numbers();
        ensure!(
            computed == *trace,
            "{} has other numbers than it shows:\n{trace}\ncomputed:\n{computed}",
            link.query()
        );
        tally.computed += 1;
    }
    if replayed {
        replay(page, link.as_ref(), settings, trace).await?;
        tally.replayed += 1;
    }
    Ok(())
}

/// Whether what a view shows depends on more than its link: how far training has come, and the learner.
fn goes_on(view: View) -> bool {
    matches!(view, View::Training | View::Lessons)
}

async fn asked(page: &Page) -> Result<String> {
    let answer: Option<String> = page.eval("monkey.ask('get')").await?;
    answer.context("`get` is not answered")
}

/// The link that has these settings.
fn link_of(settings: &Value) -> Result<Box<dyn Written>> {
    let settings = settings.as_object().context("no settings")?;
    let view = settings
        .get("view")
        .and_then(Value::as_str)
        .and_then(View::named);
    let mut link = written(view.context("no view")?, "");
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let names = settings
        .iter()
        .map(|(name, value)| (name.clone(), text(value)));
    link.set_all(&names.collect())
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(link)
}

fn has_nan(trace: &Value) -> bool {
    match trace {
        Value::String(text) => text == "NaN",
        Value::Array(values) => values.iter().any(has_nan),
        Value::Object(values) => values.values().any(has_nan),
        _ => false,
    }
}

/// Every number of every mask is 0 or 1.
fn masks(trace: &Value) -> Result<()> {
    fn coins(mask: &Value) -> Result<()> {
        match mask {
            Value::Array(rows) => rows.iter().try_for_each(coins),
            Value::Null => Ok(()),
            coin => {
                ensure!(
                    coin.as_f64().is_some_and(|coin| coin == 0.0 || coin == 1.0),
                    "{coin} in a mask"
                );
                Ok(())
            }
        }
    }
    trace.get("mask").map_or(Ok(()), coins)
}

/// What the lanes say of the hidden units is what their gradients say.
fn lanes(trace: &Value) -> Result<()> {
    let lanes = trace["lanes"].as_array().context("no lanes")?;
    for (unit, lane) in lanes.iter().enumerate() {
        let verdict = lane["verdict"].as_str().context("no verdict")?;
        let mask = trace["mask"].as_array().context("no mask")?;
        let kept = mask
            .iter()
            .filter(|row| row[unit].as_f64() == Some(1.0))
            .count();
        ensure!(
            lane["kept"].as_u64() == u64::try_from(kept).ok(),
            "lane {unit} was kept {kept} times: {lane}"
        );
        let fc1 = &trace["grad"]["fc1"];
        let row = fc1["weight"][unit].as_array().context("no row")?;
        let nothing = row
            .iter()
            .chain([&fc1["bias"][unit]])
            .all(|g| g.as_f64() == Some(0.0));
        let without = [
            "droppedInAll",
            "reluOffInAll",
            "droppedOrReluOffInAll",
            "noError",
            "movedWithoutGradient",
        ];
        let agrees = verdict == "evaluated" || nothing == without.contains(&verdict);
        ensure!(agrees, "lane {unit}, {verdict}: {}", fc1["weight"][unit]);
        ensure!(
            verdict != "droppedInAll" || kept == 0,
            "lane {unit} was kept {kept} times: {lane}"
        );
    }
    Ok(())
}

/// Opens a link in another tab; it must show what this one shows.
async fn replay(page: &Page, link: &dyn Written, settings: &Value, trace: &Value) -> Result<()> {
    let here = page.driver.window().await?;
    let tab = page.driver.new_tab().await?;
    page.driver.switch_to_window(tab).await?;
    let query = link.query();
    let open = Action::Open {
        framed: true,
        query: query.clone(),
    };
    open.perform(page).await?;
    let text = asked(page).await?;
    page.driver.close_window().await?;
    page.driver.switch_to_window(here).await?;
    let answer: Value = serde_json::from_str(&text)?;
    let (there, numbers) = (&answer["result"]["settings"], &answer["result"]["trace"]);
    ensure!(
        there == settings,
        "{query} opens with\n{there}\nand was\n{settings}"
    );
    ensure!(
        goes_on(link.view()) || numbers == trace,
        "{query} opens with\n{numbers}\nand was\n{trace}"
    );
    Ok(())
}

/// What a page by itself says: the output of its script is that of the link in its address bar.
pub async fn of_a_page(page: &Page, seen: &Seen, tally: &mut Tally) -> Result<()> {
    let address = "new Promise((done) => setTimeout(() => done(location.search), 400))";
    let query: String = page.eval(address).await?;
    let link = written(View::of(&query), &query);
    let host = invariants::host(&link.query());
    ensure!(
        seen.texts.is_empty() || has_nan(&host.numbers()) || goes_on(link.view()),
        "NaN is on the screen and not in the numbers: {:#?}",
        seen.texts
    );
    if goes_on(link.view()) {
        return Ok(());
    }
    // In another language it is another document.
    attend(page).await?;
    let shown: Option<String> = page.eval("monkey.output()").await?;
    let embedded = invariants::complaints(&query).is_empty() && query.contains("embed=1");
    let computed = host.notebook().map(|[_, output]| output);
    ensure!(
        embedded || shown.is_none() || shown == computed,
        "{query} prints\n{computed:?}\nand shows\n{shown:?}"
    );
    tally.computed += 1;
    Ok(())
}
