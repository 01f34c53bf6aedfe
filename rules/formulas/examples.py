"""What each function of the formula language gives, with an example: for people who write rules."""

from dabiao.rules.formulas.functions import Function
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class FunctionExample:
    """How a function is used; each text in Chinese and in English.

    Attributes:
        gives: What comes out.
        example: A formula of items that everybody has.
    """

    gives: tuple[str, str]
    example: tuple[str, str]


EXAMPLES = {
    Function.RATIO: FunctionExample(
        ("部分占总体的百分比；总体是0时没有值", "the part in % of the whole; nothing if that is 0"),
        (
            "比例(交流轮岗教师数, 符合交流条件教师数)",
            "ratio(rotated_teachers, teachers_due_for_rotation)",
        ),
    ),
    Function.SUM: FunctionExample(
        (
            "下级各对象的合计；有条件的只算符合的",
            "the sum over those below, or those of them that fit",
        ),
        ("合计(学校.在校生数, 校舍安全达标 = 是)", "sum(school.pupils, safe_buildings = yes)"),
    ),
    Function.COUNT: FunctionExample(
        ("下级有几个；有条件的只数符合的", "how many are below, or how many of them fit"),
        ("计数(学校, 校舍安全达标 = 是)", "count(school, safe_buildings = yes)"),
    ),
    Function.MEAN: FunctionExample(
        ("下级各对象的平均，每个对象一票", "the mean of those below, each counting once"),
        ("平均(学校.在校生数)", "mean(school.pupils)"),
    ),
    Function.MAXIMUM: FunctionExample(
        ("下级各对象中最大的", "the largest of those below"),
        ("最大(班级.班级人数)", "max(class.class_size)"),
    ),
    Function.MINIMUM: FunctionExample(
        ("下级各对象中最小的", "the smallest of those below"),
        ("最小(学校.专任教师数)", "min(school.teachers)"),
    ),
    Function.SHARE: FunctionExample(
        (
            "符合条件的占下级的百分比；写了数据项的，按数据项算",
            "those that fit in % of those below; of an item, by the item",
        ),
        ("占比(学校, 校舍安全达标 = 是)", "share(school, safe_buildings = yes)"),
    ),
    Function.MEDIAN: FunctionExample(
        ("下级各对象排在正中的", "the one in the middle of those below"),
        ("中位数(学校.在校生数)", "median(school.pupils)"),
    ),
    Function.PERCENTILE: FunctionExample(
        ("下级各对象从小到大，排在百分之几处的", "the one so many % up the order of those below"),
        ("百分位(学校.在校生数, 25)", "percentile(school.pupils, 25)"),
    ),
    Function.ABOVE: FunctionExample(
        ("所在上级对象同一年的数", "the same year's value of the one above that it lies in"),
        ("上级(盟市.普通话普及率)", "above(prefecture.mandarin_share)"),
    ),
    Function.RANKING: FunctionExample(
        (
            "同层级中按数从大到小排第几；写了上级的，只与同属一个上级的比",
            "the place among those of its level, the most first; or among those in one above",
        ),
        ("名次(普通话普及率, 盟市)", "rank(mandarin_share, prefecture)"),
    ),
    Function.LIES_IN: FunctionExample(
        ("是不是这个地区，或在它里面", "whether it is that place, or lies in it"),
        ('位于("150600")', 'lies_in("150600")'),
    ),
    Function.VARIATION: FunctionExample(
        (
            "下级各对象之间的差异系数，按权重加权；越小越均衡",
            "how unequal those below are, by weight; the less, the more balanced",
        ),
        ("差异系数(学校, 专任教师数, 在校生数)", "variation(school, teachers, pupils)"),
    ),
    Function.PREVIOUS: FunctionExample(
        ("同一对象上一年的数", "the same of the year before"),
        ("上年(在校生数)", "previous(pupils)"),
    ),
    Function.IN_YEAR: FunctionExample(
        ("同一对象某一年的数", "the same of some year"),
        ("某年(在校生数, 2020)", "in_year(pupils, 2020)"),
    ),
    Function.CUMULATIVE: FunctionExample(
        ("到考核年为止几年的合计", "the sum of the years that end with the one judged"),
        ("累计(交流轮岗教师数, 3年)", "cumulative(rotated_teachers, 3)"),
    ),
    Function.YEARS_WHEN: FunctionExample(
        (
            "到考核年为止的几年里，有几年做到",
            "in how many of the years that end with the one judged something holds",
        ),
        ("年数(普通话普及率 ≥ 80%, 3年)", "years_when(mandarin_share ≥ 80%, 3)"),
    ),
    Function.LARGER: FunctionExample(
        ("两个数里较大的", "the larger of two numbers"),
        ("较大(专任教师数, 10人)", "larger(teachers, 10人)"),
    ),
    Function.SMALLER: FunctionExample(
        ("两个数里较小的", "the smaller of two numbers"),
        ("较小(专任教师数, 10人)", "smaller(teachers, 10人)"),
    ),
    Function.ROUND_UP: FunctionExample(
        (
            "向上取整；写了步长的，取步长的整数倍",
            "the next whole number above, or multiple of a step",
        ),
        ("向上取整(在校生数 ÷ 45)", "round_up(pupils / 45)"),
    ),
    Function.IF: FunctionExample(
        ("条件成立时取第二项，否则取第三项", "the second if the first is true, else the third"),
        ("若(在校生数 > 0人, 专任教师数, 0人)", "if(pupils > 0人, teachers, 0人)"),
    ),
    Function.COMPLIES: FunctionExample(
        (
            "对象自己是否符合带这个标签的每条规则；没有适用的算不符合",
            "whether it complies with every rule of the tag; with none that counts it does not",
        ),
        ('符合("@class-size")', 'complies("@class-size")'),
    ),
    Function.COUNTS: FunctionExample(
        ("带这个标签的规则有没有适用的", "whether any rule of the tag counts for it"),
        ('适用("@class-size")', 'counts("@class-size")'),
    ),
    Function.SENT_IN: FunctionExample(
        ("对象这一年有没有报送，哪怕只报了一项", "whether it reported anything in the year"),
        ("已报()", "sent_in()"),
    ),
    Function.SENT_IN_TIME: FunctionExample(
        (
            "对象这一年的表是不是都在截止日期前首次收到",
            "whether all its forms of the year first came by the day they were due",
        ),
        ("按时()", "sent_in_time()"),
    ),
    Function.SENT_IN_RATE: FunctionExample(
        (
            "存在的下级对象中报送了的占百分之几；撤销的不算",
            "those below that reported, in % of those that exist",
        ),
        ("报送率(学校)", "sent_in_rate(school)"),
    ),
    Function.ON_TIME_RATE: FunctionExample(
        (
            "存在的下级对象中按时报送的占百分之几；没有截止日期或收到日期的，为缺",
            "those below that reported in time, in % of those that exist; missing without dates",
        ),
        ("按时率(学校)", "on_time_rate(school)"),
    ),
    Function.ATTAINMENT: FunctionExample(
        (
            "下级对象中，带这个标签的规则全部达标的占百分之几",
            "those below that comply with every rule of a tag, in %",
        ),
        ('达标率("学校", "@校校达标")', 'attainment("school", "@every-school")'),
    ),
}


def function_rows() -> list[dict[str, str]]:
    """List every function, in the language spoken now, with the keys of a sentence."""
    return [
        {
            "name": each.value,
            "pattern": each.usage,
            "example": say(*EXAMPLES[each].example),
            "meaning": say(*EXAMPLES[each].gives),
            "step": "function",
        }
        for each in Function
    ]
