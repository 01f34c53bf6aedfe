"""Words for notes, and for why somebody is to be visited."""

from typing import assert_never

from dabiao.reports.numbers import stated
from dabiao.reports.wording.lacks import named
from dabiao.reports.wording.reasons import measured, reason
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.reasons.remarks import (
    BrokenRelation,
    CopiedRow,
    JumpingValue,
    OutlyingValue,
    PeerGroup,
    ReadingProblem,
    RepeatedRow,
)
from dabiao.schemas.run import Note
from dabiao.schemas.visits import NotReturned, VisitReason


def note(of: Note) -> str:
    """Say what is worth a second look."""
    match of.remark:
        case None:
            return _plain(of)
        case ReadingProblem(message):
            return message
        case BrokenRelation() as broken:
            return _broken(of, broken)
        case CopiedRow() as copied:
            return _copied(of, copied)
        case RepeatedRow(numbers):
            return say(
                f"{_who(of)}，{of.year}年填报的{numbers}个数与上年完全相同，可能没有更新",
                f"{_who(of)} reported the same {numbers} numbers for {of.year} as for the year"
                " before; perhaps nobody brought them up to date",
            )
        case JumpingValue() as jump:
            return _jumping(of, jump)
        case OutlyingValue() as far:
            return _outlying(of, far)
        case _:
            assert_never(of.remark)


def why(of: Finding | Note) -> str:
    """Say why a finding came out as it did, or what a note is about."""
    return reason(of) if isinstance(of, Finding) else note(of)


def visit_reason(of: VisitReason) -> str:
    """Say why somebody is to be visited."""
    match of.of:
        case Note() as noted:
            return note(noted)
        case Finding() as finding:
            told = reason(finding)
            return say(f"{finding.title}：{told}", f"{finding.title}: {told}")
        case NotReturned(subject, year, listed):
            return say(
                f"{subject.name}没有{year}年的填报数据" + ("，只在名录里" if listed else ""),
                f"{subject.name} has no row for {year}" + (", only the roster has it" * listed),
            )
        case _:
            assert_never(of.of)


def _who(of: Note) -> str:
    return "" if of.of is None else of.of.name


def _plain(of: Note) -> str:
    """Word the kinds of notes that say nothing beyond what every note says."""
    name, code = _who(of), of.subject
    match of.kind:
        case "unplaced":
            return say(
                f"不知道{name}（{code}）在哪里：没有上级代码，代码也看不出；"
                "限定地区的规则没有考核它",
                f"not known where {name} ({code}) lies, from its parent or its code;"
                " rules for certain places leave it out",
            )
        case "only-named":
            return say(
                f"{name}（{code}）只作为上级被提到，没有填报，也不在名录里，没有考核；"
                "要考核，请在名录里加一行",
                f"{name} ({code}) is only named as a parent and was not judged;"
                " add it to the roster to have it judged",
            )
        case "not-in-roster":
            return say(
                f"{name}（{code}）有填报数据，但不在名录里；照常考核，请核对名录",
                f"{name} ({code}) reports and stands in no roster; judged like the others,"
                " but the roster should be checked",
            )
        case _:
            return _differing(of)


def _differing(of: Note) -> str:
    who, year = _who(of), of.year
    (measure,) = of.about
    name, unit = measure.text, measure.unit
    reported, found = stated(of.reported, unit), stated(of.computed, unit)
    if of.kind == "sum-differs":
        return say(
            f"{who}的{name}，{year}年填报为{reported}，下级合计为{found}；按填报值考核",
            f"{name} of {who} in {year} is reported as {reported}, those below sum to"
            f" {found}; judged as reported",
        )
    return say(
        f"{who}的{name}，{year}年填报为{reported}，按口径计算为{found}；按填报值考核",
        f"{name} of {who} in {year} is reported as {reported} and computed as"
        f" {found}; judged as reported",
    )


def _broken(of: Note, remark: BrokenRelation) -> str:
    values = say("，", ", ").join(map(measured, remark.values))
    relation, unusual = remark.relation.text, of.kind == "unusual"
    told = say(
        f"{_who(of)}，{of.year}年：{values}；"
        f"{'一般应' if unusual else '应'}满足：{relation}（{remark.label.text}）",
        f"{_who(of)} in {of.year}: {values}; {remark.label.text}:"
        f" {'usually' if unusual else 'it should be that'} {relation}",
    )
    return say(f"{told}。{remark.definition}", told) if remark.definition else told


def _copied(of: Note, remark: CopiedRow) -> str:
    names = [
        say(f"{each.name}（{each.code}）", f"{each.name} ({each.code})") for each in remark.first
    ]
    level, count = of.level, remark.numbers
    listed = say("、", ", ").join(names)
    if level is not None:
        listed = named(names, NamedFew(level, remark.count, remark.first))
    return say(
        f"{listed}，{of.year}年填报的{count}个数完全相同，可能是照抄",
        f"{listed} reported the same {count} numbers for {of.year}; perhaps one was copied",
    )


def _jumping(of: Note, remark: JumpingValue) -> str:
    measure = of.about[0]
    told = []
    for year, value in remark.values:
        text = stated(value, measure.unit)
        told.append(say(f"{year}年{text}", f"{text} in {year}"))
    peers = remark.peers
    if peers is None:
        cause = say("与上年相差过大", "that is far from the year before")
    elif remark.ratio is None:
        cause = say(
            f"{peers.count}个同类{_peers(peers)}大多变化不大",
            f"most of {peers.count} peers changed little",
        )
    else:
        usual = f"{remark.ratio:.2f}".rstrip("0").rstrip(".")
        cause = say(
            f"{peers.count}个同类{_peers(peers)}的中位数是上年的{usual}倍",
            f"the median of {peers.count} peers is {usual} times that of the year before",
        )
    who, listed = _who(of), say("，", ", ").join(told)
    return say(
        f"{who}的{measure.text}突变：{listed}；{cause}",
        f"{measure.text} of {who} jumps: {listed}; {cause}",
    )


def _outlying(of: Note, remark: OutlyingValue) -> str:
    measure, peers, who = of.about[0], remark.peers, _who(of)
    value, middle = (stated(each, measure.unit) for each in (remark.value, remark.median))
    return say(
        f"{who}的{measure.text}，{of.year}年为{value}，远离{peers.count}个同类{_peers(peers)}"
        f"的中位数{middle}",
        f"{measure.text} of {who} is {value} in {of.year}, far from {middle},"
        f" the median of {peers.count} peers",
    )


def _peers(of: PeerGroup) -> str:
    """Name peers by what they agree in; only Chinese says it."""
    return "、".join(of.categories) + of.level.zh
