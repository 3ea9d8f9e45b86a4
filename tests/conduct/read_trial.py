"""A small study in a folder that several people look at: two sites, six participants each with the same records.

What is recorded is the same whatever the arm, so that two such studies of different secrets differ in their arms alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from equipoise.conduct import acts as a
from equipoise.conduct.folder import study as folders
from equipoise.conduct.folder.study import Study, create_study
from equipoise.randomization.sealing import write_secret
from tests.conduct.small_trial import BASELINE, DAY, FULL, REMARK
from tests.conduct.treated_trial import TREATED
from tests.spec.minimal import write_minimal

PEOPLE = (
    ("li", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
    ("zhao", "monitor", None),
    ("he", "data_manager", None),
    ("sun", "unblinded_statistician", None),
)
UNKNOWN = """
variables: [{id: given_last, label: {en: Given, zh: 已给药}, type: boolean, pick: {item: drug_given}}]
safety_rules:
- id: known_of_nobody
  label: {en: Given, zh: 已给药}
  event: given_last
  set: itt
  boundary: {kind: beta_binomial, acceptable: 0.1, prior: [0.2, 1.8], certainty: 0.9, participants: 20, first: 3}
  action: {en: The committee decides., zh: 由委员会决定。}
"""
TOXIC = {"toxic_on": "2024-02-10", "grade": 4}


def read_trial(folder: Path, *changes: str | dict[str, Any], secret: bytes = b"", monkeypatch: Any = None) -> Study:
    """The study, conducted; `secret` (with a monkeypatch) is the one that is drawn from."""
    if secret:
        monkeypatch.setattr(folders, "write_secret", lambda file, given=None: write_secret(file, given or secret))
    source = write_minimal(folder / "protocol", FULL, REMARK, TREATED, UNKNOWN, *changes)
    study = create_study(folder / "study", source)
    desk, number = study.desk(), 0
    named: list[tuple[str, Any]] = [("custodian", a.OpenSite(site, DAY)) for site in ("S01", "S02")]
    named += [("custodian", a.Appoint(who, who.title(), role, site)) for who, role, site in PEOPLE]
    for site, who in (("S01", "li"), ("S02", "wang")):
        for place in range(6):
            name = f"{site}-{place}"
            named += [
                (who, a.Screen(name, site, DAY)),
                (who, a.Consent(name, DAY)),
                (who, a.RecordForm(name, "screening", "baseline", BASELINE)),
                (who, a.RecordForm(name, "screening", "body", {"body_on": DAY, "surface": "1.80"})),
                (who, a.Enroll(name, DAY)),
                (who, a.Randomize(name, DAY)),
            ]
        named.append((who, a.RecordForm(f"{site}-1", "course", "toxicity", TOXIC)))
        named.append(
            ("zhao", a.RaiseQuery(f"{site}-0", {"en": "Is the age right?"}, "screening", "baseline", item="age"))
        )
    with desk.batch():
        for who, act in named:
            number += 1
            desk.perform(act, as_=who, act_id=f"act-{number}")
    return study
