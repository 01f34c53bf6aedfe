"""What a letter has no room for is counted."""

import io
from dataclasses import replace

import docx
import pytest

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.letter import standing
from dabiao.reports.letter.content import letter
from dabiao.reports.letter.document import letter_bytes
from tests.reports.sample import changed, class_size, pupils, sample_run

KNOWN = Circumstances(place="东胜区")


@pytest.mark.parametrize("bound", ["MOST_OWING", "MOST_FIGURES"])
def test_more_who_owe_and_more_schools_than_an_annex_holds(
    bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those for whom the most waits, and the gravest, are listed; the others are counted."""
    whole = sample_run()
    first, other = class_size(pupils(1, "1506020001"), None, 1), pupils(1, "1506020002")
    more = (first, changed(first, id="ordos-145/other"), class_size(other, None, 2))
    run = replace(whole, findings=(*whole.findings, *more))
    monkeypatch.setattr(standing, bound, 2)
    monkeypatch.setattr(standing, "MOST_SCHOOLS", 2)
    found, document = letter(run, KNOWN), docx.Document(io.BytesIO(letter_bytes(run, KNOWN)))
    told = [each.text for each in document.paragraphs]

    assert [(each["序号"], each["待判条数"]) for each in found["缺报数据"]] == [(1, 2), (2, 2)]
    assert [each["代码"] for each in found["缺报数据"]] == [first.subject.code, pupils(3).code]
    assert found["学校名单"][0]["代码"] == pupils(3).parents[-1]
    assert any("没有报齐的有 3 个" in each for each in told)
    assert "以上是待判条数最多的；另有 1 个没有列出，全部见台账。" in told
    assert "另有 2 所没有列出，它们的问题见台账。" in told
