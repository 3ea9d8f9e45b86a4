"""What the estimators refuse, and how they say it."""

from equipoise.findings import Table
from equipoise.words import Words

TABLE = Table(
    "estimation",
    {
        "estimation.nobody": Words(
            en=(
                "a proportion needs at least one participant",
                "nothing can be estimated from nobody",
                "Wait for data.",
            ),
            zh=("比例至少需要一名受试者", "没有受试者便无从估计", "请等待数据。"),
        ),
        "estimation.count": Words(
            en=("{given} is no number of people", "people are counted in whole numbers", "Give for example 12."),
            zh=("{given}不是人数", "人数须为整数", "例如12。"),
        ),
        "estimation.count/of": Words(
            en=("{given} of {n} people", "there are from none to all of them", "Give a number from 0 to {n}."),
            zh=("{n}人中{given}人", "须在0人与全部之间", "请给出0至{n}之间的数。"),
        ),
        "estimation.values": Words(
            en=("{given} are no values to average", "each must be a finite number", "Leave out what is missing."),
            zh=("{given}无法求均数", "每个值须为有限数", "请去除缺失值。"),
        ),
        "estimation.lengths": Words(
            en=(
                "{lengths} values, scores and groups",
                "each value has one score and one group",
                "Give as many of each.",
            ),
            zh=("值、评分与组的个数为{lengths}", "每个值须对应一个评分和一个组", "请给出相同个数。"),
        ),
        "estimation.confidence": Words(
            en=("{given} is not a level of confidence", "it must lie between 0 and 1", "Use for example 0.95."),
            zh=("{given}不是置信水平", "须在0与1之间", "例如0.95。"),
        ),
        "estimation.ratio": Words(
            en=("{given} is no ratio", "it must be positive and finite", "Give for example 0.8."),
            zh=("{given}不是比值", "须为有限正数", "例如0.8。"),
        ),
        "estimation.two_values": Words(
            en=(
                "a mean needs at least two values in each group",
                "one value shows no spread to judge a difference by",
                "Wait for data.",
            ),
            zh=("均数比较在每组中至少需要两个值", "单个值无离散度可供判断差异", "请等待数据。"),
        ),
        "estimation.no_spread": Words(
            en=(
                "all values of a group are equal",
                "there is no spread to judge the difference by",
                "Wait for data, or see whether the right value was recorded.",
            ),
            zh=("各组内的值全部相同", "无离散度可供判断差异", "请等待数据，或核对所记录的值是否正确。"),
        ),
    },
)
finding, refuse = TABLE.finding, TABLE.refuse
