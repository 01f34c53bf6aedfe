"""``dabiao rules serve``, asked by a real client over the standard streams of a process."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from dabiao.commands.exit_codes import Exit
from tests.commands.conftest import Call
from tests.rules.packs import RULES, write_pack

LONGEST = 30
"""Seconds that an answer is waited for, on a slow machine."""


class Editor:
    """A client that has one file open."""

    def __init__(self, file: Path) -> None:
        """Be ready to open a file."""
        self.client = LanguageClient("an editor", "1")
        self.uri = file.as_uri()
        self.version = 0
        self.told: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()
        self.logged: list[str] = []
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(partial(self.told.put_nowait))
        self.client.feature(lsp.WINDOW_LOG_MESSAGE)(lambda log: self.logged.append(log.message))

    @property
    def document(self) -> lsp.TextDocumentIdentifier:
        """The file, as requests name it."""
        return lsp.TextDocumentIdentifier(self.uri)

    async def open(self, text: str) -> list[lsp.Diagnostic]:
        """Open the file, and give what is wrong with it."""
        document = lsp.TextDocumentItem(self.uri, "cucumber", self.version, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))
        return await self.problems()

    async def type(self, text: str) -> list[lsp.Diagnostic]:
        """Let the file say something else, and give what is wrong with it."""
        self.version += 1
        name = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(name, [change]))
        return await self.problems()

    async def problems(self) -> list[lsp.Diagnostic]:
        """Wait for what is told of the file."""
        while True:
            told = await asyncio.wait_for(self.told.get(), LONGEST)
            if told.uri == self.uri:
                return list(told.diagnostics)


def serve(folder: Path, do: Callable[[Editor], Awaitable[None]]) -> None:
    """Let a client open a folder, do something, and leave."""

    async def run() -> None:
        editor = Editor(folder / "rules.feature")
        client = editor.client
        command = [sys.executable, "-m", "dabiao", "rules", "serve", "--no-builtin"]
        await client.start_io(*command, env={**os.environ, "PYTHONUTF8": "1"})
        opened = lsp.WorkspaceFolder(folder.as_uri(), "规则")
        asked = lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=[opened])
        try:
            await asyncio.wait_for(client.initialize_async(asked), LONGEST)
            client.initialized(lsp.InitializedParams())
            await do(editor)
            await asyncio.wait_for(client.shutdown_async(None), LONGEST)
        finally:
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]
        assert editor.logged == []

    asyncio.run(run())


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a small pack."""
    return write_pack(tmp_path / "规则 一", rules=RULES).resolve()


def test_problems_as_one_types(pack: Path) -> None:
    """A mistake is told with its place and code, and is gone as soon as it is mended."""

    async def do(editor: Editor) -> None:
        assert await editor.open(RULES) == []
        (problem,) = await editor.type(RULES.replace("班级人数 应不高于", "班级人 应不高于"))
        assert problem.code == "unknown-name"
        assert "班级人数" in problem.message
        line = RULES.splitlines()[problem.range.start.line]
        assert line[problem.range.start.character :].startswith("班级人数 应")
        for half in ("", "# language: zh-CN\n功", RULES[:300], "\x00|"):
            await editor.type(half)
        assert await editor.type(RULES) == []

    serve(pack, do)


def test_everything_an_editor_asks(pack: Path) -> None:
    """Offers, definitions, places, and verdicts that change with what is typed."""
    lines = RULES.splitlines()
    row = next(at for at, line in enumerate(lines) if "班级人数 应不高于" in line)
    place = lsp.Position(row, lines[row].index("班级人数") + 1)

    async def do(editor: Editor) -> None:
        client, document = editor.client, editor.document
        await editor.open(RULES)
        hover = await client.text_document_hover_async(lsp.HoverParams(document, place))
        assert hover is not None
        assert isinstance(hover.contents, lsp.MarkupContent)
        assert "`class_size`" in hover.contents.value
        where = lsp.DefinitionParams(document, place)
        spot = await client.text_document_definition_async(where)
        assert isinstance(spot, lsp.Location)
        assert spot.uri.endswith("words.feature")
        asked = lsp.CompletionParams(document, lsp.Position(row, len(lines[row]) - 1))
        offered = await client.text_document_completion_async(asked)
        assert isinstance(offered, lsp.CompletionList)
        assert "人" in [each.label for each in offered.items]
        lens = await client.text_document_code_lens_async(lsp.CodeLensParams(document))
        assert lens is not None
        assert all(each.command and each.command.title.startswith("✓") for each in lens)
        (wrong, *_) = await editor.type(RULES.replace("应不高于 45人", "应不高于 44人"))
        assert "不符" in wrong.message
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(len(lines), 0))
        hints = await client.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole))
        assert hints is not None
        assert {each.label for each in hints} == {"✓", "✗ 不符"}

    serve(pack, do)


def test_typing_faster_than_it_is_read(pack: Path) -> None:
    """Keys pressed while a pack is read are not lost: what is told last is of what stands there."""

    async def do(editor: Editor) -> None:
        await editor.open(RULES)
        for length in range(100, len(RULES), 150):
            editor.version += 1
            name = lsp.VersionedTextDocumentIdentifier(editor.version, editor.uri)
            change = lsp.TextDocumentContentChangeWholeDocument(RULES[:length])
            editor.client.text_document_did_change(lsp.DidChangeTextDocumentParams(name, [change]))
        told = await editor.type(RULES)
        while told:
            told = await editor.problems()

    serve(pack, do)


def test_a_name_beyond_the_basic_plane(pack: Path) -> None:
    """Columns are counted as the editor counts them, whatever stands before."""
    typed = RULES.replace("功能: ", "功能: 𠀀𠀀").replace('出处"第三章', '出处"𠀀𠀀第三章', 1)
    bad = typed.replace('考核对象是"班级"', '考核对象是"班"', 1)

    async def do(editor: Editor) -> None:
        await editor.open(typed)
        (problem, *_) = await editor.type(bad)
        line = bad.splitlines()[problem.range.start.line]
        units = line.encode("utf-16-le")
        assert units[2 * problem.range.start.character :].decode("utf-16-le").startswith("班")

    serve(pack, do)


def test_without_the_extra(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed it is told how to."""
    monkeypatch.setitem(sys.modules, "dabiao.rules.editor.server", None)

    result = call("rules", "serve")

    assert result.exit_code == Exit.USAGE
    assert "dabiao[editor]" in result.stderr
