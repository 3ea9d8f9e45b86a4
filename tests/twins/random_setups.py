"""Random sound setups, so that twins meet every scheme, statistic, kind of look and course."""

import random

from equipoise.planning import Arrivals, SurvivalCourse
from equipoise.simulation.trials.parts import Cell, PlannedLook, Reestimation, Screening, SimulatedScheme, Statistic
from equipoise.simulation.trials.setup import Setup

SCHEMES = ("permuted_blocks", "minimization", "big_stick", "complete", "in_turn")
STATISTICS = ("logrank", "weighted", "maxcombo", "cox", "rmst", "milestone")


def random_course(rng, base):
    kind = rng.choice(("constant", "pieces", "cured", "weibull", "pause"))
    dropout = rng.choice((0.0, rng.uniform(0.0, 0.02)))
    if kind == "constant":
        return SurvivalCourse.constant(base, dropout)
    if kind == "cured":
        return SurvivalCourse((0.0,), (base * 2,), dropout, cured=rng.uniform(0.1, 0.5))
    if kind == "weibull":
        return SurvivalCourse((0.0,), (base,), dropout, shape=rng.choice((0.8, 1.5, 2.0)))
    middle = 0.0 if kind == "pause" else base * rng.uniform(0.3, 2)
    return SurvivalCourse(
        (0.0, rng.uniform(2, 6), rng.uniform(7, 20)), (base, middle, base * rng.uniform(0.5, 2)), dropout
    )


def random_statistic(rng, kind):
    if kind in ("rmst", "milestone"):
        return Statistic(kind, months=rng.uniform(5, 14))
    pairs = ()
    if kind == "weighted":
        pairs = (rng.choice(((0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (0.5, 2.0))),)
    if kind == "maxcombo":
        pairs = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0))
    return Statistic(kind, stratified=rng.random() < 0.5, weights=pairs)


def random_setup(seed, scheme=None, statistic=None):
    """The same setup for the same seed."""
    rng = random.Random(f"setup {seed} {scheme} {statistic}")
    scheme, statistic = scheme or rng.choice(SCHEMES), statistic or rng.choice(STATISTICS)
    ratio = (1, 1) if scheme == "big_stick" else rng.choice(((1, 1), (1, 2), (2, 1)))
    count = rng.choice((1, 2, 3, 5))
    shares = [rng.uniform(0.5, 1.5) for _ in range(count)]
    cells = []
    for place in range(count):
        control = random_course(rng, rng.uniform(0.02, 0.06))
        experimental = control.times([rng.uniform(0.4, 1.1)])
        stratum = place if place < 2 else rng.randrange(2)
        levels = (stratum, rng.randrange(3))
        cells.append(Cell(shares[place] / sum(shares), control, experimental, stratum, levels))
    n = rng.randrange(40, 120)
    arrivals = Arrivals((0.0, 4.0), (n / 24, n / 12), 14.0)
    wanted = sorted(rng.sample(range(n // 6, n // 2), 2))
    kinds = rng.choice(("events", "month", "after", "mixed"))
    looks = []
    for place in range(2):
        when = {
            "events": {"events": wanted[place]},
            "month": {"month": 15.0 + 12 * place},
            "after": {"after_last": 3.0 + 9 * place},
            "mixed": {"events": wanted[place], "latest": 14.0 + 15 * place},
        }[kinds]
        bounds = {"efficacy": 2.5 - place / 2, "futility": rng.choice((None, -0.3)), "harm": rng.choice((None, -2.5))}
        looks.append(PlannedLook(**when, **bounds, statistic=random_statistic(rng, statistic)))
    again = Reestimation(0.8, 5, n, rng.choice((None, 0.6))) if kinds == "events" and rng.random() < 0.5 else None
    weights = rng.choice(((), (1.0, 0.5)))
    return Setup(
        f"random {seed}", n, Screening(arrivals, 0.8, 0.9, 0.1) if rng.random() < 0.3 else arrivals, tuple(cells),
        tuple(looks), rng.choice(("random", "even")), ratio,
        SimulatedScheme(scheme, sizes=tuple(sum(ratio) * k for k in rng.choice(((2,), (1, 2), (2, 3)))), p=0.8,
               measure=rng.choice(("range", "variance")), weights=weights, limit=2),
        null_ratio=rng.choice((1.0, 1.3)), estimate_stratified=rng.random() < 0.5, true_ratio=0.7, reestimation=again,
    )  # fmt: skip
