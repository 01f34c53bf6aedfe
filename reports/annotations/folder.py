"""A whole submission given back into a folder: its workbooks with marks, and a list of it all."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from dabiao.intake.files import DELIMITED, STDIN, WORKBOOKS
from dabiao.intake.justifications import Justification
from dabiao.intake.limits import Limits
from dabiao.intake.problem_groups import group_problems
from dabiao.reports.annotations.marks import FileMarks, marks_by_file
from dabiao.reports.annotations.overview import ReturnedFile, overview_name, write_overview
from dabiao.reports.annotations.parts.markup import Unpatchable
from dabiao.reports.annotations.texts import annotate_text
from dabiao.reports.annotations.workbooks import annotate_workbook
from dabiao.reports.file_sets import file_set
from dabiao.reports.lists.problems import gravest_first
from dabiao.reports.outputs import OutputError, could_write
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import number_of, say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class TargetFolder:
    """Where a submission is given back to.

    Attributes:
        folder: The folder.
        force: Whether files in it may be overwritten.
    """

    folder: Path
    force: bool = False

    def check(self, paths: Sequence[str]) -> None:
        """See to it, before anything is read, that the folder is one to write to.

        Args:
            paths: The submission.

        Raises:
            OutputError: The folder is a file, or lies within the submission, which would then be
                read twice the next time.
        """
        folder = self.folder
        if folder.exists() and not folder.is_dir():
            raise OutputError(say(f"{folder} 不是文件夹", f"{folder} is no folder"))
        here = folder.resolve()
        for path in paths:
            there = Path(path).resolve()
            if path != STDIN and there.is_dir() and (here == there or there in here.parents):
                raise OutputError(
                    say(
                        f"{folder} 在填报数据的文件夹 {path} 里面；请另选一个文件夹",
                        f"{folder} lies within {path}, which is read; choose another folder",
                    )
                )

    def annotate(
        self,
        facts: Facts,
        encoding: str | None = None,
        *,
        beside: Sequence[Problem] = (),
        why: Mapping[Problem, Justification] | None = None,
    ) -> list[str]:
        """Write each file with its marks, and a list of all problems.

        Args:
            facts: The submission, with its problems.
            encoding: Encoding of delimited files, where it was not guessed.
            beside: What else there is to say of cells.
            why: What is explained: listed with its explanation, and not marked any more.

        Returns:
            What to tell about it, line by line.

        Raises:
            OutputError: A file is there already, or cannot be written.
        """
        causes = gravest_first(group_problems([*facts.problems, *beside]))
        marks = marks_by_file(causes, _schools(facts), why)
        rows = {file.file: file.rows for file in facts.files}
        files = sorted({*rows, *(file for file in marks if Path(file).is_file())})
        targets = _targets(files)
        overview = self.folder / overview_name()
        _refuse_existing(self, [*targets.values(), overview_name()], files)
        returned: list[ReturnedFile] = []
        with could_write(self.folder), file_set(self.folder) as together:
            self.folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                found = marks.get(file, FileMarks())
                wrong = [entry.cause for entry in found.entries if entry.cause.file == file]
                errors = sum(cause.count for cause in wrong if cause.severity is Severity.ERROR)
                warnings = sum(cause.count for cause in wrong) - errors
                name = targets.get(file)
                reason: str | None = None
                if name is None:
                    reason = say("只列在问题清单中", "only in the list of problems")
                else:
                    reason = _write(file, together.place(self.folder / name), found, encoding)
                    name = name if reason is None else None
                if name is not None and not found.entries:
                    reason = say("没有问题", "no problems")
                row = ReturnedFile(file, rows.get(file, 0), (errors, warnings), name, reason)
                returned.append(row)
            write_overview(together.place(overview), causes, returned)
        return _what_was_written(returned, overview)


def _schools(facts: Facts) -> dict[str, str]:
    """Tell of each subject which school or place has to mend its problems."""
    found: dict[str, str] = {}
    for level, table in sorted(facts.levels.items(), key=lambda each: each[0].rank):
        for code, name, parent in zip(table.codes, table.names, table.parents, strict=True):
            own = f"{name}（{code}）" if name != code else code
            found[code] = found.get(parent or "", own) if level is Level.CLASS else own
    return found


def _targets(files: Sequence[str]) -> dict[str, str]:
    """Name what is written for each workbook and text, below the folder."""
    kept = [file for file in files if Path(file).suffix.lower() in WORKBOOKS | DELIMITED]
    folders = [os.path.dirname(os.path.abspath(file)) for file in kept]  # noqa: PTH100, PTH120 - as text
    try:
        base = os.path.commonpath(folders) if folders else ""
    except ValueError:  # on different drives
        base = ""
    found: dict[str, str] = {}
    taken = {overview_name().casefold()}
    # Workbooks keep their names; a text gives way to a workbook of the same name.
    for file in sorted(kept, key=lambda file: Path(file).suffix.lower() in DELIMITED):
        path = Path(os.path.abspath(file))  # noqa: PTH100 - a link keeps its own name
        below = PurePosixPath(path.relative_to(base).as_posix() if base else path.name)
        wanted = below if below.suffix.lower() in WORKBOOKS else below.with_suffix(".xlsx")
        number = 1
        while str(wanted).casefold() in taken:
            number += 1
            wanted = below.with_name(f"{below.stem} ({number}){wanted.suffix}")
        taken.add(str(wanted).casefold())
        found[file] = str(wanted)
    return found


def _refuse_existing(target: TargetFolder, names: Sequence[str], files: Sequence[str]) -> None:
    """Refuse to overwrite what is there, unless told to, and the submission in any case."""
    sources = {Path(file).resolve() for file in files}
    paths = [target.folder / name for name in names]
    same = next((path for path in paths if path.resolve() in sources), None)
    if same is not None:
        raise OutputError(
            say(
                f"{same} 就是要校验的文件；请另选一个文件夹",
                f"{same} is part of the submission; choose another folder",
            )
        )
    there = [path for path in paths if path.exists()]
    if there and not target.force:
        more = say(f" 等 {len(there)} 个文件", f" and others, {len(there)} files")
        which = f"{there[0]}{more if len(there) > 1 else ''}"
        raise OutputError(
            say(
                f"{which}已存在，没有覆盖；要覆盖请加 --force",
                f"{which} exist and were left alone; add --force to overwrite them",
            )
        )


def _write(file: str, path: Path, marks: FileMarks, encoding: str | None) -> str | None:
    """Write one file; give the reason if it cannot be done."""
    if not Path(file).is_file():
        # It is known by its name as it can be shown, and not by the bytes of which it is made.
        return say(
            "文件名不是 UTF-8 文字，改名后再标注", "its name is no text in UTF-8; rename it first"
        )
    try:
        if Path(file).suffix.lower() in WORKBOOKS:
            annotate_workbook(Path(file), path, marks, Limits())
        else:
            annotate_text(Path(file), path, marks, encoding)
    except Unpatchable as problem:
        path.unlink(missing_ok=True)
        return str(problem)
    return None


def _what_was_written(files: Sequence[ReturnedFile], overview: Path) -> list[str]:
    written = [file for file in files if file.target is not None]
    clean = sum(file.problems == (0, 0) for file in written)
    some = (
        say(f"，其中没有问题的 {clean} 个", f", {clean} of them without problems") if clean else ""
    )
    told = [
        say(
            f"写入 {len(written)} 个文件到 {overview.parent}{some}；全部问题见 {overview}",
            f"{number_of(len(written), 'file')} written to {overview.parent}{some};"
            f" all problems: {overview}",
        )
    ]
    for file in files:
        if file.target is None:
            told.append(
                say(
                    f"{file.file} 没有标注：{file.reason}",
                    f"{file.file} was not marked: {file.reason}",
                )
            )
        elif not file.file.lower().endswith(tuple(WORKBOOKS)):
            told.append(
                say(f"{file.file} 写成了 {file.target}", f"{file.file} became {file.target}")
            )
    return told
