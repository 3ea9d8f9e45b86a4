"""Which lesion can be measured, and which are chosen as targets: five in all, two in an organ.

Eisenhauer 2009, Eur J Cancer 45:228, sections 3.1, 3.2 and 4.2 and appendix II. Lymph nodes, wherever they lie, are one
organ (recist.eortc.org, clarification "two target lesions"): retropharyngeal and cervical nodes have two targets
together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from equipoise.medicine.recist.lesions import NODE_NORMAL_BELOW, micrometers

__all__ = [
    "METHODS",
    "NODES",
    "ORGAN_TARGETS_MAX",
    "TARGETS_MAX",
    "Candidate",
    "choose_targets",
    "classify_lesion",
    "organ_key",
    "smallest_measurable_mm",
]

METHODS = ("ct", "mri", "pet_ct", "chest_xray", "caliper", "ultrasound", "other")
"""How lesions were measured. Ultrasound does not measure for RECIST (appendix II)."""
TARGETS_MAX = 5
ORGAN_TARGETS_MAX = 2
NODES = "lymph nodes"
Kind = Literal["measurable", "pathological_node", "normal_node", "not_measurable"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lesion at baseline. `measurable_by_nature` is false for effusions, leptomeningeal disease,
    bone without soft tissue.
    """

    lesion: str
    organ: str
    diameter_mm: float
    node: bool = False
    measurable_by_nature: bool = True
    irradiated: bool = False
    progressed_since: bool = False
    reproducible: bool = True


def smallest_measurable_mm(*, node: bool, method: str | None = None, slice_mm: float | None = None) -> float | None:
    """The smallest size that counts as measured, or None where the method does not measure.

    CT and MRI: 10 mm for slices up to 5 mm, else twice the slice; chest X-ray 20 mm; caliper 10 mm; a node 15 mm in
    short axis, and it too twice the slice (appendix II). A slice that nobody gave is taken to be thin enough.
    """
    if method == "ultrasound":
        return None
    by_slice = (
        2 * slice_mm if slice_mm is not None and slice_mm > 5 and method not in ("chest_xray", "caliper") else 0.0
    )
    if node:
        return max(15.0, by_slice)
    return max(20.0 if method == "chest_xray" else 10.0, by_slice)


def classify_lesion(candidate: Candidate, *, method: str | None = None, slice_mm: float | None = None) -> Kind:
    """What the lesion is at baseline. A node from 10 mm to below 15 mm is disease, and no target."""
    size, limit = (
        micrometers(candidate.diameter_mm),
        smallest_measurable_mm(node=candidate.node, method=method, slice_mm=slice_mm),
    )
    if candidate.node and size is not None and size < NODE_NORMAL_BELOW:
        return "normal_node"
    irradiated = candidate.irradiated and not candidate.progressed_since
    least = micrometers(limit)
    if candidate.measurable_by_nature and not irradiated and size is not None and least is not None and size >= least:
        return "measurable"
    return "pathological_node" if candidate.node else "not_measurable"


def organ_key(organ: str | None, *, node: bool, one_organ: Mapping[str, str] | None = None) -> str:
    """The organ under which a lesion counts: all nodes are one, and so are organs that the protocol takes together."""
    if node:
        return NODES
    name = (organ or "").strip().casefold()
    return (one_organ or {}).get(name, name)


def choose_targets(
    candidates: Sequence[Candidate],
    *,
    method: str | None = None,
    slice_mm: float | None = None,
    one_organ: Mapping[str, str] | None = None,
) -> list[str]:
    """The lesions to follow as targets: measurable, reproducible ones first, then the largest; then by name."""
    fit = [c for c in candidates if classify_lesion(c, method=method, slice_mm=slice_mm) == "measurable"]
    fit.sort(key=lambda c: (not c.reproducible, -c.diameter_mm, c.lesion))
    chosen: list[str] = []
    taken: dict[str, int] = {}
    for candidate in fit:
        organ = organ_key(candidate.organ, node=candidate.node, one_organ=one_organ)
        if len(chosen) < TARGETS_MAX and taken.get(organ, 0) < ORGAN_TARGETS_MAX:
            chosen.append(candidate.lesion)
            taken[organ] = taken.get(organ, 0) + 1
    return chosen
