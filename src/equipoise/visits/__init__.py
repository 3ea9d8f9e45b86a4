"""Visits: when each form is due. Knows days and windows, not forms' contents and not participants."""

from equipoise.visits.spec import Repeat, Visit, Window

__all__ = ["Repeat", "Visit", "Window"]
