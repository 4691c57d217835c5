//! Questions for paper: what can be asked of a view's figure, whatever it shows, and the step that is asked right there.

use super::Place;
use super::plan::PLAN;

/// What can be read off a view's figure or tried there, by the view's name, as messages; nothing for a view without one.
#[must_use]
pub fn questions(view: &str) -> &'static [&'static str] {
    let own = QUESTIONS.iter().find(|(name, _)| *name == view);
    own.map_or(&[], |(_, questions)| questions)
}

/// The step of the lessons whose bet is placed on exactly this link: one of the class's lesson, if it has one.
#[must_use]
pub fn asked_at(link: &str) -> Option<Place> {
    let of_the_plan = PLAN.iter().map(|part| part.place);
    let mut places = of_the_plan.chain(Place::all());
    places.find(|place| place.step().before == link)
}

/// Three for each view.
const QUESTIONS: [(&str, [&str; 3]); 9] = [
    (
        "network",
        [
            "Choose a unit. For which samples was it kept, for which was it dropped, and where did ReLU switch it off?",
            "Choose a number behind ReLU that was kept. Work out by hand what dropout makes of it, and compare.",
            "Is a lane hatched? Say why its row of fc1 got no gradient, or why no lane is.",
        ],
    ),
    (
        "tensor",
        [
            "Choose a number that was kept. Work out from p what it comes out as, and compare.",
            "Count the crossed cells of the mask. How many did p let you expect?",
            "Predict, then try it: what stays as it is with another p and the same seed, and what with another seed?",
        ],
    ),
    (
        "coin",
        [
            "How many ones did p let you expect, and how many are there?",
            "Choose a bar. Say in one sentence what it counts, and read off its chance.",
            "Predict, then try it: with four times as many coins, how far from the expected share will the ones be?",
        ],
    ),
    (
        "expectation",
        [
            "Read off the mean of the draws and the eval output. How far apart are they, and what would bring them closer?",
            "Choose one draw. How does it come about, and how far from the mean does it lie?",
            "Where is the scaling done here: in training, in eval, in the two of them, or nowhere? How does the figure show it?",
        ],
    ),
    (
        "gradients",
        [
            "Multiply the factors by hand. What is the product, and which factor would you change to make it 0?",
            "Two factors are marked as left out in notebook 004. What would each of them change?",
            "What does a sample add to this gradient if the unit was dropped for it? Say why.",
        ],
    ),
    (
        "subnetworks",
        [
            "How many masks can a hidden layer of this size have? How did you count them?",
            "Compare the mean of the outputs with the eval output. Should they agree here? Say why.",
            "Which unit has the largest share in what dropout adds to the loss, and what makes it so large?",
        ],
    ),
    (
        "training",
        [
            "Which of the losses would you quote as the result, and why that one?",
            "Did dropout help here? Which numbers tell, and how sure do they make you?",
            "What would you change to turn the answer round? Try it, and write down what happened.",
        ],
    ),
    (
        "variants",
        [
            "How many coins were tossed, and for how many numbers?",
            "Which numbers share a coin? Say it with the names of the axes.",
            "Predict, then try it: what will this layer do in eval mode?",
        ],
    ),
    (
        "notebook",
        [
            "Which numbers of the output come from chance, and which would you get with any seed?",
            "How many random words does this cell draw, and in which of its lines?",
            "Predict, then try it: what will it print with p = 0?",
        ],
    ),
];
