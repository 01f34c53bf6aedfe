"""A mapping proposed for a foreign table, from its headers and from what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePath

from dabiao.intake.formats.table import Table
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.layout.on_its_side import headers_column
from dabiao.intake.layout.upright import laid_upright
from dabiao.intake.names import TableKind, plain, table_kind
from dabiao.intake.proposals.drafting import Drafting
from dabiao.intake.proposals.keys import Keys
from dabiao.intake.proposals.likeness import kernel
from dabiao.intake.proposals.measures import MeasureFinder
from dabiao.intake.proposals.own import is_own
from dabiao.intake.proposals.proposal import Proposal, TableProposal
from dabiao.intake.proposals.roles import named_places, speaks_of_keys
from dabiao.intake.proposals.sampled import sample
from dabiao.intake.read import open_tables
from dabiao.intake.unreadable import Unreadable
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place


def propose(  # noqa: PLR0913 - what is read, what it may say, and what the user knows of it
    paths: Sequence[Path | str],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    level: Level | None = None,
    year: int | None = None,
    encoding: str | None = None,
) -> Proposal:
    """Propose how foreign tables are read.

    Args:
        paths: Files and folders.
        measures: Items and indicators that may be reported, by slug.
        places: Known places by code.
        level: The level of the rows, where it should not be guessed.
        year: The year of the rows, where no column says it.
        encoding: Encoding of delimited files, where it should not be guessed.

    Raises:
        InputError: A file cannot be read, or there is none.
    """
    proposing = _Proposing(MeasureNames.of(measures), named_places(places), level, year)
    every = open_tables(paths, proposing.understood, encoding=encoding)
    tables = [
        each
        for each in every
        if each.positions and not each.hidden and table_kind(each.name) is not TableKind.NOTES
    ]
    found: list[TableProposal] = []
    files = dict.fromkeys(table.file for table in tables)
    for file in files:
        sheets = [each for each in tables if each.file == file]
        drafts = [replace(proposing.propose(each), file=PurePath(file).name) for each in sheets]
        if all(each == drafts[0] and each.readings for each in drafts):
            found.append(drafts[0])  # a sheet for each school
        else:
            pairs = zip(drafts, sheets, strict=True)
            found += [replace(each, sheet=table.sheet) for each, table in pairs]
    return Proposal(found if len(files) > 1 else [replace(each, file=None) for each in found])


@dataclass
class _Proposing:
    """What the proposal for any table rests on."""

    dictionary: MeasureNames
    places: Mapping[str, Place]
    level: Level | None
    year: int | None

    @cached_property
    def _kernels(self) -> set[str | frozenset[str]]:
        every = [each for found in self.dictionary.names.values() for each in found]
        return {kernel(n) for each in every for n in (each.name, each.english, each.slug) if n}

    def is_measure(self, text: str) -> bool:
        """Tell whether a text is the name of a measure."""
        return kernel(text) in self._kernels

    def understood(self, text: str) -> bool:
        """Tell whether a text is a header that means something."""
        return speaks_of_keys(text) or self.is_measure(text)

    def propose(self, table: Table) -> TableProposal:
        """Propose how to read a table."""
        own = is_own(table, self.dictionary)
        if own is not None:
            name = own.label if isinstance(own, Level) else say("名录", "the roster")
            return TableProposal(why=name, own=True)
        side = headers_column(table, None, self.dictionary, speaks_of_keys)
        if side is not None:
            table = laid_upright(table, {plain(str(cells.get(side))) for _, cells in table.head})
        try:
            found = sample(table, self.understood)
        except Unreadable as problem:
            return _left(problem.message)
        if found is None:
            return _left(say("没有找到表头", "it has no header"))
        if not any(column.cells for column in found.columns):
            return _left(say("没有数据行", "it has no rows"))
        keys = Keys(found, self.level, self.year, self.places, self.is_measure)
        of_classes = keys.level is Level.CLASS and keys.of_classes
        measures = MeasureFinder(self.dictionary, found.header, of_classes)
        return replace(Drafting(keys, measures).proposal(), turned=table.turned)


def _left(why: str) -> TableProposal:
    return TableProposal(why=why)
