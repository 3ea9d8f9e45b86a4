"""How long one allocation takes, late in a large trial, and how fast streams are read. Run: python this file."""

from __future__ import annotations

import time
from collections.abc import Callable

from equipoise.chance import SealedStream, Stream
from equipoise.randomization import Past, Scheme, allocate, allocate_in_turn
from equipoise.randomization.sealing import new_secret, seal, unseal

AB = (("A", 1), ("B", 1))
SCHEMES = (
    Scheme("permuted_blocks", AB, block_sizes=(4, 6)),
    Scheme("minimization", AB, p=0.8),
    Scheme("big_stick", AB, limit=3),
    Scheme("complete", AB),
)


def milliseconds(what: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        what()
    return (time.perf_counter() - start) / times * 1e3


def main() -> None:
    secret = new_secret()
    people = [{"risk": "hl"[n % 2], "site": str(n % 12), "stage": str(n % 3)} for n in range(1000)]
    for scheme in SCHEMES:
        made = allocate_in_turn(scheme, secret, "bench", people)
        past = [
            Past(str(a.position), a.position, a.stratum, tuple(sorted(who.items())), a.arm)
            for a, who in zip(made, people, strict=True)
        ]
        ms = milliseconds(lambda scheme=scheme, past=past: allocate(scheme, secret, "bench", people[0], past), 50)  # type: ignore[misc]
        print(f"allocate after 1000 participants, {scheme.kind:<16} {ms:8.3f} ms")
    sealed = seal(secret, "bench", 1, {"arm": "A"}, participant="P")
    print(
        f"seal                                               {milliseconds(lambda: seal(secret, 'bench', 1, {'arm': 'A'}, participant='P'), 500):8.3f} ms"
    )
    print(
        f"unseal                                             {milliseconds(lambda: unseal(secret, 'bench', 1, sealed, participant='P'), 500):8.3f} ms"
    )
    stream, hidden = Stream(1, "bench"), SealedStream(secret, "bench")
    print(
        f"10,000 positions of 500 uniforms (uniform_rows)    {milliseconds(lambda: stream.uniform_rows(0, 10_000, 500), 1):8.3f} ms"
    )
    print(f"one sealed uniform                                 {milliseconds(lambda: hidden.uniform(1), 5000):8.4f} ms")


if __name__ == "__main__":
    main()
