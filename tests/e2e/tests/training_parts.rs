//! The training view's parts in the browser: two classes in the plane, rivals and optimisers, lanes by keyboard
//! alone, passes of MC dropout, and settings at the edge of what is allowed. What the page says and draws is held
//! against what is computed here.

mod still;
use anyhow::Result;
use dropout_lab::app::exhibit::{Exhibit, Page as ExhibitState};
use dropout_lab::draw::training::Layout;
use dropout_lab::model::exhibits::training::{Fit, LEVEL, Live, RunTrace, Settings};
use dropout_lab::model::proof::race::{Duel, Race, interval};
use dropout_lab::words;
use e2e::{Key, Page, Size, visit};

use e2e::trained::{DONE, record, recorded, says, to_the_end, trained};
use still::{room, shows, watch};

async fn link_is(page: &Page, query: &str) -> Result<()> {
    page.wait_until(&format!("location.search === '{query}'"))
        .await
}

/// How many colours there are in a rectangle of the canvas.
async fn colours(page: &Page, (x, y, width, height): (f64, f64, f64, f64)) -> Result<usize> {
    let script = format!(
        "(canvas => {{
            const image = canvas.getContext('2d').getImageData({x}, {y}, {width}, {height});
            return new Set(new Uint32Array(image.data.buffer)).size;
        }})(document.querySelector('.training canvas'))"
    );
    page.eval(&script).await
}

#[test]
fn moons_are_chosen_trained_and_drawn_in_both_planes() -> Result<()> {
    visit("?view=training&steps=200", Size::DESKTOP, async |page| {
        watch(page).await?;
        page.set("#field-preset", "moons").await?;
        link_is(page, "?v=1&view=training&preset=moons").await?;
        page.click(".setup summary").await?;
        page.fill("#field-steps", "200").await?;
        page.key(Key::Enter).await?;
        let query = "?v=1&view=training&preset=moons&steps=200";
        link_is(page, query).await?;
        to_the_end(page).await?;
        let state = trained(query);
        says(page, &state).await?;
        let still = shows(page, &state).await?;
        let Live::Run(trace) = &**state.live() else {
            panic!("a run is shown");
        };
        let Fit::Surface(plane) = &trace.fit else {
            panic!("a plane is shown");
        };
        for network in [0, 1] {
            let found = words::training::found(plane, network);
            let text = still.texts.iter().find(|(text, ..)| *text == found);
            assert!(text.is_some(), "{found} is not on the picture");
        }
        let layout = Layout::new(state.live(), room(page).await?);
        assert!(layout.side.len() >= 2);
        for plot in &layout.side[..2] {
            let area = plot.area;
            let colours = colours(page, (area.x, area.y, area.w, area.h)).await?;
            assert!(colours > 20, "{colours} colours");
        }
        page.screenshot("training-parts-moons").await?;
        page.resize(Size::PHONE).await?;
        page.wait_until("document.querySelector('.training canvas').getBoundingClientRect().width <= innerWidth")
            .await?;
        let width: u32 = page.eval("document.documentElement.scrollWidth").await?;
        assert!(width <= Size::PHONE.width, "{width}");
        page.screenshot("training-parts-moons-phone").await?;
        Ok(())
    })
}

#[test]
fn a_rival_and_an_optimiser_bring_their_usual_numbers_and_race() -> Result<()> {
    let query = "?view=training&show=race&seeds=4&steps=100";
    visit(query, Size::DESKTOP, async |page| {
        watch(page).await?;
        page.click(".setup summary").await?;
        page.set("#field-against", "weight_decay").await?;
        page.set("#field-optimizer", "adam").await?;
        let link =
            "?v=1&view=training&show=race&optimizer=adam&against=weight_decay&steps=100&seeds=4";
        link_is(page, link).await?;
        let state = ExhibitState::<Settings>::open(link);
        assert_eq!(state.query(), link);
        let (settings, usual) = (state.settings(), state.settings().usual());
        assert_ne!(usual.lr, Settings::default().plan().lr);
        assert!(usual.weight_decay > 0.0);
        assert_eq!(page.value("#field-lr").await?, usual.lr.to_string());
        let decay = page.value("#field-weight_decay").await?;
        assert_eq!(decay, usual.weight_decay.to_string());
        assert_eq!(page.count("#field-momentum").await?, 0);
        let read = |css: &str| format!("document.querySelector('{css}').textContent");
        let script: String = page.eval(&read("pre.code")).await?;
        assert_eq!(script, settings.script(&state.query()));
        assert!(script.contains("Adam("), "{script}");

        to_the_end(page).await?;
        says(page, &trained(link)).await?;
        assert_eq!(page.text(".how-far").await?, "4 of 4 pairs");
        let mut race = Race::new(*settings.plan(), settings.seeds(), settings.plan().steps);
        race.advance(u32::MAX);
        let report = race.report();
        let (low, high) = interval(report.better, report.pairs, LEVEL);
        let said = format!(
            "in {} of 4. 95 % interval for its chance to win a pair: {:.0} to {:.0} %",
            report.better,
            100.0 * low,
            100.0 * high
        );
        assert!(page.text(".measured").await?.contains(&said), "{said}");
        shows(page, &trained(link)).await?;
        page.screenshot("training-parts-rival").await?;
        Ok(())
    })
}

/// Moves the focus by Tab until `css` has it.
async fn tab_to(page: &Page, css: &str) -> Result<()> {
    let focused = format!("document.activeElement.matches({css:?})");
    for _ in 0..80 {
        if page.eval::<bool>(&focused).await? {
            return Ok(());
        }
        page.key(Key::Tab).await?;
    }
    anyhow::bail!("Tab does not lead to {css}")
}

#[test]
fn lanes_are_played_and_read_by_keyboard_alone() -> Result<()> {
    let query = "?view=training&panel=lanes&steps=600";
    visit(query, Size::DESKTOP, async |page| {
        tab_to(page, ".transport .watch").await?;
        let tenth = "+document.querySelector('.transport progress').value > 60";
        record(page, "", tenth).await?;
        page.key(Key::Enter).await?;
        let frames = recorded(page).await?;
        let (seconds, usual, longest) = (frames.seconds, frames.usual, frames.longest);
        eprintln!(
            "a tenth of a played run: {seconds:.2} s, frames {usual:.1} ms, the longest {longest:.1} ms"
        );
        assert!(usual < 34.0, "{usual} ms");
        assert!(longest < 150.0, "{longest} ms");
        page.key(Key::Enter).await?;
        page.wait_until("document.querySelector('.transport .watch').textContent === '▶ play'")
            .await?;
        // Only now: what writes down every mark takes time itself.
        watch(page).await?;
        tab_to(page, ".transport .full").await?;
        page.key(Key::Enter).await?;
        page.wait_until(DONE).await?;

        let state = trained(query);
        says(page, &state).await?;
        shows(page, &state).await?;
        let Live::Run(trace) = &**state.live() else {
            panic!("a run is shown");
        };
        tab_to(page, ".training .figure").await?;
        reads_every_lane(page, trace).await?;
        page.screenshot("training-parts-lanes").await?;
        Ok(())
    })
}

/// What dropout's own counts come to, lane by lane.
fn counted(trace: &RunTrace) -> Vec<String> {
    let plan = trace.settings.plan();
    let mut duel = Duel::new(plan, trace.settings.seed(), plan.steps);
    duel.advance(plan.steps);
    let tally = duel.with.run().tally();
    let lane = |unit: usize| {
        let [kept, seen] = [tally?.kept(unit), tally?.samples()].map(u64::from);
        let [kept, seen] = [kept, seen].map(words::training::thousands);
        Some(format!("h{}: kept for {kept} of {seen} samples", unit + 1))
    };
    (0..trace.lanes.units.len()).filter_map(lane).collect()
}

/// Walks from the curves into the lanes and along all of them, and holds what is said of each against the counts.
async fn reads_every_lane(page: &Page, trace: &RunTrace) -> Result<()> {
    let counted = counted(trace);
    assert_eq!(counted.len(), trace.lanes.units.len());
    let told = "document.querySelector('.lane-told').textContent";
    // From the curves' first point down into the lanes, and up to the first of them.
    page.key(Key::Right).await?;
    page.key(Key::Down).await?;
    page.wait_until(&format!("/^h\\d+:/.test({told})")).await?;
    for _ in &counted {
        page.key(Key::Up).await?;
    }
    for (unit, counted) in counted.iter().enumerate() {
        let lane = words::training::lane(trace, unit).unwrap_or_default();
        assert!(lane.starts_with(counted), "{lane}");
        page.wait_until(&format!("{told} === {lane:?}")).await?;
        let aloud = format!("document.querySelector('.said').textContent === {lane:?}");
        page.wait_until(&aloud).await?;
        page.key(Key::Down).await?;
    }
    Ok(())
}

/// Of the pictures since the last call: how many there are, and how many of them have the dots of single passes.
async fn dotted(page: &Page) -> Result<(usize, usize)> {
    let script = "(stills => [stills.length, stills.filter(still => still.circles.some(circle => circle[2] === 1)
        || still.texts.some(text => text[0].includes('dots: the first few'))).length])(window.stills.splice(0))";
    page.eval(script).await
}

#[test]
fn passes_are_drawn_and_told_only_while_training_rests() -> Result<()> {
    let query = "?view=training&preset=hurts&passes=30";
    visit(query, Size::DESKTOP, async |page| {
        watch(page).await?;
        page.click(".transport .next").await?;
        page.wait_until(
            "document.querySelector('.measured').textContent.includes('MC dropout, 30 passes')",
        )
        .await?;
        assert!(dotted(page).await?.1 > 0);

        page.click(".transport .watch").await?;
        page.wait_until("+document.querySelector('.transport progress').value > 20")
            .await?;
        dotted(page).await?;
        page.wait_until("+document.querySelector('.transport progress').value > 80")
            .await?;
        let (all, dots) = dotted(page).await?;
        assert!(
            all > 5 && dots == 0,
            "{dots} of {all} have dots while it is played"
        );
        let told: String = page
            .eval("document.querySelector('.measured').textContent")
            .await?;
        assert!(!told.contains("MC dropout, 30 passes"), "{told}");

        page.click(".transport .watch").await?;
        page.wait_until(
            "document.querySelector('.measured').textContent.includes('MC dropout, 30 passes')",
        )
        .await?;
        assert!(dotted(page).await?.1 > 0);
        to_the_end(page).await?;
        let state = trained(query);
        says(page, &state).await?;
        let still = shows(page, &state).await?;
        let dots = still.circles.iter().filter(|circle| circle.2 == 1).count();
        assert_eq!(dots, 5 * 49);
        page.screenshot("training-parts-passes").await?;
        Ok(())
    })
}

#[test]
fn settings_at_the_edge_end_in_honest_sentences() -> Result<()> {
    visit("?view=training", Size::DESKTOP, async |page| {
        for changes in [
            "train=20&batch=1000&steps=100",
            "train=1&steps=100",
            "hidden=1&steps=100&panel=lanes",
            "p=1&steps=100&panel=lanes",
            "p=1&steps=100&preset=hurts&passes=1",
            "p=1&steps=100&preset=moons&train=1&hidden=1",
            "lr=10&show=race&seeds=3&steps=200",
            "lr=10",
        ] {
            let query = format!("?view=training&{changes}");
            page.go(&query).await?;
            watch(page).await?;
            to_the_end(page).await?;
            let state = trained(&query);
            says(page, &state).await?;
            shows(page, &state).await?;
            let told = page.text(".measured").await?;
            let mut words = told.split(|letter: char| !letter.is_alphabetic());
            assert!(!words.any(|word| ["NaN", "inf"].contains(&word)), "{told}");
            page.screenshot(&format!("training-parts-{}", changes.replace('&', "-")))
                .await?;
        }
        assert!(page.text(".measured").await?.contains("diverged at step"));
        let last_good = trained("?view=training&lr=10");
        let Live::Run(trace) = &**last_good.live() else {
            panic!("a run is shown");
        };
        let steps = trace.last_good().map(words::training::steps);
        let offered = format!("the last good state: {}", steps.unwrap_or_default());
        assert_eq!(page.text(".last-good").await?, offered);
        page.click(".setup summary").await?;
        for (field, text) in [
            ("batch", "0"),
            ("train", "0"),
            ("hidden", "0"),
            ("lr", "-1"),
        ] {
            page.fill(&format!("#field-{field}"), text).await?;
            page.key(Key::Enter).await?;
            page.wait_for(&format!("#field-{field}[aria-invalid=true]"))
                .await?;
            let refused = page.text(&format!("#field-{field}-error")).await?;
            assert!(refused.contains(" to "), "{refused}");
            assert_eq!(page.text(".last-good").await?, offered);
        }
        Ok(())
    })
}
