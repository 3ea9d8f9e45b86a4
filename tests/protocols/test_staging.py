"""TNM to stage group, cell by cell, in the 8th edition and in Version 9.

8th edition groups: MSD Manual's table of AJCC/UICC 8; T0 with N1 or N2 from textbooks. Version 9: Pan et al., JAMA
Oncol 2024; 10: 1627. The grids are those of the rule, written out by hand, so that no rule is checked against itself.
"""

from __future__ import annotations

from typing import Any

from tests.medicine.test_staging_groups import EIGHTH, NINTH
from tests.protocols.reading_aid import derived, protocol

N = ("N0", "N1", "N2", "N3", "NX")


def _rows(advanced: bool | None = False) -> list[dict[str, Any]]:
    return [{"t_category": t, "n_category": n, "m_category": "M0", "advanced_ene": advanced} for t in EIGHTH for n in N]


def _grid(edition: dict[str, tuple[str | None, ...]]) -> list[str | None]:
    return [stage for line in edition.values() for stage in line]


def _wrong_cells(stage: str, edition: dict[str, tuple[str | None, ...]], rows: list[dict[str, Any]]) -> list[str]:
    found = derived([stage], rows)[stage].to_list()
    return [
        f"{row['t_category']} {row['n_category']}: {got} instead of {wanted}"
        for row, got, wanted in zip(rows, found, _grid(edition), strict=True)
        if got != wanted
    ]


def test_every_cell_of_the_eighth_edition_without_metastasis() -> None:
    assert _wrong_cells("stage_8", EIGHTH, _rows()) == []


def test_every_cell_of_version_nine_without_metastasis() -> None:
    assert _wrong_cells("stage_9", NINTH, _rows()) == []


def test_control_a_table_with_one_exchanged_cell_is_noticed() -> None:
    exchanged = {**EIGHTH, "T2": ("I", "II", "III", "IVA", None)}
    assert _wrong_cells("stage_8", exchanged, _rows()) == ["T2 N0: II instead of I"]


def test_any_metastasis_is_ivb_in_the_eighth_edition_whatever_t_and_n() -> None:
    rows = [{**row, "m_category": "M1"} for row in _rows()]
    assert set(derived(["stage_8"], rows)["stage_8"]) == {"IVB"}


def test_version_nine_divides_metastatic_disease_at_three_lesions() -> None:
    counts = [1, 3, 4, 20, None]
    rows = [{"t_category": "T1", "n_category": "N1", "m_category": "M1", "metastatic_lesions": c} for c in counts]
    assert derived(["stage_9"], rows)["stage_9"].to_list() == ["IVA", "IVA", "IVB", "IVB", None]


def test_advanced_extranodal_extension_makes_n1_and_n2_an_n3_in_version_nine_only() -> None:
    rows = _rows(advanced=True)
    ninth = dict(
        zip(((r["t_category"], r["n_category"]) for r in rows), derived(["stage_9"], rows)["stage_9"], strict=True)
    )
    assert {ninth[t, n] for t in EIGHTH for n in ("N1", "N2", "N3")} == {"III"}
    assert ninth["T1", "N0"] == "IA"
    assert _wrong_cells("stage_8", EIGHTH, rows) == []


def test_an_unknown_extension_leaves_version_nine_open_except_where_it_cannot_matter() -> None:
    rows = [
        {"t_category": t, "n_category": n, "m_category": "M0", "advanced_ene": None}
        for t in ("T1", "T4")
        for n in ("N0", "N1", "N3")
    ]
    assert derived(["stage_9"], rows)["stage_9"].to_list() == ["IA", None, "III", "III", "III", "III"]


def test_nobody_has_a_stage_while_m_is_not_known() -> None:
    rows = [{**row, "m_category": None} for row in _rows()]
    found = derived(["stage_8", "stage_9"], rows)
    assert found["stage_8"].null_count() == found["stage_9"].null_count() == len(rows)


def test_stages_two_to_four_a_of_the_eighth_edition_become_one_a_to_three_in_version_nine() -> None:
    found = derived(["stage_8", "stage_9"], _rows())
    eligible = {
        nine for eight, nine in zip(found["stage_8"], found["stage_9"], strict=True) if eight in ("II", "III", "IVA")
    }
    assert eligible == {"IA", "IB", "II", "III"}


def test_the_stratum_of_stage_has_two_classes_and_none_for_the_rest() -> None:
    found = derived(["stage_8", "stage_class"], _rows())
    classes = {(eight, cls) for eight, cls in zip(found["stage_8"], found["stage_class"], strict=True)}
    assert classes == {(None, None), ("0", None), ("I", None), ("II", "II_III"), ("III", "II_III"), ("IVA", "IVA")}


def test_both_stages_stand_in_the_baseline_table() -> None:
    assert {"stage_8", "stage_9"} <= set(protocol().baseline)
