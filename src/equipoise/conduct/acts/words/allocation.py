"""What the acts about allocation refuse."""

from __future__ import annotations

from equipoise.words import Words

__all__ = ["WORDS"]

WORDS = {
    "list.not_in_force": Words(
        en=(
            "the randomization list that is kept is not in force",
            "two persons agree to a list before anybody is allocated from it, and to this one to the byte",
            "Ask for it (`equipoise list FILE --study STUDY --take`); a second person agrees with `--agree`.",
        ),
        zh=(
            "所存随机表尚未启用",
            "按表分配之前须由两人同意，且文件须逐字节一致",
            "请以`equipoise list 文件 --study 研究 --take`提出，再由第二人以`--agree`同意。",
        ),
    ),
    "list.drawn_here": Words(
        en=("the study draws by itself", "two sources of allocation would contradict one another", "Take no list."),
        zh=("本研究自行抽取分组", "两种分配来源会相互矛盾", "请勿启用随机表。"),
    ),
    "list.digest": Words(
        en=("`{digest}` is no digest of a list", "the check digests the file", "Use `equipoise list`."),
        zh=("“{digest}”不是随机表的摘要", "检查会计算文件摘要", "请使用`equipoise list`。"),
    ),
    "agreement.unseen": Words(
        en=(
            "it is not said that the same file was looked at",
            "`{act}` is about a file, and whoever agrees checks that file themselves",
            "Run the check on your own copy of it: `equipoise list FILE --study STUDY --agree REQUEST`.",
        ),
        zh=(
            "未表明已查看同一文件",
            "“{act}”涉及一份文件，同意者须亲自检查",
            "请对自己持有的副本运行检查：`equipoise list 文件 --study 研究 --agree 请求号`。",
        ),
    ),
    "envelope.nothing_drawn": Words(
        en=(
            "allocations of this study are recorded and not drawn",
            "who allocates elsewhere has their own way when a computer fails",
            "Record them with record_allocation.",
        ),
        zh=("本研究的分配系记录而非抽取", "在他处分配者自有故障时的办法", "请用record_allocation记录。"),
    ),
    "envelope.strata": Words(
        en=(
            "a factor of the strata can be any text",
            "envelopes are made for each stratum beforehand",
            "List the factor's levels in the protocol.",
        ),
        zh=("有分层因素可为任意文本", "信封须预先按层制作", "请在方案中列出该因素的水平。"),
    ),
    "envelope.alone": Words(
        en=(
            "envelopes are entered one by one",
            "a list that is taken back would have told what lies in one that is still closed",
            "Enter it outside a list of acts.",
        ),
        zh=("信封须逐个录入", "被撤回的操作列表会泄露尚未开启的信封内容", "请在操作列表之外单独录入。"),
    ),
    "envelope.many": Words(
        en=(
            "{each} envelopes for each of {strata} strata cannot be made",
            "a series has from 1 to {most} for each stratum",
            "Give a number in that range.",
        ),
        zh=("无法为{strata}层各制作{each}个信封", "每一系列每层1至{most}个", "请填写该范围内的数。"),
    ),
    "envelope.unknown": Words(
        en=(
            "there is no envelope {envelope}",
            "the series that were made are {series}",
            "Copy the number on the envelope, as 1-007.",
        ),
        zh=("没有信封{envelope}", "已制作的系列为{series}", "请照抄信封上的编号，如1-007。"),
    ),
    "envelope.used": Words(
        en=(
            "envelope {envelope} was entered for {participant}",
            "each is opened once, for one participant",
            "Check the number on the paper, and the register of envelopes.",
        ),
        zh=(
            "信封{envelope}已录入，用于{participant}",
            "每个信封只为一名受试者开启一次",
            "请核对纸上编号与信封登记表。",
        ),
    ),
    "balance.blinded": Words(
        en=(
            "the trial is double-blind and its allocations are sealed; {person} may not unseal them",
            "totals by arm tell those who conduct the trial what they must not know",
            "Ask whoever advises the monitoring committee, who may unseal allocations.",
        ),
        zh=(
            "试验为双盲且分配尚未揭盲，{person}无权揭盲",
            "分组合计会使实施试验者得知其不应知晓的信息",
            "请由为数据监查委员会工作、有权揭盲者查看。",
        ),
    ),
    "allocation.source": Words(
        en=(
            "the source of the allocation is missing",
            "whoever checks it must find it",
            "Say where it is written down.",
        ),
        zh=("缺少分组的来源", "核查者须能找到它", "请写明记载于何处。"),
    ),
    "arm.unknown": Words(
        en=("there is no arm {arm}", "the arms are {arms}", "Choose one of these."),
        zh=("没有试验组{arm}", "试验组为{arms}", "请从中选择。"),
    ),
    "factor.none": Words(
        en=("no factor was named", "there is nothing to record", "Name the factor and its true level."),
        zh=("未写明分层因素", "没有可记录的内容", "请写明因素及其真实水平。"),
    ),
    "participant.in_error": Words(
        en=(
            "{participant} is marked already",
            "the mark cannot be taken back or given twice",
            "There is nothing left to do.",
        ),
        zh=("{participant}已标记", "标记不能撤回，也不能重复", "无需操作。"),
    ),
    "participant.not_enrolled": Words(
        en=(
            "{participant} is not enrolled",
            "eligibility comes before chance",
            "Enroll the participant first.",
        ),
        zh=("{participant}尚未入组", "确认合格后方可随机", "请先将受试者入组。"),
    ),
    "participant.not_enrolled/recorded": Words(
        en=(
            "{participant} is not enrolled",
            "eligibility comes before allocation",
            "Enroll the participant first.",
        ),
        zh=("{participant}尚未入组", "确认合格后方可分组", "请先将受试者入组。"),
    ),
    "participant.not_randomized": Words(
        en=("{participant} was not randomized", "there is no allocation to say this of", "Check the number."),
        zh=("{participant}未随机", "没有可说明的分组", "请核对编号。"),
    ),
    "participant.randomized": Words(
        en=(
            "{participant} was randomized on {day}",
            "by {by}, entered at {at}; the first allocation stands",
            "Send the first request again, with its act id, to see its receipt.",
        ),
        zh=(
            "{participant}已于{day}随机",
            "由{by}操作，录入时间{at}；以首次分组为准",
            "请以原操作编号重发首次请求，即可查看其回执。",
        ),
    ),
    "participant.randomized/recorded": Words(
        en=(
            "{participant} was allocated on {day}",
            "the first allocation stands",
            "There is nothing left to do.",
        ),
        zh=("{participant}已于{day}分组", "以首次分组为准", "无需操作。"),
    ),
    "randomization.factor_level": Words(
        en=("{factor} is {level}", "its levels are {levels}", "Correct the value, or amend the protocol."),
        zh=("{factor}为{level}", "其水平为{levels}", "请更正数据，或修订方案。"),
    ),
    "randomization.factor_missing": Words(
        en=(
            "the stratum is not known: {factor} has no value",
            "not recorded: {items}",
            "Record it, then randomize.",
        ),
        zh=("分层未知：{factor}没有数据", "未记录：{items}", "请先记录，再随机。"),
    ),
    "randomization.no_commitment": Words(
        en=(
            "the study has not committed to its secret",
            "the first allocation entry must be the commitment",
            "Make the study anew.",
        ),
        zh=("研究尚未对其密钥作出承诺", "首条分配条目必须是该承诺", "请重新建立研究。"),
    ),
    "randomization.not_recorded/restored": Words(
        en=(
            "an allocation that was made after {day} is on the ledger",
            "an older ledger was put back on that day; what was told before may be gone, and nothing since",
            "Randomize the participant, or enter the day on which the arm was told.",
        ),
        zh=(
            "{day}之后的分组已在账本中",
            "较旧的账本于该日恢复；此前告知的分组可能丢失，此后的不会",
            "请对受试者进行随机，或填写告知组别的日期。",
        ),
    ),
    "randomization.not_recorded": Words(
        en=(
            "an allocation cannot be entered by hand",
            "the protocol has arms drawn by chance, under seal",
            "Randomize the participant.",
        ),
        zh=("分组不能手工录入", "方案规定在密封下随机分组", "请对受试者进行随机。"),
    ),
    "randomization.scheme_changed": Words(
        en=(
            "the scheme is not the one in force",
            "the ledger holds another scheme than the protocol at hand",
            "Stop randomizing. A change of the scheme is an amendment; a change of the file is not.",
        ),
        zh=(
            "随机方法不是现行的方法",
            "账本所载与当前方案不同",
            "请停止随机。更改随机方法须修订方案，不能只改文件。",
        ),
    ),
    "stratum.paused": Words(
        en=("stratum {stratum} is paused", "{reason}", "Wait until it is resumed."),
        zh=("分层{stratum}已暂停", "{reason}", "请等待恢复。"),
    ),
}
