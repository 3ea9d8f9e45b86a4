"""A cut: everything that was known at one ledger entry, typed, derived, with its provenance.

The same moment gives the same bytes: nothing here reads the clock. Refuses arms that the blinding does not allow.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from equipoise import __version__
from equipoise.conduct.entries.study import LOCKED, UNLOCKED
from equipoise.conduct.folder.erasures import Erasure, find_erasures
from equipoise.conduct.folder.reading import enter_reading
from equipoise.conduct.folder.unblindings import (
    LaterAssessment,
    ListedUnblinding,
    find_later_assessments,
    find_unblindings,
)
from equipoise.conduct.folder.versions import in_force
from equipoise.datacut.find import Moment, find_moment, require_whole
from equipoise.datacut.lifetimes import elements_frame, not_asked_frame, versions_frame
from equipoise.datacut.opening import LateChange, find_late_changes
from equipoise.datacut.queries import queries_frame
from equipoise.datacut.tables import Gathered, gather, participants_frame, provenance_frame
from equipoise.datacut.unblinding import Visibility, find_visibility, masked_names, unsealed_arms
from equipoise.knowledge.cut_tables import cut_tables
from equipoise.knowledge.derivation import derive
from equipoise.protocol.results import names_of_results
from equipoise.protocol.scope import identifying_names
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import polars as pl

    from equipoise.conduct.authority import DoorName
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.versions import InForce
    from equipoise.ledger.verify import Verification
    from equipoise.protocol.document import Protocol

__all__ = ["Cut", "assemble_cut", "cut_name", "freeze"]


@literals_checked
@dataclass(frozen=True)
class Cut:
    """What was known at entry `seq` whose chain hash is `head`, of the participants that its reader may see.

    `tables`: typed rows by form (or form.group). `participants`: one row each, built-ins, disposition and factors as
    used. `variables`: built-ins, bare items and derived variables, one row per participant in the same order.
    `provenance`: see `tables.provenance_frame`. `deviations`: seq, participant, site, date, category, text.
    `queries`: see `queries.queries_frame`.
    `erased`: (entry, kind, participant) of payloads that were lawfully erased; `erasures`: what
    of it is known still, by act. `locked`: whether nothing may change.
    `struck`: (entry, entry of the record, participant, form visit occurrence, reason) of records that were struck out.
    `unblindings`: who was unblinded one by one; `later_assessments`: what somebody who knew the arm entered afterwards.
    `identifying`: names of columns that could tell who somebody is; they are frozen and never written out.
    `protocol`: the versions in force until the entry, as one. `versions`, `elements`, `not_asked`: see `lifetimes`.
    `late_changes`: what came after unlocking or unsealing; `before_opening`: the same cut without those (None: none).
    """

    study: str
    seq: int
    head: str
    at: str
    protocol_digest: str
    protocol_version: str
    software: str
    environment: str
    arms: Visibility
    tables: Mapping[str, pl.DataFrame]
    participants: pl.DataFrame
    variables: pl.DataFrame
    provenance: pl.DataFrame
    deviations: pl.DataFrame
    queries: pl.DataFrame
    erased: tuple[tuple[int, str, str | None], ...] = ()
    erasures: tuple[Erasure, ...] = ()
    struck: tuple[tuple[int, int, str, str, str], ...] = ()
    locked: bool = False
    identifying: tuple[str, ...] = ()
    protocol: Protocol = field(repr=False, compare=False, kw_only=True)
    versions: pl.DataFrame = field(repr=False, kw_only=True)
    elements: pl.DataFrame = field(repr=False, kw_only=True)
    not_asked: pl.DataFrame = field(repr=False, kw_only=True)
    unblindings: tuple[ListedUnblinding, ...] = ()
    later_assessments: tuple[LaterAssessment, ...] = ()
    late_changes: tuple[LateChange, ...] = ()
    before_opening: Cut | None = field(default=None, repr=False, compare=False)

    @property
    def date(self) -> str:
        """The day (UTC) of the cut's last entry."""
        return self.at[:10]

    def identity(self) -> dict[str, Any]:
        """What every number carries: study, entry, chain hash, time, protocol digest and version, software."""
        return {
            "study": self.study,
            "seq": self.seq,
            "head": self.head,
            "at": self.at,
            "date": self.date,
            "protocol_digest": self.protocol_digest,
            "protocol_version": self.protocol_version,
            "software": self.software,
            "environment": self.environment,
            "arms": self.arms,
        }


@literals_checked
def freeze(
    study: Study,
    *,
    date: str | None = None,
    entry: int | None = None,
    arms: Visibility | None = None,
    door: DoorName = "cut",
    verified: Verification | None = None,
) -> Cut:
    """Freeze the study at an entry, at the end of a day (UTC), or at its head, for its reader (`Study.reader`).

    `arms`: what may be seen of them; by default all that this person may see. `door`: what it is frozen for.
    `verified`: what whoever asks found of the chain a moment ago (`require_whole`). Whoever sees arms while the trial
    runs leaves an entry. Raises Refusal when the person may not come in, the chain does not hold, the moment does not
    exist, the wish is for more than they may see, or the arms are sealed and the study's secret is not here.
    """
    reader = study.reader()
    sites = reader.come_in(door)
    require_whole(study.store, study.protocol.study.id, verified)
    moment = find_moment(study.store, study.protocol.study.id, on=date, entry=entry)
    with reader.keeping(door):
        visibility = find_visibility(study, reader, arms)
    if visibility != "hidden":
        enter_reading(reader, door, moment.seq, moment.hash, visibility)
    return assemble_cut(study, moment, visibility, sites)


@literals_checked
def assemble_cut(study: Study, moment: Moment, visibility: Visibility, sites: Collection[str] | None) -> Cut:
    """The cut of a moment, with the arms seen so, of the participants of these sites (None: of all).

    Asks nobody who they are: it is for doors that have asked.
    """
    import polars as pl

    name = study.protocol.study.id
    force = in_force(study, moment.seq)
    protocol = force.united
    known = gather(study.store, name, moment.seq, sites=sites)
    late = tuple(one for one in find_late_changes(study.store, name, moment.seq) if one.participant in known.people)
    _see_arms(study, force, known, visibility)
    participants = participants_frame(protocol, known, moment.at[:10])
    tables = cut_tables(protocol, known.records.values(), participants)
    provenance = provenance_frame(protocol, tables, known)
    deviations = pl.DataFrame(
        [
            (d["seq"], d["participant"], d["site"], d.get("date"), d.get("category"), d.get("text"))
            for d in known.deviations
        ],
        schema={
            "seq": pl.Int64,
            "participant": pl.String,
            "site": pl.String,
            "date": pl.String,
            "category": pl.String,
            "text": pl.String,
        },
        orient="row",
    )
    erased, struck = tuple(known.erased), tuple(known.struck)
    not_asked = not_asked_frame(force, known)
    unblindings = find_unblindings(study.store, name, known.people, moment.seq)
    known.records.clear()
    cut = Cut(
        study=name,
        seq=moment.seq,
        head=moment.hash,
        at=moment.at,
        protocol_digest=force.newest.digest,
        protocol_version=protocol.study.version,
        software=f"equipoise {__version__}",
        environment=_environment(study, name),
        arms=visibility,
        tables=tables,
        participants=participants,
        variables=derive(protocol, tables, participants),
        provenance=provenance,
        deviations=deviations,
        queries=queries_frame(known.people.values(), moment.at),
        erased=erased,
        erasures=find_erasures(study.store, name, moment.seq),
        struck=struck,
        locked=_locked(study, name, moment.seq),
        identifying=identifying_names(protocol),
        protocol=protocol,
        versions=versions_frame(force),
        elements=elements_frame(force),
        not_asked=not_asked,
        unblindings=tuple(unblindings),
        later_assessments=tuple(
            find_later_assessments(study.store, name, unblindings, names_of_results(protocol), moment.seq)
        ),
        late_changes=late,
    )
    if not late:
        return cut
    other = gather(study.store, name, moment.seq, {one.entry for one in late}, sites)
    _see_arms(study, force, other, visibility)
    return replace(cut, before_opening=_with_data(cut, other))


def _with_data(cut: Cut, known: Gathered) -> Cut:
    """The cut with other data in its tables, of the same moment."""
    participants = participants_frame(cut.protocol, known, cut.date)
    tables = cut_tables(cut.protocol, known.records.values(), participants)
    return replace(
        cut,
        tables=tables,
        participants=participants,
        variables=derive(cut.protocol, tables, participants),
        provenance=provenance_frame(cut.protocol, tables, known),
        late_changes=(),
    )


def _see_arms(study: Study, force: InForce, known: Gathered, visibility: Visibility) -> None:
    """What may be seen of the arms, opened where it is sealed."""
    if visibility == "hidden":
        known.arms.clear()
        return
    sealed = {who: said for who, person in known.people.items() if (said := person.allocation) and "sealed" in said}
    known.arms |= unsealed_arms(study, sealed)
    if visibility == "masked":
        mask = masked_names(study, force)
        known.arms = {who: mask.get(arm or "") for who, arm in known.arms.items()}


def _environment(study: Study, name: str) -> str:
    """What the ledger's opening says: production, or a rehearsal whose participants are virtual."""
    for _seq, _kind, _participant, _site, _at, payload in study.store.rows(name, kinds=("study_opened",)):
        return str(json.loads(payload).get("environment", "production")) if payload else "production"
    return "production"


def _locked(study: Study, name: str, upto: int) -> bool:
    """Whether the database was locked at the cut."""
    kinds = [kind for _seq, kind, *_rest in study.store.rows(name, upto=upto, kinds=(LOCKED.name, UNLOCKED.name))]
    return bool(kinds) and kinds[-1] == LOCKED.name


def cut_name(cut: Cut) -> str:
    """A folder name that says the moment: day, entry, first characters of the chain hash."""
    return f"{cut.date}-entry{cut.seq}-{cut.head[:8]}"
