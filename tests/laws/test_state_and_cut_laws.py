"""The desk and the data cut say the same of everybody, after any sequence of acts; and so does a plain reading of the entries.

The plain reading is a third one, written here without the declarations that the other two share: what is wrong in one of
those would otherwise be wrong in both.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equipoise.conduct import acts as a
from equipoise.conduct.entries import participation
from equipoise.conduct.replay import kinds
from equipoise.conduct.replay.replaying import replay
from equipoise.conduct.state.state import Withdrawal
from equipoise.datacut import freeze
from equipoise.datacut import tables as cutting
from equipoise.findings import Refusal
from equipoise.ledger import Entry
from equipoise.randomization.sealing import unseal
from tests.conduct.small_trial import BASELINE, SECRET, Trial, open_trial
from tests.seeing import everything

TODAY = datetime(2024, 12, 1, 8, tzinfo=UTC)
BEGIN, SPRING, AUTUMN = "2024-02-01", "2024-02-15", "2024-09-15"
DAYS = st.sampled_from([BEGIN, SPRING, "2024-05-01", AUTUMN])
WHO = st.sampled_from(["P1", "P1", "P2", "P3"])
EXTENTS = ("treatment", "follow_up", "consent")


def recorded(who: str, age: int = 51, reason: str = "", **more: Any) -> a.RecordForm:
    return a.RecordForm(who, "screening", "baseline", {**BASELINE, "age": age}, reason=reason, **more)


def erase(back: int) -> Any:
    """One of the latest entries that can go."""
    return lambda trial: a.Erase([e.seq for e in trial.entries() if e.payload is not None][-1 - back], "a name")


ACTS = st.one_of(
    st.builds(a.Screen, WHO, st.just("S01"), DAYS, st.sampled_from([None, "one person"])),
    st.builds(a.Consent, WHO, DAYS),
    st.builds(recorded, WHO, st.integers(45, 60), st.sampled_from(["", "typo"])),
    st.builds(a.CorrectValue, WHO, st.just("screening"), st.just("baseline"), st.just("age"), st.integers(45, 60), st.just("typo")),
    st.builds(a.Enroll, WHO, DAYS),
    st.builds(a.Randomize, WHO, DAYS),
    st.builds(a.MarkInError, WHO, st.just("not eligible")),
    st.builds(a.RecordTrueStratum, WHO, st.fixed_dictionaries({"sex": st.sampled_from("FM")}), st.just("misread")),
    st.builds(a.Withdraw, WHO, DAYS, st.sampled_from(["tired", "moved"]), st.sampled_from(EXTENTS)),
    st.builds(a.Withdraw, WHO, DAYS, st.sampled_from(["tired", "moved"]), st.sampled_from(EXTENTS)),
    st.builds(a.ReportDeviation, WHO, DAYS, st.just("visit"), st.just("late")),
    st.builds(a.RaiseQuery, WHO, st.just({"en": "Is it so?"})),
    st.builds(
        a.Unblind, WHO, st.sampled_from(["emergency", "inadvertent"]), st.just("he fell"), known_to=st.sampled_from(["", "chen"]),
        date=st.sampled_from([None, None, SPRING, AUTUMN]),
    ),
    st.builds(erase, st.integers(0, 4)),
)  # fmt: skip


MENDING = st.one_of(
    ACTS,
    st.builds(a.EndWithdrawal, WHO, st.sampled_from(EXTENTS), st.just("came back"), st.sampled_from([None, SPRING, AUTUMN])),
    st.builds(a.Strike, WHO, st.just("screening"), st.just("baseline"), st.just("another's"), to_participant=st.sampled_from([None, "P1", "P2"])),
    st.builds(
        a.CorrectDate, WHO, st.sampled_from(["screening", "consent", "enrollment", "randomization", "withdrawal"]),
        DAYS, st.just("typo"), extent=st.sampled_from([None, *EXTENTS]),
    ),
    st.builds(a.FailScreening, WHO, DAYS, st.just("too old")),
    st.builds(a.Draft, WHO, st.just("screening"), st.just("baseline"), st.fixed_dictionaries({"age": st.integers(45, 60)})),
    st.builds(a.Transfer, WHO, st.sampled_from(["S01", "S02"]), DAYS, st.just("moved")),
)  # fmt: skip


def played(acts: list[Any], *, ready: int = 0) -> Trial:
    """A trial in which all of it was asked for; what is refused is refused. The first `ready` participants come randomized."""
    trial = open_trial("randomization: {blinding: single}")
    trial.clock.append(TODAY)
    for place in range(ready):
        trial.randomized(f"P{place + 1}")
    for act in acts:
        asked = act(trial) if callable(act) else act
        who = {a.Erase: "custodian", a.RaiseQuery: "zhao", a.Transfer: "ma"}.get(type(asked), "li")
        try:
            trial.desk.perform(asked, as_=who)
        except Refusal:
            pass
    return trial


def cut_of(trial: Trial) -> Any:
    study = SimpleNamespace(
        folder=None,
        protocol=trial.desk.protocol,
        protocol_digest="",
        store=trial.store,
        secret=lambda: SECRET,
        reader=everything,
    )
    return freeze(study)


def plain(trial: Trial) -> dict[str, dict[str, Any]]:
    """What the entries say of each participant, read one by one; no shape and no declaration of the desk's."""
    people: dict[str, dict[str, Any]] = {}
    for entry in trial.entries():
        if entry.kind == "screened":
            people[entry.participant or ""] = {
                "site": entry.site, "screened": entry.payload["date"], "consented": None, "enrolled": None, "randomized": None,
                "arm": None, "used": {}, "true": {}, "in_error": None, "other": None, "left": {}, "deviations": 0, "records": {},
                "consents": [], "unblinded": [],
            }  # fmt: skip
        if entry.participant in people:
            _read(people[entry.participant], entry)
    for known in people.values():
        ended = [
            (day, place, extent, why)
            for place, (extent, (day, why)) in enumerate(known["left"].items())
            if extent != "treatment"
        ]
        known["withdrawn"] = None if not ended else (min(ended)[0], *min(ended)[2:])
        known["unblinded"] = min(known["unblinded"], key=lambda one: one[0], default=(None, None))
        given = known.pop("consents")
        known["consented"] = given[0] if given else None
    return people


def _read(known: dict[str, Any], entry: Entry) -> None:
    said = entry.payload or {}
    key = tuple(said.get(name) for name in ("visit", "occurrence", "form"))
    if entry.kind == "consented":
        known["consents"].append(said["date"])
    elif entry.kind == "enrolled":
        known["enrolled"] = said["date"]
    elif entry.kind == "transferred":
        known["site"] = said["to"]
    elif entry.kind == "record_struck":
        known["records"].pop(key, None)
    elif entry.kind == "withdrawal_ended":
        known["left"].pop(said["extent"], None)
    elif entry.kind == "date_corrected":
        _date(known, said)
    elif entry.kind == "allocated":
        content = unseal(SECRET, "DEMO", said["position"], said["sealed"], participant=entry.participant or "")
        known |= {"randomized": said["date"], "used": said["factors"], "arm": content["arm"]}
    elif entry.kind == "true_stratum_recorded":
        known["true"] = known["true"] | said["factors"]
    elif entry.kind == "allocation_marked_in_error":
        known["in_error"] = said["reason"]
    elif entry.kind == "duplicate_suspected":
        known["other"] = said["other"]
    elif entry.kind == "unblinded":
        known["unblinded"].append((said["date"], said["category"]))
    elif entry.kind == "withdrawn":
        known["left"][said["extent"]] = (said["date"], said["reason"])
    elif entry.kind == "deviation_reported":
        known["deviations"] += 1
    elif entry.kind == "form_recorded" and said:
        known["records"][key] = dict(said["values"])
    elif entry.kind == "value_corrected" and key in known["records"]:
        known["records"][key][said["item"]] = said["new"]


def _date(known: dict[str, Any], said: dict[str, Any]) -> None:
    if said["event"] == "consent":
        known["consents"][known["consents"].index(said["was"])] = said["date"]
    elif said["event"] == "withdrawal":
        known["left"][said["extent"]] = (said["date"], known["left"][said["extent"]][1])
    else:
        name = {"screening": "screened", "enrollment": "enrolled", "randomization": "randomized"}[said["event"]]
        known[name] = said["date"]


def desk_says(trial: Trial) -> dict[str, dict[str, Any]]:
    """The state that a replay gives."""
    state = replay("DEMO", trial.entries())
    return {
        person.id: {
            "site": person.site, "screened": person.screened, "consented": person.consents[0][0] if person.consents else None,
            "enrolled": person.enrolled, "randomized": person.randomized, "used": dict((person.allocation or {}).get("factors", {})),
            "true": dict(person.true_factors or {}), "in_error": person.in_error_reason, "other": person.duplicate_of,
            "left": {one.extent: (one.date, one.reason) for one in person.withdrawals}, "deviations": len(person.deviations),
            "withdrawn": None if person.left is None else (person.left.date, person.left.extent, person.left.reason),
            "records": {key: dict(record.values) for key, record in person.records.items()},
            "unblinded": (None, None) if (one := person.unblinded) is None else (one.date, one.category),
        }
        for person in state.participants.values()
    }  # fmt: skip


def cut_says(trial: Trial) -> dict[str, dict[str, Any]]:
    """The frozen tables."""
    cut = cut_of(trial)
    gone = Counter(who for _, kind, who in cut.erased if kind == "deviation_reported")
    reported = Counter(cut.deviations["participant"].to_list()) + gone
    records: dict[str, dict[Any, dict[str, Any]]] = {}
    for form, table in cut.tables.items():
        items = [item.id for item in trial.desk.protocol.form_by_id[form.partition(".")[0]].items]
        for row in table.to_dicts():
            kept = {item: _as_recorded(row[item]) for item in items}
            records.setdefault(row["participant"], {})[row["visit"], row["occurrence"], form] = kept
    found = {}
    for row in cut.participants.to_dicts():
        day = {
            name.removesuffix("_date"): None if on is None else on.isoformat()
            for name, on in row.items()
            if name.endswith("_date")
        }
        for name in (
            "consented",
            "enrolled",
            "randomized",
            "withdrawn",
            "stopped_treatment",
            "left_follow_up",
            "withdrew_consent",
            "unblinded",
        ):
            assert row[name] == (day[name] is not None), name
        ways = zip(EXTENTS, ("stopped_treatment", "left_follow_up", "withdrew_consent"), strict=True)
        found[row["participant"]] = {
            **{name: day[name] for name in ("screened", "consented", "enrolled", "randomized")},
            "site": row["site"], "arm": row["arm"], "in_error": row["in_error_reason"], "other": row["duplicate_of"],
            "used": {f[5:]: level for f, level in row.items() if f.startswith("used_") and level is not None},
            "true": {f[5:]: level for f, level in row.items() if f.startswith("true_") and level is not None},
            "left": {extent: (day[name], row[f"{name}_reason"]) for extent, name in ways if row[name]},
            "withdrawn": (day["withdrawn"], row["withdrawn_extent"], row["withdrawn_reason"]) if row["withdrawn"] else None,
            "unblinded": (day["unblinded"], row["unblinding_category"]),
            "deviations": reported[row["participant"]], "records": records.get(row["participant"], {}),
        }  # fmt: skip
    return found


def _as_recorded(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.1f}" if isinstance(value, float) else value


def check_same(trial: Trial) -> None:
    entries, desk, cut = plain(trial), desk_says(trial), cut_says(trial)
    assert desk.keys() == cut.keys() == entries.keys()
    for who, known in entries.items():
        assert cut[who] == known, who
        assert desk[who] == {name: value for name, value in known.items() if name != "arm"}, who
    check_origins(trial)


def check_origins(trial: Trial) -> None:
    """The entry that a built-in date is traced to is one that says it."""
    cut = cut_of(trial)
    said = {entry.seq: entry.payload for entry in trial.entries()}
    days = {row["participant"]: row for row in cut.participants.to_dicts()}
    for row in cut.provenance.filter(pl.col("form") == "").to_dicts():
        if row["item"].endswith("_date"):
            assert str(days[row["participant"]][row["item"]]) == said[row["seqs"][0]]["date"], row


QUICK = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)  # fmt: skip


@QUICK
@given(acts=st.lists(ACTS, max_size=14), ready=st.integers(0, 2))
def test_the_desk_and_the_cut_say_the_same_of_everybody(acts, ready):
    check_same(played(acts, ready=ready))


@settings(QUICK, max_examples=60)
@given(acts=st.lists(MENDING, max_size=14), ready=st.integers(1, 2))
def test_what_is_put_right_is_put_right_for_the_desk_and_the_cut_alike(acts, ready):
    check_same(played(acts, ready=ready))


LEAVING = (
    a.Withdraw("P1", SPRING, "tired of the drug", "treatment"),
    a.Withdraw("P1", AUTUMN, "moved away", "follow_up"),
)


def test_a_stop_of_treatment_and_leaving_later_keep_each_their_day_extent_and_reason():
    trial = played(list(LEAVING), ready=1)
    check_same(trial)
    (row,) = cut_of(trial).participants.to_dicts()
    assert (row["withdrawn_date"], row["withdrawn_extent"], row["withdrawn_reason"]) == (
        date(2024, 9, 15), "follow_up", "moved away",
    )  # fmt: skip
    assert (row["stopped_treatment_date"], row["stopped_treatment_reason"]) == (date(2024, 2, 15), "tired of the drug")


def test_a_stop_of_treatment_alone_is_no_withdrawal():
    trial = played(list(LEAVING[:1]), ready=1)
    check_same(trial)
    (row,) = cut_of(trial).participants.to_dicts()
    assert (row["withdrawn"], row["withdrawn_date"], row["stopped_treatment"]) == (False, None, True)


@pytest.mark.parametrize("order", [LEAVING, LEAVING[::-1]])
def test_leaving_is_the_earliest_end_of_follow_up_whatever_was_recorded_first(order):
    consent = a.Withdraw("P1", "2024-05-01", "no more", "consent")
    (row,) = cut_of(played([*order, consent], ready=1)).participants.to_dicts()
    assert (row["withdrawn_date"], row["withdrawn_extent"]) == (date(2024, 5, 1), "consent")


def test_control_a_cut_that_gives_the_first_day_the_last_extent_is_caught(monkeypatch):
    """As it was: the first date stood, and each later withdrawal wrote over extent and reason."""
    kept = cutting._disposition

    def overwriting(people):
        for name, values in kept(people):
            if name in ("withdrawn_extent", "withdrawn_reason"):
                part = name.removeprefix("withdrawn_")
                values = [getattr(person.withdrawals[-1], part) if person.withdrawals else None for person in people]
            yield name, values

    monkeypatch.setattr(cutting, "_disposition", overwriting)
    with pytest.raises(AssertionError):
        check_same(played([*LEAVING[::-1]], ready=1))
    with pytest.raises(AssertionError):
        test_the_desk_and_the_cut_say_the_same_of_everybody()


def test_control_a_kind_that_forgets_the_earlier_withdrawal_is_caught(monkeypatch):
    """Both readers would say the same, and both would be wrong: the plain reading notices."""

    def overwriting(person, entry, said):
        first = person.withdrawals[0].date if person.withdrawals else said["date"]
        person.withdrawals[:] = [Withdrawal(first, said["extent"], said["reason"], entry.seq)]

    object.__setattr__(participation.WITHDRAWN, "on_person", overwriting)
    try:
        assert kinds.KIND_OF["withdrawn"].on_person is overwriting
        with pytest.raises(AssertionError):
            check_same(played(list(LEAVING), ready=1))
    finally:
        object.__setattr__(participation.WITHDRAWN, "on_person", participation._withdrawn)
    check_same(played(list(LEAVING), ready=1))


def test_control_a_cut_that_does_not_apply_corrections_is_caught(monkeypatch):
    monkeypatch.setattr(cutting, "_correct", lambda *_: None)
    with pytest.raises(AssertionError):
        test_the_desk_and_the_cut_say_the_same_of_everybody()
