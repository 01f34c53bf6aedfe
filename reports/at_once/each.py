"""Many findings worded at once: those that say the same but for numbers.

One of them is worded, and where its numbers stand, an ``Each`` stands: the number of that one,
which knows those of the others. What is written of it is a mark, of which is kept how it is to be
written; what is asked of it, such as whether it is more than another number, is answered for the
one and asked of all, and those of whom the answer is another are worded anew. Whatever else is
done with it is refused, and then they are worded one by one.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import repeat
from typing import Any, Generic, Never, Self, TypeVar
from weakref import ReferenceType, ref

import numpy as np
import numpy.typing as npt

from dabiao.reports.at_once.alike import Alike, alone
from dabiao.schemas.columns import FORM, MARKS, OUTCOMES, FindingForms, FindingNumbers, Slot
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.record import dataclass

T = TypeVar("T")
WriteNumber = Callable[..., str]
_Answers = npt.NDArray[np.bool_]
MARK = re.compile("\x01(\\d+)\x02")
"""Stands in a text for a number that each finding has for itself."""
WHOLE = 1e15
"""Whole numbers below this are whole in records."""
_PLAIN = frozenset((type(None), bool, int, float, MeasureName, Comparator))
"""What no slot stands in."""
_BEST = FORM.index("best")
_IN_CELLS = re.compile(f"[{re.escape(MARKS)}]")


class NotAtOnceError(Exception):
    """These findings have to be worded one by one."""


class Each(float):
    """The number of one finding that stands for several, with those of all of them.

    Attributes:
        every: The numbers.
    """

    __slots__ = ("_of", "every")

    every: FindingNumbers
    _of: "ReferenceType[AtOnce]"

    def __new__(cls, every: FindingNumbers, of: "ReferenceType[AtOnce]") -> Self:
        """Make one, which does not hold who holds it: so both go when nobody needs them."""
        made = super().__new__(cls, every[0])
        made.every, made._of = every, of
        return made

    def __abs__(self) -> "Each":
        """Give how large each is."""
        return Each(np.abs(self.every), self._of)

    def __bool__(self) -> bool:
        """Tell whether it is anything but 0."""
        return self.of.answer(self.every != 0)

    @property
    def of(self) -> "AtOnce":
        """The findings whose numbers they are."""
        found = self._of()
        if found is None:
            raise NotAtOnceError
        return found


def told(write: WriteNumber, value: Any, *how: object) -> str:  # noqa: ANN401 - any number
    """Give a mark for what is written of numbers.

    Args:
        write: Writes a number.
        value: The number; it, or one of what else there is to be told, is an ``Each``.
        how: What else there is to be told.
    """
    of = next(each.of for each in (value, *how) if isinstance(each, Each))
    return of.tell(write, value, how)


def _ask(compare: Callable[[Any, Any], Any]) -> Callable[[Each, object], bool]:
    def asked(self: Each, other: object) -> Any:  # noqa: ANN401 - or that it cannot be asked
        if not isinstance(other, int | float):
            return NotImplemented
        return self.of.answer(
            compare(self.every, other.every if isinstance(other, Each) else other)
        )

    return asked


def _refuse(*_: object) -> Never:
    raise NotAtOnceError


for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(Each, f"__{_name}__", _ask(getattr(operator, _name)))
for _name in (
    *("str", "repr", "format", "hash", "float", "int", "round", "floor", "ceil", "trunc", "neg"),
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow"),
):
    setattr(Each, f"__{_name}__", _refuse)
Each.is_integer = Each.as_integer_ratio = Each.hex = _refuse  # type: ignore[method-assign,assignment] # on purpose


class KnownTexts(Generic[T]):
    """Texts of numbers, by how they are written; they are forgotten where they become too many.

    Args:
        most: How many are kept.
        make: What is made of texts.
    """

    def __init__(self, most: int, make: Callable[[list[str]], Sequence[T]]) -> None:
        self._most, self._make = most, make
        self._known: dict[tuple[object, ...], dict[float, T]] = {}

    def of(
        self, write: WriteNumber, how: tuple[object, ...], numbers: FindingNumbers
    ) -> Sequence[T]:
        """Give what is made of the text of each number of a column."""
        every: list[float] = numbers.tolist()
        if any(isinstance(each, Each) for each in how):
            others = (
                each.every.tolist() if isinstance(each, Each) else repeat(each) for each in how
            )
            return self._make([write(*row) for row in zip(every, *others, strict=False)])
        known = self._known.setdefault((write, *how), {})
        try:
            return [known[each] for each in every]
        except KeyError:  # of most that were written before all were
            new = list(set(every).difference(known))
            known.update(zip(new, self._make([write(each, *how) for each in new]), strict=True))
            return [known[each] for each in every]

    def bound(self) -> None:
        """Forget them, where they are too many."""
        if sum(map(len, self._known.values())) > self._most:
            self._known = {}


class AtOnce:
    """Some findings that are worded at once.

    Args:
        of: The findings of their rule.
        some: Which of these.
    """

    def __init__(self, of: FindingForms, group: Alike) -> None:
        self._of, self._some = of, group
        self._slots: dict[int, float] = {}
        self._told: list[tuple[WriteNumber, tuple[object, ...], FindingNumbers]] = []
        self._marks: dict[tuple[object, ...], str] = {}
        self._columns: dict[tuple[int, int], Sequence[Any]] = {}
        self._answers: list[_Answers] = []

    def __len__(self) -> int:
        """Count the findings."""
        return len(self._some.places)

    def finding(self) -> Finding:
        """Give the one that stands for all."""
        of, first = self._of, int(self._some.places[0])
        told = of.forms[self._some.form]
        if self._some.numbers:
            told = self._filled(told)
        subject: Any = of.subjects()[first] if len(self) == 1 else _Whoever(self)
        outcome = OUTCOMES[of.columns.outcome[first]]
        return Finding(of.by, of.columns.year, of.figures, subject, outcome, *told)

    def beside(self) -> list[float]:
        """Give the numbers beside the one that stands for all."""
        return list(map(self._of_each, self._some.beside))

    def is_about(self, code: object) -> bool:
        """Tell whether it is about the subject with a code."""
        subjects = self._of.subjects().at(self._some.places)
        return self.answer(np.array([subject.code == code for subject in subjects]))

    def answer(self, every: _Answers) -> bool:
        """Answer for the one what was asked of all."""
        self._answers.append(every)
        return bool(every[0])

    def tell(self, write: WriteNumber, value: float, how: tuple[object, ...] = ()) -> str:
        """Give a mark for what is written of a number of each."""
        key = (write, *map(_known_by, (value, *how)))
        mark = self._marks.get(key)
        if mark is None:
            mark = self._marks[key] = f"\x01{len(self._told)}\x02"
            every = value.every if isinstance(value, Each) else np.full(len(self), value)
            self._told.append((write, how, every))  # which keeps what the key names
        return mark

    def apart_from(self, text: str, known: KnownTexts[T]) -> tuple[list[str], list[Sequence[T]]]:
        """Take a text apart.

        Returns:
            The pieces that all say, and the columns that stand between them.
        """
        if not self._told or "\x01" not in text:
            return [text], []
        pieces = MARK.split(text)
        return pieces[::2], [self._column(int(mark), known) for mark in pieces[1::2]]

    def _column(self, mark: int, known: KnownTexts[T]) -> Sequence[T]:
        """Give what stands for a mark; the same object wherever it stands."""
        key = (mark, id(known))
        if key not in self._columns:
            self._columns[key] = known.of(*self._told[mark])
        return self._columns[key]

    def texts(self, text: str, known: KnownTexts[str]) -> Iterable[str]:
        """Give the text of each."""
        pieces, columns = self.apart_from(text, known)
        if not columns:
            return repeat(text, len(self))
        row = "%s".join([each.replace("%", "%%") for each in pieces])
        return [row % numbers for numbers in zip(*columns, strict=True)]

    def apart(self) -> list[Alike]:
        """Give those who answered alike; nothing where all did."""
        for every in self._answers:
            if not every.all() and every.any():
                return [self._some.at(np.flatnonzero(each)) for each in (every, ~every)]
        return []

    def _filled(self, record: Any) -> Any:  # noqa: ANN401 - any record
        """Put numbers into the slots of a record."""
        kind: Any = type(record)
        if kind is Slot:
            return self._number(record.place)
        if kind is str:
            return _IN_CELLS.sub(self._row, record)
        parts = record if kind is tuple else _parts(kind)(record)
        filled = [
            each
            if type(each) in _PLAIN or (type(each) is str and each.isprintable())
            else self._filled(each)
            for each in parts
        ]
        if all(map(operator.is_, parts, filled)):
            return record
        return tuple(filled) if kind is tuple else kind(*filled)

    def _number(self, place: int) -> float:
        known = self._slots.get(place)
        if known is None:
            known = self._slots[place] = self._of_each(self._some.numbers[place])
        return known

    def _of_each(self, every: FindingNumbers) -> float:
        """Give a number of each, which may be the same for all."""
        first = float(every[0])
        if (every == first).all():
            return int(first) if first.is_integer() and abs(first) < WHOLE else first
        return Each(every, ref(self))

    def _row(self, found: re.Match[str]) -> str:
        number = self._number(MARKS.index(found[0]))
        return told(_whole, number) if isinstance(number, Each) else str(number)


class _Whoever:
    """Stands for those whom several findings are about; only their codes may be asked for."""

    def __init__(self, of: AtOnce) -> None:
        self.code = _WhoseCode(of)

    def __getattr__(self, name: str) -> Never:
        raise NotAtOnceError


class _WhoseCode:
    """Stands for the codes of several, which may only be compared."""

    __hash__ = _refuse
    __str__ = __repr__ = __format__ = _refuse

    def __init__(self, of: AtOnce) -> None:
        self._of = of

    def __eq__(self, other: object) -> bool:
        return self._of.is_about(other)


def _known_by(record: object) -> object:
    return ("every", id(record.every)) if isinstance(record, Each) else record


def _whole(number: float) -> str:
    return str(int(number))


@cache
def _parts(kind: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401 - any class
    """Give what takes from a record the values of the fields that slots may stand in."""
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else []
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda told: tuple([getattr(told, name) for name in names])


def finding_at(of: FindingForms, at: int) -> Finding:
    """Put one finding of a rule together."""
    return AtOnce(of, alone(of, at)).finding()


def undecided(every: Iterable[FindingForms]) -> Iterator[Finding]:
    """Yield the roll-ups of which something is certain though data is missing."""
    for of in every:
        known = [at for at, form in enumerate(of.forms) if form[_BEST] is not None]
        for at in np.flatnonzero(np.isin(of.form, known)).tolist() if known else ():
            yield finding_at(of, at)


@dataclass(frozen=True, slots=True, eq=False)
class Worded(Generic[T]):
    """What was said of findings at once.

    Attributes:
        some: The findings.
        told: What was said of them.
        at_once: Knows the texts that marks in it stand for.
    """

    some: Alike
    told: T
    at_once: AtOnce


def worded(forms: FindingForms, group: Alike, tell: Callable[..., T]) -> Iterator[Worded[T]]:
    """Say something of findings that say the same but for numbers.

    Args:
        forms: The findings of their rule.
        group: Which of these.
        tell: Says it of one finding, and of the numbers beside it.
    """
    waiting = [group]
    while waiting:
        here = waiting.pop()
        at_once = AtOnce(forms, here)
        try:
            told = tell(at_once.finding(), *at_once.beside())
        except NotAtOnceError:
            if len(at_once) == 1:
                raise
            waiting += [here.at(np.array([at])) for at in range(len(at_once))]
            continue
        apart = at_once.apart()
        waiting += apart
        if not apart:
            yield Worded(here, told, at_once)
