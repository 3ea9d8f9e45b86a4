"""What the acts refuse by which everyday errors are put right: a case for each wording (see `test_refusals`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from equipoise.conduct import acts as a
from tests.conduct.small_trial import BASELINE, CHECKUP, DAY, Trial

SAMPLES = """
consent_parts: [{id: samples, label: {en: Samples, zh: 样本}}]
forms: [{id: remark, consent_part: samples}]
"""
CLOCK = "sites: [{id: S02, timezone: Asia/Tokyo}]"
TIMED = "{sites: [{id: S02, timezone: Asia/Tokyo}], forms: [{id: checkup, items: [{id: taken_at, label: {en: Taken, zh: 时间}, type: datetime, required: false}]}]}"
REMARK = a.RecordForm("P1", "notes", "remark", {"remark_text": "well"}, observed="2024-02-10")

Case = tuple[str | tuple[str, ...], Callable[[Trial], object], Callable[[Trial], a.Act], str]


def case(act: Any, *, first: Any = lambda t: t.recorded(), who: str = "li", protocol: Any = ()) -> Case:
    return protocol, first, lambda _: act, who


def checked(t: Trial) -> None:
    """Two participants, each with a baseline; the first with a check-up."""
    t.recorded("P1")
    t.recorded("P2")
    t.do(a.RecordForm("P1", "screening", "checkup", CHECKUP))


def agreed(t: Trial) -> None:
    t.recorded()
    t.do(
        a.ConsentPart("P1", "samples", "agrees", DAY), a.ConsentPart("P1", "samples", "withdraws", "2024-02-05", "wish")
    )


def back(t: Trial) -> None:
    """Left on 5 February, came back on the 20th."""
    t.recorded()
    t.do(a.Withdraw("P1", "2024-02-05", "moved"), a.EndWithdrawal("P1", "follow_up", "came back", "2024-02-20"))


def twice(t: Trial) -> None:
    t.recorded()
    t.do(a.Consent("P1", "2024-02-03"))


def failed(t: Trial) -> None:
    t.recorded()
    t.do(a.FailScreening("P1", "2024-02-03", "too old"))


CASES: dict[str, Case] = {
    "consent.part": case(a.ConsentPart("P1", "blood", "agrees", DAY), protocol=SAMPLES),
    "consent.part_missing": case(REMARK, protocol=SAMPLES),
    "consent.part_order": case(a.ConsentPart("P1", "samples", "agrees", "2024-02-02"), first=agreed, protocol=SAMPLES),
    "consent.part_withdrawn": case(REMARK, first=agreed, protocol=SAMPLES),
    "event.missing": case(a.CorrectDate("P1", "enrollment", DAY, "mistyped")),
    "event.several": case(a.CorrectDate("P1", "consent", "2024-02-02", "mistyped"), first=twice),
    "participant.failed": case(a.FailScreening("P1", DAY, "too old"), first=failed),
    "participant.not_failed": case(a.EndWithdrawal("P1", "screening", "mistaken")),
    "participant.not_withdrawn": case(a.EndWithdrawal("P1", "follow_up", "mistaken")),
    "participant.there": case(a.Transfer("P1", "S01", DAY, "moved"), who="ma"),
    "participant.timezone": case(a.Transfer("P1", "S02", DAY, "moved"), who="ma", first=checked, protocol=TIMED),
    "person.form": case(a.Appoint("\x1b[2Jli\u202e", "Li", "monitor"), who="ma"),
    "person.name": case(a.Appoint("new", "\x1b[2J" * 300, "monitor"), who="ma"),
    "text.long": case(a.ReportDeviation("P1", DAY, "visit", "x" * 1_000_000)),
    "text.nul": case(a.ReportDeviation("P1", DAY, "visit", "late\0")),
    "record.differs": case(a.RecordForm("P1", "screening", "baseline", {**BASELINE, "age": 55})),
    "record.recorded": case(a.Draft("P1", "screening", "baseline", {"age": 55})),
    "record.same_place": case(a.Strike("P1", "screening", "baseline", "wrong visit", to_visit="screening")),
    "record.there": case(a.Strike("P1", "screening", "baseline", "P2's", to_participant="P2"), first=checked),
}
FURTHER: dict[str, Case] = {
    "conduct.acts: consent.part/none": case(a.ConsentPart("P1", "blood", "agrees", DAY)),
    "conduct.acts: consent.missing part": case(
        a.ConsentPart("P1", "samples", "agrees", DAY), first=lambda t: t.screened(), protocol=SAMPLES
    ),
    "conduct.acts: consent.withdrawn part": case(
        a.ConsentPart("P1", "samples", "agrees", "2024-02-10"),
        first=lambda t: (t.recorded(), t.do(a.Withdraw("P1", DAY, "wish", "consent"))),
        protocol=SAMPLES,
    ),
    "conduct.acts: participant.enrolled/failed": case(a.FailScreening("P1", DAY, "late"), first=lambda t: t.enrolled()),
    "conduct.acts: participant.failed/enroll": case(a.Enroll("P1", "2024-02-04"), first=failed),
    "conduct.acts: participant.withdrawn/gap": case(REMARK, first=back),
    **{
        f"conduct.acts: participant.number/value {number}": case(a.Screen(number, "S01", DAY))
        for number in ("null", "NaN", "yes", "1e999", "2025-02-30")
    },
    "conduct.acts: record.missing/struck": case(a.Strike("P1", "screening", "checkup", "wrong")),
}
