//! The training view as a PyTorch script, and what it prints: the first losses of one pair of runs, and
//! with `--seeds` the whole race.

use super::exhibit::header;
use super::print::python_float;
use crate::model::exhibits::training::{FIRST, Live, RunTrace, Settings, Trace, Unit};
use crate::model::proof::race::{Curve, Dot, Losses, Method, Plan, Regularization, Task};
use crate::model::settings::OUT_FEATURES;
use crate::nn::Loss;
use crate::words;

/// The script of `settings`; `link` is the query that leads back to the page.
#[must_use]
pub fn script(settings: &Settings, link: &str) -> String {
    let imports = "import argparse\nfrom statistics import median\n\nimport torch\nfrom torch import nn, optim";
    format!(
        "{}{}{}{}",
        header("training", link, imports),
        data(settings.plan()),
        training(settings.plan()),
        main(settings)
    )
}

fn data(plan: &Plan) -> String {
    if plan.task == Task::Moons {
        return moons(plan);
    }
    let (draw, law) = match plan.task {
        Task::ThreeOfTwenty => (
            "torch.randn(samples, 20)",
            "0.6 * (x[:, 0] + x[:, 1] + x[:, 2])",
        ),
        Task::Sine => ("4 * torch.rand(samples, 1) - 2", "torch.sin(2 * x[:, 0])"),
        _ => (
            "torch.randn(samples, 5)",
            "torch.randn(samples)  # knows nothing of x",
        ),
    };
    let noise = if plan.noise == 0.0 {
        String::new()
    } else {
        format!(
            "    if noisy:
        y = y + {} * torch.randn(samples)
",
            python_float(plan.noise)
        )
    };
    format!(
        "def draw(samples, noisy):
    x = {draw}
    y = {law}
{noise}    return x, y[:, None]


"
    )
}

fn moons(plan: &Plan) -> String {
    let noise = if plan.noise == 0.0 {
        String::new()
    } else {
        format!(" + {} * torch.randn(samples, 2)", python_float(plan.noise))
    };
    format!(
        "def draw(samples, noisy):
    # Two half circles, a class each; the noise is on the inputs, of the test samples too.
    angle = torch.pi * torch.rand(samples)
    y = torch.arange(samples) % 2.0
    upper = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1)
    lower = torch.stack([1 - torch.cos(angle), 0.5 - torch.sin(angle)], dim=1)
    x = torch.where(y[:, None] == 0, upper, lower){noise}
    return x, y[:, None]


"
    )
}

fn training(plan: &Plan) -> String {
    format!(
        "def rounds(samples, batch):
    # Rounds through the samples, each in a new order; what fills no batch is left out.
    shuffle = torch.Generator()
    shuffle.manual_seed(int(torch.empty((), dtype=torch.int64).random_()))
    while True:
        order = torch.randperm(samples, generator=shuffle)
        yield from (order[at:at + batch] for at in range(0, samples - batch + 1, batch))


def train(seed, p, weight_decay, steps):
    # Data, network and batches are drawn first, so that they are the same whatever p and weight_decay are.
    torch.manual_seed(seed)
    x, y = draw({train}, noisy=True)
    test_x, test_y = draw({test}, noisy=False)
    model = nn.Sequential(nn.Linear({inputs}, {hidden}), nn.ReLU(), nn.Dropout(p), nn.Linear({hidden}, {OUT_FEATURES}))
    optimizer = optim.{method}(model.parameters(), lr={lr}{momentum}, weight_decay=weight_decay)
    loss_fn = nn.{loss}()
    losses = []
    for _, batch in zip(range(steps), rounds(len(x), {batch})):
        optimizer.zero_grad()
        loss = loss_fn(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        return losses, loss_fn(model(test_x), test_y).item(), model


",
        train = plan.train,
        test = plan.test,
        inputs = plan.task.in_features(),
        hidden = plan.hidden,
        method = class(plan.method),
        loss = match plan.task.loss() {
            Loss::Mse => "MSELoss",
            Loss::BceWithLogits => "BCEWithLogitsLoss",
        },
        lr = python_float(plan.lr),
        momentum = momentum(plan),
        batch = plan.batch.min(plan.train),
    )
}

/// The optimiser's class.
fn class(method: Method) -> &'static str {
    match method {
        Method::Sgd => "SGD",
        Method::Adam => "Adam",
        Method::AdamW => "AdamW",
    }
}

/// SGD's momentum, if it has any.
fn momentum(plan: &Plan) -> String {
    if plan.method == Method::Sgd && plan.momentum != 0.0 {
        format!(", momentum={}", python_float(plan.momentum))
    } else {
        String::new()
    }
}

fn main(settings: &Settings) -> String {
    let (plan, seed) = (settings.plan(), settings.seed());
    let first = FIRST.min(plan.steps);
    format!(
        "parser = argparse.ArgumentParser()
parser.add_argument(\"--seeds\", type=int, default=0, help=\"pairs to run, from seed {seed} on\")
{steps_argument}arguments, _ = parser.parse_known_args()  # Jupyter has arguments of its own

pair = [{rival}, {dropout}]  # p and weight decay, {without} and with dropout
for p, weight_decay in pair:
    losses, *_ = train({seed}, p, weight_decay, {first})
    print(f\"p = {{p}}, weight decay {{weight_decay}}, seed {seed}, first losses:\", *(f\"{{loss:.5f}}\" for loss in losses))

{passes}if arguments.seeds > 0:
    pairs = []
    for seed in range({seed}, {seed} + arguments.seeds):
        pairs.append([train(seed, *one, {steps})[1] for one in pair])
        print(f\"seed {{seed}}: test loss {{pairs[-1][0]:.5f}} {without}, {{pairs[-1][1]:.5f}} with dropout\")
    without, with_ = zip(*pairs)
    better = sum(b < a for a, b in pairs)
    print(f\"better with dropout in {{better}} of {{len(pairs)}}\")
    print(f\"median test loss {{median(without):.5f}} {without}, {{median(with_):.5f}} with dropout\")
",
        rival = python_pair(plan.rival()),
        dropout = python_pair(plan.dropout(plan.p)),
        without = words::training::sides(settings)[0],
        steps = plan.steps,
        steps_argument = if samples(settings) {
            format!("parser.add_argument(\"--steps\", type=int, default={first}, help=\"training steps before the passes\")\n")
        } else {
            String::new()
        },
        passes = passes(settings),
    )
}

/// Whether the script draws passes of MC dropout.
fn samples(settings: &Settings) -> bool {
    settings.passes() > 0 && settings.plan().task == Task::Sine
}

/// Passes in eval mode with dropout on, and what they come to.
fn passes(settings: &Settings) -> String {
    if !samples(settings) {
        return String::new();
    }
    format!(
        "# MC dropout: eval mode, but for dropout; its masks come from where training left the generator.
*_, model = train({seed}, *pair[1], arguments.steps)
model[2].train()
x = torch.arange(-24, 25)[:, None] / 8
with torch.no_grad():
    passes = torch.stack([model(x) for _ in range({passes})])
for k in range(0, len(x), 8):
    at = passes[:, k, 0].double()
    print(f\"x = {{x[k].item():.0f}}: mean {{at.mean():.4f}}, standard deviation {{at.std(correction=0):.4f}} over {passes} passes\")

",
        seed = settings.seed(),
        passes = settings.passes(),
    )
}

fn python_pair(run: Regularization) -> String {
    let [p, weight_decay] = [run.p.p(), run.weight_decay].map(python_float);
    format!("({p}, {weight_decay})")
}

/// What the script prints without `--seeds`.
#[must_use]
pub fn output(trace: &Trace) -> String {
    let settings = &trace.settings;
    let line = |(run, losses): (Regularization, &Vec<f32>)| {
        let [p, weight_decay] = [run.p.p(), run.weight_decay].map(python_float);
        let losses: Vec<_> = losses.iter().map(|loss| format!(" {loss:.5}")).collect();
        let (seed, losses) = (settings.seed(), losses.concat());
        format!("p = {p}, weight decay {weight_decay}, seed {seed}, first losses:{losses}\n")
    };
    let runs = runs(settings).into_iter().zip(&trace.first);
    let mut text: String = runs.map(line).collect();
    if let Some(sampled) = &trace.sampled {
        for k in (0..sampled.x.len()).step_by(8) {
            let (x, mean, sd) = (sampled.x[k], sampled.mean[k], sampled.sd[k]);
            text += &mc_line(x, mean, sd, sampled.passes);
        }
    }
    text
}

fn mc_line(x: f32, mean: f32, sd: f32, passes: u32) -> String {
    format!("x = {x:.0}: mean {mean:.4}, standard deviation {sd:.4} over {passes} passes\n")
}

/// Dropout's rival, and dropout.
fn runs(settings: &Settings) -> [Regularization; 2] {
    let plan = settings.plan();
    [plan.rival(), plan.dropout(plan.p)]
}

/// What is shown as a table: a line for each seed, p and step that is written down, or for each run of a
/// sweep.
#[must_use]
pub fn csv(live: &Live) -> String {
    let plan = live.settings().plan();
    let [rival, dropout] = runs(live.settings());
    let columns = match live {
        Live::Sweep(_) => "test",
        Live::Run(_) | Live::Race(_) => "step,training_loop,train,test",
    };
    let mut text = format!("seed,p,weight_decay,{columns}\n");
    match live {
        Live::Run(trace) => {
            for (curve, run) in trace.curves.iter().zip([rival, dropout]) {
                rows(&mut text, trace.settings.seed(), run, curve);
            }
        }
        Live::Race(trace) => {
            for pair in &trace.pairs {
                rows(&mut text, pair.seed, rival, &pair.without);
                rows(&mut text, pair.seed, dropout, &pair.with);
            }
        }
        Live::Sweep(trace) => {
            let row = |dot: &Dot| {
                let run = trace.ps.get(dot.place).map(|p| plan.dropout(*p));
                let Regularization { p, weight_decay } = run.unwrap_or(rival);
                format!("{},{},{weight_decay},{}\n", dot.seed, p.p(), dot.test)
            };
            text.extend(trace.dots.iter().map(row));
        }
    }
    text
}

/// The hidden units of one pair of runs as a table: a line for each unit and network.
#[must_use]
pub fn units_csv(trace: &RunTrace) -> String {
    let (lanes, seed) = (&trace.lanes, trace.settings.seed());
    let mut text = "seed,p,step,unit,samples,kept,without_gradient,dropped,relu_off,dropped_or_relu_off,no_error,norm_of_fc1_row,abs_w2\n".to_owned();
    let ps = [0.0, trace.settings.plan().p.p()];
    for (side, p) in ps.into_iter().enumerate() {
        let steps = lanes.steps[side];
        let row = |(unit, own): (usize, &Unit)| {
            let seen = u64::from(steps) * lanes.batch as u64;
            let kept = if side == 0 { seen } else { own.kept.into() };
            let [a, b, c, d] = own.idle[side];
            let (idle, row, out) = (own.idle_steps()[side], own.row[side], own.out[side]);
            format!("{seed},{p},{steps},{unit},{seen},{kept},{idle},{a},{b},{c},{d},{row},{out}\n")
        };
        text.extend((1..).zip(&lanes.units).map(row));
    }
    text
}

fn rows(text: &mut String, seed: u64, run: Regularization, curve: &Curve) {
    let (p, weight_decay) = (run.p.p(), run.weight_decay);
    let row = |point: &Losses| {
        let running = point.running.map(|loss| loss.to_string());
        let (step, train, test) = (point.step, point.train, point.test);
        format!(
            "{seed},{p},{weight_decay},{step},{},{train},{test}\n",
            running.unwrap_or_default()
        )
    };
    text.extend(curve.points.iter().map(row));
}
