"""What a letter has no room for is counted, and what it has nothing to say of is said."""

import io
from dataclasses import replace

import docx
import pytest

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.letter import standing
from dabiao.reports.letter.content import letter
from dabiao.reports.letter.document import letter_bytes
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run
from tests.reports.sample import changed, class_size, pupils, sample_run

KNOWN = Circumstances(place="东胜区")


def paragraphs(run: Run, known: Circumstances) -> list[str]:
    """Read the paragraphs of the letter on a run."""
    return [each.text for each in docx.Document(io.BytesIO(letter_bytes(run, known))).paragraphs]


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
    found, told = letter(run, KNOWN), paragraphs(run, KNOWN)

    assert [(each["序号"], each["待判条数"]) for each in found["缺报数据"]] == [(1, 2), (2, 2)]
    assert [each["代码"] for each in found["缺报数据"]] == [first.subject.code, pupils(3).code]
    assert found["学校名单"][0]["代码"] == pupils(3).parents[-1]
    assert any("没有报齐的有 3 个" in each for each in told)
    assert "以上是待判条数最多的；另有 1 个没有列出，全部见台账。" in told
    assert "另有 2 所没有列出，它们的问题见台账。" in told


def test_nothing_judged() -> None:
    """Where no rule applied nothing is called good: neither the commitments nor the data."""
    nobody = replace(sample_run(), findings=(), judged=(), summary=dict.fromkeys(Outcome, 0))
    told = paragraphs(nobody, Circumstances())
    chapters = [at for at, each in enumerate(told) if each[1:2] == "、"]

    assert [told[at + 1] for at in chapters[1:]] == ["没有可以判断的事项。"] * 5
    assert not any("：，" in each for each in told), "the scope names no place"
