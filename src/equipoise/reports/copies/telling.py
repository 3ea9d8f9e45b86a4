"""One ledger entry as a row that people read: in words, in UTC and in the time of the site, with its delay.

What the reader may not know is left out here, for every copy alike: arms, what lies under a seal, and answers that
could tell who somebody is. Who entered what and when is never left out (21 CFR 11.10(e)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from equipoise.conduct.entries.made import made_by
from equipoise.conduct.entries.participation import DUPLICATE_SUSPECTED
from equipoise.conduct.refused import retold
from equipoise.conduct.replay.receipt import sentence_of
from equipoise.conduct.state.organizations import organization_at
from equipoise.ledger.entry import REFUSED
from equipoise.protocol.scope import identifying_names, timezone_of
from equipoise.reports.copies.words import phrase
from equipoise.words import LANGUAGES, Phrase

if TYPE_CHECKING:
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol
    from equipoise.reports.copies.reader import CopyReader

__all__ = ["COLUMNS", "WITHHELD", "Telling", "days_late", "site_time"]

COLUMNS = (
    "entry",
    "at_utc",
    "at_site",
    "zone",
    "kind",
    "words_en",
    "words_zh",
    "participant",
    "site",
    "actor",
    "role",
    "organization_en",
    "organization_zh",
    "act",
    "visit",
    "occurrence",
    "form",
    "group",
    "row",
    "item",
    "old",
    "new",
    "reason",
    "observed",
    "delay_days",
    "payload",
    "hash",
)
"""The columns of a trail, in their order."""
WITHHELD = "[withheld]"
_SEALED = frozenset({"sealed", "scheme"})
_ARMS = _SEALED | {"arm", "arms"}
_FORMS = frozenset({"record", "correct", "draft"})
_DAYS = ("observed", "date")


def site_time(at: str, zone: str | None) -> tuple[str, str]:
    """An instant (UTC) as local time with its offset, and the name of the zone; UTC where there is no site."""
    there = ZoneInfo(zone) if zone else UTC
    return datetime.fromisoformat(at).astimezone(there).isoformat(timespec="seconds"), zone or "UTC"


def days_late(observed: str | None, at_site: str) -> int | None:
    """Whole days from the day of the observation to the day, at the site, on which it was entered."""
    try:
        return (date.fromisoformat(at_site[:10]) - date.fromisoformat((observed or "")[:10])).days
    except ValueError:
        return None


@dataclass(frozen=True)
class Telling:
    """Tells entries to one reader: what they may not know stands as `WITHHELD`."""

    protocol: Protocol
    reader: CopyReader

    def row(self, entry: Entry, *, site: str | None = None) -> dict[str, Any]:
        """The entry by `COLUMNS`. `site`: the participant's own now."""
        at_site, zone = site_time(entry.at, timezone_of(self.protocol, entry.site))
        said = self.payload(entry, site=site)
        told = said or {}
        observed = next((told[name] for name in _DAYS if isinstance(told.get(name), str)), None)
        words = {language: self._words(entry, said, language) for language in LANGUAGES}
        text = told.get("reason", "")
        made = made_by(entry.payload) if entry.kind == "value_corrected" else None
        return {
            "entry": entry.seq,
            "at_utc": entry.at,
            "at_site": at_site,
            "zone": zone,
            "kind": entry.kind,
            "words_en": words["en"],
            "words_zh": words["zh"],
            "participant": entry.participant,
            "site": entry.site,
            "actor": entry.actor if made is None else made.rule,
            "role": entry.role if made is None else made.version,
            **self.organization(entry),
            "act": entry.act,
            **{name: told.get(name) for name in ("visit", "occurrence", "form", "group", "row", "item", "old", "new")},
            "reason": text if isinstance(text, str) else "",
            "observed": observed,
            "delay_days": days_late(observed, at_site),
            "payload": said,
            "hash": entry.hash,
        }

    def organization(self, entry: Entry) -> dict[str, str | None]:
        """Of which organization whoever made the entry was then, in both languages; None where nobody said."""
        found = organization_at(self.reader.people, entry)
        return {f"organization_{language}": getattr(found, language, None) for language in LANGUAGES}

    def payload(self, entry: Entry, *, site: str | None = None) -> dict[str, Any] | None:
        """What the entry says, without what the reader may not know; None where it was erased."""
        if entry.payload is None:
            return None
        hidden = _ARMS if (site or entry.site) not in self.reader.arms else _SEALED
        if not self.reader.knows(site or entry.site):
            names = frozenset(identifying_names(self.protocol))
            hidden |= names | {"identity_hash"}
            if entry.payload.get("item") in names:
                hidden |= {"old", "new"}
        if (
            entry.kind == DUPLICATE_SUSPECTED.name
            and entry.payload.get("where") != "here"
            and self.reader.sites is not None
        ):
            hidden |= {"other"}
        said = {name: _without(value, hidden, name) for name, value in entry.payload.items()}
        if entry.kind == REFUSED:
            asked_of_forms = "identity_hash" in hidden and len(hidden) > len(_ARMS) + 1
            said["findings"] = [
                one if not _tells(one, hidden, said["act"] if asked_of_forms else "") else {"code": one["code"]}
                for one in said.get("findings", ())
            ]
        return said

    def _words(self, entry: Entry, said: Mapping[str, Any] | None, language: str) -> str:
        """The sentence of its kind, and what a person or the system wrote with it."""
        told = sentence_of(entry, language)
        if said is None:
            return phrase("entry.erased", told=told, entry=entry.seq).in_(language)
        if entry.kind == REFUSED:
            why = [retold(one, language) for one in said["findings"] if "what" in one]
            parts = [phrase("entry.why", what=one.what, why=one.why) for one in why]
            return phrase("entry.refused", told=told, parts=_listed(parts)).in_(language) if parts else told
        text = said.get("text")
        words = text.get(language, text.get("en", "")) if isinstance(text, Mapping) else text
        return phrase("entry.text", told=told, text=words).in_(language) if words else told


def _listed(parts: list[Phrase]) -> Phrase:
    return Phrase("; ".join(one.in_("en") for one in parts), "；".join(one.in_("zh") for one in parts))


def _tells(finding: Mapping[str, Any], hidden: frozenset[str], asked: str) -> bool:
    """Whether the words of a refusal could tell what is hidden: by a fact of that name, or by an answer on a form."""
    return asked in _FORMS or not hidden.isdisjoint(finding.get("facts", ()))


def _without(value: Any, hidden: frozenset[str], name: str) -> Any:
    if name in hidden and value is not None:
        return WITHHELD
    if isinstance(value, Mapping):
        return {key: _without(one, hidden, key) for key, one in value.items()}
    return [_without(one, hidden, "") for one in value] if isinstance(value, list) else value
