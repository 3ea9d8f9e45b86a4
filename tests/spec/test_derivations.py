"""Derivations

A form may ask for a published medical rule: stage from T, N and M, body surface from height and weight, response from lesions, a toxicity grade from a
laboratory result. [Medical rules](../medicine.md) lists them with what they take and give. What a rule gives fills in items of the form, which are never typed; it
stands beside what a person judged and never replaces it.
"""

from tests.spec.example import accepted, refused


@accepted("""
forms:
- id: baseline
  items:
  - {id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2, decimals: 2}
  derivations:
  - {id: size, method: body_surface_area, options: {formula: du_bois}, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}
""")
def test_a_derivation_names_its_rule_what_goes_in_and_what_comes_out():
    """The height is recorded in meters here and the rule takes centimeters: units are converted, once and exactly, because both are known."""


@accepted("""
forms:
- id: follow_up
  items:
  - {id: weight_now, label: {en: Weight, zh: 体重}, type: decimal, unit: kg}
  - {id: surface_now, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2, decimals: 2}
  derivations:
  - {id: size_now, method: body_surface_area, inputs: {height: height, weight: weight_now}, gives: {body_surface: surface_now}}
""")
def test_an_input_may_stand_on_another_form():
    """Its value is the one known on the day of the record: the latest that was recorded for that day or before. When that one is corrected, or comes late, what
    rests on it is derived again in the same act."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}]
""", "name.unknown", "forms.baseline.derivations.size.method")  # fmt: skip
def test_a_rule_that_nobody_wrote_is_refused():
    """The rules are those of the page on medical rules; none can be written in a protocol. The nearest name is
    offered."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface_area, inputs: {height: height}, gives: {body_surface: surface}}]
""", "derivation.lacks", "forms.baseline.derivations.size")  # fmt: skip
def test_what_a_rule_cannot_do_without_is_given():
    """Each rule says which of its inputs are required. Without a weight no body surface can ever be computed, so
    this is told now and not at the bedside."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface_area, inputs: {height: age, weight: weight}, gives: {body_surface: surface}}]
""", "unit.mismatch", "forms.baseline.derivations.size.inputs.height")  # fmt: skip
def test_a_quantity_of_another_kind_does_not_go_in():
    """Units are converted within one kind of quantity only: years are never a length."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface_area, inputs: {height: visit_date, weight: weight}, gives: {body_surface: surface}}]
""", "derivation.type", "forms.baseline.derivations.size.inputs.height")  # fmt: skip
def test_what_goes_in_is_of_the_type_that_the_rule_takes():
    """A date cannot stand where a number is asked for, whatever it is called."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface_area, options: {formula: mine}, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}]
""", "derivation.option", "forms.baseline.derivations.size.options.formula")  # fmt: skip
def test_an_option_has_one_of_the_values_that_the_rule_knows():
    """Options are the protocol's fixed choices, such as which published formula is used. The values that can be
    chosen are listed with the rule."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations:
  - {id: size, method: body_surface_area, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}
  - {id: size_too, method: body_surface_area, inputs: {height: height, weight: weight}, gives: {body_surface: surface}}
""", "derivation.twice", "forms.baseline.derivations.size_too.gives.body_surface")  # fmt: skip
def test_an_item_is_filled_in_by_one_rule_only():
    """Two rules that fill in one item could disagree, and nobody would know which of them was read."""


@refused("""
forms:
- id: baseline
  items: [{id: surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
- id: safety
  groups: [{id: events, items: [{id: ae_weight, label: {en: Weight, zh: 体重}, type: decimal, unit: kg}]}]
  items: [{id: ae_surface, label: {en: Body surface, zh: 体表面积}, type: decimal, unit: m2}]
  derivations: [{id: size, method: body_surface_area, inputs: {height: height, weight: ae_weight}, gives: {body_surface: ae_surface}}]
""", "derivation.many", "forms.safety.derivations.size.inputs.weight")  # fmt: skip
def test_an_item_of_a_repeating_group_has_no_single_value():
    """A derivation that names the group (`group: events`) is made for each of its rows, and may name the items of the row."""


@accepted("""
codelists:
- id: response
  codes: [{code: none, label: {en: None, zh: 无}}, {code: CR, label: {en: CR, zh: 完全缓解}}, {code: PR, label: {en: PR, zh: 部分缓解}}, {code: SD, label: {en: SD, zh: 稳定}}, {code: non_CR_non_PD, label: {en: Neither, zh: 非完全缓解非进展}}, {code: PD, label: {en: PD, zh: 进展}}, {code: NE, label: {en: NE, zh: 无法评价}}]
- id: lesion_state
  codes: [{code: measured, label: {en: Measured, zh: 已测量}}, {code: disappeared, label: {en: Gone, zh: 消失}}]
forms:
- id: follow_up
  items: [{id: derived_response, label: {en: Response, zh: 疗效}, type: code, codelist: response, required: false}]
  groups:
  - id: lesions
    label: {en: Lesions, zh: 病灶}
    items:
    - {id: lesion_name, label: {en: Lesion, zh: 病灶}, type: text}
    - {id: lesion_node, label: {en: Node, zh: 淋巴结}, type: boolean}
    - {id: lesion_size, label: {en: Size, zh: 大小}, type: decimal, unit: cm, required: false, required_when: lesion_became = 'measured'}
    - {id: lesion_became, label: {en: State, zh: 状态}, type: code, codelist: lesion_state}
  derivations:
  - {id: recist, method: recist, version: RECIST 1.1, options: {baseline_visits: [screening]}, rows: {targets: {group: lesions, fields: {lesion: lesion_name, node: lesion_node, diameter: lesion_size, state: lesion_became}}}, gives: {overall: derived_response}}
""")
def test_a_rule_may_read_the_rows_of_a_group_and_the_earlier_records_of_the_form():
    """`rows` gives the rule's own names of a table and of its fields. Two derivations with two baselines may stand on one form."""


@refused("""
codelists:
- id: lab_grade
  codes: [{code: "0", label: {en: "0", zh: 0级}}, {code: "1", label: {en: "1", zh: 1级}}, {code: "2", label: {en: "2", zh: 2级}}, {code: "3", label: {en: "3", zh: 3级}}, {code: "4", label: {en: "4", zh: 4级}}]
forms:
- id: baseline
  items:
  - {id: neutrophils, label: {en: Neutrophils, zh: 中性粒细胞}, type: decimal, unit: 10*9/L}
  - {id: neutrophil_grade, label: {en: Grade, zh: 分级}, type: code, codelist: lab_grade, required: false}
  derivations: [{id: ctcae, method: ctcae_lab_grade, options: {term: neutrophil_decreased}, inputs: {value: neutrophils}, gives: {grade: neutrophil_grade}}]
""", "derivation.version", "forms.baseline.derivations.ctcae")  # fmt: skip
def test_a_rule_with_several_editions_is_asked_for_by_its_edition():
    """A neutrophil count of 0.8 x 10^9/L is grade 3 in CTCAE v5.0 and grade 2 in v6.0: the version is the protocol's choice."""


@refused("""
codelists:
- id: lab_grade
  codes: [{code: "0", label: {en: "0", zh: 0级}}, {code: "1", label: {en: "1", zh: 1级}}]
forms:
- id: baseline
  items:
  - {id: neutrophils, label: {en: Neutrophils, zh: 中性粒细胞}, type: decimal, unit: 10*9/L}
  - {id: neutrophil_grade, label: {en: Grade, zh: 分级}, type: code, codelist: lab_grade, required: false}
  derivations: [{id: ctcae, method: ctcae_lab_grade, version: CTCAE v5.0, options: {term: neutrophil_decreased}, inputs: {value: neutrophils}, gives: {grade: neutrophil_grade}}]
""", "derivation.codes", "forms.baseline.derivations.ctcae.gives.grade")  # fmt: skip
def test_the_codelist_holds_everything_that_the_rule_can_say():
    """Otherwise a participant would come one day of whom the rule says what the item cannot hold: here a grade of
    2, 3 or 4."""


@refused("""
codelists:
- id: lab_grade
  codes: [{code: "0", label: {en: "0", zh: 0级}}, {code: "1", label: {en: "1", zh: 1级}}, {code: "2", label: {en: "2", zh: 2级}}, {code: "3", label: {en: "3", zh: 3级}}, {code: "4", label: {en: "4", zh: 4级}}]
forms:
- id: safety
  groups:
  - id: events
    items:
    - {id: row_value, label: {en: Value, zh: 值}, type: decimal, unit: 10*9/L}
    - {id: row_grade, label: {en: Grade, zh: 分级}, type: code, codelist: lab_grade, required: false}
  derivations: [{id: ctcae, method: ctcae_lab_grade, version: CTCAE v5.0, group: events, options: {term: neutrophil_decreased}, inputs: {value: row_value}, gives: {grade: row_grade}}]
""", "derivation.group", "forms.safety.derivations.ctcae.group")  # fmt: skip
def test_a_rule_that_looks_back_is_not_made_row_by_row():
    """`ctcae_lab_row_grade` grades each row by itself."""
