"""Names as data: of measures, subjects, formulas and rules, each made once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from dabiao.engine.data.frames import Frames
from dabiao.rules.catalog.catalog import Catalog, Governor, Rule
from dabiao.rules.catalog.fingerprints import verdict_hash
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.catalog.norm_sentence import chinese_sentence, rule_sentence
from dabiao.rules.formulas.formula import Attainment, Formula, Measured
from dabiao.rules.formulas.in_words import in_words
from dabiao.rules.formulas.to_text import marked, render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.naming import Bilingual, MeasureName, SubjectName
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.rule import GoverningYears, JudgedRule, RuleInWords, YearTarget

NAMED = 3
"""How many subjects are named where there are several."""
MEMBERS = 50
"""How many of those are kept who keep a share from 100 %, or a roll-up from holding."""


class Names:
    """Gives names.

    Args:
        frames: The subjects.
        vocabulary: The measures.
        catalog: Knows features by name, and which rule is kept in whose place.
    """

    def __init__(
        self, frames: Frames, vocabulary: Vocabulary, catalog: Catalog | None = None
    ) -> None:
        self._frames = frames
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._known: Mapping[str, Rule] = {} if catalog is None else catalog.rules
        self._measures: dict[str, MeasureName] = {}
        self._formulas: dict[Formula, Bilingual] = {}
        self._words: dict[Formula, Bilingual] = {}
        self._subjects: dict[tuple[Level, int], SubjectName] = {}
        self._rules: dict[str, JudgedRule] = {}
        self._topics: dict[str, Bilingual] = {}

    def measure(self, slug: str) -> MeasureName:
        """Name a measure; one that nobody knows is called by its slug."""
        found = self._measures.get(slug)
        if found is None:
            found = self._measures[slug] = self._named(slug)
        return found

    def _named(self, slug: str) -> MeasureName:
        try:
            measure = self._vocabulary.measure(slug)
        except KeyError:
            return MeasureName(slug, slug)
        formula = self._vocabulary.formulas.get(slug)
        worked = None if formula is None else self._marked(formula)
        return MeasureName(slug, measure.name, measure.english, measure.unit, worked)

    def _marked(self, formula: Formula) -> Bilingual:
        with speaking(Language.ZH):
            zh = marked(formula, self._vocabulary)
        with speaking(Language.EN):
            return Bilingual(zh, marked(formula, self._vocabulary))

    def formula(self, formula: Formula) -> Bilingual:
        """Write a formula out, as it is computed."""
        return self._written(formula, self._formulas, render)

    def words(self, formula: Formula) -> Bilingual:
        """Say what a formula comes to, as people would call it."""
        return self._written(formula, self._words, in_words)

    def _written(
        self,
        formula: Formula,
        known: dict[Formula, Bilingual],
        write: Callable[[Formula, Vocabulary], str],
    ) -> Bilingual:
        found = known.get(formula)
        if found is None:
            with speaking(Language.ZH):
                zh = write(formula, self._vocabulary)
            with speaking(Language.EN):
                found = known[formula] = Bilingual(zh, write(formula, self._vocabulary))
        return found

    def subject(self, level: Level, at: int) -> SubjectName:
        """Name a subject among others."""
        found = self._subjects.get((level, at))
        if found is None:
            code, called = self._frames.tier(level).codes[at], self._frames.called(level, at)
            found = self._subjects[level, at] = SubjectName(code, called)
        return found

    def coded(self, code: str) -> SubjectName:
        """Name the subject of a code, whatever its level."""
        return SubjectName(code, self._frames.called_by(code))

    def existence(self, life: Lifetime, year: int) -> Existence:
        """Record what a roster says of somebody, seen from a year in which they do not exist."""
        into = None if life.merged_into is None else self.coded(life.merged_into)
        return Existence(year, life.status, life.opened, life.closed, into)

    def few(self, level: Level, subjects: Iterable[int], count: int, most: int = NAMED) -> NamedFew:
        """Name the first of some subjects of a level, and more of them up to a number."""
        named = tuple(self.subject(level, at) for _, at in zip(range(most), subjects, strict=False))
        return NamedFew(level, count, named[:NAMED], named[NAMED:])

    def rule(self, rule: Rule) -> JudgedRule:
        """Give what findings know of a rule."""
        found = self._rules.get(rule.id)
        if found is None:
            found = self._rules[rule.id] = self._judged(self._whole(rule))
        return found

    def _judged(self, rule: Rule) -> JudgedRule:
        asked = formulas(rule.norm)
        return JudgedRule(
            id=rule.id,
            title=rule.title,
            document=rule.document,
            places=rule.places,
            level=rule.level,
            unit=rule.unit,
            condition=rule.condition_text,
            norm=rule.norm_text,
            value=self.words(asked[0]) if asked else None,
            formula=self._marked(asked[0]) if _is_worked(asked) else None,
            baseline=rule.baseline,
            timing=rule.timing,
            decimals=rule.decimals,
            tolerance=rule.tolerance,
            aspiration=rule.aspiration,
            units=rule.units,
            contradicts=rule.contradicts,
            group=rule.group,
            token=rule.token,
            governors=tuple(
                self._years(each, self._known.get(each.rule)) for each in rule.governors
            ),
            governs=self._governed.get(rule.id, ()),
            topic=self._topic(rule).zh,
            area=rule.area,
            description=rule.description,
            tags=tuple(sorted(rule.tags)),
            hash=self._fingerprint(rule),
            english=self._in_english(rule),
            chinese=self._in_chinese(rule),
            stages=tuple(YearTarget(year=of.year, value=of.target) for of in rule.stages),
            trial=rule.trial,
        )

    def _fingerprint(self, rule: Rule) -> str:
        """Give what tells versions of a rule apart; of a catalog that was kept it is at hand."""
        known = None
        if self._catalog is not None and self._known.get(rule.id) is rule:
            known = self._catalog.fingerprints.get(rule.id)
        return known or verdict_hash(rule, self._vocabulary)

    def _in_chinese(self, rule: Rule) -> RuleInWords | None:
        """Put into words what a rule says; nothing where it was written in them."""
        norm = self.chinese_norm(rule)
        if norm == rule.norm_text and rule.condition is None:
            return None
        return RuleInWords(norm, None if rule.condition is None else self.words(rule.condition).zh)

    def chinese_norm(self, rule: Rule) -> str:
        """Say in Chinese what a rule demands."""
        return chinese_sentence(self._whole(rule), self._vocabulary)

    def _whole(self, rule: Rule) -> Rule:
        """Give a rule with its targets of all years, where it is one of some year."""
        return self._known.get(rule.id, rule)

    def _topic(self, rule: Rule) -> Bilingual:
        if self._catalog is None:
            return Bilingual("", "")
        found = self._topics.get(rule.file)
        if found is None:
            found = self._topics[rule.file] = self._catalog.topic(rule.file)
        return found

    def _in_english(self, rule: Rule) -> RuleInWords | None:
        """Put into English what a rule says; nothing where it was written in it."""
        norm = self._norm_in_english(rule)
        if norm is None:
            return None
        condition = None if rule.condition is None else self.words(rule.condition).en
        return RuleInWords(norm, condition, self._topic(rule).en or None)

    def _norm_in_english(self, rule: Rule) -> str | None:
        if rule.title.isascii():
            return None
        with speaking(Language.EN):
            return rule_sentence(self._whole(rule), self._vocabulary)

    @cached_property
    def _governed(self) -> dict[str, tuple[GoverningYears, ...]]:
        """Index the rules by who is to be kept in their place."""
        found: dict[str, list[GoverningYears]] = {}
        for rule in self._known.values():
            for each in rule.governors:
                own = Governor(rule.id, each.first, each.last)
                found.setdefault(each.rule, []).append(self._years(own, rule))
        return {governor: tuple(governed) for governor, governed in found.items()}

    def _years(self, of: Governor, rule: Rule | None) -> GoverningYears:
        if rule is None:
            return GoverningYears(of.rule, of.first, of.last)
        english = self._norm_in_english(rule)
        return GoverningYears(
            of.rule, of.first, of.last, rule.title, self.chinese_norm(rule), english
        )


def _is_worked(asked: Sequence[Formula]) -> bool:
    """Tell whether the observed value is more than a single measure."""
    return bool(asked) and not isinstance(asked[0], Measured | Attainment)
