"""A ledger as lines: what is written is what is read, and a line that is none is told by its number."""

import json

import pytest

from equipoise.findings import Unreadable
from equipoise.ledger.lines import link_line, read_links, read_signature_lines, signature_line
from tests.contracts.store_contract import STUDY, kept_elsewhere


def test_every_link_comes_back_as_it_was():
    links, signed = kept_elsewhere()
    assert list(read_links((link_line(STUDY, link) for link in links), STUDY, "ledger")) == links
    assert list(read_signature_lines((signature_line(*one) for one in signed), "signatures")) == signed


def told(line: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as refused:
        list(read_links([link_line(STUDY, kept_elsewhere()[0][0]), line], STUDY, "ledger"))
    found = refused.value.findings[0]
    assert found.where.line == 2
    return found.code, found.what


def changed(**said: object) -> bytes:
    return json.dumps(json.loads(link_line(STUDY, kept_elsewhere()[0][1])) | said).encode()


@pytest.mark.parametrize("line", [b"", b"\xff", b"[1]", b"{", b"[" * 5000, changed()[:-9]])
def test_what_is_no_object_is_told(line):
    assert told(line) == ("ledger.no_line", "this line cannot be read")


@pytest.mark.parametrize(
    "said",
    [
        {"seq": "2"},
        {"seq": True},
        {"study": "OTHER"},
        {"kind": None},
        {"hash": "x"},
        {"salt": "xyz"},
        {"payload": {}},
        {"payload": "\ud800"},
        {"more": 1},
        {"site": 1},
    ],
)
def test_what_is_no_entry_of_the_study_is_told(said):
    assert told(changed(**said)) == ("ledger.no_line", f"this line is no entry of {STUDY}")


def test_control_the_same_line_unchanged_is_read():
    assert len(list(read_links([changed()], STUDY, "ledger"))) == 1


@pytest.mark.parametrize("line", [b'{"seq": 1}', b'{"seq": "1", "signature": "00"}', b"no"])
def test_what_is_no_signature_is_told(line):
    with pytest.raises(Unreadable):
        list(read_signature_lines([line], "signatures"))
