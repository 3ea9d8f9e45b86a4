"""The table as a page of the manual: every key at every place, and the steps that give something else when it is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.effects.places import Found
from tests.effects.table import DESCRIPTIVE, ELSEWHERE, HELD, Row, is_refused_everywhere, read_table
from tests.effects.unsaid import find_places

__all__ = ["page"]

COLUMNS = ("check", "show", "design", "simulate", "rehearse", "desk", "analyze")

HEAD = """\
# What counts where

Every key of the language at every place where it may stand, and what comes of it. A place is a clause, with the words that choose its
kind. The table is found by doing: what stands there is changed in a trial of this manual, and each step is asked whether it gives
something else ([decision 37](../decisions/0037-every-key-counts.md)).

Where no trial of this manual says a key, what stands there elsewhere is put in its place.

- **check**: some other values are refused, or remarked upon, or it is told when the key is left out.
- **show**: the protocol document differs; a text in two languages in both.
- **design**: sizes, boundaries, calendar and stopping rules differ. **simulate**: what the simulation is made of differs.
- **rehearse**: the ledger of people who are played, or the data cut of it, differs. **desk**: what the desk answers to what people
  type afterwards, the status, or a dose sheet differs.
- **analyze**: the results of the same recorded people differ.

A dot was seen. No dot does not mean that it cannot be: for many rows the search ended at the first step beyond the document at which
something was seen, and of what is there to be read only the document was asked. A row without a dot beyond **show** has its reason.
`make test` fails for a key of which nothing is seen and that is not there to be read; some rows are tried anew in each run, more with
`make soak`.
"""


def page() -> Iterator[str]:
    """The page, line by line."""
    table = read_table()
    yield HEAD
    places = find_places()
    clauses = list(dict.fromkeys(_clause(found) for found, *_ in places.values()))
    under = ""
    for name in sorted(places, key=lambda name: (clauses.index(_clause(places[name][0])), places[name][0].place)):
        if (row := table.get(name)) is None or is_refused_everywhere(name, row):
            continue
        here = places[name][0]
        if _clause(here) != under:
            yield from (*_refused(under, table), "") if under else ()
            under = _clause(here)
            yield f"## {under}\n"
            yield f"`{under}` in [keys](keys.md) says what each of them means.\n"
            yield f"| of kind | key | {' | '.join(COLUMNS)} | |"
            yield f"|---|---|{':-:|' * len(COLUMNS)}---|"
        kind = here.place.partition("[")[2].removesuffix("]").replace("=", ": ")
        dots = " | ".join("•" if step in row.steps else "" for step in COLUMNS)
        yield f"| {kind} | `{here.key}` | {dots} | {_reason(name) if row.steps <= {'check', 'show'} else ''} |"
    yield from _refused(under, table)
    yield ""


def _refused(clause: str, table: dict[str, Row]) -> Iterator[str]:
    """The keys of a clause that `check` refuses, by kind."""
    by_kind: dict[str, list[str]] = {}
    for name, row in table.items():
        if is_refused_everywhere(name, row) and name.partition("[")[0] == clause:
            place, _, key = name.rpartition(".")
            by_kind.setdefault(place.partition("[")[2].removesuffix("]").replace("=", ": "), []).append(f"`{key}`")
    if by_kind:
        yield ""
        yield "Refused, whatever they say:"
        yield ""
    for kind, keys in by_kind.items():
        yield f"- {kind}: {', '.join(sorted(keys))}"


def _clause(found: Found) -> str:
    return found.place.partition("[")[0]


def _reason(name: str) -> str:
    told = [words for like, words in (*DESCRIPTIVE.items(), *HELD.items()) if re.fullmatch(like, name)]
    held = [f"seen in `{test}`" for like, test in ELSEWHERE.items() if re.fullmatch(like, name)]
    return (told or held or [""])[0]
