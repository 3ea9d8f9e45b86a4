"""The command: table, JSON, figures, cache, interruption; and every answer to what cannot be done is a Finding."""

import json
import xml.dom.minidom

import pytest
import yaml

from equipoise.cli import main
from equipoise.protocol.identity import protocol_digest
from equipoise.protocol.reading import load_protocol
from equipoise.reports.design_document.simulated import read_simulated
from equipoise.simulation.compile import kinds
from equipoise.simulation.trials import running
from tests.simulation.response_trial import MEANS, response_data
from tests.simulation.simulated_trial import outcome, scenario, trial_data

FEW = ["--trials", "600", "--seed", "1", "--workers", "1"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("protocol")
    none = scenario(outcome(hazard_ratio={"value": {"A": 1.0}}))
    data = trial_data({"scenarios": [none | {"id": "none", "label": {"en": "No effect", "zh": "无效应"}}]})
    (folder / "protocol.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return str(folder)


def said(capsys):
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return told.out, told.err


def json_of(place, capsys, *more):
    assert main(["simulate", place, *FEW, "--json", *more]) == 0
    return json.loads(said(capsys)[0])


def test_scenarios_stand_side_by_side_in_either_language(place, capsys):
    assert main(["simulate", place, *FEW]) == 0
    english, _ = said(capsys)
    assert "As the design assumes" in english
    assert "Type I error" in english
    assert main(["simulate", place, *FEW, "--lang", "zh"]) == 0
    chinese, _ = said(capsys)
    assert "无效应" in chinese
    assert "As the design" not in chinese


def test_the_json_has_every_number_with_its_error_under_stable_keys(place, capsys):
    data = json_of(place, capsys)
    assert [one["scenario"] for one in data["scenarios"]] == ["design", "benefit", "none"]
    assert data["finished"] is True
    one = data["scenarios"][1]
    assert set(one) == {
        "scenario",
        "label",
        "kind",
        "true_hazard_ratio",
        "true_effect",
        "trials",
        "finished",
        "power",
        "harm",
        "futility",
        "stopped_early",
        "missed_events",
        "events",
        "participants",
        "approached",
        "duration",
        "estimate",
        "looks",
        "strata",
        "notes",
    }
    for key in ("power", "harm", "stopped_early", "events", "participants", "duration"):
        assert set(one[key]) == {"value", "error"}
    power = one["power"]["value"]
    assert one["power"]["error"] == pytest.approx((power * (1 - power) / 600) ** 0.5)
    assert sum(look["reject"]["value"] for look in one["looks"]) == pytest.approx(power)
    assert abs(data["type_one_error"]["value"] - 0.025) < 0.03
    assert abs(power - 0.8) < 0.08


def test_the_same_request_gives_the_same_bytes_by_any_number_of_workers(place, capsys):
    one = json_of(place, capsys, "--no-cache", "--scenario", "benefit")
    two = json_of(place, capsys, "--no-cache", "--scenario", "benefit", "--workers", "2")
    assert one == two
    other = json_of(place, capsys, "--no-cache", "--scenario", "benefit", "--seed", "2")
    assert other["scenarios"][0]["power"] != one["scenarios"][0]["power"]


def test_results_and_figures_are_written_and_the_design_document_reads_them(place, capsys, tmp_path):
    out = tmp_path / "new" / "results"
    assert main(["simulate", place, *FEW, "--out", str(out)]) == 0
    assert {path.name for path in out.iterdir()} == {"simulation.json", "power.svg", "scenarios.svg", "calendar.svg"}
    for svg in out.glob("*.svg"):
        xml.dom.minidom.parse(str(svg))
    data = json.loads((out / "simulation.json").read_text("utf-8"))
    ratios = [point["hazard_ratio"] for point in data["power_curve"]["points"]]
    powers = [point["power"]["value"] for point in data["power_curve"]["points"]]
    assert ratios[0] == 1
    assert powers == sorted(powers)
    found = read_simulated(out, protocol_digest(load_protocol(place)), 2)
    assert [(scene.scenario, scene.kind, scene.trials) for scene in found.scenes] == [
        ("design", "design", 600),
        ("benefit", "scenario", 600),
        ("none", "scenario", 600),
    ]


def test_nothing_is_written_when_not_everything_can_be(place, capsys, tmp_path):
    out = tmp_path / "results"
    (out / "calendar.svg").mkdir(parents=True)
    assert main(["simulate", place, *FEW, "--scenario", "design", "--out", str(out)]) == 1
    assert "could not be written" in said(capsys)[1]
    assert [path.name for path in out.iterdir()] == ["calendar.svg"]


def test_the_type_i_error_is_that_of_trials_that_do_not_follow_a_bound_that_does_not_bind(capsys, tmp_path):
    def null_of(**futility):
        bound = {"kind": "hazard_ratio", "values": [0.95], **futility}
        data = trial_data({"design": {"sides": 1, "alpha": 0.1, "futility": bound}})
        (tmp_path / "protocol.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        found = json_of(str(tmp_path), capsys, "--scenario", "design")
        return found["null"]["futility"]["value"], found["scenarios"][0]["looks"][0]["futility"]["value"]

    assert null_of(binding=False)[0] == 0 < null_of(binding=False)[1]
    assert null_of(binding=True)[0] > 0.3


# Rates and means ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "measure", "says"),
    [({}, "rate_difference", "Difference of rates"), (MEANS, "mean_difference", "Difference of means")],
)
def test_a_rate_and_a_mean_are_told_as_such_and_the_design_document_reads_them(
    capsys, tmp_path, monkeypatch, change, measure, says
):
    monkeypatch.setattr(kinds, "DRAWN", 60)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "protocol.yaml").write_text(yaml.safe_dump(response_data(change), allow_unicode=True), "utf-8")
    assert main(["simulate", ".", *FEW, "--out", "results"]) == 0
    english, _ = said(capsys)
    for words in (says, "Assessed", "end of follow-up", "found at the assessment"):
        assert words in english
    assert "events" not in english.lower()
    data = json.loads((tmp_path / "results" / "simulation.json").read_text("utf-8"))
    assert data["design"]["measure"] == measure
    assert data["design"]["null_effect"] == 0
    base = data["scenarios"][1]
    assert (base["kind"], base["estimate"]["hazard_ratio"], base["true_hazard_ratio"]) == ("scenario", None, None)
    assert abs(base["estimate"]["effect"]["value"] - base["true_effect"]) < 5 * base["estimate"]["effect"]["error"]
    for svg in (tmp_path / "results").glob("*.svg"):
        xml.dom.minidom.parse(str(svg))
        assert "azard ratio" not in svg.read_text("utf-8")
    assert main(["simulate", ".", *FEW, "--lang", "zh"]) == 0
    chinese, _ = said(capsys)
    assert "已评估" in chinese
    assert not {word for word in ("Assessed", "difference", "arm") if word in chinese}
    assert main(["design", ".", "--simulation", "results", "--out", "design"]) == 0
    document = (tmp_path / "design" / "design.md").read_text("utf-8")
    assert "Assessed at the end" in document
    assert "Bias (log)" not in document


def test_without_a_calendar_none_is_drawn(capsys, tmp_path):
    data = response_data({"design": {"accrual": None, "follow_up_months": None}})
    (tmp_path / "protocol.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    assert main(["simulate", str(tmp_path), *FEW, "--scenario", "design", "--out", str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"simulation.json", "power.svg", "scenarios.svg"}
    assert json.loads((tmp_path / "out" / "simulation.json").read_text("utf-8"))["scenarios"][0]["duration"] is None


# The cache ------------------------------------------------------------------------------------------------------------


def count_chunks(monkeypatch):
    played = []
    real = running.count_chunk
    monkeypatch.setattr(running, "count_chunk", lambda *given: played.append(given[2]) or real(*given))
    return played


def test_what_was_simulated_before_is_answered_at_once_and_the_same(place, capsys, monkeypatch):
    first = json_of(place, capsys)
    played = count_chunks(monkeypatch)
    assert json_of(place, capsys) == first
    assert played == []
    json_of(place, capsys, "--no-cache")
    assert played != []


@pytest.mark.parametrize("more", [("--seed", "3"), ("--trials", "601")])
def test_control_another_seed_or_number_of_trials_is_not_answered_from_the_cache(place, capsys, monkeypatch, more):
    json_of(place, capsys)
    played = count_chunks(monkeypatch)
    json_of(place, capsys, *more)
    assert played != []


def test_control_other_software_is_not_answered_from_the_cache(place, capsys, monkeypatch):
    json_of(place, capsys)
    monkeypatch.setattr("equipoise.cache.software_digest", lambda: "other")
    played = count_chunks(monkeypatch)
    json_of(place, capsys)
    assert played != []


def test_a_damaged_cache_is_done_without(place, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = json_of(place, capsys)
    kept = list((tmp_path / "equipoise" / "simulations").glob("*.json"))
    assert kept
    for file in kept:
        file.write_text(file.read_text("utf-8").replace('"trials": 600', '"trials": 6O0')[:-7], encoding="utf-8")
    assert json_of(place, capsys) == first


# Interruption ---------------------------------------------------------------------------------------------------------


def test_an_interrupted_simulation_gives_what_was_finished_and_says_so(place, capsys, monkeypatch):
    real, calls = running.count_chunk, []

    def count(*given):
        calls.append(given)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(running, "count_chunk", count)
    many = ["simulate", place, "--trials", str(2 * running.CHUNK), "--seed", "1", "--workers", "1", "--json"]
    assert main(many) == 130
    data = json.loads(said(capsys)[0])
    assert data["finished"] is False
    assert [(one["scenario"], one["trials"], one["finished"]) for one in data["scenarios"]] == [
        ("design", 2 * running.CHUNK, True),
        ("benefit", running.CHUNK, False),
    ]
    assert data["null"] is None


def test_an_interruption_before_any_result_is_told(place, capsys, monkeypatch):
    def count(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "count_chunk", count)
    assert main(["simulate", place, *FEW]) == 130
    assert "interrupted" in said(capsys)[1]


# Bad input ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (["--trials", "0", "--seed", "1"], "something must be simulated"),
        (["--trials", "-5", "--seed", "1"], "something must be simulated"),
        (["--trials", "1000000000000", "--seed", "1"], "Monte Carlo error"),
        (["--trials", "1e6", "--seed", "1"], "is not a whole number"),
        (["--trials", "10", "--seed", "tomorrow"], "is not a whole number"),
        (["--trials", "10", "--seed", str(2**70)], "it lies between"),
        (["--trials", "10", "--seed", "1", "--workers", "0"], "workers"),
        (["--trials", "10", "--seed", "1", "--workers", "http://somewhere"], "not the address of a scheduler"),
        (["--trials", "10", "--seed", "1", "--workers", "tcp://127.0.0.1:9", "--device", "gpu"], "both asked for"),
        (["--trials", "10", "--seed", "1", "--scenario", "paradise"], "there is no scenario paradise"),
    ],
)
def test_what_is_asked_wrongly_is_told_before_anything_is_simulated(place, capsys, monkeypatch, given, what):
    played = count_chunks(monkeypatch)
    assert main(["simulate", place, *given]) == 1
    out, told = said(capsys)
    assert what in told
    assert out == ""
    assert played == []


def test_all_mistakes_are_told_at_once(place, capsys):
    assert main(["simulate", place, "--trials", "none", "--seed", "some", "--workers", "all"]) == 1
    assert len(said(capsys)[1].strip().splitlines()) == 3


def test_too_little_memory_is_told_before_anything_is_simulated(place, capsys, monkeypatch):
    monkeypatch.setattr("equipoise.simulation.workers.free_memory", lambda: 2**16)
    assert main(["simulate", place, *FEW]) == 1
    assert "of memory are needed" in said(capsys)[1]


def test_a_simulation_that_takes_too_long_is_told_before_anything_is_simulated(place, capsys, monkeypatch):
    monkeypatch.setattr("equipoise.simulation.workers._DAYS_MAX", 0.1)
    played = count_chunks(monkeypatch)
    assert main(["simulate", place, "--trials", "1000000000", "--seed", "1", "--workers", "1"]) == 1
    assert "simulating would take about" in said(capsys)[1]
    assert played == []


def test_a_scenario_that_never_reaches_its_events_is_told_with_its_line(capsys, tmp_path):
    rare = scenario(outcome(hazard={"value": {"per_month": [0.0005]}}), withdrawal_per_month={"value": 0.05})
    file = tmp_path / "protocol.yaml"
    file.write_text(yaml.safe_dump(trial_data({"scenarios": [rare]}), allow_unicode=True), encoding="utf-8")
    assert main(["simulate", str(tmp_path), *FEW]) == 1
    told = said(capsys)[1]
    assert "never expected" in told
    assert f"{file}:" in told


def test_a_scheduler_that_cannot_be_reached_is_told(place, capsys, monkeypatch):
    monkeypatch.setattr("equipoise.simulation.cluster._PATIENCE_SECONDS", 1)
    assert (
        main(["simulate", place, *FEW[:4], "--workers", "tcp://127.0.0.1:9", "--scenario", "design", "--no-cache"]) == 1
    )
    assert "the scheduler cannot be reached" in said(capsys)[1]


def test_without_dask_its_absence_is_told_with_a_mend(place, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    assert (
        main(["simulate", place, *FEW[:4], "--workers", "tcp://127.0.0.1:9", "--scenario", "design", "--no-cache"]) == 1
    )
    assert "pip install 'equipoise[cluster]'" in said(capsys)[1]


def test_without_a_gpu_its_absence_is_told(place, capsys):
    assert main(["simulate", place, *FEW, "--device", "gpu", "--scenario", "design", "--no-cache"]) == 1
    assert "there is no GPU" in said(capsys)[1]


def test_a_protocol_that_cannot_be_read_ends_with_2(capsys):
    assert main(["simulate", "nowhere", *FEW]) == 2
    assert "there is no such protocol" in said(capsys)[1]


def test_an_error_is_never_printed_as_nothing():
    from equipoise.reports.simulation_report import terminal

    assert terminal._with_error({"value": 0.79412, "error": 0.0004}, terminal._share) == "79.41% (0.04%)"
    assert terminal._with_error({"value": 85.98, "error": 0.013}, terminal._one) == "85.98 (0.01)"
    assert terminal._with_error({"value": -0.0001, "error": 0.02}, terminal._three) == "0.000 (0.020)"
    assert terminal._with_error({"value": 1.0, "error": 0.0}, terminal._share) == "100.0% (0.0%)"
    assert terminal._with_error(None, terminal._share) == terminal.NONE
