"""What is found about rules themselves: mutants, conflicts, and clauses nobody has decided on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TextIO

from dabiao.reports.lists.listings import Listing
from dabiao.reports.numbers import quantity
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import number_of, say

_SHOWN = 40
_Row = Mapping[str, Scalar]
"""One thing of a list, by key."""

_UNTRIED = ("failing", "unproved")
"""Fates of rules whose mutants were not tried, as their own scenarios prove nothing."""


def mutant_listing(mutants: Sequence[_Row]) -> Listing:
    """List mutants, one a row."""
    columns = {
        "fate": say("结果", "fate"),
        "rule": say("规则", "rule"),
        "change": say("改成", "changed to"),
        "file": say("文件", "file"),
        "line": say("行", "line"),
    }
    return Listing(columns, mutants, mutants)


def print_mutants(mutants: Sequence[_Row], file: TextIO) -> None:
    """Print the rules that prove nothing, the mutants no example tells, and the counts."""
    words = {
        "failing": say("自身场景不符", "fails its own scenario"),
        "unproved": say("无场景", "no scenario"),
        "survived": say("没有例子能发现", "no example tells it"),
        "equivalent": say("改了也一样", "changes no verdict"),
    }
    for mutant in mutants:
        if (fate := str(mutant["fate"])) in words:
            told = "" if fate == "unproved" else f": {mutant['change']}"
            named = f"{mutant['rule']} " if fate in _UNTRIED else ""
            file.write(f"{mutant['file']}:{mutant['line']}: {named}{words[fate]}{told}\n")
    counts = Counter(str(mutant["fate"]) for mutant in mutants)
    tried = [mutant for mutant in mutants if mutant["fate"] not in _UNTRIED]
    rules = len({mutant["rule"] for mutant in tried})
    killed, survived, same = (counts[each] for each in ("killed", "survived", "equivalent"))
    failing, unproved = (counts[each] for each in _UNTRIED)
    if failing or unproved:
        told = say(
            f"未试变体的规则：自身场景不符 {failing:,} 条，无场景 {unproved:,} 条",
            f"rules not tried: {failing:,} fail their own scenarios, {unproved:,} have none",
        )
        file.write(f"{told}\n")
    told = say(
        f"{rules:,} 条规则的变体 {len(tried):,} 个："
        f"发现 {killed:,}，幸存 {survived:,}，等价 {same:,}",
        f"{number_of(len(tried), 'mutant')} of {number_of(rules, 'rule')}: "
        f"{killed:,} killed, {survived:,} survived, {same:,} equivalent",
    )
    file.write(f"{told}\n")


def conflict_listing(conflicts: Sequence[_Row]) -> Listing:
    """List pairs of rules that meet, one a row."""
    columns = {
        "label": say("关系", "relationship"),
        "differs": say("不同在", "differs in"),
        "first": say("规则", "rule"),
        "first_title": say("承诺", "commitment"),
        "first_norm": say("要求", "norm"),
        "second": say("另一规则", "other rule"),
        "second_title": say("另一承诺", "other commitment"),
        "second_norm": say("另一要求", "other norm"),
        "by": say("相差", "by"),
        "unit": say("单位", "unit"),
        "line": say("目标表的行", "line of a table"),
        "years": say("年份", "years"),
        "governing": say("以此为准", "governing"),
        "acknowledged": say("已注明", "acknowledged"),
    }
    return Listing(columns, conflicts, conflicts)


def print_conflicts(conflicts: Sequence[_Row], file: TextIO) -> None:
    """Print pairs of rules that meet, the ones that matter most first."""
    for pair in conflicts:
        by = pair["by"]
        apart = quantity(by, str(pair["unit"] or "")) if isinstance(by, int | float) and by else ""
        differs = f"{pair['label']}（{pair['differs']}）", f"{pair['label']} ({pair['differs']})"
        told = [say(*differs) if pair["differs"] else str(pair["label"])]
        told += [say(f"相差{apart}", f"by {apart}") if apart else ""]
        told += [str(pair["line"]), str(pair["years"])]
        if pair["governing"]:
            told.append(say(f"以 {pair['governing']} 为准", f"keep to {pair['governing']}"))
        if pair["acknowledged"]:
            told.append(say("规则里已注明不一致", "the rules say so"))
        file.write(say("　", "  ").join(each for each in told if each) + "\n")
        for which in ("first", "second"):
            of = f"{pair[f'{which}_title']}（{pair[which]}）"
            en = f"{pair[f'{which}_title']} ({pair[which]})"
            norm = pair[f"{which}_norm"]
            file.write("    " + say(f"{of}：{norm}", f"{en}: {norm}") + "\n")
    file.write(say(f"共 {len(conflicts):,} 对\n", f"{number_of(len(conflicts), 'pair')}\n"))


def clause_listing(columns: Mapping[str, str], clauses: Sequence[_Row]) -> Listing:
    """List clauses of a policy text, one a row."""
    return Listing(columns, clauses, clauses)


def print_clauses(clauses: Sequence[_Row], summary: str, file: TextIO) -> None:
    """Print the clauses that nobody has decided on, the rules that have none, and the count."""
    for clause in clauses:
        if clause["status"] != "open":
            continue
        file.write(f"{clause['line']}: {clause['place']}  [{clause['fingerprint']}]\n")
        file.write(f"    {_shortened(str(clause['text']))}\n")
        if clause["suggestions"]:
            file.write(f"    {say('可能是：', 'perhaps: ')}{clause['suggestions']}\n")
        if clause["reason"]:
            file.write(f"    {say('但是：', 'but: ')}{clause['reason']}\n")
    without = [clause for clause in clauses if clause["status"] == "no_clause"]
    if without:
        file.write(say("没有找到对应句子的规则：\n", "rules that no sentence was found for:\n"))
    for clause in without:
        file.write(f"    {clause['rules']}  {clause['text']}  [{clause['place']}]\n")
    file.write(f"{summary}\n")


def _shortened(text: str) -> str:
    """Shorten a sentence to what fits on a screen; its place and line lead to the whole of it."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
