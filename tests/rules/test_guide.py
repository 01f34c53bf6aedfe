"""The policy guide: everything it shows works as printed."""

import re
from pathlib import Path

import pytest

from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.mutate import Fate, mutate
from dabiao.rules.proofs.prove import prove
from tests.rules.test_read import judged

GUIDE = Path(__file__).parents[2] / "docs" / "policy-guide.zh-CN.md"
BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> PackReading:
    """Write the guide's examples into a folder, beside the built-in vocabulary."""
    folder = tmp_path_factory.mktemp("guide")
    for number, (kind, text) in enumerate(BLOCKS.findall(GUIDE.read_text("utf-8"))):
        if kind == "gherkin":
            (folder / f"{number:02}.feature").write_text(text, "utf-8")
        elif kind == "yaml":
            (folder / "document.yaml").write_text(text, "utf-8")
    return read([built_in(), folder], known=read_pack([built_in()]))


def test_the_guide_has_ten_examples(guide: PackReading) -> None:
    """Ten commitments, from easy to hard, without a problem."""
    files = {rule.file for rule in guide.catalog if rule.document.id == "guide"}

    assert len(files) == 10
    assert [str(each) for each in guide.problems if each.file in files] == []


def test_its_proofs_hold_and_leave_nothing_open(guide: PackReading) -> None:
    """Every example passes, and no mutant of a rule survives them."""
    ids = {rule.id for rule in guide.catalog if rule.document.id == "guide"}

    results = prove(guide.proofs, guide.catalog, judged, rules=ids)
    survivors = [each for each in mutate(guide, judged, rules=ids) if each.fate is Fate.SURVIVED]

    assert [result.message for result in results if not result.passed] == []
    assert [(each.rule, each.change) for each in survivors] == []


def test_its_edit_checks_hold(guide: PackReading) -> None:
    """The relations it shows are proved as printed, on both sides."""
    own = [
        each
        for each in guide.proofs
        if each.rule is None and not each.feature.startswith("features/")
    ]

    results = prove(own, guide.catalog, judged)

    assert {"boarders-are-pupils", "usual-dormitory-beds"} <= guide.catalog.checks.keys()
    assert len(results) == 5
    assert [result.message for result in results if not result.passed] == []
