"""House: what holds for the repository as a whole."""

import contextlib
import doctest
import importlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dabiao.reports.templates.compiled import PREFIX
from dabiao.schemas.outcome import Outcome
from tests.sources import PARTS, REPOSITORY, ROOMS, sources

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
FOLDERS = (
    ".ci",
    ".github",
    "benchmarks",
    "conformance",
    "docs",
    "examples",
    "src",
    "tests",
    *PARTS,
)
READMES = ("README.md", "README.zh-CN.md")
GUIDES = ("docs/guide.md", "docs/guide.zh-CN.md")
WITH_EXAMPLES = [
    f"dabiao.{module.path.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}"
    for module in sources()
    if ">>> " in module.text
]
PAGES = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for path in (*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"))
)
MOST_LINES = 500

# The patterns are written so that they do not match themselves.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|opt|root|tmp|Users|work)/\w|\b[A-Z]:\\Users\b")
INDEX_ADDRESS = re.compile(r"\bpy[p]i\.|python[h]osted|/[s]imple/|index-[u]rl|find-[l]inks")


def files() -> Iterator[Path]:
    """Yield every file of the repository once; links and what tools leave behind are skipped."""
    yield from (path for path in REPOSITORY.iterdir() if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        for path in sorted((REPOSITORY / folder).rglob("*")):
            links = any(parent.is_symlink() for parent in (path, *path.parents))
            made = any(each.startswith(("__pycache__", PREFIX)) for each in path.parts)
            if path.is_file() and not links and not made:
                yield path


@cache
def texts() -> dict[str, str]:
    """Read each text file, by its place."""
    found = {}
    for path in files():
        with contextlib.suppress(UnicodeDecodeError):
            found[str(path.relative_to(REPOSITORY))] = path.read_text("utf-8")
    return found


def matching(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield each line of the repository in which something matches, with its place."""
    for place, text in texts().items():
        for at in pattern.finditer(text):
            line = text.count("\n", 0, at.start())
            yield f"{place}:{line + 1}: {text.splitlines()[line]}"


def read(page: str) -> str:
    """Return the text of a page of the repository."""
    return (REPOSITORY / page).read_text("utf-8")


def code_blocks(page: str) -> list[str]:
    """Return what stands in the fenced blocks of a page."""
    return re.findall(r"^```\w*\n(.*?)^```$", read(page), flags=re.DOTALL | re.MULTILINE)


def requirements() -> list[Requirement]:
    """Return what pyproject.toml asks for, the extras included."""
    extras = PROJECT["optional-dependencies"].values()
    asked = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return [Requirement(line) for line in asked if not line.startswith("dabiao[")]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, INDEX_ADDRESS], ids=["machine path", "index"])
def test_no_trace_of_one_machine(pattern: re.Pattern[str]) -> None:
    """Nothing names a path of somebody's machine or the index that somebody installs from."""
    assert list(matching(pattern)) == []


def test_modules_are_short() -> None:
    """A module that outgrows this is about two things."""
    sizes = {
        place: len(text.splitlines()) for place, text in texts().items() if place.endswith(".py")
    }

    assert {path: size for path, size in sizes.items() if size > MOST_LINES} == {}


def test_architecture_names_each_room() -> None:
    """A stranger finds every folder in ARCHITECTURE.md."""
    page = read("ARCHITECTURE.md")
    rooms = [*(f"{room}/" for room in PARTS), "cli.py", "tests/", "examples/", "docs/"]

    assert [room for room in rooms if f"`{room}`" not in page] == []


@pytest.mark.parametrize("room", [each for each in ROOMS if each != "schemas"])
def test_architecture_lists_each_module(room: str) -> None:
    """The listing names every module and folder of a room, and none that is not there."""
    (listing,) = re.findall(rf"^{room}/ .*(?:\n {{11}}.*)*", read("ARCHITECTURE.md"), re.MULTILINE)
    there = {each.name for each in (REPOSITORY / room).iterdir() if each.suffix == ".py"}
    folders = {each.parent.name for each in (REPOSITORY / room).glob("*/*.py")}

    assert set(re.findall(r"\b[a-z_]+\.py\b", listing)) - {"server.py"} == there - {"__init__.py"}
    assert {each for each in folders if f"{each}/" not in listing} == set()


def test_readmes_set_up_in_two_lines() -> None:
    """The first two blocks install and check, and install and test; both pages have the same."""
    english, chinese = (code_blocks(page)[:2] for page in READMES)

    assert [block.count("\n") for block in english] == [1, 1]
    assert "-m dabiao check examples/" in english[0]
    assert "-m pytest" in english[1]
    assert chinese == english


def the_program() -> typer.core.TyperGroup:
    """Return the program with its groups of commands."""
    program = typer.main.get_command(importlib.import_module("dabiao.cli").app)
    assert isinstance(program, typer.core.TyperGroup)
    return program


@pytest.mark.parametrize("page", [*READMES, *GUIDES])
def test_commands_on_the_page_exist(page: str) -> None:
    """Each command that a reader is told to type is one the program has, with those options."""
    unknown = []
    program = the_program()
    for line in re.findall(r"^dabiao (.+)$", "\n".join(code_blocks(page)), flags=re.MULTILINE):
        command = program
        for word in line.split():
            command = getattr(command, "commands", {}).get(word, command)
        options = {option for parameter in command.params for option in parameter.opts}
        wrong = {word for word in line.split() if word.startswith("-")} - options
        if wrong or hasattr(command, "commands"):
            unknown.append(line)

    assert unknown == []


@pytest.mark.parametrize("page", GUIDES)
def test_guides_show_each_command(page: str) -> None:
    """Whoever looks for a command finds it there."""
    shown = read(page)
    commands = [
        f"dabiao {name} {each}".rstrip()
        for name, group in the_program().commands.items()
        for each in getattr(group, "commands", [""])
    ]

    assert [each for each in commands if each not in shown] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    """No page sends the reader to a file that is not there."""
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", read(page))
    folder = (REPOSITORY / page).parent

    assert [target for target in targets if not (folder / target).exists()] == []


@pytest.mark.parametrize("page", [*READMES, *GUIDES])
def test_no_command_of_a_page_meets_a_file_of_another(page: str) -> None:
    """Typed as printed, one after another, none is refused because its file is there already."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read(page), flags=re.MULTILINE | re.DOTALL)
    written = re.findall(r" -o (\S+\.\w+)", "\n".join(blocks))

    assert [name for name in written if written.count(name) > 1] == []


def test_dependencies_are_explained() -> None:
    """docs/dependencies.md has a row for each dependency, and no other."""
    explained = re.findall(r"^\| `([\w-]+)`", read("docs/dependencies.md"), flags=re.MULTILINE)

    assert sorted(explained) == sorted({requirement.name for requirement in requirements()})


def test_constraints_fit_the_ranges() -> None:
    """constraints.txt pins each dependency at a version that pyproject.toml allows."""
    pins = dict(
        line.split(";")[0].strip().split("==")
        for line in read("constraints.txt").splitlines()
        if not line.startswith("#")
    )

    assert [
        str(requirement)
        for requirement in requirements()
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ] == []


def test_pages_for_github_are_sound() -> None:
    """What GitHub reads is YAML with a name, or switches of the issue forms."""
    pages = [*(REPOSITORY / ".github").rglob("*.yml")]
    contents = {page.name: yaml.safe_load(page.read_text("utf-8")) for page in pages}

    assert [name for name, content in contents.items() if "name" not in content] == ["config.yml"]


def test_inspectors_are_asked_for_an_outcome_that_exists() -> None:
    """The form for a doubtful finding offers the outcomes by the names that reports give them."""
    form = yaml.safe_load(read(".github/ISSUE_TEMPLATE/2-inspector.yml"))
    (options,) = (
        field["attributes"]["options"] for field in form["body"] if field.get("id") == "outcome"
    )

    assert options == [f"{each.zh} · {each.value.replace('_', ' ')}" for each in Outcome]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings(name: str) -> None:
    """The examples in a module do what they show."""
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)

    assert found.attempted > 0
    assert found.failed == 0


def written_in(pattern: str) -> set[str]:
    """List the modules of the program in which something is written."""
    return {each.path for each in sources() if re.search(pattern, each.text, re.MULTILINE)}


def test_problems_are_made_by_the_place_they_are_at() -> None:
    """A problem knows where it is: places, tables and rows make one, and notes on cells do."""
    assert written_in(r"\bProblem\((?!Exception)") == {
        "intake/facts/rows.py",
        "intake/formats/table.py",
        "reports/annotations/note_problems.py",
        "schemas/problem.py",
    }


def test_dataclasses_are_ours() -> None:
    """They come from ``dabiao.schemas.record``, which defines them in a fifth of the time."""
    library_s = r"^from dataclasses import .*\bdataclass\b"

    assert written_in(library_s) == {"schemas/record.py"}


def test_who_silences_a_checker_says_why() -> None:
    """What is let pass in the program has its reason behind it, on the same line."""
    let_pass = r"# no" + r"qa(?:: [A-Z0-9, ]+)?$|# type: " + r"ignore(?:\[[a-z, -]+\])?$"

    assert written_in(let_pass) == set()
