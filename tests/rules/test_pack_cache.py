"""The pack cache: what is kept can run nothing, and is used only as it was kept."""

import json
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.fingerprints import verdict_hash
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.packs import cache as cache_module
from dabiao.rules.packs import catalog_text as catalog_text_module
from dabiao.rules.packs import read as read_module
from dabiao.rules.packs.cache import bring_along, recall, seal
from dabiao.rules.packs.catalog_text import (
    TextError,
    catalog_of,
    catalog_text,
    hashed,
    rule_hash,
    text_hash,
)
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.read import PackReading, read
from dabiao.schemas.language import Language, speaking
from tests.rules.packs import ENGLISH, RULES, write_pack

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes and owners are those of POSIX")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep away from the user's own folder."""
    monkeypatch.setenv("DABIAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a pack, read it, and so have it kept."""
    folder = write_pack(tmp_path / "pack", rules=RULES, english=ENGLISH)
    read_pack([folder])
    return folder


def kept(cache: Path) -> Path:
    """Give the one file that is kept."""
    (found,) = cache.iterdir()
    return found


def loosened(file: Path) -> bytes:
    """Give a kept file in which a bound is another, and whose own hash is that of the lie."""
    _, _, text = file.read_bytes().partition(b"\n")
    assert b"45.0" in text
    text = text.replace(b"45.0", b"99.0")
    return seal(file.name, text).encode() + b"\n" + text


def bound(pack: Path) -> object:
    """Read the pack and give the bound of one rule."""
    return read_pack([pack]).rules["plan/primary-class-size"].norm_record.threshold


def test_the_built_in_packs_come_back_as_they_were() -> None:
    """Every value is the same, and so is the hash; equal catalogs have equal texts."""
    whole = hashed(read([built_in()], proofs=False).catalog)

    again = catalog_of(catalog_text(whole))

    assert again == whole
    assert again.hash == text_hash(catalog_text(whole)) == text_hash(catalog_text(again))


def test_rules_come_back_with_their_hashes(pack: Path, cache: Path) -> None:
    """So that nobody works them out again; a rule that says something else has its own."""
    (first, *_), again = read([pack]).catalog, read_pack([pack])
    known = again.rules[first.id]

    assert known.hash == rule_hash(first)
    assert replace(known).hash == ""
    assert rule_hash(replace(known, decimals=7)) != rule_hash(known) == rule_hash(replace(known))
    assert again.fingerprints == {each.id: verdict_hash(each, again.vocabulary) for each in again}
    assert replace(again).fingerprints == {}

    file = kept(cache)
    _, hashes, text = file.read_bytes().split(b"\n", 2)
    fewer = hashes.rpartition(b" ")[0] + b"\n" + text
    file.write_bytes(seal(file.name, fewer).encode() + b"\n" + fewer)
    assert recall(find_files([pack]).hash()) is None


def test_the_hash_is_the_same_in_both_languages(pack: Path) -> None:
    """What is judged by does not depend on the language it is told in."""
    hashes = set()
    for language in Language:
        with speaking(language):
            hashes.add(hashed(read([pack]).catalog).hash)

    assert len(hashes) == 1


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b'["a",["tuple",5]]',
        b'[["eval","1"]]',
        b'["print(1)",["exec",0]]',
        b'[["os.system",0]]',
        b'["x",["Level",0]]',
        b"[" * 100_000,
        pickle.dumps(1),
    ],
)
def test_a_text_that_is_no_catalog(text: bytes) -> None:
    """It names no kind of its own, and nothing comes of it."""
    with pytest.raises(TextError):
        catalog_of(text)


def test_a_flipped_bit_is_found(pack: Path, cache: Path) -> None:
    """A bound that is another than was kept judges nobody, and the file is written anew."""
    file = kept(cache)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"45.0", b"65.0"))

    assert bound(pack) == 45.0
    assert file.read_bytes() == whole


def test_what_was_written_to_meanwhile_is_not_kept(
    pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalog is kept for what its files said while they were read, before and after."""
    kept(cache).unlink()
    feature = pack / "rules.feature"
    first = feature.read_bytes()

    def slow(*of: Any, **how: Any) -> PackReading:  # noqa: ANN401 - as it is read
        feature.write_bytes(first.replace(b"45", b"55"))
        return read(*of, **how)

    monkeypatch.setattr(read_module, "read", slow)
    during = bound(pack)
    feature.write_bytes(first)
    monkeypatch.undo()
    monkeypatch.setenv("DABIAO_CACHE", str(cache))

    assert during == 55.0
    assert bound(pack) == 45.0


def test_the_hash_is_of_what_judges(pack: Path, cache: Path) -> None:
    """Even whoever owns the folder can't have other rules pass under the hash of these."""
    honest = read_pack([pack])
    kept(cache).write_bytes(loosened(kept(cache)))

    forged = read_pack([pack])

    assert forged.rules["plan/primary-class-size"].norm_record.threshold == 99.0
    assert forged.hash == hashed(forged).hash != honest.hash


def test_nothing_kept_is_run(pack: Path, cache: Path, tmp_path: Path) -> None:
    """A file that would run a command in another format is only text here."""

    class Command:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
            return os.mkdir, (str(tmp_path / "ran"),)

    kept(cache).write_bytes(pickle.dumps(Command()))

    assert bound(pack) == 45.0
    assert not (tmp_path / "ran").exists()


@POSIX
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_read(mode: int, pack: Path, cache: Path) -> None:
    """It is written anew, for its owner alone."""
    file = kept(cache)
    file.write_bytes(loosened(file))
    file.chmod(mode)

    assert bound(pack) == 45.0
    assert file.stat().st_mode & 0o077 == 0


@POSIX
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_a_folder_that_others_may_write_keeps_nothing(mode: int, pack: Path, cache: Path) -> None:
    """Neither is what stands there used, nor is anything written."""
    file = kept(cache)
    file.write_bytes(loosened(file))
    before = file.read_bytes()
    cache.chmod(mode)

    assert bound(pack) == 45.0
    assert file.read_bytes() == before


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_links_are_not_followed(what: str, pack: Path, cache: Path, tmp_path: Path) -> None:
    """What a link leads to is somebody else's."""
    file = kept(cache)
    file.write_bytes(loosened(file))
    linked = file if what == "file" else cache
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")

    assert bound(pack) == 45.0


@POSIX
def test_what_is_somebody_elses_is_not_read(
    pack: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that belongs to another user is none of ours, whatever its mode."""
    file = kept(cache)
    file.write_bytes(loosened(file))
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)

    assert bound(pack) == 45.0


@POSIX
def test_a_pipe_in_its_place_does_not_stop_anybody(pack: Path, cache: Path) -> None:
    """Nobody waits for what nobody writes."""
    file = kept(cache)
    file.unlink()
    os.mkfifo(file)

    assert bound(pack) == 45.0


def test_a_folder_in_its_place(pack: Path, cache: Path) -> None:
    """It stays, the features are read, and nothing is left lying about."""
    file = kept(cache)
    file.unlink()
    file.mkdir()

    assert bound(pack) == 45.0
    assert list(cache.iterdir()) == [file]


@POSIX
def test_where_there_is_no_room_nothing_is_left(pack: Path, cache: Path) -> None:
    """Half a text would lie there for good, and take the room of whatever else is to be kept."""
    import resource

    kept(cache).unlink()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        assert bound(pack) == 45.0
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("off", ["off", "OFF", "0", ""])
def test_it_can_be_turned_off(
    off: str, pack: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """However it is written; nothing of that name is made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DABIAO_CACHE", off)
    before = sorted(tmp_path.iterdir())

    assert bound(pack) == 45.0
    assert sorted(tmp_path.iterdir()) == before


def test_another_catalog_under_this_name(pack: Path, cache: Path) -> None:
    """A text of wrong shape under a right hash of its own is no catalog."""
    file = kept(cache)
    text = b"\n" + json.dumps(["x", ["Truth", 0]]).encode()
    file.write_bytes(seal(file.name, text).encode() + b"\n" + text)

    assert bound(pack) == 45.0


def test_the_catalog_of_another_pack_under_this_name(pack: Path, cache: Path) -> None:
    """It is whole, and its owner's, but was not kept for these files: nobody is judged by it."""
    file = kept(cache)
    whole = file.read_bytes()
    feature = pack / "rules.feature"
    before = feature.read_bytes()
    feature.write_bytes(before.replace(b"45", b"55"))
    assert bound(pack) == 55.0
    (other,) = {*cache.iterdir()} - {file}
    feature.write_bytes(before)
    file.write_bytes(other.read_bytes())

    assert bound(pack) == 45.0
    assert file.read_bytes() == whole


def test_another_pack_has_another_hash(pack: Path) -> None:
    """One bound is enough."""
    one = read([pack]).catalog
    rules = dict(one.rules)
    rules["plan/rotation"] = replace(rules["plan/rotation"], decimals=1)

    assert hashed(replace(one, rules=rules)).hash != one.hash


def test_those_not_used_for_longest_go_first(tmp_path: Path, cache: Path) -> None:
    """A catalog that is asked for stays, however long ago it was kept."""
    packs = [write_pack(tmp_path / f"pack{at}", rules=RULES, english=ENGLISH) for at in range(10)]
    read_pack([packs[0]])
    first = kept(cache)
    os.utime(first, (1, 1))
    for at, each in enumerate(packs[1:], start=2):
        read_pack([packs[0]])
        read_pack([each])
        for other in cache.iterdir():
            if other.stat().st_mtime > at and other != first:
                os.utime(other, (at, at))

    assert len(list(cache.iterdir())) == 8
    assert first.exists()


@pytest.mark.parametrize("clone", [False, True])
def test_a_wheel_and_a_clone_bring_their_catalog_along(
    clone: bool,  # noqa: FBT001
    pack: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is used without any cache, for these very files, and only as it was made.

    In a clone, it is used only by the program as it was then.
    """
    folder = tmp_path / "rules" / "packs"
    for each in (folder, tmp_path / "intake", tmp_path / "schemas"):
        each.mkdir(parents=True)
    monkeypatch.setenv("DABIAO_CACHE", "off")
    monkeypatch.setattr(cache_module, "__file__", str(folder / "cache.py"))
    files, catalog = find_files([pack]).hash(), read([pack], proofs=False).catalog
    assert recall(files) is None

    bring_along(folder, files, catalog, clone=clone)
    brought = recall(files)
    (file,) = folder.glob("*.catalog")
    file.write_bytes(file.read_bytes().replace(b"45.0", b"65.0"))
    damaged = recall(files)
    bring_along(folder, files, catalog, clone=clone)
    (folder.parent / "changed.py").touch()
    changed = recall(files)
    (pack / "places.csv").write_text("代码,名称,层级,上级代码\n", "utf-8")

    assert brought == hashed(catalog)
    assert damaged is None
    assert changed == (None if clone else brought)
    assert recall(find_files([pack]).hash()) is None


def test_a_catalog_is_written_once(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text that is kept is the one that the hash is taken of."""
    texts: list[bytes] = []

    def counted(catalog: Catalog) -> bytes:
        texts.append(catalog_text(catalog))
        return texts[-1]

    monkeypatch.setattr(catalog_text_module, "catalog_text", counted)
    (pack / "more.feature").write_text("# language: zh-CN\n功能: 另一份\n", "utf-8")

    assert read_pack([pack]).hash
    assert len(texts) == 1
