"""Whose a name is, where packs read together give it to more than one thing.

A pack may repeat what one before it defines as it stands, which is the same measure. If it means
something else by the name, that counts in the pack alone: everybody else knows the measure by the
name with the pack's document behind it, and the pack that came first keeps what it has::

    in the pack my-plan        to everybody else
    班级人数, class_size  ──►  班级人数（my-plan）, class_size_my_plan

Where both read a cell alike and differ only in range or definition, one column 班级人数 is read
into both. Where they would not, that column is of the pack that came first, and the other is called
by its whole name.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.parsing.lexer import lexemes
from dabiao.rules.formulas.parsing.lexicon import known_words
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import FeaturePlace, Phrase
from dabiao.rules.packs.together.clash import theirs
from dabiao.rules.packs.together.sharing import Sharing
from dabiao.schemas.halfwidth import halfwidth, normalize
from dabiao.schemas.language import say
from dabiao.schemas.measure import Indicator, Item, Measure
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_known

_NOT_OF_SLUGS = re.compile(r"[^a-z0-9]+")


@dataclass
class PackNames:
    """The measures of packs, and what each folder calls them; those of the first folder first.

    Attributes:
        shared: Who may use whose names.
        items: All items, by slug.
        indicators: All indicators, by slug.
        introduced: For every slug the phrase that introduces it.
    """

    shared: Sharing
    items: dict[str, Item] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    introduced: dict[str, Phrase] = field(default_factory=dict)
    _own: dict[int, dict[str, str]] = field(default_factory=dict)
    _reduced: dict[int, dict[str, str]] = field(default_factory=dict)
    _said: dict[tuple[int, str], Phrase] = field(default_factory=dict)
    _apart: dict[int, set[str]] = field(default_factory=dict)

    def begin_with(self, known: Vocabulary) -> None:
        """Know what the first folder says."""
        self.items |= known.items
        self.indicators |= known.indicators
        self._claim(0, known.names)
        for slug, file in known.features.items():
            self.introduced[slug] = Phrase(known.measure(slug).name, FeaturePlace(file, 1, 1))

    def own_place(self, name: str, said: Phrase) -> FeaturePlace | None:
        """Tell where the folder that a phrase stands in has given a name already."""
        folder = self._folder(said)
        own = self._own.get(folder, {})
        slug = own.get(name) or own.get(halfwidth(name))
        return None if slug is None else self._said[folder, slug].spot

    def is_apart(self, measure: Measure, said: Phrase) -> bool:
        """Tell whether a measure takes a name that an earlier folder has for something else."""
        earlier = self._earlier(measure, self._folder(said))
        return bool(earlier) and not any(
            self._repeats(measure, slug, folder, said) for folder, slug in earlier
        )

    def settle(self, measure: Item | Indicator, said: Phrase) -> tuple[str, bool]:
        """Take a measure in under a name that is its own everywhere.

        Args:
            measure: The measure as its pack defines it.
            said: Its name, where it stands.

        Returns:
            Its slug, and whether it is new rather than repeated.
        """
        here = self._folder(said)
        earlier = self._earlier(measure, here)
        slug = next((slug for at, slug in earlier if self._repeats(measure, slug, at, said)), None)
        own_names = _names(measure)
        is_new = slug is None
        if slug is None:
            whole = self._set_apart(measure, said) if earlier else measure
            slug = whole.slug
            if isinstance(whole, Item):
                self.items[slug] = whole
            else:
                self.indicators[slug] = whole
            self.introduced[slug] = said
            own_names = (*own_names, *_names(whole))
        self._said[here, slug] = said
        self._claim(here, dict.fromkeys(own_names, slug))
        return slug, is_new

    def own_meanings(self) -> Iterator[Problem]:
        """Tell of every measure that is called otherwise outside of its pack."""
        for slug, said in self.introduced.items():
            measure = self._measure(slug)
            if not measure.own_words or slug not in self._apart.get(self._folder(said), ()):
                continue
            meant = {word: self._everybody(word) or slug for word in measure.own_words}
            word, first = next(each for each in meant.items() if each[1] != slug)
            spot = self.introduced[first].spot
            where = theirs(spot.file, spot.line)
            hint = None
            if isinstance(measure, Item) and measure.shares is not None:
                hint = say(
                    f"填报表里同一列“{self.items[measure.shares].name}”两边都读",
                    f"one column {self.items[measure.shares].name!r} is read into both",
                )
            elif isinstance(measure, Item):
                hint = say(
                    f"填报表的表头写“{measure.name}”；只写“{word}”读作另一个",
                    f"its header is {measure.name!r}; {word!r} alone is read as the other",
                )
            yield said.problem(
                "own-meaning",
                say(
                    f"“{word}”在{where}另有定义，这里的只在本规则包里算数，别处叫“{measure.name}”",
                    f"{word!r} means something else in {where.strip()}; what it means here counts"
                    f" in this pack alone, and is called {measure.name!r} elsewhere",
                ),
                severity=Severity.NOTE,
                hint=hint,
            )

    def uses_of_own(self, used: Iterable[Phrase]) -> Iterator[Problem]:
        """Tell of a document whose items are used, where another that is used means otherwise.

        Args:
            used: The ids of documents in the sentences that use their items.
        """
        for said in used:
            here, id_ = self._folder(said), said.text.strip()
            names, _ = self._known_to(here)
            for there, documents in self.shared.described.items():
                for name, slug in self._own.get(there, {}).items() if id_ in documents else ():
                    meant = self._measure(names[name])
                    measure = self._measure(slug)
                    at = self._folder(self.introduced[meant.slug])
                    if meant is measure or name not in (measure.name, *measure.own_words[:1]):
                        continue
                    if self.shared.uses(here, at):
                        spot = self.introduced[meant.slug].spot
                        yield _two_meanings(said, name, theirs(spot.file, spot.line), measure)

    def of_all(self, formulas: Mapping[str, Formula], lost: Collection[str]) -> Vocabulary:
        """Give the vocabulary with the names that everybody understands."""
        files = {slug: name.spot.file for slug, name in self.introduced.items()}
        _, elsewhere = self._known_to(1 + max(self.shared.folders.values(), default=0))
        names: dict[str, str] = {}
        for folder in sorted(self._own):
            for name, slug in self._own[folder].items():
                if self._is_left(slug):
                    names.setdefault(name, slug)
        told = self.items, self.indicators, formulas, names
        return Vocabulary(*told, files, frozenset(lost), elsewhere)

    def scopes(
        self, formulas: Mapping[str, Formula], lost: Collection[str]
    ) -> dict[int, Vocabulary]:
        """Give the vocabulary as each folder understands it, by the names that it knows."""
        found: dict[int, Vocabulary] = {}
        for folder in {0, *self.shared.folders.values()}:
            names, elsewhere = self._known_to(folder)
            known = self.items, self.indicators, formulas, names
            found[folder] = Vocabulary(*known, left_out=frozenset(lost), elsewhere=elsewhere)
        return found

    def _known_to(self, folder: int) -> tuple[dict[str, str], dict[str, str]]:
        """Give the names that a folder knows; of the others, whose they are.

        Its own come first, then those that it says it uses, then what is known to all.
        """

        def nearness(other: int) -> tuple[int, int]:
            used = other == folder or self.shared.uses(folder, other)
            return (0 if other == folder else 1 if used else 2), other

        names: dict[str, str] = {}
        hidden: dict[str, str] = {}
        for other in sorted(self._own, key=nearness):
            for name, slug in self._own[other].items():
                file = self._said.get((other, slug), self.introduced[slug]).spot.file
                if not self._is_left(slug):
                    continue
                if self.shared.knows(folder, file):
                    names.setdefault(name, slug)
                elif owner := self.shared.to_use(folder, file):
                    hidden[name] = owner
        return names, {name: id_ for name, id_ in hidden.items() if name not in names}

    def _measure(self, slug: str) -> Item | Indicator:
        return self.items.get(slug) or self.indicators[slug]

    def _is_left(self, slug: str) -> bool:
        """Tell whether a measure is still one; its formula may have been unreadable."""
        return slug in self.items or slug in self.indicators

    def _folder(self, said: Phrase) -> int:
        return self.shared.folders.get(said.spot.file, 0)

    def _claim(self, folder: int, names: Mapping[str, str]) -> None:
        own, reduced = self._own.setdefault(folder, {}), self._reduced.setdefault(folder, {})
        own.update(names)
        for name, slug in names.items():
            reduced.setdefault(_reduce(name), slug)

    def _earlier(self, measure: Measure, folder: int) -> list[tuple[int, str]]:
        """Find what earlier folders call by some of the names of a measure."""
        names = dict.fromkeys(map(_reduce, _names(measure)))
        return list(
            dict.fromkeys(
                (other, slug)
                for other in sorted(self._reduced)
                if other < folder
                for name in names
                if (slug := self._reduced[other].get(name)) is not None and self._is_left(slug)
            )
        )

    def _everybody(self, name: str) -> str | None:
        """Give what a name means to who knows all packs: that which the first of them gave it."""
        wanted = _reduce(name)
        found = (self._reduced[other].get(wanted) for other in sorted(self._reduced))
        return next((slug for slug in found if slug is not None and self._is_left(slug)), None)

    def _repeats(self, measure: Measure, slug: str, there: int, said: Phrase) -> bool:
        """Tell whether a measure is one that another folder has, as it stands.

        What it leaves out, it does not say; a formula has to mean the same too.
        """
        own = self._own[there]
        if any(own.get(name) != slug for name in _names(measure)):
            return False
        known = self._measure(slug)
        if (known.levels, known.unit) != (measure.levels, measure.unit):
            return False
        if measure.definition not in ("", known.definition):
            return False
        if isinstance(known, Item) and isinstance(measure, Item):
            return reads_alike(known, measure) and known.bounds == measure.bounds
        if not (isinstance(known, Indicator) and isinstance(measure, Indicator)):
            return False
        apart = self._apart.get(self._folder(said), set())
        words = {name for each in apart for name in self._names_of(each, self._folder(said))}
        same = _squeezed(known.formula) == _squeezed(measure.formula)
        return same and not _speaks_of(measure.formula, words)

    def _names_of(self, slug: str, folder: int) -> Iterator[str]:
        return (name for name, of in self._own[folder].items() if of == slug)

    def _set_apart(self, measure: Item | Indicator, said: Phrase) -> Item | Indicator:
        """Give a measure names that nothing else has, where others have its own."""
        by = self.shared.called(said.spot.file)
        end = _NOT_OF_SLUGS.sub("_", by.lower()).strip("_") or "own"
        name = self._free(measure.name, f"{measure.name}（{by}{{}}）")
        english = measure.english and self._free(measure.english, f"{measure.english} ({by}{{}})")
        slug = self._free(measure.slug, f"{measure.slug}_{end}{{}}")
        told: dict[str, Any] = {
            "name": name,
            "english": english,
            "slug": slug,
            "own_words": _names(measure),
        }
        first = self.items.get(self._everybody(measure.name) or "")
        if isinstance(measure, Item) and first is not None and reads_alike(first, measure):
            told["shares"] = first.column
        self._apart.setdefault(self._folder(said), set()).add(slug)
        return replace(measure, **told)

    def _free(self, name: str, instead: str) -> str:
        tried, number = name, 1
        while self._everybody(tried) is not None:
            tried = instead.format("" if number == 1 else number)
            number += 1
        return tried


def _two_meanings(said: Phrase, name: str, where: str, measure: Measure) -> Problem:
    return said.problem(
        "two-meanings",
        say(
            f"用到的文件里“{name}”有两个意思，只写它指{where}定义的",
            f"documents that are used mean two things by {name!r}; alone it is that of"
            f" {where.strip()}",
        ),
        severity=Severity.WARNING,
        hint=say(f"另一个写“{measure.name}”", f"the other is {measure.name!r}"),
    )


def reads_alike(one: Item, other: Item) -> bool:
    """Tell whether two items make the same of a cell, their ranges aside."""
    return all(
        getattr(one, part) == getattr(other, part)
        for part in ("levels", "unit", "type", "options", "summation")
    )


def _names(measure: Measure) -> tuple[str, ...]:
    names = (measure.name, halfwidth(measure.name), measure.slug, measure.english or "")
    return tuple(dict.fromkeys(name for name in names if name))


def _squeezed(formula: str) -> str:
    return re.sub(r"\s", "", formula)


def _speaks_of(formula: str, words: Collection[str]) -> bool:
    """Tell whether a formula speaks of something by one of these words."""
    if not words:
        return False
    found, _ = lexemes(formula, known_words({word: word for word in words}))
    return any(lexeme.kind == "NAME" for lexeme in found)


def _reduce(name: str) -> str:
    """Reduce a name to what a header is read by: width, case, spaces and a unit do not matter."""
    plain = re.sub(r"\s", "", normalize(name)).casefold()
    with_unit = re.fullmatch(r"(.+)\(([^()]+)\)", plain)
    return with_unit[1] if with_unit and is_known(with_unit[2]) else plain
