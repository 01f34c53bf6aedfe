"""Keeping a checked pack between runs, so that a command need not read the features again.

A kept catalog is found by a hash over the names and contents of all files of the pack and the
program's own files; whatever changes, the old one is simply never found again. It is kept as plain
text (``catalog_text``), which can run nothing, below the hashes of its rules, and these below a
hash of both and of its file's name. It is read only from a folder and a file that nobody else may
write. One not as it was kept, or kept for another pack, is left aside and written anew. Nothing
depends on it: without a fit folder every command just takes a little longer.

A wheel brings the catalog of the built-in packs along, so that the first command is as quick as the
second; an editable install makes it in the clone, for the program as it stands. It lies beside this
module and is trusted as this module is.

Files are not kept one by one. Measured with packs of 5, 20 and 40 files of ten rules each, beside
the built-in ones: where one file was edited, a check takes 0.35, 0.5 and 0.6 seconds of the
processor longer, and 0.03, 0.07 and 0.13 of them go to parsing and carrying out the sentences of
all files. What comes of a file is drafts: every step with its place, and problems worded in the
language spoken, so that reading those of the other files back would take about half of that. What
would be saved is a hundredth of a second of a check with 5 files, and six with 40. The rest has to
look at all files anyway: one vocabulary, who governs whom, what contradicts what. An editor, which
stays open, keeps the drafts of each file as they are.
"""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from dabiao import __version__
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.catalog_text import kept_catalog, kept_text, text_hash
from dabiao.schemas.environment import CACHE

_KEPT = 8
"""Catalogs kept; those that were not used for longest go first."""
_SUFFIX = ".catalog"
_MOST = 1 << 27
"""Bytes of the longest text that is read; the built-in packs take less than 1/100 of them."""


def cache_folder() -> Path | None:
    """Give the folder for kept catalogs: ``DABIAO_CACHE``, else the user's own for such things.

    None where the user turned it off with ``DABIAO_CACHE=off``, or has no home.
    """
    chosen = os.environ.get(CACHE)
    if chosen is not None:
        return None if chosen.strip().lower() in {"", "off", "0"} else Path(chosen)
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable], "dabiao")
    with suppress(RuntimeError):
        return Path.home() / ".cache" / "dabiao"
    return None


def recall(content: str) -> Catalog | None:
    """Give the catalog that was kept for files of this very content, or None.

    Args:
        content: The hash of the files.
    """
    beside, name = Path(__file__).parent, _name(content)
    with suppress(OSError, ValueError):  # whatever is wrong with it, there is another way
        return _catalog(name, (beside / name).read_bytes())
    name = _name(content, _program())
    with suppress(OSError, ValueError):
        return _catalog(name, (beside / name).read_bytes())
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / name
    with suppress(OSError, ValueError):
        found = _catalog(name, _read(path))
        with suppress(OSError):
            os.utime(path)  # what is used stays longest
        return found
    return None


def keep(content: str, text: bytes) -> None:
    """Keep a catalog; do nothing where that is not possible.

    Args:
        content: The hash of the files that it was made of.
        text: The catalog as it is kept (``kept_text``).
    """
    folder = cache_folder()
    if folder is None:
        return
    path = folder / _name(content, _program())
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(folder.lstat()):
            _write(path, text)
            kept = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda each: each.lstat().st_mtime)
            for old in kept[:-_KEPT]:
                old.unlink(missing_ok=True)


def bring_along(folder: Path, content: str, catalog: Catalog, *, clone: bool) -> None:
    """Write a catalog into the folder that is this module's, or will be.

    Args:
        folder: The folder.
        content: The hash of the files that it was made of.
        catalog: The catalog.
        clone: Whether this very program may be changed, unlike that of a wheel; the catalog is not
            found any more then.
    """
    name = _name(content, _program()) if clone else _name(content)
    _write(folder / name, kept_text(catalog))


def _catalog(name: str, kept: bytes) -> Catalog:
    """Give the catalog of a file.

    Raises:
        ValueError: The file is damaged, none of ours, or that of another pack under this name.
    """
    told, _, text = kept.partition(b"\n")
    if told.decode("ascii") != seal(name, text):
        raise ValueError(told)
    return kept_catalog(text)


def seal(name: str, text: bytes) -> str:
    """Give the hash that stands above a text: over it, and the name of the file made for it."""
    return text_hash(name.encode("ascii") + b"\n" + text)


def _read(path: Path) -> bytes:
    """Read a file that only its owner can have written, and only if that is who asks."""
    if not _is_ours(path.parent.lstat()):
        raise PermissionError(path.parent)
    # Neither a link nor a pipe that nobody writes to may lead anywhere.
    found = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(found, "rb") as file:  # noqa: PTH123 - it is open already
        known = os.fstat(file.fileno())
        if not stat.S_ISREG(known.st_mode) or not _is_ours(known) or known.st_size > _MOST:
            raise PermissionError(path)
        return file.read(known.st_size + 1)


def _write(path: Path, text: bytes) -> None:
    """Put a text in its place at once, so that nobody reads half of it.

    What is left of it where the program is killed goes with the catalogs that nobody uses.
    """
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=path.parent, suffix=_SUFFIX, delete=False) as file:
        try:
            file.write(seal(path.name, text).encode("ascii") + b"\n" + text)
            file.close()  # which is when a full disk tells
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _is_ours(known: os.stat_result) -> bool:
    """Tell whether a file or folder is the user's own, no link, and closed to other writers."""
    if stat.S_ISLNK(known.st_mode):
        return False
    if os.name == "nt":  # which keeps the folders of users apart, and has no such modes
        return True
    return known.st_uid == os.geteuid() and not known.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _name(*told: object) -> str:
    return f"{hashlib.sha256(repr((__version__, *told)).encode()).hexdigest()}{_SUFFIX}"


def _program() -> list[tuple[str, int, int]]:
    """Tell the modules that a catalog is made of and by, each with its size and time of change."""
    found: list[tuple[str, str, int, int]] = []
    for room in ("intake", "rules", "schemas"):
        waiting = [str(Path(__file__).parents[2] / room)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        waiting.append(entry.path)
                    elif entry.name.endswith((".py", ".lark")):
                        known = entry.stat()
                        found.append((entry.path, entry.name, known.st_size, known.st_mtime_ns))
    return [(name, size, changed) for _, name, size, changed in sorted(found)]
