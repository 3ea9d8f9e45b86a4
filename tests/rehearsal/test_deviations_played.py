"""The deviations that a rehearsal plays can happen in the trial, and are told in the language of the site."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from equipoise.rehearsal.mishaps import lay_deviation
from equipoise.rehearsal.recording import Recorder
from tests.spec.minimal import minimal_protocol

BARE = minimal_protocol("arms: [{id: A, regimen: ~}, {id: B, regimen: ~}]")
DOSED = minimal_protocol(
    "arms: [{id: A, regimen: [{kind: drug, id: tablet, label: {en: Tablet, zh: 药片}, dose: 5, unit: mg, route: oral, "
    "schedule: {every_days: 7, count: 1}}]}]"
)


def reported(protocol: Any, language: str, lot: float) -> Any:
    """The act of reporting that a site of this language would do; `lot` decides between a dose and a visit."""
    acts: list[Any] = []
    drawn = SimpleNamespace(uniform=lambda *_: np.array([0.0, 0.1, lot]))
    life = SimpleNamespace(
        person=SimpleNamespace(id="P1", language=language, stream=SimpleNamespace(child=lambda *_: drawn)),
        habits=SimpleNamespace(deviation=1.0),
        plan=SimpleNamespace(protocol=protocol),
        stage=SimpleNamespace(count=lambda *_: None),
        end=date(2030, 1, 1),
        perform=lambda act, _: acts.append(act) or act,
        _today=lambda when: when.date(),
    )
    life._say = lambda phrase: Recorder._say(life, phrase)
    life.deviate = lambda *told: Recorder.deviate(life, *told)
    life.at = lambda _day, _hours, step: step(datetime(2025, 3, 3, tzinfo=UTC))
    lay_deviation(life, date(2025, 3, 3))
    return acts[0]


def test_no_dose_is_late_where_no_dose_is_planned():
    assert reported(BARE, "en", 0.1).category == "Visit"
    assert reported(DOSED, "en", 0.1).category == "Treatment"  # control: the same lot, where doses are planned
    assert reported(DOSED, "en", 0.9).category == "Visit"


@pytest.mark.parametrize(("lot", "category"), [(0.1, "给药"), (0.9, "访视")])
def test_a_chinese_site_writes_the_kind_in_chinese(lot, category):
    assert reported(DOSED, "zh", lot).category == category
