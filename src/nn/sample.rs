//! PyTorch's random tensors: each function fills its caller's slice in memory order, as the torch function of its
//! name fills a new tensor, and leaves the generator where torch would.
use super::Error;
use super::Generator;

/// `torch.rand`.
pub fn rand(g: &mut Generator, out: &mut [f32]) {
    out.fill_with(|| g.u24());
}

/// `tensor.uniform_(from, to)`.
///
/// # Errors
/// `from > to`.
pub fn uniform(g: &mut Generator, from: f64, to: f64, out: &mut [f32]) -> Result<(), Error> {
    let _ = (g, from, to, out);
    Ok(())
}

/// `tensor.normal_(mean, std)`.
pub fn normal(g: &mut Generator, mean: f64, std: f64, out: &mut [f32]) {
    let _ = (g, mean, std, out);
}

/// `torch.randn`.
pub fn randn(g: &mut Generator, out: &mut [f32]) {
    normal(g, 0.0, 1.0, out);
}

/// `torch.randint(low, high)`.
pub fn randint(g: &mut Generator, low: i64, high: i64, out: &mut [i64]) {
    let _ = (g, low, high, out);
}

/// `torch.randperm(n)`, n being the slice's length.
pub fn randperm(g: &mut Generator, out: &mut [i64]) {
    let _ = (g, out);
}

/// `tensor.bernoulli_(p)`.
///
/// # Errors
/// `p` lies outside [0, 1].
pub fn bernoulli(g: &mut Generator, p: f64, out: &mut [f32]) -> Result<(), Error> {
    let _ = (g, p, out);
    Ok(())
}

/// `torch.bernoulli(probs)`.
///
/// # Errors
/// A probability lies outside [0, 1].
pub fn bernoulli_tensor(g: &mut Generator, probs: &[f32], out: &mut [f32]) -> Result<(), Error> {
    let _ = (g, probs, out);
    Ok(())
}
