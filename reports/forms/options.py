"""Choices of drop-downs: in the cell itself, or on a sheet of their own where they are too long."""

from typing import TYPE_CHECKING

from dabiao.schemas.language import say

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 255
"""Characters that a drop-down itself can hold."""


class Options:
    """The drop-downs of a workbook."""

    def __init__(self, workbook: "Workbook") -> None:
        """Keep long choices on a hidden sheet, which is made when it is first needed."""
        self._workbook = workbook
        self._sheet: Worksheet | None = None
        self._kept: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """Give choices as a drop-down takes them: a list, or the cells where they stand."""
        if len(",".join(choices)) <= _LONGEST and not any("," in each for each in choices):
            return list(choices)
        if choices not in self._kept:
            self._kept[choices] = self._keep(choices)
        return self._kept[choices]

    def _keep(self, choices: tuple[str, ...]) -> str:
        name = say("选项", "options")
        if self._sheet is None:
            self._sheet = self._workbook.add_worksheet(name)
            self._sheet.hide()
        at = len(self._kept)
        self._sheet.write_column(0, at, choices)
        column = self._workbook_column(at)
        return f"='{name}'!${column}$1:${column}${len(choices)}"

    @staticmethod
    def _workbook_column(at: int) -> str:
        from xlsxwriter.utility import xl_col_to_name

        return str(xl_col_to_name(at))
