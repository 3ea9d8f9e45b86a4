"""Who may see the arms in a cut, and opening the sealed allocations for those who may.

While a trial runs, blinded or not, its arms are seen together only by whom the protocol lets read `results`; once it is
locked, by whoever reads its participants. A double-blind trial shows them only after an unsealing that the ledger
records; until then arms are hidden, or masked: grouped truly, under letters that say nothing (ICH E9, section 5.8 on
the integrity of the trial), and so only where the groups are of one size.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from equipoise.conduct.authority import SEE_RESULTS
from equipoise.conduct.folder.reading import is_running
from equipoise.conduct.folder.versions import in_force
from equipoise.datacut.words import refuse
from equipoise.findings import Refusal
from equipoise.randomization.sealing import unseal
from equipoise.wording.literals import literals_checked

if TYPE_CHECKING:
    from equipoise.conduct.authority import Reader
    from equipoise.conduct.folder.study import Study
    from equipoise.conduct.state.versions import InForce

__all__ = ["Visibility", "check_arms", "find_best_visibility", "find_visibility", "masked_names", "unsealed_arms"]

Visibility = Literal["shown", "masked", "hidden"]


@literals_checked
def find_visibility(study: Study, reader: Reader, wanted: Visibility | None = None) -> Visibility:
    """What a cut may show of the arms to a person. Raises Refusal when `wanted` is more than that.

    Without a wish: shown when allowed, else hidden.
    """
    randomization = study.protocol.randomization
    closed = randomization.blinding == "double" and not any(
        True for _ in study.store.rows(study.protocol.study.id, kinds=("allocations_unsealed",))
    )
    if wanted == "hidden":
        return "hidden"
    if closed and wanted == "shown":
        refuse("cut.blinded", "randomization.blinding")
    if wanted is None:
        return "shown" if _named(reader) and not closed else "hidden"
    check_arms(reader)
    if closed and (unequal := _unequal(study)):
        refuse("cut.letters", "randomization.ratio", ratios=unequal)
    return wanted


def _unequal(study: Study) -> list[str]:
    """The ratios that were ever in force, where by them the groups differ in size; else none."""
    ratios = dict.fromkeys(
        tuple(version.protocol.randomization.ratio.value.items()) for version in in_force(study).versions
    )
    if len({frozenset(arm for arm, _ in ratio) for ratio in ratios}) == 1 and all(
        len({weight for _, weight in ratio}) == 1 for ratio in ratios
    ):
        return []
    return [", ".join(f"{arm} {weight}" for arm, weight in ratio) for ratio in ratios]


def check_arms(reader: Reader) -> None:
    """Raises Refusal for whoever may not see a running trial by arm, be it under letters."""
    if not _named(reader):
        refuse("cut.by_arm", "arms", person=reader.person)


def _named(reader: Reader) -> bool:
    return reader.reads(SEE_RESULTS) or not is_running(reader.state)


def find_best_visibility(study: Study, reader: Reader) -> Visibility:
    """The most that a person may see of the arms: shown, else under letters, else hidden."""
    best = find_visibility(study, reader)
    if best == "hidden":
        with suppress(Refusal):
            return find_visibility(study, reader, "masked")
    return best


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
