"""The one shape of every complaint: where, what, why, and how to mend it.

Promises that bad input is answered with a Finding and never with a traceback.
Knows no room above it; every room speaks in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["Finding", "Refusal", "Unreadable", "Where"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place a person can go to: a file and line, a path inside a document, or a ledger entry."""

    file: str = ""
    line: int = 0
    path: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(part for part in (place, self.path) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One complaint. `code` is stable and machine-readable, e.g. ``rule.unknown_name``."""

    code: str
    where: Where
    what: str
    why: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.where}: " if str(self.where) else ""
        return f"{where}{self.what}; {self.why}. {self.mend}"

    def as_data(self) -> dict[str, object]:
        """A flat mapping for JSON: code, file, line, path, what, why, mend, severity."""
        data = asdict(self)
        return {"code": data["code"], **data["where"], **{k: data[k] for k in ("what", "why", "mend", "severity")}}


class Refusal(Exception):
    """Something was asked that may not be done; carries the Findings that say why and what would mend it."""

    def __init__(self, findings: Iterable[Finding] | Finding) -> None:
        self.findings: tuple[Finding, ...] = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class Unreadable(Refusal):
    """The input could not be read at all (no such file, not text, not YAML): exit code 2 at the command line."""
