"""Folders as Hadoop's file systems list, open and write them: this machine's, HDFS, object stores.

They are asked through the Java of the session, so whatever Spark can read is found, by the same
settings and rights. A folder is named by its path on this machine, or by its address
(``hdfs://host/path``); files are told by that name, and where they lie in it.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any

from dabiao.engine.faults import EngineError
from dabiao.intake.files import is_address
from dabiao.intake.unreadable import Unreadable
from dabiao.library.trees.tables import RowTable, may_be_table, no_folder, tables_among
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class HadoopFile:
    """A file.

    Attributes:
        name: How it is told: the folder as it was named, and where the file lies in it.
        address: As Hadoop writes it.
        size: How many bytes it holds.
        system: Its file system, of Java.
        path: Where it lies there, of Java.
    """

    name: str
    address: str
    size: int
    system: Any = field(compare=False)
    path: Any = field(compare=False)

    def __str__(self) -> str:
        """Give how it is told."""
        return self.name

    def open(self) -> "HadoopBytes":
        """Open it to be read.

        Raises:
            Unreadable: It cannot be opened.
        """
        with _opened():
            return HadoopBytes(self.system.open(self.path), self.size)


class HadoopBytes(io.RawIOBase):
    """The bytes of a file, from anywhere in it.

    Args:
        stream: The opened file, of Java.
        size: How many bytes it holds.
    """

    def __init__(self, stream: Any, size: int) -> None:  # noqa: ANN401 - of Java
        super().__init__()
        self._stream = stream
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read from anywhere."""
        return True

    def tell(self) -> int:
        """Give where it is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere, counted from the beginning, from here or from the end."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer that can be written
        """Read as much as fits.

        Raises:
            Unreadable: It cannot be read.
        """
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        with _opened():
            self._stream.seek(self._at)
            found = bytes(self._stream.readNBytes(wanted))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close it."""
        if not self.closed:
            self._stream.close()
        super().close()


def hadoop_tables(
    spark: "SparkSession", folder: str, *, mapped: bool
) -> tuple[RowTable[HadoopFile], ...]:
    """Find the tables of a folder.

    Args:
        spark: The session.
        folder: A path on this machine, or an address.
        mapped: Whether a mapping tells what they are, whatever they are called.

    Raises:
        EngineError: There is no such folder, it cannot be reached, or it holds no tables.
    """
    files: dict[PurePath, HadoopFile] = {}
    with _reached(folder):
        system, root = _system(spark, folder)
        if not system.exists(root):
            raise no_folder(folder, exists=False)
        status = system.getFileStatus(root)
        if not status.isDirectory():
            raise no_folder(folder, exists=True)
        top = status.getPath().toUri().getPath() or "/"
        for each in _files(system, status.getPath(), mapped=mapped):
            path = each.getPath()
            within = PurePosixPath(path.toUri().getPath()).relative_to(top)
            name = f"{folder.rstrip('/')}/{within}"
            files[within] = HadoopFile(name, path.toString(), each.getLen(), system, path)
    return tuple(tables_among(folder, files, mapped=mapped))


def _files(system: Any, folder: Any, *, mapped: bool) -> Iterator[Any]:  # noqa: ANN401 - of Java
    """Yield the files of what may be a table."""
    for each in system.listStatus(folder):
        if may_be_table(each.getPath().getName(), mapped=mapped):
            inside = system.listFiles(each.getPath(), True)  # noqa: FBT003 - of Java: all below
            while inside.hasNext():
                yield inside.next()


def names_in(spark: "SparkSession", folder: str) -> list[str] | None:
    """Name what lies in a folder; None where there is none.

    Raises:
        EngineError: It cannot be reached.
    """
    with _reached(folder):
        system, root = _system(spark, folder)
        if not system.exists(root):
            return None
        return [each.getPath().getName() for each in system.listStatus(root)]


def write_into(spark: "SparkSession", folder: str, name: str, content: bytes) -> None:
    """Write a file into a folder.

    Raises:
        EngineError: It cannot be written.
    """
    with _reached(folder):
        system, root = _system(spark, folder)
        stream = system.create(_path(spark, root, name), True)  # noqa: FBT003 - of Java: in place of what is there
        try:
            stream.write(content)
        finally:
            stream.close()


def _system(spark: "SparkSession", folder: str) -> tuple[Any, Any]:
    """Give the file system of a folder, and the folder as it names it."""
    address = folder if is_address(folder) else "file://" + Path(folder).absolute().as_posix()
    context: Any = spark.sparkContext
    root = _path(spark, address)
    return root.getFileSystem(context._jsc.hadoopConfiguration()), root  # noqa: SLF001 - as below


def _path(spark: "SparkSession", *parts: Any) -> Any:  # noqa: ANN401 - of Java
    context: Any = spark.sparkContext
    return context._jvm.org.apache.hadoop.fs.Path(*parts)  # noqa: SLF001 - there is no other way


def _reached(folder: str) -> AbstractContextManager[None]:
    """Say in a line why a folder cannot be listed or written.

    Raises:
        EngineError: It cannot.
    """
    return _raising(
        lambda why: EngineError(
            say(
                f"打不开 {folder}：{why}\n  检查地址、网络和权限；这种文件系统 Spark 要会读"
                "（见 docs/scale.zh-CN.md）",
                f"{folder} cannot be reached: {why}\n  check the address, the network and your"
                " rights; Spark has to know such file systems (see docs/scale.md)",
            )
        )
    )


def _opened() -> AbstractContextManager[None]:
    """Say of a file why it cannot be read.

    Raises:
        Unreadable: It cannot.
    """
    return _raising(
        lambda why: Unreadable(
            "file-unreadable",
            say(f"打不开（{why}）", f"it cannot be opened ({why})"),
            say("检查权限", "check the permissions"),
        )
    )


@contextmanager
def _raising(fault: Callable[[str], Exception]) -> Iterator[None]:
    """Raise a fault of ours for one of Java's, with what was first to go wrong."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JJavaError, PySparkException) as error:  # the latter where PySpark knows the kind
        raise fault(_cause(error)) from error


def _cause(error: Exception) -> str:
    """Give what Java tells of what was first to go wrong, in a line."""
    java: Any = getattr(error, "java_exception", None)
    while java is not None and java.getCause() is not None:
        java = java.getCause()
    told = str(error) if java is None else str(java.toString())
    return next(iter(told.splitlines()), "")
