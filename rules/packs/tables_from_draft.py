"""From the 表 of features to the checked tables of documents."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import assert_never

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.indicator_table import (
    ColumnSource,
    DocumentTable,
    IndicatorColumn,
    IndicatorTable,
    TargetRow,
    TargetTable,
)
from dabiao.rules.formulas.checking.check import ValueKind
from dabiao.rules.formulas.checking.typed import not_a_condition
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    Draft,
    IndicatorTableDraft,
    Phrase,
    StepRow,
    TargetTableDraft,
)
from dabiao.rules.packs.norms.built import read_formula, report_faults
from dabiao.rules.packs.rule_from_draft import full_id
from dabiao.rules.packs.together.clash import CLASH, clash, theirs
from dabiao.rules.sentences.tables import columns_missing, unknown_columns
from dabiao.rules.sentences.values import unknown_level
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem

_COLUMNS = {
    "列": "column",
    "公式": "formula",
    "规则": "rule",
    "表尾": "foot",
    "表尾规则": "foot rule",
}
_NEEDED = ("column", "formula")
_TARGETS = {"规则": "rule", "指标": "indicator", "类别": "group"}
_NEEDED_OF_TARGETS = ("rule",)
_Report = Callable[[Problem], None]


def build_tables(  # noqa: PLR0913, PLR0917 - what tables are built of
    heads: Iterable[Draft],
    scopes: Mapping[str, Vocabulary],
    rules: Mapping[str, Rule],
    left_out: Iterable[str],
    report: _Report,
    known: Mapping[str, DocumentTable] | None,
) -> dict[str, DocumentTable]:
    """Build the tables of packs; none may be called like another that it is not.

    Args:
        heads: What the features define.
        scopes: The vocabulary as each file understands it.
        rules: The rules by id.
        left_out: Tags and slugs of rules that an error left out, and was told.
        report: Called with every problem; what has one is left out.
        known: Those of the first folder, if they were built before.
    """
    found: dict[str, DocumentTable] = dict(known or {})
    missing = frozenset(left_out)
    for head in heads:
        for draft in head.document_tables:
            builder = _Builder(head, draft.title, scopes[head.file], rules, missing, report)
            table = builder.table(draft)
            if table is None:
                continue
            before = found.get(table.title)
            if before is None:
                found[table.title] = table
                continue
            if replace(table, file=before.file, line=before.line) == before:
                continue  # repeated as it stands
            what = say(f"表“{table.title}”", f"the table {table.title!r}")
            message, hint = clash(what, theirs(before.file, before.line), ())
            report(draft.title.problem(CLASH, message, hint))
    return dict(sorted(found.items()))


class _Builder:
    """The making of one table."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a table is made of
        self,
        head: Draft,
        title: Phrase,
        words: Vocabulary,
        rules: Mapping[str, Rule],
        left_out: frozenset[str],
        report: _Report,
    ) -> None:
        self.head, self.title, self.words, self.rules = head, title, words, rules
        self.left_out = left_out
        self.failed = False
        self._report = report

    def report(self, problem: Problem) -> None:
        self.failed = True
        self._report(problem)

    def table(self, draft: IndicatorTableDraft | TargetTableDraft) -> DocumentTable | None:
        document = self.head.documents[0].text if self.head.documents else None
        if document is None:
            self.report(
                self.title.problem(
                    "no-document",
                    say("没有写这张表属于哪个文件", "whose table this is is not said"),
                    say('在背景里加一句 依据文件"…"', "add the sentence on the document before it"),
                )
            )
            return None
        whole = self._level(draft.whole)
        if whole is None:
            return None
        match draft:
            case IndicatorTableDraft():
                return self._of_subjects(draft, document, whole)
            case TargetTableDraft():
                return self._of_targets(draft, document, whole)
            case _:
                assert_never(draft)

    def _of_targets(
        self, draft: TargetTableDraft, document: str, whole: Level
    ) -> TargetTable | None:
        if not self._header_is_known(draft.rows[0], _TARGETS):
            return None
        rows = [self._target(row, whole, document) for row in draft.rows]
        if self.failed:
            return None
        return TargetTable(
            title=self.title.text,
            document=document,
            whole=whole,
            rows=tuple(each for each in rows if each is not None),
            file=self.title.spot.file,
            line=self.title.spot.line,
        )

    def _target(self, row: StepRow, whole: Level, document: str) -> TargetRow | None:
        cells = row.cells_by(_TARGETS)
        said = {key: cells[key].text.strip() for key in _TARGETS.values() if key in cells}
        if not said.get("rule"):
            self.report(columns_missing(row, _NEEDED_OF_TARGETS, _TARGETS))
            return None
        rule = self._rule(cells["rule"], whole, document)
        if rule is None:
            return None
        return TargetRow(
            rule, said.get("indicator") or self.rules[rule].title, said.get("group", "")
        )

    def _of_subjects(
        self, draft: IndicatorTableDraft, document: str, whole: Level
    ) -> IndicatorTable | None:
        level = self._level(draft.lower)
        if level is None:
            return None
        if whole.rank >= level.rank:
            self.report(
                draft.lower.problem(
                    "unknown-level",
                    say(
                        f"{level.zh}不在{whole.zh}里面",
                        f"a {level.value} does not lie in a {whole.value}",
                    ),
                    say("每行一个的，要比每张表的低一层", "its rows are of a lower level"),
                )
            )
            return None
        condition = self._condition(draft.condition, level)
        if not self._header_is_known(draft.columns[0], _COLUMNS):
            return None
        columns = [self._column(row, level, whole, document) for row in draft.columns]
        if self.failed:
            return None
        return IndicatorTable(
            title=self.title.text,
            document=document,
            whole=whole,
            level=level,
            condition=condition,
            columns=tuple(each for each in columns if each is not None),
            file=self.title.spot.file,
            line=self.title.spot.line,
        )

    def _header_is_known(self, row: StepRow, columns: Mapping[str, str]) -> bool:
        unknown = unknown_columns(row, columns)
        for problem in unknown:
            self.report(problem)
        return not unknown

    def _level(self, said: Phrase) -> Level | None:
        level = Level.named(said.text)
        if level is None:
            self.report(unknown_level(said))
        return level

    def _condition(self, said: Phrase | None, level: Level) -> Formula | None:
        if said is None:
            return None
        checked = read_formula(said, self.words, level, self.report)
        if checked is not None and checked.kind is not ValueKind.TRUTH:
            report_faults(said, not_a_condition(checked), self.report, self.words)
        return None if checked is None else checked.formula

    def _column(
        self, row: StepRow, level: Level, whole: Level, document: str
    ) -> IndicatorColumn | None:
        cells = row.cells_by(_COLUMNS)
        lacking = [key for key in _NEEDED if key not in cells or not cells[key].text.strip()]
        if lacking:
            self.report(columns_missing(row, lacking, _COLUMNS))
            return None
        body = self._source(cells, ("formula", "rule"), level, document)
        foot = self._source(cells, ("foot", "foot rule"), whole, document)
        if body is None:
            return None
        return IndicatorColumn(cells["column"].text.strip(), body, foot)

    def _source(
        self, cells: Mapping[str, Phrase], keys: tuple[str, str], level: Level, document: str
    ) -> ColumnSource | None:
        said, shade = (
            cells[key] if key in cells and cells[key].text.strip() else None for key in keys
        )
        if said is None:
            if shade is not None:
                self.report(
                    shade.problem(
                        "table-missing",
                        say(
                            "没有公式，规则给谁加底纹？", "a rule shades a cell, and there is none"
                        ),
                        say("补上公式，或删去规则", "add the formula, or leave out the rule"),
                    )
                )
            return None
        checked = read_formula(said, self.words, level, self.report)
        rule = None if shade is None else self._rule(shade, level, document)
        return None if checked is None else ColumnSource(checked.formula, checked.unit_text, rule)

    def _rule(self, said: Phrase, level: Level, document: str) -> str | None:
        id_ = full_id(said.text.strip(), document)
        rule = self.rules.get(id_)
        if rule is None:
            if id_.rpartition("/")[2] in self.left_out:
                self.failed = True  # which was told
                return None
            self.report(
                said.problem(
                    "unknown-rule",
                    say(f"没有规则 {id_}", f"there is no rule {id_}"),
                    did_you_mean(id_, self.rules),
                )
            )
            return None
        if rule.level is not level:
            self.report(
                said.problem(
                    "not-at-level",
                    say(
                        f"规则 {id_} 考核{rule.level.zh}，这一格是{level.zh}的",
                        f"{id_} judges each {rule.level.value}, and this is a {level.value}'s cell",
                    ),
                    say(
                        f"换一条考核{level.zh}的规则", f"name a rule that judges each {level.value}"
                    ),
                )
            )
            return None
        return id_
