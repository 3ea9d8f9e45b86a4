"""Who reads what: every door against a table written by hand, accounts of the computer, and what reading leaves behind."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from equipoise.analysis import trace
from equipoise.analysis.safety import watch_safety
from equipoise.cli.main import main
from equipoise.conduct import acts as a
from equipoise.conduct.authority import DOORS, roles_of
from equipoise.conduct.folder import reading
from equipoise.conduct.folder.query_list import list_queries
from equipoise.conduct.folder.seeing import see_treatment
from equipoise.conduct.folder.status import study_status
from equipoise.conduct.folder.study import create_study, open_study
from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.datacut import find_moment, freeze
from equipoise.datacut.freeze import assemble_cut
from equipoise.findings import Refusal
from equipoise.reports import write_report
from equipoise.reports.safety_watch import watch_lines
from tests.chinese import holds_chinese
from tests.conduct.read_trial import read_trial
from tests.spec.minimal import write_minimal

ROLES = ("custodian", "li", "chen", "ma", "sun", "zhao", "he")
# a: every participant; o: those of the own site; n: nobody by name, but let in; - : refused. In the order of ROLES.
TABLE = """
show      a o o a a a a
simulate  a o o a a a a
status    a o o a a a a
safety    a o o a a a a
roles     a o o a a a a
trail     a o o a a a a
queries   a o o a a a a
unblindings a o o a a a a
cut       a o o a a a a
trace     a o o a a a a
casebook  a o o a a a a
analyze   a - - a a a a
verify    a o o a a a a
derive    a - - a a a a
checkpoint a - - a - - a
export    a - - a a - a
backup    a - - a - - a
keys      a - - - - - -
archive   a - - a a - a
balance   - - - - a - -
doses     - o - - a - -
"""
EXPECTED = {
    (who, line.split()[0]): cell
    for line in TABLE.strip().splitlines()
    for who, cell in zip(ROLES, line.split()[1:], strict=True)
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    made = read_trial(tmp_path_factory.mktemp("read"))
    yield made
    made.store.close()


def code_of(refused) -> str:
    finding = refused.value.findings[0]
    assert holds_chinese(finding.say("zh").what)
    return finding.code


def last(study):
    return [*study.store.read(study.id)][-1]


def test_the_table_names_every_door():
    assert {door for _, door in EXPECTED} == set(DOORS)


@pytest.mark.parametrize(("who", "door"), EXPECTED)
def test_every_door_lets_in_whom_the_table_says(study, who, door):
    reader = study.seen_by(who).reader()
    try:
        sites = reader.come_in(door)
    except Refusal:
        assert EXPECTED[who, door] == "-"
        return
    assert EXPECTED[who, door] == ("a" if sites is None else "o" if sites == {"S01"} else "n")


def test_a_role_reads_what_it_is_given_and_where_that_is_not_said_what_its_acts_need(tmp_path):
    roles = """roles:
- {id: sponsor, label: {en: S, zh: 申}, acts: [pause], own_site_only: false}
- {id: auditor, label: {en: A, zh: 稽}, acts: [checkpoint], reads: [participants, results], own_site_only: false}
- {id: blindly, label: {en: B, zh: 盲}, acts: [screen], reads: []}
- {id: committee, label: {en: C, zh: 委}, acts: [see_allocation, unseal], own_site_only: false}
"""
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol", {"roles": None}, roles))
    desk = study.desk()
    for role, site in (("sponsor", None), ("auditor", None), ("blindly", "S01"), ("committee", None)):
        with suppress(Refusal):
            desk.perform(a.Appoint(role, role.title(), role, site), as_="custodian")

    def reads(who):
        reader = study.seen_by(who).reader()
        return reader.sites("see_participants"), reader.reads("see_results")

    assert reads("sponsor") == (frozenset(), False)
    assert reads("auditor") == (None, True)
    assert reads("blindly") == (frozenset(), False)
    assert reads("committee") == (None, True)
    assert reads("custodian") == (None, False)


# Accounts -------------------------------------------------------------------------------------------------------


def test_the_account_that_makes_a_study_stands_for_its_custodian(study):
    appointed = next(iter(study.store.read(study.id, kinds=("person_appointed",))))
    assert appointed.payload["account"] == reading.own_account()
    reader = study.reader()
    assert (reader.person, reader.account) == ("custodian", reading.own_account())


def test_the_name_of_the_account_is_the_kernels_and_no_variables(monkeypatch):
    mine = reading.own_account()
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    assert reading.own_account() == mine


def test_a_rehearsal_is_its_owners_and_has_the_same_ledger_on_every_computer(tmp_path, monkeypatch):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"), environment="rehearsal")
    assert "account" not in next(iter(study.store.read(study.id, kinds=("person_appointed",)))).payload
    assert study.reader().person == "custodian"
    monkeypatch.setattr(reading, "is_owner", lambda _folder: False)
    with pytest.raises(Refusal) as refused:
        study.reader()
    assert code_of(refused) == "reading.unmapped"


def test_an_account_that_stands_for_nobody_gets_nothing_named_or_not(study, monkeypatch):
    monkeypatch.setattr(reading, "own_account", lambda: "bob")
    for look in (lambda: study.reader(), lambda: study.seen_by("li"), lambda: open_study(study.folder, as_="li")):
        with pytest.raises(Refusal) as refused:
            look()
        assert code_of(refused) == "reading.unmapped"


def test_control_an_account_that_is_asked_of_the_environment_would_be_believed(monkeypatch):
    monkeypatch.setattr(reading, "own_account", lambda: __import__("os").environ.get("USER"))
    monkeypatch.setenv("USER", "somebody-else")
    assert reading.own_account() == "somebody-else"


def test_a_mapped_account_reads_as_its_person_and_as_nobody_else(tmp_path, monkeypatch, capsys):
    study = read_trial(tmp_path)
    desk = study.desk()
    receipt = desk.perform(a.MapAccount("bob", "li"), as_="custodian")
    assert receipt.say("en").startswith("The account bob acts as li")
    assert holds_chinese(receipt.say("zh"))
    assert desk.perform(a.MapAccount("bob", "li"), as_="custodian").entries == ()
    monkeypatch.setattr(reading, "own_account", lambda: "bob")
    assert study.reader().person == "li"
    assert study.seen_by("li").reader().person == "li"
    with pytest.raises(Refusal) as refused:
        study.seen_by("custodian")
    assert code_of(refused) == "reading.other"
    assert main(["status", str(study.folder)]) == 0
    out, said = capsys.readouterr()
    assert "acting as li (mapped to the account bob" in said
    assert ("S01" in out, "S02" in out) == (True, False)
    line = ["act", str(study.folder), "pause", "--as", "custodian", "--set", "reason=x"]
    assert main(line) == 1
    assert "the account bob is not custodian" in capsys.readouterr().err
    monkeypatch.undo()
    assert (
        desk.perform(a.MapAccount("bob", "li", "anybody"), as_="custodian").say()
        == "The account bob acts as li, and may name anybody (entry 92)."
    )
    monkeypatch.setattr(reading, "own_account", lambda: "bob")
    assert study.seen_by("custodian").reader().person == "custodian"
    desk.perform(a.Dismiss("li", "investigator", "S01"), as_="ma")
    with pytest.raises(Refusal) as refused:
        study.reader()
    assert code_of(refused) == "authority.nobody"
    monkeypatch.undo()
    assert verify_study(study).findings == ()


def test_a_notebook_acts_as_its_account_stands_for_and_as_nobody_else(tmp_path, monkeypatch):
    """The same rule as the command line's, asked at the desk itself; what was tried is on the ledger, by who tried it."""
    made = read_trial(tmp_path)
    made.desk().perform(a.MapAccount("bob", "chen"), as_="custodian")
    monkeypatch.setattr(reading, "own_account", lambda: "bob")
    desk = made.desk()
    asked = a.CorrectValue("S01-0", "screening", "baseline", "age", 61, "typo")
    for act, who in ((asked, "li"), (a.Pause("safety"), "custodian"), (a.MapAccount("bob", "custodian"), "custodian")):
        if isinstance(act, a.MapAccount):
            monkeypatch.setattr(reading, "is_owner", lambda _folder: False)
            desk = made.desk()
        with pytest.raises(Refusal) as refused:
            desk.perform(act, as_=who)
        assert code_of(refused) == "reading.other"
        assert (last(made).kind, last(made).actor, last(made).payload["act"]) == ("refused", "chen", act.right)
    before = made.store.head(made.id)
    receipt = made.desk().perform(a.ReportDeviation("S01-0", "2024-02-12", "other", "late"), as_="chen")
    with pytest.raises(Refusal), desk.batch():
        desk.perform(a.ReportDeviation("S01-0", "2024-02-12", "other", "later"), as_="li")
    with pytest.raises(Refusal) as refused:
        made.desk().told(receipt, "li")
    assert code_of(refused) == "reading.other"
    monkeypatch.setattr(reading, "own_account", lambda: "eve")
    with pytest.raises(Refusal) as refused:
        made.desk().perform(a.Pause("safety"), as_="custodian")
    assert (code_of(refused), last(made).actor) == ("reading.unmapped", "account:eve")
    assert made.store.head(made.id).seq == before.seq + 2


def test_control_a_desk_that_believes_whoever_asks_is_noticed(tmp_path, monkeypatch):
    made = read_trial(tmp_path)
    monkeypatch.setattr(reading, "own_account", lambda: "eve")
    monkeypatch.setattr(reading.Speaker, "check", lambda *_a: None)
    assert made.desk().perform(a.Pause("safety"), as_="custodian").entries


def test_on_another_computer_the_owner_of_the_folder_maps_the_account_and_the_ledger_says_so(
    tmp_path, monkeypatch, capsys
):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"))
    monkeypatch.setattr(reading, "own_account", lambda: "service")
    line = ["act", str(study.folder), "map_account", "--as", "custodian", "--set", "person=custodian", "--set"]
    assert main(["status", str(study.folder)]) == 1
    # Its own account and no other, and of a folder that is its own.
    assert main([*line, "account=bob"]) == 1
    monkeypatch.setattr(reading, "is_owner", lambda _folder: False)
    assert main([*line, "account=service"]) == 1
    monkeypatch.undo()
    monkeypatch.setattr(reading, "own_account", lambda: "service")
    assert main([*line, "account=service"]) == 0
    assert main(["status", str(study.folder)]) == 0
    assert last(study).kind == "account_mapped"
    capsys.readouterr()


# By arm ---------------------------------------------------------------------------------------------------------


def test_results_by_arm_of_a_running_open_trial_are_for_those_whom_the_protocol_names(study):
    for who in ROLES:
        cut = freeze(study.seen_by(who), arms="hidden")
        assert set(cut.participants["arm"]) == {None}
    for who in ("custodian", "ma", "zhao", "he", "li"):
        assert freeze(study.seen_by(who)).arms == "hidden"
        for wanted in ("shown", "masked"):
            with pytest.raises(Refusal) as refused:
                freeze(study.seen_by(who), arms=wanted)
            assert code_of(refused) == "cut.by_arm"
            # The attempt stays.
            assert (last(study).kind, last(study).actor) == ("refused", who)
    assert freeze(study).arms == "hidden"
    assert freeze(study.seen_by("sun")).arms == "shown"


def test_whoever_reads_by_arm_leaves_an_entry_before_anything_is_shown(study, tmp_path):
    before = study.store.head(study.id)
    freeze(study.seen_by("sun"), arms="hidden")
    watch_safety(study.seen_by("he"))
    assert study.store.head(study.id) == before
    sun = study.seen_by("sun")
    for door, look in (
        ("cut", lambda: freeze(sun)),
        ("analyze", lambda: write_report(sun, out=tmp_path / "out")),
        ("trace", lambda: trace(sun, "os_km.A", out=tmp_path / "out")),
        ("safety", lambda: watch_safety(sun)),
    ):
        head = study.store.head(study.id)
        look()
        entry = last(study)
        assert (entry.kind, entry.actor, entry.payload["door"]) == ("reading_noted", "sun", door)
        assert (entry.seq, entry.payload["participant"]) == (head.seq + 1, None)
        if door != "trace":
            assert (entry.payload["seq"], entry.payload["head"]) == (head.seq, head.hash)
        assert KIND_OF[entry.kind].say(entry).startswith("Results by arm were read, as of entry")
    see_treatment(study.seen_by("li"), "S01-0")
    entry = last(study)
    assert (entry.actor, entry.payload["door"], entry.payload["participant"]) == ("li", "doses", "S01-0")
    assert "S01-0" in KIND_OF[entry.kind].say(entry)
    assert holds_chinese(KIND_OF[entry.kind].say(entry, "zh"))
    assert freeze(study.seen_by("sun"), arms="masked").arms == "masked"
    assert "lettered groups" in KIND_OF["reading_noted"].say(last(study))
    assert verify_study(study).findings == ()
    with pytest.raises(Refusal) as refused:
        trace(study.seen_by("he"), "os_km.A", out=tmp_path / "out")
    assert code_of(refused) == "cut.by_arm"


def test_a_reading_that_cannot_be_entered_shows_nothing(study, monkeypatch):
    def cannot(*_a, **_k):
        from equipoise.ledger.words import refuse

        refuse("ledger.read_only", "ledger.sqlite")

    monkeypatch.setattr(type(study.store), "writing", cannot)
    with pytest.raises(Refusal) as refused:
        freeze(study.seen_by("sun"))
    assert code_of(refused) == "reading.not_entered"
    assert freeze(study.seen_by("sun"), arms="hidden").participants.height == 12


def test_a_reading_is_entered_in_the_other_database_too(tmp_path, postgres_url):
    source = write_minimal(tmp_path / "protocol", {"roles": None})
    study = create_study(tmp_path / "study", source, database=postgres_url)
    study.desk().perform(a.Appoint("sun", "Sun", "unblinded_statistician"), as_="custodian")
    freeze(study.seen_by("sun"))
    assert (last(study).kind, last(study).actor) == ("reading_noted", "sun")
    assert verify_study(study).findings == ()
    study.store.close()


def test_a_reading_of_an_entry_that_is_not_there_is_no_reading(study):
    desk = study.desk()
    with pytest.raises(Refusal) as refused:
        desk.perform(a.NoteReading("cut", 10**6, "0" * 64, "shown"), as_="sun")
    assert code_of(refused) == "cut.no_such_entry"
    with pytest.raises(Refusal) as refused:
        desk.perform(a.NoteReading("cut", 1, "0" * 64, "shown"), as_="he")
    assert code_of(refused) == "authority.not_granted"


def test_a_locked_study_is_read_by_arm_by_whoever_reads_it_and_without_entries(tmp_path):
    study = read_trial(tmp_path)
    study.desk().perform(a.Lock("done", 2), as_="custodian")
    before = study.store.head(study.id)
    assert freeze(study.seen_by("he")).arms == "shown"
    see_treatment(study.seen_by("li"), "S01-0")
    assert study.store.head(study.id) == before


def test_letters_are_not_given_where_the_sizes_of_the_groups_give_them_away(tmp_path):
    blind = "randomization: {blinding: double}"
    unequal = {"randomization": {"ratio": {"A": 2, "B": 1}, "scheme": {"sizes": [3, 6]}}}
    even, uneven = read_trial(tmp_path / "even", blind), read_trial(tmp_path / "uneven", blind, unequal)
    assert freeze(even.seen_by("sun"), arms="masked").arms == "masked"
    assert watch_safety(even.seen_by("sun")).seen == "masked"
    with pytest.raises(Refusal) as refused:
        freeze(uneven.seen_by("sun"), arms="masked")
    assert code_of(refused) == "cut.letters"
    assert "A 2, B 1" in str(refused.value)
    assert watch_safety(uneven.seen_by("sun")).seen == "pooled"


# One site -------------------------------------------------------------------------------------------------------


def test_who_reads_one_site_reads_its_participants_alone(study, tmp_path):
    chen = study.seen_by("chen")
    status = study_status(chen)
    assert [site.site for site in status.sites] == ["S01"]
    assert status.participants["randomized"] == 6
    assert study_status(study).participants["randomized"] == 12
    assert status.queries.open == 1
    assert {one.row["participant"] for one in list_queries(chen)} == {"S01-0"}
    for wrong in ({"site": "S02"}, {"participant": "S02-0"}):
        with pytest.raises(Refusal):
            list_queries(chen, **wrong)
    cut = freeze(chen)
    own = {f"S01-{place}" for place in range(6)}
    assert set(cut.participants["participant"]) == own
    assert all(set(table["participant"]) <= own for table in cut.tables.values())
    assert set(cut.provenance["participant"]) == own
    assert set(cut.queries["participant"]) == {"S01-0"}
    write_report(study.seen_by("he"), out=tmp_path / "out")
    traced = trace(chen, "os_logrank", out=tmp_path / "out")
    assert {row.participant for row in traced.rows} == own
    assert "not shown to who reads one site" in traced.lines()[0]
    assert holds_chinese(traced.lines(language="zh")[0])


def test_safety_counts_everybody_and_names_the_own(study):
    (whole, unknown), (own, here) = (watch_safety(study.seen_by(who)).rules for who in ("he", "chen"))
    assert sum(count.had for count in whole.counts) == sum(count.had for count in own.counts)
    assert {who for count in whole.counts for who in count.events} == {"S01-1", "S02-1"}
    assert {who for count in own.counts for who in count.events} == {"S01-1"}
    assert (len(unknown.not_known), unknown.not_known_elsewhere) == (12, 0)
    assert (len(here.not_known), here.not_known_elsewhere) == (6, 6)
    watch = watch_safety(study.seen_by("chen"))
    for language in ("en", "zh"):
        lines = "\n".join(watch_lines(watch.cut.protocol, watch, language))
        assert "S02" not in lines
    assert "S02-0" not in set(watch.cut.participants["participant"])


def test_control_a_cut_that_asks_nobody_holds_the_other_site(study):
    cut = assemble_cut(study, find_moment(study.store, study.id), "hidden", None)
    assert "S02-0" in set(cut.participants["participant"])


def test_a_cut_is_noted_for_whoever_makes_it_named_or_not(study, tmp_path, capsys):
    line = ["cut", str(study.folder), "--out", str(tmp_path)]
    assert main([*line, "--name", "mine"]) == 0
    assert (last(study).kind, last(study).actor) == ("cut_made", "custodian")
    assert main([*line, "--name", "zhaos", "--as", "zhao"]) == 1
    assert main([*line, "--name", "chens", "--as", "chen"]) == 1
    assert not (tmp_path / "zhaos").exists()
    capsys.readouterr()


def test_a_study_s_protocol_is_shown_to_its_people(study, monkeypatch, capsys):
    for path in (study.folder, study.folder / "protocol"):
        assert main(["show", str(path)]) == 0
        out, said = capsys.readouterr()
        assert "A demonstration trial" in out
        assert "acting as custodian" in said
    assert main(["show", str(study.folder), "--as", "nobody"]) == 1
    monkeypatch.setattr(reading, "own_account", lambda: "bob")
    assert main(["show", str(study.folder)]) == 1
    assert main(["simulate", str(study.folder), "--trials", "1", "--seed", "1"]) == 1
    assert "stands for nobody" in capsys.readouterr().err


def test_what_two_persons_did_verifies(tmp_path):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"))
    desk = study.desk()
    desk.perform(a.Appoint("second", "Second", "custodian"), as_="custodian")
    desk.perform(a.Lock("done"), as_="custodian")
    asked = desk.perform(a.Unlock("not yet"), as_="custodian").entries[0].seq
    desk.perform(a.Agree(asked), as_="second")
    again = desk.perform(a.Lock("done"), as_="custodian")
    assert again.entries
    asked = desk.perform(a.Unlock("not yet"), as_="custodian").entries[0].seq
    desk.perform(a.Decline(asked, "why"), as_="second")
    assert verify_study(study).findings == ()


def test_the_roles_of_a_rehearsal_read_as_they_will_and_its_custodian_reads_the_results(tmp_path, capsys):
    study = create_study(tmp_path / "study", write_minimal(tmp_path / "protocol"), environment="rehearsal")
    study.desk().perform(a.Appoint("mia", "Mia", "manager"), as_="custodian")
    assert study.reader().reads("see_results")
    assert not study.seen_by("mia").reader().reads("see_results")
    head = study.store.head(study.id)
    assert main(["cut", str(study.folder)]) == 0
    assert study.store.head(study.id) == head
    assert json.dumps(sorted(roles_of(study.protocol)))
    capsys.readouterr()
