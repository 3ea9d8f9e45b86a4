"""YAML 1.2 to plain data with positions, or Findings.

Scalars follow the core schema of YAML 1.2.2, section 10.3: only true, false, null, integers and decimal numbers mean
something else than text, so `no`, `12:30`, `1_000` and `2020-01-31` stay what was written. Refuses tags, merge keys,
repeated keys, aliases that unfold without bound, and every encoding but UTF-8. See docs/decisions/0001-yaml-reader.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from equipoise.findings import Finding, Where
from equipoise.protocol.words import finding, phrase
from equipoise.protocol.yaml_findings import explain_yaml_error
from equipoise.words import Phrase

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # a PyYAML that was built without libyaml: the same events, about twenty times slower
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef,misc]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)


__all__ = ["BYTES_MAX", "YamlRead", "read_yaml"]

BYTES_MAX = 8_000_000  # the largest protocol we know of is a hundredth of this
NODES_MAX = 400_000
DEPTH_MAX = 40

_SPECIAL = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMERIC_START = frozenset("+-.0123456789")


@dataclass(slots=True)
class YamlRead:
    """What came out of one file: plain data (None when it could not be read), positions by container, Findings."""

    data: Any = None
    marks: dict[int, tuple[str, dict[str | int, int]]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_yaml(content: bytes, file: str, document: str = "protocol", *, as_written: bool = False) -> YamlRead:
    """Read one document. Everything wrong with it becomes a Finding; nothing is raised.

    `document` says of what kind it should be: protocol, mapping, or file (of acts). `as_written` leaves numbers and
    truth values the text that stands there, for whoever knows what 00012 and 4.20 are: only null still means nothing.
    """
    read = YamlRead()
    about = phrase(f"document.{document}")
    text = _decode(content, file, about, read.findings)
    if text is None:
        return read
    builder = _Builder(file, about, read, as_written=as_written)
    try:
        read.data = builder.build(text)
    except YAMLError as error:
        read.findings.append(explain_yaml_error(error, text, file, about))
    except _TooMuch as error:
        read.findings.append(error.finding)
    if read.data is None and not read.findings:
        read.findings.append(finding("yaml.empty/value", Where(file, 1), document=about))
    return read


def _decode(content: bytes, file: str, about: Phrase, found: list[Finding]) -> str | None:
    if len(content) > BYTES_MAX:
        found.append(finding("yaml.too_large", Where(file), most=BYTES_MAX // 1_000_000, document=about))
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:200].count(0) > 20:
        found.append(finding("yaml.encoding", Where(file, 1), likely="UTF-16", document=about))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = Where(file, content[: error.start].count(b"\n") + 1)
        found.append(finding("yaml.encoding", where, likely=_likely_encoding(content), document=about))
        return None
    if not text.strip():
        found.append(finding("yaml.empty", Where(file), document=about))
        return None
    return text


def _likely_encoding(content: bytes) -> str | Phrase:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return phrase("encoding.single_byte")
    # Nearly any bytes can be read as GB18030; only Chinese characters show that they were meant so.
    return "GBK (GB18030)" if any("\u4e00" <= c <= "\u9fff" for c in text) else phrase("encoding.single_byte")


class _TooMuch(Exception):
    """Reading goes no further: unlike other faults, this one would cost time and memory without bound."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Builder:
    """Parser events to data, in one pass and without nodes between: reading stays far below a tenth of a second."""

    def __init__(self, file: str, about: Phrase, read: YamlRead, *, as_written: bool) -> None:
        self.file, self.about, self.as_written = file, about, as_written
        self.marks = read.marks
        self.found = read.findings
        # Each with the number of nodes behind it: an alias costs what it stands for, lest ten lines unfold to billions.
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0

    def build(self, text: str) -> Any:
        parser = _Parser(text)
        self.next = parser.get_event  # bound once: it is called for every key and value of the file
        self.next()  # stream start
        start = self.next()
        if type(start).__name__ == "StreamEndEvent":
            self._complain("yaml.empty/comments", 1, document=self.about)
            return None
        data = self._value(self.next(), 0)
        self.next()  # document end
        after = self.next()
        if type(after).__name__ == "DocumentStartEvent":
            self._complain("yaml.several_documents", _line(after))
        return data

    def _complain(self, key: str, line: int, /, **facts: Any) -> None:
        self.found.append(finding(key, Where(self.file, line), **facts))

    def _value(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is ScalarEvent:
            self.nodes += 1
            if event.tag is not None and event.tag != "!":
                self._refuse_tag(event)
            value = self._scalar(event)
            if event.anchor is not None:
                self.anchors[event.anchor] = (value, 1)
            return value
        if kind is AliasEvent:
            return self._alias(event)
        if depth > DEPTH_MAX:  # before Python's own limit of recursion, which would be a traceback
            where = Where(self.file, _line(event))
            raise _TooMuch(finding("yaml.too_deep", where, most=DEPTH_MAX, document=self.about))
        if event.tag is not None and event.tag != "!":
            self._refuse_tag(event)
        before = self.nodes
        self.nodes += 1
        if event.anchor is not None:
            self.open_anchors.add(event.anchor)
        value = self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)
        if event.anchor is not None:
            # Known only once it is whole: within itself it would have no end.
            self.open_anchors.discard(event.anchor)
            self.anchors[event.anchor] = (value, self.nodes - before)
        self._bound(event)
        return value

    def _mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str | int, int] = {}
        following = self.next
        while True:
            event = following()
            kind = type(event)
            if kind is MappingEndEvent:
                break
            line = event.start_mark.line + 1
            if kind is ScalarEvent:
                key = event.value  # as written: `1`, `no` and `~` are names like any other, not numbers or truth values
                self.nodes += 1
                if event.anchor is not None:
                    self.anchors[event.anchor] = (key, 1)
            else:
                other = self._value(event, depth + 1)
                key = other if isinstance(other, str) else ""
                if not key:
                    self._complain("yaml.key", line)
            value = self._value(following(), depth + 1)
            # Faults are told and passed over, so that one reading tells them all; the first of two values holds.
            if key == "<<" and not event.style:
                self._complain("yaml.merge_key", line)
                continue
            if key in lines:
                self._complain("yaml.duplicate_key", line, name=key, first=lines[key])
                continue
            result[key] = value
            lines[key] = line
        self.marks[id(result)] = (self.file, lines)
        return result

    def _sequence(self, depth: int) -> list[Any]:
        result: list[Any] = []
        lines: dict[str | int, int] = {}
        following = self.next
        while True:
            event = following()
            if type(event) is SequenceEndEvent:
                break
            lines[len(result)] = event.start_mark.line + 1
            result.append(self._value(event, depth + 1))
        self.marks[id(result)] = (self.file, lines)
        return result

    def _scalar(self, event: Any) -> Any:
        text = event.value
        if event.style or event.tag == "!":
            return text
        if self.as_written:
            return None if _SPECIAL.get(text, text) is None else text
        if text in _SPECIAL:
            return _SPECIAL[text]
        if text[0] in _NUMERIC_START:
            if _INTEGER.fullmatch(text):
                return int(text) if len(text) < 400 else text  # Python refuses to read numbers of thousands of digits
            if _OTHER_BASE.fullmatch(text):
                return int(text, 0)
            if _FLOAT.fullmatch(text):
                number = float(text)
                if number in (float("inf"), float("-inf")):
                    self._not_finite(event)
                    return None
                return number
            if _NOT_FINITE.fullmatch(text):
                self._not_finite(event)
                return None
        return text

    def _not_finite(self, event: Any) -> None:
        self._complain("yaml.not_finite", _line(event), number=event.value[:40])

    def _alias(self, event: Any) -> Any:
        name = event.anchor
        if name in self.open_anchors:
            self._complain("yaml.alias/within", _line(event), name=name)
            return None
        if name not in self.anchors:
            self._complain("yaml.alias", _line(event), name=name)
            return None
        value, size = self.anchors[name]
        self.nodes += size
        self._bound(event)
        return value

    def _bound(self, event: Any) -> None:
        if self.nodes > NODES_MAX:
            raise _TooMuch(finding("yaml.too_many", Where(self.file, _line(event)), most=NODES_MAX))

    def _refuse_tag(self, event: Any) -> None:
        self._complain("yaml.tag", _line(event), tag=event.tag, document=self.about)


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
