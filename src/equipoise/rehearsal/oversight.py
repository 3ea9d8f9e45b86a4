"""The monitor's visits: new records of a site are looked at, and now and then a value is questioned.

What was mistyped is found more often than not; of the rest the scenario's share is asked about. The site answers in its
own time: that is its business (`recording`). Keeps only what came since the last visit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from equipoise.chance import Stream
from equipoise.conduct.acts import RaiseQuery
from equipoise.knowledge.records import RecordKey
from equipoise.protocol.document import Site
from equipoise.rehearsal.phrases import BOTH
from equipoise.rehearsal.recording import Recorder, Stage
from equipoise.virtual.schedule import at_office, working_day
from equipoise.virtual.trial import VirtualTrial

__all__ = ["MONITORING_DAYS", "Monitor", "is_monitored"]

MONITORING_DAYS = 84
"""Between two visits, where records are questioned and the scenario does not say how often."""
FOUND = 0.7
"""The share of typing errors that a comparison with the source finds."""
_MONITORS = 0  # participants count from 1
MINUTES_PER_QUERY = 3
Noted = tuple[Recorder, RecordKey]


def is_monitored(plan: VirtualTrial) -> bool:
    """Whether anybody comes."""
    return plan.scenario.monitoring_days is not None or any(habits.queried > 0 for habits in plan.habits.values())


class Monitor:
    """One site's monitor. The first visit comes one interval after the first record."""

    def __init__(self, stage: Stage, site: Site, seed: int) -> None:
        self.stage, self.site = stage, site
        self.stream = Stream(seed, "monitor", site.id)
        given = stage.plan.scenario.monitoring_days
        self.every = timedelta(days=round(given.value if given is not None else MONITORING_DAYS))
        self.fresh: list[Noted] = []
        self.visits = 0
        self.expected = False

    def note(self, life: Recorder, key: RecordKey, when: datetime) -> None:
        """A record to look at when the next visit comes."""
        self.fresh.append((life, key))
        if not self.expected:
            self._expect(when)

    def _expect(self, when: datetime) -> None:
        day = working_day((when + self.every).date())
        self.expected = day <= self.stage.plan.until
        if self.expected:
            self.stage.later(at_office(day, 1.0, self.site.timezone), _MONITORS, self.visit)

    def visit(self, when: datetime) -> None:
        """Look at what is new, and ask."""
        self.stage.count("monitoring visits")
        self.visits += 1
        fresh, self.fresh = self.fresh, []
        lots = self.stream.child(self.visits).uniform(0, 2 * max(1, len(fresh))).tolist()
        for place, (life, key) in enumerate(fresh):
            lot, which = lots[2 * place : 2 * place + 2]
            slip = life.slips.get(key)
            if slip is not None and lot < FOUND:
                self._ask(life, key, slip.item, "compare", when)
            elif slip is None and lot < life.habits.queried:
                record = life.person.by_key[key]
                untyped = life.person.script.untyped(key[2])
                items = [name for name, value in record.values.items() if value is not None and name not in untyped]
                if items:
                    self._ask(life, key, items[int(which * len(items))], "unusual", when)
        self._expect(when)

    def _ask(self, life: Recorder, key: RecordKey, item: str, phrase: str, when: datetime) -> None:
        act = RaiseQuery(life.person.id, dict(BOTH[phrase]), key[0], key[2], key[1], item=item)
        receipt = self.stage.perform(act, life, when)
        if receipt is not None:
            life.notice(receipt, when)
