"""Who stands in a roster, for how long, and what contradicts it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

import numpy as np

from dabiao.intake.facts.near_codes import NearCodes, must_be
from dabiao.intake.facts.rows import At, Batch, RowLog
from dabiao.schemas.facts import LevelFacts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.record import dataclass


@dataclass
class Roster:
    """What the rosters say, taken down level by level.

    Attributes:
        log: Takes down contradictions.
    """

    log: RowLog
    _places: dict[tuple[Level, str], At] = field(default_factory=dict)

    def take(self, table: LevelFacts, batches: Sequence[Batch]) -> None:
        """Note in a level who is listed and who exists when.

        Where two rows say two things, each year counts in which either lets it exist.
        """
        listed: dict[str, Lifetime | None] = {}
        for batch in batches:
            for code, life, number in zip(
                batch.codes, batch.lives or (), batch.numbers.tolist(), strict=True
            ):
                here = (batch.origin, number)
                before = listed.get(code)
                if before is None:  # whoever says nothing of it contradicts nobody
                    listed[code] = life
                    self._places[table.level, code] = here
                elif life is not None and life != before:
                    self._differs(code, self._places[table.level, code], here)
                    listed[code] = before.or_else(life)
            for slug, column in batch.columns.items():
                for at in np.flatnonzero(~np.isnan(column.values)).tolist():
                    kind = column.at(at)
                    told = bool(kind) if column.labels is None else column.labels[int(kind)]
                    table.kinds.setdefault(batch.codes[at], {}).setdefault(slug, told)
        if listed:
            table.listed = np.array([code in listed for code in table.codes], np.bool_)
        for at, code in enumerate(table.codes) if any(listed.values()) else ():
            life = listed.get(code)
            if life is not None:
                table.lifetimes[at] = life

    def check(self, levels: Mapping[Level, LevelFacts]) -> None:
        """Tell of successors nobody knows, and of facts from years in which nobody was there."""
        if not any(table.lifetimes for table in levels.values()):
            return
        everybody = {code for table in levels.values() for code in table.codes}
        for table in levels.values():
            for at, life in table.lifetimes.items():
                if life.merged_into is not None and life.merged_into not in everybody:
                    near = NearCodes(everybody).find(life.merged_into)
                    self._no_such(table.level, table.codes[at], life.merged_into, near)
        for table in levels.values():
            for row, told in _contradicted(table, levels):
                self._after(table, row, told)

    def _differs(self, code: str, first: At, second: At) -> None:
        before, here = self.log.places_of([first, second])
        self.log.tell(
            second,
            "lifetime-differs",
            say(
                f"{code} 的状态或年份在名录中前后不一（{before}、{here}）；"
                "有一处说存在的年份，都按存在算",
                f"the roster says two things of {code} ({before}, {here}); it counts as"
                " existing in every year in which either says so",
            ),
            say("统一后重新提交", "make them agree"),
            subject=code,
        )

    def _no_such(self, level: Level, code: str, successor: str, near: Sequence[str]) -> None:
        hint = say("更正代码，或在名录中加上它", "correct the code, or add it to the roster")
        self.log.tell(
            self._places[level, code],
            "merged-into-unknown",
            say(
                f"{code} 的并入代码 {successor} 没有出现在任何表中",
                f"{successor}, which {code} was merged into, stands in no table",
            ),
            must_be(near, {}) if near else hint,
            subject=code,
            fixed="merged_into",
            found=successor,
        )

    def _after(self, table: LevelFacts, row: int, ended: str) -> None:
        code, year = table.codes[int(table.subject[row])], int(table.year[row])
        self.log.tell(
            table.where(row),
            "reported-while-closed",
            say(
                f"{code} 按名录{ended}，却有{year}年的数据；按填报的数据考核，不计入应报",
                f"by the roster {code} was {ended}, yet there are facts of {year};"
                " judged as reported, not counted among those to report",
            ),
            say("更正名录，或删去这一行", "correct the roster, or delete the row"),
            subject=code,
            year=year,
        )


def _contradicted(
    table: LevelFacts, levels: Mapping[Level, LevelFacts]
) -> Iterator[tuple[int, str]]:
    """Yield rows of subjects that did not exist in that year, each with why not.

    Where a closed school reports itself, that is told of it and not of all its classes as well.
    """
    lives = {at: (life, "") for at, life in table.lifetimes.items()}
    reported: set[tuple[str, int]] = set()
    bearing = table.level.lives_with
    schools = None if bearing is None else levels.get(bearing)
    if schools is not None and schools.lifetimes:
        closed = {schools.codes[at]: life for at, life in schools.lifetimes.items()}
        for at, parent in enumerate(table.parents):
            if parent in closed:
                lives.setdefault(at, (closed[parent], parent))
        rows = np.flatnonzero(np.isin(schools.subject, list(schools.lifetimes)))
        reported = {
            (schools.codes[int(schools.subject[row])], int(schools.year[row]))
            for row in rows[schools.filled(rows)].tolist()
        }
    if not lives:
        return
    rows = np.flatnonzero(np.isin(table.subject, list(lives)))
    for row in rows[table.filled(rows)].tolist():
        life, school = lives[int(table.subject[row])]
        year = int(table.year[row])
        if (school, year) in reported:
            continue
        # Who is said to have ended, but not when, is told of once, where the roster says so.
        if not life.covers(year) and (life.is_ahead(year) or life.closed is not None):
            whose = say(f"所在学校 {school} ", f"its school {school} ") if school else ""
            yield row, whose + life.why_absent(year)
