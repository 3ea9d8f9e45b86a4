"""Reports: what leaves the building. Words, tables and figures made of results, never of raw data.

`Report` and `write_report` are imported when first asked for: showing a protocol does not wait for the analysis.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equipoise.reports.report import Report, write_report

__all__ = ["Report", "write_report"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from equipoise.reports import report

        return getattr(report, name)
    raise AttributeError(name)
