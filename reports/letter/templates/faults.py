"""What is wrong with a template that somebody brings, all at once, each with its place."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from dabiao.reports.letter.fields import (
    CASE,
    COUNT,
    GOALS,
    LETTER,
    OVERDUE,
    OWED,
    PROBLEM,
    SCHOOL,
    STANDING,
    TABLE,
)
from dabiao.reports.letter.templates.places import TemplateParagraph, template_parts
from dabiao.reports.letter.templates.rehearsal import trial_faults
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from docx.document import Document

_LIKE = 0.5
"""How alike two names are of which one may be meant for the other."""
_TAG = re.compile(r"^\{%\s*(p|tr|tc|r)?(?:-|\+)?\s+(.*?)\s*-?%\}$", re.DOTALL)
_WIDE = re.compile(r"｛\s*[｛%％]|\{\s+\{|\{\s*％")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_CLOSES = {"endfor": "for", "endif": "if"}
_ROWS = ("tr", "tc")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a name stands for.

    Attributes:
        many: Whether it is a list.
        fields: The fields of it, or of each of many; None where it is a text.
    """

    many: bool = False
    fields: Mapping[str, str] | None = None


_TEXT, _TEXTS = _Kind(), _Kind(many=True)
_LISTS: Mapping[str, _Kind] = {
    "documents": _TEXTS,
    "achievements": _TEXTS,
    "cautions": _TEXTS,
    "unlisted": _TEXTS,
    "counts": _Kind(many=True, fields=COUNT),
    "by_year": _Kind(many=True, fields=STANDING),
    "period": _TEXTS,
    "indicators": _Kind(many=True, fields=TABLE),
    "outlook": _Kind(many=True, fields=GOALS),
    "goals": _TEXTS,
    "topics": _Kind(many=True, fields=STANDING),
    "places": _Kind(many=True, fields=STANDING),
    "problems": _Kind(many=True, fields=PROBLEM),
    "annex": _Kind(many=True, fields=PROBLEM),
    "owed": _Kind(many=True, fields=OWED),
    "tables": _Kind(many=True, fields=TABLE),
    "cases": _Kind(many=True, fields=CASE),
    "overdue": _Kind(many=True, fields=OVERDUE),
    "schools": _Kind(many=True, fields=SCHOOL),
    "present": _TEXTS,
    "remedy": _TEXTS,
    "data": _TEXTS,
    "headings": _TEXTS,
    "rows": _Kind(many=True, fields=None),
}
"""The fields that are many, by their English names."""
_ONE_TEXT = (CASE,)
"""Records in which a field of the name of a list is one text all the same."""


def template_faults(document: "Document", values: Mapping[str, Any]) -> list[str]:
    """Name what is wrong with a template, each with its place; empty where nothing is.

    Args:
        document: The template.
        values: What it is filled in with, which shows what can't be worked out.
    """
    told = []
    for part in template_parts(document):
        found = list(_Part().faults(part))
        known = {at for at, _ in found}
        found += [fault for fault in trial_faults(part, values) if fault[0] not in known]
        told += [
            part[at].named + say("：", ": ") + fault
            for at, fault in sorted(found, key=itemgetter(0))
        ]
    return told


class _Part:
    """Reads one part from its beginning to its end."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._part: list[TemplateParagraph] = []
        self._reader = Environment(autoescape=True)
        self._scopes = [dict.fromkeys(self._reader.globals) | _kinds(LETTER)]

    def faults(self, paragraphs: list[TemplateParagraph]) -> Iterator[tuple[int, str]]:
        """Yield what is wrong, each with the index of its paragraph."""
        self._part = paragraphs
        for at in range(len(paragraphs)):
            for fault in self._of(at):
                yield at, fault
        for word, at in self._open:
            yield (
                at,
                say(
                    f"{{% {word} … %}} 没有对应的 {{% end{word} %}}",
                    f"{{% {word} … %}} has no {{% end{word} %}}",
                ),
            )

    def _of(self, at: int) -> Iterator[str]:
        paragraph = self._part[at]
        yield from _braces(paragraph)
        if sum(tag.startswith("{%p") for tag in paragraph.tags) > 1:
            yield say(
                "一段里只能有一个 {%p … %}，各占一段",
                "a paragraph has room for one {%p … %}: give each its own",
            )
        for tag in paragraph.tags:
            if tag.startswith("{#"):
                continue
            found = _TAG.match(tag)
            if found is None:
                yield from self._read(re.sub(r"^\{\{r\s", "{{ ", tag).translate(_QUOTES))
                continue
            kind, words = found[1], found[2].translate(_QUOTES)
            if kind in _ROWS and not paragraph.in_table:
                yield say(
                    f"{tag} 不在表格里；段落用 {{%p … %}}",
                    f"{tag} stands outside any table; a paragraph has {{%p … %}}",
                )
            if kind == "p" and paragraph.rest.strip():
                yield say(
                    f"{tag} 要独占一段，同段的“{paragraph.rest.strip()}”会丢失",
                    f"{tag} needs a paragraph of its own: “{paragraph.rest.strip()}” would be lost",
                )
            yield from self._steer(words, at)

    def _steer(self, words: str, at: int) -> Iterator[str]:
        """Follow a tag that steers."""
        word = words.partition(" ")[0]
        if word in ("for", "if"):
            self._open.append((word, at))
            self._scopes.append(dict(self._scopes[-1]))
            yield from self._read(f"{{% {words} %}}{{% end{word} %}}")
        elif word in _CLOSES:
            opened = self._open[-1][0] if self._open else None
            if opened != _CLOSES[word]:
                begun = "" if opened is None else self._part[self._open[-1][1]].named
                yield (
                    say(f"{{% {word} %}} 前面没有开头", f"{{% {word} %}} ends nothing")
                    if opened is None
                    else say(
                        f"应先有 {{% end{opened} %}}：还没有结束{begun}",
                        f"{{% end{opened} %}} must come first, for {begun}",
                    )
                )
            if opened is not None:
                self._open.pop()
                self._scopes.pop()
        elif word in ("elif", "else") and not self._open:
            yield say(
                f"{{% {word} %}} 前面没有 {{% if … %}}",
                f"{{% {word} %}} has no {{% if … %}} before",
            )
        elif word == "elif":
            yield from self._read(f"{{% if {words[len(word) :]} %}}{{% endif %}}")
        elif word == "set":
            yield from self._read(f"{{% {words} %}}")
        elif word != "else":
            yield say(
                f"不认识 {{% {words} %}}；可用 for、if、elif、else、set",
                f"{{% {words} %}} is not known; there are for, if, elif, else, set",
            )

    def _read(self, text: str) -> Iterator[str]:
        """Read a tag, with an end for what it begins."""
        try:
            tree = self._reader.parse(text)
        except TemplateSyntaxError as error:
            shown = text.partition("%}{%")[0]
            shown = shown if shown == text else f"{shown}%}}"
            yield say(f"{shown} 写法有误", f"{shown} is written wrongly") + _meant(shown, error)
            return
        for node in tree.body:
            match node:
                case nodes.For():
                    yield from self._loop(node)
                case nodes.Assign():
                    yield from self._expression(node.node)
                    if isinstance(node.target, nodes.Name):
                        self._scopes[-1][node.target.name] = self._kind(node.node)
                case nodes.If():
                    yield from self._expression(node.test)
                case nodes.Output():
                    yield from self._expression(node)
                    for printed in node.nodes:
                        yield from self._printed(printed)
                case _:
                    yield from self._expression(node)

    def _loop(self, node: nodes.For) -> Iterator[str]:
        yield from self._expression(node.iter)
        over, name = self._kind(node.iter), _name(node.iter)
        if over is not None and not over.many:
            yield say(
                f"“{name}”只有一条，不能用 for；直接写 {{{{ … }}}}",
                f"{name} is one text and no list; write {{{{ … }}}}",
            )
        each = None if over is None or not over.many else _Kind(fields=over.fields)
        if name in ("rows", "各行"):  # each of them is many cells
            each = _TEXTS
        for target in (node.target, *node.target.find_all(nodes.Name)):
            if isinstance(target, nodes.Name):
                self._scopes[-1][target.name] = each
        self._scopes[-1]["loop"] = None
        if node.test is not None:
            yield from self._expression(node.test)

    def _printed(self, node: nodes.Node) -> Iterator[str]:
        """Refuse to print what is no text: nobody wants to read a record as a program has it."""
        joined = isinstance(node, nodes.Filter) and node.name == "join" and not node.kwargs
        inner = node.node if isinstance(node, nodes.Filter) and joined else node
        of = None if inner is None else self._kind(inner)
        if inner is None or of is None or (of.fields is None and (joined or not of.many)):
            return
        name = _name(inner)
        if of.many:
            yield say(
                f"“{name}”有许多条，不能直接写出；用 for 逐条取",
                f"{name} is a list, which can't be printed; take each of it by for",
            )
        elif of.fields is not None:
            field = next(zh if language() is Language.ZH else key for key, zh in of.fields.items())
            yield say(
                f"“{name}”是一条记录，要写明哪一项，如 {name}.{field}",
                f"{name} is a record; say which field of it, such as {name}.{field}",
            )

    def _expression(self, node: nodes.Node) -> Iterator[str]:
        """Look up every field that is named."""
        for each in (node, *node.find_all(nodes.Node)):
            match each:
                case nodes.Name(name=str(name), ctx="load"):
                    if name not in self._scopes[-1]:
                        yield _unknown(name, self._scopes[-1])
                case nodes.Filter(name=str(name)):
                    if name not in self._reader.filters:
                        yield say(f"没有过滤器“{name}”", f"there is no filter {name}")
                case nodes.Getattr(node=inner, attr=str(attr)):
                    yield from self._part_of(inner, attr)
                case nodes.Getitem(node=inner, arg=nodes.Const(value=str(attr))):
                    yield from self._part_of(inner, attr)
                case _:
                    pass

    def _part_of(self, inner: nodes.Node, attr: str) -> Iterator[str]:
        """Look up a field of what an expression stands for."""
        of, name = self._kind(inner), _name(inner)
        if attr.startswith("_"):
            yield say(f"不允许“.{attr}”", f".{attr} is not allowed")
        elif of is None:
            return
        elif of.many and of.fields is not None:
            yield say(
                f"“{name}”有许多条，要先写 for 逐条取，才有“{attr}”",
                f"{name} is a list: only each of a for has {attr}",
            )
        elif of.fields is not None and attr not in (known := _kinds(of.fields)):
            yield _unknown(f"{name}.{attr}", known)
        elif of == _TEXT and not hasattr(str, attr):
            yield say(f"“{name}”是一句话，没有“{attr}”", f"{name} is a text and has no {attr}")

    def _kind(self, node: nodes.Node) -> _Kind | None:
        """Tell what an expression stands for; None where that is not known."""
        match node:
            case nodes.Name(name=str(name)):
                return self._scopes[-1].get(name)
            case nodes.Getattr(node=inner, attr=str(attr)):
                of = self._kind(inner)
                if of is None or of.fields is None or of.many:
                    return None
                return _kinds(of.fields).get(attr)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=int())):
                of = self._kind(inner)
                return _Kind(fields=of.fields) if of is not None and of.many else None
            case _:
                return None


def _meant(shown: str, error: TemplateSyntaxError) -> str:
    """Say what a tag that can't be read was probably meant to be."""
    words = shown.strip("{%} ")
    if re.match(r"(p|tr|tc)(for|if|end|el)", words):
        return say("：p、tr、tc 后面要有空格", ": a space goes after p, tr and tc")
    if not words:
        return say("：花括号里没有字段", ": no field stands between the braces")
    if words.startswith("for ") and " in " not in words:
        return say("：应为 {% for 一条 in 许多条 %}", ": write {% for one in list %}")
    if re.search(r"[^=!<>]=[^=]", words) and words.startswith(("if ", "elif ")):
        return say("：比较是否相等用 ==", ": == compares")
    return "" if error.message is None else say(f"（{error.message}）", f" ({error.message})")


def _braces(paragraph: TemplateParagraph) -> Iterator[str]:
    """Yield braces that are not what they should be."""
    rest = paragraph.rest
    for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
        if opening in rest:
            yield say(
                f"“{opening}”没有对应的“{closing}”；一个字段要写在一段里",
                f"“{opening}” has no “{closing}”; a field stands in one paragraph",
            )
        elif closing in rest:
            yield say(
                f"“{closing}”前面没有“{opening}”", f"“{closing}” has no “{opening}” before it"
            )
    if wide := _WIDE.search(rest):
        yield say(
            f"“{wide[0]}”不是半角的花括号；写成 {{{{ 字段 }}}}",
            f"“{wide[0]}” are not the right braces; write {{{{ field }}}}",
        )


def _kinds(fields: Mapping[str, str]) -> dict[str, _Kind | None]:
    """Give what each field is, by both of its names."""
    found: dict[str, _Kind | None] = {}
    for key, zh in fields.items():
        kind = _TEXT if fields in _ONE_TEXT else _LISTS.get(key, _TEXT)
        found[key] = found[zh] = kind
    return found


def _unknown(name: str, known: Mapping[str, Any]) -> str:
    """Tell of a field that does not exist, and which one was meant."""
    last = name.rpartition(".")[2]
    close = get_close_matches(last, list(known), n=1, cutoff=_LIKE)
    hint = say(f"；是不是 {close[0]}？", f"; did you mean {close[0]}?") if close else ""
    return say(f"没有字段“{name}”{hint}", f"there is no field {name}{hint}")


def _name(node: nodes.Node) -> str:
    match node:
        case nodes.Name(name=str(name)):
            return name
        case nodes.Getattr(attr=str(attr)):
            return attr
        case nodes.Getitem(node=inner):
            return _name(inner)
        case _:
            return "…"
