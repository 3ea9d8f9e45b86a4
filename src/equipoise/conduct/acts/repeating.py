"""Whether a request that comes again is the one that left an entry: sent twice, an act is performed once."""

from __future__ import annotations

from dataclasses import fields

from equipoise.conduct.acts import ACT_OF, Act, ActKind
from equipoise.conduct.acts.agree import fields_of
from equipoise.conduct.entries.agreement import AGREEMENT_ASKED
from equipoise.ledger import Entry

__all__ = ["same_request"]


def same_request(act: Act, first: Entry) -> bool:
    """Whether the entry is what this act leaves: of its kind, about the same, saying the same where both say it."""
    kind: ActKind = ACT_OF[type(act)]
    if first.kind == AGREEMENT_ASKED.name and first.payload is not None:
        return (first.payload["act"], first.payload["fields"]) == (act.right, fields_of(act))
    if first.kind not in {left.name for left in kind.leaves}:
        return False
    about = getattr(act, "participant", None)
    if about is not None and first.participant != about:
        return False
    said = first.payload or {}
    return all(
        str(said[kept]).strip() == str(given).strip()
        for name, given in ((field.name, getattr(act, field.name)) for field in fields(kind.asks))
        if isinstance(given, (str, int)) and (kept := kind.kept_as.get(name, name)) in said
    )
