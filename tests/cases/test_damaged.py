"""Databases that are none of ours, were cut off, tampered with, or cannot be written to."""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from dabiao.cases.attachments import attach
from dabiao.cases.store.database import saying_why
from dabiao.cases.store.store import Store
from dabiao.reports.outputs import UnwrittenError
from dabiao.schemas.problem import InputError
from tests.cases.conftest import new_database
from tests.cases.runs import opened, signed

DAY = date(2024, 1, 31)
TAMPERINGS = (
    "UPDATE cases SET state = 'done'",
    "UPDATE cases SET due = 'soon'",
    "UPDATE cases SET level = 'planet'",
    "UPDATE cases SET name = x'ff00'",
    "UPDATE cases SET name = CAST(x'ff00' AS TEXT)",
    "UPDATE cases SET parents = 'x'",
    "UPDATE cases SET year = 'x'",
    "UPDATE history SET changes = '{'",
    "UPDATE history SET changes = '[]'",
    "DROP TABLE actions",
    "DELETE FROM dabiao_version",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep a case in a file."""
    path = tmp_path_factory.mktemp("cases") / "cases.sqlite"
    opened(Store(str(path), create=True), [47], DAY)
    return path


def refused(path: Path) -> list[str]:
    """Say why a database is not read."""
    with pytest.raises(InputError) as caught:
        Store(str(path)).read(lambda open_: (open_.cases(), open_.history(), open_.actions()))
    return [each.code for each in caught.value.problems]


def tamper(path: Path, statement: str) -> None:
    """Take the guards away, and change something."""
    connection = sqlite3.connect(path)
    guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in guards.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_what_was_tampered_with_is_refused(sound: Path, tmp_path: Path, statement: str) -> None:
    """Whoever takes the guards away, and writes what this program never does, is found out."""
    path = tmp_path / "cases.sqlite"
    shutil.copy(sound, path)
    tamper(path, statement)

    assert refused(path) == ["cases-unreadable"]


def test_what_holds_no_cases_is_left_as_it_is(tmp_path: Path) -> None:
    """A file cut off to nothing is not taken for one without cases, nor another program's used."""
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    assert refused(empty) == ["no-cases"]
    assert empty.stat().st_size == 0
    foreign = tmp_path / "foreign.sqlite"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = foreign.read_bytes()
    assert refused(foreign) == ["cases-unreadable"]
    with pytest.raises(InputError):
        Store(str(foreign), create=True)
    assert foreign.read_bytes() == before


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_READONLY_DIRECTORY", "SQLITE_IOERR_WRITE"])
def test_what_cannot_be_written_is_no_wrong_use(code: str) -> None:
    """A full disk, or one that is read-only, is told as for any other file."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = code
    with pytest.raises(UnwrittenError), saying_why("cases.sqlite"):
        raise exc.OperationalError("INSERT", {}, error)


def test_a_file_that_was_exchanged_is_refused(tmp_path: Path) -> None:
    """What was attached is known by what stands in it; nothing else goes out in its name."""
    path = tmp_path / "cases.sqlite"
    store = Store(str(path), create=True)
    (case,) = opened(store, [47], DAY)
    (tmp_path / "a.txt").write_bytes(b"real")
    kept = attach(store, tmp_path / "a.txt", [case.number], signed(DAY))
    assert store.read(lambda open_: open_.content(kept.sha256)) == b"real"
    tamper(path, "UPDATE files SET content = x'00'")
    with pytest.raises(InputError):
        store.read(lambda open_: open_.content(kept.sha256))


def test_a_server_that_is_not_there_is_told_as_it_was_named() -> None:
    """Its address stands there as it was typed, without the password; why, in plain words."""
    said = OSError("failed to resolve host '服务器': [Errno -2] Name or service not known")
    with pytest.raises(InputError) as caught, saying_why("postgresql://督导:秘@密@服务器/案件"):
        raise exc.OperationalError("", {}, said)
    (problem,) = caught.value.problems
    assert problem.file == "postgresql://督导:***@服务器/案件"
    assert problem.message.startswith("案件数据库用不了：连不上数据库服务器（")


def test_no_password_is_said_of_cases_that_a_newer_version_keeps(server: str) -> None:
    """Whatever is wrong with what a server holds, its address is told without the password."""
    where = new_database(server.replace("postgres@", "postgres:secret@"))
    Store(where, create=True)
    engine = sa.create_engine(where.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE dabiao_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(InputError) as caught:
        Store(where)
    (problem,) = caught.value.problems
    assert "更新的版本" in problem.message
    assert "postgres:***@" in (problem.file or "")
