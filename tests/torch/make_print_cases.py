"""Tensors that are hard to print, and what PyTorch prints for them.

    python tests/torch/make_print_cases.py --random 0 --out tests/fixtures/print_more.json
    python tests/torch/make_print_cases.py --random 5000 --out cases.json

The first command makes the committed fixture: the hand-picked cases alone. The second adds random ones; name its
file in PRINT_CASES to have `cargo test --test notebook_print` replay it. The format is that of print.json.
"""
import argparse
import json
import random
import struct

import torch
from torch import nn, optim

NAN, INF = float("nan"), float("inf")
DTYPES = {torch.float32: "f32", torch.float64: "f64", torch.int64: "i64", torch.bool: "bool"}


def encode(tensor):
    values, dtype = tensor.detach().flatten().tolist(), DTYPES[tensor.dtype]
    case = {"dtype": dtype, "shape": list(tensor.shape)}
    if dtype in ("f32", "f64"):
        code = ">f" if dtype == "f32" else ">d"
        case["hex"] = "".join(struct.pack(code, value).hex() for value in values)
    elif dtype == "i64":
        case["ints"] = values
    else:
        case["bits"] = "".join("01"[value] for value in values)
    return case


# Operations that keep every bit, by the name that print gives to what they return.
IDENTITIES = {
    "MulBackward0": lambda t: t * 1,
    "CloneBackward0": lambda t: t.clone(),
    "UnsafeViewBackward0": lambda t: torch.ops.aten._unsafe_view(t, t.shape),
}


def tensor_case(tensor, requires_grad=False, grad_fn=None, parameter=False, sci_mode=None):
    case = {"op": "tensor_repr", "inputs": {"x": encode(tensor)},
            "args": {"requires_grad": requires_grad or parameter, "grad_fn": grad_fn, "parameter": parameter,
                     "sci_mode": sci_mode}}
    if parameter:
        shown = nn.Parameter(tensor)
    elif grad_fn:
        shown = IDENTITIES[grad_fn](tensor.requires_grad_())
    else:
        shown = tensor.requires_grad_(requires_grad)
    with torch.no_grad(), torch._tensor_str.printoptions(sci_mode=sci_mode):
        return case | {"text": {"repr": repr(shown)}}


def sgd_case(**options):
    optimizer = optim.SGD(nn.Linear(2, 2).parameters(), **options)
    return {"op": "sgd_repr", "args": options, "text": {"repr": repr(optimizer)}}


def float_case(value):
    return {"op": "float_repr", "args": {"bits": struct.pack(">d", value).hex()}, "text": {"repr": repr(value)}}


def float32(*values):
    return torch.tensor(values)


def hand_picked():
    """One case for every rule of the layout, on both sides of each of its bounds."""
    below_1000 = torch.arange(1000.0)
    # Where the notation changes: the ratio, the largest, the smallest, whole numbers, ties, values without a say.
    for values in [(0.1, 100.0), (0.1, 100.00001), (1.0, 1000.0), (1.0, 1001.0), (1e8, 1e6), (1.00000008e8, 1e6),
                   (1.00011e-4, 0.05), (1e-4, 0.05), (2.0, 0.0, -0.0), (2.5, 0.0, -0.0), (-2.0, 10.0), (0.0, -0.0),
                   (1 / 32, 3 / 32, 5 / 32), (9.99995, 1.0), (99.99995, 1.0), (0.99995,), (NAN, INF, -INF), (NAN, 1.0, INF),
                   (NAN, 1.5, -INF), (1e-3, NAN, -INF, 0.0, 200.0), (-0.0,), (1e-45,), (-3.4e38, 1.0), (123456789.0,)]:
        yield tensor_case(float32(*values))
    # Powers of ten by request, whatever the values.
    for values in [(0.5, 2.5), (1e-6, -1e-6, 1.0), (1e9, 0.5), (-1.0, 2e9), (0.0, -0.0), (NAN, 1e-9, INF), (-1e-9,)]:
        for sci_mode in (True, False):
            yield tensor_case(float32(*values), sci_mode=sci_mode)
    # Float64: its name, and exponents of three digits on one side of zero only.
    for values in [(0.1, 0.2), (1e100, 1.0), (-1e100, 1.0), (1.0, -1e-100), (9.99996e99,), (5e-324,), (1.7e308, -1.7e308)]:
        yield tensor_case(torch.tensor(values, dtype=torch.float64))
    # Scalars and nothing at all.
    for tensor in [torch.tensor(0.7648), torch.tensor(3.0), torch.tensor(7), torch.tensor(True), torch.zeros(0),
                   torch.zeros(0, 3), torch.zeros(2, 0, 4), torch.zeros(0, dtype=torch.float64),
                   torch.zeros(0, 2, dtype=torch.int64), torch.zeros(0, dtype=torch.bool), torch.tensor([[True, False]]),
                   torch.tensor([True, True]), torch.tensor([-1, 100, 0]), torch.tensor([-2**63, 2**63 - 1])]:
        yield tensor_case(tensor)
    # Lines, dimensions, summaries.
    for tensor in [torch.arange(11.0) + 0.5, torch.arange(10.0) - 4.5, torch.arange(24.0).reshape(2, 3, 4) / 8,
                   torch.arange(16.0).reshape(2, 2, 2, 2), torch.zeros(1, 1, 1, 1, 1), below_1000.reshape(50, 20) / 1000,
                   torch.arange(1001.0), torch.arange(1001), torch.arange(1024.0).reshape(32, 32) - 0.5,
                   torch.arange(1200).reshape(3, 400), torch.arange(1200).reshape(400, 3), torch.arange(1008.0).reshape(6, 7, 24),
                   torch.arange(1001) % 2 == 0]:
        yield tensor_case(tensor)
    hidden_by_the_summary = torch.ones(1001)
    hidden_by_the_summary[500] = 1e-9
    yield tensor_case(hidden_by_the_summary)
    # Suffixes: each, and the column at which it goes to a line of its own.
    for grad_fn in IDENTITIES:
        for count in (3, 5, 6, 7):
            yield tensor_case(torch.arange(count) + 0.5, grad_fn=grad_fn)
    for count in (5, 6, 7, 8):
        yield tensor_case(torch.arange(count) + 0.5, requires_grad=True)
        yield tensor_case(torch.arange(count) + 0.5, parameter=True)
        yield tensor_case(torch.arange(count, dtype=torch.float64) + 0.5, grad_fn="UnsafeViewBackward0")
    yield tensor_case(torch.zeros(2, 0), requires_grad=True)
    yield tensor_case(torch.zeros(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, dtype=torch.float64), grad_fn="UnsafeViewBackward0")
    yield tensor_case(torch.eye(3), parameter=True)
    # Optimisers and Python's own floats.
    yield sgd_case(lr=0.01)
    yield sgd_case(lr=1e-5, momentum=0.9, nesterov=True)
    yield sgd_case(lr=100.0, momentum=0.5, dampening=0.25, weight_decay=1e-4, maximize=True)
    for value in [0.1, 1e-4, 9.9999e-5, 1e-5, 1.5e-5, 1e15, 1e16, 1.5e16, 123456.789, 1.0, 0.0, -0.0, 1e22, 1e100, 5e-324,
                  2**53 + 2.0, 1 / 3, INF, -INF, NAN]:
        yield float_case(value)


def random_values(rng, count):
    """`count` values of one of the kinds that print tells apart."""
    normal = torch.randn(count)
    kinds = [
        lambda: normal * 10.0 ** rng.randint(-7, 9),
        lambda: normal * 10.0 ** torch.empty(count).uniform_(-3, 3),
        lambda: normal * (torch.rand(count) < 0.5),
        lambda: torch.randint(-100, 1000, (count,)).float(),
        lambda: torch.randint(-5, 5, (count,)) * 10.0 ** rng.randint(0, 9),
        lambda: torch.randint(-64, 64, (count,)) / 32,
        lambda: torch.rand(count) * rng.choice([1, 9.99995, 99.99995, 999.99995]),
        lambda: torch.randint(-2**31, 2**31, (count,)).to(torch.int32).view(torch.float32),
        lambda: float32(*rng.choices([1e-4, 9.9999e-5, 1.0001e-4, 1e8, 1.00000008e8, 0.1, 100, 1000, 0.9999], k=count)),
        lambda: float32(*rng.choices([NAN, INF, -INF, 0.0, -0.0, 1.5, -2.0], k=count)),
        lambda: float32(*rng.choices([NAN, INF, -INF, 0.0, -0.0, 7.0], k=count)),
        lambda: torch.randint(-2**63, 2**63 - 1, (count,)).view(torch.float64),
        lambda: normal.double() * 10.0 ** rng.uniform(-120, 120),
        lambda: torch.randint(-10 ** rng.randint(1, 15), 10 ** rng.randint(1, 15), (count,)),
        lambda: torch.rand(count) < 0.5,
    ]
    return rng.choice(kinds)()


def random_case(rng):
    sizes = [(), (1001,), (1000,), (40, 40), (3, 400), (400, 3), (7, 20, 9), (2, 7, 8, 10), (0, 3)]
    limits = [1, 40, 16, 6, 4, 3]
    shape = rng.choice(sizes) if rng.random() < 0.15 else [rng.randint(1, limits[d]) for d in [rng.randint(1, 5)] for _ in range(d)]
    tensor = random_values(rng, torch.Size(shape).numel()).reshape(shape)
    if not tensor.is_floating_point():
        return tensor_case(tensor)
    ways = [{}, {}, {"requires_grad": True}, {"parameter": True}] + [{"grad_fn": name} for name in IDENTITIES]
    return tensor_case(tensor, **rng.choice(ways), sci_mode=rng.choice([None, None, None, True, False]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=0, help="how many random tensors to add")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    cases = list(hand_picked()) + [random_case(rng) for _ in range(options.random)]
    for number, case in enumerate(cases):
        case["id"] = f"print-more-{number:04}-{case['op']}"
    with open(options.out, "w") as out:
        json.dump({"meta": {"torch": torch.__version__, "seed": options.seed}, "cases": cases}, out, separators=(",", ":"))
        out.write("\n")


if __name__ == "__main__":
    main()
