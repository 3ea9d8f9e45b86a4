"""A double-blind study in a folder with two sites: one emergency, one disclosure, one safety report, and what came after."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from equipoise.conduct import acts as a
from equipoise.conduct.folder import study as folders
from equipoise.conduct.folder.study import Study, create_study
from equipoise.randomization.sealing import write_secret
from tests.conduct.read_trial import PEOPLE
from tests.conduct.small_trial import DAY, Trial
from tests.spec.minimal import write_minimal

BLIND = "randomization: {blinding: double}"
NOW = datetime(2024, 3, 1, 8, tzinfo=UTC)
SEEN = {"seen_date": "2024-02-20", "progressed": False}


def unblinded_trial(
    folder: Path, *changes: str | dict[str, Any], secret: bytes = b"", monkeypatch: Any = None
) -> Study:
    """P1 to P3 at S01 and P4 at S02 are randomized. li is told of P1 and follows P1 and P2 up; chen saw P2's label on
    February 10th, entered before it came to light; yu reports an event of P1; wang's P4 is nobody's business.
    """
    if secret:
        monkeypatch.setattr(folders, "write_secret", lambda file, given=None: write_secret(file, given or secret))
    study = create_study(folder / "study", write_minimal(folder / "protocol", "roles: ~", BLIND, *changes))
    desk = study.desk()
    desk.clock = lambda: NOW
    trial = Trial(desk, study.store)
    for site in ("S01", "S02"):
        trial.do(a.OpenSite(site, DAY), as_="custodian")
    for who, role, site in (*PEOPLE, ("yu", "safety_physician", None)):
        trial.do(a.Appoint(who, who.title(), role, site), as_="custodian")
    with desk.batch():
        for name in ("P1", "P2", "P3"):
            trial.randomized(name)
        trial.randomized("P4", "S02", "wang")
    for n, name in ((1, "P1"), (1, "P2")):
        trial.do(a.RecordForm(name, "every_3_months", "follow_up", SEEN, occurrence=n))
    trial.do(a.RecordForm("P2", "every_3_months", "follow_up", SEEN, occurrence=2), as_="chen")
    trial.do(a.Unblind("P1", "emergency", "Unconscious"))
    trial.do(a.RecordForm("P1", "every_3_months", "follow_up", SEEN, occurrence=2))
    trial.do(a.RecordForm("P1", "every_3_months", "follow_up", SEEN, occurrence=3), as_="chen")
    trial.do(a.CorrectValue("P1", "every_3_months", "follow_up", "seen_date", "2024-02-21", "misread", occurrence=1))
    trial.do(a.Unblind("P2", "inadvertent", "The label was legible", known_to="chen", date="2024-02-10"))
    event = next(one.seq for one in study.store.read(study.id, participant="P1") if one.kind == "form_recorded")
    trial.do(a.Unblind("P1", "safety_report", "Suspected unexpected reaction", event), as_="yu")
    return study
