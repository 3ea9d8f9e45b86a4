"""Map an account of the operating system to the person as whom it acts and reads when nobody is named.

Until people sign in, the account is all that a computer knows of who sits before it (R14): a study says on its ledger
whom each stands for. What an account was mapped to last counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equipoise.conduct.acts.act import ActKind
from equipoise.conduct.acts.words import refuse
from equipoise.conduct.authority import CUSTODIAN, above, roles_of
from equipoise.conduct.entries.study import ACCOUNT_MAPPED
from equipoise.conduct.guards import shown
from equipoise.conduct.sheet.setting import Setting
from equipoise.conduct.state.state import StudyState
from equipoise.conduct.state.versions import day_in_utc
from equipoise.ledger import Fact

__all__ = ["ACT", "MapAccount"]

_LENGTH_MAX = 64
NAMES = ("itself", "anybody")


@dataclass(frozen=True, slots=True)
class MapAccount:
    """`account` acts as `person`; `names`: nobody else (itself), or whoever is given with `--as` (anybody)."""

    right: ClassVar[str] = "map_account"
    account: str
    person: str
    names: str = "itself"


def decide_map_account(state: StudyState, act: MapAccount, setting: Setting) -> list[Fact]:
    """account_mapped, unless it stands so already. Possible in a locked study: somebody must be able to read it.

    Refused for whoever may more than the one who maps, be it the person or whom the account stood for before. That an
    account may name anybody is the custodian's to say.
    """
    if not _is_account(act.account):
        refuse("account.form", "account", account=shown(act.account), most=_LENGTH_MAX)
    if act.names not in NAMES:
        refuse("account.names", "names", names=act.names[:60], known=NAMES)
    person, before = state.people.get(act.person), state.accounts.get(act.account)
    day = day_in_utc(setting.now)
    if person is None or not person.held(day):
        refuse("account.nobody", act.person[:60], person=act.person[:60])
    others = act.names == "anybody"
    if before is not None and (before.person, before.names_others) == (act.person, others):
        return []
    actor = state.people[setting.actor]
    if (others or (before is not None and before.names_others)) and (CUSTODIAN, None) not in actor.held(day):
        refuse("account.others", "names", account=act.account, role=CUSTODIAN)
    for one in dict.fromkeys([act.person, *([before.person] if before is not None else [])]):
        _check_reach(state, one, setting)
    said = {"account": act.account, "person": act.person, "names_others": others}
    return [Fact(ACCOUNT_MAPPED.name, said)]


def _check_reach(state: StudyState, whom: str, setting: Setting) -> None:
    """Nobody makes an account more than they are themselves."""
    roles = roles_of(setting.protocol)
    day = day_in_utc(setting.now)
    own = [roles[held] for held, _ in state.people[setting.actor].held(day) if held in roles]
    for held, _ in state.people[whom].held(day):
        if held in roles and (more := above(roles[held], own)):
            refuse("account.above", whom, person=setting.actor, other=whom, role=held, rights=more)


def _is_account(name: str) -> bool:
    return 0 < len(name) <= _LENGTH_MAX and name.isprintable() and name == name.strip()


def _right(_state: StudyState, _act: MapAccount) -> tuple[str, str | None]:
    return "appoint", None


ACT = ActKind(
    MapAccount,
    label=("map accounts to people", "将账户对应到人员"),
    decide=decide_map_account,
    leaves=(ACCOUNT_MAPPED,),
    rests_on=_right,
)
