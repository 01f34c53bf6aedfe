"""How far a job of Spark is, told as long as it lasts."""

from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dabiao.library.trees.check import TreesProgress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_EVERY = 0.25
"""Seconds after which it is told once more."""


class Following:
    """Asks Spark how many tasks of its stages are done, as long as it is entered.

    Args:
        told: Is told what is being done, and how much of it is.
    """

    def __init__(self, progress: TreesProgress | None) -> None:
        self._progress = progress
        self._spark: SparkSession | None = None
        self._step = ("", 0.0, 0.0)
        self._done = 0.0
        self._over = Event()
        self._thread = Thread(target=self._tell, daemon=True)

    def step(self, what: str, end: float, spark: "SparkSession | None" = None) -> None:
        """Begin with the next step.

        Args:
            what: What is being done.
            end: How much of all is done when the step is, from 0 to 1.
            spark: The cluster, once there is one.
        """
        self._spark = spark or self._spark
        self._step = (what, self._step[2], end)
        self._done = 0.0

    def __enter__(self) -> Self:
        """Begin to tell."""
        if self._progress is not None:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell nothing any more."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _tell(self) -> None:
        while not self._over.wait(_EVERY):
            (what, start, end), (done, total) = self._step, self._tasks()
            if total:
                self._done = max(self._done, done / total)
                what = f"{what} {done:,}/{total:,}"
            if self._progress is not None:
                self._progress(what, start + (end - start) * self._done)

    def _tasks(self) -> tuple[int, int]:
        """Count the tasks that are done of the stages under way, and all of these."""
        if self._spark is None:
            return 0, 0
        try:
            tracker = self._spark.sparkContext.statusTracker()
            stages = [tracker.getStageInfo(each) for each in tracker.getActiveStageIds()]
        except Exception:  # noqa: BLE001 - whatever it is, whoever runs the job is told of it
            return 0, 0
        known = [stage for stage in stages if stage is not None]
        done = sum(stage.numCompletedTasks for stage in known)
        return done, sum(stage.numTasks for stage in known)
