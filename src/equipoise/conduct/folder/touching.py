"""What an amendment touches: of whom and on which forms there are data that it drops, changes or lacks.

Told before it is taken up (a dry run) and again with its receipt. Looks at no arm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from equipoise.conduct.folder.words import phrase
from equipoise.protocol.versions import changes_between
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

if TYPE_CHECKING:
    from equipoise.ledger import Store
    from equipoise.protocol.document import Protocol

__all__ = ["Touched", "touched_by"]

_LISTED_MAX = 12
_SHOWN = ("site", "form", "item", "code", "visit", "visit_form", "variable", "endpoint", "factor")


@dataclass(frozen=True, slots=True)
class Touched:
    """One change with the records (forms at visits) and the participants of each site that it touches."""

    how: str
    kind: str
    name: str
    records: int
    participants: tuple[str, ...]
    sites: Mapping[str, int]

    @literals_checked
    def line(self, language: Language = "en") -> str:
        """The same in one line."""
        who = list(self.participants[:_LISTED_MAX])
        more = len(self.participants) - len(who)
        told = phrase("touched_more", who=who, more=more) if more else phrase("touched_all", who=who)
        facts: dict[str, Any] = {"kind": phrase(f"element.{self.kind}"), "name": self.name}
        if not self.participants:
            return phrase(f"touched_{self.how}/nobody", **facts).in_(language)
        sites = [f"{site}: {count}" for site, count in self.sites.items()]
        facts |= {"records": self.records, "people": len(self.participants), "sites": sites, "who": told}
        return phrase(f"touched_{self.how}", **facts).in_(language)


def touched_by(store: Store, before: Protocol, after: Protocol) -> list[Touched]:
    """Every change, in the order of the protocol, with the data that it touches."""
    people = store.projection(before.study.id, "participants")
    records = [(key.split(" "), record) for key, record in store.projection(before.study.id, "records").items()]
    changes = changes_between(before, after)
    found = []
    for how, part in (("dropped", changes.dropped), ("changed", changes.changed), ("added", changes.added)):
        for kind, name in ((of, one) for of in _SHOWN for one in part.get(of, ())):
            holds = _HOLDS.get(kind, _nothing)
            protocol = after if how == "added" else before
            hit = [key for key, record in records if holds(protocol, name, key, record, how == "added")]
            who = {key[0] for key in hit} if kind != "site" else {p for p, one in people.items() if one["site"] == name}
            found.append(_touched(how, kind, name, len(hit), sorted(who), people))
    if before.consent_version.value != after.consent_version.value:
        who = {name for name, one in people.items() if one["consented"] and one["status"] != "withdrawn"}
        found.append(_touched("changed", "consent", after.consent_version.value, 0, sorted(who), people))
    return found


def _touched(
    how: str, kind: str, name: str, records: int, who: list[str], people: Mapping[str, Mapping[str, Any]]
) -> Touched:
    sites = Counter(people[one]["site"] for one in who if one in people)
    return Touched(how, kind, name, records, tuple(who), dict(sorted(sites.items())))


Holds = Callable[["Protocol", str, list[str], Mapping[str, Any], object], bool]


def _nothing(_protocol: Protocol, _name: str, _key: list[str], _record: Mapping[str, Any], _added: object) -> bool:
    return False


def _item(protocol: Protocol, name: str, key: list[str], record: Mapping[str, Any], added: object) -> bool:
    """Records that hold a value of the item; of an item that is new, those of its form."""
    form, group, _ = protocol.item_by_id[name]
    if key[3] != form.id:
        return False
    return bool(added) or any(row.get(name) is not None for row in _rows(record, group))


def _code(protocol: Protocol, name: str, key: list[str], record: Mapping[str, Any], _added: object) -> bool:
    of, _, code = name.partition(".")
    items = [(form, group, i.id) for form, group, i in protocol.item_by_id.values() if i.codelist == of]
    return any(
        key[3] == form.id and any(str(row.get(item)) == code for row in _rows(record, group))
        for form, group, item in items
    )


def _form(_protocol: Protocol, name: str, key: list[str], _record: Mapping[str, Any], _added: object) -> bool:
    return key[3] == name


def _visit(_protocol: Protocol, name: str, key: list[str], _record: Mapping[str, Any], _added: object) -> bool:
    return key[1] == name


def _visit_form(_protocol: Protocol, name: str, key: list[str], _record: Mapping[str, Any], added: object) -> bool:
    visit, _, form = name.partition(".")
    return key[1] == visit and (bool(added) or key[3] == form)


def _rows(record: Mapping[str, Any], group: str | None) -> Iterator[Mapping[str, Any]]:
    yield from [record["values"]] if group is None else record["groups"].get(group, ())


_HOLDS: Mapping[str, Holds] = {
    "item": _item,
    "code": _code,
    "form": _form,
    "visit": _visit,
    "visit_form": _visit_form,
}
