"""Putting a remark together: the subject, the measures, and their cells."""

from collections.abc import Iterable, Sequence

from dabiao.engine.data.algebra import tidy
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.findings.naming import Names
from dabiao.rules.formulas.formula import Below, Formula, Measured, Variation, reads, walk
from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.reasons.remarks import Remark
from dabiao.schemas.run import Note

_CELLS = 12
"""Cells named in one remark."""

ItemCell = tuple[SubjectYear, str]
"""A measure of a subject in a year."""


class Remarks:
    """Makes remarks.

    Attributes:
        evaluator: Evaluates formulas.
        frames: The facts.
        names: Names measures.
    """

    def __init__(self, evaluator: Evaluator, names: Names) -> None:
        self.evaluator = evaluator
        self.frames = evaluator.frames
        self.names = names

    def numbers(self, level: Level) -> list[Item]:
        """List the items of a level that are numbers and were submitted, each column once."""
        items = self.evaluator.vocabulary.items
        columns = self.frames.facts.levels[level].columns
        return [
            item
            for slug in columns
            if (item := items.get(slug)) is not None
            and item.type.numeric
            and not (item.shares and item.shares in columns)
        ]

    def make(  # noqa: PLR0913 - what a remark is
        self,
        kind: str,
        spot: SubjectYear,
        cells: Sequence[ItemCell],
        remark: Remark,
        *,
        check: str | None = None,
        others: tuple[str, ...] = (),
    ) -> Note:
        """Make a remark on a subject in a year.

        Args:
            kind: Its kind.
            spot: The subject and the year.
            cells: The measures concerned, the one to look at first in front.
            remark: What there is to say.
            check: Slug of the edit check that does not hold.
            others: Codes of other subjects concerned.
        """
        sources = self.sources(cells)
        return Note(
            kind=kind,
            of=self.names.subject(spot.level, spot.subject),
            level=spot.level,
            year=spot.year,
            source=sources[0] if sources else None,
            about=tuple(self.names.measure(slug) for slug in dict.fromkeys(at for _, at in cells)),
            sources=sources,
            check=check,
            others=others,
            remark=remark,
        )

    def sources(self, cells: Iterable[ItemCell]) -> tuple[Source, ...]:
        """Find the cells in which measures were submitted; what was computed has none."""
        found: list[Source] = []
        for spot, slug in cells:
            report = self.frames.report(spot.level, slug, spot.year, spot.subject)
            if report is not None and report.source is not None and report.source not in found:
                found.append(report.source)
        return tuple(found[:_CELLS])

    def value(self, spot: SubjectYear, slug: str) -> Scalar:
        """Give the value of a measure as people write it; None where it is missing."""
        vector = self.evaluator.value(Measured(slug), spot.level, spot.year, "")
        number = float(vector[spot.subject])
        item = self.evaluator.vocabulary.items.get(slug)
        if item is None or item.type.numeric:
            return tidy(number)
        if number < 0:
            return None
        return self.frames.words(int(number)) if item.type is ItemType.CATEGORY else number > 0

    def read(self, formula: Formula, spot: SubjectYear) -> list[ItemCell]:
        """List the measures of a subject's own that a formula reads, indicators opened up.

        Measures of subjects below are left out.
        """
        found: dict[ItemCell, None] = {}
        vocabulary = self.evaluator.vocabulary

        def look(part: Formula, of: SubjectYear, within: frozenset[str]) -> None:
            match part:
                case Measured(slug) if slug in vocabulary.items:
                    if vocabulary.exists_at(slug, of.level):
                        found[of, slug] = None
                case Measured(slug) if slug not in within:
                    if self.frames.report(of.level, slug, of.year, of.subject) is not None:
                        found[of, slug] = None
                    else:
                        look(vocabulary.formulas[slug], of, within | {slug})
                case _:
                    for read in reads(part, of.year):
                        if read.level is None:
                            look(read.part, of.at(read.year), within)

        look(formula, spot, frozenset())
        return list(found)


def reads_below(formula: Formula) -> bool:
    """Tell whether a formula reads anything of the subjects below."""
    return any(isinstance(part, Below | Variation) for part in walk(formula))
