"""Putting what was seen of a file and what its columns may mean into a mapping; every doubt is a comment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from equipoise.conduct.importing.clauses import in_double_quotes, in_yaml
from equipoise.conduct.importing.suggesting.looking import FileColumn, Sight, look_at
from equipoise.conduct.importing.suggesting.matching import Match, best_named, fits, match_items
from equipoise.conduct.importing.values import quoted_name
from equipoise.conduct.importing.words import phrase
from equipoise.forms import Form, Item
from equipoise.protocol.document import Protocol
from equipoise.visits import Visit
from equipoise.wording.literals import literals_checked
from equipoise.words import Language, nearest

__all__ = ["suggest_mapping"]

_NUMBERS = (
    "participant",
    "subject",
    "subjid",
    "usubjid",
    "patient",
    "patient id",
    "record id",
    "id",
    "case",
    "受试者",
    "编号",
    "患者",
)
_SITES = ("site", "siteid", "center", "centre", "institution", "hospital", "中心", "医院")
_ARMS = ("arm", "armcd", "treatment", "trt", "rx", "group", "randomized to", "组别", "治疗")
_DAYS = {
    "screened": ("screened", "screening date", "date screened", "registration date", "entry date", "筛选日期"),
    "consented": ("consent date", "consented", "informed consent date", "知情同意日期"),
    "enrolled": ("enrollment date", "enrolled", "inclusion date", "入组日期"),
    "randomized": ("randomization date", "randomised", "rand date", "date of randomization", "随机日期"),
}
_REDCAP = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
_EMPTY = {"integer": "BIGINT", "decimal": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP"}


@literals_checked
def suggest_mapping(file: Path, protocol: Protocol, language: Language = "en") -> str:
    """The text of a mapping that takes `file` into a study of `protocol`, as far as can be told from both."""
    return _Draft(look_at(file), protocol, language).text(file.name)


class _Draft:
    def __init__(self, sight: Sight, protocol: Protocol, language: Language) -> None:
        self.sight, self.protocol, self.language = sight, protocol, language
        self.by_name = {column.name: column for column in sight.columns}
        self.kinds = {column.name: column.type for column in sight.columns}
        self.used = set[str]()
        self.number = best_named(_NUMBERS, sight.columns) or (sight.columns[0] if sight.columns else None)
        items = [item for form in protocol.forms for _, item in form.all_items() if not item.computed]
        free = [column for column in sight.columns if column.name not in _REDCAP and column is not self.number]
        derived = {name for form in protocol.forms for name in (*form.derived_items(), *form.advised_items())}
        self.matches = match_items([item for item in items if item.id not in derived], free)

    def text(self, file: str) -> str:
        """The whole mapping."""
        acts = self._acts()
        columns = [
            f"  {_key(name)}: {kind}{self._seen(name)}" for name, kind in self.kinds.items() if name in self.used
        ]
        ignored = [name for name in self.kinds if name not in self.used]
        lines = [f"# {self._say('suggest.head', file=file)}", f"# {self._say('suggest.look')}", *self._reads()]
        lines += ["columns:", *columns]
        if ignored:
            full = [name for name in ignored if self.by_name[name].texts]
            doubt = self._doubt("suggest.ignored", columns=full) if full else ""
            lines.append(f"ignore: [{', '.join(_key(name) for name in ignored)}]{doubt}")
        return "\n".join([*lines, *self._dates(), *acts]) + "\n"

    def _say(self, key: str, **facts: object) -> str:
        return _in_one_line(phrase(key, **facts).in_(self.language))

    def _doubt(self, key: str, **facts: object) -> str:
        return f"  # ? {self._say(key, **facts)}"

    def _use(self, column: FileColumn) -> str:
        self.used.add(column.name)
        return quoted_name(column.name)

    def _seen(self, name: str) -> str:
        values = self.by_name[name].values
        said = f"{', '.join(values[:4])}{', ...' if len(values) > 4 else ''}"
        return f"  # {_in_one_line(said)}" if values else ""

    def _reads(self) -> list[str]:
        reads = self.sight.reads
        said = (
            [f"encoding: {reads.encoding}", f"delimiter: {json.dumps(reads.delimiter)}"] if self.sight.encodings else []
        )
        said += [f"missing: [{', '.join(in_yaml(text) for text in reads.missing)}]"]
        if reads.decimal != ".":
            said.append(f"decimal: {json.dumps(reads.decimal)}")
        if reads.sheet is not None:
            said.append(f"sheet: {in_yaml(reads.sheet)}")
        doubt = ""
        if reads.header > 1:
            said.append(f"header: {reads.header}")
            doubt = self._doubt("suggest.header", line=reads.header)
        if others := [one for one in self.sight.encodings if one != reads.encoding]:
            doubt = self._doubt("suggest.encoding", encodings=others)
        elif len(self.sight.sheets) > 1:
            doubt = self._doubt("suggest.sheets", sheets=list(self.sight.sheets))
        return [f"reads: {{{', '.join(said)}}}{doubt}"]

    def _dates(self) -> list[str]:
        dated = [column for column in self.sight.columns if column.formats and column.name in self.used]
        lines = ["dates:"] if dated else []
        for column in dated:
            formats = ", ".join(json.dumps(form, ensure_ascii=False) for form in column.formats)
            century = f", century: {column.century}" if column.century is not None else ""
            doubt = self._doubt("suggest.day_or_month", other=list(column.other)) if column.other else ""
            if column.century is not None and not doubt:
                doubt = self._doubt("suggest.century")
            lines.append(f"  {_key(column.name)}: {{formats: [{formats}]{century}}}{doubt}")
        return lines

    def _acts(self) -> list[str]:
        lines = ["acts:"]
        number = self.number
        ids = [row[number.name] for row in self.sight.rows if row[number.name]] if number is not None else []
        if len(set(ids)) < len(ids):
            lines.append(f"  rows: several{self._doubt('suggest.several')}")
        if number is not None:
            self.kinds[number.name] = "text"
            lines.append(f"  participant: {_scalar(self._use(number))}{self._doubt('suggest.number')}")
        lines.append(self._site())
        days = {act: self._day(act) for act in _DAYS}
        first = next((day for day in (*days.values(), *self._any_day()) if day), None)
        dated = ("screened", "consented", "enrolled")
        lines += [self._dated(f"  {act}: ", days[act] or first, sure=days[act] is not None) for act in dated]
        lines += self._randomized(days["randomized"] or days["enrolled"] or first)
        records = self._records()
        return [*lines, *(["  records:", *records] if records else [])]

    def _any_day(self) -> list[FileColumn]:
        taken = {match.column.name for match in self.matches.values()}
        return [column for column in self.sight.columns if column.type == "date" and column.name not in taken]

    def _day(self, act: str) -> FileColumn | None:
        return best_named(_DAYS[act], self.sight.columns, ("date",))

    def _dated(self, before: str, column: FileColumn | None, *, sure: bool) -> str:
        if column is None:
            return f"{before}DATE '{self.protocol.study.date}'{self._doubt('suggest.no_day')}"
        doubt = "" if sure else self._doubt("suggest.other_day", column=column.name)
        return f"{before}{_scalar(self._use(column))}{doubt}"

    def _site(self) -> str:
        known = [site.id for site in self.protocol.sites]
        column = best_named(_SITES, self.sight.columns)
        if column is not None and column.name not in {
            match.column.name for match in self.matches.values() if match.sure
        }:
            self.kinds[column.name] = "text"
            if set(column.values) <= set(known):
                return f"  site: {_scalar(self._use(column))}"
            return f"  site: {_scalar(self._cases(column, known))}{self._listed(column, known)}"
        doubt = "" if len(known) == 1 else self._doubt("suggest.site", sites=known)
        return f"  site: {_scalar(_sql(known[0]))}{doubt}"

    def _randomized(self, day: FileColumn | None) -> list[str]:
        if self.protocol.randomization.scheme.value.kind != "recorded":
            return []
        arms = [arm.id for arm in self.protocol.arms]
        column = best_named(_ARMS, self.sight.columns)
        if column is None:
            return [f"  # {self._say('suggest.no_arm', arms=arms)}"]
        self.kinds[column.name] = "text"
        labels = {arm.id: (arm.label.en, arm.label.zh) for arm in self.protocol.arms}
        whole = set(column.values) <= set(arms)
        rule = self._use(column) if whole else self._cases(column, arms, labels)
        return [
            "  randomized:",
            self._dated("    date: ", day, sure=day is not None),
            f"    arm: {_scalar(rule)}{'' if whole else self._listed(column, arms)}",
        ]

    def _cases(
        self, column: FileColumn, codes: Sequence[str], labels: Mapping[str, tuple[str, ...]] | None = None
    ) -> str:
        """A CASE that names what can be told; what it leaves out is told row by row when the file is taken in."""
        self.used.add(column.name)
        known = {said.lower(): code for code in codes for said in (code, *(labels or {}).get(code, ()))}
        # Only what is the same: the nearest spelling may be the opposite (related, unrelated).
        same = [(value, known[value.lower()]) for value in column.values[:40] if value.lower() in known]
        pairs = [f"WHEN {_sql(value)} THEN {_sql(code)}" for value, code in same]
        if not pairs:
            pairs = [f"WHEN '?' THEN {_sql(codes[0])}"]
        return f"CASE {quoted_name(column.name)} {' '.join(pairs)} END"

    def _listed(self, column: FileColumn, codes: Sequence[str]) -> str:
        values = column.values[:12]
        return self._doubt("suggest.codes", values=values, codes=list(codes)[:12])

    def _records(self) -> list[str]:
        lines: list[str] = []
        done = set[str]()
        for visit in self.protocol.visits:
            for form in (self.protocol.form_by_id[name] for name in visit.forms if name in self.protocol.form_by_id):
                matched = [item for _, item in form.all_items() if item.id in self.matches]
                if form.id not in done and matched:
                    done.add(form.id)
                    lines += self._record(visit, form)
        return lines

    def _record(self, visit: Visit, form: Form) -> list[str]:
        lines = [f"  - form: {form.id}", f"    visit: {visit.id}"]
        others = [one.id for one in self.protocol.visits if form.id in one.forms and one is not visit]
        if others:
            lines[1] += self._doubt("suggest.visits", visits=[visit.id, *others])
        lines += self._repeats(visit, form)
        derived = {*form.derived_items(), *form.advised_items()}
        values = [line for item in form.items if item.id not in derived and (line := self._value(item, "      "))]
        lines += ["    values:", *values] if values else []
        groups = {group.id: group.items for group in form.groups if any(i.id in self.matches for i in group.items)}
        lines += ["    groups:"] if groups else []
        for name, items in groups.items():
            filled = [line for item in items if item.id not in derived and (line := self._value(item, "          "))]
            lines += [f"      {name}:", "      - values:", *filled]
        return lines

    def _repeats(self, visit: Visit, form: Form) -> list[str]:
        """Which rows are about the form, and which occurrence each of them is."""
        instrument = self.by_name.get("redcap_repeat_instrument")
        if instrument is not None:
            self.kinds[instrument.name] = "text"
            name = nearest(form.id, instrument.values) or next((v for v in instrument.values if v in form.id), None)
            self.used.add(instrument.name)
            if name is None:
                return [f"    when: {instrument.name} IS NULL"]
            lines = [f"    when: {_scalar(f'COALESCE({instrument.name} = {_sql(name)}, FALSE)')}"]
            instance = self.by_name.get("redcap_repeat_instance")
            if instance is not None and (visit.kind == "log" or visit.repeat is not None):
                lines.append(f"    occurrence: {self._use(instance)}")
            return lines
        if visit.kind == "log":
            columns = [match.column for _, item in form.all_items() if (match := self.matches.get(item.id))]
            given = " OR ".join(f"{self._use(column)} IS NOT NULL" for column in columns)
            return ["    numbered: true", f"    when: {_scalar(given)}"]
        return []

    def _value(self, item: Item, indent: str) -> str | None:
        """The line of an item: its expression, and what is doubtful about it; a required item has one in any case."""
        match = self.matches.get(item.id)
        asked = item.required and not (item.required_when or item.shown_when or item.computed)
        if match is None:
            if not asked:
                return None
            empty = f"CAST(NULL AS {_EMPTY.get(item.type, 'VARCHAR')})"
            return f"{indent}{item.id}: {empty}{self._doubt('suggest.no_column', label=item.label)}"
        rule, doubt = self._rule(item, match)
        if not doubt and not match.sure:
            doubt = self._doubt("suggest.name", column=match.column.name, label=item.label)
        return f"{indent}{item.id}: {_scalar(rule)}{doubt}"

    def _rule(self, item: Item, match: Match) -> tuple[str, str]:
        column = match.column
        if item.type == "code":
            codelist = self.protocol.codelist_by_id.get(item.codelist or "")
            codes = [code.code for code in codelist.codes] if codelist else []
            self.kinds[column.name] = "text"
            if set(column.values) <= set(codes):
                return self._use(column), ""
            labels = {code.code: (code.label.en, code.label.zh) for code in codelist.codes} if codelist else {}
            return self._cases(column, codes, labels), self._listed(column, codes)
        if item.type == "boolean":
            truths = {"0", "1", "true", "false", "yes", "no", "y", "n", "是", "否"}
            if {value.lower() for value in column.values} <= truths:
                self.kinds[column.name] = "boolean"
                return self._use(column), ""
            self.kinds[column.name] = "text"
            return self._truth(column), self._doubt("suggest.truth", values=column.values[:12])
        if not fits(item, column):
            self.kinds[column.name] = item.type
            return self._use(column), self._doubt("suggest.misfit", type=item.type, values=column.values[:12])
        if item.type == "text" or (not column.texts and item.type in _EMPTY):
            self.kinds[column.name] = "text" if item.type == "text" else item.type
        elif item.type in ("decimal", "partial_date", "qualified_number") and not column.formats:
            self.kinds[column.name] = item.type
        doubt = self._doubt("suggest.unit", unit=item.unit) if item.unit and not match.sure else ""
        return self._use(column), doubt

    def _truth(self, column: FileColumn) -> str:
        self.used.add(column.name)
        pairs = " ".join(f"WHEN {_sql(value)} THEN CAST(NULL AS BOOLEAN)" for value in column.values[:12])
        return f"CASE {quoted_name(column.name)} {pairs} END"


def _in_one_line(text: str) -> str:
    """As a comment of YAML can hold it: it ends with its line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _key(name: str) -> str:
    return (
        name
        if name.isascii() and name.isidentifier() and name.lower() not in _WORDS_OF_YAML
        else in_double_quotes(name)
    )


_WORDS_OF_YAML = frozenset(("true", "false", "null", "yes", "no", "on", "off"))


def _scalar(rule: str) -> str:
    """An expression as YAML writes it."""
    return rule if rule.replace("_", "a").isalnum() and rule.isascii() else in_double_quotes(rule)
