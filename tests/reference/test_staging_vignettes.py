"""Cases of nasopharyngeal carcinoma staged by others, from their words to our stage.

Recipe. Each case isolates one point that public transcriptions of the AJCC manual, and the test vignettes that go with
them, single out (bilateral retropharyngeal nodes are N1; the lateral pterygoid is T2, beyond its lateral surface T4; advanced
extranodal extension is N3 in Version 9 only; three metastatic lesions are M1a). Categories and stages were read off the
published tables by hand: MSD Manual's table of the 8th edition; Pan et al., JAMA Oncol 2024; 10: 1627. That "stage II to IVA,
8th edition", the inclusion of NCT04223024, is IA (T2 N0) to III in Version 9 follows from the same two tables.
"""

import pytest

from equipoise.medicine.catalogue import method_of
from equipoise.medicine.method import Observation
from equipoise.medicine.staging import crosswalk
from equipoise.medicine.staging.tables import extensions

NOTHING = dict.fromkeys((extension.descriptor for extension in extensions()), False) | {
    "primary": "tumor", "cervical_nodes": "none", "retropharyngeal_nodes": "none", "largest_node": None,
    "below_cricoid": False, "ene": False, "metastasis": False, "bone_unequivocal": True, "cranial_nerve_unequivocal": True,
}  # fmt: skip

# What is told, T N M and stage of the 8th edition, T N M and stage of Version 9.
VIGNETTES = [
    ("retropharyngeal nodes on both sides", {"retropharyngeal_nodes": "bilateral", "largest_node": 15},
     "T1 N1 M0 II", "T1 N1 M0 IB"),
    ("lateral pterygoid, neck nodes on one side", {"lateral_pterygoid_muscle": True, "cervical_nodes": "unilateral",
     "largest_node": 35}, "T2 N1 M0 II", "T2 N1 M0 IB"),
    ("beyond the lateral surface of the lateral pterygoid", {"beyond_lateral_pterygoid": True,
     "beyond_anterolateral_pterygoid": True}, "T4 N0 M0 IVA", "T4 N0 M0 III"),
    ("neck nodes on both sides that invade muscle", {"skull_base_bone": True, "cervical_nodes": "bilateral",
     "largest_node": 40, "ene": True}, "T3 N2 M0 III", "T3 N3 M0 III"),
    ("nose and oropharynx without parapharyngeal extension", {"nasal_cavity": True, "oropharynx": True},
     "T1 N0 M0 I", "T1 N0 M0 IA"),
    ("a node below the cricoid", {"cervical_nodes": "unilateral", "largest_node": 18, "below_cricoid": True},
     "T1 N3 M0 IVA", "T1 N3 M0 III"),
    ("no primary, EBV-positive nodes on both sides", {"primary": "none_found", "ebv_positive_node": True,
     "cervical_nodes": "bilateral", "largest_node": 30}, "T0 N2 M0 III", "T0 N2 M0 II"),
    ("three lesions in the liver", {"metastasis": True, "metastatic_lesions": 3, "parapharyngeal_space": True},
     "T2 N0 M1 IVB", "T2 N0 M1a IVA"),
    ("four lesions in two organs", {"metastasis": True, "metastatic_lesions": 4, "parapharyngeal_space": True},
     "T2 N0 M1 IVB", "T2 N0 M1b IVB"),
]  # fmt: skip


def staged(told):
    found = method_of("npc_categories").derive(Observation(None, "", 1, NOTHING | told), (), {}).values
    return [" ".join(str(found[f"{name}_{edition}"]) for name in ("t", "n", "m", "stage")) for edition in "89"]


@pytest.mark.parametrize(("told", "eighth", "ninth"), [v[1:] for v in VIGNETTES], ids=[v[0] for v in VIGNETTES])
def test_a_case_has_the_stage_that_others_gave_it(told, eighth, ninth):
    assert staged(told) == [eighth, ninth]


def test_control_a_case_with_one_finding_more_has_another_stage():
    told, eighth, ninth = VIGNETTES[0][1:]
    other = staged(told | {"cervical_nodes": "bilateral"})
    assert other != [eighth, ninth]
    assert other == ["T1 N2 M0 III", "T1 N2 M0 II"]


def eligible_in_version_9(groups):
    return {c.stages.stage_9 for c in crosswalk() if c.stages.stage_8 in groups and not c.ene}


def test_stages_two_to_four_a_of_the_eighth_edition_are_one_a_to_three_of_version_nine():
    assert eligible_in_version_9({"II", "III", "IVA"}) == {"IA", "IB", "II", "III"}
    assert {(c.t, c.n) for c in crosswalk() if c.stages.stage_8 == "II" and c.stages.stage_9 == "IA"} == {("T2", "N0")}


def test_control_the_stages_that_are_not_eligible_cross_elsewhere():
    assert eligible_in_version_9({"0", "I", "IVB"}) != {"IA", "IB", "II", "III"}
