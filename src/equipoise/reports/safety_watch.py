"""The safety stopping rules on one screen, in either language, and as data: numbers and boundaries, and what to do."""

from __future__ import annotations

from typing import Any

from equipoise.analysis.safety import SafetyCount, SafetyWatch, Watched
from equipoise.protocol.document import Protocol
from equipoise.reports.columns import columns
from equipoise.wording import Language
from equipoise.wording.literals import literals_checked

__all__ = ["watch_data", "watch_lines"]

WORDS: dict[str, tuple[str, str]] = {
    "head": ("{study} at entry {seq} ({at}), ledger head {head}", "{study}，条目{seq}（{at}），账本头{head}"),
    "no_rules": ("The protocol has no safety stopping rules.", "方案未规定安全性终止规则。"),
    "seen_shown": ("Arms are shown: keep this from those who treat.", "显示组别：请勿提供给治疗人员。"),
    "seen_masked": (
        (
            "The trial is double-blind and sealed: letters stand for the groups, "
            "and every group is held against the boundary."
        ),
        "双盲试验且尚未启封：以字母代表各组，各组均与界值比较。",
    ),
    "seen_pooled": (
        "All arms together: rules about single arms are judged by those who may see the arms.",
        "各组合并：针对单组的规则由有权知晓组别者判断。",
    ),
    "group": ("group", "组"),
    "participants": ("participants", "例数"),
    "events": ("events", "事件数"),
    "bound": ("too many", "过多"),
    "next": ("next look at", "下次评估"),
    "result": ("result", "结果"),
    "all": ("all together", "合并"),
    "below": ("below the boundary", "未达界值"),
    "crossed": ("CROSSED: {events} or more of the first {n}", "已越界：前{n}例中达{events}例及以上"),
    "no_look": ("no look yet", "尚未到首次评估"),
    "not_judged": ("not judged here", "此处不作判断"),
    "at_least": ("{events} of {n}", "{n}例中{events}例"),
    "never": ("none of {n}", "{n}例时无"),
    "ended": ("ended", "已结束"),
    "not_known": ("Not yet known, and not counted: {list}.", "尚不可知，未计入：{list}。"),
    "not_known_elsewhere": (
        "Not yet known, and not counted: {n} whom you may not see by name.",
        "尚不可知，未计入：{n}例（您不能查看其编号）。",
    ),
    "behind": ("Had the event: {list}.", "发生事件者：{list}。"),
    "one": ("{person} (entries {seqs})", "{person}（条目{seqs}）"),
    "action": ("What the protocol says: {action}", "方案规定：{action}"),
    "pause": (
        (
            "Nothing was paused. Whoever may pauses with the act `pause`: "
            "equipoise act DIR pause --as PERSON --set reason=..."
        ),
        "系统未暂停任何操作。有权者以操作`pause`暂停：equipoise act DIR pause --as PERSON --set reason=...",
    ),
    "comma": (", ", "、"),
}


@literals_checked
def watch_lines(protocol: Protocol, watch: SafetyWatch, language: Language = "en") -> list[str]:
    """The lines for a terminal."""

    def say(key: str, **blanks: object) -> str:
        return WORDS[key][language == "zh"].format(**blanks)

    cut = watch.cut
    lines = [say("head", study=cut.study, seq=cut.seq, at=cut.at[:19], head=cut.head[:16])]
    if not watch.rules:
        return [*lines, say("no_rules")]
    lines.append(say(f"seen_{watch.seen}"))
    arms = {arm.id: arm.label.in_(language) for arm in protocol.arms}
    for watched in watch.rules:
        lines += ["", f"{watched.rule.label.in_(language)} [{watched.rule.id}]"]
        heads = [say(key) for key in ("group", "participants", "events", "bound", "next", "result")]
        lines += columns([heads, *(_row(count, arms, say) for count in watched.counts)], left=(0, 5))
        lines += _people(watched, say)
        if any(count.crossed for count in watched.counts):
            lines += [say("action", action=watched.rule.action.in_(language)), say("pause")]
    return lines


def _row(count: SafetyCount, arms: dict[str, str], say: Any) -> list[str]:
    name = say("all") if count.group is None else arms.get(count.group, count.group)
    first = [name, str(count.participants), str(count.had)]
    if not count.judged:
        return [*first, "–", "–", say("not_judged")]
    bound = "–"
    if count.bound is not None:
        key = "at_least" if count.bound.events is not None else "never"
        bound = say(key, events=count.bound.events, n=count.bound.participants)
    if count.crossed is not None:
        result = say("crossed", events=count.crossed.events, n=count.crossed.participants)
    else:
        result = say("below") if count.bound is not None else say("no_look")
    return [*first, bound, str(count.next_look) if count.next_look is not None else say("ended"), result]


def _people(watched: Watched, say: Any) -> list[str]:
    """Who had the event, with the entries behind; nobody is named beside an arm that is masked."""
    lines = []
    had = {person: seqs for count in watched.counts for person, seqs in count.events.items()}
    if had and not any(count.group is not None and count.group.startswith("masked_") for count in watched.counts):
        told = [say("one", person=p, seqs=say("comma").join(map(str, seqs))) for p, seqs in sorted(had.items())]
        lines.append(say("behind", list=say("comma").join(told)))
    if watched.not_known:
        lines.append(say("not_known", list=say("comma").join(watched.not_known)))
    if watched.not_known_elsewhere:
        lines.append(say("not_known_elsewhere", n=watched.not_known_elsewhere))
    return lines


def watch_data(watch: SafetyWatch) -> dict[str, Any]:
    """The same as data for JSON, with the whole boundary."""
    return {
        "cut": watch.cut.identity(),
        "arms": watch.seen,
        "crossed": watch.crossed,
        "rules": [
            {
                "id": one.rule.id,
                "event": one.rule.event,
                "set": one.rule.set,
                "acceptable": one.plan.acceptable,
                "boundary": [{"participants": b.participants, "events": b.events} for b in one.plan.bounds],
                "counts": [_data(count) for count in one.counts],
                "not_known": list(one.not_known),
                "not_known_elsewhere": one.not_known_elsewhere,
            }
            for one in watch.rules
        ],
    }


def _data(count: SafetyCount) -> dict[str, Any]:
    crossed = count.crossed
    masked = (count.group or "").startswith("masked_")
    return {
        "group": count.group,
        "participants": count.participants,
        "events": count.had,
        "who": None if masked else {person: list(seqs) for person, seqs in sorted(count.events.items())},
        "judged": count.judged,
        "crossed": None if crossed is None else {"participants": crossed.participants, "events": crossed.events},
        "next_look": count.next_look,
    }
