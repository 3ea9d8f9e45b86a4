"""A small trial with people appointed and participants ready for chance, and the checks that the failures share.

Every check takes what it judges as an argument, so that a control can hand it something broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from equipoise.canonical import canonical_bytes
from equipoise.conduct.acts import Act, Appoint, Consent, Enroll, OpenSite, Randomize, RecordForm, Screen
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.beginning import open_ledger
from equipoise.conduct.replay.receipt import Receipt
from equipoise.findings import Refusal
from equipoise.ledger import Entry, MemoryStore, Store
from equipoise.ledger.verify import verify_chain
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization import Scheme, allocate_in_turn
from equipoise.randomization.from_spec import scheme_of
from equipoise.randomization.rederive import RecordedAllocation, content_of, rederive
from equipoise.randomization.sealing import unseal
from tests.spec.minimal import minimal_protocol

SECRET = bytes(range(32))
DAY = "2024-02-02"
NOW = datetime(2024, 2, 2, 9, tzinfo=UTC)
# The default roles: the investigator may also mark an error and record the true stratum.
DEFAULT_ROLES: dict[str, Any] = {"roles": None}
PEOPLE = (
    ("li", "investigator", "S01"),
    ("zhou", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
)


def appoint(desk: Desk, *, sites: Sequence[str] = ("S01", "S02"), date: str = DAY) -> None:
    """Open the sites and appoint the people."""
    for site in sites:
        desk.perform(OpenSite(site, date), as_="custodian")
    for person, role, at in PEOPLE:
        desk.perform(Appoint(person, person.title(), role, at), as_="custodian")


def make_ready(desk: Desk, names: Iterable[str], *, site: str = "S01", date: str = DAY, **baseline: Any) -> None:
    """Screen, consent, record and enroll: all that comes before chance."""
    who = {"S01": "li", "S02": "wang"}[site]
    values = {"visit_date": date, "age": 50, "sex": "F", "weight": "60.0"} | baseline
    with desk.batch():
        for name in names:
            for act in (
                Screen(name, site, date),
                Consent(name, date),
                RecordForm(name, "screening", "baseline", values),
                Enroll(name, date),
            ):
                desk.perform(act, as_=who)


@dataclass
class Clinic:
    """One study and one desk of it. The secret is known, so that what was drawn can be foretold."""

    desk: Desk

    @property
    def store(self) -> Store:
        return self.desk.store

    def entries(self, *kinds: str) -> list[Entry]:
        return list(self.store.read(self.desk.study, kinds=kinds or None))

    def ready(self, *names: str, **changes: Any) -> None:
        make_ready(self.desk, names, **changes)

    def randomize(self, name: str, *, as_: str = "li", act_id: str | None = None, date: str = DAY) -> Receipt:
        return self.desk.perform(Randomize(name, date), as_=as_, act_id=act_id)

    def refused(self, act: Act, *, as_: str = "li", act_id: str | None = None) -> Refusal:
        """The refusal of an act; it must be on the ledger as well, with who asked, and nothing else beside it."""
        before = self.store.head(self.desk.study).seq
        with pytest.raises(Refusal) as caught:
            self.desk.perform(act, as_=as_, act_id=act_id)
        added = list(self.store.read(self.desk.study, after=before))
        assert [(entry.kind, entry.actor) for entry in added] == [("refused", as_)]
        assert [said["code"] for said in added[0].payload["findings"]] == codes(caught.value)
        return caught.value

    def another_desk(self, **options: Any) -> Desk:
        """A desk beside the first, or the first after a restart: it knows nothing but the ledger."""
        desk = self.desk
        return Desk(desk.protocol, options.pop("store", desk.store), lambda: SECRET, desk.clock, digest=desk.digest)


def codes(refusal: Refusal) -> list[str]:
    return [finding.code for finding in refusal.findings]


def clinic(
    *changes: Any,
    store: Store | None = None,
    secret: bytes = SECRET,
    clock: Callable[[], datetime] = lambda: NOW,
    sites: Sequence[str] = ("S01", "S02"),
) -> Clinic:
    """A study on `store` (memory), under the minimal protocol with the default roles and `changes`."""
    protocol = minimal_protocol(DEFAULT_ROLES, *changes)
    digest = protocol_digest(protocol)
    store = MemoryStore() if store is None else store
    open_ledger(store, protocol, digest, secret, at=NOW)
    desk = Desk(protocol, store, lambda: secret, clock, digest=digest)
    appoint(desk, sites=sites)
    return Clinic(desk)


def allocated(store: Store, study: str) -> list[Entry]:
    return list(store.read(study, kinds=("allocated",)))


def check_one_slot_each(store: Store, study: str, names: Iterable[str]) -> None:
    """Everybody has one position, positions are 1 to n in the order of the ledger, and the ledger holds."""
    entries = allocated(store, study)
    assert sorted(entry.participant for entry in entries) == sorted(names)
    assert [entry.payload["position"] for entry in entries] == list(range(1, len(entries) + 1))
    places: dict[str, int] = {}
    for entry in entries:
        stratum = entry.payload["stratum"]
        places[stratum] = places.get(stratum, 0) + 1
        assert entry.payload["stratum_position"] == places[stratum]
    assert verify_chain(store, study).findings == ()


def opened(store: Store, study: str, secret: bytes) -> list[dict[str, Any]]:
    """What is under each seal, in order."""
    return [
        unseal(secret, study, entry.payload["position"], entry.payload["sealed"], participant=entry.participant)
        for entry in allocated(store, study)
    ]


def check_same_again(store: Store, study: str, secret: bytes, protocol: Protocol) -> None:
    """The secret and the factor values as used give every sealed allocation again, byte for byte (F28)."""
    scheme = scheme_of(protocol.randomization)
    factors = [entry.payload["factors"] for entry in allocated(store, study)]
    again = [canonical_bytes(content_of(made, 1)) for made in allocate_in_turn(scheme, secret, study, factors)]
    assert [canonical_bytes(content) for content in opened(store, study, secret)] == again
    assert findings_of_rederivation(store, study, secret, [scheme]) == []


def findings_of_rederivation(store: Store, study: str, secret: bytes, schemes: Sequence[Scheme]) -> list[str]:
    """The codes of what deriving everything again finds."""
    recorded = [
        RecordedAllocation(
            entry.participant or "",
            entry.payload["position"],
            tuple(sorted(entry.payload["factors"].items())),
            entry.payload["sealed"],
            entry.payload["scheme"]["version"],
        )
        for entry in allocated(store, study)
    ]
    return [finding.code for finding in rederive(schemes, secret, study, recorded)]
