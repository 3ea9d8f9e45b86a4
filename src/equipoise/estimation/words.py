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
