"""The base of all models: strict, frozen, and closed to unknown keys."""

from collections.abc import Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A record that is checked when it is made and never changes afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def remade(cls, names: Sequence[str], values: Sequence[Any]) -> Self:
        """Make a record again of all that it was made of, without checking it anew.

        The same as ``model_construct`` for a record of which every field is given, and quicker.
        """
        made = cls.__new__(cls)
        set_ = object.__setattr__
        set_(made, "__dict__", dict(zip(names, values, strict=True)))
        set_(made, "__pydantic_fields_set__", set(names))
        set_(made, "__pydantic_extra__", None)
        set_(made, "__pydantic_private__", None)
        return made
