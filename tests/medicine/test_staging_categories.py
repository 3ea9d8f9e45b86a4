"""From what was seen to T, N and M: each descriptor alone, together, and not known. Sources as in staging/tables.py."""

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.staging import m_categories, n_categories, only, t_categories
from equipoise.medicine.staging.tables import T, extensions
from tests.medicine.saying import is_whole

NAMES = [extension.descriptor for extension in extensions()]
SURE = ("bone_unequivocal", "cranial_nerve_unequivocal")
T_8 = {
    "oropharynx": "T1", "nasal_cavity": "T1", "parapharyngeal_space": "T2", "medial_pterygoid_muscle": "T2",
    "lateral_pterygoid_muscle": "T2", "prevertebral_muscle": "T2", "skull_base_bone": "T3", "cervical_vertebra": "T3",
    "pterygoid_structures": "T3", "paranasal_sinuses": "T3", "intracranial": "T4", "cranial_nerve": "T4",
    "hypopharynx": "T4", "orbit": "T4", "parotid_gland": "T4", "beyond_lateral_pterygoid": "T4",
}  # fmt: skip


def seen(*there, unknown=(), **other):
    known = dict.fromkeys(NAMES, False) | dict.fromkeys(SURE) | dict.fromkeys(there, True) | dict.fromkeys(unknown)
    return known | other


def t_of(edition, found, primary="tumor", node=None):
    return only(t_categories(edition, primary, found, node))


def test_a_tumor_of_the_nasopharynx_alone_is_t1():
    assert t_of("8", seen()) == t_of("9", seen()) == "T1"


@pytest.mark.parametrize(("descriptor", "category"), T_8.items())
def test_each_structure_alone_makes_its_t_of_the_eighth_edition(descriptor, category):
    assert t_of("8", seen(descriptor)) == category
    sure = t_of("9", seen(descriptor, bone_unequivocal=True, cranial_nerve_unequivocal=True,
                          beyond_anterolateral_pterygoid=descriptor == "beyond_lateral_pterygoid"))  # fmt: skip
    assert sure == category


def test_the_most_advanced_structure_decides():
    assert t_of("8", seen("parapharyngeal_space", "skull_base_bone", "orbit")) == "T4"
    assert t_of("8", seen("parapharyngeal_space", "paranasal_sinuses")) == "T3"


@pytest.mark.parametrize("bone", ["skull_base_bone", "cervical_vertebra", "pterygoid_structures"])
def test_version_nine_asks_for_unequivocal_bone(bone):
    assert t_of("9", seen(bone, bone_unequivocal=False)) == "T1"
    assert t_of("9", seen(bone, "prevertebral_muscle", bone_unequivocal=False)) == "T2"
    assert t_of("9", seen(bone)) is None
    assert t_categories("9", "tumor", seen(bone)) == {"T1", "T3"}
    assert t_of("8", seen(bone)) == "T3"


def test_version_nine_asks_for_unequivocal_nerves_but_not_for_unequivocal_sinuses():
    assert t_of("9", seen("cranial_nerve", "paranasal_sinuses", cranial_nerve_unequivocal=False)) == "T3"
    assert t_of("9", seen("cranial_nerve", cranial_nerve_unequivocal=True)) == "T4"


def test_the_anterolateral_surface_counts_in_version_nine_and_the_lateral_one_is_part_of_it():
    anterior = seen("beyond_anterolateral_pterygoid", "lateral_pterygoid_muscle")
    assert (t_of("8", anterior), t_of("9", anterior)) == ("T2", "T4")
    lateral = seen("beyond_lateral_pterygoid", unknown=["beyond_anterolateral_pterygoid"])
    assert t_of("9", lateral) == "T4"
    neither = seen(unknown=["beyond_lateral_pterygoid"])
    assert t_of("8", neither) == "T1"


def test_an_unknown_structure_matters_only_where_it_could_change_t():
    assert t_of("8", seen("orbit", unknown=["skull_base_bone"])) == "T4"
    assert t_of("8", seen("skull_base_bone", unknown=["parapharyngeal_space", "oropharynx"])) == "T3"
    assert t_of("8", seen(unknown=["oropharynx", "nasal_cavity"])) == "T1"
    assert t_categories("8", "tumor", seen("skull_base_bone", unknown=["orbit"])) == {"T3", "T4"}


def test_other_states_of_the_primary():
    assert t_of("8", seen(), "in_situ") == "Tis"
    assert t_of("8", seen(), "not_assessable") == "TX"
    assert t_of("8", seen(), "none_found", True) == "T0"
    assert t_of("8", seen(), "none_found", False) is None
    assert t_of("8", seen(), "none_found") is None
    assert t_categories("8", None, seen()) == set(T)
    assert t_of("8", seen("orbit"), None) == "T4"


NODES = [
    # cervical, retropharyngeal, mm, below cricoid, ENE, 8th edition, Version 9
    ("none", "none", None, False, False, "N0", "N0"),
    ("none", "unilateral", 12, False, False, "N1", "N1"),
    ("none", "bilateral", 12, False, False, "N1", "N1"),
    ("unilateral", "none", 30, False, False, "N1", "N1"),
    ("unilateral", "bilateral", 30, False, False, "N1", "N1"),
    ("bilateral", "none", 30, False, False, "N2", "N2"),
    ("bilateral", "bilateral", 60, False, False, "N2", "N2"),
    ("unilateral", "none", 60.1, False, False, "N3", "N3"),
    ("bilateral", "none", 61, False, False, "N3", "N3"),
    ("unilateral", "none", 20, True, False, "N3", "N3"),
    ("bilateral", "none", 20, True, None, "N3", "N3"),
    ("unilateral", "none", 20, False, True, "N1", "N3"),
    ("bilateral", "none", 20, False, True, "N2", "N3"),
    ("none", "unilateral", 20, False, True, "N1", "N3"),
    ("unilateral", "none", 20, False, None, "N1", None),
    ("not_assessable", "none", None, None, None, "NX", "NX"),
    # not known, where it matters and where it does not
    (None, "bilateral", 20, True, None, "N3", "N3"),
    (None, "unilateral", 20, False, False, None, None),
    ("bilateral", None, 20, False, False, "N2", "N2"),
    ("unilateral", None, 20, False, False, "N1", "N1"),
    ("none", None, 20, False, False, None, None),  # a size alone is no proof that a node is involved
    ("none", None, None, False, False, None, None),
    ("unilateral", "none", None, False, False, None, None),
    ("unilateral", "none", 20, None, False, None, None),
    ("none", "unilateral", 61, False, False, None, None),
    ("none", "none", 61, False, False, None, None),
    ("none", "unilateral", 20, True, False, None, None),
]


@pytest.mark.parametrize(("cervical", "retropharyngeal", "mm", "low", "ene", "n_8", "n_9"), NODES)
def test_nodes_make_n(cervical, retropharyngeal, mm, low, ene, n_8, n_9):
    assert only(n_categories("8", cervical, retropharyngeal, mm, low, ene)) == n_8
    assert only(n_categories("9", cervical, retropharyngeal, mm, low, ene)) == n_9


@pytest.mark.parametrize(("metastasis", "lesions", "m_8", "m_9"), [
    (False, None, "M0", "M0"), (True, 2, "M1", "M1a"), (True, 4, "M1", "M1b"), (True, None, "M1", None),
    (None, 5, "M1", "M1b"), (None, None, None, None), (None, 0, None, None),
])  # fmt: skip
def test_metastases_make_m(metastasis, lesions, m_8, m_9):
    assert only(m_categories("8", metastasis, lesions)) == m_8
    assert only(m_categories("9", metastasis, lesions)) == m_9


def asked(*there, **values):
    found = {"primary": "tumor", "cervical_nodes": "unilateral", "retropharyngeal_nodes": "none", "largest_node": 25,
             "below_cricoid": False, "ene": False, "metastasis": False}  # fmt: skip
    return method_of("npc_categories").derive(Observation(None, "screening", 1, seen(*there) | found | values), (), {})


def test_the_method_derives_categories_and_stages_of_both_editions():
    found = asked("skull_base_bone", bone_unequivocal=True, ene=True, t="T3", n="N1", m="M0")
    assert dict(found.values) == {"t_8": "T3", "n_8": "N1", "m_8": "M0", "stage_8": "III",
                                  "t_9": "T3", "n_9": "N3", "m_9": "M0", "stage_9": "III"}  # fmt: skip
    assert found.remarks == ()


def test_a_stage_is_given_where_unknown_descriptors_cannot_change_it():
    found = asked("orbit", "skull_base_bone", largest_node=None, ene=None)
    assert (found.values["n_8"], found.values["n_9"]) == (None, None)
    assert (found.values["stage_8"], found.values["stage_9"]) == ("IVA", "III")


@pytest.mark.parametrize(("there", "values", "codes"), [
    (["orbit"], {"t": "T3"}, ["t_differs"]),
    ([], {"n": "N2"}, ["n_differs"]),
    ([], {"m": "M1"}, ["m_differs"]),
    ([], {"n": "N1", "largest_node": None}, []),
    ([], {"n": "N2", "largest_node": None}, ["n_differs"]),
    (["orbit"], {"primary": "in_situ"}, ["primary_contradicts"]),
    (["orbit"], {"primary": "none_found"}, ["primary_contradicts"]),
    (["orbit"], {"primary": "not_assessable"}, ["primary_contradicts"]),
    (["oropharynx"], {"primary": "in_situ"}, []),
    ([], {"primary": "none_found", "ebv_positive_node": False}, ["primary_not_nasopharyngeal"]),
    (["beyond_lateral_pterygoid"], {}, ["surfaces_contradict"]),
    ([], {"cervical_nodes": "none", "ene": True}, ["nodes_contradict"]),
    ([], {"cervical_nodes": "none", "largest_node": None, "below_cricoid": True}, ["nodes_contradict"]),
    ([], {"cervical_nodes": "none", "retropharyngeal_nodes": "bilateral", "largest_node": 65}, ["retropharyngeal_over_6cm"]),
    ([], {"largest_node": 2.5}, ["node_size_implausible"]),
    ([], {"largest_node": -4}, ["node_size_implausible"]),
    ([], {"cervical_nodes": "none", "largest_node": 0}, []),
    ([], {"metastatic_lesions": 2}, ["lesions_contradict"]),
    ([], {"metastasis": True, "metastatic_lesions": 0}, ["lesions_contradict"]),
    ([], {"metastasis": None, "metastatic_lesions": -1}, ["lesions_contradict"]),
])  # fmt: skip
def test_what_does_not_fit_is_remarked_in_both_languages(there, values, codes):
    remarks = asked(*there, **values).remarks
    assert [r.code for r in remarks] == codes
    for said in remarks:
        assert is_whole(said)
        assert set(said.names) <= set(method_of("npc_categories").inputs)


def test_the_recorded_category_is_told_and_not_replaced():
    found = asked("orbit", t="T3")
    assert found.values["t_8"] == "T4"
    assert found.remarks[0].say("en").what == "T is recorded as T3; the descriptors say T4 (8th edition)"
