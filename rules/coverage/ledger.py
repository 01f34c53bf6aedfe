"""The clause ledger: what was decided about sentences that no rule covers by itself.

It lies beside the document's features and holds no sentence of the policy text: a fingerprint
stands for it, and the place helps to find it again.
"""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.coverage.text.texts import read_policy_text
from dabiao.rules.files.document_files import document_id
from dabiao.rules.files.pack_files import find_files
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem, Severity
from dabiao.schemas.record import dataclass

LEDGER = "ledger.csv"
COLUMNS = ("fingerprint", "place", "status", "rules", "reason")
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


class ClauseStatus(StrEnum):
    """What is known of a clause."""

    OPEN = "open"
    """Nobody has decided yet."""
    COVERED = "covered"
    """Rules say what it says."""
    ACHIEVEMENT = "achievement"
    """It tells of the past."""
    NOT_CHECKABLE = "not_checkable"
    """Submitted facts could not show whether it is kept."""

    @property
    def label(self) -> str:
        """The status in the language spoken now."""
        return {
            ClauseStatus.OPEN: say("待定", "open"),
            ClauseStatus.COVERED: say("已覆盖", "covered"),
            ClauseStatus.ACHIEVEMENT: say("已有成绩", "achievement"),
            ClauseStatus.NOT_CHECKABLE: say("不可核", "not checkable"),
        }[self]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger.

    Attributes:
        fingerprint: Stands for the sentence.
        place: Where it stands in the document, for people.
        status: What was decided; open where nobody has yet.
        rules: Slugs of the rules that cover it; ``document/slug`` for those of another document.
        reason: Why, in own words.
        line: The line of the file, from 1; 0 for one that is not in a file yet.
    """

    fingerprint: str
    place: str
    status: ClauseStatus
    rules: tuple[str, ...] = ()
    reason: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All decisions about one document.

    Attributes:
        decisions: By fingerprint, in the order of the file.
        file: What messages call the file.
        problems: What could not be read.
    """

    decisions: Mapping[str, Decision] = field(default_factory=dict)
    file: str = LEDGER
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Decision]:
        """Go through the decisions in the order of the file."""
        return iter(self.decisions.values())


def ledger_path(folders: Sequence[Path], document: str) -> Path:
    """Give the place of a document's ledger: beside its ``document.yaml``, there or not yet.

    Raises:
        InputError: No folder describes the document.
    """
    found = [
        file for file in find_files(folders, bare=True).documents if document_id(file) is not None
    ]
    for file in found:
        if document_id(file) == document:
            return file.path.with_name(LEDGER)
    known = [id_ for file in found if (id_ := document_id(file)) is not None]
    raise InputError(
        [
            FilePlace(", ".join(str(folder) for folder in folders)).problem(
                "unknown-document",
                say(f"没有文件 {document}", f"there is no document {document}"),
                expected=", ".join(sorted(known)) or None,
                hint=did_you_mean(document, known)
                or say("先给它写一份 document.yaml", "describe it with a document.yaml first"),
            )
        ]
    )


def read_ledger(path: Path) -> Ledger:
    """Read a ledger as far as it can be read; one that does not exist is empty.

    What is wrong with a line is kept in ``problems``; the line then decides nothing.

    Raises:
        InputError: The file is not a table of text.
    """
    if not path.exists():
        return Ledger(file=str(path))
    rows = csv.reader(io.StringIO(read_policy_text(path), newline=""))
    return _Reading(str(path), rows).read()


class _Reading:
    """One pass over the lines of a ledger."""

    def __init__(self, file: str, rows: "Iterator[list[str]]") -> None:
        self.file = file
        self.rows = rows
        self.problems: list[Problem] = []
        self.decisions: dict[str, Decision] = {}

    def read(self) -> Ledger:
        heads = [head.strip().lower() for head in next(self.rows, [])]
        absent = [column for column in COLUMNS if column not in heads]
        if absent:
            self._tell(
                1,
                "bad-ledger",
                say(
                    f"台账缺少列 {'、'.join(absent)}",
                    f"the ledger has no column {', '.join(absent)}",
                ),
                expected=",".join(COLUMNS),
            )
            return Ledger({}, self.file, tuple(self.problems))
        for line, row in enumerate(self.rows, 2):
            if any(cell.strip() for cell in row):
                cells = [cell.strip() for cell in row] + [""] * (len(heads) - len(row))
                self._line(line, dict(zip(heads, cells, strict=False)))
        return Ledger(self.decisions, self.file, tuple(self.problems))

    def _line(self, line: int, row: Mapping[str, str]) -> None:
        """Read a line; an empty status is one that nobody has decided."""
        fingerprint = row["fingerprint"].lower()
        before = len(self.problems)
        if not _FINGERPRINT.fullmatch(fingerprint):
            self._tell(
                line,
                "bad-fingerprint",
                say(f"“{fingerprint}”不是指纹", f"{fingerprint!r} is no fingerprint"),
                expected=say(
                    "rules coverage 给出的12位指纹", "the 12 characters that rules coverage prints"
                ),
            )
        elif fingerprint in self.decisions:
            first = self.decisions[fingerprint].line
            self._tell(
                line,
                "duplicate-clause",
                say(f"第{first}行已经写过这一句", f"line {first} decides on this clause already"),
                hint=say("只留一行", "keep one of the two"),
            )
        status = self._status(line, row["status"])
        rules = tuple(re.split(r"[\s,，、;；]+", row["rules"].strip())) if row["rules"] else ()
        if status is ClauseStatus.COVERED and not rules:
            self._tell(
                line,
                "no-rules",
                say("写着已覆盖，没写是哪条规则", "covered, but by no rule"),
                hint=say("在 rules 列写规则的标识", "write slugs into the column rules"),
            )
        if status is ClauseStatus.NOT_CHECKABLE and not row["reason"]:
            self._tell(
                line,
                "no-reason",
                say("写着不可核，没写理由", "not checkable, but no reason"),
                hint=say("在 reason 列用自己的话写理由", "say why in the column reason"),
            )
        if status is not None and len(self.problems) == before:
            self.decisions[fingerprint] = Decision(
                fingerprint, row["place"], status, rules, row["reason"], line
            )

    def _status(self, line: int, word: str) -> ClauseStatus | None:
        if not word:
            return ClauseStatus.OPEN
        for status in ClauseStatus:
            if word.lower() in (status.value, status.value.replace("_", " ")):
                return status
        known = [status.value for status in ClauseStatus]
        self._tell(
            line,
            "unknown-status",
            say(f"没有“{word}”这种状态", f"there is no status {word!r}"),
            expected=say(
                "、".join(f"{status.value}（{status.label}）" for status in ClauseStatus),
                ", ".join(known),
            ),
            hint=did_you_mean(word, known),
        )
        return None

    def _tell(
        self,
        line: int,
        code: str,
        message: str,
        *,
        expected: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.problems.append(
            FilePlace(self.file, line).problem(code, message, expected=expected, hint=hint)
        )


def check_rules(ledger: Ledger, document: str, catalog: Catalog) -> Iterator[Problem]:
    """Tell which rules the ledger names that do not exist."""
    own = [id_.partition("/")[2] for id_ in catalog.rules if id_.startswith(f"{document}/")]
    for decision in ledger:
        for slug in decision.rules:
            if rule_id(slug, document) not in catalog.rules:
                yield FilePlace(ledger.file, decision.line).problem(
                    "unknown-rule",
                    say(f"没有规则 {slug}", f"there is no rule {slug}"),
                    hint=did_you_mean(slug, catalog.rules if "/" in slug else own),
                )


def check_fingerprints(ledger: Ledger, known: set[str]) -> Iterator[Problem]:
    """Tell which lines are about sentences that the text no longer has."""
    for decision in ledger:
        if decision.fingerprint not in known:
            yield FilePlace(ledger.file, decision.line).problem(
                "stale-clause",
                say(
                    f"文本里没有这一句了（{decision.place}）",
                    f"the text has no such clause any more ({decision.place})",
                ),
                severity=Severity.WARNING,
                hint=say(
                    "改动过的句子会重新列为待定；删去这一行",
                    "a changed sentence is listed as open again; delete this line",
                ),
            )


def rule_id(slug: str, document: str) -> str:
    """Give the id of a rule named in a document's ledger.

    Examples:
        >>> rule_id("class-size", "plan"), rule_id("other/class-size", "plan")
        ('plan/class-size', 'other/class-size')
    """
    return slug if "/" in slug else f"{document}/{slug}"


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write a ledger, in the order of its decisions; the file is replaced in one step."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in ledger:
        status = "" if each.status is ClauseStatus.OPEN else each.status.value
        writer.writerow((each.fingerprint, each.place, status, " ".join(each.rules), each.reason))
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, delete=False
    ) as file:
        file.write(text.getvalue())
    if os.name == "posix":
        Path(file.name).chmod(0o644)  # a temporary file is its owner's only
    Path(file.name).replace(path)
