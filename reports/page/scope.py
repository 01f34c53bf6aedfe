"""Whom a run is about, as a title names them."""

from collections.abc import Iterable, Sequence

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances, told_by
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.language import say
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject

_MOST_NAMED = 3
_MOST_YEARS = 2


def whom(judged: Iterable[Subject], places: SubjectNames, known: Circumstances) -> str:
    """Name the place that subjects lie in: the lowest one that all of them do.

    Where none is known, the first counties are named.

    Args:
        judged: The subjects, in order.
        places: Their names.
        known: What a run was narrowed to.
    """
    if known.place:
        return known.place
    subjects = {each.code: each for each in judged}
    common: list[str] | None = None
    for subject in subjects.values():
        path = _path(subject)
        common = path if common is None else _alike(common, path)
    if common:
        return places.name(common[-1])
    homes = list(dict.fromkeys(places.home(each) for each in subjects.values()))
    names = [places.name(code) for code in homes if code]
    told = say("、", ", ").join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        told += say(f"等{len(names)}个地区", f" and {len(names) - _MOST_NAMED} more")
    return told


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


def _path(subject: Subject) -> list[str]:
    return [*subject.parents, subject.code]


def _alike(first: list[str], second: list[str]) -> list[str]:
    same = []
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        same.append(one)
    return same
