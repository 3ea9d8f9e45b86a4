"""From typed columns to the acts of each participant, in the order in which a trial goes.

Promises that nothing vanishes: an expression that gives nothing where the file has a value is told, row by row. Refuses
to know whether an act may be done: that is the desk's to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from equipoise.conduct.acts import Consent, Enroll, RecordAllocation, Screen
from equipoise.conduct.importing.asking import Answer, Asking
from equipoise.conduct.importing.cells import Cells
from equipoise.conduct.importing.filling import Filling
from equipoise.conduct.importing.mapping_reading import MappingFile
from equipoise.conduct.importing.oddities import find_oddities
from equipoise.conduct.importing.planned import Case, CellOrigin, ImportStep
from equipoise.conduct.importing.words import phrase, warning
from equipoise.findings import Finding
from equipoise.protocol.document import Protocol
from equipoise.rules import read_rule
from equipoise.words import Phrase

__all__ = ["plan_cases"]


class _Planner:
    def __init__(self, source: MappingFile, protocol: Protocol, cells: Cells, today: date) -> None:
        self.source, self.protocol, self.cells, self.today = source, protocol, cells, today
        self.ask = Asking(source, cells)
        self.filling = Filling(self.ask, protocol)
        self.first_seen: dict[str, int] = {}

    def cases(self) -> list[list[int]]:
        """The rows of each participant; each row alone where the mapping says nothing else."""
        acts, usable = self.source.mapping.acts, range(len(self.cells.rows))
        if acts.rows == "one":
            return [[place] for place in usable]
        together: dict[str, list[int]] = {}
        alone: list[list[int]] = []
        for place in usable:
            participant = self.ask.value(acts.participant, place)
            if participant is None:
                alone.append([place])
            else:
                together.setdefault(participant, []).append(place)
        return [*together.values(), *alone]

    def case(self, places: Sequence[int]) -> Case | None:
        """What becomes of these rows; None when something about them was told."""
        before, acts = self.ask.faults, self.source.mapping.acts
        participant = self._agreed(acts.participant, places, phrase("number"), needed=True)
        if participant is None or participant.value is None:
            return None
        planned = Case(tuple(places), str(participant.value))
        site = self._agreed(acts.site, places, phrase("site"), needed=True)
        screened = self._agreed(acts.screened, places, phrase("screened"), needed=True)
        planned.site, planned.screened = site and site.value, screened and screened.value
        if planned.screened is not None:
            self._need_new(planned)
        self._need_site(planned)
        self._stages(planned, screened)
        return planned if self.ask.faults == before else None

    def _agreed(
        self, text: str | None, places: Sequence[int], what: Phrase | str, *, needed: bool = False
    ) -> Answer | None:
        return None if text is None else self.ask.agreed([(text, place) for place in places], what, needed=needed)

    def _need_new(self, planned: Case) -> None:
        line = self.cells.rows[planned.place].line
        before = self.first_seen.setdefault(planned.participant, line)
        if before != line:
            columns = read_rule(self.source.mapping.acts.participant).names
            facts = {"participant": planned.participant, "line": before, "map_file": self.source.file}
            self.ask.tell("import.participant_twice", planned.place, columns, **facts)

    def _need_site(self, planned: Case) -> None:
        known = [site.id for site in self.protocol.sites]
        if planned.site is not None and planned.site not in known:
            columns = read_rule(self.source.mapping.acts.site or "").names
            self.ask.tell("import.unknown_site", planned.place, columns, site=planned.site, sites=known)

    def _stages(self, planned: Case, screened: Answer | None) -> None:
        acts, who, places = self.source.mapping.acts, planned.participant, planned.places
        steps, records = planned.steps, self.filling.records(who, places)
        if screened is not None and screened.value is not None:
            self._not_future(screened, phrase("screened"))
            number = Answer(who, acts.participant, planned.place)
            act = Screen(who, planned.site or "", screened.value, reason=self._different(who))
            steps.append(_step("screen", act, date=screened, participant=number))
        if (on := self._agreed(acts.consented, places, phrase("consented"))) and on.value is not None:
            self._not_future(on, phrase("consented"))
            steps.append(_step("consent", Consent(who, on.value), date=on))
        # What is recorded before enrollment comes first: eligibility is assessed on it.
        steps += [step for anchor, step in records if anchor in (None, "consent")]
        if (on := self._agreed(acts.enrolled, places, phrase("enrolled"))) and on.value is not None:
            self._not_future(on, phrase("enrolled"))
            steps.append(_step("enroll", Enroll(who, on.value), date=on))
        steps += [step for anchor, step in records if anchor == "enrollment"]
        if (step := self._allocation(planned)) is not None:
            steps.append(step)
        steps += [step for anchor, step in records if anchor == "randomization"]

    def _different(self, participant: str) -> str:
        """Why a number that looks like another one is right, where the mapping says so."""
        for clause in self.source.mapping.different:
            if participant in clause.participants:
                return f"{clause.reason.en} / {clause.reason.zh}"
        return ""

    def _allocation(self, planned: Case) -> ImportStep | None:
        clause = self.source.mapping.acts.randomized
        if clause is None:
            return None
        asked = phrase("whether_allocated")
        places = [place for place in planned.places if self.ask.holds(clause.when, place, asked)]
        if not places:
            return None
        arm = self._agreed(clause.arm, places, phrase("arm"), needed=True)
        on = self._agreed(clause.date, places, phrase("allocated"), needed=True)
        if arm is None or on is None or arm.value is None or on.value is None:
            return None
        self._not_future(on, phrase("allocated"))
        said = ", ".join(f"{name} {self.cells.original(arm.place, name)}" for name in read_rule(arm.text).names)
        file = self.cells.table.file.replace("\\", "/").rpartition("/")[2]
        place = f"{file}, line {self.cells.rows[arm.place].line}"
        act = RecordAllocation(planned.participant, on.value, arm.value, f"{place}: {said}" if said else place)
        return _step("allocation", act, date=on, arm=arm)

    def _not_future(self, answer: Answer, what: Phrase) -> None:
        """A day that has not come yet is told as such, and not by what the desk then lacks."""
        if answer.value > self.today.isoformat():
            columns = read_rule(answer.text).names
            self.ask.tell("import.future", answer.place, columns, what=what, day=answer.value, today=self.today)


def plan_cases(source: MappingFile, protocol: Protocol, cells: Cells, today: date) -> tuple[list[Case], list[Finding]]:
    """The acts of every participant whose rows can be used, and what was told of the others.

    `today`: the latest day anywhere on Earth.
    """
    planner = _Planner(source, protocol, cells, today)
    planned = [
        case
        for places in planner.cases()
        if cells.faulty.isdisjoint(places) and (case := planner.case(places)) is not None
    ]
    odd = find_oddities(planner.ask, protocol, today) if not planner.ask.faults else []
    return planned, planner.ask.findings + _same_rows(source, cells) + odd


def _same_rows(source: MappingFile, cells: Cells) -> list[Finding]:
    """Rows that repeat another one to the letter, where rows of one participant are expected."""
    if source.mapping.acts.rows == "one":
        return []
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for place, row in enumerate(cells.rows):
        if (first := seen.setdefault(row.cells, row.line)) != row.line:
            found.append(warning("import.same_row", cells.where(place), line=first))
    return found


def _step(name: str, act: Screen | Consent | Enroll | RecordAllocation, **answers: Answer) -> ImportStep:
    places = tuple(dict.fromkeys(answer.place for answer in answers.values()))
    sources = {field: CellOrigin(answer.place, read_rule(answer.text).names) for field, answer in answers.items()}
    return ImportStep(name, act, places, sources)
