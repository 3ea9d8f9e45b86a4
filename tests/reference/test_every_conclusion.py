"""Every number of what a design asks and of what is concluded, for each kind of endpoint, is held by its definition.

Recipe: 70 people of A and 80 of B (`asked.py`), whose outcomes are written down here anew; the effects and tests by
`by_definition.py`, the ratio of proportions by its likelihood, limits by the root of the statistic they belong to, and
boundaries by the integral of the two looks' normal distribution, all with SciPy 1.15. The boundaries of the second
column are rpact 3.3.4's too (2.963, 1.969). Tolerance 1e-7 relative: a limit is a root, found to 1e-10.
"""

import math
from functools import cache, partial

import pytest
from scipy import integrate, optimize, stats

from tests.analysis.asked import SIZES, asked, by_arm, conclusions, continuous
from tests.analysis.asked import binary as having
from tests.reference import by_definition as d
from tests.reference.test_every_number import numbers

ONE, TWO = {"alpha": 0.025, "sides": 1}, {"alpha": 0.05, "sides": 2}
RATES, MORE = "rates: {control: 0.6, experimental: 0.8}", "rates: {control: 0.3, experimental: 0.6}"
MEANS = "means: {control: 0, experimental: 1, sd: 1}"
OBRIEN_FLEMING = "looks: [{information: 0.5}, {information: 1}], spending: {kind: lan_demets_obrien_fleming}"
ALONE = "arms: [{id: B, remove: true}]\nrandomization: {ratio: {value: {A: 1}}}"
MAXCOMBO = "weights: [{kind: fleming_harrington}, {kind: fleming_harrington, gamma: 1}]"


# Outcomes ---------------------------------------------------------------------------------------------------------


def dying(pace):
    """Of A 40 die on days 15, 15 + pace, ...; of B 46 on days 10, 20, ...: never two on one day."""
    day = by_arm(f"15 + {pace} * place", "10 + 10 * place")
    return (
        f'variables: [{{id: days, label: {{en: Days, zh: 天数}}, type: decimal, unit: d, rule: "{day}"}}]\n'
        "endpoints: [{kind: time_to_event, id: out, label: {en: Outcome, zh: 结局}, short: O, description: {en: a, zh: a}, "
        f'role: primary, duration: days, event: "place < {by_arm(40, 46)}", death: event, display_unit: days}}]'
    )


def died(pace):
    return [
        {"arm": arm, "time": first + step * place, "how": int(place < dead)}
        for arm, first, step, dead in (("A", 15, pace, 40), ("B", 10, 10, 46))
        for place in range(SIZES[arm])
    ]


def parts(rows):
    return [[r for r in rows if r["arm"] == arm] for arm in "AB"]


def had(a, b):
    return [[{"how": int(place < x)} for place in range(n)] for x, n in zip((a, b), SIZES.values(), strict=True)]


def valued(a, b):
    """Values spread evenly around each mean, as `continuous` says it."""
    return [
        [{"level": mean + (place - (n - 1) / 2) * 12**0.5 / n} for place in range(n)]
        for mean, n in zip((a, b), SIZES.values(), strict=True)
    ]


# What is concluded ------------------------------------------------------------------------------------------------


def of_test(p, side):
    """A test of no effect: z from its two-sided p-value, positive where the estimate lies on the side of the benefit."""
    return of_z(side * stats.norm.isf(p / 2))


def of_z(z):
    return {"z": z, "p_one_sided": stats.norm.sf(z), "p_two_sided": 2 * stats.norm.sf(abs(z))}


def of_limits(at, null, side, level=0.95):
    """An effect with limits at a confidence: z is where the limit nearer to the null meets it."""
    found = at(level)
    limit = "ci_lower" if found["estimate"] > null else "ci_upper"
    z = optimize.brentq(lambda z: at(1 - 2 * stats.norm.sf(z))[limit] - null, 1e-6, 8, xtol=1e-13)
    away = math.copysign(z, side * (found["estimate"] - null))
    return {"confidence": level} | {k: found[k] for k in ("estimate", "ci_lower", "ci_upper")} | of_z(away)


def difference_of_proportions(a, b, level):
    return d.difference(d.proportion(a, level), d.proportion(b, level), None)


def score_of_ratio(a, n_a, b, n_b, ratio):
    """The pair of proportions that is likeliest under the ratio is where the likelihood is level."""
    q = optimize.brentq(
        lambda q: (a + b) / q - (n_a - a) * ratio / (1 - ratio * q) - (n_b - b) / (1 - q),
        1e-12, min(1, 1 / ratio) - 1e-12, xtol=1e-15,
    )  # fmt: skip
    p = ratio * q
    return (a / n_a - ratio * b / n_b) / math.sqrt(p * (1 - p) / n_a + ratio**2 * q * (1 - q) / n_b)


def ratio_of_proportions(a, b, null):
    of = partial(score_of_ratio, a, SIZES["A"], b, SIZES["B"])
    lower, upper = (
        optimize.brentq(lambda r, z=z: of(r) - z, 0.2, 5, xtol=1e-13) for z in (d.upper(0.95), -d.upper(0.95))
    )
    estimate = a / SIZES["A"] / (b / SIZES["B"])
    return {"estimate": estimate, "ci_lower": lower, "ci_upper": upper, "confidence": 0.95} | of_z(of(null))


def one_mean(rows, null):
    found = d.levels(rows)
    error, free = found["sd"] / math.sqrt(len(rows)), len(rows) - 1
    reach = stats.t.isf(0.025, free) * error
    z = stats.norm.isf(stats.t.sf((found["estimate"] - null) / error, free))
    estimate = found["estimate"]
    return {
        "estimate": estimate,
        "ci_lower": estimate - reach,
        "ci_upper": estimate + reach,
        "confidence": 0.95,
    } | of_z(z)


def one_rate(rows, null):
    found = d.proportion(rows)
    z = (found["estimate"] - null) / math.sqrt(null * (1 - null) / len(rows))
    return found | {"confidence": 0.95} | of_z(z)


def hazards(rows, null):
    """By Wald's statistic; fewer events are the benefit."""
    found = d.cox(rows)
    z = -(found["coefficient"] - math.log(null)) / found["standard_error"]
    limits = {k: found[k] for k in ("ci_lower", "ci_upper")}
    return limits | {"estimate": found["hazard_ratio"], "confidence": 0.95} | of_z(z)


# Boundaries -------------------------------------------------------------------------------------------------------


def spent(share, alpha=0.025):
    """Lan and DeMets (1983): the error of one side that O'Brien and Fleming's boundary has spent by then."""
    return 2 * stats.norm.sf(stats.norm.isf(alpha / 2) / math.sqrt(share))


@cache
def bounds(first, second=None):
    """Upper bounds at one or two shares of the information."""
    one = stats.norm.isf(spent(first))
    if second is None:
        return (one,)
    r = math.sqrt(first / second)

    def crossed_late(two):
        density = lambda z: stats.norm.pdf(z) * stats.norm.cdf((one - r * z) / math.sqrt(1 - r * r))  # noqa: E731
        return integrate.quad(density, two, 12, epsabs=1e-14, epsrel=1e-12)[0]

    wanted = spent(second) - spent(first)
    return one, optimize.brentq(lambda two: crossed_late(two) - wanted, 1, 4, xtol=1e-12)


def bound(upper, alpha_spent, lower=None):
    found = {
        "upper_z": upper,
        "one_sided_p": stats.norm.sf(upper),
        "alpha_spent_one_sided": alpha_spent,
        "lower_z": lower,
    }
    return {f"bound.{k}": v for k, v in found.items()}


def plain(sides):
    error = sides["alpha"] / sides["sides"]
    return bound(stats.norm.isf(error), error) | {"look": 1, "looks.0": 1}


LOOKED = {"looks.0": 0.5, "looks.1": 1}
AT_HALF = LOOKED | bound(bounds(0.5)[0], spent(0.5)) | {"look": 1}
AT_THE_END = LOOKED | bound(bounds(0.5, 1)[1], 0.025) | {"look": 2, "supposed_looks_at.0": 75}


# Cases ------------------------------------------------------------------------------------------------------------


def cases():
    """Name; how it is asked (outcome, question, method, options, of one arm?); how its design is; what is concluded."""
    for sides in (ONE, TWO):
        name = f"{sides['sides']} sides"
        p = d.compared_proportions(*had(56, 48))["p_value"]
        yield f"proportion, {name}", (having(56, 48), f"superiority, {RATES}", "proportion"), sides, of_test(p, 1)
        p = d.compared_means(*valued(0.3, 0))["p_value"]
        yield f"mean, {name}", (continuous(0.3, 0), f"superiority, {MEANS}", "mean"), sides, of_test(p, 1)
        z = d.logrank(died(20))["z"]
        yield f"log-rank, {name}", (dying(20), "superiority, hazard_ratio: 0.7", "logrank"), sides, of_z(z)
    fewer = partial(difference_of_proportions, *had(48, 56))
    yield (
        "proportion and margin",
        (having(48, 56), f"non_inferiority, margin: -0.1, {RATES}", "proportion"),
        ONE | {"null": -0.1},
        of_limits(fewer, -0.1, 1),
    )
    yield (
        "proportion and margin of harm",
        (having(48, 56), "non_inferiority, margin: 0.1", "proportion"),
        ONE | {"null": 0.1},
        of_limits(fewer, 0.1, -1),
    )
    yield (
        "ratio and margin",
        (having(40, 56), f"non_inferiority, margin: 0.7, {RATES.replace('}', ', measure: ratio}')}", "proportion"),
        ONE | {"null": 0.7},
        ratio_of_proportions(40, 56, 0.7),
    )
    yield (
        "mean and margin",
        (continuous(-0.1, 0), f"non_inferiority, margin: -0.5, {MEANS}", "mean"),
        ONE | {"null": -0.5},
        of_limits(lambda level: d.compared_means(*valued(-0.1, 0), level), -0.5, 1),
    )
    yield (
        "hazards and margin",
        (dying(10), "non_inferiority, margin: 1.3, hazard_ratio: 1", "cox"),
        ONE | {"null": 1.3},
        hazards(died(10), 1.3),
    )
    yield (
        "hazards and margin, two sides",
        (dying(10), "non_inferiority, margin: 1.3, hazard_ratio: 1", "logrank"),
        TWO | {"null": 1.3},
        hazards(died(10), 1.3),
    )
    yield (
        "one rate",
        (having(30, 0), f"superiority, {MORE}", "proportion", "", "A"),
        ONE | {"null": 0.3},
        one_rate(had(30, 0)[0], 0.3),
    )
    yield (
        "one mean",
        (continuous(0.2, 0), f"superiority, {MEANS}", "mean", "", "A"),
        ONE,
        one_mean(valued(0.2, 0)[0], 0),
    )
    a, b = parts(died(20))
    at = lambda rows: d.restricted_mean(rows, 300)  # noqa: E731
    p = d.by_normal(at(a), at(b))
    yield "restricted mean", (dying(20), "superiority, hazard_ratio: 0.7", "rmst", "tau_days: 300"), TWO, of_test(p, 1)
    at = lambda rows: d.milestone(rows, 200)  # noqa: E731
    p = d.by_complementary_log_log(at(a), at(b))
    yield "milestone", (dying(20), "superiority, hazard_ratio: 0.7", "milestone", "at_days: [200]"), TWO, of_test(p, 1)
    p = d.maxcombo(died(20), [d.fleming_harrington(0, 0), d.fleming_harrington(0, 1)])["p_value"]
    yield "MaxCombo", (dying(20), "superiority, hazard_ratio: 0.7", "maxcombo", MAXCOMBO), TWO, of_test(p, 1)


CASES = {name: rest for name, *rest in cases()}


def run_of(asks, sides, more):
    outcome, question, method, options, only = (*asks, "", None)[:5] if len(asks) == 3 else (*asks, None)[:5]
    said = f"question: {question}, power: 0.9, alpha: {sides['alpha']}, sides: {sides['sides']}, {more}"
    changes = (ALONE,) if only else ()
    return asked(outcome, said, method, *changes, options=f", {options}" if options else "", only=only)


def unlike(run, wanted_design, wanted):
    """Numbers of the design and of its conclusion that are not those wanted, or that nothing holds."""
    (told,) = conclusions(run)
    found = []
    for said, want in ((run.results["design"], wanted_design), (told, wanted)):
        said, want = dict(numbers(said)), {k: v for k, v in want.items() if v is not None}
        found += [f"{k}: on one side only" for k in said.keys() ^ want.keys()]
        found += [
            f"{k}: {said[k]}, not {want[k]}"
            for k in said.keys() & want.keys()
            if said[k] != pytest.approx(want[k], rel=1e-7, abs=1e-9)
        ]
    return found


def planned_and_concluded(asks, sides, concluded, planned, look):
    """All that is to be said, of a plan with so much information."""
    dead, everybody = 86, SIZES["A"] + (0 if "A" in asks[4:] else SIZES["B"])
    reached = dead if "time_to_event" in asks[0] else everybody
    ratio = "hazard_ratio" in asks[1] or "measure: ratio" in asks[1]
    both = {"null": 1 if ratio else 0} | sides
    design = (
        both | look | {"reached": reached, "planned": planned, "fraction": reached / planned, "randomized": everybody}
    )
    limits = {
        "bound_z": look.get("bound.upper_z"), "bound_p": look.get("bound.one_sided_p"), "lower_bound_z": look.get("bound.lower_z"),
    }  # fmt: skip
    return design, both | limits | concluded


def at_the_end(name):
    asks, sides, concluded = CASES[name]
    timed, alone = "time_to_event" in asks[0], "A" in asks[4:]
    planned = 86 if timed else 70 if alone else 150
    run = run_of(asks, sides, f"events: {planned}" if timed else f"participants: {planned}")
    return run, *planned_and_concluded(asks, sides, concluded, planned, plain(sides))


@pytest.mark.parametrize("name", CASES)
def test_every_number_of_a_conclusion_is_that_of_its_definition(name):
    assert unlike(*at_the_end(name)) == []


LOOKS = {
    "at half": ("proportion, 1 sides", 300, OBRIEN_FLEMING, AT_HALF),
    "at half, or stop": (
        "proportion, 1 sides", 300, f"{OBRIEN_FLEMING}, futility: {{kind: z, values: [0.3]}}",
        AT_HALF | {"bound.lower_z": 0.3},
    ),
    "at the end": ("mean, 1 sides", 150, OBRIEN_FLEMING, AT_THE_END),
    # 86 of 120 events, and a look before it at 41: a stop for futility where the ratio is 1.1 there and 0.9 here.
    "late, by a ratio": (
        "log-rank, 1 sides", 120,
        "looks: [{information: 0.3}, {information: 0.7}, {information: 1}], spending: {kind: lan_demets_obrien_fleming}, "
        "futility: {kind: hazard_ratio, values: [1.1, 0.9]}",
        {"looks.0": 0.3, "looks.1": 0.7, "looks.2": 1, "look": 2, "supposed_looks_at.0": 36}
        | bound(bounds(0.3, 86 / 120)[1], spent(86 / 120), -math.log(0.9) * math.sqrt(86) / 2),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_every_number_of_a_look_is_that_of_its_definition(name):
    case, planned, how, look = LOOKS[name]
    asks, sides, concluded = CASES[case]
    counted = "events" if "time_to_event" in asks[0] else "participants"
    run = run_of(asks, sides, f"{counted}: {planned}, {how}")
    assert unlike(run, *planned_and_concluded(asks, sides, concluded, planned, look)) == []


def test_the_integral_gives_the_published_boundaries():
    """rpact 3.3.4 for looks at half and all of the information; Jennison and Turnbull (2000)."""
    assert bounds(0.5, 1) == (pytest.approx(2.9626, abs=5e-5), pytest.approx(1.9686, abs=5e-5))


def test_control_a_number_that_is_off_by_a_millionth_or_held_by_nothing_is_noticed():
    run, design, concluded = at_the_end("ratio and margin")
    for place, part in enumerate((design, concluded)):
        for key, value in part.items():
            for other in () if value is None else (value * (1 + 1e-6), None):
                wrong = [design, concluded]
                wrong[place] = part | {key: other}
                assert [words.partition(":")[0] for words in unlike(run, *wrong)] == [key]
