"""The steps of scenarios, in the language spoken now."""

from collections.abc import Mapping

from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class StepWriter:
    """Writes steps about one subject.

    Attributes:
        level: Level of the subject.
        catalog: The pack.
    """

    level: Level
    catalog: Catalog

    def name(self, slug: str) -> str:
        """Name a measure."""
        known = self.catalog.vocabulary.measure(slug)
        return say(known.name, known.slug)

    def facts(self, values: Mapping[str, str]) -> list[str]:
        """Write Given-steps: the first about a subject, the others about the same one."""
        told = [
            say(f"{self.name(slug)} 是 {value}", f"{self.name(slug)} is {value}")
            for slug, value in values.items()
        ]
        return [
            say(
                f"      假如 某{self.level.zh}的 {told[0]}",
                f"      Given a {self.level.value} whose {told[0]}",
            ),
            *(say(f"      而且 {each}", f"      And {each}") for each in told[1:]),
        ]

    def when(self, year: int | str) -> str:
        """Write the step that judges."""
        return say(f"      当 在{year}年考核", f"      When judged in {year}")

    def then(self, outcome: Outcome) -> str:
        """Write the step that expects an outcome."""
        return say(
            f'      那么 结论是"{outcome.zh}"', f'      Then the outcome is "{outcome.label}"'
        )


def written(value: Scalar) -> str:
    """Write a value as scenarios do."""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    return f'"{value}"'
