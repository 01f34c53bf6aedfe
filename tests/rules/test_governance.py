"""Which rule is to be kept in place of another, in packs made at random."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dabiao.rules.packs.read import read
from tests.rules.naive_governance import YEARS, governors
from tests.rules.packs import PLACES, WORDS

HOMES = ("", "150000", "150600", "150600", "150602", "150603")
NORMS = ("不低于 10人", "不低于 12人", "不低于 15人", "不高于 12人", "高于 10人", "等于 12人")
MORE = ("按0位小数比较", "允许相差2人", "按1位小数比较")
SHARES = ("学校", "交流比例", "%", "教师数 应不高于 30人")
HEADS = ("班级", "班级人数", "人", '学段 应为"小学"')
ELSE = ("", "", "", " 或 {or_else}")
WHEN = ("到{0}年底", "{0}年内", "长期执行", "自{0}年起", "自{0}年至{1}年每年")
UNDER = {"150602": ("150602",), "150603": ("150603",), "150600": ("150600", "150602", "150603")}


def write(folder: Path, seed: int, *, various: bool = False) -> None:
    """Write a pack of two or three documents that refer to one another, with some rules each.

    Args:
        folder: Where.
        seed: Which one.
        various: Whether rules are of two levels, have targets by year, demands of which one is
            enough, decimals or an allowed difference.
    """
    dice = random.Random(seed)  # noqa: S311 - nothing is secret
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "words.feature").write_text(WORDS, "utf-8")
    homes: list[str] = []
    for at in range(dice.choice([2, 2, 3])):
        homes.append(home := dice.choice(HOMES))
        first = dice.randint(2019, 2025)
        end = dice.choice(["", f", to: {first + dice.randint(0, 6)}"])
        links: dict[str, list[str]] = {"under": [], "supersedes": []}
        for other in range(at):
            if dice.random() < 0.6:
                alike = home in ("", homes[other])
                links["supersedes" if alike and dice.random() < 0.3 else "under"] += [f"d{other}"]
        (folder / f"d{at}").mkdir()
        (folder / f"d{at}" / "document.yaml").write_text(
            f"id: d{at}\ntitle: d{at}\nperiod: {{from: {first}{end}}}\n"
            + (f'jurisdiction: "{home}"\n' if home else "")
            + "".join(f"{key}: [{', '.join(named)}]\n" for key, named in links.items() if named)
            + ("on_request: true\n" if dice.random() < 0.1 else ""),
            "utf-8",
        )
        rules = [f'# language: zh-CN\n功能: d{at}\n  背景:\n    假如 依据文件"d{at}"\n']
        for slug in range(dice.choice([1, 2, 2])):
            begins = first + dice.randint(0, 5)
            when = dice.choice(WHEN).format(begins, begins + dice.randint(0, 3))
            area = dice.choice(UNDER.get(home, ("150602",)))
            more = [f'适用地区"{area}"'] if dice.random() < 0.25 else []
            more += ['仅限 学段 = "小学"'] if dice.random() < 0.3 else []
            more += ["属于力争目标"] if dice.random() < 0.15 else []
            if at and dice.random() < 0.1 and home in ("", homes[0]) and not more:
                more += [f'取代"d0/d0r0"自{begins}年起']
            level, measure, unit, or_else = SHARES if various and dice.random() < 0.6 else HEADS
            norm, table = dice.choice(NORMS), ""
            if various:
                level = dice.choice(["学校", "旗县"]) if level == "学校" else level
                more = [each for each in more if "学段" not in each or level != "旗县"]
                add = dice.choice(ELSE) if level != "旗县" else ""
                if not add and dice.random() < 0.3:
                    norm = dice.choice(["不低于 各年目标", "不高于 各年目标"])
                    due = sorted({begins, begins + dice.randint(1, 3), begins + 4})
                    rising = sorted(dice.choices([10, 12, 15], k=len(due)))
                    table = "        | 年 | 目标 |\n" + "".join(
                        f"        | {year} | {to}{unit} |\n"
                        for year, to in zip(map(str, due), rising, strict=True)
                    )
                    when = ""
                norm = norm.replace("人", unit) + add.format(or_else=or_else)
                if not add and dice.random() < 0.3:
                    points = "个百分点" if unit == "%" else unit
                    more.append(dice.choice(MORE).replace("人", points))
            rules.append(
                f'  @d{at}r{slug}\n  规则: {slug}\n    背景:\n      假如 出处"甲"\n'
                f'      而且 考核对象是"{level}"\n'
                + "".join(f"      而且 {each}\n" for each in (*more, when) if each)
                + f"      那么 {measure} 应{norm}\n{table}"
            )
        (folder / f"d{at}" / "rules.feature").write_text("\n".join(rules), "utf-8")


@given(seed=st.integers(0, 10**6), various=st.booleans())
@example(seed=2227, various=False)  # points that only strive for what their plan asks for already
@settings(max_examples=50)
def test_who_governs_is_as_the_page_has_it(
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    various: bool,  # noqa: FBT001
) -> None:
    """In every year, also long after a document without an end began."""
    folder = tmp_path_factory.mktemp("pack")
    write(folder, seed, various=various)
    reading = read([folder])
    assert [str(each) for each in reading.errors] == []

    for rule in reading.catalog:
        for year in YEARS:
            told = {each.rule for each in rule.governors if each.first <= year <= each.last}
            assert told == governors(reading.catalog, rule, year), f"{rule.id} in {year}"
