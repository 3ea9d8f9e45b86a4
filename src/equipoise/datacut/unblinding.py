"""Who may see the arms in a cut, and opening the sealed allocations for those who may.

An open (or single-blind) trial shows arms to whoever holds the study's secret. A double-blind trial shows them only
after an unsealing that the ledger records; until then arms are hidden, or masked: grouped truly, under letters that
say nothing (ICH E9, section 5.8 on the integrity of the trial).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from equipoise.datacut.words import refuse
from equipoise.randomization.sealing import unseal
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.versions import InForce

__all__ = ["Visibility", "find_visibility", "masked_names", "unsealed_arms"]

Visibility = Literal["shown", "masked", "hidden"]


@literals_checked
def find_visibility(study: Study, wanted: Visibility | None = None) -> Visibility:
    """What a cut may show of the arms. Raises Refusal when `wanted` is more than the blinding allows.

    Without a wish: shown when allowed, else hidden.
    """
    closed = study.protocol.randomization.blinding == "double" and not any(
        True for _ in study.store.rows(study.protocol.study.id, kinds=("allocations_unsealed",))
    )
    if closed and wanted == "shown":
        refuse("cut.blinded", "randomization.blinding")
    return wanted or ("hidden" if closed else "shown")


def unsealed_arms(study: Study, sealed: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Participant to arm, from the `allocated` payloads by participant; raises Refusal without the study's secret."""
    if not sealed:
        return {}
    secret = study.secret()
    name = study.protocol.study.id
    return {
        participant: str(unseal(secret, name, payload["position"], payload["sealed"], participant=participant)["arm"])
        for participant, payload in sealed.items()
    }


def masked_names(study: Study, force: InForce) -> dict[str, str]:
    """Arm to letter. The letters follow the secret, so they are constant in a trial and cannot be guessed.

    An arm that came with a later version takes the next letter, and moves none.
    """
    secret, arms = study.secret(), list[str]()
    for version in force.versions:
        arms += sorted(
            (arm.id for arm in version.protocol.arms if arm.id not in arms),
            key=lambda arm: hashlib.sha256(b"equipoise/mask/1\0" + secret + arm.encode()).digest(),
        )
    return {arm: f"masked_{chr(ord('A') + place)}" for place, arm in enumerate(arms)}
