"""What is wrong with a pack although every sentence in it can be read."""

import re
from collections.abc import Collection, Iterator

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Changes, Span
from dabiao.rules.catalog.roll_ups import named_tags, rolled_up, tagged
from dabiao.rules.language.draft import Phrase
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.personal import asks_for_person
from dabiao.schemas.problem import Problem

_VAGUE = re.compile(r"左右|基本|大约|大概|约(?=\s*\d)|上下浮动|about|roughly|approximately")
_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')


def vague_words(step: Phrase) -> Iterator[Problem]:
    """Find words that leave a quantity open; quoted text is somebody else's and may be vague."""
    for found in _vague(step):
        yield step.problem(
            "vague-quantity",
            say(f"“{found[0]}”说不清界线", f"{found[0]!r} leaves the bound open"),
            offset=found.start(),
            expected=say("一个确定的数", "a definite number"),
            hint=say(
                "定一个读法并写在规则说明里，如“80%左右”按不低于80%",
                "choose a reading and state it in the rule's description",
            ),
        )


def personal(name: Phrase) -> Iterator[Problem]:
    """Refuse what asks for single persons; a rule is about places, schools and classes."""
    if asks_for_person(name.text):
        yield name.problem(
            "personal-data",
            say(f"“{name.text}”要的是个人信息", f"{name.text!r} asks for personal data"),
            hint=say("改成人数、比例一类的数", "ask for a number or a share of people instead"),
        )


def definite(step: Phrase) -> Phrase:
    """Leave the vague words out of a step, as they were told of; all else stands where it was."""
    text = step.text
    for found in _vague(step):
        text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return Phrase(text.rstrip(), step.spot)


def _vague(step: Phrase) -> Iterator[re.Match[str]]:
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), step.text)
    return _VAGUE.finditer(bare)


def check_catalog(
    catalog: Catalog, left_out: Collection[str], rules: Collection[str]
) -> Iterator[Problem]:
    """Check what only the whole pack can tell: references, tags, baselines, circles.

    Args:
        catalog: The pack.
        left_out: Tags and slugs of rules that an error kept from being read.
        rules: Ids of the rules to check.
    """
    for rule in (catalog.rules[id_] for id_ in sorted(rules) if id_ in catalog.rules):
        yield from _contradictions(rule, catalog, left_out)
        yield from _tags(rule, catalog, left_out)
        yield from _circle(rule, catalog)
        norm = rule.norm
        if isinstance(norm, Changes) and norm.span is Span.ANNUALISED and rule.baseline is None:
            yield rule.spot.problem(
                "no-baseline",
                say("年均变化没有基期", "a yearly average needs a baseline"),
                say("加一句：基期2020年", "add: the baseline is 2020"),
            )


def _circle(rule: Rule, catalog: Catalog) -> Iterator[Problem]:
    """Find a rule over verdicts that rests on its own, be it by way of others."""
    seen: set[str] = set()
    waiting = list(rolled_up(rule, catalog))
    while waiting:
        id_ = waiting.pop()
        if id_ == rule.id:
            yield rule.spot.problem(
                "circular-rule",
                say(f"{id_} 的结论要看它自己的结论", f"{id_} rests on its own verdict"),
                say(
                    "换一个标签；规则自己的标识也算标签",
                    "name another tag; a rule's own slug is a tag too",
                ),
            )
            return
        if id_ not in seen:
            seen.add(id_)
            waiting += rolled_up(catalog.rules[id_], catalog)


def _contradictions(rule: Rule, catalog: Catalog, left_out: Collection[str]) -> Iterator[Problem]:
    for other in rule.contradicts:
        if other not in catalog.rules and other.rpartition("/")[2] not in left_out:
            yield rule.spot.problem(
                "unknown-rule",
                say(
                    f"“不一致”提到的规则 {other} 不存在", f"there is no rule {other} to contradict"
                ),
                did_you_mean(other, catalog.rules),
            )


def _without_mark(tag: str) -> str | None:
    """Tell that a tag begins with @, where it doesn't."""
    return None if "@" in tag else say(f'标签前面写 @："@{tag}"', f'a tag begins with @: "@{tag}"')


def _tags(rule: Rule, catalog: Catalog, left_out: Collection[str]) -> Iterator[Problem]:
    for level, tag in sorted(named_tags(rule, catalog)):
        if tag.rpartition("@")[2] not in left_out and not tagged(
            level, tag, rule.document.id, catalog
        ):
            known = sorted(
                {
                    f"@{each}"
                    for (document, each), ids in catalog.tagged.items()
                    if document == rule.document.id
                    and any(catalog.rules[id_].level is level for id_ in ids)
                }
            )
            yield rule.spot.problem(
                "unknown-tag",
                say(
                    f"没有考核{level.zh}的规则带标签 {tag}",
                    f"no rule about a {level.value} carries the tag {tag}",
                ),
                did_you_mean(tag, known)
                or _without_mark(tag)
                or say(
                    '别的文件的标签写作 "文件/@标签"',
                    'write "document/@tag" for another document\'s',
                ),
            )
