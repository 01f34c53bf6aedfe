"""What stands in the brackets of a header: a unit, a duty to fill in, or a qualifier.

专任教师数（人） is 专任教师数, but 专任教师数（女） is only some of them, and 经费（预算） is not
what was spent. A bracket that is no unit says so: such a column is proposed with doubt, whatever
its name.
"""

import re

from dabiao.intake.cells.totals import is_total
from dabiao.intake.names import DUTIES
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.unit import is_known

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_PARTS = re.compile(r"[,，、;；。:：]|\s{2,}|(?<=[一-鿿])\s+|\s+(?=[一-鿿])")
_LABEL = re.compile(r"^(?:计量)?单位[:：]?|^units?[:：]\s*|^in\s+", re.IGNORECASE)
_LIGHT = frozenset(["数", "数量", "人数", "个数", "number", "no", "no.", "#", "count"])


def bracketed(header: str) -> tuple[str | None, str]:
    """Give the unit and the qualifier that stand in the brackets of a header.

    Examples:
        >>> bracketed("财政拨款总额(万元,不含基建)"), bracketed("专任教师数（女）")
        (('万元', '不含基建'), (None, '女'))
        >>> bracketed("在校生数（不含寄宿）（人）"), bracketed("人数（必填）（单位：人）")
        (('人', '不含寄宿'), ('人', ''))
    """
    unit: str | None = None
    others: list[str] = []
    for found in _BRACKETS.findall(fold(header)):
        for part in _PARTS.split(_LABEL.sub("", found.strip())):
            text = part.strip().strip("*")
            if not text or text.casefold() in DUTIES | _LIGHT or is_total(text):
                continue
            if unit is None and is_known(text):
                unit = text
            else:
                others.append(text)
    return unit, "、".join(others)
