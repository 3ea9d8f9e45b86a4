"""A trial of three arms gives the numbers that R gives, and every comparison stands in its headline.

Data: deaths of the trial of levamisole and fluorouracil for colon cancer (Moertel et al. 1990), R package survival,
colon with etype == 2: id, rx, time, status, node4. Reference: R 4.2.2 with survival 3.5-3,
    survdiff(Surv(time, status) ~ rx), coxph(Surv(time, status) ~ rx), survfit(Surv(time, status) ~ rx), on these rows.
Tolerance: half of the last digit that was kept.
"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from equipoise.reports import headline, write_report
from tests.analysis.trial import Trial
from tests.spec.minimal import minimal_protocol

DEATHS = Path(__file__).parent / "data" / "colon_deaths.csv"
ARM = {"Obs": "obs", "Lev": "lev", "Lev+5FU": "lev5fu"}
PLAN = """
arms:
- {id: A, remove: true}
- {id: B, remove: true}
- {id: obs, label: {en: Observation, zh: 观察}, role: control}
- {id: lev, label: {en: Levamisole, zh: 左旋咪唑}, role: experimental}
- {id: lev5fu, label: {en: Both drugs, zh: 两药联合}, role: experimental}
randomization: {ratio: {value: {obs: 1, lev: 1, lev5fu: 1}}}
forms:
- id: baseline
  items:
  - {id: days, label: {en: Days, zh: 天数}, type: integer, unit: d}
  - {id: died, label: {en: Died, zh: 死亡}, type: boolean}
  - {id: nodes, label: {en: Nodes, zh: 淋巴结}, type: boolean}
endpoints:
- {kind: time_to_event, id: colon, label: {en: Survival, zh: 生存}, short: OS, description: {en: a, zh: a}, role: primary, duration: days, event: died, death: event, display_unit: days}
analyses:
- {id: os_logrank, remove: true}
- {id: os_km, remove: true}
- {id: logrank, label: {en: Log-rank test, zh: 对数秩检验}, endpoint: colon, set: itt, method: logrank, role: primary}
- {id: cox, label: {en: Cox model, zh: Cox模型}, endpoint: colon, set: itt, method: cox, role: secondary}
- {id: km, label: {en: Survival, zh: 生存}, endpoint: colon, set: itt, method: kaplan_meier, role: descriptive}
- {id: five, label: {en: Milestone, zh: 时点}, endpoint: colon, set: itt, method: milestone, role: secondary, at_days: [1826]}
- {id: by_nodes, label: {en: By nodes, zh: 按淋巴结}, endpoint: colon, set: itt, method: cox, role: subgroup, subgroup: nodes}
"""
RATIOS = {"lev": (0.97, 0.78, 1.21), "lev5fu": (0.69, 0.55, 0.87)}


def colon_trial(folder):
    trial = Trial(folder, protocol=minimal_protocol(PLAN))
    trial.say("study_opened", {"study": trial.protocol.study.id, "environment": "rehearsal"})
    with DEATHS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = {"days": int(row["time"]), "died": row["status"] == "1", "nodes": row["node4"] == "1"}
            trial.enter(f"C{row['id']:>04}", date(1984, 3, 1), arm=ARM[row["rx"]], **values)
    return trial


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return write_report(colon_trial(tmp_path_factory.mktemp("colon")))


def by_id(run):
    return {r["id"]: r for r in run.results["results"]}


def test_the_numbers_are_those_of_r(report):
    found = by_id(report.run)
    assert found["logrank"]["chi_square"] == pytest.approx(11.683, abs=5e-4)
    assert found["logrank"]["p_value"] == pytest.approx(0.0029, abs=5e-5)
    assert found["cox.lev"]["hazard_ratio"] == pytest.approx(0.9737, abs=5e-5)
    assert found["cox.lev5fu"]["hazard_ratio"] == pytest.approx(0.6896, abs=5e-5)
    for arm, expected in RATIOS.items():
        given = [found[f"cox.{arm}"][key] for key in ("hazard_ratio", "ci_lower", "ci_upper")]
        assert given == pytest.approx(expected, abs=5e-3)


def test_a_comparison_counts_its_two_arms(report):
    found = by_id(report.run)
    assert (found["five.lev_difference.day_1826"]["n"], found["five.lev_difference.day_1826"]["events"]) == (625, 329)
    assert (found["cox.lev"]["n"], found["cox.lev"]["compared"]) == (929, {"n": 625, "events": 329})
    assert found["cox.lev5fu"]["compared"] == {"n": 619, "events": 291}


def unnamed(text):
    """The hazard ratios that a part of the page does not give with their limits."""
    text = text.replace("–", " to ")
    return [
        arm for arm, (hr, low, high) in RATIOS.items() if not re.search(rf"{hr} \((95% CI )?{low} to {high}\)", text)
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_headline_and_figure_name_every_comparison(report, language):
    page = (report.out / f"report.{language}.html").read_text(encoding="utf-8")
    for chinese, english in ((" 至 ", " to "), ("（", " ("), ("）", ")")):
        page = page.replace(chinese, english)
    assert unnamed(page[: page.index("<nav")]) == []
    figure = page[page.index('id="figure-km"') :]
    assert unnamed(figure[: figure.index("</figure>")]) == []
    assert unnamed("\n".join(report.lines("en"))) == []


def test_each_comparison_has_its_own_forest(report):
    page = (report.out / "report.en.html").read_text(encoding="utf-8")
    forests = re.findall(r"<figcaption>(.*?)</figcaption>", page[page.index('id="subgroups"') :])
    assert [title.split(" · ")[-1] for title in forests] == [
        "Levamisole against Observation", "Both drugs against Observation",
    ]  # fmt: skip


def test_control_a_headline_of_one_comparison_is_noticed(report, monkeypatch):
    every = headline.comparisons
    monkeypatch.setattr(headline, "comparisons", lambda *of: every(*of)[:1])
    assert unnamed("\n".join(report.lines("en"))) == ["lev5fu"]
