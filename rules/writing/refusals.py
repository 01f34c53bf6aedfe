"""Why nothing is written of a sentence, and how its writer can go on."""

import re
from collections.abc import Sequence

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.language.draft import ComparesDraft, FeaturePlace, Phrase
from dabiao.rules.language.norm_text import norm_text
from dabiao.rules.words.nearest import did_you_mean
from dabiao.rules.writing.feature_writer import Outline
from dabiao.rules.writing.named_measures import amount, subject_of
from dabiao.rules.writing.plan_words import PlanPart, acts, clauses, pieces
from dabiao.rules.writing.suggest import Suggestion, suggest
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import NUMERAL
from dabiao.schemas.problem import FilePlace, Problem
from dabiao.schemas.unit import is_percent

_NOWHERE = FeaturePlace("-", 1, 1)
_CHANGED = re.compile(r"(?:提高|提升|增长|增加|上升|下降|降低|减少)\D*[\d.]+%")
_BESIDE = re.compile("[比较倍]|相比|基础")
_EXCEPT = re.compile("除|不含|不包括|不计|以外")
_ONLY_TIME = re.compile(r"\s*(?:到|至|截至)?\d{4}年[底末]?\s*")
# What a clause says of the others, or others of it.
_MORE_THAN_ITSELF = re.compile(r"\d{4}年|其中|除|不含|力争|争取|分别|每|[之其]一|以上的|的[,，]?$")
_TIME_SAID = re.compile(
    r"^[到至自从在]?\d{4}(?:年|-\d{4}学年)|^每年|^逐年|^长期|十[一二三四五六七]五|^[今明后当]年|^每?本?学年"
)


def bad_slug(outline: Outline) -> Problem:
    """Tell that a rule cannot be called so."""
    said = f"{outline.document}/{outline.slug}"
    return FilePlace("-").problem(
        "no-slug",
        say(f"规则不能叫“{said}”", f"a rule can't be called {said!r}"),
        expected=say("文件/标识，如 guide/class-size", "document/slug, such as guide/class-size"),
        hint=say(
            "标识用小写字母、数字和连字符，不用汉字；名称另用 --title 写",
            "the slug is of a-z, 0-9 and hyphens; its title is said with --title",
        ),
    )


def unknown_document(id_: str, catalog: Catalog) -> Problem:
    """Tell that there is no such document."""
    return FilePlace("-").problem(
        "unknown-document",
        say(f"没有文件“{id_}”", f"there is no document {id_!r}"),
        hint=did_you_mean(id_, catalog.documents)
        or say(
            "先在规则包里给它写一份 document.yaml，再用 --rules 给出那个文件夹",
            "describe it with a document.yaml first, and name its folder with --rules",
        ),
    )


def no_level(levels: Sequence[Level]) -> Problem:
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


def unaccounted(
    suggestion: Suggestion, outline: Outline, sentence: str, catalog: Catalog
) -> Problem | None:
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
        way = _how_to_go_on(unused, suggestion, sentence, outline.document, catalog)
        return _left_out(unused, way)
    if suggestion.norm is not None:
        return None
    return _no_demand(suggestion.measures, sentence, catalog)


def _left_out(unused: Sequence[tuple[str, int]], way: str) -> Problem:
    """Tell which words the rule would leave out."""
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
        hint=way,
    )


def _how_to_go_on(
    unused: Sequence[tuple[str, int]],
    suggestion: Suggestion,
    sentence: str,
    document: str,
    catalog: Catalog,
) -> str:
    """Say how to go on, the most telling first."""
    texts = [text for text, _ in unused]
    return (
        _of_no_mean(texts)
        or _way_out(texts, catalog, begun=suggestion.norm is not None)
        or _only_introduces(unused, suggestion, sentence)
        or _without_comparator(suggestion, sentence, catalog)
        or _apart(sentence, document, catalog)
        or say(
            "拆成几句各写一条规则；或用 --norm、--timing、--baseline、--only-where 写明",
            "split it into several rules, or say it with --norm, --timing, --baseline, "
            "--only-where",
        )
    )


def _no_demand(measures: Sequence[str], sentence: str, catalog: Catalog) -> Problem:
    """Tell that a sentence demands nothing of a measure that is known."""
    names = "、".join(measures)
    norm = next(filter(None, (_demand_of(each, sentence, catalog) for each in measures)), None)
    hint = say(
        "先在自己的“数据项”表里定义它，再用 --norm 写明；已有的数据项见 features/vocabulary",
        "define the item in a table of items of your own first, then say it with --norm",
    )
    if norm is not None:
        hint = say(
            f"相近的数据项：{names}；说的就是它的，照数据项的名称写明，如 --norm '{norm}'",
            f"similar measures: {names}; if one is meant, say so: --norm '{norm}'",
        )
    elif names:
        hint = say(
            f"相近的数据项：{names}；说的就是它的，把句中的叫法换成它，或用 --norm 写明",
            f"similar measures: {names}; if one is meant, call it so, or say it with --norm",
        )
    return FilePlace("-").problem(
        "no-norm",
        say(
            "从这句话看不出对哪个数据项有什么要求",
            "the sentence does not tell what is demanded of which measure",
        ),
        expected=say("--norm 写明，如 班级人数 应不高于 45人", "say it with --norm"),
        hint=hint,
    )


def _demand_of(name: str, sentence: str, catalog: Catalog) -> str | None:
    """Write the norm of a measure with the one number of a sentence; None if it can't be that."""
    if re.search(rf"每[{NUMERAL}\d]+\s*[名个人]", halfwidth(sentence)):
        return None  # 1间 for every 12 classes is no 1间
    subject = subject_of(halfwidth(name), catalog.vocabulary)
    found = pieces(halfwidth(sentence), {}, {}, ())
    numbers = [each for each in found if each.part is PlanPart.NUMBER]
    limits = {each.value for each in found if each.part in (PlanPart.COMPARATOR, PlanPart.BEHIND)}
    if subject is None or subject.boolean or len(numbers) != 1 or len(limits) > 1:
        return None
    bound = amount(numbers[0], subject)
    asked = next(iter(limits), Comparator.AT_LEAST)
    if bound is None or not isinstance(asked, Comparator):
        return None
    with speaking(Language.ZH):
        return norm_text(ComparesDraft(Phrase(name, _NOWHERE), asked, Phrase(bound, _NOWHERE)))


def _in_condition(words: str, condition: str) -> bool:
    """Tell whether the writer's condition says some words: 民办, and 除外 by its ≠."""
    return words in condition or ("≠" in condition and _EXCEPT.search(words) is not None)


def _of_no_mean(unused: Sequence[str]) -> str | None:
    """Say what to do about an amount for each person, of a measure that is of all of them."""
    if not any(re.match("每名?(?:[生人教]|学(?![年期]))", text) for text in unused):
        return None
    return say(
        "说的是平均每人多少，句中的数据项不是：换成生均、人均的数据项，用 --norm 写明",
        "it says how much for each person, and its measure is no mean: say one with --norm",
    )


def _way_out(unused: Sequence[str], catalog: Catalog, *, begun: bool) -> str | None:
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
    others = [each for each in unused if _is_counted(each, catalog)]
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
    return None


def _is_counted(name: str, catalog: Catalog) -> bool:
    """Tell whether a word names a measure that others may be a share of."""
    slug = catalog.vocabulary.names.get(name)
    return slug is not None and not is_percent(catalog.vocabulary.measure(slug).unit)


def _clauses(sentence: str) -> list[tuple[int, str]]:
    """Part a sentence at its commas: where each clause begins, counted from 1, and its text."""
    return [(found.start() + 1, found[0]) for found in re.finditer("[^，,；;。]+", sentence)]


def _only_introduces(
    unused: Sequence[tuple[str, int]], suggestion: Suggestion, sentence: str
) -> str | None:
    """Say what to do about clauses without a number that may only lead up to the demand."""
    idle = [
        (begin, text)
        for begin, text in _clauses(sentence)
        if not re.search(r"\d", halfwidth(text))
        and any(begin <= at < begin + len(text) for _, at in unused)
    ]
    inside = [any(begin <= at < begin + len(text) for begin, text in idle) for _, at in unused]
    if suggestion.norm is None or not all(inside) or len(idle) == len(_clauses(sentence)):
        return None
    told = "、".join(f"“{text.strip()}”" for _, text in idle)
    return say(
        f"{told}只说做什么的，从 --sentence 里删去再起草；说谁、什么时候、什么条件的，"
        "用 --level、--timing、--only-where 写明",
        f"leave {told} out if it only says what is done; if it says who, when or on which "
        "condition, say so with --level, --timing or --only-where",
    )


def _without_comparator(suggestion: Suggestion, sentence: str, catalog: Catalog) -> str | None:
    """Ask for the comparator of a number that stands there without any."""
    if not any(each[0][:1].isdigit() for each in suggestion.unused):
        return None
    [name] = suggestion.measures
    norm = _demand_of(name, sentence, catalog)
    found = pieces(halfwidth(sentence), {}, {}, ())
    compared = {PlanPart.COMPARATOR, PlanPart.BEHIND, PlanPart.RISE, PlanPart.FALL}
    if norm is None or any(each.part in compared for each in found):
        return None
    return say(
        f"没有说是至少、最多还是正好：用 --norm 写明，如 --norm '{norm}'",
        f"it does not say whether at least, at most or exactly: say it, as in --norm '{norm}'",
    )


def _apart(sentence: str, document: str, catalog: Catalog) -> str | None:
    """Name the clauses of which rules can be written one by one; None where there are not two.

    A time at the beginning is said of each. Where a clause without a number may say of whom the
    others speak, none is named.
    """
    parts = [text.strip() for _, text in _clauses(sentence)]
    dated = bool(parts) and _ONLY_TIME.fullmatch(halfwidth(parts[0])) is not None
    lead, parts = (f"{parts[0]}，", parts[1:]) if dated else ("", parts)
    if any(_MORE_THAN_ITSELF.search(halfwidth(each)) for each in parts):
        return None
    numbered = [each for each in parts if re.search(r"\d", halfwidth(each))]
    idle = [pieces(halfwidth(each), {}, {}, ()) for each in parts if each not in numbered]
    if not all(acts(clause) for found in idle for clause in clauses(found)):
        return None
    readable = [
        each for each in (lead + part for part in numbered) if _reads(each, document, catalog)
    ]
    if len(numbered) < len("12") or not readable:
        return None
    chinese = "、".join(f"“{each}”" for each in readable)
    english = ", ".join(f'"{each}"' for each in readable)
    return say(
        f"拆成几句各写一条规则，这几句可以直接用 --sentence 起草：{chinese}",
        f"split it into several rules; of these each can be written with --sentence: {english}",
    )


def _reads(sentence: str, document: str, catalog: Catalog) -> bool:
    """Tell whether all of a sentence becomes a rule."""
    told = suggest(sentence, document, catalog)
    return told.norm is not None and told.level is not None and not (told.unused or told.undated)
