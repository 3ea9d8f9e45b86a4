"""The acts: one file each, a frozen dataclass and a pure decision from state and act to facts.

To add one: write `acts/<name>.py`, give it a right that `roles.Act` knows, and name it in `DECISIONS` below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from difflib import get_close_matches
from typing import Any

from equipoise.conduct.acts.after_allocation import (
    MarkInError,
    RecordTrueStratum,
    decide_mark_in_error,
    decide_record_true_stratum,
)
from equipoise.conduct.acts.amend import Amend, decide_amend
from equipoise.conduct.acts.appoint import Appoint, Dismiss, decide_appoint, decide_dismiss
from equipoise.conduct.acts.consent import Consent, decide_consent
from equipoise.conduct.acts.correct_value import CorrectValue, decide_correct_value
from equipoise.conduct.acts.enroll import Enroll, decide_enroll
from equipoise.conduct.acts.erase import Erase, decide_erase
from equipoise.conduct.acts.lock import Lock, Unlock, decide_lock, decide_unlock
from equipoise.conduct.acts.note_checkpoint import NoteCheckpoint, decide_note_checkpoint
from equipoise.conduct.acts.note_cut import NoteCut, decide_note_cut
from equipoise.conduct.acts.note_import import NoteImport, decide_note_import
from equipoise.conduct.acts.open_site import CloseSite, OpenSite, decide_close_site, decide_open_site
from equipoise.conduct.acts.pause import Pause, Resume, decide_pause, decide_resume
from equipoise.conduct.acts.query import (
    AnswerQuery,
    CloseQuery,
    RaiseQuery,
    decide_answer_query,
    decide_close_query,
    decide_raise_query,
)
from equipoise.conduct.acts.randomize import Randomize, decide_randomize
from equipoise.conduct.acts.record_allocation import RecordAllocation, decide_record_allocation
from equipoise.conduct.acts.record_form import Accepted, RecordForm, decide_record_form
from equipoise.conduct.acts.report_deviation import ReportDeviation, decide_report_deviation
from equipoise.conduct.acts.screen import Screen, decide_screen
from equipoise.conduct.acts.unseal import Unseal, decide_unseal
from equipoise.conduct.acts.withdraw import Withdraw, decide_withdraw
from equipoise.findings import Finding, Refusal, Where, prose

__all__ = [
    "ACT_BY_NAME", "DECISIONS", "LEAVES", "Accepted", "Act", "Amend", "AnswerQuery", "Appoint", "CloseQuery", "CloseSite", "Consent",
    "CorrectValue", "Dismiss", "Enroll", "Erase", "Lock", "MarkInError", "NoteCheckpoint", "NoteCut", "NoteImport", "OpenSite",
    "Pause", "RaiseQuery", "Randomize", "RecordAllocation", "RecordForm", "RecordTrueStratum", "ReportDeviation", "Resume", "Screen", "Unlock", "Unseal",
    "Withdraw", "read_act",
]  # fmt: skip

Act = (
    OpenSite | CloseSite | Appoint | Dismiss | Screen | Consent | RecordForm | CorrectValue | Enroll | Randomize | RecordAllocation
    | MarkInError | RecordTrueStratum | Withdraw | ReportDeviation | Pause | Resume | Lock | Unlock | Amend | Erase | Unseal
    | NoteCut | NoteCheckpoint | NoteImport | RaiseQuery | AnswerQuery | CloseQuery
)  # fmt: skip

DECISIONS: Mapping[type[Any], Callable[..., list[Any]]] = {
    OpenSite: decide_open_site, CloseSite: decide_close_site, Appoint: decide_appoint, Dismiss: decide_dismiss,
    Screen: decide_screen, Consent: decide_consent, RecordForm: decide_record_form, CorrectValue: decide_correct_value,
    Enroll: decide_enroll, Randomize: decide_randomize, RecordAllocation: decide_record_allocation,
    MarkInError: decide_mark_in_error, RecordTrueStratum: decide_record_true_stratum, Withdraw: decide_withdraw,
    ReportDeviation: decide_report_deviation, Pause: decide_pause, Resume: decide_resume, Lock: decide_lock,
    Unlock: decide_unlock, Amend: decide_amend, Erase: decide_erase, Unseal: decide_unseal, NoteCut: decide_note_cut,
    NoteCheckpoint: decide_note_checkpoint, NoteImport: decide_note_import, RaiseQuery: decide_raise_query,
    AnswerQuery: decide_answer_query, CloseQuery: decide_close_query,
}  # fmt: skip
# The kinds of entries with which an accepted act begins: by them a repeated request is told from another one.
LEAVES: Mapping[type[Any], tuple[str, ...]] = {
    OpenSite: ("site_opened",), CloseSite: ("site_closed",), Appoint: ("person_appointed",), Dismiss: ("person_dismissed",),
    Screen: ("screened",), Consent: ("consented",), RecordForm: ("form_recorded", "value_corrected"),
    CorrectValue: ("value_corrected",), Enroll: ("enrolled",), Randomize: ("allocated",),
    RecordAllocation: ("allocation_recorded",), MarkInError: ("allocation_marked_in_error",),
    RecordTrueStratum: ("true_stratum_recorded",), Withdraw: ("withdrawn",), ReportDeviation: ("deviation_reported",),
    Pause: ("study_paused",), Resume: ("study_resumed",), Lock: ("locked",), Unlock: ("unlocked",), Amend: ("amended",),
    Erase: ("erased",), Unseal: ("allocations_unsealed",), NoteCut: ("cut_made",), NoteCheckpoint: ("checkpoint_signed",),
    NoteImport: ("file_imported",), RaiseQuery: ("query_raised", "query_reopened"), AnswerQuery: ("query_answered",),
    CloseQuery: ("query_closed",),
}  # fmt: skip
# The names by which a command or a file asks for an act. An amendment needs a whole protocol and an import a file: each has
# its own door.
ACT_BY_NAME: Mapping[str, type[Any]] = {kind.right: kind for kind in DECISIONS if kind not in (Amend, NoteImport)}


def read_act(name: str, given: Mapping[str, Any]) -> Act:
    """The act called `name` (a right: screen, record, ...) with its fields; raises Refusal with every fault."""
    given = {str(key): value.isoformat() if isinstance(value, date) else value for key, value in given.items()}
    kind = ACT_BY_NAME.get(name)
    if kind is None:
        near = get_close_matches(name, ACT_BY_NAME, 1)
        mend = f"Did you mean {near[0]}?" if near else "Choose one of them."
        raise Refusal(
            prose(
                "act.unknown",
                Where(path=name),
                f"there is no act `{name}`",
                f"the acts are {', '.join(sorted(ACT_BY_NAME))}",
                mend,
            )
        )
    known = {f.name: f for f in fields(kind)}
    needed = [f.name for f in known.values() if f.default is MISSING and f.default_factory is MISSING]
    takes = f"it takes {', '.join(known)}"
    found = [
        prose(
            "act.unknown_field", Where(path=f"{name}.{key}"), f"`{name}` has no `{key}`", takes, "Correct or remove it."
        )
        for key in given
        if key not in known
    ]
    found += [
        prose("act.missing_field", Where(path=f"{name}.{key}"), f"`{name}` needs `{key}`", takes, "Give it.")
        for key in needed
        if key not in given
    ]
    found += [
        fault
        for key in given
        if key in known and (fault := _shape_fault(name, key, given[key], known[key])) is not None
    ]
    if found:
        raise Refusal(found)
    if "accepted" in known and given.get("accepted"):
        given["accepted"] = tuple(Accepted(**blemish) for blemish in given["accepted"])
    made: Act = kind(**given)
    return made


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _mapping(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_text, value))


def _texts(value: Any) -> bool:
    return _mapping(value) and all(map(_text, value.values()))


def _row_lists(value: Any) -> bool:
    return _mapping(value) and all(
        isinstance(rows, (list, tuple)) and all(map(_mapping, rows)) for rows in value.values()
    )


def _blemishes(value: Any) -> bool:
    asked = {field.name for field in fields(Accepted)}
    return isinstance(value, (list, tuple)) and all(_texts(one) and one.keys() == asked for one in value)


# A field's annotation to what it takes, in words, and whether a value does. Items' own values are read by the form.
_SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "str": ("text", _text),
    "str | None": ("text", lambda value: value is None or _text(value)),
    "Extent": ("text", _text),
    "int": ("a whole number", _whole),
    "int | None": ("a whole number", lambda value: value is None or _whole(value)),
    "Any": ("a value", lambda value: not isinstance(value, (Mapping, list, tuple))),
    "Mapping[str, Any]": ("a mapping of item to value", _mapping),
    "Mapping[str, str]": ("a mapping of name to text", _texts),
    "Mapping[str, int]": (
        "a mapping of name to whole number",
        lambda value: _mapping(value) and all(map(_whole, value.values())),
    ),
    "Mapping[str, Sequence[Mapping[str, Any]]]": ("a mapping of group to a list of rows", _row_lists),
    "tuple[Accepted, ...]": ("a list of blemishes, each with id, item, original and reason", _blemishes),
}


def _shape_fault(name: str, key: str, value: Any, field: Field[Any]) -> Finding | None:
    """Text where text is asked for, numbers where numbers are, mappings where mappings are."""
    asked, fits = _SHAPES[str(field.type)]
    if fits(value):
        return None
    return prose(
        "act.field_type",
        Where(path=f"{name}.{key}"),
        f"`{key}` is {str(value)[:60]!r}",
        f"{asked} is asked for",
        "Correct it (in YAML, quote dates and numbers that are names).",
    )
