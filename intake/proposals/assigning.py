"""Which column becomes which measure, each measure once, with halves of a whole added up."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from dabiao.intake.proposals.candidates import SURE, Candidate
from dabiao.intake.proposals.clues.sampled import SampledColumn
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

Find = Callable[[str, Sequence[SampledColumn]], list[Candidate]]
# Two words of headers whose columns make up a whole between them.
_HALVES = (
    (re.compile(r"男"), "女"),
    (re.compile(r"\bmale\b", re.IGNORECASE), "female"),
    (re.compile(r"\bboys\b", re.IGNORECASE), "girls"),
)


@dataclass(frozen=True)
class Thing:
    """A column, or a pattern of columns, that may hold a measure.

    Attributes:
        key: Its header, as a mapping writes it.
        names: What it may be called, the fullest first.
        columns: Its columns.
        qualifier: What it says in brackets that is no unit.
    """

    key: str
    names: tuple[str, ...]
    columns: tuple[SampledColumn, ...]
    qualifier: str = ""


@dataclass(frozen=True)
class Assigned:
    """What was decided for one thing, or for two that are added up."""

    keys: tuple[str, ...]
    candidate: Candidate
    also: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """What was decided for all of them.

    Attributes:
        taken: What holds which measure; doubtful ones too.
        left: Keys that hold none, and why.
    """

    taken: Sequence[Assigned]
    left: Sequence[tuple[str, str]]


def assign(things: Sequence[Thing], find: Find) -> Assignment:
    """Decide which measure each thing holds.

    Args:
        things: The things.
        find: Finds the measures that columns of a name may hold.
    """
    found = {thing.key: _candidates(thing, find) for thing in things}
    choices: list[Assigned] = []
    summed: set[str] = set()
    for whole in _wholes(things):
        if any(_sure(found[part.key]) for part in whole):
            continue
        names = dict.fromkeys(_without_half(name) for part in whole for name in part.names)
        left_over = dict.fromkeys(_without_half(part.qualifier) for part in whole)
        joined = Thing(
            "",
            tuple(names),
            tuple(c for part in whole for c in part.columns),
            "、".join(filter(None, left_over)),
        )
        candidates = _candidates(joined, find)
        if _sure(candidates):
            keys = tuple(part.key for part in whole)
            choices.append(Assigned(keys, candidates[0], tuple(candidates[1:])))
            summed |= set(keys)
    left: list[tuple[str, str]] = []
    for thing in things:
        candidates = found[thing.key]
        if candidates and thing.key not in summed:
            choices.append(Assigned((thing.key,), candidates[0], tuple(candidates[1:])))
        elif not candidates and thing.key not in summed:
            left.append((thing.key, ""))
    taken, lost = _each_once(choices)
    order = {thing.key: at for at, thing in enumerate(things)}
    taken.sort(key=lambda each: order[each.keys[0]])
    return Assignment(taken, [*left, *lost])


def _candidates(thing: Thing, find: Find) -> list[Candidate]:
    """Give the candidates of the name that fits best."""
    best: list[Candidate] = []
    for name in thing.names:
        candidates = find(name, thing.columns)
        if candidates and (not best or _weight(candidates[0]) > _weight(best[0])):
            best = candidates
    return [replace(each, qualifier=thing.qualifier) for each in best]


def _weight(candidate: Candidate) -> tuple[bool, float]:
    return candidate.against is None, candidate.score


def _sure(candidates: Sequence[Candidate]) -> bool:
    return bool(candidates) and candidates[0].sure


def _wholes(things: Sequence[Thing]) -> list[tuple[Thing, Thing]]:
    """Give the pairs that are halves of a whole."""
    by_key = {thing.key: thing for thing in things}
    return [(by_key[one], by_key[other]) for one, other in _pairs(by_key)]


def halves_of(columns: Sequence[SampledColumn]) -> list[tuple[SampledColumn, SampledColumn]]:
    """Give the pairs of columns that are halves of a whole, such as those of boys and girls."""
    by_header = {column.header: column for column in columns}
    return [(by_header[one], by_header[other]) for one, other in _pairs(by_header)]


def _pairs(keys: Collection[str]) -> Iterator[tuple[str, str]]:
    alike = {key.casefold(): key for key in keys}
    for key in keys:
        for first, second in _HALVES:
            other = first.sub(second, key, count=1).casefold()
            if other != key.casefold() and other in alike:
                yield key, alike[other]
                break


def _without_half(name: str) -> str:
    for first, second in _HALVES:
        name = re.sub(rf"\b{second}\b" if second.isascii() else second, "", first.sub("", name))
    return " ".join(name.split())


def _each_once(choices: Sequence[Assigned]) -> tuple[list[Assigned], list[tuple[str, str]]]:
    """Let the likeliest have each measure; whole columns before sums of columns."""
    ranked = sorted(choices, key=_rank)
    holders: dict[str, Assigned] = {}
    taken: list[Assigned] = []
    lost: list[tuple[str, str]] = []
    for each in ranked:
        slug = each.candidate.measure.slug
        holder = holders.get(slug)
        if holder is None:
            holders[slug] = each
            taken.append(each)
            continue
        name = each.candidate.measure.name
        first = "+".join(holder.keys)
        if each.candidate.score < SURE:
            lost.extend((key, "") for key in each.keys)
            continue
        why = say(f"{name}已取自“{first}”", f'{name} is taken from "{first}"')
        lost.extend((key, why) for key in each.keys)
    return taken, lost


def _rank(each: Assigned) -> tuple[bool, float, int]:
    fits, score = _weight(each.candidate)
    return not fits, -score, len(each.keys)
