"""Whom a run is about, as a title names them."""

from collections.abc import Sequence

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances, told_by
from dabiao.reports.narrowing import whom
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_MOST_NAMED = 3
_MOST_YEARS = 2


def title(judged: Sequence[int], place: str, known: Circumstances) -> str:
    """Give the title of a report: the place, the year, what it is, and of what it is a part."""
    years = wording.years(judged)
    document = known.document and wording.document_title(known.document)
    part = wording.listed(filter(None, (document, known.unit)))
    return say(
        f"{wording.of_years(place, years)}年度目标任务完成情况督导评估报告",
        f"{place + ': ' if place else ''}inspection report on targets, {years}",
    ) + (say(f"（{part}）", f" ({part})") if part else "")


def title_of_runs(runs: Sequence[Run], zh: str, en: str) -> str:
    """Give the title of a page on several runs: the place, the years, what it is, the documents.

    Args:
        runs: The runs, the earliest first; what they are about is told by the last.
        zh: What it is, in Chinese.
        en: The same in English.
    """
    last = runs[-1]
    known = told_by(last)
    place = whom((each.subject for each in last.findings), SubjectNames(last, last.names), known)
    years = sorted({run.as_of for run in runs})
    span = str(years[0]) if len(years) == 1 else say("年与", " and ").join(map(str, years))
    if len(years) > _MOST_YEARS:
        span = f"{years[0]}–{years[-1]}"
    titles = {each.by.document.id: each.by.document.title for each in last.findings}
    documents = [wording.document_title(titles[id_]) for id_ in sorted(titles)]
    part = wording.listed(filter(None, (known.unit, *documents[:_MOST_NAMED])))
    if len(documents) > _MOST_NAMED:
        part += say(f"等{len(documents)}份文件", f" and {len(documents) - _MOST_NAMED} more")
    return say(f"{place}{span}年{zh}", f"{place + ': ' if place else ''}{en}, {span}") + (
        say(f"（{part}）", f" ({part})") if part else ""
    )
