"""A catalog in the words of one pack, which may mean another thing by them than everybody else."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.files.pack_files import find_files
from dabiao.rules.packs.pack import known_catalog
from dabiao.schemas.measure import Measure


def spoken_by(document: str, folders: Sequence[Path], catalog: Catalog) -> Catalog:
    """Let measures be called as the pack of a document calls them.

    What has lost its name to one of the pack's own is left with its slug, which no sentence holds.

    Args:
        document: Id of the document.
        folders: The folders that the catalog was read from.
        catalog: The catalog.
    """
    whole = catalog.vocabulary
    if not any(each.own_words for each in whole.measures.values()):
        return catalog
    from dabiao.rules.packs.read import read

    files = find_files(folders, bare=True)
    reading = read(folders, proofs=False, known=known_catalog(folders), files=files)
    spoken = reading.words.get(document)
    if spoken is None:
        return catalog
    names = {**whole.names, **spoken.names}

    def name(slug: str, measure: Measure) -> str:
        known = (*measure.own_words[:1], measure.name)
        return next((each for each in known if names.get(each) == slug), slug)

    items = {slug: replace(each, name=name(slug, each)) for slug, each in whole.items.items()}
    indicators = {
        slug: replace(each, name=name(slug, each)) for slug, each in whole.indicators.items()
    }
    return replace(
        catalog,
        vocabulary=replace(whole, items=items, indicators=indicators, names=names),
    )
