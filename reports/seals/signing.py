"""Keys and signatures: Ed25519, by the library ``cryptography``."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.reports.outputs import OutputError, could_write
from dabiao.reports.seals.manifest import Manifest, Seal, SealError
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

_MOST = 10_000
"""Bytes of a file that may be a key."""
_KNOWN_BY = "dabiao-key: "
"""What stands before a secret key, with what it is known by."""
_DIGITS = 16
_GROUP = 4


def check_signing() -> None:
    """Refuse to seal where that cannot be done, before any work is done for it.

    Raises:
        OutputError: The library for it is not installed.
    """
    if find_spec("cryptography") is None:
        raise OutputError(
            say(
                '盖印和验印要另装组件：python -m pip install "dabiao[seal]"',
                'seals need an extra: python -m pip install "dabiao[seal]"',
            )
        )


def make_keys(secret: Path, public: Path, passphrase: str) -> str:
    """Make a pair of keys, the secret one readable by its owner alone; tell what it is known by.

    Raises:
        OutputError: A file is there already, or cannot be written.
    """
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    for path in (secret, public):
        with could_write(path):
            is_there = path.exists()
        if is_there:
            raise OutputError(
                say(
                    f"{path} 已存在，没有覆盖：换了钥匙，旧印信就验不了了",
                    f"{path} exists and was left alone: without the old key no old seal holds",
                )
            )
    key = Ed25519PrivateKey.generate()
    kept = s.BestAvailableEncryption(passphrase.encode()) if passphrase else s.NoEncryption()
    known = known_by(key.public_key())
    # What stands before the key is no part of it, and tells when a letter of it was changed: any
    # 32 bytes are a key.
    told = f"{_KNOWN_BY}{known}\n".encode() + key.private_bytes(
        s.Encoding.PEM, s.PrivateFormat.PKCS8, kept
    )
    shown = key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
    try:
        with could_write(secret):
            file = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(file, "wb") as stream:
                stream.write(told)
        with could_write(public):
            public.write_bytes(shown)
    except OutputError:  # no half of a pair
        for path in (secret, public):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return known


def read_secret(path: Path, ask: Callable[[], str]) -> "tuple[Ed25519PrivateKey, bool]":
    """Read a secret key, asking for its passphrase if it has one.

    Returns:
        The key, and whether something says what it is to be known by: its file, which those that
        were made by the first versions do not, or the public key beside it. Any 32 bytes are a
        key, so that without it nobody can tell one that is damaged.

    Raises:
        SealError: It is none, or damaged, or the passphrase is wrong.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    data = _read(path)
    try:
        try:
            key = load_pem_private_key(data, None)
        except TypeError:  # it has a passphrase
            key = load_pem_private_key(data, ask().encode())
    except Exception as error:
        raise SealError(
            say(
                f"{path} 不是私钥，或口令不对；要的是 dabiao seal-key 写出的 .key",
                f"{path} is no secret key, or the passphrase is wrong; what is wanted is a .key"
                " that dabiao seal-key wrote",
            )
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError(say(f"{path} 不是 Ed25519 私钥", f"{path} is no Ed25519 key"))
    known, said = known_by(key.public_key()), list(_meant(path, data))
    for where, meant in said:
        if meant != known:
            raise SealError(
                say(
                    f"{path} 不能用：{where} 写的钥匙编号是 {meant}，读出来的却是 {known}，"
                    "有一处损坏了；用备份的私钥，或用 dabiao seal-key 另造一对",
                    f"{path} cannot be used: {where} is of the key {meant}, what was read is"
                    f" {known}, so one of them is damaged; take a copy of the key, or make a new"
                    " pair with dabiao seal-key",
                )
            )
    return key, bool(said)


def _meant(path: Path, data: bytes) -> Iterator[tuple[str, str]]:
    """Give what a secret key should be known by: as its file says, and by the public one beside."""
    first = data.partition(b"\n")[0].decode("ascii", "replace").strip()
    if first.startswith(_KNOWN_BY):
        yield path.name, first.removeprefix(_KNOWN_BY)
    beside = path.with_suffix(".pub")
    with suppress(SealError):
        yield beside.name, known_by(read_public(beside))


def is_exposed(path: Path) -> bool:
    """Tell whether others than its owner can read or change a secret key."""
    with suppress(OSError):
        return os.name != "nt" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    return False


def read_public(path: Path) -> "Ed25519PublicKey":
    """Read a public key.

    Raises:
        SealError: It is none.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(_read(path))
    except SealError:
        raise
    except Exception as error:
        raise SealError(
            say(
                f"{path} 不是公钥；要的是 dabiao seal-key 写出的 .pub",
                f"{path} is no public key; what is wanted is a .pub that dabiao seal-key wrote",
            )
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealError(say(f"{path} 不是 Ed25519 公钥", f"{path} is no Ed25519 key"))
    return key


def known_by(key: "Ed25519PublicKey") -> str:
    """Give what a key is known by: short enough to be read out on the telephone."""
    digits = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def signed(manifest: Manifest, key: "Ed25519PrivateKey") -> Seal:
    """Sign a manifest."""
    text = manifest.text()
    digest = hashlib.sha256(text).hexdigest()
    return Seal(manifest=manifest, digest=digest, signature=key.sign(text).hex())


def broken(seal: Seal, key: "Ed25519PublicKey") -> str | None:
    """Say why a seal is not one of a key; None where it is."""
    from cryptography.exceptions import InvalidSignature

    text = seal.manifest.text()
    if seal.manifest.key != known_by(key):
        return say(
            f"不是这把钥匙盖的：印信写的是 {seal.manifest.key}，给出的是 {known_by(key)}",
            f"another key: the seal names {seal.manifest.key}, the one given is {known_by(key)}",
        )
    if hashlib.sha256(text).hexdigest() != seal.digest:
        return say("清单被改动过", "the manifest was changed")
    try:
        key.verify(bytes.fromhex(seal.signature), text)
    except InvalidSignature:
        return say(
            "签名与清单不符：签名被改动过，或是别人仿造的",
            "the signature does not fit the manifest: it was changed, or the seal is forged",
        )
    return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        why = explain_os(error)
        raise SealError(say(f"读不了 {path}：{why}", f"cannot read {path}: {why}")) from None
