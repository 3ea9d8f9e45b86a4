"""Analysis: joins what was planned to what was frozen; every number leads back to its rows and entries."""

from equipoise.analysis.running import AnalysisRun, analyze_cut
from equipoise.analysis.tracing import Trace, trace
from equipoise.analysis.writing import write_results

__all__ = ["AnalysisRun", "Trace", "analyze_cut", "trace", "write_results"]
