"""Files that show something, kept with cases by what stands in them."""

import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path

from dabiao.cases.store.store import Signature, Store, Transaction
from dabiao.cases.updating import no_such_case
from dabiao.intake.limits import read_bounded
from dabiao.schemas.case import Attachment, Case
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.unseen import visible

_LARGEST = 100_000_000
"""Bytes of a file that is still a proof, and no archive of a disk."""


def attach(
    store: Store,
    path: Path,
    numbers: Sequence[str],
    signature: Signature,
    expires: datetime.date | None = None,
) -> Attachment:
    """Keep a file with cases, with all of them or none; its content once.

    Raises:
        InputError: It cannot be read, or one of the cases is not there.
    """
    content = _content(path)
    wanted = [number.upper() for number in dict.fromkeys(numbers)]
    file = Attachment(
        sha256=hashlib.sha256(content).hexdigest(),
        name=visible(path.name),
        size=len(content),
        added=signature.day,
        by=signature.by,
        expires=expires,
        cases=tuple(wanted),
    )

    def work(open_: Transaction) -> None:
        found: list[Case] = []
        problems: list[Problem] = []
        for number in wanted:
            case = open_.case(number)
            if case is None:
                known = [each.number for each in open_.cases()]
                problems.append(no_such_case(number, known))
            else:
                found.append(case)
        if problems:
            raise InputError(problems)
        for case in found:
            open_.attach(file, content, case)

    store.write(signature, work)
    return file


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path, _LARGEST)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        why = explain_os(error)
        raise InputError(
            [
                FilePlace(path.as_posix()).problem(
                    "unkept-file",
                    say(f"读不了：{why}", f"it cannot be read: {why}"),
                    hint=say("核对文件名和权限", "check its name and permissions"),
                )
            ]
        ) from error
