"""Who may do what where: every role, every act, own site, another site, the whole study, against a table written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from equipoise.conduct import acts as a
from equipoise.conduct.authority import authorize, may, roles_of
from equipoise.conduct.state.state import Person, StudyState
from equipoise.findings import Refusal
from equipoise.roles import READS, RIGHTS
from tests.conduct.small_trial import DAY, TODAY, full_protocol, open_trial

ROLES = (
    "custodian",
    "importer",
    "investigator",
    "coordinator",
    "trial_manager",
    "unblinded_statistician",
    "safety_physician",
    "monitor",
    "data_manager",
    "inspector",
)
# s: anywhere in the study; o: at the own site only; - : denied. In the order of ROLES.
TABLE = """
open_site            s s - - s - - - - -
close_site           s - - - s - - - - -
appoint              s - - - s - - - - -
dismiss              s - - - s - - - - -
screen               - s o o - - - - - -
consent              - s o o - - - - - -
consent_part         - - o o - - - - - -
record               - s o o - - - - - -
draft                - - o o - - - - - -
strike               - - o o - - - - - -
correct_date         - - o - - - - - - -
fail_screening       - - o o - - - - - -
end_withdrawal       - - o - - - - - - -
transfer             - - - - s - - - - -
correct              - s o o - - - - - -
enroll               - s o - - - - - - -
randomize            - s o - - - - - - -
record_allocation    - s o - - - - - - -
enter_envelope       - - o - - - - - - -
make_envelopes       - - - - - s - - - -
take_list            - - - - - s - - - -
mark_in_error        - - o - - - - - - -
record_true_stratum  - - o - - - - - - -
withdraw             - s o - - - - - - -
report_deviation     - s o o s - - - - -
raise_query          - - - - - - - s s -
answer_query         - - o o - - - - - -
close_query          - - - - - - - s s -
pause                s - - - s - - - - -
resume               s - - - s - - - - -
lock                 s - - - - - - - - -
unlock               s - - - - - - - - -
amend                s - - - - - - - - -
adopt                s - - - s - - - - -
erase                s - - - - - - - - -
checkpoint           s - - - s - - - s -
import               s - - - - - - - - -
see_allocation       - - o - - s - - - -
unseal               s - - - - s - - - -
unblind              - - o - - - s - - -
accept_restored      s - - - - - - - - -
cut                  s - - - s s - - s -
review_trail         - - - - - - - s s -
see_participants     s - o o s s s s s s
see_results          - - - - - s - - - -
"""
EXPECTED = {
    (role, line.split()[0]): cell
    for line in TABLE.strip().splitlines()
    for role, cell in zip(ROLES, line.split()[1:], strict=True)
}
PROTOCOL = full_protocol()


def appointed(role: str) -> StudyState:
    """A study in which `p` holds the role, at S01 where it belongs to a site."""
    site = "S01" if roles_of(PROTOCOL)[role].own_site_only else None
    who = named(role)
    return StudyState("DEMO", people={who: Person(who, "P", [(role, site)])})


def named(role: str) -> str:
    """Who holds the role in these tests: the importer is one person of that name."""
    return role if role == "importer" else "p"


def found(role: str, right: str) -> str:
    """What the code grants, as a cell of the table."""
    state = appointed(role)
    own, other, whole = (may(state, PROTOCOL, named(role), right, site, day=TODAY) for site in ("S01", "S02", None))
    return {(True, True, True): "s", (True, False, False): "o", (False, False, False): "-"}[own, other, whole]


def test_the_table_holds_every_role_and_every_act():
    assert {role for role, _ in EXPECTED} == set(roles_of(PROTOCOL))
    assert {right for _, right in EXPECTED} == set(RIGHTS) | {f"see_{one}" for one in READS}
    # Whoever may ask for it may agree to it or decline it, whoever may read leaves the note of it, and whoever appoints
    # maps accounts and reviews who may what: no role grants these by themselves.
    of_others = {"agree", "decline", "note_reading", "note_copy", "map_account", "review_access"}
    assert {act.right for act in a.ACTS} | {"see_allocation"} == set(RIGHTS) | of_others


@pytest.mark.parametrize(("role", "right"), EXPECTED)
def test_every_cell_is_as_the_table_says(role, right):
    assert found(role, right) == EXPECTED[role, right]
    # What authorize answers at the three places is what may says.
    for site in ("S01", "S02", None):
        try:
            allowed = authorize(appointed(role), PROTOCOL, named(role), right, site, day=TODAY) == role
        except Refusal as refusal:
            allowed = False
            assert all(finding.code.startswith("authority.") for finding in refusal.findings)
        assert allowed is may(appointed(role), PROTOCOL, named(role), right, site, day=TODAY)


def test_an_unknown_act_is_denied_to_everybody():
    for role in ROLES:
        assert not may(appointed(role), PROTOCOL, named(role), "burn_the_files", "S01", day=TODAY)


def test_a_role_that_nobody_defines_grants_nothing():
    state = StudyState("DEMO", people={"p": Person("p", "P", [("emperor", None)])})
    with pytest.raises(Refusal) as refusal:
        authorize(state, PROTOCOL, "p", "screen", "S01", day=TODAY)
    assert refusal.value.findings[0].code == "authority.not_granted"


def test_whoever_was_appointed_at_a_site_acts_there_alone_whatever_the_role_allows():
    state = StudyState("DEMO", people={"p": Person("p", "P", [("trial_manager", "S01")])})
    assert [may(state, PROTOCOL, "p", "pause", site, day=TODAY) for site in ("S01", "S02", None)] == [
        True,
        False,
        False,
    ]


def test_whoever_was_dismissed_may_nothing():
    trial = open_trial()
    trial.do(a.Dismiss("chen", "coordinator", "S01"), as_="ma")
    assert trial.codes(a.Screen("P1", "S01", DAY), as_="chen") == ["authority.nobody"]


def test_a_role_of_the_protocol_takes_the_place_of_the_defaults():
    protocol = full_protocol(
        "roles: [{id: nurse, label: {en: Nurse, zh: 护士}, acts: [screen]}, {id: custodian, label: {en: C, zh: 保}, acts: [appoint], own_site_only: false}]"
    )
    assert set(roles_of(protocol)) == {"custodian", "importer", "inspector", "nurse"}
    assert roles_of(protocol)["custodian"].acts == ("appoint",)


PARTICIPANT_ACTS: dict[str, Any] = {
    "screen": a.Screen("NEW", "S01", DAY),
    "consent": a.Consent("P1", DAY),
    "record": a.RecordForm("P1", "notes", "remark", {"remark_text": "x"}, observed=DAY),
    "correct": a.CorrectValue("P1", "screening", "baseline", "age", 52, "typo"),
    "consent_part": a.ConsentPart("P1", "samples", "agrees", DAY),
    "draft": a.Draft("P1", "screening", "checkup", {"height": "170.0"}),
    "strike": a.Strike("P1", "screening", "baseline", "another person's"),
    "correct_date": a.CorrectDate("P1", "screening", "2024-01-31", "mistyped"),
    "fail_screening": a.FailScreening("P1", DAY, "too old"),
    "end_withdrawal": a.EndWithdrawal("P1", "follow_up", "came back", DAY),
    "transfer": a.Transfer("P1", "S02", DAY, "moved"),
    "enroll": a.Enroll("P1", DAY),
    "randomize": a.Randomize("P1", DAY),
    "record_allocation": a.RecordAllocation("P1", DAY, "A", "list"),
    "enter_envelope": a.EnterEnvelope("P1", "1-001", "A", "Li", DAY, "no power"),
    "mark_in_error": a.MarkInError("P1", "not eligible"),
    "record_true_stratum": a.RecordTrueStratum("P1", {"sex": "M"}, "typo"),
    "withdraw": a.Withdraw("P1", DAY, "moved away"),
    "report_deviation": a.ReportDeviation("P1", DAY, "visit", "late"),
    "raise_query": a.RaiseQuery("P1", {"en": "Is the age right?"}, "screening", "baseline", item="age"),
    "answer_query": a.AnswerQuery("P1", "Q0001", "It is."),
    "close_query": a.CloseQuery("P1", "Q0001", "seen in the source"),
}
STUDY_ACTS: dict[str, Any] = {
    "open_site": a.OpenSite("S02", DAY),
    "close_site": a.CloseSite("S02", DAY),
    "appoint": a.Appoint("new", "New", "monitor"),
    "dismiss": a.Dismiss("zhou", "investigator", "S01"),
    "pause": a.Pause("safety"),
    "resume": a.Resume("safe"),
    "lock": a.Lock("final"),
    "unlock": a.Unlock("late data"),
    "adopt": a.Adopt("S01", "1.0", DAY, "2024-03-01"),
    "amend": a.Amend(full_protocol("study: {version: '2.0'}"), "f" * 64, "longer"),
    "erase": a.Erase(999, "a name"),
    "checkpoint": a.NoteCheckpoint(1, "0" * 64, "safe"),
    "import": a.NoteImport("i", {"name": "f.csv"}, {"name": "m.yaml"}),
    "unseal": a.Unseal("analysis"),
    "make_envelopes": a.MakeEnvelopes(2),
    "take_list": a.TakeList("f" * 64, 4, 2),
    "review_trail": a.ReviewTrail(1, "clear", "compared with the source"),
    "cut": a.NoteCut("c1", 1, "0" * 64),
    "accept_restored": a.AcceptRestored(9, "0" * 64, "2024-03-01T00:00", "there", "disk lost"),
}


@pytest.mark.parametrize("right", [*PARTICIPANT_ACTS, *STUDY_ACTS])
def test_the_desk_lets_those_roles_pass_and_no_others(right):
    act = PARTICIPANT_ACTS.get(right) or STUDY_ACTS[right]
    for role in set(ROLES) - {"importer"}:  # to which nobody is appointed
        trial = open_trial()
        trial.randomized()
        site = "S01" if roles_of(trial.desk.protocol)[role].own_site_only else None
        who = role if role == "custodian" else "p"
        if role != "custodian":
            trial.do(a.Appoint("p", "P", role, site), as_="custodian")
        try:
            trial.desk.perform(act, as_=who)
            denied = False
        except Refusal as refusal:
            denied = any(finding.code.startswith("authority.") for finding in refusal.findings)
        assert denied is (EXPECTED[role, right] == "-"), role
        trial.check_whole()


@pytest.mark.parametrize("right", PARTICIPANT_ACTS)
def test_nobody_acts_on_a_participant_of_another_site(right):
    trial = open_trial()
    trial.randomized()
    act = PARTICIPANT_ACTS[right]
    before = trial.head()
    elsewhere = "not_granted" if EXPECTED["investigator", right] == "-" else "other_site"
    assert trial.codes(act, as_="wang") == [f"authority.{elsewhere}"]
    assert trial.kinds(before) == ["refused"]
