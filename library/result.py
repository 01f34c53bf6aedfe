"""What came of a check."""

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Never, Self, SupportsIndex

from dabiao.engine.columns.excerpt import Excerpt
from dabiao.engine.explain import explain
from dabiao.engine.heading import headed
from dabiao.engine.judge import known_year
from dabiao.engine.judgement import Judgement
from dabiao.intake.excerpts import FactSheets
from dabiao.library.arguments import expect, whole_year
from dabiao.library.submission import Submission
from dabiao.library.unchanging import Unchanging
from dabiao.library.view import view
from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import HEADED, NOTED, Format, held
from dabiao.reports.lists.explanations import write_explanation
from dabiao.reports.outputs import OutputError, outputs
from dabiao.reports.run.parquet.arrow import ArrowFindings, check_arrow
from dabiao.reports.writing.formats import write_run
from dabiao.rules.catalog.selection import (
    NamesByCode,
    find_rule,
    find_subject,
    parents_of,
)
from dabiao.schemas.explanation import Explanation
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import Language, language, say, speaking
from dabiao.schemas.run import RunOptions

if TYPE_CHECKING:
    import pyarrow as pa


class ExplainedFinding(Unchanging):
    """One finding, explained: printed, it is what ``dabiao explain`` prints.

    Attributes:
        record: The explanation as data.
    """

    record: Explanation
    _language: Language

    def __init__(self, record: Explanation) -> None:
        vars(self).update(record=record, _language=language())

    def __str__(self) -> str:
        """Write it out."""
        return self._written(Format.TABLE)

    def __repr__(self) -> str:
        """Say of what it is; ``print`` writes it out."""
        of = self.record.finding
        return f"<Explanation of {of.rule}, {of.subject.code}, {of.year}: {of.outcome.value}>"

    def _repr_markdown_(self) -> str:
        return self._written(Format.MARKDOWN)

    def _written(self, form: Format) -> str:
        file = io.StringIO()
        with speaking(self._language):
            write_explanation(self.record, form, file)
        return file.getvalue()


class Result(Unchanging):
    """What came of a check. It never changes, and may be asked from several threads.

    Attributes:
        trial: Ids of the rules that were changed on trial; empty where all are in force.
    """

    trial: tuple[str, ...]
    _judgement: Judgement
    _excerpt: Excerpt
    _submission: Submission
    _asked: RunOptions
    _lock: AbstractContextManager[bool]
    _language: Language

    def __init__(
        self,
        judgement: Judgement,
        submission: Submission,
        asked: RunOptions,
        trial: tuple[str, ...] = (),
    ) -> None:
        vars(self).update(
            trial=trial,
            _judgement=judgement,
            _excerpt=judgement.excerpt(),
            _submission=submission,
            _asked=asked,
            _lock=submission.lock,
            _language=language(),
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Look at the columns alone, in the language of the check."""
        with self._lock, speaking(self._language):
            yield

    @property
    def as_of(self) -> int:
        """The year judged last."""
        return self._judgement.as_of

    @cached_property
    def summary(self) -> Mapping[str, int]:
        """The findings, counted by outcome; asked by an ``Outcome`` or its value."""
        with self._alone():
            counted = self._excerpt.summary()
        return MappingProxyType({each.value: count for each, count in counted.items()})

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What subjects are called, by their codes."""
        return NamesByCode(self._judgement.facts, self._judgement.catalog)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What rules are called, by their ids."""
        with self._alone():
            called = map(self._judgement.builder.names.rule, self._judgement.considered)
            return MappingProxyType({each.id: each.called for each in called})

    @cached_property
    def findings(self) -> "pa.Table":
        """All findings as an Arrow table, one a row (docs/api.md names the columns).

        Raises:
            OutputError: pyarrow is not installed.
        """
        check_arrow()
        with self._alone():
            return ArrowFindings(self._excerpt).table()

    def finding(self, rule: str, subject: str, year: SupportsIndex | None = None) -> Finding:
        """Give one finding with its whole reasoning.

        Args:
            rule: Id of the rule.
            subject: Code or name of the subject.
            year: The year; the latest judged if None.
        """
        return self.explain(rule, subject, year).record.finding

    def explain(
        self, rule: str, subject: str, year: SupportsIndex | None = None
    ) -> ExplainedFinding:
        """Explain one finding, down to the cells it rests on.

        Args:
            rule: Id of the rule.
            subject: Code or name of the subject.
            year: The year; the latest judged if None.

        Raises:
            EngineError: The rule does not speak of such a subject.
            InputError: There is no such rule or subject, or there are several.
            TypeError: An argument is of another kind.
        """
        expect(rule, str, "rule", "规则的标识", "the id of a rule")
        expect(subject, str, "subject", "对象的代码或名称，是文字", "a code or a name, as a text")
        judgement, of = self._judgement, whole_year(year, "year")
        known_year(judgement.facts, of)
        with self._alone():
            found = find_rule(judgement.catalog, rule).id
            names = NamesByCode(judgement.facts, judgement.catalog)
            code = find_subject(
                names, subject, parents_of(judgement.facts), judgement.facts.former_codes
            )
            return ExplainedFinding(explain(judgement, found, code, of))

    def report(self, path: Path | str, *, force: bool = False) -> Path:
        """Write a report; its suffix tells the format, as with ``dabiao check -o``.

        Args:
            path: The file.
            force: Whether one that exists may be overwritten.

        Raises:
            OutputError: It cannot be written there, or there is no such format.
            TypeError: The path is none.
        """
        expect(path, Path | str, "path", "文件的路径", "the path of a file")
        judgement, path = self._judgement, Path(path)
        with self._alone():
            if path.is_file() and not force:
                raise OutputError(
                    say(
                        f"{path} 已存在，没有覆盖；要覆盖请写 force=True",
                        f"{path} exists and was left alone; force=True overwrites it",
                    )
                )
            forms = tuple(form for form in Format if form is not Format.DOCX)
            (output,) = outputs([path], None, forms, force=force)
            if output.form is Format.PARQUET:
                check_arrow()
            run = judgement.run(held([output.form]), noted=output.form in NOTED)
            run = replace(run, options=self._asked)
            if output.form in HEADED:
                given = self._submission
                sheets = FactSheets(given.base, given.encoding)
                run = headed(run, judgement, self._asked, sheets)
            known = Circumstances(
                names=NamesByCode(judgement.facts, judgement.catalog),
                topics=judgement.catalog.topics_of(judgement.rules),
                digest=self._excerpt.digest() if output.form is Format.TABLE else None,
                source=self._excerpt,
            )
            output.write(lambda file: write_run(run, output.form, file, circumstances=known))
        return path

    def __repr__(self) -> str:
        """Count the findings."""
        counts = ", ".join(f"{count} {each}" for each, count in self.summary.items() if count)
        counts = counts or "no findings"
        trial = " on trial" if self.trial else ""
        years = self._judgement.years
        told = f"{years[0]}–{years[-1]}" if len(years) > 1 else self.as_of
        return f"<Result of {told}{trial}: {counts}>"

    def _repr_html_(self) -> str:
        """Show the counts, what is missed by most, and what is waited for."""
        with self._alone():
            excerpt, caveats = self._excerpt, self._judgement.caveats()
            only = wording.only(wording.choice_asked(self._asked))
            return view(excerpt.digest(), caveats, trial=bool(self.trial), only=only)

    def __copy__(self) -> Self:
        """Give itself: it never changes."""
        return self

    def __reduce__(self) -> Never:
        """Refuse: it holds the facts, and a lock; a run is what is kept."""
        raise TypeError(
            say(
                "Result 不能这样保存或传到别的进程；用 report('run.json') 或 .parquet 保存",
                "a Result cannot be pickled; report('run.json'), or .parquet, keeps it",
            )
        )
