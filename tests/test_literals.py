"""Every argument that takes one of a few words is checked at the call: all exported functions and dataclasses are walked.

Nothing is listed here: the annotations say which parameters those are, and each is called with a word that is none of
them. A function that nobody had guarded planned 82 participants where 532 are needed, for `measure="odds_ratio"`.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import Literal

import pytest
from pydantic import BaseModel

import equipoise
from equipoise.findings import Refusal
from equipoise.planning import (
    MilestoneSurvival,
    adapt_size,
    boundaries_reached,
    estimate_rates_power,
    plan_rates,
    plan_sequential,
    ratio_at_bound,
    repeated_p_value,
)
from equipoise.planning.sequential.spending import spent
from equipoise.planning.sizes.logrank_worth import worth_of_an_event
from equipoise.randomization import Scheme, allocate, check_scheme
from equipoise.survival import MagirrBurman, estimate_cox, estimate_kaplan_meier
from equipoise.survival import test_proportional_hazards as proportional
from equipoise.wording.literals import UnknownWord, literals_checked, literals_of

# They stand below the check, speak to nobody but our own code, and are given words from our own tables.
BELOW = ("equipoise.findings", "equipoise.words", "equipoise.rules", "equipoise.wording")
ALIEN = "no such word"
# A scheme may be made with any word, so that a protocol's can be told what is wrong with it: `check_scheme` and whatever
# allocates refuse it.
JUDGED_LATER = {"equipoise.randomization.scheme.Scheme": ["kind", "measure"]}


def exported():
    """Every function, dataclass and method of an exported class, by its name."""
    for one in pkgutil.walk_packages(equipoise.__path__, "equipoise."):
        if one.name.startswith(BELOW):
            continue
        module = importlib.import_module(one.name)
        for name in getattr(module, "__all__", ()):
            it = getattr(module, name)
            if getattr(it, "__module__", None) != one.name:
                continue
            if inspect.isfunction(it):
                yield f"{one.name}.{name}", it
            elif inspect.isclass(it) and not issubclass(it, BaseModel):
                if dataclasses.is_dataclass(it):
                    yield f"{one.name}.{name}", it
                methods = {k: v for k, v in vars(it).items() if inspect.isfunction(v) and not k.startswith("_")}
                yield from ((f"{one.name}.{name}.{key}", method) for key, method in methods.items())


def unguarded(it) -> list[str]:
    """The parameters for which an unknown word is not refused by name, with the words that there are."""
    missing = []
    for name, words in literals_of(it).items():
        try:
            it(**{name: ALIEN})
        except UnknownWord as refused:
            (told,) = refused.findings
            said = str(told)
            if (
                told.code == "argument.unknown"
                and name in said
                and ALIEN in said
                and all(str(w) in said for w in words)
            ):
                continue
            missing.append(name)
        except Exception:  # refused, if at all, for want of something else
            missing.append(name)
        else:
            missing.append(name)
    return missing


def test_every_argument_that_takes_one_of_a_few_words_is_checked():
    walked = dict(exported())
    assert {name: lacking for name, it in walked.items() if (lacking := unguarded(it))} == JUDGED_LATER
    with_words = [name for name, it in walked.items() if literals_of(it)]
    assert len(with_words) > 90
    assert {"planning", "survival", "medicine", "simulation", "randomization", "reports"} <= {
        name.split(".")[1] for name in with_words
    }


def test_control_a_function_that_is_not_guarded_is_noticed():
    def bare(measure: Literal["difference", "ratio"] = "difference") -> str:
        return measure

    @dataclasses.dataclass(frozen=True, slots=True)
    class Bare:
        reading: Literal["at", "before"] | None = None

    assert (unguarded(bare), unguarded(Bare)) == (["measure"], ["reading"])
    bare.__globals__.setdefault("Literal", Literal)
    assert (unguarded(literals_checked(bare)), unguarded(literals_checked(Bare))) == ([], [])


ONE = plan_sequential(alpha=0.025, power=0.9)
SAID = [
    (lambda: plan_rates(ONE, 0.2, 0.1, measure="odds_ratio"), "measure is 'odds_ratio'; plan_rates knows 'difference', 'ratio'"),
    (lambda: plan_rates(ONE, 0.2, 0.1, measure="ods"), "measure is 'ods'"),
    (lambda: estimate_rates_power(ONE, 0.2, 0.1, 100, measure="relative_risk"), "measure is 'relative_risk'"),
    (lambda: ratio_at_bound(2, 100, benefit="Below"), "benefit is 'Below'; ratio_at_bound knows 'below', 'above'"),
    (lambda: ratio_at_bound(2, 100, 1.0, 1.0, "Below"), "benefit is 'Below'"),
    (lambda: MagirrBurman(delay=60.0, reading="Before"), "reading is 'Before'; MagirrBurman knows 'at', 'before'"),
    (lambda: worth_of_an_event("Schoenfeld", 0.7), "method is 'Schoenfeld'; worth_of_an_event knows 'schoenfeld', 'freedman'"),
    (lambda: worth_of_an_event(None, 0.7), "method is None"),
    (lambda: worth_of_an_event(["schoenfeld"], 0.7), "method is ['schoenfeld']"),
    (lambda: MilestoneSurvival(24, scale="loglog"), "scale is 'loglog'"),
    (lambda: adapt_size(1.5, 1.96, 50, 100, combination="z2NC"), "combination is 'z2NC'"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "says"), SAID, ids=[says for _, says in SAID])
def test_an_unknown_word_is_refused_with_the_words_that_there_are(call, says):
    with pytest.raises(ValueError, match="Give one of them") as refused:
        call()
    assert says in str(refused.value)
    assert isinstance(refused.value, Refusal)


def test_it_is_said_in_chinese_too():
    with pytest.raises(UnknownWord) as refused:
        MagirrBurman(delay=60.0, reading="Before")
    assert (
        refused.value.findings[0].tell("zh")
        == "reading: reading为'Before'；MagirrBurman只认'at'、'before'。请给出其中之一。"
    )


def test_a_scheme_of_an_unknown_word_is_judged_where_it_is_used():
    arms = (("A", 1), ("B", 1))
    for scheme in (Scheme(ALIEN, arms), Scheme("minimization", arms, p=0.8, measure=ALIEN)):
        assert any(ALIEN in str(finding) for finding in check_scheme(scheme))
        with pytest.raises(Refusal, match=ALIEN):
            allocate(scheme, bytes(32), "s", {"site": "1"}, [])


def test_what_difference_and_ratio_really_need():
    """rpact 3.3.4: 531.712 of both, for 20% against 10%, one-sided 2.5%, power 90%."""
    assert plan_rates(ONE, 0.2, 0.1).participants == pytest.approx(531.712, abs=5e-4)
    assert plan_rates(ONE, 0.2, 0.1, measure="ratio").participants == pytest.approx(531.712, abs=5e-4)
    assert estimate_rates_power(ONE, 0.2, 0.1, 100).power == pytest.approx(0.286, abs=5e-4)


TIMES, EVENTS, COVARIATE = [1.0, 2.0, 3.0, 4.0], [1, 1, 1, 0], [[0.0], [1.0], [0.0], [1.0]]


@pytest.mark.parametrize(
    "call",
    [
        lambda: estimate_kaplan_meier(TIMES, EVENTS, conf_type=ALIEN),
        lambda: estimate_cox(TIMES, EVENTS, COVARIATE, ties=ALIEN),
        lambda: proportional(TIMES, EVENTS, COVARIATE, transform=ALIEN),
        lambda: plan_sequential(alpha=0.025, power=0.9, fractions=(0.5, 1), efficacy=ALIEN),
        lambda: boundaries_reached(ONE, ALIEN, (0.5, 1.0), 1.0),
        lambda: repeated_p_value(ALIEN, (0.5, 1.0), 1, 2.0),
        lambda: spent(ALIEN, 0.5, 0.025),
    ],
)
def test_words_that_are_not_annotated_are_refused_too(call):
    with pytest.raises((Refusal, ValueError)) as refused:
        call()
    assert ALIEN in str(refused.value)
    assert "pydantic" not in str(refused.value)
