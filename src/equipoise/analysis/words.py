"""What an analysis may note of itself, what writing and tracing it refuse, and how they say it."""

from equipoise.findings import Table
from equipoise.words import Words

_WAIT = ("Wait for more events, or plan a simpler analysis.", "请等待更多事件，或计划更简单的分析。")
_NOT_ESTIMATED = ("this could not be estimated", "未能估计")
_COMBINE = ("Combine levels that are too small, in the plan.", "请在计划中合并样本过小的水平。")
_TIMELESS = ("without a time they cannot be analyzed", "没有时间便无法纳入分析")


def _not_estimated(why: tuple[str, str], mend: tuple[str, str] = _WAIT) -> Words:
    return Words((_NOT_ESTIMATED[0], why[0], mend[0]), (_NOT_ESTIMATED[1], why[1], mend[1]))


def _timeless(what: tuple[str, str], mend: tuple[str, str]) -> Words:
    return Words((what[0], _TIMELESS[0], mend[0]), (what[1], _TIMELESS[1], mend[1]))


_BALANCE = {
    "balance.unknown_value": Words(
        en=(
            "{value} names no item and no variable of a participant",
            "nothing can be tested of it",
            "Give names of the protocol, several of them by a space.",
        ),
        zh=("{value}不是受试者的项目或变量", "无法据此检验", "请填写方案中的名称，多个名称以空格分隔。"),
    ),
    "balance.exceeded": Words(
        en=(
            "an arm is {away} participants off its share",
            "the scheme keeps every arm within {most}",
            "Run `equipoise verify`; if allocations hold, somebody was put in another stratum or marked in error.",
        ),
        zh=(
            "有一组偏离其应有份额{away}例",
            "随机方案使各组偏离不超过{most}例",
            "请运行`equipoise verify`；如分配无误，则有人被归入他层或被标记为误随机。",
        ),
    ),
}
_SELECTION = {
    "analysis.incomplete/value": Words(
        en=(
            "{count} participants of the set lack a known value of the endpoint",
            "they are not part of this analysis",
            "Complete the records, or plan a sensitivity analysis for missing values.",
        ),
        zh=(
            "该集合中有{count}名受试者缺少终点的已知值",
            "他们未纳入本分析",
            "请补全记录，或为缺失值计划敏感性分析。",
        ),
    ),
    "analysis.incomplete/grouping": Words(
        en=(
            "{count} participants of the set lack a value of its grouping, stratum, subgroup or covariate",
            "they are not part of this analysis",
            "Complete the records, or plan a sensitivity analysis for missing values.",
        ),
        zh=(
            "该集合中有{count}名受试者缺少分组、分层、亚组或协变量的值",
            "他们未纳入本分析",
            "请补全记录，或为缺失值计划敏感性分析。",
        ),
    ),
    "analysis.incomplete/level": Words(
        en=(
            "{count} participants of the set have no known value of {subgroup}",
            "they are in none of its levels",
            "Complete the records.",
        ),
        zh=("该集合中有{count}名受试者的{subgroup}未知", "他们不属于其任何水平", "请补全记录。"),
    ),
    "analysis.no_origin": _timeless(
        ("{count} participants have no date of origin", "{count}名受试者没有起点日期"),
        ("Record it, or choose a set in which everybody has one.", "请补录，或选择人人都有起点日期的集合。"),
    ),
    "analysis.no_end": _timeless(
        ("{count} participants have neither an event nor a censoring date", "{count}名受试者既无事件也无删失日期"),
        ("Record the last contact, or add a censoring at the origin.", "请记录末次联系日期，或增加起点处的删失。"),
    ),
    "analysis.no_status": _timeless(
        (
            "{count} participants have a duration but it is not known whether the event happened",
            "{count}名受试者有时间但不知是否发生事件",
        ),
        ("Record the status.", "请记录状态。"),
    ),
    "analysis.before_origin": _timeless(
        ("{count} participants have an end before the origin", "{count}名受试者的结束日期早于起点日期"),
        ("Correct one of the two dates.", "请更正两个日期之一。"),
    ),
    "analysis.erased": Words(
        en=(
            "what this reads was erased of {count} participants",
            "what happened to them is not known any more: they are not analyzed, and not counted as free of an event",
            "Read who erased what, and why, in the list of what was erased (`equipoise status`).",
        ),
        zh=(
            "有{count}名受试者的所需数据已被删除",
            "是否发生过事件已无从得知：他们未纳入本分析，也不计为未发生事件",
            "请在删除清单（`equipoise status`）中查看由谁删除、删除内容及原因。",
        ),
    ),
    "analysis.blinded": Words(
        en=(
            "the arms are not compared",
            "the trial is double-blind and its allocations are sealed; all arms are shown together",
            "Unseal the allocations first, or ask for `--arms masked`.",
        ),
        zh=(
            "各组未作比较",
            "试验为双盲且分配仍封存，各组合并显示",
            "请先解封分配，或使用`--arms masked`。",
        ),
    ),
    "analysis.nobody": Words(
        en=("nobody can be analyzed", "the set is empty at this cut", "Wait for data, or name another set."),
        zh=("无人可分析", "截点时该分析集为空", "请等待数据，或改用其他集合。"),
    ),
    "analysis.option_unused": Words(
        en=(
            "the plan gives `{option}`, and method {method} does not use it",
            "the result is as if it had not been written",
            "Take it out of the protocol in the next amendment, or plan a method that uses it.",
        ),
        zh=(
            "方案给出了`{option}`，而方法{method}不使用它",
            "结果与未写该选项时相同",
            "请在下次方案修订时删除它，或计划会使用它的方法。",
        ),
    ),
}

_METHODS = {
    "analysis.one_group": Words(
        en=(
            "there are not two groups to compare",
            "everybody who can be analyzed is in one group, or the arms are hidden",
            "Wait for data, or name another grouping.",
        ),
        zh=("没有两个可比较的组", "可分析者均在同一组，或组别被隐藏", "请等待数据，或改用其他分组。"),
    ),
    "analysis.no_variance": Words(
        en=(
            "nothing varies by then in: {groups}",
            (
                "nobody there had the event by then, or all had it; no error can be estimated from that, so that a "
                "difference has no p-value, and a mean time no interval"
            ),
            "Wait for events; where one group has none, the log-rank test can still compare.",
        ),
        zh=(
            "至该时间以下组中没有变异：{groups}",
            "至该时间其中无人发生事件，或全部发生；由此无法估计误差，故差值没有P值，平均时间没有区间",
            "请等待事件；若一组没有事件，对数秩检验仍可进行比较。",
        ),
    ),
    "analysis.group_empty": Words(
        en=(
            "nobody can be analyzed of: {groups}",
            "nothing is said of them here, and nothing is compared with them",
            "Wait for data.",
        ),
        zh=("以下组中无人可分析：{groups}", "此处不给出其结果，也不与其比较", "请等待数据。"),
    ),
    "analysis.unbounded": Words(
        en=(
            "the hazard ratio of {term} has no finite estimate",
            "its events are all on one side; the model is adjusted for it all the same",
            _COMBINE[0],
        ),
        zh=("{term}的风险比没有有限估计", "其事件全部集中在一侧；模型仍对其进行了校正", _COMBINE[1]),
    ),
    "analysis.unbounded/apart": Words(
        en=(
            "the hazard ratio of {term} has no finite estimate",
            (
                "at each event those who had it stand at one end of those then at risk, by {term} alone or together "
                "with other terms; the model is adjusted for it all the same"
            ),
            _COMBINE[0],
        ),
        zh=(
            "{term}的风险比没有有限估计",
            "每次事件中，发生者均位于当时处于风险者的一端（由{term}单独或与其他项共同决定）；模型仍对其进行了校正",
            _COMBINE[1],
        ),
    ),
    "analysis.level_left_out": Words(
        en=(
            "the test of interaction leaves out: {levels}",
            "there, not every group has participants, or nobody had the event",
            _COMBINE[0],
        ),
        zh=("交互作用检验未包括：{levels}", "在这些水平中缺少某一组，或无人发生事件", _COMBINE[1]),
    ),
    "analysis.not_estimated/one_sided": _not_estimated(
        (
            "the hazard ratio of {term} has no finite estimate: its events are all on one side",
            "{term}的风险比没有有限估计：其事件全部集中在一侧",
        )
    ),
    "analysis.not_estimated/apart": _not_estimated(
        (
            (
                "the hazard ratio of {term} has no finite estimate: at each event those who had it stand at one end "
                "of those then at risk, by {term} alone or together with other terms"
            ),
            (
                "{term}的风险比没有有限估计：每次事件中，发生者均位于当时处于风险者的一端"
                "（由{term}单独或与其他项共同决定）"
            ),
        )
    ),
    "analysis.not_estimated/reference": _not_estimated(
        (
            "nobody of the reference {reference} can be analyzed, and there is nothing to compare with",
            "参照组{reference}中无人可分析，没有可比较的对象",
        ),
        ("Wait for data, or name another reference.", "请等待数据，或改用其他参照组。"),
    ),
    "analysis.not_estimated/robust": _not_estimated(
        (
            "the robust standard error of {term} is 0: no participant moves the estimate",
            "{term}的稳健标准误为0：没有受试者影响该估计",
        )
    ),
    "analysis.not_estimated/never": _not_estimated(
        (
            "at no event was somebody of {never} at risk together with somebody of another group",
            "任何事件发生时，{never}与其他组均未同时有人处于风险中",
        )
    ),
    "analysis.not_estimated/first_day": _not_estimated(
        ("somewhere nobody was followed beyond the first day", "有的组中无人随访超过第一天"),
        ("Wait for data.", "请等待数据。"),
    ),
    "analysis.not_estimated/no_terms": _not_estimated(
        ("a Cox model needs a grouping or a covariate", "Cox模型需要分组或协变量"),
        ("Leave `by` out to compare the arms, or add covariates.", "如需比较各试验组请省略`by`，或增加协变量。"),
    ),
    "analysis.not_estimated/at_days": _not_estimated(
        ("the plan names no day", "计划未指定时点"), ("Add `at_days` in an amendment.", "请通过方案修订加上`at_days`。")
    ),
    "analysis.not_estimated/spread": _not_estimated(
        (
            "the mean of the only arm has no spread: fewer than two values, or all are equal",
            "唯一组的均数没有离散度：少于两个值，或全部相同",
        ),
        ("Wait for data, or see whether the right value was recorded.", "请等待数据，或核对所记录的值是否正确。"),
    ),
    "analysis.not_estimated/levels": Words(
        en=(
            "the interaction could not be tested",
            "fewer than two levels of the subgroup have events and participants in every group",
            "Wait for more events.",
        ),
        zh=("交互作用未能检验", "在每组中均有事件与受试者的亚组水平少于两个", "请等待更多事件。"),
    ),
    "analysis.not_estimated/interaction": Words(
        en=(
            "the interaction could not be tested",
            "the model with the interaction has no finite estimate",
            "Wait for more events.",
        ),
        zh=("交互作用未能检验", "含交互作用的模型没有有限估计", "请等待更多事件。"),
    ),
    "analysis.not_estimated/error": _not_estimated(
        ("the data do not allow it: {error}", "现有数据不足以得到该估计：{error}")
    ),
    "analysis.failed": Words(
        en=(
            "this could not be estimated",
            "the program failed at it: {error}; the other analyses are not affected",
            "Tell those who maintain the program, with the study's protocol and the entry of this cut.",
        ),
        zh=(
            "未能估计",
            "程序在此出错：{error}；其他分析不受影响",
            "请将研究方案与该截点的条目号告知程序维护者。",
        ),
    ),
}

_WRITING = {
    "analysis.not_written": Words(
        en=(
            "the results could not be written",
            "{reason}",
            "Choose a folder that you may write to and that has room; nothing was left behind.",
        ),
        zh=("结果未能写入", "{reason}", "请选择有写入权限且空间足够的文件夹；没有遗留任何内容。"),
    ),
    "analysis.place_taken": Words(
        en=(
            "the results cannot be put here",
            "{reason}",
            "Name another folder, or move what is yours out of it; an analysis replaces nothing but an analysis.",
        ),
        zh=("结果不能放在此处", "{reason}", "请指定其他文件夹，或移走您的内容；分析只会替换分析。"),
    ),
}

_AGAIN = (
    "Analyze first; or name with --out the folder that an analysis was written to.",
    "请先进行分析；或用--out指定写有分析结果的文件夹。",
)
_TRACING = {
    "trace.no_such_result": Words(
        en=(
            "there is no result and no analysis `{result}`",
            "the analyses and their results are: {known}",
            "Name one of them.",
        ),
        zh=("没有结果或分析`{result}`", "现有分析及其结果：{known}", "请指定其中之一。"),
    ),
    "trace.other_ledger": Words(
        en=(
            "entry {entry} of this ledger is not the one that was analyzed",
            "the chain hash in the results and the one in the ledger differ",
            "Trace in the study that the results came from; if it is this one, verify its ledger at once.",
        ),
        zh=(
            "本账本的条目{entry}不是所分析的条目",
            "结果中的链哈希与账本中的不一致",
            "请在产生该结果的研究中追溯；若正是本研究，请立即核验账本。",
        ),
    ),
    "trace.not_in_result": Words(
        en=(
            "participant {participant} is not among the rows of `{result}`",
            "the participant does not exist, is outside the set, or has no usable value",
            "See the result's findings.",
        ),
        zh=(
            "受试者{participant}不在`{result}`的分析行中",
            "该受试者不存在、不在分析集内，或没有可用的值",
            "请查看该结果的备注。",
        ),
    ),
    "trace.lost_entry": Words(
        en=(
            "entries {entries} are named by the rows and not found until the cut",
            "the rows were changed, or the ledger lost entries",
            "Verify the ledger, and analyze again.",
        ),
        zh=(
            "分析行所列条目{entries}在截点之前未找到",
            "分析行被更改，或账本丢失了条目",
            "请核验账本，并重新分析。",
        ),
    ),
    "trace.no_analysis": Words(
        en=("this study has no analysis yet", "its reports folder holds no results.json", _AGAIN[0]),
        zh=("本研究尚无分析", "其reports文件夹中没有results.json", _AGAIN[1]),
    ),
    "trace.no_results": Words(
        en=("there is no readable results.json here", "nothing was analyzed into this folder", _AGAIN[0]),
        zh=("此处没有可读的results.json", "没有分析结果写入该文件夹", _AGAIN[1]),
    ),
    "trace.no_results/other": Words(
        en=(
            "this results.json is not of an analysis",
            "it was changed, or made by something else",
            "Analyze again.",
        ),
        zh=("该results.json不是分析结果", "它被更改过，或由其他程序生成", "请重新分析。"),
    ),
    "trace.no_rows": Words(
        en=(
            "the rows of this result cannot be read",
            "{reason}",
            "Analyze again: the same cut gives the same rows.",
        ),
        zh=("该结果的分析行无法读取", "{reason}", "请重新分析：同一截点得到相同的行。"),
    ),
}

TABLE = Table(
    "analysis",
    _BALANCE | _SELECTION | _METHODS | _WRITING | _TRACING,
    {
        "taken.file": ("it is a file", "它是一个文件"),
        "taken.stranger": ("{name} lies there and no analysis made it", "其中有{name}，不是由分析生成的"),
        "taken.row": ("no analysis made {name} in its folder rows", "其rows文件夹中的{name}不是由分析生成的"),
        "rows.columns": ("its columns are not those of analysis rows", "其列不是分析行的列"),
        "rows.missing": ("the file is missing or damaged", "文件缺失或损坏"),
        "trace.head": (
            (
                "method {method}, endpoint {endpoint}, set {set}, n {n}, entry {entry}, head {head}, "
                "protocol {protocol}, {software}"
            ),
            "方法{method}，终点{endpoint}，分析集{set}，例数{n}，条目{entry}，头部{head}，方案{protocol}，{software}",
        ),
        "trace.note": ("note: {what}; {why}. {mend}", "备注：{what}；{why}。{mend}"),
        "trace.withheld": (
            "the result is of the whole trial, and is not shown to who reads one site alone",
            "该结果属于整个试验，不向仅可查看单个中心者显示",
        ),
        "trace.more": (
            "... {count} more rows; name one with --participant, or ask for all with --rows 0",
            "……另有{count}行；可用--participant指定一名受试者，或用--rows 0显示全部",
        ),
        "trace.entry": ("entry {seq}", "条目{seq}"),
        "trace.made": ("{item}={value} [{rule}]", "{item}={value}〔{rule}〕"),
        "trace.rule": ("rule {rule}, protocol {protocol} {digest}", "规则{rule}，方案{protocol} {digest}"),
        "trace.erased": ("(erased)", "（已删除）"),
    },
)
finding, warning, refuse, phrase = TABLE.finding, TABLE.warning, TABLE.refuse, TABLE.phrase
