"""Rules: SQL expressions over named, typed values, with SQL's three-valued logic.

A rule is read by Polars, checked against the items that it may name at that point of the trial, and then runs
unchanged on one participant or on a whole data cut. Nothing in a rule can execute code, read a file, or look at
another participant: only row-wise expressions made of listed functions are allowed.
"""

from equipoise.rules.checking import check_rule
from equipoise.rules.columns import Column, Expectation, polars_type
from equipoise.rules.evaluation import Verdict, assess, compute, evaluate, typed_frame
from equipoise.rules.reading import FUNCTIONS, Rule, names_of, read_rule

__all__ = [
    "FUNCTIONS",
    "Column",
    "Expectation",
    "Rule",
    "Verdict",
    "assess",
    "check_rule",
    "compute",
    "evaluate",
    "names_of",
    "polars_type",
    "read_rule",
    "typed_frame",
]
