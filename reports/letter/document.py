"""A letter as a Word document: a template, filled in."""

import io
from collections.abc import Iterable
from zipfile import BadZipFile

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.letter.content import letter
from dabiao.reports.letter.fields import Values
from dabiao.reports.letter.templates.faults import template_faults
from dabiao.reports.letter.templates.rehearsal import template_environment
from dabiao.reports.outputs import OutputError
from dabiao.reports.tables.writing import undated
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_PAGE = "docs/letter.zh-CN.md"
_MOST = 20
"""Mistakes of a template that are told."""
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
    filled = io.BytesIO()
    values = letter(run, circumstances)
    if template is not None:
        _check(template, values)
    try:
        document = DocxTemplate(io.BytesIO(built_in(values) if template is None else template))
        document.render(values, template_environment(), autoescape=True)
        document.save(filled)
    except TemplateError as error:
        raise _mistake(error) from error
    except (KeyError, ValueError, SyntaxError, TypeError, ArithmeticError) as error:
        if template is None:
            raise
        raise OutputError(
            say(
                f"模板填不进去：{error}；检查各个标签的写法，见 {_PAGE}",
                f"the template can't be filled in: {error}; see {_PAGE}",
            )
        ) from error
    return undated(filled)


def _check(template: bytes, values: Values) -> None:
    """Refuse a template that is no Word document, or has mistakes; all of them are told.

    Raises:
        OutputError: It is none, or has some.
    """
    import docx

    try:
        document = docx.Document(io.BytesIO(template))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise OutputError(
            say(
                "模板不是能打开的 Word 文档；在 Word 中打开，另存为 .docx（不加密码）",
                "the template is no Word document that can be opened; open it in Word and save it"
                " as .docx, without a password",
            )
        ) from error
    faults = template_faults(document, values)
    if faults:
        told = [say(f"模板有 {len(faults)} 处错：", f"mistakes in the template: {len(faults)}")]
        told += [f"  {each}" for each in faults[:_MOST]]
        if len(faults) > _MOST:
            told.append(say(f"  …… 共 {len(faults)} 处", f"  … {len(faults)} in all"))
        told.append(say(f"字段和写法见 {_PAGE}", f"{_PAGE} lists the fields"))
        raise OutputError("\n".join(told))


def _mistake(error: TemplateError) -> OutputError:
    """Tell what is wrong with a template that is written as it should be."""
    near = _near(getattr(error, "docx_context", ()))
    place = say(f"，在“{near}”附近", f", near “{near}”") if near else ""
    match error:
        case UndefinedError():
            what = say("用了没有的字段", "uses a field that does not exist")
        case SecurityError():
            what = say("用了不允许的写法", "does what is not allowed")
        case _:
            what = say("有误", "has a mistake")
    return OutputError(
        say(
            f"模板{what}{place}：{error.message}；写法见 {_PAGE}",
            f"the template {what}{place}: {error.message}; see {_PAGE}",
        )
    )


def _near(lines: Iterable[str]) -> str:
    said = [line.strip() for line in lines]
    text = " ".join(line for line in said if "{{" in line or "{%" in line)
    return text[:_LONGEST]
