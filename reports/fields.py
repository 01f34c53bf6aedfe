"""The fields of a finding, each declared once: what it is called, its value, and how it is written.

Every report takes its headings and cells from here. What a table of values holds, in this order, is
a contract: other programs read it.
"""

from collections.abc import Callable

from dabiao.reports import wording
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class FindingField:
    """One field of a finding.

    Attributes:
        key: Its name among fields.
        zh: Its heading in Chinese.
        en: Its heading in English.
        tell: Gives its value, numbers in full; several texts are joined. It is told of the one
            field that it reads, or else of a finding.
        shown: Writes it for people, a number with its unit; where None, as the value is.
        reads: What its value depends on, beside the rule and the year: fields of ``RuleFindings``.
    """

    key: str
    zh: str
    en: str
    tell: Callable[..., Scalar]
    shown: Callable[[Finding], str] | None = None
    reads: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Its heading in the language spoken now."""
        return say(self.zh, self.en)

    def value(self, finding: Finding) -> Scalar:
        """Give its value."""
        only = self.reads[0] if len(self.reads) == 1 else None
        return self.tell(finding if only is None else getattr(finding, only))

    def text(self, finding: Finding) -> str:
        """Write it for people; empty where there is nothing to say."""
        if self.shown is not None:
            return self.shown(finding)
        value = self.value(finding)
        return "" if value is None else str(value)


_REASON = ("outcome", "required", "reason", "observed", "gap", "best", "worst", "readings")
FIELDS = (
    FindingField("outcome", "结论", "outcome", lambda of: of.label, reads=("outcome",)),
    FindingField("rule", "规则", "rule", lambda of: of.rule),
    FindingField("title", "承诺", "commitment", lambda of: of.title),
    FindingField("document", "文件", "document", lambda of: of.by.document.title),
    FindingField(
        "places",
        "出处",
        "places",
        lambda of: wording.listed(of.by.places),
        lambda of: wording.clause(of.citation),
    ),
    FindingField("level", "层级", "level", lambda of: of.by.level.label),
    FindingField("code", "代码", "code", lambda of: of.code, reads=("subject",)),
    FindingField("name", "名称", "name", lambda of: of.name, reads=("subject",)),
    FindingField(
        "parents",
        "上级代码",
        "parents",
        lambda of: wording.listed(of.parents),
        reads=("subject",),
    ),
    FindingField("year", "年份", "year", lambda of: of.year),
    FindingField(
        "observed",
        "实测",
        "observed",
        lambda of: of,
        wording.observed,
        reads=("observed",),
    ),
    FindingField(
        "comparator",
        "比较",
        "comparator",
        lambda of: of.comparator.label,
        reads=("required",),
    ),
    FindingField(
        "required",
        "要求",
        "required",
        lambda of: of.value,
        wording.required,
        reads=("required",),
    ),
    FindingField(
        "required_upper",
        "要求上限",
        "required upper",
        lambda of: of.upper,
        reads=("required",),
    ),
    FindingField("unit", "单位", "unit", lambda of: of.unit),
    FindingField("gap", "差距", "gap", lambda of: of, wording.gap, reads=("gap",)),
    FindingField(
        "remedy",
        "整改参考",
        "remedy",
        lambda of: wording.listed(map(wording.remedy, of)),
        lambda of: wording.either(wording.remedies(of)),
        reads=("remedy",),
    ),
    FindingField("lead", "牵头单位", "lead units", lambda of: wording.listed(of.units.lead)),
    FindingField(
        "responsible",
        "责任单位",
        "responsible units",
        lambda of: wording.listed(of.units.responsible),
    ),
    FindingField("aspiration", "力争", "aspiration", lambda of: of.aspiration),
    FindingField("contradicts", "不一致", "contradicts", lambda of: wording.listed(of.contradicts)),
    FindingField("governed_by", "以此为准", "governed by", lambda of: of.governed_by),
    FindingField("reason", "理由", "reason", wording.reason, reads=_REASON),
    FindingField("cells", "数据来源", "cells", wording.whole_cells, reads=("inputs",)),
)
"""All of them, in the order of a table of values."""

_KEYED = {field.key: field for field in FIELDS}


def fields(*keys: str) -> tuple[FindingField, ...]:
    """Choose fields by their keys, in that order.

    Examples:
        >>> [field.en for field in fields("observed", "gap")]
        ['observed', 'gap']
    """
    return tuple(_KEYED[key] for key in keys)
