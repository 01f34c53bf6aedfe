"""What is under a seal: a run, and the rules and facts it was made from, by their hashes."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from dabiao.schemas.language import say
from dabiao.schemas.model import Model

SEAL_SCHEMA: Final = "dabiao.seal/1"
_MOST = 1 << 24
"""Bytes of a seal that is read; those of a hundred thousand files are fewer."""
_HASH = r"^[0-9a-f]{64}$"
Hash = Annotated[str, Field(pattern=_HASH)]


class SealError(ValueError):
    """A seal or a key that cannot be used."""


class Manifest(Model):
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
        told = self.model_dump(mode="json")
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


class Seal(Model):
    """A manifest and its signature.

    Attributes:
        schema_: The name of this format.
        manifest: What was sealed.
        digest: SHA-256 of the manifest's text: tells a changed manifest from a changed signature.
        signature: The Ed25519 signature of the manifest's text, in hexadecimal digits.
    """

    schema_: Annotated[Literal["dabiao.seal/1"], Field(alias="schema")] = SEAL_SCHEMA
    manifest: Manifest
    digest: Hash
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]


def read_seal(path: Path) -> Seal:
    """Read a seal.

    Raises:
        SealError: It cannot be read, or is none.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
        if len(data) > _MOST:
            raise SealError(say(f"{path} 太大，不是印信", f"{path} is too large to be a seal"))
        return Seal.model_validate_json(data)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        why = explain_os(error)
        raise SealError(say(f"读不了 {path}：{why}", f"cannot read {path}: {why}")) from None
    except (ValidationError, RecursionError) as error:
        first = error.errors(include_url=False)[0]["loc"] if hasattr(error, "errors") else ()
        where = ".".join(map(str, first)) or say("开头", "its beginning")
        raise SealError(
            say(
                f"{path} 不是完好的印信（{where} 处不对）；应是 dabiao seal 写出的 .seal",
                f"{path} is no whole seal (wrong at {where}); what is wanted is a .seal that"
                " dabiao seal wrote",
            )
        ) from None


def differences(what: str, sealed: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Say which files are not as they were sealed: changed, missing, or there and not sealed.

    A file that was only moved or renamed is what it was.

    Args:
        what: What the files are.
        sealed: Hashes by name, then.
        found: Hashes by name, now.
    """
    moved = Counter(found.values()) & Counter(sealed.values())
    gone = _without(sealed, Counter(moved))
    new = _without(found, Counter(moved))
    for name in sorted(gone.keys() & new.keys()):
        yield say(f"{what} {name} 被改动过", f"{what} {name} was changed")
    for name in sorted(gone.keys() - new.keys()):
        yield say(f"{what} {name} 不见了", f"{what} {name} is missing")
    for name in sorted(new.keys() - gone.keys()):
        yield say(f"{what} {name} 是多出来的", f"{what} {name} was not there")


def _without(files: Mapping[str, str], known: "Counter[str]") -> dict[str, str]:
    """Leave out files whose content is known, each content as often as it is."""
    rest: dict[str, str] = {}
    for name, sha256 in files.items():
        if known[sha256]:
            known[sha256] -= 1
        else:
            rest[name] = sha256
    return rest
