"""Keeping a checked pack between runs, so that a command need not read the features again.

A kept catalog is found by a hash over the names and contents of all files of the pack, the
program's own files and the version of Python; whatever changes, the old one is simply never found
again. Nothing depends on it: without a writable folder every command just takes a little longer.
"""

import hashlib
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from dabiao import __version__, schemas
from dabiao.rules.catalog import Catalog
from dabiao.rules.pack_files import PackFiles
from dabiao.schemas.language import language

_KEPT = 8
"""Catalogs kept; the oldest go first."""


def cache_folder() -> Path | None:
    """Give the folder for kept catalogs: ``DABIAO_CACHE``, else the user's own for such things.

    None where the user turned it off with ``DABIAO_CACHE=off``, or has no home.
    """
    chosen = os.environ.get("DABIAO_CACHE")
    if chosen is not None:
        return None if chosen in ("", "off", "0") else Path(chosen)
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if os.environ.get(variable):
            return Path(os.environ[variable], "dabiao")
    with suppress(RuntimeError):
        return Path.home() / ".cache" / "dabiao"
    return None


def recall(files: PackFiles) -> Catalog | None:
    """Give the catalog that was kept for these very files, or None."""
    path = _path(files)
    if path is None:
        return None
    try:
        # Only this program writes the folder, and only its owner may: see keep().
        catalog = pickle.loads(path.read_bytes())  # noqa: S301
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the features can be read instead
        return None
    return catalog if isinstance(catalog, Catalog) else None


def keep(files: PackFiles, catalog: Catalog) -> None:
    """Keep a catalog; do nothing where that is not possible."""
    path = _path(files)
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            pickle.dump(catalog, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(file.name).replace(path)
        kept = sorted(path.parent.glob("*.catalog"), key=lambda each: each.stat().st_mtime)
        for old in kept[:-_KEPT]:
            old.unlink(missing_ok=True)


def _path(files: PackFiles) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    told = (__version__, sys.version, language(), _program(), files.hash())
    return folder / f"{hashlib.sha256(repr(told).encode()).hexdigest()}.catalog"


def _program() -> list[tuple[str, int, int]]:
    """Tell the modules that a catalog is made of and by, each with its size and time of change."""
    rooms = (Path(__file__).parent, Path(schemas.__file__).parent)
    files = sorted(path for room in rooms for path in room.rglob("*.py"))
    return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
