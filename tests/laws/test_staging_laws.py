"""Laws of staging: what is worse never has a lower stage, and what is not known is never guessed."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.medicine.staging import derive_stages, m_categories, n_categories, only, stage_of, t_categories
from equipoise.medicine.staging.categories import PRIMARIES, SIDES
from equipoise.medicine.staging.tables import EDITIONS, M_8, M_9, STAGES_8, STAGES_9, N, T, extensions
from tests.hunting import examples

ORDER = {"8": STAGES_8, "9": STAGES_9}
WORSE_T, WORSE_N = ("T1", "T2", "T3", "T4"), ("N0", "N1", "N2", "N3")


def falls(edition, stage):
    """Steps to a worse category at which the stage falls, by `stage(t, n, m)`."""
    rank, found = ORDER[edition].index, []
    ms = M_8 if edition == "8" else M_9
    for t, n, m in product(range(4), range(4), range(len(ms))):
        here = stage(WORSE_T[t], WORSE_N[n], ms[m])
        for more in ((t + 1, n, m), (t, n + 1, m), (t, n, m + 1)):
            if more[0] < 4 and more[1] < 4 and more[2] < len(ms):
                there = stage(WORSE_T[more[0]], WORSE_N[more[1]], ms[more[2]])
                if rank(there) < rank(here):
                    found.append((here, there))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_worse_category_never_has_a_lower_stage(edition):
    assert falls(edition, lambda t, n, m: stage_of(edition, t, n, m)) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_control_a_table_with_t2_and_t3_exchanged_falls_somewhere(edition):
    swap = {"T2": "T3", "T3": "T2"}
    assert falls(edition, lambda t, n, m: stage_of(edition, swap.get(t, t), n, m))


KNOWN = st.tuples(
    st.sampled_from(T), st.sampled_from(N), st.sampled_from(M_8), st.booleans(), st.sampled_from([1, 3, 4, 20])
)


def guesses(stages, known, hidden):
    """Answers to the known part that the whole truth contradicts."""
    part = stages(*(None if hide else value for value, hide in zip(known, hidden, strict=True)))
    whole = stages(*known)
    names = ("stage_8", "stage_9", "n_9", "m_9")
    return [name for name in names if getattr(part, name) is not None and getattr(part, name) != getattr(whole, name)]


@given(KNOWN, st.tuples(*[st.booleans()] * 5))
def test_what_is_said_of_a_part_is_true_of_the_whole(known, hidden):
    assert guesses(derive_stages, known, hidden) == []


def test_control_a_rule_that_takes_the_unknown_for_absent_is_caught():
    def careless(t, n, m, ene, lesions):
        return derive_stages(t or "T1", n or "N0", m or "M0", bool(ene), lesions or 1)

    everything = product(T, N, M_8, (False, True), (1, 4))
    assert any(guesses(careless, known, hidden) for known in everything for hidden in product((True, False), repeat=5))


NAMES = [extension.descriptor for extension in extensions()] + ["bone_unequivocal", "cranial_nerve_unequivocal"]
FINDINGS = st.fixed_dictionaries({name: st.none() | st.booleans() for name in NAMES})


def without_contradiction(found):
    return not (found["beyond_lateral_pterygoid"] and found["beyond_anterolateral_pterygoid"] is False)


def leaves_the_possible(category, found, fills):
    """Editions in which filling the unknown descriptors gives a T that was not thought possible."""
    full = {name: fills[name] if value is None else value for name, value in found.items()}
    return [
        edition for edition in EDITIONS if not category(edition, "tumor", full) <= category(edition, "tumor", found)
    ]


@settings(max_examples=examples(150))
@given(FINDINGS, st.fixed_dictionaries({name: st.booleans() for name in NAMES}))
def test_filling_an_unknown_descriptor_only_narrows_what_t_may_be(found, fills):
    full = {name: fills[name] if value is None else value for name, value in found.items()}
    if without_contradiction(found) and without_contradiction(full):
        assert leaves_the_possible(t_categories, found, fills) == []


def test_control_a_rule_that_takes_unknown_descriptors_for_absent_leaves_the_possible():
    def careless(edition, primary, found):
        return t_categories(edition, primary, {name: bool(value) for name, value in found.items()})

    assert leaves_the_possible(careless, dict.fromkeys(NAMES), dict.fromkeys(NAMES, True)) == ["8", "9"]


@given(FINDINGS, st.sampled_from(NAMES))
def test_one_more_structure_never_has_a_lower_t(found, name):
    full = {key: bool(value) for key, value in found.items()}
    for edition in EDITIONS:
        before, after = (
            only(t_categories(edition, "tumor", seen))
            for seen in (full | {name: False}, full | {name: True})
            if without_contradiction(seen)
        ) if all(without_contradiction(full | {name: v}) for v in (False, True)) else ("T1", "T1")  # fmt: skip
        assert WORSE_T.index(after) >= WORSE_T.index(before)


@given(
    st.none() | st.sampled_from((*SIDES, "not_assessable")), st.none() | st.sampled_from(SIDES),
    st.none() | st.sampled_from([10.0, 60.0, 61.0]), st.none() | st.booleans(), st.none() | st.booleans(),
    st.sampled_from(SIDES), st.sampled_from([20.0, 70.0]), st.booleans(), st.booleans(),
)  # fmt: skip
def test_filling_an_unknown_descriptor_of_nodes_only_narrows_n(cervical, rp, mm, low, ene, side, size, below, extends):
    for edition in EDITIONS:
        possible = n_categories(edition, cervical, rp, mm, low, ene)
        full = n_categories(
            edition,
            cervical or side,
            rp or side,
            mm or size,
            below if low is None else low,
            extends if ene is None else ene,
        )
        # Where the filling contradicts itself there is nothing to compare.
        assert full <= possible or full == {None}


@given(st.sampled_from(PRIMARIES), FINDINGS, st.none() | st.booleans(), st.none() | st.integers(-1, 9))
def test_version_nine_has_metastasis_when_the_eighth_edition_has_it(primary, found, metastasis, lesions):
    eight, nine = m_categories("8", metastasis, lesions), m_categories("9", metastasis, lesions)
    assert {str(m)[:2] for m in nine} == eight
    assert t_categories("8", primary, found)
