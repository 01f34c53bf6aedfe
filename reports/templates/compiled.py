"""Templates compiled beforehand, so that who fills one need not read it first.

To read the template of a page and make a program of it takes longer than to fill it. So a wheel
brings the programs along, and an editable install makes them in the clone (``hatch_build.py``).
They lie beside this module, are trusted as it is, and are found by a hash over the templates, this
module and the version of Jinja: whatever changes, the old ones are simply never found again, and
templates are read as they stand.

The hook that makes them runs where nothing of ours is installed: this module needs Jinja alone.
"""

import hashlib
from pathlib import Path

import jinja2
from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

TEMPLATES = Path(__file__).parent
PREFIX = ".compiled-"
"""Begins the name of the folder; no tool takes what begins with a dot for code to be looked at."""
_SUFFIX = ".jinja"


def plain_environment(loader: BaseLoader) -> Environment:
    """Give what templates are compiled in: what is filled in is text and must be there."""
    return Environment(
        loader=loader,
        autoescape=True,
        optimized=False,  # what is filled once is not worth a search for constants
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def loader(folder: Path = TEMPLATES) -> BaseLoader:
    """Give what loads the templates of a folder: compiled, or as they stand."""
    made = folder / _name(folder)
    return ModuleLoader(made) if made.is_dir() else FileSystemLoader(folder)


def compile_templates(folder: Path = TEMPLATES, into: Path | None = None) -> Path:
    """Compile the templates of a folder.

    Args:
        folder: The folder.
        into: Where the folder of what is compiled is made; beside them if nothing is said.

    Returns:
        That folder, which is there only if all of them were compiled.
    """
    made = (into or folder) / _name(folder)
    unfinished = made.with_name(f"{made.name}-unfinished")
    plain_environment(FileSystemLoader(folder)).compile_templates(
        unfinished, zip=None, filter_func=lambda name: name.endswith(_SUFFIX)
    )
    return unfinished.rename(made)


def _name(folder: Path) -> str:
    """Name the folder of what the templates of a folder are compiled to."""
    known = hashlib.sha256(jinja2.__version__.encode())
    for path in (Path(__file__), *sorted(folder.glob(f"*{_SUFFIX}"))):
        told = path.read_bytes()
        known.update(f"\n{path.name} {len(told)}\n".encode() + told)
    return PREFIX + known.hexdigest()[:16]  # paths are short in some systems
