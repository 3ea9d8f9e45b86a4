"""Of which organization whoever made an entry was: as it stood at that entry, in both languages, and never backwards (R01).

Control: a telling that asks for the newest organization says of earlier entries what came later, and is noticed.
"""

from __future__ import annotations

import csv
import json

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.folder.study import Study, create_study
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.state import organizations
from equipoise.conduct.state.organizations import Organization, organization_at
from equipoise.randomization.sealing import write_secret
from equipoise.reports.copies.casebook_files import write_casebook
from equipoise.reports.copies.roles_held import write_roles
from equipoise.reports.copies.trail import write_trail
from tests.conduct.small_trial import DAY, SECRET, Trial, open_trial
from tests.spec.minimal import write_minimal


def moved() -> Trial:
    """Li screens P1 for the hospital and P2 for a research institute; Zhao monitors for one company, then another."""
    trial = open_trial()
    trial.do(a.Appoint("zhao", "Zhao", "monitor", organization="Alpha CRO", organization_zh="甲公司"), as_="custodian")
    trial.screened("P1")
    trial.do(a.Appoint("li", "Li", "investigator", "S01", organization="Institute"), as_="custodian")
    trial.screened("P2")
    trial.do(a.Consent("P1", DAY))
    trial.do(a.RaiseQuery("P1", {"en": "Signed?"}), as_="zhao")
    trial.do(a.Appoint("zhao", "Zhao", "monitor", organization="Beta CRO"), as_="custodian")
    trial.do(a.RaiseQuery("P2", {"en": "Signed?"}), as_="zhao")
    return trial


def told(trial: Trial) -> list[tuple[str, str]]:
    state = load_study(trial.store, trial.study)
    about = [e for e in trial.entries() if e.kind in ("screened", "consented", "query_raised")]
    return [(e.actor, getattr(organization_at(state.people, e), "en", "")) for e in about]


EARLIER = [
    ("li", "First hospital"),
    ("li", "Institute"),
    ("li", "Institute"),
    ("zhao", "Alpha CRO"),
    ("zhao", "Beta CRO"),
]


def kept_study(tmp_path, trial: Trial) -> Study:
    (tmp_path / "keys").mkdir(mode=0o700)
    write_secret(tmp_path / "keys" / "allocation.key", SECRET)
    return Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)


def test_an_entry_names_the_organization_as_it_stood(tmp_path):
    assert told(moved()) == EARLIER


def test_control_the_newest_organization_told_backwards_is_noticed(monkeypatch):
    monkeypatch.setattr(organizations, "_before", lambda one, seq: True)
    assert told(moved()) != EARLIER


def test_a_role_at_a_site_has_the_sites_own_name_in_both_languages():
    trial = open_trial()
    said = next(e.payload for e in trial.entries() if (e.payload or {}).get("person") == "li")
    site = trial.desk.protocol.sites[0].name
    assert (said["organization"], said["organization_zh"]) == (site.en, site.zh)
    receipt = trial.do(a.Appoint("yu", "Yu", "coordinator", "S01"), as_="custodian")
    assert site.en in receipt.summary
    assert site.zh in receipt.say("zh")
    assert receipt.findings == ()


def test_a_role_for_the_whole_study_without_an_organization_is_told():
    trial = open_trial(people=False)
    receipt = trial.do(a.Appoint("ma", "Ma", "trial_manager"), as_="custodian")
    assert [one.code for one in receipt.findings] == ["person.no_organization"]
    assert "organization" not in receipt.entries[0].payload
    receipt = trial.do(a.Appoint("ma", "Ma", "trial_manager", organization="Office"), as_="custodian")
    assert receipt.findings == ()
    assert receipt.entries[0].payload["organization_zh"] == "Office"
    # Said again it changes nothing, and neither does leaving it out.
    for again in ("Office", None):
        assert trial.do(a.Appoint("ma", "Ma", "trial_manager", organization=again), as_="custodian").entries == ()
    assert trial.desk.state().people["ma"].appointed == [("trial_manager", None)]


def test_the_same_request_again_is_the_same_appointment():
    trial = open_trial(people=False)
    act = a.Appoint("ma", "Ma", "trial_manager", organization="Office")
    assert trial.do(act, as_="custodian", act_id="x").entries == trial.do(act, as_="custodian", act_id="x").entries
    other = a.Appoint("ma", "Ma", "trial_manager", organization="Elsewhere")
    with pytest.raises(Exception, match="act.taken|was another"):
        trial.do(other, as_="custodian", act_id="x")


def test_the_trail_names_it_in_both_languages(tmp_path):
    trial = moved()
    study = kept_study(tmp_path, trial)
    out = write_trail(study, tmp_path / "out", "ma")
    rows = list(csv.DictReader((out / "trail.csv").open(encoding="utf-8-sig")))
    mine = [(r["actor"], r["organization_en"]) for r in rows if r["kind"] in ("screened", "consented", "query_raised")]
    assert mine == EARLIER
    assert {r["organization_zh"] for r in rows if r["actor"] == "zhao"} == {"甲公司", "Beta CRO"}
    lines = [json.loads(line) for line in (out / "trail.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["organization_en"] or "" for r in lines] == [r["organization_en"] for r in rows]
    page = (out / "trail.zh.html").read_text(encoding="utf-8")
    assert "甲公司" in page
    assert "未说明单位" in page  # the custodian's, of which nothing was said
    assert "Alpha CRO" in (out / "trail.en.html").read_text(encoding="utf-8")


def test_the_casebook_names_it_at_records_and_corrections(tmp_path):
    trial = open_trial()
    trial.recorded("P1")
    trial.do(a.Appoint("li", "Li", "investigator", "S01", organization="Institute"), as_="custodian")
    trial.do(a.CorrectValue("P1", "screening", "baseline", "age", 52, "birthday"))
    out = write_casebook(kept_study(tmp_path, trial), "P1", tmp_path / "out", "li")
    page = (out / "casebook.en.html").read_text(encoding="utf-8")
    assert "entered by li (investigator, First hospital)" in page
    assert "li (investigator, Institute)" in page
    rows = list(csv.DictReader((out / "values.csv").open(encoding="utf-8-sig")))
    assert {(r["what"], r["organization_en"]) for r in rows if r["item"] == "age"} == {
        ("recorded", "First hospital"),
        ("corrected", "Institute"),
    }


def test_who_held_which_role_names_it_as_of_the_day(tmp_path):
    trial = moved()
    out = write_roles(kept_study(tmp_path, trial), tmp_path / "out", trial.entries()[-1].at[:10], "ma")
    rows = {(r["person"], r["role"]): r for r in csv.DictReader((out / "roles.csv").open(encoding="utf-8-sig"))}
    assert rows["li", "investigator"]["organization_en"] == "Institute"
    assert rows["zhao", "monitor"]["organization_zh"] == "Beta CRO"
    assert rows["custodian", "custodian"]["organization_en"] == ""
    assert "Beta CRO" in (out / "roles.en.html").read_text(encoding="utf-8")


def test_the_custodian_has_one_from_the_first_entry(tmp_path):
    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p"), organization="Sponsor Ltd")
    state = load_study(study.store, study.id)
    first = next(iter(study.store.read(study.id)))
    assert organization_at(state.people, first) == Organization("Sponsor Ltd", "Sponsor Ltd")
    study.desk().perform(a.OpenSite("S01", DAY), as_="custodian")
    *_, last = study.store.read(study.id)
    assert organization_at(load_study(study.store, study.id).people, last) == Organization("Sponsor Ltd", "Sponsor Ltd")


def test_a_name_that_cannot_be_read_as_written_is_refused():
    trial = open_trial()
    act = a.Appoint("new", "New", "monitor", organization="\x1b[2J")
    assert trial.codes(act, as_="custodian") == ["person.organization"]
