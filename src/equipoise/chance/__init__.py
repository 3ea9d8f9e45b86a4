"""The only source of random numbers: named streams, read by position.

Promises that a draw depends on the seed (or secret), the names and the position, and on nothing else: neither the
order of reading, nor the number of threads, nor the machine changes a digit. `Stream` (in `stream`) serves simulation,
`SealedStream` (in `sealed`) serves allocation; rooms that must not wait for SciPy import the latter from there.
Refuses to know what is being drawn.
"""

from equipoise.chance.sealed import SealedStream, framed
from equipoise.chance.stream import Stream

__all__ = ["SealedStream", "Stream", "framed"]
