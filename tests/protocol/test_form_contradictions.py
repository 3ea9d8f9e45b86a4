"""Rules of a form that contradict one another are found: each kind, what is left alone, and the flagship's older form."""

from __future__ import annotations

import pytest

from equipoise.protocol.checking import check_protocol
from equipoise.protocol.checks import form_contradictions
from equipoise.protocol.checks.satisfying import can_be_met, is_simple, standing_for
from equipoise.protocol.document import Protocol
from tests.protocols.reading_aid import protocol as flagship
from tests.spec.minimal import minimal_protocol

KINDS = (
    "form.no_page",
    "form.no_answer",
    "form.no_state",
    "check.soft_in_vain",
    "check.remark_in_vain",
    "item.required_and_empty",
)
LISTS = """
codelists:
- {id: word, codes: [{code: a, label: {en: A, zh: 甲}}, {code: b, label: {en: B, zh: 乙}}, {code: c, label: {en: C, zh: 丙}}]}
visits:
- {id: screening, forms: [baseline, page]}
"""


def page(items: list[str], checks: list[str] = (), groups: str = "", derivations: str = "") -> str:
    """A form of these items; a check is `id, severity, rule`."""
    lines = ["forms:", "- id: page", "  title: {en: Page, zh: 表单}", "  items:"]
    lines += [f"  - {{{item}, label: {{en: X, zh: 甲}}}}" for item in items]
    lines += [groups] if groups else []
    lines += [derivations] if derivations else []
    lines += ["  checks:"] if checks else []
    for check in checks:
        name, severity, rule = check.split(", ", 2)
        lines.append(f'  - {{id: {name}, severity: {severity}, rule: "{rule}", message: {{en: No, zh: 否}}}}')
    return "\n".join(lines)


def found(protocol: Protocol) -> list[tuple[str, str]]:
    """Code and path's last part of what contradicts itself."""
    findings = check_protocol(protocol)
    return [(f.code, str(f.where.path).rpartition(".")[2]) for f in findings if f.code in KINDS]


def of(*args, **more) -> list[tuple[str, str]]:
    return found(minimal_protocol(LISTS, page(*args, **more)))


A, B = "id: a, type: boolean", "id: b, type: code, codelist: word"
N, M, D = "id: n, type: integer", "id: m, type: decimal", "id: d, type: date"


def optional(item: str) -> str:
    return f"{item}, required: false"


@pytest.mark.parametrize(
    ("items", "checks", "expected"),
    [
        # two hard checks that nothing meets together
        ([N], ["over, hard, n > 5", "under, hard, n < 3"], [("form.no_page", "page")]),
        ([optional(N)], ["over, hard, n > 5", "under, hard, n < 3"], [("form.no_answer", "n")]),
        ([N, M], ["more, hard, n > m", "less, hard, n < m"], [("form.no_page", "page")]),
        ([f"{N}, hard: {{min: 10}}"], ["under, hard, n < 3"], [("form.no_page", "page")]),
        ([A, B], ["one, hard, NOT a OR b = 'a'", "two, hard, NOT a OR b = 'b'"], [("form.no_answer", "a")]),
        ([D], ["late, hard, d > DATE '2025-01-01'", "early, hard, d < DATE '2024-01-01'"], [("form.no_page", "page")]),
        # what is required and what a hard check forbids
        ([A, f"{N}, required_when: a"], ["none, hard, NOT a OR n IS NULL"], [("form.no_answer", "a")]),
        ([N, f"{M}, required_when: n > 60"], ["none, hard, n <= 60 OR m IS NULL"], [("form.no_state", "m")]),
        ([A, f"{N}, required_when: a, shown_when: a"], ["low, hard, n < 3", "high, hard, n > 5"], [("form.no_state", "n"), ("form.no_answer", "n")]),
        ([A, N], ["never, hard, a OR n IS NULL"], [("form.no_answer", "a")]),
        ([A, f"{N}, shown_when: a"], ["off, hard, NOT a", "low, hard, n < 5"], [("form.no_answer", "n")]),
        # a soft check that only a hard one ever answers
        ([N], ["soft_one, soft, n < 5", "hard_one, hard, n < 5"], [("check.soft_in_vain", "soft_one")]),
        ([N], ["soft_one, soft, n < 9", "hard_one, hard, n < 5"], [("check.soft_in_vain", "soft_one")]),
        # and what contradicts nothing
        ([N], ["soft_one, soft, n < 5", "hard_one, hard, n < 9"], []),
        ([N], ["over, hard, n > 3", "under, hard, n < 5"], []),
        ([N, M], ["more, hard, n >= m", "less, hard, n <= m"], []),
        ([B], ["narrow, hard, b <> 'c'"], []),
        ([A, B], ["both, hard, a = (b = 'a')"], []),
        ([A, optional(N)], ["sum_up, hard, n * n > 4 OR a", "shut, hard, NOT a"], [("form.no_answer", "a")][:0]),
        ([D, "id: e, type: date, required: false"], ["order, hard, e >= d"], []),
    ],
)  # fmt: skip
def test_a_contradiction_is_found_and_nothing_else_is(items, checks, expected):
    assert of(items, checks) == expected


def test_a_contradiction_among_the_items_of_a_row_is_found():
    groups = "  groups:\n  - id: rows\n    label: {en: R, zh: 行}\n    items:\n    - {id: x, type: integer, label: {en: X, zh: 甲}}"
    assert of([A], ["over, hard, x > 5", "under, hard, x < 3"], groups=groups) == [("form.no_page", "page")]


GRADING = "  derivations:\n  - {id: grading, method: ctcae_term_grade, version: CTCAE v5.0, inputs: {term: b, grade: t}, gives: {possible: ok}%s}"


@pytest.mark.parametrize(
    ("checks", "options", "expected"),
    [
        (["exists, hard, ok"], "", [("check.remark_in_vain", "ok")]),
        (["exists, hard, ok"], ", options: {impossible: refuse}", []),
        (["exists, soft, ok"], "", []),
        ([], "", []),
    ],
)
def test_a_fault_that_is_refused_and_offered_for_confirmation_is_found(checks, options, expected):
    items = [B, "id: t, type: code, codelist: word", optional("id: ok, type: boolean")]
    assert of(items, checks, derivations=GRADING % options) == expected


EBV = "  derivations:\n  - {id: result, method: ebv_dna, inputs: {value: m, detected: a, loq: q}, gives: {status: s}}"
STATUS = "codelists: [{id: ebv_reading, codes: [%s]}]" % ", ".join(
    f"{{code: {code}, label: {{en: X, zh: 甲}}}}"
    for code in ("detected", "below_quantification", "not_detected", "not_known")
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (M, [("item.required_and_empty", "m")]),
        (f"{M}, required_when: a", [("item.required_and_empty", "m")]),
        (f"{M}, required_when: NOT a", []),
        (f"{M}, required_when: NOT (a AND q IS NOT NULL)", []),
        (optional(M), []),
    ],
)
def test_an_item_that_is_required_where_medicine_leaves_it_empty_is_found(value, expected):
    items = [A, value, optional("id: q, type: decimal"), optional("id: s, type: code, codelist: ebv_reading")]
    assert found(minimal_protocol(LISTS, STATUS, page(items, derivations=EBV))) == expected


def older_flagship() -> Protocol:
    """The forms as they stood before: a result always required, a hard check beside a question about one fault."""
    data = flagship().model_dump(by_alias=True, exclude_unset=True)
    forms = {form["id"]: form for form in data["forms"]}
    next(item for item in forms["ebv_dna"]["items"] if item["id"] == "ebv_value")["required_when"] = None
    events = forms["adverse_event"]
    events["derivations"][0]["options"] = {}
    message = {"en": "no such grade", "zh": "无此级别"}
    check = {
        "id": "ae_maximum_grade",
        "rule": "ae_grade_exists",
        "severity": "hard",
        "message": message,
        "items": ["ae_grade"],
    }
    events["checks"] = [*events["checks"], check]
    return Protocol.model_validate(data)


def test_the_flagship_is_free_of_contradictions_and_its_older_form_was_not():
    assert found(flagship()) == []
    assert found(older_flagship()) == [
        ("item.required_and_empty", "ebv_value"),
        ("check.remark_in_vain", "ae_grade_exists"),
    ]


def test_control_without_the_search_the_older_form_passes(monkeypatch):
    monkeypatch.setattr(form_contradictions, "why_not", lambda *_: [])
    assert found(older_flagship()) == []


def test_every_finding_names_the_demands_that_cannot_be_met_together_in_both_languages():
    protocol = minimal_protocol(LISTS, page([N], ["over, hard, n > 5", "under, hard, n < 3", "odd, hard, n <> 4"]))
    [one] = [f for f in check_protocol(protocol) if f.code in KINDS]
    assert "`over`" in one.say("en").why
    assert "`under`" in one.say("en").why
    assert "`odd`" not in one.say("en").why
    assert "`over`" in one.say("zh").why


def test_values_stand_for_all_others_and_rules_with_arithmetic_are_left_out():
    assert standing_for("integer", None, frozenset(), frozenset({3.0}), (2, None)) == [None, 2, 3, 4, 5]
    assert standing_for("code", {"a", "b", "c"}, frozenset({"b"}), frozenset()) == [None, "b", "a"]
    assert standing_for("datetime", None, frozenset(), frozenset()) is None
    assert is_simple("a > 3 AND b IN ('x') OR c IS NULL")
    assert not is_simple("a + 1 > 3")
    assert not is_simple("ROUND(a, 0) = 3")
    assert can_be_met([], {}, {}) is True
