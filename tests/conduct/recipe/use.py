"""Uses a toy act end to end, in a process whose `equipoise` is a copy that has it: the name of the act is the argument."""

from __future__ import annotations

import sys
from types import SimpleNamespace

from equipoise.conduct.acts import LABEL_OF, Erase
from equipoise.conduct.acts.reading import read_act
from equipoise.conduct.replay.receipt import sentence_of
from equipoise.conduct.replay.replaying import replay
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from tests.conduct.small_trial import DAY, SECRET, Trial, open_trial
from tests.seeing import everything


def cut(trial: Trial):
    protocol = trial.desk.protocol
    return freeze(
        SimpleNamespace(
            folder=None,
            protocol=protocol,
            protocol_digest="",
            store=trial.store,
            secret=lambda: SECRET,
            reader=everything,
        )
    )


def refused(trial: Trial, act: object, who: str = "li") -> str:
    try:
        trial.desk.perform(act, as_=who)
    except Refusal as refusal:
        return str(refusal)
    raise AssertionError("accepted")


def transfer(trial: Trial) -> None:
    asked = read_act("transfer", {"participant": "P1", "to": "S02", "date": DAY})
    receipt = trial.do(asked, act_id="once")
    seq = receipt.entries[0].seq
    assert receipt.summary == f"P1 moved to site S02 (entry {seq})."
    assert receipt.say("zh") == f"P1已转至中心S02（条目{seq}）。"
    assert sentence_of(receipt.entries[0], "zh") == "P1已转至中心S02"
    assert replay("DEMO", trial.entries()).participants["P1"].site == "S02"
    # The desk, the projections and the cut know it at once.
    assert trial.store.projected("DEMO", "participants", "P1")["site"] == "S02"
    assert cut(trial).participants["site"].to_list() == ["S02"]
    assert "transferred) cannot be erased" in refused(trial, Erase(seq, "a name"), "custodian")
    # A request asked again from the new site, by whoever asked first, is the same request; the old site's rights have ended.
    assert "may not do" in refused(trial, read_act("transfer", {"participant": "P1", "to": "S01", "date": DAY}))


def note_call(trial: Trial) -> None:
    before = cut(trial).participants
    receipt = trial.do(
        read_act("note_call", {"participant": "P1", "date": DAY, "text": "asked for Mrs Li"}), act_id="once"
    )
    again = trial.do(
        read_act("note_call", {"participant": "P1", "date": DAY, "text": "asked for Mrs Li"}), act_id="once"
    )
    assert again == receipt
    seq = receipt.entries[0].seq
    assert receipt.summary == f"P1 was called on {DAY} (entry {seq})."
    assert receipt.say("zh") == f"已于{DAY}致电P1（条目{seq}）。"
    assert cut(trial).participants.equals(before)
    assert "called" in refused(trial, Erase(1, "a name"), "custodian")  # among what can go
    trial.do(Erase(seq, "a name"), as_="custodian")
    (entry,) = trial.store.read("DEMO", after=seq - 1, upto=seq)
    assert entry.payload is None
    assert sentence_of(entry) == f"What entry {seq} (called) said was erased"
    assert sentence_of(entry, "zh") == f"第{seq}号条目（called）的内容已删除"


if __name__ == "__main__":
    name = sys.argv[1]
    assert name in LABEL_OF
    trial = open_trial()
    trial.screened()
    {"transfer": transfer, "note_call": note_call}[name](trial)
    assert "may not do" in refused(trial, read_act("screen", {"participant": "P9", "site": "S01", "date": DAY}), "ma")
    trial.check_whole()
    print("used")
