"""Reading the ``places.csv`` of packs: the places of all, and those that each pack knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dabiao.rules.files.pack_files import PackFile
from dabiao.rules.files.places import read_places
from dabiao.rules.packs.together.clash import CLASH, clash, theirs
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place


@dataclass(frozen=True, slots=True)
class PackPlaces:
    """The places of packs read together.

    Attributes:
        all: Every place by code, those of earlier packs first.
        files: The file that each was first read from.
    """

    all: Mapping[str, Place]
    files: Mapping[str, PackFile]

    def known_to(self, folder: int) -> Mapping[str, Place]:
        """Give the places that a pack knows: its own and those of the packs before it."""
        if all(file.folder <= folder for file in self.files.values()):
            return self.all
        return {
            code: place for code, place in self.all.items() if self.files[code].folder <= folder
        }


def read_all_places(files: Iterable[PackFile], report: Callable[[Problem], None]) -> PackPlaces:
    """Read every ``places.csv``; a pack may repeat a place of another, but not change it."""
    places: dict[str, Place] = {}
    first: dict[str, PackFile] = {}
    seen: _Lines = {}
    for file in files:
        try:
            read = read_places(file)
        except InputError as error:
            for problem in error.problems:
                report(problem)
            continue
        for code, place in read.items():
            known = places.get(code)
            if known is None:
                places[code], first[code] = place, file
            elif differences := _differences(known, place):
                _refuse(file, place, first[code], differences, report, seen)
    for code, place in list(places.items()):
        above = places.get(place.parent or "")
        if above is not None and above.level.rank >= place.level.rank:
            message = say(
                f"{place.name}的上级 {above.code} 是{above.level.zh}，不在它之上",
                f"{place.name} lies in {above.code}, which is a {above.level.value}: not above it",
            )
            hint = say("核对上级代码和层级", "check the parent and the level")
            report(_at(first[code], code, "bad-places", message, hint, seen))
            places[code] = replace(place, parent=None)
    return PackPlaces(places, first)


def _differences(known: Place, said: Place) -> list[tuple[str, object, object]]:
    """List in what a repeated place differs; what it leaves out it does not say."""
    pairs = (
        (say("名称", "the name"), known.name, said.name),
        (say("层级", "the level"), known.level.label, said.level.label),
        (say("上级代码", "the parent"), known.parent, said.parent or known.parent),
        (
            say("别名", "other names"),
            say("、", ", ").join(known.aliases),
            say("、", ", ").join(said.aliases or known.aliases),
        ),
    )
    return [(name, one, other) for name, one, other in pairs if one != other]


def _refuse(  # noqa: PLR0913, PLR0917 - what was found, and where it is told
    file: PackFile,
    place: Place,
    first: PackFile,
    differences: list[tuple[str, object, object]],
    report: Callable[[Problem], None],
    seen: "_Lines",
) -> None:
    what = say(f"地区 {place.code} ", f"the place {place.code}")
    message, hint = clash(what, theirs(first.name), differences)
    code = CLASH if first.folder != file.folder else "bad-places"
    report(_at(file, place.code, code, message, hint, seen))


_Lines = dict[str, dict[str, int]]
"""The line on which each cell of a file stands first, by file: looked up once for all problems."""


def _at(  # noqa: PLR0913, PLR0917 - the parts of a problem
    file: PackFile, place: str, code: str, message: str, hint: str, seen: _Lines
) -> Problem:
    """Tell a problem at the line of a place."""
    if file.name not in seen:
        lines = file.read().decode("utf-8-sig").splitlines()
        cells = ((each, n) for n, text in enumerate(lines, 1) for each in text.split(","))
        seen[file.name] = dict(reversed(list(cells)))
    line = seen[file.name].get(place, 1)
    return FilePlace(file.name, line).problem(code, message, hint)
