"""When rows came and when they were due, row by row, for the naive evaluator."""

import datetime

from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level


class Calendar:
    """What is known of days."""

    def __init__(self, facts: Facts) -> None:
        """Write down the day on which the file of each row came."""
        self.dates = facts.deadlines
        self.came: dict[tuple[Level, str, int], list[datetime.date]] = {}
        received = self.dates.received or {}
        for level, table in facts.levels.items():
            for row in range(len(table.subject)):
                file = facts.origins[table.origin[row]].file if facts.origins else ""
                key = (level, table.codes[table.subject[row]], int(table.year[row]))
                if file in received:
                    self.came.setdefault(key, []).append(received[file])

    def in_time(self, level: Level, code: str, year: int) -> bool | None:
        """Tell whether every row of a year came by the day it was due; None where nobody knows."""
        due = self.dates.due.get(level, self.dates.due.get(None))
        if due is None or self.dates.received is None or year != self.dates.year:
            return None
        return all(day <= due for day in self.came.get((level, code, year), []))
