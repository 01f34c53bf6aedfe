"""Choosing rules of a pack: by document, id, tag and level, all of which must fit."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.indicator_table import DocumentTable
from dabiao.rules.files.pack_files import folder_name
from dabiao.rules.words.nearest import ask, did_you_mean, nearest
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.schemas.run import RunOptions

_GLOB = frozenset("*?[")
_LISTED = 40
"""Names that are told where none is near."""
_SEVERAL = 5
"""Codes named where a name is not enough."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What rules are wanted; an empty wish leaves them all.

    Attributes:
        documents: Ids or titles of documents.
        rules: Ids or titles of rules, with ``*`` and ``?``.
        tags: Tags, with or without ``@``.
        levels: Levels of subjects, in Chinese or English.
        folders: Folders of rule packs, as they are named when the packs are read.
        tokens: Only rules that ask whether something is there at all, or only the others.
    """

    documents: Sequence[str] = ()
    rules: Sequence[str] = ()
    tags: Sequence[str] = ()
    levels: Sequence[str] = ()
    folders: Sequence[Path] = ()
    tokens: bool | None = None

    @classmethod
    def named(cls, words: Sequence[str] | None, tags: Sequence[str] | None) -> Self:
        """Take words that are folders for rule packs, and the others for ids of rules."""
        folders = [Path(word) for word in words or () if Path(word).is_dir()]
        ids = [word for word in words or () if not Path(word).is_dir()]
        return cls(rules=ids, tags=tags or (), folders=folders)

    def told(self) -> "RunOptions":
        """Give what a run says of it."""
        from dabiao.schemas.run import RunOptions

        return RunOptions(
            documents=tuple(self.documents),
            rules=tuple(self.rules),
            tags=tuple(self.tags),
            levels=tuple(self.levels),
            tokens=self.tokens,
        )

    def wants_file(self, file: str) -> bool:
        """Tell whether a feature lies in one of the folders; any does if there are none."""
        inside = tuple(f"{folder_name(folder)}/" for folder in self.folders)
        return not inside or file.startswith(inside)

    @property
    def names(self) -> bool:
        """Tell whether documents, rules or folders are named, rather than kinds of rules."""
        return bool(self.documents or self.rules or self.folders)


@dataclass(frozen=True, slots=True)
class _Wish:
    """Words of one kind, how they fit a rule, and what they could have been."""

    kind: str
    words: Sequence[str]
    fits: Callable[[Rule, str], bool]
    known: Callable[[], Iterable[str]]


def select(catalog: Catalog, wanted: Wanted) -> list[str]:
    """Give the ids of the rules that fit every wish; any word of a wish is enough for it.

    Raises:
        InputError: A word of a wish fits nothing in the pack, or no rule fits them all.
    """
    ids = {*wanted.rules}
    if ids and ids <= catalog.rules.keys() and wanted == Wanted(rules=wanted.rules):
        return sorted(ids)  # as they stand, so that no rule has to be looked at
    problems: list[Problem] = []
    chosen = {
        rule.id
        for rule in catalog
        if (not wanted.folders or wanted.wants_file(rule.file))
        and wanted.tokens in (None, rule.token)
    }
    wishes = list(_wishes(catalog, wanted))
    for wish in wishes:
        fits: set[str] = set()
        for word in wish.words:
            found = {rule.id for rule in catalog if wish.fits(rule, word)}
            if not found:
                problems.append(_nothing(wish.kind, word, wish.known()))
            fits |= found
        if wish.words:
            chosen &= fits
    if not problems and not chosen:
        problems.append(
            FilePlace("dabiao").problem(
                "no-rule",
                _none_fits_all([f"{each.kind} {word}" for each in wishes for word in each.words]),
                hint=say(
                    "放宽条件；dabiao rules list 列出全部规则",
                    "ask for less; dabiao rules list lists them all",
                ),
            )
        )
    if problems:
        raise InputError(problems)
    return sorted(chosen)


def select_to_judge(catalog: Catalog, wanted: Wanted) -> list[str]:
    """Give the ids of the rules that fit every wish and that facts are to be judged by.

    The rules of a document that is judged by on request (``on_request``) are among them only where
    documents, rules or folders are named.

    Raises:
        InputError: A word of a wish fits nothing in the pack, or no rule is left.
    """
    found = select(catalog, wanted)
    if wanted.names:
        return found
    chosen = [id_ for id_ in found if not catalog.rules[id_].document.on_request]
    if not chosen:
        documents = sorted({catalog.rules[id_].document.id for id_ in found})
        named = " ".join(f"--document {each}" for each in documents)
        raise InputError(
            [
                FilePlace("dabiao").problem(
                    "no-rule",
                    say(
                        "选中的规则都出自点名才考核的文件",
                        "all rules selected are of documents that are judged by on request only",
                    ),
                    hint=say(f"加上 {named}", f"add {named}"),
                )
            ]
        )
    return chosen


def _none_fits_all(said: list[str]) -> str:
    if not said:
        return say("没有选中任何规则", "no rule is selected")
    return say(f"没有规则同时符合：{'、'.join(said)}", f"no rule fits all of: {', '.join(said)}")


def find_rule(catalog: Catalog, word: str) -> Rule:
    """Give a rule by its id, or by its slug or title where only one has it.

    Raises:
        InputError: There is none, or several.
    """
    if word in catalog.rules:
        return catalog.rules[word]
    found = [rule for rule in catalog if word in (rule.id.rpartition("/")[2], rule.title)]
    if len(found) == 1:
        return found[0]
    if found:
        several = say("、", ", ").join(rule.id for rule in found)
        raise InputError(
            [
                FilePlace(word).problem(
                    "ambiguous-rule",
                    say("这样的规则有好几条", "there are several such rules"),
                    hint=say(f"写全其中一个：{several}", f"write one in full: {several}"),
                )
            ]
        )
    raise InputError([_nothing(say("标识或标题", "id or title"), word, _named(catalog))])


def find_table(catalog: Catalog, word: str) -> DocumentTable:
    """Give a table by its title, or by a part of it that no other table has.

    Raises:
        InputError: There is none, or several.
    """
    found = [each for title, each in catalog.tables.items() if word in title]
    exact = catalog.tables.get(word)
    if exact is not None or len(found) == 1:
        return exact or found[0]
    listed = say("、", ", ").join(each.title for each in found) or say("、", ", ").join(
        catalog.tables
    )
    raise InputError(
        [
            FilePlace(word).problem(
                "ambiguous-table" if found else "unknown-table",
                say("这样的表有好几张", "there are several such tables")
                if found
                else say("没有这张表", "there is no such table"),
                hint=say(f"写全其中一张：{listed}", f"write one in full: {listed}")
                if listed
                else say("规则包里没有写表", "the rule packs describe no table"),
            )
        ]
    )


def rules_of_table(catalog: Catalog, word: str) -> tuple[str, ...]:
    """Give the ids of the rules of a table, found as ``find_table`` finds it.

    Raises:
        InputError: There is no such table, or it has no rules.
    """
    table = find_table(catalog, word)
    if table.rules:
        return table.rules
    raise InputError(
        [
            FilePlace(word).problem(
                "no-rule",
                say("这张表没有写规则", "this table names no rules"),
                hint=say(
                    "在表里写明规则，或改用 --rule",
                    "name the rules in the table, or ask by --rule",
                ),
            )
        ]
    )


class NamesByCode(Mapping[str, str]):
    """The names of all subjects that a submission or a pack speaks of, by code.

    They are looked up where they stand, and put into one dictionary only for who goes through all.
    """

    def __init__(self, facts: Facts, catalog: Catalog) -> None:
        """Begin with nothing looked up."""
        self._places = catalog.places
        self._tables = list(facts.levels.values())

    def __getitem__(self, code: str) -> str:
        """Give the name of one of them."""
        for table in reversed(self._tables):
            at = table.find(code)
            if at is not None:
                return table.names[at]
        return self._places[code].name

    def __iter__(self) -> Iterator[str]:
        """Go through the codes."""
        return iter(self._every)

    def __len__(self) -> int:
        """Count them."""
        return len(self._every)

    def items(self) -> ItemsView[str, str]:
        """Give codes with their names."""
        return self._every.items()

    @cached_property
    def _every(self) -> dict[str, str]:
        names = {code: place.name for code, place in self._places.items()}
        for table in self._tables:
            names.update(zip(table.codes, table.names, strict=True))
        return names


def parents_of(facts: Facts) -> dict[str, str | None]:
    """Give the code of what each subject lies in, as last submitted, by its own code."""
    tables = facts.levels.values()
    return {code: to for each in tables for code, to in zip(each.codes, each.parents, strict=True)}


def find_subject(
    names: Mapping[str, str],
    word: str,
    parents: Mapping[str, str | None] | None = None,
    former: Mapping[str, str] | None = None,
) -> str:
    """Give the code of a subject by its code, or by its name where only one has it.

    Args:
        names: Names of all subjects by code.
        word: A code, or a name, before which that of what it lies in may stand: 示例小学1 1年级2班.
        parents: What each subject lies in, by code.
        former: Codes of today by former ones.

    Raises:
        InputError: There is none, or several.
    """
    if former and word in former:
        return former[word]
    if word in names:
        return word
    found = sorted(code for code, name in names.items() if name == word)
    if not found and parents:
        found = sorted(_lying_in(names, word, parents))
    if len(found) == 1:
        return found[0]
    if found:
        several = say("、", ", ").join(
            _with_above(names, code, parents or {}) for code in found[:_SEVERAL]
        )
        problem = FilePlace(word).problem(
            "ambiguous-subject",
            say(f"叫这个名称的有 {len(found)} 个", f"{len(found)} have this name"),
            hint=say(f"改写代码，是 {several}", f"write a code: {several}")
            + (say("等", ", …") if len(found) > _SEVERAL else ""),
        )
    else:
        close = nearest(word, [*names, *names.values()])
        known = [f"{each} {names[each]}" if each in names else each for each in close]
        problem = FilePlace(word).problem(
            "unknown-subject",
            say("没有代码或名称是这样的对象", "no subject has this code or name"),
            hint=ask(known) or say("检查代码和数据文件", "check the code, and the files given"),
        )
    raise InputError([problem])


def _with_above(names: Mapping[str, str], code: str, parents: Mapping[str, str | None]) -> str:
    """Give a code with the name of what lies right above it, which tells it from its like."""
    above = names.get(parents.get(code) or "")
    return code + (say(f"（{above}）", f" ({above})") if above else "")


def _lying_in(
    names: Mapping[str, str], word: str, parents: Mapping[str, str | None]
) -> Iterator[str]:
    """Find whoever is named after what it lies in, as reports write it."""
    for code, name in names.items():
        above = word.removesuffix(name).rstrip(" ›") if word.endswith(name) else ""
        if above and names.get(parents.get(code) or "") == above:
            yield code


def find_unit(catalog: Catalog, rules: Iterable[str], word: str) -> str:
    """Give a unit by its name, where some rule says that it answers for something.

    Args:
        catalog: The rule pack.
        rules: Ids of the rules that are looked at.
        word: The name.

    Raises:
        InputError: No rule names it.
    """
    known = {name for each in rules for name in catalog.rules[each].units.names}
    if word in known:
        return word
    raise InputError([_nothing(say("牵头单位或责任单位", "lead or responsible unit"), word, known)])


def find_level(word: str) -> Level:
    """Give the level that a Chinese or English word means.

    Raises:
        InputError: It means none.
    """
    found = Level.named(word)
    if found is None:
        listed = [level.label for level in Level]
        problem = FilePlace(word).problem(
            "unknown-level",
            say("不是层级", "is no level"),
            expected=say("、", ", ").join(listed),
            hint=ask(nearest(word, listed)) or say("写层级的名称", "name a level"),
        )
        raise InputError([problem])
    return found


def _wishes(catalog: Catalog, wanted: Wanted) -> Iterator[_Wish]:
    titles = [document.title for document in catalog.documents.values()]
    yield _Wish(
        say("文件", "document"),
        wanted.documents,
        lambda rule, word: word in (rule.document.id, rule.document.title, rule.document.number),
        lambda: [*catalog.documents, *titles],
    )
    yield _Wish(
        say("标识或标题", "id or title"),
        wanted.rules,
        lambda rule, word: (
            word in (rule.id, rule.title)
            or (
                not _GLOB.isdisjoint(word)
                and (fnmatchcase(rule.id, word) or fnmatchcase(rule.title, word))
            )
        ),
        lambda: _named(catalog),
    )
    yield _Wish(
        say("标签", "tag"),
        wanted.tags,
        lambda rule, word: word.removeprefix("@") in rule.tags,
        lambda: {tag for rule in catalog for tag in rule.tags},
    )
    yield _Wish(
        say("层级", "level"),
        wanted.levels,
        lambda rule, word: rule.level is Level.named(word),
        lambda: [level.label for level in Level],
    )


def _named(catalog: Catalog) -> list[str]:
    return [*catalog.rules, *(rule.title for rule in catalog)]


def _known(kind: str, known: Sequence[str]) -> str:
    """Say what there is, where that is not too much; else how all rules are listed."""
    if 0 < len(known) <= _LISTED:
        listed = say("、", ", ").join(known)
        return say(f"有的{kind}：{listed}", f"there are: {listed}")
    return say("dabiao rules list 列出全部规则", "dabiao rules list lists all rules")


def _nothing(kind: str, word: str, known: Iterable[str]) -> Problem:
    return FilePlace(word).problem(
        "nothing-fits",
        say(f"没有这个{kind}的规则", f"no rule has this {kind}"),
        hint=did_you_mean(word, known) or _known(kind, sorted(set(known))),
    )
