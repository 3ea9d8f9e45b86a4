"""What is believed of the hazard ratio, and which ratio is relevant, stand in the protocol document with their source."""

import pytest

from equipoise.reports.protocol_document import render_protocol
from tests.spec.minimal import minimal_protocol

DESIGN = "design: {endpoint: os, question: superiority, alpha: 0.05, sides: 2, power: 0.8, hazard_ratio: 0.7}"
BELIEVED = """
design:
  prior:
    value: {components: [{hazard_ratio: 0.7, events: 40, weight: 3}, {hazard_ratio: 1, sd: 0.6}], discount: 0.5}
    assumption: true
    source: Two earlier trials
  relevant_hazard_ratio: 0.8
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Prior of the hazard ratio", "with weight 75%: 0.7 (worth 40 events)", "its logarithm 0.6", "50% counts", "Two earlier trials"]),
        ("zh", ["风险比的先验分布", "权重75%：0.7（相当于40个事件）", "对数标准差0.6", "按50%计入", "有临床意义的风险比"]),
    ],
)  # fmt: skip
def test_a_prior_is_printed_component_by_component(language, words):
    text = render_protocol(minimal_protocol(DESIGN, BELIEVED), language, "md")
    assert [word for word in words if word not in text] == []


def test_a_single_component_has_no_weight():
    text = render_protocol(
        minimal_protocol(DESIGN, "design: {prior: {components: [{hazard_ratio: 0.7, sd: 0.3}]}}"), "en", "md"
    )
    assert "0.7 (standard deviation of its logarithm 0.3)" in text
    assert "with weight" not in text
    assert "counts" not in text.split("0.7 (standard deviation")[1].splitlines()[0]
