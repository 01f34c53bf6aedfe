"""Options that belong together, which a command takes as one.

Typer knows nothing of this: it asks for the options of a group one by one, as ``spread`` tells it.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self, TextIO, TypeVar

import typer

from dabiao.commands.options import (
    Builtin,
    Files,
    Force,
    ListFormat,
    completion,
    format_option,
    option,
)
from dabiao.reports.format_names import LIBRARY, PAGED, TABLES, Format
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.reports.lists.listings import Listing
    from dabiao.rules.catalog.selection import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])


class CommandGroup(typer.Typer):
    """Commands, each of which may take groups of options."""

    def __init__(self, **more: Any) -> None:
        super().__init__(no_args_is_help=True, rich_markup_mode=None, **more)

    def command(self, name: str | None = None, **more: Any) -> Callable[[Command], Command]:
        """Enter a command, as Typer does."""
        enter = super().command(name, **more)

        def entered(command: Command) -> Command:
            enter(spread(command))
            return command

        return entered


def spread(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be asked for the options of each group among its parameters.

    They stand where the group stands. A group is a dataclass, its fields are options.
    """
    groups: dict[str, type] = {}
    flat: list[Parameter] = []
    for each in signature(command).parameters.values():
        kind = each.annotation
        if isinstance(kind, type) and is_dataclass(kind):
            groups[each.name] = kind
            flat += (
                Parameter(of.name, Parameter.KEYWORD_ONLY, default=of.default, annotation=of.type)
                for of in fields(kind)
            )
        else:
            flat.append(each.replace(kind=Parameter.KEYWORD_ONLY))

    @wraps(command)
    def spread_out(**given: Any) -> Any:
        for name, group in groups.items():
            given[name] = group(**{of.name: given.pop(of.name) for of in fields(group)})
        return command(**given)

    spread_out.__signature__ = Signature(flat)  # type: ignore[attr-defined] # for inspect
    spread_out.__annotations__ = {each.name: each.annotation for each in flat}
    return spread_out


_PACKS = option("再加一个规则包", "a further rule pack", "--rules", metavar="DIR")
_DOCUMENTS = option(
    "只用此文件的规则",
    "only of this document",
    "--document",
    metavar="ID",
    autocompletion=completion.documents,
)
_RULES = option(
    "只用此规则（标识或标题），可含 * 和 ?",
    "only this rule, by id or title; * and ?",
    "--rule",
    metavar="ID",
    autocompletion=completion.rules,
)
_TAGS = option(
    "只用带此标签的规则",
    "only with this tag",
    "--tag",
    metavar="TAG",
    autocompletion=completion.tags,
)
Tags = Annotated[list[str] | None, _TAGS]
_LEVELS = option(
    "只用考核此层级的规则",
    "only about this level",
    "--level",
    metavar="LEVEL",
    autocompletion=completion.levels,
)
_TOKENS = option(
    "只要看有没有的规则；或只要看多少的",
    "only rules that ask whether; or only those that ask how much",
    "--tokens/--quantities",
)
Tokens = Annotated[bool | None, _TOKENS]
_MAPPING = option("外来表格的映射文件", "how foreign tables are read", metavar="FILE")
_ENCODING = option("CSV 的编码；不写则自动识别", "encoding of CSV files", metavar="NAME")
Encoding = Annotated[str | None, _ENCODING]


@dataclass(frozen=True)
class RulePacks:
    """Which rule packs there are."""

    packs: Annotated[list[Path] | None, _PACKS] = None
    builtin: Builtin = True

    def beside(self, folders: Sequence[Path]) -> Self:
        """Give the same, and further ones."""
        return replace(self, packs=[*(self.packs or ()), *folders])

    def folders(self) -> list[Path]:
        """Give their folders."""
        from dabiao.rules.files.pack_files import pack_folders

        return pack_folders(self.packs, builtin=self.builtin)


@dataclass(frozen=True)
class RulesNamed:
    """Which rules are wanted, by their document or name."""

    documents: Annotated[list[str] | None, _DOCUMENTS] = None
    rules: Annotated[list[str] | None, _RULES] = None

    def wanted(self) -> "Wanted":
        """Give the wish; where nothing is named, it leaves all rules."""
        from dabiao.rules.catalog.selection import Wanted

        return Wanted(self.documents or (), self.rules or ())


@dataclass(frozen=True)
class RulesChosen(RulesNamed):
    """Which rules are wanted, by whatever tells them apart."""

    tags: Tags = None
    levels: Annotated[list[str] | None, _LEVELS] = None
    tokens: Tokens = None

    def wanted(self) -> "Wanted":
        """Give the wish; where nothing is said, it leaves all rules."""
        named = super().wanted()
        tags, levels = self.tags or (), self.levels or ()
        return replace(named, tags=tags, levels=levels, tokens=self.tokens)


@dataclass(frozen=True)
class HowRead:
    """How files are read that do not say it themselves."""

    mapping: Annotated[Path | None, _MAPPING] = None
    encoding: Encoding = None


@dataclass(frozen=True)
class Destination:
    """Where a listing goes."""

    form: ListFormat = None
    files: Files = None
    force: Force = False

    def write(
        self,
        listing: "Listing",
        *,
        prose: Callable[[TextIO], None] | None = None,
        page: Callable[[TextIO], None] | None = None,
    ) -> None:
        """Write it there; for people as prose, or as a page, where it has one."""
        from dabiao.reports.lists.listings import write_out

        write_out(listing, self.form, self.files, force=self.force, prose=prose, page=page)


@dataclass(frozen=True)
class PageDestination(Destination):
    """Where a listing goes that has a page too."""

    form: Annotated[Format | None, format_option(PAGED)] = None


@dataclass(frozen=True)
class TableDestination(Destination):
    """Where a filled table goes."""

    form: Annotated[Format | None, format_option(TABLES)] = None


@dataclass(frozen=True)
class LibraryDestination(Destination):
    """Where the library of rules goes."""

    form: Annotated[Format | None, format_option(LIBRARY)] = None
