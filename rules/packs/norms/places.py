"""The place that a word means."""

from collections.abc import Callable, Mapping

from dabiao.rules.language.draft import Phrase
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.subject import Place


def find_place(
    said: Phrase, places: Mapping[str, Place], report: Callable[[Problem], None]
) -> str | None:
    """Give the code of the place that is meant by a code, a name or another name of it."""
    named = [
        place.code
        for place in places.values()
        if said.text.strip() in (place.code, place.name, *place.aliases)
    ]
    if not named:
        names = [place.name for place in places.values()]
        report(
            said.problem(
                "unknown-place",
                say(f"没有地区“{said.text}”", f"there is no place {said.text!r}"),
                hint=did_you_mean(said.text, [*names, *places])
                or say("在 places.csv 加一行", "add it to places.csv"),
            )
        )
        return None
    if len(named) > 1:
        report(
            said.problem(
                "ambiguous-place",
                say(
                    f"叫“{said.text}”的地区有 {len(named)} 个",
                    f"{len(named)} places are called {said.text!r}",
                ),
                hint=say(f"写代码：{'、'.join(named)}", f"write one: {', '.join(named)}"),
            )
        )
    return named[0]
