"""Planning a form: which rows and cells the rules need of an area."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dabiao.rules.analysis.data_needs import DataNeed, needs
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.forms.fields import Columns
from dabiao.rules.forms.ground import Ground
from dabiao.rules.forms.order import Order, nobody_known, nothing_needed
from dabiao.rules.forms.settled import Settled
from dabiao.schemas.finding import Scalar
from dabiao.schemas.form import Form, FormRow, FormSheet
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Subject

_NEW = 5
"""Blank rows below subjects that are known, for those that were founded since."""
_ONE_SCHOOL = 60
"""Blank rows for the classes of one school."""


def plan_forms(
    catalog: Catalog,
    rules: Iterable[str],
    order: Order,
    ground: Ground,
    split: Level | None = None,
) -> list[Form]:
    """Plan the workbooks that rules need filled in, one or one for each subject of a level.

    Args:
        catalog: The rule pack.
        rules: Ids of the rules chosen.
        order: What is wanted.
        ground: Who is known.
        split: The level whose subjects get a workbook each; None for a single workbook.

    Raises:
        InputError: The rules need nothing of what was ordered.
    """
    needed = needs((catalog.rules[id_] for id_ in rules), catalog, order.year)
    planner = _Planner(catalog, ground, needed, Columns(catalog))
    whole = planner.form(order)
    if not whole.sheets:
        everything = planner.form(replace(order, levels=()))
        raise nothing_needed(order, [sheet.level for sheet in everything.sheets])
    if split is None:
        return [whole]
    lower = tuple(level for level in order.levels if level.rank >= split.rank)
    if order.levels and not lower:
        raise nothing_needed(order, [])
    parts = [
        planner.form(replace(order, area=each, levels=lower))
        for each in ground.known(order.area.code, split)
    ]
    if not parts:
        raise nobody_known(order.area, split)
    found = [form for form in parts if form.sheets]
    if not found:
        raise nothing_needed(order, [])
    return found


@dataclass(frozen=True)
class _Planner:
    """Plans forms of one set of rules in one year."""

    catalog: Catalog
    ground: Ground
    needed: set[DataNeed]
    columns: Columns

    def form(self, order: Order) -> Form:
        """Plan a workbook; one without sheets asks for nothing."""
        levels = order.levels or [level for level in Level if level.rank >= order.area.level.rank]
        sheets = [sheet for level in levels if (sheet := self._sheet(order, level)) is not None]
        ids = {rule for sheet in sheets for rule in sheet.clauses}
        documents = {self.catalog.rules[id_].document.id for id_ in ids}
        roster = tuple(self.ground.roster(order.area.code)) if self.ground.listed else ()
        lives = self.ground.lifetimes
        return Form(
            area=order.area,
            year=order.year,
            documents=tuple(self.catalog.documents[id_] for id_ in sorted(documents)),
            sheets=tuple(sheets),
            roster=roster,
            lifetimes={each.code: lives[each.code] for each in roster if each.code in lives},
        )

    def _sheet(self, order: Order, level: Level) -> FormSheet | None:
        area = order.area.code
        here = [
            need
            for need in self.needed
            if need.level is level and self.ground.meet(area, need.area)
        ]
        who: Sequence[Subject] = (
            [order.area] if level is order.area.level else self.ground.known(area, level)
        )
        rows = [row for subject in who for row in self._rows(here, subject, order.year)]
        blanks = _blanks(order, level, known=bool(who))
        rows += [row for row in self._blank_rows(here, area, level) for _ in range(blanks)]
        rows.sort(key=lambda row: -row.year)  # each year in one piece, the latest first
        asked = {slug for row in rows for slug in row.wanted}
        if not asked:
            return None
        wanted: dict[str, set[str]] = {}
        for need in here:
            if self._column(need) in asked:
                wanted.setdefault(need.slug, set()).add(need.rule)
        alone = {row.code for row in rows} == {area}
        return FormSheet(level, self.columns.fields(level, wanted, by_office=alone), tuple(rows))

    def _rows(self, here: Iterable[DataNeed], subject: Subject, latest: int) -> Iterator[FormRow]:
        """Yield the rows of a subject that is known."""
        own = [need for need in here if self.ground.inside(subject.code, need.area)]
        for year in sorted({need.year for need in own}, reverse=True):
            if not self.ground.exists(subject.code, year):
                continue
            of_year = [need for need in own if need.year == year]
            settled = Settled(self.ground, year)
            wanted = frozenset(
                self._column(need)
                for need in of_year
                if all(settled.holds(only, subject.code) is not False for only in need.only)
            )
            yield FormRow(
                subject.code,
                subject.name,
                subject.parents[-1] if subject.parents else None,
                year,
                wanted,
                frozenset(map(self._column, of_year)) - wanted,
                dict(self._known(subject.code, wanted, year, latest)),
                dict(self._reported(subject.code, wanted, year - 1)),
            )

    def _known(
        self, code: str, wanted: Iterable[str], year: int, latest: int
    ) -> Iterator[tuple[str, Scalar]]:
        """Yield what needs no asking: categories, and whatever was reported of earlier years."""
        for slug in wanted:
            value = self.ground.past.value(code, slug, year) if year < latest else None
            kind = self.ground.past.lasts(code, slug, year)
            value = kind if value is None and isinstance(kind, str) else value
            if value is not None:
                yield slug, value

    def _reported(
        self, code: str, wanted: Iterable[str], year: int
    ) -> Iterator[tuple[str, Scalar]]:
        for slug in wanted:
            value = self.ground.past.value(code, slug, year)
            if value is not None:
                yield slug, value

    def _blank_rows(self, here: Iterable[DataNeed], area: str, level: Level) -> Iterator[FormRow]:
        """Yield the rows of a subject that nobody knows yet."""
        parent = self._only_parent(area, level)
        own = [need for need in here if self.ground.meet(parent or area, need.area)]
        for year in sorted({need.year for need in own}, reverse=True):
            wanted = frozenset(self._column(need) for need in own if need.year == year)
            yield FormRow(None, None, parent, year, wanted)

    def _column(self, need: DataNeed) -> str:
        """Give the item under whose header a needed one is asked for."""
        return self.catalog.vocabulary.items[need.slug].column

    def _only_parent(self, area: str, level: Level) -> str | None:
        """Give the parent of whoever is not known yet, where only one comes into question.

        That is the one of all who are known; else the only subject there is above.
        """
        beside = {each.parents[-1] for each in self.ground.known(area, level) if each.parents}
        if beside:
            return beside.pop() if len(beside) == 1 else None
        above = list(Level)[: level.rank] if level.lives_with is None else [level.lives_with]
        for upper in reversed(above):
            found = self.ground.known(area, upper)
            if found:
                return found[0].code if len(found) == 1 else None
        return None


def _blanks(order: Order, level: Level, *, known: bool) -> int:
    """Tell for how many subjects that nobody knows yet there are rows."""
    if level is order.area.level:
        return 0
    if known and level.rank <= Level.COUNTY.rank:
        return 0  # counties are not founded from one year to the next
    if order.rows is not None:
        return order.rows
    if known:
        return _NEW
    return _ONE_SCHOOL if order.area.level is Level.SCHOOL else level.blank_rows
