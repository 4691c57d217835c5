//! What is written as data and translated where it is shown: the notebooks and the handout's questions; and that what
//! the page then says is in its language, while files stay as they are.

use std::collections::BTreeMap;

use dropout_lab::app::View;
use dropout_lab::app::exhibit::{Exhibit, Page};
use dropout_lab::app::files::Kept;
use dropout_lab::lang;
use dropout_lab::lessons::handout;
use dropout_lab::model::exhibits::TensorSettings;
use dropout_lab::notebook::cells::{Cell, Notebook, NotebookSettings, Which, notebook};
use dropout_lab::notebook::prose::{Block, Span, parts, said};
use dropout_lab::notebook::{paste, reader};

use super::{LANGUAGES, lines, translations};

fn speak(language: &str) {
    lang::speak(lines(&translations(language)));
}

fn notebooks() -> impl Iterator<Item = Notebook> {
    let run = |which| notebook(which, &NotebookSettings::default());
    Which::ALL.into_iter().map(run)
}

/// Every message of the notebooks' prose and of the notes on their slips.
fn of_notebook(notebook: &Notebook) -> Vec<&'static str> {
    let mut said = vec![notebook.which.title()];
    for cell in &notebook.cells {
        match cell {
            Cell::Text(text) => said.extend(parts(text).map(|(_, message)| message)),
            Cell::Code(code) => {
                let slips = code.slips.iter();
                said.extend(slips.flat_map(|slip| [slip.claim, slip.truth]));
            }
        }
    }
    said
}

/// The messages of the notebooks and of the handout, with where they stand.
pub fn messages() -> BTreeMap<String, String> {
    let of_notebooks = notebooks().flat_map(|notebook| {
        let number = notebook.which.number();
        let place = move |said: &str| (said.to_owned(), format!("notebook/cells/n{number}.rs"));
        of_notebook(&notebook).into_iter().map(place)
    });
    let questions = View::ALL.into_iter().map(View::name);
    let questions = questions.flat_map(handout::questions);
    let questions = questions.map(|said| ((*said).to_owned(), "lessons/handout.rs".to_owned()));
    of_notebooks.chain(questions).collect()
}

#[test]
fn every_notebook_has_prose_and_notes_and_every_view_with_a_figure_has_questions() {
    let messages = messages();
    for which in Which::ALL {
        let file = format!("notebook/cells/n{}.rs", which.number());
        let own = messages.values().filter(|place| **place == file).count();
        assert!(own > 5, "{file}: {own}");
    }
    let asked = messages
        .values()
        .filter(|place| place.ends_with("handout.rs"));
    assert_eq!(asked.count(), 27);
}

#[test]
fn prose_is_said_block_by_block_in_the_language_in_force() {
    let text =
        "# Gradients\n\nNot in the notebook: the weight that gave this output.\n\nunknown `eval()`";
    let code = [Span::Words("unknown "), Span::Code("eval()")];
    let paragraph = |words| Block::Paragraph(vec![Span::Words(words)]);
    let expected = |heading, words| {
        [
            Block::Heading(vec![Span::Words(heading)]),
            paragraph(words),
            Block::Paragraph(code.to_vec()),
        ]
    };
    let english = "Not in the notebook: the weight that gave this output.";
    assert_eq!(said(text), expected("Gradients", english));
    speak("es");
    let spanish = "No está en el cuaderno: el peso que dio esta salida.";
    assert_eq!(said(text), expected("Gradientes", spanish));
}

#[test]
fn what_is_said_of_a_notebook_is_in_the_language_in_force() {
    speak("de");
    let page = Page::<reader::Settings>::open("?view=notebook&notebook=000&seed=7");
    assert_eq!(
        reader::now(page.trace()),
        "Notebook 000, hier aus Seed 7 mit p = 0,3 ausgeführt: 7 Zellen mit Code. Es irrt an 1 Stelle; eine Notiz neben \
         der Zelle sagt, was stimmt."
    );
    let told = reader::explain(page.trace(), "ratio");
    assert_eq!(told.title, "In [2] zieht 20 Wörter zu 32 Zufallsbits");
    let stream = ("Generator", "geht von Wort 0 zu Wort 20");
    let line = told.lines.first();
    let line = line.map(|(label, text)| (label.as_str(), text.as_str()));
    assert_eq!(line, Some(stream));
}

#[test]
fn what_is_said_of_a_pasted_text_is_in_the_language_in_force() {
    speak("de");
    let refused = |text: &str| paste::parse(text).err().map(|error| error.to_string());
    for (text, expected) in [
        (
            "[[1, 2], [3]]",
            "Zeile 1, Spalte 12: Diese Zeile hat 1 Zahl, die davor haben 2; alle Zeilen müssen gleich lang sein.",
        ),
        (
            "1 2\n3 vier",
            "Zeile 2, Spalte 3: vier ist keine Zahl; erlaubt sind Zahlen wie -0.5 oder 1e-4, nan, inf, True und False.",
        ),
    ] {
        assert_eq!(refused(text).as_deref(), Some(expected));
    }
    let text = "tensor([True, False], device='cuda:0')";
    let taken = Exhibit::paste(&mut TensorSettings::default(), text);
    let expected = "2 Zahlen in der Form [2]. True und False werden als 1 und 0 gelesen. device='cuda:0' wird ausgelassen.";
    assert_eq!(taken.as_deref(), Ok(expected));
}

#[test]
fn the_files_of_notebooks_are_the_same_in_every_language() {
    let link = |which: Which| format!("?v=1&view=notebook&notebook={}&seed=7", which.number());
    let files = || {
        Which::ALL.map(|which| {
            let page = Page::<reader::Settings>::open(&link(which));
            let printed = reader::Settings::output(page.trace());
            [page.script(), page.jupyter(), printed]
        })
    };
    let english = files();
    for language in LANGUAGES {
        speak(language);
        assert_eq!(files(), english, "{language}");
    }
}
