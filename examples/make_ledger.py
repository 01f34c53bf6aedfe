"""Write a ledger in progress: cases of ``ordos-2025`` as they stand on a day in spring.

    python examples/make_ledger.py ledger

writes the runs, the cases, their ledger and the page into a folder, by the commands that an office
types, with units and no persons. One county has mended what was wrong, reported again and had its
cases closed; others have answered or mended; one case is waived, one was sent back after it was
looked at again, and what was due and is not done is overdue.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from openpyxl import load_workbook

EXAMPLE = Path(__file__).parent / "ordos-2025"
OFFICE = "市教育督导室"
OPENED, ISSUED, TODAY = "2026-01-12", "2026-01-19", "2026-04-27"
TERM = "90天"
QUICK = "150603"
"""The county that mends what is wrong, but for a few things."""
LEFT = 2
WEAK = "1506250002"
"""The school that lags behind most."""
Case = dict[str, str]


class Office:
    """Somebody who works on cases in a folder."""

    def __init__(self, folder: Path) -> None:
        """Judge the example and open a case for whatever has to be mended."""
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "cases.sqlite").unlink(missing_ok=True)
        shutil.copytree(EXAMPLE, self.folder / "facts", dirs_exist_ok=True)
        self.judges("january.json", on=OPENED)
        listed = self.says("cases", "list", "-f", "json")
        self.cases: list[Case] = json.loads(listed)

    def judges(self, run: str, on: str) -> None:
        """Judge what was reported so far, and take it down in the cases."""
        self.says("check", "facts", "-o", run, "--force")
        self.does("open", run, on=on)

    def says(self, *words: str | Path) -> str:
        """Run a command in the folder, and give what it prints."""
        command = [sys.executable, "-m", "dabiao", *map(str, words)]
        done = subprocess.run(
            command, capture_output=True, check=False, encoding="utf-8", cwd=self.folder
        )
        if done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
        return done.stdout

    def does(self, *words: str | Path, on: str, by: str = OFFICE) -> None:
        """Do something with cases on a day."""
        self.says("cases", *words, "--by", by, "--on", on)

    def of(self, code: str, rule: str = "") -> list[str]:
        """Give the numbers of cases of whoever lies in a place, perhaps of one rule."""
        return [
            case["number"]
            for case in self.cases
            if case["code"].startswith(code) and rule in case["rule"]
        ]

    def to(self, state: str, cases: Iterable[str], on: str, *words: str) -> None:
        """Bring cases into a state."""
        self.does("update", *cases, "--state", state, *words, on=on)


def work(office: Office) -> None:
    """Do what an office does from January to April."""
    city = office.of("150600")
    counties = [case["number"] for case in office.cases if case["number"] not in city]
    office.to("已下达", counties, ISSUED, "--issued", ISSUED, "--within", TERM)
    office.to("已下达", city, ISSUED, "--issued", ISSUED, "--within", "1年")

    good = office.of(QUICK)
    passed = ("--rechecked", "2026-03-20", "--result", "合格")
    evidence = ("--progress", "已整改到位", "--evidence", "整改报告及照片")
    office.to("已反馈", good, "2026-02-10", "--progress", "已制定整改方案")
    report_again(office, good[LEFT:])
    office.judges("march.json", on="2026-03-18")
    office.to("已复核", good[LEFT:], "2026-03-20", *evidence, *passed)
    office.does("close", *good[LEFT:], on="2026-03-25")

    office.to("已整改", office.of("150627"), "2026-04-10", *evidence)
    office.to("已反馈", office.of("150602"), "2026-02-16", "--progress", "建设项目已立项")
    office.to("已反馈", office.of(WEAK), "2026-02-18", "--progress", "正在补课程、补教师")

    back = office.of("150622", "class-size")
    failed = ("--rechecked", "2026-03-27", "--result", "不合格：仍为47人")
    office.to("已复核", back, "2026-03-27", *evidence, *failed)
    office.to("已下达", back, "2026-03-30", "--issued", "2026-03-30", "--within", "60天")

    waived = office.of("150621", "special-school")
    why = (
        "--reason",
        "2026年秋季学期新建特殊教育学校投入使用",
        "--approver",
        "市人民政府教育督导委员会",
    )
    office.to("已豁免", waived, "2026-02-20", *why, "--expires", "2026-12-31")


def report_again(office: Office, mended: list[str]) -> None:
    """Put what is required into the cells that cases of the quick county hang on."""
    run = json.loads((office.folder / "january.json").read_text("utf-8"))
    wanted = {(case["rule"], case["code"]) for case in office.cases if case["number"] in mended}
    (path,) = (office.folder / "facts").glob(f"{QUICK}-*.xlsx")
    book = load_workbook(path)
    for finding in run["findings"]:
        if (finding["rule"], finding["subject"]) in wanted:
            least = finding["required"]["value"]
            source = finding["inputs"][-1]["source"]
            cell = book[source["sheet"]][source["cell"]]
            share = cell.number_format.endswith("%")
            cell.value = "是" if least is True else least / 100 if share else least
    book.save(path)


def act(office: Office) -> None:
    """Take measures, with who does them and what they cost."""
    crowded = [f"--case={each}" for each in office.of("150602", "class-size")]
    office.does(
        *("measures", "add", "新建一所小学，分流四所学校的学生", *crowded),
        *("--owner", "东胜区教育体育局", "--start", "2026-03-01", "--due", "2026-12-31"),
        *("--cost", "68000000"),
        on="2026-02-16",
        by="东胜区教育体育局",
    )
    trained = [f"--case={each}" for each in office.of("150621", "teacher-training-hours")]
    office.does(
        *("measures", "add", "组织教师寒假集中培训，补足360学时", *trained),
        *("--owner", "达拉特旗教育体育局", "--start", "2026-01-26", "--due", "2026-02-13"),
        *("--cost", "185000"),
        on="2026-01-23",
        by="达拉特旗教育体育局",
    )
    office.does(
        *("measures", "update", "M0002", "--done", "--proof", "培训名册和学时证明"),
        on="2026-02-24",
        by="达拉特旗教育体育局",
    )
    shared = [f"--case={each}" for each in office.of(WEAK)]
    office.does(
        *("measures", "add", "由城区学校托管，选派骨干教师和管理团队", *shared),
        *("--owner", "杭锦旗教育体育局", "--start", "2026-03-02", "--due", "2026-07-15"),
        on="2026-02-18",
        by="杭锦旗教育体育局",
    )


def main(into: str | Path = "ledger") -> None:
    """Write all of it into a folder."""
    office = Office(Path(into))
    work(office)
    act(office)
    kept = ("--cases", "cases.sqlite", "--today", TODAY)
    earlier = ("--compare", "january.json", "--force")
    office.says("report", "march.json", *kept, *earlier, "-o", "ledger.xlsx", "-o", "page.html")


if __name__ == "__main__":
    main(*sys.argv[1:])
