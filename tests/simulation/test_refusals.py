"""What cannot be simulated is told in Findings, in either language: by the request, the scenario, the machines."""

from concurrent.futures import CancelledError
from types import SimpleNamespace

import pytest

from equipoise.findings import Refusal, Where
from equipoise.simulation import cluster, device
from equipoise.simulation.compile import assembly, compile_setup, kinds
from equipoise.simulation.run import run_simulation
from equipoise.simulation.trials.running import simulate_chunk
from equipoise.simulation.workers import Workers, check_size
from tests.simulation.simulated_trial import outcome, scenario, trial

RELAPSE = {"form": "follow_up", "visit": "relapses", "date_item": "seen_date", "ends": False, "hazard_ratio": None}
LOG = {"id": "relapses", "label": {"en": "Relapses", "zh": "复发"}, "kind": "log", "forms": ["follow_up"]}
EARLY_ZERO = {"id": "os_logrank", "method": "maxcombo", "weights": [{"kind": "early_zero", "delay_days": 90}]}
NOT_ASKED = {"forms": [{"id": "baseline", "items": [{"id": "sex", "required": False}]}]}
NOBODYS_SEX = {"sex": {"value": {"choice": {"F": 1, "M": 1}, "missing": 1.0}}}


def told(of, where=lambda of: compile_setup(of, of.scenarios[0])):
    with pytest.raises(Refusal) as refused:
        where(of)
    (finding,) = refused.value.findings
    assert any("\u4e00" <= sign <= "\u9fff" for sign in finding.tell("zh"))
    return finding.code, finding.tell()


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"design": {"hazard_ratio": 1.6}}, "direction", "above 1"),
        ({"analyses": [EARLY_ZERO]}, "statistic", "not of Fleming"),
        (NOT_ASKED | {"scenarios": [scenario(items=NOBODYS_SEX)]}, "factor_missing", "`sex` has no value"),
        ({"scenarios": [scenario(screen_failure={"value": 1.0})]}, "impossible", "nobody who is approached"),
        (
            {
                "visits": [LOG],
                "scenarios": [
                    scenario(
                        outcome("relapse", **RELAPSE),
                        outcome("gone", **(RELAPSE | {"ends": True}), after="relapse"),
                        outcome(),
                    )
                ],
            },
            "competing",
            "when relapse strikes",
        ),
    ],
)
def test_what_a_protocol_says_and_no_trial_can_be(change, code, says):
    found, line = told(trial(change))
    assert found == f"simulation.{code}"
    assert says in line


def test_an_endpoint_that_is_recorded_as_a_duration_is_not_simulated():
    of = trial()
    (endpoint,) = (one for one in of.endpoints if one.id == "os")
    lasting = endpoint.model_copy(update={"events": (), "duration": "age"})
    code, line = told(of.model_copy(update={"endpoints": (lasting,)}))
    assert code == "simulation.endpoint"
    assert "recorded as a duration" in line


def test_nobody_is_eligible(monkeypatch):
    monkeypatch.setattr(kinds, "_by_choices", lambda *_: None)
    monkeypatch.setattr(kinds, "unmet_criteria", lambda *_: ("I1",))
    monkeypatch.setattr(kinds, "DRAWN", 2)
    assert told(trial())[0] == "simulation.nobody_eligible"


def test_a_design_that_says_too_little_is_not_simulated():
    of = trial({"design": {"control": None}})
    code, _ = told(of, lambda of: run_simulation(of, ["design"], Workers(10, 1)))
    assert code == "simulation.incomplete"


def test_a_setup_that_only_its_author_can_spoil_is_refused_without_its_own_words(monkeypatch):
    def spoilt(*_):
        raise ValueError("a confidence of 2 does not lie between 0 and 1")

    monkeypatch.setattr(assembly, "make_looks", spoilt)
    code, line = told(trial())
    assert code == "simulation.impossible"
    assert "confidence" not in line


def test_one_setup_and_several_threads_are_counted_as_such():
    of = trial()
    (finding,) = check_size([compile_setup(of, of.scenarios[0])], Workers(10**12, 1, 2))
    assert "with 2 workers, for each of 1 setup" in finding.why
    assert "2个工作线程" in finding.say("zh").why


@pytest.mark.parametrize(
    ("trouble", "code", "says"),
    [
        (CancelledError(), "cluster_lost", "it forgot"),
        (ImportError("no module."), "cluster_software", "no module"),
        (RuntimeError("out of ink\nmore"), "cluster_failed", "RuntimeError: out of ink"),
    ],
)
def test_what_a_worker_could_not_do_is_told_in_a_line(trouble, code, says):
    def result():
        raise trouble

    with pytest.raises(Refusal) as refused:
        cluster._result(SimpleNamespace(result=result), Where("tcp://h:1"))
    (finding,) = refused.value.findings
    assert finding.code == f"simulation.{code}"
    assert says in finding.why
    assert str(cluster._told(TimeoutError())) == "nobody answered in time"


def test_a_machine_without_a_device_is_told_so(monkeypatch):
    monkeypatch.setattr(device, "find_spec", lambda _: True)
    monkeypatch.setattr(device, "_cuda", lambda: SimpleNamespace(is_available=lambda: False))
    with pytest.raises(Refusal, match="no CUDA driver"):
        device.need_device()


def test_a_device_that_computes_something_else_is_refused(monkeypatch):
    of = trial()
    setup = compile_setup(of, of.scenarios[0])
    monkeypatch.setattr(device, "device_records", lambda *_: simulate_chunk(setup, 2, 0, 4))
    with pytest.raises(Refusal, match="of its first 4 trials `"):
        device._expect_same(setup, 1, 4, None)
