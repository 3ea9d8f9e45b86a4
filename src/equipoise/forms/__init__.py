"""Forms: what is asked, of which type and unit, within which ranges, and when. Knows no visit and no participant."""

from equipoise.forms.spec import (
    DATES_OF_BIRTH,
    DATES_OF_DEATH,
    Check,
    Code,
    Codelist,
    Derivation,
    Form,
    Group,
    Impute,
    Item,
    Range,
    Rows,
    StoredAdvice,
)

__all__ = [
    "DATES_OF_BIRTH",
    "DATES_OF_DEATH",
    "Check",
    "Code",
    "Codelist",
    "Derivation",
    "Form",
    "Group",
    "Impute",
    "Item",
    "Range",
    "Rows",
    "StoredAdvice",
]
