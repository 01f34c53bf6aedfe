"""What the sentences of scenarios share: the case under way, and names and values in it."""

import math

from dabiao.rules.formulas.parsing.unknown_words import known_elsewhere
from dabiao.rules.language.draft import Draft, Phrase
from dabiao.rules.language.scenario import Scenario
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure, is_category
from dabiao.schemas.problem import Problem
from dabiao.schemas.quantity import quantity

_YES = {"是", "有", "yes", "true", "1"}
_NO = {"否", "无", "no", "false", "0"}
_BLANK = {"", "空", "blank", "-", "/"}


def scenario_of(draft: Draft) -> Scenario:
    if draft.scenario is None:
        raise ValueError("a sentence of a scenario was used outside of one")
    return draft.scenario


def level_of(draft: Draft, said: Phrase) -> Level | None:
    level = Level.named(said.text)
    if level is None:
        draft.problems.append(unknown_level(said))
    return level


def unknown_level(said: Phrase) -> Problem:
    """Tell that a word is not a level."""
    names = [say(level.zh, level.value) for level in Level]
    return said.problem(
        "unknown-level",
        say(f"没有“{said.text}”这个层级", f"there is no level {said.text!r}"),
        expected=say("、", ", ").join(names),
        hint=say("改为其中一个", "use one of these"),
    )


def slug_of(draft: Draft, name: Phrase) -> str | None:
    vocabulary = scenario_of(draft).catalog.vocabulary
    said = name.text.strip()
    slug = vocabulary.names.get(said) or vocabulary.names.get(halfwidth(said))
    if slug is None and said not in vocabulary.left_out:
        draft.problems.append(
            name.problem(
                "unknown-name",
                say(
                    f"没有叫“{said}”的数据项或指标", f"there is no item or indicator named {said!r}"
                ),
                hint=known_elsewhere(said, vocabulary.elsewhere)
                or (
                    say('结论加引号，也不能空着：结论是"达标"', "name the outcome, in quotes")
                    if said == "结论"
                    else None
                )
                or _to_fill_in(said)
                or did_you_mean(said, vocabulary.names)
                or say("先在词汇表里定义它", "define it in a vocabulary feature first"),
            )
        )
    return slug


def _to_fill_in(said: str) -> str | None:
    """Tell what stands where a rule was begun, and its example could not be written."""
    if said not in ("数据项", "item"):
        return None
    return say(
        "起草时写不出这个例子：换成要求里的数据项和界线两边的值",
        "this example is yours to write: name the items of the demand, with values on both sides",
    )


def give(draft: Draft, values: dict[str, float | str | bool], slug: str, said: Phrase) -> None:
    """Read a value as its measure wants it, or tell what is wrong with it."""
    measure = scenario_of(draft).catalog.vocabulary.measure(slug)
    if isinstance(measure, Item) and measure.shares is not None:
        give(draft, values, measure.shares, said)  # as a column does that both are read from
    text = halfwidth(said.text).strip()
    bare = text.strip('"')
    if text in _BLANK or not bare:
        return
    if slug in values:
        draft.problems.append(_given_twice(measure, said))
        return
    expected: str | None = None
    if isinstance(measure, Item) and measure.type is ItemType.BOOLEAN:
        if bare.lower() in _YES | _NO:
            values[slug] = bare.lower() in _YES
            return
        expected = say("是或否", "yes or no")
    elif is_category(measure):
        options = {halfwidth(option): option for option in measure.options}
        if not options or bare in options:
            values[slug] = options.get(bare, bare)
            return
        expected = "、".join(measure.options)
    else:
        number = number_in(measure, text)
        if number is not None and (impossible := _impossible(measure, number, said)) is not None:
            draft.problems.append(impossible)
            return
        if number is not None:
            values[slug] = number
            return
        expected = say(
            f"一个数，单位{measure.unit or '无'}", f"a number in {measure.unit or 'no unit'}"
        )
    draft.problems.append(
        said.problem(
            "bad-value",
            say(f"{measure.name}不能是“{bare}”", f"{measure.name} can't be {bare!r}"),
            expected=expected,
            hint=_way_to_say(measure, text),
        )
    )


def _way_to_say(measure: Measure, text: str) -> str:
    """Say how to write a value that could not be read."""
    if any(mark in text for mark in "<>《》"):
        return say(
            "代表例子的写成 <列名>，列名照例子的表头",
            "write <column> as the header of examples says",
        )
    if quantity(text) is not None and measure.unit:
        return say(f"改成以“{measure.unit}”计", f"say it in {measure.unit}")
    return say("照“应为”的样子写；没有填报的写 为空", "write what is expected; blank if unreported")


def _impossible(measure: Measure, number: float, said: Phrase) -> Problem | None:
    """Tell that a submission could not say a value, so that a proof with it proves nothing."""
    if not isinstance(measure, Item):
        return None
    low, high = measure.bounds
    if not low <= number <= high:
        ends = ("" if math.isinf(end) else f"{end:.15g}" for end in (low, high))
        code, expected = "out-of-range", "..".join(ends)
        message = say(
            f"{said.text.strip()}超出了{measure.name}的范围，填报时不会收",
            f"{said.text.strip()} lies outside the range of {measure.name}: no cell may say it",
        )
    elif measure.type is ItemType.INTEGER and not float(number).is_integer():
        code, expected = "not-whole", say("整数", "a whole number")
        message = say(
            f"{measure.name}是整数，不能是{said.text.strip()}",
            f"{measure.name} is a whole number, and can't be {said.text.strip()}",
        )
    else:
        return None
    return said.problem(
        code,
        message,
        expected=expected,
        hint=say(
            "换成填报得出的数；数没有写错的，改数据项的类型和范围",
            "give a value that a cell may say; if it is right, mend the type and range of the item",
        ),
    )


def _given_twice(measure: Measure, said: Phrase) -> Problem:
    """Tell that a scenario gives a value to what has one."""
    return said.problem(
        "said-twice",
        say(
            f"同一对象同一年的{measure.name}给了两次",
            f"{measure.name} is given twice of one subject and year",
        ),
        hint=say("留下一个", "leave one of them"),
    )


def number_in(measure: Measure, text: str) -> float | None:
    found = quantity(text)
    return None if found is None else found.measured_in(measure.unit)
