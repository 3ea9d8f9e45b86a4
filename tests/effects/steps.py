"""What each step gives for a protocol, as text that can be compared: a key counts where changing it changes this."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from equipoise.analysis.running import analyze_cut
from equipoise.analysis.safety import SafetyWatch, watch_cut
from equipoise.conduct.acts import Act, Appoint, RecordForm
from equipoise.conduct.authority import roles_of
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.seeing import look_at_treatment
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import Study
from equipoise.datacut.freeze import Cut, freeze
from equipoise.findings import Refusal
from equipoise.planning.appraisal import appraise
from equipoise.planning.of_protocol import plan_design
from equipoise.protocol.checking import check_protocol
from equipoise.protocol.document import Protocol
from equipoise.rehearsal.rehearsal import run_rehearsal
from equipoise.reports.design_document.data import design_data
from equipoise.reports.dose_sheet import dose_data, dose_lines
from equipoise.reports.protocol_document import render_protocol
from equipoise.reports.safety_watch import watch_data
from equipoise.roles import Role, roles_where_none_are_named
from equipoise.simulation.compile.assembly import compile_design, compile_scenario
from equipoise.virtual.people import appointments
from equipoise.wording import Text
from tests.effects.days import answers_to_days
from tests.effects.places import worlds
from tests.virtual.stage import content, memory_study

__all__ = ["STEPS", "Step", "check"]

Step = Callable[[Protocol, str], str]
PEOPLE = 16
DRAWN = 60
NOW = datetime(2031, 6, 1, tzinfo=UTC)
_PHARMACIST = Role(
    id="any_pharmacist", label=Text(en="Pharmacist", zh="药师"), acts=("see_allocation",), own_site_only=False
)
_DIGESTS = re.compile(r"\b(rehearsal-)?[0-9a-f]{12,64}\b")
"""Digests and the names of requests, which differ with every letter of a protocol."""


def check(protocol: Protocol) -> list[str] | None:
    """The warnings, or None where something is refused."""
    found = check_protocol(protocol)
    return None if any(one.severity == "error" for one in found) else [str(one) for one in found]


def show(protocol: Protocol, _world: str) -> str:
    """The protocol document in both languages."""
    return render_protocol(protocol, "en") + render_protocol(protocol, "zh")


def design(protocol: Protocol, _world: str) -> str:
    """Sizes, boundaries, calendar and stopping rules."""
    if protocol.design is None:
        return ""
    with told() as said:
        plan = plan_design(protocol)
        data = design_data(protocol, plan, appraise(plan, protocol.design))
        del data["protocol"], data["assumed"]  # what was written is no effect of it
        said.append(json.dumps(data, default=str))
    return "\n".join(said)


def analyze(protocol: Protocol, world: str) -> str:
    """Every result of the base world's people, analysed as this protocol says."""
    with told() as said:
        results = dict(analyze_cut(_cut(world), protocol).results)
        del results["dictionaries"]
        said.append(json.dumps(results, default=str))
        said.extend(repr(watch_data(_watched(protocol, rule, world))) for rule in protocol.safety_rules)
    return "\n".join(said)


def _watched(protocol: Protocol, rule: Any, world: str) -> SafetyWatch:
    return SafetyWatch(_cut(world), "shown", (watch_cut(_cut(world), protocol, rule, "shown"),))


def rehearse(protocol: Protocol, _world: str) -> str:
    """The ledger of some people who were played by this protocol."""
    with told() as said:
        study = _rehearsed(protocol)
        ledger = repr([row[1:] for row in content(study)])
        said.append(_DIGESTS.sub("", ledger))
        cut = freeze(study, arms="shown")
        frames = (cut.participants, cut.variables, cut.deviations, cut.queries, *cut.tables.values())
        said.extend(_DIGESTS.sub("", frame.write_json()) for frame in frames)
        said.append(repr(cut.identifying))
    return "\n".join(said)


def desk(protocol: Protocol, _world: str) -> str:
    """What the desk says to the rehearsed people afterwards: to empty and to wild pages, and of doses and advice."""
    with told() as said:
        study = _rehearsed(protocol)
        said.append(_DIGESTS.sub("", repr(study_status(study, NOW))))
        said.extend(_pages(study))
        said.extend(_doses(study))
        said.extend(answers_to_days(study, _answer))
    return "\n".join(said)


def simulate(protocol: Protocol, _world: str) -> str:
    """The scenarios as the kernels get them; who takes part is drawn from fewer people than a simulation draws."""
    with told() as said, mock.patch("equipoise.simulation.compile.kinds.DRAWN", DRAWN):
        for scenario in protocol.scenarios:
            compiled = compile_scenario(protocol, scenario)
            said.append(repr((replace(compiled, notes=()), [str(note) for note in compiled.notes])))
        if not protocol.scenarios:
            said.append(repr(compile_design(protocol)))
    return "\n".join(said)


STEPS: dict[str, Step] = {
    "show": show,
    "analyze": analyze,
    "simulate": simulate,
    "design": design,
    "rehearse": rehearse,
    "desk": desk,
}
"""The cheapest first."""


@contextmanager
def told() -> Iterator[list[str]]:
    """What is refused is what the step gives."""
    said: list[str] = []
    try:
        yield said
    except Refusal as refusal:
        said.extend(str(finding) for finding in refusal.findings)


_last: list[tuple[Protocol, Study, tempfile.TemporaryDirectory[str]]] = []


def _rehearsed(protocol: Protocol) -> Study:
    """Two steps look at one rehearsal; the last is kept."""
    if not (_last and _last[0][0] is protocol):
        place = tempfile.TemporaryDirectory(prefix="equipoise-effects-")
        study = memory_study(Path(place.name) / "study", protocol)
        run_rehearsal(study, participants=PEOPLE, seed=4)
        _last[:] = [(protocol, study, place)]
    return _last[0][1]


@cache
def _cut(world: str) -> Cut:
    protocol = worlds()[world]
    return freeze(_rehearsed(protocol), arms="shown")


def _pages(study: Study) -> Iterator[str]:
    """What the desk answers to an empty page and to wild ones, at each visit of somebody who was randomized."""
    protocol = study.protocol
    entries = list(study.store.read(study.id))
    person = next(
        ((e.participant, e.site) for e in reversed(entries) if e.kind in ("allocated", "screened") and e.participant),
        None,
    )
    recorded = {e.payload["form"]: e.payload for e in entries if e.kind == "form_recorded" and e.payload}
    desk = study.desk(lambda: NOW)
    staff, roles = appointments(protocol), roles_of(protocol)
    people = [(one.person, one.site) for one in staff]
    if person is not None:
        here = [one for one, site in people if site == person[1]]
        may = [one.person for one in appointments(protocol) if one.person in here and "record" in roles[one.role].acts]
        for visit in protocol.visits:
            for form in (protocol.form_by_id[name] for name in visit.forms):
                for n, (values, groups) in enumerate(_pages_of(form, recorded.get(form.id, {}), protocol)):
                    act = RecordForm(person[0] or "", visit.id, form.id, values, groups, reason="x")
                    for actor in here if n == 0 else may[:1]:
                        yield _answer(desk, act, actor)
    for one in staff:  # who may hold which other role
        for name, role in roles.items():
            site = protocol.sites[0].id if role.own_site_only else None
            yield _answer(desk, Appoint(one.person, one.name, name, site), "custodian")
    yield from _too_early(study, desk, entries)


def _too_early(study: Study, desk: Desk, entries: Sequence[Any]) -> Iterator[str]:
    """What the desk answers to an empty page at each visit of somebody who consented and was not randomized."""
    randomized = {e.participant for e in entries if e.kind == "allocated"}
    waiting = next((e for e in entries if e.kind == "consented" and e.participant not in randomized), None)
    if waiting is None or not waiting.participant:
        return
    roles = roles_of(study.protocol)
    may = (one for one in appointments(study.protocol) if one.site == waiting.site and "record" in roles[one.role].acts)
    for one in (*may,)[:1]:
        for visit in study.protocol.visits:
            for form in visit.forms:
                yield _answer(desk, RecordForm(waiting.participant, visit.id, form, {}, {}), one.person)


NUMBERS = ("0.6", "1", "2.2", "10", "48", "150", "99999.123")
Page = tuple[dict[str, Any], dict[str, Any]]


def _pages_of(form: Any, recorded: Mapping[str, Any], protocol: Protocol) -> Iterator[Page]:
    """Nothing; what was recorded; and that with each item left out, or with something odd in it; and many rows."""
    values, groups = dict(recorded.get("values", {})), dict(recorded.get("groups", {}))
    yield {}, {}
    yield values, groups
    for item in form.items:
        for odd in (None, *_odd(item, protocol)):
            yield {**values, item.id: odd}, groups
    for group in form.groups:
        rows = [dict(row) for row in groups.get(group.id, ())] or [{}]
        yield values, {**groups, group.id: rows[:1] * 10}
        for item in group.items:
            for odd in (None, *_odd(item, protocol)):
                yield values, {**groups, group.id: [{**rows[0], item.id: odd}]}


def _odd(item: Any, protocol: Protocol) -> Sequence[str]:
    if item.type in ("integer", "decimal"):
        return NUMBERS
    if item.type == "code":
        return [code.code for code in protocol.codelist_by_id[item.codelist].codes[:3]]
    return {
        "date": ("2020-01-01", "2031-01-01"),
        "datetime": ("2020-01-01T08:00", "2031-01-01T08:00"),
        "partial_date": ("2020", "2023-05", "2031-01-01"),
        "qualified_number": ("<0.6", *NUMBERS),
        "boolean": ("true", "false"),
    }.get(item.type, ("?",))


def _answer(desk: Desk, act: Act, actor: str) -> str:
    said = ""
    try:
        with desk.batch(dry_run=True):
            receipt = desk.perform(act, as_=actor)
            said = receipt.say("en") + receipt.say("zh")
            said += "".join(str(finding) for finding in receipt.findings)
    except Refusal as refusal:
        said = "".join(finding.tell("en") + finding.tell("zh") for finding in refusal.findings)
    return said


def _doses(study: Study) -> Iterator[str]:
    """The sheets of some who are treated, as somebody sees them who may."""
    roles = (*(study.protocol.roles or roles_where_none_are_named()), _PHARMACIST)
    seen = replace(study, protocol=study.protocol.model_copy(update={"roles": roles}))
    desk = seen.desk(lambda: NOW)
    with suppress(Refusal):
        desk.perform(Appoint("pharmacist", "x", _PHARMACIST.id), as_="custodian")
    treated = [e.participant for e in study.store.read(study.id) if e.kind == "allocated" and e.participant][:4]
    for person in treated:
        try:
            sheet = look_at_treatment(seen.seen_by("pharmacist"), person)
            yield repr(dose_data(*sheet)) + "".join(dose_lines(seen.protocol, *sheet, "zh"))
        except Refusal as refusal:
            yield "".join(str(finding) for finding in refusal.findings)
