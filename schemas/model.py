"""The base of all models: strict, frozen, and closed to unknown keys."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A record that is checked when it is made and never changes afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
