"""Where a study stands, for a terminal and for a program. Names no arm: the status knows none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from equipoise.cli.language import Voice
from equipoise.conduct.folder.status import FAILED, STAGES, QueryCounts, StudyStatus
from equipoise.reports.columns import columns, wide
from equipoise.wording.literals import literals_checked
from equipoise.words import Language

__all__ = ["status_data", "status_lines"]

_MOST = 20  # erasures and notices that are told one by one
_WIDTH = 10  # of a column at the least, so that sites and studies can be compared by eye


@literals_checked
def status_data(status: StudyStatus, language: Language) -> dict[str, Any]:
    """The status as data for JSON; the names of the trial and of its sites in `language`."""
    sites = [{**asdict(site), "name": site.name.in_(language)} for site in status.sites]
    out = [finding.as_data(language) for finding in status.running_out]
    return {**asdict(status), "title": status.title.in_(language), "sites": sites, "running_out": out}


def status_lines(status: StudyStatus, say: Voice) -> list[str]:
    """The status for a terminal."""
    mark = "" if status.environment == "production" else say(f"status.mark_{status.environment}")
    reached = say.join(
        say("status.of_stage", stage=_stage(stage, status, say), n=count) for stage, count in status.reached.items()
    )
    return [
        say("status.head", study=status.study, title=status.title, mark=mark),
        say("status.protocol", version=status.version, digest=status.protocol_digest[:16]),
        say("status.ledger", entries=status.entries, head=status.head[:16], at=status.last_entry_at),
        say("status.standing", standing=_standing(status, say)),
        say("status.people", n=status.people),
        *_appointments(status, say),
        "",
        say("status.stand_now"),
        *_table(status, say),
        "",
        say("status.reached", reached=reached),
        say("status.withdrawals", n=sum(status.withdrawals.values()), extents=_extents(status.withdrawals, say)),
        say(
            "status.oddities",
            deviations=status.deviations,
            refusals=status.refusals,
            in_error=status.in_error,
            duplicates=status.duplicates,
        ),
        *_mended(status, say),
        *_noticed(status.noticed, say),
        *_unblinded(status, say),
        *_of_queries(status, say),
        *_erased(status, say),
        *_kept(status, say),
        *_waiting(status, say),
        *_consents(status, say),
        *(say.tell(finding) for finding in status.running_out),
    ]


def _appointments(status: StudyStatus, say: Voice) -> list[str]:
    """What ends by itself soon, and what has."""
    lines = []
    for what, found in (("ending", status.ending), ("ended", status.ended)):
        told = [
            say(
                "status.appointment",
                person=one.person,
                role=one.role,
                site=one.site or say("status.whole"),
                day=one.until,
            )
            for one in found
        ]
        lines += [say(f"status.{what}", appointments=say("semicolon").join(told))] if told else []
    return lines + _access(status, say) + _trail(status, say)


def _access(status: StudyStatus, say: Voice) -> list[str]:
    """When who may what was last reviewed; in a real study also that it never was."""
    if (found := status.access) is None or (found.entry is None and status.environment != "production"):
        return []
    facts = {"n": found.changes, "list": found.digest[:16]}
    if found.days is None:
        return [say("status.access_never", **facts)]
    age = say.count("days", found.days)
    return [say("status.access", entry=found.entry, by=found.by, day=found.on, age=age, **facts)]


def _trail(status: StudyStatus, say: Voice) -> list[str]:
    """How far the audit trail was reviewed; in a real study also that it never was."""
    if (found := status.trail) is None or (found.last is None and status.environment != "production"):
        return []
    if found.last is None or found.days is None:
        return [say("status.trail_never", n=found.unreviewed)]
    last = found.last
    part = last.participant or last.site or say("status.whole")
    facts = {"by": last.by, "day": last.at[:10], "upto": last.upto, "age": say.count("days", found.days)}
    return [say("status.trail", part=part, n=found.unreviewed, **facts)]


def _kept(status: StudyStatus, say: Voice) -> list[str]:
    """How old the last checkpoint, backup and drill are; in a real study also that there was none."""
    found = {one.what: one for one in status.kept}
    lines = []
    for what in ("checkpoint", "backup", "drill"):
        if (one := found.get(what)) is not None:
            age = say.count("days", one.days)
            told = say(f"status.kept_{what}", seq=one.seq, age=age, since=one.since, place=one.place)
            lines.append(told)
        elif status.environment == "production" and what != "drill":
            lines.append(say(f"status.kept_no_{what}"))
    return lines


def _mended(status: StudyStatus, say: Voice) -> list[str]:
    """Half-filled forms, forms struck out and moves, where there are any."""
    told = [
        say(f"status.mended_{what}", n=count)
        for what, count in (("drafts", status.drafts), ("struck", status.struck), ("moved", status.moved))
        if count
    ]
    return [say("status.mended", told=say.join(told))] if told else []


def _erased(status: StudyStatus, say: Voice) -> list[str]:
    """What was lawfully erased: how much in all, then each act."""
    if not status.erased:
        return []
    values, people = (
        sum(one.values for one in status.erased),
        {one.participant for one in status.erased if one.participant},
    )
    lines = [say("status.erased", values=values, people=len(people), acts=len(status.erased))]
    if (more := len(status.erased) - _MOST) > 0:
        lines.append(say("status.erased_more", n=more))
    for one in status.erased[-_MOST:]:
        agreed = say("status.erased_alone") if one.agreed_by is None else say("status.erased_agreed", by=one.agreed_by)
        what = say("status.erased_other", kind=one.kind)
        if one.form is not None:
            what = say("status.erased_items", form=one.form, items=say.join(one.items or ("?",)))
        facts = {"entry": one.entry, "by": one.by, "on": one.on, "reason": one.reason}
        who = one.participant or say("status.erased_study")
        lines.append(say("status.erased_one", participant=who, what=what, agreed=agreed, **facts))
    return lines


def _consents(status: StudyStatus, say: Voice) -> list[str]:
    """At which sites somebody has still to sign the consent in force."""
    sites = say.join(say("contact.of_site", site=site, n=n) for site, n in status.consents.items())
    return [say("status.consents", sites=sites)] if sites else []


def _waiting(status: StudyStatus, say: Voice) -> list[str]:
    """What waits for a second person, and who that may be."""
    lines = [say("status.waiting", n=len(status.waiting))] if status.waiting else []
    for one in status.waiting:
        fields = say.join(f"{name}={value}" for name, value in one.fields.items())
        who = say.join(one.may_agree) or say("status.waiting_nobody")
        where = one.site or say("status.all_sites")
        facts = {"request": one.request, "act": one.act, "fields": fields, "by": one.by, "right": one.right}
        lines.append(say("status.waiting_one", **facts, site=where, who=who))
    return lines


def _noticed(noticed: Mapping[str, int], say: Voice) -> list[str]:
    """What the system noticed against the protocol, where it noticed anything."""
    told = say.join(say(f"status.noticed_{check}", n=count) for check, count in noticed.items())
    return [say("status.noticed", noticed=told)] if told else []


def _unblinded(status: StudyStatus, say: Voice) -> list[str]:
    """How many were unblinded one by one, and of which of them whoever looks must know."""
    if not status.unblinded:
        return []
    told = [
        say("unblindings.of_category", category=say(f"unblindings.{category}"), n=n)
        for category, n in status.unblinded.items()
    ]
    lines = [say("status.unblinded", told=say.join(told))]
    if status.notices:
        lines.append(say("status.notices", n=len(status.notices)))
    for one in status.notices[-_MOST:]:
        facts = {"participant": one.participant, "site": one.site, "by": one.by, "day": one.date, "entry": one.entry}
        lines.append(say("status.notice", **facts, why=say(f"unblindings.{one.category}")))
    return lines


def _table(status: StudyStatus, say: Voice) -> list[str]:
    """The participants of each site by how far they have come."""
    standing = {site.site: say(f"status.site_{site.status.replace(' ', '_')}") for site in status.sites}
    stages = (*STAGES, FAILED) if FAILED in status.participants else STAGES
    rows = [
        [say("status.site"), _left(say("status.status")), *(_right(_stage(stage, status, say)) for stage in stages)],
        *([site.site, _left(standing[site.site]), *_counted(site.participants, stages)] for site in status.sites),
        [say("status.all_sites"), _left(""), *_counted(status.participants, stages)],
    ]
    return columns(rows, left=(0, 1))


def _stage(stage: str, status: StudyStatus, say: Voice) -> str:
    """What a stage is called; with one arm there is nothing to draw, and whoever is allocated entered the trial."""
    return say("status.entered" if stage == "randomized" and status.one_arm else f"status.{stage}")


def _counted(counts: Mapping[str, int], stages: Sequence[str]) -> list[str]:
    return [_right(str(counts.get(stage, 0))) for stage in stages]


def _left(cell: str) -> str:
    return cell + " " * (_WIDTH - wide(cell))


def _right(cell: str) -> str:
    return " " * (_WIDTH - wide(cell)) + cell


def _extents(withdrawals: Mapping[str, int], say: Voice) -> str:
    """From what they withdrew, where anybody did."""
    told = say.join(say(f"status.extent_{extent}", n=count) for extent, count in withdrawals.items())
    return say("bracket", said=told) if told else ""


def _of_queries(status: StudyStatus, say: Voice) -> list[str]:
    """All queries in one line, then each site where one waits."""
    lines = [say("status.queries", queries=_said_of_queries(status.queries, say))]
    return lines + [
        say("status.queries_of", site=site.site, queries=_said_of_queries(site.queries, say))
        for site in status.sites
        if site.queries.oldest_days is not None
    ]


def _said_of_queries(counts: QueryCounts, say: Voice) -> str:
    oldest = "" if counts.oldest_days is None else say("status.oldest", days=counts.oldest_days)
    return say("status.counts", open=counts.open, answered=counts.answered, closed=counts.closed, oldest=oldest)


def _standing(status: StudyStatus, say: Voice) -> str:
    said = [say("status.locked", reason=status.locked)] if status.locked is not None else []
    said += [say("status.paused", reason=status.paused)] if status.paused is not None else []
    said += [say("status.paused_stratum", stratum=s, reason=why) for s, why in status.paused_strata.items()]
    said += [say("status.unsealed")] if status.unsealed else []
    return say("semicolon").join(said) or say("status.running")
