"""The table of what counts where: each key at each place, and the steps that give something else when it is changed.

`python -m tests.effects` fills in the rows that are missing (`--anew` all of them) in `table.json`. A row is proved
again by trying the change anew; nothing is taken from reading code.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from equipoise.protocol.document import Protocol
from tests.effects.places import Found, changed, find_places, others, worlds
from tests.effects.steps import STEPS, check

__all__ = [
    "DESCRIPTIVE",
    "ELSEWHERE",
    "NOT_YET_SEEN",
    "TABLE",
    "base_of",
    "find_row",
    "read_table",
    "said_and_ignored",
]

TABLE = Path(__file__).with_name("table.json")
MOST = 4  # accepted changes that are tried at a place before it is said to have no effect

Row = dict[str, Any]

DESCRIPTIVE: dict[str, str] = {
    r".*\.(assumption|source|note)": "how firm a value is and where it comes from, for the list of assumptions",
    r".*\.(label|description|text|help|instructions|citation|license)": "words for people",
    r"Code(list)?\.(cdisc|source)": "what an export would call it",
    r"Form\.domain": "the CDISC domain",
    r"Dictionaries\..*": "versions that every table prints; the results of an analysis carry them apart",
    r"DrugDose\[.*\]\.administration|Radiotherapy\[.*\]\.technique": "how a treatment is given",
    r"Estimand\.intercurrent": "what is done about each event is held by its own row, `done_by`",
}
"""Keys that are there to be read by people, as patterns of PLACE.KEY, each with what they tell."""

ELSEWHERE: dict[str, str] = {
    r"Censoring\.stops": "tests/analysis/test_time_to_event.py",
    r"Check\[.*\]\.items": "tests/conduct/test_queries.py",
    r"Form\.consent_part": "tests/conduct/test_mending.py",
    r"Impute\.not_after": "tests/conduct/test_item_types.py",
    r"Item\[.*\]\.identifying": "tests/datacut/test_writing.py",
    r"Scenario\.query_days": "tests/rehearsal/test_supposed.py",
    r"Visit\[.*\]\.optional": "tests/spec/test_visits.py",
}
"""Keys whose effect none of the worlds lets happen, as patterns of PLACE.KEY, each with the tests that do."""


NOT_YET_SEEN: tuple[str, ...] = (
    "Amendment.date",
    "Amendment.summary",
    "Amendment.version",
    "BinaryEndpoint[kind=binary].better",
    "BinaryEndpoint[kind=binary].id",
    "BinaryEndpoint[kind=binary].role",
    "BinaryEndpoint[kind=binary].rule",
    "BinaryEndpoint[kind=binary].short",
    "Censoring.date",
    "Censoring.id",
    "Censoring.when",
    "Check[severity=query].id",
    "Check[severity=soft].id",
    "Check[severity=soft].message",
    "ContinuousEndpoint[kind=continuous].better",
    "ContinuousEndpoint[kind=continuous].id",
    "ContinuousEndpoint[kind=continuous].role",
    "ContinuousEndpoint[kind=continuous].rule",
    "ContinuousEndpoint[kind=continuous].short",
    "ContinuousEndpoint[kind=continuous].unit",
    "Derivation[method=recist].id",
    "Derivation[method=recist].rows",
    "Derivation[method=recist].version",
    "Distribution.chance",
    "Distribution.missing",
    "DosePhase.count",
    "DosePhase.dose",
    "DosePhase.every_days",
    "DosePhase.first_day",
    "DoseRule.to_dose",
    "DoseRule.to_percent",
    "DrugDose[kind=drug].route",
    "DrugSchedule.days",
    "DrugSchedule.phases",
    "DrugSchedule.times_a_day",
    "Estimand.summary",
    "Estimand.treatment",
    "EventSource[kind=competing].date",
    "EventSource[kind=competing].id",
    "EventSource[kind=event].id",
    "Form.title",
    "GivenBy.date",
    "GivenBy.given",
    "IntercurrentEvent.done_by",
    "Pick.visits",
    "Radiotherapy[kind=radiotherapy].first_day",
    "Role.conflicts_with",
    "Scenario.typing_error",
    "SiteHabits.typing_error",
    "TimeToEvent[kind=time_to_event].duration",
    "Variable[type=decimal].pick",
    "Variable[type=integer].unit",
    "Visit[kind=scheduled].when",
)
"""Places where only the document was seen to change, because no world makes the key matter. Each needs a livelier world
or a mend; none may be added in silence."""


def find_row(name: str) -> Row:
    """The first step, beyond what is shown, that gives something else when what stands at the place is changed.

    `check` where some change is refused; `show` and the step that was found. Steps after it are not tried.
    """
    found = find_places()[name]
    row: Row = {}
    accepted = 0
    for other in others(found):
        protocol = changed(found, other)
        if protocol is None or check(protocol) is None:
            row["check"] = True
            continue
        accepted += 1
        for step in STEPS:
            if step not in row and _gives(step, protocol, found) != base_of(found.world, step):
                row[step] = True
                if step != "show":
                    break
        if accepted == MOST or set(row) - {"check", "show"}:
            break
    if check_says_more(found):
        row["check"] = True
    return row


def check_says_more(found: Found) -> bool:
    """Whether taking the key away is told of (a warning that it lacks, a refusal)."""
    protocol = changed(found, ...)
    return protocol is None or check(protocol) != _warnings(found.world)


def _gives(step: str, protocol: Protocol, found: Found) -> str:
    return STEPS[step](protocol, found.world)


@cache
def base_of(world: str, step: str) -> str:
    return STEPS[step](worlds()[world], world)


@cache
def _warnings(world: str) -> list[str] | None:
    return check(worlds()[world])


def read_table() -> dict[str, Row]:
    """The rows as they were found."""
    return json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}


def said_and_ignored(table: dict[str, Row]) -> list[str]:
    """Rows of keys of which nothing comes, or only what is shown though they are not there to be read.

    That some other values are refused is no effect of those that are taken; that all others are is one.
    """
    known = (*DESCRIPTIVE, *ELSEWHERE)
    return [
        name
        for name, row in table.items()
        if not row
        or ("show" in row and set(row) <= {"check", "show"} and not any(re.fullmatch(like, name) for like in known))
    ]


def write(rows: dict[str, Any]) -> None:
    """Keep the rows."""
    ordered = dict(sorted(rows.items()))
    lines = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in ordered.items()]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
