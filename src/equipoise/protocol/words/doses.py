"""What a protocol is told about doses, dose rules and the advice that a form keeps: code to words."""

from equipoise.words import Words

WORDS: dict[str, Words] = {
    "rule.not_yet_recorded/dose": Words(
        en=(
            "the dose is multiplied with `{name}`, which cannot be used here",
            "{why}",
            "Define a variable with `pick`, and name that.",
        ),
        zh=("剂量须乘以`{name}`，而此处不能使用该名称", "{why}", "请用`pick`定义变量，并引用该变量。"),
    ),
    "dose.scale": Words(
        en=(
            "a dose in {dose_unit} is multiplied with `{name}`",
            "that is in {unit}, and {wanted} is needed",
            "Name an item or a variable in {wanted}.",
        ),
        zh=(
            "以{dose_unit}计的剂量乘以`{name}`",
            "后者的单位为{unit}，此处须为{wanted}",
            "请引用以{wanted}计的条目或变量。",
        ),
    ),
    "dose.scale/fixed": Words(
        en=(
            "a dose in {dose_unit} is multiplied with `{name}`",
            "it is the same for everybody",
            "Remove `scaled_by`, or give the dose by m2, by kg or as an area under the curve.",
        ),
        zh=(
            "以{dose_unit}计的剂量乘以`{name}`",
            "该剂量对所有人相同",
            "请删除`scaled_by`，或按m2、kg或曲线下面积给出剂量。",
        ),
    ),
    "dose.two_groups": Words(
        en=(
            "what was given stands in the groups {groups}",
            "rows of two groups do not belong together",
            "Name items of one group.",
        ),
        zh=("给药记录分布在重复组{groups}中", "不同组的行不能合在一起", "请引用同一组的条目。"),
    ),
    "dose.no_date": Words(
        en=(
            "nothing says on which day form `{form}` was about",
            "a dose without its day has no place in the plan",
            "Name `date`, or give the form a `date_item`.",
        ),
        zh=(
            "无法得知表单`{form}`所记录的日期",
            "没有日期的给药无法与计划对应",
            "请指定`date`，或为表单设置`date_item`。",
        ),
    ),
    "dose.fractions": Words(
        en=("a drug is given in fractions", "radiotherapy is", "Remove it."),
        zh=("药物被设为分次给予", "仅放疗按分次给予", "请删除。"),
    ),
    "dose.given_twice": Words(
        en=(
            "one record of form `{form}` would be a dose of `{one}` and of `{other}` in arm {arm}",
            "both would count it, and the sums, shares and days of both would be wrong",
            "Give each a `when` of its own, or own items; steps of one dose are `phases` of one treatment.",
        ),
        zh=(
            "表单`{form}`的一条记录会同时算作{arm}组`{one}`与`{other}`的一次给药",
            "两者都会计入该记录，累积剂量、比例与日期均会出错",
            "请为两者各写`when`，使任何记录只符合其一，或分别引用各自的条目；逐步加量的剂量应写作一个带`phases`的治疗。",
        ),
    ),
    "dose.each": Words(
        en=(
            "a record is said to stand for every dose of a {each}",
            "the schedule has one dose in each, so that nothing would change",
            "Remove `each`, or say in the schedule how many doses there are (times_a_day, days).",
        ),
        zh=(
            "一条记录被设为代表每个{each}的全部给药",
            "而该安排中各仅有一次给药，此设置不起作用",
            "请删除`each`，或在给药安排中写明次数（times_a_day、days）。",
        ),
    ),
    "dose.each/radiotherapy": Words(
        en=(
            "a record of radiotherapy is said to stand for every dose of a {each}",
            "fractions are counted by `fractions`",
            "Name the item that counts them under `fractions`.",
        ),
        zh=(
            "放疗记录被设为代表每个{each}的全部给药",
            "照射次数以`fractions`计",
            "请在`fractions`中指定记录次数的条目。",
        ),
    ),
    "dose.digits": Words(
        en=(
            "`{item}` holds {places} decimals, and {dose} {unit} are planned",
            "the dose could not be entered as it is given",
            "Give the item more `decimals` (a decimal item, where it is an integer).",
        ),
        zh=(
            "`{item}`保留{places}位小数，而计划剂量为{dose} {unit}",
            "无法如实填写该剂量",
            "请增加该条目的`decimals`（若为整数条目，请改为decimal）。",
        ),
    ),
    "dose.item": Words(
        en=("`{item}` is of type {type}", "here {types} is needed", "Name another item."),
        zh=("`{item}`的类型为{type}", "此处须为{types}", "请引用其他条目。"),
    ),
    "unit.mismatch/dose": Words(
        en=(
            "`{item}` is in {unit}",
            "the dose is planned in {planned}, and nothing is guessed",
            "Record it in {units}.",
        ),
        zh=("`{item}`的单位为{unit}", "计划剂量以{planned}计，系统不作猜测", "请以{units}记录。"),
    ),
    "dose.no_dose": Words(
        en=("`{treatment}` is to be reduced", "only a drug's dose is", "Write delay, omit or stop."),
        zh=("要求对`{treatment}`减量", "只有药物剂量可以减量", "请改为delay、omit或stop。"),
    ),
    "dose.not_lower": Words(
        en=("the dose is reduced to {dose}", "{planned} {unit} is planned", "Give a lower dose."),
        zh=("剂量减至{dose}", "计划剂量为{planned} {unit}", "请给出更低的剂量。"),
    ),
    "advice.no_rules": Words(
        en=(
            "advice about `{treatment}` is kept",
            "no dose rule is about it",
            "Write dose rules, or remove the advice.",
        ),
        zh=("表单保存关于`{treatment}`的剂量建议", "没有针对该治疗的剂量规则", "请编写剂量规则，或删除该建议。"),
    ),
    "advice.type": Words(
        en=("`{item}` is of type {type}", "{key} is {types}", "Name another item."),
        zh=("`{item}`的类型为{type}", "{key}须为{types}", "请引用其他条目。"),
    ),
    "rule.unknown_code/advice": Words(
        en=(
            "`{item}` cannot be {lacking}",
            "codelist {codelist} does not define it",
            "Its codes must include {codes}.",
        ),
        zh=("`{item}`无法取值{lacking}", "代码表{codelist}未定义该代码", "其代码须包括{codes}。"),
    ),
    "advice.entered": Words(
        en=(
            "`{item}` keeps advice and is asked for, hidden or computed as well",
            "nobody enters it, and it may be empty",
            "Write `required: false`, and no rule that shows or computes it.",
        ),
        zh=(
            "`{item}`用于保存剂量建议，却又被设为必填、条件显示或计算",
            "该条目不由任何人填写，且可为空",
            "请写`required: false`，且不要设置显示或计算该条目的规则。",
        ),
    ),
    "rule.circle/advice": Words(
        en=(
            "the advice rests on itself: `{item}` keeps advice about {treatment}",
            "what was advised would decide what is advised",
            "Use what was given, not what was advised.",
        ),
        zh=(
            "剂量建议依赖于自身：`{item}`保存的正是关于{treatment}的建议",
            "已给出的建议将决定后续的建议",
            "请使用实际给药情况，而非所给建议。",
        ),
    ),
}
PHRASES: dict[str, tuple[str, str]] = {
    "unit.none": ("no unit", "空"),
    "dose.when_elsewhere": ("it is no item of form `{form}`", "它不是表单`{form}`的条目"),
    "dose.in_either": ("{one} or in {other}", "{one}或{other}"),
}
