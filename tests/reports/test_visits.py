"""What the list of visits says above its rows, so that anybody can draw the same again."""

from typing import Any

import pytest

from dabiao.reports.lists.visits import header
from dabiao.schemas.level import Level
from dabiao.schemas.subject import Subject
from dabiao.schemas.visits import Visit, VisitSample


def told(drawn: int, **more: Any) -> str:  # noqa: ANN401 - any field
    """Say what stands above a sample of so many schools out of 40."""
    schools = [
        Subject(code=f"150602{at:04}", name=f"学校{at}", level=Level.SCHOOL) for at in range(drawn)
    ]
    fields: dict[str, Any] = {"population": 40, "strata": 2, "flagged": 5, **more}
    sample = VisitSample(
        seed="7",
        share=10.0,
        year=2025,
        level=Level.SCHOOL,
        facts="f" * 64,
        rules="a" * 64,
        weights={},
        visits=tuple(Visit(subject=each, risk=1.0, stratum=None, first=False) for each in schools),
        **fields,
    )
    return "\n".join(header(sample, {"150600": "鄂尔多斯市"}))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [(3, "，每个至少抽一"), (2, "，每个至少抽一"), (1, "，名额不足每旗县 1 所")],
)
def test_whether_each_place_has_one(drawn: int, said: str) -> None:
    """Places are told of where the sample was drawn by them, and whether there are enough."""
    assert f"按旗县分组，共 2 个{said}\n" in told(drawn, stratum_level=Level.COUNTY)
    assert "分组" not in told(drawn)


def test_what_it_takes_to_draw_the_same() -> None:
    """Place, year, numbers, share, seed and hashes are there."""
    above = told(4, area="150600")

    assert "鄂尔多斯市2025年抽查名单：从 40 所学校中抽取 4 所（比例 10%，种子 7）" in above
    assert "其中有疑点的 5 所" in above
    assert "数据 ffffffffffffffff，规则 aaaaaaaaaaaaaaaa；" in above
