//! What readers paste: every form that is understood, every refusal with its place, and any bytes at all.
#![allow(
    clippy::unwrap_used,
    reason = "a text that should be read and is not is a failed test"
)]

use dropout_lab::nn::{Generator, Tensor, sample};
use dropout_lab::notebook::cells::{NotebookSettings, Which, notebook};
use dropout_lab::notebook::paste::{MAX_NUMBERS, Pasted, parse};
use dropout_lab::notebook::print;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn read(text: &str) -> Pasted {
    match parse(text) {
        Ok(pasted) => pasted,
        Err(error) => panic!("{error}\n{text}"),
    }
}

fn tensor(text: &str) -> Tensor {
    let Pasted { shape, values, .. } = read(text);
    Tensor::new(&shape, values).unwrap()
}

fn refusal(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

/// Reads `text` as these numbers in this shape; NaN is itself, and -0 is not 0.
#[track_caller]
fn assert_reads(text: &str, shape: &[usize], values: &[f32]) {
    let pasted = read(text);
    let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(pasted.shape, shape, "{text}");
    assert_eq!(bits(&pasted.values), bits(values), "{text}");
}

#[test]
fn prints_of_pytorch_are_read_with_all_that_they_say() {
    assert_reads("tensor(3.)", &[], &[3.0]);
    assert_reads("tensor([1, 2, 3])", &[3], &[1.0, 2.0, 3.0]);
    assert_reads("tensor([ True, False])", &[2], &[1.0, 0.0]);
    assert_reads(
        "tensor([[ 0.7648, -0.0000],\n        [    nan,    -inf]], grad_fn=<MulBackward0>)\n",
        &[2, 2],
        &[0.7648, -0.0, f32::NAN, f32::NEG_INFINITY],
    );
    assert_reads(
        "tensor([1.0000e-04, -1.5000e+10], device='cuda:0', dtype=torch.float64,\n       requires_grad=True)",
        &[2],
        &[1e-4, -1.5e10],
    );
    assert_reads(
        "Parameter containing:\ntensor([[0.5000]], requires_grad=True)",
        &[1, 1],
        &[0.5],
    );
    assert_reads("torch.tensor([[1., 2.]]) ", &[1, 2], &[1.0, 2.0]);
    assert_reads("tensor([1., 2.]) torch.Size([2])", &[2], &[1.0, 2.0]);
    assert_reads("tensor([1., 2.],)", &[2], &[1.0, 2.0]);
}

#[test]
fn what_is_left_out_or_read_as_something_else_is_said() {
    let notes = |text: &str| read(text).notes;
    assert_eq!(notes("tensor([1.])"), [""; 0]);
    assert_eq!(
        notes("tensor([1.], dtype=torch.float64, grad_fn=<AddBackward0>)"),
        [
            "dtype=torch.float64 is left out.",
            "grad_fn=<AddBackward0> is left out."
        ]
    );
    assert_eq!(notes("True False"), ["True and False are read as 1 and 0."]);
    assert_eq!(
        notes("1e39"),
        ["Numbers too large for float32 are read as infinity."]
    );
    assert_eq!(notes("inf"), [""; 0]);
    assert_eq!(
        notes("a,b\n1,2"),
        ["The first line, a,b, is read as headings."]
    );
}

#[test]
fn nested_brackets_are_read_with_and_without_commas() {
    assert_reads("[[1, 2], [3, 4]]", &[2, 2], &[1.0, 2.0, 3.0, 4.0]);
    assert_reads("[[1, 2,], [3, 4,],]", &[2, 2], &[1.0, 2.0, 3.0, 4.0]);
    assert_reads("[[1. 2.]\n [3. 4.]]", &[2, 2], &[1.0, 2.0, 3.0, 4.0]);
    assert_reads("[[[[5]]]]", &[1, 1, 1, 1], &[5.0]);
    assert_reads(
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
        &[2, 2],
        &[1.0, 2.0, 3.0, 4.0],
    );
    assert_reads(
        "np.array([1e-3, .5, +2, −3])",
        &[4],
        &[1e-3, 0.5, 2.0, -3.0],
    );
}

#[test]
fn tables_are_read_line_by_line() {
    for text in [
        "1,2,3\n4,5,6",
        "1, 2, 3\r\n4, 5, 6\r\n",
        "1;2;3\n4;5;6\n\n",
        "1\t2\t3\n4\t5\t6",
        "  1 2   3\n  4 5   6",
        "a b c\n1 2 3\n4 5 6",
        "\u{feff}\"a\",\"b\",\"c\"\n\"1\",\"2\",\"3\"\n4,5,6",
        "1,2,3,\n4,5,6,",
    ] {
        assert_reads(text, &[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    }
    assert_reads("1 2 3", &[3], &[1.0, 2.0, 3.0]);
    assert_reads("1\n2\n3", &[3, 1], &[1.0, 2.0, 3.0]);
    assert_reads(" -0.25 ", &[], &[-0.25]);
}

#[test]
fn numbers_are_rounded_as_pytorch_rounds_them() {
    // Just above the middle of two floats; the double nearest to it is the middle, and a tie goes to even.
    assert_reads("1.00000005960464477539062501", &[], &[1.0]);
    assert_reads("16777217", &[], &[16_777_216.0]);
    assert_reads("1e-46", &[], &[0.0]);
    assert_reads("-1e400", &[], &[f32::NEG_INFINITY]);
}

#[test]
fn a_refusal_names_the_place_and_what_is_allowed() {
    let numbers = "allowed are numbers such as -0.5 or 1e-4, nan, inf, True and False.";
    let deep = "all numbers must be equally deep in brackets.";
    for (text, expected) in [
        ("", "Line 1, column 1: there is no number; paste a tensor as print shows it, brackets, or a table.".to_owned()),
        (" \n ", "Line 1, column 1: there is no number; paste a tensor as print shows it, brackets, or a table.".to_owned()),
        ("hello", format!("Line 1, column 1: hello is no number; {numbers}")),
        ("1 2\n3 vier", format!("Line 2, column 3: vier is no number; {numbers}")),
        ("[1, 2\n , é]", format!("Line 2, column 4: é is no number; {numbers}")),
        ("[1,, 2]", format!("Line 1, column 4: , is out of place; {numbers}")),
        ("1,,2", format!("Line 1, column 3: , is out of place; {numbers}")),
        ("tensor(", format!("Line 1, column 8: the text ends here, a number is missing; {numbers}")),
        ("[[1, 2]", "Line 1, column 1: this bracket is not closed; it needs a ].".to_owned()),
        ("[1] 2", "Line 1, column 5: the tensor ends before this; one tensor at a time is allowed.".to_owned()),
        ("[[1, 2], [3]]", "Line 1, column 12: this row has 1 number, the ones before have 2; all rows must be of one length.".to_owned()),
        ("[[[1], [2]], [[3]]]", "Line 1, column 18: this row has 1 row, the ones before have 2; all rows must be of one length.".to_owned()),
        ("1 2\n3 4 5\n", "Line 2, column 6: this row has 3 numbers, the ones before have 2; all rows must be of one length.".to_owned()),
        ("[[1], 2]", format!("Line 1, column 7: a number stands where a row is expected; {deep}")),
        ("[1, [2]]", format!("Line 1, column 5: a row starts where a number is expected; {deep}")),
        ("[[], []]", "Line 1, column 3: this row is empty; every row must hold a number.".to_owned()),
        ("[[[[[1]]]]]", "Line 1, column 5: more than 4 brackets are open; tensors of up to 4 dimensions are allowed.".to_owned()),
        ("1,5;2", "Line 1, column 4: both , and ; separate numbers here; one of them is allowed, and a point for decimals.".to_owned()),
        ("tensor([1.] 5)", "Line 1, column 13: after the numbers come dtype=, device=, size=, grad_fn= or requires_grad=, and a ).".to_owned()),
        ("tensor([1.]", "Line 1, column 12: after the numbers come dtype=, device=, size=, grad_fn= or requires_grad=, and a ).".to_owned()),
    ] {
        assert_eq!(refusal(text), expected, "{text}");
    }
}

#[test]
fn a_shortened_print_is_refused_with_the_way_out() {
    let long = print::tensor(&Tensor::full(&[1001], 0.5));
    assert!(long.contains("..."));
    for text in [
        &*long,
        "[[1. 2.]\n ...\n [3. 4.]]",
        "1 ... 2",
        "...\n1 2",
        "[1, …]",
    ] {
        let refusal = refusal(text);
        assert!(
            refusal.contains("the print was shortened here"),
            "{refusal}"
        );
        assert!(refusal.contains("torch.set_printoptions(threshold=10_000)"));
    }
}

#[test]
fn ten_thousand_numbers_are_read_and_the_next_one_is_refused() {
    let table = "1 ".repeat(MAX_NUMBERS);
    assert_eq!(read(&table).values.len(), MAX_NUMBERS);
    let expected = "Line 1, column 20001: this is number 10001; up to 10000 are allowed.";
    assert_eq!(refusal(&(table.clone() + "1")), expected);
    let expected = "Line 1, column 20002: this is number 10001; up to 10000 are allowed.";
    assert_eq!(refusal(&format!("[{table}1]")), expected);
}

#[test]
fn what_is_too_long_is_not_read_at_all() {
    let text = "1 ".repeat(5_000_000);
    let expected = "Line 1, column 1: the text is 10000000 bytes long; up to 1000000 can be read.";
    assert_eq!(refusal(&text), expected);
}

/// Two texts each; what bounds the time is the length that is read at most.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_longest_texts_are_answered_at_once() {
    let allowed = if cfg!(debug_assertions) { 5_000 } else { 100 };
    for unit in [
        "[", "]", " ", "\n", "1", "1,", "x", "tensor(", "[1],", "[1]\n", ",", "<", "é",
    ] {
        let text = unit.repeat(dropout_lab::notebook::paste::MAX_BYTES / unit.len());
        let start = std::time::Instant::now();
        let _read = parse(&text);
        let _wrapped = parse(&format!(
            "tensor([1.], grad_fn={}",
            &text[..text.len() / 2 / unit.len() * unit.len()]
        ));
        let taken = start.elapsed().as_millis();
        assert!(taken < allowed, "{unit:?}: {taken} ms");
    }
}

/// Numbers that four decimals, five digits or no decimals hold to the last, or that print in four decimals all.
fn values(g: &mut Generator, kind: u32, out: &mut [f32]) {
    if kind == 3 {
        sample::randn(g, out);
        for x in out {
            *x += x.signum() * 0.01;
        }
        return;
    }
    for x in out {
        let (digits, choice) = (g.word() % 10_000, g.word());
        let sign = ["", "-"][usize::from(choice % 2 == 0)];
        let text = match (kind, choice % 11) {
            (_, 1) => "nan".to_owned(),
            (_, 2) => format!("{sign}inf"),
            (_, 3) => format!("{sign}0"),
            (0, _) => format!("{sign}{digits}e-4"),
            (1, _) => format!(
                "{sign}{}e{}",
                10_000 + digits,
                ["9", "-20"][usize::from(choice % 3 == 0)]
            ),
            _ => format!("{sign}{}", digits % 1000),
        };
        *x = text.parse().unwrap();
    }
}

#[test]
fn what_print_wrote_and_paste_read_prints_the_same_again() {
    let mut g = Generator::new(11);
    for round in 0..2_000 {
        let rank = g.word() % 4;
        let shape: Vec<usize> = (0..rank)
            .map(|_| usize::try_from(1 + g.word() % 10).unwrap())
            .collect();
        let mut tensor = Tensor::zeros(&shape);
        values(&mut g, round % 4, tensor.data_mut());
        let printed = print::tensor(&tensor);
        let pasted = self::tensor(&printed);
        assert_eq!(pasted.shape(), shape);
        assert_eq!(print::tensor(&pasted), printed);
        let parameter = print::parameter(&tensor);
        assert_eq!(print::parameter(&self::tensor(&parameter)), parameter);
    }
}

#[test]
fn every_tensor_that_a_notebook_prints_can_be_pasted() {
    let mut pasted = 0;
    for which in Which::ALL {
        let output = notebook(which, &NotebookSettings::default()).output();
        for rest in output.split("tensor(").skip(1) {
            // A print ends where the next line starts at the margin, or another object follows.
            let end = rest.find(")\n").unwrap();
            read(&format!("tensor({}", &rest[..=end]));
            pasted += 1;
        }
    }
    assert!(pasted > 60, "{pasted}");
}

#[test]
fn no_text_makes_reading_panic_and_every_place_is_in_the_text() {
    const PIECES: [&str; 26] = [
        "[",
        "]",
        "(",
        ")",
        ",",
        ";",
        " ",
        "\n",
        "\t",
        "1",
        "-0.0000",
        "1e-4",
        "nan",
        "inf",
        "tensor(",
        "array(",
        "Parameter containing:",
        "grad_fn=<",
        ">",
        "dtype=",
        "...",
        "é",
        "\u{feff}",
        "torch.Size([",
        "=",
        "\"",
    ];
    let mut g = Generator::new(5);
    for _ in 0..20_000 {
        let length = g.word() % 30;
        let text: String = (0..length)
            .map(|_| PIECES[usize::try_from(g.word()).unwrap() % PIECES.len()])
            .collect();
        check(&text);
        let bytes: Vec<u8> = (0..length).map(|_| g.word().to_le_bytes()[0]).collect();
        check(&String::from_utf8_lossy(&bytes));
    }
}

fn check(text: &str) {
    match parse(text) {
        Ok(Pasted { shape, values, .. }) => {
            assert_eq!(shape.iter().product::<usize>(), values.len(), "{text}");
            assert!(!values.is_empty() && shape.len() <= 4, "{text}");
        }
        Err(error) => {
            let line = text.split('\n').nth(error.line - 1).unwrap();
            assert!(
                (1..=line.chars().count() + 1).contains(&error.column),
                "{text}"
            );
        }
    }
}
