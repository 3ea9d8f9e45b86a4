"""The only door: every change of a trial is decided here, inside the store's exclusive turn, and appended or refused.

Promises: the decision sees everything that was appended before it; the same act id gives the same receipt; a refusal is
an entry too; a batch is one transaction. Authority is denied by default. Refuses to know who asks the desk (web,
command line, importer, rehearsal).
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol as Shape

from equipoise.conduct.acts import ACT_OF, Act
from equipoise.conduct.acts.agree import ask_for_agreement
from equipoise.conduct.acts.reading import act_asked_for
from equipoise.conduct.acts.repeating import same_request
from equipoise.conduct.authority import IMPORTER, authorize
from equipoise.conduct.entries.allocation import ALLOCATED, UNDRAWN
from equipoise.conduct.entries.in_place import in_place, kept_of
from equipoise.conduct.following.by_rule import signed_by_rules
from equipoise.conduct.following.noticing import decide_notices
from equipoise.conduct.following.querying import decide_queries
from equipoise.conduct.guards import check_lengths, need_participant
from equipoise.conduct.refused import found_under, refused, writable
from equipoise.conduct.replay.kinds import KIND_OF
from equipoise.conduct.replay.loading import LOADED, load_participant, load_study
from equipoise.conduct.replay.projection import project
from equipoise.conduct.replay.receipt import Receipt, summarize, warnings_of
from equipoise.conduct.replay.replaying import apply
from equipoise.conduct.sheet.setting import Prepared, Setting
from equipoise.conduct.state.state import Allocated, AskedAct, ParticipantState, StudyState
from equipoise.conduct.state.versions import InForce, Version, day_in_utc, follows, mark_of, together
from equipoise.conduct.telling import tell_arm
from equipoise.conduct.words import refuse
from equipoise.findings import Refusal
from equipoise.ledger import Entry, Fact, Stamp, Store, Writer
from equipoise.ledger.entry import ERASED, REFUSED
from equipoise.protocol.document import Protocol
from equipoise.randomization.rederive import check_stratum
from equipoise.randomization.sealing import unseal

__all__ = ["Desk"]

Progress = Callable[[int, int], None]


def _now() -> datetime:
    return datetime.now(UTC)


class Speaks(Shape):
    """Who a process is, whatever it says: which person its account stands for, and whom it may name."""

    def person(self, state: StudyState) -> str: ...
    def check(self, state: StudyState, act: object, named: str) -> None: ...


class _DryRun(Exception):
    pass


class Desk:
    """The desk of one study. Keeps what it has read in memory and catches up at every turn; safe beside other desks.

    Threads may share a desk: one acts at a time, and whoever comes while another's batch is open waits until it has
    ended. `secret` gives the study's 32 bytes when they are needed. `clock` gives the time of the stamp, in UTC.
    `speaker`: asked whether this process may act as the person who is named; None: whoever asks is believed.
    """

    def __init__(
        self,
        protocol: Protocol,
        store: Store,
        secret: Callable[[], bytes],
        clock: Callable[[], datetime] = _now,
        *,
        digest: str = "",
        kept: Callable[[str], Protocol] | None = None,
        kept_list: Callable[[], str | None] = lambda: None,
        speaker: Speaks | None = None,
    ) -> None:
        self.protocol, self.store, self.clock, self.digest = protocol, store, clock, digest
        self._secret = secret
        self._alone = threading.RLock()
        self._state: StudyState | None = None
        self._writer: Writer | None = None
        self._batched: tuple[Progress | None, int, int] = (None, 0, 0)
        self._prepared: dict[str, Prepared] = {}
        self._kept, self._kept_list, self._speaker = kept, kept_list, speaker
        self._taken_up: dict[str, Protocol] = {digest: protocol}
        self._arms: dict[tuple[int, str], str] = {}
        self._vault: bytes | None = None
        self._dry = False
        self._refused: list[tuple[Act, Refusal, Stamp]] = []
        self._began = 0
        self._not_standing: set[str] = set()  # the seals that were drawn in the open batch

    @property
    def study(self) -> str:
        """The study's id."""
        return self.protocol.study.id

    def secret(self) -> bytes:
        """The study's secret, read once."""
        if self._vault is None:
            self._vault = self._secret()
        return self._vault

    def perform(self, act: Act, *, as_: str, act_id: str | None = None) -> Receipt:
        """Decide and append; returns the receipt. Raises Refusal, which is on the ledger by then (`refused`).

        `as_` is the person who acts. `act_id` names the request: repeated, it gives the receipt of the first time.
        """
        act_id = act_id or uuid.uuid4().hex
        with self._alone:
            if self._writer is None:
                self._refused.clear()
            if self._writer is not None:
                outcome = self._decide(self._writer, act, as_, act_id)
                progress, done, total = self._batched
                self._batched = (progress, done + 1, total)
                if progress is not None:
                    progress(done + 1, max(total, done + 1))
            else:
                with self._turn() as writer:
                    outcome = self._decide(writer, act, as_, act_id)
        if isinstance(outcome, Refusal):
            raise outcome
        return outcome

    @contextmanager
    def batch(
        self,
        progress: Progress | None = None,
        *,
        total: int = 0,
        dry_run: bool = False,
        keep_refusals: bool = False,
    ) -> Iterator[None]:
        """Many acts in one transaction: all are kept, or, when anything is raised, none.

        A refusal that the caller catches is kept as an entry. With `dry_run` everything is decided, nothing drawn and
        nothing is kept. Of an arm that is drawn in a batch nothing is told before the batch is kept: whoever learned it
        could take the batch back and give the place to somebody else. `told` gives the receipt with it afterwards.
        With `keep_refusals` what was refused stays on the ledger though the batch does not: an attempt is an attempt.
        """
        with self._alone:
            if self._writer is not None:
                raise RuntimeError("a batch cannot hold another batch")
            self._refused.clear()
            try:
                with self._turn() as writer:
                    self._writer, self._batched, self._dry = writer, (progress, 0, total), dry_run
                    try:
                        yield
                        self._no_importer_stays()
                    finally:
                        self._writer, self._dry = None, False
                    if dry_run:
                        raise _DryRun
            except _DryRun:
                return
            except Refusal:
                if keep_refusals and not dry_run:
                    self._keep_refusals()
                raise

    def keep_refusal(self, act: Act, refusal: Refusal, *, as_: str) -> None:
        """Enter what was refused before the desk was asked: a look at the study."""
        stamp = Stamp(uuid.uuid4().hex, writable(as_)[:200], "", self.clock().astimezone(UTC))
        with self._alone, self._turn() as writer:
            self._append(writer, stamp, [refused(act, refusal, self._person(writer, act))])

    def _keep_refusals(self) -> None:
        """What was refused in a batch that is gone, as if each had been asked alone."""
        kept = list(self._refused)
        with self._turn() as writer:
            for act, refusal, stamp in kept:
                person = self._person(writer, act)
                self._append(writer, stamp, [refused(act, refusal, person)])

    def _person(self, writer: Writer, act: Act) -> ParticipantState | None:
        state = self._state
        assert state is not None
        return found_under(lambda name: load_participant(state, writer, name), getattr(act, "participant", None))

    def _no_importer_stays(self) -> None:
        importer = self._state.people.get(IMPORTER) if self._state is not None else None
        if importer is not None and importer.appointed:
            refuse("import.unfinished", IMPORTER, role=IMPORTER)

    def told(self, receipt: Receipt, as_: str) -> Receipt:
        """The receipt of an act of a batch again, now that its entries stand: with the arm, for who may see it."""
        with self._alone, self._turn() as writer:
            entries = [e for e in writer.find_act(receipt.act_id) if e.kind != REFUSED] if receipt.entries else []
            if not entries:
                return receipt
            if self._speaker is not None and self._state is not None:
                self._speaker.check(self._state, None, as_)
            if self._state is not None and entries[0].participant is not None:
                load_participant(self._state, writer, entries[0].participant)
            return self._receipt(entries, as_, receipt.act_id, entries[0].site, self.clock().astimezone(UTC))

    def state(self) -> StudyState:
        """The study's own state now, as a copy to read (participants are loaded one by one: `participant_state`)."""
        return load_study(self.store, self.study)

    @contextmanager
    def _turn(self) -> Iterator[Writer]:
        """The store's exclusive turn, with the state caught up. Whatever goes wrong, the state is read anew."""
        in_force = self.protocol, self.digest
        self._not_standing.clear()
        try:
            with self.store.writing(self.study) as writer:
                self._catch_up(writer)
                self._began = writer.head.seq
                yield writer
        except BaseException:
            # An amendment that was not kept is not in force either.
            self.protocol, self.digest = in_force
            self._state = None
            raise
        finally:
            self._not_standing.clear()

    def _catch_up(self, writer: Writer) -> None:
        if self._state is None:
            self._state = load_study(writer, self.study)
        elif self._state.seq < writer.head.seq:
            later = list(writer.read(after=self._state.seq))
            for entry in in_place(later, kept_of(later)):
                apply(self._state, entry)
            self._state.seq = writer.head.seq
        if self._state.seq == 0:
            refuse("study.not_opened", study=self.study)
        if self.digest and self._state.digest and self.digest != self._state.digest:
            refuse("study.protocol_changed", version=self._state.version)

    def _decide(self, writer: Writer, act: Act, actor: str, act_id: str) -> Receipt | Refusal:
        state = self._state
        assert state is not None
        now = self.clock().astimezone(UTC)
        day, kind = day_in_utc(now), ACT_OF[type(act)]
        earlier = [entry for entry in found_under(writer.find_act, act_id) or () if entry.kind != REFUSED]
        participant = getattr(act, "participant", None)
        person = self._person(writer, act)
        site = person.site if person is not None else getattr(act, "site", None)
        spoken = actor
        try:
            if self._speaker is not None:
                spoken = self._speaker.person(state)
                self._speaker.check(state, act, actor)
                spoken = actor
            unknown = participant is not None and person is None and not kind.first
            right, at = (act.right, site) if kind.rests_on is None else kind.rests_on(state, act)
            role = authorize(state, self.protocol, actor, right, at, day=day, anywhere=unknown)
            if kind.asked_by_name:
                check_lengths(act)
            if unknown:
                need_participant(state, str(participant))
            for name in kind.others(act):
                other = found_under(lambda name: load_participant(state, writer, name), name)
                at = other.site if other else None
                authorize(state, self.protocol, actor, act.right, at, day=day, anywhere=other is None)
            if earlier:
                return self._repeated(act, actor, act_id, earlier, site, now)
            for needed in kind.needs(act):
                LOADED[needed](state, writer)
            setting = replace(self._setting(now, writer, site), actor=actor, role=role)
            facts = kind.decide(state, act, setting)
            if facts and (second := kind.agreed_by(state, act, setting)) is not None:
                facts = [ask_for_agreement(state, act, *second)]
            if not self._dry:
                self._mark_as_drawn(facts)
            facts += decide_queries(state, facts, setting)
            facts += decide_notices(state, facts, setting)
            self._mark_as_drawn(facts)
            facts = self._marked(signed_by_rules(facts, setting, self._followed(site, now)), site, now)
        except Refusal as refusal:
            fact = refused(act, refusal, person)
            stamp = Stamp(act=writable(act_id)[:200], actor=writable(spoken)[:200], role="", at=now)
            self._append(writer, stamp, [fact])
            self._refused.append((act, refusal, stamp))
            return refusal
        entries = self._append(writer, Stamp(act=act_id, actor=actor, role=role, at=now), facts) if facts else []
        if kind.takes_up is not None and entries:
            self._take_up(*kind.takes_up(act))
        return self._receipt(entries, actor, act_id, site, now)

    def _repeated(
        self, act: Act, actor: str, act_id: str, earlier: list[Entry], site: str | None, now: datetime
    ) -> Receipt:
        """The first receipt again, for the same request of the same person; else the id is somebody else's."""
        if earlier[0].actor != actor or not same_request(act, earlier[0]):
            refuse("act.taken", act_id, act_id=act_id)
        return self._receipt(earlier, actor, act_id, site, now)

    def _receipt(self, entries: list[Entry], actor: str, act_id: str, site: str | None, now: datetime) -> Receipt:
        assert self._state is not None
        told = tell_arm(
            entries,
            actor,
            site,
            self._state,
            self.protocol,
            self._arm_of,
            day=day_in_utc(now),
            withheld=self._not_standing,
            in_batch=self._writer is not None,
        )
        summary = summarize(entries, told.arm, label=told.label)
        return Receipt(act_id, tuple(entries), summary, told.arm, warnings_of(entries), told.label)

    def _append(self, writer: Writer, stamp: Stamp, facts: list[Fact]) -> list[Entry]:
        assert self._state is not None
        erases = [fact for fact in facts if fact.kind == ERASED]
        for fact in erases:
            if fact.participant is not None:
                load_participant(self._state, writer, fact.participant)
        entries = list(writer.append(stamp, facts))
        for entry in entries:
            apply(self._state, entry)
        for fact in erases:
            writer.remove_payload(fact.payload["erases"])
        project(writer, self._state, entries)
        return entries

    def _setting(self, now: datetime, writer: Writer, site: str | None) -> Setting:
        digest = self._followed(site, now)
        force = self._in_force()
        protocol, united = (force.of(digest), force.led_by(digest)) if force is not None else (self.protocol, None)
        return Setting(
            protocol,
            now,
            self.secret,
            self._arm_of,
            self._prepared.setdefault(digest, Prepared()),
            lambda seq: _around(writer, self._seq, seq),
            lambda: writer.projection("queries"),
            KIND_OF,
            draws=not self._dry,
            alone=self._writer is None or self._dry or self._state is None or self._state.environment == "rehearsal",
            began=self._began,
            participant=lambda name: load_participant(self._state, writer, name) if self._state is not None else None,
            decided_again=lambda request: self._again(request, now, writer),
            told_arm=self._told_arm,
            kept_list=self._kept_list,
            united=united,
            newest=self.protocol,
        )

    def _again(self, request: AskedAct, now: datetime, writer: Writer) -> list[Fact]:
        """What was asked for, decided now: whoever asked must still be allowed, and it must still be possible."""
        assert self._state is not None
        act = act_asked_for(request.act, request.fields)
        kind, about = ACT_OF[type(act)], getattr(act, "participant", None)
        person = found_under(lambda name: load_participant(self._state, writer, name), about)  # type: ignore[arg-type]
        site = person.site if person is not None else getattr(act, "site", None)
        role = authorize(self._state, self.protocol, request.by, act.right, site, day=day_in_utc(now))
        for needed in kind.needs(act):
            LOADED[needed](self._state, writer)
        return kind.decide(self._state, act, replace(self._setting(now, writer, site), actor=request.by, role=role))

    def _mark_as_drawn(self, facts: list[Fact]) -> None:
        """In a batch the arm stays unknown, to every rule and every reader. Nobody real is in a rehearsal."""
        assert self._state is not None
        if self._writer is not None and (self._dry or self._state.environment != "rehearsal"):
            self._not_standing |= {fact.payload["sealed"] for fact in facts if fact.kind == ALLOCATED.name}

    def _told_arm(self, allocated: Allocated) -> str | None:
        if allocated.sealed in self._not_standing:
            key = "randomization.not_standing/dry" if self._dry else "randomization.not_standing"
            refuse(key, allocated.participant, participant=allocated.participant)
        return None if allocated.sealed == UNDRAWN else self._arm_of(allocated)

    def _followed(self, site: str | None, now: datetime) -> str:
        """The digest of the version that is followed at a site now."""
        assert self._state is not None
        return follows(self._state, site, day_in_utc(now))

    def _in_force(self) -> InForce | None:
        """Every version that the study took up, where there are several."""
        assert self._state is not None
        digests = self._state.digests
        if len(set(digests)) < 2:
            return None
        for one in digests:
            if one not in self._taken_up and self._kept is not None:
                self._taken_up[one] = self.protocol if one == digests[-1] else self._kept(one)
        kept = [self._taken_up[one] for one in digests]
        return together([Version(0, one.study.version, digest, one) for one, digest in zip(kept, digests, strict=True)])

    def _marked(self, facts: list[Fact], site: str | None, now: datetime) -> list[Fact]:
        """Recorded values say under which version of the protocol they were entered, unless it was the first."""
        assert self._state is not None
        if (mark := mark_of(self._state, self._followed(site, now))) is None:
            return facts
        recorded = ("form_recorded", "value_corrected")
        return [
            replace(fact, payload={**fact.payload, "protocol": mark}) if fact.kind in recorded else fact
            for fact in facts
        ]

    @property
    def _seq(self) -> int:
        assert self._state is not None
        return self._state.seq

    def _arm_of(self, allocated: Allocated) -> str:
        # Keyed by the seal itself: a turn that was rolled back may have used the same position for somebody else.
        key = (allocated.position, allocated.sealed)
        if key not in self._arms:
            content = unseal(
                self.secret(), self.study, allocated.position, allocated.sealed, participant=allocated.participant
            )
            if findings := check_stratum(content, allocated.position, allocated.stratum, dict(allocated.factors)):
                raise Refusal(findings)
            self._arms[key] = str(content["arm"])
        return self._arms[key]

    def _take_up(self, protocol: Protocol, digest: str) -> None:
        assert self._state is not None
        *_, before, _now_in_force = self._state.digests
        self._taken_up.setdefault(before, self.protocol)
        self._taken_up[digest] = protocol
        self.protocol, self.digest = protocol, digest if self.digest else ""


def _around(writer: Writer, last: int, seq: int) -> list[Entry]:
    """An entry and, in order, all entries of its participant."""
    found = list(writer.read(after=seq - 1, upto=seq)) if 1 <= seq <= last else []
    if found and found[0].participant is not None:
        return list(writer.read(participant=found[0].participant))
    return found
