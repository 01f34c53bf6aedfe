"""A template filled in once for trial, so that what can't be worked out is named with its place.

What a template's tags are is read by ``faults``; some mistakes show only when a tag meets
its values: a text that is divided, the hundredth of three. So all tags are carried out in the order
of their paragraphs, each remembered before its turn. The one that fails is named and left out, and
the trial begins again, so that all of them are told at once.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from dabiao.reports.letter.templates.places import TemplateParagraph
from dabiao.schemas.language import say

_CONTROL = re.compile(r"^\{%\s*(?:p|tr|tc|r)?(?:-|\+)?\s+(.*?)\s*-?%\}$", re.DOTALL)
_PRINTED = re.compile(r"^\{\{\s*(?:r\s)?")
_LOOP = re.compile(r"^(for\s+.+?\s+in\s).*$", re.DOTALL)
_SET = re.compile(r"^(set\s+\w+\s*=).*$", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_HERE = "tag_of_the_trial"
_MOST = 20


def template_environment() -> SandboxedEnvironment:
    """Give what templates are carried out in: no field may be missing, nothing unsafe is done."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def trial_faults(
    part: Sequence[TemplateParagraph], values: Mapping[str, Any]
) -> list[tuple[int, str]]:
    """Name the tags of a part that can't be worked out, each with the index of its paragraph.

    Args:
        part: The paragraphs of the part, in order.
        values: What the template is filled in with.
    """
    tags = [
        (at, tag.translate(_QUOTES))
        for at, paragraph in enumerate(part)
        for tag in paragraph.tags
        if not tag.startswith("{#")
    ]
    left_out: set[int] = set()
    found = []
    while len(left_out) < _MOST:
        reached = [0]

        def here(tag: int, reached: list[int] = reached) -> str:
            reached[0] = tag
            return ""

        text = "".join(
            _tried(tag, turn, left_out=turn in left_out) for turn, (_, tag) in enumerate(tags)
        )
        try:
            template_environment().from_string(text).render(values, **{_HERE: here})
        except TemplateSyntaxError:
            break  # which is told where the tags are read
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            turn = reached[0]
            if turn in left_out:  # nothing that a tag does
                break
            left_out.add(turn)
            at, tag = tags[turn]
            found.append((at, f"{tag} {_why(error)}"))
        else:
            break
    return sorted(found)


def _tried(tag: str, turn: int, *, left_out: bool) -> str:
    """Give a tag that is remembered before its turn, or what stands for one that is left out."""
    here = f"{{{{ {_HERE}({turn}) }}}}"
    control = _CONTROL.match(tag)
    if control is None:
        return "" if left_out else here + _PRINTED.sub("{{ ", tag)
    words = control[1]
    kind, _, rest = words.partition(" ")
    if kind in ("if", "elif"):
        test = "false" if left_out else f"{_HERE}({turn}) or ({rest})"
        return f"{{% {kind} {test} %}}"
    if kind not in ("for", "set"):
        return f"{{% {words} %}}"
    if left_out:
        words = _SET.sub(r"\1 ''", _LOOP.sub(r"\1 []", words))
    return f"{here}{{% {words} %}}"


def _why(error: Exception) -> str:
    """Say in plain words what can't be done."""
    match error:
        case SecurityError():
            return say("不允许这样写", "does what is not allowed")
        case UndefinedError():
            return say("取的那一条或那一项没有", f"takes what is not there ({error.message})")
        case ZeroDivisionError():
            return say("除数是 0，算不出", "divides by 0")
        case TypeError() if "callable" in str(error):
            return say(
                "不是能调用的：去掉括号", "calls what is no function: leave out the brackets"
            )
        case TypeError() if "positional" in str(error) or "keyword" in str(error):
            return say("过滤器的参数不对", f"gives a filter what it does not take ({error})")
        case TypeError():
            return say(
                "算不出：文字不能和数一起算、比较，先写 |int 或 |float",
                "can't be worked out: a text is no number to reckon or compare with; write |int or"
                f" |float first ({error})",
            )
        case _:
            return say(f"算不出：{error}", f"can't be worked out: {error}")
