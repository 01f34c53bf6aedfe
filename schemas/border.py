"""What is checked where records are read from files, written to them or published.

Records know nothing of pydantic, which does that work: a command that judges and prints reads no
record from outside, and pydantic would take a sixth of it to be loaded. So it is loaded here alone,
by who first stands at the border.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Crossing = TypeVar("Crossing")


class AtBorder:
    """Stands beside a type in ``Annotated``, for what pydantic is to be told of it.

    Args:
        told: Gives that, from what pydantic offers.
    """

    def __init__(self, told: Callable[[Any], Sequence[Any]]) -> None:
        """Keep it until somebody asks."""
        self._told = told

    def told(self) -> Sequence[Any]:
        """Give what pydantic is told."""
        import pydantic

        return self._told(pydantic)

    def __get_pydantic_core_schema__(self, kind: Any, make: Any) -> Any:  # noqa: ANN401 - as it has it
        """Make the schema of the type, as pydantic asks for it."""
        return make.generate_schema(Annotated[kind, *self.told()])


class Reference(AtBorder):
    """Lets a record be named where another place of the file tells it whole.

    Attributes:
        write: Gives what stands for a record.

    Args:
        write: Likewise.
        read: Gives the record that something stands for, with what pydantic knows of the file.
        described: What may stand for one, as JSON Schema.
    """

    def __init__(
        self,
        write: Callable[[Any], object],
        read: Callable[[Any, Any], object],
        described: dict[str, Any],
    ) -> None:
        """Keep both ways."""
        super().__init__(
            lambda pydantic: [
                pydantic.PlainSerializer(write),
                pydantic.PlainValidator(read),
                pydantic.WithJsonSchema(described),
            ]
        )
        self.write = write


def within(low: int, high: int | None = None) -> AtBorder:
    """Let a number be neither below nor above what it can be."""
    return AtBorder(lambda pydantic: [pydantic.Field(ge=low, le=high)])


def matching(pattern: str) -> AtBorder:
    """Let a text look as a pattern says."""
    return AtBorder(lambda pydantic: [pydantic.Field(pattern=pattern)])


BY_KIND = AtBorder(lambda pydantic: [pydantic.Field(discriminator="kind")])
"""Lets a record of several kinds be told by its ``kind``."""


_MADE: "dict[object, TypeAdapter[Any]]" = {}


def border(kind: type[Crossing]) -> "TypeAdapter[Crossing]":
    """Give what reads, writes and describes the records of a kind; it is made once."""
    from pydantic import TypeAdapter

    if kind not in _MADE:
        _MADE[kind] = TypeAdapter(kind)
    return _MADE[kind]
