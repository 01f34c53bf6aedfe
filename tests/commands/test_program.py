"""The program as a whole: help, language, settings, and every way to end."""

import gc
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from typer import BadParameter
from typer.main import get_command

import dabiao
from dabiao.cli import COMMANDS as BY_NAME
from dabiao.cli import app, program
from dabiao.commands.exit_codes import Exit
from dabiao.commands.help import every_command
from dabiao.commands.plain_words import read_plainly
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.packs import read
from dabiao.rules.packs.cache import keep
from dabiao.rules.packs.catalog_text import kept_text
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.environment import CACHE
from tests.commands.conftest import Call, facts

Submit = Callable[..., str]
EXAMPLE = "dabiao "
ROOT = Path(__file__).parents[2]


def commands(of: object, *above: str) -> Iterator[tuple[str, ...]]:
    """List all commands of the program."""
    below = getattr(of, "commands", {})
    if not below:
        yield above
    for name, each in below.items():
        yield from commands(each, *above, name)


COMMANDS = list(commands(get_command(app)))


# A shell may tell how wide it is, and then lines are wrapped, which needs more to be loaded.
_AS_AT_START = {name: value for name, value in os.environ.items() if name != "COLUMNS"}


def python(
    *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run Python in a process of its own, without what libraries put beside the environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=600,
        cwd=cwd,
        env=_AS_AT_START if env is None else env,
    )


AS_IN_PYTHON = """\
argparse base64 bisect calendar cli click codecs collections commands copy csv dataclasses
datetime decimal difflib durable engine enum features fnmatch gc gettext gherkin hashlib heapq html
inspect jinja2 json lark locale logging markupsafe numbers numpy operator os pathlib pickle polars
pydantic random re reports rich rules schemas secrets shutil signal sitecustomize socket ssl stat
string struct subprocess tempfile textwrap threading tomllib traceback typer typing unicodedata
usercustomize uuid xlsxwriter xml yaml zipfile"""
"""Names of modules that the program, or a library of it, imports or could import."""
STARTING = "import runpy, sys; print(*sys.modules)"
"""What Python needs before it can start any module, and so before the program can say a word."""


def test_whoever_calls_it_goes_on_collecting_garbage(call: Call) -> None:
    """Only a process that ends with the command leaves what nothing needs where it lies."""
    before = gc.get_freeze_count()
    call("--version")

    assert gc.get_freeze_count() <= before  # what was kept before may be gone


@pytest.mark.parametrize("package", [False, True], ids=["json.py", "json/"])
def test_nothing_is_imported_from_where_one_stands(tmp_path: Path, package: bool) -> None:  # noqa: FBT001
    """A folder that somebody sent may hold modules of any name: none of them is run."""
    before = python("-I", "-c", STARTING).stdout.split()
    for name in set(AS_IN_PYTHON.split()) - set(before):
        file = tmp_path / name / "__init__.py" if package else tmp_path / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text("raise SystemExit('run from where one stands')", "utf-8")

    done = python("-m", "dabiao", "rules", "steps", "--lang", "en", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (Exit.CHECKED, "")
    assert done.stdout


class TestHelp:
    """What the program says of itself."""

    def test_exit_codes_are_told(self, call: Call) -> None:
        """The help lists every exit code there is."""
        for lang in ("zh", "en"):
            text = call("--help", "--lang", lang).stdout
            listed = [line.split()[0] for line in text.splitlines() if line.split()]
            assert {str(code.value) for code in Exit} <= set(listed)

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_every_command_speaks_both_languages(
        self, call: Call, command: tuple[str, ...]
    ) -> None:
        """Help is Chinese or English, and nothing of the other shines through."""
        chinese, english = (call(*command, "--help", "--lang", each) for each in ("zh", "en"))

        assert chinese.exit_code == english.exit_code == 0
        assert "用法：" in chinese.stdout
        assert "Show this message" not in chinese.stdout
        assert "<=" not in chinese.stdout + english.stdout
        assert "\x1f" not in chinese.stdout + english.stdout
        said = [
            line for line in english.stdout.splitlines() if not line.strip().startswith(EXAMPLE)
        ]
        assert not any("一" <= character <= "鿿" for character in "".join(said))

    @pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
    def test_every_command_has_an_example(self, call: Call, command: tuple[str, ...]) -> None:
        """It is of this command, and has no option or argument that there is not."""
        lines = map(str.strip, call(*command, "--help").stdout.splitlines())
        examples = [line for line in lines if line.startswith(EXAMPLE)]
        assert examples
        for each in examples:
            found: Any = get_command(app)
            words = shlex.split(each)[1:]
            for word in command:
                found = found.commands[word]
            assert tuple(words[: len(command)]) == command
            found.make_context(words[0], words[len(command) :])

    def test_version(self, call: Call) -> None:
        """The version is printed and nothing else is done."""
        assert call("--version").stdout == f"dabiao {dabiao.__version__}\n"

    def test_nothing_is_asked(self, call: Call) -> None:
        """Without a command, the help is told and it is a usage error."""
        result = call()

        assert result.exit_code == 2
        assert "check" in result.stderr


WORDS = ["auto", "violation", "缺数据", "json", "7", "-1", "+7", "0002050", "999999999999", "1e3"]
WORDS += [
    "-",
    ".",
    "a/../b",
    "/no/such",
    "\udcff",
    " zh",
    "zh",
    "notice",
    "jsonl",
    "run",
    "é\n",
]


def test_words_are_read_as_the_library_reads_them() -> None:
    """Every parameter of every command makes of every word what the library makes of it."""

    def made(read: Callable[..., object], parameter: Any, given: object) -> object:  # noqa: ANN401
        try:
            return read(given, param=parameter, ctx=None)
        except BadParameter as error:
            return error.message

    kinds = {
        (str(each.type_descriptor.annotation), each.nargs, each.multiple, each.opts[0]): each
        for command in every_command(get_command(app))
        for each in command.params
    }
    for each in kinds.values():
        library = each.get_runtime_param().coerce
        read_plainly(each)
        several = each.multiple or each.nargs == -1
        for given in (
            [[], WORDS[3:5], WORDS[10:13], *([word] for word in WORDS)] if several else WORDS
        ):
            mine, theirs = (
                made(read, each, given) for read in (each.get_runtime_param().coerce, library)
            )
            assert (type(mine), mine) == (type(theirs), theirs)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("chek",), "check"),
        (("check", "x.json", "--fromat", "json"), "--format"),
        (("check",), "PATHS"),
        (("check", "x.json", "--format", "jso"), "；是不是“json”"),
        (("check", "x.json", "--outcome", "未达"), "；是不是“未达标”"),
        (("--lang", "en", "check", "x.json", "--format", "jso"), '; did you mean "json"'),
        (("check", "x.json", "--limit", "many"), "整数"),
        (("check", "x.json", "--as-of"), "--as-of"),
        (("rules", "steps", "a"), "a"),
        (("check", "x.json", "-o", "x.pdf"), "x.pdf"),
        (("check", "x.json", "--lang", "fr"), "fr"),
        (("rules", "list", "--format", "html"), "html"),
        (("template", "-o", "x.xlsx"), "“--year”或“--as-of”"),
        (("check", ""), "“PATHS” 的值不对：是空的"),
        (("check", "x.json", "-o", ""), "是空的"),
        (("seal-key", ""), "是空的"),
        (("facts", "map", "x.csv", "--year", "0"), "1949"),
        (("report", "x.json", "--today", "xx"), "“xx”不是日期"),
    ],
)
def test_usage_errors(call: Call, arguments: tuple[str, ...], told: str) -> None:
    """A command that cannot be used so ends with 2, says why, and prints no result."""
    result = call(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("sqlalchemy.engine", "cases"),
        ("psycopg", "cases"),
        ("pyarrow", "arrow"),
        ("docx", "word"),
        ("docxtpl", "word"),
        ("cryptography", "seal"),
    ],
)
def test_what_is_not_installed_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, module: str, extra: str
) -> None:
    """Wherever a command comes upon it, the extra that brings it is told, in one line."""

    def fail(_: object) -> None:
        raise ModuleNotFoundError(name=module)

    monkeypatch.setattr("dabiao.commands.reporting.read_run_file", fail)
    result = call("compare", "a.json", "b.json")

    assert result.exit_code == 2
    assert result.stderr == f'这个功能要另装组件：python -m pip install "dabiao[{extra}]"\n'


class TestSettings:
    """Flags win over the environment, that over the file, that over defaults."""

    def test_order(
        self, check: Call, submit: Submit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each wins over the next."""
        submit(facts(46))
        assert check("facts.json").exit_code == 1
        (tmp_path / "dabiao.toml").write_text('fail-on = "never"', "utf-8")
        assert check("facts.json").exit_code == 0
        monkeypatch.setenv("DABIAO_FAIL_ON", "violation")
        assert check("facts.json").exit_code == 1
        assert check("facts.json", "--fail-on", "never").exit_code == 0

    def test_what_nobody_typed_is_told_with_its_place(
        self, check: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wrong value of the file or the environment is told with where it stands."""
        (tmp_path / "dabiao.toml").write_text("as-of = 1", "utf-8")
        assert "（dabiao.toml 里设的是 1）" in check("x.json").stderr
        monkeypatch.setenv("DABIAO_AS_OF", "0")
        assert "（DABIAO_AS_OF 里设的是 0）" in check("x.json").stderr
        assert "里设的是" not in check("x.json", "--as-of", "3").stderr
        monkeypatch.delenv("DABIAO_AS_OF")
        (tmp_path / "dabiao.toml").write_text('rule = ["nix"]', "utf-8")
        assert "nix: 错误: 没有这个标识或标题的规则（dabiao.toml 里设的）" in check("x.json").stderr
        monkeypatch.setenv("DABIAO_RULE", "nix")
        assert "（DABIAO_RULE 里设的）" in check("x.json").stderr
        assert "里设的" not in check("x.json", "--rule", "none").stderr

    def test_pack_of_a_project(
        self, call: Call, submit: Submit, pack: Path, tmp_path: Path
    ) -> None:
        """A project can name its own rules and do without those supplied."""
        (tmp_path / "dabiao.toml").write_text(
            f'rules = ["{pack.name}"]\nbuiltin = false\nlang = "en"', "utf-8"
        )
        result = call("check", submit(facts(46)))

        assert result.exit_code == 1
        assert "rules: 2" in result.stdout

    def test_unknown_settings_are_usage_errors(self, call: Call, tmp_path: Path) -> None:
        """A setting nobody knows is not passed over."""
        (tmp_path / "dabiao.toml").write_text('fial-on = "never"', "utf-8")
        result = call("rules", "steps")

        assert result.exit_code == 2
        assert "fail-on" in result.stderr

    def test_setting_with_a_wrong_value(self, call: Call, tmp_path: Path) -> None:
        """A value that the option does not take is a usage error too."""
        (tmp_path / "dabiao.toml").write_text('engine = "steam"', "utf-8")

        assert call("check", "x.json").exit_code == 2


class TestFaults:
    """What is not the user's doing."""

    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let reading rules fail as nobody expects."""

        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError("of all things")

        monkeypatch.setattr(read, "read", fail)

    @pytest.mark.usefixtures("broken")
    def test_our_fault(self, call: Call) -> None:
        """It ends with 70, one line and a hint; no traceback."""
        result = call("rules", "lint")

        assert result.exit_code == 70
        assert "of all things" in result.stderr
        assert "Traceback" not in result.stderr
        assert len(result.stderr.splitlines()) == 2

    @pytest.mark.usefixtures("broken")
    def test_our_fault_looked_into(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever asks for it gets the traceback."""
        monkeypatch.setenv("DABIAO_DEBUG", "1")

        assert "Traceback" in call("rules", "lint").stderr

    def test_interrupted(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C ends with 130 and a word."""

        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(read, "read", interrupt)
        result = call("rules", "lint")

        assert result.exit_code == 130
        assert "Traceback" not in result.stderr


class TestProcess:
    """The program in a process of its own."""

    def test_module_and_help(self, tmp_path: Path) -> None:
        """``python -m dabiao`` is the program."""
        done = python("-m", "dabiao", "--version", cwd=tmp_path)

        assert (done.returncode, done.stdout) == (0, f"dabiao {dabiao.__version__}\n")

    @pytest.mark.parametrize(
        ("arguments", "unneeded"),
        [
            (["--version"], ("pydantic", "rich", "jinja2", "polars", "numpy", "lark", "openpyxl")),
            (["--lang", "en", "rules", "steps"], ("rich", "jinja2", "polars", "openpyxl")),
            (["rules", "steps"], ("dabiao.commands.checking", "dabiao.commands.cases.group")),
        ],
    )
    def test_nothing_is_loaded_in_vain(
        self, arguments: list[str], unneeded: tuple[str, ...]
    ) -> None:
        """A command loads only what it needs, so that it starts at once."""
        program = (
            "import sys\nfrom dabiao.cli import program\n"
            f"try: program({arguments!r})({arguments!r})\n"
            "except SystemExit: pass\n"
            f"print([name for name in {unneeded!r} if name in sys.modules], file=sys.stderr)"
        )

        assert python("-c", program).stderr.strip() == "[]"

    @pytest.mark.parametrize("name", BY_NAME)
    def test_a_command_alone_is_as_among_all(self, name: str) -> None:
        """A command that is called by its name is loaded alone, and is the same."""
        alone: Any = get_command(program(["--lang", "en", name]))
        whole: Any = get_command(app)
        options = [
            [
                parameter.opts
                for each in every_command(of.commands[name])
                for parameter in each.params
            ]
            for of in (alone, whole)
        ]

        assert list(alone.commands) == [name]
        assert options[0] == options[1]

    @pytest.mark.parametrize("given", [[], ["--help"], ["chek"], ["--lang", "check"]])
    def test_all_commands_are_there_where_none_is_named(self, given: list[str]) -> None:
        """Help lists them all, and what is misspelt is compared with them all."""
        found: Any = get_command(program(given))

        assert list(found.commands) == list(BY_NAME)

    def test_nothing_is_loaded_in_vain_to_check(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Facts judged and rules listed need nothing of what checks, draws or keeps."""
        text = kept_text(read_pack([built_in()]))
        monkeypatch.setenv(CACHE, str(tmp_path))  # where no other test makes room for its packs
        keep(find_files([built_in()]).hash(), text)  # as features are read with more
        program = (
            "import sys\nfrom dabiao.cli import app\n"
            f"check = ['check', {str(ROOT / 'examples' / 'ordos-2025')!r}, '--as-of', '2025',"
            " '--outcome', 'violation']\n"
            "for words in check, ['rules', 'list'], ['rules', 'show','ordos-145/arts-committee']:\n"
            " try: app(words)\n"
            " except SystemExit: pass\n"
            "vain = {'importlib.metadata', 'importlib.resources', 'jinja2', 'numpy.ma', 'openpyxl',"
            " 'polars', 'pyarrow', 'pydantic', 'rich.console', 'sqlalchemy', 'tempfile',"
            " 'xlsxwriter'}\n"
            "print(sorted(vain & {*sys.modules}), file=sys.stderr)"
        )
        told = python("-c", program, env={**_AS_AT_START, CACHE: str(tmp_path)})

        assert told.stdout
        assert told.stderr.strip().endswith("[]")

    @pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
    def test_reader_that_leaves(self, tmp_path: Path) -> None:
        """A reader that has seen enough is no error."""
        with subprocess.Popen(
            [sys.executable, "-m", "dabiao", "rules", "steps", "--format", "json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            complaint = process.stderr.read()

        assert (process.returncode, complaint) == (0, b"")

    @pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
    def test_ctrl_c(self, pack: Path, tmp_path: Path) -> None:
        """A real Ctrl-C while it waits for facts ends with 130.

        It takes more than a pipe holds only once it reads. The end of the facts, which comes after
        the signal, wakes it where that came between two reads.
        """
        with subprocess.Popen(
            [sys.executable, "-m", "dabiao", "check", "-", "--no-builtin", "--rules", str(pack)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
        ) as process:
            assert process.stdin is not None
            assert process.stderr is not None
            process.stdin.write(b" " * 1_000_000)
            process.stdin.flush()
            process.send_signal(signal.SIGINT)
            process.stdin.close()
            process.wait(600)
            complaint = process.stderr.read()

        assert process.returncode == 130
        assert b"Traceback" not in complaint

    def test_old_code_page(self, pack: Path, tmp_path: Path, submit: Submit) -> None:
        """On a console that knows no Chinese it still ends as it should."""
        name = submit(facts(46))
        arguments = ("check", name, "--no-builtin", "--rules", str(pack))
        environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = python("-m", "dabiao", *arguments, cwd=tmp_path, env=environment)

        assert done.returncode == 1
        assert "150602001001" in done.stdout

    @pytest.mark.skipif(os.name == "nt", reason="it is held there")
    def test_folder_that_was_deleted(self) -> None:
        """Who works in a folder that is gone is told so; it is nobody's fault but theirs."""
        gone = 'd=$(mktemp -d) && cd "$d" && rmdir "$d" && exec "$0" -m dabiao check x.json'
        done = subprocess.run(
            ["/bin/sh", "-c", gone, sys.executable], capture_output=True, text=True, check=False
        )

        assert (done.returncode, "当前文件夹已被删除" in done.stderr) == (2, True)
