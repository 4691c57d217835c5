//! A formula as a tree of `MathML` elements. A page makes an element of each node; nothing is parsed.

use std::fmt;

/// A factor of the formula that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symbol {
    /// dL / dW1, the gradient itself.
    Gradient,
    /// 2 / N, which the notebook leaves out.
    TwoOverN,
    /// The sum over the samples.
    Sum,
    /// The output less its target.
    Error,
    /// fc2's weight.
    Weight,
    /// m / (1 - p), which the notebook leaves out.
    Mask,
    /// The slope of `ReLU`.
    Gate,
    /// The input.
    Input,
}

impl Symbol {
    /// Every symbol, in the order of the formula.
    pub const ALL: [Self; 8] = [
        Self::Gradient,
        Self::TwoOverN,
        Self::Sum,
        Self::Error,
        Self::Weight,
        Self::Mask,
        Self::Gate,
        Self::Input,
    ];

    /// How it is written in a line of text.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Gradient => "∂L/∂W₁",
            Self::TwoOverN => "2/N",
            Self::Sum => "Σₙ",
            Self::Error => "ŷ − y",
            Self::Weight => "w₂",
            Self::Mask => "m/(1 − p)",
            Self::Gate => "1[z > 0]",
            Self::Input => "x",
        }
    }

    /// Whether notebook 004 leaves it out.
    #[must_use]
    pub fn is_added(self) -> bool {
        matches!(self, Self::TwoOverN | Self::Mask)
    }

    /// What it is, in a word or two.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradient => t!("gradient"),
            Self::TwoOverN => t!("mean of squares"),
            Self::Sum => t!("sum"),
            Self::Error => t!("error"),
            Self::Weight => t!("fc2's weight"),
            Self::Mask => t!("mask, scaled"),
            Self::Gate => t!("slope of ReLU"),
            Self::Input => t!("input"),
        }
    }

    /// A name for links between a symbol and its number.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Gradient => "gradient",
            Self::TwoOverN => "two-over-n",
            Self::Sum => "sum",
            Self::Error => "error",
            Self::Weight => "weight",
            Self::Mask => "mask",
            Self::Gate => "gate",
            Self::Input => "input",
        }
    }
}

/// A `MathML` element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// `mrow`: side by side.
    Row,
    /// `mi`: a letter.
    Identifier,
    /// `mn`: a number.
    Number,
    /// `mo`: an operator or a bracket.
    Operator,
    /// `mo`: a bracket no taller than a fraction, whatever stands below that.
    Bracket,
    /// `mtext`: words.
    Words,
    /// `msub`: a base and its index.
    Sub,
    /// `msubsup`: a base, its index and what is raised.
    SubSup,
    /// `mfrac`: numerator and denominator.
    Fraction,
    /// `munder`: a base and what stands below it.
    Under,
    /// `mover`: a base and its accent.
    Over,
}

impl Element {
    /// Its name.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Row => "mrow",
            Self::Identifier => "mi",
            Self::Number => "mn",
            Self::Operator | Self::Bracket => "mo",
            Self::Words => "mtext",
            Self::Sub => "msub",
            Self::SubSup => "msubsup",
            Self::Fraction => "mfrac",
            Self::Under => "munder",
            Self::Over => "mover",
        }
    }

    /// How tall it may become, where it has to be said.
    #[must_use]
    pub fn max_size(self) -> Option<&'static str> {
        (self == Self::Bracket).then_some("2.4em")
    }
}

/// A node: an element with text, or with children. Its `Display` is its `MathML`.
#[derive(Clone, Debug, PartialEq)]
pub struct Math {
    /// What it is.
    pub element: Element,
    /// Its text, where it has no children.
    pub text: String,
    /// Its children.
    pub children: Vec<Self>,
    /// The symbol that this node and all below it stand for.
    pub symbol: Option<Symbol>,
}

impl Math {
    fn leaf(element: Element, text: impl Into<String>) -> Self {
        Self {
            element,
            text: text.into(),
            children: Vec::new(),
            symbol: None,
        }
    }

    fn node(element: Element, children: impl Into<Vec<Self>>) -> Self {
        Self {
            element,
            text: String::new(),
            children: children.into(),
            symbol: None,
        }
    }

    /// A letter.
    #[must_use]
    pub fn letter(text: &str) -> Self {
        Self::leaf(Element::Identifier, text)
    }

    /// A number.
    #[must_use]
    pub fn number(text: impl Into<String>) -> Self {
        Self::leaf(Element::Number, text)
    }

    /// An operator or a bracket.
    #[must_use]
    pub fn operator(text: &str) -> Self {
        Self::leaf(Element::Operator, text)
    }

    /// A bracket around what has something below it.
    #[must_use]
    pub fn bracket(text: &str) -> Self {
        Self::leaf(Element::Bracket, text)
    }

    /// Words.
    #[must_use]
    pub fn words(text: &str) -> Self {
        Self::leaf(Element::Words, text)
    }

    /// Nodes side by side.
    #[must_use]
    pub fn row(children: impl Into<Vec<Self>>) -> Self {
        Self::node(Element::Row, children)
    }

    /// A fraction.
    #[must_use]
    pub fn fraction(above: Self, below: Self) -> Self {
        Self::node(Element::Fraction, [above, below])
    }

    /// A base with an index.
    #[must_use]
    pub fn subscript(self, index: Self) -> Self {
        Self::node(Element::Sub, [self, index])
    }

    /// A base with an index and something raised.
    #[must_use]
    pub fn scripts(self, index: Self, raised: Self) -> Self {
        Self::node(Element::SubSup, [self, index, raised])
    }

    /// A base with something below it.
    #[must_use]
    pub fn under(self, below: Self) -> Self {
        Self::node(Element::Under, [self, below])
    }

    /// A base with an accent.
    #[must_use]
    pub fn over(self, accent: Self) -> Self {
        Self::node(Element::Over, [self, accent])
    }

    /// The same, standing for a symbol.
    #[must_use]
    pub fn standing_for(self, symbol: Symbol) -> Self {
        Self {
            symbol: Some(symbol),
            ..self
        }
    }

    /// The symbols in it, in reading order.
    #[must_use]
    pub fn symbols(&self) -> Vec<Symbol> {
        let below = self.children.iter().flat_map(Self::symbols);
        self.symbol.into_iter().chain(below).collect()
    }
}

impl fmt::Display for Math {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tag = self.element.tag();
        write!(f, "<{tag}")?;
        if let Some(size) = self.element.max_size() {
            write!(f, " maxsize=\"{size}\"")?;
        }
        if let Some(symbol) = self.symbol {
            write!(f, " data-symbol=\"{}\"", symbol.key())?;
        }
        f.write_str(">")?;
        let text = self.text.replace('&', "&amp;").replace('<', "&lt;");
        f.write_str(&text.replace('>', "&gt;"))?;
        for child in &self.children {
            write!(f, "{child}")?;
        }
        write!(f, "</{tag}>")
    }
}
