"""The real oropharynx trial, from its file through the desk, a cut and the analysis, gives the numbers that R gives.

Reference: R 4.2.2 with survival 3.5-3 on the 195 patients of Kalbfleisch and Prentice, Data Set II:
    survdiff(Surv(time, status) ~ treatment); survdiff(Surv(time, status) ~ treatment + strata(institution))
    coxph(Surv(time, status) ~ treatment); the same + strata(institution)             (Efron)
    survfit(Surv(time, status) ~ treatment, conf.type = "log-log")
Tolerance 1e-8 relative, or the digits printed there where fewer were kept.
"""

import csv
import json
from pathlib import Path

import pytest

from equipoise.cli import main

TRIAL = Path(__file__).resolve().parents[2] / "protocols" / "oropharynx-rtog"
EXPECTED = {
    ("logrank", False): {
        "chi_square": 0.926417151797,
        "p_value": pytest.approx(0.335796, abs=5e-7),
        "degrees_of_freedom": 1,
    },
    ("logrank", True): {"chi_square": 0.742286384633},
    ("cox", False): {"hazard_ratio": 1.17609154, "ci_lower": 0.845290885, "ci_upper": 1.63634948},
    ("cox", True): {"hazard_ratio": 1.15998310535},
}
MEDIANS = [(100, 73, 525, 374, 666), (95, 69, 395, 317, 518)]
RELATIVE = 1e-8


def analyze(folder, file=TRIAL / "oropharynx.csv"):
    """Through the command line, as a statistician would: new, import, analyze."""
    study, out = folder / "study", folder / "out"
    assert main(["new", str(study), "--protocol", str(TRIAL)]) == 0
    assert main(["import", str(study), str(file), "--map", str(TRIAL / "import.yaml"), "--quiet"]) == 0
    assert main(["analyze", str(study), "--out", str(out)]) == 0
    return study, out


def results_of(out):
    return json.loads((out / "results.json").read_text(encoding="utf-8"))["results"]


def find(results, method, *, stratified=False):
    """The results of a method for the arms in the whole set."""
    return [
        r for r in results
        if r["method"] == method and bool(r["strata"]) == stratified and r["by"] == "arm"
        and "subgroup" not in r and not r["covariates"] and r["confidence"] == 0.95
    ]  # fmt: skip


def differences(results):
    """Every reference number that the results do not give, in words."""
    found = []
    for (method, stratified), expected in EXPECTED.items():
        result = find(results, method, stratified=stratified)[0]
        for name, value in expected.items():
            wanted = pytest.approx(value, rel=RELATIVE) if isinstance(value, float) else value
            if result[name] != wanted:
                found.append(f"{method} {name}: {result[name]} and not {value}")
    curves = sorted(find(results, "kaplan_meier"), key=lambda r: -r["n"])
    medians = [tuple(r[k] for k in ("n", "events", "median", "median_lower", "median_upper")) for r in curves]
    return found + ([] if medians == MEDIANS else [f"medians: {medians}"])


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory):
    return analyze(tmp_path_factory.mktemp("oropharynx"))


def test_the_trial_gives_the_numbers_that_r_gives(analyzed):
    _, out = analyzed
    results = results_of(out)
    assert differences(results) == []
    test = find(results, "logrank")[0]
    assert (test["n"], test["events"]) == (195, 142)


def test_every_number_that_the_protocol_folder_expects_is_there(analyzed):
    import yaml

    _, out = analyzed
    results = results_of(out)
    document = yaml.safe_load((TRIAL / "expected.yaml").read_text(encoding="utf-8"))
    for line in document["results"]:
        result = next(r for r in results if r["analysis"] == line["id"] and line.get("group") in (None, r.get("group")))
        relative = line.get("tolerance", document["tolerance"])["relative"]
        for name, value in line["expect"].items():
            assert result[name] == pytest.approx(value, rel=relative), (line["id"], name)


def test_the_median_intervals_are_of_the_log_log_kind(analyzed):
    _, out = analyzed
    assert {r["conf_type"] for r in find(results_of(out), "kaplan_meier")} == {"log_log"}


def test_every_result_can_be_traced_to_its_entries(analyzed, capsys):
    study, out = analyzed
    for result in results_of(out):
        assert main(["trace", str(study), result["id"], "--out", str(out), "--rows", "2"]) == 0
        text = capsys.readouterr().out
        assert "allocation_recorded" in text
        assert "form_recorded" in text


def changed(folder, change):
    """The trial's file with every record put through `change` (None drops it)."""
    with (TRIAL / "oropharynx.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = folder / "changed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(row for row in map(change, rows) if row is not None)
    return path


def test_control_exchanged_arms_are_noticed(tmp_path):
    other = {"1": "2", "2": "1"}
    _, out = analyze(tmp_path, changed(tmp_path, lambda row: row | {"treatment": other[row["treatment"]]}))
    results = results_of(out)
    assert any("hazard_ratio" in words for words in differences(results))
    assert find(results, "cox")[0]["hazard_ratio"] == pytest.approx(1 / 1.17609154, rel=RELATIVE)


def test_control_one_lost_participant_is_noticed(tmp_path):
    _, out = analyze(tmp_path, changed(tmp_path, lambda row: None if row["case"] == "100" else row))
    assert len(differences(results_of(out))) >= 4
