"""A cut holds what was known at one entry, corrections applied, each value with the entries that made it."""

from datetime import date

import polars as pl
import pytest

from equipoise.datacut import freeze, write_cut
from equipoise.findings import Refusal
from tests.analysis.trial import Trial, small_trial
from tests.spec.minimal import minimal_protocol


@pytest.fixture
def trial(tmp_path):
    trial = Trial(tmp_path)
    trial.say("study_opened", {"study": "DEMO", "environment": "production"})
    trial.enter("P001", date(2024, 1, 5), arm="B", age=61, weight="70.5")
    trial.enter("P002", date(2024, 1, 6))
    return trial


def value(cut, participant, name):
    return cut.variables.filter(pl.col("participant") == participant)[name].item()


def seqs(cut, participant, item):
    return cut.provenance.filter((pl.col("participant") == participant) & (pl.col("item").cast(str) == item))[
        "seqs"
    ].to_list()


def test_dates_numbers_and_codes_get_their_types_back(trial):
    cut = freeze(trial)
    assert (value(cut, "P001", "age"), value(cut, "P001", "weight"), value(cut, "P001", "sex")) == (61, 70.5, "F")
    assert value(cut, "P001", "randomized_date") == date(2024, 1, 5)
    assert value(cut, "P002", "randomized_date") is None
    assert cut.variables["randomized"].to_list() == [True, False]


def test_a_correction_replaces_the_value_and_joins_its_provenance(trial):
    before = freeze(trial)
    trial.correct("P001", "screening", "baseline", "age", 61, 16)
    after = freeze(trial)
    assert (value(before, "P001", "age"), value(after, "P001", "age")) == (61, 16)
    assert seqs(before, "P001", "age") == [[4]]
    assert seqs(after, "P001", "age") == [[4, after.seq]]
    assert seqs(after, "P001", "weight") == [[4]]


def test_corrections_are_applied_in_the_order_of_the_ledger(trial):
    for old, new in ((61, 16), (16, 66)):
        trial.correct("P001", "screening", "baseline", "age", old, new)
    cut = freeze(trial)
    assert value(cut, "P001", "age") == 66
    assert seqs(cut, "P001", "age") == [[4, cut.seq - 1, cut.seq]]


def test_a_value_filled_in_or_emptied_later_keeps_both_entries(trial):
    trial.correct("P002", "screening", "baseline", "weight", "60.0", None)
    cut = freeze(trial)
    assert value(cut, "P002", "weight") is None
    assert len(seqs(cut, "P002", "weight")[0]) >= 1


def test_control_an_earlier_cut_does_not_see_what_came_later(trial):
    seq = freeze(trial).seq
    trial.correct("P001", "screening", "baseline", "age", 61, 16)
    assert value(freeze(trial, entry=seq), "P001", "age") == 61
    assert value(freeze(trial, entry=seq + 1), "P001", "age") == 16


def test_a_withdrawn_consent_keeps_what_was_collected_before(trial):
    trial.say("withdrawn", {"date": "2024-02-01", "reason": "no wish to go on", "extent": "consent"}, "P001")
    cut = freeze(trial)
    assert value(cut, "P001", "age") == 61
    assert value(cut, "P001", "withdrawn")
    assert cut.participants["withdrawn_extent"].to_list() == ["consent", None]


def test_an_erased_payload_is_a_counted_gap(trial, monkeypatch):
    real = trial.store.rows

    def rows(study, **wish):
        for seq, kind, participant, site, at, payload in real(study, **wish):
            yield seq, kind, participant, site, at, None if seq == 4 else payload

    monkeypatch.setattr(trial.store, "rows", rows)
    trial.correct("P001", "screening", "baseline", "age", 61, 16)
    cut = freeze(trial)
    assert value(cut, "P001", "age") is None
    assert cut.erased == ((4, "form_recorded", "P001"),)


def test_repeating_groups_are_corrected_by_row(tmp_path):
    protocol = minimal_protocol("""
    forms:
    - id: lesions
      title: {en: Lesions, zh: 病灶}
      groups:
      - id: lesion
        label: {en: Lesion, zh: 病灶}
        items:
        - {id: diameter, label: {en: Diameter, zh: 直径}, type: decimal, unit: mm}
    visits:
    - {id: events, label: {en: Events, zh: 事件}, kind: log, forms: [death, lesions]}
    """)
    trial = Trial(tmp_path, protocol=protocol)
    trial.enter("P001", date(2024, 1, 5))
    trial.record("P001", "events", "lesions", {}, lesion=[{"diameter": "10.0"}, {"diameter": "20.0"}])
    trial.correct("P001", "events", "lesions", "diameter", "20.0", "25.5", group="lesion", row=2)
    cut = freeze(trial)
    assert cut.tables["lesions.lesion"]["diameter"].to_list() == [10.0, 25.5]
    assert seqs(cut, "P001", "diameter") == [[4], [4, 5]]


def test_the_same_moment_gives_the_same_bytes(trial, tmp_path):
    one, two = write_cut(freeze(trial), tmp_path / "one"), write_cut(freeze(trial), tmp_path / "two")
    names = sorted(path.name for path in one.iterdir())
    assert "cut.yaml" in names
    assert not any(name.startswith(".") for name in names)
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_control_another_moment_gives_other_bytes(trial, tmp_path):
    cut = freeze(trial)
    one, two = write_cut(cut, tmp_path / "one"), write_cut(freeze(trial, entry=cut.seq - 3), tmp_path / "two")
    assert (one / "cut.yaml").read_bytes() != (two / "cut.yaml").read_bytes()
    assert (one / "variables.parquet").read_bytes() != (two / "variables.parquet").read_bytes()


def test_sealed_arms_open_with_the_secret_and_not_with_another(trial, monkeypatch):
    assert freeze(trial).participants["arm"].to_list() == ["B", None]
    monkeypatch.setattr("tests.analysis.trial.SECRET", bytes(32))
    with pytest.raises(Refusal, match="does not open"):
        freeze(trial)


def test_arms_of_a_double_blind_trial_stay_hidden_until_they_are_unsealed(tmp_path):
    trial = small_trial(tmp_path, 8, protocol=minimal_protocol({"randomization": {"blinding": "double"}}))
    hidden = freeze(trial)
    assert hidden.arms == "hidden"
    assert hidden.participants["arm"].null_count() == hidden.participants.height
    with pytest.raises(Refusal, match="double-blind"):
        freeze(trial, arms="shown")
    masked = freeze(trial, arms="masked").participants["arm"].drop_nulls()
    assert set(masked) == {"masked_A", "masked_B"}
    trial.say("allocations_unsealed", {"reason": "the study is locked", "count": 8})
    assert set(freeze(trial).participants["arm"].drop_nulls()) == {"A", "B"}


def test_randomized_twice_keeps_the_first_allocation(trial):
    trial.positions += 1
    trial.say("allocated", {"date": "2024-02-01", "position": 2, "stratum": "", "stratum_position": 1, "factors": {},
                            "scheme": {}, "sealed": "never opened", "eligibility_digest": ""}, "P001")  # fmt: skip
    assert freeze(trial).participants["arm"].to_list() == ["B", None]
