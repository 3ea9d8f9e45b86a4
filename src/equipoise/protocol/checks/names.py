"""Names: each defined once, none that SQL keeps for itself, none that differs from another in case only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.scope import BUILT_INS, KEYS

__all__ = ["check_names"]

Path = tuple[str | int, ...]

# Words that SQL reads as something else when they stand alone in an expression (tried one by one in the rule language).
RESERVED = frozenset(
    [
        "all",
        "and",
        "any",
        "as",
        "between",
        "by",
        "case",
        "cast",
        "current_date",
        "current_user",
        "else",
        "end",
        "exists",
        "extract",
        "false",
        "from",
        "group",
        "having",
        "ilike",
        "in",
        "interval",
        "is",
        "join",
        "lateral",
        "like",
        "limit",
        "not",
        "null",
        "offset",
        "on",
        "or",
        "order",
        "over",
        "select",
        "session_user",
        "some",
        "struct",
        "then",
        "trim",
        "true",
        "union",
        "user",
        "using",
        "values",
        "when",
        "where",
        "with",
    ]
)


def check_names(look: Inspection) -> None:
    """Every id of the protocol."""
    protocol = look.protocol
    _once(look, "name in rules", _rule_names(look))
    for section in ("sites", "roles", "arms", "dose_rules", "codelists", "forms", "visits", "factors", "endpoints", "sets", "estimands", "analyses",
                    "safety_rules", "scenarios"):  # fmt: skip
        _once(
            look,
            section[:-1].replace("_", " ") if section != "analyses" else "analysis",
            ((part.id, (section, i)) for i, part in enumerate(getattr(protocol, section))),
        )
    if protocol.eligibility:
        _once(
            look,
            "criterion",
            ((c.id, ("eligibility", "criteria", i)) for i, c in enumerate(protocol.eligibility.criteria)),
        )
    _once(look, "section of the narrative", ((n.id, ("narrative", i)) for i, n in enumerate(protocol.narrative)))
    for i, codelist in enumerate(protocol.codelists):
        _once(
            look, "code of the codelist", ((c.code, ("codelists", i, "codes", j)) for j, c in enumerate(codelist.codes))
        )
    for i, form in enumerate(protocol.forms):
        _once(look, "check of the form", ((c.id, ("forms", i, "checks", j)) for j, c in enumerate(form.checks)))
        _once(look, "group of the form", ((g.id, ("forms", i, "groups", j)) for j, g in enumerate(form.groups)))
    made = (
        (d.id, ("forms", i, "derivations", j))
        for i, f in enumerate(protocol.forms)
        for j, d in enumerate(f.derivations)
    )
    _once(look, "derivation", made)
    for i, arm in enumerate(protocol.arms):
        _once(look, "treatment of the arm", ((t.id, ("arms", i, "regimen", j)) for j, t in enumerate(arm.regimen)))
    for i, endpoint in enumerate(protocol.endpoints):
        if endpoint.kind == "time_to_event":
            _once(look, "event source", ((e.id, ("endpoints", i, "events", j)) for j, e in enumerate(endpoint.events)))
            _once(
                look, "censoring", ((c.id, ("endpoints", i, "censoring", j)) for j, c in enumerate(endpoint.censoring))
            )
    for i, estimand in enumerate(protocol.estimands):
        _once(
            look,
            "intercurrent event",
            ((e.id, ("estimands", i, "intercurrent", j)) for j, e in enumerate(estimand.intercurrent)),
        )
    for i, scenario in enumerate(protocol.scenarios):
        _once(look, "outcome", ((o.id, ("scenarios", i, "outcomes", j)) for j, o in enumerate(scenario.outcomes)))
    _reserved(look)


def _rule_names(look: Inspection) -> Iterator[tuple[str, Path]]:
    """Items and variables: they share one space of names, because rules name them alike."""
    for i, form in enumerate(look.protocol.forms):
        yield from ((item.id, ("forms", i, "items", j)) for j, item in enumerate(form.items))
        for g, group in enumerate(form.groups):
            yield from ((item.id, ("forms", i, "groups", g, "items", j)) for j, item in enumerate(group.items))
    yield from ((variable.id, ("variables", i)) for i, variable in enumerate(look.protocol.variables))


def _once(look: Inspection, noun: str, named: Iterable[tuple[str, Path]]) -> None:
    first: dict[str, Path] = {}
    for name, path in named:
        if name not in first:
            first[name] = path
            continue
        where = look.positions.where(*first[name])
        what = f"`{name}` is defined twice"
        look.add(
            "name.duplicate",
            path,
            what,
            f"as a {noun} it already stands at {where}",
            "Rename or remove one of the two.",
        )


def _reserved(look: Inspection) -> None:
    folded: dict[str, str] = {name.lower(): name for name in BUILT_INS}
    for name, path in _rule_names(look):
        other = folded.setdefault(name.lower(), name)
        if name in BUILT_INS:
            look.add(
                "name.built_in",
                path,
                f"`{name}` is the name of something built in",
                f"rules know {', '.join(sorted(BUILT_INS))} already",
                "Choose another name.",
            )
        elif name in KEYS:
            look.add(
                "name.reserved",
                path,
                f"`{name}` is the name of a column in every table of records",
                f"the tables keep {', '.join(KEYS)} for themselves",
                "Choose another name.",
            )
        elif name.lower() in RESERVED:
            look.add(
                "name.reserved",
                path,
                f"`{name}` is a word of SQL",
                "a rule could not name it",
                f"Choose another name, for example `{name}_value`.",
            )
        elif other != name:
            look.warn(
                "name.case",
                path,
                f"`{name}` differs from `{other}` only in case",
                "people will mistake one for the other",
                "Choose names that differ in more.",
            )
