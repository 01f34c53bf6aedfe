"""Cut the text of a formula into the words and signs that its grammar is written in.

Names come first, the longest that fits: they may begin with digits and contain 或, 且, 非, 的 or
brackets. What is no name, number, unit, function, level, sign or quoted text is a word that
nobody knows; telling what was meant by it is left to whoever reports it.
"""

import math
import re

from dabiao.rules.formulas.error import FormulaFault
from dabiao.rules.formulas.formula import Arithmetic, Relation
from dabiao.rules.formulas.functions import Function, function_names
from dabiao.rules.formulas.parsing.lexicon import (
    JOINS,
    FoundWord,
    Lexicon,
    ends_word,
    fold,
    is_latin,
    is_word,
    run_end,
    unit_end,
)
from dabiao.rules.formulas.parsing.syntax_tree import Junction, Spread, shortened
from dabiao.rules.words.nearest import close
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import SIZE, SIZES, round15
from dabiao.schemas.record import dataclass

_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]+)?")
_NEARLY_A_NUMBER = re.compile(r"\d[\dOoIl.]*[OoIl][\dOoIl.]*$")
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[:∶]\s*([0-9]+(?:\.[0-9]+)?)")
_TIMES = "倍"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_SIZE = re.compile(SIZE)
_TRUTHS = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}
_QUOTES = {'"': '"“”', "“": '"“”', "”": '"“”', "「": "」", "『": "』", "'": "'‘’", "‘": "'‘’"}
_SIGNS: dict[str, tuple[str, object]] = {
    "<=": ("RELATION", Relation.AT_MOST),
    ">=": ("RELATION", Relation.AT_LEAST),
    "==": ("RELATION", Relation.EQUAL),
    "!=": ("RELATION", Relation.UNEQUAL),
    "<>": ("RELATION", Relation.UNEQUAL),
    "&&": ("AND", Junction.AND),
    "||": ("OR", Junction.OR),
    "<": ("RELATION", Relation.LESS),
    ">": ("RELATION", Relation.MORE),
    "=": ("RELATION", Relation.EQUAL),
    "≤": ("RELATION", Relation.AT_MOST),
    "≥": ("RELATION", Relation.AT_LEAST),
    "≠": ("RELATION", Relation.UNEQUAL),
    "∧": ("AND", Junction.AND),
    "∨": ("OR", Junction.OR),
    "¬": ("NOT", "not"),
    "!": ("NOT", "not"),
    "+": ("PLUS", Arithmetic.ADD),
    "-": ("MINUS", Arithmetic.SUBTRACT),
    "×": ("TIMES", Arithmetic.MULTIPLY),
    "*": ("TIMES", Arithmetic.MULTIPLY),
    "÷": ("TIMES", Arithmetic.DIVIDE),
    "/": ("TIMES", Arithmetic.DIVIDE),
    ",": ("COMMA", None),
    "、": ("COMMA", None),
}
_OPERATORS: dict[str, tuple[str, str]] = {
    "and": ("AND", Junction.AND),
    "or": ("OR", Junction.OR),
    "not": ("NOT", "not"),
}
# So much alike, and an unknown word with 且, 或, 非 or brackets in it is one mistyped name.
_SURELY_MEANT = 0.75


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A terminal of the grammar with its place and what it stands for."""

    kind: str
    spread: Spread
    value: object = None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a NUMBER stands for; an unknown unit is what stood in its place."""

    value: float
    unit: str
    known: bool
    magnified: bool = False
    """Whether 万, 亿 or the like stood behind it, without a unit."""


def lexemes(text: str, words: Lexicon) -> tuple[list[Lexeme], list[FormulaFault]]:
    """Cut a formula into lexemes.

    What cannot be read is left out and brackets left open are closed at the end, so that the rest
    can still be looked at; every such repair is a fault.

    Args:
        text: The formula as written.
        words: The names and units it may speak of.
    """
    scanner = _Scanner(text, words)
    scanner.scan()
    return scanner.found, scanner.faults


class _Scanner:
    """Goes through a text once, from left to right."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.text, self.folded, self.words = text, fold(text), words
        self.at = 0
        self.found: list[Lexeme] = []
        self.faults: list[FormulaFault] = []
        self.open: list[tuple[int, bool]] = []
        """Where each bracket that is still open stands, and whether it is a function's."""

    def scan(self) -> None:
        """Read everything."""
        while self.at < len(self.folded):
            if self.folded[self.at] == " ":
                self.at += 1
            elif not (
                self._level() or self._name() or self._text() or self._number() or self._word()
            ):
                self._sign()
        for start, _ in reversed(self.open):
            self.faults.append(
                FormulaFault(
                    start,
                    1,
                    "unclosed-bracket",
                    say("左括号没有对应的右括号", "this bracket is never closed"),
                    say("在该结束的地方补上“)”", "put ')' where it should end"),
                )
            )
            self.found.append(Lexeme("CLOSE", (len(self.text), len(self.text))))

    def _take(self, kind: str, end: int, value: object = None) -> bool:
        self.found.append(Lexeme(kind, (self.at, end), value))
        self.at = end
        return True

    def _level(self) -> bool:
        """Read a level where nothing else can stand: before a dot, or first in a fold."""
        if not is_word(self.folded[self.at]):
            return False
        end = run_end(self.folded, self.at)
        level = Level.named(self.folded[self.at : end])
        if level is None:
            return False
        follows = self.folded[end:].lstrip()[:1]
        first = (
            len(self.found) > 1
            and self.found[-1].kind == "OPEN"
            and isinstance(function := self.found[-2].value, Function)
            and function.goes_below
        )
        if follows == "." or (first and follows in ("", ",", "、", ")")):
            return self._take("LEVEL", end, level)
        return False

    def _name(self) -> bool:
        found = self.words.name_at(self.folded, self.at)
        if found is None:
            return False
        word = self.folded[self.at : found.end]
        if Function.named(word) is not None and self._opens(found.end):
            return False
        return self._take("NAME", found.end, found.word)

    def _text(self) -> bool:
        closing = _QUOTES.get(self.folded[self.at])
        if closing is None:
            return False
        start, end = self.at, self.at + 1
        while end < len(self.folded) and self.folded[end] not in closing:
            end += 1
        if end == len(self.folded):
            self.faults.append(
                FormulaFault(
                    start,
                    end - start,
                    "unclosed-text",
                    say("引号没有对应的后引号", "this text has no closing quote"),
                    say("在文字末尾补上引号", "put a quote at the end of the text"),
                )
            )
        return self._take("TEXT", min(end + 1, len(self.text)), self.text[start + 1 : end].strip())

    def _number(self) -> bool:
        if self.folded[self.at] == "." and self._after_level():
            return False
        # Inside the brackets of a function a comma parts arguments, never thousands.
        in_call = bool(self.open) and self.open[-1][1]
        match = None if in_call else _GROUPED.match(self.folded, self.at)
        match = match or _NUMBER.match(self.folded, self.at)
        if match is None:
            return False
        if ratio := _RATIO.match(self.folded, self.at):
            part, whole = float(ratio[1]), float(ratio[2])
            value = part / whole if whole else math.inf
            self._bounded(value, ratio.end())
            return self._take("NUMBER", ratio.end(), Amount(value, _TIMES, known=True))
        value, end, unit, size = float(match[0].replace(",", "")), match.end(), "", 1.0
        start = self._after_spaces(end)
        if start < len(self.folded):
            found, size = self._unit(start)
            if found is not None:
                end, unit = found.end, found.word
                value = value if size == 1.0 else round15(value * size)
            elif self._unknown_unit(start):
                return self._with_unknown_unit(value, start)
        self._bounded(value, end)
        amount = Amount(value, unit, known=True, magnified=size != 1.0 and not unit)
        return self._take("NUMBER", end, amount)

    def _unit(self, start: int) -> tuple[FoundWord | None, float]:
        """Find the unit at a place and the magnitude before it, either of which may be absent."""
        if found := self.words.unit_at(self.folded, self.text, start):
            return found, 1.0
        magnitude = _SIZE.match(self.folded, start)
        if magnitude is None:
            return None, 1.0
        end, size = magnitude.end(), SIZES[magnitude[0]]
        behind = self._after_spaces(end)
        if behind < len(self.folded):
            found = self.words.unit_at(self.folded, self.text, behind)
            if found is not None:
                return found, size
        if ends_word(self.folded, start, end):  # 5万 且 … has no unit at all
            return FoundWord("", end), size
        return None, 1.0

    def _unknown_unit(self, start: int) -> bool:
        """Tell whether the word behind a number can only be meant as its unit."""
        end = unit_end(self.folded, start) if is_word(self.folded[start]) else start
        return (
            end > start
            and self.words.name_at(self.folded, start) is None
            and not self._opens(end)
            and self.folded[start:end] not in _TRUTHS
            and self.folded[start] not in "0123456789"
        )

    def _with_unknown_unit(self, value: float, start: int) -> bool:
        whole = run_end(self.folded, self.at)
        if start < whole and self._meant(self.at, whole):
            return self._take("WORD", whole)
        end = unit_end(self.folded, start)
        unit = self.words.per(self.folded, self.text, FoundWord(self.text[start:end], end))
        self._bounded(value, unit.end)
        return self._take("NUMBER", unit.end, Amount(value, unit.word, known=False))

    def _bounded(self, value: float, end: int) -> None:
        if not math.isfinite(value):
            written = shortened(self.text[self.at : end])
            self.faults.append(
                FormulaFault(
                    self.at,
                    end - self.at,
                    "number-too-large",
                    say(f"“{written}”大得无法计算", f"'{written}' is too large to calculate with"),
                    say("检查是不是多写了几位", "check for digits too many"),
                )
            )

    def _word(self) -> bool:
        if not is_word(self.folded[self.at]):
            return False
        end = run_end(self.folded, self.at)
        if self._operator(end):
            return True
        join = JOINS.search(self.folded, self.at, end)
        if join is not None and not self._meant(self.at, end):
            end = join.start()
        word = self.folded[self.at : end]
        if self._opens(end):
            return self._called(word, end)
        if word in _TRUTHS:
            return self._take("TRUTH", end, _TRUTHS[word])
        if (level := Level.named(word)) is not None:
            return self._take("LEVEL", end, level)
        if word[-1].isdigit() and self.folded.startswith("%", end):
            end += 1  # 工资总额的1% is one mistake
        return self._take("WORD", end)

    def _operator(self, end: int) -> bool:
        """Read 且, 或 or 非 in any spelling, unless it begins a mistyped name."""
        join = JOINS.match(self.folded, self.at)
        if join is not None:
            spelled = "or" if join[0] in ("或", "或者", "or") else "and"
            after, operator = join.end(), _OPERATORS[spelled]
        elif self.folded[self.at] == "非":
            after, operator = self.at + 1, _OPERATORS["not"]
        elif self.folded.startswith("not", self.at) and not (
            self.at + 3 < end and is_latin(self.folded[self.at + 3])
        ):
            after, operator = self.at + 3, _OPERATORS["not"]
        else:
            return False
        if after < end and not self._begins(after) and self._meant(self.at, end):
            return self._take("WORD", end)
        return self._take(operator[0], after, operator[1])

    def _begins(self, start: int) -> bool:
        """Tell whether something that is known begins here."""
        end = unit_end(self.folded, start)
        return (
            self.folded[start].isdigit()
            or self.words.name_at(self.folded, start) is not None
            or JOINS.match(self.folded, start) is not None
            or Function.named(self.folded[start:end]) is not None
            or self.folded[start:end] in _TRUTHS
        )

    def _called(self, word: str, end: int) -> bool:
        function = Function.named(word)
        closing = self.folded.find(")", end)
        if function is None and closing > 0 and not close(word, function_names(), 1, 0.6):
            whole = self.text[self.at : closing + 1]
            bracketed = [name for name in self.words.names if "(" in fold(name)]
            if close(whole, bracketed, 1, _SURELY_MEANT):
                return self._take("WORD", closing + 1)
        return self._take("FUNCTION", end, function)

    def _meant(self, start: int, end: int) -> bool:
        """Tell whether a stretch of text is so like a known name that it must be one, mistyped."""
        return bool(close(self.text[start:end], self.words.names, 1, _SURELY_MEANT))

    def _after_level(self) -> bool:
        """Tell whether what was read last is a level, or a word that may be meant as one."""
        return bool(self.found) and self.found[-1].kind in ("LEVEL", "WORD")

    def _opens(self, end: int) -> bool:
        """Tell whether a bracket comes next."""
        return self.folded.startswith("(", self._after_spaces(end))

    def _after_spaces(self, start: int) -> int:
        """Find the next place that isn't blank."""
        while self.folded.startswith(" ", start):
            start += 1
        return start

    def _sign(self) -> None:
        two, one = self.folded[self.at : self.at + 2], self.folded[self.at]
        if sign := _SIGNS.get(two) or _SIGNS.get(one):
            self._take(sign[0], self.at + (len(two) if two in _SIGNS else 1), sign[1])
        elif one == "." and self._after_level():
            self._take("DOT", self.at + 1)
        elif one == "(":
            self.open.append((self.at, bool(self.found) and self.found[-1].kind == "FUNCTION"))
            self._take("OPEN", self.at + 1)
        elif one == ")" and self.open:
            self.open.pop()
            self._take("CLOSE", self.at + 1)
        else:
            self._unreadable(one)

    def _unreadable(self, sign: str) -> None:
        written = self.text[self.at]
        shown = f"“{written}”" if written.isprintable() else f"U+{ord(written):04X}"
        if sign == ")":
            code = "unmatched-bracket"
            message = say("右括号没有对应的左括号", "this bracket was never opened")
        else:
            code = "unknown-character"
            message = say(f"公式里不能用{shown}", f"{shown} has no meaning in a formula")
        hint = say("删掉它", "delete it")
        if sign == "%" and (typed := _NEARLY_A_NUMBER.search(self.text[: self.at])):
            hint = say(
                f"“{typed[0]}”里有字母，改成数字 0 或 1", f"{typed[0]!r} has letters for digits"
            )
        elif sign == "%":
            hint = say("百分号只写在数的后面，如 98%", "a percent sign stands behind a number only")
        width = 1
        while code == "unknown-character" and self.text[self.at + width :].startswith(written):
            width += 1  # …… is one mistake
        self.faults.append(FormulaFault(self.at, width, code, message, hint))
        self.at += width
