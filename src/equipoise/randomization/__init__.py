"""How arms are allocated: schemes, the allocation itself, its seal and its re-derivation.

Pure: no ledger, no clock, no network. `sealing` is not re-exported; only named hands may import the vault.
"""

from equipoise.randomization.allocation import allocate, allocate_in_turn
from equipoise.randomization.checking import check_scheme
from equipoise.randomization.scheme import Allocation, Past, Scheme, stratum_key

__all__ = ["Allocation", "Past", "Scheme", "allocate", "allocate_in_turn", "check_scheme", "stratum_key"]
