"""Who reads a study, resolved once: the person who was named, or the one whom this account of the computer stands for.

Leaving the name out never gives more than giving it: without it the account's own person reads. Until people sign in,
an account that may name others is believed; whose it is stands on the ledger, from the opening on.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from typing import Protocol as Shape

from equipoise.conduct.acts import MapAccount, NoteReading
from equipoise.conduct.authority import IMPORTER, DoorName, Reader
from equipoise.conduct.folder.account import is_owner, own_account
from equipoise.conduct.folder.words import refuse
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.state.state import Account, StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.findings import Refusal
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from equipoise.conduct.desk import Desk
    from equipoise.ledger import Store
    from equipoise.protocol.document import Protocol

__all__ = ["Speaker", "day_of_looking", "enter_reading", "find_reader", "is_running", "keep_refused"]


def day_of_looking(environment: str, last_entry_at: str, now: datetime | None = None) -> str:
    """The instant of a look, by which a query has waited and an appointment ended: now, or a rehearsal's last entry."""
    if environment == "rehearsal" and last_entry_at:
        return last_entry_at
    return (now or datetime.now(UTC)).astimezone(UTC).isoformat()


class Kept(Shape):
    """What is asked of a study on whose ledger it is entered that somebody was refused."""

    @property
    def id(self) -> str: ...
    @property
    def environment(self) -> str: ...
    @property
    def store(self) -> Store: ...
    def desk(self) -> Desk:
        """Its desk."""


def find_reader(
    folder: Path,
    protocol: Protocol,
    store: Store,
    named: str | None,
    enters: Callable[[str, Any], object] | None = None,
    keeps: Callable[[str, str, str | None, Refusal], object] | None = None,
) -> Reader:
    """The one person as whom a study is read. Raises Refusal for an account, or a name, that stands for nobody.

    `enters`: enters an act in a person's name; `keeps`: that a person was refused at a door, of a participant.
    """
    state, account = load_study(store, protocol.study.id), own_account()
    own = _own(state, is_owner(folder), account)
    who = own.person if own is not None else f"account:{account}"
    last = next(iter(store.read(protocol.study.id, after=state.seq - 1)), None)
    day = day_in_utc(day_of_looking(state.environment, last.at if last is not None else ""))
    try:
        own = _check_name(own, account, named)
        person = who = own.person if named is None else named
        reader = Reader(
            person,
            state,
            protocol,
            day,
            account if named is None else None,
            None if enters is None else lambda act: enters(person, act),
            None if keeps is None else lambda door, whom, refusal: keeps(person, door, whom, refusal),
        )
        reader.require(None)
    except Refusal as refusal:
        if keeps is not None:
            keeps(who, "", None, refusal)
        raise
    return reader


class Speaker:
    """Who this process is at the desk of the study in `folder`: by its account, whatever it says."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._account = folder, own_account()
        self._owns = is_owner(folder)

    def person(self, state: StudyState) -> str:
        """The person whom the account stands for; where that is nobody, the account's name."""
        own = _own(state, self._owns, self._account)
        return own.person if own is not None else f"account:{self._account}"

    def check(self, state: StudyState, act: object, named: str) -> None:
        """Raises Refusal unless this account may act (or be told of an act) as the person who was named.

        Whoever owns a study's folder may map an account although it is mapped to nobody yet: restored on another
        computer, a study would else be closed to everybody. The entry says who did so. The importer is nobody's name:
        it lives inside one import, which somebody began who was asked.
        """
        if named == IMPORTER or (isinstance(act, MapAccount) and act.account == self._account and self._owns):
            return
        _check_name(_own(state, self._owns, self._account), self._account, named)


def _check_name(own: Account | None, account: str, named: str | None) -> Account:
    if own is None:
        refuse("reading.unmapped", account, account=account)
    if named not in (None, own.person) and not own.names_others:
        refuse("reading.other", str(named)[:60], account=account, person=own.person, other=str(named)[:60])
    return own


def _own(state: StudyState, owns: bool, account: str) -> Account | None:
    """What the account stands for.

    Rehearsals and studies made before accounts were known name none at their opening: there, whoever owns the folder is
    the one who began the study.
    """
    if (known := state.accounts.get(account)) is not None:
        return known
    if (state.accounts and state.environment != "rehearsal") or not owns:
        return None
    first = next(iter(state.people), None)
    return None if first is None else Account(first, names_others=True)


def is_running(state: StudyState) -> bool:
    """Whether the trial still runs: its database is not locked. Until then results by arm are for the named."""
    return state.locked is None


@literals_checked
def enter_reading(
    reader: Reader, door: DoorName, seq: int, head: str, arms: str, participant: str | None = None
) -> None:
    """Enter that arms are read, before anything is shown; in a rehearsal nobody is concerned, and nothing is entered.

    Raises Refusal: also where the ledger cannot be written, while the trial runs.
    """
    if reader.state.environment == "rehearsal" or not is_running(reader.state) or reader.enters is None:
        return
    try:
        reader.enters(NoteReading(door, seq, head, arms, participant))
    except Refusal as refusal:
        if refusal.findings[0].code != "ledger.read_only":
            raise
        refuse("reading.not_entered", refusal.findings[0].where, door=door)


def keep_refused(study: Kept, person: str, door: str, participant: str | None, refusal: Refusal) -> None:
    """Enter that a look was refused, as a refused act is, where it can be entered.

    Not in a rehearsal, whose ledger is the same on every computer, and not where the ledger cannot be written, or does
    not hold: nothing was shown, and that is told as before.
    """
    if study.environment == "rehearsal":
        return
    with suppress(Refusal):
        head = study.store.head(study.id)
        asked = NoteReading(door, head.seq, head.hash, "", participant)
        study.desk().keep_refusal(asked, refusal, as_=person)
