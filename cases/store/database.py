"""A database of cases: found, opened, brought to the shape of today, and locked."""

import random
import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, Engine, make_url

from dabiao.reports.outputs import UnwrittenError
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "0001"
"""The last step in ``migrations/``."""
_VERSION = "dabiao_version"
_PATIENCE = 60
"""Seconds to wait for somebody else's change to be written."""
_LOCK = 0x6461_6269
"""What PostgreSQL is asked to lock while the shape changes."""
_WRITES = "dabiao_writes"
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^:/@]*):.*@")
"""What an address tells of who asks: a name and a password."""

Done = TypeVar("Done")


class MovedError(Exception):
    """Somebody else wrote first; what was read is read again."""


class DamageError(Exception):
    """A row that says what nobody can have written by this program."""


def open_database(where: str, *, create: bool) -> Engine:
    """Open a database of cases, and bring it to the shape of today.

    Args:
        where: A file, which is SQLite; or ``postgresql://…``.
        create: Whether a file that is not there yet is made.

    Raises:
        InputError: There is none, or it cannot be used.
    """
    engine = _engine(where, create=create)
    with saying_why(where):
        _bring_to_head(engine, where, create=create)
    return engine


def _engine(where: str, *, create: bool) -> Engine:
    if "://" in where:
        return _server(where)
    path = Path(where)
    if path.is_dir() or not (path.exists() or create):
        raise InputError([_absent(where)])
    if not path.absolute().parent.is_dir():
        raise InputError([_unusable(where, say("没有这个文件夹", "there is no such folder"))])
    url = URL.create("sqlite+pysqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE}, poolclass=sa.NullPool)
    sa.event.listen(engine, "connect", _settle)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _server(where: str) -> Engine:
    try:
        url = make_url(where)
    except exc.ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "postgresql":
        shown = where.partition("://")[0] + "://…"
        raise InputError(
            [_unusable(shown, say("只用 SQLite 文件或 postgresql://", "it is not postgresql://"))]
        )
    return sa.create_engine(url.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool)


def _settle(connection: Any, _: object) -> None:  # noqa: ANN401 - a connection of the driver
    """Leave transactions to us, and hold what the tables say of one another."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    """Take the lock before reading what a change rests on, so that nobody changes it meanwhile."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def write(engine: Engine, work: Callable[[Connection], Done]) -> Done:
    """Do something in one transaction: again, where somebody else was first; or not at all.

    Raises:
        MovedError: Others were first for longer than anybody waits.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with engine.execution_options(**{_WRITES: True}).begin() as connection:
                return work(connection)
        except (MovedError, exc.IntegrityError, exc.OperationalError) as error:
            if not _passes(error) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - to step out of each other's way


def read(engine: Engine, work: Callable[[Connection], Done]) -> Done:
    """Read something as it stands at one moment, whatever others write meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.begin() as connection:
        return work(connection)


_PASSING = frozenset(
    {
        *("SQLITE_BUSY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"),
        *("23505", "40001", "40P01"),  # PostgreSQL: somebody was first, or waits for us
    }
)


_CODES = ("sqlite_errorname", "sqlstate")
"""Where an error of SQLite, or of PostgreSQL, says which it is."""


def _passes(error: Exception) -> bool:
    """Tell whether trying again may help."""
    if not isinstance(error, exc.DBAPIError):
        return True
    told = (getattr(error.orig, name, None) for name in _CODES)
    return any(code in _PASSING for code in told)


def _bring_to_head(engine: Engine, where: str, *, create: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection)
        others = found is None and sa.inspect(connection).get_table_names()
    if found == HEAD:
        return
    if engine.dialect.name == "sqlite":  # a server may keep other things beside the cases
        if others:
            raise InputError([_unusable(where, _no_database())])
        if found is None and not create:  # whoever looks for cases makes no empty place for them
            raise InputError([_absent(where)])
    write(engine, lambda connection: _migrate(connection, where))


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {_VERSION}")).scalar()  # noqa: S608 - ours


def _migrate(connection: Connection, where: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    folder = str(Path(__file__).parent / "migrations")
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("version_locations", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    script = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config,
        script,
        fn=lambda revision, _: script._upgrade_revs("head", revision),  # noqa: SLF001 - as its own command
    ) as environment:
        environment.configure(connection=connection, version_table=_VERSION)
        try:
            environment.run_migrations()
        except CommandError:
            newer = say(
                "它是更新的版本写的；请升级 dabiao", "a newer version wrote it; upgrade dabiao"
            )
            raise InputError([_unusable(where, newer)]) from None


@contextmanager
def saying_why(where: str) -> "Iterator[None]":
    """Say why a database cannot be used; no password is ever said.

    Raises:
        UnwrittenError: It cannot be written to.
        InputError: It cannot be read, or is none.
    """
    try:
        yield
    except (exc.IntegrityError, exc.InternalError):  # a guard of ours: never the user's fault
        raise
    except (DamageError, UnicodeDecodeError):  # a text of a damaged file may be none
        raise InputError([_unusable(where, _no_database())]) from None
    except exc.DBAPIError as error:
        why = _unwritten(error)
        if why is not None:
            shown = _shown(where)
            raise UnwrittenError(
                say(f"不能写入 {shown}：{why}", f"cannot write {shown}: {why}")
            ) from None
        raise InputError([_unusable(where, _reason(error))]) from None


def _unwritten(error: exc.DBAPIError) -> str | None:
    """Say why nothing can be written where the place does not allow it; None for other faults."""
    code = next(
        (str(code) for name in _CODES if (code := getattr(error.orig, name, None)) is not None), ""
    )
    if code in {"SQLITE_FULL", "53100"}:
        return say("磁盘已满", "the disk is full")
    if code.startswith("SQLITE_READONLY") or code in {"25006", "42501"}:
        return say("只能读，不能写", "it can only be read")
    if code.startswith("SQLITE_IOERR"):
        return say("磁盘读写出错", "the disk fails")
    return None


def _shown(where: str) -> str:
    """Show an address as it was typed, but for a password."""
    return _PASSWORD.sub(r"\g<user>:***@", where)


_DAMAGE = ("not a database", "malformed", "no such table", "no such column", "already exists")
"""What SQLite says of a file that is none of ours, or has lost a part."""


def _reason(error: exc.DBAPIError) -> str:
    said = " ".join(str(error.orig).split())[:300]
    if "locked" in said:
        return say("别人正在写，等了一分钟", "somebody else has been writing to it for a minute")
    if any(told in said for told in _DAMAGE):
        return _no_database()
    if "unable to open" in said:
        return say("打不开", "it cannot be opened")
    if said.startswith(("connection ", "failed to resolve host ")):
        return say(f"连不上数据库服务器（{said}）", f"its server cannot be reached ({said})")
    return said


def _no_database() -> str:
    return say("不是案件数据库，或已损坏", "it is no database of cases, or is damaged")


def _absent(where: str) -> Problem:
    return FilePlace(_shown(where)).problem(
        "no-cases",
        say("还没有案件数据库", "there are no cases yet"),
        hint=say(
            "先立案：dabiao cases open run.json --by 单位；在别处的，写 --cases",
            "open some: dabiao cases open run.json --by OFFICE; name it with --cases if elsewhere",
        ),
    )


def _unusable(where: str, why: str) -> Problem:
    return FilePlace(_shown(where)).problem(
        "cases-unreadable",
        say(f"案件数据库用不了：{why}", f"the cases cannot be read: {why}"),
        expected=say("SQLite 文件，或 postgresql://…", "a SQLite file, or postgresql://…"),
        hint=say("核对 --cases 的写法和权限", "check what --cases names, and the permissions"),
    )
