"""Characters that nobody would see: shown in every format, whoever put them there."""

import io
import json
from typing import TextIO, cast

import pytest
from rich.table import Table
from rich.text import Text

from dabiao.reports.format_names import Format
from dabiao.reports.lists.listings import Listing, write_listing
from dabiao.reports.outputs import write_stream
from dabiao.reports.run.csv import write_rows
from dabiao.reports.terminal.consoles import console
from dabiao.reports.visible import Visible
from dabiao.schemas.unseen import UNSEEN, visible

ERASES = "甲校\x1b[2K\x1b[1A"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x1b[2K", r"甲\u001b[2K"),
        ("甲\x9b2K\x7f\x00\x07\x08", r"甲\u009b2K\u007f\u0000\u0007\u0008"),
        ("甲\r乙", r"甲\u000d乙"),
        ("abc\u202egpj.exe", r"abc\u202egpj.exe"),
        ("a\u2066b\u2069\u200e\u200f\u061c", r"a\u2066b\u2069\u200e\u200f\u061c"),
        ("甲\u200b校\ufeff\u00ad\u2060", r"甲\u200b校\ufeff\u00ad\u2060"),
        ("甲\u200d校", r"甲\u200d校"),
        ("甲\u2028乙\u2029", r"甲\u2028乙\u2029"),
        ("甲\ud800", r"甲\ud800"),
        ("甲\U000e0041", r"甲\udb40\udc41"),
    ],
    ids=ascii,
)
def test_what_a_terminal_obeys_is_spelled_out(text: str, shown: str) -> None:
    """What a terminal obeys, what turns text round, and what takes no room, is spelled out."""
    assert visible(text) == shown


def test_every_one_of_them_is_shown() -> None:
    """Each alone, whatever is looked for first to be quick."""
    every = "".join(map(chr, range(0x110000)))

    assert [each for each in UNSEEN.findall(every) if visible(each) == each] == []


@pytest.mark.parametrize(
    "text",
    [
        "东胜区第一小学　（本部）",
        "一\n二\t三\r\n四",
        "ᠮᠣᠩᠭᠣᠯ ᠤᠨ\u180eᠠ ᠪᠠ\u200d",
        "école é Ж 😀 ①",
        "plain",
    ],
    ids=ascii,
)
def test_left_alone(text: str) -> None:
    """Text of any language stays as it is, and so do tabs and the ends of lines."""
    assert visible(text) == text


@pytest.mark.parametrize("form", [Format.TABLE, Format.CSV, Format.MARKDOWN, Format.JSON])
def test_no_format_sends_them(form: Format) -> None:
    """Nothing that is written holds them, and JSON still says the same."""
    listing = Listing({"name": "名称"}, [{"name": ERASES + "\u202e"}])
    out = io.StringIO()
    write_stream(out, lambda to: write_listing(listing, form, to), form)

    assert r"\u001b" in out.getvalue()
    assert r"\u202e" in out.getvalue()
    assert not {"\x1b", "\u202e"} & set(out.getvalue())
    if form is Format.JSON:
        assert json.loads(out.getvalue()) == [{"name": ERASES + "\u202e"}]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_gets_no_more_than_our_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours of ours reach a terminal; a name's own orders do not, in tables either."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Terminal()
    screen = console(cast("TextIO", Visible(out)), 40)
    screen.print(Text(ERASES, "bold red"))
    table = Table()
    table.add_column(ERASES, overflow="fold")
    table.add_row(Text(ERASES))
    screen.print(table)

    told = out.getvalue()
    assert "\x1b[1;31m" in told
    assert "\x1b[2K" not in told
    assert "\x1b[1A" not in told
    assert told.count(r"\u001b") >= 4


def test_formulas_in_any_width() -> None:
    """A text that a spreadsheet may take for a formula stays a text, in full width too."""
    out = io.StringIO()
    write_rows(["a"], [["=1+1"], ["＝1+1"], ["＠x"], [-1]], out)

    assert out.getvalue().split() == ["a", "'=1+1", "'＝1+1", "'＠x", "-1"]
