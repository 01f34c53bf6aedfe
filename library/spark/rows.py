"""The rows of a folder, as they travel to whoever judges them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from dabiao.engine.faults import EngineError
from dabiao.intake.layout.measures import MeasureNames
from dabiao.library.spark.packing import (
    NOTED,
    PACKED,
    SCHOOLS,
    Placing,
    noting,
    packer,
    schools_in,
)
from dabiao.library.spark.reading import UNFIT, RowsRead
from dabiao.library.trees.check import TreesAsked
from dabiao.library.trees.looked_at import LookedAt
from dabiao.library.trees.placing import placers
from dabiao.library.trees.scope import Tree
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class ClusterRows:
    """The rows of a folder, as they are packed for those who judge them."""

    def __init__(self, spark: "SparkSession", asked: TreesAsked, reads: Sequence[RowsRead]) -> None:
        self._catalog = asked.catalog
        self._mapping = asked.mapping
        self._reads = reads
        self._dictionary = MeasureNames.of(asked.catalog.vocabulary.measures)
        self._schools = self._homes_of_schools(spark)

    def _homes_of_schools(self, spark: "SparkSession") -> Any:  # noqa: ANN401 - broadcast by Spark
        """Learn in which county each school lies: who is below it need not say it."""
        if all(read.table.level not in (Level.CLASS, None) for read in self._reads):
            return None
        found: list[pl.DataFrame] = []
        for read in self._reads:
            placing = self._placing(read)
            if any(each.level is Level.SCHOOL for each in placing.readings):
                rows = _only(read, placing).mapInArrow(schools_in(placing), SCHOOLS)
                # A school of two counties puts them together: either will do, always the same.
                homes = rows.groupBy("code").agg({"home": "min"}).toDF("code", "home").toArrow()
                found.append(pl.DataFrame(homes))
        if not found:
            return None
        every = pl.concat(found).unique("code", keep="first", maintain_order=True)
        return spark.sparkContext.broadcast(every)

    def _placing(self, read: RowsRead, schools: Any = None) -> Placing:  # noqa: ANN401 - as above
        readings = placers(read.table, read.names, self._catalog, self._mapping)
        return Placing(read.table.name, read.names, tuple(readings), schools)

    def noted(self) -> "DataFrame":
        """Give what the rows say of whom."""
        found: DataFrame | None = None
        for read in self._reads:
            placing = self._placing(read, self._schools)
            noted = _only(read, placing).mapInArrow(noting(placing), NOTED)
            found = noted if found is None else found.unionByName(noted)
        return _some(found).distinct()

    def packed(self) -> "DataFrame":
        """Pack the rows by county."""
        return _some(self._packed(self._reads))

    def looked_at(self, tree: Tree, looked: LookedAt) -> "DataFrame | None":
        """Pack what the rules of a tree look at, where there is any: the less, the less travels."""
        narrowed = (self._narrowed(read, tree, looked) for read in self._reads)
        return self._packed([read for read in narrowed if read is not None])

    def _packed(self, reads: Sequence[RowsRead]) -> "DataFrame | None":
        found: DataFrame | None = None
        for read in reads:
            packed = read.frame.mapInArrow(packer(self._placing(read, self._schools)), PACKED)
            found = packed if found is None else found.unionByName(packed)
        return found

    def _narrowed(self, read: RowsRead, tree: Tree, looked: LookedAt) -> RowsRead | None:
        level = read.table.level
        if level in (None, tree):
            return read
        if level.rank > looked.lowest:
            return None
        kept = looked.kept(read.names, level, self._dictionary)
        return replace(read, names=tuple(kept), frame=_select(read.frame, kept))


def _some(found: "DataFrame | None") -> "DataFrame":
    if found is None:
        raise EngineError(say("没有数据", "there are no rows"))
    return found


def _select(frame: "DataFrame", names: Sequence[str]) -> "DataFrame":
    """Keep some columns, and the one of rows that do not fit."""
    kept = [*names, *(name for name in frame.columns if name == UNFIT)]
    return frame.select(*["`" + name.replace("`", "``") + "`" for name in kept])


def _only(read: RowsRead, placing: Placing) -> "DataFrame":
    """Keep the columns that say where rows lie, and of those the rows that fit the header."""
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    fit = read.frame.where(F.col(UNFIT).isNull()) if UNFIT in read.frame.columns else read.frame
    return _select(fit, [read.names[at] for at in placing.positions]).drop(UNFIT)
