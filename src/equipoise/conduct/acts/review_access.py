"""Review who may what: somebody who may appoint confirms the list of persons, roles, sites and accounts as it stands.

What was found wrong is put right by the acts that appoint, dismiss and map, before. The entry names the list by its
digest, and the chain binds it to the head of the ledger (ICH E6(R3) 4.3.8(c)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import phrase, refuse
from equipoise.conduct.authority import list_access
from equipoise.conduct.entries.study import ACCESS_REVIEWED
from equipoise.conduct.guards import need_reason, shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.ledger import Fact

__all__ = ["ACT", "ReviewAccess"]

_DIGEST = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True, slots=True)
class ReviewAccess:
    """`digest`: of the list that was reviewed, as its copy and the status name it (16 signs suffice).

    `remark`: what the list was held against, and what was found.
    """

    right: ClassVar[str] = "review_access"
    digest: str
    remark: str


def decide_review_access(state: StudyState, act: ReviewAccess, _setting: Setting) -> list[Fact]:
    """access_reviewed; refused for a list that is not the one that stands. Possible in a locked study."""
    remark = need_reason(act.remark, phrase("of.access_review"))
    found = list_access(state)
    if not _DIGEST.fullmatch(act.digest) or not found.digest.startswith(act.digest):
        refuse("review.other_list", "digest", digest=shown(act.digest), list=found.digest[:16])
    said = {
        "list": found.digest,
        "people": len({one[0] for one in found.appointments}),
        "appointments": len(found.appointments),
        "accounts": len(found.accounts),
        "seq": state.seq,
        "reason": remark,
    }
    return [Fact(ACCESS_REVIEWED.name, said)]


ACT = ActKind(
    ReviewAccess,
    label=("review who may what", "审查各人权限"),
    decide=decide_review_access,
    leaves=(ACCESS_REVIEWED,),
    rests_on=lambda _state, _act: ("appoint", None),
    kept_as={"digest": "", "remark": "reason"},
)
