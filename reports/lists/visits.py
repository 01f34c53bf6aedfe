"""A sample of subjects to visit, as people and programs read it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.reports.lists.quality import at_stake, cells_of, kind_label
from dabiao.schemas.border import border
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.visits import TEAM, Visit, VisitSample

_HASH = 16
_REASONS = 5


def visit_listing(sample: VisitSample, names: Mapping[str, str]) -> Listing:
    """List visits, one a row; JSON has everything."""
    columns = {
        "code": say("代码", "code"),
        "name": say("对象", "subject"),
        "stratum": say("所在地", "place"),
        "risk": say("风险分", "risk"),
        "reasons": say("理由", "reasons"),
        "cells": say("位置", "cells"),
    }
    if sample.staffed:
        columns["inspectors"] = say("检查人员", "inspectors")
    columns["drawn"] = say("抽取依据", "drawn with")
    rows: list[dict[str, Scalar]] = [
        {
            "code": visit.subject.code,
            "name": visit.subject.name,
            "stratum": _place(visit, names),
            "risk": round(visit.risk, 2),
            "reasons": say("；", "; ").join(_reasons(visit)),
            "cells": cells_of([each for reason in visit.reasons for each in reason.sources]),
            "inspectors": say("、", ", ").join(visit.inspectors),
            "drawn": _basis(sample),
        }
        for visit in sample.visits
    ]
    return Listing(columns, rows, _record(sample), header(sample, names))


def _record(sample: VisitSample) -> dict[str, object]:
    """Give a sample as a program reads it, its reasons in words."""
    record: dict[str, object] = border(VisitSample).dump_python(
        sample, mode="json", by_alias=True, exclude={"visits"}
    )
    visits: list[object] = []
    for visit in sample.visits:
        reasons = [
            {
                "kind": reason.kind,
                "points": reason.points,
                "bears": reason.bears,
                "message": wording.visit_reason(reason),
                "sources": list(map(asdict, reason.sources)),
            }
            for reason in visit.reasons
        ]
        told = border(Visit).dump_python(visit, mode="json", by_alias=True, exclude={"reasons"})
        visits.append({**told, "reasons": reasons})
    return {**record, "visits": visits}


def print_visits(sample: VisitSample, names: Mapping[str, str], file: TextIO) -> None:
    """Print what was drawn, from whom and with what, then each visit with its reasons."""
    file.writelines(f"{line}\n" for line in header(sample, names))
    for visit in sample.visits:
        place = _place(visit, names)
        file.write(f"\n{visit.subject.name}  {visit.subject.code}")
        file.write((f"  {place}" if place else "") + say("  风险分 ", "  risk "))
        file.write(f"{visit.risk:.3g}\n")
        if sample.staffed:
            listed = say("、", ", ").join(visit.inspectors)
            file.write(say(f"  检查人员：{listed}", f"  inspectors: {listed}"))
            file.write(_lacking(TEAM - len(visit.inspectors)))
        for reason in visit.reasons[:_REASONS]:
            told = f"{kind_label(reason.kind)}: {wording.visit_reason(reason)}"
            file.write(f"  +{reason.points:.2g} {told}{at_stake(reason.bears)}\n")
            cells = cells_of(reason.sources)
            file.write(f"      {cells}\n" if cells else "")
        more = len(visit.reasons) - _REASONS
        if more > 0:
            points = sum(reason.points for reason in visit.reasons[_REASONS:])
            file.write(
                say(
                    f"  +{points:.2g} 另有 {more} 条，见 JSON 或 CSV 结果\n",
                    f"  +{points:.2g} {more} more reasons are in the JSON and CSV results\n",
                )
            )
        if not visit.reasons:
            file.write(say("  没有提示，随机抽到\n", "  nothing noted; drawn by lot\n"))


def _lacking(count: int) -> str:
    """Say how many inspectors are wanting, as nobody else is from elsewhere."""
    if count <= 0:
        return "\n"
    return say(
        f"（缺 {count} 人：名单中没有别处的人）\n",
        f" ({count} wanting: nobody else is from elsewhere)\n",
    )


def header(sample: VisitSample, names: Mapping[str, str]) -> list[str]:
    """Say all that it takes to draw the same sample again."""
    level = sample.level.label
    drawn, whole = len(sample.visits), sample.population
    area = names.get(sample.area or "", sample.area or "")
    share = f"{sample.share:g}%"
    lines = [
        say(
            f"{area}{sample.year}年抽查名单：从 {whole:,} {sample.level.counted_in}{level}中"
            f"抽取 {drawn:,} {sample.level.counted_in}（比例 {share}，种子 {sample.seed}）",
            f"Visits{' in ' + area if area else ''} for {sample.year}: {drawn:,} of {whole:,}"
            f" subjects ({level}) drawn, share {share}, seed {sample.seed}",
        )
    ]
    if sample.stratum_level is not None:
        stratum = sample.stratum_level
        held = drawn >= sample.strata
        lines.append(
            say(
                f"按{stratum.zh}分组，共 {sample.strata:,} 个"
                + (
                    "，每个至少抽一"
                    if held
                    else f"，名额不足每{stratum.zh} 1 {sample.level.counted_in}"
                ),
                f"by {stratum.value}, of which there are {sample.strata:,}"
                + (", at least one in each" if held else ", too many for one in each"),
            )
        )
    counted = say("、", ", ").join(kind_label(each) for each in sample.also)
    lines.append(
        say(
            f"其中有疑点的 {sample.flagged:,} {sample.level.counted_in}"
            + (f"，也计入{counted}" if counted else ""),
            f"{sample.flagged:,} have something noted"
            + (f"; {counted} counted too" if counted else ""),
        )
    )
    lines.append(
        say(
            f"数据 {sample.facts[:_HASH]}，规则 {sample.rules[:_HASH]}；"
            "同样的数据、规则、参数和种子抽出同样的名单",
            f"facts {sample.facts[:_HASH]}, rules {sample.rules[:_HASH]}; the same facts, rules,"
            " options and seed draw the same",
        )
    )
    return lines


def _basis(sample: VisitSample) -> str:
    """Say in a cell what a row was drawn with."""
    share, whole = f"{sample.share:g}%", sample.population
    return say(
        f"种子 {sample.seed}，比例 {share}，总数 {whole}，数据 {sample.facts[:_HASH]}",
        f"seed {sample.seed}, share {share}, population {whole}, facts {sample.facts[:_HASH]}",
    )


def _place(visit: Visit, names: Mapping[str, str]) -> str:
    if visit.stratum_name or visit.stratum is None:
        return visit.stratum_name
    return names.get(visit.stratum, visit.stratum)


def _reasons(visit: Visit) -> list[str]:
    return [
        f"{kind_label(reason.kind)} +{reason.points:.2g} {wording.visit_reason(reason)}"
        for reason in visit.reasons
    ]
