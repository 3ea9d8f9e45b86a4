"""What the system says when it opens or closes a query: the rule's message, the values found, what must hold; in both languages.

Whoever reads it must understand it without a guideline at hand. Never prints the arm, nor a rule that rests on it, nor an
answer that could identify the person: queries are read by whoever is blinded too (ICH E6(R3) 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equipoise.forms import Check, Codelist, Item
from equipoise.protocol.document import Protocol
from equipoise.protocol.scope import names_behind
from equipoise.rules import read_rule
from equipoise.wording import Text

__all__ = ["found_values", "words_of_closing", "words_of_opening"]

_BUILT_INS = {
    "participant": ("Participant", "受试者"), "site": ("Site", "中心"), "screened_date": ("Date of screening", "筛选日期"),
    "consented_date": ("Date of consent", "知情同意日期"), "enrolled_date": ("Date of enrollment", "入选日期"),
    "randomized_date": ("Date of randomization", "随机分组日期"), "withdrawn_date": ("Date of withdrawal", "退出日期"),
    "cut_date": ("Date of the data cut", "数据截点日期"), "consented": ("Consented", "已知情同意"),
    "enrolled": ("Enrolled", "已入选"), "randomized": ("Randomized", "已随机分组"), "withdrawn": ("Withdrawn", "已退出"),
    "stopped_treatment": ("Stopped treatment", "已停止治疗"), "stopped_treatment_date": ("Date of stopping treatment", "停止治疗日期"),
    "left_follow_up": ("Left follow-up", "已退出随访"), "left_follow_up_date": ("Date of leaving follow-up", "退出随访日期"),
    "withdrew_consent": ("Withdrew consent", "已撤回知情同意"), "withdrew_consent_date": ("Date of withdrawing consent", "撤回知情同意日期"),
}  # fmt: skip
_TRUTH = {True: ("yes", "是"), False: ("no", "否"), None: ("not recorded", "未记录")}
_HIDDEN = ("not shown", "不予显示")


def words_of_opening(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, str]:
    """The text of a query: what the check says, what was found, and what must hold. `values` are canonical."""
    found_en, found_zh = _found(protocol, check, values)
    must_en, must_zh = "", ""
    if "arm" not in names_behind(protocol, read_rule(check.rule).names):
        must_en, must_zh = f" What must hold: {check.rule}.", f"应满足：{check.rule}。"
    return {
        "en": f"{_sentence(check.message.en, '.')} Found: {found_en}.{must_en}",
        "zh": f"{_sentence(check.message.zh, '。')}现有数据：{found_zh}。{must_zh}",
    }


def words_of_closing(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, str]:
    """Why the system closed a query: the check holds, with the values that stand."""
    found_en, found_zh = _found(protocol, check, values)
    return {"en": f"The check {check.id} holds: {found_en}.", "zh": f"核查 {check.id} 已满足：{found_zh}。"}


def found_values(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that may be told, by name."""
    return {name: values.get(name) for name in read_rule(check.rule).names if not _is_hidden(protocol, name)}


def _found(protocol: Protocol, check: Check, values: Mapping[str, Any]) -> tuple[str, str]:
    pairs = [_name_and_value(protocol, name, values.get(name)) for name in read_rule(check.rule).names]
    told = [pair for pair in pairs if pair is not None]
    return "; ".join(en for en, _ in told) or "-", "；".join(zh for _, zh in told) or "-"


def _is_hidden(protocol: Protocol, name: str) -> bool:
    known = protocol.item_by_id.get(name)
    return "arm" in names_behind(protocol, (name,)) or (known is not None and known[2].identifying)


def _name_and_value(protocol: Protocol, name: str, value: Any) -> tuple[str, str] | None:
    """`Age (age) = 17 years` in both languages; nothing at all where it would tell the arm."""
    if "arm" in names_behind(protocol, (name,)):
        return None
    label, shown = _label(protocol, name), _HIDDEN if _is_hidden(protocol, name) else _shown(protocol, name, value)
    return f"{label[0]} ({name}) = {shown[0]}", f"{label[1]}（{name}）= {shown[1]}"


def _label(protocol: Protocol, name: str) -> tuple[str, str]:
    clause = _clause(protocol, name)
    if clause is None:
        return _BUILT_INS.get(name, (name, name))
    label: Text = clause.label
    return label.en, label.zh


def _clause(protocol: Protocol, name: str) -> Any:
    """The item or variable of that name; None for a built-in."""
    known = protocol.item_by_id.get(name)
    item: Item | None = known[2] if known is not None else None
    return item if item is not None else protocol.variable_by_id.get(name)


def _shown(protocol: Protocol, name: str, value: Any) -> tuple[str, str]:
    if value is None or isinstance(value, bool):
        return _TRUTH[value]
    clause = _clause(protocol, name)
    codelist: Codelist | None = protocol.codelist_by_id.get((clause and clause.codelist) or "")
    code = next((c for c in codelist.codes if c.code == value), None) if codelist is not None else None
    if code is not None:
        return f"{value} {code.label.en}", f"{value} {code.label.zh}"
    unit = f" {clause.unit}" if clause is not None and clause.unit else ""
    return f"{value}{unit}", f"{value}{unit}"


def _sentence(text: str, stop: str) -> str:
    """The message with a full stop at its end, whether its author wrote one or not."""
    return text if text.endswith((".", "?", "!", "。", "？", "！")) else text + stop
