"""A session with a cluster: begun, and what goes wrong in it put into words."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dabiao.engine.faults import EngineError
from dabiao.library.spark.following import Following
from dabiao.reports.outputs import OutputError
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


_REASON = re.compile(r"has been killed. Reason: (.+)")
"""How Spark logs that a cluster is not there, or gave up."""


class _BrokenOffError(EngineError):
    """Something went wrong within Spark, and what it logged tells more."""


@contextmanager
def session(master: str, following: Following) -> "Iterator[SparkSession]":
    """Talk to a cluster, as long as it takes.

    What Spark logs is kept in a file, which is left behind where something goes wrong.

    Args:
        master: The cluster, as Spark names it, or threads of this machine (``local[2]``).
        following: Tells how far it is.

    Raises:
        EngineError: There is none, or something went wrong with it.
    """
    _check_installed()
    following.step(say("启动 Spark", "starting Spark"), 0.05)
    handle, name = tempfile.mkstemp(".log", "dabiao-spark-")
    try:
        with os.fdopen(handle, "wb") as log, _in_words(Path(name)):
            spark = start_spark(master, log)
            try:
                yield spark
            finally:
                spark.stop()
    except _BrokenOffError:
        raise
    except (EngineError, OutputError):  # told whole, without the log
        Path(name).unlink(missing_ok=True)
        raise
    Path(name).unlink(missing_ok=True)


def _check_installed() -> None:
    """Ask for what a cluster is talked to with.

    Raises:
        EngineError: PySpark is not installed, or there is no Java.
    """
    try:
        import pyspark  # noqa: F401 - only whether it is there
    except ImportError:
        raise EngineError(
            say(
                "--engine spark 要另装组件：python -m pip install 'dabiao[spark]'",
                "--engine spark needs an extra: python -m pip install 'dabiao[spark]'",
            )
        ) from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineError(
            say("Spark 要用 Java 17 或以上，没有找到", "Spark needs Java 17 or later; none is here")
        )


def start_spark(master: str, log: IO[bytes] | None = None) -> "SparkSession":
    """Start to talk to a cluster, or to threads of this machine (``local[2]``).

    Args:
        master: The cluster.
        log: Where to write what Spark logs; to stderr if None.
    """
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = (
        SparkConf()
        .setMaster(master)
        .setAppName("dabiao")
        .set("spark.ui.enabled", "false")
        .set("spark.sql.execution.arrow.maxRecordsPerBatch", "100000")
    )
    options = {} if log is None else {"stderr": log}
    gateway = launch_gateway(conf, options)  # type: ignore[no-untyped-call, unused-ignore] # if there
    return SparkSession(SparkContext(gateway=gateway, conf=conf))


@contextmanager
def _in_words(log: Path) -> Iterator[None]:
    """Say in a line what goes wrong within Spark.

    Args:
        log: What Spark logged.

    Raises:
        _BrokenOffError: It did.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        causes = [line for line in lines if line.startswith("Caused by: ")]
        causes += _REASON.findall(log.read_text("utf-8", "replace"))
        why = (causes[-1:] or lines[:1] or [type(error).__name__])[0].removeprefix("Caused by: ")
        raise _BrokenOffError(
            say(
                f"Spark 没有做完：{why}\n  详见 {log}",
                f"Spark did not come to an end: {why}\n  see {log}",
            )
        ) from error
