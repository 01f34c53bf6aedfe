"""What to ask for first, as people and programs read it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.asks import Ask, Asks
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import number_of, say
from dabiao.schemas.record import dataclass

_FIRST = 30
"""Figures told one by one in a table for people."""
_STRUCK = "\u0336"
"""Strikes through the letter before it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """An ask and its place in the list; None for what decides nothing."""

    ask: Ask
    place: int | None


def asks_listing(of: Asks, titles: Mapping[str, str]) -> Listing:
    """List figures, one a row, the most decisive first and what decides nothing last.

    Args:
        of: The figures.
        titles: Titles of rules by id.
    """
    columns = {
        "place": say("次序", "order"),
        "code": say("代码", "code"),
        "name": say("对象", "subject"),
        "year": say("年份", "year"),
        "item": say("数据项", "item"),
        "cell": say("位置", "cell"),
        "decides": say("可定结论", "decides"),
        "settled": say("累计", "settled"),
        "waiting": say("等它的结论", "waiting"),
        "rules": say("规则", "rules"),
        "remark": say("说明", "remark"),
    }
    ranked = [_Row(ask, place) for place, ask in enumerate(of.first, 1)]
    rows = [_row(each, titles) for each in (*ranked, *(_Row(ask, None) for ask in of.needless))]
    return Listing(columns, rows, asdict(of), header(of))


def _row(of: _Row, titles: Mapping[str, str]) -> dict[str, Scalar]:
    ask = of.ask
    needless = say("不影响任何结论，不必再催", "decides nothing any more; no need to ask")
    return {
        "place": of.place,
        "code": ask.whose.code,
        "name": ask.whose.name,
        "year": ask.year,
        "item": ask.measure.text,
        "cell": "" if ask.source is None else wording.cell(ask.source),
        "decides": ask.decides,
        "settled": ask.settled if of.place is not None else None,
        "waiting": ask.waiting,
        "rules": say("；", "; ").join(titles.get(each, each) for each in ask.rules),
        "remark": needless if of.place is None else "",
    }


def header(of: Asks) -> list[str]:
    """Say how much is undecided and how much of it figures decide."""
    settled = of.first[-1].settled if of.first else 0
    lines = [
        say(
            f"{of.year}年缺数据的结论 {of.undecided:,} 条；补齐下列 {len(of.first):,} 个数，可定"
            f" {settled:,} 条",
            f"{of.undecided:,} findings of {of.year} are undecided; the {len(of.first):,} figures"
            f" below decide {settled:,} of them",
        )
    ]
    if of.blocked:
        lines.append(
            say(
                f"另有 {of.blocked:,} 条缺得太多，或要等下级的结论，不能逐个列出；"
                "或除数是 0，补了也定不下来",
                f"{of.blocked:,} lack too much to name it, wait for findings below, or divide by 0"
                " whatever comes in",
            )
        )
    if of.needless:
        lines.append(
            say(
                f"{len(of.needless):,} 个空格不影响任何结论，不必再催",
                f"{len(of.needless):,} blank cells decide nothing any more; no need to ask",
            )
        )
    return lines


def print_asks(of: Asks, titles: Mapping[str, str], file: TextIO) -> None:
    """Print what to ask for, in order, then what decides nothing, struck out."""
    file.writelines(f"{line}\n" for line in header(of))
    for place, ask in enumerate(of.first[:_FIRST], 1):
        file.write(f"\n{place}. {_figure(ask)}\n")
        others = ask.waiting - ask.decides
        waits = (
            say(f"；另有 {others} 条也要它", f"; so do {number_of(others, 'other')}")
            if others
            else ""
        )
        told = say(
            f"可定 {ask.decides} 条，累计 {ask.settled} 条{waits}",
            f"decides {ask.decides}, {ask.settled} in all{waits}",
        )
        file.write(f"   {told}\n")
        cell = "" if ask.source is None else wording.cell(ask.source)
        file.write(f"   {cell}\n" if cell else "")
        listed = say("；", "; ").join(titles.get(each, each) for each in ask.rules[:3])
        more = say(" 等", " …") if len(ask.rules) > len(ask.rules[:3]) else ""
        file.write(f"   {listed}{more}\n")
    left = len(of.first) - _FIRST
    if left > 0:
        file.write(
            say(
                f"\n另有 {left:,} 个，用 -o 写入文件看全部\n",
                f"\n{left:,} more; see them with -o\n",
            )
        )
    if of.needless:
        file.write(say("\n不影响任何结论\n", "\nDecide nothing any more\n"))
    for ask in of.needless[:_FIRST]:
        file.write("   " + "".join(letter + _STRUCK for letter in _figure(ask)) + "\n")
    if len(of.needless) > _FIRST:
        file.write("   …\n")


def _figure(of: Ask) -> str:
    return f"{of.whose.name}（{of.whose.code}） {of.year} {of.measure.text}"
