"""Templates filled for a browser: whatever is filled in is text, and only our own script runs."""

import base64
import hashlib
import json
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

import dabiao
from dabiao.reports import wording
from dabiao.reports.templates.compiled import TEMPLATES, loader, plain_environment
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN, Outcome


def environment() -> Environment:
    """Give what pages are made with."""
    made = plain_environment(loader())
    made.globals |= {
        "say": say,
        "version": dabiao.__version__,
        "phrases": wording,
        "Outcome": Outcome,
        "OPEN": OPEN,
        "asset": asset,
        "policy": policy,
        "as_json": as_json,
    }
    return made


@cache
def asset(*names: str) -> Markup:
    """Read a style sheet, or scripts one after the other, as they stand in the page."""
    return Markup("\n".join((TEMPLATES / name).read_text("utf-8") for name in names))  # noqa: S704 - our own files


def policy(style: Markup, script: Markup) -> str:
    """Say what a browser may do with the page: use this style and this script, and nothing else."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {_hashed(style)}; script-src {_hashed(script)}"
    )


def _hashed(text: str) -> str:
    digest = hashlib.sha256(f"\n{text}\n".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def as_json(value: object) -> Markup:
    r"""Write data for a script, so that nothing in it ends the element it stands in.

    Examples:
        >>> print(as_json(["</script>", 1]))
        ["\u003c/script>",1]
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no longer holds what opens a tag
