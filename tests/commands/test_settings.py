"""Configuration: the environment wins over the nearest file, and nothing unknown gets through."""

from pathlib import Path

import pytest

from dabiao.commands.settings import read_settings, spoken_language
from dabiao.schemas.language import Language
from dabiao.schemas.problem import InputError


def write(folder: Path, text: str) -> Path:
    """Write a settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dabiao.toml").write_text(text, "utf-8")
    return folder


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    """Give the codes of problems."""
    return [problem.code for problem in error.value.problems]


def test_nothing_is_set(tmp_path: Path) -> None:
    """Without a file or variables, everything is as it is."""
    assert read_settings(tmp_path, {"PATH": "/bin"}) == {}


def test_nearest_file_serves(tmp_path: Path) -> None:
    """A file in a folder above serves, unless one lies nearer."""
    write(tmp_path, 'engine = "durable"\nlimit = 5')
    near = write(tmp_path / "a" / "b", 'engine = "columnar"')

    assert read_settings(near / "c", {}) == {"engine": "columnar"}
    assert read_settings(tmp_path / "x", {}) == {"engine": "durable", "limit": 5}


def test_paths_start_from_the_file(tmp_path: Path) -> None:
    """A path in the file means the same wherever the program is started."""
    write(tmp_path, 'rules = ["packs/a"]\nmapping = "map.yaml"')

    assert read_settings(tmp_path / "deep" / "down", {}) == {
        "rules": [str(tmp_path / "packs/a")],
        "mapping": str(tmp_path / "map.yaml"),
    }


def test_environment_wins(tmp_path: Path) -> None:
    """A variable is read by the kind of its setting, and wins over the file."""
    write(tmp_path, 'fail-on = "never"\nstrict = false\nas-of = 2023')
    environment = {
        "DABIAO_FAIL_ON": "missing",
        "DABIAO_STRICT": "1",
        "DABIAO_TAG": "a, b",
        "DABIAO_DEBUG": "1",
        "DABIAO_CACHE": "off",
    }

    assert read_settings(tmp_path, environment) == {
        "fail_on": "missing",
        "strict": True,
        "as_of": 2023,
        "tag": ["a", "b"],
    }


def test_unknown_settings_are_refused_together(tmp_path: Path) -> None:
    """Each unknown key is told, with the nearest one there is."""
    write(tmp_path, '\ufeffengin = "auto"\nspeed = 3\n"AS-OF"= 2025')

    with pytest.raises(InputError) as error:
        read_settings(tmp_path, {"DABIAO_STRIKT": "1"})

    assert codes(error) == ["unknown-setting"] * 4
    assert [each.line for each in error.value.problems] == [1, 2, 3, None]
    for at, meant in ((0, "engine"), (2, "as-of"), (3, "DABIAO_STRICT")):
        assert meant in (error.value.problems[at].hint or "")


DEEP = "limit" + ".a" * 3_000 + " = 1"


@pytest.mark.parametrize(
    "text",
    [
        "limit = true",
        'limit = "5"',
        "strict = 1",
        'rules = "a"',
        "tag = [1]",
        "engine = []",
        pytest.param(DEEP, id="deep"),
    ],
)
def test_wrong_kind_is_refused(tmp_path: Path, text: str) -> None:
    """A value of another kind is refused, not converted."""
    write(tmp_path, text)

    with pytest.raises(InputError) as error:
        read_settings(tmp_path, {})

    assert codes(error) == ["wrong-setting"]


@pytest.mark.parametrize("variable", ["DABIAO_LIMIT", "DABIAO_STRICT"])
def test_wrong_variable_is_refused(tmp_path: Path, variable: str) -> None:
    """So is a variable that cannot be read."""
    with pytest.raises(InputError) as error:
        read_settings(tmp_path, {variable: "maybe"})

    assert codes(error) == ["wrong-setting"]


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        (b"limit = 5\nengine = \n", ":2:10", "不合 TOML 的写法"),
        (b'engine = """', "", "末尾不完整"),
        ("engine = '核'".encode("gb18030"), "", "不是 UTF-8"),
        (b"tag = " + b"[" * 20_000, "", "括号套得太深"),
        (b"limit = " + b"9" * 5000, "", "有一个数太长"),
        (b"#" * 65_537, "", "超过 64 KB"),
    ],
    ids=["syntax", "end", "encoding", "depth", "digits", "size"],
)
def test_file_that_is_no_toml_is_refused(
    tmp_path: Path, content: bytes, place: str, why: str
) -> None:
    """A file that cannot be read is one problem, with its place and the reason in words."""
    (tmp_path / "dabiao.toml").write_bytes(content)

    with pytest.raises(InputError) as error:
        read_settings(tmp_path, {})

    (problem,) = error.value.problems
    assert (problem.code, problem.place) == ("unreadable-settings", f"dabiao.toml{place}")
    assert why in problem.message


def test_settings_of_a_folder_above_are_told_with_their_path(tmp_path: Path) -> None:
    """A file that lies elsewhere is named so that it can be found."""
    write(tmp_path, "speed = 3")

    with pytest.raises(InputError) as error:
        read_settings(tmp_path / "a", {})

    assert error.value.problems[0].file == str(tmp_path / "dabiao.toml")


@pytest.mark.parametrize(
    ("wanted", "settings", "environment", "expected"),
    [
        (None, {}, {}, Language.ZH),
        (None, {}, {"LANG": "C.UTF-8"}, Language.ZH),
        (None, {}, {"LANG": "zh_CN.GBK"}, Language.ZH),
        (None, {}, {"LANG": "en_US.UTF-8"}, Language.EN),
        (None, {}, {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, Language.ZH),
        (None, {"lang": "zh"}, {"LANG": "en_US.UTF-8"}, Language.ZH),
        ("en", {"lang": "zh"}, {}, Language.EN),
    ],
)
def test_language(
    wanted: str | None, settings: dict[str, str], environment: dict[str, str], expected: Language
) -> None:
    """Asked for, set, or that of the system; Chinese where none is."""
    assert spoken_language(wanted, settings, environment) is expected


@pytest.mark.parametrize(
    ("wanted", "settings", "environment", "place"),
    [
        ("fr", {}, {}, "--lang"),
        (None, {"lang": "fr"}, {}, "lang"),
        (None, {}, {"DABIAO_LANG": "fr"}, "DABIAO_LANG"),
    ],
)
def test_language_that_is_not_spoken_is_refused(
    wanted: str | None, settings: dict[str, str], environment: dict[str, str], place: str
) -> None:
    """Another language is an error, not Chinese; it is told in both, and where it was asked for."""
    with pytest.raises(InputError) as error:
        spoken_language(wanted, settings, environment)

    (problem,) = error.value.problems
    assert problem.file == place
    assert "没有语言“fr”" in problem.message
    assert "no such language" in problem.message
