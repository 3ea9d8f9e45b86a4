"""A small study that was really conducted: site, people, records, a correction, allocations, a refusal."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from equipoise.conduct.acts import Appoint, Consent, CorrectValue, Enroll, OpenSite, Randomize, RecordForm, Screen
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import Study, create_study
from equipoise.findings import Refusal
from tests.spec.minimal import write_minimal

DAY = "2024-03-01"

EACH_ARM = 7
"""So many participants that each arm has somebody, whatever the secret draws: four share a stratum, and a block of at
most six holds three of an arm."""


class Clock:
    """Moves on by a millisecond at every look, from the moment at which the study was made."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


def furnish(desk: Desk) -> None:
    """One open site and an investigator there."""
    desk.perform(OpenSite(site="S01", date=DAY), as_="custodian", act_id="site")
    desk.perform(
        Appoint(person="dr-li", name="李医生", role="investigator", site="S01"), as_="custodian", act_id="appoint"
    )


def enter(desk: Desk, name: str, *, age: int = 50, sex: str = "F") -> None:
    """Screen, consent, record, enroll and randomize one participant."""
    for act in (
        Screen(participant=name, site="S01", date=DAY),
        Consent(participant=name, date=DAY),
        RecordForm(
            participant=name,
            visit="screening",
            form="baseline",
            values={"visit_date": DAY, "age": age, "sex": sex, "weight": "60.5"},
        ),
        Enroll(participant=name, date=DAY),
        Randomize(participant=name, date=DAY),
    ):
        desk.perform(act, as_="dr-li", act_id=f"{act.right}-{name}")


def conduct(study: Study, n: int = 6) -> Desk:
    """`n` randomized participants, one corrected weight, and one refusal (too young)."""
    desk = study.desk(Clock())
    furnish(desk)
    for place in range(n):
        enter(desk, f"P{place + 1:03d}", sex="FM"[place % 2])
    desk.perform(
        CorrectValue(
            participant="P001", visit="screening", form="baseline", item="weight", value="61.5", reason="misread"
        ),
        as_="dr-li",
        act_id="correct",
    )
    with suppress(Refusal):
        enter(desk, "P900", age=12)
    return desk


def small_study(folder: Path, n: int = 6, *, database: str | None = None) -> Study:
    """A study folder at `folder`/study with that conduct in it."""
    protocol = write_minimal(folder / "protocol")
    study = create_study(folder / "study", protocol, database=database)
    conduct(study, n)
    return study
