"""The evidence behind a report: analysis rows and ledger entries, in files beside its page that it reads when asked.

Written into the page they made it too large to be opened. A file serves both languages: words that differ are told
once, as pairs, and rows name them by number. It is a script, since a page that is opened from a folder may read nothing
else; it holds one call with plain data. Results that rest on the same rows share their file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.analysis.tracing import TracedEntry, read_entries
from equipoise.conduct.authority import roles_of
from equipoise.endpoints import kind_of
from equipoise.protocol.labels import arm_labels
from equipoise.reports.words import words_in

if TYPE_CHECKING:
    import polars as pl

    from equipoise.analysis import AnalysisRun
    from equipoise.analysis.perform import Performed
    from equipoise.ledger import Store
    from equipoise.protocol.document import Protocol

__all__ = ["COLUMNS", "Chunk", "Evidence", "RowsOf", "collect_evidence"]

COLUMNS = {
    "group": "group",
    "time_days": "time",
    "event": "event",
    "reason": "reason",
    "value": "value",
    "stratum": "strata",
}
"""The columns of analysis rows that are shown, with the word for each."""
ENTRIES_IN_FILE = 2000
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RowsOf:
    """The rows of one result: in which file, how many, with which columns."""

    result: str
    file: str
    count: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entries from one number to another, in one file."""

    file: str
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Rows of every result and entries in order; `files`: name inside the folder rows to text."""

    rows: tuple[RowsOf, ...]
    entries: tuple[Chunk, ...]
    files: Mapping[str, str]


class _Words:
    """Words in both languages, each pair told once; what a key says is worked out once."""

    def __init__(self) -> None:
        self.pairs: dict[Pair, int] = {}
        self._said: dict[Any, int] = {}

    def number(self, pair: Pair) -> int:
        return self.pairs.setdefault(pair, len(self.pairs))

    def known(self, key: Any, say: Callable[[Any], str]) -> int:
        """The number of what `say` tells in each language, of everything that has this key."""
        if key not in self._said:
            self._said[key] = self.number(_pair(say))
        return self._said[key]


def collect_evidence(run: AnalysisRun, store: Store) -> Evidence:
    """All rows of all results, and all entries that made them or that the page names; read from the ledger in one pass.

    Raises Refusal as `read_entries` does.
    """
    files: dict[str, str] = {}
    rows, known, seqs = [], dict[str, str](), set[int]()
    for performed in run.performed:
        name = f"{performed.result['id']}.js"
        shown = tuple(c for c in COLUMNS if _tells(performed.rows, c))
        data = _rows_data(run.protocol, performed, shown)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        if text not in known:
            known[text] = name
            files[name] = _script(name, text)
            seqs.update(seq for row in data["rows"] for seq in row[-1])
        rows.append(RowsOf(performed.result["id"], known[text], performed.rows.height, shown))
    deviations = run.results["deviations"]
    seqs.update(d["seq"] for kind in ("listed", "noticed") for d in deviations.get(kind, []))
    opened = run.results["unblinding"]
    seqs.update(one["entry"] for kind in ("listed", "later") for one in opened[kind])
    entries = sorted(read_entries(store, run.cut.study, seqs, run.cut.seq).values(), key=lambda entry: entry.seq)
    chunks = []
    for place in range(0, len(entries), ENTRIES_IN_FILE):
        part = entries[place : place + ENTRIES_IN_FILE]
        name = f"entries~{place // ENTRIES_IN_FILE + 1}.js"  # no result bears such a name
        data = _entries_data(run.protocol, part)
        files[name] = _script(name, json.dumps(data, ensure_ascii=False, separators=(",", ":")))
        chunks.append(Chunk(name, part[0].seq, part[-1].seq, len(part)))
    return Evidence(tuple(rows), tuple(chunks), files)


def _tells(frame: pl.DataFrame, column: str) -> bool:
    return column in frame.columns and frame[column].null_count() < frame.height


def _script(name: str, data: str) -> str:
    return f"evidence({json.dumps(name, ensure_ascii=False)},{data})\n"


def _rows_data(protocol: Protocol, performed: Performed, columns: Sequence[str]) -> dict[str, Any]:
    """Rows as [participant, cells ..., numbers of entries]; a cell is text, or the number of its words."""
    words, frame = _Words(), performed.rows
    endpoint = next(e for e in protocol.endpoints if e.id == performed.result["endpoint"])
    labels = {one: _pair(label.in_) for one, label in kind_of(endpoint).reasons(endpoint).items()}
    labels |= {arm: (label["en"], label["zh"]) for arm, label in arm_labels(protocol).items()}
    shown = [frame["participant"].to_list()]
    for column in columns:
        told = labels if column in ("group", "reason") else {}
        shown.append([_cell(value, told, words) for value in frame[column].to_list()])
    shown.append(frame["seqs"].to_list())
    rows = [list(row) for row in zip(*shown, strict=True)]
    return {"words": list(words.pairs), "rows": rows}


def _pair(say: Callable[[Any], str]) -> Pair:
    return say("en"), say("zh")


def _cell(value: Any, labels: Mapping[str, Pair], words: _Words) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.known(value, lambda language: words_in(language)[("no", "yes")[value]])
    if isinstance(value, float):
        return f"{value:.10g}"
    return words.number(labels[value]) if value in labels else str(value)


def _entries_data(protocol: Protocol, entries: Iterable[TracedEntry]) -> dict[str, Any]:
    """Entries as [number, what, participant, person, (role), moment, first characters of the hash]."""
    words = _Words()
    labels = {role.id: role.label for role in roles_of(protocol).values()}

    def role_in(language: Any, role: str) -> str:
        return _bracketed(words_in(language), labels[role].in_(language) if role in labels else role)

    rows = [
        [
            entry.seq,
            words.known(_kind_of(entry), lambda language, of=entry: _what(of, protocol, language)),  # type: ignore[misc]
            entry.participant or "",
            entry.actor,
            words.known(entry.role, lambda language, role=entry.role: role_in(language, role)),  # type: ignore[misc]
            entry.at[:19].replace("T", " "),
            entry.hash[:16],
        ]
        for entry in entries
    ]
    return {"words": list(words.pairs), "rows": rows}


def _kind_of(entry: TracedEntry) -> tuple[Any, ...]:
    """All that decides what is said of an entry."""
    says = entry.says
    return (entry.kind, None if says is None else tuple(says.get(name) for name in ("form", "visit", "item")))


def _bracketed(w: Mapping[str, str], inside: str) -> str:
    """In the brackets of the language."""
    return f"{w['bracket_open']}{inside}{w['bracket_close']}"


def _what(entry: TracedEntry, protocol: Protocol, language: Any) -> str:
    """Kind of entry with the form or the corrected item; never an arm, never a value."""
    w, said = words_in(language), entry.says
    key = f"entry_{entry.kind}"
    named = w[key] if key in w else entry.kind  # noqa: SIM401 - words are looked up by their keys, so that none is unused
    if said is None:
        return named + _bracketed(w, "–")
    if "form" not in said:
        return named
    form = protocol.form_by_id.get(said["form"])
    told = form.title.in_(language) if form else str(said["form"])
    if entry.kind == "value_corrected":
        item = next((i for i in (form.items if form else ()) if i.id == said["item"]), None)
        label = getattr(item, "label", None)
        return f"{w['correction']}{w['colon']}{told} · {label.in_(language) if label else said['item']}"
    visit = said.get("visit")
    visit = protocol.visit_by_id[visit].label.in_(language) if visit in protocol.visit_by_id else visit
    if entry.kind != "form_recorded":
        told = f"{named}{w['colon']}{told}"
    return told + _bracketed(w, visit) if visit else told
