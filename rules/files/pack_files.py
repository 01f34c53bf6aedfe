"""The files of a rule pack: features, documents and places."""

import codecs
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import dabiao
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

_BUILT_IN = "features"
_MOST = 16 << 20
"""Bytes of a file; the largest of a pack are some hundred kilobytes."""
_NAMED = re.compile(
    r"(?:(\.feature)|(document\.ya?ml)|(places\.csv))(?:\.txt|\.docx?|\.rtf|\.wps)?\s*$",
    re.IGNORECASE,
)
"""How files of a pack are called, and how almost: editors add a ``.txt`` that nobody sees."""
_WRITTEN_IN_WORD = (".docx", ".doc", ".rtf", ".wps")
_ENDINGS = (".feature", "document.yaml", "places.csv")
"""How each of these ends where it is called as it should be."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack.

    Attributes:
        path: Where it is.
        name: What messages call it: the folder as the user named it, and the path inside.
        folder: Which of the folders it lies in, counted from 0.
        unsaved: What it says in an editor that has not saved it; None where the file itself counts.
    """

    path: Path
    name: str
    folder: int = 0
    unsaved: bytes | None = None

    def read(self, most: int = -1) -> bytes:
        """Give what it says, or so many bytes of it."""
        if self.unsaved is not None:
            return self.unsaved if most < 0 else self.unsaved[:most]
        with self.path.open("rb") as stream:
            return stream.read(most)

    def legible(self, most: int = -1) -> str:
        """Give what it says, or the beginning, also where it is not in UTF-8 as it should be.

        Nothing is made of it but a guess at what was meant.
        """
        content = self.read(most)
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16", "replace")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("gb18030", "replace")


@dataclass(frozen=True, slots=True)
class PackFiles:
    """All files of the folders that make up a pack, in order of name."""

    features: tuple[PackFile, ...]
    documents: tuple[PackFile, ...]
    places: tuple[PackFile, ...]

    def __iter__(self) -> Iterator[PackFile]:
        """Go through every file."""
        yield from (*self.features, *self.documents, *self.places)

    def hash(self) -> str:
        """Hash names and contents, to tell whether anything has changed since they were read."""
        digest = hashlib.sha256()
        for file in self:
            content = file.read().replace(b"\r\n", b"\n")
            digest.update(f"{file.name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return digest.hexdigest()


class ClashError(InputError):
    """Packs that clash with earlier ones, and nothing else is wrong: the others can be used.

    Attributes:
        folders: Which of the folders clash, counted from 0.
    """

    def __init__(self, problems: list[Problem], folders: Collection[int]) -> None:
        """Carry the problems, and the folders they lie in."""
        super().__init__(problems)
        self.folders = frozenset(folders)


def built_in() -> Path:
    """Give the folder of the rule packs that come with the program."""
    return Path(dabiao.__file__).parent / _BUILT_IN


def pack_folders(packs: Sequence[Path] | None, *, builtin: bool) -> list[Path]:
    """List the folders of rule packs, each once; one that lies in another is read with it.

    The built-in one stays by itself, wherever it lies, and comes first.
    """
    folders = [*([built_in()] if builtin else []), *(packs or [])]
    distinct = {folder.resolve(): folder for folder in reversed(folders)}
    whole = {each for each in distinct if not distinct.keys() & set(each.parents)}
    if builtin:
        whole.add(built_in().resolve())
    return [folder for each, folder in reversed(distinct.items()) if each in whole]


def folder_name(folder: Path) -> str:
    """Give what messages call a folder; only the built-in one is called ``features``."""
    if folder == built_in():
        return _BUILT_IN
    name = folder.as_posix()
    return f"./{name}" if name == _BUILT_IN or name.startswith(f"{_BUILT_IN}/") else name


def is_built_in(name: str) -> bool:
    """Tell from what messages call it whether a file comes with the program."""
    return name.startswith(f"{_BUILT_IN}/")


def find_files(
    folders: Sequence[Path], unsaved: Mapping[Path, bytes] | None = None, *, bare: bool = False
) -> PackFiles:
    """List the files of folders that hold rule packs.

    Args:
        folders: The folders.
        unsaved: What files that an editor has open say there, by their resolved paths.
        bare: Whether there may be no feature at all.

    Raises:
        InputError: A folder does not exist, or none holds a feature.
    """
    by_ending: dict[str, list[PackFile]] = {ending: [] for ending in _ENDINGS}
    supplied = built_in().resolve() if built_in() in folders else None
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            problems.append(_no_folder(folder))
            continue
        files = list(_files_of(folder, number, unsaved or {}, supplied))
        for file, name, ending in files:
            problems.extend(_refused(file, folder) if file.unsaved is None else ())
            problems.extend(_misnamed(file, name))
            by_ending[ending].append(file)
        if not bare and not files:
            problems.append(_nothing_in(str(folder)))
    if not folders:
        message = say("没有给规则包", "there is no rule pack")
        hint = say(
            "用 --rules 给出规则文件夹；不写 --no-builtin 就用自带的",
            "name a folder of rules with --rules, or leave out --no-builtin to use those supplied",
        )
        problems.append(FilePlace("--no-builtin").problem("no-features", message, hint))
    if not problems and not bare:
        problems.extend(_without_rules(by_ending, folders))
    if problems:
        raise InputError(problems)
    return PackFiles(
        tuple(by_ending[".feature"]),
        tuple(by_ending["document.yaml"]),
        tuple(by_ending["places.csv"]),
    )


def _files_of(
    folder: Path, number: int, unsaved: Mapping[Path, bytes], supplied: Path | None
) -> Iterator[tuple[PackFile, str, str]]:
    """Yield the files of a pack, each with the name that it should have, and how this ends.

    Args:
        folder: The folder.
        number: Its number.
        unsaved: What files say that an editor has open.
        supplied: The built-in folder, if it is read too: what lies in it was read as what it is.
    """
    label = folder_name(folder)
    for path in _inside(folder, unsaved):
        if supplied is not None and label != _BUILT_IN and supplied in path.resolve().parents:
            continue
        named = _NAMED.search(path.name)
        if named is not None and named.lastindex is not None:
            said = unsaved.get(path.resolve()) if unsaved else None
            file = PackFile(path, f"{label}/{path.relative_to(folder).as_posix()}", number, said)
            ending = _ENDINGS[named.lastindex - 1]
            yield file, path.name[: named.start()] + ending, ending


def _no_folder(folder: Path) -> Problem:
    return FilePlace(str(folder)).problem(
        "no-folder",
        say(f"没有规则文件夹 {folder}", f"there is no rule folder {folder}"),
        hint=say(
            "写放有 .feature 文件的文件夹的路径",
            "give the path of a folder that holds .feature files",
        ),
    )


def _without_rules(
    found: Mapping[str, Sequence[PackFile]], folders: Sequence[Path]
) -> Iterator[Problem]:
    """Tell of folders without rules, and of documents of one's own beside which there are none.

    A document that says which others it supersedes does something all the same.
    """
    if not found[".feature"]:
        yield _nothing_in(", ".join(map(str, folders)))
    elif all(is_built_in(each.name) for each in found[".feature"]):
        for file in found["document.yaml"]:
            if not is_built_in(file.name) and "supersedes" not in file.legible(_MOST):
                yield _nothing_in(file.name)


def _nothing_in(place: str) -> Problem:
    return FilePlace(place).problem(
        "no-features",
        say("规则文件夹里没有 .feature 文件", "the folders hold no .feature files"),
        hint=say(
            "核对文件夹；新的规则包，用 dabiao rules new 写第一条",
            "check the folder; write the first rule of a new pack with dabiao rules new",
        ),
    )


def hashes(folders: Sequence[Path]) -> dict[str, str]:
    """Hash the files of packs, each by the name of its folder and its path inside.

    Raises:
        InputError: A folder does not exist, or none holds a feature.
    """
    found: dict[str, str] = {}
    for file in find_files(folders):
        folder = folders[file.folder]
        inside = file.name.removeprefix(f"{folder_name(folder)}/")
        content = file.read().replace(b"\r\n", b"\n")
        name = f"{folder.resolve().name}/{inside}"
        while name in found:  # two folders of one name
            name = f"+{name}"
        found[name] = hashlib.sha256(content).hexdigest()
    return found


def _inside(folder: Path, unsaved: Collection[Path]) -> Iterator[Path]:
    """List the files of a folder, also those never saved; none that are hidden, or Word's locks."""
    whole = folder.resolve()
    typed = {folder / each.relative_to(whole) for each in unsaved if whole in each.parents}
    for path in sorted({*folder.rglob("*"), *typed}):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if not hidden and (path in typed or path.is_file()):
            yield path


def _refused(file: PackFile, folder: Path) -> Iterator[Problem]:
    """Refuse a file that lies elsewhere, which a pack cannot vouch for, or that is gigantic."""
    place = FilePlace(file.name)
    if file.path.is_symlink() and folder.resolve() not in file.path.resolve().parents:
        message = say("是链接到规则文件夹之外的文件", "a link to a file outside of the pack")
        hint = say("把那个文件复制过来", "put a copy of that file in its place")
        yield place.problem("linked-file", message, hint)
    elif file.path.stat().st_size > _MOST:
        message = say(f"超过 {_MOST >> 20} MB", f"larger than {_MOST >> 20} MB")
        yield place.problem(
            "too-large", message, say("拆成几个文件", "split it into several files")
        )


def _misnamed(file: PackFile, rightly: str) -> Iterator[Problem]:
    """Refuse a file that is called almost as one of a pack."""
    if file.path.name == rightly:
        return
    hint = say(
        f"改名为 {rightly}；看不见后缀的，先在资源管理器的“查看”里勾选“文件扩展名”",
        f"call it {rightly}; where endings are hidden, let the file manager show them",
    )
    if file.path.name.strip().lower().endswith(_WRITTEN_IN_WORD):
        hint = say(
            f"规则写在纯文本里：另存为纯文本（UTF-8），名为 {rightly}",
            f"rules are plain text: save it as such, in UTF-8, and call it {rightly}",
        )
    yield FilePlace(file.name).problem(
        "misnamed-file", say("照这个名字不会读它", "by this name it would not be read"), hint=hint
    )
