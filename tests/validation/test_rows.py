"""Every requirement and failure has a row, a place, a test and a control, and the page says what the rows say."""

from __future__ import annotations

from tests.validation.__main__ import PAGE
from tests.validation.page import page, without_results
from tests.validation.rows import FOLDER, faults_of, read_rows


def test_every_row_names_what_is_there() -> None:
    assert faults_of(read_rows()) == []


def test_the_page_is_the_one_that_the_rows_make() -> None:
    written = PAGE.read_text("utf-8")
    assert without_results(written) == without_results(page(read_rows(), {}, "nothing") + "\n")
    assert "failed" not in written


def test_control_a_row_that_names_what_is_not_there_is_noticed() -> None:
    text = (FOLDER / "rows.yaml").read_text("utf-8")
    for one, other, said in (
        ("src/equipoise/ledger/tables.py", "src/equipoise/ledger/chairs.py", "chairs.py is not there"),
        ("test_a_form_saved_again_unchanged_writes_nothing", "test_nothing", "names no test"),
        ("verdict: waits", "verdict: done", "is no verdict"),
        ("- id: R02", "- id: R99", "R02: no row"),
    ):
        assert one in text
        faults = faults_of(read_rows(text.replace(one, other, 1)))
        assert any(said in fault for fault in faults), (one, faults)


def test_control_a_row_without_its_control_is_noticed() -> None:
    text = (FOLDER / "rows.yaml").read_text("utf-8")
    named = "controls: [concurrency/test_clock.py::test_control_order_by_time_would_give_another_list]"
    assert "R07: no control" in faults_of(read_rows(text.replace(named, "controls: []")))
