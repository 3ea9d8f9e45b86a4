"""Variables: picks that fit their item, rules of the right type, and no circles."""

from __future__ import annotations

from equipoise.protocol.checks.derivations import needs_of
from equipoise.protocol.checks.in_place import ROW_COLUMNS, check_in_place
from equipoise.protocol.checks.inspection import Inspection
from equipoise.protocol.checks.timeline import AT_THE_CUT, Timeline
from equipoise.protocol.checks.units import check_unit
from equipoise.protocol.scope import BUILT_INS, item_named, table_columns
from equipoise.protocol.words import phrase
from equipoise.rules import Column, names_of
from equipoise.variables import Variable

__all__ = ["check_variables"]

Path = tuple[str | int, ...]


def check_variables(look: Inspection, line: Timeline) -> None:
    """Every variable, and the circles among variables and computed items."""
    columns, elsewhere = line.known_by(AT_THE_CUT, phrase("place.end"))
    circular = _circles(look)
    for i, variable in enumerate(look.protocol.variables):
        path: Path = ("variables", i)
        if variable.codelist is not None:
            look.refer((*path, "codelist"), variable.codelist, look.protocol.codelist_by_id, "codelist")
            if variable.type != "code":
                look.add("variable.type/codelist", (*path, "codelist"), type=variable.type)
        if variable.unit and variable.type not in ("integer", "decimal"):
            look.add("unit.without_number/variable", (*path, "unit"), type=variable.type, unit=variable.unit)
        elif variable.unit is not None:
            check_unit(look, variable.unit, (*path, "unit"))
        if variable.pick is not None:
            _pick(look, variable, path)
        elif variable.rule is not None and variable.id not in circular:
            own = columns.get(variable.id)
            check_in_place(
                look,
                variable.rule,
                (*path, "rule"),
                columns,
                elsewhere,
                variable.type,
                own.codes if own else None,
                variable.unit,
            )


def _pick(look: Inspection, variable: Variable, path: Path) -> None:
    pick, protocol = variable.pick, look.protocol
    assert pick is not None
    recorded = {**protocol.facet_by_name, **protocol.item_by_id}
    if not look.refer((*path, "pick", "item"), pick.item, recorded, "item"):
        return
    named = item_named(protocol, pick.item)
    assert named is not None  # it was found
    form, group = named.form, named.group
    visits = {visit.id: visit for visit in protocol.visits}
    for j, name in enumerate(pick.visits):
        if look.refer((*path, "pick", "visits", j), name, visits, "visit") and form.id not in visits[name].forms:
            look.add("pick.not_there", (*path, "pick", "visits", j), item=pick.item, visit=name, form=form.id)
    column = named.column(protocol)
    _pick_type(look, variable, column, path)
    if pick.where is not None:
        row = {**ROW_COLUMNS, **BUILT_INS, **table_columns(protocol, form.id, group)}
        row["visit"] = Column(
            "visit", "text", codes=frozenset(v.id for v in protocol.visits if form.id in v.forms), where="every record"
        )
        elsewhere = {
            name: phrase("why.not_in_the_row", form=form.id, name=name)
            for name in (*recorded, *protocol.variable_by_id)
            if name not in row
        }
        check_in_place(look, pick.where, (*path, "pick", "where"), row, elsewhere, "boolean")


def _pick_type(look: Inspection, variable: Variable, column: Column, path: Path) -> None:
    which = variable.pick.which if variable.pick else "last"
    number = column.type in ("integer", "decimal")
    if which in ("sum", "mean") and not number:
        look.add("pick.which/number", (*path, "pick", "which"), which=which, item=column.name, type=column.type)
        return
    if which in ("min", "max") and column.type in ("text", "code", "boolean"):
        look.add("pick.which/order", (*path, "pick", "which"), which=which, item=column.name, type=column.type)
        return
    given = {"count": "integer", "any": "boolean", "mean": "decimal"}.get(which, column.type)
    fits = (
        variable.type == given
        or (variable.type == "decimal" and given == "integer")
        or {variable.type, given} == {"code", "text"}
    )
    if not fits:
        look.add("variable.type", (*path, "type"), type=variable.type, given=given)
    elif which not in ("count", "any"):
        _pick_unit(look, variable, column, path)
        if variable.type == "code" and column.codes is not None and variable.codelist in look.protocol.codelist_by_id:
            allowed = {code.code for code in look.protocol.codelist_by_id[variable.codelist or ""].codes}
            for code in sorted(column.codes - allowed):
                where = (*path, "codelist")
                look.add("rule.unknown_code/pick", where, item=column.name, code=code, codelist=variable.codelist)


def _pick_unit(look: Inspection, variable: Variable, column: Column, path: Path) -> None:
    # An empty unit is no unit.
    own, others, where = variable.unit or None, column.unit or None, (*path, "unit")
    if own is None and others is not None:
        look.add("unit.mismatch/variable_without", where, item=column.name, others=others)
    elif own is not None and others is None:
        look.add("unit.mismatch/item_without", where, unit=own, item=column.name)
    elif own != others:
        look.add("unit.mismatch/pick", where, unit=own, item=column.name, others=others)


def _circles(look: Inspection) -> set[str]:
    """Names that need themselves, through variables and computed items; each circle is told once."""
    protocol = look.protocol
    needs: dict[str, tuple[str, ...]] = {}
    paths: dict[str, Path] = {}
    for i, variable in enumerate(protocol.variables):
        needs[variable.id], paths[variable.id] = variable.rests_on(), ("variables", i)
    for i, form in enumerate(protocol.forms):
        for name, behind in needs_of(form).items():
            needs.setdefault(name, behind)
            paths.setdefault(name, ("forms", i, "derivations"))
        for j, item in enumerate(form.items):
            if item.computed is not None:
                needs.setdefault(item.id, names_of(item.computed))
                paths.setdefault(item.id, ("forms", i, "items", j))
        for g, group in enumerate(form.groups):
            for j, item in enumerate(group.items):
                if item.computed is not None:
                    needs.setdefault(item.id, names_of(item.computed))
                    paths.setdefault(item.id, ("forms", i, "groups", g, "items", j))
    circular: set[str] = set()
    done: set[str] = set()
    for start in needs:
        stack: list[tuple[str, int]] = [(start, 0)]
        trail = [start]
        while stack:
            name, position = stack.pop()
            following = [n for n in needs.get(name, ()) if n in needs]
            if name in done or position >= len(following):
                done.add(name)
                trail = trail[:-1]
                continue
            stack.append((name, position + 1))
            then = following[position]
            if then in trail:
                circle = [*trail[trail.index(then) :], then]
                if not circular & set(circle):
                    look.add("rule.circle", paths[then], name=then, circle=" -> ".join(circle))
                circular |= set(circle)
            elif then not in done:
                stack.append((then, 0))
                trail.append(then)
    return circular
