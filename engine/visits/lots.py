"""Drawing by lot, so that anybody can draw again with the seed and come to the same.

Weighted sampling without replacement: P. S. Efraimidis and P. G. Spirakis, Weighted random sampling
with a reservoir, Information Processing Letters 97 (2006). Their key u^(1/w) is largest exactly
where −ln(u) ÷ w is smallest. u comes from SHA-256 of the seed and the code, so that it depends
neither on the order of files nor on who else may be drawn.
"""

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from dabiao.engine.faults import EngineError
from dabiao.intake.formats.table import whole_text
from dabiao.schemas.language import say
from dabiao.schemas.quantity import quantity
from dabiao.schemas.record import dataclass
from dabiao.schemas.visits import TEAM, Inspector

_BITS = 53
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Lot:
    """Somebody who may be drawn.

    Attributes:
        code: The code.
        risk: The weight, above 0.
        stratum: The place of which at least one is to be drawn.
    """

    code: str
    risk: float
    stratum: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody who was drawn, and whether as the first of the stratum."""

    code: str
    first: bool


def chance(*words: str) -> float:
    """Give a number between 0 and 1 that words fix.

    Examples:
        >>> 0 < chance("7", "150602") < 1, chance("7", "150602") == chance("8", "150602")
        (True, False)
    """
    told = hashlib.sha256("|".join(words).encode()).digest()
    number = int.from_bytes(told[:8], "big") >> (64 - _BITS)
    return float((number + 0.5) / 2**_BITS)


def key(seed: str, lot: Lot) -> float:
    """Give the key by which lots are drawn, smallest first."""
    return -math.log(chance("visit", seed, lot.code)) / lot.risk


def percent(text: str) -> float:
    """Read a share to draw, which is said in %.

    Raises:
        EngineError: It is no share above 0 and up to 100 %.

    Examples:
        >>> percent("10%"), percent("１２．５％")
        (10.0, 12.5)
    """
    said = quantity(text)
    if said is None or said.unit != "%" or not 0 < said.value <= _WHOLE:
        raise EngineError(
            say(
                f"抽取比例“{text}”看不懂；写成大于 0、不超过 100 的百分数，如 10%",
                f"the share {text!r} is not understood; write a percentage above 0 and up to 100,"
                " such as 10%",
            )
        )
    return said.value


def seed_of(text: str) -> str:
    """Take a seed as it was called out: width and spaces around it do not matter.

    Raises:
        EngineError: It says nothing, or is no text.

    Examples:
        >>> seed_of(" ２０２５ "), seed_of("小雪  初霁")
        ('2025', '小雪 初霁')
    """
    seed = " ".join(unicodedata.normalize("NFKC", text).split())
    if not seed:
        raise EngineError(
            say("种子是空的；写公开摇出的数或词", "the seed is empty; give a number or a word")
        )
    if whole_text(seed) != seed:
        raise EngineError(
            say(
                f"种子“{whole_text(seed)}”中有残缺的字符；重新输入",
                f'the seed "{whole_text(seed)}" holds halves of characters; type it again',
            )
        )
    return seed


def size(population: int, share: float) -> int:
    """Give how many are drawn: the share in %, rounded up, and nobody twice.

    Examples:
        >>> size(45, 10), size(0, 10), size(3, 100), size(1000, 7)
        (5, 0, 3, 70)
    """
    exact = population * share / 100
    return min(population, math.ceil(exact - 1e-9 * max(exact, 1)))


def draw(lots: Iterable[Lot], count: int, seed: str) -> list[Drawn]:
    """Draw lots.

    First comes the smallest key of each stratum, in order of key, then all others in order of key.
    So every stratum has one while there are enough to draw, and a higher risk never lowers
    anybody's chance: it only makes the key smaller.

    Args:
        lots: Who may be drawn.
        count: How many are drawn.
        seed: What the lots are drawn with.
    """
    ordered = sorted(lots, key=lambda lot: (key(seed, lot), lot.code))
    seen: set[str] = set()
    firsts: list[Drawn] = []
    others: list[Drawn] = []
    for lot in ordered:
        first = lot.stratum not in seen
        seen.add(lot.stratum)
        (firsts if first else others).append(Drawn(lot.code, first))
    return [*firsts, *others][:count]


def send(
    visits: Sequence[str],
    inspectors: Sequence[Inspector],
    near: Mapping[str, Sequence[str]],
    seed: str,
) -> dict[str, tuple[str, ...]]:
    """Draw who goes where: so many to each visit, from elsewhere, the least busy first.

    Args:
        visits: Codes of the subjects drawn.
        inspectors: Who may be sent.
        near: For each subject the codes and names of places; whose unit names one of them lives
            too near to go.
        seed: What the lots are drawn with.

    Returns:
        For each subject the names; fewer than ``TEAM`` where nobody else is from elsewhere.
    """
    busy = dict.fromkeys(range(len(inspectors)), 0)
    sent: dict[str, tuple[str, ...]] = {}
    for code in sorted(visits):
        free = [
            at
            for at, one in enumerate(inspectors)
            if not any(place and place in one.unit for place in near.get(code, ()))
        ]
        free.sort(
            key=lambda at: (
                busy[at],
                chance("inspector", seed, code, inspectors[at].name, inspectors[at].unit),
            )
        )
        for at in free[:TEAM]:
            busy[at] += 1
        sent[code] = tuple(inspectors[at].name for at in free[:TEAM])
    return sent
