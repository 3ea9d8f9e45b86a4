"""How well the arms are balanced, and whether anybody seems to have foreseen them: for those who may see allocations.

Numbers by arm for everybody, each stratum as used and as true, and each site, beside what the scheme bounds; runs; and
the test of Berger and Exner of whether participants go along with what could be foreseen of their arm. Whoever looks is
on the ledger before anything is told. Refuses to judge anybody: a small p-value says look, and not who.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from equipoise.analysis.rows import frame_with
from equipoise.analysis.words import refuse, warning
from equipoise.conduct.acts import NoteBalance
from equipoise.conduct.entries.allocation import ALLOCATED, ALLOCATION_RECORDED, TRUE_STRATUM_RECORDED
from equipoise.conduct.replay.loading import load_allocations, load_study
from equipoise.conduct.state.schemes import unseal_scheme
from equipoise.datacut import freeze
from equipoise.datacut.unblinding import unsealed_arms
from equipoise.estimation.association import Association, estimate_association
from equipoise.findings import Finding
from equipoise.protocol.labels import arm_order, describe_name
from equipoise.protocol.scope import participant_columns
from equipoise.randomization.foreseeing import Drawn, imbalance_bound, reverse_propensities
from equipoise.randomization.scheme import Past, Scheme, stratum_key
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    import polars as pl

    from equipoise.conduct.folder.study import Study
    from equipoise.protocol.document import Protocol

__all__ = ["Balance", "BalanceRow", "BiasTest", "Placed", "balance_of", "test_foresight", "watch_balance"]

Scope = Literal["all", "stratum", "true_stratum", "site"]
_LEVELS_MAX = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """One allocation in order: who, where, in which stratum (and which it truly was), the arm, by which version."""

    participant: str
    site: str
    stratum: str
    true_stratum: str
    arm: str
    version: int = 1
    in_error: bool = False


@literals_checked
@dataclass(frozen=True, slots=True)
class BalanceRow:
    """The numbers of one part of the study.

    `away`: by how many people the arm that is furthest off is off its share of the ratio. `bound`: how many the scheme
    allows at most (None: it bounds nothing here). `runs`: of the same arm in a row; `longest` of them.
    """

    scope: Scope
    name: str
    counts: Mapping[str, int]
    away: float
    bound: float | None
    runs: int
    longest: int

    @property
    def exceeds(self) -> bool:
        """Whether the arms are further apart than the scheme can have led them."""
        return self.bound is not None and self.away > self.bound + 1e-9


@dataclass(frozen=True, slots=True)
class BiasTest:
    """Whether `value` (of that level, for a category) went along with how surely `arm` could be foreseen.

    `site` None: over all. `found` None: nothing of it could be foreseen, or too few have a value.
    """

    value: str
    level: str | None
    arm: str
    site: str | None
    found: Association | None


@dataclass(frozen=True, slots=True)
class Balance:
    """What was seen at entry `seq`, the look's own."""

    study: str
    seq: int
    arms: tuple[str, ...]
    rows: tuple[BalanceRow, ...]
    in_error: int
    other_stratum: int
    tests: tuple[BiasTest, ...]
    findings: tuple[Finding, ...]


def watch_balance(study: Study, *, values: Sequence[str] = ()) -> Balance:
    """The balance at the head, for whoever looks at the study (`Study.reader`), who is noted first.

    `values`: names of items and variables to test for selection bias; the protocol's baseline when none is given.
    Raises Refusal for whoever may not see the allocations of the whole study, or a name that there is none of.
    """
    named, columns = tuple(values) or study.protocol.baseline, participant_columns(study.protocol)
    for name in named:
        if name not in columns:
            refuse("balance.unknown_value", name, value=name)
    reader = study.reader()
    reader.come_in("balance")
    noted = study.desk().perform(NoteBalance(" ".join(named)), as_=reader.person)
    placed, schemes, chances = _placed(study)
    ratio = dict(study.protocol.randomization.ratio.value)
    arms = tuple(arm for arm in arm_order(study.protocol, "shown") if arm in ratio)
    rows = balance_of(placed, ratio, schemes)
    frame = frame_with(freeze(study, arms="hidden", door="balance"), study.protocol, list(named))
    tests = test_foresight(study.protocol, placed, chances, frame, named) if chances else ()
    other = sum(one.true_stratum != one.stratum for one in placed)
    errors = sum(one.in_error for one in placed)
    found = [
        warning("balance.exceeded", row.name, away=f"{row.away:g}", most=f"{row.bound:g}")
        for row in rows
        if row.exceeds
    ]
    seq = noted.entries[0].seq
    return Balance(study.id, seq, arms, tuple(rows), errors, other, tuple(tests), tuple(found))


def _placed(study: Study) -> tuple[list[Placed], Mapping[int, Scheme], list[dict[str, float]]]:
    """Every allocation in order with its arm, the versions of the scheme, and what could be foreseen of each."""
    state = load_study(study.store, study.id)
    allocations = load_allocations(state, study.store)
    entries = {str(one.participant): one for one in study.store.read(study.id, kinds=(ALLOCATED.name,))}
    true = _true_factors(study)
    if not allocations:
        return _recorded(study, true), {}, []
    arms = unsealed_arms(study, {a.participant: {"position": a.position, "sealed": a.sealed} for a in allocations})
    secret = study.secret()
    kept_schemes = [*state.schemes, *(made["scheme"] for made in state.envelopes.values())]
    schemes = {kept["version"]: unseal_scheme(secret, study.id, kept) for kept in kept_schemes}
    placed, drawn = [], []
    for one in allocations:
        arm = arms[one.participant]
        past = Past(one.participant, one.position, one.stratum, one.factors, arm, version=one.version)
        drawn.append(Drawn(past, one.in_error_after))
        truly = stratum_key({**dict(one.factors), **true.get(one.participant, {})})
        site = entries[one.participant].site or ""
        wrong = one.in_error_after is not None
        placed.append(Placed(one.participant, site, one.stratum, truly, arm, one.version, wrong))
    return placed, schemes, reverse_propensities(schemes, drawn)


def _recorded(study: Study, true: Mapping[str, Mapping[str, str]]) -> list[Placed]:
    """Allocations that were made elsewhere: how, nobody here knows, and what could be foreseen neither."""
    found = []
    for entry in study.store.read(study.id, kinds=(ALLOCATION_RECORDED.name,)):
        said, who = entry.payload or {}, str(entry.participant)
        used = said.get("factors", {})
        truly = stratum_key({**used, **true.get(who, {})})
        found.append(Placed(who, entry.site or "", stratum_key(used), truly, str(said.get("arm", ""))))
    return found


def _true_factors(study: Study) -> dict[str, dict[str, str]]:
    true: dict[str, dict[str, str]] = {}
    for entry in study.store.read(study.id, kinds=(TRUE_STRATUM_RECORDED.name,)):
        true.setdefault(str(entry.participant), {}).update((entry.payload or {}).get("factors", {}))
    return true


def balance_of(placed: Sequence[Placed], ratio: Mapping[str, int], schemes: Mapping[int, Scheme]) -> list[BalanceRow]:
    """Everybody, each stratum as used, each as true where somebody's differs, and each site; by their names."""
    rows = [_row("all", "", placed, ratio, None)]
    strata = _by(placed, lambda one: one.stratum)
    rows += [_row("stratum", stratum, part, ratio, _bound(part, schemes)) for stratum, part in strata]
    if any(one.true_stratum != one.stratum for one in placed):
        parts = _by(placed, lambda one: one.true_stratum)
        rows += [_row("true_stratum", stratum, part, ratio, None) for stratum, part in parts]
    rows += [_row("site", site, part, ratio, None) for site, part in _by(placed, lambda one: one.site)]
    return rows


def _by(placed: Sequence[Placed], of: Callable[[Placed], str]) -> list[tuple[str, list[Placed]]]:
    return [(name, [one for one in placed if of(one) == name]) for name in sorted({of(one) for one in placed})]


def _bound(part: Sequence[Placed], schemes: Mapping[int, Scheme]) -> float | None:
    """What the scheme allows within a stratum. Each version of blocks begins anew, and each may leave as much."""
    versions = sorted({one.version for one in part})
    if not versions or any(version not in schemes for version in versions):
        return None
    bounds = [imbalance_bound(schemes[version]) for version in versions]
    kinds = {schemes[version].kind for version in versions}
    if kinds == {"permuted_blocks"}:
        return sum(bound for bound in bounds if bound is not None)
    # The big stick looks at all that stands of the stratum; who is in error does not count, and may come on top.
    errors = sum(one.in_error for one in part)
    limits = [bound for bound in bounds if bound is not None]
    return max(limits) + errors / 2 if kinds == {"big_stick"} else None


def _row(scope: Scope, name: str, part: Sequence[Placed], ratio: Mapping[str, int], bound: float | None) -> BalanceRow:
    counted, total = Counter(one.arm for one in part), sum(ratio.values())
    away = max((abs(counted[arm] - weight * len(part) / total) for arm, weight in ratio.items()), default=0.0)
    runs = [len(list(run)) for _, run in groupby(one.arm for one in part)]
    counts = {arm: counted[arm] for arm in ratio}
    return BalanceRow(scope, name, counts, away, bound, len(runs), max(runs, default=0))


def test_foresight(
    protocol: Protocol,
    placed: Sequence[Placed],
    chances: Sequence[Mapping[str, float]],
    frame: pl.DataFrame,
    values: Sequence[str],
) -> list[BiasTest]:
    """Each value against the chance of each arm but the control, over all and at each site.

    Beside a level for each arm in each stratum: chances of a stratum hang together, as does what made it.
    """
    control = arm_order(protocol, "shown")[0]
    found = []
    for name in values:
        given = dict(zip(frame["participant"], frame[name], strict=True))
        for level, number in _numbers(protocol, name, given):
            for arm in [arm for arm in protocol.randomization.ratio.value if arm != control]:
                for site in (None, *sorted({one.site for one in placed})):
                    which = [
                        (number[one.participant], chance[arm], (one.stratum, one.arm))
                        for one, chance in zip(placed, chances, strict=True)
                        if site in (None, one.site) and number.get(one.participant) is not None
                    ]
                    columns = list(zip(*which, strict=True)) or [(), (), ()]
                    found.append(BiasTest(name, level, arm, site, estimate_association(*columns)))
    return found


def _numbers(protocol: Protocol, name: str, given: Mapping[str, object]) -> list[tuple[str | None, dict[str, float]]]:
    """A number as it is; of a category each level but the last as 1 or 0; nothing of what has many levels."""
    known = {who: value for who, value in given.items() if value is not None}
    if describe_name(protocol, name)["type"] in ("integer", "decimal"):
        return [(None, {who: float(value) for who, value in known.items()})]  # type: ignore[arg-type]
    if all(isinstance(value, bool) for value in known.values()):
        return [(None, {who: float(bool(value)) for who, value in known.items()})]
    levels = sorted({str(value) for value in known.values()})
    if len(levels) > _LEVELS_MAX:
        return []
    return [(level, {who: float(str(value) == level) for who, value in known.items()}) for level in levels[:-1]]
