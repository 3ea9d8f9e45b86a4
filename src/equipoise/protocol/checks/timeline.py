"""What is known when: the point of the trial at which each name first has a value, so that no rule looks ahead.

Visits are points 0, 1, 2... in the order of the schedule; what happens at the end of a visit lies half a step later.
A log may be written at any time: what it holds may be named anywhere, while its own rules stand where the log stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import BUILT_INS, bare_items, participant_columns
from equipoise.rules import Column, names_of
from equipoise.variables import Variable

__all__ = ["AT_THE_CUT", "BEFORE_ALL", "WHILE_IT_RUNS", "Timeline", "make_timeline"]

BEFORE_ALL = -1.0
AT_THE_CUT = 1e9
_NEVER_DURING = 1e8
WHILE_IT_RUNS = 1e7
"""Late enough for everything that is recorded, too early for the date of a cut."""


@dataclass(slots=True)
class Timeline:
    """`at` gives the point from which a name has a value; `words` says where it comes from."""

    protocol: Protocol
    columns: dict[str, Column]
    at: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)  # names that no participant-level rule may use, and why

    def known_by(self, point: float, place: str) -> tuple[dict[str, Column], dict[str, str]]:
        """The names usable at `point`, and for each other name why it is not (`place` says in words where we are)."""
        usable = {name: column for name, column in self.columns.items() if self.at.get(name, BEFORE_ALL) <= point}
        late = {
            name: f"{self.words.get(name, 'it is recorded later')}, which is after {place}"
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
    for name, (form, group, _) in protocol.item_by_id.items():
        visits = uses.get(form.id, [])
        if name in bare:
            line.at[name] = places[visits[0]]
            line.words[name] = f"it is recorded at visit {visits[0]} (form {form.id})"
        elif name not in protocol.variable_by_id:
            line.never[name] = _why_not_bare(protocol, form.id, group, visits)
    under: list[str] = []
    for variable in protocol.variables:
        _place_variable(line, variable, places, uses, under)
    return line


def _place_built_ins(line: Timeline, places: dict[str, float]) -> None:
    protocol = line.protocol
    acts = {act: visit.id for visit in reversed(protocol.visits) for act in visit.act}
    randomized = protocol.randomization.at
    enrolled = acts.get("enroll") or (protocol.eligibility.at if protocol.eligibility else randomized)
    moments = {
        "consented": (
            places.get(acts.get("consent", ""), BEFORE_ALL),
            f"consent is given at visit {acts.get('consent')}",
        ),
        "enrolled": (places.get(enrolled, 0.0) + 0.5, f"participants are enrolled at the end of visit {enrolled}"),
        "randomized": (
            places.get(randomized, 0.0) + 0.5,
            f"participants are randomized at the end of visit {randomized}",
        ),
    }
    for name in BUILT_INS:
        point, words = moments.get("randomized" if name == "arm" else name.removesuffix("_date"), (BEFORE_ALL, ""))
        line.at[name], line.words[name] = point, words
    line.at["cut_date"], line.words["cut_date"] = _NEVER_DURING, "it is the date of a data cut"


def _why_not_bare(protocol: Protocol, form: str, group: str | None, visits: list[str]) -> str:
    if group is not None:
        return f"it stands in the repeating group {group} of form {form} and can have many values"
    if not visits:
        return f"its form {form} is used at no visit"
    if len(visits) > 1:
        return f"its form {form} is used at several visits ({', '.join(visits)}), so it can have many values"
    kind = "is a log" if protocol.visit_by_id[visits[0]].kind == "log" else "is repeated"
    return f"its form {form} is used at visit {visits[0]}, which {kind}, so it can have many values"


def _place_variable(
    line: Timeline, variable: Variable, places: dict[str, float], uses: dict[str, list[str]], under: list[str]
) -> float:
    if variable.id in line.at and variable.id in line.words:
        return line.at[variable.id]
    if variable.id in under:
        return BEFORE_ALL  # a circle; told by the check of variables
    under.append(variable.id)
    latest, words = BEFORE_ALL, ""
    if variable.pick is not None:
        latest, words = _place_pick(line, variable, places, uses)
    for name in _names(variable):
        inner = line.protocol.variable_by_id.get(name)
        if inner is not None:
            _place_variable(line, inner, places, uses, under)
        if line.at.get(name, BEFORE_ALL) > latest:
            latest, words = line.at[name], f"it needs `{name}`, and {line.words.get(name, '')}"
    under.pop()
    line.at[variable.id], line.words[variable.id] = latest, words
    return latest


def _place_pick(
    line: Timeline, variable: Variable, places: dict[str, float], uses: dict[str, list[str]]
) -> tuple[float, str]:
    pick = variable.pick
    known = line.protocol.item_by_id.get(pick.item) if pick else None
    if pick is None or known is None:
        return BEFORE_ALL, ""
    visits = [v for v in uses.get(known[0].id, []) if not pick.visits or v in pick.visits]
    points = [BEFORE_ALL if line.protocol.visit_by_id[v].kind == "log" else places[v] for v in visits]
    if not points:
        return BEFORE_ALL, ""
    first = min(points)
    return first, f"it is picked from `{pick.item}`, which is first recorded at visit {visits[points.index(first)]}"


def _names(variable: Variable) -> Iterator[str]:
    for text in (variable.rule, variable.pick.where if variable.pick else None):
        yield from names_of(text) if text else ()
