//! What a screen reader gets: the accessibility tree of every view, as Chromium computes it, held against
//! `snapshots/*.txt`.
//!
//! `ACCEPT_TREES=1 cargo test --package e2e --test tree` writes what is there now; the difference is then to be read.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dropout_lab::app::View;
use e2e::{Page, Size, browse, dist, serve};
use serde_json::{Value, json};

/// States of a control that a reader is told.
const TOLD: [&str; 7] = [
    "checked", "disabled", "expanded", "haspopup", "invalid", "level", "live",
];

/// Roles that only hold text or others, and say nothing.
const SILENT: [&str; 5] = [
    "none",
    "generic",
    "InlineTextBox",
    "StaticText",
    "LineBreak",
];

/// The tree, a line a node: role, name, value and states, indented by depth.
async fn tree(page: &Page) -> Result<String> {
    let answer = page
        .devtools("Accessibility.getFullAXTree", json!({}))
        .await?;
    let nodes = answer["nodes"].as_array().context("no tree")?;
    let by_id: HashMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
        .collect();
    let mut text = String::new();
    let root = nodes.first().context("an empty tree")?;
    write_node(&mut text, root, &by_id, 0)?;
    Ok(text)
}

fn write_node(
    text: &mut String,
    node: &Value,
    by_id: &HashMap<&str, &Value>,
    depth: usize,
) -> Result<()> {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let is_told = node["ignored"] != true && !SILENT.contains(&role);
    if is_told {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        write!(text, "{:indent$}{role}", "", indent = 2 * depth)?;
        if !name.is_empty() {
            write!(text, " {:?}", short(name))?;
        }
        if let Some(value) = node["value"].get("value").filter(|value| **value != "") {
            write!(
                text,
                " = {}",
                value.as_str().map_or_else(|| value.to_string(), short)
            )?;
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let property_name = property["name"].as_str().unwrap_or_default();
            let value = &property["value"]["value"];
            if TOLD.contains(&property_name) && *value != false && *value != "false" {
                write!(
                    text,
                    " {property_name}={}",
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                )?;
            }
        }
        text.push('\n');
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            write_node(text, child, by_id, depth + usize::from(is_told))?;
        }
    }
    Ok(())
}

/// The first words of a text, for the rest is held by other tests.
fn short(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text,
    }
}

#[test]
fn the_accessibility_tree_of_every_view_is_as_it_was_accepted() -> Result<()> {
    let accept = std::env::var("ACCEPT_TREES").is_ok();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let site = serve(&dist())?;
    browse(site.address(), &[], async |page| {
        page.resize(Size::DESKTOP).await?;
        let mut changed = String::new();
        let lesson = ("lesson".to_owned(), "?v=1&lesson=2.3".to_owned());
        let embed = ("embed".to_owned(), "?v=1&embed=1".to_owned());
        let views = View::ALL.map(|view| (view.name().to_owned(), view.link()));
        for (name, link) in views.into_iter().chain([lesson, embed]) {
            page.go(&link).await?;
            page.wait_for(".figure, .derivation, .notebook, .contents, .class-plan")
                .await?;
            let now = tree(page).await?;
            let file = folder.join(format!("{name}.txt"));
            if accept {
                fs::create_dir_all(&folder)?;
                fs::write(&file, &now)?;
            } else {
                let before = fs::read_to_string(&file)
                    .with_context(|| format!("{name}: ACCEPT_TREES=1 writes it"))?;
                let (before, now): (Vec<&str>, Vec<&str>) =
                    (before.lines().collect(), now.lines().collect());
                let at = before.iter().zip(&now).take_while(|(a, b)| a == b).count();
                if before != now {
                    writeln!(
                        changed,
                        "{name}.txt, line {}: {:?} is now {:?}",
                        at + 1,
                        before.get(at),
                        now.get(at)
                    )?;
                }
            }
        }
        assert!(
            changed.is_empty(),
            "\n{changed}ACCEPT_TREES=1 writes the trees anew"
        );
        Ok(())
    })
}
