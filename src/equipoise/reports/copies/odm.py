"""The records of a cut as CDISC ODM-XML 1.3.2, transactional: every value entered, corrected or struck, with its audit.

One SubjectData for each ledger entry, in the order of the ledger, so that the file tells what happened and not only
what stands. Its structure is that of ODM1-3-2.xsd. Not in it: arms, eligibility, withdrawals, queries, signatures,
derived variables, half-filled forms, what was erased, and answers that could tell who somebody is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent, tostring

from equipoise.conduct.entries.in_place import in_place, kept_in
from equipoise.conduct.replay.loading import load_study
from equipoise.conduct.state.organizations import Organization, organization_at
from equipoise.protocol.scope import identifying_names

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.state import Person
    from equipoise.datacut import Cut
    from equipoise.forms import Form, Item
    from equipoise.ledger import Entry
    from equipoise.protocol.document import Protocol
    from equipoise.wording import Text

__all__ = ["odm_bytes"]

_NAMESPACE: Final = "http://www.cdisc.org/ns/odm/v1.3"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS: Final = ("screened", "transferred", "form_recorded", "value_corrected", "record_struck")
_TYPES: Final[Mapping[str, str]] = {
    "integer": "integer",
    "decimal": "float",
    "date": "date",
    "datetime": "partialDatetime",
    "boolean": "boolean",
}
_DIGITS: Final = 10
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def odm_bytes(study: Study, cut: Cut) -> bytes:
    """The file, up to the cut's entry."""
    protocol, hidden = cut.protocol, frozenset(identifying_names(cut.protocol))
    kept = kept_in(study.store, study.id)
    entries = list(in_place(study.store.read(study.id, upto=cut.seq, kinds=_KINDS), kept))
    at = cut.at[:19] + "Z"
    root = Element(
        "ODM",
        {
            "xmlns": _NAMESPACE,
            "FileType": "Transactional",
            "Granularity": "All",
            "FileOID": f"{study.id}.{cut.seq}.{cut.head[:16]}",
            "CreationDateTime": at,
            "AsOfDateTime": at,
            "ODMVersion": "1.3.2",
            "SourceSystem": "equipoise",
            "SourceSystemVersion": cut.software.removeprefix("equipoise "),
        },
    )
    _study(root, protocol, cut, hidden)
    users = _users(entries, load_study(study.store, study.id).people)
    _admin(root, protocol, cut, entries, users)
    clinical = SubElement(root, "ClinicalData", {"StudyOID": study.id, "MetaDataVersionOID": _version(cut)})
    for entry in entries:
        _subject(clinical, entry, hidden, users[entry.seq].oid)
    if not len(clinical):
        root.remove(clinical)
    indent(ElementTree(root))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def _version(cut: Cut) -> str:
    return f"MDV.{cut.protocol_version}"


def _legal(text: str) -> str:
    """What XML cannot hold stands as the sign of replacement."""
    return _NO_XML.sub("\ufffd", text)


def _translated(home: Element, name: str, text: Text) -> None:
    inside = SubElement(home, name)
    for language, said in (("en", text.en), ("zh", text.zh)):
        SubElement(inside, "TranslatedText", {_LANG: language}).text = _legal(said)


def _study(root: Element, protocol: Protocol, cut: Cut, hidden: frozenset[str]) -> None:
    """What is asked: units, visits, forms, items, codes."""
    study = SubElement(root, "Study", {"OID": cut.study})
    named = SubElement(study, "GlobalVariables")
    for tag, said in (
        ("StudyName", protocol.study.short.en),
        ("StudyDescription", protocol.study.title.en),
        ("ProtocolName", cut.study),
    ):
        SubElement(named, tag).text = _legal(said)
    items = [item for form in protocol.forms for _, item in form.all_items() if item.id not in hidden]
    units = {unit: f"MU.{n}" for n, unit in enumerate(dict.fromkeys(i.unit for i in items if i.unit), start=1)}
    if units:
        basic = SubElement(study, "BasicDefinitions")
        for unit, oid in units.items():
            symbol = SubElement(SubElement(basic, "MeasurementUnit", {"OID": oid, "Name": unit}), "Symbol")
            SubElement(symbol, "TranslatedText").text = unit
    meta = SubElement(study, "MetaDataVersion", {"OID": _version(cut), "Name": f"Protocol {cut.protocol_version}"})
    _visits(meta, protocol)
    _forms(meta, protocol, hidden)
    for item in {item.id: item for item in items}.values():
        _item(meta, item, units)
    for codelist in protocol.codelists:
        about = {"OID": f"CL.{codelist.id}", "Name": codelist.id, "DataType": "text"}
        home = SubElement(meta, "CodeList", about)
        for code in codelist.codes:
            _translated(SubElement(home, "CodeListItem", {"CodedValue": code.code}), "Decode", code.label)


def _visits(meta: Element, protocol: Protocol) -> None:
    order = SubElement(meta, "Protocol")
    for place, visit in enumerate(protocol.visits, start=1):
        said = {"StudyEventOID": f"SE.{visit.id}", "OrderNumber": str(place), "Mandatory": "No"}
        SubElement(order, "StudyEventRef", said)
    for visit in protocol.visits:
        repeats = visit.kind == "log" or visit.repeat is not None
        about = {"OID": f"SE.{visit.id}", "Name": visit.label.en, "Repeating": "Yes" if repeats else "No"}
        home = SubElement(meta, "StudyEventDef", {**about, "Type": "Common" if visit.kind == "log" else "Scheduled"})
        for place, form in enumerate(dict.fromkeys(visit.forms), start=1):
            said = {"FormOID": f"F.{form}", "OrderNumber": str(place), "Mandatory": "No"}
            SubElement(home, "FormRef", said)


def _forms(meta: Element, protocol: Protocol, hidden: frozenset[str]) -> None:
    for form in protocol.forms:
        home = SubElement(meta, "FormDef", {"OID": f"F.{form.id}", "Name": form.title.en, "Repeating": "No"})
        for place, (group, _) in enumerate(_groups(form, hidden), start=1):
            said = {"ItemGroupOID": _group(form.id, group), "OrderNumber": str(place), "Mandatory": "No"}
            SubElement(home, "ItemGroupRef", said)
    for form in protocol.forms:
        labels = {group.id: group.label.en for group in form.groups}
        for group, items in _groups(form, hidden):
            name, repeats = (form.title.en, "No") if group is None else (labels[group], "Yes")
            about = {"OID": _group(form.id, group), "Name": name, "Repeating": repeats}
            home = SubElement(meta, "ItemGroupDef", about)
            for place, item in enumerate(items, start=1):
                needed = item.required and item.shown_when is None
                said = {"ItemOID": f"I.{item.id}", "OrderNumber": str(place), "Mandatory": "Yes" if needed else "No"}
                SubElement(home, "ItemRef", said)


def _groups(form: Form, hidden: frozenset[str]) -> Iterator[tuple[str | None, list[Item]]]:
    """The items of a form as ODM has them: those asked once, then each repeating group; none without an item."""
    for group in (None, *(one.id for one in form.groups)):
        if items := [item for of, item in form.all_items() if of == group and item.id not in hidden]:
            yield group, items


def _group(form: str, group: str | None) -> str:
    return f"IG.{form}" if group is None else f"IG.{form}.{group}"


def _item(meta: Element, item: Item, units: Mapping[str, str]) -> None:
    kind = _TYPES.get(item.type, "text")
    about = {"OID": f"I.{item.id}", "Name": item.id, "DataType": kind}
    if kind in ("integer", "float", "text"):
        about["Length"] = "4000" if kind == "text" else "20"
    if kind == "float":
        about["SignificantDigits"] = str(_DIGITS if item.decimals is None else item.decimals)
    home = SubElement(meta, "ItemDef", about)
    _translated(home, "Question", item.label)
    if item.unit:
        SubElement(home, "MeasurementUnitRef", {"MeasurementUnitOID": units[item.unit]})
    if item.codelist:
        SubElement(home, "CodeListRef", {"CodeListOID": f"CL.{item.codelist}"})


@dataclass(frozen=True, slots=True)
class _User:
    """Who entered, as a person of one organization: of another one later they are another user with the same name."""

    oid: str
    person: str
    organization: Organization | None


def _users(entries: Iterable[Entry], people: Mapping[str, Person]) -> dict[int, _User]:
    """By entry: the user who made it."""
    known: dict[tuple[str, Organization | None], _User] = {}
    found = {}
    for entry in entries:
        key = entry.actor, organization_at(people, entry)
        earlier = sum(person == entry.actor for person, _ in known)
        oid = f"U.{entry.actor}" if not earlier else f"U.{entry.actor}.{earlier + 1}"
        found[entry.seq] = known.setdefault(key, _User(oid, *key))
    return found


def _admin(root: Element, protocol: Protocol, cut: Cut, seen: Collection[Entry], users: Mapping[int, _User]) -> None:
    """Who entered, of which organization, and where."""
    sites = dict.fromkeys(e.site for e in seen if e.site)
    if not users:
        return
    admin = SubElement(root, "AdminData", {"StudyOID": cut.study})
    for user in dict.fromkeys(users.values()):
        home = SubElement(admin, "User", {"OID": user.oid})
        SubElement(home, "LoginName").text = _legal(user.person)
        if user.organization is not None:
            SubElement(home, "Organization").text = _legal(user.organization.en)
    names = {site.id: site.name.en for site in protocol.sites}
    for site in sites:
        about = {"OID": f"L.{site}", "Name": names.get(site, site), "LocationType": "Site"}
        home = SubElement(admin, "Location", about)
        since = min(e.at[:10] for e in seen if e.site == site)
        said = {"StudyOID": cut.study, "MetaDataVersionOID": _version(cut), "EffectiveDate": since}
        SubElement(home, "MetaDataVersionRef", said)


def _audit(home: Element, entry: Entry, user: str, reason: str = "") -> None:
    audit = SubElement(home, "AuditRecord")
    SubElement(audit, "UserRef", {"UserOID": user})
    SubElement(audit, "LocationRef", {"LocationOID": f"L.{entry.site}"})
    SubElement(audit, "DateTimeStamp").text = entry.at[:19] + "Z"
    if reason:
        SubElement(audit, "ReasonForChange").text = _legal(reason)
    SubElement(audit, "SourceID").text = f"entry {entry.seq}"


def _subject(clinical: Element, entry: Entry, hidden: frozenset[str], user: str) -> None:
    """What one entry did."""
    said, key = entry.payload, {"SubjectKey": entry.participant or ""}
    if entry.kind in ("screened", "transferred"):
        site = entry.site if entry.kind == "screened" or said is None else said["to"]
        what = "Insert" if entry.kind == "screened" else "Update"
        home = SubElement(clinical, "SubjectData", {**key, "TransactionType": what})
        _audit(home, entry, user, "" if entry.kind == "screened" else (said or {}).get("reason", ""))
        SubElement(home, "SiteRef", {"LocationOID": f"L.{site}"})
        return
    if said is None or (entry.kind == "value_corrected" and said["item"] in hidden):
        return
    home = SubElement(clinical, "SubjectData", {**key, "TransactionType": "Context"})
    visit = {"StudyEventOID": f"SE.{said['visit']}", "StudyEventRepeatKey": str(said["occurrence"])}
    event = SubElement(home, "StudyEventData", {**visit, "TransactionType": "Context"})
    what = {"form_recorded": "Insert", "value_corrected": "Context", "record_struck": "Remove"}[entry.kind]
    form = SubElement(event, "FormData", {"FormOID": f"F.{said['form']}", "TransactionType": what})
    if entry.kind == "value_corrected":
        _corrected(form, entry, user, said)
        return
    _audit(form, entry, user, said.get("reason", ""))
    if entry.kind == "form_recorded":
        _recorded(form, said, hidden)


def _recorded(form: Element, said: Mapping[str, Any], hidden: frozenset[str]) -> None:
    rows: list[tuple[str | None, int, Mapping[str, Any]]] = [(None, 1, said["values"])]
    for group, members in (said.get("groups") or {}).items():
        rows += [(group, number, row) for number, row in enumerate(members, start=1)]
    for group, number, row in rows:
        values = {item: value for item, value in row.items() if value is not None and item not in hidden}
        if not values:
            continue
        home = _group_data(form, said["form"], group, number, "Insert")
        for item, value in values.items():
            about = {"ItemOID": f"I.{item}", "TransactionType": "Insert", "Value": _legal(_text(value))}
            SubElement(home, "ItemData", about)


def _corrected(form: Element, entry: Entry, user: str, said: Mapping[str, Any]) -> None:
    home = _group_data(
        form, said["form"], said["group"], said["row"] or 1, "Context" if said["row"] is None else "Upsert"
    )
    about = {"ItemOID": f"I.{said['item']}", "TransactionType": "Upsert"}
    about |= {"TransactionType": "Remove"} if said["new"] is None else {"Value": _legal(_text(said["new"]))}
    _audit(SubElement(home, "ItemData", about), entry, user, said["reason"])


def _group_data(form: Element, name: str, group: str | None, number: int, what: str) -> Element:
    about = {"ItemGroupOID": _group(name, group), "TransactionType": what}
    if group is not None:
        about["ItemGroupRepeatKey"] = str(number)
    return SubElement(form, "ItemGroupData", about)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
