"""Forms on paper: where pages end, and what each of them says."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest

from dabiao.reports.forms.paper import pages, pages_tall, pixels, widths
from dabiao.reports.forms.workbook import form_bytes
from dabiao.schemas.form import FormRow
from tests.reports.blank_forms import field, item_rows, made, planned, sheet_of


def test_a_wide_sheet_repeats_who_and_what_on_paper() -> None:
    """A form prints on A4 across; a wide sheet breaks between topics and repeats who and what."""
    narrow = sheet_of(form_bytes(made(field("a"))), "学校")
    fields = [field(f"item_{at}", topic=f"题{at // 9}") for at in range(30)]
    some = frozenset(("item_0", "item_10", "item_20"))
    rows = tuple(FormRow(f"s{at}", None, "150602", 2025 - at, some) for at in range(3))
    rows = (*rows, FormRow("s3", None, "150602", 2022, frozenset(("item_0",))))
    wide = sheet_of(form_bytes(made(*fields, rows=rows)), "学校")

    for sheet in (narrow, wide):
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.print_title_rows == "$3:$4"
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.right.text)
    assert narrow.sheet_properties.pageSetUpPr is not None
    assert narrow.sheet_properties.pageSetUpPr.fitToPage
    assert narrow.freeze_panes == "E5"
    assert wide.print_title_cols == "$A:$D"
    areas = [each.rpartition("!")[2] for each in str(wide.print_area).split(",")]
    assert areas == ["$A$3:$M$8", "$N$3:$V$7", "$W$3:$AH$7"]  # from topics to what is asked


def test_a_topic_torn_by_a_page_keeps_two_columns_on_each() -> None:
    """One column has no room for the title of its topic."""
    topics = ["甲"] * 4 + ["很长的一个题目"] * 9 + ["乙"] * 30
    for lead in range(20):
        fields = [field(f"a{at}", topic=t) for at, t in enumerate(["首"] * lead + topics)]
        paper = pages(fields, [15.5, 20.0, 12.0, 6.5])
        whole = Counter(each.topic for each in fields)
        parts = paper.parts(fields)
        assert paper.starts
        assert all(last > first or whole[t] == 1 for t, first, last, _ in parts), (lead, parts)


def test_a_county_form_prints_on_two_pages() -> None:
    """What is asked of a county alone is shrunk by a little rather than spread over four pages."""
    sheet = sheet_of(form_bytes(planned("ordos-145", "150602", 2025, ("旗县",))), "旗县")
    assert len(item_rows(sheet)) > 20
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 2)


def test_an_item_that_many_offices_answer_for() -> None:
    """Offices that take more than two lines are counted beside an item, and listed in its note."""
    (of,) = (form := planned("aohan-2023", None, 2025, ("旗县",))).sheets
    sheet = sheet_of(form_bytes(form), "旗县")
    many = max(range(len(of.fields)), key=lambda at: len(of.fields[at].offices))
    offices, row = of.fields[many].offices, item_rows(sheet)[many]

    assert sheet.cell(row, 5).value == f"{offices[0]}等{len(offices)}个单位"
    assert str(sheet.cell(row, sheet.max_column).value).endswith("责任单位：" + "、".join(offices))
    assert (sheet.row_dimensions[row].height or 0) < 120


def test_pages_are_about_alike() -> None:
    """A list of schools that takes several pages leaves none of them nearly empty."""
    (of,) = planned("ordos-145", None, 2025, ("学校",)).sheets
    sizes = list(map(pixels, widths(of.fields)))
    starts = [0, *pages(of.fields, [18.0, 30.0, 18.0, 8.0]).starts, len(sizes)]
    full = [sum(sizes[first:last]) for first, last in itertools.pairwise(starts)]

    assert len(full) > 2
    assert min(full) * 2 > max(full)


def test_long_names_have_taller_rows() -> None:
    """Nothing of them is cut off: in the roster, in rows that are known, in an upright sheet."""
    name = "鄂尔多斯市东胜区特殊教育资源中心与康复训练学校"
    rows = tuple(FormRow(f"s{at}", name, "150602", 2025, frozenset("a")) for at in (1, 2))
    form = made(field("a"), rows=rows)
    listed = tuple(replace(each, name=name) for each in form.roster)
    one = made(field("a"), rows=rows[:1])
    books = [form_bytes(replace(form, roster=listed)), form_bytes(one)]

    for of, sheet, row in ((0, "名录", 2), (0, "学校", 5), (1, "学校", 5)):
        assert (sheet_of(books[of], sheet).row_dimensions[row].height or 0) > 30


@pytest.mark.parametrize(
    ("rows", "pages"),
    [(0.5, 1), (1.2, 1), (1.5, 2), (2.5, 2), (2.7, 0), (5.3, 5), (5.5, 0), (10.39, 10), (7, 0)],
)
def test_the_last_page_is_not_nearly_empty(rows: float, pages: int) -> None:
    """A sheet shrinks by a little rather than leave a few lines to a page of their own."""
    whole = 500.0 - 30  # of columns that need no shrinking
    assert pages_tall(rows * whole, [50.0], 30) == pages
