"""Reading submissions: workbooks, delimited text, JSON and Parquet become facts."""

from dabiao.intake.layout.mapping_file import MappingFile, read_mapping
from dabiao.intake.limits import Limits
from dabiao.intake.read import ReadingProgress, read_facts

__all__ = ["Limits", "MappingFile", "ReadingProgress", "read_facts", "read_mapping"]
