"""The balance of the arms and the test of selection bias: counted by hand, told to those who may know, and noted first."""

from __future__ import annotations

import hashlib
import itertools
import json
import secrets
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from equipoise.analysis.balance import Placed, balance_of, test_foresight, watch_balance
from equipoise.cli.main import main
from equipoise.conduct.acts import Appoint, OpenSite, RecordAllocation, RecordTrueStratum
from equipoise.conduct.folder.study import Study, create_study, open_study
from equipoise.findings import Refusal
from equipoise.randomization.scheme import Scheme
from tests.conduct.small_trial import DAY, Trial
from tests.spec.minimal import minimal_protocol, write_minimal

test_foresight.__test__ = False  # a verb of this house, and no test of pytest's
PEOPLE = (
    ("li", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("stat", "unblinded_statistician", None),
    ("ma", "trial_manager", None),
)


def begun(home: Path, *changes: str) -> Study:
    """Twelve randomized at two sites, each time alike; the true sex of the first was another."""
    count = itertools.count(1)
    alike = SimpleNamespace(**vars(secrets))
    alike.token_bytes = lambda n: hashlib.sha256(str(next(count)).encode()).digest()[:n]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("equipoise.randomization.sealing.secrets", alike)
        return _begun(home, *changes)


def _begun(home: Path, *changes: str) -> Study:
    study = create_study(home / "study", write_minimal(home / "protocol", "roles: ~\nbaseline: [age, sex]", *changes))
    trial = Trial(study.desk(), study.store)
    trial.do(OpenSite("S01", DAY), OpenSite("S02", DAY), as_="custodian")
    for person, role, site in PEOPLE:
        trial.do(Appoint(person, person.title(), role, site), as_="custodian")
    for n in range(1, 13):
        site, who = ("S01", "li") if n % 3 else ("S02", "wang")
        trial.randomized(f"P{n}", site, who, sex="F" if n % 2 else "M", age=30 + n)
    trial.do(RecordTrueStratum("P1", {"sex": "M"}, "the chart says so"), as_="li")
    return study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return begun(tmp_path_factory.mktemp("open"))


def placed(arms: str, **said: object) -> list[Placed]:
    return [Placed(f"P{n}", "S01", "all", "all", arm, **said) for n, arm in enumerate(arms, start=1)]


def test_numbers_runs_and_how_far_an_arm_is_off_its_share():
    """AABBBA: three of each; runs AA, BBB, A. AAA of a ratio 2:1 is one more than two."""
    (everybody, stratum, site) = balance_of(placed("AABBBA"), {"A": 1, "B": 1}, {})
    assert (everybody.scope, everybody.counts, everybody.away, everybody.runs, everybody.longest) == (
        "all",
        {"A": 3, "B": 3},
        0,
        3,
        3,
    )
    assert (stratum.scope, stratum.bound, site.name) == ("stratum", None, "S01")
    assert balance_of(placed("AAA"), {"A": 2, "B": 1}, {})[0].away == pytest.approx(1)
    assert balance_of([], {"A": 1, "B": 1}, {})[0].longest == 0


def test_what_the_scheme_allows_is_what_it_is_held_against():
    even = (("A", 1), ("B", 1))
    fours = {
        1: Scheme("permuted_blocks", even, block_sizes=(4,)),
        2: Scheme("permuted_blocks", even, block_sizes=(4,), version=2),
    }
    rows = balance_of(placed("AAAA"), {"A": 1, "B": 1}, fours)
    assert [(row.bound, row.exceeds) for row in rows] == [(None, False), (1.0, True), (None, False)]
    # An amended scheme begins anew, and each part may leave as much behind.
    two = [*placed("AA"), *[Placed(f"Q{n}", "S01", "all", "all", "A", version=2) for n in (1, 2)]]
    assert balance_of(two, {"A": 1, "B": 1}, fours)[1].exceeds is False
    stick = {1: Scheme("big_stick", even, limit=2)}
    assert [balance_of(placed(arms), {"A": 1, "B": 1}, stick)[1].exceeds for arms in ("AA", "AAA")] == [False, True]
    assert balance_of(placed("AAA", in_error=True), {"A": 1, "B": 1}, stick)[1].exceeds is False
    erring = {1: Scheme("big_stick", even, limit=2)}
    assert balance_of(placed("AAA", in_error=True), {"A": 1, "B": 1}, erring)[1].bound == 1 + 3 / 2
    assert balance_of(placed("AAAA"), {"A": 1, "B": 1}, {1: Scheme("complete", even)})[1].bound is None


def test_a_list_that_was_made_elsewhere_is_counted_by_arm_stratum_and_site(tmp_path):
    """Three recorded at one site and one at another; of the third the sex was another."""
    scheme = "randomization: {scheme: {kind: recorded, description: {en: office, zh: 办公室}, sizes: ~}}"
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", "roles: ~", scheme))
    trial = Trial(study.desk(), study.store)
    trial.do(OpenSite("S01", DAY), OpenSite("S02", DAY), as_="custodian")
    for person, role, site in PEOPLE:
        trial.do(Appoint(person, person.title(), role, site), as_="custodian")
    for who, arm, sex, site, by in (
        ("P1", "A", "F", "S01", "li"),
        ("P2", "A", "F", "S01", "li"),
        ("P3", "B", "F", "S01", "li"),
        ("P4", "B", "M", "S02", "wang"),
    ):
        trial.do(RecordAllocation(trial.enrolled(who, site, by), DAY, arm, "office", {"sex": sex}), as_=by)
    trial.do(RecordTrueStratum("P3", {"sex": "M"}, "the chart says so"), as_="li")
    balance = watch_balance(study.seen_by("stat"))
    assert [(row.scope, row.name, dict(row.counts)) for row in balance.rows] == [
        ("all", "", {"A": 2, "B": 2}),
        ("stratum", "sex=F", {"A": 2, "B": 1}),
        ("stratum", "sex=M", {"A": 0, "B": 1}),
        ("true_stratum", "sex=F", {"A": 2, "B": 0}),
        ("true_stratum", "sex=M", {"A": 0, "B": 2}),
        ("site", "S01", {"A": 2, "B": 1}),
        ("site", "S02", {"A": 0, "B": 1}),
    ]
    assert (balance.other_stratum, balance.tests) == (1, ())


def test_twelve_levels_are_tested_one_by_one_and_thirteen_are_not():
    levels = [{"code": f"L{n:02}", "label": {"en": f"L{n}", "zh": f"L{n}"}} for n in range(13)]
    item = {"id": "kind", "label": {"en": "Kind", "zh": "种类"}, "type": "code", "codelist": "kinds"}
    protocol = minimal_protocol(
        {
            "codelists": [{"id": "kinds", "codes": levels}],
            "forms": [{"id": "more", "title": {"en": "More", "zh": "更多"}, "items": [item]}],
        }
    )
    rows = placed("AB" * 13)
    chances = [{"A": 0.5, "B": 0.5} for _ in rows]
    for count, told in ((12, [f"L{n:02}" for n in range(11)]), (13, [])):
        frame = pl.DataFrame(
            {"participant": [one.participant for one in rows], "kind": [f"L{n % count:02}" for n in range(26)]}
        )
        found = test_foresight(protocol, rows, chances, frame, ["kind"])
        assert [one.level for one in found if one.site is None] == told


def test_a_level_is_tested_as_one_against_the_others():
    """Whoever is surely foreseen has the first level, and nobody else: the association is whole for that level."""
    protocol = minimal_protocol()
    rows = placed("ABAB" * 4)
    chances = [{"A": (1.0, 0.5, 0.5, 0.0)[n % 4], "B": 0.5} for n in range(16)]
    sexes = ["F" if chance["A"] == 1.0 else "M" for chance in chances]
    frame = pl.DataFrame({"participant": [one.participant for one in rows], "sex": sexes})
    (found, _) = test_foresight(protocol, rows, chances, frame, ["sex"])
    other = pl.DataFrame({"participant": [one.participant for one in rows], "age": [float(s == "F") for s in sexes]})
    (number, _) = test_foresight(protocol, rows, chances, other, ["age"])
    assert (found.level, found.found) == ("F", number.found)
    assert found.found is not None


def test_a_look_is_noted_before_anything_is_told_and_holds_everybody(study):
    balance = watch_balance(study.seen_by("stat"))
    assert balance.arms == ("B", "A")
    everybody = balance.rows[0]
    assert sum(everybody.counts.values()) == 12
    by = {scope: [row for row in balance.rows if row.scope == scope] for scope in ("stratum", "true_stratum", "site")}
    assert [(row.name, sum(row.counts.values()), row.bound) for row in by["stratum"]] == [
        ("sex=F", 6, 1.5),
        ("sex=M", 6, 1.5),
    ]
    assert [(row.name, sum(row.counts.values())) for row in by["true_stratum"]] == [("sex=F", 5), ("sex=M", 7)]
    assert [(row.name, sum(row.counts.values())) for row in by["site"]] == [("S01", 8), ("S02", 4)]
    assert (balance.in_error, balance.other_stratum, balance.findings) == (0, 1, ())
    (entry,) = study.store.read(study.id, after=balance.seq - 1)
    assert (entry.kind, entry.actor, entry.payload["values"]) == ("balance_read", "stat", "age sex")
    assert [(one.value, one.level, one.site) for one in balance.tests] == [
        (value, level, site) for value, level in (("age", None), ("sex", "F")) for site in (None, "S01", "S02")
    ]
    # Whom the stratum is made of differs between strata only, and chances of a stratum hang together: no test of it.
    assert {one.found for one in balance.tests if one.value == "sex"} == {None}
    tested = balance.tests[0].found
    assert tested is not None
    assert tested.n == 12


@pytest.mark.parametrize(
    ("person", "code"),
    [("ma", "authority.not_granted"), ("li", "authority.not_granted")],
)
def test_nobody_else_sees_it_and_the_attempt_stays(study, person, code):
    before = study.store.head(study.id).seq
    with pytest.raises(Refusal) as refused:
        watch_balance(study.seen_by(person))
    assert [one.code for one in refused.value.findings] == [code]
    assert [one.kind for one in study.store.read(study.id, after=before)] == ["refused"]


def test_a_name_that_there_is_none_of_is_told(study):
    with pytest.raises(Refusal, match="shoe names no item and no variable"):
        watch_balance(study.seen_by("stat"), values=["shoe"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_tells_it(study, language, capsys):
    assert main(["balance", str(study.folder), "--as", "stat", "--values", "age", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert "sex=F" in said
    assert ("true stratum sex=M" in said, "真实层sex=M" in said) == (language == "en", language == "zh")
    assert ("Berger" in said) is True
    assert main(["balance", str(study.folder), "--as", "ma", "--lang", language]) == 1
    assert capsys.readouterr().out == ""
    assert main(["balance", str(study.folder), "--as", "stat", "--json", "--lang", language]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(told["rows"][0]["counts"].values()) == 12
    assert "sealed" not in json.dumps(told)


def test_what_cannot_be_tested_is_counted_and_three_arms_are_named(study, tmp_path, capsys):
    """A trial without strata, with three arms and complete randomization: nothing can be foreseen."""
    folder = tmp_path / "three"
    home = begun(
        folder,
        "arms: [{id: C, label: {en: Third, zh: 丙}, role: experimental}]",
        "randomization: {ratio: {A: 1, B: 1, C: 1}, scheme: {kind: permuted_blocks, sizes: [3]}}",
    )
    assert main(["balance", str(home.folder), "--as", "stat"]) == 0
    said = capsys.readouterr().out
    assert "(Third)" in said
    complete = begun(tmp_path / "complete", "randomization: {scheme: {kind: complete, sizes: ~}}")
    assert main(["balance", str(complete.folder), "--as", "stat"]) == 0
    assert "nothing could be foreseen" in capsys.readouterr().out


def test_a_double_blind_trial_tells_whoever_may_unseal_and_no_other(tmp_path):
    watcher = "{id: watcher, label: {en: Watcher, zh: 观察者}, acts: [see_allocation], reads: [results], own_site_only: false}"
    seer = "{id: seer, label: {en: Seer, zh: 揭盲者}, acts: [see_allocation, unseal], own_site_only: false}"
    protocol = write_minimal(tmp_path / "p", f"roles: [{watcher}, {seer}]\nrandomization: {{blinding: double}}")
    study = create_study(tmp_path / "s", protocol)
    desk = study.desk()
    for person in ("watcher", "seer"):
        desk.perform(Appoint(person, person.title(), person), as_="custodian")
    with pytest.raises(Refusal) as refused:
        watch_balance(study.seen_by("watcher"))
    assert [one.code for one in refused.value.findings] == ["balance.blinded"]
    assert watch_balance(open_study(study.folder, as_="seer")).rows[0].longest == 0


def test_an_arm_beyond_what_the_scheme_can_do_is_told(study, monkeypatch, capsys):
    from equipoise.analysis import balance

    monkeypatch.setattr(balance, "imbalance_bound", lambda _: -1.0)
    assert main(["balance", str(study.folder), "--as", "stat"]) == 0
    assert "the scheme keeps every arm within -1" in capsys.readouterr().err


def test_control_a_value_that_follows_the_chance_is_found_and_one_that_does_not_is_not():
    """Values that are the chance itself, and values that are not: the p-values tell them apart."""
    protocol = minimal_protocol("baseline: [age]")
    arms = "ABBAAABBBABAABAB"
    rows = placed(arms)
    chances = [
        {"A": chance, "B": 1 - chance}
        for chance in (0.5, 1 / 3, 0.5, 1, 0.5, 1 / 3, 0, 0, 0.5, 2 / 3, 0.5, 1, 0.5, 1 / 3, 0.5, 0)
    ]
    names = [one.participant for one in rows]
    follows = pl.DataFrame({"participant": names, "age": [40 + 10 * c["A"] + n % 2 for n, c in enumerate(chances)]})
    apart = pl.DataFrame(
        {"participant": names, "age": [40.0, 41, 43, 40, 44, 41, 40, 42, 43, 41, 40, 42, 44, 43, 41, 40]}
    )
    (found, *_), (nothing, *_) = (test_foresight(protocol, rows, chances, frame, ["age"]) for frame in (follows, apart))
    assert found.found.p_value < 1e-6 < 0.05 < nothing.found.p_value
