"""What changes after unlocking or unsealing did to the primary result: performed with them, and again without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from equipoise.analysis.perform import perform_analyses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from equipoise.analysis.conclusion import PresentLook
    from equipoise.analysis.perform import Performed
    from equipoise.datacut import Cut
    from equipoise.protocol.document import Protocol

__all__ = ["tell_late_changes"]


def tell_late_changes(
    cut: Cut, protocol: Protocol, performed: Sequence[Performed], look: PresentLook | None
) -> dict[str, Any] | None:
    """The changes, one by one, and each primary result with and without them; None when there were none."""
    if not cut.late_changes or cut.before_opening is None:
        return None
    primary = protocol.model_copy(update={"analyses": tuple(a for a in protocol.analyses if a.role == "primary")})
    without = {one.result["id"]: one.result for one in perform_analyses(cut.before_opening, primary, look=look)}
    told = [
        _compared(one.result, without.get(one.result["id"], {})) for one in performed if one.result["role"] == "primary"
    ]
    return {"changes": [change.as_data() for change in cut.late_changes], "primary": told}


def _compared(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name, value in {**before, **now}.items() if isinstance(value, (int, float)) or value is None]
    differing = {
        name: {"with": now.get(name), "without": before.get(name)}
        for name in names
        if now.get(name) != before.get(name)
    }
    words = {"with": now["interpretation"], "without": before.get("interpretation")}
    return {"id": now["id"], "differs": differing, "interpretation": words}
