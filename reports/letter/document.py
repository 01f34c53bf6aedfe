"""A letter as a Word document: a template, filled in."""

import io
import re
from collections.abc import Iterable
from difflib import get_close_matches
from zipfile import BadZipFile

from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.letter.content import letter
from dabiao.reports.letter.fields import (
    CASE,
    COUNT,
    LETTER,
    OVERDUE,
    OWED,
    PROBLEM,
    SCHOOL,
    STANDING,
    TABLE,
)
from dabiao.reports.outputs import OutputError
from dabiao.reports.tables.writing import undated
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_LIKE = 0.5
"""How alike two names are of which one may be meant for the other."""
_QUOTED = re.compile(r"'([^']*)'")
_LONGEST = 60
"""Characters of a template's text that are told where it has a mistake."""


def letter_bytes(run: Run, circumstances: Circumstances) -> bytes:
    """Write a run as a letter.

    Args:
        run: What it tells of, narrowed to whom it goes to.
        circumstances: What is known beside the run.

    Raises:
        OutputError: The template has a mistake.
    """
    from docxtpl import DocxTemplate

    from dabiao.reports.letter.built_in import built_in

    template = circumstances.template
    source = built_in() if template is None else template
    filled = io.BytesIO()
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document = DocxTemplate(io.BytesIO(source))
        document.render(letter(run, circumstances), environment, autoescape=True)
        document.save(filled)
    except TemplateError as error:
        raise _mistake(error) from error
    except (BadZipFile, KeyError, ValueError, SyntaxError, TypeError, ArithmeticError) as error:
        if template is None:
            raise
        raise OutputError(
            say(
                f"模板填不进去：{error}；检查 {{%p …%}}、{{%tr …%}} 是否独占一段、一行，有没有成对",
                f"the template can't be filled in: {error}; see that each {{%p …%}} and"
                " {%tr …%} has a paragraph or row of its own, and its end",
            )
        ) from error
    return undated(filled)


def _mistake(error: TemplateError) -> OutputError:
    """Tell what is wrong with a template, and beside which words of it."""
    near = _near(getattr(error, "docx_context", ()))
    place = say(f"，在“{near}”附近", f", near “{near}”") if near else ""
    match error:
        case TemplateSyntaxError():
            what = say("写法有误", "is written wrongly")
        case UndefinedError():
            return _no_field(str(error.message))
        case SecurityError():
            what = say("用了不允许的写法", "does what is not allowed")
        case _:
            what = say("有误", "has a mistake")
    return OutputError(
        say(
            f"模板{what}{place}：{error.message}；写法见 docs/letter.zh-CN.md",
            f"the template {what}{place}: {error.message}; see docs/letter.zh-CN.md",
        )
    )


def _no_field(message: str) -> OutputError:
    """Tell of a field that does not exist, and which one was meant."""
    name = ([message, *_QUOTED.findall(message)])[-1]
    fields = (LETTER, COUNT, STANDING, PROBLEM, OWED, CASE, OVERDUE, SCHOOL, TABLE)
    known = [each for names in fields for pair in names.items() for each in pair]
    close = get_close_matches(name, known, n=1, cutoff=_LIKE)
    hint = say(f"；是不是 {close[0]}？", f"; did you mean {close[0]}?") if close else ""
    return OutputError(
        say(
            f"模板用了没有的字段 {name}{hint or '；'}字段见 docs/letter.zh-CN.md",
            f"the template uses a field that does not exist, {name}{hint or ';'}"
            " docs/letter.zh-CN.md lists them",
        )
    )


def _near(lines: Iterable[str]) -> str:
    said = [line.strip() for line in lines]
    text = " ".join(line for line in said if "{{" in line or "{%" in line)
    return text[:_LONGEST]
