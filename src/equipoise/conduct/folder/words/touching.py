"""What an amendment touches, line by line."""

from __future__ import annotations

__all__ = ["PHRASES"]

# What an amendment touches, line by line.
PHRASES = {
    "touched_all": ("{who}", "{who}"),
    "touched_more": ("{who} and {more} more", "{who}，另有{more}名"),
    "touched_dropped": (
        "dropped {kind} {name}: {records} records of {people} participants stay, with their end ({sites}): {who}",
        "删去{kind}{name}：{people}名受试者的{records}条记录保留，并注明其终止（{sites}）：{who}",
    ),
    "touched_dropped/nobody": ("dropped {kind} {name}: nothing was recorded", "删去{kind}{name}：尚无记录"),
    "touched_changed": (
        "changed {kind} {name}: {records} records of {people} participants ({sites}): {who}",
        "变更{kind}{name}：{people}名受试者的{records}条记录（{sites}）：{who}",
    ),
    "touched_changed/nobody": ("changed {kind} {name}: nothing was recorded", "变更{kind}{name}：尚无记录"),
    "touched_added": (
        "new {kind} {name}: not asked in {records} records of {people} participants ({sites}): {who}",
        "新增{kind}{name}：{people}名受试者的{records}条记录中未询问（{sites}）：{who}",
    ),
    "touched_added/nobody": ("new {kind} {name}", "新增{kind}{name}"),
    "element.site": ("site", "中心"),
    "element.form": ("form", "表单"),
    "element.item": ("item", "条目"),
    "element.code": ("code", "代码"),
    "element.visit": ("visit", "访视"),
    "element.visit_form": ("form of a visit", "访视表单"),
    "element.variable": ("variable", "变量"),
    "element.endpoint": ("endpoint", "终点"),
    "element.factor": ("factor", "分层因素"),
    "element.consent": ("consent to version", "知情同意版本"),
}
