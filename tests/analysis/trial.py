"""A small trial written straight into a memory ledger: what an analysis needs, and no desk in between."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from equipoise.analysis import AnalysisRun, analyze_cut, write_results
from equipoise.conduct.authority import Reader
from equipoise.datacut import freeze
from equipoise.ledger import Fact, MemoryStore, Stamp
from equipoise.protocol.document import Protocol
from equipoise.randomization.sealing import seal
from tests.seeing import everything
from tests.spec.minimal import minimal_protocol

SECRET = bytes(range(32))
START = datetime(2024, 1, 1, 8, tzinfo=UTC)


@dataclass
class Trial:
    """What the analysis asks of a study: folder, protocol, digest, store, secret; and `say` to append entries."""

    folder: Path
    protocol: Protocol = field(default_factory=minimal_protocol)
    protocol_digest: str = "d" * 64
    store: Any = field(default_factory=MemoryStore)
    now: datetime = START
    positions: int = 0
    said: int = 0

    def secret(self) -> bytes:
        return SECRET

    def reader(self) -> Reader:
        return everything()

    def kept(self, _digest: str) -> Protocol:
        return self.protocol

    def say(self, kind: str, payload: dict[str, Any], participant: str | None = None, site: str | None = "S01") -> None:
        """Append one entry, one minute after the last."""
        self.now += timedelta(minutes=1)
        self.said += 1
        stamp = Stamp(act=f"act-{self.said}", actor="dr-li", role="investigator", at=self.now)
        with self.store.writing(self.protocol.study.id) as writer:
            writer.append(stamp, [Fact(kind, payload, participant, site if participant else None)])

    def record(
        self, participant: str, visit: str, form: str, values: dict[str, Any], occurrence: int = 1, **groups: Any
    ) -> None:
        payload = {
            "visit": visit,
            "occurrence": occurrence,
            "form": form,
            "observed": None,
            "values": values,
            "groups": groups,
            "checks": [],
        }
        self.say("form_recorded", payload, participant)

    def correct(self, participant: str, visit: str, form: str, item: str, old: Any, new: Any, **where: Any) -> None:
        payload = {
            "visit": visit,
            "occurrence": 1,
            "form": form,
            "group": None,
            "row": None,
            "item": item,
            "old": old,
            "new": new,
            "reason": "misread",
        }
        self.say("value_corrected", payload | where, participant)

    def enter(self, participant: str, day: date, *, arm: str | None = None, site: str = "S01", **baseline: Any) -> None:
        """Screen, consent, record the baseline and, with an arm, enroll and allocate under seal."""
        text = day.isoformat()
        self.say("screened", {"participant": participant, "date": text}, participant, site)
        self.say("consented", {"participant": participant, "date": text, "version": "1.0"}, participant, site)
        values = {"visit_date": text, "age": 50, "sex": "F", "weight": "60.0"} | baseline
        self.record(participant, "screening", "baseline", values)
        if arm is None:
            return
        self.say("enrolled", {"date": text, "verdicts": {"I1": True, "E1": True}}, participant, site)
        self.positions += 1
        content = {"arm": arm, "stratum": f"sex={values['sex']}", "stratum_position": 1, "detail": {}, "version": 1}
        sealed = seal(SECRET, self.protocol.study.id, self.positions, content, participant=participant)
        payload = {"date": text, "position": self.positions, "stratum": content["stratum"], "stratum_position": 1,
                   "factors": {"sex": values["sex"]}, "scheme": {}, "sealed": sealed, "eligibility_digest": ""}  # fmt: skip
        self.say("allocated", payload, participant, site)


def small_trial(folder: Path, n: int = 40, **changes: Any) -> Trial:
    """`n` randomized participants in two arms, two thirds of whom die; B lives longer. Three more are not randomized."""
    trial = Trial(folder, **changes)
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    first = date(2024, 1, 1)
    for place in range(n):
        name, arm = f"P{place + 1:03d}", "AB"[place % 2]
        trial.enter(name, first + timedelta(days=place), arm=arm, age=40 + place % 30, sex="FM"[place // 2 % 2])
        seen = first + timedelta(days=place + 90)
        trial.record(name, "every_3_months", "follow_up", {"seen_date": seen.isoformat(), "progressed": False})
        if place % 3 < 2:
            death = seen + timedelta(days=(11 * place) % 97 + (60 if arm == "B" else 5))
            trial.record(name, "events", "death", {"death_date": death.isoformat()})
    trial.enter("X001", first, age=12)
    trial.enter("X002", first, age=17, weight="28.5")
    trial.say("screened", {"participant": "X003", "date": first.isoformat()}, "X003")
    trial.say("withdrawn", {"date": "2024-06-01", "reason": "moved away", "extent": "follow_up"}, "P003")
    trial.say(
        "deviation_reported", {"date": "2024-05-01", "category": "visit_window", "text": "Visit 10 days late"}, "P005"
    )
    return trial


def write_analysis(trial: Any, out: Path, **moment: Any) -> AnalysisRun:
    """An analysis of the trial at a moment, written to `out` without a report."""
    return write_results(analyze_cut(freeze(trial, **moment), trial.protocol), out)
