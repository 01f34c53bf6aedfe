"""One feature file: parsed, and its sentences carried out on drafts that nobody has checked.

Nothing here knows of any other file, so what came of a file holds until the file is changed.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import field

from dabiao.rules.analysis.lint import definite, vague_words
from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.language.draft import Draft, Phrase
from dabiao.rules.language.feature_source import (
    FeatureSource,
    RuleSource,
    ScenarioSource,
    Step,
    SyntaxProblemError,
    read_feature,
)
from dabiao.rules.language.left_out import LeftOut
from dabiao.rules.language.misread import (
    LIKELY,
    PLAINLY,
    RANGE,
    TERMS,
    TIMES,
    TWO_DEMANDS,
    VALUES,
    meant_by,
    names_range,
    trap_hint,
)
from dabiao.rules.sentences import LONGEST_STEP, SENTENCES, Sentence, SentenceKind, find
from dabiao.rules.sentences.pattern import plain_step
from dabiao.rules.sentences.tables import header_alone
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.record import dataclass

_DEFINING = (SentenceKind.DEFINITION, SentenceKind.NORM)

_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:%|(?!年)[^\W\d_]+$)?")
"""A number, with its unit where it stands last."""
_QUOTES = " \"'“”‘’「」『』《》<>〝〞〟″＂«»"
_WORDS = {"given": ("假如", "Given"), "when": ("当", "When"), "then": ("那么", "Then")}
_MOVES = "提高|增加|上升|增长|下降|降低|减少"
_SHOULD_BE = (
    (r"(?:应当|应该|必须|须|需|要)(?=不|达|在|高|低|超|为|等|逐|每|比)", "应"),
    (r"(?<=\s)(?=不[低高少多大小]于|不超过|[高低]于|达到|至少|[≥≤])", "应"),
    (r"应[较与同](?=\d{4}年)", "应比"),
    (rf"(?<=\d{{4}}年)[底末]?(?:相比)?(?={_MOVES})", ""),
    (rf"((?:{_MOVES})(?:不少于)?\s*\d.*?)及?以上$", r"\1"),
    (rf"(?<={_MOVES})\s*(?=\d)", "不少于 "),
)
"""How else a demand is worded, and how it is written."""
_DATED = (
    (r"^(?:到|至|截至)?(\d{4})年12月31日(?:之?前|以前)?$", r"到\1年底"),
    (
        r"^(?:到|至|截至|在)?(\d{4})年(\d{1,2})月(?:\d{1,2}日|底|末|份)?(?:之?前|以前)?$",
        r"到\1年\2月底",
    ),
    (r"^(?:到|至|截至|在)?(\d{4})年(?:底|末)?(?:之?前|以前)$", r"到\1年底"),
    (r"^(?:从|自)?(\d{4})年(?:开始|起)(?:,?每年)?$", r"自\1年起"),
    (r"^(?:从|自)?(\d{4})年?(?:-+|~|至|到)(\d{4})年(?:间|期间|每年)?$", r"自\1年至\2年每年"),
    (r"^(?:长期坚持|每学?年|常年|始终|一直|长期)$", "长期执行"),
)
"""How else a time is worded, and how it is written."""
_WORDINGS = ((SentenceKind.NORM, _SHOULD_BE), (SentenceKind.DEFINITION, _DATED))
_PER_UNIT = re.compile(
    r"(?P<left>.+?)\s*(?:应|should)\s*(?:每|per|for each)\s*(?P<each>\d+)\D+?(?P<count>\d+)"
)
"""So many for each so many."""


@dataclass(slots=True)
class FeatureDrafts:
    """What one file says.

    Attributes:
        topic: The feature's name; None where the file is no feature.
        heads: What its background and those of its rules define: one draft, or none.
        rules: The draft of each rule.
        scenarios: Each scenario with the draft it begins with, and its rule, if it is a rule's.
        problems: What is wrong in it, as far as one file can tell.
        left_out: What these problems kept from being read.
    """

    topic: str | None = None
    heads: list[Draft] = field(default_factory=list)
    rules: list[tuple[Draft, RuleSource]] = field(default_factory=list)
    scenarios: list[tuple[Draft, ScenarioSource, RuleSource | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)


def draft_feature(file: PackFile, *, scenarios: bool) -> FeatureDrafts:
    """Read a file; without ``scenarios`` they are not looked at, which takes less long."""
    found = FeatureDrafts()
    try:
        feature = read_feature(file, scenarios=scenarios)
    except SyntaxProblemError as error:
        found.problems.extend(error.problems)
        with suppress(OSError):
            found.left_out.feature(file.legible())
        return found
    found.topic = feature.title.text
    found.heads.append(_head(feature, found))
    return found


def _head(feature: FeatureSource, found: FeatureDrafts) -> Draft:
    """Carry out the background of a feature, then those of its rules."""
    told = found.problems, found.left_out
    draft = Draft(feature.file, feature.title, tags=list(feature.tags))
    carry_out(draft, feature.background, _DEFINING, *told)
    for rule in feature.rules:
        before = [len(rows) for rows in draft.tables]
        own = draft.inherit(rule.title, rule.description, rule.tags)
        carry_out(own, rule.background, _DEFINING, *told)
        for rows, all_rows, known in zip(draft.tables, own.tables, before, strict=True):
            rows.extend(all_rows[known:])  # the rule began with those that were known
        found.rules.append((own, rule))
        found.scenarios.extend((own, scenario, rule) for scenario in rule.scenarios)
    found.scenarios.extend((draft, scenario, None) for scenario in feature.scenarios)
    return draft


def carry_out(
    draft: Draft,
    steps: Iterable[Step],
    kinds: Sequence[SentenceKind],
    problems: list[Problem],
    left_out: LeftOut,
) -> None:
    """Carry out the sentences of steps, each of which must be of one of some kinds."""
    for step in steps:
        sentence = find(step.phrase.text, step.kind)
        if sentence is None or sentence.kind not in kinds:
            unquoted = sentence is None or _quoted(step, kinds) is not None
            told = unknown_sentence if unquoted else _misplaced
            problems.append(told(step, kinds))
            draft.unread.append(_meant_behind(step, kinds) or step.kind)
            left_out.table(step.table)
            continue
        said = step.phrase
        if sentence.kind in _DEFINING:
            vague = list(vague_words(said))
            problems.extend(vague)
            said = definite(said) if vague else said
            if vague and sentence.match(said.text) is None:  # nothing else was said
                draft.unread.append(step.kind)
                continue
        if sentence.kind is SentenceKind.NORM and (many := _too_many(sentence, said)) is not None:
            problems.append(many)
            draft.unread.append(step.kind)
            continue
        if sentence.needs_table and step.table is not None and not step.table.rows:
            problems.append(header_alone(said))
            left_out.header(step.table)
            continue
        sentence.apply(draft, said, step.table)
    problems.extend(draft.problems)
    draft.problems.clear()


def _too_many(sentence: Sentence, said: Phrase) -> Problem | None:
    """Tell that a demand is two, or that its bound is; None where it is one."""
    plain = plain_step(said.text)
    if TWO_DEMANDS.search(plain):
        return _two_demands(said)
    return _range(said) if sentence.name != "between" and names_range(plain) else None


def _two_demands(said: Phrase) -> Problem:
    """Tell that one rule demands two things, each in its words."""
    return said.problem(
        "unknown-sentence",
        say("一句里有两个要求", "two demands in one sentence"),
        expected=say("一条规则一个要求", "one demand a rule"),
        hint=say(
            "同一项的上下限：甲 应在 10个 至 15个 之间；两项写成两条规则，做到一个就行的写“或”",
            "two bounds of one: x should be between 10 and 15; else two rules, or 'or' in between "
            "where one is enough",
        ),
    )


def _range(said: Phrase) -> Problem:
    """Tell that a bound is two numbers, which would be read as one less the other."""
    return said.problem(
        "unknown-sentence",
        say(f"没有这样的句式：{said.text}", f"no such sentence: {said.text}"),
        expected=say("一个数", "one number"),
        hint=say(*RANGE),
    )


def _fitting(step: Step, kinds: Sequence[SentenceKind]) -> list[Sentence]:
    """List the sentences that may stand where a step stands."""
    return [each for each in SENTENCES if each.kind in kinds and each.kind.step == step.kind]


def _quoted(step: Step, kinds: Sequence[SentenceKind]) -> str | None:
    """Give a step with the quotes of its sentence, where it has none, one or others.

    Only of sentences that end with what is quoted: 考核对象是"旗县".
    """
    text = step.phrase.text
    for each in _fitting(step, kinds):
        for example in (each.example_zh, each.example_en):
            before, mark, _ = example.removesuffix('"').partition('"')
            said = text.removeprefix(before.strip()).strip(_QUOTES)
            ends = mark and example.endswith('"') and example.count('"') == len(('"', '"'))
            if ends and said and said != text.strip(_QUOTES) and '"' not in said:
                return f'{before}"{said}"'
    return None


def closest_sentence(step: Step, kinds: Sequence[SentenceKind]) -> Sentence | None:
    """Find the sentence that a mistyped step may be, or None."""
    patterns = {
        pattern: each
        for each in _fitting(step, kinds)
        for pattern in (*each.zh, *each.en, each.example_zh, each.example_en)
    }
    close = nearest(step.phrase.text, list(patterns), n=1)
    return patterns[close[0]] if close else None


def _with_their_numbers(meant: Sentence, step: Step) -> str:
    """Write the example of a sentence with the numbers that stand in a step.

    Where a number is of another kind, or there are more or fewer, the example stays as it is.
    """
    example, written = meant.example, halfwidth(step.phrase.text).strip()
    theirs = _AMOUNT.findall(written)
    shown = iter(theirs)
    told = _AMOUNT.sub(lambda _: next(shown, ""), example)
    same = len(theirs) == len(_AMOUNT.findall(example))
    return told if same and find(told, step.kind) is meant else example


def unknown_sentence(step: Step, kinds: Sequence[SentenceKind]) -> Problem:
    """Tell that a step is no sentence of the language, and which one may have been meant."""
    if len(step.phrase.text) > LONGEST_STEP:
        return step.phrase.problem(
            "too-long",
            say(
                f"步骤超过 {LONGEST_STEP} 个字",
                f"the step is longer than {LONGEST_STEP} characters",
            ),
            hint=say("公式长的，把其中一部分定义成指标", "make indicators of parts of its formula"),
            offset=LONGEST_STEP,
        )
    trap = step.trap
    fitting = _fitting(step, kinds)
    plain = plain_step(step.phrase.text)
    demands = any(each.kind is SentenceKind.NORM for each in fitting)
    defines = any(each.kind is SentenceKind.DEFINITION for each in fitting)
    gives = any(each.kind is SentenceKind.FACTS for each in fitting)
    plainly = PLAINLY if demands else TERMS if defines else VALUES if gives else ()
    likely = LIKELY if demands else TIMES if defines else ()
    expected: str | None = None
    if trap is not None:
        hint = trap_hint(trap)
    elif (quoted := _quoted(step, kinds)) is not None:
        hint = say(f"名称放在一对双引号里：{quoted}", f"put the name in double quotes: {quoted}")
    elif (word := _meant_behind(step, kinds)) is not None:
        zh, en = _WORDS[word]
        hint = say(f"前面的词写“{zh}”：{zh} {step.phrase.text}", f"it stands behind {en}")
    elif (written := _as_sentence(step, kinds)) is not None:
        hint = say(f"是不是：{written}", f"did you mean: {written}?")
    elif (per := _PER_UNIT.search(plain)) is not None:
        hint = _of_each(per)
    elif (words := meant_by(plain, plainly)) is not None:
        hint = words
    elif (meant := closest_sentence(step, kinds)) is not None:
        shown = _with_their_numbers(meant, step)
        hint = say(f"是不是：{shown}", f"did you mean: {shown}?")
    elif (words := meant_by(plain, likely)) is not None:
        hint = words
    else:
        hint = say("dabiao rules steps 列出全部句式", "dabiao rules steps lists all sentences")
        plainest = sorted(fitting, key=lambda each: len(each.example)) if demands else fitting
        first = next(iter(plainest), None)
        expected = None if first is None else say(f"如 {first.example}", f"such as {first.example}")
    return step.phrase.problem(
        "unknown-sentence",
        say(f"没有这样的句式：{step.phrase.text}", f"no such sentence: {step.phrase.text}"),
        expected=expected,
        hint=hint,
    )


def _meant_behind(step: Step, kinds: Sequence[SentenceKind]) -> str | None:
    """Give the word behind which a step is a sentence, where it stands behind another."""
    if find(step.phrase.text, step.kind) is not None:
        return None
    others = (find(step.phrase.text, word) for word in _WORDS if word != step.kind)
    return next(
        (each.kind.step for each in others if each is not None and each.kind in kinds), None
    )


def _as_sentence(step: Step, kinds: Sequence[SentenceKind]) -> str | None:
    """Write a step that is worded otherwise (应当不低于) as a sentence; None if it is none."""
    for kind, wordings in _WORDINGS:
        text = halfwidth(step.phrase.text).strip()
        for words, written in wordings if kind in kinds else ():
            text = re.sub(words, written, text)
            sentence = find(text, step.kind)
            if sentence is not None and sentence.kind is kind:
                return text
    return None


def _of_each(per: re.Match[str]) -> str:
    """Say how so many for each so many is written: 每12个班1间."""
    left, each, count = per["left"].strip(), per["each"], per["count"]
    times = "" if count == "1" else f" × {count}"
    return say(
        f"每{each}个配{count}个的，用除法：{left} 应不低于 向上取整(总数 ÷ {each}){times}，"
        "“总数”换成数它的那一项，如 班级数",
        f"divide: {left} should be at least round_up(total ÷ {each}){times}, with the item that "
        "counts them, such as classes, in place of total",
    )


def _misplaced(step: Step, kinds: Sequence[SentenceKind]) -> Problem:
    if SentenceKind.FACTS in kinds:
        message = say(
            f"“{step.phrase.text}”属于规则的背景，不能写在场景里",
            f"{step.phrase.text!r} belongs into the rule's background, not into a scenario",
        )
    else:
        message = say(
            f"“{step.phrase.text}”是举例，不能写在背景里",
            f"{step.phrase.text!r} is part of an example and can't stand in a background",
        )
    hint = say("移到该在的地方", "move it there")
    if (meant := closest_sentence(step, kinds)) is not None:
        hint += say(f"；或者想写的是：{meant.example}", f"; or was {meant.example} meant?")
    return step.phrase.problem("misplaced", message, hint=hint)
