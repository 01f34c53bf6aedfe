"""Templates that people bring, and whether letters can be written at all."""

from importlib.util import find_spec
from pathlib import Path

from dabiao.intake.limits import read_bounded
from dabiao.reports.outputs import OutputError
from dabiao.schemas.language import say
from dabiao.schemas.letter import LetterKind

_LARGEST = 20_000_000
"""Bytes of a template that is still one."""


def check_letters(kind: LetterKind | None, *, addressed: bool) -> None:
    """Refuse to write letters that can't be written, before any work is done for them.

    Args:
        kind: What is to be written; None for what fits whom it goes to.
        addressed: Whether it is known to whom the letter goes.

    Raises:
        OutputError: The libraries for it are not installed, or the letter is to nobody.
    """
    if find_spec("docxtpl") is None:
        raise OutputError(
            say(
                '写 .docx 要另装组件：python -m pip install "dabiao[word]"；'
                "也可以写 .html 或 .xlsx",
                'writing .docx needs an extra: python -m pip install "dabiao[word]";'
                " .html and .xlsx need none",
            )
        )
    if kind is not None and kind.addressed and not addressed:
        raise OutputError(
            say(
                f"{kind.label}要写给一个旗县、学校或单位；加 --area 东胜区 或 --unit 市教育体育局",
                f"a {kind.label} goes to one county, school or unit; add --area or --unit",
            )
        )


def read_template(path: Path) -> bytes:
    """Read a template.

    Raises:
        OutputError: It can't be read, or is no Word document.
    """
    try:
        content = read_bounded(path, _LARGEST)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        raise OutputError(
            say(
                f"不能读取模板 {path}：{explain_os(error)}",
                f"the template {path} can't be read: {explain_os(error)}",
            )
        ) from error
    if path.suffix.lower() != ".docx" or not content.startswith(b"PK"):
        raise OutputError(
            say(
                f"模板 {path} 不是 .docx 文件；在 Word 中另存为 .docx（旧的 .doc 不行）",
                f"the template {path} is no .docx file; save it as .docx in Word",
            )
        )
    return content
