"""Everything about the cases of a run in one archive: page, ledger, files, and what each is.

The same run, the same cases and the same day give the same bytes: the files stand in a fixed order,
and carry the day of the report, not the moment it was made.
"""

import datetime
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from functools import partial

from dabiao.cases.store.store import Store, Transaction
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import Format
from dabiao.reports.writing.formats import write_run
from dabiao.schemas.case import Attachment, CaseBook
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_MODE = 0o644 << 16


def bundle_bytes(store: Store, run: Run, known: Circumstances, book: CaseBook) -> bytes:
    """Pack up a run, its ledger, and the files kept with its cases.

    Args:
        store: Where the files are kept.
        run: The run.
        known: What is known beside it, the cases among it.
        book: The cases to pack up.
    """
    parts = {
        say("报告.html", "report.html"): _written(run, Format.HTML, known),
        say("台账.xlsx", "ledger.xlsx"): _written(run, Format.XLSX, known),
        "run.json": _written(run, Format.JSON, known),
    }
    names = dict(_named(book.attachments))
    for file in book.attachments:
        parts[names[file.sha256]] = store.read(partial(_content, file.sha256))
    index = _index(run, book, names, parts)
    parts[say("目录.json", "index.json")] = (
        json.dumps(index, ensure_ascii=False, indent=2) + "\n"
    ).encode()
    return _packed(parts, book.today)


def _content(sha256: str, open_: Transaction) -> bytes:
    return open_.content(sha256)


def _written(run: Run, form: Format, known: Circumstances) -> bytes:
    stream = io.BytesIO()
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    write_run(run, form, text, circumstances=known)
    text.flush()
    return stream.getvalue()


def _named(files: tuple[Attachment, ...]) -> Iterator[tuple[str, str]]:
    """Give each file a name of its own in the archive: a few digits of its hash, and its suffix."""
    for file in files:
        suffix = "".join(c for c in file.name.rpartition(".")[2] if c.isascii() and c.isalnum())
        dotted = f".{suffix.lower()[:8]}" if "." in file.name and suffix else ""
        folder = say("佐证", "proofs")
        yield file.sha256, f"{folder}/{file.sha256[:16]}{dotted}"


def _index(
    run: Run, book: CaseBook, names: Mapping[str, str], parts: Mapping[str, bytes]
) -> dict[str, object]:
    return {
        "fingerprint": run.fingerprint,
        "day": str(book.today),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
        "attachments": [
            {
                "file": names[file.sha256],
                "name": file.name,
                "sha256": file.sha256,
                "size": file.size,
                "added": str(file.added),
                "by": file.by,
                "expires": None if file.expires is None else str(file.expires),
                "cases": list(file.cases),
            }
            for file in book.attachments
        ],
        "cases": [
            {"number": case.number, "state": case.state.value, "version": case.version}
            for case in book.cases
        ],
    }


def _packed(parts: Mapping[str, bytes], day: datetime.date) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _MODE
            entry.create_system = 3
            archive.writestr(entry, content)
    return stream.getvalue()
