"""Remarks on the quality of facts, as people and programs read them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TextIO

from dabiao.intake.justifications import Justification
from dabiao.reports import wording
from dabiao.reports.lists import explained
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.language import number_of, say
from dabiao.schemas.run import Note


def kind_label(kind: str) -> str:
    """Name a kind of remark, or of reason to visit.

    Examples:
        >>> kind_label("jump"), kind_label("something-new")
        ('突变', 'something-new')
    """
    labels = {
        "impossible": say("不可能", "impossible"),
        "unusual": say("少见", "unusual"),
        "sum-differs": say("与下级合计不符", "sum differs"),
        "indicator-differs": say("与口径计算不符", "indicator differs"),
        "jump": say("突变", "jump"),
        "outlier": say("离群", "outlier"),
        "copy": say("雷同", "copy"),
        "repeat": say("与上年雷同", "repeat"),
        "problem": say("读取问题", "problem of intake"),
        "unplaced": say("位置不详", "unplaced"),
        "only-named": say("只被提到", "only named"),
        "not-in-roster": say("不在名录", "not in roster"),
        "unreported": say("没有填报", "unreported"),
        "violation": say("未达标", "violation"),
        "behind": say("滞后", "behind"),
        "missing": say("缺数据", "missing"),
    }
    return labels.get(kind, kind)


def cells_of(sources: Sequence[Source]) -> str:
    """Name cells, those of one sheet together.

    Examples:
        >>> cells_of([Source(file="a.xlsx", sheet="学校", cell="F2"),
        ...           Source(file="a.xlsx", sheet="学校", cell="G2")])
        'a.xlsx › 学校 › F2、G2'
    """
    sheets: dict[tuple[str, str | None], list[str]] = {}
    for source in sources:
        sheets.setdefault((source.file, source.sheet), []).append(source.cell or "")
    told = [
        wording.cell(Source(file=file, sheet=sheet, cell=say("、", ", ").join(filter(None, cells))))
        for (file, sheet), cells in sheets.items()
    ]
    return say("；", "; ").join(told)


def sources_of(note: Note) -> tuple[Source, ...]:
    """Give all cells a remark concerns."""
    return note.sources or ((note.source,) if note.source else ())


def note_record(note: Note) -> dict[str, object]:
    """Give a remark as a program reads it, with its words."""
    return {
        "kind": note.kind,
        "message": wording.note(note),
        "subject": note.subject,
        "level": note.level,
        "year": note.year,
        "measure": note.measure,
        "reported": note.reported,
        "computed": note.computed,
        "source": None if note.source is None else asdict(note.source),
        "measures": list(note.measures),
        "sources": list(map(asdict, note.sources)),
        "check": note.check,
        "others": list(note.others),
    }


def note_listing(
    notes: Sequence[Note],
    names: Mapping[str, str],
    reasons: Mapping[Note, Justification] | None,
    bears: Mapping[Note, int] | None,
) -> Listing:
    """List remarks, one a row; where any is explained, each with its explanation."""
    why, rests = reasons or {}, bears or {}
    columns = {
        "kind": say("类别", "kind"),
        "level": say("层级", "level"),
        "subject": say("代码", "code"),
        "name": say("对象", "subject"),
        "year": say("年份", "year"),
        "message": say("提示", "note"),
        "bears": say("可能改变的结论", "outcomes at stake"),
        "cells": say("位置", "cells"),
    }
    rows: list[dict[str, Scalar]] = [
        {
            "kind": kind_label(note.kind),
            "level": note.level.label if note.level else None,
            "subject": note.subject,
            "name": names.get(note.subject or ""),
            "year": note.year,
            "message": wording.note(note),
            "bears": rests.get(note),
            "cells": cells_of(sources_of(note)),
        }
        for note in notes
    ]
    records = [note_record(note) | {"bears": rests.get(note)} for note in notes]
    if why:
        columns |= explained.columns()
        told = [explained.cells(why.get(note)) for note in notes]
        rows = [row | more for row, more in zip(rows, told, strict=True)]
        records = [record | more for record, more in zip(records, told, strict=True)]
    return Listing(columns, rows, records)


def at_stake(count: int | None) -> str:
    """Say how many outcomes could change if what is noted were corrected."""
    if not count:
        return ""
    return say(f"（改正可能改变 {count:,} 条结论）", f" ({number_of(count, 'outcome')} at stake)")


def print_notes(
    notes: Sequence[Note],
    reasons: Mapping[Note, Justification],
    bears: Mapping[Note, int],
    file: TextIO,
) -> None:
    """Print remarks kind by kind, each with its cells, and how many there are.

    Of one kind those come first on which most outcomes rest.

    Args:
        notes: The remarks.
        reasons: Those that are explained; they are told last, each in a line with its reason.
        bears: How many outcomes could change if what a remark is about were corrected.
        file: Where to.
    """
    still = [note for note in notes if note not in reasons]
    still.sort(key=lambda note: -bears.get(note, 0))
    kinds = Counter(note.kind for note in still)
    for kind in sorted(kinds, key=lambda each: (kinds[each], each)):
        file.write(f"{kind_label(kind)}\n")
        for note in still:
            if note.kind == kind:
                file.write(f"  {wording.note(note)}{at_stake(bears.get(note))}\n")
                cells = cells_of(sources_of(note))
                file.write(f"    {cells}\n" if cells else "")
    if not notes:
        file.write(say("没有提示\n", "nothing to note\n"))
        return
    if reasons:
        file.write(say("已说明\n", "explained\n"))
    for note, of in reasons.items():
        file.write(
            say(f"  {wording.note(note)}——", f"  {wording.note(note)} – ")
            + f"{explained.why_right(of)}\n"
        )
    told = [f"{kind_label(kind)} {count:,}" for kind, count in kinds.most_common()]
    listed = say("：", ": ") + say("，", ", ").join(told) if told else ""
    left, count = len(still), len(notes)
    parts = say(
        f"，待核实 {left:,}，已说明 {count - left:,}",
        f", {left:,} open, {count - left:,} explained",
    )
    parts = parts if reasons else ""
    file.write(
        say(
            f"提示 {count:,} 条{parts}{listed}。请复核，不是结论\n",
            f"{number_of(count, 'note')}{parts}{listed}: for a second look, no verdicts\n",
        )
    )
