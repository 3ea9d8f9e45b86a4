"""What the acts about being in the trial refuse: screening, consent, enrollment, withdrawal."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "consent.missing": Words(
        en=(
            "{participant} has not consented",
            "nothing may be recorded without consent",
            "Record the consent first.",
        ),
        zh=("{participant}尚未签署知情同意", "未经知情同意不得记录任何数据", "请先记录知情同意。"),
    ),
    "consent.old_version": Words(
        en=(
            "version {version} of the consent is not in force",
            "version {in_force} is",
            "Ask for consent to the version in force.",
        ),
        zh=("知情同意书{version}版未生效", "现行版本为{in_force}", "请按现行版本取得知情同意。"),
    ),
    "consent.withdrawn": Words(
        en=("{participant} took the consent back", "a new consent is a new screening", "Screen under a new number."),
        zh=("{participant}已撤回知情同意", "重新同意即为重新筛选", "请以新编号筛选。"),
    ),
    "deviation.empty": Words(
        en=("a deviation needs a category and words", "whoever reads it must understand what happened", "Give both."),
        zh=("方案偏离须有类别和说明", "读者须能明白发生了什么", "请两者都填写。"),
    ),
    "deviation.reported": Words(
        en=(
            "entry {entry} reports this deviation of {participant} on {day} in the same words",
            "sent twice, it would be counted twice",
            "There is nothing to do; if there was another, say what tells it apart.",
        ),
        zh=(
            "条目{entry}已以相同文字报告{participant}于{day}的这一偏离",
            "重复提交会被重复计数",
            "无需操作；如确为另一次偏离，请写明区别。",
        ),
    ),
    "eligibility.not_known": Words(
        en=(
            "{criterion} cannot be assessed: {text}",
            "not recorded: {items}",
            "Record it, then enroll.",
        ),
        zh=("无法评估{criterion}：{text}", "未记录：{items}", "请先记录，再入组。"),
    ),
    "eligibility.not_met": Words(
        en=(
            "inclusion criterion {criterion} is not met: {text}",
            "{rule} with {values}",
            "Nobody may enter who is not eligible. If a value is wrong, correct it with a reason.",
        ),
        zh=(
            "不符合入选标准{criterion}：{text}",
            "{rule}，其中{values}",
            "不合格者不得入组。如数据有误，请更正并说明理由。",
        ),
    ),
    "eligibility.not_met/exclusion": Words(
        en=(
            "exclusion criterion {criterion} applies: {text}",
            "{rule} with {values}",
            "Nobody may enter who is not eligible. If a value is wrong, correct it with a reason.",
        ),
        zh=(
            "符合排除标准{criterion}：{text}",
            "{rule}，其中{values}",
            "不合格者不得入组。如数据有误，请更正并说明理由。",
        ),
    ),
    "participant.enrolled": Words(
        en=("{participant} is enrolled already", "on {day}", "There is nothing left to do."),
        zh=("{participant}已入组", "日期为{day}", "无需操作。"),
    ),
    "participant.number": Words(
        en=(
            "`{number}` cannot be a participant's number",
            "a number is letters, digits, - _ and ., at most 40 of them",
            "Give a number that says nothing about the person.",
        ),
        zh=(
            "“{number}”不能作为受试者编号",
            "编号由字母、数字及- _ .组成，最多40个字符",
            "请使用不透露个人信息的编号。",
        ),
    ),
    "participant.number/value": Words(
        en=(
            "`{number}` cannot be a participant's number",
            "other programs read it as no value, a truth, a number or a day",
            "Give another number.",
        ),
        zh=("“{number}”不能作为受试者编号", "其他程序会将其读作空值、真假、数字或日期", "请使用其他编号。"),
    ),
    "participant.number_form": Words(
        en=(
            "`{number}` is not of the form of this trial's numbers",
            "the protocol says {pattern}, for example {example}",
            "Write the number as the trial writes it.",
        ),
        zh=("“{number}”不符合本试验的编号格式", "方案规定为{pattern}，例如{example}", "请按本试验的写法填写编号。"),
    ),
    "participant.alike": Words(
        en=(
            "{participant} looks like {other}, who was screened",
            "one person would be two, or two people would be mixed up",
            "If it is the same person, use {other}; if it is another one, give a `reason`.",
        ),
        zh=(
            "编号{participant}与已筛选的{other}相似",
            "可能将一人当作两人，或将两人混淆",
            "若为同一人，请使用{other}；若为另一人，请填写 `reason` 说明理由。",
        ),
    ),
    "identity.known/here": Words(
        en=(
            "somebody with the identity of {participant} was screened at this center before",
            "one person counted twice breaks the randomization and the safety data of both",
            "Look into your own list. If it is so, use the first number; if a second one is right, say why: `again`.",
        ),
        zh=(
            "与{participant}身份相同者此前已在本中心筛选",
            "一人两次入组会破坏随机化，也会破坏两份安全性数据",
            "请核对本中心的身份清单。如属实，请使用原编号；如确需新编号，请填写`again`说明理由。",
        ),
    ),
    "identity.known/elsewhere": Words(
        en=(
            "somebody with the identity of {participant} was screened at another center before",
            "one person counted twice breaks the randomization and the safety data of both",
            "Ask them, and the trial's office. If a new number is right all the same, say why: `again`.",
        ),
        zh=(
            "与{participant}身份相同者此前已在另一中心筛选",
            "一人两次入组会破坏随机化，也会破坏两份安全性数据",
            "请询问本人及试验办公室。如仍应使用新编号，请填写`again`说明理由。",
        ),
    ),
    "identity.nobody_before": Words(
        en=(
            "nobody is known to have been screened before with this identity",
            "`again` says why the same person gets a second number",
            "Leave it out.",
        ),
        zh=("未发现此身份曾被筛选", "`again`用于说明同一人为何使用第二个编号", "请删去该字段。"),
    ),
    "identity.wanted": Words(
        en=(
            "nothing is said by which {participant} is known again",
            "this protocol asks for {parts}",
            "Add `--identity FILE` (or `-`, to be asked), or say why it cannot be given: `unidentified`.",
        ),
        zh=(
            "未提供可识别{participant}的身份要素",
            "本方案要求{parts}",
            "请加上`--identity 文件`（或`-`，逐项询问），或填写`unidentified`说明无法提供的理由。",
        ),
    ),
    "identity.both": Words(
        en=(
            "an identity is given, and a reason why there is none",
            "only one of the two can be so",
            "Leave `unidentified` out.",
        ),
        zh=("既提供了身份，又说明无法提供", "两者只能有其一", "请删去`unidentified`。"),
    ),
    "identity.other_key": Words(
        en=(
            "this identity was marked with another key than the earlier ones",
            "by two keys the same person has two marks, and nobody would be known again",
            "Put the study's own `keys/identity.key` back, from the copy of the keys that was kept.",
        ),
        zh=(
            "该身份标记所用密钥与此前不同",
            "两个密钥会使同一人产生两个标记，无从识别",
            "请从留存的密钥副本恢复本研究的`keys/identity.key`。",
        ),
    ),
    "participant.taken": Words(
        en=("participant {participant} exists", "a number is given once", "Use the next free number."),
        zh=("受试者{participant}已存在", "编号只使用一次", "请使用下一个可用编号。"),
    ),
    "participant.withdrawn": Words(
        en=(
            "{participant} withdrew from {extent} already",
            "it is recorded once",
            "There is nothing left to do.",
        ),
        zh=("{participant}已退出{extent}", "只记录一次", "无需操作。"),
    ),
    "participant.withdrawn/enroll": Words(
        en=("{participant} withdrew on {day}", "a person who left is not enrolled", "Leave the record as it is."),
        zh=("{participant}已于{day}退出", "已退出者不再入组", "请保持记录原样。"),
    ),
    "participant.withdrawn/randomize": Words(
        en=("{participant} withdrew on {day}", "a person who left is not randomized", "Leave the record as it is."),
        zh=("{participant}已于{day}退出", "已退出者不再随机", "请保持记录原样。"),
    ),
    "participant.withdrawn/observed": Words(
        en=(
            "{participant} left on {day}, before {observed}",
            "what is observed after that may not be recorded",
            "Record only what was observed before, and say when.",
        ),
        zh=("{participant}已于{day}退出，早于{observed}", "此后的观察不得记录", "请只记录此前的观察，并写明日期。"),
    ),
    "participant.withdrawn/undated": Words(
        en=(
            "{participant} left on {day}",
            "what is observed after that may not be recorded",
            "Record only what was observed before, and say when.",
        ),
        zh=("{participant}已于{day}退出", "此后的观察不得记录", "请只记录此前的观察，并写明日期。"),
    ),
}
