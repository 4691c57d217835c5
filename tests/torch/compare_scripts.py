"""Runs the app's scripts in real PyTorch and compares what they print with the output that the app computed.

    cargo build --release --example notebook
    python tests/torch/compare_scripts.py                  # the links below
    python tests/torch/compare_scripts.py --random 200     # and as many random ones
    python tests/torch/compare_scripts.py --record         # writes tests/fixtures/scripts.json

Prints, for each link, how many of its numbers differ and by how many units of the last printed digit. Draws, masks,
lists of units and every word must agree exactly; it fails if they do not, if a line's layout differs, or if more than
one number in a thousand differs.
"""
import argparse
import contextlib
import io
import json
import os
import random
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "scripts.json"
NUMBER = re.compile(r"-?(?:\d+\.\d*(?:e[+-]\d+)?|inf|nan)(?![\w(])")

# What matrix products cannot touch: equal to the character.
EXACT = {"x", "y", "mask, 1 = kept, 0 = dropped", "samples in which each unit was kept"}

LINKS = [
    "",
    "?mode=eval",
    "?p=0",
    "?p=1",
    "?p=1&mode=eval",
    "?p=0.1&seed=1",
    "?p=0.9&batch=15&seed=42",
    "?step=3",
    "?step=3&again=0:2,3:1",
    "?again=0:5",
    "?step=12&mode=eval&again=3:2,12:4",
    "?momentum=0.9&step=5&lr=0.03",
    "?weight_decay=0.01&step=4",
    "?momentum=0.9&nesterov=on&step=6",
    "?momentum=0.8&dampening=0.3&step=6&maximize=on",
    "?batch=15",
    "?batch=128&hidden=64",
    "?hidden=256&batch=8&step=2",
    "?in=32&hidden=40&batch=5&seed=9",
    "?in=32&hidden=256&batch=128&step=1",
    "?hidden=1",
    "?hidden=1&batch=1&in=1&step=2",
    "?batch=1&seed=3",
    "?in=1&hidden=12&batch=6",
    "?dropout=bernoulli&batch=15&seed=7&step=2",
    "?dropout=rand&p=0.3&seed=8&again=0:1",
    "?dropout=bernoulli&p=1",
    "?dropout=rand&p=0",
    "?dropout=bernoulli&mode=eval&p=0.7",
    "?seed=18446744073709551615&p=0.25",
    "?seed=4294967296",
    "?lr=0.00001&p=0.123456789",
    "?lr=0&seed=5",
    "?lr=0.5&step=30&batch=15",
    "?view=tensor",
    "?view=tensor&preset=arange&dropout=rand&p=0.3&again=2",
    "?view=tensor&preset=notebook&dropout=bernoulli&seed=11",
    "?view=tensor&preset=randn&mode=eval&p=0.7",
    "?view=coin",
    "?view=coin&coins=bernoulli&draws=10000&group=4&p=0.3",
    "?view=expectation",
    "?view=expectation&scaling=classic&through=sum&draws=5000&p=0.8",
    "?view=expectation&scaling=both&through=net&sample=3&step=2",
    "?view=subnetworks",
    "?view=subnetworks&placement=before_sigmoid&p=0.3&step=3",
    "?view=subnetworks&hidden=17&batch=2",
    "?view=training",
    "?view=training&preset=hurts&seed=4&p=0.3&noise=0.1&momentum=0.5&weight_decay=0.01",
    "?view=training&preset=trap&seed=9&p=0.9&batch=4&show=race",
    "?view=training&optimizer=adam",
    "?view=training&preset=hurts&optimizer=adam&lr=0.05&weight_decay=0.1&p=0.2&seed=3",
    "?view=training&preset=trap&optimizer=adamw&seed=5",
    "?view=training&optimizer=adamw&weight_decay=0.3&train=20&hidden=30",
    "?view=training&against=weight_decay&show=race",
    "?view=training&preset=trap&optimizer=adamw&against=weight_decay&p=0.8&seed=2",
    "?view=training&preset=moons",
    "?view=training&preset=moons&noise=0&p=0.2&optimizer=adam&seed=7&train=9",
    "?view=training&preset=moons&against=weight_decay&noise=0.5&seed=1&show=race",
    "?view=variants&layer=locked&batch_first=on",
    "?view=variants&layer=variational&mode=eval&p=0.3",
    "?view=variants&layer=dropout2d&again=3",
    "?view=variants&layer=alpha&p=0.2",
    "?view=notebook&notebook=000",
    "?view=notebook&notebook=001&p=0.3",
    "?view=notebook&notebook=002&steps=3",
    "?view=notebook&notebook=003&variational=off",
    "?view=notebook&notebook=004&seed=7",
    "?view=gradients",
    "?view=gradients&p=0.3&sample=3&unit=4&input=5",
    "?view=gradients&mode=eval&step=4&again=1:1,4:2",
    "?view=gradients&batch=15&dropout=bernoulli",
    "?view=gradients&momentum=0.9&step=3&lr=0.03&story_momentum=0",
    "?view=gradients&p=1&story_lr=0.5&story_momentum=0.5",
    "?view=gradients&hidden=64&batch=128&in=20&unit=50&sample=100",
    "?view=gradients&batch=1&hidden=1&in=1",
]

# Of these the fixture keeps the script and what PyTorch printed; the app must print the same, to the character.
RECORDED = [
    "",
    "?mode=eval&p=0.3&again=0:1",
    "?step=3&again=0:2,3:1&momentum=0.9&nesterov=on&lr=0.03",
    "?dropout=bernoulli&batch=15&hidden=6",
    "?dropout=rand&p=0.3&weight_decay=0.01&step=2&maximize=on",
    "?p=1&batch=2&momentum=0.5&dampening=0.25&step=1",
    "?hidden=128&batch=16&in=8&seed=18446744073709551615",
    "?lr=2&step=8",
    "?view=gradients",
    "?view=gradients&mode=eval&p=0.3&unit=3&sample=4&input=5&story_momentum=0",
    "?view=gradients&hidden=6&batch=3&momentum=0.9&step=2&story_lr=0.5",
]


def app(link, what):
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    program = target / "release" / "examples" / "notebook"
    return subprocess.run([program, link, what], check=True, capture_output=True, text=True).stdout


def run_in_torch(script):
    """What the script prints; run in this process, since starting PyTorch takes far longer than any script."""
    printed = io.StringIO()
    torch.set_printoptions(profile="default")  # the script before this one may have changed them
    with contextlib.redirect_stdout(printed):
        exec(compile(script, "script", "exec"), {"__name__": "__main__"})
    return printed.getvalue()


def last_digit(text):
    """One unit of the last digit of a printed number."""
    return Decimal(1).scaleb(Decimal(text).as_tuple().exponent)


def compare(ours, theirs):
    """Numbers, numbers that differ, the largest difference in last digits, and what differs but must not."""
    numbers, differ, worst, wrong = 0, 0, Decimal(0), []
    ours, theirs = ours.splitlines(), theirs.splitlines()
    if len(ours) != len(theirs):
        wrong.append(f"{len(ours)} lines, PyTorch printed {len(theirs)}")
    name = ""
    for a, b in zip(ours, theirs):
        if a.endswith(":"):
            name = a[:-1]
        if NUMBER.sub("#", a).replace(" ", "") != NUMBER.sub("#", b).replace(" ", "") or (a != b and name in EXACT):
            wrong.append(f"{name}: {a!r}, PyTorch printed {b!r}")
            continue
        for mine, real in zip(NUMBER.findall(a), NUMBER.findall(b)):
            numbers += 1
            if mine == real:
                continue
            differ += 1
            finite = {mine, real}.isdisjoint({"nan", "inf", "-inf"})
            worst = max(worst, abs(Decimal(mine) - Decimal(real)) / last_digit(real) if finite else Decimal("Infinity"))
    return numbers, differ, worst, wrong


def random_link(rng):
    """Any link that the view could write, drawn evenly over kinds rather than over sizes."""
    link = {"seed": rng.choice([rng.randrange(100), rng.randrange(2**32), rng.randrange(2**64)])}
    choices = {
        "p": lambda: rng.choice([0, 1, 0.1, 0.25, 0.8, round(rng.random(), 2), rng.random()]),
        "mode": lambda: "eval",
        "batch": lambda: rng.choice([1, 2, 8, 15, 16, 32, 64, 128, rng.randint(1, 128)]),
        "in": lambda: rng.choice([1, 2, 10, 20, 32, rng.randint(1, 32)]),
        "hidden": lambda: rng.choice([1, 2, 3, 16, 40, 64, 256, rng.randint(1, 256)]),
        "lr": lambda: rng.choice([0, 0.001, 0.03, 0.1, 0.3]),
        "momentum": lambda: rng.choice([0.5, 0.9]),
        "weight_decay": lambda: rng.choice([0.0001, 0.01, 0.1]),
        "dropout": lambda: rng.choice(["bernoulli", "rand"]),
        "step": lambda: rng.choice([1, 2, 5, 20, rng.randint(1, 60)]),
        "again": lambda: f"0:{rng.randint(1, 4)},2:{rng.randint(1, 4)}",
    }
    for name in rng.sample(sorted(choices), rng.randint(0, 6)):
        link[name] = choices[name]()
    if "momentum" in link and rng.random() < 0.3:
        link["nesterov"] = "on"
    return "?" + "&".join(f"{name}={value}" for name, value in link.items())


def record():
    cases = []
    for link in RECORDED:
        script = app(link, "script")
        printed = run_in_torch(script)
        if app(link, "output") != printed:
            sys.exit(f"{link}: the app's output is not PyTorch's here; take another link")
        cases.append({"link": link, "script": script, "output": printed})
    FIXTURE.write_text(json.dumps({"meta": {"torch": torch.__version__}, "cases": cases}, indent=1) + "\n")
    print(f"{len(cases)} links in {FIXTURE.relative_to(ROOT)}")


def check(links):
    total, total_differ, exact, failed = 0, 0, 0, False
    for link in links:
        numbers, differ, worst, wrong = compare(app(link, "output"), run_in_torch(app(link, "script")))
        total, total_differ, exact = total + numbers, total_differ + differ, exact + (not differ and not wrong)
        failed |= bool(wrong)
        print(f"{differ:4} of {numbers:5} differ, by at most {worst:.0f} in the last digit  {link or '(defaults)'}")
        for line in wrong[:5]:
            print(f"     WRONG {line}")
    print(f"{exact} of {len(links)} links printed exactly; {total_differ} of {total} numbers differ")
    return failed or total_differ * 1000 > total


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, default=0, help="how many random links to add")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("links", nargs="*", help="compare these instead")
    options = parser.parse_args()
    if options.record:
        record()
        return
    rng = random.Random(options.seed)
    links = (options.links or LINKS) + [random_link(rng) for _ in range(options.random)]
    sys.exit(check(links))


if __name__ == "__main__":
    main()
