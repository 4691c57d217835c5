//! `cargo bench`: how fast this machine does the [`Workload`]s. The page opened with `?bench=1`
//! does the same ones in a browser.
//!
//! The column "items/s" is training steps, or elements of a mask, a second.

use divan::Bencher;
use divan::counter::ItemsCount;
use dropout_lab::model::Workload;

fn main() {
    divan::main();
}

#[divan::bench(args = Workload::ALL)]
fn workloads(bencher: Bencher, workload: Workload) {
    let mut prepared = workload.prepare();
    bencher
        .counter(ItemsCount::new(workload.units_per_run))
        .bench_local(|| prepared.run(1));
}
