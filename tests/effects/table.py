"""The table of what counts where: a row for each place, and the steps that give something else when it is changed.

`python -m tests.effects` fills in the rows that are missing (`--anew` all of them) in `table.json`. A row is proved
again by trying the change anew; nothing is taken from reading code.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from equipoise.protocol.checking import check_protocol
from equipoise.wording import Text
from tests.effects.places import Found, changed, data_of, find_said, make, others, worlds
from tests.effects.places import at as at_path
from tests.effects.steps import STEPS, check
from tests.effects.unsaid import find_places

__all__ = [
    "DESCRIPTIVE",
    "ELSEWHERE",
    "HELD",
    "TABLE",
    "Row",
    "base_of",
    "calm",
    "find_row",
    "is_descriptive",
    "is_held",
    "is_proved",
    "is_refused",
    "is_refused_everywhere",
    "prove",
    "read_table",
    "refusal",
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
    r"Item\[.*\]\.cdash": "the CDASH name; `check` keeps those of births and deaths, which are looked for, to dates",
    r"Site\.name": "which place it is",
    r"Derivation\[method=recist\]\.version": "the edition of the rule, of which there is one; `check` refuses others",
    r"DrugDose\[.*\]\.(administration|route)|Radiotherapy\[.*\]\.technique|Procedure\[.*\]\.id": (
        "how a treatment is given"
    ),
    r"Randomization\.concealment": "how allocations are kept hidden, in words",
    r"Estimand\.(intercurrent|treatment|summary)|IntercurrentEvent\..*": (
        "the question in words; `check` holds each strategy against the event, censoring or rule that carries it out"
    ),
    r"(Binary|Continuous)Endpoint\[.*\]\.better": "which side is better; `check` holds the design to it",
    r"(Binary|Continuous)Endpoint\[.*\]\.role": (
        "how much rests on it; `check` asks for one that is primary, and holds the design and the primary analysis to it"
    ),
    r"Range\.unit": "the unit of the limits; `check` refuses another than the item's",
    r"Variable\[type=integer\]\.unit": "the unit; `check` follows it through every rule",
    r"SafetyRule\.action": "who decides, and on what",
}
"""Keys that are there to be read by people, as patterns of PLACE.KEY, each with what they tell."""

ELSEWHERE: dict[str, str] = {
    r"Check\[severity=query\]\.items": "tests/conduct/test_queries.py",
    r"Derivation\[method=recist\]\.rows": "tests/medicine/test_recist_method.py",
    r"Form\.consent_part": "tests/conduct/test_mending.py",
    r"Impute\.not_after": "tests/conduct/test_item_types.py",
    r"Role\.reads": "tests/conduct/test_reading.py",
}
"""Keys whose effect none of the worlds lets happen, as patterns of PLACE.KEY, each with the tests that do."""


HELD: dict[str, str] = {
    r".*\.id": "a name; other parts refer to it, and `check` finds a name that nothing bears",
    r"Protocol\.(?!consent_version|id_pattern|identity|equipoise)\w+": "a section; what stands in it has rows of its own",
}
"""Keys of which nothing more need come, as patterns of PLACE.KEY, each with the reason."""


REFUSED: dict[str, str] = {
    "analysis.option_unused": r"Analysis.*",
    "unit.without_number": r"(Item|Variable).*\.unit",
    "item.decimals": r"Item.*\.decimals",
    "range.type": r"Item\[type=(code|boolean|text)\]\.(hard|soft)",
    "item.computed_type": r"Item\[type=(partial_date|qualified_number)\]\.computed",
    "variable.type": r"Variable.*\.codelist",
    "derivation.version": r"Derivation\[method=body_surface_area\]\.version",
    "derivation.group": r"Derivation\[method=recist\]\.group",
    "name.unknown": r"Derivation.*\.(rows|inputs)",
    "design.spending": r"Spending.*",
    "design.futility": r"Futility.*",
    "design.endpoint": r"Design\[method=lakatos\]\.(rates|means)",
    "an item of type code names its codelist, and no other type does": r"Item.*\.codelist",
    "an item of type qualified_number says in `qualifiers` what each qualifier counts as, and no other type does": (
        r"Item.*\.qualifiers"
    ),
    "only a partial date says `impute` and `at_least`": r"Item.*",
    "a log has no day, no window, no forms of the past, no repetition and no act, and is neither due nor optional": (
        r"Visit\[kind=log\].*"
    ),
    "delay_days belongs to `kind: modest` and `kind: early_zero`": r"LogrankWeight.*",
    "level and cap belong to `kind: modest`": r"LogrankWeight.*",
    "rho and gamma belong to `kind: fleming_harrington`": r"LogrankWeight.*",
}
"""What `check` says of a key that has no business at a place, whatever is said there, to the places where it says so."""


@dataclass
class Row:
    """The steps at which something was seen to come of a key, the world, and whether anything else was taken there."""

    steps: set[str] = field(default_factory=set)
    world: str = ""
    taken: bool = False


def calm() -> None:
    """Seldom look for garbage: nearly nothing of what is kept here is.

    It stands here, as whoever spawns a process cannot hand it what stands in the `__main__` of a package.
    """
    gc.set_threshold(200_000, 50, 100)


def is_proved(row: Row) -> bool:
    """Whether something comes of the key beyond what is shown, or every other value is refused.

    That some other values are refused is no effect of those that are taken; that all others are is one.
    """
    return bool(row.steps - {"check", "show"}) or (row.steps == {"check"} and not row.taken)


def is_descriptive(name: str) -> bool:
    """Whether the key is there to be read by people."""
    return any(re.fullmatch(like, name) for like in DESCRIPTIVE)


def is_held(name: str) -> bool:
    """Whether nothing more need come of the key than that it is taken or refused."""
    return any(re.fullmatch(like, name) for like in HELD)


def is_refused_everywhere(name: str, row: Row) -> bool:
    """Whether no world says the key at the place, and `check` refuses it there whatever is said."""
    return row.steps == {"check"} and not row.taken and name not in find_said()


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
            row = Row(row.steps | here.steps, found.world, row.taken or here.taken)
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
        if warnings != _warnings(found.world) and (
            warnings is not None or not found.instead or is_refused(found, other)
        ):
            row.steps.add("check")
        if protocol is None or warnings is None:
            continue
        accepted += 1
        row.taken = row.taken or protocol.model_dump() != worlds()[found.world].model_dump()  # a default may be written
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
    old = json.loads(found.instead[0]) if found.instead else at_path(data_of(found.world), found.path)
    if not (isinstance(old, dict) and set(old) == set(Text.model_fields)):
        return True
    same = changed(found, old)
    shown = base_of(found.world, "show") if same is None else STEPS["show"](same, found.world)
    for language in old:
        protocol = changed(found, {**old, language: f"{old[language]} (other)"})
        if protocol is None or STEPS["show"](protocol, found.world) == shown:
            return False
    return True


def is_refused(found: Found, new: Any) -> bool:
    """Whether it is the key that is refused at a place where no world says it, and not only what is said there.

    Where it is not, nothing was tried that fits, and the place needs one of `FITTING`.
    """
    like = REFUSED.get(refusal(found, new))
    return like is not None and re.fullmatch(like, f"{found.place}.{found.key}") is not None


def refusal(found: Found, new: Any) -> str:
    """The code of the first Finding, or what a clause says of itself; empty where nothing is refused."""
    try:
        protocol = make(found, new)
    except ValidationError as error:
        return str(error.errors()[0].get("ctx", {}).get("error", error))
    return next((one.code for one in check_protocol(protocol) if one.severity == "error"), "")


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
    return {name: Row(set(row["steps"]), row["world"], row["taken"]) for name, row in rows.items()}


def write(rows: dict[str, Row], file: Path = TABLE) -> None:
    """Keep the rows."""
    order = ["check", *STEPS]
    lines = [
        f"{json.dumps(name)}: "
        + json.dumps({"steps": sorted(row.steps, key=order.index), "world": row.world, "taken": row.taken})
        for name, row in sorted(rows.items())
    ]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
