"""Checking a protocol: every name resolves, every rule fits the point at which it stands, nothing contradicts itself.

Knows the whole document and no participant. One file per section under `checks`; this one says their order.
"""

from __future__ import annotations

from equipoise.findings import Finding
from equipoise.protocol.checks.after_randomization import check_after_randomization
from equipoise.protocol.checks.blinding import check_blinding
from equipoise.protocol.checks.derivations import check_derivations
from equipoise.protocol.checks.design import check_design
from equipoise.protocol.checks.doses import check_doses
from equipoise.protocol.checks.eligibility import check_eligibility
from equipoise.protocol.checks.endpoints import check_analyses, check_endpoints
from equipoise.protocol.checks.estimands import check_estimands
from equipoise.protocol.checks.form_contradictions import check_form_contradictions
from equipoise.protocol.checks.forms import check_forms
from equipoise.protocol.checks.id_pattern import check_id_pattern, check_identity
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.names import check_names
from equipoise.protocol.checks.people import check_people
from equipoise.protocol.checks.randomization import check_arms, check_randomization
from equipoise.protocol.checks.safety import check_safety
from equipoise.protocol.checks.scenarios import check_scenarios
from equipoise.protocol.checks.timeline import make_timeline
from equipoise.protocol.checks.variables import check_variables
from equipoise.protocol.checks.visits import check_visits
from equipoise.protocol.checks.wording import check_wording
from equipoise.protocol.document import Protocol
from equipoise.protocol.positions import Positions

__all__ = ["check_protocol"]


def check_protocol(
    protocol: Protocol, positions: Positions | None = None, *, lost: frozenset[str] = frozenset(), whole: bool = True
) -> list[Finding]:
    """Every Finding about the protocol's meaning, warnings among them.

    `positions` gives the lines; `lost` are names that went with parts that could not be read, and `whole` is False
    when a whole file could not be read: what refers to them is not judged.
    """
    look = Inspection(
        protocol, positions or Positions(data=protocol.model_dump(mode="json", by_alias=True)), lost, whole
    )
    line = make_timeline(protocol)
    check_wording(look)
    check_names(look)
    check_people(look)
    check_id_pattern(look)
    check_identity(look)
    check_arms(look)
    check_visits(look, line)
    check_forms(look, line)
    check_derivations(look)
    check_blinding(look)
    check_variables(look, line)
    check_doses(look, line)
    check_eligibility(look, line)
    check_randomization(look, line)
    check_endpoints(look, line)
    check_analyses(look, line)
    check_after_randomization(look, line)
    check_estimands(look)
    check_design(look)
    check_safety(look, line)
    check_scenarios(look, line)
    check_form_contradictions(look)
    return look.findings
