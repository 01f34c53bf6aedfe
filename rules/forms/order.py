"""What a form is ordered for: place, year, levels."""

from collections.abc import Iterable, Sequence

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.selection import find_subject
from dabiao.rules.forms.ground import Ground
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Subject


@dataclass(frozen=True, slots=True)
class Order:
    """What a form is wanted for.

    Attributes:
        area: The place, or school, that it is for.
        year: The year that is to be judged.
        levels: The levels wanted; none means all at and below the area.
        rows: Blank rows for subjects that nobody knows yet; None leaves it to the level.
    """

    area: Subject
    year: int
    levels: tuple[Level, ...] = ()
    rows: int | None = None


def find_area(word: str | None, rules: Iterable[str], catalog: Catalog, ground: Ground) -> Subject:
    """Find the place that a form is for; by default the one that the documents speak of.

    Raises:
        InputError: Nobody is called so, or the documents speak of several places.
    """
    if word is None:
        places = {catalog.rules[id_].document.jurisdiction for id_ in rules}
        word = next(iter(places)) if len(places) == 1 else None
    if word is None:
        raise _problem(
            "no-area",
            "--area",
            say("要说明为哪个地区制表", "which place is the form for?"),
            say("如 --area 150602", "such as --area 150602"),
        )
    area = ground.subject(find_subject(dict(ground.names), word, former=ground.former))
    if area is None:
        raise LookupError(f"{word} has a name and no level")
    return area


def find_levels(words: Iterable[str], area: Subject) -> tuple[Level, ...]:
    """Read the levels that are wanted.

    Raises:
        InputError: A word is no level, or its level is above the area.
    """
    levels: list[Level] = []
    problems: list[Problem] = []
    labels = [level.label for level in Level]
    for word in words:
        level = Level.named(word)
        if level is None:
            listed = say("、", ", ").join(labels)
            hint = did_you_mean(word, labels) or say(f"可写 {listed}", f"there are {listed}")
            message = say("不是层级", "is no level")
            problems.append(FilePlace(word).problem("unknown-level", message, hint))
        elif level.rank < area.level.rank:
            whose = say(
                f"{area.name}是{area.level.zh}，它的表没有{level.zh}",
                f"{area.name} is a {area.level.value}, and its form has no {level.value}",
            )
            hint = say("用 --area 写更大的地区", "give a larger place with --area")
            problems.append(FilePlace(word).problem("level-above-area", whose, hint=hint))
        else:
            levels.append(level)
    if problems:
        raise InputError(problems)
    return tuple(sorted(set(levels), key=lambda level: level.rank))


def nothing_needed(order: Order, levels: Sequence[Level]) -> InputError:
    """Say that the rules need nothing of what was ordered, and what they do need."""
    area, year = order.area, order.year
    if levels:
        listed = say("、", ", ").join(level.label for level in levels)
        hint = say(f"要填的层级：{listed}", f"what they need is reported by: {listed}")
    else:
        hint = say("换一个年份、地区或文件", "try another year, place or document")
    return _problem(
        "nothing-needed",
        area.code,
        say(
            f"选中的规则在{year}年不需要{area.name}填报什么",
            f"the rules selected need nothing of {area.name} in {year}",
        )
        if not order.levels
        else say(
            f"选中的规则在{year}年不需要{area.name}的这些层级填报什么",
            f"the rules selected need nothing of these levels of {area.name} in {year}",
        ),
        hint,
    )


def nobody_known(area: Subject, level: Level) -> InputError:
    """Say that there is nobody to write a workbook for."""
    return _problem(
        "nobody-known",
        area.code,
        say(
            f"{area.name}没有已知的{level.zh}",
            f"no {level.value} of {area.name} is known",
        ),
        say("用 --roster 给出名录", "give a roster with --roster"),
    )


def _problem(code: str, place: str, message: str, hint: str) -> InputError:
    return InputError([FilePlace(place).problem(code, message, hint)])
