"""Eligibility: criteria as rules. An inclusion must be true and an exclusion false; not yet known lets nobody in."""

from equipoise.eligibility.spec import Criterion, Eligibility

__all__ = ["Criterion", "Eligibility"]
