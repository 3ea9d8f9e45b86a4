"""Studies to rehearse: made in a folder with a known secret and a ledger in memory, so that every digit is known."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from equipoise.conduct.folder.beginning import open_ledger
from equipoise.conduct.folder.study import Study
from equipoise.ledger import MemoryStore
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from equipoise.randomization.sealing import write_secret
from tests.protocols.reading_aid import FLAGSHIP, OROPHARYNX, protocol
from tests.spec.minimal import minimal_protocol

SECRET = bytes(range(32))

# Two arms that differ in survival, seen every two months by sites without a fault.
SURVIVAL = """
visits:
- {id: every_3_months, day: 60, repeat: {every_days: 60, count: 16}, window: {before: 5, after: 5}}
scenarios:
- id: benefit
  label: {en: Benefit, zh: 获益}
  start: "2021-01-04"
  accrual: {value: {months: [12], per_month: [20]}}
  follow_up_months: {value: 18}
  withdrawal_per_month: {value: 0.01}
  missed_visit: {value: 0}
  late_entry_days: {value: 0}
  typing_error: {value: 0}
  outcomes:
  - id: death
    form: death
    visit: events
    date_item: death_date
    ends: true
    hazard: {value: {cuts_months: [6], per_month: [0.04, 0.09]}}
    hazard_ratio: {value: {A: 0.45}}
"""
# All visits stay, so that sites have something to do.
BUSY = """
forms:
- id: follow_up
  items:
  - {id: pulse, label: {en: Pulse, zh: 脉搏}, type: integer, hard: {min: 20, max: 250}, soft: {min: 30, max: 200}}
scenarios:
- id: busy
  label: {en: Busy, zh: 繁忙}
  start: "2021-01-04"
  accrual: {value: {months: [6], per_month: [8]}}
  follow_up_months: {value: 9}
  screen_failure: {value: 0.2}
  withdrawal_per_month: {value: 0.02}
  missed_visit: {value: 0.1}
  late_entry_days: {value: 4}
  typing_error: {value: 0.05}
  site_shares: {S01: 0.7, S02: 0.3}
  items: {weight: {value: {normal: [62, 12]}}, age: {value: {normal: [55, 12]}}}
  outcomes:
  - {id: death, form: death, visit: events, date_item: death_date, ends: true, hazard: {value: {median_months: 20}},
      hazard_ratio: {value: {A: 0.5}}}
"""


def memory_study(
    folder: Path, of: Protocol, secret: bytes = SECRET, *, environment: str = "rehearsal", store: Any = None
) -> Study:
    """A study as `create_study` makes one, without its files but for the secret."""
    (folder / "keys").mkdir(parents=True)
    write_secret(folder / "keys" / "allocation.key", secret)
    store = store or MemoryStore()
    digest = protocol_digest(of)
    open_ledger(store, of, digest, secret, environment=environment, at=datetime(1960, 1, 1, tzinfo=UTC))
    return Study(folder, of, digest, store, environment)  # type: ignore[arg-type]


def small(*changes: str) -> Protocol:
    """The minimal protocol, busy unless a change says otherwise."""
    return minimal_protocol(*(changes or (BUSY,)))


def flagship() -> Protocol:
    return protocol(FLAGSHIP)


def oropharynx() -> Protocol:
    return protocol(OROPHARYNX)


def content(study: Study) -> list[tuple[Any, ...]]:
    """The ledger without what chance outside the seed decides: salts, hashes and the nonces of seals."""
    found = []
    for entry in study.store.read(study.id):
        payload = {name: value for name, value in (entry.payload or {}).items() if name not in ("sealed", "scheme")}
        found.append(
            (
                entry.seq,
                entry.kind,
                entry.act,
                entry.actor,
                entry.role,
                entry.site,
                entry.participant,
                entry.at,
                payload,
            )
        )
    return found


def copied(study: Study, to: Path) -> Path:
    """A study folder's twin, with the same secret."""
    shutil.copytree(study.folder, to)
    return to
