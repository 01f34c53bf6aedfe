"""Feature files as Gherkin sees them: steps with places, scenarios with examples filled in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from gherkin.dialect import Dialect
from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser, ParserContext
from gherkin.token import Token

from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.language.draft import Example, FeaturePlace, Phrase, StepRow, StepTable
from dabiao.rules.language.keyboard import half_width_marks, language_of
from dabiao.rules.language.misread import TRAPS, heading_meant, hint_about
from dabiao.rules.language.outlines import columns_lacking, columns_twice, filled_in, no_rows
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import UNSEEN, visible

_KINDS = {"Context": "given", "Action": "when", "Outcome": "then"}
_EXAMPLES, _BACKGROUND = ("例子", "Examples"), ("背景", "Background")
_ZIPPED = b"PK\x03\x04"
# What a step begins with in a language that the feature may not be written in, or in none.
_OTHER_KEYWORDS = "Given|When|Then|And|But|假設|當|那麼|並且|如果|若"
_NO_DESCRIPTION = re.compile(
    r"\||(?:功能|规则|背景|场景大纲|场景|例子|Background|Examples)$|"
    rf"(?:假如|假设|假定|当|那么|而且|并且|同时|但是|{_OTHER_KEYWORDS})\s+\S"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it says, where, the table below it, and the word it stands behind."""

    phrase: Phrase
    kind: str
    table: StepTable | None
    line: str
    """The whole line as written."""

    @property
    def trap(self) -> str | None:
        """The word whose beginning was taken for a keyword, if that is what happened."""
        found = TRAPS.match(self.line.strip())
        return found[0] if found else None

    def filled(self, example: Example) -> "Step":
        """Fill in a row of examples; a step without a place for any stays as it is."""
        phrase = self.phrase.filled(example)
        table = None if self.table is None else self.table.filled(example)
        if phrase is self.phrase and table is self.table:
            return self
        return Step(phrase, self.kind, table, self.line)


@dataclass(frozen=True, slots=True)
class ScenarioSource:
    """A scenario with one row of examples filled in, without the steps of backgrounds."""

    name: Phrase
    example: str
    """The examples as ``名称=值`` pairs; empty for a plain scenario."""
    steps: tuple[Step, ...]
    cells: Mapping[str, FeaturePlace] = field(default_factory=dict)
    """Where its examples stand in their row, by their headers."""

    def in_its_row(self, problem: Problem) -> Problem:
        """Place what is wrong with a value in the row of examples that it was filled in from."""
        step = next((each for each in self.steps if each.phrase.spot.line == problem.line), None)
        if step is None or problem.column is None:
            return problem
        for name, place in self.cells.items():
            begins = step.line.find(f"<{name}>")
            if 0 <= begins < problem.column <= begins + len(f"<{name}>") + 1:
                return replace(problem, line=place.line, column=place.column)
        return problem


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A 规则 block."""

    title: Phrase
    description: str
    tags: tuple[Phrase, ...]
    background: tuple[Step, ...]
    scenarios: tuple[ScenarioSource, ...]


@dataclass(frozen=True, slots=True)
class FeatureSource:
    """A feature file."""

    file: str
    title: Phrase
    description: str
    tags: tuple[Phrase, ...]
    background: tuple[Step, ...]
    scenarios: tuple[ScenarioSource, ...]
    rules: tuple[RuleSource, ...]


class SyntaxProblemError(Exception):
    """A file is not Gherkin; carries every problem the parser found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Carry the problems."""
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def read_feature(file: PackFile, *, scenarios: bool = True) -> FeatureSource:
    """Parse a feature file.

    Args:
        file: The file, in UTF-8.
        scenarios: Whether to parse scenarios; without them a file is read several times as fast.

    Raises:
        SyntaxProblemError: It is not UTF-8 or not Gherkin.
    """
    try:
        raw = file.read()
        if raw.startswith(_ZIPPED):
            raise SyntaxProblemError([_office(file.name)])
        text = raw.decode("utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise SyntaxProblemError([_unreadable(file.name, error)]) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen := list(_unseen(text, file.name)):
        raise SyntaxProblemError(unseen)
    text = half_width_marks(text)
    if scenarios:
        return parse_feature(text, file.name)
    definitions, numbers = without_scenarios(text)
    return parse_feature(definitions, file.name, numbers)


def without_scenarios(text: str) -> tuple[str, list[int]]:
    """Leave out scenarios and blank lines.

    Tags before a scenario go with it. Inside a scenario nothing is looked at, so mistakes there
    are for lint to find.

    Returns:
        The rest, and the number of each of its lines in the whole text.
    """
    lines = text.splitlines()
    dialect = Dialect.for_name(language_of(lines))
    if dialect is None:
        return text, list(range(1, len(lines) + 1))
    skipped = tuple(
        f"{word}:" for word in (*dialect.scenario_keywords, *dialect.scenario_outline_keywords)
    )
    ends = tuple(f"{word}:" for word in dialect.rule_keywords)
    kept: list[int] = []
    tags: list[int] = []  # they belong to whatever follows
    inside = False
    for number, line in enumerate(lines, 1):
        written = line.lstrip()
        if written.startswith("@"):
            tags.append(number)
            continue
        if written.startswith(ends):
            inside = False
        elif written.startswith(skipped):
            inside = True
        if written and not inside:
            kept += [*tags, number]
        if written:
            tags = []
    return "\n".join(lines[number - 1] for number in kept), kept


def parse_feature(text: str, name: str, numbers: list[int] | None = None) -> FeatureSource:
    """Parse the text of a feature.

    Args:
        text: The text.
        name: What to call its file in messages.
        numbers: The number of each line in the file, where lines were left out.

    Raises:
        SyntaxProblemError: It is not Gherkin.
    """
    lines = Lines(text.splitlines(), numbers)
    if all(_is_silent(line) for line in lines.texts):
        raise SyntaxProblemError([_empty(name)])
    try:
        tree: dict[str, Any] = dict(_Parser().parse(text))
    except CompositeParserException as error:
        found = [_syntax(name, each, lines) for each in _causes(error.errors, lines)]
        raise SyntaxProblemError(found) from error
    except ParserException as error:
        raise SyntaxProblemError([_syntax(name, error, lines)]) from error
    if not tree.get("feature"):
        raise SyntaxProblemError([_empty(name)])
    swallowed = next(_swallowed(tree["feature"], lines), None)
    if swallowed is not None:
        raise SyntaxProblemError([_unexpected(name, swallowed, 1, lines)])
    reader = _Reader(name, lines, tree)
    feature = reader.feature()
    if reader.problems:
        raise SyntaxProblemError(reader.problems)
    return feature


def _swallowed(
    node: Mapping[str, Any], lines: "Lines", *, steps_only: bool = False
) -> Iterator[int]:
    """Find lines that Gherkin takes for a description, and nobody can have meant as one.

    A heading without its colon makes one of all that follows it, and a first step that begins
    otherwise is one, which would be lost in silence. A background has nothing to describe.
    """
    for line in range(node["location"]["line"] + 1, _described_to(node, lines) + 1):
        written = lines.text(line).strip()
        if _NO_DESCRIPTION.match(written) or (steps_only and not _is_silent(written)):
            above = lines.text(line - 1).strip()
            yield line - 1 if heading_meant(above) is not None else line
    for child in node.get("children", ()):
        for kind, inner in child.items():
            yield from _swallowed(inner, lines, steps_only=kind == "background")


def _described_to(node: Mapping[str, Any], lines: "Lines") -> int:
    """Give the last line of what is described, as far as a description can reach."""
    if not node.get("description"):
        return 0
    below = [
        *(
            inner["location"]["line"]
            for each in node.get("children", ())
            for inner in each.values()
        ),
        *(each["location"]["line"] for each in node.get("steps", ())),
        *(each["location"]["line"] for each in node.get("examples", ())),
    ]
    return min(below, default=len(lines.texts) + 1) - 1


def _causes(errors: Sequence[ParserException], lines: "Lines") -> Iterator[ParserException]:
    """Give the first of each run of lines that can't be read; the rest of a run follows from it."""
    last: int | None = None
    misspelt = False
    for error in errors:
        line = int(error.location["line"])
        if misspelt and lines.text(line).strip().startswith(_EXAMPLES):
            continue  # those of the scenario whose heading was misspelt
        misspelt = (heading_meant(lines.text(line).strip()) or "").startswith("场景")
        between = range(line if last is None else last + 1, line)
        if last is None or any(not _is_silent(lines.text(each)) for each in between):
            yield error
        last = line


def _is_silent(line: str) -> bool:
    """Tell whether a line is blank, a comment or tags, and so says nothing by itself."""
    return line.strip().startswith(("#", "@")) or not line.strip()


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that were parsed, and where they stand in the file."""

    texts: list[str]
    numbers: list[int] | None

    def text(self, line: int) -> str:
        """Give a line as it was parsed, counted from 1; an empty text beyond the end."""
        return self.texts[line - 1] if 0 < line <= len(self.texts) else ""

    def number(self, line: int) -> int:
        """Give the number of a parsed line in the file."""
        if self.numbers is None or not 0 < line <= len(self.numbers):
            return line
        return self.numbers[line - 1]


class _Parser(Parser):
    """Finds the rule for a token without making a table of all of them for each."""

    def match_token(self, state: int, token: Token, context: ParserContext) -> int:
        """Match a token in a state."""
        found: int = getattr(self, f"match_token_at_{state}")(token, context)
        return found


class _Reader:
    """Turns the parser's tree into our records."""

    def __init__(self, file: str, lines: Lines, tree: dict[str, Any]) -> None:
        self.file, self.lines, self.tree = file, lines, tree
        self.problems: list[Problem] = []

    def feature(self) -> FeatureSource:
        top = self.tree["feature"]
        before = _last_kind(top, None)
        return FeatureSource(
            file=self.file,
            title=self._title(top),
            description=_dedented(top["description"]),
            tags=self._tags(top),
            background=self._background(top),
            scenarios=tuple(self._scenarios(top, before)),
            rules=tuple(
                RuleSource(
                    title=self._title(rule),
                    description=_dedented(rule["description"]),
                    tags=self._tags(rule),
                    background=self._background(rule),
                    scenarios=tuple(self._scenarios(rule, _last_kind(rule, before))),
                )
                for child in top["children"]
                if (rule := child.get("rule"))
            ),
        )

    def _spot(self, node: Mapping[str, Any], text: str = "") -> FeaturePlace:
        """Find where a node's text begins, not its keyword."""
        line, column = node["location"]["line"], node["location"].get("column", 1)
        found = self.lines.text(line).find(text, column - 1) if text else -1
        return FeaturePlace(self.file, self.lines.number(line), found + 1 if found >= 0 else column)

    def _title(self, node: Mapping[str, Any]) -> Phrase:
        return Phrase(node["name"], self._spot(node))

    def _tags(self, node: Mapping[str, Any]) -> tuple[Phrase, ...]:
        return tuple(Phrase(tag["name"], self._spot(tag)) for tag in node["tags"])

    def _background(self, node: Mapping[str, Any]) -> tuple[Step, ...]:
        steps: list[Step] = []
        kind = "given"
        for child in node["children"]:
            for step in child.get("background", {}).get("steps", ()):
                kind = _KINDS.get(step["keywordType"], kind)
                steps.append(self._step(step, kind))
        return tuple(steps)

    def _scenarios(self, node: Mapping[str, Any], before: str | None) -> Iterator[ScenarioSource]:
        """Give the scenarios, and those of an outline by its rows; ``before`` says how steps began.

        What no row fills in is the same for all of them, and made once.
        """
        for child in node["children"]:
            if (scenario := child.get("scenario")) is None:
                continue
            kinds = _kinds(scenario["steps"], before)
            steps = [self._step(*each) for each in zip(scenario["steps"], kinds, strict=True)]
            wanted = filled_in(step["text"] for step in scenario["steps"])
            rows = any(examples.get("tableBody") for examples in scenario["examples"])
            if wanted is not None and not rows:
                self.problems.append(no_rows(wanted, self._spot(scenario)))
                continue
            if not scenario["examples"]:
                yield ScenarioSource(self._title(scenario), "", tuple(steps))
            for examples in scenario["examples"]:
                names = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", ())]
                said, at = (step["text"] for step in scenario["steps"]), examples.get("tableHeader")
                self.problems.extend(columns_lacking(said, names, self._spot(at or examples)))
                heads = () if at is None else at["cells"]
                self.problems.extend(
                    columns_twice([Phrase(each["value"], self._spot(each)) for each in heads])
                )
                for row in examples.get("tableBody", ()):
                    values = [cell["value"] for cell in row["cells"]]
                    example = list(zip(names, values, strict=True))
                    told = "，".join(f"{name}={value}" for name, value in example)
                    title = Phrase(scenario["name"], self._spot(row)).filled(example)
                    filled = tuple(step.filled(example) for step in steps)
                    spots = (self._spot(cell) for cell in row["cells"])
                    yield ScenarioSource(title, told, filled, dict(zip(names, spots, strict=True)))

    def _step(self, node: Mapping[str, Any], kind: str) -> Step:
        written = node.get("dataTable")
        table = self._table(written["rows"]) if written else None
        if text := node.get("docString"):
            self.problems.append(_text_unread(self._spot(text)))
        line = self.lines.text(node["location"]["line"])
        return Step(Phrase(node["text"], self._spot(node, node["text"])), kind, table, line)

    def _table(self, rows: list[Mapping[str, Any]]) -> StepTable:
        header, *below = (
            [Phrase(cell["value"], self._spot(cell)) for cell in row["cells"]] for row in rows
        )
        names = [cell.text for cell in header]
        self.problems.extend(columns_twice(header))
        return StepTable(
            header,
            [
                StepRow(dict(zip(names, cells, strict=True)), self._spot(row), header)
                for row, cells in zip(rows[1:], below, strict=True)
            ],
        )


def _text_unread(spot: FeaturePlace) -> Problem:
    """Tell that a text stands below a step, of which none asks for any."""
    return Phrase("", spot).problem(
        "text-unread",
        say("三个引号之间的文字没有读", "the text between triple quotes was not read"),
        hint=say(
            "说明写在标题下面，或者写成以 # 开头的注释",
            "write what explains below a title, or behind # as a comment",
        ),
    )


def _last_kind(node: Mapping[str, Any], before: str | None) -> str | None:
    """Tell what the steps of a background end with; a conjunction is what stands before it."""
    for child in node["children"]:
        for step in child.get("background", {}).get("steps", ()):
            before = before if step["keywordType"] == "Conjunction" else step["keywordType"]
    return before


def _kinds(steps: Iterable[Mapping[str, Any]], before: str | None) -> list[str]:
    found: list[str] = []
    for step in steps:
        before = before if step["keywordType"] == "Conjunction" else step["keywordType"]
        found.append(_KINDS.get(before or "", "given"))
    return found


def _dedented(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _unseen(text: str, name: str) -> Iterator[Problem]:
    """Tell of the lines with characters that nobody sees, by which names that look alike differ."""
    if visible(text) == text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if (found := UNSEEN.search(line)) is not None:
            shown = visible(found[0])
            message = say(f"有看不见的字符 {shown}", f"an unseen character, {shown}")
            place = FilePlace(name, number, found.start() + 1)
            yield place.problem("unseen-character", message, say("删去它", "delete it"))


def _office(name: str) -> Problem:
    return FilePlace(name, 1, 1).problem(
        "not-utf-8",
        say("这是 Word、Excel 一类的文件，不是纯文本", "a file of Word or Excel, not plain text"),
        hint=say("另存为纯文本，编码选 UTF-8", "save it as plain text, in UTF-8"),
    )


def _unreadable(name: str, error: UnicodeDecodeError | OSError) -> Problem:
    if isinstance(error, UnicodeDecodeError):
        return FilePlace(name, 1, 1).problem(
            "not-utf-8",
            say("文件不是 UTF-8 编码", "the file is not in UTF-8"),
            hint=say(
                "用编辑器另存为 UTF-8，如记事本里“另存为”的“编码”",
                "save it as UTF-8 in your editor",
            ),
        )
    from dabiao.intake.unreadable import explain_os  # slow to load, and seldom needed

    why = explain_os(error)
    return FilePlace(name).problem(
        "unreadable",
        say(f"文件打不开：{why}", f"the file can't be opened: {why}"),
        hint=say("检查文件和读取权限", "check the file and the permission to read it"),
    )


def _empty(name: str) -> Problem:
    return FilePlace(name, 1, 1).problem(
        "no-feature",
        say("文件里没有“功能:”", "the file has no 'Feature:'"),
        hint=say("第一行写 # language: zh-CN，第二行写 功能: 名称", "begin with 'Feature: name'"),
    )


def _syntax(name: str, error: ParserException, lines: Lines) -> Problem:
    location = error.location
    column = int(location.get("column", 1)) or 1
    uneven = "inconsistent cell count" in str(error)
    return _unexpected(name, int(location["line"]), column, lines, uneven=uneven)


def _unexpected(
    name: str, line: int, column: int, lines: Lines, *, uneven: bool = False
) -> Problem:
    """Tell of a line that means nothing where it stands."""
    written = lines.text(line).strip()
    hint = hint_about(written, lines.texts, uneven=uneven)
    if lines.text(line - 1).strip().startswith("@") and written.startswith(_BACKGROUND):
        hint = say("标签写在“规则:”的上一行", "tags stand on the line above 'Rule:'")
    return FilePlace(name, lines.number(line), column).problem(
        "syntax",
        say(f"这一行放在这里读不懂：{written[:60]}", f"unexpected here: {written[:60]}"),
        hint=hint,
    )
