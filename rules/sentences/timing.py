"""Given-sentences that say when a norm has to hold."""

from dabiao.rules.language.draft import Draft, Phrase
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.schemas.rule import Timing, TimingKind

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_BY_MONTH = f"by the end of [{'/'.join(_MONTHS)}] {{year}}"


def _month(said: Phrase | None, whole: Phrase) -> int | None:
    """Read a month: its number in Chinese, its name in English."""
    if said is not None:
        return int(said.text)
    named = [number for number, name in enumerate(_MONTHS, 1) if name.lower() in whole.text.lower()]
    return next(iter(named), None)


@sentence(
    SentenceKind.DEFINITION,
    ("到{year}年底", "到{year}年", "{year}年底前"),
    "by the end of {year}",
    example=("到2025年底", "by the end of 2025"),
    meaning=(
        "到那年底须做到，之后须保持；之前看进度",
        "due at the end of that year and from then on",
    ),
)
def due(draft: Draft, year: Phrase, whole: Phrase) -> None:
    draft.timings.append((Timing(kind=TimingKind.DUE, last=int(year.text)), whole))


@sentence(
    SentenceKind.DEFINITION,
    (
        "到{year}年{month}月底",
        "到{year}年{month}月",
        "{year}年{month}月底前",
        "{year}年{month}月前",
    ),
    _BY_MONTH,
    example=("到2025年6月底", "by the end of June 2025"),
    meaning=(
        "到那个月底须做到；数据按年，以那一年的数据为准，结论里写明期限是几月",
        "due by that month; facts are yearly, so the year's figure is judged, and says so",
    ),
)
def due_in_a_month(draft: Draft, year: Phrase, whole: Phrase, month: Phrase | None = None) -> None:
    timing = Timing(kind=TimingKind.DUE, last=int(year.text), month=_month(month, whole))
    draft.timings.append((timing, whole))


@sentence(
    SentenceKind.DEFINITION,
    ("{year}年内", "{year}年度"),
    "within {year}",
    example=("2023年内", "within 2023"),
    meaning=("那一年内完成，以那一年的数据为准", "due in that year, judged on that year's figures"),
)
def within(draft: Draft, year: Phrase, whole: Phrase) -> None:
    draft.timings.append((Timing(kind=TimingKind.WITHIN, last=int(year.text)), whole))


@sentence(
    SentenceKind.DEFINITION,
    ("自{first}年{month}月起", "自{first}年起", "从{first}年{month}月起", "从{first}年起"),
    ("from {first}", "from {first} on", f"from [{'/'.join(_MONTHS)}] {{first}}"),
    example=("自2022年9月起", "from September 2022"),
    meaning=(
        "从那年起每年考核（数据按年，月份只供阅读）",
        "judged every year from then on; facts are yearly",
    ),
)
def standing_from(draft: Draft, first: Phrase, whole: Phrase, month: Phrase | None = None) -> None:
    timing = Timing(kind=TimingKind.STANDING, first=int(first.text), month=_month(month, whole))
    draft.timings.append((timing, whole))


@sentence(
    SentenceKind.DEFINITION,
    "长期执行",
    "at all times",
    example=("长期执行", "at all times"),
    meaning=("文件有效期内每年考核", "judged every year while the document is in force"),
)
def standing(draft: Draft, whole: Phrase) -> None:
    draft.timings.append((Timing(kind=TimingKind.STANDING), whole))


@sentence(
    SentenceKind.DEFINITION,
    ("自{first}年至{last}年每年", "{first}年至{last}年每年", "{first}-{last}年每年"),
    "every year from {first} to {last}",
    example=("自2021年至2025年每年", "every year from 2021 to 2025"),
    meaning=("这些年份里每年考核", "judged in every year of the span"),
)
def span(draft: Draft, first: Phrase, last: Phrase, whole: Phrase) -> None:
    draft.timings.append(
        (Timing(kind=TimingKind.SPAN, first=int(first.text), last=int(last.text)), whole)
    )


@sentence(
    SentenceKind.DEFINITION,
    ("基期{year}年为 {value}", "基期是{year}年,为 {value}", "基期{year}年", "基期是{year}年"),
    ("the baseline of {year} is {value}", "the baseline is {year}", "the baseline of {year}"),
    example=("基期2020年为18%", "the baseline of 2020 is 18%"),
    meaning=(
        "进度线和年均变化的起点；不写数值（基期2020年）就用那一年的填报数据",
        "where the line begins; without a value (the baseline is 2020) that year's facts serve",
    ),
)
def baseline(draft: Draft, year: Phrase, whole: Phrase, value: Phrase | None = None) -> None:
    draft.baselines.append((int(year.text), value, whole))
