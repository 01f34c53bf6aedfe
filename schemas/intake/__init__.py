"""Reading submissions: workbooks, delimited text, JSON and Parquet become facts."""

from dabiao.schemas.intake.limits import Limits
from dabiao.schemas.intake.mapping import Mapping_, read_mapping
from dabiao.schemas.intake.reading import Progress, read_facts

__all__ = ["Limits", "Mapping_", "Progress", "read_facts", "read_mapping"]
