"""What mends a cell that cannot be read: the way that keeps its value first, and giving it up last.

Looks at the whole column, because how dates or decimals are written is said once for it. Proposes; decides nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache

from equipoise.conduct.importing.clauses import accept_clause, becomes_clause, in_yaml
from equipoise.conduct.importing.dates import read_moment
from equipoise.conduct.importing.mapping import DateFormat, Reads
from equipoise.conduct.importing.reading_cells import read_written
from equipoise.conduct.importing.words import phrase
from equipoise.forms.values import Unusable
from equipoise.forms.writing import plain_writing
from equipoise.words import Phrase

__all__ = ["MISSING_WORDS", "ColumnOfText", "propose_formats", "remedy"]

_NO = "0,2,n,nein,non,não,nao,nee,ei,ne,falsch,f,unchecked,absent,negative,none,无,没有,阴性,未,×"
_YES = "1,j,ja,oui,si,sí,sim,sì,da,tak,t,x,checked,present,positive,wahr,有,阳性,√,✓"
_NO_WORDS, _YES_WORDS = frozenset(_NO.split(",")), frozenset(_YES.split(","))
_MISSING = "na,n/a,n.a.,not available,not applicable,unknown,missing,null,nan,.,-,--,未知,缺失,不详,#n/a"
_QUALIFYING = "nd,blq,bql,lod,loq,tntc,neg,trace"
_UNDETECTED = "not detected,undetected,undetectable,negative,below detection limit,bdl,未检出,阴性"
_UNDETECTED_WORDS = frozenset(_UNDETECTED.split(","))
MISSING_WORDS, _QUALIFYING_WORDS = frozenset(_MISSING.split(",")), frozenset(_QUALIFYING.split(","))
_QUALIFIED = re.compile(r"(<=|>=|=<|=>|[<>~≤≥≈≦≧])\s*[0-9]{1,15}([.,][0-9]{1,15})?")
_COMMA = re.compile(r"[+-]?[0-9]{1,15},[0-9]{1,15}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}[,.]0+")
_POINT = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,15}")
_GROUPED = re.compile(r"([+-]?[1-9][0-9]{0,2})([,.' \u00a0\u202f])[0-9]{3}(\2[0-9]{3})*")
# Two signs, of which the last stands once: it parts the decimals, the other the thousands.
_THOUSANDS_AND_DECIMALS = re.compile(
    r"([+-]?[1-9][0-9]{0,2}(?:([,.' \u00a0\u202f])[0-9]{3})(?:\2[0-9]{3})*)(?!\2)([.,])([0-9]{1,15})"
)
_ENDING = re.compile(r"[+-]?[0-9]{1,15}[.,]")  # and nothing after its sign
_WITH_UNIT = re.compile(r"([+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?)\s*([A-Za-zµμ°%\u4e00-\u9fff][^0-9]{0,19})")
# In the order in which they are tried; day and month that could be either stand one after the other.
_DAYS = """\
iso|%Y/%m/%d|%Y.%m.%d|%Y%m%d|%Y年%m月%d日|%d/%m/%Y|%m/%d/%Y|%d.%m.%Y|%d-%m-%Y|%m-%d-%Y|%d-%b-%Y|%d %b %Y|%d%b%Y|\
%d %B %Y|%b %d, %Y|%B %d, %Y|%d/%m/%y|%m/%d/%y|%d.%m.%y|%d-%b-%y|excel"""
_MOMENTS = """\
%Y-%m-%d %H:%M:%S|%Y-%m-%dT%H:%M:%S|%Y-%m-%d %H:%M|%Y/%m/%d %H:%M|%d/%m/%Y %H:%M|%m/%d/%Y %H:%M|%d.%m.%Y %H:%M|\
%Y/%m/%d %H:%M:%S|%d/%m/%Y %H:%M:%S|%m/%d/%Y %H:%M:%S|%Y-%m-%d %I:%M %p|%Y-%m-%d %I:%M:%S %p|%d/%m/%Y %I:%M %p|\
%m/%d/%Y %I:%M %p|%m/%d/%Y %I:%M:%S %p"""
_PATTERNS, _TIMES = tuple(_DAYS.split("|")), tuple(_MOMENTS.split("|"))
_SWAPPED = {"%d/%m": "%m/%d", "%d-%m": "%m-%d"}
_LOOKED_AT_MAX = 2000  # different texts of a column; more of them tell nothing new
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]{1,12})?")
_SERIALS = range(15_000, 80_000)  # 1941 to 2119; a smaller number may be anything


@dataclass(frozen=True, slots=True)
class ColumnOfText:
    """A column as it stands in the file, and how the mapping reads it."""

    name: str
    kind: str
    texts: Sequence[str]
    reads: Reads
    dates: DateFormat | None
    map_file: str
    known: dict[str, Phrase | None] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    seen: dict[str, bool] = field(default_factory=dict)

    def has(self, what: str, holds: Callable[[str], bool]) -> bool:
        """Whether `what` holds of one of the texts; looked for once, and not at every cell."""
        if what not in self.seen:
            self.seen[what] = any(holds(text.strip()) for text in dict.fromkeys(self.texts))
        return self.seen[what]


def remedy(column: ColumnOfText, text: str) -> Phrase:
    """How to mend a cell that cannot be read: keep its value; or correct it; or give it up, which says what is lost."""
    drop = accept_clause(column.name, column.kind, text, written=True)
    keep = _keep(column, text.strip())
    facts = {"map_file": column.map_file, "clause": drop, "text": text[:40]}
    return phrase("correct_or_drop", **facts) if keep is None else phrase("keep_or_drop", keep=keep, **facts)


def _keep(column: ColumnOfText, text: str) -> Phrase | None:
    if text.lower() in MISSING_WORDS:
        said = json.dumps([*column.reads.missing, text], ensure_ascii=False)
        return phrase("keep.missing", reads=f"`reads: {{missing: {said}}}`", text=text)
    if column.kind in ("date", "datetime", "partial_date"):
        return _keep_date(column, text)
    if column.kind in ("integer", "decimal", "qualified_number"):
        return _keep_number(column, text)
    return _keep_truth(column, text) if column.kind == "boolean" else None


def _becomes(column: ColumnOfText, text: str, value: str, qualifier: str | None = None) -> str:
    """With `qualifier`, empty or a sign, the number is one that keeps its sign: a text."""
    return becomes_clause(column.name, text, value if qualifier is None else in_yaml(qualifier.strip() + value))


def _keep_number(column: ColumnOfText, text: str) -> Phrase | None:
    plain, sign, qualifier = plain_writing(text), column.reads.decimal, None
    if column.kind != "qualified_number" and (_QUALIFIED.fullmatch(plain) or plain.lower() in _QUALIFYING_WORDS):
        return phrase("keep.qualified", column=_key(column.name), text=text)
    if column.kind == "qualified_number":
        if plain.lower() in _UNDETECTED_WORDS:
            return phrase("keep.undetected", clause=_becomes(column, text, "ND"), text=text)
        before, plain = plain, plain.lstrip("<>=≤≥~ ")
        qualifier = before[: len(before) - len(plain)]
    if (both := _THOUSANDS_AND_DECIMALS.fullmatch(plain)) is not None:
        whole = re.sub(r"[^0-9+-]", "", both.group(1))
        return phrase("keep.becomes", clause=_becomes(column, text, f"{whole}.{both.group(4)}", qualifier))
    grouped = _GROUPED.fullmatch(plain)
    together = re.sub(r"[,.' \u00a0\u202f]", "", plain)
    if grouped and plain.count(grouped.group(2)) == 1 and grouped.group(2) in ",." and column.kind == "decimal":
        wanted = _COMMA if grouped.group(2) == "," else _POINT
        if not column.has(f"{grouped.group(2)}?", lambda it: bool(wanted.fullmatch(it)) and not _GROUPED.fullmatch(it)):
            point = plain.replace(",", ".")
            return phrase(
                "keep.thousands",
                one=_becomes(column, text, point, qualifier),
                other=_becomes(column, text, together, qualifier),
                text=text,
            )
    elif grouped:
        return phrase("keep.becomes", clause=_becomes(column, text, together, qualifier))
    if (
        column.kind == "integer"
        and not _WHOLE.fullmatch(plain)
        and (_COMMA.fullmatch(plain) or _POINT.fullmatch(plain))
    ):
        return phrase("keep.type", column=_key(column.name), type="decimal", text=text)
    if _COMMA.fullmatch(plain) and sign == ".":
        points = column.has(".", lambda it: bool(_POINT.fullmatch(it)))
        return phrase("keep.decimal", sign=json.dumps("either" if points else ","))
    if _POINT.fullmatch(plain) and sign == ",":
        return phrase("keep.decimal", sign=json.dumps("either"))
    if _ENDING.fullmatch(plain):
        return phrase("keep.becomes", clause=_becomes(column, text, plain[:-1], qualifier))
    if with_unit := _WITH_UNIT.fullmatch(plain):
        number = with_unit.group(1).replace(",", ".")
        return phrase("keep.unit", clause=_becomes(column, text, number, qualifier), unit=with_unit.group(2).strip())
    return None


def _keep_truth(column: ColumnOfText, text: str) -> Phrase:
    yes, no = ({"yes": [*column.reads.yes, text]}, {"no": [*column.reads.no, text]})
    shown = [f"`reads: {json.dumps(one, ensure_ascii=False)}`" for one in (yes, no)]
    if text.lower() in _YES_WORDS:
        return phrase("keep.truth", reads=shown[0])
    first, second = shown if text.lower() not in _NO_WORDS else reversed(shown)
    if text.lower() in _NO_WORDS and text != "2":
        return phrase("keep.truth", reads=first)
    return phrase("keep.either_truth", first=first, second=second)


def _keep_date(column: ColumnOfText, text: str) -> Phrase | None:
    if column.kind == "date" and _moment(column, text) is not None and column.has("a time", _timed(column)):
        return phrase("keep.moment", column=_key(column.name), text=text)
    if "dates" not in column.known:
        column.known["dates"] = _formats_for(column)
    if column.known["dates"] is not None and _read_by(text, _PATTERNS + _TIMES):
        return column.known["dates"]
    if column.kind == "date" and _is_partial(column, text, column.dates):
        return phrase("keep.partial", column=_key(column.name), text=text)
    # A day that is not known in a column whose format nobody stated yet: the format first, the unknown part then.
    forms = [(form,) for form in _PATTERNS if form not in ("iso", "excel")]
    tried = [column.formats, *forms] if column.formats else forms
    for formats in tried:
        if column.dates is None and _is_partial(column, text, DateFormat(formats=tuple(formats), century=2000)):
            return phrase("keep.format", clause=_clause(column.name, formats, None))
    return None


def _timed(column: ColumnOfText) -> Callable[[str], bool]:
    """Whether a text of the column says a time of day that is not midnight."""

    def holds(text: str) -> bool:
        moment = _moment(column, text)
        return moment is not None and moment.time() != time()

    return holds


def _moment(column: ColumnOfText, text: str) -> datetime | None:
    """The day with its time that a text names, as its column is stated or as files write it."""
    for form in (*(column.dates.all_formats if column.dates else ()), *_TIMES, "excel"):
        if form == "excel" and not (_SERIAL.fullmatch(text) and int(float(text)) in _SERIALS):
            continue
        try:
            return read_moment(plain_writing(text), _clause_of(form, column.dates.century if column.dates else None))
        except Unusable:
            continue
    try:
        read = read_written("datetime", text, column.reads, None).plain
    except Unusable:
        return None
    return read if isinstance(read, datetime) else None


def _is_partial(column: ColumnOfText, text: str, dates: DateFormat | None) -> bool:
    try:
        read_written("partial_date", text, column.reads, dates)
    except Unusable:
        return False
    return True


def _formats_for(column: ColumnOfText) -> Phrase | None:
    stated = column.dates.all_formats if column.dates else ("iso",)
    found = propose_formats(column.texts, stated, column.dates.century if column.dates else None)
    if found is None:
        return None
    formats, century, swapped = found
    column.formats.extend(formats)
    shown = _clause(column.name, formats, century)
    if swapped is None:
        return phrase("keep.format", clause=shown)
    return phrase("keep.day_or_month", clause=shown, other=_clause(column.name, swapped, century))


def _clause(name: str, formats: Sequence[str], century: int | None) -> str:
    listed = ", ".join(form if form.isidentifier() else json.dumps(form, ensure_ascii=False) for form in formats)
    said = f"format: {listed}" if len(formats) == 1 else f"formats: [{listed}]"
    return f"`dates: {{{_key(name)}: {{{said}{'' if century is None else f', century: {century}'}}}}}`"


def _key(name: str) -> str:
    return name if name.isascii() and name.isidentifier() else json.dumps(name, ensure_ascii=False)


def propose_formats(
    texts: Sequence[str], stated: Sequence[str] = (), century: int | None = None
) -> tuple[list[str], int | None, list[str] | None] | None:
    """Formats that together read as many of the texts as can be, the stated ones first; None when nothing is gained.

    Beside them the century that two-digit years need, and the same formats with day and month changed about where
    nothing in the column tells which is meant.
    """
    texts = list(dict.fromkeys(texts))[:_LOOKED_AT_MAX]
    century = century or _century(texts)
    left = [text for text in texts if text.strip() and not _read_by(text, stated, century)]
    used = list(stated) if len(left) < sum(1 for text in texts if text.strip()) else []
    gained, swapped = False, None
    candidates = [form for form in (*_PATTERNS, *_TIMES) if form not in used]
    while left:
        counts = {form: sum(1 for text in left if _read_by(text, (form,), century)) for form in candidates}
        best = max(candidates, key=lambda form: counts[form])
        if not counts[best]:
            break
        other = next((best.replace(a, b) for a, b in _SWAPPED.items() if a in best), None)
        if other is not None and counts.get(other) == counts[best]:
            swapped = [*used, other]
        elif swapped is not None and best not in swapped:
            swapped.append(best)
        used.append(best)
        gained = True
        left = [text for text in left if not _read_by(text, (best,), century)]
    if not gained:
        return None
    return used, century if any("%y" in form for form in used) or "dddyy" in used else None, swapped


@lru_cache(maxsize=512)
def _clause_of(form: str, century: int | None) -> DateFormat:
    return DateFormat(format=form, century=century)


def _century(texts: Sequence[str]) -> int:
    """The century of two-digit years: this one unless that would put one of them into the future."""
    now = date.today().year  # noqa: DTZ011 - a proposal, which a person reads
    ends = [int(found.group(1)) for text in texts if (found := re.search(r"[^0-9]([0-9]{2})$", text.strip()))]
    return 1900 if any(2000 + end > now for end in ends) else 2000


def _read_by(text: str, formats: Sequence[str], century: int | None = 2000) -> bool:
    written = plain_writing(text)
    for form in formats:
        if form == "excel" and not (_SERIAL.fullmatch(written) and int(float(written)) in _SERIALS):
            continue
        try:
            read_moment(written, _clause_of(form, century))
        except Unusable:
            continue
        return True
    return False
