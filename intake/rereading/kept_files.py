"""What each file of a submission said when it was last read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from time import time

from dabiao.intake.files import STDIN, Submitted, base_folder, file_hash, find_files, within
from dabiao.intake.formats.encodings import check_encoding
from dabiao.intake.layout.mapping_file import MappingFile
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.limits import Limits
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.read import SubmissionReading, read_facts
from dabiao.intake.values.rosters import RosterReader
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say
from dabiao.schemas.measure import Measure
from dabiao.schemas.problem import FilePlace, InputError, Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

PATIENCE = 2.0
"""Seconds for which a file that is gone or cannot be read any more may be one that is being saved.

A program that saves takes a file away before it puts the new one in its place, or writes it bit by
bit; what the file said before stands until then.
"""
_COARSE = 2.0
"""Seconds within which a file system may give two states of a file one and the same time."""
_WHOLE = frozenset([".xlsx", ".xlsm", ".xltx", ".xltm", ".ods", ".ots", ".parquet"])
"""A half of one of these cannot be read; a half of a text can, and says less."""

_Signature = tuple[int, int, int]
"""When a file was changed, its size, and which file it is."""


@dataclass(slots=True)
class _Kept:
    """What a file said.

    Attributes:
        file: The file.
        signature: What it looked like when it was read.
        reading: What it said.
        read: When it was read.
        doubt: What it looks like, and since when, where it seems to be just being saved.
    """

    file: Submitted
    signature: _Signature
    reading: SubmissionReading
    read: float
    doubt: tuple[_Signature | None, float] | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether the file, and every table of it, could be read."""
        problems = self.reading.noticed.problems
        return not any(each.whole and each.severity is Severity.ERROR for each in problems)

    @property
    def is_closed(self) -> bool:
        """Tell whether the file could not even be opened; it may look the same when it can."""
        return not self.reading.files

    def outlasts(self, signature: _Signature | None, now: float) -> bool:
        """Tell whether it has looked like this for so long that nobody is saving it."""
        if self.doubt is None or self.doubt[0] != signature:
            self.doubt = (signature, now)
        return now - self.doubt[1] >= PATIENCE


@dataclass
class KeptFiles:
    """The files of a submission, each read when it changed.

    Attributes:
        paths: Files and folders.
        measures: Items and indicators that may be reported, by slug.
        places: Known places by code.
        mapping: How tables made for another purpose are read; with it all files are read again
            whenever one of them changed, as a mapping is about all of them.
        encoding: Encoding of delimited files, where it should not be guessed.
        limits: How much is read.
        clock: What time it is, in seconds.
        reread: The files that were read when it was last looked, or were let go.
        waiting: The files that seem to be just being saved, and are taken as they were.
    """

    paths: Sequence[str]
    measures: Mapping[str, Measure]
    places: Mapping[str, Place]
    mapping: MappingFile | None = None
    encoding: str | None = None
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time
    reread: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _found: list[Problem] | None = None
    _changed: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be read twice.

        Raises:
            InputError: Standard input was given, or an encoding that there is not.
        """
        check_encoding(self.encoding)
        if STDIN in self.paths:
            message = say("标准输入不能反复读取", "standard input cannot be read again")
            hint = say("给出文件或文件夹", "give a file or a folder")
            raise InputError([FilePlace(None).problem("no-such-file", message, hint=hint)])
        self._dictionary = MeasureNames.of(self.measures)

    def look(self) -> Facts | None:
        """Read what changed; None where nothing did.

        Raises:
            InputError: There is nothing to read, and nothing that may come back.
        """
        noticed = ProblemLog()
        files: list[Submitted] = []
        try:
            files = find_files(self.paths, noticed)
        except InputError as error:
            noticed.problems[:] = error.problems
        now, known = self.clock(), set(self._kept)
        reread = [file.file for file in files if self._read(file, now)]
        reread += self._let_go({file.file for file in files}, now, renamed=bool({*reread} - known))
        self.reread = tuple(sorted(reread))
        doubted = (name for name, kept in self._kept.items() if kept.doubt is not None)
        self.waiting = tuple(sorted(doubted))
        if not self._kept:
            self._found = None
            raise InputError(noticed.problems)
        found = [*noticed.problems, *noticed.notes]
        self._changed |= bool(reread) or found != self._found
        half = self.mapping is not None and self.waiting and self._found is not None
        if half or not self._changed:
            return None
        self._found, self._changed = found, False
        return self._facts(noticed)

    def _facts(self, noticed: ProblemLog) -> Facts:
        if self.mapping is not None:
            return read_facts(
                self.paths,
                self.measures,
                self.places,
                mapping=self.mapping,
                encoding=self.encoding,
                limits=self.limits,
            )
        every = self._reading(noticed)
        base = base_folder(self.paths)
        for name in sorted(self._kept, key=lambda name: within(base, name)):
            every.take(self._kept[name].reading)
        return every.facts(self.measures, self.places)

    def _reading(self, noticed: ProblemLog) -> SubmissionReading:
        return SubmissionReading(
            dictionary=self._dictionary,
            mapper=None,
            encoding=self.encoding,
            limits=self.limits,
            noticed=noticed,
            rosters=RosterReader(self.places),
        )

    def _read(self, file: Submitted, now: float) -> bool:
        """Read a file if it changed, and tell whether it says something else now."""
        kept = self._kept.get(file.file)
        try:
            signature = _signature(file.path)
        except OSError:  # gone since it was found
            return False
        if kept is not None and kept.signature == signature and not self._is_doubted(kept, now):
            kept.doubt = None
            return False
        reading = self._reading(ProblemLog())
        reading.read_file(file)
        fresh = _Kept(file, signature, reading, now)
        if kept is None:
            self._kept[file.file] = fresh
            return True
        if _may_be_half(kept, fresh) and not kept.outlasts(signature, now):
            return False
        self._kept[file.file] = fresh
        return not (kept.is_closed and fresh.is_closed)

    def _is_doubted(self, kept: _Kept, now: float) -> bool:
        """Tell whether a file may say something else though it looks the same."""
        if kept.is_closed:
            return True
        if kept.read - kept.signature[0] / 1e9 > _COARSE:
            return False
        kept.read = now
        return kept.reading.files[0].sha256 != _digest(kept.file.path)

    def _let_go(self, present: set[str], now: float, *, renamed: bool) -> list[str]:
        """Forget the files that are gone, unless they may come back; give those forgotten."""
        gone = [
            name
            for name in self._kept.keys() - present
            if self._kept[name].outlasts(None, now) or renamed
        ]
        for name in gone:
            del self._kept[name]
        return gone


def _may_be_half(kept: _Kept, fresh: _Kept) -> bool:
    """Tell whether what a file says now may be half of what is being saved."""
    if not fresh.is_sound:
        return kept.is_sound
    return fresh.file.suffix not in _WHOLE and fresh.signature[1] < kept.signature[1]


def _signature(path: Path) -> _Signature:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _digest(path: Path) -> str:
    try:
        return file_hash(path)
    except OSError:
        return ""
