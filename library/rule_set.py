"""Rule packs, and rules changed on trial."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dabiao.engine.faults import EngineError
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Changes, Compares, Norm, Within
from dabiao.rules.formulas.formula import Number
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

Bound = float | tuple[float, float]
"""A bound, or the lower and the upper one."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rule packs, checked and ready to be judged by.

    Attributes:
        catalog: All that they say.
        trial: Ids of the rules that were changed on trial; such a rule is never the one in force.
        in_force: Hash of the rules that the trial began with; empty where there is none.
    """

    catalog: Catalog
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

    def __repr__(self) -> str:
        """Say how many rules there are, and of which documents."""
        changed = f", {len(self.trial)} on trial" if self.trial else ""
        return f"<RuleSet: {len(self)} rules of {len(self.catalog.documents)} documents{changed}>"

    def amended(self, rule: str, *, bound: Bound) -> "RuleSet":
        """Give the same rules, one of them with another bound, to see what would come of it.

        Whatever follows from the bound is made anew: the sentence and the record of the rule,
        which rules govern which, and the hash, which is one of the rules in force and of those that
        were changed. Its title says that it is a trial.

        Args:
            rule: Id of the rule.
            bound: The bound, in the unit of the rule; of a range both.

        Raises:
            EngineError: There is no such rule, or it has no such bound.
        """
        found = self.catalog.rules.get(rule)
        if found is None:
            raise EngineError(say(f"没有这条规则：{rule}", f"no such rule: {rule}"))
        from dabiao.rules.analysis.conflicts import find_conflicts
        from dabiao.rules.packs.catalog_text import rule_hash, text_hash
        from dabiao.rules.packs.read import governed

        changed = _changed(found, bound, self.catalog.vocabulary)
        rules = {**self.catalog.rules, rule: changed}
        catalog = replace(self.catalog, rules=rules)
        catalog = governed(catalog, find_conflicts(catalog))
        trial = tuple(sorted({*self.trial, rule}))
        in_force = self.in_force or self.hash
        told = [in_force, *(rule_hash(catalog.rules[id_]) for id_ in trial)]
        catalog = replace(catalog, hash=text_hash("\n".join(told).encode()))
        return RuleSet(catalog, trial, in_force)


def load_rules(*packs: Path | str, builtin: bool = True) -> RuleSet:
    """Read rule packs.

    Args:
        packs: Folders of rule packs of one's own.
        builtin: Whether the packs that come with Dabiao are there too.

    Raises:
        InputError: Something is wrong with them; ``problems`` lists all of it.
    """
    from dabiao.rules.files.pack_files import pack_folders
    from dabiao.rules.packs.pack import read_pack

    return RuleSet(read_pack(pack_folders([*map(Path, packs)], builtin=builtin)))


def _changed(rule: Rule, bound: Bound, vocabulary: Vocabulary) -> Rule:
    """Give a rule another bound, and another sentence that says so."""
    low, high = bound if isinstance(bound, tuple) else (bound, None)
    asked, text = rule.norm, ""
    norm: Norm | None = None
    is_fixed = not rule.stages  # else there is a target for each year
    if (
        is_fixed
        and isinstance(asked, Compares)
        and isinstance(asked.bound, Number)
        and high is None
    ):
        norm = replace(asked, bound=Number(float(low)))
        text = f"{render(asked.value, vocabulary)} {asked.comparator.label} {_number(low)}"
    elif is_fixed and isinstance(asked, Within) and high is not None:
        norm = replace(asked, low=Number(float(low)), high=Number(float(high)))
        label = Comparator.BETWEEN.label
        text = f"{render(asked.value, vocabulary)} {label} {_number(low)}–{_number(high)}"
    elif is_fixed and isinstance(asked, Changes) and high is None:
        norm = replace(asked, least=float(low))
        text = f"{render(asked.value, vocabulary)}: {asked.direction} ≥ {_number(low)}"
    text += rule.unit
    if norm is None:
        raise EngineError(
            say(
                f"{rule.id} 的要求不是一个固定的数，不能试改：{rule.norm_text}",
                f"{rule.id} has no fixed bound that could be another: {rule.norm_text}",
            )
        )
    record = rule.norm_record.model_copy(
        update={"text": text, "threshold": float(low), "upper": high and float(high)}
    )
    return replace(
        rule,
        title=say(f"{rule.title}（试算：{text}）", f"{rule.title} (on trial: {text})"),
        norm=norm,
        norm_text=text,
        norm_record=record,
        trial=True,
    )


def _number(value: float) -> str:
    return f"{value:.12g}"
