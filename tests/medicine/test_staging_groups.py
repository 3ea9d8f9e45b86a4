"""TNM to stage, cell by cell in both editions, against grids written by hand.

8th edition groups: MSD Manual's table of AJCC/UICC 8; T0 with N1 or N2 from textbooks. Version 9: Pan et al., JAMA
Oncol 2024; 10: 1627.
"""

from itertools import product

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.staging import crosswalk, derive_stages, stage_crossings, stage_of
from equipoise.medicine.staging.tables import EDITIONS, M_8, M_9, STAGES_8, STAGES_9, N, T, groups
from tests.medicine.saying import is_whole

COLUMNS = ("N0", "N1", "N2", "N3", "NX")
_ = None
EIGHTH = {
    #        N0     N1     N2     N3     NX
    "TX":  (_,     _,     _,     "IVA", _),
    "T0":  (_,     "II",  "III", "IVA", _),
    "Tis": ("0",   _,     _,     "IVA", _),
    "T1":  ("I",   "II",  "III", "IVA", _),
    "T2":  ("II",  "II",  "III", "IVA", _),
    "T3":  ("III", "III", "III", "IVA", _),
    "T4":  ("IVA", "IVA", "IVA", "IVA", _),
}  # fmt: skip
NINTH = {
    #        N0     N1     N2     N3     NX
    "TX":  (_,     _,     _,     "III", _),
    "T0":  (_,     "IB",  "II",  "III", _),
    "Tis": ("0",   _,     _,     "III", _),
    "T1":  ("IA",  "IB",  "II",  "III", _),
    "T2":  ("IA",  "IB",  "II",  "III", _),
    "T3":  ("II",  "II",  "II",  "III", _),
    "T4":  ("III", "III", "III", "III", "III"),
}  # fmt: skip
GRIDS = {"8": EIGHTH, "9": NINTH}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("t", T)
def test_every_cell_without_metastasis_is_the_cell_of_the_grid(edition, t):
    assert tuple(stage_of(edition, t, n, "M0") for n in COLUMNS) == GRIDS[edition][t]


def test_metastasis_decides_alone_whatever_t_and_n_are():
    for t, n in product(T, N):
        assert stage_of("8", t, n, "M1") == "IVB"
        assert (stage_of("9", t, n, "M1a"), stage_of("9", t, n, "M1b")) == ("IVA", "IVB")


def test_the_tables_name_known_categories_and_stages_only():
    for edition, stages, ms in (("8", STAGES_8, M_8), ("9", STAGES_9, M_9)):
        for group in groups(edition):
            assert group.stage in stages
            assert (group.t or set()) <= set(T)
            assert (group.n or set()) <= set(N)
            assert (group.m or set()) <= set(ms)
        assert {group.stage for group in groups(edition)} == set(stages)


@pytest.mark.parametrize(("lesions", "m_9", "stage"), [
    (1, "M1a", "IVA"), (3, "M1a", "IVA"), (4, "M1b", "IVB"), (20, "M1b", "IVB"), (None, None, None), (0, None, None),
])  # fmt: skip
def test_version_nine_divides_metastatic_disease_at_three_lesions(lesions, m_9, stage):
    found = derive_stages("T1", "N1", "M1", False, lesions)
    assert (found.m_9, found.stage_9, found.stage_8) == (m_9, stage, "IVB")


def test_an_unknown_extension_leaves_version_nine_open_except_where_it_cannot_matter():
    assert [derive_stages(t, n, "M0", None, None).stage_9 for t in ("T1", "T4") for n in ("N0", "N1", "N3")] == [
        "IA", None, "III", "III", "III", "III",
    ]  # fmt: skip
    assert derive_stages("T4", "N1", "M0", None, None).n_9 is None
    assert derive_stages("T3", "N2", "M0", True, None).n_9 == "N3"


def test_an_unknown_category_leaves_the_stage_open_except_where_it_cannot_matter():
    assert derive_stages(None, "N3", "M0", None, None).stage_8 == "IVA"
    assert derive_stages(None, "N3", "M0", None, None).stage_9 == "III"
    assert derive_stages(None, None, "M1", None, 9).stage_9 == "IVB"
    assert derive_stages("T4", None, "M0", None, None).stage_9 == "III"
    assert derive_stages("T1", "N0", None, None, None).stage_8 is None
    assert derive_stages(None, "N0", "M0", None, None).stage_8 is None


def test_every_combination_of_the_eighth_edition_crosses_to_version_nine_as_written_by_hand():
    to_9 = {"I": "IA", "III": "II", "IVA": "III", "0": "0"}
    crossings = list(crosswalk())
    assert len(crossings) == 7 * (2 + 2 * 3) * (1 + 2)
    for c in crossings:
        eight, nine = c.stages.stage_8, c.stages.stage_9
        if c.m == "M1":
            assert (eight, nine) == ("IVB", "IVA" if c.lesions == 3 else "IVB")
        elif c.n == "NX":
            assert (eight, nine) == (None, "III" if c.t == "T4" else None)
        elif c.ene:
            assert nine == "III"
        elif eight == "II":
            assert nine == ("IA" if (c.t, c.n) == ("T2", "N0") else "IB")
        else:
            assert nine == to_9.get(eight)


def test_the_stages_of_the_eighth_edition_become_these_of_version_nine():
    assert stage_crossings() == {"0": ("0",), "I": ("IA",), "II": ("IA", "IB", "III"), "III": ("II", "III"),
                                 "IVA": ("III",), "IVB": ("IVA", "IVB")}  # fmt: skip


def asked(**values):
    return method_of("npc_stage").derive(Observation(None, "screening", 1, values), (), {})


def test_the_method_gives_both_stages_and_the_categories_of_version_nine():
    found = asked(t="T3", n="N2", m="M0", ene=True, metastatic_lesions=None)
    assert dict(found.values) == {"stage_8": "III", "stage_9": "III", "n_9": "N3", "m_9": "M0"}
    assert found.remarks == ()
    assert set(found.values) == set(method_of("npc_stage").outputs)


@pytest.mark.parametrize(("values", "codes"), [
    ({"t": "T0", "n": "N0", "m": "M0"}, ["no_stage"]),
    ({"t": "T1", "n": "N0", "m": "M0", "ene": True}, ["ene_without_nodes"]),
    ({"t": "T1", "n": "N0", "m": "M0", "metastatic_lesions": 2}, ["lesions_contradict"]),
    ({"t": "T1", "n": "N0", "m": "M1", "metastatic_lesions": 0}, ["lesions_contradict"]),
    ({"t": "T1", "n": None, "m": "M0"}, []),
    ({"t": "T1", "n": "N1", "m": "M0"}, []),
])  # fmt: skip
def test_what_does_not_fit_is_remarked_in_both_languages(values, codes):
    remarks = asked(**values).remarks
    assert [r.code for r in remarks] == codes
    for said in remarks:
        assert is_whole(said)
        assert said.severity == "soft"


def test_a_combination_that_only_the_eighth_edition_leaves_out_is_said_of_it_alone():
    (said,) = asked(t="T4", n="NX", m="M0").remarks
    assert said.say("en").what == "T4 NX M0 has no stage group in the 8th edition"
    (said,) = asked(t="T0", n="N0", m="M0").remarks
    assert said.say("en").what == "T0 N0 M0 has no stage group in the 8th edition and Version 9"
