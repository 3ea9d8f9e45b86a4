"""What only whoever knows the arm could fill in: told while the protocol is written, and not at a desk that refuses.

In a trial that is not open no rule at the desk may know the arm, whoever asks: the answer would tell it. A visit or an
item that is there in one arm only can then never be recorded, and a rule about the arm is never true.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.scope import names_behind
from equipoise.protocol.words import phrase
from equipoise.rules import names_of

if TYPE_CHECKING:
    from equipoise.forms import Form
    from equipoise.protocol.document import Protocol
    from equipoise.words import Phrase

__all__ = ["check_blinding"]

Place = tuple[str | int, ...]


def check_blinding(look: Inspection) -> None:
    """Every rule of a visit or a form that rests on the arm, where the trial keeps it from those who fill in."""
    protocol = look.protocol
    # An allocation that was made elsewhere is entered openly, whatever was promised; that is told by itself.
    if protocol.randomization.blinding == "open" or protocol.randomization.scheme.value.kind == "recorded":
        return
    for path, rule, what in _rules(protocol):
        if (name := _by_arm(protocol, rule)) is not None:
            facts = {"what": what, "name": name, "blinding": protocol.randomization.blinding}
            if path[-1] == "rule":
                look.warn("blinding.rests_on_arm/check", path, **facts)
            else:
                look.add(f"blinding.rests_on_arm/{path[-1]}", path, **facts)


def _by_arm(protocol: Protocol, rule: str) -> str | None:
    """The name in the rule by which it rests on the arm."""
    return next((name for name in sorted(names_of(rule)) if "arm" in names_behind(protocol, [name])), None)


def _rules(protocol: Protocol) -> Iterator[tuple[Place, str, Phrase]]:
    """Every rule that is asked while a form is filled in: where it stands, itself, and of what it is."""
    for i, visit in enumerate(protocol.visits):
        if visit.when is not None:
            yield ("visits", i, "when"), visit.when, phrase("what.visit", visit=visit.id)
    for i, form in enumerate(protocol.forms):
        yield from _of_form(("forms", i), form)


def _of_form(path: Place, form: Form) -> Iterator[tuple[Place, str, Phrase]]:
    places: list[tuple[Place, str]] = [((*path, "items", i), item.id) for i, item in enumerate(form.items)]
    for g, group in enumerate(form.groups):
        places += [((*path, "groups", g, "items", i), item.id) for i, item in enumerate(group.items)]
    items = {item.id: item for _, item in form.all_items()}
    for place, name in places:
        what = phrase("what.item", item=name)
        for key in ("shown_when", "required_when", "computed"):
            if (rule := getattr(items[name], key)) is not None:
                yield (*place, key), rule, what
    for c, check in enumerate(form.checks):
        yield (*path, "checks", c, "rule"), check.rule, phrase("what.check", check=check.id)
