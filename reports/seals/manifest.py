"""What is under a seal: a run, and the rules and facts it was made from, by their hashes."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Final, Literal

from pydantic import ValidationError

from dabiao.schemas.border import border, matching
from dabiao.schemas.language import say
from dabiao.schemas.record import called, named_record

SEAL_SCHEMA: Final = "dabiao.seal/1"
_MOST = 1 << 24
"""Bytes of a seal that is read; those of a hundred thousand files are fewer."""
_HASH = r"^[0-9a-f]{64}$"
Hash = Annotated[str, matching(_HASH)]


class SealError(ValueError):
    """A seal or a key that cannot be used."""


@named_record
class Manifest:
    """What was sealed.

    Attributes:
        version: The version of the program.
        fingerprint: That of the run, as reports show it.
        run: SHA-256 of the run's file.
        rules: SHA-256 of the rules, as the run names it.
        rule_files: SHA-256 of each file of the rule packs, by its name.
        facts: SHA-256 of each file of facts, by its name.
        key: What the key that signed is known by.
    """

    version: str
    fingerprint: str
    run: Hash
    rules: str
    rule_files: dict[str, Hash]
    facts: dict[str, Hash]
    key: str

    def text(self) -> bytes:
        """Give what is signed: the same bytes for the same manifest, on every machine."""
        told = border(Manifest).dump_python(self, mode="json")
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


@named_record
class Seal:
    """A manifest and its signature.

    Attributes:
        schema_: The name of this format.
        manifest: What was sealed.
        digest: SHA-256 of the manifest's text: tells a changed manifest from a changed signature.
        signature: The Ed25519 signature of the manifest's text, in hexadecimal digits.
    """

    schema_: Literal["dabiao.seal/1"] = field(default=SEAL_SCHEMA, metadata=called("schema"))
    manifest: Manifest
    digest: Hash
    signature: Annotated[str, matching(r"^[0-9a-f]{128}$")]


def read_seal(path: Path) -> Seal:
    """Read a seal.

    Raises:
        SealError: It cannot be read, or is none.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        why = explain_os(error)
        raise SealError(say(f"读不了 {path}：{why}", f"cannot read {path}: {why}")) from None
    if len(data) > _MOST:
        raise SealError(say(f"{path} 太大，不是印信", f"{path} is too large to be a seal"))
    try:
        json.loads(data, object_pairs_hook=_once)
        return border(Seal).validate_json(data)
    except ValidationError as error:
        raise _no_seal(
            path, ".".join(map(str, error.errors(include_url=False)[0]["loc"]))
        ) from None
    except _TwiceError as error:
        raise _no_seal(path, str(error)) from None
    except (ValueError, RecursionError):
        raise _no_seal(path, "") from None


class _TwiceError(ValueError):
    """A name that says two things: people may read the one, programs the other."""


def _once(pairs: list[tuple[str, Any]]) -> None:
    for name, number in Counter(name for name, _ in pairs).items():
        if number > 1:
            raise _TwiceError(name)


def _no_seal(path: Path, where: str) -> SealError:
    where = where or say("开头", "its beginning")
    return SealError(
        say(
            f"{path} 不是完好的印信（{where} 处不对）；应是 dabiao seal 写出的 .seal",
            f"{path} is no whole seal (wrong at {where}); what is wanted is a .seal that"
            " dabiao seal wrote",
        )
    )


def differences(what: str, sealed: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Say which files are not as they were sealed: changed, renamed, missing, or there besides.

    A file that only lies in another folder is what it was. One of another name is not: names say
    of which level or year the rows are.

    Args:
        what: What the files are.
        sealed: Hashes by name, then.
        found: Hashes by name, now.
    """
    moved = Counter(map(_own, found.items())) & Counter(map(_own, sealed.items()))
    gone = _without(sealed, Counter(moved))
    new = _without(found, Counter(moved))
    for name in sorted(gone.keys() & new.keys()):
        yield say(f"{what} {name} 被改动过", f"{what} {name} was changed")
        del gone[name], new[name]
    names = {sha256: name for name, sha256 in sorted(new.items(), reverse=True)}
    for name in sorted(gone):
        now = names.pop(gone[name], None)
        if now is None:
            yield say(f"{what} {name} 不见了", f"{what} {name} is missing")
        else:
            del new[now]
            yield say(f"{what} {name} 改名为 {now}", f"{what} {name} is called {now} now")
    for name in sorted(new):
        yield say(f"{what} {name} 是多出来的", f"{what} {name} was not there")


def _own(file: tuple[str, str]) -> tuple[str, str]:
    """Give a file's own name, as every system writes it, and its hash."""
    name, sha256 = file
    return unicodedata.normalize("NFC", PurePosixPath(name).name), sha256


def _without(files: Mapping[str, str], known: "Counter[tuple[str, str]]") -> dict[str, str]:
    """Leave out files that are known, each as often as it is."""
    rest: dict[str, str] = {}
    for name, sha256 in files.items():
        own = _own((name, sha256))
        if known[own]:
            known[own] -= 1
        else:
            rest[name] = sha256
    return rest
