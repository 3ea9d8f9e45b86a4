"""Assumptions and sources

A value that the author judged, because no registry, publication or document of the trial gives it, is marked `assumption: true` and says in
`source` where it comes from or who judged it. A value may be written alone, or with its standing.
"""

from tests.spec.example import accepted, refused, warned


@accepted("""
design:
  alpha: 0.05
  hazard_ratio: {value: 0.7, assumption: true, source: R1}
  control:
    value: {median_months: 30}
    assumption: true
    source: Judgement of the authors
    note: {en: Between the two trials that were published., zh: 介于已发表的两项试验之间。}
""")
def test_a_value_stands_alone_or_with_its_standing():
    """Keys of `study.sources` stand for full citations."""


@refused("""
design:
  hazard_ratio: {value: 0.7, assumption: true}
""", "shape.assumption_without_source", "design.hazard_ratio")  # fmt: skip
def test_an_assumption_without_a_source_is_refused():
    """Whoever reads the number later must be able to ask where it came from. A judgement is a source too: say whose
    it was."""


@refused("""
sites:
- {id: S02, assumption: true}
""", "assumption.without_source", "sites.S02")  # fmt: skip
def test_a_clause_that_is_an_assumption_needs_a_source_too():
    """Sites, sections of the narrative, forms, ranges, windows, variables, criteria, factors, endpoints, sets, estimands and analyses can be marked."""


@accepted("""
visits:
- id: every_3_months
  window: {before: 14, after: 14, assumption: true, source: Usual practice}
""")
def test_a_window_may_be_an_assumption():
    """What a registry does not tell, such as how many days around a visit are allowed, is marked like any other
    value that somebody judged."""


@warned("""
design:
  hazard_ratio: {value: 0.7, assumption: true, source: R7}
""", "source.unknown", "design.hazard_ratio.source")  # fmt: skip
def test_a_source_that_nobody_lists_is_told():
    """`R7` looks like a key of `study.sources` and is none. A source may also be written out in words."""
