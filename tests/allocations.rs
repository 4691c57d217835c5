//! What runs thousands of times a second asks for no memory once it is set up.

use allocation_counter::measure;
use dropout_lab::model::Workload;

#[test]
fn training_steps_and_masks_allocate_nothing_after_the_first() {
    for workload in Workload::ALL {
        let mut prepared = workload.prepare();
        prepared.run(1);
        let allocated = measure(|| prepared.run(20));
        assert_eq!(allocated.count_total, 0, "{}", workload.name);
    }
}

#[test]
fn what_does_allocate_is_counted() {
    let allocated = measure(|| drop(std::hint::black_box(vec![0_u8; 10])));
    assert_eq!((allocated.count_total, allocated.bytes_total), (1, 10));
}
