"""What a new version of a protocol may not say, because data were asked for otherwise under the same name.

Such a change is never taken up, and each has a way on: a new name beside the old.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from equipoise.conduct.acts.words import finding
from equipoise.findings import Finding
from equipoise.protocol.document import Protocol

__all__ = ["incompatible"]


def incompatible(before: Protocol, after: Protocol) -> list[Finding]:
    """What a new version says against data that earlier ones asked for (`before`: all of them as one)."""
    found = [*_items_changed(before, after), *_names_reused(before, after)]
    for visit in after.visits:
        had = before.visit_by_id.get(visit.id)
        if had is not None and had.kind != visit.kind:
            found.append(finding("amendment.visit_kind", f"visits.{visit.id}", visit=visit.id, kind=had.kind))
    had_blinding, blinding = before.randomization.blinding, after.randomization.blinding
    if had_blinding != blinding:
        found.append(finding("amendment.blinding", "randomization.blinding", before=had_blinding, after=blinding))
    if before.identity and set(before.identity) != set(after.identity):
        found.append(finding("amendment.identity", "identity", before=before.identity))
    return found


def _items_changed(before: Protocol, after: Protocol) -> Iterable[Finding]:
    for name, (form, group, item) in after.item_by_id.items():
        if name not in before.item_by_id:
            continue
        old_form, old_group, old = before.item_by_id[name]
        if (form.id, group) != (old_form.id, old_group):
            was, now = (".".join(filter(None, place)) for place in ((old_form.id, old_group), (form.id, group)))
            yield finding("amendment.item_moved", f"forms.{form.id}.{name}", item=name, before=was, after=now)
        elif item.type != old.type:
            yield finding("amendment.item_type", f"forms.{form.id}.{name}", item=name, before=old.type, after=item.type)
        elif item.unit != old.unit:
            units = {"before": old.unit or "-", "after": item.unit or "-"}
            yield finding("amendment.item_unit", f"forms.{form.id}.{name}", item=name, **units)


def _names_reused(before: Protocol, after: Protocol) -> Iterable[Finding]:
    """A name that stood for one thing may not stand for another."""
    spaces: tuple[Callable[[Protocol], Iterable[str]], ...] = (
        lambda protocol: protocol.item_by_id,
        lambda protocol: protocol.variable_by_id,
    )
    for one, other in ((0, 1), (1, 0)):
        for name in sorted(set(spaces[one](before)) & set(spaces[other](after))):
            if name not in set(spaces[other](before)):
                yield finding("amendment.name_reused", name, name=name)
