"""Packs read together: none can change what one before it says, least of all a built-in one.

What a pack repeats as it stands is one thing. What it says otherwise is a clash: an error in the
pack that comes later, while the earlier one stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.roll_ups import named_tags, tagged
from dabiao.rules.files.document_files import DocumentFile
from dabiao.rules.files.pack_files import is_built_in
from dabiao.rules.language.draft import Draft, Phrase
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem

CLASH = "pack-clash"
"""The code of every such problem."""

_Report = Callable[[Problem], None]
Difference = tuple[str, object, object]
"""What differs: its name, what the earlier pack says, what this one says."""


def theirs(file: str, line: int | None = None) -> str:
    """Name where an earlier pack has something."""
    if is_built_in(file):
        return say("自带的规则包", "a built-in pack")
    return f" {file} " if line is None else f" {file}:{line} "


def clash(what: str, where: str, differences: Iterable[Difference]) -> tuple[str, str]:
    """Word a clash, and what to do about it.

    Args:
        what: What clashes.
        where: Where it is defined already.
        differences: In what.
    """
    told = say("；", "; ").join(
        say(
            f"{name}是{_shown(earlier)}，这里写{_shown(here)}",
            f"{name} is {_shown(earlier)}, here {_shown(here)}",
        )
        for name, earlier, here in differences
    )
    message = say(
        f"{what}已由{where}定义，不能改动",
        f"{what} is defined by {where.strip()} and can't be changed",
    )
    message += told and say("：", ": ") + told
    hint = say(
        "删去这一处就用已有的；说的若是另一回事，换个名称和标识",
        "delete it and what is there is used; give another thing another name and id",
    )
    return message, hint


def _shown(value: object) -> str:
    if value in (None, ""):
        return say("空", "nothing")
    return say(f"“{value}”", f'"{value}"')


def one_document_each(files: Iterable[DocumentFile], report: _Report) -> list[DocumentFile]:
    """Give each document once, as the first pack that has it describes it."""
    documents: dict[str, DocumentFile] = {}
    for each in files:
        id_ = each.document.id
        first = documents.setdefault(id_, each)
        if first is each or (
            first.file.folder != each.file.folder and first.document == each.document
        ):
            continue
        if first.file.folder == each.file.folder:
            message = say(
                f"文件 {id_} 已在 {first.file.name} 写过",
                f"the document {id_} is described in {first.file.name} already",
            )
            hint = say("改 id 或删去一份", "change the id or delete one")
            report(each.problem("id", "duplicate-document", message, hint))
            continue
        names = [
            name
            for name in (part.name for part in fields(each.document))
            if getattr(first.document, name) != getattr(each.document, name)
        ]
        what = say(f"文件 {id_} ", f"the document {id_}")
        said = [
            (name.rstrip("_"), _plain(first.document, name), _plain(each.document, name))
            for name in names
        ]
        message, hint = clash(what, theirs(first.file.name), said)
        report(each.problem("id", CLASH, message, hint))
    return list(documents.values())


def _plain(document: object, name: str) -> object:
    value = getattr(document, name)
    if isinstance(value, tuple):
        return ", ".join(value)
    if name == "period":
        return f"{value.from_}–{value.to or ''}"
    return value


def same_rule(first: Rule, other: Rule) -> bool:
    """Tell whether a rule is repeated as it stands; who contradicts whom may be said by one."""
    if not set(other.contradicts) <= set(first.contradicts):
        return False
    there = replace(other, file=first.file, line=first.line, contradicts=first.contradicts)
    return there == first


def tags_of_others(
    catalog: Catalog, folder_of: Mapping[str, int], drafts: Mapping[str, Draft], report: _Report
) -> None:
    """_Report rules that would be counted by a roll-up of an earlier pack, and so change it."""
    told: set[str] = set()
    for rule in catalog:
        for level, tag in sorted(named_tags(rule, catalog)):
            for id_ in tagged(level, tag, rule.document.id, catalog):
                other = catalog.rules[id_]
                if id_ in told or folder_of[other.file] <= folder_of[rule.file]:
                    continue
                told.add(id_)
                where = theirs(rule.file, rule.line)
                name = f"@{tag.rpartition('/')[2].removeprefix('@')}"
                said = _tag(drafts[id_], name)
                report(
                    said.problem(
                        CLASH,
                        say(
                            f"{where}的规则 {rule.id} 汇总标签 {name}，别的规则包不能往里加规则",
                            f"{rule.id} of {where.strip()} rolls up {name}: another"
                            " pack can't add a rule to it",
                        ),
                        hint=say(
                            "换个标签，或写一份自己的 document.yaml",
                            "choose another tag, or describe a document of your own",
                        ),
                    )
                )


def _tag(draft: Draft, name: str) -> Phrase:
    return next((tag for tag in draft.tags if tag.text == name), draft.title)
