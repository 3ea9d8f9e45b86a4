"""What an entry makes its reader aware of, and the parts of a receipt."""

from equipoise.findings import Table
from equipoise.words import Words

TABLE = Table(
    "conduct.entries",
    {
        "participant.duplicate": Words(
            en=(
                "{participant} may be the same person as {other}",
                "{other} was screened with the same identity",
                "Ask at the site. Both stay on record; report a deviation if it is so.",
            ),
            zh=(
                "{participant}与{other}可能是同一人",
                "{other}以同一身份筛选过",
                "请向中心核实。两条记录均保留；如属实，请报告方案偏离。",
            ),
        ),
        "participant.duplicate/elsewhere": Words(
            en=(
                "{participant} may be the same person as somebody at another center",
                "somebody was screened there with the same identity",
                "Ask the trial's office, which sees both. Both stay on record; report a deviation if it is so.",
            ),
            zh=(
                "{participant}与另一中心的受试者可能是同一人",
                "该身份曾在另一中心筛选",
                "请向可查看两者的试验办公室核实。两条记录均保留；如属实，请报告方案偏离。",
            ),
        ),
        "allocation.dry": Words(
            en=(
                "nothing was drawn for {participant}",
                "a dry run asks and refuses as the act would, and leaves chance alone",
                "Randomize without a dry run: the arm is told once its entry stands.",
            ),
            zh=(
                "未为{participant}抽取分组",
                "试运行只检查和拒绝，不触动随机",
                "请正式执行随机：条目生成后方告知组别。",
            ),
        ),
        "person.namesake": Words(
            en=(
                "{person} bears the name of {others}, who works in this study already",
                "one person under two identifiers could agree with themselves and be taken for two",
                "Dismiss one of the identifiers; if they are two people, appoint under a name that tells them apart.",
            ),
            zh=(
                "{person}与已在本研究任职的{others}同名",
                "一人持有两个标识便可自行同意，并被误认为两人",
                "如为同一人，请解除其中一个标识；如不是，请以可区分的姓名任命。",
            ),
        ),
        "person.no_organization": Words(
            en=(
                "it is not said of which organization {person} is as {role}",
                "the audit trail names the organization, and for the whole study no site's name stands for it",
                "Appoint again and say `organization` (and `organization_zh`): the sponsor's or contractor's name.",
            ),
            zh=(
                "未说明{person}作为{role}所属的单位",
                "稽查轨迹须写明人员、角色与单位；全研究的角色没有可代替的中心名称",
                "请再次任命并填写`organization`（及`organization_zh`），如申办方或合同研究组织的名称。",
            ),
        ),
        "draft.lacking": Words(
            en=(
                "form {form} is kept, and not recorded",
                "these are still asked for: {items}",
                "Fill them in and record the form; until then it is in no data cut.",
            ),
            zh=("表单{form}已暂存，尚未记录", "尚须填写：{items}", "请补全后记录表单；在此之前不进入任何数据截点。"),
        ),
        "draft.whole": Words(
            en=(
                "form {form} is kept, and not recorded",
                "nothing more is asked for",
                "Record the form; until then it is in no data cut.",
            ),
            zh=("表单{form}已暂存，尚未记录", "必填项已齐", "请记录表单；在此之前不进入任何数据截点。"),
        ),
        "participant.moved": Words(
            en=(
                "{participant} belongs to center {to} now",
                "consent was given to another center",
                "Have the consent of {to} signed and record it (`consent`); the earlier center sees nothing more.",
            ),
            zh=(
                "{participant}现属中心{to}",
                "知情同意是在另一中心签署的",
                "请在{to}重新签署知情同意书并记录（`consent`）；原中心此后不再可见。",
            ),
        ),
        "unblinding.seen": Words(
            en=(
                "you know the arm of {participant} now",
                "it is told to you alone, and nobody who watches the trial may learn it from you",
                "Tell only who must treat. What you assess of {participant} from now on is counted apart.",
            ),
            zh=(
                "您现已知道{participant}的组别",
                "只告知您一人，监查试验者不得从您处获知",
                "只告知须实施治疗者。您此后对{participant}的评估将单独统计。",
            ),
        ),
        "unblinding.dry": Words(
            en=(
                "the arm of {participant} was not opened",
                "a dry run asks and refuses as the act would, and tells nothing",
                "Unblind without a dry run: the arm is told once its entry stands.",
            ),
            zh=(
                "未开启{participant}的组别",
                "试运行只检查和拒绝，不告知任何内容",
                "请正式揭盲：条目生成后方告知组别。",
            ),
        ),
        "unblinding.earlier": Words(
            en=(
                "{participant} was unblinded before",
                "by {by} on {day} (entry {entry})",
                "Ask {by} first another time, if there is time.",
            ),
            zh=("{participant}此前已揭盲", "由{by}于{day}揭盲（条目{entry}）", "如时间允许，下次请先询问{by}。"),
        ),
        "unblinding.nobody": Words(
            en=(
                "{names} is nobody of this study",
                "what they assess of {participant} cannot be counted apart",
                "If a person of the study was meant, record it again under their identifier.",
            ),
            zh=("{names}不是本研究人员", "无法单独统计其对{participant}的评估", "如指研究人员，请用其标识重新记录。"),
        ),
        "unblinding.notices": Words(
            en=(
                "{people} must know that {participant} was unblinded",
                "they see it in `status` and `unblindings`, without the arm",
                "Tell them, and do not say the arm.",
            ),
            zh=(
                "须通知{people}：{participant}已揭盲",
                "他们可在`status`与`unblindings`中看到，不含组别",
                "请通知他们，但不要说出组别。",
            ),
        ),
        "unblinding.notices/none": Words(
            en=(
                "nobody else in this study must be told that {participant} was unblinded",
                "no monitor, data manager or trial manager is appointed",
                "Appoint one: who watches the trial must know of every unblinding.",
            ),
            zh=(
                "本研究中没有须获知{participant}已揭盲的人员",
                "尚未任命监查员、数据管理员或试验管理员",
                "请任命：监查试验者须获知每次揭盲。",
            ),
        ),
        "query.raised": Words(
            en=("{query} was opened", "{text}", "Correct the value, or answer the query."),
            zh=("已生成质疑{query}", "{text}", "请更正数据，或回复质疑。"),
        ),
        "derived.empty": Words(
            en=(
                "{items} stays empty",
                "as of {day} it lacks {inputs}",
                "Record what lacks as of that day, or correct the day that is wrong: it is then filled in by itself.",
            ),
            zh=(
                "{items}为空",
                "截至{day}缺少：{inputs}",
                "请补录缺少的数据（日期不晚于该日），或更正有误的日期，系统将自动填入。",
            ),
        ),
        "form.soft": Words(
            en=("{check} was accepted", "{reason}", "Nothing to do."), zh=("已接受{check}", "{reason}", "无需操作。")
        ),
        "form.accepted": Words(
            en=("{check} was accepted", "{reason}", "Nothing to do."), zh=("已接受{check}", "{reason}", "无需操作。")
        ),
    },
    {
        "nothing": ("Nothing to change: it is recorded so already.", "无需更改：已有相同记录。"),
        "more": ("{said} and {n} more", "{said}，另有{n}处"),
        "opened": ("; query {names} was opened", "；已生成质疑{names}"),
        "opened_several": ("; queries {names} were opened", "；已生成质疑{names}"),
        "kept": ("; {n} deviation kept ({names})", "；保留偏离{n}项（{names}）"),
        "closed": ("; query {names} was closed", "；质疑{names}已关闭"),
        "closed_several": ("; queries {names} were closed", "；质疑{names}已关闭"),
        "arm": (": arm {arm}", "：{arm}组"),
        "entry": (" (entry {first}).", "（条目{first}）。"),
        "entries": (" (entries {first} to {last}).", "（条目{first}至{last}）。"),
        "extent.treatment": ("treatment", "治疗"),
        "extent.follow_up": ("follow-up", "随访"),
        "extent.consent": ("consent", "知情同意"),
        "extent.screening": ("screening", "筛选"),
        "event.screening": ("screening", "筛选"),
        "event.consent": ("consent", "知情同意"),
        "event.enrollment": ("enrollment", "入选"),
        "event.randomization": ("randomization", "随机分组"),
        "event.withdrawal": ("withdrawal", "退出"),
        "part.agrees": ("agrees to", "同意"),
        "part.withdraws": ("takes back", "撤回"),
        "until": (" until {day}", "，至{day}"),
        "somebody_elsewhere": ("somebody who was screened before", "此前筛选的另一人"),
        "of_organization": (", {name}", "，单位：{name}"),
        "unblinding.emergency": ("an emergency", "紧急情况"),
        "unblinding.safety_report": ("the report of a serious event", "严重不良事件报告"),
        "unblinding.planned": ("as planned", "按计划"),
        "unblinding.inadvertent": ("the arm came out by mistake", "组别意外泄露"),
        "arm_named": (": arm {arm}, {label}", "：{arm}组，{label}"),
        "names_others": (", and may name anybody", "，并可指定任何人"),
        "read.shown": ("Results by arm were read", "分组结果"),
        "read.masked": ("Results by lettered groups were read", "以字母分组的结果"),
        "read.arm": ("The arm of {participant} was read", "{participant}的分组"),
        "copy.of": (" of the casebook of {participant}", "（{participant}的病例簿）"),
        "copy.arms": (", with arms", "，含组别"),
        "scope.study": ("The study", "研究"),
        "scope.stratum": ("Stratum {stratum}", "分层{stratum}"),
        "lacked": ("{name}", "{name}"),
        "lacked.other": ("{name} (form {form})", "{name}（表单{form}）"),
        "lacked.later": ("{name} (form {form}, known only from {later} on)", "{name}（表单{form}，{later}起方有数据）"),
        "no_day": ("no day", "未注明日期"),
        "left_open": (" with {n} queries not closed", "，尚有{n}项质疑未关闭"),
        "left_open_one": (" with {n} query not closed", "，尚有{n}项质疑未关闭"),
        "none_left": ("", ""),
        "made.recorded": (
            "; by rules of protocol {version} ({digest}), not by hand: {items}",
            "；由方案{version}（{digest}）的规则得出，非人工填写：{items}",
        ),
        "made.corrected": (
            " by rule {rule} of protocol {version} ({digest})",
            "（依据方案{version}（{digest}）的规则{rule}）",
        ),
    },
)
warning, phrase = TABLE.warning, TABLE.phrase
