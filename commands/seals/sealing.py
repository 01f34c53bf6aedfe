"""Seals: who vouches for a run, and whether it is still what was sealed."""

import sys
import warnings
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import or_exit, read_catalog, read_run_file
from dabiao.commands.options import Force, RunFile, argument, option
from dabiao.commands.options.groups import RulePacks
from dabiao.reports.format_names import Format
from dabiao.reports.outputs import Output, OutputError, check_file, print_line, tell
from dabiao.reports.terminal.progress import quiet
from dabiao.schemas.border import border
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.reports.seals.manifest import SealError

_FACTS = argument("PATHS", "当时考核的文件或文件夹", "the files or folders that were judged")
_SEAL = argument("SEAL", "dabiao seal 写出的 .seal", "a .seal that dabiao seal wrote")
_BESIDE = ("检查结果；不写则在印信旁边", "the run, if not beside the seal")
_RUN_FILE = option(*_BESIDE, "--run", metavar="RUN")
_SECRET = option("私钥", "the secret key", "--key", metavar="FILE.key")
_PUBLIC = option("公钥", "the public key", "--public", metavar="FILE.pub")
_NAME = argument("NAME", "钥匙的名字，如 东胜区教体局", "a name for the keys, as the office's")
_PROTECT = option("用口令保护私钥", "protect the secret key by a passphrase", "--passphrase")


def seal_key(name: Annotated[Path, _NAME], protect: Annotated[bool, _PROTECT] = False) -> int:
    """Make a pair of keys: NAME.key to be kept, NAME.pub to be given away."""
    from dabiao.reports.seals.signing import check_signing, make_keys

    check_signing()
    if name.name in ("", ".."):
        told = say(f"{name} 不是钥匙的名字，如 office", f"{name} names no keys, as office does")
        raise OutputError(told)
    passphrase = _ask(twice=True) if protect else ""
    secret, public = (name.with_name(name.name + suffix) for suffix in (".key", ".pub"))
    known = make_keys(secret, public, passphrase)
    print_line(
        say(
            f"{secret} 是私钥：自己保管，谁拿到它都能以你的名义盖印\n"
            f"{public} 是公钥：公开给验印的人\n钥匙编号 {known}：另用电话或公文告知，供核对",
            f"{secret} is the secret key: keep it; whoever has it can seal in your name\n"
            f"{public} is the public key: give it to those who check seals\n"
            f"the key is known by {known}: tell it by another way too, so that they can compare",
        )
    )
    return Exit.CHECKED


def seal(
    run: RunFile,
    paths: Annotated[list[str], _FACTS],
    key: Annotated[Path, _SECRET],
    *,
    packs: RulePacks,
    force: Force = False,
) -> int:
    """Sign a run together with the rules and facts it was made from."""
    import dabiao
    from dabiao.intake.files import file_hash
    from dabiao.reports.seals.manifest import Manifest, SealError, differences
    from dabiao.reports.seals.signing import (
        check_signing,
        is_exposed,
        known_by,
        read_secret,
        signed,
    )

    check_signing()
    target = run.with_name(run.name + ".seal")
    check_file(target, force=force)
    digest = file_hash(run) if run.is_file() else ""
    made = read_run_file(run)
    try:
        secret, is_sure = read_secret(key, partial(_ask, twice=False))
    except SealError as error:
        _refuse(error)
    own_number = known_by(secret.public_key())
    _tell_of_key(key, None if is_sure else own_number, exposed=is_exposed(key))
    facts = _facts(paths)
    judged = {each.file: each.sha256 for each in made.facts}
    differing = list(differences(say("填报数据", "facts"), judged, facts))
    rules, rule_files = read_catalog(packs).hash, _files(packs)
    if file_hash(run) != digest:
        differing.append(say(f"{run} 正在读的时候被改动了", f"{run} was changed while it was read"))
    if rules != made.rules.hash:
        differing.append(say("规则不是考核时的规则", "the rules are not those it was judged by"))
    if differing:
        differing.append(say("没有盖印：考核的不是这些", "not sealed: the run is not of these"))
        print_line("\n".join(differing))
        return Exit.FOUND
    manifest = Manifest(
        version=dabiao.__version__,
        fingerprint=made.fingerprint,
        run=digest,
        rules=rules,
        rule_files=rule_files,
        facts=facts,
        key=own_number,
    )
    sealed = signed(manifest, secret)
    text = border(type(sealed)).dump_json(sealed, by_alias=True, indent=1).decode()
    Output(target, Format.JSON).write(lambda stream: stream.write(text + "\n"))
    tell(
        say(
            f"{target} 已盖印：{run}，填报数据 {len(facts)} 个文件，"
            f"规则 {len(rule_files)} 个文件，钥匙 {manifest.key}",
            f"{target} seals {run}, {len(facts)} files of facts and {len(rule_files)} of rules,"
            f" with the key {manifest.key}",
        )
    )
    return Exit.CHECKED


def _tell_of_key(key: Path, number: str | None, *, exposed: bool) -> None:
    """Tell of what may be wrong with a secret key, none of which keeps it from sealing.

    Args:
        key: Its file.
        number: What it is known by, by its content alone; None where something confirms it.
        exposed: Whether others can read or change its file.
    """
    if number is not None:
        public = key.with_suffix(".pub")
        tell(
            say(
                f"注意：{key} 里没有写钥匙编号，旁边也没有 {public.name}，私钥损坏了也看不出来："
                f"请核对 {number} 是不是当初告知的编号；把 {public.name} 放在旁边，以后就会自动"
                "核对",
                f"note: {key} does not say what it is known by, and {public.name} is not beside it,"
                f" so that nobody can tell whether it is damaged: compare {number} with what was"
                f" told when it was made; with {public.name} beside it this is done by itself",
            )
        )
    if exposed:
        tell(
            say(
                f"警告：{key} 别人也能读写，谁都能以你的名义盖印；收回权限：chmod 600",
                f"warning: others can read or change {key}, and seal in your name; chmod 600 it",
            )
        )


def seal_check(
    path: Annotated[Path, _SEAL],
    paths: Annotated[list[str], _FACTS],
    public: Annotated[Path, _PUBLIC],
    *,
    run: Annotated[Path | None, _RUN_FILE] = None,
    packs: RulePacks,
) -> int:
    """Tell whether a run, its rules and its facts are what somebody sealed; needs no network."""
    from dabiao.intake.files import file_hash
    from dabiao.reports.seals.manifest import SealError, differences, read_seal
    from dabiao.reports.seals.signing import broken, check_signing, read_public

    check_signing()
    try:
        sealed, key = read_seal(path), read_public(public)
    except SealError as error:
        _refuse(error)
    manifest = sealed.manifest
    why = broken(sealed, key)
    differing = [] if why is None else [why]
    file = path.with_suffix("") if run is None else run
    runs = {file.name: file_hash(file)} if file.is_file() else {}
    differing += differences(say("检查结果", "run"), {file.name: manifest.run}, runs)
    differing += differences(say("填报数据", "facts"), manifest.facts, _facts(paths))
    changed = list(differences(say("规则文件", "rule file"), manifest.rule_files, _files(packs)))
    differing += changed
    if not changed and read_catalog(packs).hash != manifest.rules:
        differing.append(
            say(
                f"规则文件相同，读出的规则不同：挪了地方，或因版本不同（盖印的是 dabiao"
                f" {manifest.version}）",
                f"the rule files are the same and read otherwise: they were moved, or read by"
                f" another version (sealed by dabiao {manifest.version})",
            )
        )
    if differing:
        print_line("\n".join([*differing, say("印信不成立", "the seal does not hold")]))
        return Exit.FOUND
    print_line(
        say(
            f"印信成立：钥匙 {manifest.key}；检查结果、{len(manifest.facts)} 个填报文件、"
            f"{len(manifest.rule_files)} 个规则文件都是盖印时的",
            f"the seal holds: key {manifest.key}; the run, {len(manifest.facts)} files of facts and"
            f" {len(manifest.rule_files)} of rules are what was sealed",
        )
    )
    return Exit.CHECKED


def _facts(paths: Sequence[str]) -> dict[str, str]:
    """Hash the files of a submission, by their names in it."""
    from dabiao.intake.files import hashes

    with or_exit(Exit.FACTS):
        return hashes(paths)


def _files(packs: RulePacks) -> dict[str, str]:
    """Hash the files of rule packs, by their names; also of packs that cannot be read any more."""
    from dabiao.rules.files.pack_files import hashes

    with or_exit(Exit.RULES):
        return hashes(packs.folders())


def _ask(*, twice: bool) -> str:
    try:
        if sys.stdin is not None:
            with quiet(), warnings.catch_warnings():  # what is piped in was never to be hidden
                warnings.simplefilter("ignore")
                again = say("再输入一次", "once more") if twice else False
                word: str = typer.prompt(
                    say("口令", "passphrase"), hide_input=True, confirmation_prompt=again, err=True
                )
            return word
    except (typer.Abort, OSError):
        pass
    tell(say("没有读到口令：请在终端里输入", "no passphrase was read: type it at a terminal"))
    raise typer.Exit(Exit.USAGE)


def _refuse(error: "SealError") -> NoReturn:
    tell(str(error))
    raise typer.Exit(Exit.FACTS)
