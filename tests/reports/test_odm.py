"""The ODM file: its structure is the standard's, its references lead somewhere, and its transactions give what stands.

The files of a rehearsed flagship and of this trial were held against CDISC's own ODM1-3-2.xsd (libxml2) when this was
written; here the same is asked in a few lines, so that no schema has to be shipped. Controls: elements out of order, a
reference to nothing, and a correction that is left out are noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pytest

from equipoise.conduct.folder.study import Study
from equipoise.datacut import freeze
from equipoise.reports.copies.odm import odm_bytes
from tests.conduct.test_organizations import moved
from tests.reports.test_copies import eventful

NS = "{http://www.cdisc.org/ns/odm/v1.3}"
# What may stand in each element, in this order, and which attributes it must have (ODM1-3-2-foundation.xsd).
SHAPE: dict[str, tuple[str, str]] = {
    "ODM": ("Study AdminData ClinicalData", "FileType FileOID CreationDateTime ODMVersion"),
    "Study": ("GlobalVariables BasicDefinitions MetaDataVersion", "OID"),
    "GlobalVariables": ("StudyName StudyDescription ProtocolName", ""),
    "BasicDefinitions": ("MeasurementUnit", ""),
    "MeasurementUnit": ("Symbol", "OID Name"),
    "MetaDataVersion": ("Protocol StudyEventDef FormDef ItemGroupDef ItemDef CodeList", "OID Name"),
    "StudyEventDef": ("FormRef", "OID Name Repeating Type"),
    "FormDef": ("ItemGroupRef", "OID Name Repeating"),
    "ItemGroupDef": ("ItemRef", "OID Name Repeating"),
    "ItemDef": ("Question MeasurementUnitRef CodeListRef", "OID Name DataType"),
    "CodeList": ("CodeListItem", "OID Name DataType"),
    "CodeListItem": ("Decode", "CodedValue"),
    "AdminData": ("User Location", ""),
    "User": ("LoginName Organization", "OID"),
    "Location": ("MetaDataVersionRef", "OID Name"),
    "ClinicalData": ("SubjectData", "StudyOID MetaDataVersionOID"),
    "SubjectData": ("AuditRecord SiteRef StudyEventData", "SubjectKey TransactionType"),
    "StudyEventData": ("FormData", "StudyEventOID TransactionType"),
    "FormData": ("AuditRecord ItemGroupData", "FormOID TransactionType"),
    "ItemGroupData": ("ItemData", "ItemGroupOID TransactionType"),
    "ItemData": ("AuditRecord", "ItemOID TransactionType"),
    "AuditRecord": ("UserRef LocationRef DateTimeStamp ReasonForChange SourceID", ""),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    trial = eventful()
    study = Study(tmp_path_factory.mktemp("odm"), trial.desk.protocol, trial.desk.digest, trial.store)
    cut = freeze(study, arms="hidden")
    return study, cut, odm_bytes(study, cut)


def tag(element: Element) -> str:
    return element.tag.removeprefix(NS)


def faults(root: Element) -> Iterator[str]:
    """What is out of order, lacks an attribute, or refers to nothing."""
    oids = {value for one in root.iter() for name, value in one.attrib.items() if name == "OID"}
    for one in root.iter():
        if tag(one) in SHAPE:
            order, needed = (said.split() for said in SHAPE[tag(one)])
            inside = [tag(child) for child in one]
            if inside != sorted(inside, key=lambda name: order.index(name) if name in order else -1):
                yield f"{tag(one)}: {inside}"
            yield from (f"{tag(one)} lacks {name}" for name in needed if name not in one.attrib)
            yield from (f"{tag(one)} holds {name}" for name in inside if name not in order)
        for name, value in one.attrib.items():
            if name.endswith("OID") and name not in ("OID", "FileOID") and value not in oids:
                yield f"{tag(one)} {name}={value}"


def stands(root: Element) -> dict[tuple[str, ...], str]:
    """What the transactions leave: participant, visit, occurrence, form, group and row, item to value."""
    found: dict[tuple[str, ...], str] = {}
    for subject in root.iter(f"{NS}SubjectData"):
        for event in subject.iter(f"{NS}StudyEventData"):
            for form in event:
                place = (
                    subject.get("SubjectKey"),
                    event.get("StudyEventOID"),
                    event.get("StudyEventRepeatKey"),
                    form.get("FormOID"),
                )
                if form.get("TransactionType") == "Remove":
                    found = {key: value for key, value in found.items() if key[:4] != place}
                for group in form.iter(f"{NS}ItemGroupData"):
                    for item in group:
                        key = (
                            *place,
                            group.get("ItemGroupOID"),
                            group.get("ItemGroupRepeatKey", ""),
                            item.get("ItemOID"),
                        )
                        if item.get("TransactionType") == "Remove":
                            found.pop(key, None)
                        else:
                            found[key] = item.get("Value", "")
    return found


def at_the_desk(study, cut) -> dict[tuple[str, ...], str]:
    """The same from the projection of records."""
    found = {}
    for name, record in study.store.projection(study.id, "records").items():
        who, visit, occurrence, form = name.split(" ")
        place = (who, f"SE.{visit}", occurrence, f"F.{form}")
        rows = [(f"IG.{form}", "", record["values"])]
        rows += [
            (f"IG.{form}.{g}", str(n), row) for g, many in record["groups"].items() for n, row in enumerate(many, 1)
        ]
        for group, row, values in rows:
            for item, value in values.items():
                if value is not None and item not in cut.identifying:
                    found[(*place, group, row, f"I.{item}")] = (
                        str(value).lower() if isinstance(value, bool) else str(value)
                    )
    return found


def test_its_structure_is_the_standards_and_its_references_lead_somewhere(made):
    assert list(faults(fromstring(made[2]))) == []


@pytest.mark.parametrize("hand", ["order", "reference", "attribute"])
def test_control_what_is_out_of_order_or_leads_nowhere_is_noticed(made, hand):
    root = fromstring(made[2])
    item = next(root.iter(f"{NS}ItemDef"))
    if hand == "order":
        audit = next(root.iter(f"{NS}AuditRecord"))
        audit.append(audit[0])
        audit.remove(audit[0])
    elif hand == "reference":
        next(root.iter(f"{NS}UserRef")).set("UserOID", "U.nobody")
    else:
        del item.attrib["DataType"]
    assert list(faults(root)) != []


def test_its_transactions_give_what_stands(made):
    study, cut, raw = made
    assert stands(fromstring(raw)) == at_the_desk(study, cut) != {}


def test_control_a_correction_that_is_left_out_is_noticed(made):
    study, cut, raw = made
    root = fromstring(raw)
    corrected = next(
        s
        for s in root.iter(f"{NS}SubjectData")
        if s.find(f".//{NS}ItemData/{NS}AuditRecord") is not None and "age" in s.find(f".//{NS}ItemData").get("ItemOID")
    )
    next(root.iter(f"{NS}ClinicalData")).remove(corrected)
    assert stands(root) != at_the_desk(study, cut)


def test_every_correction_says_who_when_and_why(made):
    root = fromstring(made[2])
    age = next(one for one in root.iter(f"{NS}ItemData") if one.get("ItemOID") == "I.age" and len(one))
    audit = age[0]
    said = {tag(one): one.text or one.attrib for one in audit}
    assert said["UserRef"] == {"UserOID": "U.li"}
    assert said["LocationRef"] == {"LocationOID": "L.S01"}
    assert (said["DateTimeStamp"], said["ReasonForChange"]) == ("2024-03-01T08:00:00Z", "birthday")
    assert said["SourceID"].startswith("entry ")


def test_a_user_is_a_person_of_one_organization(tmp_path):
    trial = moved()
    study = Study(tmp_path, trial.desk.protocol, trial.desk.digest, trial.store)
    root = fromstring(odm_bytes(study, freeze(study, arms="hidden")))
    users = [
        (one.get("OID"), one.findtext(f"{NS}LoginName"), one.findtext(f"{NS}Organization"))
        for one in root.iter(f"{NS}User")
    ]
    assert users == [("U.li", "li", "First hospital"), ("U.li.2", "li", "Institute")]
    assert [one.get("UserOID") for one in root.iter(f"{NS}UserRef")] == ["U.li", "U.li.2"]


def test_what_may_not_be_in_it_is_not(made):
    _, cut, raw = made
    text = raw.decode()
    assert cut.identifying == ("born_on",)
    assert "born_on" not in text
    assert "1980-05" not in text
    assert 'Name="A"' not in text
    assert "allocated" not in text


def test_signs_that_xml_cannot_hold_do_not_break_it(made):
    from equipoise.reports.copies.odm import _legal

    assert fromstring(f"<a>{_legal(chr(0) + chr(0x1F) + 'ok' + chr(0xFFFE))}</a>").text == "\ufffd\ufffdok\ufffd"
