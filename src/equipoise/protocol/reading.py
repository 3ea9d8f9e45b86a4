"""Reading a protocol: `protocol.yaml` and `forms/*.yaml` to one Protocol, with the line of everything in it.

Promises all Findings at once and no exception for bad input (only `load_protocol` raises). Knows how files are found
and joined; what the sections mean is known in `document`, whether their names resolve in `checking`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from equipoise.findings import Finding, Refusal, Unreadable, Where
from equipoise.protocol.document import Protocol
from equipoise.protocol.files import files_of_forms, find_protocol, main_file
from equipoise.protocol.positions import Positions
from equipoise.protocol.shape import shape
from equipoise.protocol.words import TABLE, finding, phrase, unreadable
from equipoise.protocol.yaml_reading import BYTES_MAX, YamlRead, read_yaml
from equipoise.words import Phrase

__all__ = ["Reading", "load_protocol", "read_protocol", "read_shape", "require_protocol"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a protocol's files.

    `protocol` is None when anything is wrong with the shape; `partial` is then what could be saved for further checks,
    and `lost` the names that could not. `unreadable` means that a file could not be read at all.
    """

    protocol: Protocol | None
    findings: list[Finding]
    lines: Positions
    partial: Protocol | None = None
    lost: frozenset[str] = frozenset()
    unreadable: bool = False
    files: tuple[Path, ...] = ()


def read_shape(name_or_path: str | Path) -> Reading:
    """Read and shape a protocol. The Findings are about text and shape; names and rules are for `check_protocol`."""
    try:
        path = find_protocol(name_or_path)
        main = main_file(path)
        read, files = _read_file(main), [main]
        if read.data is not None:
            _join_forms(read, main, files)
    except Unreadable as refusal:
        return Reading(None, list(refusal.findings), Positions(str(name_or_path)), unreadable=True)
    positions = Positions(str(main), read.data, read.marks)
    broken = any(f.code in _UNREADABLE for f in read.findings)
    if read.data is None:
        return Reading(None, read.findings, positions, unreadable=True, files=tuple(files))
    shaped = shape(positions)
    findings = [*read.findings, *shaped.findings]
    whole = shaped.protocol if not any(f.severity == "error" for f in findings) else None
    return Reading(whole, findings, shaped.positions, shaped.protocol, shaped.lost, broken, tuple(files))


_UNREADABLE = frozenset(
    {
        "yaml.broken",
        "yaml.encoding",
        "yaml.too_large",
        "yaml.empty",
        "yaml.too_deep",
        "yaml.too_many",
        "protocol.not_readable",
    }
)


def read_protocol(name_or_path: str | Path) -> Reading:
    """Read a protocol and check everything in it; the Findings are in the order of the files' lines."""
    from equipoise.protocol.checking import check_protocol

    reading = read_shape(name_or_path)
    if reading.partial is None:
        return replace(reading, findings=_sorted(reading.findings))
    # A file that could not be read takes its forms with it: what names them cannot be judged.
    checked = check_protocol(reading.partial, reading.lines, lost=reading.lost, whole=not reading.unreadable)
    return replace(reading, findings=_sorted([*reading.findings, *_further(reading.findings, checked)]))


def _further(shape: list[Finding], checked: list[Finding]) -> Iterator[Finding]:
    """What the check found beyond the shape's Findings.

    Where a value could not be read, another stood in for it, and what the check says there is about that one; nor is it
    `lacking`: it is written.
    """
    told = {(found.where.file, place) for found in shape for place in (found.where.path, _list_of(found.where.path))}
    for found in checked:
        path, lacking = found.where.path, found.facts.get("lacking")
        places = {path, f"{path}.{lacking}"} if lacking else {path}
        if not path or not any((found.where.file, place) in told for place in places):
            yield found


def _list_of(path: str) -> str:
    """The list of which the path names an element; the path itself when it names none."""
    return path.rpartition("[")[0] if path.endswith("]") else path


def load_protocol(name_or_path: str | Path) -> Protocol:
    """The checked protocol; raises Unreadable or Refusal with every Finding. Warnings do not stop it."""
    return require_protocol(read_protocol(name_or_path))


def require_protocol(reading: Reading) -> Protocol:
    """What was read, when it can be used; raises as `load_protocol` does."""
    if reading.unreadable:
        raise Unreadable(reading.findings)
    errors = [found for found in reading.findings if found.severity == "error"]
    if errors or reading.protocol is None:
        raise Refusal(errors)
    return reading.protocol


def _sorted(findings: list[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(findings), key=lambda f: (f.where.file, f.where.line, f.where.path, f.code))


def _read_file(path: Path) -> YamlRead:
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)  # what is larger is refused; a device never ends
    except FileNotFoundError:
        unreadable("protocol.not_found/file", Where(str(path)))
    except OSError as error:
        unreadable("protocol.not_readable", Where(str(path)), why=_refusal_of_the_system(error))
    return read_yaml(content, str(path))


def _refusal_of_the_system(error: OSError) -> Phrase:
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    key = f"os.{name}"
    return phrase(key) if key in TABLE.phrases else phrase("os.other", name=name)


def _join_forms(read: YamlRead, main: Path, files: list[Path]) -> None:
    """Append the forms of `forms/*.yaml`, and the codelists that they bring, to those of the protocol, by file name."""
    if not isinstance(read.data, dict) or (found := files_of_forms(main)) is None:
        return
    parts: dict[str, list[Any]] = {"forms": [], "codelists": []}
    for path in found:
        if path.suffix == ".yml":
            read.findings.append(finding("protocol.file_name", Where(str(path))))
            continue
        files.append(path)
        try:
            part = _read_file(path)
        except Unreadable as refusal:
            read.findings += refusal.findings
            continue
        read.findings += part.findings
        read.marks |= part.marks
        if part.data is not None:
            for key, members in _parts_of(part, str(path), read.findings).items():
                parts[key] += members
    joined = dict(read.data)
    for key, members in parts.items():
        own = read.data.get(key)
        if own is not None and not isinstance(own, list):
            continue  # its shape is refused as it stands
        if members or key == "forms":
            file, lines = read.marks.get(id(own), ("", {}))
            joined[key] = [*(own or ()), *members]
            read.marks[id(joined[key])] = (file, dict(lines))
    read.marks[id(joined)] = read.marks[id(read.data)]
    read.data = joined


def _parts_of(part: YamlRead, file: str, found: list[Finding]) -> dict[str, list[Any]]:
    """The forms of one file, and the codelists that it brings along."""
    data = part.data
    if isinstance(data, list):
        return {"forms": data}
    if isinstance(data, dict) and "forms" in data:
        for key in data.keys() - {"forms", "codelists"}:
            line = part.marks[id(data)][1].get(key, 1)
            found.append(finding("shape.unknown_key/forms", Where(file, line, key), name=key))
        if all(isinstance(data[key], list) for key in data.keys() & {"forms", "codelists"}):
            return {key: data[key] for key in ("forms", "codelists") if key in data}
    if isinstance(data, dict) and "forms" not in data:
        return {"forms": [data]}
    found.append(finding("shape.not_a_form", Where(file, 1)))
    return {}
