"""A small trial at the real desk on a ledger in memory, with a form that holds everything a form can hold.

li and zhou are investigators at S01, wang at S02, chen coordinates at S01, ma manages, zhao monitors; the
custodian begins every study.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from equipoise.conduct.acts import Act, Agree, Appoint, Consent, Enroll, Erase, OpenSite, Randomize, RecordForm, Screen
from equipoise.conduct.desk import Desk
from equipoise.conduct.folder.beginning import open_ledger
from equipoise.conduct.replay.projection import NAMES, projections
from equipoise.conduct.replay.receipt import Receipt
from equipoise.conduct.replay.replaying import replay
from equipoise.findings import Refusal
from equipoise.ledger import Entry, MemoryStore, Store
from equipoise.ledger.verify import verify_chain
from equipoise.protocol.document import Protocol
from equipoise.protocol.identity import protocol_digest
from tests.chinese import holds_chinese
from tests.spec.minimal import minimal_protocol

SECRET = bytes(range(32))
TODAY = "2024-03-01"
DAY = "2024-02-01"
BASELINE: dict[str, Any] = {"visit_date": DAY, "age": 51, "sex": "F", "weight": "60.0"}
CHECKUP = {"seen_on": DAY, "height": "170.0", "mass": "60.0", "smoker": False, "stopped": False}

# The minimal protocol with the default roles and one form that asks in every way in which a form can ask.
FULL = """\
roles: ~
codelists:
- id: place
  codes:
  - {code: liver, label: {en: Liver, zh: 肝}}
  - {code: lung, label: {en: Lung, zh: 肺}}
forms:
- id: checkup
  title: {en: Check-up, zh: 检查}
  date_item: seen_on
  items:
  - {id: seen_on, label: {en: Date, zh: 日期}, type: date}
  - {id: born_on, label: {en: Date of birth, zh: 出生日期}, type: date, required: false, cdash: BRTHDAT}
  - {id: height, label: {en: Height, zh: 身高}, type: decimal, unit: cm, decimals: 1, hard: {min: 50, max: 250}, soft: {min: 120, max: 210}}
  - {id: mass, label: {en: Mass, zh: 体重}, type: decimal, unit: kg, decimals: 1, hard: {min: 1, max: 400}}
  - {id: bmi, label: {en: Body mass index, zh: 体重指数}, type: decimal, decimals: 1, computed: "mass / ((height / 100) * (height / 100))"}
  - {id: smoker, label: {en: Smoker, zh: 吸烟}, type: boolean}
  - {id: packs, label: {en: Packs a day, zh: 每日包数}, type: integer, shown_when: smoker}
  - {id: stopped, label: {en: Stopped treatment, zh: 停止治疗}, type: boolean}
  - {id: why, label: {en: Why, zh: 原因}, type: text, required_when: stopped}
  groups:
  - id: lesions
    label: {en: Lesions, zh: 病灶}
    max_rows: 3
    items:
    - {id: lesion_place, label: {en: Place, zh: 部位}, type: code, codelist: place}
    - {id: lesion_size, label: {en: Size, zh: 大小}, type: integer, unit: mm, hard: {min: 1, max: 300}, soft: {max: 100}}
  checks:
  - {id: slim, rule: bmi < 40, severity: soft, message: {en: Body mass index of 40 or more, zh: 体重指数达40以上}}
  - {id: liver_small, rule: "lesion_place <> 'liver' OR lesion_size < 200", severity: hard, message: {en: Too large for a liver, zh: 肝内不可能这么大}}
visits:
- {id: screening, forms: [baseline, checkup]}
- id: smokers
  label: {en: Smokers' visit, zh: 吸烟者访视}
  anchor: consent
  day: 7
  when: smoker
  forms: [follow_up]
- id: notes
  label: {en: Notes, zh: 记录}
  kind: log
  forms: [death, remark]
"""
REMARK = "forms: [{id: remark, title: {en: Remark, zh: 备注}, items: [{id: remark_text, label: {en: Text, zh: 文字}, type: text}]}]"
PEOPLE = (
    ("li", "investigator", "S01"),
    ("zhou", "investigator", "S01"),
    ("wang", "investigator", "S02"),
    ("chen", "coordinator", "S01"),
    ("ma", "trial_manager", None),
    ("zhao", "monitor", None),
)


@dataclass
class Trial:
    """The desk, and short ways to do what a test is not about."""

    desk: Desk
    store: Store
    clock: list[datetime] = field(default_factory=list)

    @property
    def study(self) -> str:
        return self.desk.study

    def do(self, *acts: Act, as_: str = "li", act_id: str | None = None) -> Receipt:
        """Perform in turn; the last receipt."""
        for act in acts[:-1]:
            self.desk.perform(act, as_=as_)
        return self.desk.perform(acts[-1], as_=as_, act_id=act_id)

    def both(self, act: Act, as_: str = "custodian") -> Receipt:
        """What needs two persons: asked by one, agreed to by a second custodian; the receipt of the agreement."""
        if "second" not in self.desk.state().people:
            self.do(Appoint("second", "Second Custodian", "custodian"), as_="custodian")
        return self.do(Agree(self.do(act, as_=as_).entries[0].seq), as_="second")

    def erased(self, entry: int, reason: str = "a name", as_: str = "zhou", **named: Any) -> Receipt:
        """Erased by the custodian, the whole of a form where no item is named; `as_` agrees where a second must."""
        kind = next(one.kind for one in self.entries() if one.seq == entry)
        named = named or {"whole": kind == "form_recorded"}
        receipt = self.do(Erase(entry, reason, **named), as_="custodian")
        waits = receipt.entries[0].kind == "agreement_asked"
        return self.do(Agree(receipt.entries[0].seq), as_=as_) if waits else receipt

    def refused(self, act: Act, as_: str = "li", act_id: str | None = None) -> Refusal:
        """The refusal of an act that must be refused."""
        try:
            receipt = self.desk.perform(act, as_=as_, act_id=act_id)
        except Refusal as refusal:
            assert [finding.code for finding in refusal.findings if not holds_chinese(finding.say("zh").what)] == []
            return refusal
        raise AssertionError(f"accepted: {receipt.summary}")

    def codes(self, act: Act, as_: str = "li") -> list[str]:
        """The codes of a refusal."""
        return [finding.code for finding in self.refused(act, as_).findings]

    def screened(self, name: str = "P1", site: str = "S01", as_: str = "li") -> str:
        self.do(Screen(name, site, DAY), as_=as_)
        return name

    def consented(self, name: str = "P1", site: str = "S01", as_: str = "li") -> str:
        self.do(Consent(self.screened(name, site, as_), DAY), as_=as_)
        return name

    def recorded(self, name: str = "P1", site: str = "S01", as_: str = "li", **values: Any) -> str:
        self.do(RecordForm(self.consented(name, site, as_), "screening", "baseline", {**BASELINE, **values}), as_=as_)
        return name

    def enrolled(self, name: str = "P1", site: str = "S01", as_: str = "li", **values: Any) -> str:
        self.do(Enroll(self.recorded(name, site, as_, **values), DAY), as_=as_)
        return name

    def randomized(self, name: str = "P1", site: str = "S01", as_: str = "li", **values: Any) -> str:
        self.do(Randomize(self.enrolled(name, site, as_, **values), DAY), as_=as_)
        return name

    def entries(self) -> list[Entry]:
        return list(self.store.read(self.study))

    def kinds(self, after: int = 0) -> list[str]:
        return [entry.kind for entry in self.store.read(self.study, after=after)]

    def head(self) -> int:
        return self.store.head(self.study).seq

    def check_whole(self) -> None:
        """The chain holds, and the projections are what a replay of the entries gives."""
        assert verify_chain(self.store, self.study).intact
        replayed = projections(replay(self.study, self.entries()))
        assert {name: self.store.projection(self.study, name) for name in NAMES} == replayed


def full_protocol(*changes: str | dict[str, Any]) -> Protocol:
    return minimal_protocol(FULL, REMARK, *changes)


def open_trial(
    *changes: str | dict[str, Any], protocol: Protocol | None = None, people: bool = True, store: Store | None = None
) -> Trial:
    """A study on a fresh ledger in memory, its sites open and its people appointed."""
    protocol = protocol or full_protocol(*changes)
    store = store or MemoryStore()
    digest = protocol_digest(protocol)
    open_ledger(store, protocol, digest, SECRET, at=datetime(2024, 1, 31, 8, tzinfo=UTC))
    clock = [datetime.fromisoformat(f"{TODAY}T08:00:00+00:00").astimezone(UTC)]
    trial = Trial(Desk(protocol, store, lambda: SECRET, lambda: clock[-1], digest=digest), store, clock)
    if people:
        for site in ("S01", "S02"):
            trial.do(OpenSite(site, DAY), as_="custodian")
        for person, role, site in PEOPLE:
            trial.do(Appoint(person, person.title(), role, site), as_="custodian")
    return trial
