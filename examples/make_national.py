"""Write the example submission ``national-balanced``: schools of a county that exists nowhere.

The county, its schools and all figures are invented. Most schools meet the national standard of
balanced compulsory education; each of the others misses it in a way of its own, named beside it.
The same seed gives the same cells.

    python examples/make_national.py
"""

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
COUNTY, YEAR, SEED = "990001", 2024, 2017
STANDARD = {  # per pupil, in the units of the columns; money in 万元
    "小学": {
        "高于规定学历教师数": 4.2 / 100,
        "县级以上骨干教师数": 1 / 100,
        "体育艺术专任教师数": 0.9 / 100,
        "教学及辅助用房面积": 4.5,
        "体育运动场馆面积": 7.5,
        "教学仪器设备值": 0.2,
        "网络多媒体教室数": 2.3 / 100,
    },
    "初中": {
        "高于规定学历教师数": 5.3 / 100,
        "县级以上骨干教师数": 1 / 100,
        "体育艺术专任教师数": 0.9 / 100,
        "教学及辅助用房面积": 5.8,
        "体育运动场馆面积": 10.2,
        "教学仪器设备值": 0.25,
        "网络多媒体教室数": 2.4 / 100,
    },
}
COUNTED = ("教师数", "教室数")
GRADES = {"小学": 6, "初中": 3}


@dataclass(frozen=True)
class School:
    """A school of the example.

    Attributes:
        name: Its name, which no school has.
        pupils: Pupils by stage.
        changes: What it has of an item, as a share of the standard, where it is out of the usual.
        blank: Items it left empty.
    """

    name: str
    pupils: dict[str, int]
    kind: str = "中小学"
    village: str = "都不是"
    changes: dict[str, float] = field(default_factory=dict)
    blank: tuple[str, ...] = ()


SCHOOLS = (
    School("第一小学", {"小学": 1240}),
    School("第二小学", {"小学": 960}),
    School("第三小学", {"小学": 800}, changes={"小学体育运动场馆面积": 0.9}),  # one at 90%: allowed
    School(  # two below the standard: five of seven are not enough
        "第四小学", {"小学": 500}, changes={"小学教学仪器设备值": 0.95, "小学网络多媒体教室数": 0.9}
    ),
    School("第五小学", {"小学": 420}, changes={"小学县级以上骨干教师数": 5.0}),  # uneven
    School("第一村小学", {"小学": 84}, village="村小学"),
    School("第一教学点", {"小学": 32}, village="教学点"),  # below 50 pupils: out of scope
    School("第一初级中学", {"初中": 1200}),
    School("第二初级中学", {"初中": 750}, changes={"初中教学及辅助用房面积": 0.8}),  # below 85%
    School("九年一贯制学校", {"小学": 540, "初中": 300}, blank=("初中网络多媒体教室数",)),
    School("特殊教育学校", {}, kind="特殊教育学校"),
)
COUNTY_ROW = {
    "义务教育教师平均工资收入": 101200,
    "公务员平均工资收入": 100800,
    "符合交流条件教师数": 180,
    "交流轮岗教师数": 22,
    "交流轮岗骨干教师数": 4,  # 18.2%: below 20%
    "义务教育专任教师数": 520,
    "持证义务教育专任教师数": 520,
    "城区公办小学新生数": 640,
    "就近入学小学新生数": 640,
    "城区公办初中新生数": 660,
    "就近入学初中新生数": 641,
    "优质高中招生名额": 600,
    "优质高中分配名额": 330,
    "义务教育随迁子女数": 410,
    "公办和购买学位就读随迁子女数": 372,
    "初中三年义务教育巩固率": "98.6%",
    "适龄残疾儿童少年数": 61,
    "适龄残疾儿童少年在学数": 60,
    "质量监测最低等级": 3,
    "质量监测最大校际差异率": 0.12,
    "人民群众教育满意度": "91.4%",
}


def main(where: Path = HERE) -> None:
    """Write one table a level."""
    draw = random.Random(SEED)
    schools: list[dict[str, object]] = []
    classes: list[dict[str, object]] = []
    for number, school in enumerate(SCHOOLS, start=1):
        code = f"{COUNTY}{number:04d}"
        own = list(_classes(code, school, draw))
        schools.append(_school(code, school, len(own), draw))
        classes += own
    county = {"代码": COUNTY, "名称": "示例县", "年份": YEAR, **COUNTY_ROW}
    folder = where / "national-balanced"
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("旗县", [county]), ("学校", schools), ("班级", classes)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            headers = list(dict.fromkeys(key for row in rows for key in row))
            writer = csv.DictWriter(stream, headers, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _school(code: str, school: School, classes: int, draw: random.Random) -> dict[str, object]:
    pupils = sum(school.pupils.values()) or 60
    ordinary = school.kind == "中小学"
    row: dict[str, object] = {
        "代码": code,
        "名称": school.name,
        "上级代码": COUNTY,
        "年份": YEAR,
        "学校类别": school.kind,
        "举办义务教育": "是",
        "举办小学教育": _yes("小学" in school.pupils),
        "举办初中教育": _yes("初中" in school.pupils),
        "乡村办学类型": school.village,
        "在校生数": pupils,
    }
    for stage, standards in STANDARD.items():
        there = school.pupils.get(stage)
        row[f"{stage}在校生数"] = "" if there is None else there
        for what, standard in standards.items():
            item = f"{stage}{what}"
            if there is None or item in school.blank:
                row[item] = ""
                continue
            share = school.changes.get(item) or draw.uniform(1.03, 1.25)
            amount = standard * there * share
            whole = item.endswith(COUNTED) and item not in school.changes
            row[item] = -int(-amount // 1) if whole else _near(item, amount)
    rooms = max(1, -(-classes // 12))
    row |= {
        "义务教育班级数": classes if ordinary else "",
        "音乐专用教室数": rooms if ordinary else "",
        "最小音乐专用教室面积": 98 if ordinary else "",
        "美术专用教室数": rooms if ordinary else "",
        "最小美术专用教室面积": 92 if ordinary else "",
        "公用经费核定学生数": max(100, pupils),
        "公用经费总额（万元）": round(max(100, pupils) * (0.1 if ordinary else 1.05), 1),
        "公用经费用于教师培训支出（万元）": round(max(100, pupils) * 0.1 * 0.06, 2),
        "教师最少培训学时": draw.choice((360, 366, 372)),
    }
    for asked in (
        "制定学校章程",
        "实现管理与教学信息化",
        "德育和校园文化良好以上",
        "开齐开足规定课程",
        "教学秩序和综合实践规范",
        "无过重课业负担",
    ):
        row[asked] = "是"
    return row


def _classes(code: str, school: School, draw: random.Random) -> list[dict[str, object]]:
    """Divide the pupils of each stage into classes of nearly one size."""
    found: list[dict[str, object]] = []
    for stage, pupils in school.pupils.items():
        most = 43 if stage == "小学" else 48
        grades = GRADES[stage]
        count = max(1 if pupils < 50 else grades, -(-pupils // most))
        sizes = [pupils // count + (at < pupils % count) for at in range(count)]
        if school.name == "第二小学":  # one class above 45
            sizes[0], sizes[1] = 46, sizes[0] + sizes[1] - 46
        draw.shuffle(sizes)
        for size in sizes:
            found.append(
                {
                    "代码": f"{code}{len(found) + 1:02d}",
                    "名称": f"{school.name}{stage}{len(found) + 1}班",
                    "上级代码": code,
                    "年份": YEAR,
                    "学段": stage,
                    "班级人数": size,
                }
            )
    return found


def _near(item: str, amount: float) -> float | int:
    return round(amount) if item.endswith(COUNTED) else round(amount, 1)


def _yes(true: bool) -> str:  # noqa: FBT001 - what is written
    return "是" if true else "否"


if __name__ == "__main__":
    main()
