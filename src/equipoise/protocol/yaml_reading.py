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

from equipoise.findings import Finding, Where, prose
from equipoise.protocol.yaml_findings import explain_yaml_error

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

_SPECIAL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
            "null": None, "Null": None, "NULL": None, "~": None, "": None}  # fmt: skip
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


def read_yaml(content: bytes, file: str) -> YamlRead:
    """Read one document. Everything wrong with it becomes a Finding; nothing is raised."""
    read = YamlRead()
    text = _decode(content, file, read.findings)
    if text is None:
        return read
    builder = _Builder(file, read)
    try:
        read.data = builder.build(text)
    except YAMLError as error:
        read.findings.append(explain_yaml_error(error, text, file))
    except _TooMuch as error:
        read.findings.append(error.finding)
    if read.data is None and not read.findings:
        read.findings.append(prose("yaml.empty", Where(file, 1), "the file holds no value", "nothing can be read from it", "Write the protocol into it."))  # fmt: skip
    return read


def _decode(content: bytes, file: str, found: list[Finding]) -> str | None:
    if len(content) > BYTES_MAX:
        most = f"{BYTES_MAX // 1_000_000} MB"
        found.append(prose("yaml.too_large", Where(file), f"the file has more than {most}", "no protocol is as large",
                             "Keep data out of the protocol; put forms into files of their own."))  # fmt: skip
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:200].count(0) > 20:
        found.append(_encoding(file, 1, "UTF-16"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found.append(_encoding(file, line, _likely_encoding(content)))
        return None
    if not text.strip():
        found.append(prose("yaml.empty", Where(file), "the file is empty", "nothing can be read from it",
                             "Write the protocol into it, or remove the file."))  # fmt: skip
        return None
    return text


def _likely_encoding(content: bytes) -> str:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return "Windows-1252 or Latin-1"
    return "GBK (GB18030)" if any("\u4e00" <= c <= "\u9fff" for c in text) else "Windows-1252 or Latin-1"


def _encoding(file: str, line: int, likely: str) -> Finding:
    return prose(
        "yaml.encoding",
        Where(file, line),
        f"the file is not UTF-8; it looks like {likely}",
        "a protocol must read the same on every machine",
        "Save it again as UTF-8 (in most editors: Save with encoding, UTF-8).",
    )


class _TooMuch(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class _Builder:
    """Turns parser events into data. One pass, no intermediate nodes: reading must stay far below a tenth of a second."""

    def __init__(self, file: str, read: YamlRead) -> None:
        self.file = file
        self.marks = read.marks
        self.found = read.findings
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0

    def build(self, text: str) -> Any:
        parser = _Parser(text)
        self.next = parser.get_event
        self.next()  # stream start
        start = self.next()
        if type(start).__name__ == "StreamEndEvent":
            self._complain(
                "yaml.empty",
                1,
                "the file holds only comments",
                "nothing can be read from it",
                "Write the protocol into it.",
            )
            return None
        data = self._value(self.next(), 0)
        self.next()  # document end
        after = self.next()
        if type(after).__name__ == "DocumentStartEvent":
            self._complain("yaml.several_documents", after.start_mark.line + 1, "a second document begins here (`---`)",
                           "one file holds one document", "Move it to a file of its own, or remove the line `---`.")  # fmt: skip
        return data

    def _complain(self, code: str, line: int, what: str, why: str, mend: str) -> None:
        self.found.append(prose(code, Where(self.file, line), what, why, mend))

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
        if depth > DEPTH_MAX:
            raise _TooMuch(prose("yaml.too_deep", Where(self.file, event.start_mark.line + 1), f"lists and mappings are nested more than {DEPTH_MAX} deep",
                                   "no protocol needs that", "Look for a missing closing bracket, or for indentation that grew."))  # fmt: skip
        if event.tag is not None and event.tag != "!":
            self._refuse_tag(event)
        before = self.nodes
        self.nodes += 1
        if event.anchor is not None:
            self.open_anchors.add(event.anchor)
        value = self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)
        if event.anchor is not None:
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
                key = event.value
                self.nodes += 1
                if event.anchor is not None:
                    self.anchors[event.anchor] = (key, 1)
            else:
                other = self._value(event, depth + 1)
                key = other if isinstance(other, str) else ""
                if not key:
                    self._complain(
                        "yaml.key",
                        line,
                        "a key is itself a list or a mapping",
                        "keys are plain text",
                        "Write the key as one word.",
                    )
            value = self._value(following(), depth + 1)
            if key == "<<" and not event.style:
                self._complain("yaml.merge_key", line, "`<<` merges mappings", "it is not part of YAML 1.2, and hides what a clause says",
                               "Write the keys out, or give the whole value by an alias (`*name`).")  # fmt: skip
                continue
            if key in lines:
                self._complain("yaml.duplicate_key", line, f"the key `{key}` is written twice", f"it already stands on line {lines[key]}, and only one value can hold",
                               "Remove one of the two.")  # fmt: skip
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
        if text in _SPECIAL:
            return _SPECIAL[text]
        if text[0] in _NUMERIC_START:
            if _INTEGER.fullmatch(text):
                return int(text) if len(text) < 400 else text
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
        self._complain("yaml.not_finite", event.start_mark.line + 1, f"`{event.value[:40]}` is not a finite number", "nothing in a trial is infinite",
                       "Leave an open limit out.")  # fmt: skip

    def _alias(self, event: Any) -> Any:
        line = event.start_mark.line + 1
        name = event.anchor
        if name in self.open_anchors:
            self._complain(
                "yaml.alias",
                line,
                f"`*{name}` stands inside what it refers to",
                "it would never end",
                "Write the value out.",
            )
            return None
        if name not in self.anchors:
            self._complain(
                "yaml.alias",
                line,
                f"`*{name}` refers to nothing",
                f"no `&{name}` stands before it",
                "Correct the name, or write the value out.",
            )
            return None
        value, size = self.anchors[name]
        self.nodes += size
        self._bound(event)
        return value

    def _bound(self, event: Any) -> None:
        if self.nodes > NODES_MAX:
            raise _TooMuch(prose("yaml.too_many", Where(self.file, event.start_mark.line + 1), f"the document unfolds to more than {NODES_MAX} values",
                                   "aliases of aliases multiply", "Write the values out where they are needed."))  # fmt: skip

    def _refuse_tag(self, event: Any) -> None:
        self._complain("yaml.tag", event.start_mark.line + 1, f"the tag `{event.tag}` is used", "a protocol is plain data, and nothing in it may run",
                       "Remove the tag; put text in quotes.")  # fmt: skip
