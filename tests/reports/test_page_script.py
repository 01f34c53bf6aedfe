"""What the page's script does: it reads what was packed, searches, filters, sorts, groups."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dabiao.reports import wording
from dabiao.reports.fields import fields
from dabiao.reports.page.report import anchor
from dabiao.reports.page.telling import LINES, MORE, MORE_LINES
from dabiao.reports.templates.compiled import TEMPLATES
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Timing, TimingKind
from dabiao.schemas.run import Run
from tests.reports.sample import changed, class_size, pupils, sample_run
from tests.reports.test_page import packed, page

NODE = shutil.which("node")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_node = pytest.mark.skipif(NODE is None, reason="there is no node to run the script")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")


def lines_of(told: dict[str, Any], at: int) -> list[str]:
    """Put a finding's lines together again, by another hand than the script's."""
    lines, refs, *always = told["shapes"][told["shape"][at]]
    numbers = [*(always[0] if always else ()), *told["numbers"].split("\n")[at].split(" ")]
    given = iter(refs)
    texts: list[str] = []
    for line in lines:
        first, *pieces = told["lines"][line].split("\x01")
        text = first + "".join(numbers[next(given)] + piece for piece in pieces)
        if text.startswith(MORE):
            texts[-1] += text[1:]
        else:
            texts.append(text)
    return texts


def spread(runs: list[int]) -> list[int]:
    """Undo runs of value and length."""
    return [value for value, times in zip(runs[::2], runs[1::2], strict=True) for _ in range(times)]


def test_every_text_can_be_read_back() -> None:
    """What is packed says of every finding what its fields say, and where each value stands."""
    run = sample_run()
    told = packed(page(run))
    rules = spread(told["runs"]["rule"])
    outcomes = [told["outcomes"][each][0] for each in spread(told["runs"]["outcome"])]
    found = {
        (told["rules"][rules[at]]["id"], told["subjects"][subject][0]): (outcomes[at], at)
        for at, subject in enumerate(told["subject"])
    }

    assert len(found) == len(run.findings)
    for of in run.findings:
        outcome, at = found[of.rule, of.subject.code]
        texts = lines_of(told, at)
        assert outcome == of.outcome.value
        assert texts[: len(LINES)] == [field.text(of) for field in fields(*LINES)]
        inputs = texts[len(LINES) + len(MORE_LINES) :]
        for text, given in zip(inputs, of.inputs, strict=True):
            assert given.name in text
            assert given.source is None or (given.source.cell or "") in text


def test_alike_texts_are_kept_once() -> None:
    """A hundred classes too large cost their numbers, not a hundred sentences."""
    run = sample_run()
    crowd = tuple(class_size(pupils(n, "1506020099"), 46 + n, n) for n in range(1, 99))
    few = packed(page(replace(run, findings=crowd[:3])))
    many = packed(page(replace(run, findings=crowd)))

    assert many["lines"] == few["lines"]
    assert len(many["shapes"]) < len(crowd) / 10


def asked(told: dict[str, Any], script: str) -> Any:  # noqa: ANN401 - whatever it answers
    """Run a script over what was packed, and give what it answers."""
    assert NODE is not None
    program = f"""
      const of = require({json.dumps(str(TEMPLATES / "records.js"))});
      const packed = JSON.parse(require("fs").readFileSync(0, "utf8"));
      const records = of.readRecords(packed);
      const title = (at) => records.rules[records.rule[at]].title;
      console.log(JSON.stringify((() => {{ {script} }})()));
    """
    done = subprocess.run(
        [NODE, "-e", program],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


def with_topics(run: Run) -> Run:
    """Give one rule of a run a topic, and a year in which it is due."""
    due = Timing(kind=TimingKind.DUE, last=2026)
    findings = (
        changed(of, topic="教师队伍", timing=due) if of.rule.endswith("teacher-rotation") else of
        for of in run.findings
    )
    return replace(run, findings=tuple(findings))


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """Pack the sample."""
    return packed(page(with_topics(sample_run())))


@needs_node
def test_script_reads_what_was_packed(told: dict[str, Any]) -> None:
    """Script and test put the same lines together, and name the same anchors."""
    lines, anchors = asked(
        told,
        "const rows = of.matching(records, {});"
        "const each = (ask) => rows.map((at) => ask(records, at));"
        "return [each(of.linesOf), each(of.anchorOf)];",
    )

    assert lines == [lines_of(told, at) for at in range(len(lines))]
    assert sorted(anchors) == sorted(map(anchor, sample_run().findings))


@needs_node
def test_script_words_what_is_required(told: dict[str, Any]) -> None:
    """A bound, a range, yes and no; what is in words already stays as it is."""
    short = ["≥10%", "<-5人", "≤3个 或 ≥1%", "40%～60%", "0所", "是", "不降低", "前2名", "—"]
    words = asked(
        told, f"return {json.dumps(short)}.map((each) => of.inWords(each, packed.words));"
    )

    assert words == [
        *("不低于10%", "低于-5人", "不高于3个 或 不低于1%", "在40%至60%之间", "为0所", "为“是”"),
        *short[-3:],
    ]


def matching(told: dict[str, Any], **query: str) -> list[str]:
    """Give the titles of what the script finds."""
    return sorted(asked(told, f"return of.matching(records, {json.dumps(query)}).map(title);"))


def titles(keep: Callable[[Finding], bool]) -> list[str]:
    """Give the titles of the sample's findings that a test lets through."""
    return sorted(of.title for of in sample_run().findings if keep(of))


def _always(of: Finding) -> bool:
    return bool(of.rule)


def _never(of: Finding) -> bool:
    return not of.rule


SEARCHES = {
    "学校 name": (
        "示例第一小学",
        lambda of: "1506020010" in (of.subject.code, *of.subject.parents),
    ),
    "county": ("康巴什", lambda of: "150603" in (of.subject.code, *of.subject.parents)),
    "unit": ("编办", lambda of: "市委编办" in of.units.responsible),
    "clause": ("表2第7行", lambda of: "表2第7行" in of.citation.places),
    "outcome": ("滞后", lambda of: of.outcome is Outcome.BEHIND),
    "topic": ("教师队伍", lambda of: of.rule.endswith("teacher-rotation")),
    "cell across a number": (
        "f12",
        lambda of: any(i.source and i.source.cell == "F12" for i in of.inputs),
    ),
    "two words": ("东胜 入园", lambda of: of.rule.endswith("preschool-rate")),
    "words in the reason": ("寄宿", lambda of: "寄宿" in of.title or "寄宿" in wording.reason(of)),
    "full width": ("９.９９６%", lambda of: of.rule.endswith("teacher-rotation")),
    "nothing": ("没有这样的词", _never),
}


@needs_node
@pytest.mark.parametrize("name", SEARCHES)
def test_search(told: dict[str, Any], name: str) -> None:
    """A word is found wherever it stands in a finding; several words must all be there."""
    term, keep = SEARCHES[name]

    assert matching(told, q=term) == titles(keep)


FILTERS = {
    "outcome": ("violation,behind", lambda of: of.outcome.value in ("violation", "behind")),
    "home": ("150603", lambda of: "150603" in (of.subject.code, *of.subject.parents)),
    "school": ("1506020010", lambda of: "1506020010" in (of.subject.code, *of.subject.parents)),
    "lead": ("市教育体育局", lambda of: "市教育体育局" in of.units.lead),
    "responsible": ("市财政局", lambda of: "市财政局" in of.units.responsible),
    "kind": ("aspiration", lambda of: of.aspiration),
    "rule": ("ordos-145/ratio", lambda of: of.rule == "ordos-145/ratio"),
    "document": ("ordos-145", _always),
    "year": ("2024", _never),
    "due": ("pending", lambda of: of.rule.endswith("teacher-rotation")),
    "topic": ("教师队伍", lambda of: of.rule.endswith("teacher-rotation")),
}


@needs_node
@pytest.mark.parametrize("name", FILTERS)
def test_filters(told: dict[str, Any], name: str) -> None:
    """Each chip lets through what it says."""
    value, keep = FILTERS[name]

    assert matching(told, **{name: value}) == titles(keep)


@needs_node
def test_unnamed_unit_can_be_asked_for(told: dict[str, Any]) -> None:
    """What no unit leads can be found, so that it is not forgotten."""
    assert matching(told, lead="") == titles(lambda of: not of.units.lead)


@needs_node
def test_sorting(told: dict[str, Any]) -> None:
    """Numbers sort as numbers, either way; what is level keeps the order of what matters."""
    up, down, usual = asked(
        told,
        "const rows = of.matching(records, {rule: 'ordos-145/primary-class-size'});"
        "const observed = (at) => of.linesOf(records, at)[0];"
        "return [of.sorted(records, rows, 'observed').map(observed),"
        " of.sorted(records, rows, 'observed', true).map(observed),"
        " of.sorted(records, rows, 'matters')];",
    )

    assert up == ["45人", "47人", "63人", "—"]
    assert down == up[::-1]
    assert usual == sorted(usual)


@needs_node
def test_groups_count_by_outcome(told: dict[str, Any]) -> None:
    """A group counts its findings by outcome; its rate leaves out what does not apply.

    Of the groups that have findings of an outcome all findings count.
    """
    groups = asked(told, "return of.grouped(records, of.matching(records, {}), 'home');")
    by_name = {group["label"]: group for group in groups}
    run = sample_run()
    in_county = [of for of in run.findings if "150602" in (of.subject.code, *of.subject.parents)]

    assert by_name["东胜区"]["counts"] == [
        sum(of.outcome is outcome for of in in_county) for outcome in Outcome
    ]
    assert by_name["东胜区"]["rate"] == pytest.approx(2 / 7)
    open_ones = asked(
        told,
        "return of.grouped(records, of.matching(records, {}), 'rule',"
        " of.matching(records, {outcome: 'behind'}));",
    )
    assert [(group["label"], sum(group["counts"])) for group in open_ones] == [
        ("学前三年毛入园率达到98.5%", 1)
    ]


@needs_node
def test_groups_are_sorted(told: dict[str, Any]) -> None:
    """The lowest rate first or last, or the most findings of an outcome; else what is to mend.

    Rates of which most is missing stand behind those that are known.
    """
    orders = asked(
        told,
        "const groups = of.grouped(records, of.matching(records, {}), 'rule');"
        "const by = (...key) => of.sortedGroups(records, groups, ...key);"
        "return [by('rate'), by('rate', true), by('compliant'), by(undefined)];",
    )
    up, down, compliant, usual = orders

    rates = [(each["rate"] is None, each["open"], each["rate"] or 0) for each in up]
    assert rates == sorted(rates)
    assert [each["open"] for each in up] == [2 * each["counts"][2] > each["judged"] for each in up]
    assert {(True, False), (False, True), (False, False)} == {each[:2] for each in rates}
    assert [each["rate"] for each in down] == [each["rate"] for each in reversed(up)]
    assert [each["counts"][4] for each in compliant] == sorted(
        (each["counts"][4] for each in usual), reverse=True
    )
    assert usual[0]["counts"][0] == max(each["counts"][0] for each in usual)


@needs_node
def test_units_count_each_of_several(told: dict[str, Any]) -> None:
    """A finding with several responsible units counts once for each."""
    groups = asked(told, "return of.grouped(records, of.matching(records, {}), 'responsible');")
    found = {group["key"]: sum(group["counts"]) for group in groups}

    assert found["市委编办"] == 1
    assert found[""] == len(titles(lambda of: not of.units.responsible))


def dumped(path: Path, address: str = "") -> str:
    """Open a page in a browser and give what it then is."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    done = subprocess.run(
        [*command, f"{path.as_uri()}{address}"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


@needs_chromium
def test_page_opens_on_what_fails(tmp_path: Path) -> None:
    """A browser that obeys the page's policy draws the table, of what is missed and behind."""
    path = tmp_path / "a.html"
    path.write_text(page(sample_run()), "utf-8", newline="\n")
    rows = dumped(path).partition('id="rows"')[2].partition("</table>")[0]

    assert rows.count('class="detail"') == len(titles(_open))


@needs_chromium
def test_address_asks_for_a_finding(tmp_path: Path) -> None:
    """The anchor of a finding opens it, with its whole reasoning; outcomes count what is left."""
    path = tmp_path / "a.html"
    path.write_text(page(sample_run(), library="rules.html"), "utf-8", newline="\n")
    of = next(each for each in sample_run().findings if each.rule.endswith("teacher-rotation"))
    opened = dumped(path, f"#{anchor(of)}")
    rows = opened.partition('id="rows"')[2].partition("</table>")[0]
    chips = opened.partition('id="outcomes"')[2].partition("</div>")[0]

    assert rows.count('class="detail"') == 1
    assert re.findall(r'class="count">(\d+)<', chips) == ["1", "0", "0", "0", "0", "0"]
    assert wording.reason(of) in rows
    assert wording.remedies(of)[0] in rows
    assert "9.996%　应不低于10%：不成立" in rows
    assert "H3" in rows
    assert f'href="rules.html#{of.rule.replace("/", "--")}"' in rows


def sheet(tmp_path: Path, address: str) -> str:
    """Open a sheet of the sample, and give what stands on it."""
    path = tmp_path / "a.html"
    path.write_text(page(sample_run()), "utf-8", newline="\n")
    return dumped(path, address).partition('id="sheet"')[2].partition("</main>")[0]


@needs_chromium
def test_a_school_has_a_sheet(tmp_path: Path) -> None:
    """A sheet of a school tells what it and its classes fail, and what they lack."""
    told = sheet(tmp_path, "#sheet=school&of=1506020010")
    inside = [
        of for of in sample_run().findings if "1506020010" in (of.subject.code, *of.subject.parents)
    ]

    told_of = (Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING)
    shown = {of.title for of in inside if of.outcome in told_of}

    assert {of.title for of in inside if of.title in told} == shown
    assert "存在问题 1" in told
    assert "督导责任人" in told
    assert sample_run().fingerprint in told


@needs_chromium
def test_a_unit_has_a_sheet(tmp_path: Path) -> None:
    """What a unit leads stands apart from what it takes part in."""
    led, part = sheet(tmp_path, "#sheet=lead&of=市教育体育局").split("存在问题（参与）")

    assert "符合条件的教师每年交流不少于10%" in led
    assert "小学标准班不超过45人" in part
    assert "小学标准班不超过45人" not in led


def _open(of: Finding) -> bool:
    return of.outcome in (Outcome.VIOLATION, Outcome.BEHIND)


@needs_chromium
def test_whoever_uses_keys_is_not_lost(tmp_path: Path) -> None:
    """What is drawn anew keeps the focus or hands it on; Escape closes what was opened last."""
    steps = """
      const had = [], press = (of) => { of.focus(); of.click(); tell(); };
      const tell = () => had.push(document.activeElement.id || document.activeElement.className);
      press(byId("sort-gap"));
      had.push(byId("sort-gap").closest("th").getAttribute("aria-sort"));
      press(document.querySelector("#rows button.open"));
      const opened = () => document.querySelectorAll("#rows .detail:not([hidden])").length;
      had.push(opened());
      const excerpts = () => document.querySelectorAll("#rows .sheets p").length;
      const escape = () => {
        document.querySelector("#rows .detail dd").dispatchEvent(
          new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        tell(); had.push(excerpts(), opened());
      };
      press(document.querySelector("#rows button.cell")); had.push(excerpts());
      press(document.querySelector("#rows button.cell")); had.push(excerpts());
      press(document.querySelector("#rows button.cell"));
      escape();
      escape();
      go({ q: "班", kind: "hard" });
      press(byId("chip-q")); press(byId("chip-kind"));
      go({ by: "rule" });
      press(document.querySelector("#rows tbody a"));
      press(document.querySelector("#matrix tbody td a"));
      document.body.dataset.had = had.join(" ");
    """
    text = re.sub('<meta http-equiv="Content-Security-Policy".*?>', "", page(sample_run()))
    path = tmp_path / "a.html"
    path.write_text(text.replace("</body>", f"<script>{steps}</script></body>"), "utf-8")
    (had,) = re.findall('data-had="(.*?)"', dumped(path))

    assert had.split() == [
        *("sort-gap", "descending", "open", "1"),  # the widest gap first, and said so
        *("cell", "1", "cell", "0"),  # a cell that is pressed again is put away
        *("cell", "cell", "0", "1", "open", "0", "0"),
        *("chip-kind", "q", "findings-name", "findings-name"),
    ]
