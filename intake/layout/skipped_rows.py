"""What the surroundings of a table say: its name, its title, and what in it is no row of facts.

Nothing here changes a value. Whatever is guessed is a warning; whatever is left aside is a note.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from pathlib import PurePath

from dabiao.intake.cells.identity_cells import FIRST_YEAR, LAST_YEAR
from dabiao.intake.cells.unusable import shown
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.headers import Header, find_header
from dabiao.intake.layout.plan import TablePlan, TextSource
from dabiao.intake.names import (
    TableKind,
    kind_in_title,
    loose_kind,
    nearest,
    plain,
    table_kind,
    told_as_other,
)
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.numerals import years_in_digits
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity

_YEAR_IN_NAME = pattern(r"(?<!\d)(\d{4})(?!\d)")
_YEAR_IN_TEXT = pattern(r"(?<!\d)(\d{4})年")
_NOT_OF_DATA = pattern(
    r"《[^》]*》|(?:打印|制表|填表|填报|报送|上报|报出|导出|生成|印发|审核)(?:日期|时间)?[:：]?"
    r"\s*\d{4}(?:年|[-/.])\s*\d{1,2}(?:月|[-/.])\S*|〔\d{4}〕\S*|\[\d{4}\]\S*"
)
"""What in a title names the year of a document, or the day on which somebody wrote or printed."""
_SCHOOL_YEAR = pattern(r"学年|\d{4}年?[-—~至/]\d{2,4}")
_CORRECTS = pattern(
    r"\d|更正|改为|应[为是]|有误|错|不对|correct|should|wrong|instead|mistake|typo", re.IGNORECASE
)
_OF_DATA = pattern(r"(?:表|统计|情况|数据|一览|台账)\s*(?:\([^()]*\))?$")
_ALONE = pattern(r"\d{4}年(?:度|底|末)?(?:数据?|情况)?")
_RANGES = 8
"""Ranges of rows that are listed before the rest is counted."""


def kind_of(table: Table, noticed: ProblemLog) -> Level | TableKind | None:
    """Tell what a table is from its name, and say so where that takes guessing."""
    kind = table_kind(table.name)
    if kind is TableKind.NOTES and not table.hidden:
        return kind  # its name says so
    if kind is None:
        kind = _loose_kind(table, noticed)
    if kind is TableKind.NOTES:
        what = say("表", "file") if table.sheet is None else say("工作表", "sheet")
        hidden = say("隐藏的", "hidden ") if table.hidden else ""
        noticed.note(
            table.problem(
                "notes-sheet",
                say(
                    f"{hidden}{what}“{table.name}”不是填报表，未读取",
                    f'the {hidden}{what} "{table.name}" is no table of data and was not read',
                ),
                say("若有数据，按层级改名", "if it holds data, name it after a level"),
                Severity.WARNING,
            )
        )
    elif kind is not None and table.hidden:
        noticed.note(
            table.problem(
                "hidden-sheet",
                say(
                    f"工作表“{table.name}”是隐藏的，照常读取",
                    f'the hidden sheet "{table.name}" is read',
                ),
                say("不应提交的请删去", "delete it if it is not meant to be submitted"),
                Severity.WARNING,
            )
        )
    return kind


def _loose_kind(table: Table, noticed: ProblemLog) -> Level | TableKind | None:
    if _is_other(table, noticed):
        return None
    loose = loose_kind(table.name, table.file if table.lettered else None)
    listed = say("、", ", ").join([*(level.label for level in Level), say("名录", "roster")])
    if loose is not None and loose is not TableKind.NOTES:
        return _told_as(table, loose, noticed)
    if loose is TableKind.NOTES or table.hidden:
        return TableKind.NOTES
    titles = (cell for _, cells in table.head for cell in cells.values() if isinstance(cell, str))
    of_form = next(filter(None, map(kind_in_title, titles)), None)
    if of_form is not None:
        return _told_as(table, of_form, noticed)
    wanted = [level.zh for level in Level] + [level.value for level in Level] + ["名录"]
    near = nearest(table.name, wanted)
    meant = say(f"是否为“{near[0]}”", f'did you mean "{near[0]}"') if near else None
    if table.sheet is not None and table.lettered:
        code, severity = "unknown-sheet", Severity.WARNING
        message = say(
            f"不认识的工作表“{table.name}”，未读取", f'unknown sheet "{table.name}", not read'
        )
        hint = meant or say("表名写层级，如 学校", "name it after a level, e.g. school")
        if find_header(table, None, lambda _: False) is not None:
            hint += say(
                "；一校一张表的，用 dabiao facts map 起草映射文件来读",
                "; for a sheet per school, let dabiao facts map propose a mapping",
            )
    else:
        code, severity = "unknown-table", Severity.ERROR
        message = say(f"“{table.name}”不是层级，未读取", f'"{table.name}" is no level, not read')
        hint = meant or say(
            "文件名写层级或“名录”，如 学校.csv；或用 --mapping",
            'name it after a level, or "roster"; or use --mapping',
        )
    noticed.add(table.problem(code, message, hint, severity, expected=listed))
    return None


def _is_other(table: Table, noticed: ProblemLog) -> bool:
    """Pass over a table that by its name is an old one, a plan or an example; say so."""
    other = told_as_other(table.name, table.file if table.lettered else None)
    if other is None:
        return False
    word, kind = other
    named = kind.label if isinstance(kind, Level) else say("名录", "roster")
    name = table.name if word in plain(table.name) else PurePath(table.file).stem
    of_book = table.sheet is not None and table.lettered
    noticed.add(
        table.problem(
            "unknown-sheet" if of_book else "unknown-table",
            say(
                f"“{name}”写明“{word}”，不是本次填报的数据，未读取",
                f'"{name}" says "{word}": it is not what is submitted, and was not read',
            ),
            say(
                f"就是本次填报的，改名为“{named}”；不是的，移出",
                f'rename it "{named}" if it is what is submitted; else take it out',
            ),
            Severity.WARNING if of_book else Severity.ERROR,
        )
    )
    return True


def _told_as(table: Table, kind: Level | TableKind, noticed: ProblemLog) -> Level | TableKind:
    """Say what a table is read as, for it is called otherwise."""
    name = kind.label if isinstance(kind, Level) else say("名录", "roster")
    message = say(f"“{table.name}”按“{name}”读取", f'"{table.name}" is read as "{name}"')
    hint = say(f"改名为“{name}”", f'rename it to "{name}"')
    noticed.add(table.problem("sheet-name", message, hint, Severity.WARNING))
    return kind


def stated_year(table: Table, header: Header, noticed: ProblemLog) -> TextSource | None:
    """Give the one year that the sheet, the title or the file names, for lack of a column."""
    names = [table.name, PurePath(table.file).stem]
    texts = [_told(text) for text in names]
    texts += [_NOT_OF_DATA.sub(" ", _told(text)) for _, text in header.above]
    if any(_SCHOOL_YEAR.search(text) for text in texts):
        return None
    found = {year for name in texts[:2] for year in _YEAR_IN_NAME.findall(name)}
    found |= {year for title in texts[2:] for year in _YEAR_IN_TEXT.findall(title)}
    years = {year for year in found if FIRST_YEAR <= int(year) <= LAST_YEAR}
    if len(years) != 1:
        return None
    year = years.pop()
    message = say(
        f"没有“年份”列，按表名或标题中的 {year} 年读取",
        f"there is no column of years; {year} is taken from the name or title",
    )
    hint = say("加一列“年份”", "add a column of years")
    noticed.add(table.problem("year-in-title", message, hint, Severity.WARNING))
    return TextSource((year,))


def named_years(table: Table, header: Header) -> frozenset[int]:
    """Give the years of which the sheet or the title of a table says that it tells.

    A school year is told of in either of its years, a span of years in each.
    """
    above = [text for _, text in header.above]
    titles = [text for text in above if _OF_DATA.search(fold(text).strip())]
    titles += [cell for text in above for cell in text.split() if _ALONE.fullmatch(_told(cell))]
    texts = [_told(text) for text in (*([table.sheet] if table.sheet else []), *titles)]
    found: set[int] = set()
    for text in texts:
        years = [int(year) for year in _YEAR_IN_NAME.findall(text)]
        school_year = _SCHOOL_YEAR.search(text) is not None
        if years and all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
            found.update(range(min(years), max(years) + 1))
            if school_year and len(years) == 1:
                found.add(years[0] + 1)
    return frozenset(found)


def tell_beside(table: Table, noticed: ProblemLog, *, read: bool) -> None:
    """Tell of a table that stands beside another on its sheet."""
    first, last = (table.column(table.positions[at]) for at in (0, -1))
    if read:
        what = say(
            f"{first} 至 {last} 列是并排的另一张表，分开读取",
            f"columns {first} to {last} are another table beside the first; it is read by itself",
        )
        hint = say("不必处理", "nothing to do")
        noticed.note(table.problem("table-beside", what, hint, cell=f"{first}:{last}"))
        return
    what = say(
        f"{first} 至 {last} 列是并排的另一张表（表头不同），未读取",
        f"columns {first} to {last} are another table beside the first, under other headers; it"
        " was not read",
    )
    hint = say("一张工作表只放一张表", "put each table on a sheet of its own")
    noticed.add(table.problem("another-table", what, hint, cell=f"{first}:{last}"))


def tell_below(table: Table, number: int, noticed: ProblemLog, *, same: bool) -> None:
    """Tell of a table that begins below the rows of another, with the same headers or others."""
    zh, en = ("标题的年份不同", "of another year") if same else ("表头不同", "under other headers")
    what = say(
        f"本行起是另一张表（{zh}），以下各行均未读取",
        f"another table begins here, {en}; nothing below was read",
    )
    hint = say("一张工作表只放一张表", "put each table on a sheet of its own")
    noticed.add(table.problem("another-table", what, hint, cell=table.row(number)))


def names_other_year(title: Mapping[int, Cell], plan: TablePlan) -> bool:
    """Tell whether a title names a year, and not the one that is taken for all rows."""
    if plan.year is None or plan.year.positions:
        return False
    named = _YEAR_IN_TEXT.findall(_told(" ".join(map(str, title.values()))))
    return bool(set(named) - set(plan.year.parts))


def _told(text: str) -> str:
    """Give a text as its years are looked for in it."""
    return years_in_digits(fold(text))


def tell_set_aside(table: Table, header: Header, plan: TablePlan, noticed: ProblemLog) -> None:
    """Note rows above the header, rows that number columns, and what is hidden but read."""
    _tell_titles(table, header, noticed)
    _tell_numbering(table, header, noticed)
    _tell_hidden_rows(table, header, noticed)
    read = set(plan.wanted) - set(plan.margin)
    _tell_unseen(table, header, read, noticed)
    _tell_comments(table, header, read, noticed)
    _tell_outdated(table, header, read, noticed)
    _tell_open_end(table, read, noticed)
    _tell_hidden_columns(table, read, noticed)


def _tell_titles(table: Table, header: Header, noticed: ProblemLog) -> None:
    if not header.above or header.is_of_form:
        return
    text = shown(" ".join(text for _, text in header.above))
    noticed.note(
        table.problem(
            "title-rows",
            say(f"表头以上是标题，未作为数据：{text}", f"above the header, not read: {text}"),
            say("若有数据，移到表头以下", "if there is data in it, move it below the header"),
            Severity.WARNING,
            cell=_rows(number for number, _ in header.above),
        )
    )


def _tell_numbering(table: Table, header: Header, noticed: ProblemLog) -> None:
    if header.numbering is None:
        return
    message = say("本行是栏次，未作为数据", "this row numbers the columns and was not read")
    hint = say("不必处理", "nothing to do")
    cell = table.row(header.numbering)
    noticed.note(table.problem("numbering-row", message, hint, Severity.WARNING, cell=cell))


def _tell_hidden_rows(table: Table, header: Header, noticed: ProblemLog) -> None:
    hidden = [number for number in table.hidden_rows if number > header.row]
    if hidden:
        number = len(hidden)
        message = say(f"有 {number} 行是隐藏的，照常读取", f"{number} hidden rows are read")
        cell = _rows(hidden)
        noticed.note(
            table.problem("hidden-rows", message, _not_meant(), Severity.WARNING, cell=cell)
        )


def _tell_hidden_columns(table: Table, read: Collection[int], noticed: ProblemLog) -> None:
    hidden = [at for at in table.hidden_columns if at in read]
    if hidden:
        number = len(hidden)
        message = say(f"有 {number} 列是隐藏的，照常读取", f"{number} hidden columns are read")
        cell = "+".join(table.column(at) for at in hidden)
        noticed.note(
            table.problem("hidden-columns", message, _not_meant(), Severity.WARNING, cell=cell)
        )


def _not_meant() -> str:
    return say("不应提交的请删去", "delete them if they are not meant to be submitted")


def _tell_unseen(table: Table, header: Header, read: Collection[int], noticed: ProblemLog) -> None:
    """Tell of cells that are read though nobody sees what stands in them, as on a signed print."""
    for unseen, zh, en, hint in (
        (
            table.unseen,
            "的字与底色相同",
            "whose text has the colour of their ground",
            say(
                "应提交的换个字色，不应提交的删去",
                "give the text another colour, or delete it if it is not meant to be submitted",
            ),
        ),
        (
            table.covered,
            "被合并单元格盖住，与露出的内容不同",
            "that a merged cell covers, and that hold something else than it shows",
            say(
                "取消合并，核对各格，不应提交的删去",
                "unmerge the cells and look at each; delete what is not meant to be submitted",
            ),
        ),
    ):
        found = [each for each in unseen if each[0] > header.row and each[1] in read]
        if found:
            message = say(
                f"有 {len(found)} 格{zh}，看不见，照常读取",
                f"{len(found)} cells {en}, so that nobody sees it, are read",
            )
            cell = "+".join(table.cell(position, number) for number, position in found[:_RANGES])
            noticed.add(table.problem("unseen-text", message, hint, Severity.WARNING, cell=cell))


def _tell_outdated(
    table: Table, header: Header, read: Collection[int], noticed: ProblemLog
) -> None:
    """Tell of formulas that are computed only when somebody asks for it: nobody may have asked."""
    found = [each for each in table.outdated if each[0] > header.row and each[1] in read]
    if found:
        message = say(
            f"有 {len(found)} 格是公式，而工作簿设为手动计算，存下的结果可能是改数以前的，照常读取",
            f"{len(found)} cells hold formulas that are computed only when asked; what was saved"
            " may be older than the numbers beside it, and is read",
        )
        hint = say(
            "在“公式”中把计算选项改为“自动”，核对后保存，再提交",
            "set calculation to automatic, look at the results, save it and send it again",
        )
        cell = "+".join(table.cell(position, number) for number, position in found[:_RANGES])
        noticed.add(table.problem("outdated-formula", message, hint, Severity.WARNING, cell=cell))


def _tell_comments(
    table: Table, header: Header, read: Collection[int], noticed: ProblemLog
) -> None:
    """Tell of comments beside data, which are not read: by cell where one says a number or a slip.

    45 with the comment "should be 54" is 45 for the machine and 54 for whoever wrote it.
    """
    found = sorted(each for each in table.comments if each[0] > header.row and each[1] in read)
    telling = [at for at in found if _CORRECTS.search(fold(table.comments[at]))]
    hint = say("以批注为准的，改格里的数；改好就删去批注", "mend the cell if the comment is right")
    for number, position in telling:
        text = shown(table.comments[number, position])
        noticed.add(
            table.problem(
                "comment-on-cell",
                say(f"有批注{text}，批注不读，按格里的读", f"the comment {text} is not read"),
                hint,
                Severity.WARNING,
                cell=table.cell(position, number),
            )
        )
    others = [at for at in found if at not in telling]
    if others:
        first = shown(table.comments[others[0]])
        noticed.note(
            table.problem(
                "comment-on-cell",
                say(
                    f"有 {len(others)} 格有批注，批注不读：{first}",
                    f"comments on {len(others)} cells are not read: {first}",
                ),
                hint,
                Severity.WARNING,
                cell=table.cell(others[0][1], others[0][0]),
            )
        )


def _tell_open_end(table: Table, read: Collection[int], noticed: ProblemLog) -> None:
    """Tell of a text that ends within a line: its last number may have been cut."""
    end = table.open_end
    if end is None or end.position not in read:
        return
    tell = noticed.add if end.likely else noticed.note
    tell(
        table.problem(
            "maybe-cut",
            say(
                f"文件在 {end.text} 处结束，后面没有换行；没有传完整的，这个数可能不全",
                f"the file ends with {end.text} and no end of line; if it came incomplete, the"
                " number may have been cut",
            ),
            say(
                "与原表核对；重新取一份，或在末尾加一个换行",
                "compare it with the original; fetch it again, or end the line",
            ),
            Severity.WARNING,
            cell=table.cell(end.position, end.number),
            found=end.text,
        )
    )


def _rows(numbers: Iterable[int]) -> str:
    ranges = _ranges(numbers)
    return say(f"第{ranges}行", f"row {ranges}" if ranges.isdecimal() else f"rows {ranges}")


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers as ranges: 1-3, 7.

    Examples:
        >>> _ranges([1, 2, 3, 7])
        '1-3、7'
    """
    ordered = list(numbers)
    starts = [ordered[0], *(b for a, b in pairwise(ordered) if b > a + 1)]
    ends = [*(a for a, b in pairwise(ordered) if b > a + 1), ordered[-1]]
    ranges = [f"{a}" if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True)]
    more = ["…"] if len(ranges) > _RANGES else []
    return say("、", ", ").join([*ranges[:_RANGES], *more])
