//! One case of a fixture file: what it asks for, what torch answered, and whether our answer equals
//! it.
use dropout_lab::nn::{DropProbability, Tensor};
use serde_json::{Map, Value};

use super::array::{Array, Tolerance, shape};

/// A case as it is written in the file.
#[derive(Clone, Copy)]
pub struct Case<'a>(pub &'a Value);

impl<'a> Case<'a> {
    pub fn text(self, key: &str) -> &'a str {
        self.0[key].as_str().unwrap()
    }

    pub fn op(self) -> &'a str {
        self.text("op")
    }

    pub fn args(self) -> &'a Value {
        &self.0["args"]
    }

    pub fn number(self, arg: &str) -> f64 {
        self.args()[arg].as_f64().unwrap()
    }

    pub fn integer(self, arg: &str) -> i64 {
        self.args()[arg].as_i64().unwrap()
    }

    pub fn size(self, arg: &str) -> usize {
        usize::try_from(self.integer(arg)).unwrap()
    }

    pub fn flag(self, arg: &str) -> bool {
        self.args()[arg].as_bool().unwrap()
    }

    pub fn shape(self) -> Vec<usize> {
        shape(&self.args()["shape"])
    }

    pub fn p(self) -> DropProbability {
        DropProbability::new(self.number("p")).unwrap()
    }

    pub fn array(self, input: &str) -> Array {
        Array::read(&self.0["inputs"][input])
    }

    pub fn tensor(self, input: &str) -> Tensor {
        self.array(input).tensor()
    }
}

/// What an operation gave: its numbers, their print, and the blocks that a notebook printed.
#[derive(Default)]
pub struct Outcome {
    arrays: Vec<(String, Array)>,
    texts: Vec<(String, String)>,
    blocks: Vec<(String, String)>,
}

/// How a case compares with torch.
#[derive(Default)]
pub struct Verdict {
    /// Where it falls short of what its `match` demands.
    pub faults: Vec<String>,
    /// Texts of a case that is only asked to be close: how many there are, and how many are the
    /// same nevertheless.
    pub close_texts: [usize; 2],
}

impl Outcome {
    pub fn new(name: &str, array: impl Into<Array>) -> Self {
        Self::default().and(name, array)
    }

    /// One more output, printed as a tensor without gradient.
    pub fn and(self, name: &str, array: impl Into<Array>) -> Self {
        self.and_made_by(name, array, None)
    }

    /// One more output, printed as the result of this operation.
    pub fn and_made_by(
        mut self,
        name: &str,
        array: impl Into<Array>,
        grad_fn: Option<&str>,
    ) -> Self {
        let array = array.into();
        let print = array.print(false, grad_fn).to_string();
        self.arrays.push((name.to_owned(), array));
        self.and_text(name, print)
    }

    pub fn and_text(mut self, name: &str, text: impl Into<String>) -> Self {
        self.texts.push((name.to_owned(), text.into()));
        self
    }

    pub fn with_blocks(mut self, blocks: Vec<(String, String)>) -> Self {
        self.blocks = blocks;
        self
    }

    pub fn compare(&self, case: Case) -> Verdict {
        let mut verdict = Verdict::default();
        let matching = case.text("match");
        let tolerance = match matching {
            "close" => Some(Tolerance {
                atol: case.0["atol"].as_f64().unwrap(),
                rtol: case.0["rtol"].as_f64().unwrap(),
            }),
            "bits" | "text" => None,
            other => panic!("unknown match {other}"),
        };
        for (name, expected) in members(&case.0["outputs"]) {
            let expected = Array::read(expected);
            let equal = named(&self.arrays, name).is_some_and(|ours| match tolerance {
                Some(tolerance) => ours.close_to(&expected, tolerance),
                None => ours.same_bits(&expected),
            });
            if !equal {
                verdict.faults.push(format!("output {name} differs"));
            }
        }
        for (name, equal) in self.texts_compared(case) {
            if tolerance.is_some() {
                verdict.close_texts[0] += 1;
                verdict.close_texts[1] += usize::from(equal);
            } else if !equal {
                verdict.faults.push(format!("text {name} differs"));
            }
        }
        verdict
    }

    /// Name and equality of every text and every block that torch printed.
    fn texts_compared(&self, case: Case) -> Vec<(String, bool)> {
        let texts = members(&case.0["text"]).map(|(name, expected)| {
            let ours = named(&self.texts, name);
            (name.clone(), ours.map(String::as_str) == expected.as_str())
        });
        let expected = case.0["blocks"].as_array().map_or(&[][..], Vec::as_slice);
        let same_count = expected.len() == self.blocks.len();
        let blocks = expected.iter().zip(&self.blocks).map(|(expected, ours)| {
            let equal = expected[0] == ours.0.as_str() && expected[1] == ours.1.as_str();
            (ours.0.clone(), equal)
        });
        let count = (!same_count).then(|| ("count of blocks".to_owned(), false));
        texts.chain(blocks).chain(count).collect()
    }
}

fn named<'a, T>(pairs: &'a [(String, T)], name: &str) -> Option<&'a T> {
    pairs
        .iter()
        .find(|(n, _)| n == name)
        .map(|(_, value)| value)
}

fn members(json: &Value) -> impl Iterator<Item = (&String, &Value)> {
    json.as_object().into_iter().flat_map(Map::iter)
}
