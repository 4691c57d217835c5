//! Arrays as `NumPy` keeps them: [`npy`] of one, [`npz`] of several.
//!
//! # Source
//! `numpy/lib/format.py`, format version 1.0; an `.npz` is a ZIP archive of such files, here without compression
//! (PKWARE's APPNOTE.TXT 4.3). Stored files need nothing but sums and offsets, so no crate is taken for them.

use super::array::Array;

/// One array as a `.npy` file: float32 where every number is one, float64 otherwise; little endian, C order.
#[must_use]
pub fn npy(array: &Array) -> Vec<u8> {
    let single = array.is_single();
    let descr = if single { "<f4" } else { "<f8" };
    let sizes: Vec<String> = array.shape.iter().map(usize::to_string).collect();
    let shape = match sizes.as_slice() {
        [one] => format!("({one},)"),
        several => format!("({})", several.join(", ")),
    };
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    // Magic, version and length are ten bytes; the data begin at a multiple of 64, after a newline.
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend(word16(header.len()));
    bytes.extend(header.as_bytes());
    for value in &array.values {
        #[allow(clippy::cast_possible_truncation, reason = "where it is a float32")]
        if single {
            bytes.extend((*value as f32).to_le_bytes());
        } else {
            bytes.extend(value.to_le_bytes());
        }
    }
    bytes
}

/// Several arrays as an `.npz` file, each by its name.
#[must_use]
pub fn npz(arrays: &[Array]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for array in arrays {
        let (name, data) = (format!("{}.npy", array.name), npy(array));
        let offset = bytes.len();
        let described = described(&name, &data);
        bytes.extend(b"PK\x03\x04\x14\x00");
        bytes.extend(&described);
        bytes.extend(name.as_bytes());
        bytes.extend(&data);
        directory.extend(b"PK\x01\x02\x14\x00\x14\x00");
        directory.extend(&described);
        // No comment, first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(word32(offset));
        directory.extend(name.as_bytes());
    }
    let start = bytes.len();
    let size = directory.len();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([word16(arrays.len()), word16(arrays.len())].concat());
    bytes.extend([word32(size), word32(start)].concat());
    bytes.extend(word16(0));
    bytes
}

/// What both headers of a stored file say of it: flags, method, time, date, sum, sizes, lengths.
fn described(name: &str, data: &[u8]) -> Vec<u8> {
    // The first day that ZIP knows: the same numbers are the same file on every day.
    let mut words = vec![0, 0, 0, 0, 0, 0, 0x21, 0];
    words.extend(crc32(data).to_le_bytes());
    words.extend([word32(data.len()), word32(data.len())].concat());
    words.extend([word16(name.len()), word16(0)].concat());
    words
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "files of a page are far below the 4 GiB that ZIP holds"
)]
fn word32(value: usize) -> [u8; 4] {
    (value as u32).to_le_bytes()
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "names and headers are short, and arrays few"
)]
fn word16(value: usize) -> [u8; 2] {
    (value as u16).to_le_bytes()
}

/// The sum of ZIP.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = 0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1);
            sum = (sum >> 1) ^ carry;
        }
    }
    !sum
}
