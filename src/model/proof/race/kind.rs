//! Which kernel trains the runs of a race or a sweep.

use crate::nn::{
    DropProbability, Exact, Fast, Generator, Kernel, Loss, Optimizer, Parameters, Pass, Tensor,
};

/// How numbers are rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// As `PyTorch` does.
    #[default]
    Exact,
    /// As it is fastest; the last digits differ.
    Fast,
}

/// A kernel of either kind.
#[derive(Clone, Debug)]
pub(super) enum Either {
    Exact(Box<Exact>),
    Fast(Box<Fast>),
}

impl Kind {
    /// What makes a kernel of this kind.
    pub(super) fn maker(self) -> impl Fn(Parameters, Optimizer, Loss, usize) -> Either {
        move |parameters, optimizer, loss, batch| match self {
            Self::Exact => Either::Exact(Box::new(Exact::new(parameters, optimizer, loss, batch))),
            Self::Fast => Either::Fast(Box::new(Fast::new(parameters, optimizer, loss, batch))),
        }
    }
}

impl Either {
    fn kernel(&self) -> &dyn Kernel {
        match self {
            Self::Exact(kernel) => &**kernel,
            Self::Fast(kernel) => &**kernel,
        }
    }

    fn kernel_mut(&mut self) -> &mut dyn Kernel {
        match self {
            Self::Exact(kernel) => &mut **kernel,
            Self::Fast(kernel) => &mut **kernel,
        }
    }
}

impl Kernel for Either {
    fn step(
        &mut self,
        generator: &mut Generator,
        p: DropProbability,
        input: &Tensor,
        target: &Tensor,
    ) -> f32 {
        self.kernel_mut().step(generator, p, input, target)
    }

    fn outputs(&mut self, input: &Tensor, outputs: &mut [f32]) {
        self.kernel_mut().outputs(input, outputs);
    }

    fn parameters(&self) -> Parameters {
        self.kernel().parameters()
    }

    fn pass(&self) -> Option<&Pass> {
        self.kernel().pass()
    }
}
