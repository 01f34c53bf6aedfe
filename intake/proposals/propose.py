"""A mapping proposed for a foreign table, from its headers and from what stands in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from dabiao.intake.formats.table import Table
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.layout.on_its_side import headers_column, on_its_side
from dabiao.intake.limits import Limits
from dabiao.intake.names import TableKind, table_kind
from dabiao.intake.proposals.candidates import Candidates
from dabiao.intake.proposals.clues.families import SLOT, Family, find_families
from dabiao.intake.proposals.clues.families import SlotKind as Slot
from dabiao.intake.proposals.clues.gazetteer import Gazetteer
from dabiao.intake.proposals.clues.keys import Keys, YearFound, find_keys, find_year
from dabiao.intake.proposals.clues.levels import guess_level
from dabiao.intake.proposals.clues.sampled import SampledColumn, TableSample, sample
from dabiao.intake.proposals.drafting import Drafting
from dabiao.intake.proposals.own import is_own
from dabiao.intake.proposals.proposal import Proposal, ProposedReading, State, TableProposal
from dabiao.intake.proposals.words import ProposalWords
from dabiao.intake.read import open_tables
from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.problem import FilePlace, InputError
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

COLUMNS = 500
"""Columns of one table that are compared with the measures; no person edits longer mappings."""


def propose(  # noqa: PLR0913 - what is read, what it may say, and what the user knows of it
    paths: Sequence[Path | str],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    level: str | None = None,
    year: int | None = None,
    encoding: str | None = None,
    limits: Limits | None = None,
) -> Proposal:
    """Propose how foreign tables are read.

    Args:
        paths: Files and folders.
        measures: Items and indicators that may be reported, by slug.
        places: Known places by code.
        level: A word for the level of the rows, where it should not be guessed.
        year: The year of the rows, where no column says it.
        encoding: Encoding of delimited files, where it should not be guessed.
        limits: How much is read.

    Raises:
        InputError: A file cannot be read, or there is none; or the level is none.
    """
    given = None if level is None else _level(level)
    dictionary = MeasureNames.of(measures)
    words = ProposalWords(dictionary)
    known = Gazetteer(places)
    tables = list(open_tables(paths, words.understood, encoding=encoding, limits=limits))
    tables = [table for table in tables if table.positions and not _is_notes(table)]
    several = len({table.file for table in tables}) > 1
    found: list[TableProposal] = []
    for table in tables:
        alone = sum(each.file == table.file for each in tables) == 1
        proposing = _Proposing(dictionary, words, known, given, year)
        name = PurePath(table.file).name
        found.append(
            proposing.propose(table, name if several else None, None if alone else table.sheet)
        )
    return Proposal(_joined(found))


def _joined(tables: Sequence[TableProposal]) -> list[TableProposal]:
    """Propose once what is proposed alike for every sheet of a file: a sheet for each school."""
    found: list[TableProposal] = []
    for file in dict.fromkeys(table.file for table in tables):
        sheets = [table for table in tables if table.file == file]
        whole = replace(sheets[0], sheet=None)
        alike = all(replace(each, sheet=None) == whole for each in sheets)
        found += [whole] if alike and whole.state is State.PROPOSED else sheets
    return found


def _level(text: str) -> Level:
    found = Level.named(text)
    if found is None:
        listed = say("、", ", ").join(each.label for each in Level)
        message = say(f"没有“{text}”这个层级", f'"{text}" is no level')
        hint = say("改为其中一个", "use one of these")
        raise InputError(
            [FilePlace(None).problem("unknown-level", message, expected=listed, hint=hint)]
        )
    return found


def _is_notes(table: Table) -> bool:
    return table.hidden or table_kind(table.name) is TableKind.NOTES


@dataclass(frozen=True)
class _Proposing:
    """What the proposal for any table rests on."""

    dictionary: MeasureNames
    words: ProposalWords
    places: Gazetteer
    level: Level | None
    year: int | None

    def propose(self, table: Table, file: str | None, sheet: str | None) -> TableProposal:
        """Propose how to read a table."""

        def left(why: str, state: State = State.LEFT) -> TableProposal:
            return TableProposal(file, sheet, state, why)

        own = is_own(table, self.dictionary)
        if own is not None:
            name = own.label if isinstance(own, Level) else say("名录", "the roster")
            return left(name, State.OWN)
        side = headers_column(table, None, self.dictionary)
        if side is not None:
            return left(say("：", ": ").join(on_its_side(table, side)))
        try:
            found = sample(table, self.words.understood)
        except Unreadable as problem:
            return left(problem.message)
        if found is None:
            return left(say("没有找到表头", "it has no header"))
        guess = guess_level(found, self.places)
        if self.level is not None:
            guess = self.level, say("由 --level 指定", "given by --level")
        if not found.rows:
            return left(say("没有数据行", "it has no rows"))
        level, why = guess or self._likeliest(found)
        keys = find_keys(found, level, self.places, self.words.is_measure)
        return self._readings(found, level, why, keys, file, sheet)

    def _likeliest(self, found: TableSample) -> tuple[Level, str]:
        """Take the level at which most of the columns are measures, where nothing else tells it."""
        candidates = Candidates(self.dictionary, found.header)
        named = [
            (level, bool(candidates.find(column.stem, [column], level)))
            for level in Level
            for column in found.columns[:COLUMNS]
        ]
        counts = Counter(level for level, is_measure in named if is_measure)
        level = max(Level, key=lambda each: (counts[each], each is Level.SCHOOL))
        return level, say("看不出层级，请核对", "its level is not clear: please check")

    def _readings(  # noqa: PLR0913, PLR0917 - all that was found out
        self,
        found: TableSample,
        level: Level,
        why: str,
        keys: Keys,
        file: str | None,
        sheet: str | None,
    ) -> TableProposal:
        years = find_year(found)
        if self.year is not None and (years is None or years.column is None):
            years = YearFound(constant=self.year)
        drafting = Drafting(
            found, level, keys, years, Candidates(self.dictionary, found.header), self.words
        )
        drafts, doubtful, rest = self._families(drafting, _unused(drafting))
        main = drafting.main(why, rest)
        if main.found or drafts:  # years to come, or past, of what other columns hold
            for _, family in doubtful:
                _leave_family(drafting, family)
        else:
            drafts = [draft for draft, _ in doubtful]
        by_year = any(draft.level is level for draft in drafts)
        if years is None and by_year:
            for line in (*main.columns[main.fixed :], *main.sums):
                drafting.leave(line.key, say("没有年份", "its year is not known"))
            drafts[0].remark = why
            return TableProposal(file, sheet, State.PROPOSED, why, drafts, drafting.left)
        undated = years is None
        return TableProposal(
            file, sheet, State.PROPOSED, why, [main, *drafts], drafting.left, undated
        )

    def _families(
        self, drafting: Drafting, rest: list[SampledColumn]
    ) -> tuple[list[ProposedReading], list[tuple[ProposedReading, Family]], list[SampledColumn]]:
        """Draft readings of wide columns.

        Returns:
            Those that hold measures, those that hold nobody knows what, and the other columns.
        """
        direct = {
            each.position
            for each in rest
            if not each.qualifier
            and any(c.sure for c in drafting.candidates.find(each.stem, [each], drafting.level)[:1])
        }
        drafts: list[ProposedReading] = []
        doubtful: list[tuple[ProposedReading, Family]] = []
        for family in find_families([c for c in rest if c.position not in direct], self.dictionary):
            columns = {c.position for p in family.patterns for c in p.columns.values()}
            draft = drafting.family(family)
            if draft is not None and draft.found:
                drafts.append(draft)
            elif draft is not None:
                doubtful.append((draft, family))
            elif family.kind is not Slot.OPTION:
                _leave_family(drafting, family)
            if draft is not None or family.kind is not Slot.OPTION:
                rest = [each for each in rest if each.position not in columns]
        return drafts, doubtful, rest


def _unused(drafting: Drafting) -> list[SampledColumn]:
    """List the columns that say nothing about what rows are about, and can be named."""
    keys, years = drafting.keys, drafting.years
    used = {each.position for each in (*keys.columns, *keys.serial)}
    if years is not None and years.column is not None:
        used.add(years.column.position)
    other = {header for headers in keys.also.values() for header in headers}
    for column in keys.serial:
        drafting.leave(column.header, say("只是序号", "it only numbers the rows"))
    rest: list[SampledColumn] = []
    for column in drafting.sample.columns:
        if column.position in used or column.header in other:
            continue
        if column.twice:
            drafting.leave(column.header, say("有两列同名，分不清", "two columns have this name"))
        elif len(rest) >= COLUMNS:
            drafting.leave(column.header, say("列太多，没有看", "there are too many columns"))
        elif not column.filled:
            drafting.leave(column.header, say("没有内容", "it is empty"))
        else:
            rest.append(column)
    return rest


def _leave_family(drafting: Drafting, family: Family) -> None:
    for pattern in family.patterns:
        first, *_, last = pattern.columns
        told = pattern.text.replace(SLOT, say(f"（{first}至{last}）", f"({first} to {last})"))
        drafting.leave(told, say("没有相近的数据项", "no item is like it"))
