"""The tables of a folder as Spark reads them: every file by its own columns.

Spark takes the columns of a folder from one of its files: columns of others would be lost, or read
as those that stand at their places. So files are read together only where they have the same ones.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dabiao.intake.unreadable import Unreadable, empty
from dabiao.intake.unreadable import damaged as damaged_file
from dabiao.library.spark.hadoop import HadoopFile
from dabiao.library.trees.tables import UNREADABLE, RowTable, column_names, unread_file
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

UNFIT = "_unfit"
"""The column that holds a row as it stands, where it does not fit the header."""
_GLOB = re.compile(r"([\[\]{}*?\\,])")
_SAMPLE = 1 << 20
_WITHIN = re.compile(r"Encountered error while reading file (\S+:/.*?)\.\s+SQLSTATE")
"""How Spark tells of a file that breaks off, or is damaged further down."""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Files of one table that have the same columns.

    Attributes:
        table: The table.
        names: The headers.
        frame: The rows, with the texts that do not fit under ``UNFIT``, where there may be any.
    """

    table: RowTable[HadoopFile]
    names: tuple[str, ...]
    frame: "DataFrame"


def read_tables(
    spark: "SparkSession", tables: Sequence[RowTable[HadoopFile]], within: Sequence[HadoopFile] = ()
) -> tuple[list[RowsRead], tuple[str, ...]]:
    """Read the tables of a folder; say of files that cannot be read why not.

    Args:
        spark: The cluster.
        tables: The tables.
        within: Files that are known to be damaged further down.
    """
    found: list[RowsRead] = []
    damaged: list[str] = []
    for table in tables:
        alike: dict[object, list[HadoopFile]] = {}
        headers: dict[object, list[str]] = {}
        for file in table.files:
            try:
                if file in within:
                    raise damaged_file(say("里面的数据读不出来", "what it holds cannot be read"))
                key, names = _columns(file)
            except UNREADABLE as error:
                damaged.append(unread_file(file, error))
                continue
            alike.setdefault(key, []).append(file)
            headers[key] = names
        found += [_read(spark, table, files, headers[key]) for key, files in alike.items()]
    return found, tuple(damaged)


def _columns(file: HadoopFile) -> tuple[object, list[str]]:
    """Give what tells whether files can be read together, and the headers of one.

    Raises:
        Unreadable: It is no such file; likewise an OSError or ValueError.
    """
    if not file.size:
        raise empty()
    suffix = PurePath(file.name).suffix
    with file.open() as opened:
        if suffix == ".parquet":
            from pyarrow import parquet

            schema = parquet.read_schema(opened)
            return tuple((field.name, str(field.type)) for field in schema), list(schema.names)
        sample = opened.read(_SAMPLE)
    whole = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1]
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(
            "not-utf-8",
            say("不是 UTF-8 编码", "it is not in UTF-8"),
            say("另存为 UTF-8", "save it in UTF-8"),
        ) from None
    if suffix == ".json":
        return "", []
    header = next((row for row in csv.reader(text.splitlines(keepends=True)) if any(row)), [])
    names = column_names(header)
    return tuple(names), names


def damaged_within(error: Exception, tables: Sequence[RowTable[HadoopFile]]) -> HadoopFile | None:
    """Give the file that a worker could not read on, if that is what went wrong."""
    told = _WITHIN.search(str(error))
    if told is None:
        return None
    address = told[1].replace(":///", ":/")
    files = (file for table in tables for file in table.files)
    return next((each for each in files if each.address in (address, unquote(address))), None)


def _read(
    spark: "SparkSession",
    table: RowTable[HadoopFile],
    files: Sequence[HadoopFile],
    names: list[str],
) -> RowsRead:
    paths = [_GLOB.sub(r"\\\1", file.address) for file in files]
    reader = spark.read.option("columnNameOfCorruptRecord", UNFIT)
    if table.suffix == ".parquet":
        frame = spark.read.parquet(*paths)
    elif table.suffix == ".csv":
        from pyspark.sql.types import StringType, StructField, StructType

        fields = [StructField(name, StringType()) for name in (*names, UNFIT)]
        frame = reader.csv(
            paths, schema=StructType(fields), header=True, encoding="UTF-8", escape='"'
        )
    else:
        frame = reader.json(paths)
        names = [name for name in frame.columns if name != UNFIT]
    return RowsRead(table, tuple(names), frame)
