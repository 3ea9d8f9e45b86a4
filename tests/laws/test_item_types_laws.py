"""What the desk takes, the cut reads: any text that an item type accepts comes out of the data cut as the value that was meant.

For every type of item: a text as people type it, read by the type's own reader, onto the ledger, into a fresh cut. What
it means is worked out here anew, without the readers of the product.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, get_args
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from equipoise.conduct import acts as a
from equipoise.datacut import compare_with_cut, comparing, freeze
from equipoise.forms import Codelist, Item
from equipoise.forms.facets import facets
from equipoise.forms.spec import ItemType
from equipoise.forms.values import Unusable, read_value
from equipoise.knowledge import tables
from equipoise.protocol.document import Protocol
from tests.conduct.small_trial import SECRET, Trial, open_trial
from tests.hunting import examples
from tests.seeing import everything
from tests.spec.minimal import minimal_protocol

ZONES = {"S01": "Asia/Shanghai", "S02": "America/New_York"}
ROWS = 4
OF_EVERY_TYPE = """
sites:
- {id: S02, timezone: America/New_York}
roles: ~
codelists:
- {id: place, codes: [{code: liver, label: {en: Liver, zh: 肝}}, {code: "1", label: {en: One, zh: 一}}]}
forms:
- id: everything
  title: {en: Everything, zh: 全部}
  groups:
  - id: lines
    label: {en: Lines, zh: 行}
    items:
    - {id: an_integer, label: {en: I, zh: 整}, type: integer, required: false}
    - {id: a_decimal, label: {en: D, zh: 数}, type: decimal, required: false}
    - {id: a_text, label: {en: T, zh: 文}, type: text, required: false}
    - {id: a_date, label: {en: D, zh: 日}, type: date, required: false}
    - {id: a_datetime, label: {en: D, zh: 时}, type: datetime, required: false}
    - {id: a_boolean, label: {en: B, zh: 真}, type: boolean, required: false}
    - {id: a_code, label: {en: C, zh: 码}, type: code, codelist: place, required: false}
    - {id: a_partial_date, label: {en: P, zh: 部}, type: partial_date, at_least: nothing, required: false, impute: {day: middle, month: last}}
    - {id: a_qualified_number, label: {en: Q, zh: 限}, type: qualified_number, required: false, qualifiers: {"<": half, ">": limit, "<=": limit, ND: 0, TNTC: nothing}}
visits:
- {id: notes, label: {en: Notes, zh: 记录}, kind: log, forms: [everything]}
"""
PROTOCOL: Protocol = minimal_protocol(OF_EVERY_TYPE)
ITEMS: dict[str, Item] = {item.id: item for item in PROTOCOL.form_by_id["everything"].groups[0].items}


def accepted(name: str, raw: Any) -> bool:
    item = ITEMS[name]
    codelist: Codelist | None = PROTOCOL.codelist_by_id.get(item.codelist or "")
    try:
        return read_value(item, raw, codelist, "Asia/Shanghai") is not None
    except Unusable:
        return False


UNKNOWN = st.sampled_from(["UN", "un", "UNK", "NK", "XX", "未知"])
SIGN = st.sampled_from(["", "<", "≤", "> ", "＜", "~", "<="])
OFFSET = st.sampled_from(["", "", "Z", "+08:00", "-05:00", "+05:30", "+0800", "-12:00"])
DIGITS = st.text("0123456789", min_size=1, max_size=15)
NUMBER = st.builds(
    lambda sign, whole, point, rest: f"{sign}{whole}{point}{rest if point else ''}",
    st.sampled_from(["", "+", "-"]), st.one_of(st.just(""), DIGITS), st.sampled_from(["", ".", "．"]), DIGITS,
)  # fmt: skip
TIMES = st.datetimes(datetime(1850, 1, 2), datetime(2200, 1, 1))  # noqa: DTZ001 - the wall clock's
TYPED: dict[str, st.SearchStrategy[Any]] = {
    "an_integer": st.one_of(NUMBER, DIGITS, st.integers(-(10**14), 10**14), st.text("０１２３４５６７８９", min_size=1, max_size=3)),
    "a_decimal": st.one_of(NUMBER, st.floats(allow_nan=False, allow_infinity=False), DIGITS),
    "a_text": st.one_of(st.text(), st.text("äöﬁÅ ①\r\n\t'\"\\,;�中文😀"), st.sampled_from(["null", "NaN", "2024-01-01", "1e5"])),
    "a_date": st.dates(date(1850, 1, 1), date(9999, 12, 31)).map(date.isoformat),
    "a_datetime": st.builds(
        lambda t, digits, between, offset: t.isoformat(between, digits) + offset,
        TIMES, st.sampled_from(["minutes", "seconds", "milliseconds", "microseconds"]), st.sampled_from("T "), OFFSET,
    ),
    "a_boolean": st.sampled_from([True, False, "yes", "No", "TRUE", "是", "否", "y"]),
    "a_code": st.sampled_from(["liver", "1", "１", 1]),
    "a_partial_date": st.builds(
        lambda year, month, day, parts: "-".join([year, month, day][:parts]),
        st.one_of(st.integers(1850, 2100).map(str), UNKNOWN),
        st.one_of(st.integers(1, 12).map("{:02d}".format), UNKNOWN, st.just("-")),
        st.one_of(st.integers(1, 31).map("{:02d}".format), UNKNOWN), st.integers(1, 3),
    ),
    "a_qualified_number": st.one_of(st.builds(str.__add__, SIGN, NUMBER), st.sampled_from(["ND", "nd", "TNTC"])),
}  # fmt: skip
LINES = st.fixed_dictionaries(
    {
        name: st.lists(how.filter(lambda raw, name=name: accepted(name, raw)), min_size=ROWS, max_size=ROWS)
        for name, how in TYPED.items()
    }
)


def plain(raw: Any) -> str:
    return unicodedata.normalize("NFKC", str(raw)).strip()


def meant(name: str, raw: Any, site: str) -> dict[str, Any]:
    """The columns that the cut must show for what was typed."""
    text = plain(raw)
    if name == "an_integer":
        return {name: int(Decimal(text))}
    if name == "a_decimal":
        return {name: float(Decimal(text))}
    if name == "a_text":
        said = unicodedata.normalize("NFC", str(raw)).strip()
        return {name: said.replace("\r\n", "\n").replace("\r", "\n")}
    if name == "a_date":
        return {name: date(*(int(part) for part in text.split("-")))}
    if name == "a_boolean":
        return {name: raw is True or str(raw)[0].lower() in "yt是"}
    if name == "a_code":
        return {name: text}
    if name == "a_datetime":
        zone, moment = ZoneInfo(ZONES[site]), datetime.fromisoformat(text)
        instant = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        local = instant.astimezone(zone) if moment.tzinfo else moment
        return {name: local.replace(tzinfo=None, fold=0), f"{name}_utc": instant.replace(tzinfo=None)}
    return _partial(name, text) if name == "a_partial_date" else _qualified(name, text)


def _partial(name: str, text: str) -> dict[str, Any]:
    parts = [part if part.isdigit() else "" for part in text.replace("---", "-UN-").split("-")]
    year, month, day = (*parts, "", "")[:3]
    known = year + (f"-{month or '-'}" if month or day else "") + (f"-{day}" if day else "") if year else "UN"
    if not year:
        return {name: None, f"{name}_known": known, f"{name}_imputed": None}
    if month and day:
        return {name: date(int(year), int(month), int(day)), f"{name}_known": known, f"{name}_imputed": None}
    if month:
        return {name: date(int(year), int(month), 15), f"{name}_known": known, f"{name}_imputed": "D"}
    return {name: date(int(year), 12, int(day or 31)), f"{name}_known": known, f"{name}_imputed": "M"}


def _qualified(name: str, text: str) -> dict[str, Any]:
    word = text.upper() if text.isalpha() else ""
    sign = word or text.replace("≤", "<=").rstrip("0123456789.+- ")
    number = None if word else float(text.lstrip("<>=~≤ "))
    counts = {"ND": 0.0, "TNTC": None, "<": number and number / 2}.get(sign, number)
    return {name: number if number == 0 else counts, f"{name}_qualifier": sign or None, f"{name}_number": number}


def study_of(trial: Trial) -> Any:
    return SimpleNamespace(
        folder=None,
        protocol=trial.desk.protocol,
        protocol_digest="",
        store=trial.store,
        secret=lambda: SECRET,
        reader=everything,
    )


def cut_of(trial: Trial) -> pl.DataFrame:
    return freeze(study_of(trial)).tables["everything.lines"]


def check(lines: dict[str, list[Any]], site: str) -> None:
    trial = open_trial(protocol=PROTOCOL)
    trial.consented("P1", site, "li" if site == "S01" else "wang")
    rows = [{name: values[place] for name, values in lines.items()} for place in range(ROWS)]
    asked = {f"a_datetime.clock[{place + 1}]": "the clock of the site" for place in range(ROWS)}
    form = a.RecordForm("P1", "notes", "everything", {}, {"lines": rows}, observed="2024-02-01", overrides=asked)
    trial.do(form, as_="li" if site == "S01" else "wang")
    shown = cut_of(trial).rows(named=True)
    assert len(shown) == ROWS
    for raw, seen in zip(rows, shown, strict=True):
        for name, value in raw.items():
            wanted = meant(name, value, site)
            assert {key: seen[key] for key in wanted} == wanted, f"{name}: {value!r}"
    compared = compare_with_cut(study_of(trial))
    assert (compared.values, compared.findings) == (ROWS * len(lines), ())


@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(lines=LINES, site=st.sampled_from(sorted(ZONES)))
def test_what_the_desk_takes_the_cut_reads(lines, site):
    check(lines, site)


def test_every_type_of_item_is_hunted_and_every_facet_is_looked_at():
    every = {one for part in get_args(ItemType) for one in get_args(part) or (part,)}
    assert {item.type for item in ITEMS.values()} == every
    samples = {"a_datetime": "2024-01-01T00:00", "a_partial_date": "2024", "a_qualified_number": "1"}
    looked = {key for name, raw in samples.items() for key in meant(name, raw, "S01")}
    assert {facet.name for item in ITEMS.values() for facet in facets(item)} <= looked


def test_control_a_cut_that_reads_times_without_an_offset_only_is_caught(monkeypatch):
    """As the cut read them once: what did not fit the pattern of the first value became nothing."""
    kept = tables._read_one_by_one

    def naive(protocol: Protocol, table: str) -> Any:
        return [(n, SimpleNamespace(value=lambda values, around, one=one: _only_naive(one, values, around))) for n, one in kept(protocol, table)]  # fmt: skip

    def _only_naive(one: Any, values: Any, around: Any) -> Any:
        raw = values.get(one.item.id)
        if one.item.type == "datetime" and raw is not None and len(raw) != 19:
            return None
        return one.value(values, around)

    monkeypatch.setattr(tables, "_read_one_by_one", naive)
    with pytest.raises(AssertionError):
        test_what_the_desk_takes_the_cut_reads()


ONE = {
    "an_integer": 7, "a_decimal": "7.0", "a_text": "seven", "a_date": "2024-07-07", "a_datetime": "2024-07-07T07:07Z",
    "a_boolean": True, "a_code": "liver", "a_partial_date": "2024-07", "a_qualified_number": "<7",
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("becomes", ["nothing", "another"])
def test_a_cut_that_loses_or_changes_a_value_of_any_type_is_found_by_the_comparison(name, becomes, monkeypatch):
    trial = open_trial(protocol=PROTOCOL)
    trial.consented()
    trial.do(a.RecordForm("P1", "notes", "everything", {}, {"lines": [ONE]}, observed="2024-02-01"))
    assert compare_with_cut(study_of(trial)).line() == f"data cut: {len(ONE)} values, all as recorded"

    def broken(study: Any, **options: Any) -> Any:
        cut = freeze(study, **options)
        for column in (name, *(facet.name for facet in facets(ITEMS[name]))):
            table = cut.tables["everything.lines"]
            other = None if becomes == "nothing" else OTHER.get(column, OTHER.get(name))
            cut.tables["everything.lines"] = table.with_columns(pl.lit(other).cast(table[column].dtype).alias(column))  # type: ignore[index]
        return cut

    monkeypatch.setattr(comparing, "freeze", broken)
    found = compare_with_cut(study_of(trial))
    assert [one.code for one in found.findings] == ["cut.differs"]
    assert found.findings[0].where.path == f"P1 everything.lines[1] at notes (1) {name}"
    assert (becomes == "nothing") == ("shows nothing" in found.findings[0].tell("en"))
    assert "部分不一致" in found.line("zh")


OTHER: dict[str, Any] = {
    "an_integer": 8, "a_decimal": 8.0, "a_text": "eight", "a_date": date(2024, 8, 8), "a_boolean": False, "a_code": "1",
    "a_datetime": datetime(2024, 8, 8), "a_partial_date": date(2025, 8, 8), "a_partial_date_known": "2025-08",  # noqa: DTZ001
    "a_partial_date_imputed": "D", "a_qualified_number": 8.0, "a_qualified_number_qualifier": ">",
}  # fmt: skip


def test_more_than_twenty_differences_are_counted(monkeypatch):
    trial = open_trial(protocol=PROTOCOL)
    trial.consented()
    rows = [{"an_integer": place} for place in range(23)]
    trial.do(a.RecordForm("P1", "notes", "everything", {}, {"lines": rows}, observed="2024-02-01"))
    monkeypatch.setattr(comparing, "_READ", {**comparing._READ, "integer": lambda *_: False})
    findings = compare_with_cut(study_of(trial)).findings
    assert len(findings) == 21
    assert findings[-1].tell("en").startswith("DEMO: and 3 more values differ from the ledger")
