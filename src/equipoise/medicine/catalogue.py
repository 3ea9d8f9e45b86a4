"""Every medical rule that a form may ask for, by its id. To add one: write its module, and name it here."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from equipoise.medicine.method import Method

__all__ = ["METHODS", "method_of"]

METHODS: dict[str, str] = {
    "qlq_c30_scores": "quality_of_life.methods",
    "qlq_hn35_scores": "quality_of_life.methods",
    "qlq_hn43_scores": "quality_of_life.methods",
    "quality_of_life_change": "quality_of_life.methods",
    "ctcae_lab_grade": "ctcae.laboratory_methods",
    "ctcae_lab_row_grade": "ctcae.laboratory_methods",
    "ctcae_term_grade": "ctcae.clinical_methods",
    "febrile_neutropenia": "ctcae.clinical_methods",
    "recist": "recist.method",
    "weight_loss_grade": "ctcae.clinical_methods",
    "ebv_clearance": "ebv_dna.method",
    "ebv_dna": "ebv_dna.method",
    "npc_categories": "staging.method",
    "npc_stage": "staging.method",
    "body_mass_index": "body_size",
    "body_surface_area": "body_size",
    "calvert_dose": "renal_function",
    "creatinine_clearance": "renal_function",
    "dose_given": "dosing.rules",
    "egfr_ckd_epi_2021": "renal_function",
    "planned_dose": "dosing.rules",
    "radiotherapy_course": "radiotherapy.rules",
    "radiotherapy_fractions": "radiotherapy.rules",
}
"""Method id to the module whose `METHODS` holds it: a protocol pays only for the rules that it asks for."""


@cache
def method_of(name: str) -> Method | None:
    """The method of that id, or None."""
    module = METHODS.get(name)
    if module is None:
        return None
    found: dict[str, Method] = import_module(f"equipoise.medicine.{module}").METHODS
    return found[name]
