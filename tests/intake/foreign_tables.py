"""Tables as other offices write them, each with the mapping that a careful person would make of it.

Names are invented. What is expected was written down before anything was proposed: per level, what
each target is taken from.
"""

from dataclasses import dataclass, field
from typing import Any

Rows = list[list[Any]]
SCHOOLS = ["示例第一小学", "示例第二小学", "示例中心小学", "示例第一中学"]
COUNTIES = {150602: "东胜区", 150603: "康巴什区", 150621: "达拉特旗", 150622: "准格尔旗"}


@dataclass(frozen=True)
class Foreign:
    """One file.

    Attributes:
        name: What it is called; its suffix tells how it is written.
        sheets: Its rows, by sheet.
        expected: Level to target to source; several sources are joined with ``+``.
        rows: How many rows of facts it holds.
        encoding: How text is encoded.
        merged: Ranges of cells that are merged.
        wide: Whether it needs the rules of the wide table among the examples.
    """

    name: str
    sheets: dict[str, Rows]
    expected: dict[str, dict[str, str]]
    rows: int
    encoding: str = "utf-8"
    merged: tuple[str, ...] = ()
    wide: bool = False
    left: tuple[str, ...] = field(default=())


STATISTICS = Foreign(
    "教育事业统计.xlsx",
    {
        "Sheet1": [
            ["2024—2025学年初达拉特旗教育事业统计表"],
            [
                "序号",
                "学校代码",
                "学校名称",
                "办学类型",
                "举办者",
                "班数",
                "在校生数",
                "专任教师数",
                "其中：女",
                "电话",
            ],
            *(
                [at, f"215{at}001234", name, "小学", "公办", 12, 480 + at, 30 + at, 20, f"0477{at}"]
                for at, name in enumerate(SCHOOLS, 1)
            ),
            ["合计", None, None, None, None, 48, 1930, 130, 80],
        ]
    },
    {
        "学校": {
            "代码": "学校代码",
            "名称": "学校名称",
            "年份": "=2024",
            "在校生数": "在校生数",
            "专任教师数": "专任教师数",
        }
    },
    4,
    merged=("A1:J1",),
    left=("序号", "班数", "其中：女", "电话"),
)
FINANCE = Foreign(
    "2024年各旗区教育经费.xlsx",
    {
        "经费": [
            ["各旗区教育经费执行情况"],
            ["单位：元"],
            ["旗区", "一般公共预算教育支出", "公用经费总额", "教师工资总额（万元）", "备注"],
            *(
                [name, 120005000 + at, 30000000, 8000, None]
                for at, name in enumerate(COUNTIES.values())
            ),
            ["合计", 480020006, 120000000, 32000],
        ]
    },
    {
        "旗县": {
            "代码": "{旗区}",
            "名称": "旗区",
            "年份": "=2024",
            "一般公共预算教育支出": "一般公共预算教育支出",
            "公用经费总额": "公用经费总额",
            "教师工资总额": "教师工资总额(万元)",
        }
    },
    4,
    merged=("A1:E1",),
)
BUDGETS = Foreign(
    "县区经费.csv",
    {
        "": [
            [
                "行政区划代码",
                "地区",
                "年度",
                "公用经费总额（元）",
                "教师培训经费预算(元)",
                "生均公用经费(元)",
            ],
            *([code, name, 2023, 30000000, 1200000, 1200] for code, name in COUNTIES.items()),
        ]
    },
    {
        "旗县": {
            "代码": "行政区划代码",
            "名称": "地区",
            "年份": "年度",
            "公用经费总额": "公用经费总额(元)",
            "教师培训经费预算": "教师培训经费预算(元)",
            "生均公用经费": "生均公用经费(元)",
        }
    },
    4,
    encoding="gb18030",
)
ENGLISH = Foreign(
    "schools.csv",
    {
        "": [
            [
                "School ID",
                "School Name",
                "County Code",
                "School Year",
                "No. of Students",
                "Full-time Teachers",
                "Phone",
            ],
            *(
                [
                    f"15060{at}0012",
                    f"Primary School {at}",
                    f"15060{at}",
                    2024,
                    300,
                    20,
                    f"0477-123{at}",
                ]
                for at in (2, 3)
            ),
            ["1506020013", "Primary School 9", 150602, 2024, 100, 9, None],
        ]
    },
    {
        "学校": {
            "代码": "School ID",
            "名称": "School Name",
            "上级代码": "County Code",
            "年份": "School Year",
            "在校生数": "No. of Students",
            "专任教师数": "Full-time Teachers",
        }
    },
    3,
    left=("Phone",),
)
YEARS = Foreign(
    "各旗县在校生数.csv",
    {
        "": [
            ["旗县代码", "旗县", "2021年", "2022年", "2023年"],
            *([code, name, 1000, 1010, 1020] for code, name in COUNTIES.items()),
        ]
    },
    {"旗县": {"代码": "旗县代码", "名称": "旗县", "年份": "={年}"}},
    12,
    left=("{年}年",),
)
SERIES = Foreign(
    "近年情况.csv",
    {
        "": [
            [
                "学校代码",
                "学校名称",
                "2022年在校生数",
                "2023年在校生数",
                "2022年专任教师数",
                "2023年专任教师数",
            ],
            *([f"21501{at}", name, 400, 410, 30, 31] for at, name in enumerate(SCHOOLS)),
        ]
    },
    {
        "学校": {
            "代码": "学校代码",
            "名称": "学校名称",
            "年份": "={年}",
            "在校生数": "{年}年在校生数",
            "专任教师数": "{年}年专任教师数",
        }
    },
    8,
)
TRADITIONAL = Foreign(
    "國小概況.csv",
    {
        "": [
            [
                "學年度",
                "學校代碼",
                "學校名稱",
                "一年級班級數",
                "二年級班級數",
                "一年級男學生數",
                "一年級女學生數",
                "二年級男學生數",
                "二年級女學生數",
                "電話",
            ],
            *(
                [113, f"01{at}601", name, 2, 2, 20, 21, 22, 23, "02-1234"]
                for at, name in enumerate(["示例樂學國小", "示例大同國小", "示例仁愛國小"])
            ),
        ]
    },
    {
        "学校": {"代码": "學校代碼", "名称": "學校名稱", "年份": "學年度+1911"},
        "班级": {
            "代码": "{學校代碼}-{年级}",
            "名称": "{學校名稱}{年级}年级",
            "上级代码": "學校代碼",
            "年份": "學年度+1911",
            "年级": "={年级}",
            "年级班级数": "{年级}年級班級數",
            "年级学生数": "{年级}年級男學生數+{年级}年級女學生數",
        },
    },
    9,
    encoding="big5",
    wide=True,
    left=("電話",),
)
CLASSES = Foreign(
    "班级情况.csv",
    {
        "": [
            [
                "学校标识码",
                "学校",
                "班级编号",
                "班级",
                "学段",
                "班级人数（人）",
                "班主任电话",
                "年度",
            ],
            *(
                [
                    f"2150{at // 2}",
                    SCHOOLS[at // 2],
                    f"2150{at // 2}0{at}",
                    f"一年级{at}班",
                    "小学",
                    45 - at,
                    f"139{at}",
                    2025,
                ]
                for at in range(6)
            ),
        ]
    },
    {
        "班级": {
            "代码": "班级编号",
            "名称": "班级",
            "上级代码": "学校标识码",
            "年份": "年度",
            "学段": "学段",
            "班级人数": "班级人数(人)",
        }
    },
    6,
    left=("班主任电话",),
)
UNCODED = Foreign(
    "2024学年各校.csv",
    {
        "": [
            ["学校", "在校学生", "专任教师", "小学专任教师数", "体育教师数"],
            *([name, 500 + at, 40, 20, 3] for at, name in enumerate(SCHOOLS)),
        ]
    },
    {
        "学校": {
            "代码": "{学校}",
            "名称": "学校",
            "年份": "=2024",
            "在校生数": "在校学生",
            "专任教师数": "专任教师",
        }
    },
    4,
    encoding="gb18030",
    left=("小学专任教师数", "体育教师数"),
)
INDICATORS = Foreign(
    "旗县指标.xlsx",
    {
        "Sheet1": [
            [
                "区划代码",
                "旗县名称",
                "年份",
                "九年义务教育巩固率（%）",
                "普惠性幼儿园覆盖率",
                "体育场地面积(万平方米)",
                "常住人口（万人）",
                "学校数",
            ],
            *([code, name, 2024, 98.5, 0.92, 120.5, 58.2, 30] for code, name in COUNTIES.items()),
        ]
    },
    {
        "旗县": {
            "代码": "区划代码",
            "名称": "旗县名称",
            "年份": "年份",
            "九年义务教育巩固率": "九年义务教育巩固率(%)",
            "普惠性幼儿园覆盖率": "普惠性幼儿园覆盖率",
            "体育场地面积": "体育场地面积(万平方米)",
            "常住人口": "常住人口(万人)",
        }
    },
    4,
    left=("学校数",),
)
MERGED = Foreign(
    "2024年班额.xlsx",
    {
        "各校": [
            ["各校情况"],
            ["学校代码", "学校名称", "办学", None, "人员", None],
            [None, None, "性质", "所在旗县", "在校生数", "专任教师数"],
            *(
                [f"2150{at}", name, "公办" if at else "民办", "达拉特旗", 480, 30]
                for at, name in enumerate(SCHOOLS)
            ),
        ]
    },
    {
        "学校": {
            "代码": "学校代码",
            "名称": "学校名称",
            "上级代码": "办学所在旗县",
            "年份": "=2024",
            "办学性质": "办学性质",
        }
    },
    4,
    merged=("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"),
)
NURSERIES = Foreign(
    "统计.xlsx",
    {
        "填报说明": [["请填写"]],
        "学校": [["代码", "名称", "年份", "在校生数"], ["a1", "一小", 2024, 100]],
        "幼儿园基本情况": [
            ["园所代码", "幼儿园名称", "所在旗县", "年份", "办学性质", "占地面积"],
            *(
                [f"215{at}0", f"第{at}幼儿园", ["东胜区", "达拉特旗"][at % 2], 2024, "民办", 3000]
                for at in range(6)
            ),
        ],
    },
    {
        "学校": {
            "代码": "园所代码",
            "名称": "幼儿园名称",
            "上级代码": "所在旗县",
            "年份": "年份",
            "办学性质": "办学性质",
        }
    },
    7,
    left=("占地面积",),
)
ALL = (
    STATISTICS,
    FINANCE,
    BUDGETS,
    ENGLISH,
    YEARS,
    SERIES,
    TRADITIONAL,
    CLASSES,
    UNCODED,
    INDICATORS,
    MERGED,
    NURSERIES,
)
