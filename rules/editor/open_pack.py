"""A rule pack that somebody is writing: what was read before is kept, file by file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.roll_ups import named_tags
from dabiao.rules.files.pack_files import PackFile, built_in, find_files, pack_folders
from dabiao.rules.language.scenario import Judge
from dabiao.rules.packs.feature_drafts import FeatureDrafts, draft_feature
from dabiao.rules.packs.pack import known_catalog
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.proofs.prove import ProofResult, prove
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.record import dataclass

_PACK = ("document.yaml", "places.csv")


@dataclass(frozen=True)
class PackView:
    """What is known of a pack as it stands now.

    Attributes:
        reading: The pack as far as it can be read; None where there is nothing to read.
        files: Its files, those it builds upon among them, by what messages call them.
        problems: All that is wrong with it.
        verdicts: What came of the scenarios of the files that are open, by file.
    """

    reading: PackReading | None
    files: Mapping[str, PackFile]
    problems: Sequence[Problem]
    verdicts: Mapping[str, Sequence[ProofResult]]

    @property
    def catalog(self) -> Catalog | None:
        """What could be checked of it."""
        return self.reading.catalog if self.reading is not None else None

    @cached_property
    def named(self) -> Mapping[Path, str]:
        """What messages call a file, by its resolved path."""
        return {file.path.resolve(): name for name, file in self.files.items()}

    def catalog_in(self, path: Path) -> Catalog | None:
        """Give the catalog with those names alone that a file knows, by its resolved path."""
        catalog, reading = self.catalog, self.reading
        words = reading.scopes.get(self.named.get(path, "")) if reading is not None else None
        return catalog if catalog is None or words is None else replace(catalog, vocabulary=words)

    def lines(self, name: str) -> list[str]:
        """Give the lines of a file; none if it cannot be read."""
        file = self.files.get(name)
        try:
            return file.read().decode("utf-8-sig", "replace").splitlines() if file else []
        except OSError:
            return []


class OpenPack:
    """Reads a pack again and again, as it is being written."""

    def __init__(self, folders: Sequence[Path], judge: Judge) -> None:
        """Begin with the folders of the pack, and of those that it builds upon before it."""
        self.folders, self.judge = folders, judge
        self._known = known_catalog(folders)
        self._drafts: dict[tuple[str, str], FeatureDrafts] = {}
        self._looked: set[tuple[str, str]] = set()

    def look(self, unsaved: Mapping[Path, bytes]) -> PackView:
        """Read the pack with the texts that an editor has open, by their resolved paths."""
        self._looked = set()
        files: dict[str, PackFile] = {}
        try:
            found = find_files(self.folders, unsaved)
            files = {file.name: file for file in found}
            reading = read(self.folders, known=self._known, files=found, draft=self._draft)
        except InputError as error:
            return PackView(None, files, error.problems, {})
        self._drafts = {key: self._drafts[key] for key in self._looked}
        opened = [name for name, file in files.items() if file.unsaved is not None]
        return PackView(reading, files, reading.problems, self._verdicts(reading, opened))

    def _draft(self, file: PackFile, *, scenarios: bool) -> FeatureDrafts:
        """Read a feature, unless that very text was read before."""
        key = file.name, _hash(file)
        self._looked.add(key)
        if key not in self._drafts:
            self._drafts[key] = draft_feature(file, scenarios=scenarios)
        return self._drafts[key]

    def _verdicts(
        self, reading: PackReading, opened: Iterable[str]
    ) -> dict[str, Sequence[ProofResult]]:
        """Run the scenarios of the files that are open.

        While something cannot be read, those of rules that rest on others would be misjudged.
        """
        catalog, sound = reading.catalog, not reading.errors
        proofs = [
            each
            for each in reading.proofs
            if sound or each.rule is None or not named_tags(catalog.rules[each.rule], catalog)
        ]
        return {
            name: prove([each for each in proofs if each.feature == name], catalog, self.judge)
            for name in opened
        }


def _hash(file: PackFile) -> str:
    try:
        return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return ""


def folder_of(file: Path, roots: Sequence[Path]) -> Path:
    """Find the folder of the pack that a file is of, inside what the editor has open.

    It is the highest folder that itself holds something of a pack, and so does each down to it.
    """
    folder = file.parent
    inside = [root for root in roots if folder == root or root in folder.parents]
    top = min(inside, key=lambda root: len(root.parts), default=folder)
    while folder != top and _is_of_a_pack(folder.parent):
        folder = folder.parent
    return folder


def folders_of(folder: Path, beside: Sequence[Path] = (), *, builtin: bool) -> list[Path]:
    """List the folders to read for a pack: the built-in one before it, unless it is that itself.

    Args:
        folder: The folder of the pack.
        beside: Other packs, whose items it may use.
        builtin: Whether the built-in one is read.
    """
    supplied = built_in()
    if folder == supplied.resolve() or supplied.resolve() in folder.parents:
        return [supplied]
    return pack_folders([*beside, folder], builtin=builtin)


def _is_of_a_pack(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _PACK) or any(folder.glob("*.feature"))
