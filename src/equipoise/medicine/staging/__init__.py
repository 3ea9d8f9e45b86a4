"""Stage of nasopharyngeal carcinoma: AJCC/UICC 8th edition and AJCC Version 9, side by side.

`groups.csv` is the stage table of both editions, `extent.csv` what each extension of the tumor makes T. A value that is
not known stays open: a category or stage is given only when every way of filling the gap agrees on it.
"""

from equipoise.medicine.staging.categories import m_categories, n_categories, t_categories
from equipoise.medicine.staging.groups import (
    Crossing,
    Stages,
    crosswalk,
    derive_stages,
    only,
    possible_stages,
    stage_crossings,
    stage_of,
)

__all__ = [
    "Crossing",
    "Stages",
    "crosswalk",
    "derive_stages",
    "m_categories",
    "n_categories",
    "only",
    "possible_stages",
    "stage_crossings",
    "stage_of",
    "t_categories",
]
