"""Lines end where a reader would end them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from dabiao.reports.terminal import wrapping
from dabiao.reports.terminal.consoles import console
from dabiao.reports.terminal.grids import print_grid
from dabiao.reports.terminal.wrapping import in_lines, wrapped


def lines(text: str, width: int) -> list[str]:
    """Break a text into lines."""
    return [line.plain for line in wrapped(Text(text), width)]


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        ("短", 10, ["短"]),
        ("应报 62 所学校，已报 49，部分 12", 22, ["应报 62 所学校，", "已报 49，部分 12"]),
        ("东胜区示例初级中学3 3年级1班", 21, ["东胜区示例初级中学3", "3年级1班"]),
        ("没有标点的一长串汉字", 8, ["没有标点", "的一长串", "汉字"]),
        ("规则标识primary-class-size很长", 16, ["规则标识primary-", "class-size很长"]),
        ("教研员配齐  1/1  a/in-every-subject", 24, ["教研员配齐  1/1", "a/in-every-subject"]),
        ("专栏8（1）第2项", 7, ["专栏8", "（1）", "第2项"]),
        ("", 8, [""]),
    ],
)
def test_where_lines_end(text: str, width: int, broken: list[str]) -> None:
    """Behind punctuation, at a space, between characters; not in a number or a word."""
    assert lines(text, width) == broken


@given(st.text("中文字，。（）ab1 2", max_size=60), st.integers(2, 30))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    """All but spaces is there, and no line is wider or ends in a space."""
    broken = lines(text, width)

    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(cell_len(line) <= width and line == line.rstrip() for line in broken)


def test_a_line_that_holds_no_letter() -> None:
    """Where not even one letter has room, each has a line to itself."""
    assert lines("未达标", 1) == ["未", "达", "标"]


def test_a_long_text_is_measured_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is left no more is looked at than a line needs, however much that is."""
    measured: list[int] = []

    def measure(text: str) -> int:
        measured.append(len(text))
        return cell_len(text)

    monkeypatch.setattr(wrapping, "cell_len", measure)
    lines = wrapped(Text("长" * 4000), 40)

    assert [len(line.plain) for line in lines] == [20] * 200
    assert sum(measured) < 40 * 4000


def test_colours_stay() -> None:
    """What is coloured stays so on both lines."""
    text = Text("前面")
    text.append("红色的一段话", "red")

    assert [line.spans[-1].style for line in wrapped(text, 8)] == ["red", "red"]


def grid(width: int, *rows: tuple[str, ...], right: tuple[int, ...] = ()) -> list[str]:
    """Print rows below two headings."""
    stream = io.StringIO()
    print_grid(console(stream, width), ("对象", "说明"), rows, right)
    return stream.getvalue().splitlines()


def test_a_grid_tears_no_word() -> None:
    """A column is as wide as its longest word at least; with no room for that a row is told."""
    row = ("东胜区示例小学", "rule primary-class-size is over")

    assert grid(60, row) == [
        "对象            说明",
        "-" * 47,
        "东胜区示例小学  rule primary-class-size is over",
    ]
    assert grid(34, row)[2:] == [
        "东胜区示例小学  rule",
        "                primary-class-size",
        "                is over",
    ]
    assert grid(24, row) == ["东胜区示例小学", "  说明 rule", "  primary-class-size is", "  over"]
    assert grid(40, ("甲", "1,234"), right=(1,))[2] == "甲    1,234"


def test_what_is_written_is_wrapped() -> None:
    """Lines keep their indent, wherever a write begins or ends."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "20")
        patch.setattr("sys.stdout", stream)
        lines_of = in_lines(stream)
        for piece in ("  没有填报的数据项，", "请补报。\n完", "\n"):
            lines_of.write(piece)

    assert stream.getvalue().splitlines() == ["  没有填报的数据项，", "  请补报。", "完"]
