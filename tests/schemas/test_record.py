"""Tests of our own dataclasses: they are those of the standard library, and quicker to define."""

import copy
import pickle
from collections.abc import Iterable
from dataclasses import FrozenInstanceError, field, fields, replace
from dataclasses import dataclass as standard
from inspect import Parameter, signature
from typing import Any

import pytest

from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen one with every kind of field."""

    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list, compare=False)
    d: float = field(default=1.0, kw_only=True)
    e: str = field(default="hidden", repr=False, init=False)


@standard(frozen=True, slots=True)
class StandardFrozen:
    """The same as the library makes it."""

    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list, compare=False)
    d: float = field(default=1.0, kw_only=True)
    e: str = field(default="hidden", repr=False, init=False)


@dataclass
class Open:
    """One that can be changed, made ready after it was made."""

    a: int
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out the rest."""
        self.twice = 2 * self.a


@dataclass(frozen=True, slots=True)
class Below(Frozen):
    """One that has what another has, and more."""

    f: int = 0

    def __repr__(self) -> str:
        """Say no more than this."""
        return "below"


@dataclass(frozen=True)
class Empty:
    """One without fields."""


def test_it_is_made_compared_and_shown_as_by_the_library() -> None:
    """Parameters, equality, hash and text are those of the library."""
    one, other = Frozen(1, "x", [2], d=3.0), StandardFrozen(1, "x", [2], d=3.0)

    assert repr(one) == repr(other).removeprefix("Standard")
    assert hash(one) == hash(other)
    assert one == Frozen(1, "x", d=3.0) != Frozen(1, "x", d=4.0)
    assert one != Below(1, "x", [2], d=3.0)
    assert hash(Empty()) == hash(())
    assert Empty() == Empty()
    assert [(each.name, each.kind, each.annotation) for each in _parameters(Frozen)] == [
        (each.name, each.kind, each.annotation) for each in _parameters(StandardFrozen)
    ]
    assert Frozen.__match_args__ == StandardFrozen.__match_args__ == ("a", "b", "c")
    assert [each.name for each in fields(one)] == [*"abcde"]


def _parameters(of: type) -> Iterable[Parameter]:
    return signature(of).parameters.values()


def test_a_default_is_made_anew_for_each() -> None:
    """No two share the list that neither was given."""
    one, other = Frozen(1), Frozen(1)

    assert one.c == other.c == []
    assert one.c is not other.c


def test_a_frozen_one_never_changes() -> None:
    """It cannot be set, nor emptied, nor given what it has not."""
    one: Any = Frozen(1)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        one.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'z'"):
        one.z = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del one.a
    assert one.a == 1


def test_a_frozen_one_is_copied_whole() -> None:
    """Copied, pickled or changed in one field, it keeps the others."""
    one = Frozen(1, c=[2])

    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own
    assert copy.copy(one).c is one.c
    assert replace(one, a=5) == Frozen(5)


def test_one_that_is_open_changes_and_has_no_hash() -> None:
    """It is made ready when it is made, may be changed, and is no key then."""
    one = Open(2)

    assert one.twice == 4
    one.a = 3
    assert repr(one) == "Open(a=3, twice=4)"
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_what_a_class_says_itself_is_kept() -> None:
    """An own text stays, and fields of the class above come first."""
    one = Below(1, f=2)

    assert (one.a, one.b, one.f) == (1, "b", 2)
    assert repr(one) == "below"
    assert one != Below(1)
