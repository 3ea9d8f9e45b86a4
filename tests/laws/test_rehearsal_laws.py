"""Whatever the seed: the ledger of a rehearsal verifies, its projections are its replay, its allocations derive again."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.conduct.folder.verification import verify_study
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.replaying import replay
from equipoise.rehearsal.rehearsal import run_rehearsal
from tests.hunting import examples
from tests.rehearsal.lively import lively
from tests.virtual.stage import BUSY, SURVIVAL, flagship, memory_study, oropharynx, small

BIG_STICK = "randomization: {scheme: {kind: big_stick, limit: 2, sizes: ~}}"
MINIMIZED = "randomization: {scheme: {kind: minimization, p: 0.8, sizes: ~}}"
PROTOCOLS = {
    "busy": lambda: small(BUSY),
    "survival": lambda: small(SURVIVAL),
    "lively": lively,
    "big stick": lambda: small(BUSY, BIG_STICK),
    "minimized": lambda: small(BUSY, MINIMIZED),
    "double blind": lambda: small(BUSY, "randomization: {blinding: double}"),
    "oropharynx": oropharynx,
    "flagship": flagship,
}


def faults(study):
    """What verification finds, and every projection that is not its replay."""
    state = replay(study.id, study.store.read(study.id))
    found = [finding.code for finding in verify_study(study).findings]
    kept = {name: study.store.projection(study.id, name) for name in NAMES}
    found += [f"differs: {name}" for name, values in projections(state).items() if kept[name] != values]
    return found


def rehearsed(name, seed, participants=8):
    study = memory_study(Path(tempfile.mkdtemp()) / "study", PROTOCOLS[name]())
    return study, run_rehearsal(study, participants=participants, seed=seed)


@settings(max_examples=examples(25), deadline=None)
@given(name=st.sampled_from(sorted(PROTOCOLS)), seed=st.integers(-(2**63), 2**63), participants=st.integers(1, 9))
def test_after_any_seed_everything_holds_and_nothing_was_refused_but_by_criteria(name, seed, participants):
    study, report = rehearsed(name, seed, participants)
    assert faults(study) == []
    assert report.refusals == {}
    assert report.finished
    counts = report.counts
    assert counts.get("screened", 0) == counts.get("enrolled", 0) + counts.get("not eligible", 0)
    assert counts.get("enrolled", 0) == counts.get("randomized", 0)


@pytest.fixture
def study():
    return rehearsed("busy", 1)[0]


def test_control_a_projection_that_was_changed_is_noticed(study):
    with study.store.writing(study.id) as writer:
        name = sorted(writer.projection("participants"))[0]
        writer.put("participants", name, writer.projected("participants", name) | {"status": "withdrawn"})
    assert "differs: participants" in faults(study)


def test_control_another_secret_is_noticed(study):
    key = study.key_folder / "allocation.key"
    key.write_text("00" * 32 + "\n", encoding="ascii")
    assert faults(study) != []


def test_control_a_payload_that_was_changed_is_noticed(study):
    links = study.store._studies[study.id].links
    place = next(k for k, link in enumerate(links) if link.kind == "consented")
    links[place] = links[place]._replace(payload=links[place].payload.replace(b"20", b"19", 1))
    assert "ledger.payload_differs" in faults(study)
