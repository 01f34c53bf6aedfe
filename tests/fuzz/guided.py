"""Every reader, given what atheris finds leads to new places in it.

    python -m tests.fuzz.guided csv -max_total_time=300 -timeout=20

A target is a name, a valid file and what reads it. What reads may refuse, in words; anything else
that is raised, or that takes longer than the timeout, is a crash, and the input is kept beside.
``-artifact_prefix=`` says where; further words are libFuzzer's. Without atheris nothing is found,
and the valid files alone are read (``test_guided.py``).
"""

import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

atheris = import_module("atheris") if find_spec("atheris") else None

READERS = [
    *("dabiao.intake", "dabiao.rules", "dabiao.cases.ledger", "dabiao.reports.seals.manifest"),
    *("dabiao.reports.run.reading", "dabiao.reports.run.verification", "dabiao.commands.settings"),
]
"""What atheris looks into: the rest is loaded as it is, which takes a third of the time."""

with atheris.instrument_imports(include=READERS) if atheris else nullcontext():
    from dabiao.cases.ledger import read_ledger as read_filled
    from dabiao.commands.settings import read_settings
    from dabiao.intake import Limits
    from dabiao.intake.justifications.from_file import read_justifications
    from dabiao.intake.layout.mapping_file import read_mapping
    from dabiao.intake.plain_yaml import PlainYamlError, read_plain_yaml
    from dabiao.reports.run.reading import RunFileError, read_run
    from dabiao.reports.seals.manifest import SealError, read_seal
    from dabiao.rules.coverage.ledger import read_ledger
    from dabiao.rules.coverage.text.clauses import clauses
    from dabiao.rules.coverage.text.texts import read_policy_text
    from dabiao.rules.formulas.error import FormulaError
    from dabiao.rules.formulas.from_text import parse
    from dabiao.rules.packs.read import read as read_pack
    from dabiao.schemas.problem import InputError
    from tests.fuzz.test_fuzz import LEDGER, MAPPING, ROWS, as_json, as_ods, as_parquet, stored
    from tests.intake.submissions import read, workbook
    from tests.rules.packs import DOCUMENT, PLACES, RULES, WORDS

REFUSALS = (FormulaError, InputError, PlainYamlError, RunFileError, SealError)
"""What a reader says no with."""
NAMES = {"班级人数": "class_size", "教师数": "teachers", "学段": "stage"}
PACK = {"rules.feature": RULES, "words.feature": WORDS}
PACK |= {"document.yaml": DOCUMENT, "places.csv": PLACES}
SHEET = "xl/worksheets/sheet1.xml"
SETTINGS = 'rules = ["规则"]\nas-of = 2025\nstrict = true\nfail_on = "violation"\n'
EXPLAINED = (
    "文件,工作表,单元格,代号,值,核实说明,填写人,日期\na.xlsx,学校,B2,jump,45,合并,张,2025-09-01\n"
)
PLAN = "第一章\n（一）到2025年，小学每班不超过45人，每所学校至少配备2名校医。\n"
FILLED = [
    ["编号", "状态", "整改措施", "办结日期"],
    ["2025-6KQB3-9V7G4", "整改中", "分班", "2025-09-01"],
]


@dataclass(frozen=True)
class Target:
    """What is fuzzed.

    Attributes:
        valid: Makes a file that is read, in a folder.
        read: Reads one.
        part: The part of a packed file that is changed, if it is packed: its check sums stay right.
    """

    valid: Callable[[Path], Path]
    read: Callable[[Path], object]
    part: str | None = None

    def seed(self, folder: Path) -> bytes:
        """Give what is changed, as it is in a valid file."""
        path = self.valid(folder)
        if self.part is None:
            return path.read_bytes()
        with zipfile.ZipFile(path) as packed:
            return packed.read(self.part)

    def put(self, changed: bytes, valid: Path, path: Path) -> None:
        """Write a file that was changed."""
        if self.part is None:
            path.write_bytes(changed)
            return
        with zipfile.ZipFile(valid) as packed, zipfile.ZipFile(path, "w") as made:
            for name in packed.namelist():
                made.writestr(name, changed if name == self.part else packed.read(name))


def of_text(name: str, text: str) -> Callable[[Path], Path]:
    """Make a file of text."""

    def write(folder: Path) -> Path:
        (folder / name).write_text(text, "utf-8")
        return folder / name

    return write


def in_a_pack(path: Path) -> object:
    """Read a file as one of a pack whose others are sound."""
    for name, text in PACK.items():
        if name != path.name:
            (path.parent / name).write_text(text, "utf-8")
    return read_pack([path.parent])


def submitted(path: Path) -> object:
    """Read a submission."""
    return read(path, limits=Limits(cells=100_000))


def clauses_of(path: Path) -> object:
    """Read a plan, and find its clauses."""
    return clauses(read_policy_text(path))


def all_of_a_run(path: Path) -> None:
    """Read a file as a run, and as a seal."""
    for each in (read_run, read_seal):
        with suppress(*REFUSALS):
            each(path)


TARGETS = {
    "formula": Target(
        of_text("formula.txt", '若(学段 = "小学", 比例(教师数, 班级人数), 上年(教师数) × 1.2万)'),
        lambda path: parse(path.read_bytes().decode("utf-8", "replace"), NAMES),
    ),
    "feature": Target(of_text("rules.feature", RULES), in_a_pack),
    "words": Target(of_text("words.feature", WORDS), in_a_pack),
    "document": Target(of_text("document.yaml", DOCUMENT), in_a_pack),
    "places": Target(of_text("places.csv", PLACES), in_a_pack),
    "yaml": Target(
        of_text("x.yaml", DOCUMENT),
        lambda path: read_plain_yaml(path.read_bytes(), most=1 << 16, deepest=5),
    ),
    "mapping": Target(of_text("map.yaml", MAPPING), read_mapping),
    "csv": Target(
        of_text("学校.csv", "\n".join(",".join(map(str, row)) for row in ROWS)), submitted
    ),
    "json": Target(lambda folder: as_json([], folder), submitted),
    "xlsx": Target(lambda folder: workbook(folder / "x.xlsx", {"学校": ROWS}), submitted, SHEET),
    "styles": Target(
        lambda folder: workbook(folder / "x.xlsx", {"学校": ROWS}), submitted, "xl/styles.xml"
    ),
    "book": Target(
        lambda folder: workbook(folder / "x.xlsx", {"学校": ROWS}), submitted, "xl/workbook.xml"
    ),
    "ods": Target(lambda folder: as_ods([], folder), submitted, "content.xml"),
    "parquet": Target(lambda folder: as_parquet([], folder), submitted),
    "explained": Target(of_text("explained.csv", EXPLAINED), read_justifications),
    "settings": Target(
        of_text("dabiao.toml", SETTINGS), lambda path: read_settings(path.parent, {})
    ),
    "plan": Target(of_text("plan.txt", PLAN), clauses_of),
    "run": Target(of_text("run.json", stored()), all_of_a_run),
    "coverage": Target(of_text("l.csv", LEDGER), read_ledger),
    "ledger": Target(
        lambda folder: workbook(folder / "l.xlsx", {"问题清单": FILLED}), read_filled, SHEET
    ),
}


def once(target: Target, changed: bytes, valid: Path) -> None:
    """Read one input; whatever is no refusal comes out."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / valid.name
        target.put(changed, valid, path)
        with suppress(*REFUSALS):
            target.read(path)


def main() -> None:
    """Fuzz a target until it is stopped."""
    name, *words = sys.argv[1:]
    target = TARGETS[name]
    assert atheris is not None
    with tempfile.TemporaryDirectory() as made:
        folder, corpus = Path(made, "valid"), Path(made, "corpus")
        folder.mkdir()
        corpus.mkdir()
        (corpus / "seed").write_bytes(target.seed(folder))
        valid = target.valid(folder)
        atheris.Setup(
            [sys.argv[0], *words, str(corpus)], lambda changed: once(target, changed, valid)
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
