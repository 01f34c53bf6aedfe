"""Rule packs, ready to judge by."""

from collections.abc import Sequence
from pathlib import Path

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.files.pack_files import find_files
from dabiao.rules.packs.cache import keep, recall


def read_pack(folders: Sequence[Path]) -> Catalog:
    """Give the rule packs of folders as one catalog, from the features or as it was kept.

    Raises:
        ClashError: Some of the packs say otherwise what others say; without them, it is well.
        InputError: Something is wrong with them; carries every problem.
    """
    files = find_files(folders)
    known = recall(files)
    if known is not None:
        return known
    from dabiao.rules.packs.read import read

    reading = read(folders, proofs=False)
    if reading.errors:
        raise reading.refusal
    keep(files, reading.catalog)
    return reading.catalog
