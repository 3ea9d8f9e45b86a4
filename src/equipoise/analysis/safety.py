"""The safety stopping rules held against a cut: how many had the event among how many, by arm where arms may be seen.

Participants count in the order in which they were randomized, and a boundary that was once reached stays reached. Who
may not see the arms together gets the pooled numbers and no word of an arm. Nothing is paused here: the protocol says
who decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from equipoise.analysis.gaps import erased_behind
from equipoise.analysis.lineage import entries_behind
from equipoise.analysis.rows import frame_with
from equipoise.analysis.sets import members
from equipoise.datacut import find_moment, freeze
from equipoise.datacut.freeze import assemble_cut
from equipoise.datacut.unblinding import find_best_visibility
from equipoise.design.safety_clause import SafetyRule
from equipoise.planning.safety import SafetyBound, SafetyPlan, find_crossing, plan_safety
from equipoise.protocol.labels import arm_order
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["SafetyCount", "SafetyWatch", "Watched", "watch_cut", "watch_safety"]

Seen = Literal["shown", "masked", "pooled"]


@dataclass(frozen=True, slots=True)
class SafetyCount:
    """Events among participants: of an arm, of a masked group, or of everybody (`group` None).

    `bound` is the last look that was reached; `crossed` the first look with too many; `next_look` when it is looked at
    again. All three are None where the boundary does not apply to these numbers. `had` counts who had the event;
    `events` maps each of them who may be named to the entries behind.
    """

    group: str | None
    participants: int
    had: int
    events: Mapping[str, tuple[int, ...]]
    bound: SafetyBound | None
    crossed: SafetyBound | None
    next_look: int | None
    judged: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """One rule with its boundary and its numbers.

    `not_known`: members of whom the event is not yet known; `not_known_elsewhere`: how many more, who may not be named.
    """

    rule: SafetyRule
    plan: SafetyPlan
    counts: tuple[SafetyCount, ...]
    not_known: tuple[str, ...]
    not_known_elsewhere: int = 0


@literals_checked
@dataclass(frozen=True, slots=True)
class SafetyWatch:
    """All rules at one cut, and how the arms were seen."""

    cut: Cut
    seen: Seen
    rules: tuple[Watched, ...]

    @property
    def crossed(self) -> bool:
        """Whether any boundary is known to have been reached."""
        return any(count.crossed for watched in self.rules for count in watched.counts)


def watch_safety(study: Study, *, date: str | None = None, entry: int | None = None) -> SafetyWatch:
    """Every rule at a moment (the head when none is named), for whoever looks at the study (`Study.reader`).

    The arms are shown to whoever may see the trial's results by arm; under letters while it is double-blind and sealed,
    unless the sizes of the groups give the arms away; pooled for everybody else. How many had the event is told to
    everybody with a role, who they are to those alone who read these participants. Raises Refusal for a person without
    a role, and for what `freeze` refuses.
    """
    reader = study.reader()
    sites = reader.come_in("safety")
    best = find_best_visibility(study, reader) if sites is None else "hidden"
    cut = freeze(study, date=date, entry=entry, arms=best, door="safety")
    seen: Seen = "pooled" if best == "hidden" else best
    if sites is None:
        return SafetyWatch(
            cut, seen, tuple(watch_cut(cut, cut.protocol, rule, seen) for rule in cut.protocol.safety_rules)
        )
    # Everybody counts; who they are is told of the own alone.
    moment = find_moment(study.store, study.id, entry=cut.seq)
    everybody = assemble_cut(study, moment, "hidden", None)
    own = frozenset(cut.participants["participant"])
    watched = (watch_cut(everybody, cut.protocol, rule, seen) for rule in cut.protocol.safety_rules)
    return SafetyWatch(cut, seen, tuple(_named(one, own) for one in watched))


def _named(watched: Watched, own: Collection[str]) -> Watched:
    """The same numbers, with nobody's name but those."""
    counts = tuple(
        replace(count, events={who: seqs for who, seqs in count.events.items() if who in own})
        for count in watched.counts
    )
    known = tuple(who for who in watched.not_known if who in own)
    return replace(watched, counts=counts, not_known=known, not_known_elsewhere=len(watched.not_known) - len(known))


@literals_checked
def watch_cut(cut: Cut, protocol: Protocol, rule: SafetyRule, seen: Seen) -> Watched:
    """One rule against a cut whose arms are seen so."""
    import polars as pl

    plan = plan_safety(rule)
    frame = frame_with(cut, protocol, [rule.event]).with_columns(members(cut, protocol, rule.set).alias("_in"))
    behind = entries_behind(cut, protocol, [rule.event])
    since = entries_behind(cut, protocol, ["randomized"]).select(
        "participant", pl.col("seqs").list.min().alias("_since")
    )
    gone = pl.col("participant").is_in(list(erased_behind(cut, protocol, [rule.event])))
    event = pl.when(~gone).then(pl.col(rule.event)).alias("_event")  # erased is not "none"
    inside = (
        frame.select("participant", "arm", "randomized_date", "_in", event)
        .filter("_in")
        .join(behind, on="participant", how="left", maintain_order="left")
        .join(since, on="participant", how="left", maintain_order="left")
        .sort("randomized_date", "_since", "participant", nulls_last=True)
    )
    unknown = tuple(inside.filter(pl.col("_event").is_null())["participant"])
    rows = inside.filter(pl.col("_event").is_not_null()).to_dicts()
    if not rule.arms or seen == "pooled":
        counts = [_count(None, rows, plan, judged=not rule.arms)]
    else:
        order = arm_order(protocol, cut.arms)
        groups = order if seen == "masked" else [arm for arm in order if arm in rule.arms]
        counts = [_count(arm, [row for row in rows if row["arm"] == arm], plan, judged=True) for arm in groups]
    return Watched(rule, plan, tuple(counts), unknown)


def _count(group: str | None, rows: list[dict[str, Any]], plan: SafetyPlan, *, judged: bool) -> SafetyCount:
    had = {row["participant"]: tuple(row["seqs"] or ()) for row in rows if row["_event"]}
    if not judged:
        return SafetyCount(group, len(rows), len(had), had, None, None, None, judged)
    bound = next((b for b in reversed(plan.bounds) if b.participants <= len(rows)), None)
    later = next((b.participants for b in plan.bounds if b.participants > len(rows)), None)
    crossed = find_crossing(plan.bounds, [bool(row["_event"]) for row in rows])
    return SafetyCount(group, len(rows), len(had), had, bound, crossed, later, judged)
