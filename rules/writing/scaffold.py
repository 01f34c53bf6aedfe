"""Beginning a rule: a feature with boundary examples already in it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.formulas.checking.typed import Typed
from dabiao.rules.language.draft import Draft, FeaturePlace, Phrase
from dabiao.rules.packs.norm_from_draft import build_norm
from dabiao.rules.packs.norms.built import BuiltNorm, read_formula
from dabiao.rules.sentences import SentenceKind, find
from dabiao.rules.words.nearest import did_you_mean
from dabiao.rules.writing.applicability import applicability
from dabiao.rules.writing.based_on import used_documents
from dabiao.rules.writing.boundary import ratio
from dabiao.rules.writing.feature_writer import FeatureWriter, Outline
from dabiao.rules.writing.suggest import Suggestion, suggest
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem, Severity
from dabiao.schemas.quantity import quantity

__all__ = ["Outline", "outlined", "scaffold"]

_NOWHERE = FeaturePlace("-", 1, 1)
_CHANGED = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|减少)\D*[\d.]+%")
_BESIDE = re.compile("[比较倍]|相比|基础")
_EXCEPT = re.compile("除|不含|不包括|不计|以外")
_TIME_SAID = re.compile(
    r"^[到至自从在]?\d{4}(?:年|-\d{4}学年)|^每年|^逐年|^长期|十[一二三四五六七]五|^[今明后当]年|^每?本?学年"
)


def outlined(outline: Outline, sentence: str, catalog: Catalog) -> Outline:
    """Fill what an outline leaves empty from a sentence of the plan.

    Where the norm is taken from the sentence, all of the sentence must be in the outline: a norm
    that leaves out a number, a year or an exception is another one.

    Raises:
        InputError: The sentence doesn't tell something that is needed, or tells more than the
            outline can say.
    """
    if outline.document not in catalog.documents:
        raise InputError([_unknown_document(outline.document, catalog)])
    told = suggest(
        sentence, outline.document, catalog, baseline=outline.baseline, norm=outline.norm
    )
    if not outline.norm and (problem := _unaccounted(told, outline, catalog)) is not None:
        raise InputError([problem])
    if not outline.level and told.level is None and told.levels:
        raise InputError([_no_level(told.levels)])
    return replace(
        outline,
        title=outline.title or sentence.strip(" 。，；"),
        level=outline.level or told.level or "",
        timing=outline.timing or told.timing,
        norm=outline.norm or told.norm or "",
        aspiration=outline.aspiration or told.aspiration,
        baseline=outline.baseline or ("" if outline.norm else told.baseline),
        sentence="" if outline.norm and outline.title == sentence else sentence,
    )


def _unknown_document(id_: str, catalog: Catalog) -> Problem:
    return FilePlace("-").problem(
        "unknown-document",
        say(f"没有文件“{id_}”", f"there is no document {id_!r}"),
        hint=did_you_mean(id_, catalog.documents)
        or say(
            "先在规则包里给它写一份 document.yaml，再用 --rules 给出那个文件夹",
            "describe it with a document.yaml first, and name its folder with --rules",
        ),
    )


def _no_level(levels: Sequence[Level]) -> Problem:
    """Ask whom the sentence is about, where neither it nor the document tells."""
    known = say("、", ", ").join(each.label for each in levels)
    return FilePlace("-").problem(
        "no-subjects",
        say(
            "这句话没有说考核谁，从文件的辖区也看不出来",
            "neither the sentence nor the jurisdiction of its document tells who is judged",
        ),
        expected=known,
        hint=say(
            "用 --level 写明层级；文件没有写辖区的，也可以在 document.yaml 里写 jurisdiction",
            "say it with --level, or write jurisdiction in document.yaml if it has none",
        ),
    )


def _unaccounted(suggestion: Suggestion, outline: Outline, catalog: Catalog) -> Problem | None:
    """Tell what a sentence says that the outline taken from it would not say."""
    unused = [
        each for each in suggestion.unused if not (outline.timing and _TIME_SAID.search(each[0]))
    ]
    if outline.condition:
        unused = [each for each in unused if not _in_condition(each[0], outline.condition)]
    if suggestion.undated and not unused:
        return FilePlace("-").problem(
            "no-baseline",
            say(
                f"“{suggestion.undated}”是与哪一年相比，这句话没有说",
                f'the sentence does not tell the year that "{suggestion.undated}" is counted from',
            ),
            expected=say("--baseline 写明，如 基期2020年为68%", "say it with --baseline"),
            hint=say(
                "文件没有写明的，不能替它定；查到出处后再写",
                "what the document leaves out is not ours to choose: find it first",
            ),
        )
    if (
        unused
        and suggestion.measures
        and (suggestion.norm or suggestion.level or suggestion.levels)
    ):
        named = "、".join(f"“{text}”（第{place}字）" for text, place in unused)
        english = ", ".join(f'"{text}" (character {place})' for text, place in unused)
        return FilePlace("-", column=unused[0][1]).problem(
            "unused-words",
            say(
                f"规则里写不进这些话，没有起草：{named}",
                f"nothing was written, as the rule would leave out: {english}",
            ),
            expected=say(
                "一句话一个要求：一个数据项、一个数、一个期限",
                "one demand a sentence: one measure, one number, one time",
            ),
            hint=_way_out([text for text, _ in unused], catalog, begun=suggestion.norm is not None),
        )
    if suggestion.norm is not None:
        return None
    names = "、".join(suggestion.measures)
    return FilePlace("-").problem(
        "no-norm",
        say(
            "从这句话看不出对哪个数据项有什么要求",
            "the sentence does not tell what is demanded of which measure",
        ),
        expected=say("--norm 写明，如 班级人数 应不高于 45人", "say it with --norm"),
        hint=say(f"相近的数据项：{names}", f"similar measures: {names}")
        if names
        else say("先在词汇里定义数据项", "define the item in a vocabulary first"),
    )


def _in_condition(words: str, condition: str) -> bool:
    """Tell whether the writer's condition says some words: 民办, and 除外 by its ≠."""
    return words in condition or ("≠" in condition and _EXCEPT.search(words) is not None)


def _way_out(unused: Sequence[str], catalog: Catalog, *, begun: bool) -> str:
    """Say how to go on with a sentence, by what a rule would leave out of it.

    Args:
        unused: What it would leave out.
        catalog: The pack.
        begun: Whether it has a demand beside that, the target of a first year perhaps.
    """
    said = "".join(unused)
    if "差异系数" in said:
        return say(
            "差异系数要写明谁之间、什么项、按什么加权："
            '--norm "差异系数(学校, 生均面积, 在校生数) 应不高于 0.5"',
            'say between whom, of what, weighted by what: --norm "variation(school, …, …) …"',
        )
    if all(_TIME_SAID.search(each) for each in unused):
        return say("时限用 --timing 写明，如 到2025年底", "say its time with --timing")
    others = [each for each in unused if each in catalog.vocabulary.names]
    if len(others) == 1 and "%" in said:
        return say(
            f'一个数占另一个数的百分之几：--norm "比例(甲, {others[0]}) 应不低于 …%"',
            f'a share of one in another: --norm "ratio(x, {others[0]}) should be at least …%"',
        )
    if _CHANGED.search(said):
        return say(
            "百分数之间的变化写百分点；原文写的“%”是百分点还是百分之几，先弄清",
            "percentages change by points: find out first whether the plan means points",
        )
    years = len(re.findall(r"\d{4}年", said)) + begun
    dated = years > 1 and re.search(r"\d[%\D]", said[5:])
    if dated and not others and not _BESIDE.search(said):
        return say(
            "几个年份各有目标的，写成一条规则：应不低于 各年目标，下面一张表",
            "targets of several years are one rule: should be at least the targets by year",
        )
    for item in catalog.vocabulary.items.values():
        if (option := next((each for each in item.options if each in unused), None)) is not None:
            excepted = _EXCEPT.search(said) is not None
            only = f"--only-where '{item.name} {'≠' if excepted else '='} \"{option}\"'"
            if excepted:
                return say(f"{option}除外的，加上 {only}", f"for all but {option}, add {only}")
            return say(f"只管{option}的，加上 {only}", f"for {option} only, add {only}")
    if re.search("左右|基本|大约|约", said):
        return say(
            "没有对应的句子：定一个读法，用 --norm 写明，并在规则说明里写上",
            "there is no sentence for it: choose a reading, say it with --norm, and write it down",
        )
    return say(
        "拆成几句各写一条规则；或用 --norm、--timing、--baseline、--only-where 写明",
        "split it into several rules, or say it with --norm, --timing, --baseline, --only-where",
    )


def scaffold(outline: Outline, catalog: Catalog) -> str:
    """Write the feature of a new rule in the language spoken now.

    The examples stand on both sides of the norm's boundary, with the outcomes its sentence means;
    the writer checks them against the document.

    Raises:
        InputError: Something in the outline is not a sentence of the language, or does not fit the
            pack; carries every problem.
    """
    problems: list[Problem] = []
    draft = _drafted(outline, problems)
    level = _level(outline, problems)
    built: BuiltNorm | None = None
    condition: Typed | None = None
    if level is not None and draft.norms:
        built = build_norm(*draft.norms[0], catalog.vocabulary, level, problems.append)
    if level is not None and outline.condition:
        said = Phrase(outline.condition, _NOWHERE)
        condition = read_formula(said, catalog.vocabulary, level, problems.append)
    if outline.baseline and not draft.baselines and not problems:
        problems.append(
            FilePlace("-").problem(
                "unknown-sentence",
                say(f"“{outline.baseline}”不是基期", f"{outline.baseline!r} is no baseline"),
                expected=say("基期2020年为68%", "the baseline of 2020 is 68%"),
            )
        )
    if (
        built is None
        or not draft.timings
        or level is None
        or any(each.severity is Severity.ERROR for each in problems)
    ):
        raise InputError(problems)
    timing = draft.timings[0][0]
    only = condition.formula if condition is not None else None
    whom = applicability(only, catalog.vocabulary)
    given = {**whom.holding}
    if (share := ratio(built)) is not None:
        given[share.whole] = share.of
    begins = _begins(draft, built, catalog)
    others = used_documents(built, only, catalog.vocabulary)
    writer = FeatureWriter(level, catalog, outline, timing, whom, given, begins, others)
    return writer.write(built)


def _drafted(outline: Outline, problems: list[Problem]) -> Draft:
    """Carry out the sentences of an outline on a draft."""
    draft = Draft("-", Phrase(outline.title, _NOWHERE))
    sentences = [(outline.timing, "given"), (outline.norm, "then")]
    if outline.baseline:
        sentences.append((outline.baseline, "given"))
    for text, word in sentences:
        sentence = find(text, word)
        if sentence is not None and sentence.kind in (SentenceKind.DEFINITION, SentenceKind.NORM):
            sentence.apply(draft, Phrase(text, _NOWHERE), None)
            continue
        problems.append(
            FilePlace("-").problem(
                "unknown-sentence",
                say(f"没有这样的句式：{text}", f"no such sentence: {text}"),
                hint=say("dabiao rules steps 列出全部句式", "see dabiao rules steps"),
            )
        )
    return draft


def _level(outline: Outline, problems: list[Problem]) -> Level | None:
    """Find the level that an outline names."""
    level = Level.named(outline.level)
    if level is None:
        problems.append(
            FilePlace("-").problem(
                "unknown-level",
                say(f"没有“{outline.level}”这个层级", f"no such level: {outline.level}"),
                expected=say("、", ", ").join(each.label for each in Level),
                hint=say("改为其中一个", "use one of these"),
            )
        )
    return level


def _begins(draft: Draft, built: BuiltNorm, catalog: Catalog) -> tuple[int, float | None] | None:
    """Give the baseline as year and value in the measure's unit."""
    for year, said, _ in draft.baselines[:1]:
        found = quantity(said.text) if said is not None else None
        if found is None or built.measure is None:
            return year, None
        own = catalog.vocabulary.measure(built.measure).unit
        return year, found.measured_in(own)
    return None
