"""Rule packs, and rules changed on trial."""

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from pathlib import Path

from dabiao.engine.faults import EngineError
from dabiao.library.arguments import expect, file_paths
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Changes, Compares, Norm, Within
from dabiao.rules.catalog.norm_sentence import norm_sentence
from dabiao.rules.catalog.places import places_spoken_of
from dabiao.rules.catalog.selection import find_rule
from dabiao.rules.formulas.formula import Number
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import RuleRecord

TrialBound = float | tuple[float, float] | list[float]
"""A bound, or the lower and the upper one."""
_MARK = ("（试算：", " (on trial: ")
"""What a title says of a trial."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rule packs, checked and ready to be judged by.

    Attributes:
        catalog: All that they say.
        places: Codes of the places they speak of.
        trial: Ids of the rules that were changed on trial; such a rule is never the one in force.
        in_force: Hash of the rules that the trial began with; empty where there is none.
    """

    catalog: Catalog
    places: frozenset[str]
    trial: tuple[str, ...] = ()
    in_force: str = ""

    @property
    def hash(self) -> str:
        """What tells these rules from others."""
        return self.catalog.hash

    def __len__(self) -> int:
        """Count the rules."""
        return len(self.catalog.rules)

    def __iter__(self) -> Iterator[str]:
        """Go through the ids of the rules, sorted."""
        return iter(sorted(self.catalog.rules))

    def __contains__(self, rule: object) -> bool:
        """Tell whether there is a rule of this id."""
        return rule in self.catalog.rules

    def __getitem__(self, rule: str) -> RuleRecord:
        """Give all that is known of a rule, as ``dabiao rules list --format json`` has it.

        Raises:
            InputError: There is no such rule, or there are several.
        """
        expect(rule, str, "rule", "规则的标识", "the id of a rule")
        return find_rule(self.catalog, rule).record()

    def __repr__(self) -> str:
        """Say how many rules there are, and of which documents."""
        changed = f", {len(self.trial)} on trial" if self.trial else ""
        return f"<RuleSet: {len(self)} rules of {len(self.catalog.documents)} documents{changed}>"

    def amended(self, rule: str, *, bound: TrialBound) -> "RuleSet":
        """Give the same rules, one of them with another bound, to see what would come of it.

        Whatever follows from the bound is made anew: the sentence and the record of the rule,
        which rules govern which, and the hash, which is one of the rules in force and of those that
        were changed. Its title says that it is a trial.

        Args:
            rule: Id of the rule.
            bound: The bound, in the unit of the rule; of a range both.

        Raises:
            EngineError: It has no such bound.
            InputError: There is no such rule, or there are several.
        """
        expect(rule, str, "rule", "规则的标识", "the id of a rule")
        found = find_rule(self.catalog, rule)
        from dabiao.rules.analysis.conflicts import find_conflicts
        from dabiao.rules.analysis.meetings import family
        from dabiao.rules.packs.catalog_text import rule_hash, text_hash
        from dabiao.rules.packs.read import governed

        changed = _changed(found, bound, self.catalog.vocabulary)
        rules = {**self.catalog.rules, found.id: changed}
        few = {id_: rules[id_] for id_ in family(changed, self.catalog)}
        touched = replace(self.catalog, rules=few)
        rules.update(governed(touched, find_conflicts(touched)).rules)
        catalog = replace(self.catalog, rules=rules)
        trial = tuple(sorted({*self.trial, found.id}))
        in_force = self.in_force or self.hash
        told = [in_force, *(rule_hash(catalog.rules[id_]) for id_ in trial)]
        catalog = replace(catalog, hash=text_hash("\n".join(told).encode()))
        return RuleSet(catalog, self.places, trial, in_force)  # bounds name no places


def load_rules(*packs: Path | str, builtin: bool = True) -> RuleSet:
    """Read rule packs, and check them.

    Args:
        packs: Folders of rule packs of one's own.
        builtin: Whether the packs that come with Dabiao are there too.

    Raises:
        InputError: Something is wrong with them; ``problems`` lists all of it.
        TypeError: An argument is of another kind.
    """
    from dabiao.rules.files.pack_files import pack_folders
    from dabiao.rules.packs.pack import read_pack

    catalog = read_pack(pack_folders([*map(Path, file_paths(packs, "packs"))], builtin=builtin))
    return RuleSet(catalog, places_spoken_of(catalog))


def _changed(rule: Rule, bound: TrialBound, vocabulary: Vocabulary) -> Rule:
    """Give a rule another bound, and another sentence that says so, in the language of the rule."""
    low, high = _bounds(bound)
    norm = None if rule.stages else _moved(rule.norm, low, high)  # else a target for each year
    if norm is None:
        raise EngineError(_no_such_bound(rule))
    with speaking(Language.EN if rule.title.isascii() else Language.ZH):
        text = norm_sentence(norm, rule.unit, vocabulary)
        title = rule.title.partition(say(*_MARK))[0]  # of what was tried before
        title += say(*_MARK) + text + say("）", ")")
    record = replace(rule.norm_record, text=text, threshold=low, upper=high)
    return replace(rule, title=title, norm=norm, norm_text=text, norm_record=record, trial=True)


def _bounds(bound: object) -> tuple[float, float | None]:
    """Read a bound, or the lower and the upper one.

    Raises:
        EngineError: It is neither.
    """
    given = bound if isinstance(bound, tuple | list) else (bound,)
    try:
        numbers = [float(each) for each in given if not isinstance(each, str | bool)]
    except (TypeError, OverflowError):
        numbers = []
    if len(numbers) == len(given) and all(map(isfinite, numbers)) and numbers == sorted(numbers):
        match numbers:
            case [only]:
                return only, None
            case [low, high]:
                return low, high
    raise EngineError(
        say(
            f"bound 应为一个数，或（下限，上限）；给的是 {bound!r}",
            f"bound has to be a number, or (the lower, the upper one); not {bound!r}",
        )
    )


def _moved(norm: Norm, low: float, high: float | None) -> Norm | None:
    """Give a norm with another bound; None where it has none, or not as many."""
    if high is not None:
        if not isinstance(norm, Within):
            return None
        return replace(norm, low=Number(low), high=Number(high))
    if isinstance(norm, Compares) and isinstance(norm.bound, Number):
        return replace(norm, bound=Number(low))
    return replace(norm, least=low) if isinstance(norm, Changes) else None


def _no_such_bound(rule: Rule) -> str:
    if isinstance(rule.norm, Within):
        return say(
            f"{rule.id} 要求在两个数之间，写 bound=(下限, 上限)：{rule.norm_text}",
            f"{rule.id} asks for a range: give bound=(lower, upper): {rule.norm_text}",
        )
    if not rule.stages and _moved(rule.norm, 0, None) is not None:
        return say(
            f"{rule.id} 只有一个界线，写 bound=数：{rule.norm_text}",
            f"{rule.id} has a single bound: give bound=number: {rule.norm_text}",
        )
    return say(
        f"{rule.id} 的要求不是一个固定的数，不能试改：{rule.norm_text}",
        f"{rule.id} has no fixed bound that could be another: {rule.norm_text}",
    )
