"""Documents, places and ranges: bounded, and refused in one message where they are wrong."""

import re
import tracemalloc
from pathlib import Path

import pytest

from dabiao.rules.packs.read import PackReading, read
from dabiao.schemas.document import Document
from dabiao.schemas.language import Language, speaking
from tests.rules.packs import DOCUMENT, PLACES, RULES, WORDS, write_pack

BOMB = "\n".join(
    [
        'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
        *(
            f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]"
            for old, new in zip("abcdefghi", "bcdefghij", strict=True)
        ),
        "title: *j",
    ]
)


def described(folder: Path, text: str) -> PackReading:
    """Read a pack whose document.yaml is this text."""
    write_pack(folder, rules=RULES)
    (folder / "document.yaml").write_text(text, "utf-8")
    return read([folder])


def whole(folder: Path, text: str) -> Document:
    """Give the document that a text describes."""
    reading = described(folder, text)
    assert reading.errors == []
    return reading.catalog.documents["plan"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (DOCUMENT + BOMB, 6),
        (DOCUMENT + "number: &x a\nissuer: *x", 6),
        (DOCUMENT + "under: " + "[" * 20_000 + "]" * 5_000, 5),
        (DOCUMENT + "under: [[[a]]]", 5),
        (DOCUMENT + "a:\n" + "".join(" " * n + "- \n" for n in range(1, 200)), 8),
        (DOCUMENT + "# " + "x" * 70_000, 1),
        (DOCUMENT + "issued: 2026-13-45", 5),
        (DOCUMENT + "issued: 2026-02-30", 5),
        (DOCUMENT + "issued: 20260301", 5),
        (DOCUMENT + "issuer: [a, b]", 5),
        (DOCUMENT + "id: other", 5),
        (DOCUMENT + "supersede: [a]", 5),
        (DOCUMENT + "under: plan-a", 5),
        (DOCUMENT + "1: 2", 5),
        (DOCUMENT + "? [a, b]\n: 2", 5),
        (DOCUMENT + "? {a: b}\n: 2", 5),
        (DOCUMENT + "issuer: !!python/object/apply:os.system [ls]", 5),
        (DOCUMENT + "---\nid: other", 5),
        (DOCUMENT + "\x00", 5),
        (DOCUMENT.replace("2025", "9" * 5000), 4),
        (DOCUMENT.replace("2025", "2020"), 4),
        (DOCUMENT.replace("2025", "20251"), 4),
        (DOCUMENT.replace("2025", "二〇二五"), 4),
        (DOCUMENT.replace("{from: 2021, to: 2025}", "2021"), 4),
        (DOCUMENT.replace("{from: 2021, to: 2025}", "{from: 2021, from: 2022}"), 4),
        (DOCUMENT.replace("{from: 2021, to: 2025}", "{from: .nan}"), 4),
        (DOCUMENT.replace("id: plan", "id: Plan A"), 1),
        (DOCUMENT.replace("id: plan", "id:"), 1),
        (DOCUMENT.replace("title: 示例规划", "title:"), 2),
        ("[id, title]", 1),
        ("", 1),
        ("id: plan\ntitle: [", 2),
        (DOCUMENT.replace("title: 示例规划", 'title: "示\\ud800例"'), 2),
        (DOCUMENT + "on_request: maybe", 5),
        (DOCUMENT + "依据: [a]", 5),
    ],
    ids=range(35),
)
@pytest.mark.parametrize("language", Language)
def test_a_document_that_is_refused(
    text: str, line: int, language: Language, tmp_path: Path
) -> None:
    """One message with its line, none for the rules that name the document, and little memory."""
    traced = language is Language.EN  # it takes as long again
    if traced:
        tracemalloc.start()
    with speaking(language):
        reading = described(tmp_path, text)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    told = [each for each in reading.errors if each.code == "bad-document"]
    assert [each.line for each in told] == [line]
    assert told[0].file == f"{tmp_path.as_posix()}/document.yaml"
    assert told[0].hint
    chinese = re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”|'[^']*'", "", told[0].message))
    assert (chinese is not None) is (language is Language.ZH)
    assert reading.errors == told
    assert most < 100_000_000


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (DOCUMENT, "jurisdiction", "150600"),
        (DOCUMENT.replace('"150600"', "150600"), "jurisdiction", "150600"),
        (DOCUMENT.replace('"150600"', "“150600”"), "jurisdiction", "150600"),
        (DOCUMENT.replace("示例规划", "“示例规划”"), "title", "“示例规划”"),
        (DOCUMENT.replace("示例规划", "2025"), "title", "2025"),
        (DOCUMENT + "number: 〔2026〕1号", "number", "〔2026〕1号"),
        (DOCUMENT + "number:", "number", None),
        (DOCUMENT + "number: ~", "number", None),
        (DOCUMENT + 'issued: "2026-03-01"', "issued", "2026-03-01"),
        (DOCUMENT + "issued: 2026-3-1", "issued", "2026-03-01"),
        (DOCUMENT + "under: []", "under", ()),
        (DOCUMENT.replace(", to: 2025", ""), "period", "2021–None"),
        (
            DOCUMENT.replace("{from: 2021, to: 2025}", "\n  from: 2021\n  to: 2025"),
            "period",
            "2021–2025",
        ),
    ],
    ids=range(13),
)
def test_a_document_that_is_read(text: str, name: str, value: object, tmp_path: Path) -> None:
    """Texts are what is written; years are numbers, days are days, and blank is nothing."""
    found = getattr(whole(tmp_path, text), name)

    if name == "period":
        found = f"{found.from_}–{found.to}"
    assert (str(found) if name == "issued" else found) == value


@pytest.mark.parametrize(
    "said",
    [
        "0..1.2.3",
        "..",
        "100..0",
        "1.5.2..",
        "0..1e9",
        "0..9" + "9" * 400,
        "0...5",
        "-..5",
        "5",
        "0..-",
    ],
)
def test_a_range_that_is_none(said: str, tmp_path: Path) -> None:
    """It is refused at its cell; no number is guessed."""
    words = WORDS.replace("| 0..100             |", f"| {said} |")
    folder = write_pack(tmp_path, rules=RULES)
    (folder / "words.feature").write_text(words, "utf-8")

    problems = [each for each in read([folder]).errors if each.code == "bad-range"]

    assert [each.line for each in problems] == ([] if said == ".." else [11])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("150602,东胜区,county,150602,", "bad-places"),
        ("150602,东胜区,county,150603,", "bad-places"),
        ("150602,东胜区,prefecture,150603,", "bad-places"),
        ("150602,西胜区,county,150600,\n150602,东胜区,county,150600,", "bad-places"),
        ("150602," + "东" * 200_000 + ",county,150600,", "bad-places"),
    ],
    ids=range(5),
)
def test_places_that_are_refused(line: str, code: str, tmp_path: Path) -> None:
    """A place lies in one above it, so that nobody goes round in a circle looking for the top."""
    folder = write_pack(tmp_path, rules=RULES)
    before = PLACES.replace("150602,东胜区,county,150600,", line)
    (folder / "places.csv").write_text(before, "utf-8")

    problems = read([folder]).errors

    assert problems[0].code == code
    assert problems[0].line in (4, 5)
