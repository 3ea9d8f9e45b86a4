"""Questions of trust, answered in one place: who may act, who may read, what one person may not be at once.

Every door asks here, and no page decides for itself.
"""

from equipoise.conduct.authority.acting import CUSTODIAN, IMPORTER, authorize, may, need_somebody, roles_of
from equipoise.conduct.authority.duties import (
    Duty,
    above,
    beyond,
    duties_of,
    in_conflict,
    is_namesake,
    rights_of,
    sighted,
)
from equipoise.conduct.authority.listing import CHANGES_ACCESS, AccessList, list_access
from equipoise.conduct.authority.reading import (
    DOORS,
    SEE_ALLOCATION,
    SEE_PARTICIPANTS,
    SEE_RESULTS,
    Door,
    DoorName,
    Reader,
)

__all__ = [
    "CHANGES_ACCESS",
    "CUSTODIAN",
    "DOORS",
    "IMPORTER",
    "SEE_ALLOCATION",
    "SEE_PARTICIPANTS",
    "SEE_RESULTS",
    "AccessList",
    "Door",
    "DoorName",
    "Duty",
    "Reader",
    "above",
    "authorize",
    "beyond",
    "duties_of",
    "in_conflict",
    "is_namesake",
    "list_access",
    "may",
    "need_somebody",
    "rights_of",
    "roles_of",
    "sighted",
]
