"""The checks that open queries, made ready once: which names each rests on, so
that most acts need look at none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from equipoise.forms import Check
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import names_behind
from equipoise.rules import read_rule

__all__ = ["QueryCheck", "query_checks"]


@dataclass(frozen=True, slots=True)
class QueryCheck:
    """A check that opens queries, with its form; `own` are the rule's items of the form,
    `behind` what its other names rest on.
    """

    check: Check
    form: str
    table: str | None
    own: frozenset[str]
    behind: frozenset[str]


def query_checks(protocol: Protocol) -> tuple[QueryCheck, ...]:
    """The checks of the protocol that open queries, in its order."""
    found = []
    for form in protocol.forms:
        of = {item.id: group for group, item in form.all_items()}
        for check in form.checks:
            if check.severity != "query":
                continue
            names = frozenset(read_rule(check.rule).names)
            own = names & of.keys()
            table = next((of[name] for name in sorted(own) if of[name] is not None), None)
            found.append(QueryCheck(check, form.id, table, own, names_behind(protocol, names - own)))
    return tuple(found)
