"""The acts: one file each, which ends in its declaration. To add one: write its file and name it in `ACTS`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.conduct.acts import (
    accept_restored,
    amend,
    consent,
    consent_part,
    correct_date,
    correct_value,
    draft,
    end_withdrawal,
    enroll,
    enter_envelope,
    erase,
    fail_screening,
    make_envelopes,
    map_account,
    note_balance,
    note_checkpoint,
    note_copy,
    note_cut,
    note_import,
    note_reading,
    randomize,
    record_allocation,
    record_form,
    report_deviation,
    review_access,
    review_trail,
    screen,
    strike,
    take_list,
    transfer,
    unblind,
    unseal,
    withdraw,
)
from equipoise.conduct.acts.accept_restored import AcceptRestored
from equipoise.conduct.acts.act import Act, ActKind
from equipoise.conduct.acts.after_allocation import MARK_IN_ERROR, RECORD_TRUE_STRATUM, MarkInError, RecordTrueStratum
from equipoise.conduct.acts.agree import AGREE, DECLINE, Agree, Decline
from equipoise.conduct.acts.amend import ADOPT, Adopt, Amend
from equipoise.conduct.acts.appoint import APPOINT, DISMISS, Appoint, Dismiss
from equipoise.conduct.acts.consent import Consent
from equipoise.conduct.acts.consent_part import ConsentPart
from equipoise.conduct.acts.correct_date import CorrectDate
from equipoise.conduct.acts.correct_value import CorrectValue
from equipoise.conduct.acts.draft import Draft
from equipoise.conduct.acts.end_withdrawal import EndWithdrawal
from equipoise.conduct.acts.enroll import Enroll
from equipoise.conduct.acts.enter_envelope import EnterEnvelope
from equipoise.conduct.acts.erase import Erase
from equipoise.conduct.acts.fail_screening import FailScreening
from equipoise.conduct.acts.lock import LOCK, UNLOCK, Lock, Unlock
from equipoise.conduct.acts.make_envelopes import MakeEnvelopes
from equipoise.conduct.acts.map_account import MapAccount
from equipoise.conduct.acts.note_balance import NoteBalance
from equipoise.conduct.acts.note_checkpoint import NoteCheckpoint
from equipoise.conduct.acts.note_copy import NoteCopy
from equipoise.conduct.acts.note_cut import NoteCut
from equipoise.conduct.acts.note_import import NoteImport
from equipoise.conduct.acts.note_reading import NoteReading
from equipoise.conduct.acts.open_site import CLOSE_SITE, OPEN_SITE, CloseSite, OpenSite
from equipoise.conduct.acts.pause import PAUSE, RESUME, Pause, Resume
from equipoise.conduct.acts.query import ANSWER_QUERY, CLOSE_QUERY, RAISE_QUERY, AnswerQuery, CloseQuery, RaiseQuery
from equipoise.conduct.acts.randomize import Randomize
from equipoise.conduct.acts.record_allocation import RecordAllocation
from equipoise.conduct.acts.record_form import Accepted, RecordForm
from equipoise.conduct.acts.report_deviation import ReportDeviation
from equipoise.conduct.acts.review_access import ReviewAccess
from equipoise.conduct.acts.review_trail import ReviewTrail
from equipoise.conduct.acts.screen import Screen
from equipoise.conduct.acts.strike import Strike
from equipoise.conduct.acts.take_list import TakeList
from equipoise.conduct.acts.transfer import Transfer
from equipoise.conduct.acts.unblind import Unblind
from equipoise.conduct.acts.unseal import Unseal
from equipoise.conduct.acts.withdraw import Withdraw

__all__ = [
    "ACTS",
    "ACT_BY_NAME",
    "ACT_OF",
    "LABEL_OF",
    "AcceptRestored",
    "Accepted",
    "Act",
    "ActKind",
    "Adopt",
    "Agree",
    "Amend",
    "AnswerQuery",
    "Appoint",
    "CloseQuery",
    "CloseSite",
    "Consent",
    "ConsentPart",
    "CorrectDate",
    "CorrectValue",
    "Decline",
    "Dismiss",
    "Draft",
    "EndWithdrawal",
    "Enroll",
    "EnterEnvelope",
    "Erase",
    "FailScreening",
    "Lock",
    "MakeEnvelopes",
    "MapAccount",
    "MarkInError",
    "NoteBalance",
    "NoteCheckpoint",
    "NoteCopy",
    "NoteCut",
    "NoteImport",
    "NoteReading",
    "OpenSite",
    "Pause",
    "RaiseQuery",
    "Randomize",
    "RecordAllocation",
    "RecordForm",
    "RecordTrueStratum",
    "ReportDeviation",
    "Resume",
    "ReviewAccess",
    "ReviewTrail",
    "Screen",
    "Strike",
    "TakeList",
    "Transfer",
    "Unblind",
    "Unlock",
    "Unseal",
    "Withdraw",
]

ACTS: tuple[ActKind, ...] = (
    OPEN_SITE,
    CLOSE_SITE,
    APPOINT,
    DISMISS,
    map_account.ACT,
    review_access.ACT,
    review_trail.ACT,
    screen.ACT,
    consent.ACT,
    record_form.ACT,
    correct_value.ACT,
    enroll.ACT,
    randomize.ACT,
    record_allocation.ACT,
    enter_envelope.ACT,
    make_envelopes.ACT,
    take_list.ACT,
    MARK_IN_ERROR,
    RECORD_TRUE_STRATUM,
    withdraw.ACT,
    draft.ACT,
    strike.ACT,
    correct_date.ACT,
    consent_part.ACT,
    end_withdrawal.ACT,
    fail_screening.ACT,
    transfer.ACT,
    report_deviation.ACT,
    RAISE_QUERY,
    ANSWER_QUERY,
    CLOSE_QUERY,
    PAUSE,
    RESUME,
    LOCK,
    UNLOCK,
    amend.ACT,
    ADOPT,
    erase.ACT,
    unblind.ACT,
    unseal.ACT,
    AGREE,
    DECLINE,
    note_cut.ACT,
    note_balance.ACT,
    note_checkpoint.ACT,
    note_import.ACT,
    note_reading.ACT,
    note_copy.ACT,
    accept_restored.ACT,
)
"""Every act."""
ACT_OF: Mapping[type[Any], ActKind] = {act.asks: act for act in ACTS}
ACT_BY_NAME: Mapping[str, type[Any]] = {act.right: act.asks for act in ACTS if act.asked_by_name}
"""The names by which a command or a file asks for an act."""
LABEL_OF: Mapping[str, tuple[str, str]] = {
    **{act.right: act.label for act in ACTS},
    "see_participants": ("read what was recorded of participants", "查看受试者记录"),
    "see_results": ("read results by arm while the trial runs", "在试验进行期间查看分组结果"),
}
"""What each right lets a person do, in English and Chinese."""
