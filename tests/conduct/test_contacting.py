"""Whom a site must turn to: who has still to sign the consent in force, and who received a lot, for whoever may read."""

from __future__ import annotations

import json

import pytest

from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, Consent, FailScreening, OpenSite, RecordForm, Screen, Withdraw
from equipoise.conduct.folder import contacting
from equipoise.conduct.folder.study import create_study, open_study
from tests.conduct.small_trial import DAY, FULL, REMARK
from tests.spec.minimal import write_minimal

LOTS = """
forms:
- id: given
  title: {en: Given, zh: 给药}
  date_item: given_on
  items:
  - {id: given_on, label: {en: Date, zh: 日期}, type: date}
  groups:
  - id: bottles
    label: {en: Bottles, zh: 药瓶}
    items: [{id: bottle_lot, label: {en: Lot, zh: 批号}, type: text, cdash: EXLOT}]
visits:
- {id: doses, label: {en: Doses, zh: 给药}, kind: log, forms: [given]}
"""
NEWER = 'study: {version: "2.0"}\nconsent_version: "2.0"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """P1 and P2 of S01 and P3 of S02 signed version 1; version 2 is in force; P1 signed again."""
    home = tmp_path_factory.mktemp("contact")
    study = create_study(home / "study", write_minimal(home / "one", FULL, REMARK, LOTS))
    desk = study.desk()
    for site in ("S01", "S02"):
        desk.perform(OpenSite(site, DAY), as_="custodian")
    for person, role, site in (
        ("li", "investigator", "S01"),
        ("wang", "investigator", "S02"),
        ("zhao", "monitor", None),
        ("sun", "unblinded_statistician", None),
    ):
        desk.perform(Appoint(person, person.title(), role, site), as_="custodian")
    for name, site, who in (
        ("P1", "S01", "li"),
        ("P2", "S01", "li"),
        ("P3", "S02", "wang"),
        ("P4", "S01", "li"),
        ("P5", "S01", "li"),
    ):
        desk.perform(Screen(name, site, DAY), as_=who)
        desk.perform(Consent(name, DAY), as_=who)
    for name, who, lots in (("P1", "li", ("A17", "B2")), ("P3", "wang", ("a 17",)), ("P2", "li", ("B2",))):
        rows = {"bottles": [{"bottle_lot": lot} for lot in lots]}
        desk.perform(RecordForm(name, "doses", "given", {"given_on": DAY}, rows), as_=who)
    desk.perform(Withdraw("P4", DAY, "moved", "consent"), as_="li")
    desk.perform(FailScreening("P5", DAY, "too old"), as_="li")
    study.amend(
        write_minimal(home / "two", FULL, REMARK, LOTS, NEWER), as_="custodian", summary="x", at_once="all agreed"
    )
    open_study(study.folder).desk().perform(Consent("P1", DAY, "2.0"), as_="li")
    study.store.close()
    return str(study.folder)


def listed(capsys, folder: str, *more: str) -> list[dict]:
    assert main(["contact", folder, *more, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_who_has_still_to_sign_is_listed_for_each_site(folder, capsys):
    rows = listed(capsys, folder, "--consent", "--as", "zhao")
    assert [(row["participant"], row["site"], row["given"], row["wanted"]) for row in rows] == [
        ("P2", "S01", "1.0", "2.0"),
        ("P3", "S02", "1.0", "2.0"),
    ]
    assert [row["participant"] for row in listed(capsys, folder, "--consent", "--as", "zhao", "--site", "S02")] == [
        "P3"
    ]


def test_who_received_a_lot_is_found_however_it_was_written(folder, capsys):
    rows = listed(capsys, folder, "--lot", "A17", "--as", "zhao")
    assert [(row["participant"], row["row"], row["lot"]) for row in rows] == [("P1", 1, "A17"), ("P3", 1, "a 17")]
    assert {row["form"] for row in rows} == {"given"}


def test_a_site_learns_of_its_own_participants_alone(folder, capsys):
    assert [row["participant"] for row in listed(capsys, folder, "--lot", "A17", "--as", "li")] == ["P1"]
    assert [row["participant"] for row in listed(capsys, folder, "--consent", "--as", "wang")] == ["P3"]
    assert main(["contact", folder, "--consent", "--as", "li", "--site", "S02"]) == 1
    assert main(["contact", folder, "--lot", "B2", "--as", "wang"]) == 1  # not even that there is such a lot
    assert "P1" not in (said := capsys.readouterr().err) and "B2, " not in said


def test_whoever_reads_of_no_participant_is_told_of_none(folder, capsys):
    for which in (("--consent",), ("--lot", "A17")):
        assert main(["contact", folder, *which, "--as", "nobody"]) == 1
        assert not capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "words", "none", "status"),
    [
        (
            "en",
            ("P2 (S01): gave version 1.0", "2 participants: S01 1, S02 1"),
            "the lots on record are",
            "have still to sign",
        ),
        ("zh", ("P2（S01）：2024-02-01签署1.0版", "共2名受试者：S01 1名"), "已记录的批号有", "尚未签署现行知情同意书"),
    ],
)
def test_it_is_told_in_both_languages(folder, capsys, language, words, none, status):
    assert main(["contact", folder, "--consent", "--as", "zhao", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert all(part in said for part in words)
    assert main(["contact", folder, "--lot", "B2", "--as", "zhao", "--lang", language]) == 0
    assert "given.bottle_lot[2]" in capsys.readouterr().out
    assert main(["contact", folder, "--lot", "Z9", "--as", "zhao", "--lang", language]) == 1
    assert none in capsys.readouterr().err
    assert main(["status", folder, "--as", "zhao", "--lang", language]) == 0
    assert status in capsys.readouterr().out
    # Before the amendment everybody had signed what was in force.
    assert main(["contact", folder, "--consent", "--as", "wang", "--site", "S02", "--lang", language]) == 0


def test_a_protocol_without_lots_and_a_trial_without_any_say_so(tmp_path, capsys):
    for name, changes, words in (("none", (), "marks no item as a lot"), ("lots", (LOTS,), "no lot is on record yet")):
        study = create_study(tmp_path / name, write_minimal(tmp_path / f"{name}-protocol", FULL, REMARK, *changes))
        study.store.close()
        assert main(["contact", str(study.folder), "--lot", "A1"]) == 1
        assert words in capsys.readouterr().err
        assert main(["contact", str(study.folder), "--consent"]) == 0
        assert capsys.readouterr().out.strip() == "nobody"


def test_control_a_list_that_asks_no_guard_tells_of_other_sites(folder, capsys, monkeypatch):
    monkeypatch.setattr(contacting, "_sites", lambda *_: None)
    with pytest.raises(AssertionError):
        test_a_site_learns_of_its_own_participants_alone(folder, capsys)
