"""What a simulation refuses, and how it says so."""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "finding", "phrase", "refuse"]

_NOT_WHOLE = Words(
    en=("`{given}` is not a whole number", "`{name}` counts", "Write for example --{name} 10000."),
    zh=("`{given}`不是整数", "`{name}`为计数", "例如写作--{name} 10000。"),
)
_OUTSIDE = Words(
    en=("`{name}` is {value:,}", "it lies between {low:,} and {high:,}", "Ask for {low:,} to {high:,}."),
    zh=("`{name}`为{value:,}", "应在{low:,}与{high:,}之间", "请给出{low:,}至{high:,}。"),
)

TABLE = Table(
    "simulation",
    {
        # What was typed.
        "simulation.trials/text": _NOT_WHOLE,
        "simulation.seed/text": _NOT_WHOLE,
        "simulation.workers/text": _NOT_WHOLE,
        "simulation.seed": _OUTSIDE,
        "simulation.workers": _OUTSIDE,
        "simulation.trials/many": Words(
            en=(
                "`{name}` is {value:,}",
                "beyond {high:,} the Monte Carlo error, 0.00002 at most, says nothing any more",
                "Ask for {low:,} to {high:,}.",
            ),
            zh=(
                "`{name}`为{value:,}",
                "超过{high:,}后，蒙特卡罗误差（至多0.00002）已无意义",
                "请给出{low:,}至{high:,}。",
            ),
        ),
        "simulation.trials/few": Words(
            en=("`{name}` is {value:,}", "something must be simulated", "Ask for {low:,} to {high:,}."),
            zh=("`{name}`为{value:,}", "至少须模拟一次", "请给出{low:,}至{high:,}。"),
        ),
        "simulation.workers/address": Words(
            en=(
                "`{given}` is not the address of a scheduler",
                "it has the form tcp://HOST:PORT",
                "Give what `dask scheduler` prints, or a number.",
            ),
            zh=("`{given}`不是调度器的地址", "其形式为tcp://HOST:PORT", "请填写`dask scheduler`所显示者，或一个数。"),
        ),
        "simulation.device": Words(
            en=(
                "a GPU and a cluster were both asked for",
                "the workers of a cluster compute on their processors",
                "Leave out one of the two.",
            ),
            zh=("同时要求了GPU与集群", "集群的工作进程以其处理器计算", "二者去其一。"),
        ),
        "simulation.device/response": Words(
            en=(
                "trials of rates and means are not simulated on a GPU",
                "only those of times to an event were compiled for one",
                "Leave out --device gpu.",
            ),
            zh=("比例与均值的试验不在GPU上模拟", "仅至事件时间的试验为其编译", "去掉--device gpu。"),
        ),
        "simulation.memory": Words(
            en=(
                "{needed:,.1f} GiB of memory are needed",
                "{free:,.1f} GiB are free",
                "Simulate with fewer --workers, or plan fewer participants.",
            ),
            zh=("需要{needed:,.1f} GiB内存", "可用{free:,.1f} GiB", "减少--workers，或减少计划的受试者数。"),
        ),
        "simulation.too_long": Words(
            en=(
                "simulating would take about {days:,.0f} days",
                "it is {trials:,} trials, with {workers}, for each of {setups}",
                "Ask for fewer --trials or one --scenario, or use a cluster (--workers tcp://HOST:PORT).",
            ),
            zh=(
                "模拟约需{days:,.0f}天",
                "{setups}各{trials:,}次试验，{workers}",
                "减少--trials或只选一个--scenario，或使用集群（--workers tcp://HOST:PORT）。",
            ),
        ),
        # A cluster.
        "simulation.cluster_software": Words(
            en=(
                "a worker computes with other software than this machine",
                "its kernels have the digest {theirs}, ours {ours}",
                "Install the same version of Equipoise on all workers, and start them again.",
            ),
            zh=(
                "某工作进程所用软件与本机不同",
                "其内核摘要为{theirs}，本机为{ours}",
                "在所有工作进程上安装同一版本的Equipoise，并重新启动。",
            ),
        ),
        "simulation.cluster_software/other": Words(
            en=(
                "a worker cannot run our software",
                "{trouble}",
                "Install the same version of Equipoise on all workers, and start them again.",
            ),
            zh=(
                "某工作进程无法运行本软件",
                "{trouble}",
                "在所有工作进程上安装同一版本的Equipoise，并重新启动。",
            ),
        ),
        "simulation.cluster_lost": Words(
            en=(
                "the scheduler was lost while trials were simulated",
                "it forgot what it had been given",
                "Start it again, and repeat the command.",
            ),
            zh=("模拟过程中与调度器失去联系", "其已丢失所交付的任务", "重新启动调度器，并再次执行命令。"),
        ),
        "simulation.cluster_failed": Words(
            en=(
                "a chunk of trials could not be computed",
                "{trouble}",
                "Look at the workers' logs; simulate with --workers 1 to see whether it is the cluster.",
            ),
            zh=(
                "有一批试验未能计算",
                "{trouble}",
                "查看工作进程的日志；以--workers 1模拟，以判断是否为集群所致。",
            ),
        ),
        "simulation.no_dask": Words(
            en=(
                "Dask is not installed here",
                "a scheduler is spoken to by the package `distributed`, an optional extra",
                "pip install 'equipoise[cluster]', or simulate with --workers N on this machine.",
            ),
            zh=(
                "本机未安装Dask",
                "与调度器通信须有可选软件包`distributed`",
                "pip install 'equipoise[cluster]'，或在本机以--workers N模拟。",
            ),
        ),
        "simulation.no_scheduler": Words(
            en=(
                "the scheduler cannot be reached",
                "{trouble}",
                "Start it (dask scheduler), and give the address that it prints; or simulate with --workers N.",
            ),
            zh=(
                "无法连接调度器",
                "{trouble}",
                "启动调度器（dask scheduler），填写其所显示的地址；或以--workers N模拟。",
            ),
        ),
        "simulation.no_workers": Words(
            en=("the scheduler has no workers", "nobody would simulate", "Start some: dask worker {address}"),
            zh=("调度器没有工作进程", "无人执行模拟", "请启动：dask worker {address}。"),
        ),
        # A device.
        "simulation.no_device/package": Words(
            en=(
                "there is no GPU to simulate on",
                "the package numba-cuda is not installed",
                "pip install 'equipoise[gpu]', or leave out --device gpu.",
            ),
            zh=(
                "没有可用于模拟的GPU",
                "未安装软件包numba-cuda",
                "pip install 'equipoise[gpu]'，或去掉--device gpu。",
            ),
        ),
        "simulation.no_device": Words(
            en=(
                "there is no GPU to simulate on",
                "no CUDA driver or no device was found",
                (
                    "Use a machine with an NVIDIA GPU and its driver, and pip install 'equipoise[gpu]'; or leave out "
                    "--device gpu."
                ),
            ),
            zh=(
                "没有可用于模拟的GPU",
                "未找到CUDA驱动或设备",
                "请使用装有NVIDIA GPU及其驱动的机器，并pip install 'equipoise[gpu]'；或去掉--device gpu。",
            ),
        ),
        "simulation.device_differs": Words(
            en=(
                "the device does not compute what the processor computes",
                "of its first {count} trials `{name}` differs",
                "Leave out --device gpu.",
            ),
            zh=("设备与处理器的计算结果不同", "其前{count}次试验的`{name}`不一致", "去掉--device gpu。"),
        ),
        # Scenarios.
        "simulation.unknown_scenario": Words(
            en=(
                "there is no scenario {name}",
                "there are {known}",
                "Choose one of these, or leave out --scenario to simulate all.",
            ),
            zh=("没有名为{name}的情景", "现有：{known}", "请从中选择，或去掉--scenario以模拟全部。"),
        ),
        "simulation.incomplete": Words(
            en=(
                "the design says too little to be simulated",
                "it states no control or no accrual",
                "Add `control` and `accrual`, or describe a scenario.",
            ),
            zh=("设计所述不足以模拟", "未给出control或accrual", "添加`control`与`accrual`，或描述一个情景。"),
        ),
        "simulation.no_outcomes": Words(
            en=(
                "the scenario {scenario} has no outcomes",
                "events are what a time to an event is made of",
                "Describe `outcomes` with their hazards.",
            ),
            zh=("情景{scenario}没有结局", "至事件时间须有事件", "请描述`outcomes`及其风险率。"),
        ),
        "simulation.no_events": Words(
            en=(
                "no outcome of the scenario {scenario} is an event of {endpoint}",
                "nobody would ever have the event",
                "Let an outcome set a date that the endpoint counts.",
            ),
            zh=(
                "情景{scenario}中没有结局是{endpoint}的事件",
                "将无人发生该事件",
                "使某一结局记下该终点所计的日期。",
            ),
        ),
        "simulation.nothing_found": Words(
            en=(
                "in scenario {scenario} nothing is ever known of {endpoint} in arm {arm}",
                "of all virtual participants none was assessed",
                "Give the items behind the endpoint a distribution, and let some of the visits take place.",
            ),
            zh=(
                "情景{scenario}中，{arm}组的{endpoint}始终未知",
                "全部虚拟受试者中无人被评估",
                "为该终点所依据的条目给出分布，并使部分访视得以进行。",
            ),
        ),
        "simulation.found_elsewhere": Words(
            en=(
                "{endpoint} rests on the form {form}, which follows another record or a dose",
                "simulated participants live through visits and outcomes, and through no more",
                "Let the endpoint rest on a visit or an outcome, or rehearse the scenario instead.",
            ),
            zh=(
                "{endpoint}依据表单{form}，而该表单随其他记录或给药产生",
                "模拟受试者只经历访视与结局",
                "使该终点依据访视或结局，或改为演练该情景。",
            ),
        ),
        "simulation.nobody_eligible": Words(
            en=(
                "of {screened} virtual participants nobody meets all criteria",
                "a trial without participants cannot be simulated",
                "Change the distributions of the items that the criteria name.",
            ),
            zh=(
                "{screened}名虚拟受试者中无人符合全部标准",
                "没有受试者的试验无法模拟",
                "更改各标准所涉条目的分布。",
            ),
        ),
        "simulation.factor_missing": Words(
            en=(
                "`{factor}` has no value for a virtual participant",
                "nobody can be randomized without it",
                "Give the items behind it a distribution in the scenario.",
            ),
            zh=("虚拟受试者的`{factor}`无值", "缺此无法随机", "在情景中为其所依据的条目给出分布。"),
        ),
        "simulation.competing/hazard": Words(
            en=(
                "`{outcome}` ends follow-up without being the event, and its hazard changes over time",
                "simulated trials lose participants at a constant hazard",
                "Give it one hazard, count it as an event, or rehearse the scenario instead.",
            ),
            zh=(
                "`{outcome}`结束随访而并非事件，且其风险率随时间改变",
                "模拟试验中受试者以恒定风险率失访",
                "为其给出单一风险率，或计为事件，或改为演练该情景。",
            ),
        ),
        "simulation.competing": Words(
            en=(
                "`{outcome}` ends follow-up without being the event, and it begins to threaten when {before} strikes",
                "simulated trials lose participants at a constant hazard",
                "Give it one hazard, count it as an event, or rehearse the scenario instead.",
            ),
            zh=(
                "`{outcome}`结束随访而并非事件，且自{before}发生后方有风险",
                "模拟试验中受试者以恒定风险率失访",
                "为其给出单一风险率，或计为事件，或改为演练该情景。",
            ),
        ),
        # The design.
        "simulation.statistic/weights": Words(
            en=(
                "no look can decide by `{analysis}`",
                "its weights are not of Fleming and Harrington",
                "Let the primary analysis be a log-rank test, MaxCombo, Cox, a restricted mean or a milestone.",
            ),
            zh=(
                "各次分析无法依`{analysis}`作出判断",
                "其权重不是Fleming-Harrington权重",
                "主要分析请采用对数秩检验、MaxCombo、Cox、限制性平均时间或时点生存率。",
            ),
        ),
        "simulation.statistic": Words(
            en=(
                "no look can decide by `{analysis}`",
                "its method is {method}",
                "Let the primary analysis be a log-rank test, MaxCombo, Cox, a restricted mean or a milestone.",
            ),
            zh=(
                "各次分析无法依`{analysis}`作出判断",
                "其方法为{method}",
                "主要分析请采用对数秩检验、MaxCombo、Cox、限制性平均时间或时点生存率。",
            ),
        ),
        "simulation.statistic/response": Words(
            en=(
                "no look can decide by `{analysis}`",
                "its method is {method} with its options; of such an endpoint `{wanted}` without any is simulated",
                "Let the primary analysis be `{wanted}`; `equipoise rehearse` plays the analysis as it is planned.",
            ),
            zh=(
                "各次分析无法依`{analysis}`作出判断",
                "其方法为{method}（含选项），而此类终点所模拟者为不带选项的`{wanted}`",
                "主要分析请采用`{wanted}`；`equipoise rehearse`可按计划演练该分析。",
            ),
        ),
        "simulation.endpoint/duration": Words(
            en=(
                "{endpoint} is recorded as a duration",
                "outcomes of a scenario are dates, and no date is part of it",
                "Describe the endpoint by origin, events and censoring.",
            ),
            zh=(
                "{endpoint}以时长记录",
                "情景的结局为日期，而其中不含日期",
                "以origin、events与censoring描述该终点。",
            ),
        ),
        "simulation.direction": Words(
            en=(
                "the assumed hazard ratio is above 1",
                "simulated trials look for a hazard ratio below that of the null hypothesis",
                "Exchange the roles of the arms.",
            ),
            zh=("假设的风险比大于1", "模拟试验所寻求者为低于零假设的风险比", "互换两组的角色。"),
        ),
        "simulation.participants": Words(
            en=(
                "the design states no participants, and too little to find them from",
                "a trial is simulated participant by participant",
                "State `design.participants`, or `control` and `accrual`.",
            ),
            zh=(
                "设计未给出受试者数，亦不足以算出",
                "试验按受试者逐例模拟",
                "给出`design.participants`，或`control`与`accrual`。",
            ),
        ),
        "simulation.impossible": Words(
            en=("{reason}", "such a trial cannot be simulated", "Change the design or the scenario."),
            zh=("{reason}", "此种试验无法模拟", "更改设计或情景。"),
        ),
        "simulation.never_reached": Words(
            en=(
                "in scenario {scenario} the {events} events of the last look are never expected",
                "{participants} participants, followed for as long as it takes, have {most:.1f} events on average",
                "Plan fewer events or more participants, or raise the hazards; lower dropout or cure.",
            ),
            zh=(
                "情景{scenario}中预期永远达不到末次分析的{events}例事件",
                "{participants}例受试者即使无限随访，平均也仅有{most:.1f}例事件",
                "减少事件数或增加受试者，或提高风险率；降低脱落或治愈比例。",
            ),
        ),
        "simulation.never_reached/assessed": Words(
            en=(
                "in scenario {scenario} the {assessed} assessments of an interim look are never expected",
                "of {participants} participants {most:.1f} are assessed on average",
                "Plan more participants or earlier looks, or lower dropout and missed visits.",
            ),
            zh=(
                "情景{scenario}中预期永远达不到期中分析的{assessed}例评估",
                "{participants}例受试者平均仅有{most:.1f}例被评估",
                "增加受试者或提前各次分析，或降低脱落与缺访。",
            ),
        ),
    },
    {
        "workers.one": ("{count} worker", "{count}个工作线程"),
        "workers": ("{count} workers", "{count}个工作线程"),
        "setups.one": ("{count} setup", "{count}个模拟设定"),
        "setups": ("{count} setups", "{count}个模拟设定"),
        "silence": ("nobody answered in time", "无人及时应答"),
        # What is wrong with a setup, as far as a protocol can bring it about.
        "setup.participants": (
            "{participants} participants: a trial of two arms has 2 to {most:,}",
            "受试者{participants}例：两组试验应有2至{most:,}例",
        ),
        "setup.last_period": (
            "nobody arrives in the last period: by chance some are still missing then, and never come",
            "最后一期无人入组：届时若因机遇尚缺若干例，则永远不会到来",
        ),
        "setup.nobody": (
            "nobody who is approached can join: a share is zero, or everybody fails screening",
            "被接触者无人能够入组：某一比例为零，或全部筛选失败",
        ),
        "setup.assessed": (
            "the assessment is {months:g} months after joining: a simulated trial lasts less than {most:g}",
            "评估在入组后{months:g}个月：模拟试验短于{most:g}个月",
        ),
        "setup.looks": (
            "the numbers of events of the looks increase",
            "各次分析的事件数须递增",
        ),
        "setup.events": (
            "{events} events are wanted of {participants} participants",
            "{participants}例受试者却要求{events}例事件",
        ),
        "setup.months": (
            "look {look}: {kind} needs its number of months",
            "第{look}次分析：{kind}须给出月数",
        ),
        "setup.other": (
            "what is compiled from the protocol is no trial",
            "由方案编译所得不成为试验",
        ),
    },
)
finding, refuse, phrase = TABLE.finding, TABLE.refuse, TABLE.phrase
