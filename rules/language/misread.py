"""What to say of a line that Gherkin cannot read, and of a step that is no sentence."""

import re
from collections.abc import Iterable, Sequence

from dabiao.intake.cells.variants import simplified
from dabiao.rules.language.keyboard import language_of
from dabiao.rules.words.nearest import nearest
from dabiao.schemas.language import say
from dabiao.schemas.numerals import NUMERAL

TRAPS = re.compile(r"(当|同时|但是|那么)(年|地|前|日|月|期|下|时|中|初|届|班|季|选)\S*")
_HEADING = re.compile(
    r"(?:功能|规则|背景|场景大纲|场景|例子)(?![:：])|(?:Feature|Rule|Background|Scenario|Examples)\b(?!:)"
)
_KEYWORDS = ("假如", "假设", "假定", "当", "那么", "而且", "并且", "同时", "但是")
_HEADINGS = ("功能", "规则", "背景", "场景", "场景大纲", "例子")

_ENGLISH = {
    "Feature:": "功能:",
    "Rule:": "规则:",
    "Background:": "背景:",
    "Scenario Outline:": "场景大纲:",
    "Scenario:": "场景:",
    "Examples:": "例子:",
    "Given ": "假如 ",
    "When ": "当 ",
    "Then ": "那么 ",
    "And ": "而且 ",
    "But ": "但是 ",
}
"""What a line begins with in English, and what it begins with in a Chinese file."""

_AT_LEAST = ("写成：甲 应不低于 10个", "write: x should be at least 10")
_AT_MOST = ("写成：甲 应不高于 10个", "write: x should be at most 10")
TWO_DEMANDS = re.compile(
    r"应.+且(?:\s*应?\s*(?:不[低高多少大小]于|不超过|高于|低于|超过|多于|少于|至少|至多)"
    r"|.*\s应(?:不|高于|低于|超过|达到|等于|为))"
)
_TWO_NUMBERS = re.compile(
    r"应.*?[于到为过少多是≥≤<>=]\s*(?P<low>\d[\d.]*)\s*[^\d\s~～–—-]{0,4}?\s*(?:[~～–—-]+|至|到)\s*(?P<high>\d[\d.]*)[^\d+×÷*/()-]*$"
)
RANGE = (
    "有上下限的：甲 应在 10个 至 15个 之间；只有下限的：甲 应不低于 10个",
    "x should be between 10 and 15; with a lower bound alone: x should be at least 10",
)
PLAINLY = (
    (
        r"力争|争取|努力",
        ("要求照写“应…”，另加一句：属于力争目标", "demand it, and add: it is an aspiration"),
    ),
    (
        r"\d{4}年\D*\d.*\d{4}年\D*\d",
        (
            "几个年份的目标写成表：应不低于 各年目标，下一行起写 年、目标 两列",
            "targets of several years are a table: should be at least the targets by year",
        ),
    ),
    (
        r"[由从]\s*\d{4}年",
        (
            "写到期的数：应不低于 75%，起点另写一句：而且 基期2020年为68%",
            "demand the last number, and say the first as a baseline",
        ),
    ),
    (
        r"占\S*?\d[\d.]*%",
        (
            "占百分之几的写：比例(部分, 总体) 应不低于 1%",
            "a share is written: ratio(part, whole) should be at least 1%",
        ),
    ),
    (
        rf"前\s*(?:\d+|[{NUMERAL}])\s*[名位]?(?:以内)?$|排名|名列|前列",
        (
            "名次写：名次(甲, 盟市) 应不高于 3名；数据项自己就是名次的：甲 应不高于 3名",
            "a place is written: rank(x, prefecture) should be at most 3",
        ),
    ),
    (
        r"翻\S?番|倍$",
        (
            "几倍写：甲 应不低于 某年(甲, 2020) × 2",
            "so many times: x should be at least in_year(x, 2020) × 2",
        ),
    ),
    (
        r"应每(?:周|天|日|学?年)(?:不少于|不低于|至少)",
        (
            "直接写 应不低于 1次，时限写 长期执行；数的是每周还是全年，写在数据项的口径里",
            "say the amount alone, standing; of which time it is, the item tells",
        ),
    ),
    (
        r"应(?:建成|建设|建立|完成|通过|开展|设立|配备|做到)\D*$",
        ('做没做到的写：已建成… 应为"是"', 'what is done or not should be "yes"'),
    ),
    (r"应有\s*\d", _AT_LEAST),
    (
        r"\d\D{0,3}\s*[~～–—-]\s*\d|应在.*\d\D{0,4}[至到]\s*\d",
        RANGE,
    ),
    (
        r"(?:应|将|要)?(?:在|到|至)?\d{4}年底?(?:前|内)?\s*(?:应|要|不[低高])",
        (
            "时限另写一句：而且 到2025年底",
            "say the time in a sentence of its own: And by the end of 2025",
        ),
    ),
    (
        r"应(?:逐年|每年|比上年|年均|平均每年|比\d{4}年)[提增上下降减]\S?\s*\d",
        (
            "变化多少，前面写“不少于”：应逐年提高不少于 1个百分点",
            "say how much at least: should rise by at least 1 percentage points every year",
        ),
    ),
    (r"(?:提高|提升|增加|增长|上升)[到至]|(?:保持|稳定|维持)在", _AT_LEAST),
    (r"(?:下降|降低|减少|压减|降|控制)[到至]", _AT_MOST),
    (r"^[^应]*(?:≥|>=)", _AT_LEAST),
    (r"^[^应]*(?:≤|<=)", _AT_MOST),
    (r"[不未][得能可应许][低少小]于", _AT_LEAST),
    (r"[不未][得能可应许](?:高于|超过|多于|大于)", _AT_MOST),
    (
        r"应(?:提高|提升|增加|增长|上升|下降|降低|减少)\s*\d|递增|递减",
        (
            "变化要说和哪年比：应逐年提高不少于 1个百分点、应比2020年提高不少于 10个百分点",
            "say since when: should rise by at least 1 point a year, or since 2020",
        ),
    ),
    (
        r"全覆盖|百分之百",
        (
            '比例写 应不低于 100%，做没做到的写 应为"是"',
            'a share should be at least 100%, and what is done or not should be "yes"',
        ),
    ),
)
"""Words of a demand that leave no doubt, though another sentence may look more alike."""
LIKELY = (
    (r"不[低少小]于|以上|至少|达到", _AT_LEAST),
    (r"不(?:高于|超过|多于|大于)|以下|以内|至多", _AT_MOST),
)
TERMS = (
    (
        "[春秋]季|[上下一二]学期",
        (
            "学期写它开始的月份：秋季 自2024年9月起，春季 自2025年3月起",
            "say the month in which a term begins: from September 2024, from March 2025",
        ),
    ),
)
"""Words of a timing that leave no doubt."""
TIMES = (
    (
        rf"年底|年末|每年|\d年|[{NUMERAL}]{{2,4}}年|五.?[末期]|规划期|年内$",
        (
            "时限写成：到2025年底、2023年内、自2022年起 或 长期执行",
            "a timing is: by the end of 2025, within 2023, from 2022 on, standing",
        ),
    ),
)
VALUES = (
    (
        r"的\s*\S.*(?:为|等于|=)\s*\S",
        (
            "值前面写“是”：某学校的 在校生数 是 10",
            "write 'is' before a value: the pupils of a school is 10",
        ),
    ),
)


def hint_about(written: str, texts: Sequence[str], *, uneven: bool) -> str:
    """Tell what to do about a line that means nothing where it stands.

    Args:
        written: The line.
        texts: All lines of the file.
        uneven: Whether it is a row of a table with another number of cells.
    """
    if trap := TRAPS.match(written):
        return trap_hint(trap[0])
    if written.startswith(("功能", "规则", "背景", "场景", "假如")) and not any(
        each.strip().startswith("# language") for each in texts[:1]
    ):
        return "第一行写 # language: zh-CN / write '# language: zh-CN' on the first line"
    if language_of(list(texts)) == "en" and written.startswith((*_HEADINGS, *_KEYWORDS)):
        return say(
            "第一行写的是英文（en），这一行是中文：第一行改成 # language: zh-CN",
            "the first line says English, and this one is Chinese: write '# language: zh-CN' there",
        )
    english = next((word for word in _ENGLISH if written.startswith(word)), None)
    if english is not None and language_of(list(texts)) == "zh-CN":
        return say(
            f"第一行写的是中文（zh-CN），这一行的“{english.strip()}”是英文：写成“{_ENGLISH[english].strip()}”",
            f"the first line says Chinese, and {english.strip()!r} is English: "
            f"write {_ENGLISH[english].strip()!r}",
        )
    if (heading := _HEADING.match(written)) and heading_meant(written) is None:
        return say(
            f"“{heading[0]}”后面要有冒号：{heading[0]}: 名称",
            f"a colon stands behind {heading[0]!r}",
        )
    if written.startswith("#"):
        return say("语言写作 # language: zh-CN", "the language is written '# language: en'")
    if written.startswith(_KEYWORDS):
        return say(
            "这一行以步骤关键字开头，只能放在背景或场景里；说明文字请换个开头",
            "this line begins with a step keyword, so it belongs into a background or scenario",
        )
    if (meant := _meant(written)) is not None:
        return meant
    if uneven:
        return say(
            "表的每一行要有同样多的 |", "every row of a table needs the same number of cells"
        )
    return say(
        "步骤要以 假如/当/那么/而且/但是 开头，写在一行里；表的每行以 | 开头",
        "a step begins with Given, When, Then, And or But, in one line; a row of a table with |",
    )


def _meant(written: str) -> str | None:
    """Say what a heading out of place, a comment and a misspelt heading were meant to be."""
    if written.partition(":")[0].strip() in _HEADINGS:
        return say(
            "这里放不下：一个文件一个“功能”，写在最前；“背景”写在功能或规则下面、场景前面，只写一次；"
            "“例子”写在场景大纲的步骤后面",
            "it has no place here: one Feature a file, first; one Background, before scenarios; "
            "Examples behind the steps of an outline",
        )
    if written.startswith(("//", "--", "/*")):
        return say("注释单独一行，以 # 开头", "a comment is a line of its own and begins with #")
    heading = heading_meant(written)
    return None if heading is None else say(f"是不是：{heading}:", f"did you mean {heading}:?")


def heading_meant(written: str) -> str | None:
    """Give the heading that the word before a colon comes closest to, if it is a misspelt one.

    Examples:
        >>> heading_meant("例:"), heading_meant("场境大纲: 界线"), heading_meant("班额: 45")
        ('例子', '场景大纲', None)
        >>> heading_meant("場景: 甲"), heading_meant("場景大綱: 甲"), heading_meant("規則: 甲")
        ('场景', '场景大纲', '规则')
    """
    word, colon, _ = written.partition(":")
    if not colon or word.strip() in _HEADINGS:
        return None
    return next(iter(nearest(simplified(word.strip()), _HEADINGS, 1)), None)


def names_range(plain: str) -> bool:
    """Tell whether the bound of a demand is a range, which a formula would take for a difference.

    Examples:
        >>> names_range("覆盖率 应不低于 75%-80%"), names_range("覆盖率 应不低于 100%-5个百分点")
        (True, False)
    """
    found = _TWO_NUMBERS.search(plain)
    return found is not None and float(found["low"].rstrip(".")) < float(found["high"].rstrip("."))


def trap_hint(word: str) -> str:
    """Explain that the beginning of a word was taken for a keyword."""
    keyword = next(each for each in _KEYWORDS if word.startswith(each))
    return say(
        f"“{word}”被读成了关键字“{keyword}”加“{word.removeprefix(keyword)}”；换个说法，如“本年”“本地”，"
        f"或在前面加上真正的关键字",
        f"{word!r} was read as the keyword {keyword!r} and the rest; word it differently",
    )


def meant_by(plain: str, wordings: Iterable[tuple[str, tuple[str, str]]]) -> str | None:
    """Say how to write what the words of a step plainly mean; None where they do not tell."""
    return next((say(*told) for words, told in wordings if re.search(words, plain)), None)
