"""Parts of the sentences: what a field takes, what needs a reason, what comes before, where."""

from __future__ import annotations

__all__ = ["PHRASES"]

PHRASES = {
    # What a field takes.
    "takes.text": ("text", "文字"),
    "takes.number": ("a whole number", "整数"),
    "takes.truth": ("true or false", "true 或 false"),
    "takes.value": ("a value", "单个值"),
    "takes.items": ("a mapping of item to value", "项目到值的映射"),
    "takes.texts": ("a mapping of name to text", "名称到文字的映射"),
    "takes.rows": ("a mapping of group to a list of rows", "组到行列表的映射"),
    "takes.blemishes": (
        "a list of blemishes, each with id, item, original and reason",
        "瑕疵列表，每项含id、item、original和reason",
    ),
    # What needs a reason, or words.
    "of.mark": ("a mark of error", "误随机标记"),
    "of.true_stratum": ("the true stratum", "真实分层"),
    "of.envelope": ("an allocation by envelope", "以信封完成的分配"),
    "of.opening": ("who opened the envelope", "信封开启者"),
    "of.trail_review": ("a review of the audit trail", "稽查轨迹审阅"),
    "trail.clear": ("nothing was found", "未发现问题"),
    "trail.found": ("something was found", "发现问题"),
    "trail.of_site": (" of site {site}", "（中心{site}）"),
    "of.access_review": ("a review of who may what", "权限审查"),
    "of.amendment": ("an amendment", "方案修订"),
    "of.restored": ("going on from an older ledger", "从较旧的账本继续"),
    "of.correction": ("a correction", "更正"),
    "of.corrections": ("the correction of {items}", "{items}的更正"),
    "of.erasure": ("an erasure", "删除"),
    "of.lock": ("a lock", "锁定"),
    "of.unlock": ("unlocking", "解锁"),
    "of.checkpoint": ("the place of a checkpoint's copy", "检查点副本的存放处"),
    "of.pause": ("a pause", "暂停"),
    "of.resume": ("resuming", "恢复"),
    "of.declining": ("declining", "谢绝"),
    "of.closing": ("closing a query", "关闭质疑"),
    "of.unsealing": ("unsealing", "启封"),
    "of.unblinding": ("unblinding a participant", "揭盲"),
    "of.withdrawal": ("a withdrawal", "退出"),
    "of.answer": ("an answer", "回复"),
    "of.query": ("a query", "质疑"),
    # What comes before.
    "screening": ("the screening", "筛选"),
    "enrollment": ("the enrollment", "入组"),
    "randomization": ("the randomization", "随机分组"),
    "birth": ("the date of birth", "出生日期"),
    "anchor.enrollment": ("enrollment", "入组"),
    "anchor.randomization": ("randomization", "随机"),
    # What was odd of an envelope.
    "envelope.asked": (
        "The envelope was not used as it was to be: {odd}. Say what happened; it counts as a deviation.",
        "信封的使用与规定不符：{odd}。请说明经过；此项计为方案偏离。",
    ),
    "envelope.other_stratum": (
        "envelope {envelope} is for {of}, the participant belongs to {stratum}",
        "信封{envelope}用于{of}，而受试者属于{stratum}",
    ),
    "envelope.out_of_order": (
        "envelope {envelope} was opened before {before}",
        "信封{envelope}先于{before}开启",
    ),
    "envelope.other_arm": (
        "what was read is not what the envelope holds; the allocation is the envelope's",
        "所读内容与信封所载不符；分配以信封为准",
    ),
    "envelope.not_eligible": (
        "by the values that stand the participant is not known to be eligible",
        "按现有数据尚不能确认受试者符合入选条件",
    ),
    "envelope.paused": (
        "randomization is paused ({reason}): was the envelope opened before that?",
        "随机已暂停（{reason}）：信封是否在此之前开启？",
    ),
    "envelope.closed": (
        "site {site} is closed: was the envelope opened before that?",
        "中心{site}已关闭：信封是否在此之前开启？",
    ),
    # Where, and what.
    "form": ("form {form}", "表单{form}"),
    "group": ("group {group} of form {form}", "表单{form}的组{group}"),
    "no_day": ("no stated day", "未写明的日期"),
    "the_study": ("the study", "研究"),
    "status.answered": ("answered", "已回复"),
    "status.closed": ("closed", "已关闭"),
    "lacking.visit": ("visit", "访视"),
    "lacking.form": ("form", "表单"),
    "lacking.row": ("row", "行"),
    "lacking.group": ("group", "组"),
}
