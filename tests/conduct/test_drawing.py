"""Nobody learns an arm before its entry stands: not by a dry run, not by a list of acts that is taken back."""

import json

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, OpenSite, Randomize, RecordForm
from equipoise.conduct.folder.study import create_study
from equipoise.findings import Refusal
from equipoise.randomization import allocation
from tests.conduct.small_trial import DAY, Trial, open_trial
from tests.spec.minimal import write_minimal

NAMES = [f"P{n}" for n in range(1, 9)]
BY_ARM = "visits:\n- {id: only_a, label: {en: A, zh: 甲}, kind: log, when: \"arm = 'A'\", forms: [follow_up]}\n"


def ready(*names: str, visits: str = "") -> Trial:
    trial = open_trial(*([visits] if visits else []))
    for name in names:
        trial.enrolled(name)
    return trial


def test_a_dry_run_asks_and_refuses_and_draws_nothing(monkeypatch):
    trial = ready(*NAMES)
    drawn = []
    monkeypatch.setattr(allocation, "allocate", lambda *_: drawn.append(1))
    with trial.desk.batch(dry_run=True):
        receipts = [trial.do(Randomize(name, DAY)) for name in NAMES]
        assert trial.codes(Randomize("P1", DAY)) == ["participant.randomized"]
    assert [receipt.arm for receipt in receipts] == [None] * len(NAMES)
    assert {receipt.entries[0].payload["sealed"] for receipt in receipts} == {""}
    assert [f.code for receipt in receipts for f in receipt.findings] == ["allocation.dry"] * len(NAMES)
    assert not drawn
    with trial.desk.batch(dry_run=True):
        assert trial.codes(Randomize("P9", DAY)) == ["participant.unknown"]


def test_an_arm_of_a_list_is_told_when_the_list_is_kept():
    trial = ready(*NAMES)
    with pytest.raises(ZeroDivisionError), trial.desk.batch():
        assert [trial.do(Randomize(name, DAY)).arm for name in NAMES] == [None] * len(NAMES)
        raise ZeroDivisionError
    with trial.desk.batch():
        receipts = [trial.do(Randomize(name, DAY)) for name in NAMES]
        again = trial.do(Randomize("P1", DAY), act_id=receipts[0].act_id)
        assert [one.arm for one in (*receipts, again)] == [None] * (len(NAMES) + 1)
    told = [trial.desk.told(receipt, "li") for receipt in receipts]
    assert {receipt.arm for receipt in told} == {"A", "B"}
    assert [trial.desk.told(receipt, "ma").arm for receipt in receipts] == [None] * len(NAMES)
    assert trial.desk.told(trial.do(Randomize("P1", DAY), act_id=told[0].act_id), "li") == told[0]


def test_what_depends_on_an_arm_is_not_asked_before_its_entry_stands():
    """A list that is refused because of the arm would tell the arm and take the draw back."""
    trial = ready("P1", "P2", visits=BY_ARM)
    record = RecordForm("P1", "only_a", "follow_up", {"visit_date": DAY})
    for dry in (True, False):
        with pytest.raises(Refusal) as refusal, trial.desk.batch(dry_run=dry):
            trial.do(Randomize("P1", DAY), record)
        assert [finding.code for finding in refusal.value.findings] == ["randomization.not_standing"]
    assert trial.do(Randomize("P2", DAY)).arm in ("A", "B")


def test_control_the_receipt_of_a_kept_list_holds_the_arms_at_the_command_line(tmp_path, capsys):
    """The same list, dry and kept: what a dry run does not say is there to be said."""
    folder = tmp_path / "s"
    study = create_study(folder, write_minimal(tmp_path / "p", "roles: ~"))
    trial = Trial(study.desk(), study.store)
    trial.do(OpenSite("S01", DAY), as_="custodian")
    trial.do(Appoint("li", "Li", "investigator", "S01"), as_="custodian")
    for name in NAMES:
        trial.enrolled(name)
    listed = tmp_path / "acts.json"
    listed.write_text(json.dumps([{"act": "randomize", "participant": name, "date": DAY} for name in NAMES]))
    run = ["act", str(folder), "--as", "li", "--file", str(listed), "--json"]
    assert main([*run, "--dry-run"]) == 0
    assert {one["arm"] for one in json.loads(capsys.readouterr().out)} == {None}
    assert (
        main(["act", str(folder), "randomize", "--as", "li", "--dry-run", "--set=participant=P1", f"--set=date={DAY}"])
        == 0
    )
    said = capsys.readouterr()
    assert "arm" not in said.out
    assert "nothing was drawn for P1" in said.err
    assert main(run) == 0
    assert {one["arm"] for one in json.loads(capsys.readouterr().out)} == {"A", "B"}
