"""Rule packs, ready to judge by."""

from collections.abc import Sequence
from pathlib import Path

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.packs.cache import keep, recall
from dabiao.schemas.problem import InputError


def read_pack(folders: Sequence[Path], *, bare: bool = False) -> Catalog:
    """Give the rule packs of folders as one catalog, from the features or as it was kept.

    Args:
        folders: The folders.
        bare: Whether there may be no feature at all.

    Raises:
        ClashError: Some of the packs say otherwise what others say; without them, it is well.
        InputError: Something is wrong with them; carries every problem.
    """
    files = find_files(folders, bare=bare)
    content = files.hash()
    kept = recall(content)
    if kept is not None:
        return kept
    from dabiao.rules.packs.catalog_text import catalog_text, hashed, kept_text
    from dabiao.rules.packs.read import read

    reading = read(folders, proofs=False, known=known_catalog(folders), files=files)
    if reading.errors:
        raise reading.refusal
    text = catalog_text(reading.catalog)
    if files.hash() == content:  # else what was read is not what was looked for
        keep(content, kept_text(reading.catalog, text))
    return hashed(reading.catalog, text)


def known_catalog(folders: Sequence[Path]) -> Catalog | None:
    """Give what packs build upon: the built-in ones, where more follow and they are sound.

    They are checked where they are made, and not again with every pack that is read beside them.
    """
    if len(folders) <= 1 or folders[0] != built_in():
        return None
    try:
        return read_pack(folders[:1])
    except InputError:
        return None  # so that all is read, and everything told that is wrong
