"""What a protocol is told about looks, spending and futility: code to words."""

from equipoise.words import Words

# What is told of spending and of futility alike.
_PARAMETER = Words(
    en=(
        "{kind} without its parameter",
        "the function is a family, and the parameter says which member",
        "Add `parameter: ...`.",
    ),
    zh=("{kind}缺少参数", "该函数是一族函数，由参数确定其中哪一个", "请添加`parameter: ...`。"),
)
_NOT_POSITIVE = Words(
    en=("the parameter of {kind} is {parameter}", "it is positive", "Correct it."),
    zh=("{kind}的参数为{parameter}", "该参数须为正数", "请更正。"),
)
_UNREAD = Words(
    en=(
        "`{key}` with {kind}",
        "this kind does not read it",
        "Remove `{key}`, or choose the kind that was meant.",
    ),
    zh=("`{key}`与{kind}并用", "该类型不读取此键", "请删除`{key}`，或选择正确的类型。"),
)
_LISTED = Words(
    en=(
        "{values} values for {looks} looks",
        "what has been spent is listed look by look",
        "Give one value for each look.",
    ),
    zh=("{looks}次观察给出了{values}个值", "累积消耗须按观察逐次列出", "请为每次观察给出一个值。"),
)
_DECREASES = Words(
    en=(
        "the values {values} do not increase from 0",
        "they say what has been spent in all by each look, and what is spent does not come back",
        "Add them up look by look.",
    ),
    zh=("各值{values}未自0起递增", "各值表示至每次观察的累积消耗，已消耗者不会恢复", "请按观察逐次累加。"),
)

WORDS: dict[str, Words] = {
    "design.no_spending": Words(
        en=(
            "{looks} looks without a spending function",
            "repeated looks at the full alpha find something sooner or later",
            "Add `spending`.",
        ),
        zh=("计划{looks}次观察，但未指定α消耗函数", "每次均按全部α反复检验，迟早会出现阳性结果", "请添加`spending`。"),
    ),
    "design.looks": Words(
        en=(
            "looks at {before} and {now} of the information",
            "nobody could analyse between them",
            "Leave one of them out.",
        ),
        zh=("观察设在信息量的{before}与{now}", "两者之间无法完成分析", "请去掉其中之一。"),
    ),
    "design.spending/too_much": Words(
        en=("{spent} of alpha is spent", "there are {alpha} to spend", "End the values at {alpha}."),
        zh=("α共消耗{spent}", "可供消耗的α为{alpha}", "请使最后一个值为{alpha}。"),
    ),
    "design.spending/left": Words(
        en=(
            "{spent} of alpha is spent by the last look, and alpha is {alpha}",
            "what is not listed is never spent: not when planning, nor when simulating or monitoring",
            "End the values at {alpha}, or state the alpha that is meant.",
        ),
        zh=(
            "至最后一次观察共消耗α {spent}，而α为{alpha}",
            "未列出者永不消耗：设计、模拟与监查时皆然",
            "请使最后一个值为{alpha}，或写明实际的α。",
        ),
    ),
    "design.spending/no_look": Words(
        en=(
            "alpha is spent over looks, and there is no interim look",
            "at the only look all of alpha is used, whatever the function",
            "Add `looks`, or remove `spending`.",
        ),
        zh=(
            "设有α消耗函数，但无期中观察",
            "仅有一次观察时，无论何种函数均使用全部α",
            "请添加`looks`，或删除`spending`。",
        ),
    ),
    "design.spending/one_side": Words(
        en=(
            "boundaries of Pampallona and Tsiatis on one side only",
            "their upper and lower boundary are made for each other",
            "Use `kind: pampallona_tsiatis` for `spending` and for `futility`, or for neither.",
        ),
        zh=(
            "仅一侧使用Pampallona-Tsiatis界值",
            "其上、下界值须配套使用",
            "请在`spending`与`futility`中均使用`kind: pampallona_tsiatis`，或均不使用。",
        ),
    ),
    "design.futility/two_sided": Words(
        en=(
            "a futility bound in a two-sided design",
            "its lower boundary is already taken: it says that the treatment is worse",
            "Write `sides: 1` and `alpha: {alpha}`, or remove `futility`.",
        ),
        zh=(
            "双侧设计中设有无效性界值",
            "其下界值已用于表示试验治疗更差",
            "请写`sides: 1`和`alpha: {alpha}`，或删除`futility`。",
        ),
    ),
    "design.futility/no_look": Words(
        en=(
            "a futility bound without an interim look",
            "at the only look, what is not significant is not",
            "Add `looks`, or remove `futility`.",
        ),
        zh=("设有无效性界值，但无期中观察", "仅有一次观察时，不显著即为不显著", "请添加`looks`，或删除`futility`。"),
    ),
    "design.futility/harm": Words(
        en=(
            "`under_null` with {kind}",
            "a bound for harm spends its probability over the looks by a spending function",
            "Name a spending function, or remove `under_null`.",
        ),
        zh=(
            "`under_null`与{kind}并用",
            "危害界值须由消耗函数在各次观察间分配其概率",
            "请指定消耗函数，或删除`under_null`。",
        ),
    ),
    "design.futility/spent": Words(
        en=(
            "{spent} is spent by the last look",
            "there are {whole} to spend: 1 - power",
            "End the values at {whole}.",
        ),
        zh=("至最后一次观察共消耗{spent}", "可供消耗的为{whole}，即1减效能", "请使最后一个值为{whole}。"),
    ),
    "design.futility/spent_on_harm": Words(
        en=("{spent} is spent by the last look", "there are {whole} to spend", "End the values at {whole}."),
        zh=("至最后一次观察共消耗{spent}", "可供消耗的为{whole}", "请使最后一个值为{whole}。"),
    ),
    "design.futility/bounds": Words(
        en=(
            "{bounds} bounds for {looks} interim looks",
            "there is one for each look but the last",
            "Give one value for each interim look.",
        ),
        zh=(
            "{looks}次期中观察给出了{bounds}个界值",
            "除最后一次外，每次观察各有一个界值",
            "请为每次期中观察给出一个值。",
        ),
    ),
    "design.futility/bounds_of_one": Words(
        en=(
            "{bounds} bounds for 1 interim look",
            "there is one for each look but the last",
            "Give one value for each interim look.",
        ),
        zh=("1次期中观察给出了{bounds}个界值", "除最后一次外，每次观察各有一个界值", "请为每次期中观察给出一个值。"),
    ),
    "design.futility/not_positive": Words(
        en=("a hazard ratio that is not positive", "it is a ratio of rates", "Correct it."),
        zh=("风险比不为正数", "风险比是两个率之比", "请更正。"),
    ),
    "design.futility/no_ratio": Words(
        en=(
            "bounds of the hazard ratio, and no hazard ratio is assumed",
            "the bounds of the statistic follow from both",
            "Add `hazard_ratio`, or give the bounds as `z`.",
        ),
        zh=(
            "以风险比给出界值，但未假设风险比",
            "统计量的界值须由两者共同得出",
            "请添加`hazard_ratio`，或以`z`给出界值。",
        ),
    ),
    "design.futility/at_the_effect": Words(
        en=(
            "futility would be declared where the assumed effect itself is seen",
            "half of all trials with that effect would be stopped",
            "Choose bounds nearer to no effect.",
        ),
        zh=("观察到所假设的效应时仍会判为无效", "具有该效应的试验将有一半被终止", "请选择更接近无效应的界值。"),
    ),
    "design.spending/parameter": _PARAMETER,
    "design.futility/parameter": _PARAMETER,
    "design.spending/parameter_not_positive": _NOT_POSITIVE,
    "design.futility/parameter_not_positive": _NOT_POSITIVE,
    "design.spending/unread": _UNREAD,
    "design.futility/unread": _UNREAD,
    "design.spending/listed": _LISTED,
    "design.futility/listed": _LISTED,
    "design.spending/decreases": _DECREASES,
    "design.futility/decreases": _DECREASES,
}
PHRASES: dict[str, tuple[str, str]] = {}
