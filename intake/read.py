"""Reading a submission: files to tables, tables to rows, rows to facts."""

import gc
import hashlib
import mmap
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dabiao.intake.doubts import doubt_units, set_sums_aside, tell_shifts
from dabiao.intake.facts.assemble import assemble_batches
from dabiao.intake.facts.rows import Batch, RowLog
from dabiao.intake.files import (
    DELIMITED,
    SPREADSHEETS,
    STDIN,
    WORKBOOKS,
    Submitted,
    file_hash,
    find_files,
)
from dabiao.intake.formats.encodings import check_encoding
from dabiao.intake.formats.kept_tables import KeptTables
from dabiao.intake.formats.table import HEAD, Table
from dabiao.intake.layout.beside import apart
from dabiao.intake.layout.from_headers import HeaderPlanner
from dabiao.intake.layout.headers import Header, find_header
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.layout.on_its_side import headers_column, on_its_side
from dabiao.intake.layout.plan import TablePlan
from dabiao.intake.layout.skipped_rows import (
    kind_of,
    named_years,
    stated_year,
    tell_beside,
    tell_set_aside,
)
from dabiao.intake.layout.upright import find_titles, stood_up, told_long
from dabiao.intake.limits import Limits
from dabiao.intake.names import Fixed, TableKind, fixed_column
from dabiao.intake.personal import tell_personal
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.unreadable import Unreadable, cannot_open, refuse_disguise, too_much
from dabiao.intake.values.rosters import RosterReader
from dabiao.intake.values.table_reader import TableReader
from dabiao.schemas.facts import FactFile, Facts, Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import FilePlace, InputError, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.room import ask_for_room
from dabiao.schemas.subject import Place

if TYPE_CHECKING:
    import polars as pl

    from dabiao.intake.layout.from_mapping import MappingPlanner
    from dabiao.intake.layout.mapping_file import MappingFile

_LARGE = 1 << 25
"""From this many bytes on a text is read from where it is, and not all of it taken into memory."""
_WORDS = pattern(r"[,;\t，\"]")
ReadingProgress = Callable[[str, int, int], None]
"""Told the file that is about to be read, how many were read before it, and how many there are."""


def read_facts(  # noqa: PLR0913 - what is read, what it may say, and how
    paths: Sequence[Path | str],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    mapping: "MappingFile | None" = None,
    encoding: str | None = None,
    limits: Limits | None = None,
    progress: ReadingProgress | None = None,
    kept: KeptTables | None = None,
) -> Facts:
    """Read a submission.

    Everything that is wrong with it is a problem in the facts; nothing is dropped in silence.

    Args:
        paths: Files and folders; ``-`` reads JSON from standard input.
        measures: Items and indicators that may be reported, by slug.
        places: Known places by code.
        mapping: How tables made for another purpose are read.
        encoding: Encoding of delimited files, where it should not be guessed.
        limits: How much is read.
        progress: Called before each file.
        kept: Keeps the tables of files, for whoever looks at their cells once more.

    Raises:
        InputError: There is nothing to read: no such file, an empty folder; or no such encoding.
    """
    noticed = ProblemLog()
    check_encoding(encoding)
    files = find_files(paths, noticed)
    with _no_collection():
        reading = _reading(measures, places, mapping, encoding, limits or Limits(), noticed)
        reading.kept = kept
        for done, file in enumerate(files):
            if progress is not None:
                progress(file.file, done, len(files))
            reading.read_file(file)
        return reading.facts(measures, places)


def read_frames(
    frames: Mapping[str, "pl.DataFrame"],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    mapping: "MappingFile | None",
    limits: Limits | None = None,
) -> Facts:
    """Read rows that are in memory already, as if each table was a Parquet file.

    Args:
        frames: What each file is called, and its rows.
        measures: Items and indicators that may be reported, by slug.
        places: Known places by code.
        mapping: How tables made for another purpose are read.
        limits: How much is read.
    """
    from dabiao.intake.formats.parquet import frame_table

    reading = _reading(measures, places, mapping, None, limits or Limits(), ProblemLog())
    with _no_collection():
        for file, frame in frames.items():
            name = Path(file).stem
            made = frame_table(frame.lazy(), len(frame), file, name, reading.limits)
            reading.read_tables(Submitted(file, Path(file)), [made])
            reading.files.append(FactFile(file, "", len(frame)))
        return reading.facts(measures, places)


def open_tables(
    paths: Sequence[Path | str],
    understood: Callable[[str], bool],
    *,
    encoding: str | None,
) -> Iterator[Table]:
    """Give the tables of a submission as they stand in their files.

    Args:
        paths: Files and folders.
        understood: Tells whether a text is a header that means something.
        encoding: Encoding of delimited files, where it should not be guessed.

    Raises:
        InputError: A file cannot be read, or there is no such encoding.
    """
    noticed = ProblemLog()
    check_encoding(encoding)
    reading = SubmissionReading(
        dictionary=MeasureNames({}),
        mapper=None,
        encoding=encoding,
        limits=Limits(),
        noticed=noticed,
        rosters=RosterReader({}),
        understood=understood,
    )
    for file in find_files(paths, noticed):
        try:
            for table in reading.tables(file):
                if not isinstance(table, Unreadable):
                    yield table
                elif table.severity is Severity.ERROR:
                    raise table
        except Unreadable as problem:
            reading.refuse(file, problem)
        except OSError as error:
            reading.refuse(file, cannot_open(error))
    errors = [each for each in noticed.problems if each.severity is Severity.ERROR]
    if errors:
        raise InputError(errors)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of rows that are all in use."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _reading(  # noqa: PLR0913, PLR0917 - as above
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    mapping: "MappingFile | None",
    encoding: str | None,
    limits: Limits,
    noticed: ProblemLog,
) -> "SubmissionReading":
    """Begin to read, before anything was."""
    dictionary = MeasureNames.of(measures)
    mapper = None
    if mapping is not None:
        from dabiao.intake.layout.from_mapping import MappingPlanner

        mapper = MappingPlanner(mapping, dictionary, noticed)
    return SubmissionReading(
        dictionary=dictionary,
        mapper=mapper,
        encoding=encoding or (None if mapping is None else mapping.encoding),
        limits=limits,
        noticed=noticed,
        rosters=RosterReader(places),
    )


@dataclass
class SubmissionReading:
    """What was read so far: the files of a submission, some of them, or one."""

    dictionary: MeasureNames
    mapper: "MappingPlanner | None"
    encoding: str | None
    limits: Limits
    noticed: ProblemLog
    rosters: RosterReader
    understood: Callable[[str], bool] | None = None
    origins: list[Origin] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    files: list[FactFile] = field(default_factory=list)
    kept: KeptTables | None = None

    def read_file(self, file: Submitted) -> None:
        """Read one file."""
        before, told, digest = len(self.batches), self._noticed_so_far(), ""
        try:
            data = _from_stdin() if file.file == STDIN else None
            state = _state(file)
            digest = _digest(file, data)
            self.read_tables(file, self.tables(file, data))
            if _state(file) != state:
                del self.batches[before:]
                raise _changed()
        except Unreadable as problem:
            self.refuse(file, problem)
        except OSError as error:
            self.refuse(file, cannot_open(error))
            return
        rows = sum(len(b.codes) for b in self.batches[before:] if b.years is not None)
        self.files.append(FactFile(file.file, digest, rows))
        if self._noticed_so_far() == told and len(self.batches) == before:
            message = say("没有读到填报的行", "no row of data was found")
            hint = say("检查表中是否填了数据", "see whether anything is filled in")
            self.noticed.note(FilePlace(file.file).problem("nothing-read", message, hint))

    def read_tables(self, file: Submitted, tables: Iterable[Table | Unreadable]) -> None:
        """Read the tables of a file."""
        kept = self.kept if file.suffix in WORKBOOKS | DELIMITED else None
        if kept is not None and kept.has_room(file.path):
            tables = list(tables)
            whole = [each for each in tables if isinstance(each, Table)]
            if len(whole) == len(tables):
                kept.keep(file.path, whole)
        for table in tables:
            if isinstance(table, Unreadable):
                self.refuse(file, table)
                continue
            try:
                self._read_table(table)
            except Unreadable as problem:
                self.refuse(file, problem, table.sheet)

    def _noticed_so_far(self) -> tuple[int, int, int]:
        """Count what was told so far, and the rosters."""
        return len(self.noticed.problems), len(self.noticed.notes), self.rosters.number

    def take(self, other: Self) -> None:
        """Take over what another reading has read, which stays as it is."""
        moved = len(self.origins)
        self.noticed.take(other.noticed)
        self.origins += other.origins
        self.batches += [_copied(batch, moved) for batch in other.batches]
        self.rosters.take(other.rosters, moved)
        self.files += other.files

    def facts(self, measures: Mapping[str, Measure], places: Mapping[str, Place]) -> Facts:
        """Finish what needs to know everything, and make facts of it."""
        self.batches.extend(self.rosters.settle(self.batches, self.noticed))
        if self.mapper is not None:
            self.mapper.finish()
        log = RowLog(self.origins, self.noticed)
        set_sums_aside(self.batches, measures, log)
        by_table = sorted(self.batches, key=lambda batch: batch.origin)
        doubt_units(by_table, measures, log)
        tell_shifts(by_table, measures, log)
        self.noticed.finish()
        return assemble_batches(
            self.batches,
            self.origins,
            measures,
            places,
            files=self.files,
            noticed=self.noticed,
        )

    def tables(self, file: Submitted, data: bytes | None = None) -> Iterator[Table | Unreadable]:
        """Give the tables of a file; the readers are loaded when they are first needed."""
        if file.suffix in WORKBOOKS:
            from dabiao.intake.formats.xlsx.workbook import read_workbook

            return read_workbook(file.path, file.file, self.limits)
        if file.suffix in SPREADSHEETS:
            from dabiao.intake.formats.ods.workbook import read_spreadsheet

            return iter(read_spreadsheet(file.path, file.file, self.limits))
        if file.suffix == ".parquet":
            ask_for_room(file.path.stat().st_size)
            from dabiao.intake.formats.parquet import read_parquet

            return iter([read_parquet(file.path, file.file, self.limits)])
        return iter(self._texts(file, data if data is not None else self._bytes(file)))

    def _bytes(self, file: Submitted) -> bytes | memoryview:
        size = file.path.stat().st_size
        if size > (self.limits.json if file.suffix == ".json" else self.limits.text):
            raise too_much(say(f"{size >> 20} MB", f"{size >> 20} MB"))
        if file.suffix == ".json" or size < _LARGE:
            return file.path.read_bytes()
        with file.path.open("rb") as stream:
            return memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))

    def _texts(self, file: Submitted, data: bytes | memoryview) -> list[Table]:
        if file.suffix == ".json":
            from dabiao.intake.formats.json import read_json

            found = read_json(bytes(data), file.file, self.limits)
            for code, path, message, hint in found.problems:
                whole = "[" not in path  # a list, or all of them, not one of their rows
                self.noticed.add(
                    FilePlace(file.file, cell=path).problem(code, message, hint=hint, whole=whole)
                )
            return found.tables
        from dabiao.intake.formats.csv import read_delimited
        from dabiao.intake.formats.encodings import decode

        refuse_disguise(bytes(data[: self.limits.json]), workbook=False)
        decision = decode(data, self.encoding, self._has_header)
        if decision.note is not None:
            problem = FilePlace(file.file).problem(
                "encoding", decision.note, severity=Severity.WARNING
            )
            hint = say("如有乱码，用 --encoding 指明", "use --encoding if it reads as nonsense")
            if decision.encoding == "utf-8":  # one word is in doubt
                hint = say("核对这一格，改正这个字", "check this cell, and mend the character")
            told = self.noticed.add if decision.doubtful else self.noticed.note
            told(replace(problem, hint=hint))
        return [read_delimited(decision.text, file.file, self._understands, self.limits)]

    def _understands(self, text: str) -> bool:
        """Tell whether a text is the header of the codes, or one that the mapping asks for."""
        if self.understood is not None and self.understood(text):
            return True
        if self.mapper is not None and self.mapper.understands(text):
            return True
        if text.isascii() and text.lower() == text.upper():  # no letter: most cells are numbers
            return False
        return any(fixed_column(text, level) is Fixed.CODE for level in (None, *Level))

    def _has_header(self, text: str) -> bool:
        """Tell whether the first lines of a text hold a header."""
        lines = text.splitlines()[:HEAD]
        return any(self._understands(word) for line in lines for word in _WORDS.split(line))

    def _read_table(self, table: Table) -> None:
        if not table.positions:
            return
        tell_personal(table, self.noticed)
        plans = self.mapper.plans(table) if self.mapper is not None else None
        if plans is not None:
            for turned, above, mapped in plans:
                self._read_plan(turned, above, mapped)
            return
        kind = kind_of(table, self.noticed)
        if kind is None or kind is TableKind.NOTES:
            return
        level = kind if isinstance(kind, Level) else None
        titles = find_titles(table, level)
        if titles is not None and titles.codes is not None:
            message, hint = told_long(table, titles)
            cell = table.cell(titles.items, titles.number)
            self.noticed.add(table.problem("long-table", message, hint=hint, cell=cell))
            return
        table = table if titles is None else stood_up(table, titles)
        side = None if table.turned else headers_column(table, level, self.dictionary)
        if side is not None:
            message, hint = on_its_side(table, side)
            cell = table.cell(side, table.head[0][0])
            self.noticed.add(table.problem("table-on-its-side", message, hint=hint, cell=cell))
            return
        planner = HeaderPlanner(self.dictionary, self.noticed)
        first, *others = apart(table, level)
        header = find_header(first, level, self.dictionary.narrows)
        if header is None:
            planner.tell_no_header(first)
            return
        self._read_with_header(first, header, planner, kind)
        for other in others:
            header = find_header(other, level, self.dictionary.narrows)
            tell_beside(other, self.noticed, read=header is not None)
            if header is not None:
                self._read_with_header(other, header, planner, kind)

    def _read_with_header(
        self, table: Table, header: Header, planner: HeaderPlanner, kind: Level | TableKind
    ) -> None:
        plan = planner.plan(table, header, kind)
        if plan is not None:
            self._read_plan(table, header, plan)

    def _read_plan(self, table: Table, header: Header, plan: TablePlan) -> None:
        if plan.year is None and plan.level is not None:
            plan = replace(plan, year=stated_year(table, header, self.noticed))
        elif plan.year is not None and plan.year.positions:
            plan = replace(plan, named=named_years(table, header))
        tell_set_aside(table, header, plan, self.noticed)
        columns = {
            item.reading.measure.slug: "+".join(table.column(at) for at in item.positions)
            for item in plan.items
            if item.positions
        }
        sources = {"code": plan.code, "name": plan.name, "parent": plan.parent, "year": plan.year}
        sources |= {fixed.value: source for fixed, source in plan.life.items()}
        fixed = {
            name: "+".join(table.column(at) for at in source.positions)
            for name, source in sources.items()
            if source is not None and source.positions
        }
        self.origins.append(
            Origin(table.file, table.sheet, columns, table.lettered, fixed, table.turned)
        )
        reader = TableReader(table, plan, len(self.origins) - 1, self.noticed, self.limits)
        if plan.level is None:
            self.rosters.add(reader)
        else:
            self.batches.extend(reader.read(plan.level))

    def refuse(self, file: Submitted, problem: Unreadable, sheet: str | None = None) -> None:
        """Take down why a file, or a sheet of it, cannot be read."""
        self.noticed.add(
            FilePlace(file.file, problem.line, sheet=sheet).problem(
                problem.code,
                problem.message,
                severity=problem.severity,
                hint=problem.hint,
                whole=True,
            )
        )


def _copied(batch: Batch, moved: int) -> Batch:
    """Copy rows whose tables come after so many others; facts change their columns in place."""
    columns = {slug: of.copied() for slug, of in batch.columns.items()}
    return replace(batch, origin=batch.origin + moved, columns=columns)


def _digest(file: Submitted, data: bytes | None) -> str:
    return file_hash(file.path) if data is None else hashlib.sha256(data).hexdigest()


def _state(file: Submitted) -> tuple[int, ...]:
    """Tell whether what is judged is what was hashed: it differs once a file was written to."""
    if file.file == STDIN:
        return ()
    known = file.path.stat()
    return known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns, known.st_ctime_ns


def _changed() -> Unreadable:
    return Unreadable(
        "file-unreadable",
        say("正在读的时候被改动了", "it was changed while it was read"),
        say("等写它的程序写完，再考核一遍", "wait for who writes it, and check again"),
    )


def _from_stdin() -> bytes:
    if sys.stdin is None:  # whoever started the program closed it
        raise Unreadable(
            "file-unreadable",
            say("标准输入已关闭", "standard input is closed"),
            say("用管道送入 JSON，或给出文件", "pipe JSON into it, or give a file"),
        )
    return sys.stdin.buffer.read()
