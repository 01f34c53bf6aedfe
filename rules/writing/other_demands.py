"""What plans demand beside a number to reach: a share of those below, a place, a mean, none."""

from collections.abc import Sequence

from dabiao.rules.language.draft import ComparesDraft, FeaturePlace, Phrase, RecurrenceDraft
from dabiao.rules.language.norm_text import norm_text
from dabiao.rules.writing.named_measures import NamedSubject
from dabiao.rules.writing.plan_words import Piece, PlanPart
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Term
from dabiao.schemas.unit import is_percent

_NOWHERE = FeaturePlace("-", 1, 1)


@dataclass(frozen=True, slots=True)
class MembersShare:
    """So many per cent of those below are to be so.

    Attributes:
        norm: The sentence of the norm.
        levels: The levels of which it can be demanded.
        said: Where the pieces begin that say it.
    """

    norm: str
    levels: tuple[Level, ...]
    said: tuple[int, ...]


def share_of_members(found: Sequence[Piece], subject: NamedSubject) -> MembersShare | None:
    """Read 80%以上的学校建成; None where a sentence says nothing of the kind."""
    told = [each for each in found if each.part is not PlanPart.FILLER and each.text != "的"]
    at = next((n for n, each in enumerate(told) if each.part is PlanPart.NUMBER), None)
    if at is None or not is_percent(told[at].unit) or not isinstance(told[at].value, float):
        return None
    after = at + 1
    if after < len(told) and told[after].part is PlanPart.BEHIND:
        if told[after].value is not Comparator.AT_LEAST:
            return None
        after += 1
    lower = told[after].value if after < len(told) else None
    if not isinstance(lower, Level) or lower not in subject.levels:
        return None
    above = tuple(each for each in Level if each.rank < lower.rank)
    share = f"占比({lower.zh}, {subject.formula} = 是)"
    amount = f"{told[at].value:.10g}%"
    with speaking(Language.ZH):
        norm = norm_text(ComparesDraft(_phrase(share), Comparator.AT_LEAST, _phrase(amount)))
    said = tuple(each.start for each in (*told[at : after + 1], *_of_whom(found, told[at])))
    return MembersShare(norm, above, said)


def _of_whom(found: Sequence[Piece], number: Piece) -> list[Piece]:
    """Give the 的 behind a number."""
    return [each for each in found if each.text == "的" and each.start > number.start][:1]


def beside_others(said: Piece, subject: NamedSubject, *, bad: bool) -> ComparesDraft | None:
    """Read a comparison with the level above, or a place among those in it.

    Args:
        said: The comparison.
        subject: What is compared.
        bad: Whether less of it is better.
    """
    upper = Level.named(said.unit)
    if upper is None or subject.formula != subject.name:
        return None
    if said.part is PlanPart.RANKED:
        if bad or not said.year or all(each.rank <= upper.rank for each in subject.levels):
            return None
        ranked = _phrase(f"名次({subject.formula}, {upper.zh})")
        return ComparesDraft(ranked, Comparator.AT_MOST, _phrase(f"{said.year}名"))
    if not isinstance(said.value, Comparator) or upper not in subject.levels[:-1]:
        return None
    above = _phrase(f"上级({upper.zh}.{subject.formula})")
    return ComparesDraft(_phrase(subject.formula), said.value, above)


def repeated(often: Piece, norm: ComparesDraft | None) -> ComparesDraft | RecurrenceDraft | None:
    """Read a level that is to be kept for years, or reached in every part of a year."""
    if norm is None:
        return None
    if often.part is PlanPart.RUNNING:
        count = often.year or 0
        return RecurrenceDraft(norm.left, norm.comparator, norm.right, count, count)
    if norm.comparator is not Comparator.AT_LEAST:
        return None
    return ComparesDraft(norm.left, norm.comparator, norm.right, Term.named(often.unit))


def none_left(
    chosen: Sequence[Piece], subject: NamedSubject, reach: Sequence[str]
) -> ComparesDraft | None:
    """Read that nothing of what is counted is to be left."""
    limits = [each for each in chosen if each.part is PlanPart.COMPARATOR]
    if is_percent(subject.unit) or any(each.text not in reach for each in limits):
        return None
    return ComparesDraft(_phrase(subject.formula), Comparator.AT_MOST, _phrase(f"0{subject.unit}"))


def _phrase(text: str) -> Phrase:
    return Phrase(text, _NOWHERE)
