"""The files of a rule pack: features, documents and places."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dabiao.rules.nearest import nearest
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.places import read_places
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.subject import Place


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack.

    Attributes:
        path: Where it is.
        name: What messages call it: the folder as the user named it, and the path inside.
        folder: Which of the folders it lies in, counted from 0.
    """

    path: Path
    name: str
    folder: int = 0


@dataclass(frozen=True, slots=True)
class PackFiles:
    """All files of the folders that make up a pack, in order of name."""

    features: tuple[PackFile, ...]
    documents: tuple[PackFile, ...]
    places: tuple[PackFile, ...]

    def __iter__(self) -> Iterator[PackFile]:
        """Go through every file."""
        yield from (*self.features, *self.documents, *self.places)

    def hash(self) -> str:
        """Hash names and contents; the same pack has the same hash on every machine."""
        digest = hashlib.sha256()
        for file in self:
            content = file.path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{file.name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
            digest.update(content)
        return digest.hexdigest()


def built_in() -> Path:
    """Give the folder of the rule packs that come with the program."""
    return Path(str(resources.files("dabiao").joinpath("features")))


def find_files(folders: Sequence[Path]) -> PackFiles:
    """List the files of folders that hold rule packs.

    Raises:
        InputError: A folder does not exist, or none holds a feature.
    """
    found: dict[str, list[PackFile]] = {".feature": [], "document.yaml": [], "places.csv": []}
    problems: list[Problem] = []
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            problems.append(
                Problem(
                    code="no-folder",
                    message=say(f"没有规则文件夹 {folder}", f"there is no rule folder {folder}"),
                    file=str(folder),
                    hint=say("--rules 后面写文件夹的路径", "--rules takes the path of a folder"),
                )
            )
            continue
        label = "features" if folder == built_in() else folder.as_posix()
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if any(part.startswith(".") for part in inside.parts) or not path.is_file():
                continue
            for ending, files in found.items():
                if path.name.endswith(ending):
                    files.append(PackFile(path, f"{label}/{inside.as_posix()}", number))
    if not problems and not found[".feature"]:
        problems.append(
            Problem(
                code="no-features",
                message=say("规则文件夹里没有 .feature 文件", "the folders hold no .feature files"),
                file=", ".join(str(folder) for folder in folders),
                hint=say(
                    "用 dabiao rules new 写第一条", "write the first one with dabiao rules new"
                ),
            )
        )
    if problems:
        raise InputError(problems)
    return PackFiles(
        tuple(found[".feature"]), tuple(found["document.yaml"]), tuple(found["places.csv"])
    )


def read_documents(files: Iterable[PackFile], problems: list[Problem]) -> dict[str, Document]:
    """Read every ``document.yaml``; what is wrong is added to the problems."""
    documents: dict[str, Document] = {}
    for file in files:
        document = _document(file, problems)
        if document is None:
            continue
        if document.id in documents:
            problems.append(
                Problem(
                    code="duplicate-document",
                    message=say(
                        f"文件 {document.id} 已经有一份 document.yaml",
                        f"the document {document.id} is described twice",
                    ),
                    file=file.name,
                    line=1,
                    hint=say("改 id 或删去一份", "change the id or delete one"),
                )
            )
        documents[document.id] = document
    for document in documents.values():
        for other in (*document.under, *document.supersedes):
            if other not in documents:
                name = next(each.name for each in files if _id_of(each) == document.id)
                problems.append(
                    Problem(
                        code="unknown-document",
                        message=say(
                            f"{document.id} 提到的文件 {other} 不存在",
                            f"{document.id} mentions {other}, which does not exist",
                        ),
                        file=name,
                        line=1,
                        hint=say(
                            "给它也写一份 document.yaml", "describe it with a document.yaml too"
                        ),
                    )
                )
    return documents


def _id_of(file: PackFile) -> str | None:
    import yaml

    content = yaml.safe_load(file.path.read_text("utf-8-sig"))
    return content.get("id") if isinstance(content, dict) else None


def _document(file: PackFile, problems: list[Problem]) -> Document | None:
    import yaml  # not needed where the pack was kept

    def refuse(line: int, message: str, hint: str | None) -> None:
        problems.append(
            Problem(
                code="bad-document", message=message, file=file.name, line=line, column=1, hint=hint
            )
        )

    try:
        text = file.path.read_text("utf-8-sig")
        content: Any = yaml.safe_load(text)
    except UnicodeDecodeError:
        refuse(
            1,
            say("文件不是 UTF-8 编码", "the file is not in UTF-8"),
            say("另存为 UTF-8", "save it as UTF-8"),
        )
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        refuse(
            mark.line + 1 if mark else 1,
            say("不是合法的 YAML", "not valid YAML"),
            say("每行写 键: 值，冒号后有空格", "write 'key: value' on each line"),
        )
        return None
    if not isinstance(content, dict):
        refuse(1, say("应是 键: 值 的列表", "expected keys and values"), "id, title, period")
        return None
    if isinstance(content.get("jurisdiction"), int):
        content["jurisdiction"] = str(content["jurisdiction"])
    try:
        return Document.model_validate_json(_json(content))
    except ValidationError as error:
        known = {"from" if name == "from_" else name for name in Document.model_fields}
        for fault in error.errors():
            key = ".".join(str(part) for part in fault["loc"])
            close = nearest(key, known) if fault["type"] == "extra_forbidden" else []
            refuse(
                _line_of(text, str(fault["loc"][0]) if fault["loc"] else ""),
                f"{key}: {fault['msg']}",
                say(f"是不是：{close[0]}", f"did you mean {close[0]}?") if close else None,
            )
        return None


def _json(content: object) -> str:
    import json

    return json.dumps(content, default=str, ensure_ascii=False)


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
    return 1


def read_all_places(files: Iterable[PackFile], problems: list[Problem]) -> dict[str, Place]:
    """Read every ``places.csv``; a later folder may add places and rename known ones."""
    places: dict[str, Place] = {}
    for file in files:
        try:
            places.update(read_places(file.path))
        except InputError as error:
            problems.extend(replace(problem, file=file.name) for problem in error.problems)
    return places
