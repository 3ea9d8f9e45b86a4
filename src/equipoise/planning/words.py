"""What planning finds wrong with a design, and how it says so.

The phrases are the reasons that a calculation gives. They travel as the argument of a ValueError: whoever calls a
function reads it in English, whoever wrote a protocol reads a Finding in their own language.
"""

from equipoise.findings import Table
from equipoise.words import Words

__all__ = ["TABLE", "phrase"]

TABLE = Table(
    "planning",
    {
        "design.absent": Words(
            en=(
                "the protocol has no design",
                "there is nothing to plan",
                (
                    "Add `design`: endpoint, question, alpha, sides, power, and what is assumed of the arms (`control` "
                    "and `hazard_ratio`, or `rates`, or `means`), with sources; docs/language/README.md shows one."
                ),
            ),
            zh=(
                "方案没有design",
                "无可计算之设计",
                (
                    "添加`design`：endpoint、question、alpha、sides、power，以及对各组的假设"
                    "（`control`与`hazard_ratio`，或`rates`，或`means`），逐项注明来源；示例见docs/language/README.md。"
                ),
            ),
        ),
        "design.absurd/size": Words(
            en=(
                "{size:,.0f} participants or events",
                "more than {most:,} are taken for a mistake",
                "Assume a larger effect, or check margin, hazards and rates.",
            ),
            zh=("需{size:,.0f}例受试者或事件", "超过{most:,}视为有误", "假设更大的效应，或核对界值、风险率与率。"),
        ),
        "design.absurd/time": Words(
            en=(
                "the last look would come after {years:,.0f} years",
                "more than {most:.0f} are taken for a mistake",
                "Check hazards, accrual and events.",
            ),
            zh=("末次分析将在{years:,.0f}年之后", "超过{most:.0f}年视为有误", "核对风险率、入组速度与事件数。"),
        ),
        "design.absurd/ratio": Words(
            en=(
                "a hazard ratio of {ratio}",
                "no treatment changes a hazard a thousandfold",
                "Correct it.",
            ),
            zh=("风险比为{ratio}", "没有治疗能使风险率改变千倍", "请更正。"),
        ),
        "design.absurd/hazard": Words(
            en=("a hazard of {hazard} per month", "its median is less than half an hour", "Correct it."),
            zh=("风险率为每月{hazard}", "其中位时间不足半小时", "请更正。"),
        ),
        "design.arms/compared": Words(
            en=(
                "{experimental} experimental and {control} control arms",
                "a design compares one with one",
                "Plan each comparison in a protocol of its own.",
            ),
            zh=("有{experimental}个试验组与{control}个对照组", "一项设计仅比较一对一", "每项比较各立方案设计。"),
        ),
        "design.arms/ratio": Words(
            en=(
                "a ratio of {experimental} to {control}",
                "nobody would join one of the arms",
                "Give both a weight above 0.",
            ),
            zh=("分配比例为{experimental}比{control}", "有一组无人入组", "两组权重均须大于0。"),
        ),
        "design.arms/single": Words(
            en=(
                "a hazard ratio in a trial of one arm",
                "there is nothing to be the ratio to",
                "Add a control arm, or plan for a binary endpoint.",
            ),
            zh=("单臂试验中设有风险比", "没有可供比较的组", "增加对照组，或改用二分类终点设计。"),
        ),
        "design.endpoint": Words(
            en=(
                "no size can be planned for {endpoint}",
                "its kind is {kind}",
                "Plan for an endpoint of kind {kinds}.",
            ),
            zh=("无法为{endpoint}计算样本量", "其类型为{kind}", "请以下列类型的终点设计：{kinds}。"),
        ),
        "design.incomplete": Words(
            en=(
                "`{needed}` is missing",
                "the size of a trial of a {kind} endpoint follows from it",
                "Add `{needed}`.",
            ),
            zh=("缺少`{needed}`", "{kind}终点的样本量由其得出", "添加`{needed}`。"),
        ),
        "design.boundaries": Words(
            en=("{reason}", "no boundaries keep these errors", "Change them."),
            zh=("{reason}", "没有界值能保持这些错误概率", "请更改。"),
        ),
        "design.impossible": Words(
            en=("{reason}", "the design cannot be planned so", "Change its assumptions."),
            zh=("{reason}", "设计无法如此计算", "更改其假设。"),
        ),
        "design.never_reached": Words(
            en=("{reason}", "the design cannot be planned so", "Change its assumptions."),
            zh=("{reason}", "设计无法如此计算", "更改其假设。"),
        ),
        "design.never_reached/stated": Words(
            en=(
                "{events:.0f} events are never expected among {participants:.0f} participants",
                "followed for ever they are expected to have {most:.1f}",
                "Plan fewer events or more participants.",
            ),
            zh=(
                "{participants:.0f}例受试者预期永远达不到{events:.0f}例事件",
                "即使无限随访，预期也仅有{most:.1f}例",
                "减少事件数或增加受试者。",
            ),
        ),
        "design.power/events": Words(
            en=(
                "{stated} events have a power of {power:.1%}",
                "{wanted:.1%} is stated, for which {needed} events are needed",
                "State more events, or the power that they have.",
            ),
            zh=(
                "{stated}例事件的检验效能为{power:.1%}",
                "方案所述为{wanted:.1%}，需{needed}例事件",
                "增加事件数，或如实写明其检验效能。",
            ),
        ),
        "design.power/participants": Words(
            en=(
                "{stated} participants have a power of {power:.1%}",
                "{wanted:.1%} is stated, for which {needed} participants are needed",
                "State more participants, or the power that they have.",
            ),
            zh=(
                "{stated}例受试者的检验效能为{power:.1%}",
                "方案所述为{wanted:.1%}，需{needed}例受试者",
                "增加受试者数，或如实写明其检验效能。",
            ),
        ),
        "design.accrual": Words(
            en=(
                "accrual as described brings {brought:.0f} of {stated} participants in {months} months",
                "at its last rate the others take until month {end:.1f}, which is what is planned with",
                "Prolong the accrual, or state fewer participants.",
            ),
            zh=(
                "按所述入组速度，{months}个月内仅能入组{stated}例中的{brought:.0f}例",
                "以最后的速度，其余须至第{end:.1f}个月方可入组，设计即按此计算",
                "延长入组时间，或减少受试者数。",
            ),
        ),
        "design.assessment": Words(
            en=(
                "nothing says how long after joining the endpoint is assessed",
                "the months of the looks are those in which their participants have joined",
                "State `follow_up_months`, or take the endpoint from a visit with a day after randomization.",
            ),
            zh=(
                "未说明入组后多久评估该终点",
                "各次分析的月份即其受试者完成入组的月份",
                "注明`follow_up_months`，或使终点取自随机化后有确定日期的访视。",
            ),
        ),
        "design.assessment/early": Words(
            en=(
                "follow-up ends {stated} months after the last participant joined",
                "the endpoint is taken from a visit that is planned after {visit:.1f} months",
                "Prolong `follow_up_months`, or take the endpoint from an earlier visit.",
            ),
            zh=(
                "末例入组后{stated}个月随访即结束",
                "该终点取自计划于{visit:.1f}个月后的访视",
                "延长`follow_up_months`，或使终点取自更早的访视。",
            ),
        ),
        "design.attained": Words(
            en=(
                "counted exactly, the type I error of one side is {error:.2%}, above the planned {planned:.2%}",
                "responses are whole: by the normal bound {responses} of {participants} reject at the last look",
                "Plan with a smaller `alpha`, or a number whose counted error fits; counted, the power is {power:.1%}.",
            ),
            zh=(
                "按二项分布精确计算，单侧I类错误为{error:.2%}，高于计划的{planned:.2%}",
                "应答例数为整数：按正态界值，末次分析时{participants}例中有{responses}例应答即拒绝",
                "减小`alpha`，或选取精确错误率相符的例数；精确计算的检验效能为{power:.1%}。",
            ),
        ),
        "design.attained/below": Words(
            en=(
                "counted exactly, the type I error of one side is {error:.2%}, above the planned {planned:.2%}",
                "events are whole: by the normal bound at most {responses} of {participants} reject at the last look",
                "Plan with a smaller `alpha`, or a number whose counted error fits; counted, the power is {power:.1%}.",
            ),
            zh=(
                "按二项分布精确计算，单侧I类错误为{error:.2%}，高于计划的{planned:.2%}",
                "事件例数为整数：按正态界值，末次分析时{participants}例中至多{responses}例即拒绝",
                "减小`alpha`，或选取精确错误率相符的例数；精确计算的检验效能为{power:.1%}。",
            ),
        ),
        "design.look_empty": Words(
            en=(
                "look {look} is at {fraction} of the information, which is {size:.2g} events or participants",
                "there is nothing yet to be compared",
                "Leave it out, or look later.",
            ),
            zh=(
                "第{look}次分析在信息量的{fraction}处，仅有{size:.2g}例事件或受试者",
                "尚无可比较的数据",
                "删去该次分析，或推迟进行。",
            ),
        ),
        "design.duration": Words(
            en=(
                "{participants:.0f} participants are expected to have {expected:.1f} events by month {end:.1f}",
                "the last look waits for {events:.0f}, until month {month:.1f}",
                "Plan with longer follow-up; {needed} participants are needed for the events of the stated power.",
            ),
            zh=(
                "至第{end:.1f}个月，{participants:.0f}例受试者预期发生{expected:.1f}例事件",
                "末次分析须等到{events:.0f}例，即第{month:.1f}个月",
                "延长随访；达到所述检验效能的事件数需{needed}例受试者。",
            ),
        ),
    },
    {
        "endpoint.unknown": ("not known", "未知"),
        # What is wrong with boundaries.
        "boundary.parameter": (
            "wang_tsiatis needs its parameter: 0 is O'Brien and Fleming, 0.5 is Pocock",
            "wang_tsiatis须给出参数：0即O'Brien-Fleming，0.5即Pocock",
        ),
        "boundary.shape": (
            "{kind} says nothing about the upper boundary alone",
            "{kind}不能单独确定上界",
        ),
        "boundary.constant": (
            "a constant boundary of {constant} spends {used:.4g} before the last look; there are {error} to spend",
            "固定界值{constant}在末次分析前已消耗{used:.4g}，可消耗者仅{error}",
        ),
        "boundary.pairs": (
            "the boundaries of Pampallona and Tsiatis come in pairs: use them for efficacy too",
            "Pampallona-Tsiatis界值须成对使用：有效性界值亦须采用",
        ),
        "boundary.finite": ("the parameter and values of {kind} are finite", "{kind}的参数与数值须为有限值"),
        "boundary.unsteady": (
            "no pair of boundaries of this shape spends both errors",
            "没有此形状的一对界值能同时消耗两类错误",
        ),
        "futility.sides": (
            "futility belongs to one-sided designs: the lower side of a two-sided one finds harm",
            "无效性界值仅用于单侧设计：双侧设计的下侧用于发现有害",
        ),
        "futility.power": (
            "no effect, however large, has that power: the lower boundary stops too many trials",
            "效应再大也达不到该检验效能：下界停止了过多试验",
        ),
        "futility.beta": (
            "the beta that is spent ends at {spent}; 1 - power is {beta}",
            "所消耗的β止于{spent}，而1减检验效能为{beta}",
        ),
        "futility.harm": (
            "a bound for harm spends its probability over the looks, and {kind} does not say how",
            "有害界值须在各次分析间消耗其概率，而{kind}未说明如何消耗",
        ),
        "futility.count": (
            "{given} futility bounds for {looks} interim looks",
            "{looks}次期中分析给出了{given}个无效性界值",
        ),
        "futility.effect": (
            "futility would be declared where the planned effect itself is seen",
            "观察到计划效应时即会判定无效",
        ),
        "futility.ratio": (
            "a futility bound in hazard ratios needs the planned hazard ratio",
            "以风险比表示的无效性界值须有计划的风险比",
        ),
        "futility.positive": ("a hazard ratio is positive and finite", "风险比须为正的有限值"),
        "futility.none": ("a planned hazard ratio of {ratio} is no effect", "计划的风险比{ratio}即无效应"),
        "looks.near": (
            "looks at {before} and {now} are nearer than {nearest} of the information: they are one look",
            "信息量{before}与{now}处的两次分析相距不足{nearest}，即为同一次分析",
        ),
        "error.least": (
            "an alpha of {error} is below {least}: no trial can promise that",
            "α为{error}，低于{least}：任何试验都无法保证",
        ),
        "power.most": (
            "a power of {power} leaves less than {least}: no trial can promise that",
            "检验效能{power}所余不足{least}：任何试验都无法保证",
        ),
        "looks.rule": (
            "several looks need a boundary or spending function for efficacy",
            "多次分析须有有效性界值或消耗函数",
        ),
        "spending.kind": ("{kind} is no boundary; there are {kinds}", "没有名为{kind}的界值；可用者为{kinds}"),
        "spending.function": (
            "{kind} is not a spending function of the information",
            "{kind}不是信息量的消耗函数",
        ),
        "spending.parameter": (
            "the spending function {kind} needs its parameter",
            "消耗函数{kind}须给出参数",
        ),
        "spending.power": (
            "the power of kim_demets is positive, and {parameter} is not",
            "kim_demets的幂须为正，而{parameter}不是",
        ),
        "spending.count": (
            "{given} values of spent error for {looks} looks",
            "{looks}次分析给出了{given}个消耗值",
        ),
        "spending.order": (
            "spent error is finite, not negative and never decreases",
            "消耗的错误概率须有限、非负且不递减",
        ),
        "spending.sum": (
            "{spent} would be spent; there are {error} to spend",
            "将消耗{spent}，可消耗者仅{error}",
        ),
        # What is wrong with arrivals and courses.
        "arrivals.end": (
            "accrual ends at {end} months, before its last period begins",
            "入组于第{end}个月结束，早于其最后一期开始",
        ),
        "arrivals.nobody": ("nobody arrives: every rate is zero", "无人入组：各期速度均为零"),
        "arrivals.never": (
            "{participants:.0f} participants never join: the last rate of accrual is 0",
            "{participants:.0f}例受试者永远无法入组：最后的入组速度为0",
        ),
        "attendance.until": (
            "participants are lost each month, and nothing says until when: state `follow_up_months`",
            "受试者逐月脱落，但未说明至何时为止：请注明`follow_up_months`",
        ),
        "attendance.nobody": (
            "with a dropout of {dropout} per month a share of {share:.2g} is left after {months:.3g} months",
            "每月脱落{dropout}，{months:.3g}个月后仅余{share:.2g}",
        ),
        "course.dropout": (
            "a hazard of dropout of {dropout} per month is not possible",
            "每月{dropout}的脱落风险率不可能",
        ),
        "course.cured": ("a cured share of {cured} does not lie between 0 and 1", "治愈比例{cured}不在0与1之间"),
        "course.cured_too_many": (
            "a cured share of {cured} is not below the survival of {share} at {months} months",
            "治愈比例{cured}不低于第{months}个月的生存率{share}",
        ),
        "pieces.count": ("{given} {what} for {periods} periods", "{periods}个时期给出了{given}个{what}"),
        "pieces.order": ("the periods of the {what} begin at 0 and increase", "{what}的时期须自0起并递增"),
        "pieces.values": ("{what} are finite and not negative", "{what}须有限且非负"),
        "pieces.arrivals": ("rates of arrival", "入组速度"),
        "pieces.hazards": ("hazards", "风险率"),
        "pieces.ratios": ("hazard ratios", "风险比"),
        "arms.empty": ("a ratio of {ratio} to 1 leaves an arm empty", "{ratio}比1的比例使一组无人"),
        # What is wrong with sizes.
        "size.none": ("{participants} participants are not a size", "{participants}例受试者不成样本量"),
        "size.follow_up": (
            "accrual and follow-up have an end, and follow-up is not negative",
            "入组与随访须有终点，随访时间不得为负",
        ),
        "size.too_few": (
            (
                "{participants:.0f} participants, followed for ever, are expected to have {most:.1f} events: the power "
                "needs {needed:.1f}"
            ),
            "{participants:.0f}例受试者即使无限随访，预期也仅有{most:.1f}例事件：检验效能需{needed:.1f}例",
        ),
        "size.never_reached": (
            "{events} events are never expected: {participants:.0f} participants, followed for ever, have {most:.1f}",
            "预期永远达不到{events}例事件：{participants:.0f}例受试者无限随访仅有{most:.1f}例",
        ),
        "size.no_events": ("no events are expected by {month} months", "至第{month}个月预期无事件"),
        "size.no_benefit": (
            "{which} is not {side} {margin}, where the benefit is: no number of participants would show it",
            "{which}并非{side}{margin}（获益一侧）：任何样本量均无法证明",
        ),
        "effect.assumed": ("the assumed effect", "假设的效应"),
        "effect.ratio": ("a hazard ratio of {ratio}", "风险比{ratio}"),
        "effect.rate": ("with a rate of {rate} the effect", "率为{rate}时的效应"),
        "effect.mean": ("an effect of {difference}", "效应{difference}"),
        "side.below": ("below", "低于"),
        "side.above": ("above", "高于"),
        "method.margin": (
            "{method} has no margin: use schoenfeld, lachin_foulkes or lakatos",
            "{method}不支持界值：请用schoenfeld、lachin_foulkes或lakatos",
        ),
        "method.positive": (
            "hazard ratio, margin and ratio of the arms are positive and finite",
            "风险比、界值与分配比例须为正的有限值",
        ),
        "method.proportional": (
            "{method} needs one hazard ratio, and it changes over time: use lakatos",
            "{method}需要单一的风险比，而其随时间改变：请用lakatos",
        ),
        "method.events": (
            "by {method} an event has no worth of its own: it depends on when it is expected",
            "按{method}，单个事件没有固定的信息量：取决于其预期发生的时间",
        ),
        "margin.difference": (
            "a difference of rates lies between -1 and 1, and the margin {margin} does not",
            "率差须在-1与1之间，而界值{margin}不在其中",
        ),
        "margin.ratio": (
            "a ratio of rates is positive, and the margin {margin} is not",
            "率比须为正，而界值{margin}不是",
        ),
        "means.spread": (
            "a standard deviation of {sd} is not positive",
            "标准差{sd}不是正的有限值",
        ),
        "means.finite": ("difference and margin are finite", "差值与界值须为有限值"),
        "numbers.range": (
            "the calculation leaves the range of numbers",
            "计算超出数值范围",
        ),
    },
)
phrase = TABLE.phrase
