"""Somewhere to keep cases: a file, and a PostgreSQL server of our own where there is one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from dabiao.cases.store.store import Store

NOBODY = "nobody"
"""A server does not start for root; it is started for this user instead."""


def _as_nobody() -> list[str]:
    if os.name == "posix" and os.geteuid() == 0:
        return ["setpriv", f"--reuid={NOBODY}", "--clear-groups"]
    return []


def _program(name: str) -> str | None:
    """Find a program of the server, which distributions keep off the path."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a server in a temporary folder, reached by a socket in it; give its address."""
    initdb, pg_ctl = (_program(name) for name in ("initdb", "pg_ctl"))
    if initdb is None or pg_ctl is None or os.name == "nt":
        pytest.skip("needs PostgreSQL")
    if _as_nobody() and shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, as PostgreSQL does not run for root")
    folder = Path(tempfile.mkdtemp(prefix="dabiao-pg-"))
    if _as_nobody():
        shutil.chown(folder, NOBODY)
    data = str(folder / "data")
    settings = f"-k {folder} -c listen_addresses='' -c fsync=off"
    made = [initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
    control = [*_as_nobody(), pg_ctl, "-D", data, "-l", str(folder / "log"), "-w"]
    try:
        subprocess.run([*_as_nobody(), *made], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*control, "-o", settings, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://postgres@/postgres?host={quote(str(folder))}"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder)


_made = iter(range(1_000_000))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name an empty database of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "cases.sqlite")
    return new_database(request.getfixturevalue("server"))


def new_database(server: str) -> str:
    """Make an empty schema on a server, and give its address."""
    name = f"cases{next(_made)}"
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{server}&options=-csearch_path%3D{name}"


@pytest.fixture
def store(where: str) -> Store:
    """Open an empty database of each kind."""
    return Store(where, create=True)
