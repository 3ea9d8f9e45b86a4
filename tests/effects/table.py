"""The table of what counts where: a row for each place, and the steps that give something else when it is changed.

`python -m tests.effects` fills in the rows that are missing (`--anew` all of them) in `table.json`. A row is proved
again by trying the change anew; nothing is taken from reading code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from equipoise.wording import Text
from tests.effects.places import Found, changed, data_of, find_places, others, worlds
from tests.effects.places import at as at_path
from tests.effects.steps import STEPS, check

__all__ = [
    "DESCRIPTIVE",
    "ELSEWHERE",
    "HELD",
    "NOT_YET_SEEN",
    "NOT_YET_TRIED",
    "TABLE",
    "Row",
    "base_of",
    "find_row",
    "is_descriptive",
    "is_held",
    "is_proved",
    "prove",
    "read_table",
    "said_and_ignored",
    "write",
]

TABLE = Path(__file__).with_name("table.json")
ALWAYS = 1  # accepted changes that are tried at every step
MOST = 4  # accepted changes in one world, as long as nothing is proved
WORLDS = 8  # worlds, as long as nothing is proved

DESCRIPTIVE: dict[str, str] = {
    r".*\.(assumption|source|note)": "how firm a value is and where it comes from, for the list of assumptions",
    r".*\.(label|title|short|description|text|help|instructions|citation|license)": "words for people",
    r"Text\.(en|zh)": "words for people",
    r"StudyIdentity\.(short|date|phase|sponsor|registrations|sources|amendments)|Amendment\..*": (
        "what the trial is called, who answers for it, and the history of its versions, whose order `check` holds"
    ),
    r"Protocol\.(narrative|dictionaries)|Narrative\..*": "the parts of a protocol that are words",
    r"Dictionaries\..*": "versions that every table prints; the results of an analysis carry them apart",
    r"Code(list)?\.(cdisc|source)": "what an export would call it",
    r"Form\.domain": "the CDISC domain",
    r"Site\.(name|country)": "which place it is",
    r"DrugDose\[.*\]\.(administration|route)|Radiotherapy\[.*\]\.technique|Procedure\[.*\]\.id": (
        "how a treatment is given"
    ),
    r"Randomization\.concealment": "how allocations are kept hidden, in words",
    r"Estimand\.(intercurrent|treatment|summary)|IntercurrentEvent\..*": (
        "the question in words; `check` holds each strategy against the event, censoring or rule that carries it out"
    ),
    r"(Binary|Continuous)Endpoint\[.*\]\.better": "which side is better; `check` holds the design to it",
    r"Variable\[type=integer\]\.unit": "the unit; `check` follows it through every rule",
    r"SafetyRule\.action": "who decides, and on what",
}
"""Keys that are there to be read by people, as patterns of PLACE.KEY, each with what they tell."""

ELSEWHERE: dict[str, str] = {
    r"Censoring\.stops": "tests/analysis/test_time_to_event.py",
    r"Check\[.*\]\.items": "tests/conduct/test_queries.py",
    r"Derivation\[method=recist\]\.rows": "tests/medicine/test_recist_method.py",
    r"Derivation\[method=recist\]\.version": "tests/medicine/test_recist_method.py",
    r"Form\.consent_part": "tests/conduct/test_mending.py",
    r"Impute\.not_after": "tests/conduct/test_item_types.py",
    r"Item\[.*\]\.identifying": "tests/datacut/test_writing.py",
    r"Scenario\.query_days": "tests/rehearsal/test_supposed.py",
    r"Visit\[.*\]\.optional": "tests/spec/test_visits.py",
}
"""Keys whose effect none of the worlds lets happen, as patterns of PLACE.KEY, each with the tests that do."""


HELD: dict[str, str] = {
    r".*\.id": "a name; other parts refer to it, and `check` finds a name that nothing bears",
    r"Protocol\.(?!consent_version|id_pattern|equipoise)\w+": "a section; what stands in it has rows of its own",
}
"""Keys of which nothing more need come, as patterns of PLACE.KEY, each with the reason."""


NOT_YET_TRIED: tuple[str, ...] = (
    "Analysis[method=mean].endpoint",
    "Analysis[method=mean].id",
    "Analysis[method=mean].method",
    "Analysis[method=mean].role",
    "Analysis[method=mean].set",
    "BinaryEndpoint[kind=binary].id",
    "BinaryEndpoint[kind=binary].role",
    "BinaryEndpoint[kind=binary].rule",
    "Censoring.id",
    "Check[severity=soft].message",
    "ContinuousEndpoint[kind=continuous].id",
    "ContinuousEndpoint[kind=continuous].role",
    "ContinuousEndpoint[kind=continuous].rule",
    "ContinuousEndpoint[kind=continuous].unit",
    "DoseRule.to_dose",
    "EventSource[kind=competing].date",
    "EventSource[kind=competing].id",
    "EventSource[kind=event].id",
    "Factor.levels",
    "Radiotherapy[kind=radiotherapy].days",
    "Radiotherapy[kind=radiotherapy].id",
    "Range.max",
    "Range.unit",
    "Repeat.every_days",
    "Role.conflicts_with",
    "Role.id",
    "Scenario.accrual",
    "Scenario.follows",
    "Scenario.items",
    "Scenario.site_shares",
    "Scenario.sites",
    "Scenario.typing_error",
    "Site.timezone",
    "SiteHabits.query_days",
    "SiteHabits.typing_error",
    "Sourced.value",
    "Spread.correlation",
    "Spread.mean",
    "Spread.sd",
    "StudyIdentity.id",
    "StudyIdentity.version",
    "TimeToEvent[kind=time_to_event].censoring",
    "TimeToEvent[kind=time_to_event].death",
    "Variable[type=boolean].pick",
    "Variable[type=boolean].rule",
    "Variable[type=code].codelist",
    "Variable[type=code].id",
    "Variable[type=code].rule",
    "Variable[type=code].type",
    "Variable[type=date].pick",
    "Variable[type=decimal].rule",
    "Variable[type=decimal].type",
    "Variable[type=decimal].unit",
    "Visit[kind=log].forms",
    "Visit[kind=log].id",
    "Visit[kind=log].kind",
    "Visit[kind=scheduled].act",
    "Visit[kind=scheduled].anchor",
    "Visit[kind=scheduled].day",
    "Visit[kind=scheduled].forms",
    "Visit[kind=scheduled].id",
    "Visit[kind=scheduled].repeat",
    "Visit[kind=scheduled].window",
    "Window.after",
    "Window.before",
)
"""Places that have no row yet: `python -m tests.effects` finds them. None may be added; one that has a row is taken out."""

NOT_YET_SEEN: tuple[str, ...] = ()
"""Places of which only the document was seen to tell. Each needs a livelier world or a mend; none may be added."""


@dataclass
class Row:
    """The steps at which something was seen to come of a key, and the world in which it was seen."""

    steps: set[str] = field(default_factory=set)
    world: str = ""


def is_proved(row: Row) -> bool:
    """Whether something comes of the key beyond what is shown, or every other value is refused.

    That some other values are refused is no effect of those that are taken; that all others are is one.
    """
    return bool(row.steps - {"check", "show"}) or row.steps == {"check"}


def is_descriptive(name: str) -> bool:
    """Whether the key is there to be read by people."""
    return any(re.fullmatch(like, name) for like in DESCRIPTIVE)


def is_held(name: str) -> bool:
    """Whether nothing more need come of the key than that it is taken or refused."""
    return any(re.fullmatch(like, name) for like in HELD)


def find_row(name: str, *, every: bool = True) -> Row:
    """Every step that was seen to give something else when what stands at the place is changed.

    At least one change that is taken is tried at each step, in the first world that has the place; more, and in
    livelier worlds, as long as nothing beyond what is shown is seen. Without `every` the first step is enough, and of
    what is there to be read that it is shown.
    """
    row = Row()
    steps = STEPS if every or not is_descriptive(name) else ("show",)
    for found in find_places()[name][: 1 if is_held(name) else WORLDS]:
        here = _look(found, steps, every=every)
        if not row.world or is_proved(here) > is_proved(row):
            row = Row(row.steps | here.steps, found.world)
        if is_proved(row) or is_descriptive(name):
            break
    return row


def prove(name: str, row: Row, steps: Iterable[str]) -> set[str]:
    """Those of the `steps` that are seen again in the world of the row."""
    here = [found for found in find_places()[name] if found.world == row.world]
    return set().union(*(_look(found, tuple(steps)).steps for found in here))


def _look(found: Found, steps: Iterable[str], *, every: bool = True) -> Row:
    """What comes of changes at one place of one world."""
    row = Row(world=found.world)
    accepted = 0
    for other in others(found):
        protocol = changed(found, other)
        warnings = None if protocol is None else check(protocol)
        if warnings != _warnings(found.world):
            row.steps.add("check")
        if protocol is None or warnings is None:
            continue
        accepted += 1
        for step in steps:
            if step not in row.steps and STEPS[step](protocol, found.world) != base_of(found.world, step):
                row.steps.add(step)
                if not every and step != "show":
                    break
        if row.steps >= set(steps) or accepted >= (ALWAYS if row.steps - {"check", "show"} else MOST):
            break
    if "show" in row.steps and not _shown_in_both(found):
        row.steps.discard("show")
    return row


def _shown_in_both(found: Found) -> bool:
    """A text in two languages is shown in each."""
    old = at_path(data_of(found.world), found.path)
    if not (isinstance(old, dict) and set(old) == set(Text.model_fields)):
        return True
    for language in old:
        protocol = changed(found, {**old, language: f"{old[language]} (other)"})
        if protocol is None or STEPS["show"](protocol, found.world) == base_of(found.world, "show"):
            return False
    return True


@cache
def base_of(world: str, step: str) -> str:
    """What a step gives for a world as it is."""
    return STEPS[step](worlds()[world], world)


@cache
def _warnings(world: str) -> list[str] | None:
    return check(worlds()[world])


def said_and_ignored(table: dict[str, Row]) -> list[str]:
    """Rows of keys of which nothing comes, or only what is shown though they are not there to be read."""
    elsewhere = [re.compile(like) for like in ELSEWHERE]
    return [
        name
        for name, row in table.items()
        if not is_proved(row)
        and not (is_descriptive(name) and "show" in row.steps)
        and not (is_held(name) and row.steps)
        and not any(like.fullmatch(name) for like in elsewhere)
    ]


def read_table(file: Path = TABLE) -> dict[str, Row]:
    """The rows as they were found."""
    if not file.exists():
        return {}
    rows = json.loads(file.read_text("utf-8"))
    return {name: Row(set(row["steps"]), row["world"]) for name, row in rows.items()}


def write(rows: dict[str, Row], file: Path = TABLE) -> None:
    """Keep the rows."""
    order = ["check", *STEPS]
    lines = [
        f"{json.dumps(name)}: "
        + json.dumps({"steps": sorted(row.steps, key=order.index), "world": row.world}, ensure_ascii=False)
        for name, row in sorted(rows.items())
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
