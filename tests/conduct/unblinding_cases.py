"""A case for each refusal of unblinding: the protocol's changes, what is done first, the act, and who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from equipoise.conduct import acts as a
from tests.conduct.small_trial import DAY, Trial

__all__ = ["CASES", "FURTHER"]

BLIND = "randomization: {blinding: double}"
SERIOUS = """\
forms:
- id: baseline
  items: [{id: was_serious, label: {en: Serious, zh: 严重}, type: boolean, required: false, cdash: AESER}]
"""


def _ready(t: Trial) -> None:
    t.do(a.Appoint("yu", "Yu", "safety_physician"), as_="custodian")
    t.randomized()


def _batch(t: Trial) -> None:
    """A list of acts is open while it is asked."""
    _ready(t)
    t.desk._setting = _not_alone(t.desk._setting)  # type: ignore[method-assign]


def _not_alone(setting: Callable[..., Any]) -> Callable[..., Any]:
    from dataclasses import replace

    return lambda *given: replace(setting(*given), alone=False)


def _case(
    act: a.Act | Callable[[Trial], a.Act], first: Callable[[Trial], object] = _ready, who: str = "li", more: str = ""
) -> Any:
    return (BLIND, more) if more else BLIND, first, act if callable(act) else (lambda _: act), who


def _event(t: Trial) -> a.Unblind:
    event = next(one.seq for one in t.entries() if one.kind == "form_recorded")
    return a.Unblind("P1", "emergency", "he fell", event)


CASES = {
    "unblinding.open": ((), _ready, lambda _: a.Unblind("P1", "emergency", "he fell"), "li"),
    "unblinding.not_randomized": _case(a.Unblind("P1", "emergency", "he fell"), lambda t: t.enrolled()),
    "unblinding.arm_named": _case(a.Unblind("P1", "inadvertent", "the Control arm was read", known_to="chen")),
    "unblinding.known_to": _case(a.Unblind("P1", "inadvertent", "the label was legible", known_to=" ")),
    "unblinding.date": _case(a.Unblind("P1", "emergency", "he fell", date=DAY)),
    "unblinding.alone": _case(a.Unblind("P1", "emergency", "he fell"), _batch),
    "unblinding.whole_study": _case(a.Unblind("P1", "planned", "he asked")),
    "unblinding.over": _case(
        a.Unblind("P1", "planned", "part one is over"),
        lambda t: (_ready(t), t.do(a.Lock("final"), as_="custodian")),
        "yu",
    ),
    "unblinding.event": _case(a.Unblind("P1", "safety_report", "suspected"), who="yu"),
}
FURTHER = {
    "conduct.acts: unblinding.event/unknown": _case(a.Unblind("P1", "emergency", "he fell", 3)),
    "conduct.acts: unblinding.event/not_serious": _case(
        _event,
        lambda t: (
            _ready(t),
            t.do(a.CorrectValue("P1", "screening", "baseline", "was_serious", False, "it was not")),
        ),
        more=SERIOUS,
    ),
}
