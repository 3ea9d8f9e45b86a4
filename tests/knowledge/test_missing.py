"""What a participant lacks is named by its label, in both languages, and followed down to what is recorded."""

from __future__ import annotations

import pytest

from equipoise.knowledge.participant import Knowledge, missing_items
from equipoise.knowledge.records import RecordRow
from tests.spec.minimal import minimal_protocol

WORKED_OUT = """\
variables:
- {id: older, label: {en: In ten years, zh: 十年后年龄}, type: integer, rule: age + 10}
- {id: elder, label: {en: Years over 65, zh: 超过65岁的年数}, type: integer, rule: "CASE WHEN age > 65 THEN age - 65 END"}
"""


@pytest.mark.parametrize(
    ("name", "age", "english", "chinese"),
    [
        ("age", None, ["age (Age, form baseline)"], ["age（年龄，表单baseline）"]),
        ("older", None, ["age (Age, form baseline)"], ["age（年龄，表单baseline）"]),
        # Everything that the rule rests on is known, and it gives nothing all the same.
        ("elder", 51, ["elder (Years over 65)"], ["elder（超过65岁的年数）"]),
        ("older", 51, [], []),
    ],
)
def test_what_is_missing_is_named_by_what_would_be_recorded(name, age, english, chinese):
    record = RecordRow("P1", "screening", 1, "baseline", "2024-02-01", 1, {"age": age})
    knowledge = Knowledge(minimal_protocol(WORKED_OUT), {("screening", 1, "baseline"): record}, {})
    found = missing_items(knowledge, [name])
    assert [str(one) for one in found] == english
    assert [one.in_("zh") for one in found] == chinese


def test_a_built_in_is_named_as_it_is():
    assert missing_items(Knowledge(minimal_protocol(), {}, {}), ["randomized_date"]) == ["randomized_date"]
