"""An amendment: a new version in force, old allocations still derived under the old scheme, the folder's copy exchanged."""

from __future__ import annotations

import shutil

import polars as pl
import pytest
import yaml

from equipoise.cli.main import main
from equipoise.conduct.acts import (
    Adopt,
    Amend,
    Appoint,
    Consent,
    CorrectValue,
    Enroll,
    OpenSite,
    Randomize,
    RecordForm,
    Screen,
)
from equipoise.conduct.folder import amending, versions
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.schemes import unseal_scheme
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization.rederive import RecordedAllocation, rederive
from tests.conduct.small_trial import BASELINE, DAY, SECRET, full_protocol, open_trial
from tests.ledger.small_study import enter, furnish
from tests.protocol.test_one_language import alone
from tests.spec.minimal import minimal_data, write_minimal

LARGER = "{study: {version: '2.0'}, randomization: {scheme: {kind: permuted_blocks, sizes: [8]}}}"
SAME_SCHEME = (
    "{study: {version: '2.0'}, forms: [{id: death, items: [{id: cause, label: {en: Cause, zh: 原因}, type: text}]}]}"
)


def amend(trial, changes):
    new = full_protocol(changes)
    return trial.do(
        Amend(new, protocol_digest(new), "approved by the board", "every site approved it"), as_="custodian"
    )


def derived_again(trial) -> list:
    state = replay(trial.study, trial.entries())
    schemes = [unseal_scheme(SECRET, trial.study, kept) for kept in state.schemes]
    recorded = [
        RecordedAllocation(a.participant, a.position, a.factors, a.sealed, a.version, a.in_error_after)
        for a in state.allocations
    ]
    return rederive(schemes, SECRET, trial.study, recorded)


def test_allocations_before_and_after_a_new_scheme_are_derived_each_under_its_own():
    trial = open_trial()
    for number in range(5):
        trial.randomized(f"P{number}")
    receipt = amend(trial, LARGER)
    assert receipt.entries[0].payload["scheme"]["version"] == 2
    for number in range(5, 11):
        trial.randomized(f"P{number}")
    payloads = [entry.payload for entry in trial.entries() if entry.kind == "allocated"]
    assert [said["scheme"]["version"] for said in payloads] == [1] * 5 + [2] * 6
    assert [said["position"] for said in payloads] == list(range(1, 12))
    assert derived_again(trial) == []
    trial.check_whole()


def test_an_amendment_that_leaves_the_scheme_leaves_its_version():
    trial = open_trial()
    trial.randomized("P1")
    assert "scheme" not in amend(trial, SAME_SCHEME).entries[0].payload
    trial.randomized("P2")
    assert derived_again(trial) == []


def test_new_items_are_asked_and_what_was_recorded_before_stays():
    trial = open_trial()
    trial.consented()
    amend(trial, SAME_SCHEME)
    act = RecordForm("P1", "notes", "death", {"death_date": "2024-02-20"})
    assert trial.codes(act) == ["form.required"]
    trial.do(RecordForm("P1", "notes", "death", {"death_date": "2024-02-20", "cause": "accident"}))


def test_the_same_protocol_again_writes_nothing_and_a_summary_is_needed():
    trial = open_trial()
    same = Amend(trial.desk.protocol, trial.desk.digest, "nothing")
    assert trial.do(same, as_="custodian").entries == ()
    new = full_protocol(LARGER)
    assert trial.codes(Amend(new, protocol_digest(new), ""), "custodian") == ["reason.missing"]


@pytest.fixture
def study(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "one"))
    desk = study.desk()
    desk.perform(OpenSite("S01", DAY), as_="custodian")
    desk.perform(Appoint("li", "Li", "investigator", "S01"), as_="custodian")
    return study


def randomize(study, name):
    desk = study.desk()
    for act in (Screen(name, "S01", DAY), Consent(name, DAY), RecordForm(name, "screening", "baseline", BASELINE), Enroll(name, DAY), Randomize(name, DAY)):  # fmt: skip
        desk.perform(act, as_="li")


def test_a_study_folder_takes_up_a_new_version_and_keeps_the_earlier_one(study, tmp_path):
    randomize(study, "P1")
    new = write_minimal(tmp_path / "two", LARGER)
    receipt = study.amend(new, as_="custodian", summary="larger blocks")
    assert receipt.summary.startswith("Version 2.0 of the protocol is in force")
    again = open_study(study.folder)
    assert again.protocol.study.version == "2.0"
    assert [path.name for path in (study.folder / "earlier").iterdir()] == [f"protocol-{study.protocol_digest[:12]}"]
    assert not (study.folder / "protocol-next").exists()
    randomize(again, "P2")
    # Whoever still holds the old version is told to open the study again.
    with pytest.raises(Refusal) as refusal:
        study.desk().perform(Screen("P3", "S01", DAY), as_="li")
    assert refusal.value.findings[0].code == "study.protocol_changed"


def test_a_refused_amendment_leaves_the_folder_as_it_was(study, tmp_path):
    new = write_minimal(tmp_path / "two", "study: {phase: '3'}")
    with pytest.raises(Refusal) as refusal:
        study.amend(new, as_="custodian", summary="phase")
    assert refusal.value.findings[0].code == "amendment.version"
    assert open_study(study.folder).protocol_digest == study.protocol_digest
    assert sorted(path.name for path in study.folder.iterdir() if "protocol" in path.name) == ["protocol"]


@pytest.mark.parametrize("step", range(4))
def test_an_amendment_that_was_interrupted_is_finished_by_whoever_opens_the_study_next(study, tmp_path, step):
    new = write_minimal(tmp_path / "two", LARGER)
    wanted = protocol_digest(create_study(tmp_path / "other", new).protocol)

    def cut_short(folder, store, name):
        """The steps of the exchange up to `step`, as a power cut leaves them."""
        file = folder / "study.yaml"
        if step >= 1:
            data = yaml.safe_load(file.read_text("utf-8"))
            file.write_text(yaml.safe_dump(data | {"protocol_digest": wanted}), encoding="utf-8")
        if step >= 2:
            (folder / "earlier").mkdir()
            (folder / "protocol").rename(folder / "earlier" / "protocol-x")
        if step >= 3:
            (folder / "protocol-next").rename(folder / "protocol")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amending, "_exchange", cut_short)
        study.amend(new, as_="custodian", summary="larger blocks")
    again = open_study(study.folder)
    assert again.protocol_digest == wanted
    assert not (study.folder / "protocol-next").exists()
    randomize(again, "P1")


def test_a_copy_that_the_ledger_never_took_up_is_left_alone(study, tmp_path):
    shutil.copytree(write_minimal(tmp_path / "two", LARGER), study.folder / "protocol-next")
    assert open_study(study.folder).protocol_digest == study.protocol_digest
    # Half a copy does not stop the study either, and the next amendment clears it away.
    (study.folder / "protocol-next" / "protocol.yaml").write_text("equipoise: 1\nstudy: {", encoding="utf-8")
    open_study(study.folder).amend(write_minimal(tmp_path / "three", LARGER), as_="custodian", summary="blocks")
    assert open_study(study.folder).protocol.study.version == "2.0"


def test_a_trial_of_one_language_becomes_one_of_two_and_goes_back_and_loses_nothing(tmp_path):
    """Each act is told in the words of its time; a language that the protocol has not is stood in for by the other."""
    data = minimal_data()
    one = {"languages": ["en"], **alone(data, "en")}
    versions = {"2.0": data, "3.0": one}
    study = create_study(tmp_path / "study", _written(tmp_path / "first", one))
    desk = study.desk()
    furnish(desk)
    enter(desk, "P001")
    said = {desk.protocol.study.title.in_("zh")}
    for number, next_ in versions.items():
        folder = _written(tmp_path / f"version-{number}", next_ | {"study": next_["study"] | {"version": number}})
        study.amend(folder, as_="custodian", summary="languages")
        study = open_study(tmp_path / "study")
        desk = study.desk()
        enter(desk, f"P{number[0]}00")
        said.add(desk.protocol.study.title.in_("zh"))
        assert desk.protocol.study.title.in_("en") == "A demonstration trial"
    assert said == {"A demonstration trial", "示范试验"}
    assert verify_study(study).findings == ()
    cut = freeze(study)
    assert cut.tables["baseline"].height == 3
    assert cut.tables["baseline"]["sex"].to_list() == ["F"] * 3
    study.store.close()


def _written(folder, data):
    folder.mkdir()
    (folder / "protocol.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


PULSE = (
    "{study: {version: '2.0'}, forms: [{id: death, items: [{id: cause, label: {en: Cause, zh: 原因}, type: text}]}]}"
)


def test_a_site_follows_a_new_version_from_a_day_after_its_own_approval():
    trial = open_trial()
    for name, site, who in (("P1", "S01", "li"), ("P2", "S02", "wang")):
        trial.consented(name, site, who)
    new = full_protocol(PULSE)
    trial.do(Amend(new, protocol_digest(new), "approved by the board"), as_="custodian")
    # No site has its approval: nobody is asked for the new item, and nobody can answer it.
    without = RecordForm("P1", "notes", "death", {"death_date": "2024-02-20"})
    assert trial.codes(RecordForm("P1", "notes", "death", {**without.values, "cause": "accident"})) == [
        "form.unknown_item"
    ]
    first = trial.do(without).entries[0]
    assert "protocol" not in first.payload
    adopted = trial.do(Adopt("S02", "2.0", "2024-02-27", "2024-03-02"), as_="ma").entries[0]
    assert trial.do(Adopt("S02", "2.0", "2024-02-27", "2024-03-02"), as_="ma").entries == ()
    other = RecordForm("P2", "notes", "death", {"death_date": "2024-02-21"})
    with trial.desk.batch(dry_run=True):
        trial.do(other, as_="wang")  # the day has not come
    trial.clock.append(trial.clock[-1].replace(day=2))
    assert trial.codes(other, "wang") == ["form.required"]
    second = trial.do(RecordForm("P2", "notes", "death", {**other.values, "cause": "accident"}), as_="wang").entries[0]
    assert second.payload["protocol"] == adopted.payload["digest"][:16] == protocol_digest(new)[:16]
    trial.do(RecordForm("P1", "notes", "death", without.values, occurrence=2))  # and S01 still waits
    trial.check_whole()


def test_what_a_version_drops_can_still_be_corrected():
    trial = open_trial()
    trial.recorded()
    dropped = "{study: {version: '2.0'}, forms: [{id: baseline, items: [{id: weight, remove: true}]}], eligibility: {criteria: [{id: E1, remove: true}]}, baseline: [age, sex]}"
    amend(trial, dropped)
    assert trial.codes(RecordForm("P1", "screening", "baseline", BASELINE)) == ["form.unknown_item"]
    entry = trial.do(CorrectValue("P1", "screening", "baseline", "weight", "61.5", "misread")).entries[0]
    assert (entry.payload["old"], entry.payload["new"]) == ("60.0", "61.5")
    trial.do(CorrectValue("P1", "screening", "baseline", "age", 52, "misread"))
    trial.check_whole()


DROPPING = """\
roles: ~
study: {version: '2.0'}
visits: [{id: every_3_months, remove: true}]
forms: [{id: baseline, items: [{id: weight, remove: true}]}]
variables: [{id: last_seen, remove: true}]
endpoints: [{id: os, censoring: [{id: alive, remove: true}]}]
eligibility: {criteria: [{id: E1, remove: true}]}
baseline: [age, sex]
"""


def test_every_command_works_after_an_amendment_that_drops_visit_item_and_variable(study, tmp_path, capsys):
    for name in ("P1", "P2", "P3", "P4"):
        randomize(study, name)
    study.desk().perform(
        RecordForm("P1", "every_3_months", "follow_up", {"seen_date": "2024-05-01", "progressed": False}), as_="li"
    )
    folder, before = study.folder, study.store.head(study.id).seq
    assert main(["cut", str(folder), "--entry", str(before), "--name", "then"]) == 0
    new = write_minimal(tmp_path / "two", DROPPING)
    asked = ["act", str(folder), "amend", "--as", "custodian", "--set", f"protocol={new}", "--set", "summary=shorter"]
    capsys.readouterr()
    assert main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr().err
    assert "dropped item weight: 4 records of 4 participants stay, with their end (S01: 4): P1, P2, P3, P4" in told
    assert "dropped visit every_3_months: 1 records of 1 participants stay" in told
    assert main(["cut", str(folder), "--name", "dry"]) == 0
    assert main(asked) == 0
    assert "dropped item weight" in capsys.readouterr().err
    for command in (
        ["cut", str(folder), "--entry", str(before), "--name", "again"], ["cut", str(folder), "--name", "now"],
        ["analyze", str(folder), "--entry", str(before)], ["analyze", str(folder)], ["safety", str(folder)],
        ["verify", str(folder), "--derive"], ["trace", str(folder), "os_logrank"], ["doses", str(folder), "P1", "--as", "li"],
    ):  # fmt: skip
        assert main(command) == 0, (command, capsys.readouterr().err)
    files = {
        name: {f.name: f.read_bytes() for f in (folder / "cuts" / name).iterdir()} for name in ("then", "again", "now")
    }
    assert files["then"] == files["again"]
    weights = pl.read_parquet(folder / "cuts" / "now" / "form.baseline.parquet")["weight"]
    assert weights.to_list() == [60.0] * 4
    ended = pl.read_parquet(folder / "cuts" / "now" / "elements.parquet").filter(pl.col("until_version").is_not_null())
    assert {("item", "weight"), ("visit", "every_3_months"), ("variable", "last_seen")} <= set(
        ended.select("kind", "name").iter_rows()
    )


def test_a_version_that_is_not_kept_as_it_was_is_told(study, tmp_path):
    randomize(study, "P1")
    before = study.store.head(study.id).seq
    study.amend(write_minimal(tmp_path / "two", LARGER), as_="custodian", summary="larger blocks")
    (kept,) = (study.folder / "earlier").iterdir()
    text = (kept / "protocol.yaml").read_text("utf-8")
    (kept / "protocol.yaml").write_text(text.replace("A demonstration trial", "Another trial"), encoding="utf-8")
    versions._kept.cache_clear()
    with pytest.raises(Refusal) as refusal:
        freeze(open_study(study.folder), entry=before)
    assert refusal.value.findings[0].code == "study.version_not_kept"
