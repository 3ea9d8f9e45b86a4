"""What a form may ask of quality of life: the scores of a questionnaire,
and whether a score changed since the baseline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from equipoise.medicine.method import Derived, Method, Observation, Option, Port
from equipoise.medicine.quality_of_life.scales import Instrument, instrument_of
from equipoise.medicine.quality_of_life.scoring import change_of, score_answers
from equipoise.medicine.quality_of_life.words import remark

__all__ = ["METHODS"]


def _derive_scores(
    instrument: Instrument, now: Observation, before: Sequence[Observation], options: Mapping[str, Any]
) -> Derived:
    del before, options
    answers = {item: now.values.get(f"q{item}") for item in instrument.items}
    remarks = []
    for item, answer in answers.items():
        lowest, highest = instrument.answers_of(item)
        if answer is not None and not lowest <= answer <= highest:
            facts = {"item": item, "answer": answer, "lowest": lowest, "highest": highest}
            remarks.append(remark("answer_out_of_range", f"q{item}", **facts))
    return Derived(score_answers(instrument, answers), tuple(remarks))


def _derive_change(now: Observation, before: Sequence[Observation], options: Mapping[str, Any]) -> Derived:
    """Against the last score at the baseline visits; at one of these nothing has changed yet."""
    visits = options["baseline_visits"]
    visits = (visits,) if isinstance(visits, str) else tuple(visits)
    score = now.values.get("score")
    earlier = [one.values["score"] for one in before if one.visit in visits and one.values.get("score") is not None]
    if score is None or now.visit in visits or not earlier:
        return Derived({"change": None, "verdict": None})
    good = options["high_is"] == "good"
    verdict = change_of(score, earlier[-1], high_is_good=good, threshold=float(options["threshold"]))
    return Derived({"change": score - earlier[-1], "verdict": verdict})


def _scoring(name: str, en: str, zh: str, source: str) -> Method:
    instrument = instrument_of(name)
    if not instrument.verified:
        source += (
            " (not checked against the source; the map of items is a public transcription:"
            " verify it with EORTC's manual before use)"
        )
    outputs = {
        scale.id: Port("decimal", f"{scale.name['en']}, 0 to 100; high is {'good' if scale.high_is_good else 'bad'}")
        for scale in instrument.scales
    }
    if name == "qlq_c30":
        outputs["summary"] = Port("decimal", "summary score of 13 scales, 0 to 100; high is good")
    return Method(
        f"{name}_scores",
        {"en": en, "zh": zh},
        source,
        partial(_derive_scores, instrument),
        inputs={f"q{item}": Port("integer", f"answer to item {item}", required=False) for item in instrument.items},
        outputs=outputs,
    )


METHODS = {
    "qlq_c30_scores": _scoring(
        "qlq_c30",
        "scores of the EORTC QLQ-C30, version 3.0",
        "EORTC QLQ-C30（3.0版）评分",
        "Fayers et al., EORTC QLQ-C30 Scoring Manual, 3rd ed. 2001",
    ),
    "qlq_hn35_scores": _scoring(
        "qlq_hn35", "scores of the EORTC QLQ-H&N35", "EORTC QLQ-H&N35评分", "Bjordal 1999, J Clin Oncol 17:1008"
    ),
    "qlq_hn43_scores": _scoring(
        "qlq_hn43", "scores of the EORTC QLQ-H&N43", "EORTC QLQ-H&N43评分", "Singer 2019, Head Neck 41:1725"
    ),
    "quality_of_life_change": Method(
        "quality_of_life_change",
        {"en": "change of a score of quality of life since the baseline", "zh": "生活质量评分较基线的变化"},
        "Osoba 1998, J Clin Oncol 16:139 (10 points; textbook knowledge, not checked against the source)",
        _derive_change,
        inputs={"score": Port("decimal", "the score, 0 to 100")},
        outputs={
            "change": Port("decimal", "score less baseline"),
            "verdict": Port(
                "code", "better or worse by the threshold or more, or stable", codes=("better", "stable", "worse")
            ),
        },
        options={
            "baseline_visits": Option("visits", "the visits whose last score is the baseline", required=True),
            "high_is": Option(
                "text",
                "what a high score means: good in functioning and global health, bad in symptoms",
                codes=("good", "bad"),
                required=True,
            ),
            "threshold": Option("decimal", "points that count as a change", default=10),
        },
        looks_back=True,
    ),
}
"""What a form may ask for."""
