"""A code that has several wordings is told by each of them where its reason is met; one change of the trial for each.

The first wording of most codes stands in the manual of the language (tests/spec) or among the cases of `test_checks`.
"""

from __future__ import annotations

import pytest

from tests.spec.example import read


def _criteria(*rules: tuple[str, str]) -> str:
    parts = [
        f'{{id: {kind[0].upper()}{n}, kind: {kind}, text: {{en: One more, zh: 另一项}}, rule: "{rule}"}}'
        for n, (kind, rule) in enumerate(rules, start=2)
    ]
    return f"eligibility: {{criteria: [{', '.join(parts)}]}}"


def _included(*rules: str) -> str:
    return _criteria(*(("inclusion", rule) for rule in rules))


def _design(text: str) -> str:
    return f"design: {{{text}}}"


_RATES = (
    "endpoints: [{id: os, role: secondary}, {id: toxic, role: primary, better: higher}], analyses: [{id: os_logrank, role: secondary, "
    "estimand: ~}, {id: g2, label: {en: Grade 2, zh: 2级}, endpoint: toxic, set: itt, method: proportion, role: primary}]"
)
_ONE_ARM = (
    "arms: [{id: B, remove: true}], randomization: {ratio: {A: 1, B: ~}, stratify_by: [], scheme: {value: {kind: recorded, "
    "description: {en: None, zh: 无}}}}"
)


def _rates(design: str, also: str = "") -> str:
    """A design of a binary endpoint, of which a higher rate is better."""
    kept = {"control: ~", "events: ~", "hazard_ratio: ~"}
    rest = ", ".join(one for one in sorted(kept) if not design.startswith(one.partition(":")[0] + ":"))
    return "{" + _RATES + also + f", design: {{endpoint: toxic, {rest}, {design}}}}}"


def _one_arm(design: str) -> str:
    return _rates(design, ", " + _ONE_ARM)


def _one_sided(futility: str) -> str:
    return _design(f"sides: 1, alpha: 0.025, futility: {{{futility}}}")


def _derived(how: str, item: str = "type: decimal, unit: m2") -> str:
    surface = f"{{id: surface, label: {{en: Body surface, zh: 体表面积}}, {item}}}"
    return f"forms: [{{id: baseline, items: [{surface}], derivations: [{{id: size, {how}}}]}}]"


_LISTS = (
    "forms: [{id: follow_up, groups: [{id: lesions, label: {en: Lesions, zh: 病灶}, "
    "items: [{id: lesion_name, label: {en: Lesion, zh: 病灶}, type: text}]}]"
)
_SURFACE = "method: body_surface_area, inputs: {height: height, weight: weight}, gives: {body_surface: surface}"
_COURSE = "method: radiotherapy_course, inputs: {start: visit_date}, gives: {any: surface}"
_EBV = (
    "codelists: [{id: ebv_unit, codes: [{code: copies_per_ml, label: {en: Copies, zh: 拷贝}}, "
    "{code: drops, label: {en: Drops, zh: 滴}}]}], "
)

# A change of the demonstration trial; what is told of it in English, and in Chinese.
CASES: list[tuple[str, str, str]] = [
    # eligibility
    (_included("sex = 'F'", "sex = 'M'"), "`sex` must be 'M' and also 'F' together with I2; nobody could qualify", "`sex`须为'M'，同时又须为'F'（结合I2）"),
    (_criteria(("inclusion", "sex = 'F'"), ("exclusion", "sex = 'F'")), "`sex` must be 'F' and must not be 'F' together with I2", "`sex`须为'F'，又不得为'F'"),
    (_included("age = 17"), "`age` must be 17 and also at least 18 and at most 120 together with I1", "`age`须为17，同时又须不小于18且不大于120（结合I1）"),
    (_included("weight > 50", "weight IN (40, 45)"), "`weight` must be 40 or 45 and also above 50 together with I2", "`weight`须为40或45，同时又须大于50"),
    (_included("height < 1.5", "height = 1.6"), "`height` must be 1.6 and also at least 0.5 and below 1.5 together with", "不小于0.5且小于1.5"),
    (_included("age = 130"), "at most 120", "不大于120"),
    (_included("weight > 50", "weight <= 50"), "`weight` must lie above and below 50 together with I2", "`weight`须同时大于和小于50"),
    (_included("weight > 80 AND weight < 60"), "lower limit 80 is above upper limit 60 for `weight`; nobody could qualify", "`weight`的下限80高于上限60；任何人都无法符合"),
    (_included("height > 3"), "lower limit 3 is above upper limit 2.5 for `height` together with the item's hard range", "（结合该条目的硬性范围）"),
    # design
    ("{endpoints: [{id: ttp, role: exploratory}], design: {endpoint: ttp}}", "the design rests on ttp, an exploratory endpoint", "设计所依据的ttp是探索性终点"),
    (_one_sided("kind: z, values: [0]")[:-1] + ", looks: [{information: 0.3}, {information: 0.6}, {information: 1}]}", "1 bounds for 2 interim looks", "2次期中观察给出了1个界值"),
    (_one_sided("kind: user, values: [0.2, 0.1]"), "the values 0.2, 0.1 do not increase from 0", "各值0.2、0.1未自0起递增"),
    (_one_sided("kind: user, values: [0.2]"), "1 values for 2 looks", "2次观察给出了1个值"),
    (_one_sided("kind: kim_demets, parameter: 0"), "the parameter of kim_demets is 0; it is positive", "kim_demets的参数为0"),
    (_one_sided("kind: user, values: [0.05, 0.3], under_null: 0.1"), "0.3 is spent by the last look; there are 0.1 to spend. End", "可供消耗的为0.1。"),
    ("{%s, design: {endpoint: toxic, hazard_ratio: ~, control: ~, events: ~, question: non_inferiority, margin: -1, rates: {control: 0.3, experimental: 0.4, measure: ratio}}}" % _RATES, "the margin is -1; a ratio of rates is positive", "率比须为正数"),
    (_design("means: {control: 0, experimental: 1, sd: 1}"), "means for os; it is a time_to_event endpoint, which has no means", "为os给出了均数"),
    ("{%s, design: {endpoint: toxic, prior: {value: {components: [{hazard_ratio: 0.6, sd: 0.3}]}, assumption: true, source: R1}, relevant_hazard_ratio: 0.75}}" % _RATES, "a prior for toxic; it is a binary endpoint, which has no hazard", "为toxic给出了先验分布"),
    ("{%s, design: {endpoint: toxic, relevant_hazard_ratio: 0.75}}" % _RATES, "a relevant hazard ratio for toxic", "为toxic给出了有意义的风险比"),
    (_design("question: non_inferiority, margin: 0.8, hazard_ratio: 0.7"), "the assumed hazard ratio 0.7 is not above the margin 0.8", "假设的风险比0.7不高于界值0.8"),
    (_design("hazard_ratio: 1.4"), "a hazard ratio of 1.4 is assumed: more events in the experimental arm", "设计将事件更多视为获益"),
    (_design("hazard_ratio: ~"), "the design cannot be planned: `hazard_ratio` is missing", "设计无法计算：缺少`hazard_ratio`"),
    (_rates("question: non_inferiority, margin: -0.1, rates: {control: 0.5, experimental: 0.35}"), "the assumed rates are 0.35 and 0.5, beyond the margin -0.1", "已超出界值-0.1"),
    (_rates("question: non_inferiority, margin: 0.1, rates: {control: 0.3, experimental: 0.3}"), "the margin 0.1 has the benefit on the side of lower; of toxic higher is better", "而toxic以较高为优"),
    (_rates("rates: {control: 0.5, experimental: 0.3}"), "0.3 is assumed in the experimental arm and 0.5 in the control arm", "请对调二者"),
    *(
        (_rates(f"{key}: {value}, rates: {{control: 0.3, experimental: 0.5}}"), f"{says} for toxic; it is a binary endpoint, which has no hazard", f"为toxic给出了{zh}")
        for key, value, says, zh in (
            ("control", "{median_months: 12}", "survival in the control arm", "对照组生存"),
            ("delay_months", "3", "a delay of the hazard ratio", "风险比的延迟"),
            ("cured", "0.1", "a cured share", "治愈比例"),
            ("method", "freedman", "a formula of the log-rank test", "对数秩检验的公式"),
            ("events", "20", "a number of events", "事件数"),
        )
    ),
    (_one_arm("question: non_inferiority, margin: -0.1, rates: {control: 0.3, experimental: 0.5}"), "a margin in a trial of one arm", "单臂试验中设有界值"),
    (_one_arm("rates: {control: 0.3, experimental: 0.5, measure: ratio}"), "a ratio of rates in a trial of one arm", "单臂试验中采用率比"),
    (f"{{{_ONE_ARM}}}", "the design cannot be planned: a time to an event in a trial of one arm", "设计无法计算：单臂试验采用时间-事件终点"),
    # derivations
    (_derived(_SURFACE.replace("body_surface_area,", 'body_surface_area, version: "1",')), "`body_surface_area` has no version 1; it has no versions", "该规则不分版本"),
    (_derived("method: weight_loss_grade, version: CTCAE v4, inputs: {weight: weight}, gives: {any: surface}"), "`weight_loss_grade` has no version CTCAE v4; its versions are CTCAE v5.0", "其版本为CTCAE v5.0"),
    (_derived("method: radiotherapy_course, options: {dose: 70}, inputs: {start: visit_date}, gives: {any: surface}"), "`radiotherapy_course` lacks the options fractions", "`radiotherapy_course`缺少选项fractions；fractions：处方照射次数。"),
    (_derived(_SURFACE, "type: text"), "`surface` is of type text; `body_surface` gives decimal", "请将该条目声明为`type: decimal`"),
    (_derived(_SURFACE, 'type: decimal, unit: m2, computed: "height * height"'), "a rule of its own fills it in as well", "该条目自身的规则也填写该条目"),
    (_derived(f"{_COURSE}, options: {{dose: x, fractions: 1.5}}"), "`dose` is 'x'; a number is asked for", "`dose`为'x'；须为数字"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: x}}"), "a whole number is asked for", "须为整数"),
    (_derived(f"{_COURSE}, options: {{dose: 0, fractions: 35}}"), "`dose` is 0; more than 0 is asked for", "须大于0"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: 350}}"), "at most 100 is asked for", "不得大于100"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: 35, adjusted_workdays: 3}}"), "true or false is asked for", "须为true或false"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: 35, calendar: 3}}"), "a text is asked for", "须为文本"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: 35, workdays: today}}"), "a list of texts is asked for", "须为文本列表"),
    (_derived(f"{_COURSE}, options: {{dose: 70, fractions: 35, workdays: [today]}}"), "today cannot be read as that", "today无法按此解读"),
    (_derived("method: radiotherapy_course, options: {dose: 70, fractions: 35}, inputs: {start: visit_date, dose: pack_years}, gives: {any: surface}"), "`pack_years` has no unit; `dose` is in Gy", "`pack_years`没有单位"),
    (_derived("method: ebv_dna, inputs: {ct: weight}, gives: {any: surface}"), "`weight` is in kg; `ct` is a pure number", "`ct`为纯数字"),
    ("{%sforms: [{id: baseline, items: [{id: ebv, label: {en: Unit, zh: 单位}, type: code, codelist: ebv_unit}], derivations: [{id: virus, method: ebv_dna, inputs: {unit: ebv}, gives: {any: surface}}]}]}" % _EBV, "`ebv` may be drops; `unit` takes copies_per_ml, iu_per_ml", "`ebv`可能为drops"),
    (_derived(_SURFACE.replace("{height: height", "{tall: height, height: height")), "`tall` is not an input of `body_surface_area`", "`body_surface_area`的输入"),
    (_derived(_SURFACE.replace("{body_surface: surface", "{area: surface")), "`area` is not an output of `body_surface_area`", "`body_surface_area`的输出"),
    (_derived(f"{_SURFACE}, options: {{rule: du_bois}}"), "`rule` is not an option of `body_surface_area`", "`body_surface_area`的选项"),
    (_derived(f"{_SURFACE}, group: nowhere"), "`nowhere` is not a group of this form", "`nowhere`不是本表单的重复组"),
    (f"{_LISTS}, derivations: [{{id: recist, method: recist, version: RECIST 1.1, options: {{baseline_visits: [screening]}}, rows: {{lesions: {{group: lesions, fields: {{lesion: lesion_name}}}}}}, gives: {{any: lesion_name}}}}]}}]", "`lesions` is not a table of rows of `recist`", "`recist`的行表"),
    (f"{_LISTS}, derivations: [{{id: recist, method: recist, version: RECIST 1.1, options: {{baseline_visits: [screening]}}, rows: {{targets: {{group: lesions, fields: {{name: lesion_name}}}}}}, gives: {{any: lesion_name}}}}]}}]", "`name` is not a field of `targets`", "`targets`的字段"),
    # forms
    ("forms: [{id: baseline, items: [{id: weight, soft: {min: '18'}}]}]", 'the limit is the text "18"; the item is a number', "该条目为数字"),
    ("forms: [{id: baseline, items: [{id: height, soft: {max: 3}}]}]", "the soft upper limit is above the hard one", "软性上限高于硬性上限"),
    ("forms: [{id: baseline, items: [{id: pack_years, soft: {min: 1, unit: kg}}]}]", "the range is in kg; the item itself has no unit", "该条目本身没有单位"),
    ("forms: [{id: spare, title: {en: Spare, zh: 备用}, items: [{id: note, label: {en: Note, zh: 备注}, type: text, shown_when: randomized_date IS NULL}]}]", "which is after form spare, which is used at no visit", "晚于表单spare（未用于任何访视）"),
    # doses, scenarios, dates
    ("arms: [{id: A, regimen: [{id: cisplatin, scaled_by: pack_years}]}]", "that is in no unit, and m2 is needed", "后者的单位为空"),
    ("scenarios: [{id: base, outcomes: [{id: dying, cured: 1.5}]}]", "`cured` is 1.5", "`cured`为1.5"),
    ("scenarios: [{id: base, outcomes: [{id: dying, after: nothing}]}]", "`nothing` is not an outcome", "`nothing`不是结局"),
    ("scenarios: [{id: base, start: 1/1/2025}]", "a date is written YYYY-MM-DD", "日期应写作YYYY-MM-DD"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "english", "chinese"), CASES, ids=[english[:50] for _, english, _ in CASES])
def test_each_reason_is_told_in_its_own_words(change: str, english: str, chinese: str) -> None:
    found = read(change)[0].findings
    told = [(f.tell("en"), f.tell("zh")) for f in found]
    assert any(english in one and chinese in other for one, other in told), told
