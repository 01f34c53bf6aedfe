"""Remarks on the quality of facts, as people and programs read them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.finding import Source
from dabiao.schemas.language import say
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
        "unplaced": say("不知在何处", "unplaced"),
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


def note_listing(notes: Sequence[Note], names: Mapping[str, str]) -> Listing:
    """List remarks, one a row."""
    columns = {
        "kind": say("类别", "kind"),
        "level": say("层级", "level"),
        "subject": say("代码", "code"),
        "name": say("对象", "subject"),
        "year": say("年份", "year"),
        "message": say("提示", "note"),
        "cells": say("位置", "cells"),
    }
    rows = [
        {
            "kind": kind_label(note.kind),
            "level": note.level.label if note.level else None,
            "subject": note.subject,
            "name": names.get(note.subject or ""),
            "year": note.year,
            "message": wording.note(note),
            "cells": cells_of(sources_of(note)),
        }
        for note in notes
    ]
    return Listing(columns, rows, list(map(note_record, notes)))


def print_notes(notes: Sequence[Note], file: TextIO) -> None:
    """Print remarks kind by kind, each with its cells, and how many there are."""
    kinds = Counter(note.kind for note in notes)
    for kind in sorted(kinds, key=lambda each: (kinds[each], each)):
        file.write(f"{kind_label(kind)}\n")
        for note in notes:
            if note.kind == kind:
                file.write(f"  {wording.note(note)}\n")
                cells = cells_of(sources_of(note))
                file.write(f"    {cells}\n" if cells else "")
    if not notes:
        file.write(say("没有提示\n", "nothing to note\n"))
        return
    told = [f"{kind_label(kind)} {count:,}" for kind, count in kinds.most_common()]
    listed = say("，", ", ").join(told)
    count = len(notes)
    file.write(
        say(
            f"提示 {count:,} 条：{listed}。只是请人再看一眼，不是结论\n",
            f"{count:,} notes: {listed}. They ask for a second look and are no verdicts\n",
        )
    )
