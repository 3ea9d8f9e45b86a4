"""What a rehearsal refuses, and what it says of what came of it."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

TABLE = Table(
    "rehearsal",
    {
        "rehearsal.numbers": Words(
            en=(
                "there are no more participants' numbers of the form {pattern}",
                "it has {count}, and those that look alike count as one",
                "Let `id_pattern` allow more, or rehearse with fewer participants.",
            ),
            zh=(
                "格式为{pattern}的受试者编号已用尽",
                "共有{count}个，其中相似者按一个计",
                "请让 `id_pattern` 容纳更多编号，或减少演练的受试者人数。",
            ),
        ),
        "rehearsal.production": Words(
            en=(
                "{folder} holds a real study, not a rehearsal",
                "virtual participants must never stand in the ledger of a trial",
                "Make a folder for rehearsing: equipoise new DIR --rehearsal --protocol ...",
            ),
            zh=(
                "{folder}中是真实研究，而非演练",
                "虚拟受试者绝不可进入试验账本",
                "另建演练文件夹：equipoise new DIR --rehearsal --protocol ...。",
            ),
        ),
        "rehearsal.participants": Words(
            en=("{participants} participants cannot be rehearsed", "there must be somebody", "Ask for 1 to {most}."),
            zh=("无法演练{participants}例受试者", "至少须有一例", "请给出1至{most}。"),
        ),
        "rehearsal.participants/many": Words(
            en=(
                "{participants} participants cannot be rehearsed",
                "each goes through the desk act by act, and more than {most} would take hours",
                "Ask for 1 to {most}.",
            ),
            zh=(
                "无法演练{participants}例受试者",
                "每例均须逐项操作，超过{most}例需数小时",
                "请给出1至{most}。",
            ),
        ),
        "rehearsal.until/early": Words(
            en=(
                "follow-up cannot end on {until}",
                "the scenario starts on {start}",
                "Name a day after {start}, or leave it out.",
            ),
            zh=("随访不能于{until}结束", "情景始于{start}", "请给出{start}之后的日期，或不填。"),
        ),
        "rehearsal.until/late": Words(
            en=(
                "follow-up until {until} is too long",
                "nobody is followed for {years} years after {start}",
                "Name an earlier day, or leave it out.",
            ),
            zh=("随访至{until}过长", "无人会在{start}之后随访{years}年", "请给出更早的日期，或不填。"),
        ),
        "rehearsal.accrual": Words(
            en=(
                "{participants} participants would never be recruited",
                "at the scenario's accrual the last one arrives after {years:,.0f} years",
                "Ask for fewer, or raise the accrual of the scenario.",
            ),
            zh=(
                "{participants}例受试者永远无法入组",
                "按情景的入组速度，最后一例在{years:,.0f}年之后方到",
                "减少例数，或提高情景的入组速度。",
            ),
        ),
        "rehearsal.halted/locked": Words(
            en=("the study is locked", "{reason}", "Make a new folder for the rehearsal."),
            zh=("研究已锁定", "{reason}", "为演练另建文件夹。"),
        ),
        "rehearsal.halted/paused": Words(
            en=("the study is paused", "{reason}", "Make a new folder for the rehearsal."),
            zh=("研究已暂停", "{reason}", "为演练另建文件夹。"),
        ),
        "rehearsal.used": Words(
            en=(
                "the folder holds the participants of something else",
                "entry {entry} is not of this rehearsal, and two would mix times and numbers",
                "Make a new folder: equipoise new DIR --rehearsal --protocol ...",
            ),
            zh=(
                "文件夹中已有其他来源的受试者",
                "条目{entry}不属于本次演练，两者会混淆时间与编号",
                "另建文件夹：equipoise new DIR --rehearsal --protocol ...。",
            ),
        ),
    },
    {
        "head": (
            "{study}: rehearsal of scenario {scenario}, seed {seed}, {start} to {until}",
            "{study}：情景{scenario}的演练，种子{seed}，{start}至{until}",
        ),
        "participants": (
            (
                "participants: {screened} screened, {failed} not eligible{why}, {enrolled} enrolled, {randomized} "
                "randomized, {withdrawn} withdrawn"
            ),
            "受试者：筛选{screened}例，不合格{failed}例{why}，入组{enrolled}例，随机{randomized}例，退出{withdrawn}例",
        ),
        "participants.one_arm": (
            (
                "participants: {screened} screened, {failed} not eligible{why}, {enrolled} enrolled, {randomized} "
                "entered the trial, {withdrawn} withdrawn"
            ),
            "受试者：筛选{screened}例，不合格{failed}例{why}，入组{enrolled}例，进入试验{randomized}例，退出{withdrawn}例",
        ),
        "participants.why": (" ({criteria})", "（{criteria}）"),
        "participants.late": (
            "{missing} of {participants} would have arrived after the end and were not screened",
            "{participants}例中有{missing}例将在结束之后到来，未予筛选",
        ),
        "records": (
            "records: {forms}; after enrollment {visits}, {missed} missed; {corrections} of {errors}, {deviations}",
            "记录：共{forms}；入组后{visits}，缺失{missed}；{errors}，{corrections}；{deviations}",
        ),
        "besides": ("besides: {counts}", "另有：{counts}"),
        "queries": (
            (
                "queries: {asked:,} raised ({checks:,} by checks, {people:,} by people at {visits}), {answered:,} "
                "answered, "
                "{closed:,} closed"
            ),
            (
                "质疑：提出{asked:,}条（核查{checks:,}条，人工{people:,}条，{visits}），已答复{answered:,}条，"
                "已关闭{closed:,}条"
            ),
        ),
        "outcomes": (
            "outcomes: {counts}; follow-up ended by one for {ended}",
            "结局：{counts}；因结局结束随访{ended}",
        ),
        "refused": ("refused at the desk: {code} ({count})", "操作被拒绝：{code}（{count}次）"),
        "supposed": ("supposed: {note}", "假定：{note}"),
        "ledger": (
            "ledger: entry {entry:,}, head {head}; {seconds:.1f} s ({rate:,.0f} entries/s)",
            "账本：条目{entry:,}，头部{head}；{seconds:.1f}秒（每秒{rate:,.0f}条）",
        ),
        "ledger.again": (
            "ledger: entry {entry:,}, head {head}; it was played to its end before, nothing was left to do",
            "账本：条目{entry:,}，头部{head}；此前已演练完毕，无事可做",
        ),
        "interrupted": (
            "Interrupted on {reached} of the rehearsal; the ledger is whole. The same command goes on from here.",
            "演练至{reached}时中断；账本完整。再次执行同一命令即可由此继续。",
        ),
        "counted": ("{name} {count}", "{name} {count}"),
        "nobody": ("no role may {right}: it never happens", "没有角色可执行{right_zh}：不会发生"),
        # How often: one, and several.
        "forms.one": ("{count} form", "{count}份表单"),
        "forms": ("{count:,} forms", "{count:,}份表单"),
        "visits.one": ("{count} visit", "{count}次访视"),
        "visits": ("{count:,} visits", "{count:,}次访视"),
        "corrections.one": ("{count} correction", "更正{count}处"),
        "corrections": ("{count:,} corrections", "更正{count:,}处"),
        "typing errors.one": ("{count} typing error", "录入错误{count}处"),
        "typing errors": ("{count:,} typing errors", "录入错误{count:,}处"),
        "deviations.one": ("{count} deviation", "方案偏离{count}例次"),
        "deviations": ("{count:,} deviations", "方案偏离{count:,}例次"),
        "people.one": ("{count} participant", "{count}例受试者"),
        "people": ("{count:,} participants", "{count:,}例受试者"),
        # What happens seldom.
        "followed": ("followed", "随之产生的记录"),
        "completed": ("completed", "事后补全"),
        "outside window": ("outside window", "超窗访视"),
        "duplicates": ("duplicates", "重复筛选"),
        "wrong strata": ("wrong strata", "分层因素有误"),
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
