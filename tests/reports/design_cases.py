"""Designs of every kind that the document must be able to tell, as changes of the minimal protocol."""

from __future__ import annotations

from equipoise.protocol.reading import load_protocol
from tests.spec.minimal import minimal_protocol

__all__ = ["CASES", "protocol_of"]

SURVIVAL = """\
design:
  endpoint: os
  question: superiority
  alpha: {value: 0.025, assumption: true, source: Custom}
  sides: 1
  power: 0.9
  control: {value: {median_months: 12}, assumption: true, source: "R1: a report"}
  hazard_ratio: {value: 0.7, assumption: true, source: Judgement}
  accrual: {months: [6, 18], per_month: [8, 20]}
  follow_up_months: 12
  dropout_per_month: 0.01
"""
BINARY = """\
endpoints:
- {kind: binary, id: heavy, label: {en: Response, zh: 缓解}, short: R, description: {en: A response, zh: 缓解}, role: primary, rule: weight > 50}
- {id: os, role: secondary}
design:
  endpoint: heavy
  question: superiority
  alpha: 0.05
  sides: 2
  power: 0.8
  rates: {control: {value: 0.3, assumption: true, source: Judgement}, experimental: 0.5}
  participants: 150
"""
MEANS = """\
endpoints:
- {kind: continuous, id: mass, label: {en: Weight, zh: 体重}, short: kg, description: {en: Weight, zh: 体重}, role: primary, rule: weight, unit: kg}
- {id: os, role: secondary}
design:
  endpoint: mass
  question: superiority
  alpha: 0.025
  sides: 1
  power: 0.9
  means: {control: 60, experimental: {value: 64, assumption: true, source: Judgement}, sd: 10}
  looks: [{information: 0.6}, {information: 1}]
  spending: {kind: hwang_shih_decani, parameter: -4}
  futility: {kind: z, values: [0]}
"""
LOOKS = """\
design:
  looks: [{information: 0.33}, {information: 0.67}, {information: 1}]
  spending: {kind: lan_demets_obrien_fleming}
  futility: {value: {kind: hwang_shih_decani, parameter: -2}, assumption: true, source: Judgement}
  prior: {value: {components: [{hazard_ratio: 0.8, events: 60}, {hazard_ratio: 1, sd: 0.5, weight: 0.5}], discount: 0.5}, assumption: true, source: An earlier trial}
  relevant_hazard_ratio: 0.8
  note: {en: The author argues., zh: 作者的论证。}
"""
SINGLE = """\
arms: [{id: B, remove: true}]
randomization: {ratio: {A: 1}}
design: {participants: ~, sides: 1, rates: {control: {value: 0.2, assumption: true, source: Judgement}, experimental: 0.4}}
"""
TIMED = "design: {accrual: {months: [12], per_month: [12]}, follow_up_months: 6, dropout_per_month: 0.05}"
TEN = "design: {looks: [{information: 0.1}, {information: 0.2}, {information: 0.3}, {information: 0.4}, {information: 0.5}, {information: 0.6}, {information: 0.7}, {information: 0.8}, {information: 0.9}, {information: 1}], spending: {kind: lan_demets_pocock}}"

CASES: dict[str, tuple[str, ...]] = {
    "one_look": (SURVIVAL,),
    "three_looks": (SURVIVAL, LOOKS),
    "delayed": (SURVIVAL, "design: {delay_months: 3, method: ~, participants: 500}"),
    "non_inferior": (SURVIVAL, "design: {question: non_inferiority, hazard_ratio: 1, margin: 1.3}"),
    "harmful_ratio": (SURVIVAL, "design: {hazard_ratio: 1.4}"),
    "short_of_power": (SURVIVAL, LOOKS, "design: {events: 200, participants: 300}"),
    "events_only": (SURVIVAL, LOOKS, "design: {control: ~, accrual: ~, follow_up_months: ~, dropout_per_month: ~}"),
    "binary": (BINARY,),
    "binary_looks": (BINARY, "design: {looks: [{information: 0.5}, {information: 1}], spending: {kind: pocock}}"),
    "means": (MEANS,),
    "binary_timed": (
        BINARY,
        TIMED,
        "design: {looks: [{information: 0.5}, {information: 1}], spending: {kind: pocock}}",
    ),
    "means_lost": (MEANS, TIMED, "design: {participants: 600}"),
    "ten_looks": (BINARY, TEN),
    "single_arm": (BINARY, SINGLE),
}
"""Changes of the minimal protocol, by what is special in them."""


def protocol_of(name: str):
    """The protocol of one case; `npc-nimotuzumab` is the flagship itself."""
    return load_protocol(name) if name == "npc-nimotuzumab" else minimal_protocol(*CASES[name])
