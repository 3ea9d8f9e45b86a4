"""A blinded trial whose visits or forms depend on the arm is told so while it is written, with line and remedy."""

from __future__ import annotations

import pytest

from equipoise.conduct.acts import RecordForm
from equipoise.protocol.checking import check_protocol
from equipoise.protocol.reading import read_protocol
from tests.conduct.small_trial import DAY, FULL, REMARK, open_trial
from tests.spec.minimal import minimal_protocol, write_minimal

BY_ARM = "arm = 'A'"
VARIABLE = f'variables: [{{id: in_a, label: {{en: In A, zh: 甲组}}, type: boolean, rule: "{BY_ARM}"}}]'
CASES = {
    "visits.every_3_months.when": f'visits: [{{id: every_3_months, when: "{BY_ARM}"}}]',
    "through a variable": "visits: [{id: every_3_months, when: in_a}]",
    "shown_when": f'forms: [{{id: follow_up, items: [{{id: progressed, shown_when: "{BY_ARM}"}}]}}]',
    "required_when": f'forms: [{{id: follow_up, items: [{{id: progressed, required_when: "{BY_ARM}"}}]}}]',
    "computed": f'forms: [{{id: follow_up, items: [{{id: progressed, computed: "{BY_ARM}"}}]}}]',
    "check": f'forms: [{{id: follow_up, checks: [{{id: by_arm, rule: "{BY_ARM} OR progressed", severity: query, message: {{en: Look, zh: 看}}}}]}}]',
    "group": f'forms: [{{id: follow_up, groups: [{{id: g, label: {{en: G, zh: 组}}, items: [{{id: x, label: {{en: X, zh: 甲}}, type: text, shown_when: "{BY_ARM}"}}]}}]}}]',
}


def found(*changes: str) -> list:
    return [one for one in check_protocol(minimal_protocol(VARIABLE, *changes)) if one.code == "blinding.rests_on_arm"]


@pytest.mark.parametrize("blinding", ["single", "double"])
@pytest.mark.parametrize("case", CASES)
def test_what_depends_on_the_arm_is_told_in_both_languages(case, blinding):
    (one,) = found(CASES[case], f"randomization: {{blinding: {blinding}}}")
    assert one.severity == ("warning" if case == "check" else "error")
    assert "`blinding: open`" in one.say("en").mend and "`blinding: open`" in one.say("zh").mend
    assert blinding in one.say("en").why


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_told_of_an_open_trial_or_of_recorded_allocations(case):
    assert found(CASES[case]) == []
    recorded = "{kind: recorded, sizes: ~, description: {en: List, zh: 名单}}"
    assert found(CASES[case], f"randomization: {{blinding: double, scheme: {recorded}}}") == []


def test_it_stands_at_its_line(tmp_path):
    read = read_protocol(
        write_minimal(tmp_path, CASES["visits.every_3_months.when"], "randomization: {blinding: double}")
    )
    (one,) = [one for one in read.findings if one.code == "blinding.rests_on_arm"]
    text = (tmp_path / "protocol.yaml").read_text("utf-8").splitlines()
    assert "when:" in text[one.where.line - 1]


def test_control_the_desk_refuses_what_the_check_tells():
    """What is told is what would happen: the visit can be recorded for nobody."""
    changes = (FULL, REMARK, "visits: [{id: every_3_months, when: \"arm = 'A' OR arm = 'B'\"}]")
    for blinding, code in (("double", ["visit.does_not_apply"]), ("open", [])):
        trial = open_trial(protocol=minimal_protocol(*changes, f"randomization: {{blinding: {blinding}}}"))
        trial.randomized()
        act = RecordForm("P1", "every_3_months", "follow_up", {"seen_date": DAY, "progressed": False})
        if code:
            assert trial.codes(act) == code
        else:
            trial.do(act)
