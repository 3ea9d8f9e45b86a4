"""A ledger that was changed behind its back gives no cut, no result and no trace: each is refused with what was found."""

import pytest

from equipoise.analysis import trace
from equipoise.datacut import freeze
from equipoise.findings import Refusal
from equipoise.ledger import SqlStore
from tests.analysis.trial import small_trial, write_analysis
from tests.ledger.forger import opened

EDITS = {
    "an actor": "UPDATE ledger_entry SET actor = 'x' WHERE seq = 10",
    "a participant": "UPDATE ledger_entry SET participant = 'P099' WHERE seq = 10",
    "a payload": "UPDATE ledger_payload SET payload = '{}' WHERE seq = 10",
    "a payload that is none": "UPDATE ledger_payload SET payload = 'not json' WHERE seq = 10",
    "a payload that is gone": "DELETE FROM ledger_payload WHERE seq = 10",
    "an entry in the middle": "DELETE FROM ledger_entry WHERE seq = 10",
    "the last entries": "DELETE FROM ledger_entry WHERE seq > 50",
    "the head": "DELETE FROM ledger_head",
}


@pytest.fixture
def trial(tmp_path):
    trial = small_trial(tmp_path, 8, store=SqlStore(tmp_path / "ledger.sqlite"))
    write_analysis(trial, out=tmp_path / "out")
    yield trial
    trial.store.close()


@pytest.mark.parametrize("edit", EDITS)
def test_nothing_is_taken_from_a_ledger_whose_chain_does_not_hold(trial, tmp_path, edit):
    with opened(tmp_path / "ledger.sqlite") as connection:
        connection.execute(EDITS[edit])
    for ask in (
        lambda: freeze(trial),
        lambda: write_analysis(trial, out=tmp_path / "again"),
        lambda: trace(trial, "os_logrank", out=tmp_path / "out"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        codes = [finding.code for finding in refused.value.findings]
        assert codes[0] == "cut.broken_ledger"
        assert len(codes) > 1
    assert not (tmp_path / "again").exists()


def test_control_the_same_ledger_untouched_gives_all_three(trial, tmp_path):
    with opened(tmp_path / "ledger.sqlite"):
        pass  # without its triggers it is still the same ledger
    assert freeze(trial).participants.height == 11
    assert write_analysis(trial, out=tmp_path / "again").out is not None
    assert trace(trial, "os_logrank", out=tmp_path / "out").total == 8
