"""The flagship's forms speak CDASH: every variable that an item names exists, and every CDISC code is in its CDISC list.

Variables: CDASHIG v2.2 (names in cdashig_2_2.txt), and SS and QS, which the CDASH model has and the guide does not list.
Codes: CDISC controlled terminology (SDTM 2024-03-29, CDASH 2026-03-27), where its files lie beside the repository.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from equipoise.protocol.document import Protocol
from tests.protocols.reading_aid import protocol

TERMS = Path(__file__).parents[3] / "shared" / "data" / "cdisc_ct"
needs_terms = pytest.mark.skipif(not TERMS.is_dir(), reason="CDISC's terminology does not lie beside the repository")
NAMES = re.compile(r"(?:([A-Z0-9]{1,8})_)?([A-Z]{3,8})")
BEYOND_THE_GUIDE = {"SSDAT", "SSORRES", "QSDAT", "QSORRES", "QSPERF", "QSREASND"}


@cache
def _variables() -> frozenset[str]:
    lines = (Path(__file__).parent / "cdashig_2_2.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(re.sub(r"^[A-Z]{2}: ", " ", "\n".join(lines[1:]), flags=re.MULTILINE).split()) | BEYOND_THE_GUIDE


@cache
def _terms() -> dict[str, frozenset[str]]:
    """The submission values of every codelist, by NCI code."""

    def read(name: str) -> Any:
        return json.loads(gzip.decompress((TERMS / name).read_bytes()))

    sdtm = {c: v["allowed_terms"] for c, v in read("sdtmct-2024-03-29.json.gz").items() if c != "package"}
    cdash = {
        c["conceptId"]: [t["submissionValue"] for t in c["terms"]]
        for c in read("cdashct-2026-03-27.json.gz")["codelists"]
    }
    return {code: frozenset(values) for code, values in (sdtm | cdash).items()}


def _strange_names(of: Protocol) -> list[str]:
    """Items whose CDASH name is none."""
    named = [(item.id, item.cdash) for form in of.forms for _, item in form.all_items() if item.cdash]
    found = [(name, NAMES.fullmatch(cdash)) for name, cdash in named]
    return [name for name, match in found if match is None or match[2] not in _variables()]


def _strange_codes(of: Protocol) -> list[str]:
    """Codes whose CDISC value is not in the CDISC list of their codelist, and lists that CDISC does not have."""
    wrong = []
    for codelist in of.codelists:
        mapped = {code.code: code.cdisc for code in codelist.codes if code.cdisc}
        if codelist.cdisc is None:
            wrong += [f"{codelist.id}.{code}" for code in mapped]
            continue
        values = _terms().get(codelist.cdisc, frozenset())
        wrong += [f"{codelist.id}.{code}" for code, value in mapped.items() if value not in values]
        wrong += [codelist.id] if not values or not mapped else []
    return wrong


def _changed(old: str, new: str) -> Protocol:
    return Protocol.model_validate_json(protocol().model_dump_json(by_alias=True).replace(old, new))


def test_every_cdash_name_of_an_item_is_one_of_the_guide() -> None:
    assert _strange_names(protocol()) == []


def test_control_a_misspelled_cdash_name_is_noticed() -> None:
    assert _strange_names(_changed('"cdash":"DMDAT"', '"cdash":"DMDATE"')) == ["demography_date"]


def test_two_thirds_of_what_people_enter_has_a_cdash_name() -> None:
    entered = [
        item
        for form in protocol().forms
        for _, item in form.all_items()
        if item.computed is None and item.id not in form.derived_items() | form.advised_items()
    ]
    assert sum(item.cdash is not None for item in entered) > 0.66 * len(entered)


@needs_terms
def test_every_cdisc_code_is_in_the_list_that_its_codelist_names() -> None:
    assert _strange_codes(protocol()) == []


@needs_terms
def test_control_a_code_of_another_list_is_noticed() -> None:
    assert _strange_codes(_changed('"cdisc":"FATAL"', '"cdisc":"DEAD"')) == ["ae_outcome.fatal"]


@needs_terms
def test_every_test_that_a_cdash_name_carries_is_a_cdisc_test_code() -> None:
    """`HGB_LBORRES` is CDASH's way of naming one result of LB on a form that lists results side by side."""
    known = frozenset().union(*_terms().values())
    names = [item.cdash for form in protocol().forms for _, item in form.all_items() if item.cdash]
    tests = {match[1] for name in names if (match := NAMES.fullmatch(name)) and match[1]}
    assert len(tests) > 20
    assert sorted(tests - known) == []
