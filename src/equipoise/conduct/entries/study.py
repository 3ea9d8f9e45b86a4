"""The kinds of entries about the study itself.

Its opening, sites, people, pauses, locks, versions, and what was made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from equipoise.conduct.entries.kind import EntryKind, Payload
from equipoise.conduct.entries.words import phrase, warning
from equipoise.conduct.state.organizations import Belonging, Organization, held_by
from equipoise.conduct.state.state import Account, Person, StudyState
from equipoise.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from equipoise.findings import Finding
    from equipoise.ledger import Entry

__all__ = [
    "ACCESS_REVIEWED",
    "ACCOUNT_MAPPED",
    "ALLOCATIONS_UNSEALED",
    "AMENDED",
    "BALANCE_READ",
    "CHECKPOINT_SIGNED",
    "COPY_NOTED",
    "CUT_MADE",
    "FILE_IMPORTED",
    "LEDGER_RESTORED",
    "LOCKED",
    "PERSON_APPOINTED",
    "PERSON_DISMISSED",
    "PROJECTIONS_REBUILT",
    "READING_NOTED",
    "SEED_COMMITTED",
    "SITE_CLOSED",
    "SITE_OPENED",
    "STUDY_OPENED",
    "STUDY_PAUSED",
    "STUDY_RESUMED",
    "UNLOCKED",
    "VERSION_ADOPTED",
]


def _opened(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.environment, state.version, state.digest = (
        said["environment"],
        said["protocol_version"],
        said["protocol_digest"],
    )
    state.digests = [state.digest]


def _committed(state: StudyState, _entry: Entry, said: Payload) -> None:
    if state.environment == "rehearsal":
        # A rehearsal that nobody has acted in takes the secret of its seed, and with it the scheme under a new seal.
        state.schemes = [one for one in state.schemes if one["version"] != said["scheme"]["version"]]
    state.commitment = said["commitment"]
    state.schemes.append(said["scheme"])


def _site_opened(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.sites[said["site"]] = "open"
    state.followed.setdefault(said["site"], [("", state.digest)])
    if said.get("date"):
        state.opened.setdefault(said["site"], said["date"])


def _site_closed(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.sites[said["site"]] = "closed"


def _appointed(state: StudyState, entry: Entry, said: Payload) -> None:
    person = state.people.setdefault(said["person"], Person(said["person"], said["name"]))
    held = (said["role"], said["site"])
    if held not in person.appointed:
        person.appointed.append(held)
    # Who is appointed again is appointed as it was said last: until another day, or until they are dismissed.
    person.ends.pop(held, None)
    if said.get("until"):
        person.ends[held] = said["until"]
    named = Organization(said["organization"], said["organization_zh"]) if said.get("organization") else None
    if named != held_by(person, *held):
        person.belongings.append(Belonging(entry.seq, *held, named))
    if said.get("account"):
        # The opening alone says it: the account that made the study names whom it likes.
        state.accounts[said["account"]] = Account(said["person"], names_others=True)


def _mapped(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.accounts[said["account"]] = Account(said["person"], said["names_others"])


def _of_organization(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    if not said.get("organization"):
        return {"of": ""}
    return {"of": phrase("of_organization", name=Phrase(said["organization"], said["organization_zh"]))}


def _warn_of_a_person(_entry: Entry, said: Payload) -> Iterable[Finding]:
    """A second identifier of one name; and of which organization somebody acts for the whole study, if nobody says."""
    person = said["person"]
    if others := said.get("namesakes"):
        yield warning("person.namesake", person, person=person, others=others)
    if not said.get("organization"):
        yield warning("person.no_organization", person, person=person, role=said["role"])


def _dismissed(state: StudyState, _entry: Entry, said: Payload) -> None:
    if person := state.people.get(said["person"]):
        person.appointed = [held for held in person.appointed if held != (said["role"], said["site"])]
        person.ends.pop((said["role"], said["site"]), None)


def _paused(state: StudyState, _entry: Entry, said: Payload) -> None:
    if said["scope"] == "stratum":
        state.paused_strata[said["stratum"]] = said["reason"]
    else:
        state.paused = said["reason"]


def _resumed(state: StudyState, _entry: Entry, said: Payload) -> None:
    if said["scope"] == "stratum":
        state.paused_strata.pop(said["stratum"], None)
    else:
        state.paused = None


def _locked(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.locked = said["reason"]


def _unlocked(state: StudyState, _entry: Entry, _said: Payload) -> None:
    state.locked = None


def _amended(state: StudyState, entry: Entry, said: Payload) -> None:
    state.version, state.digest = said["version"], said["digest"]
    state.digests.append(state.digest)
    if said.get("scheme"):
        state.schemes.append(said["scheme"])
    if not said.get("awaits_approval"):
        for versions in state.followed.values():
            versions.append((str(entry.at)[:10], state.digest))


def _adopted(state: StudyState, _entry: Entry, said: Payload) -> None:
    state.followed.setdefault(said["site"], [("", state.digests[0])]).append((said["date"], said["digest"]))


def _restored(state: StudyState, entry: Entry, said: Payload) -> None:
    state.restored = str(entry.at)
    if said.get("scheme"):  # ledgers of older versions went on with the draws that had been seen
        state.schemes.append(said["scheme"])


def _unsealed(state: StudyState, _entry: Entry, _said: Payload) -> None:
    state.unsealed = True


def _sees(state: StudyState, entry: Entry, _said: Payload) -> None:
    if (person := state.people.get(entry.actor)) is not None:
        person.saw.setdefault(entry.role, entry.seq)


def _reads(state: StudyState, entry: Entry, said: Payload) -> None:
    if said["participant"] is None:  # one participant's arm is known to whoever treats them
        _sees(state, entry, said)


def _copies(state: StudyState, entry: Entry, said: Payload) -> None:
    if said["door"] == "keys":  # with the secret every arm is known, those to come too
        _sees(state, entry, said)


def _imported(state: StudyState, entry: Entry, said: Payload) -> None:
    state.imports.setdefault(said["import"], entry.seq)


def _scope(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    stratum = said.get("scope") == "stratum"
    return {"what": phrase("scope.stratum", stratum=said["stratum"]) if stratum else phrase("scope.study")}


def _left_open(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    left = said.get("open_queries", 0)
    if not left:
        return {"left": phrase("none_left")}
    return {"left": phrase("left_open_one", n=left) if left == 1 else phrase("left_open", n=left)}


def _file(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"name": said["file"]["name"]}


def _others(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"others": phrase("names_others") if said["names_others"] else ""}


def _end(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    return {"end": phrase("until", day=said["until"]) if said.get("until") else ""}


def _read(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    whom = said.get("participant")
    return {"what": phrase("read.arm", participant=whom) if whom else phrase(f"read.{said['arms']}")}


def _copied(_entry: Entry, said: Payload) -> Mapping[str, Any]:
    whom = said.get("participant")
    return {
        "what": phrase("copy.of", participant=whom) if whom else "",
        "arms": "" if said["arms"] == "hidden" else phrase("copy.arms"),
    }


STUDY_OPENED = EntryKind(
    "study_opened",
    "study",
    ("The study is opened with version {protocol_version} of the protocol", "研究已建立，方案版本{protocol_version}"),
    on_study=_opened,
)
SEED_COMMITTED = EntryKind(
    "seed_committed",
    "study",
    ("The study is committed to its secret", "研究已对其密钥作出承诺"),
    on_study=_committed,
)
SITE_OPENED = EntryKind("site_opened", "study", ("Site {site} is open", "中心{site}已启动"), on_study=_site_opened)
SITE_CLOSED = EntryKind("site_closed", "study", ("Site {site} is closed", "中心{site}已关闭"), on_study=_site_closed)
PERSON_APPOINTED = EntryKind(
    "person_appointed",
    "study",
    ("{person} is {role}{of}{end}", "{person}已任命为{role}{of}{end}"),
    on_study=_appointed,
    tells=lambda entry, said: {**_of_organization(entry, said), **_end(entry, said)},
    warns=_warn_of_a_person,
)
PERSON_DISMISSED = EntryKind(
    "person_dismissed", "study", ("{person} is no longer {role}", "{person}不再担任{role}"), on_study=_dismissed
)
STUDY_PAUSED = EntryKind("study_paused", "study", ("{what} is paused", "{what}已暂停"), on_study=_paused, tells=_scope)
STUDY_RESUMED = EntryKind(
    "study_resumed", "study", ("{what} is resumed", "{what}已恢复"), on_study=_resumed, tells=_scope
)
LOCKED = EntryKind(
    "locked", "study", ("The study is locked{left}", "研究已锁定{left}"), on_study=_locked, tells=_left_open
)
UNLOCKED = EntryKind("unlocked", "study", ("The study is unlocked", "研究已解锁"), on_study=_unlocked)
AMENDED = EntryKind(
    "amended", "study", ("Version {version} of the protocol is in force", "方案{version}版已生效"), on_study=_amended
)
VERSION_ADOPTED = EntryKind(
    "version_adopted",
    "study",
    (
        "Site {site} follows version {version} of the protocol from {date} on",
        "中心{site}自{date}起遵循方案{version}版",
    ),
    on_study=_adopted,
)
ALLOCATIONS_UNSEALED = EntryKind(
    "allocations_unsealed",
    "study",
    ("{count} allocations are unsealed", "已揭盲{count}例分配"),
    on_study=_unsealed,
)
BALANCE_READ = EntryKind(
    "balance_read", "study", ("The balance of the arms was looked at", "已查看各组的均衡情况"), on_study=_sees
)
ACCESS_REVIEWED = EntryKind(
    "access_reviewed",
    "study",
    (
        "Access was reviewed as of entry {seq}: people {people}, appointments {appointments}, accounts {accounts}",
        "已审查截至条目{seq}的各人权限：{people}人，{appointments}项任命，{accounts}个账户",
    ),
)
ACCOUNT_MAPPED = EntryKind(
    "account_mapped",
    "study",
    ("The account {account} acts as {person}{others}", "账户{account}以{person}的身份操作{others}"),
    on_study=_mapped,
    tells=_others,
)
READING_NOTED = EntryKind(
    "reading_noted",
    "study",
    ("{what}, as of entry {seq}, by `{door}`", "通过“{door}”查看了{what}（截至条目{seq}）"),
    on_study=_reads,
    tells=_read,
)
COPY_NOTED = EntryKind(
    "copy_noted",
    "study",
    (
        "A copy{what} as of entry {seq} was taken out by `{door}`{arms}",
        "已通过“{door}”取出副本{what}（截至条目{seq}）{arms}",
    ),
    on_study=_copies,
    tells=_copied,
)
CUT_MADE = EntryKind(
    "cut_made", "study", ("The data cut {cut} at entry {seq} was noted", "已登记数据截点{cut}（条目{seq}）")
)
FILE_IMPORTED = EntryKind(
    "file_imported", "study", ("{name} is taken in", "已导入{name}"), on_study=_imported, tells=_file
)
PROJECTIONS_REBUILT = EntryKind(
    "projections_rebuilt", "study", ("{count} values of projections were rebuilt", "已重建投影中的{count}个值")
)
LEDGER_RESTORED = EntryKind(
    "ledger_restored",
    "study",
    (
        "The study goes on after entry {last} though entry {seen} was seen",
        "研究从条目{last}之后继续，而条目{seen}曾被看到",
    ),
    on_study=_restored,
)
CHECKPOINT_SIGNED = EntryKind(
    "checkpoint_signed", "study", ("The checkpoint of entry {seq} was noted", "已登记条目{seq}的检查点")
)
