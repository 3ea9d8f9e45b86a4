"""Whatever is done to a protocol, the check answers with Findings that name a place and a remedy, and never raises."""

from __future__ import annotations

import random
import re
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from equipoise.findings import Finding
from equipoise.protocol import checking
from equipoise.protocol.checking import check_protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.positions import Positions
from equipoise.protocol.reading import read_protocol, read_shape
from equipoise.protocol.shape import shape
from equipoise.protocol.words import TABLE
from equipoise.protocol.yaml_reading import read_yaml
from equipoise.words import Words
from tests.hunting import examples
from tests.protocol.mutations import mutate
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX
from tests.spec.minimal import minimal_data, write_minimal
from tests.spec.rich import RICH

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SECONDS = {"minimal": 3.0, "rich": 6.0, "oropharynx": 3.0, "flagship": 6.0}


@cache
def source(name: str) -> Any:
    return {
        "minimal": minimal_data,
        "rich": lambda: minimal_data(RICH),
        "oropharynx": lambda: read_shape(OROPHARYNX).lines.data,
        "flagship": lambda: read_shape(FLAGSHIP).lines.data,
    }[name]()


def judged(data: Any) -> list[Finding]:
    """Everything that is said of `data`, as `read_protocol` says it of a file."""
    shaped = shape(Positions("protocol.yaml", data))
    found = list(shaped.findings)
    if shaped.protocol is not None:
        found += check_protocol(shaped.protocol, shaped.positions, lost=shaped.lost)
    return found


def in_chinese(finding: Finding) -> bool:
    """Whether each of its parts says something to a Chinese reader, and no fact is left out.

    A part that is a fact alone (a list of names) has no Chinese sign of its own; the sentence as a whole has.
    """
    said = finding.say("zh")
    return all(said) and CHINESE.search(finding.tell("zh")) is not None and said.mend.endswith(("。", "？", "`"))


def seen_to_raise(name: str, seconds: float, seeds: range = range(100_000)) -> int | None:
    """The seed of the first damage at which something other than Findings came out; None when none came in time."""
    stop = time.monotonic() + seconds
    for seed in seeds:
        if time.monotonic() > stop:
            return None
        chance = random.Random(seed)
        data = mutate(source(name), chance, times=chance.choice((1, 1, 1, 2, 5)))
        try:
            found = judged(data)
        except Exception:  # whatever is raised is what the law forbids
            return seed
        if not all(f.code and f.what and f.why and f.mend and in_chinese(f) for f in found):
            return seed
    return None


@pytest.mark.parametrize("name", SECONDS)
def test_no_damage_makes_the_check_raise(name: str) -> None:
    assert seen_to_raise(name, SECONDS[name]) is None


def test_control_a_check_that_trusts_a_name_is_seen_to_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(look: Any, line: Any) -> None:
        for visit in look.protocol.visits:
            for form in visit.forms:
                look.protocol.form_by_id[form]

    monkeypatch.setattr(checking, "check_visits", trusting)
    assert seen_to_raise("minimal", 20.0) is not None


def test_control_words_that_are_missing_in_chinese_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {key: Words(words.en, words.en) for key, words in TABLE.words.items()}
    monkeypatch.setattr(TABLE, "words", english)
    assert seen_to_raise("minimal", 20.0) is not None


def test_control_damage_is_usually_noticed() -> None:
    damaged = [judged(mutate(source("rich"), random.Random(seed))) for seed in range(60)]
    assert sum(bool(found) for found in damaged) > 40


LINES = yaml.safe_dump(minimal_data(), allow_unicode=True, sort_keys=False)


@settings(deadline=None, max_examples=examples(120))
@given(
    st.integers(0, len(LINES) - 1),
    st.integers(0, 40),
    st.text(alphabet="\t\n {}[]:,&*!|>'\"#-@`%?\0\ufeff年x0~", max_size=6),
)
@example(0, 0, "\ufeff")
def test_no_damage_to_the_text_makes_the_reader_raise(at: int, gone: int, put: str) -> None:
    read = read_yaml((LINES[:at] + put + LINES[at + gone :]).encode(), "protocol.yaml")
    assert read.data is not None or read.findings
    assert all(f.where.file == "protocol.yaml" for f in read.findings)
    judged(read.data)


@settings(deadline=None, max_examples=examples(80))
@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_raise(content: bytes) -> None:
    read = read_yaml(content, "protocol.yaml")
    assert read.data is not None or read.findings


@settings(deadline=None, max_examples=examples(15))
@given(st.randoms(use_true_random=False))
def test_the_order_of_keys_and_the_layout_of_the_file_do_not_change_the_digest(
    tmp_path_factory: Any, chance: random.Random
) -> None:
    def shuffled(here: Any) -> Any:
        if isinstance(here, dict):
            keys = list(here)
            chance.shuffle(keys)
            return {key: shuffled(here[key]) for key in keys}
        return [shuffled(part) for part in here] if isinstance(here, list) else here

    folder: Path = tmp_path_factory.mktemp("shuffled")
    text = yaml.safe_dump(
        shuffled(source("rich")), allow_unicode=True, sort_keys=False, width=chance.choice((40, 80, 200))
    )
    (folder / "protocol.yaml").write_text(text, "utf-8")
    written = read_protocol(write_minimal(folder / "plain", RICH)).protocol
    moved = read_protocol(folder).protocol
    assert written is not None
    assert moved is not None
    assert protocol_digest(moved) == protocol_digest(written)


def test_control_a_promised_value_changes_the_digest(tmp_path: Path) -> None:
    one = read_protocol(write_minimal(tmp_path / "one", RICH)).protocol
    other = read_protocol(write_minimal(tmp_path / "other", RICH, "design: {power: 0.81}")).protocol
    assert one is not None
    assert other is not None
    assert protocol_digest(one) != protocol_digest(other)
