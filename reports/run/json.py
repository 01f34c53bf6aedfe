"""A run as JSON: the whole of it, one finding a line, the same bytes for the same check."""

import json
from typing import TextIO

from pydantic import BaseModel

from dabiao.schemas.run import Run


def write_json(run: Run, file: TextIO) -> None:
    """Write a run as JSON, by the schema that ``dabiao schema run`` prints.

    A finding stands on a line of its own, so that two runs can be compared line by line and one
    of any size can be searched without being read whole.
    """
    fields = type(run).model_fields
    for place, (name, field) in enumerate(fields.items()):
        file.write("{\n" if not place else ",\n")
        file.write(f"{json.dumps(field.alias or name)}: ")
        value = getattr(run, name)
        if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            file.write("[\n")
            for number, record in enumerate(value):
                file.write(",\n" if number else "")
                file.write(record.model_dump_json(by_alias=True))
            file.write("\n]")
        else:
            plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
            json.dump(plain, file, ensure_ascii=False)
    file.write("\n}\n")
