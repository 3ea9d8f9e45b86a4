"""Reports: what leaves the building. Words, tables and figures made of results, never of raw data."""

from equipoise.reports.report import Report, write_report

__all__ = ["Report", "write_report"]
