"""Pages about problems: read, run, and written again.

A page under docs/problems/ is about one code. It says in both languages what the code means and
what to do, and shows an example that is really run: the fenced blocks with a file's name are its
input, the block of commands is typed, and the two blocks of text are what comes out, in Chinese and
in English. ``python -m tests.problems.pages`` runs every page and writes what came out into it.
"""

import contextlib
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dabiao.schemas.language import language, speaking
from tests.typed import typed

REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "docs" / "problems"
PACK = Path(__file__).parent / "规则"
"""The rule pack of the examples; pages call it 规则."""
_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_ELSEWHERE = re.compile(r"<!-- provoked by (?P<test>\S+) -->")
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one code.

    Attributes:
        path: Where it lies; the name of the file is the code.
        text: What it says.
    """

    path: Path
    text: str

    @property
    def code(self) -> str:
        """The code it is about."""
        return self.path.stem

    @property
    def title(self) -> str:
        """What it is called in Chinese."""
        return self.text.partition("\n")[0].removeprefix(f"# {self.code}").strip()

    @property
    def elsewhere(self) -> str | None:
        """The test that provokes the code, where a page cannot: a damaged workbook, a full disk."""
        found = _ELSEWHERE.search(self.text)
        return None if found is None else found["test"]

    def blocks(self, kind: str) -> list[re.Match[str]]:
        """Give its fenced blocks of a kind."""
        return [each for each in _BLOCK.finditer(self.text) if each["info"].split()[:1] == [kind]]

    def files(self) -> dict[str, str]:
        """Give the files of its example, by name."""
        found: dict[str, str] = {}
        for block in _BLOCK.finditer(self.text):
            _, _, name = block["info"].partition(" ")
            if name.strip():
                found[name.strip()] = block["body"]
        return found

    def commands(self) -> list[list[str]]:
        """Give the commands of its example, without the name of the program."""
        lines = [line for block in self.blocks("sh") for line in block["body"].splitlines()]
        return [shlex.split(line.removeprefix("dabiao ")) for line in lines if line]

    def outputs(self) -> list[str]:
        """Give what its example is said to print: in Chinese, in English."""
        return [block["body"] for block in self.blocks("text")]

    def run(self, spoken: str) -> str:
        """Run its example in a folder of its own; give all that is printed."""
        printed: list[str] = []
        with _folder() as folder:
            shutil.copytree(PACK, folder / "规则")
            for name, body in self.files().items():
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(body, "utf-8")
            for command in self.commands():
                with speaking(language()):
                    result = typed("--lang", spoken, *command)
                printed.append(result.output)
        return "\n".join(line.rstrip() for line in "".join(printed).strip().splitlines()) + "\n"


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Stand in an empty folder, with nothing set that changes how output looks."""
    here, kept = Path.cwd(), {name: os.environ.pop(name, None) for name in _ENVIRONMENT}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(here)
            os.environ.update({name: value for name, value in kept.items() if value is not None})


def pages() -> list[Page]:
    """Read every page."""
    paths = sorted(path for path in PAGES.glob("*.md") if path.stem != "README")
    return [Page(path, path.read_text("utf-8")) for path in paths]


def contents() -> str:
    """Write the page that lists all of them."""
    rows = "".join(f"| [`{page.code}`]({page.path.name}) | {page.title} |\n" for page in pages())
    return (
        "# 问题代码 · Problem codes\n\n"
        "每条错误、警告和说明的末尾有一个代码，这里每个代码一页：什么意思、怎么办、一个例子。\n\n"
        "Each message ends with a code in brackets; here is a page for each, in both languages.\n\n"
        f"| 代码 code | 意思 meaning |\n|---|---|\n{rows}"
    )


def main() -> None:
    """Run the examples and write what came out into the pages."""
    for page in pages():
        text = page.text
        for block, spoken in zip(reversed(page.blocks("text")), ("en", "zh"), strict=False):
            start, end = block.span("body")
            text = text[:start] + page.run(spoken) + text[end:]
        page.path.write_text(text, "utf-8")
    (PAGES / "README.md").write_text(contents(), "utf-8")


if __name__ == "__main__":
    main()
