"""Where a study stands: what is in force, which sites are open, how far participants have come, which queries wait.

Counts people and never arms, and says nothing in words: whoever shows it does. Answers from the projections and the few
entries about the study itself, so that its cost is that of the participants' list and not of everything that was ever
recorded. Refuses to know whether the ledger is intact: that is `verification`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from equipoise.conduct.folder.access import SOON_DAYS, AccessReviewed, TimedAppointment, find_access_review, find_timed
from equipoise.conduct.folder.contacting import consents_waiting
from equipoise.conduct.folder.erasures import Erasure, find_erasures
from equipoise.conduct.folder.foreign_list import find_remaining
from equipoise.conduct.folder.kept import KeptNote, last_kept
from equipoise.conduct.folder.query_list import days_between
from equipoise.conduct.folder.reading import day_of_looking
from equipoise.conduct.folder.reviewing import TrailReviewed, find_trail_reviewed
from equipoise.conduct.folder.study import Study
from equipoise.conduct.folder.unblindings import find_unblindings
from equipoise.conduct.folder.waiting import Waiting, find_waiting
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.state.query import DEVIATIONS
from equipoise.findings import Finding
from equipoise.wording import Text

__all__ = [
    "FAILED",
    "STAGES",
    "KeptState",
    "QueryCounts",
    "SiteStatus",
    "StudyStatus",
    "UnblindingNotice",
    "study_status",
]

# The stages in the order of the trial. Whoever withdrew counts as withdrawn, however far they had come.
STAGES = ("screened", "consented", "enrolled", "randomized", "withdrawn")

# Told where somebody failed screening, and so left before the trial began for them.
FAILED = "screen_failed"


@dataclass(frozen=True, slots=True)
class QueryCounts:
    """Queries by how they stand, and for how many days the oldest that is not closed has waited (None: none has)."""

    open: int = 0
    answered: int = 0
    closed: int = 0
    oldest_days: int | None = None


@dataclass(frozen=True, slots=True)
class KeptState:
    """The last checkpoint, backup or drill: of which entry, where, its age in whole days, how many entries since."""

    what: str
    seq: int
    place: str
    days: int
    since: int


@dataclass(frozen=True, slots=True)
class UnblindingNotice:
    """An unblinding of which whoever looks had to be told: whose, where, why, by whom, when. Never the arm."""

    entry: int
    participant: str
    site: str
    category: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class SiteStatus:
    """One site of the protocol: open, closed or not opened, its participants by status, and its queries."""

    site: str
    name: Text
    status: str
    participants: Mapping[str, int]
    queries: QueryCounts = QueryCounts()


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """`participants` counts each once, by the stage where they stand; `reached` counts all who ever got so far.

    `locked` and `paused` hold the reason, or None. `withdrawals` counts by extent. `deviations` counts what people
    reported, `noticed` what the system noticed and no correction has mended, by its check. `erased`: every lawful
    erasure; `waiting`: what waits for a second person; `running_out`: strata of a list from elsewhere that run out.
    `ending`: appointments that end within 30 days; `ended`: that have ended by themselves.
    `access`, `trail`: when who may what, and the audit trail, were last reviewed.
    `consents`: by site, how many have still to sign the consent in force. `unblinded`: unblindings of one participant,
    by category; `notices`: those of which whoever looks must know.
    `one_arm`: nobody is randomized, whoever is allocated entered.
    """

    study: str
    title: Text
    version: str
    environment: str
    protocol_digest: str
    entries: int
    head: str
    last_entry_at: str
    locked: str | None
    paused: str | None
    paused_strata: Mapping[str, str]
    unsealed: bool
    sites: tuple[SiteStatus, ...]
    participants: Mapping[str, int]
    reached: Mapping[str, int]
    withdrawals: Mapping[str, int] = field(default_factory=dict)
    refusals: int = 0
    deviations: int = 0
    noticed: Mapping[str, int] = field(default_factory=dict)
    in_error: int = 0
    duplicates: int = 0
    drafts: int = 0
    moved: int = 0
    struck: int = 0
    people: int = 0
    ending: tuple[TimedAppointment, ...] = ()
    ended: tuple[TimedAppointment, ...] = ()
    access: AccessReviewed | None = None
    trail: TrailReviewed | None = None
    queries: QueryCounts = QueryCounts()
    erased: tuple[Erasure, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    consents: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[KeptState, ...] = ()
    running_out: tuple[Finding, ...] = ()
    one_arm: bool = False
    unblinded: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[UnblindingNotice, ...] = ()


def study_status(study: Study, now: datetime | None = None) -> StudyStatus:
    """The status at the ledger's head. Reads no form. `now`: when it is looked at, by which open queries are so old.

    Whoever looks at the study is told of the sites that are theirs, or of all. Raises Refusal for nobody.
    """
    reader = study.reader()
    reader.come_in("status")
    own = reader.sites(None)
    state = load_study(study.store, study.id)
    head = study.store.head(study.id)
    participants = study.store.projection(study.id, "participants").items()
    mine = {name for name, one in participants if own is None or one["site"] in own}
    standings = [one for name, one in participants if name in mine]
    by_site: dict[str, Counter[str]] = {}
    for person in standings:
        by_site.setdefault(person["site"], Counter())[person["status"]] += 1
    last = next(iter(study.store.read(study.id, after=head.seq - 1)), None)
    until = day_of_looking(state.environment, last.at if last is not None else "", now)
    asked = [one for one in study.store.projection(study.id, "queries").values() if own is None or one["site"] in own]
    named = {site.id: site.name for site in study.protocol.sites}
    sites = tuple(
        SiteStatus(
            site,
            named.get(site) or Text(en=site, zh=site),
            state.sites.get(site, "not opened"),
            _counts(by_site.get(site, Counter())),
            _queries([query for query in asked if query["site"] == site], until),
        )
        for site in dict.fromkeys((*named, *state.sites, *by_site))
        if own is None or site in own
    )
    withdrawn = [
        entry for entry in study.store.read(study.id, kinds=("withdrawn",)) if own is None or entry.participant in mine
    ]
    struck = _counted(study, "record_struck", own, mine)
    timed = find_timed(state, until[:10], own)
    unblindings = find_unblindings(study.store, study.id, mine)
    return StudyStatus(
        study=study.id,
        title=study.protocol.study.short,
        one_arm=len(study.protocol.arms) == 1,
        version=state.version,
        environment=state.environment,
        protocol_digest=state.digest,
        entries=head.seq,
        head=head.hash,
        last_entry_at=last.at if last is not None else "",
        locked=state.locked,
        paused=state.paused,
        paused_strata=dict(state.paused_strata),
        unsealed=state.unsealed,
        sites=sites,
        participants=_counts(sum(by_site.values(), Counter())),
        reached=_reached(standings),
        withdrawals=dict(sorted(Counter(str((e.payload or {}).get("extent", "follow_up")) for e in withdrawn).items())),
        refusals=_counted(study, "refused", own, mine),
        deviations=sum(person["deviations"] for person in standings),
        noticed=_noticed(asked),
        in_error=sum(bool(person["in_error"]) for person in standings),
        drafts=sum(person.get("drafts", 0) for person in standings),
        moved=sum(bool(person.get("moved")) for person in standings),
        struck=struck,
        duplicates=sum(person["duplicate_of"] is not None for person in standings),
        people=sum(
            any(own is None or at in own for _, at in person.held(until[:10])) for person in state.people.values()
        ),
        ending=tuple(one for one in timed if 0 <= one.days <= SOON_DAYS),
        ended=tuple(one for one in timed if one.days < 0),
        access=find_access_review(study.store, state, until[:10]),
        trail=find_trail_reviewed(
            study.store, study.id, {name: one["site"] for name, one in participants}, own, until[:10]
        ),
        queries=_queries(asked, until),
        erased=tuple(
            one for one in find_erasures(study.store, study.id) if own is None or one.participant in {*mine, None}
        ),
        consents=_consents(study, own, now),
        waiting=tuple(
            one for one in find_waiting(state, study.protocol, until[:10]) if own is None or one.site in {*own, None}
        ),
        kept=_kept(study, head.seq, now),
        running_out=tuple(find_remaining(study)),
        unblinded=dict(sorted(Counter(one.category for one in unblindings).items())),
        notices=tuple(
            UnblindingNotice(one.entry, one.participant, one.site, one.category, one.by, one.date)
            for one in unblindings
            if reader.person in one.notices
        ),
    )


def _kept(study: Study, last: int, now: datetime | None) -> tuple[KeptState, ...]:
    """What was noted in the folder, and checkpoints that are on the ledger: of each sort the newest."""
    notes = last_kept(study.folder)
    for entry in study.store.read(study.id, kinds=("checkpoint_signed",)):
        said = entry.payload or {}
        if "checkpoint" not in notes or notes["checkpoint"].seq <= said["seq"]:
            notes["checkpoint"] = KeptNote("checkpoint", said["seq"], said["head"], entry.at, said["kept"])
    today = (now or datetime.now(UTC)).astimezone(UTC).isoformat()
    return tuple(
        KeptState(what, note.seq, note.place, days_between(note.at, today), max(last - note.seq, 0))
        for what, note in sorted(notes.items())
    )


def _consents(study: Study, own: Collection[str] | None, now: datetime | None) -> dict[str, int]:
    """By site, how many have still to sign the consent in force."""
    sites = [one.site for one in consents_waiting(study, now) if own is None or one.site in own]
    return dict(sorted(Counter(sites).items()))


def _counted(study: Study, kind: str, own: Collection[str] | None, mine: Collection[str]) -> int:
    """Entries of a kind, of the own sites' participants."""
    return sum(own is None or row[2] in mine for row in study.store.rows(study.id, kinds=(kind,)))


def _queries(asked: Collection[Mapping[str, Any]], until: str) -> QueryCounts:
    counted = Counter(query["status"] for query in asked)
    waits = [days_between(query["steps"][0]["at"], until) for query in asked if query["status"] != "closed"]
    return QueryCounts(counted["open"], counted["answered"], counted["closed"], max(waits, default=None))


def _noticed(asked: Collection[Mapping[str, Any]]) -> dict[str, int]:
    """By check: what the system asked, unless the system itself closed it because a correction mended it."""
    counted = Counter(
        query["check"]
        for query in asked
        if query["check"] in DEVIATIONS and not (query["status"] == "closed" and query["steps"][-1]["system"])
    )
    return {check: counted[check] for check in DEVIATIONS if counted[check]}


def _counts(counted: Counter[str]) -> dict[str, int]:
    failed = {FAILED: counted[FAILED]} if counted[FAILED] else {}
    return {stage: counted[stage] for stage in STAGES} | failed


def _reached(standings: Collection[Mapping[str, Any]]) -> dict[str, int]:
    return {stage: sum(bool(person[stage]) for person in standings) for stage in STAGES[:-1]}
