"""A norm once it is checked, and how the formulas of a rule are read."""

from collections.abc import Callable
from functools import partial

from dabiao.rules.catalog.catalog import Stage
from dabiao.rules.catalog.norm import Norm
from dabiao.rules.formulas.checking.check import Typed, check
from dabiao.rules.formulas.error import FormulaError, FormulaFault
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import Phrase
from dabiao.rules.language.left_out import mentions
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import NormRecord

_Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class BuiltNorm:
    """A checked norm, the unit of what it observes, and how it is told as data."""

    norm: Norm
    unit: str
    measure: str | None
    record: NormRecord
    scope: Formula | None = None
    """Whom a table of targets binds, where it leaves anybody out."""
    scope_text: str = ""
    stages: tuple[Stage, ...] = ()
    value_unit: str | None = None
    """Unit of what changes, where a change is asked for: that may be in % of it, or in points."""
    counted: bool = False
    """Whether subjects are counted, so that any measure word will do: 2所, 2个."""


def read_formula(
    said: Phrase, vocabulary: Vocabulary, level: Level, report: _Report
) -> Typed | None:
    """Read and check a formula; report what is wrong with it."""
    try:
        syntax = parse(said.text, vocabulary.names)
        return check(syntax, vocabulary, level, partial(remark_on, said, report))
    except FormulaError as error:
        report_faults(said, error, report, vocabulary)
        return None


def remark_on(said: Phrase, report: _Report, fault: FormulaFault) -> None:
    """Warn of what a formula had better say, at its place in the file."""
    report(
        said.problem(
            fault.code,
            fault.message,
            severity=Severity.WARNING,
            hint=fault.hint,
            offset=fault.offset,
        )
    )


def report_faults(
    said: Phrase, error: FormulaError, report: _Report, vocabulary: Vocabulary
) -> None:
    """Report every fault of a formula with its place in the file.

    Faults that come of a name which an error left out are not told: that error was.
    """
    for fault in error.faults:
        word = said.text[fault.offset : fault.offset + fault.length]
        if mentions(said.text, word, vocabulary.left_out):
            continue
        report(said.problem(fault.code, fault.message, hint=fault.hint, offset=fault.offset))
