"""The language people are spoken to in: Chinese unless asked otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Literal


class Language(StrEnum):
    """A language that messages, reports and tables can be written in."""

    ZH = "zh"
    EN = "en"


_language: ContextVar[Language] = ContextVar("language", default=Language.ZH)


def language() -> Language:
    """Tell which language is spoken now."""
    return _language.get()


def say(zh: str, en: str) -> str:
    """Choose between two wordings of one text.

    Both stand side by side in the code, so that neither can be changed without seeing the other.
    """
    return zh if _language.get() is Language.ZH else en


def number_of(count: int, noun: str) -> str:
    """Write in English how many there are of something that takes an s.

    Examples:
        >>> number_of(1, "rule"), number_of(1042, "rule")
        ('1 rule', '1,042 rules')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def speak(chosen: Language) -> None:
    """Speak this language from now on, in this context."""
    _language.set(chosen)


@contextmanager
def speaking(chosen: Language | Literal["zh", "en"]) -> Iterator[None]:
    """Speak this language for the length of a block.

    Args:
        chosen: The language, or ``"zh"`` or ``"en"``.

    Raises:
        ValueError: It is neither.
    """
    token = _language.set(Language(chosen))
    try:
        yield
    finally:
        _language.reset(token)
