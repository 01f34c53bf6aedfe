"""What packs read together share: nothing of a document's, unless a pack says so.

The built-in packs are common ground, and so is a feature of an earlier pack that is of no document.
What the features of a document define is otherwise known by name in their own pack alone, so that
no pack changes what a formula of another means. A pack that rests on the document (``依据文件``),
or says ``使用"文件"的数据项``, knows it too: the very measures, with slug, range and unit. It is no
chain, as what the used pack itself uses is not passed on; so two packs may well use each other.
"""

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.files.document_files import document_id
from dabiao.rules.files.pack_files import PackFiles, is_built_in
from dabiao.rules.language.draft import Draft, Phrase
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may use whose names.

    Attributes:
        folders: The folder that each file lies in, counted from 0.
        owners: The documents that each feature is of; none for common ground.
        wanted: The documents whose names each folder uses.
        described: The documents that each folder of one's own describes.
    """

    folders: Mapping[str, int] = field(default_factory=dict)
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wanted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    described: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def knows(self, folder: int, file: str) -> bool:
        """Tell whether a folder knows what a file defines by its names."""
        there, owners = self.folders.get(file, 0), self.owners.get(file, frozenset())
        if there == folder or owners & self.wanted.get(folder, frozenset()):
            return True
        return there < folder and (not owners or is_built_in(file))

    def uses(self, folder: int, other: int) -> bool:
        """Tell whether a folder says that it uses what another one defines."""
        wanted = self.wanted.get(folder, frozenset())
        return bool(wanted & self.described.get(other, frozenset()))

    def called(self, file: str) -> str:
        """Name the pack of a file: by its document, else by its folder."""
        folder = self.folders.get(file, 0)
        described = self.described.get(folder, frozenset())
        own = self.owners.get(file, frozenset()) & described or described
        if own:
            return min(own)
        inside = [posixpath.dirname(each) for each, at in self.folders.items() if at == folder]
        return posixpath.basename(posixpath.commonpath(inside)).strip(".") or "own"

    def to_use(self, folder: int, file: str) -> str | None:
        """Give the document whose items a folder would have to use to know those of a file."""
        known = self.knows(folder, file)
        return None if known else min(self.owners.get(file, ()), default=None)


def sharing(files: PackFiles, heads: Iterable[Draft], known: Catalog | None) -> Sharing:
    """Tell who may use whose names.

    Args:
        files: All files of the packs.
        heads: What the features that are read now say.
        known: The catalog of the first folder, if that was read before.
    """
    folders = {file.name: file.folder for file in files}
    described = {
        posixpath.dirname(file.name): id_
        for file in files.documents
        if (id_ := document_id(file)) is not None
    }
    owners = {file.name: _beside(file.name, described) for file in files.features}
    if known is not None:
        for rule in known:
            owners[rule.file] |= {rule.document.id}
    wanted: dict[int, set[str]] = {}
    for head in heads:
        rests_on = {said.text for said in head.documents}
        owners[head.file] |= rests_on
        used = {said.text.strip() for said in head.used}
        wanted.setdefault(folders[head.file], set()).update(rests_on | used)
    own: dict[int, set[str]] = {}
    for file in files.documents:
        if not is_built_in(file.name):
            own.setdefault(file.folder, set()).update(_beside(file.name, described))
    return Sharing(folders, owners, _frozen(wanted), _frozen(own))


def _frozen(sets: Mapping[int, set[str]]) -> dict[int, frozenset[str]]:
    return {at: frozenset(ids) for at, ids in sets.items()}


def _beside(name: str, described: Mapping[str, str]) -> frozenset[str]:
    """Give the document that is described beside a file, or nearest above it."""
    above = posixpath.dirname(name)
    while above not in described and posixpath.dirname(above) != above:
        above = posixpath.dirname(above)
    return frozenset({described[above]} if above in described else ())


def check_used(
    heads: Iterable[Draft],
    shared: Sharing,
    defining: Collection[str],
    documents: Collection[str],
    left_out: Collection[str],
) -> Iterable[Problem]:
    """Look at every sentence that uses the items of a document.

    Args:
        heads: What the features say.
        shared: Who may use whose names.
        defining: The files that define an item or an indicator.
        documents: The ids of all documents.
        left_out: The ids of those that cannot be read, which was reported.
    """
    giving = {id_ for file in defining for id_ in shared.owners[file]}
    for head in heads:
        for said in head.used:
            id_ = said.text.strip()
            if id_ in left_out:
                continue
            if id_ not in documents:
                yield unknown_document(said, documents)
            elif id_ in shared.owners[head.file]:
                yield _nothing(
                    said,
                    say(f"这里就是文件 {id_} 的规则", f"these are rules of {id_} itself"),
                    say("删去这一句：自己的数据项直接用", "delete it: its own items are known"),
                )
            elif id_ not in giving:
                yield _nothing(
                    said,
                    say(
                        f"文件 {id_} 没有定义数据项和指标", f"{id_} defines no items or indicators"
                    ),
                    say(
                        "删去这一句，或改成定义它的那份文件", "delete it, or name who defines them"
                    ),
                )


def unknown_document(said: Phrase, documents: Collection[str]) -> Problem:
    """Tell that no document has such an id."""
    return said.problem(
        "unknown-document",
        say(f"没有文件“{said.text}”", f"there is no document {said.text!r}"),
        hint=did_you_mean(said.text, documents)
        or say(
            "在文件夹里写 document.yaml；在别的规则包里的，用 --rules 一起给出",
            "write a document.yaml for it; if it is another pack's, give that with --rules too",
        ),
    )


def _nothing(said: Phrase, message: str, hint: str) -> Problem:
    return said.problem("nothing-to-use", message, severity=Severity.WARNING, hint=hint)
