"""Words for what is missing: whose, of which year, and why."""

from typing import assert_never

from dabiao.engine.data.frames import Frames
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.what_if import Variable
from dabiao.engine.findings.missing import MissingValue, WhyMissing
from dabiao.engine.findings.wording import Names, several
from dabiao.schemas.finding import Source
from dabiao.schemas.language import say
from dabiao.schemas.level import Level


class MissingWords:
    """Words what is missing.

    Args:
        frames: The subjects and cells.
        names: Names measures.
    """

    def __init__(self, frames: Frames, names: Names) -> None:
        self._frames = frames
        self._names = names

    def subjects(self, level: Level, some: tuple[int, ...], count: int) -> str:
        """Name some subjects of a level, and say how many there are."""
        return several([self._frames.called(level, at) for at in some], count, level)

    def told(self, lack: MissingValue, own: SubjectYear) -> str:
        """Say what is missing, seen from the subject judged."""
        name = self._names.name(lack.slug) if lack.slug else ""
        formula = self._names.formula(lack.formula) if lack.formula else ""
        who, place, year = self._who(lack, own), self._place(lack), lack.year
        whom, whose = who or "it", f"{who}的" if who else ""
        match lack.cause:
            case WhyMissing.NO_ROW:
                return say(
                    f"{who}没有{year}年的填报数据，缺{name}",
                    f"{f'{who} has ' if who else ''}no row for {year}, which leaves {name} missing",
                )
            case WhyMissing.UNUSABLE:
                return say(
                    f"{whose}{name}{year}年的数据无法使用{place}：{lack.reason}",
                    f"{name} of {year}{f' of {who}' if who else ''} is unusable{place}:"
                    f" {lack.reason}",
                )
            case WhyMissing.DOUBTFUL:
                return say(
                    f"{whose}{name}{year}年的数据有两种读法{place}：{lack.reason}",
                    f"{name} of {year}{f' of {who}' if who else ''} may be read in two ways{place}:"
                    f" {lack.reason}",
                )
            case WhyMissing.UNREPORTED:
                return say(
                    f"{who}未填报{year}年的{name}{place}",
                    f"{name} of {year} not reported{f' by {who}' if who else ''}{place}",
                )
            case WhyMissing.NONE_BELOW:
                return say(
                    f"{who}没有已知的下级，{formula}无从算起",
                    f"nothing below {whom} is known, so no {formula}",
                )
            case WhyMissing.NONE_ABOVE:
                return say(
                    f"不知道{who or '它'}属于哪个上级，{formula}无从算起",
                    f"what lies above {whom} is not known, so no {formula}",
                )
            case WhyMissing.NONE_COUNTED:
                return say(
                    f"{whose}下级都不符合条件，{formula}无从算起",
                    f"nothing below {whom} meets the condition, so no {formula}",
                )
            case WhyMissing.OPEN:
                return say(
                    f"{whose}下级的结论未定或都不适用，{formula}无从算起",
                    f"findings below {whom} are open or do not apply, so no {formula}",
                )
            case WhyMissing.UNDEFINED:
                return say(
                    f"{whose}{formula}在{year}年算不出：除数为0",
                    f"{formula} of {year} cannot be computed for {whom}: a division by 0",
                )
            case _:
                assert_never(lack.cause)

    def cell(self, variable: Variable, own: SubjectYear) -> str:
        """Name a cell that may mean several values."""
        lack = MissingValue.at(variable.spot, WhyMissing.DOUBTFUL, variable.slug)
        who, name = self._who(lack, own), self._names.name(variable.slug)
        year = "" if variable.spot.year == own.year else str(variable.spot.year)
        return say(
            f"{f'{who}的' if who else ''}{year and year + '年的'}{name}{self._place(lack)}",
            f"{name}{f' of {who}' if who else ''}{year and ' of ' + year}{self._place(lack)}",
        )

    def _who(self, lack: MissingValue, own: SubjectYear) -> str:
        if lack.level is own.level and lack.subjects == (own.subject,):
            return ""
        return self.subjects(lack.level, lack.subjects, lack.count)

    def _place(self, lack: MissingValue) -> str:
        if lack.slug is None or lack.count > 1:
            return ""
        where = (lack.level, lack.slug, lack.year, lack.subjects[0])
        report = self._frames.report(*where)
        source = self._frames.blank(*where) if report is None else report.source
        return "" if source is None else say(f"（{place(source)}）", f" ({place(source)})")


def place(source: Source) -> str:
    """Say where a value stands: file, sheet, cell."""
    return " ".join(part for part in (source.file, source.sheet, source.cell) if part)
