"""Every Finding code of a protocol's check is produced once, at the right path and line; the sound trial produces none.

Most codes are produced by the specification itself (tests/spec); here are those that need no place in the manual, and second
places at which a code is used.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path

import pytest

from equipoise.protocol import words
from equipoise.protocol.reading import Reading
from equipoise.words import LANGUAGES
from tests.spec.example import line_of, read
from tests.words import tables

ROOT = Path(__file__).resolve().parents[2]
Told = tuple[str, str, str]
# What is said while a protocol is read needs files and no check: tests/spec/test_files.py, test_reading.py.
SUBJECTS = [
    part for part in vars(words).values() if hasattr(part, "WORDS") and part not in (words.reading, words.shape)
]

# A trial that is planned by its binary endpoint.
_TOXIC = (
    "endpoints: [{id: os, role: secondary}, {id: toxic, role: primary, better: higher}], analyses: [{id: os_logrank, role: secondary, estimand: ~}, "
    "{id: g2, label: {en: Grade 2, zh: 2级}, endpoint: toxic, set: itt, method: proportion, role: primary}]"
)

# A change of the demonstration trial; code, path and severity of the one Finding.
# A value that is known only after randomization.
LATE = "variables: [{id: was_seen, label: {en: Seen, zh: 已就诊}, type: boolean, pick: {item: progressed, which: any, where: progressed}}]"
CASES: list[tuple[str, Told]] = [
    # names
    ("forms: [{id: baseline, items: [{id: arm, label: {en: Arm, zh: 臂}, type: text}]}]", ("name.built_in", "forms.baseline.items.arm", "error")),
    ("forms: [{id: baseline, items: [{id: seq, label: {en: Sequence, zh: 序号}, type: integer}]}]", ("name.reserved", "forms.baseline.items.seq", "error")),
    ("forms: [{id: baseline, items: [{id: AGE, label: {en: Age, zh: 年龄}, type: integer}]}]", ("name.case", "forms.baseline.items.AGE", "warning")),
    ("codelists: [{id: sex, codes: [{code: F, label: {en: F, zh: 女}}, {code: M, label: {en: M, zh: 男}}, {code: M, label: {en: M, zh: 男}}]}]",
     ("name.duplicate", "codelists.sex.codes[3]", "error")),
    ("baseline: [age, age]", ("name.duplicate", "baseline[2]", "error")),
    ("randomization: {stratify_by: [sex, sex]}", ("name.duplicate", "randomization.stratify_by[2]", "error")),
    ("factors: [{id: sex, levels: [F, M, F]}]", ("name.duplicate", "factors.sex.levels[3]", "error")),
    ("sites: [{id: S01, country: China}]", ("site.country", "sites.S01.country", "error")),
    # forms
    ("codelists: [{id: colour, codes: [{code: red, label: {en: Red, zh: 红}}]}]", ("codelist.unused", "codelists.colour", "warning")),
    ("forms: [{id: baseline, items: [{id: age, decimals: 1}]}]", ("item.decimals", "forms.baseline.items.age.decimals", "error")),
    ("forms: [{id: baseline, items: [{id: sex, cdash: BRTHDAT}]}]", ("item.cdash", "forms.baseline.items.sex.cdash", "error")),
    ("forms: [{id: baseline, items: [{id: smoker, unit: kg}]}]", ("unit.without_number", "forms.baseline.items.smoker.unit", "error")),
    ("variables: [{id: sex_again, label: {en: Sex, zh: 性别}, type: code, codelist: grade, rule: \"CASE WHEN old THEN sex ELSE '1' END\"}]", ("rule.unknown_code", "variables.sex_again.rule", "error")),
    ("variables: [{id: old, unit: kg}]", ("unit.without_number", "variables.old.unit", "error")),
    ("forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]\nendpoints: [{id: os, death: censored}]", ("endpoint.death", "endpoints.os.death", "error")),
    ("forms: [{id: death, items: [{id: death_date, cdash: DTHDAT}]}]\nendpoints: [{id: ttp, death: event}]", ("endpoint.death", "endpoints.ttp.death", "error")),
    ("forms: [{id: baseline, items: [{id: smoker, soft: {min: 0}}]}]", ("range.type", "forms.baseline.items.smoker.soft", "error")),
    ("forms: [{id: baseline, items: [{id: age, soft: {min: '18'}}]}]", ("range.type", "forms.baseline.items.age.soft.min", "error")),
    ("forms: [{id: baseline, items: [{id: age, soft: {min: 18.5}}]}]", ("range.type", "forms.baseline.items.age.soft.min", "error")),
    ("forms: [{id: baseline, items: [{id: age, soft: {}}]}]", ("range.open", "forms.baseline.items.age.soft", "error")),
    ("forms: [{id: baseline, items: [{id: height, soft: {min: 140, unit: cm}}]}]", ("unit.mismatch", "forms.baseline.items.height.soft.unit", "error")),
    ("forms: [{id: baseline, items: [{id: height, soft: {min: 40, unit: kg}}]}]", ("unit.mismatch", "forms.baseline.items.height.soft.unit", "error")),
    ("forms: [{id: baseline, items: [{id: visit_date, soft: {min: '2025-01-01', max: '2024-01-01'}}]}]", ("range.empty", "forms.baseline.items.visit_date.soft", "error")),
    ("forms: [{id: baseline, items: [{id: visit_date, soft: {min: 2024}}]}]", ("date.impossible", "forms.baseline.items.visit_date.soft.min", "error")),
    ("forms: [{id: safety, groups: [{id: events, min_rows: 12}]}]", ("range.empty", "forms.safety.groups.events.max_rows", "error")),
    ("forms: [{id: baseline, date_item: seen_date}]", ("name.unknown", "forms.baseline.date_item", "error")),
    ("forms: [{id: baseline, checks: [{id: C1, items: [seen_date]}]}]", ("name.unknown", "forms.baseline.checks.C1.items[1]", "error")),
    ("forms: [{id: baseline, checks: [{id: C1, rule: weight}]}]", ("rule.wrong_type", "forms.baseline.checks.C1.rule", "error")),
    ("forms: [{id: safety, groups: [{id: events, items: [{id: ae_onset, impute: ~}, {id: ae_end, label: {en: E, zh: 止}, type: partial_date, impute: {}}]}]}]", ("impute.nothing", "forms.safety.groups.events.items.ae_end.impute", "error")),
    ("forms: [{id: safety, groups: [{id: events, items: [{id: ae_end, label: {en: E, zh: 止}, type: partial_date, impute: {day: last, not_before: [ae_onset]}}]}]}]", ("impute.circle", "forms.safety.groups.events.items.ae_end.impute.not_before[1]", "error")),
    ("forms: [{id: safety, groups: [{id: events, items: [{id: ae_onset, impute: {not_before: [never]}}]}]}]", ("name.unknown", "forms.safety.groups.events.items.ae_onset.impute.not_before[1]", "error")),
    ("forms: [{id: safety, groups: [{id: events, items: [{id: ae_end, label: {en: E, zh: 止}, type: partial_date, computed: ae_seen}]}]}]", ("item.computed_type", "forms.safety.groups.events.items.ae_end.computed", "error")),
    ("forms: [{id: safety, groups: [{id: events, items: [{id: ae_onset_known, label: {en: E, zh: 止}, type: text}]}]}]", ("name.duplicate", "forms.safety.groups.events.items.ae_onset", "error")),
    ("variables: [{id: thin, label: {en: T, zh: 甲}, type: decimal, unit: kg/m2, rule: weight / height}]", ("rule.unit_of_result", "variables.thin.rule", "error")),
    ("variables: [{id: since, label: {en: T, zh: 甲}, type: integer, unit: months, rule: \"DATE_DIFF('day', visit_date, died_on)\"}]", ("rule.unit_of_result", "variables.since.rule", "error")),
    ("forms: [{id: baseline, items: [{id: thin, label: {en: T, zh: 甲}, type: decimal, unit: m2, computed: weight / height}]}]", ("rule.unit_of_result", "forms.baseline.items.thin.computed", "error")),
    ("endpoints: [{id: heavy, unit: g}]", ("rule.unit_of_result", "endpoints.heavy.rule", "error")),
    ("endpoints: [{id: heavy, rule: 5.0 - 5.0}]", ("endpoint.constant", "endpoints.heavy.rule", "error")),
    ("endpoints: [{id: toxic, rule: 1 = 1}]", ("endpoint.constant", "endpoints.toxic.rule", "error")),
    ("variables: [{id: old, rule: \"AGE(age, visit_date) >= 65\"}]", ("rule.not_a_date", "variables.old.rule", "error")),
    ("variables: [{id: old, rule: AGE(visit_date) >= 65}]", ("rule.unreadable", "variables.old.rule", "error")),
    ("variables: [{id: old, rule: \"DATE_DIFF('hour', visit_date, died_on) >= 65\"}]", ("rule.unreadable", "variables.old.rule", "error")),
    # people
    ("roles: [{id: investigator, acts: [screen, consent, record, correct, enroll, randomize, withdraw, answer_query, enroll]}]", ("role.act_twice", "roles.investigator.acts[9]", "warning")),
    ("roles: [{id: manager, conflicts_with: [sponsor]}]", ("name.unknown", "roles.manager.conflicts_with[1]", "error")),
    # arms and randomization
    ("arms: [{id: A, regimen: [{kind: radiotherapy, id: rt, label: {en: RT, zh: 放疗}, dose_gy: 0, fractions: 35, fractions_per_week: 5}]}]",
     ("arm.dose", "arms.A.regimen.rt", "error")),
    ("arms: [{id: A, regimen: [{kind: radiotherapy, id: rt, label: {en: RT, zh: 放疗}, dose_gy: 70, fractions: 35, fractions_per_week: 50}]}]",
     ("arm.dose", "arms.A.regimen.rt.fractions_per_week", "error")),
    ("{factors: [{id: age, label: {en: Age, zh: 年龄}}], randomization: {stratify_by: [sex, age]}}", ("factor.levels", "factors.age", "error")),
    ("factors: [{id: sex, levels: [F]}]", ("factor.one_level", "factors.sex.levels", "warning")),
    ("randomization: {stratify_by: []}", ("factor.unused", "factors.sex", "warning")),
    ("randomization: {stratify_by: [sex, old]}", ("name.unknown", "randomization.stratify_by[2]", "error")),
    ("{factors: [{id: nothing, label: {en: Nothing, zh: 无}}], randomization: {stratify_by: [sex, nothing]}}", ("name.unknown", "factors.nothing.id", "error")),
    ("randomization: {ratio: {A: 1, B: 0}}", ("randomization.weight", "randomization.ratio.B", "error")),
    ("{arms: [{id: A, remove: true}], randomization: {ratio: {value: {B: 1}}}, analyses: [{id: os_logrank, method: cox, covariates: [age]}, {id: os_old, method: cox, covariates: [age]}], scenarios: ~, baseline: [], dose_rules: ~, safety_rules: ~, forms: [{id: cycle, advice: []}]}", ("randomization.arms", "randomization.ratio", "error")),
    ("randomization: {scheme: {sizes: [4, 4, 6]}}", ("randomization.block_size_twice", "randomization.scheme.sizes", "error")),
    ("randomization: {scheme: {sizes: [2, 4]}}", ("randomization.small_block", "randomization.scheme.sizes", "warning")),
    ("randomization: {scheme: {value: {kind: minimization, p: 0.3}}}", ("randomization.p_too_small", "randomization.scheme.p", "error")),
    ("randomization: {scheme: {value: {kind: minimization, p: 0.8, weights: {sex: 0}}}}", ("randomization.factor_weight", "randomization.scheme.weights.sex", "error")),
    ("randomization: {scheme: {value: {kind: minimization, p: 0.8, weights: {age: 1}}}}", ("randomization.unknown_factor", "randomization.scheme.weights.age", "error")),
    ("{factors: [{id: sex, remove: true}], randomization: {stratify_by: [], scheme: {value: {kind: minimization, p: 0.8}}}}",
     ("randomization.no_factors", "randomization.stratify_by", "error")),
    ("{randomization: {ratio: {value: {A: 2, B: 1}}, scheme: {value: {kind: big_stick, limit: 3}}}}", ("randomization.big_stick_ratio", "randomization.ratio", "error")),
    ("randomization: {scheme: {value: {kind: big_stick, limit: 1}}}", ("randomization.limit_of_one", "randomization.scheme.limit", "warning")),
    ("{factors: [{id: site, label: {en: Site, zh: 中心}}, {id: age, label: {en: Age, zh: 年龄}, levels: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14']}], "
     "randomization: {stratify_by: [sex, site, age]}}", ("randomization.many_strata", "randomization.stratify_by", "warning")),
    # doses
    ("arms: [{id: A, regimen: [{id: cisplatin, scaled_by: height_now}]}]", ("name.unknown", "arms.A.regimen.cisplatin.scaled_by", "error")),
    ("arms: [{id: A, regimen: [{id: cisplatin, scaled_by: seen_date}]}]", ("rule.not_yet_recorded", "arms.A.regimen.cisplatin.scaled_by", "error")),
    ("arms: [{id: A, regimen: [{id: cisplatin, unit: mg}]}]", ("dose.scale", "arms.A.regimen.cisplatin.scaled_by", "error")),
    ("arms: [{id: A, regimen: [{id: cisplatin, given_by: {form: nowhere}}]}]", ("name.unknown", "arms.A.regimen.cisplatin.given_by.form", "error")),
    ("arms: [{id: A, regimen: [{id: cisplatin, given_by: {given: smoker}}]}]", ("name.unknown", "arms.A.regimen.cisplatin.given_by.given", "error")),
    ("{forms: [{id: cycle, items: [{id: parts, label: {en: Parts, zh: 次数}, type: integer}]}], arms: [{id: A, regimen: [{id: cisplatin, given_by: {fractions: parts}}]}]}",
     ("dose.fractions", "arms.A.regimen.cisplatin.given_by.fractions", "error")),
    ("{forms: [{id: cycle, items: [{id: ml, label: {en: Volume, zh: 体积}, type: decimal, unit: mL}]}], arms: [{id: A, regimen: [{id: cisplatin, given_by: {dose: ml}}]}]}",
     ("unit.mismatch", "arms.A.regimen.cisplatin.given_by.dose", "error")),
    ("forms: [{id: cycle, date_item: ~}]", ("dose.no_date", "arms.A.regimen.cisplatin.given_by", "error")),
    ("{forms: [{id: cycle, groups: [{id: g1, label: {en: One, zh: 一}, items: [{id: in_1, label: {en: In, zh: 入}, type: boolean}]}, {id: g2, label: {en: Two, zh: 二}, "
     "items: [{id: in_2, label: {en: In, zh: 入}, type: decimal, unit: mg}]}]}], arms: [{id: A, regimen: [{id: cisplatin, given_by: {given: in_1, dose: in_2}}]}]}",
     ("dose.two_groups", "arms.A.regimen.cisplatin.given_by", "error")),
    ("{codelists: [{id: short, codes: [{code: give, label: {en: Give, zh: 给}}]}], forms: [{id: cycle, items: [{id: told, label: {en: Told, zh: 告知}, type: code, codelist: short, required: false}], "
     "advice: [{treatment: cisplatin, gives: {recommendation: told}}]}]}", ("rule.unknown_code", "forms.cycle.advice[1].gives.recommendation", "error")),
    ("dose_rules: [{id: frail, when: cut_date > DATE '2020-01-01'}]", ("rule.not_yet_recorded", "dose_rules.frail.when", "error")),
    # visits
    ("{visits: [{id: late, label: {en: Late, zh: 晚期}, anchor: randomization, day: 900}], randomization: {at: late}}",
     ("visit.act_elsewhere", "randomization.at", "error")),
    ("visits: [{id: screening, anchor: randomization}, {id: every_3_months, act: [randomize]}]", ("visit.act_twice", "visits.every_3_months.act[1]", "error")),
    ("{visits: [{id: screening, act: [consent, enroll], anchor: randomization}, {id: every_3_months, act: [randomize]}], randomization: {at: every_3_months}}",
     ("visit.anchor_later", "visits.screening.anchor", "error")),
    ("{visits: [{id: screening, act: [consent, randomize]}], eligibility: {at: every_3_months}}", ("eligibility.too_late", "eligibility.at", "error")),
    ("eligibility: {at: events}", ("visit.is_log", "eligibility.at", "error")),
    ("eligibility: {at: nowhere}", ("name.unknown", "eligibility.at", "error")),
    ("randomization: {at: nowhere}", ("name.unknown", "randomization.at", "error")),
    ("visits: [{id: every_3_months, when: seen_date > visit_date}]", ("rule.not_yet_recorded", "visits.every_3_months.when", "error")),
    # variables
    ("variables: [{id: old, codelist: sex}]", ("variable.type", "variables.old.codelist", "error")),
    ("variables: [{id: twice, label: {en: Twice, zh: 两倍}, type: decimal, unit: stones, rule: pack_years * 2}]", ("unit.unknown", "variables.twice.unit", "error")),
    ("variables: [{id: died_on, pick: {item: death_day}}]", ("name.unknown", "variables.died_on.pick.item", "error")),
    ("variables: [{id: first_term, label: {en: Term, zh: 术语}, type: text, pick: {item: ae_term, which: min}}]", ("pick.which", "variables.first_term.pick.which", "error")),
    ("variables: [{id: worst_grade_2, pick: {where: ae_grade = '7'}}]", ("rule.unknown_code", "variables.worst_grade_2.pick.where", "error")),
    ("variables: [{id: worst_grade_2, pick: {where: weight > 2}}]", ("rule.not_yet_recorded", "variables.worst_grade_2.pick.where", "error")),
    ("variables: [{id: worst, label: {en: Worst, zh: 最差}, type: code, codelist: sex, pick: {item: sex}}, "
     "{id: odd, label: {en: Odd, zh: 异}, type: code, codelist: short, pick: {item: sex}}]", ("name.unknown", "variables.odd.codelist", "error")),
    ("{codelists: [{id: one, codes: [{code: F, label: {en: F, zh: 女}}]}], variables: [{id: odd, label: {en: Odd, zh: 异}, type: code, codelist: one, pick: {item: sex}}]}",
     ("rule.unknown_code", "variables.odd.codelist", "error")),
    ("variables: [{id: heaviest, label: {en: H, zh: 重}, type: decimal, pick: {item: weight}}]", ("unit.mismatch", "variables.heaviest.unit", "error")),
    ("variables: [{id: smoked, label: {en: S, zh: 烟}, type: decimal, unit: kg, pick: {item: pack_years}}]", ("unit.mismatch", "variables.smoked.unit", "error")),
    # endpoints and analyses
    ("analyses: [{id: os_all, label: {en: All, zh: 全部}, endpoint: os, set: itt, method: logrank, role: secondary, by: ~}]", ("analysis.by", "analyses.os_all.by", "error")),
    ("analyses: [{id: os_logrank, by: death_date}]", ("rule.not_yet_recorded", "analyses.os_logrank.by", "error")),
    ("analyses: [{id: os_logrank, subgroup: weight}]", ("rule.wrong_type", "analyses.os_logrank.subgroup", "error")),
    ("analyses: [{id: os_km, method: milestone, at_days: [100, 200, 100]}]", ("analysis.option", "analyses.os_km.at_days[3]", "error")),
    ("analyses: [{id: os_cox, rho: 1}]", ("analysis.option_unused", "analyses.os_cox.rho", "error")),
    ("analyses: [{id: os_cox, weights: [{kind: early_zero, delay_days: 60}]}]", ("analysis.option_unused", "analyses.os_cox.weights", "error")),
    ("analyses: [{id: os_km, strata: [sex]}]", ("analysis.option_unused", "analyses.os_km.strata", "error")),
    ("analyses: [{id: os_logrank, conf_type: log_log}]", ("analysis.option_unused", "analyses.os_logrank.conf_type", "error")),
    ("analyses: [{id: os_km, method: cumulative_incidence}]", ("analysis.option", "analyses.os_km", "error")),
    ("{design: ~, endpoints: [{id: os, role: exploratory}], analyses: [{id: os_logrank, role: secondary}]}", ("endpoint.no_primary", "endpoints", "error")),
    ("analyses: [{id: os_logrank, gamma: 1, weights: [{kind: early_zero, delay_days: 60}]}]", ("analysis.option", "analyses.os_logrank.weights", "error")),
    ("analyses: [{id: os_logrank, method: maxcombo}]", ("analysis.option", "analyses.os_logrank", "error")),
    ("analyses: [{id: os_max, label: {en: M, zh: 最}, endpoint: os, set: itt, method: maxcombo, role: secondary, by: ~, weights: [{kind: modest, level: 0.5}]}]",
     ("analysis.by", "analyses.os_max.by", "error")),
    ("analyses: [{id: os_cox, method: rmst, covariates: [], strata: []}]", ("analysis.option", "analyses.os_cox", "warning")),
    ("analyses: [{id: os_km, role: primary}]", ("analysis.primary", "analyses.os_km.method", "warning")),
    ("analyses: [{id: os_logrank, endpoint: ttp, estimand: ~}]", ("analysis.primary", "analyses.os_logrank.role", "warning")),
    ("{endpoints: [{id: ttp, role: exploratory}], analyses: [{id: os_logrank, endpoint: ttp, estimand: ~}]}", ("analysis.primary", "analyses.os_logrank.role", "warning")),
    ("analyses: [{id: os_logrank, by: sex, reference: X}]", ("name.unknown", "analyses.os_logrank.reference", "error")),
    ("analyses: [{id: os_logrank, set: all}]", ("name.unknown", "analyses.os_logrank.set", "error")),
    ("analyses: [{id: os_logrank, estimand: other}]", ("name.unknown", "analyses.os_logrank.estimand", "error")),
    ("estimands: [{id: main, endpoint: survival}]", ("name.unknown", "estimands.main.endpoint", "error")),
    ("endpoints: [{id: heavy, unit: stones}]", ("unit.unknown", "endpoints.heavy.unit", "error")),
    ("endpoints: [{id: heavy, unit: ~}]", ("endpoint.unit", "endpoints.heavy.unit", "warning")),
    ("endpoints: [{id: os, origin: nothing}]", ("name.unknown", "endpoints.os.origin", "error")),
    ("endpoints: [{id: ttp, censoring: [{id: left, when: weight}]}]", ("rule.wrong_type", "endpoints.ttp.censoring.left.when", "error")),
    ("sets: [{id: itt, rule: age}]", ("rule.wrong_type", "sets.itt.rule", "error")),
    # design and scenarios
    ("analyses: [{id: os_logrank, subgroup: sex}]", ("design.unanswered", "design.endpoint", "warning")),
    ("analyses: [{id: os_logrank, by: sex, reference: F}]", ("design.unanswered", "design.endpoint", "warning")),
    ("design: {endpoint: survival}", ("name.unknown", "design.endpoint", "error")),
    ("{design: {endpoint: toxic, control: ~, events: ~}, endpoints: [{id: toxic, role: primary}, {id: os, role: secondary}], analyses: [{id: os_logrank, endpoint: toxic, method: proportion, estimand: ~}]}",
     ("design.endpoint", "design.hazard_ratio", "error")),
    ("design: {spending: {kind: user, values: [0.02]}}", ("design.spending", "design.spending", "error")),
    ("{%s, design: {endpoint: toxic, hazard_ratio: ~, control: ~, events: ~, rates: {control: 0.3, experimental: 0.3}}}" % _TOXIC,
     ("design.no_effect", "design.rates", "error")),
    ("{%s, design: {endpoint: toxic, hazard_ratio: ~, control: ~, events: ~, question: non_inferiority, margin: -1.2, rates: {control: 0.3, experimental: 0.3}}}" % _TOXIC,
     ("design.margin", "design.margin", "error")),
    ("design: {method: lakatos, delay_months: -1}", ("shape.out_of_bounds", "design.delay_months", "error")),
    ("design: {question: non_inferiority, margin: -1.2}", ("design.margin", "design.margin", "error")),
    ("design: {spending: {kind: user, values: [-0.01, 0.05]}}", ("design.spending", "design.spending", "error")),
    ("design: {spending: {kind: pocock, parameter: 2}}", ("design.spending", "design.spending", "error")),
    ("design: {spending: {kind: lan_demets_pocock, values: [0.01, 0.05]}}", ("design.spending", "design.spending", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: z, values: [0], parameter: 1}}", ("design.futility", "design.futility", "error")),
    ("design: {spending: {kind: kim_demets, parameter: 0}}", ("design.spending", "design.spending", "error")),
    ("design: {spending: {kind: pampallona_tsiatis}}", ("design.spending", "design.spending", "error")),
    ("design: {sides: 1, alpha: 0.025, looks: ~, spending: ~, futility: {kind: z, values: []}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: z, values: [0], under_null: 0.1}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: hwang_shih_decani}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: user, values: [0.05, 0.3]}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: hazard_ratio, values: [-1]}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, futility: {kind: effect_share, values: [1]}}", ("design.futility", "design.futility", "error")),
    ("design: {sides: 1, alpha: 0.025, hazard_ratio: ~, futility: {kind: hazard_ratio, values: [1]}}", ("design.futility", "design.futility", "error")),
    ("design: {dropout_per_month: -0.1}", ("shape.out_of_bounds", "design.dropout_per_month", "error")),
    ("design: {participants: ~, events: 0}", ("shape.out_of_bounds", "design.events", "error")),
    ("scenarios: [{id: base, withdrawal_per_month: -1}]", ("shape.out_of_bounds", "scenarios.base.withdrawal_per_month", "error")),
    ("scenarios: [{id: base, site_shares: {S01: -1}}]", ("shape.out_of_bounds", "scenarios.base.site_shares.S01", "error")),
    ("scenarios: [{id: base, items: {nothing: 1}}]", ("name.unknown", "scenarios.base.items.nothing", "error")),
    ("scenarios: [{id: base, items: {smoker: {value: {days_after: [1, 2], from: visit_date}}}}]", ("scenario.type", "scenarios.base.items.smoker", "error")),
    ("scenarios: [{id: base, items: {seen_date: {from: nothing}}}]", ("name.unknown", "scenarios.base.items.seen_date.from", "error")),
    ("scenarios: [{id: base, items: {pack_years: {rule: weight > 1}}}]", ("rule.wrong_type", "scenarios.base.items.pack_years.rule", "error")),
    ("scenarios: [{id: base, outcomes: [{id: dying, after: dying}]}]", ("rule.circle", "scenarios.base.outcomes.dying.after", "error")),
    ("scenarios: [{id: base, outcomes: [{id: dying, date_item: day}]}]", ("name.unknown", "scenarios.base.outcomes.dying.date_item", "error")),
    ("scenarios: [{id: base, outcomes: [{id: dying, form: follow_up, visit: every_3_months, date_item: progressed}]}]",
     ("item.not_a_date", "scenarios.base.outcomes.dying.date_item", "error")),
    # shape
    ("study: {title: ~}", ("shape.missing", "study.title", "error")),
    ("arms: [{id: A, label: {en: '', zh: 甲}}]", ("shape.empty", "arms.A.label.en", "error")),
    ("baseline: age", ("shape.list_needed", "baseline", "error")),
    ("visits: [{id: every_3_months, window: 14}]", ("shape.mapping_needed", "visits.every_3_months.window", "error")),
    ("visits: [{id: every_3_months, window: {before: few}}]", ("shape.number_needed", "visits.every_3_months.window.before", "error")),
    ("visits: [{id: every_3_months, window: {before: -1}}]", ("shape.out_of_bounds", "visits.every_3_months.window.before", "error")),
    ("visits: [{id: every_3_months, optional: maybe}]", ("shape.truth_needed", "visits.every_3_months.optional", "error")),
    ("visits: [{id: every_3_months, day: -56}]", ("visit.before_anchor", "visits.every_3_months.day", "warning")),
    (f"{LATE}\nanalyses: [{{id: os_cox, label: {{en: Cox, zh: Cox模型}}, endpoint: os, set: itt, method: cox, role: sensitivity, covariates: [was_seen]}}]", ("analysis.after_randomization", "analyses.os_cox.covariates[1]", "warning")),
    (f"{LATE}\nanalyses: [{{id: os_cox, label: {{en: Cox, zh: Cox模型}}, endpoint: os, set: itt, method: cox, role: subgroup, subgroup: was_seen}}]", ("analysis.after_randomization", "analyses.os_cox.subgroup", "warning")),
    (f"{LATE}\nanalyses: [{{id: os_cox, label: {{en: Cox, zh: Cox模型}}, endpoint: os, set: itt, method: cox, role: sensitivity, strata: [was_seen]}}]", ("analysis.after_randomization", "analyses.os_cox.strata[1]", "warning")),
    (f"{LATE}\nsets: [{{id: itt, rule: randomized AND was_seen}}]", ("set.after_randomization", "sets.itt.rule", "warning")),
    ("sets: [{id: itt, rule: randomized AND NOT unblinded}]", ("set.after_randomization", "sets.itt.rule", "warning")),
    ("eligibility: {criteria: [{id: I1, rule: NOT unblinded}]}", ("rule.not_yet_recorded", "eligibility.criteria.I1.rule", "error")),
    ("endpoints: [{id: easier, kind: binary, label: {en: Easier, zh: 更易}, short: E, description: {en: Easier in one arm, zh: 一组更易}, role: exploratory, rule: \"age > 60 OR arm = 'A'\"}]", ("endpoint.names_arm", "endpoints.easier.rule", "warning")),
    ("sites: []", ("shape.too_few", "sites", "error")),
    ("scenarios: [{id: base, items: {age: {normal: [1, 2, 3]}}}]", ("shape.not_consistent", "scenarios.base.items.age.normal", "error")),
    (f"forms: [{{id: baseline, items: [{{id: smoker, shown_when: \"{'smoker OR ' * 500}age > 1\"}}]}}]", ("shape.too_long", "forms.baseline.items.smoker.shown_when", "error")),
]  # fmt: skip

# Codes that a protocol cannot produce, because its shape already refuses what would or they are about participants: held
# by the tests of those rooms.
OTHER_TESTS = {
    f"randomization.{c}"
    for c in (
        *("arm_twice", "factor_missing", "factor_twice", "kind", "limit", "measure", "no_block_sizes"),
        *("past_incomplete", "predictable", "recorded", "version"),
    )
} | {"rule.failed", "template.unknown", "template.not_empty"}
# Contradictions within a form, and patterns of numbers: tests/protocol/test_form_contradictions.py, test_id_pattern.py.
OTHER_TESTS |= {"form.no_page", "form.no_answer", "form.no_state", "check.soft_in_vain", "check.remark_in_vain"}
OTHER_TESTS |= {"analysis.groups", "analysis.covariate"}  # tests/protocol/test_groups.py
OTHER_TESTS |= {"item.required_and_empty", "id_pattern.not_taken", "id_pattern.too_few"}


@cache
def once(change: str) -> tuple[Reading, str]:
    """Each case is read once for all that is asked of it."""
    return read(change)


@pytest.mark.parametrize(("change", "told"), CASES, ids=[f"{told[0]}-{told[1]}" for _, told in CASES])
def test_a_mistake_is_told_once_at_its_place(change: str, told: Told) -> None:
    reading, text = once(change)
    assert [(f.code, f.where.path, f.severity) for f in reading.findings] == [told], [str(f) for f in reading.findings]
    assert reading.findings[0].where.line == line_of(text, told[1])
    assert all((f.what, f.why, f.mend) and f.mend.endswith((".", "?", "`")) for f in reading.findings)


def test_control_the_sound_trial_has_no_finding() -> None:
    reading, _ = read()
    assert reading.findings == []


def test_control_a_wrong_line_is_noticed() -> None:
    reading, text = read("baseline: [age, age]")
    assert reading.findings[0].where.line != line_of(f"# one line more\n{text}", "baseline[2]")


def produced_by_the_specification() -> set[str]:
    modules = [
        importlib.import_module(f"tests.spec.{path.stem}")
        for path in sorted((ROOT / "tests" / "spec").glob("test_*.py"))
    ]
    return {made.example.code for module in modules for made in vars(module).values() if hasattr(made, "example")}


def codes_of_the_checks() -> set[str]:
    """Every code in the tables of the checks, and of the rooms whose own checks they hand on."""
    told = {key for subject in SUBJECTS for key in subject.WORDS}
    for room, of_checks in (("rules", "rule."), ("randomization", "randomization.")):
        told |= {key for key in tables()[room].words if key.startswith(of_checks)}
    return {key.partition("/")[0] for key in told}


def test_every_code_of_the_checks_stands_in_the_manual() -> None:
    """Its wordings are each reached by some test: a whole run of the tests holds that."""
    produced = produced_by_the_specification() | {told[0] for _, told in CASES}
    assert sorted(codes_of_the_checks() - produced - OTHER_TESTS) == []


def test_control_a_code_without_a_case_is_noticed() -> None:
    assert "visit.order" in codes_of_the_checks()
    assert "visit.order" in produced_by_the_specification()
    assert codes_of_the_checks() - {"visit.order"} != codes_of_the_checks()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fact_is_left_in_its_braces(language: str) -> None:
    for change, _ in CASES:
        for finding in once(change)[0].findings:
            said = finding.say(language)
            assert all(said)
            assert not (set(finding.facts) & set(re.findall(r"\{(\w+)\}", " ".join(said))))
