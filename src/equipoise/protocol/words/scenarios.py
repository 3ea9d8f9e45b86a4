"""What a protocol is told about scenarios, their outcomes and what follows from records: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "scenario.probability": Words(
        en=("`{name}` is {value}", "a probability lies between 0 and 1", "Correct it."),
        zh=("`{name}`为{value}", "概率介于0与1之间", "请更正。"),
    ),
    "scenario.probability/cured": Words(
        en=(
            "`cured` is {cured}",
            "a share is not below 0, and if nobody were left the outcome would never strike",
            "Correct it, or remove the outcome.",
        ),
        zh=(
            "`cured`为{cured}",
            "占比不能小于0；若无人剩余，该结局永不发生",
            "请更正，或删除该结局。",
        ),
    ),
    "scenario.cured": Words(
        en=(
            "{cured} are never struck, and {share} are said to be free of it at some time",
            "the curve is that of everybody and ends at the cured share, so that it never falls so low",
            "Lower `cured`, or give the hazard of the others by `per_month`.",
        ),
        zh=(
            "{cured}的人永不发生，而某时点未发生者被设为{share}",
            "曲线针对全体，最终止于治愈比例，不会降至如此之低",
            "请降低`cured`，或以`per_month`给出其余人的风险率。",
        ),
    ),
    "scenario.prevalence": Words(
        en=(
            "`prevalence` is 0",
            "nobody who is approached would be of the trial's population",
            "Give a share above 0, or leave it out.",
        ),
        zh=("`prevalence`为0", "受邀者中将无人属于试验的目标人群", "请给出大于0的比例，或删除。"),
    ),
    "scenario.outside_refused": Words(
        en=(
            "a share of {share} of the visits is held outside its window",
            "the protocol takes no such visit (`dates.window: refused`): a rehearsal plays them as missed",
            "Take visits outside windows (`asked`, `kept`), or say 0 here and what is missed in `missed_visit`.",
        ),
        zh=(
            "有{share}的访视超出窗口期",
            "方案不接受此类访视（`dates.window: refused`）：预演将其作为漏访",
            "请允许超窗访视（`asked`、`kept`），或在此填0，并在`missed_visit`中写明漏访比例。",
        ),
    ),
    "scenario.monitoring": Words(
        en=(
            "a monitor comes every {days} days",
            "a site is visited once a day at most",
            "Give the days between two visits, or leave it out.",
        ),
        zh=("监查员每{days}天到访一次", "每个中心每天至多监查一次", "请给出两次监查之间的天数，或删除。"),
    ),
    "name.duplicate/latent": Words(
        en=(
            "`{name}` is the name of something else already",
            "a rule of the scenario could not tell them apart",
            "Choose another name.",
        ),
        zh=("名称`{name}`已被使用", "情景中的规则无法区分两者", "请另选名称。"),
    ),
    "scenario.latent": Words(
        en=(
            "the latent `{name}` is not drawn",
            "a latent is a number, a word or a truth that each participant has from the start",
            "Use value, choice, choice_by, chance, normal, lognormal or uniform.",
        ),
        zh=(
            "潜在特征`{name}`并非随机抽取",
            "潜在特征是每名受试者自始具有的数字、词语或真假值",
            "请使用value、choice、choice_by、chance、normal、lognormal或uniform。",
        ),
    ),
    "scenario.visit_days": Words(
        en=(
            "the days of {visit} are given",
            "only a visit whose days count from randomization can be moved",
            "Leave it out.",
        ),
        zh=("给出了访视{visit}的日期", "只有自随机之日起算的访视才能移动", "请删除。"),
    ),
    "scenario.type/whole": Words(
        en=("'{code}' is chosen", "a whole number is needed here", "Correct it."),
        zh=("抽取的值为'{code}'", "此处须为整数", "请更正。"),
    ),
    "rule.circle/outcome": Words(
        en=("outcome `{outcome}` comes after itself", "it could never begin", "Name another outcome."),
        zh=("结局`{outcome}`被设为在自身之后发生", "该结局永远无法开始", "请指定其他结局。"),
    ),
    "pick.not_there/scenario": Words(
        en=(
            "form `{form}` is not used at visit {visit}",
            "it could not be recorded there",
            "Name a visit that uses the form.",
        ),
        zh=("访视{visit}不使用表单`{form}`", "在该处无法记录", "请指定使用该表单的访视。"),
    ),
    "item.not_a_date/event": Words(
        en=("`{item}` is not a date", "its type is {type}", "Name the date of the event."),
        zh=("`{item}`不是日期", "其类型为{type}", "请引用事件的日期条目。"),
    ),
    "rule.circle/follow": Words(
        en=(
            "form `{form}` follows {after}, and leads to it again",
            "it would follow again and again without end",
            "Name another form, or describe an outcome with `times`.",
        ),
        zh=(
            "表单`{form}`随{after}之后产生，又再次引出{after}",
            "将无休止地重复产生",
            "请指定其他表单，或用带`times`的结局描述。",
        ),
    ),
    "scenario.follow": Words(
        en=(
            "visit {visit} is not a log",
            "what follows something else comes at any time and any number of times",
            "Name a log.",
        ),
        zh=("访视{visit}不是日志型访视", "随其他记录产生的记录可在任何时间、任意次数出现", "请指定日志型访视。"),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "latent.too_early": ("a latent is drawn before anything is recorded", "潜在特征在任何记录之前抽取"),
    "place.at_randomization": ("randomization", "随机"),
}
