"""One participant is unblinded: at once, by one person, with a reason; the arm goes to that person and into no entry."""

from __future__ import annotations

import json
from typing import Any

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.study import create_study
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.telling import tell_arm
from equipoise.findings import Refusal
from equipoise.ledger import Entry
from tests.conduct.small_trial import DAY, SECRET, TODAY, Trial, open_trial

ARMS = ("verumquxo", "placebojyvi")  # words that occur nowhere else
BLIND: dict[str, Any] = {
    "arms": [
        {"id": "A", "remove": True},
        {"id": "B", "remove": True},
        {"id": ARMS[0], "label": {"en": "The new drug", "zh": "新药物"}, "role": "experimental"},
        {"id": ARMS[1], "label": {"en": "The old drug", "zh": "旧药物"}, "role": "control"},
    ],
    "randomization": {"blinding": "double", "ratio": {"A": None, "B": None, ARMS[0]: 1, ARMS[1]: 1}},
}
SERIOUS = """\
forms:
- id: baseline
  items: [{id: was_serious, label: {en: Serious, zh: 严重}, type: boolean, required: false, cdash: AESER}]
"""
WHY = "Unconscious; the antidote depends on what was given"


def blind_trial(*changes: str | dict[str, Any]) -> Trial:
    """A double-blind trial with a safety physician, in which P1 is randomized."""
    trial = open_trial(BLIND, *changes)
    trial.do(a.Appoint("yu", "Yu", "safety_physician"), as_="custodian")
    trial.randomized()
    return trial


def emergency(who: str = "P1", reason: str = WHY, **more: Any) -> a.Unblind:
    return a.Unblind(who, "emergency", reason, **more)


def disclosed(**more: Any) -> a.Unblind:
    return a.Unblind("P1", "inadvertent", "the label was legible", **({"known_to": "chen"} | more))


def said_of(receipt: Receipt) -> dict[str, Any]:
    assert receipt.entries[0].payload is not None
    return dict(receipt.entries[0].payload)


def true_arm(trial: Trial, who: str = "P1") -> str:
    from equipoise.randomization.sealing import unseal

    (entry,) = [one for one in trial.entries() if one.kind == "allocated" and one.participant == who]
    assert entry.payload is not None
    return str(unseal(SECRET, trial.study, entry.payload["position"], entry.payload["sealed"], participant=who)["arm"])


def test_the_arm_is_told_at_once_to_the_one_who_asked_and_stands_in_no_entry():
    trial = blind_trial()
    receipt = trial.do(emergency(), as_="zhou")
    assert receipt.arm == true_arm(trial)
    label = {ARMS[0]: ("The new drug", "新药物"), ARMS[1]: ("The old drug", "旧药物")}[receipt.arm]
    assert receipt.summary == f"P1 was unblinded: an emergency: arm {receipt.arm}, {label[0]} (entry {trial.head()})."
    assert receipt.say("zh") == f"P1已揭盲：紧急情况：{receipt.arm}组，{label[1]}（条目{trial.head()}）。"
    assert said_of(receipt) == {
        "category": "emergency",
        "reason": WHY,
        "date": TODAY,
        "told": True,
        "event": None,
        "known_to": [],
        "nobody": [],
        "notices": ["custodian", "ma", "zhao", "yu"],
        "earlier": None,
    }
    assert not any(arm in repr(entry) for entry in trial.entries()[-1:] for arm in ARMS)
    trial.check_whole()


def test_nothing_stands_in_the_way_of_an_emergency():
    trial = blind_trial()
    trial.do(a.Pause("safety"), as_="ma")
    trial.do(a.CloseSite("S01", DAY), as_="ma")
    trial.do(a.Withdraw("P1", DAY, "wish", "consent"))
    trial.do(a.MarkInError("P1", "not eligible"))
    trial.do(a.Lock("final"), as_="custodian")
    assert trial.do(emergency()).arm == true_arm(trial)
    trial.both(a.Unseal("the end"))
    assert trial.do(emergency(), as_="zhou").arm == true_arm(trial)


def test_the_same_request_tells_it_again_to_the_same_person_and_to_nobody_else():
    trial = blind_trial()
    first = trial.do(emergency(), act_id="x")
    again = trial.do(emergency(), act_id="x")
    assert (again.arm, again.entries) == (first.arm, first.entries)
    for who in ("zhou", "yu"):
        with pytest.raises(Refusal) as refusal:
            trial.do(emergency(), as_=who, act_id="x")
        assert [finding.code for finding in refusal.value.findings] == ["act.taken"]
        assert trial.desk.told(first, who).arm is None
    assert trial.desk.told(first, "li").arm == first.arm
    trial.do(a.Dismiss("li", "investigator", "S01"), as_="ma")
    assert trial.desk.told(first, "li").arm is None


def test_a_second_one_is_told_of_the_first():
    trial = blind_trial()
    first = trial.do(emergency())
    second = trial.do(emergency(), as_="yu")
    (warned,) = [one for one in second.findings if one.code == "unblinding.earlier"]
    assert "by li on 2024-03-01" in warned.why and str(first.entries[0].seq) in warned.why
    assert second.arm == first.arm


def test_a_dry_run_tells_nothing_and_keeps_nothing():
    trial = blind_trial()
    head = trial.head()
    with trial.desk.batch(dry_run=True):
        receipt = trial.do(emergency())
        assert [one.code for one in receipt.findings] == ["unblinding.dry", "unblinding.notices"]
        assert receipt.arm is None and receipt.arm_label is None
        assert not any(word in receipt.summary for word in (*ARMS, "drug"))
    assert trial.head() == head


def test_no_list_unblinds_anybody_and_what_came_out_by_mistake_may_stand_in_one():
    trial = blind_trial()
    with trial.desk.batch():
        assert trial.codes(emergency()) == ["unblinding.alone"]
        assert trial.do(disclosed()).arm is None
    trial.check_whole()


def test_in_a_rehearsal_a_batch_tells_nothing_either(tmp_path):
    from tests.spec.minimal import write_minimal

    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", {"roles": None}, BLIND), environment="rehearsal")
    trial = Trial(study.desk(), study.store)
    trial.do(a.OpenSite("S01", DAY), a.Appoint("li", "Li", "investigator", "S01"), as_="custodian")
    trial.randomized()
    with trial.desk.batch():
        receipt = trial.do(emergency())
        assert receipt.arm is None
    assert trial.desk.told(receipt, "li").arm in ARMS


def test_what_came_out_by_mistake_is_written_down_and_tells_no_arm():
    trial = blind_trial()
    receipt = trial.do(disclosed(known_to="chen, the participant；nobody@ward", date="2024-02-20"))
    assert receipt.arm is None
    said = said_of(receipt)
    assert (said["told"], said["date"], said["known_to"]) == (
        False,
        "2024-02-20",
        ["chen", "the participant", "nobody@ward"],
    )
    (warned,) = [one for one in receipt.findings if one.code == "unblinding.nobody"]
    assert "the participant" in warned.what and "nobody@ward" in warned.what
    person = replay(trial.study, trial.entries()).participants["P1"]
    assert person.unblindings[0].seen_by == {"chen", "the participant", "nobody@ward"}
    assert trial.desk.told(receipt, "li").arm is None


def test_nobody_tells_an_arm_in_the_words():
    trial = blind_trial()
    for words in ("it was the new drug", "PLACEBOJYVI was read", "on placebo", "用的是新药物", "服用安慰剂"):
        said = a.Unblind("P1", "inadvertent", words, known_to="chen")
        refusal = trial.refused(said)
        assert [one.code for one in refusal.findings] == ["unblinding.arm_named"], words
        assert not any(arm in str(entry.payload) for entry in trial.entries()[-1:] for arm in (*ARMS, "安慰剂"))
        assert trial.codes(disclosed(known_to=f"chen, who says {words}")) == ["unblinding.arm_named"]
    # Who does not know it cannot tell it, and must not be held up by a word; who does is in no hurry.
    asking = emergency(reason="whether it is the placebo decides on the antidote")
    assert trial.do(asking).arm == true_arm(trial)
    assert trial.codes(asking) == ["unblinding.arm_named"]
    assert trial.do(asking, as_="zhou").arm == true_arm(trial)


def test_the_shortest_names_of_arms_are_no_names_in_a_text():
    trial = open_trial("randomization: {blinding: double}")
    trial.randomized()
    trial.do(a.Unblind("P1", "inadvertent", "A nurse read the label of box B", known_to="a nurse"))


def test_a_report_of_a_serious_event_is_the_safety_persons_and_names_the_event():
    trial = blind_trial(SERIOUS)
    trial.do(
        a.CorrectValue("P1", "screening", "baseline", "was_serious", True, "it was"),
    )
    event = next(one.seq for one in trial.entries() if one.kind == "form_recorded")
    report = a.Unblind("P1", "safety_report", "suspected unexpected reaction", event=event)
    receipt = trial.do(report, as_="yu")
    assert (receipt.arm, said_of(receipt)["event"]) == (true_arm(trial), event)
    assert trial.codes(report) == ["unblinding.whole_study"]
    assert trial.do(a.Unblind("P1", "planned", "end of part one"), as_="yu").arm == true_arm(trial)


def test_who_must_know_is_told_in_words_without_the_arm():
    trial = blind_trial()
    receipt = trial.do(emergency())
    (told,) = [one for one in receipt.findings if one.code == "unblinding.notices"]
    assert told.what == "custodian, ma, zhao, yu must know that P1 was unblinded"
    for finding in receipt.findings:
        for language in ("en", "zh"):
            assert not any(word in str(finding.say(language)) for word in (*ARMS, "drug", "药物"))


def test_who_has_nobody_to_tell_is_told_so():
    trial = open_trial(
        BLIND,
        "roles: [{id: nurse, label: {en: N, zh: 护}, acts: [screen, consent, record, enroll, randomize, unblind]},"
        " {id: custodian, label: {en: C, zh: 保}, acts: [open_site, appoint], own_site_only: false}]",
        people=False,
    )
    trial.do(a.OpenSite("S01", DAY), a.Appoint("li", "Li", "nurse", "S01"), as_="custodian")
    trial.randomized()
    receipt = trial.do(emergency())
    assert said_of(receipt)["notices"] == []
    assert [one.what for one in receipt.findings if one.code == "unblinding.notices"] == [
        "nobody else in this study must be told that P1 was unblinded"
    ]


def test_a_recorded_arm_is_told_as_it_was_recorded():
    trial = open_trial(
        BLIND,
        "randomization: {scheme: {kind: recorded, sizes: ~, description: {en: List, zh: 名单}}}",
    )
    trial.enrolled()
    trial.do(a.RecordAllocation("P1", DAY, ARMS[1], "list"))
    assert trial.do(emergency()).arm == ARMS[1]


def test_control_a_receipt_that_asks_not_who_reads_it_is_noticed(monkeypatch):
    """As it would be if the arm were told to whoever asks for the receipt of an unblinding."""
    trial = blind_trial()
    first = trial.do(emergency())

    def careless(entries: list[Entry], actor: str, *rest: Any, **more: Any) -> Any:
        return tell_arm(entries, entries[0].actor, *rest, **more)

    monkeypatch.setattr("equipoise.conduct.desk.tell_arm", careless)
    assert Desk.told(trial.desk, first, "zhao").arm == first.arm


def test_nothing_of_it_is_in_what_a_program_reads(tmp_path, capsys):
    """The command: the arm on the receipt, once; refused, dry run and repeated by another say none."""
    from equipoise.cli.main import main
    from tests.spec.minimal import write_minimal

    study = create_study(tmp_path / "s", write_minimal(tmp_path / "p", {"roles": None}, BLIND))
    trial = Trial(study.desk(), study.store)
    trial.do(a.OpenSite("S01", DAY), as_="custodian")
    for who, role, site in (("li", "investigator", "S01"), ("chen", "coordinator", "S01"), ("zhao", "monitor", None)):
        trial.do(a.Appoint(who, who, role, site), as_="custodian")
    trial.randomized()
    study.store.close()
    asked = ["act", str(tmp_path / "s"), "unblind", "--set", "participant=P1", "--set", "category=emergency"]
    asked += ["--set", f"reason={WHY}", "--json"]
    for more in (["--as", "li", "--dry-run"], ["--as", "chen"], ["--as", "zhao"], ["--as", "li", "--set", "event=1"]):
        main([*asked, *more])
        assert not any(arm in capsys.readouterr().out for arm in ARMS), more
    assert main([*asked, "--as", "li"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["arm"] in ARMS and told["arm"] in told["summary"]
    assert [entry["kind"] for entry in told["entries"]] == ["unblinded"]


def test_whoever_asks_is_not_told_that_they_must_know():
    trial = blind_trial()
    assert said_of(trial.do(emergency(), as_="yu"))["notices"] == ["custodian", "ma", "zhao"]


def test_where_the_seal_does_not_open_nobody_is_said_to_have_been_told():
    trial = blind_trial()
    trial.desk._secret, trial.desk._vault = (lambda: bytes(32)), None
    trial.desk._arms.clear()
    before = trial.head()
    assert trial.codes(emergency()) == ["vault.broken_seal"]
    assert trial.kinds(before) == ["refused"]
