"""From a number back to the people's acts: result, analysis rows, ledger entries with who, when, what and why.

Reads the rows written beside results.json, so that what is traced is what was reported; and refuses when the ledger
no longer holds the entry or the chain hash that the results were computed at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from equipoise.analysis.words import finding, phrase, refuse
from equipoise.conduct.entries.in_place import in_place, kept_in
from equipoise.conduct.entries.made import MadeBy, made_by
from equipoise.conduct.folder.reading import enter_reading
from equipoise.datacut.find import require_whole
from equipoise.datacut.unblinding import check_arms
from equipoise.findings import Refusal, Where
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked
from equipoise.words import LANGUAGES, Phrase

if TYPE_CHECKING:
    import polars as pl

    from equipoise.conduct.folder.study import Study
    from equipoise.ledger import Entry, Store

__all__ = ["Trace", "TracedEntry", "TracedRow", "read_entries", "trace", "trace_all"]


@dataclass(frozen=True, slots=True)
class TracedEntry:
    """One ledger entry behind a row. `says`: its payload, or None when it was erased."""

    seq: int
    kind: str
    actor: str
    role: str
    site: str | None
    participant: str | None
    at: str
    hash: str
    says: Mapping[str, Any] | None
    act: str = ""

    @literals_checked
    def line(self, language: Language = "en") -> str:
        """Number, time, who in what role, what was done, and the chain hash's first characters."""
        number = phrase("trace.entry", seq=self.seq).in_(language)
        made = made_by(self.says)
        who = f"{self.actor} ({self.role})" if made is None else _rule(made).in_(language)
        head = f"{number}  {self.at[:19]}  {who}  {self.kind}"
        return f"{head}  {_said(self.says, language)}{_source(self.act)}  [{self.hash[:12]}]"


@dataclass(frozen=True, slots=True)
class TracedRow:
    """One participant's analysis row and the entries that made it."""

    participant: str
    values: Mapping[str, Any]
    entries: tuple[TracedEntry, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A result with its rows; `total` counts all rows, of which `rows` may hold only those asked for."""

    result: Mapping[str, Any]
    rows: tuple[TracedRow, ...]
    total: int

    @literals_checked
    def lines(self, rows: int = 0, language: Language = "en") -> list[str]:
        """The trace as text: the result, then each row (at most `rows`; 0 means all) with its entries."""
        result = self.result
        head = phrase(
            "trace.head",
            method=result["method"],
            endpoint=result["endpoint"],
            set=result["set"],
            n=result["n"],
            entry=result["cut"],
            head=result["head"][:16],
            protocol=result["protocol_digest"][:16],
            software=result["software"],
        )
        found = [f"{result['id']}: {result['interpretation'][language]}", head.in_(language)]
        found += [_note(note, language) for note in result["findings"]]
        shown = self.rows[:rows] if rows else self.rows
        for row in shown:
            values = ", ".join(f"{k} {v}" for k, v in row.values.items() if v is not None)
            found.append(f"{row.participant}: {values}")
            found += [f"    {entry.line(language)}" for entry in row.entries]
        if len(shown) < self.total:
            found.append(phrase("trace.more", count=self.total - len(shown)).in_(language))
        return found


def _note(note: Mapping[str, Any], language: Language) -> str:
    """A Finding of the result; an analysis of an earlier version has it in English only."""
    said = note.get("zh", note) if language == "zh" else note
    return phrase("trace.note", what=said["what"], why=said["why"], mend=said["mend"]).in_(language)


def trace(
    study: Study, result_id: str, *, out: Path | None = None, participant: str | None = None, limit: int | None = None
) -> Trace:
    """The rows (of one participant, or the first `limit`) of a result in folder `out`, with their entries.

    Without `out`: the study's newest analysis (by entry number) in its reports folder.

    Raises Refusal when whoever looks may not see it, when there is no such result or participant for them, or the
    ledger is not the one that was analyzed.
    """
    out = out or _newest(study)
    results = _read_results(out)
    sites = _come_in(study, results)
    return _trace(study, out, results, result_id, participant, limit, sites)


def _come_in(study: Study, results: Mapping[str, Any]) -> frozenset[str] | None:
    """The sites whose participants may be seen; an analysis by arm is an act of reading as it was when it was made."""
    reader = study.reader()
    sites, arms, cut = reader.come_in("trace"), results.get("arms"), results["cut"]
    if arms != "hidden":
        with reader.keeping("trace"):
            check_arms(reader)
        enter_reading(reader, "trace", cut["seq"], cut["head"], "masked" if arms == "masked" else "shown")
    return sites


def _trace(
    study: Study,
    out: Path,
    results: Mapping[str, Any],
    result_id: str,
    participant: str | None,
    limit: int | None,
    sites: frozenset[str] | None,
) -> Trace:
    import polars as pl

    result = next((r for r in results["results"] if r["id"] == result_id), None)
    if result is None:
        _no_such_result(results, out, result_id)
    name = study.protocol.study.id
    require_whole(study.store, name)
    at_cut = next(iter(study.store.read(name, after=result["cut"] - 1, upto=result["cut"])), None)
    if results["study"] != name or at_cut is None or _hex(at_cut.hash) != result["head"]:
        refuse("trace.other_ledger", _file(out), entry=result["cut"])
    rows = _read_rows(out, result_id)
    if sites is not None:
        # The result is everybody's, and is told to whoever reads everybody.
        result = {**{k: v for k, v in result.items() if k in _NEEDED}, "interpretation": _WITHHELD, "findings": []}
        standing = study.store.projection(name, "participants")
        own = [who for who in rows["participant"] if standing.get(who, {}).get("site") in sites]
        rows = rows.filter(pl.col("participant").is_in(own))
    total = rows.height
    if participant is not None:
        rows = rows.filter(pl.col("participant") == participant)
        if not rows.height:
            refuse("trace.not_in_result", _file(out), participant=participant, result=result_id)
    if limit is not None:
        rows = rows.head(limit)
    entries = read_entries(study.store, name, (seq for seqs in rows["seqs"] for seq in seqs), result["cut"])
    if results.get("arms") != "shown":
        entries = {seq: _without_arm(entry) for seq, entry in entries.items()}
    traced = tuple(
        TracedRow(
            row["participant"],
            {key: value for key, value in row.items() if key not in ("participant", "seqs")},
            tuple(entries[seq] for seq in row["seqs"]),
        )
        for row in rows.to_dicts()
    )
    return Trace(result, traced, total)


def trace_all(
    study: Study, name: str, *, out: Path | None = None, participant: str | None = None, limit: int | None = None
) -> list[Trace]:
    """The trace of the result of this name; of every result, where it is the name of an analysis that gives several.

    With `participant`: of those that the participant has a row in. Raises Refusal as `trace` does.
    """
    out = out or _newest(study)
    results = _read_results(out)
    names = [r["id"] for r in results["results"] if r["id"] == name or r.get("analysis") == name]
    if not names:
        _no_such_result(results, out, name)
    sites = _come_in(study, results)
    found: list[Trace] = []
    for result_id in names:
        try:
            found.append(_trace(study, out, results, result_id, participant, limit, sites))
        except Refusal as refusal:
            # Nobody stands in both arms' results; who stands in none is told so.
            if len(names) == 1 or refusal.findings[0].code != "trace.not_in_result":
                raise
            missing = refusal
    if not found:
        raise missing
    return found


def _no_such_result(results: Mapping[str, Any], out: Path, asked: str) -> NoReturn:
    """Names the analyses, of which one name may stand for several results, before the results."""
    known = [r["id"] for r in results["results"]]
    analyses = dict.fromkeys(r["analysis"] for r in results["results"] if "analysis" in r)
    refuse(
        "trace.no_such_result",
        _file(out),
        result=asked,
        known=[*analyses, *(k for k in known if k not in analyses)][:40],
    )


def read_entries(store: Store, study: str, seqs: Iterable[int], upto: int) -> dict[int, TracedEntry]:
    """The entries with these numbers, read in one pass; raises Refusal when one lies beyond the cut or is missing."""
    wanted = set(seqs)
    if not wanted:
        return {}
    found: dict[int, TracedEntry] = {}
    read = store.read(study, after=min(wanted) - 1, upto=min(max(wanted), upto))
    for entry in in_place(read, kept_in(store, study)):
        if entry.seq in wanted:
            found[entry.seq] = _traced(entry)
    if missing := wanted - set(found):
        refuse("trace.lost_entry", entries=sorted(missing)[:5])
    return found


def _traced(entry: Entry) -> TracedEntry:
    return TracedEntry(
        entry.seq,
        entry.kind,
        entry.actor,
        entry.role,
        entry.site,
        entry.participant,
        str(entry.at),
        _hex(entry.hash),
        entry.payload,
        entry.act,
    )


def _without_arm(entry: TracedEntry) -> TracedEntry:
    """What was analyzed blind is traced blind.

    An allocation made elsewhere is recorded openly, and its source may name the arm.
    """
    if entry.kind != "allocation_recorded" or entry.says is None:
        return entry
    return replace(entry, says={k: v for k, v in entry.says.items() if k not in ("arm", "source")})


def _newest(study: Study) -> Path:
    """The analysis at the latest ledger entry; folders' dates can be changed by a copy, entry numbers cannot."""
    reports: Path = study.folder / "reports"
    whole = [path for path in reports.glob("*/results.json") if not path.parent.name.startswith(".")]
    found = sorted(whole, key=lambda path: _read_results(path.parent)["cut"]["seq"])
    if not found:
        refuse("trace.no_analysis", _file(reports))
    return found[-1].parent


def _source(act: str) -> str:
    """The row of a file that an entry was taken from, as the importer names it."""
    return f"  ({act})" if act.startswith("import ") else ""


def _said(payload: Mapping[str, Any] | None, language: Language) -> str:
    """What an entry says, shortly: a correction with its reason, a form with its answers, anything else as it is."""
    if payload is None:
        return phrase("trace.erased").in_(language)
    if "old" in payload and "new" in payload:
        return f"{payload['form']}.{payload['item']}: {payload['old']} -> {payload['new']} ({payload['reason']})"
    said = dict(
        payload.get("values") or {k: v for k, v in payload.items() if k not in ("sealed", "scheme", "verdicts")}
    )
    where = f"{payload['visit']}/{payload['form']}: " if "form" in payload else ""
    known = {k: v for k, v in said.items() if v is not None and k != "made"}
    told = [
        f"{k}={v}" if (made := made_by(payload, k)) is None else _by(k, v, made, language) for k, v in known.items()
    ]
    return where + ", ".join(told)


def _by(item: str, value: Any, made: MadeBy, language: Language) -> str:
    """A value of a form that no person entered, with the rule that made it."""
    return phrase("trace.made", item=item, value=str(value), rule=_rule(made)).in_(language)


def _rule(made: MadeBy) -> Phrase:
    return phrase("trace.rule", rule=made.rule, protocol=made.protocol, digest=made.digest)


_WITHHELD = {language: phrase("trace.withheld").in_(language) for language in LANGUAGES}
_NEEDED = {
    "id",
    "cut",
    "head",
    "protocol_digest",
    "software",
    "method",
    "endpoint",
    "set",
    "n",
    "findings",
    "interpretation",
}


def _read_results(out: Path) -> dict[str, Any]:
    try:
        results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Refusal(finding("trace.no_results", _file(out))) from None
    if not _whole(results):
        refuse("trace.no_results/other", _file(out))
    return dict(results)


def _whole(results: Any) -> bool:
    """Whether everything is there that a trace reads; what was changed by hand is not guessed at."""
    if not isinstance(results, dict) or not isinstance(results.get("study"), str):
        return False
    cut, found = results.get("cut"), results.get("results")
    return (
        isinstance(cut, dict)
        and isinstance(cut.get("seq"), int)
        and isinstance(found, list)
        and all(isinstance(r, dict) and r.keys() >= _NEEDED and isinstance(r["cut"], int) for r in found)
    )


def _read_rows(out: Path, result_id: str) -> pl.DataFrame:
    import polars as pl

    file = out / "rows" / f"{result_id}.parquet"
    try:
        rows = pl.read_parquet(file)
        if rows.schema.get("participant") == pl.String and rows.schema.get("seqs") == pl.List(pl.Int64):
            return rows
        reason = phrase("rows.columns")
    except (OSError, pl.exceptions.PolarsError):
        reason = phrase("rows.missing")
    refuse("trace.no_rows", Where(file=str(file)), reason=reason)


def _hex(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.hex()


def _file(out: Path) -> Where:
    return Where(file=str(out / "results.json"))
