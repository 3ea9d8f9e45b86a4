"""Which version of the protocol a site follows on a day, and what an entry says of the version it was made under.

An amendment changes what is asked from now on, at each site from the day on which it may; never what was asked before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from equipoise.conduct.state.state import StudyState
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import ByIdentity
from equipoise.protocol.versions import united

__all__ = ["MARK_LENGTH", "InForce", "Version", "day_in_utc", "follows", "mark_of", "together"]

MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the protocol, and the entry that took it up."""

    seq: int
    version: str
    digest: str
    protocol: Protocol


@dataclass(frozen=True, slots=True)
class InForce:
    """The versions that were in force until an entry, in order, and all of them as one (`versions.united`)."""

    versions: tuple[Version, ...]
    united: Protocol

    @property
    def newest(self) -> Version:
        """The one in force at the entry."""
        return self.versions[-1]

    def marked(self, mark: str | None) -> Version:
        """The version that an entry says it was made under."""
        return next((one for one in self.versions if mark and one.digest.startswith(mark)), self.versions[0])

    def of(self, digest: str) -> Protocol:
        """The version of this digest."""
        return next(one.protocol for one in self.versions if one.digest == digest)

    def led_by(self, digest: str) -> Protocol:
        """All versions as one, with the named one deciding what anything means."""
        named = [one.protocol for one in self.versions if one.digest == digest]
        if len(self.versions) == 1 or not named:
            return self.united
        return _led(
            tuple(ByIdentity(one.protocol) for one in self.versions if one.digest != digest), ByIdentity(named[0])
        )


@lru_cache(maxsize=64)
def _led(others: tuple[ByIdentity, ...], last: ByIdentity) -> Protocol:
    return united([*(one.of for one in others), last.of])


def together(versions: Sequence[Version]) -> InForce:
    """The versions in their order, and all of them as one. One that was left and taken up again is one version."""
    *earlier, last = versions
    others = tuple(dict.fromkeys(ByIdentity(one.protocol) for one in earlier if one.digest != last.digest))
    return InForce(tuple(versions), _led(others, ByIdentity(last.protocol)) if others else last.protocol)


def day_in_utc(at: datetime | str) -> str:
    """The day, in UTC, by which versions change."""
    return at[:10] if isinstance(at, str) else at.astimezone(UTC).date().isoformat()


def follows(state: StudyState, site: str | None, day: str) -> str:
    """The digest of the version that a site follows on a day (UTC); of the study's newest where no site is meant."""
    taken = state.followed.get(site or "")
    if not taken:
        return state.digest
    return next((digest for since, digest in reversed(taken) if since <= day), taken[0][1])


def mark_of(state: StudyState, digest: str) -> str | None:
    """What an entry says of the version under which a value was entered; nothing where it is the study's first."""
    return None if not state.digests or digest == state.digests[0] else digest[:MARK_LENGTH]
