"""Reading submissions: workbooks, delimited text, JSON and Parquet become facts."""

from dabiao.intake.layout.mapping_file import Mapping_, read_mapping
from dabiao.intake.limits import Limits
from dabiao.intake.read import Progress, read_facts

__all__ = ["Limits", "Mapping_", "Progress", "read_facts", "read_mapping"]
