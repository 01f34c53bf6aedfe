"""Where everything stands that was judged: verdicts, what was compared, who is who."""

from collections.abc import Callable

from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.frames import Frames
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.engine.judging.readings import Readings
from dabiao.engine.judging.roll_ups import Verdict
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """What columns are read from.

    Attributes:
        catalog: The rule pack.
        planner: Gives what a rule compared.
        readings: Tries what cells may mean.
        builder: Puts findings together.
        verdict: Gives the outcomes of a rule in a year.
    """

    catalog: Catalog
    planner: RulePlanner
    readings: Readings
    builder: FindingBuilder
    verdict: Callable[[Rule, int], Verdict]

    @property
    def frames(self) -> Frames:
        """The facts."""
        return self.planner.evaluator.frames

    def concluded(self, level: Level) -> Flags | None:
        """Tell of whom anything is concluded, rather than being merely named; None for all."""
        reporting = self.frames.reporting(level)
        return None if reporting.all() else reporting
