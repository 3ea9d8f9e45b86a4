"""What stands first: the primary results and, of the same question, every comparison of arms with its size.

A global test of several arms says that some differ, and not which: beside it every comparison is named, or a reader
takes one for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["comparisons", "key_results", "rank"]

_ROLES = ("primary", "secondary", "sensitivity")


def key_results(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The primary results; of the same endpoint and set the size of each effect and the medians (CONSORT, item 26)."""
    key = [r for r in results if r["role"] == "primary"] or list(results[:1])
    if not key:
        return []
    of = key[0]
    same = [r for r in _same(results, of) if "subgroup" not in r]
    if not any(r["method"] == "cox" for r in key):
        alike = [r for r in results if r["strata"] == of["strata"]]
        key += comparisons(alike, of) or comparisons(results, of)
    if not any(r.get("reference") for r in key):
        key += _differences(same)
    return key + [r for r in same if r["method"] == "kaplan_meier" and r not in key]


def comparisons(results: Sequence[dict[str, Any]], of: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The hazard ratio of every group, by the unadjusted model of the same endpoint, set and grouping that the plan
    ranks highest."""
    models = [
        r
        for r in _same(results, of)
        if r["method"] == "cox" and not r["covariates"] and "subgroup" not in r and not r.get("not_estimated")
    ]
    models.sort(key=rank)
    return [r for r in models if r["analysis"] == models[0]["analysis"]]


def _differences(same: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where no ratio is planned: the differences that the plan ranks highest."""
    found = sorted((r for r in same if r.get("quantity") == "difference" and not r.get("not_estimated")), key=rank)
    return [r for r in found if r["analysis"] == found[0]["analysis"]]


def rank(result: Mapping[str, Any]) -> int:
    """Primary results first."""
    return _ROLES.index(result["role"]) if result["role"] in _ROLES else len(_ROLES)


def _same(results: Sequence[dict[str, Any]], of: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [r for r in results if all(r[key] == of[key] for key in ("endpoint", "set", "by"))]
