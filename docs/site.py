"""Hooks of the site: pages of the repository's top level join those of docs/, and links lead on.

A link to a file that is no page of the site (a folder of rules, a notebook) is printed as what it
says, since a reader of the site has no repository beside it.
"""

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

_TOP = Path(__file__).parent.parent
_PAGES = {
    "README.zh-CN.md": "index.md",
    "README.md": "english.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
}
"""Pages of the top level, and what they are called in the site."""

_NAMED_BLOCK = re.compile(r"^(?P<fence> *```\w+) +(?P<file>[^\s{\"][^\"\n]*)$", re.MULTILINE)
"""A block of code that says which file it is: ```csv 班级.csv"""

_LINK = re.compile(r"(?P<picture>!?)\[(?P<said>[^\]]+)\]\((?P<to>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


@event_priority(-100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let search work in pages opened as files by a script of our own, where none is fetched."""
    config.extra["polyfills"] = [ExtraScriptValue("assets/file-worker.js")]
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Bring in the pages of the top level."""
    for name, called in _PAGES.items():
        files.append(File.generated(config, called, abs_src_path=str(_TOP / name)))
    return files


def on_page_markdown(markdown: str, *, page: Page, files: Files, **_: object) -> str:
    """Let links lead to pages as they lie in the site, and blocks of code have their titles."""
    known = {file.src_uri for file in files}
    at_top = page.file.src_uri in _PAGES.values()
    folder = PurePosixPath() if at_top else PurePosixPath("docs", page.file.src_uri).parent
    up = "../" * (0 if at_top else len(folder.parts) - 1)

    def link(found: re.Match[str]) -> str:
        if "://" in found["to"]:
            return found[0]
        lies = normpath(folder / found["to"])
        page_of = _PAGES.get(lies, lies.removeprefix("docs/"))
        if page_of not in known:
            return found["said"]
        return f"{found['picture']}[{found['said']}]({up}{page_of}{found['anchor'] or ''})"

    named = _NAMED_BLOCK.sub(r'\g<fence> title="\g<file>"', markdown)
    return _LINK.sub(link, named)
