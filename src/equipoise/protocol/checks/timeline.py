"""What is known when: the point of the trial at which each name first has a value, so that no rule looks ahead.

Visits are points 0, 1, 2... in the order of the schedule; what happens at the end of a visit lies half a step later.
A log may be written at any time: what it holds may be named anywhere, while its own rules stand where the log stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import AFTER_ALLOCATION, BUILT_INS, bare_items, item_named, participant_columns
from equipoise.protocol.words import phrase
from equipoise.rules import Column, names_of
from equipoise.variables import Variable
from equipoise.words import Phrase

__all__ = ["AT_THE_CUT", "BEFORE_ALL", "WHILE_IT_RUNS", "Timeline", "make_timeline"]

BEFORE_ALL = -1.0
AT_THE_CUT = 1e9
_NEVER_DURING = 1e8  # between the two: only a rule that is asked of a data cut may name the date of the cut
WHILE_IT_RUNS = 1e7
"""Late enough for everything that is recorded, too early for the date of a cut."""
_A_WHILE = 0.25  # after somebody was randomized, and before the next visit
_ALWAYS = Phrase("", "")  # known before everything: nothing is ever said of where it comes from


@dataclass(slots=True)
class Timeline:
    """`at` gives the point from which a name has a value; `whence` says where it comes from."""

    protocol: Protocol
    columns: dict[str, Column]
    at: dict[str, float] = field(default_factory=dict)
    whence: dict[str, Phrase] = field(default_factory=dict)
    never: dict[str, Phrase] = field(default_factory=dict)  # names that no participant-level rule may use, and why

    def known_by(self, point: float, place: Phrase) -> tuple[dict[str, Column], dict[str, Phrase]]:
        """The names usable at `point`, and for each other name why it is not (`place` says in words where we are)."""
        usable = {name: column for name, column in self.columns.items() if self.at.get(name, BEFORE_ALL) <= point}
        late = {
            name: phrase("why.after", whence=self.whence[name], place=place)
            for name in self.columns
            if name not in usable
        }
        return usable, {**self.never, **late}


def make_timeline(protocol: Protocol) -> Timeline:
    """When each built-in, bare item and variable becomes known."""
    line = Timeline(protocol, participant_columns(protocol))
    places = {visit.id: float(i) for i, visit in enumerate(protocol.visits)}
    _place_built_ins(line, places)
    uses: dict[str, list[str]] = {}
    for visit in protocol.visits:
        for form_id in dict.fromkeys(visit.forms):
            uses.setdefault(form_id, []).append(visit.id)
    bare = bare_items(protocol)
    for name in (*protocol.item_by_id, *protocol.facet_by_name):
        named = item_named(protocol, name)
        assert named is not None  # every one of these is an item's or a facet's
        form, group = named.form, named.group
        visits = uses.get(form.id, [])
        if name in bare:
            line.at[name] = places[visits[0]]
            line.whence[name] = phrase("whence.item", visit=visits[0], form=form.id)
        elif name not in protocol.variable_by_id:
            line.never[name] = _why_not_bare(protocol, form.id, group, visits)
    under: list[str] = []
    for variable in protocol.variables:
        _place_variable(line, variable, places, uses, under)
    return line


def _place_built_ins(line: Timeline, places: dict[str, float]) -> None:
    protocol = line.protocol
    # Reversed, so that the first visit that marks an act is the one that is kept; a second has a Finding of its own.
    acts = {act: visit.id for visit in reversed(protocol.visits) for act in visit.act}
    randomized = protocol.randomization.at
    enrolled = acts.get("enroll") or (protocol.eligibility.at if protocol.eligibility else randomized)
    moments = {
        "consented": (
            places.get(acts.get("consent", ""), BEFORE_ALL),
            phrase("whence.consented", visit=acts.get("consent", "")),
        ),
        "enrolled": (places.get(enrolled, 0.0) + 0.5, phrase("whence.enrolled", visit=enrolled)),
        "randomized": (places.get(randomized, 0.0) + 0.5, phrase("whence.randomized", visit=randomized)),
    }
    for name in BUILT_INS:
        moment = moments.get("randomized" if name == "arm" else name.removesuffix("_date"))
        line.at[name], line.whence[name] = moment or (BEFORE_ALL, _ALWAYS)
    for name in AFTER_ALLOCATION:
        at, whence = moments["randomized"]
        line.at[name], line.whence[name] = at + _A_WHILE, whence
    line.at["cut_date"], line.whence["cut_date"] = _NEVER_DURING, phrase("whence.cut")


def _why_not_bare(protocol: Protocol, form: str, group: str | None, visits: list[str]) -> Phrase:
    if group is not None:
        return phrase("why.in_a_group", group=group, form=form)
    if not visits:
        return phrase("why.at_no_visit", form=form)
    if len(visits) > 1:
        return phrase("why.at_several_visits", form=form, visits=visits)
    kind = "log" if protocol.visit_by_id[visits[0]].kind == "log" else "repeated"
    return phrase(f"why.at_a_{kind}_visit", form=form, visit=visits[0])


def _place_variable(
    line: Timeline, variable: Variable, places: dict[str, float], uses: dict[str, list[str]], under: list[str]
) -> float:
    if variable.id in line.at:
        return line.at[variable.id]
    if variable.id in under:
        return BEFORE_ALL  # a circle; told by the check of variables
    under.append(variable.id)
    # A variable has a value when the last of what it is made of has one; that last one is also what is told.
    latest, whence = BEFORE_ALL, _ALWAYS
    if variable.pick is not None:
        latest, whence = _place_pick(line, variable, places, uses)
    for name in _names(variable):
        inner = line.protocol.variable_by_id.get(name)
        if inner is not None:
            _place_variable(line, inner, places, uses, under)
        if line.at.get(name, BEFORE_ALL) > latest:
            latest, whence = line.at[name], phrase("whence.needs", name=name, whence=line.whence[name])
    under.pop()
    line.at[variable.id], line.whence[variable.id] = latest, whence
    return latest


def _place_pick(
    line: Timeline, variable: Variable, places: dict[str, float], uses: dict[str, list[str]]
) -> tuple[float, Phrase]:
    pick = variable.pick
    known = item_named(line.protocol, pick.item) if pick else None
    if pick is None or known is None:
        return BEFORE_ALL, _ALWAYS
    visits = [v for v in uses.get(known.form.id, []) if not pick.visits or v in pick.visits]
    # A pick answers from the first record on, with the last value so far: its first visit counts.
    # A log may precede all.
    points = [BEFORE_ALL if line.protocol.visit_by_id[v].kind == "log" else places[v] for v in visits]
    if not points:
        return BEFORE_ALL, _ALWAYS
    first = min(points)
    return first, phrase("whence.picked", item=pick.item, visit=visits[points.index(first)])


def _names(variable: Variable) -> Iterator[str]:
    for text in (variable.rule, variable.pick.where if variable.pick else None):
        yield from names_of(text) if text else ()
