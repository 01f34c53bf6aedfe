"""The Language Server Protocol: what an editor asks, and what it is told."""

import asyncio
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from dabiao import __version__
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.editor.completion import Offer, OfferKind, offers
from dabiao.rules.editor.definition import defined_at
from dabiao.rules.editor.hover import told_of
from dabiao.rules.editor.lenses import beside, lenses
from dabiao.rules.editor.open_pack import OpenPack, PackView, folder_of, folders_of
from dabiao.rules.editor.things import NamedThing, thing_at
from dabiao.rules.language.scenario import Judge
from dabiao.rules.proofs.prove import ProofResult
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity

_PAUSE = 0.15
"""Seconds without a key pressed after which a pack is read again."""
_Changed = (
    lsp.DidOpenTextDocumentParams
    | lsp.DidChangeTextDocumentParams
    | lsp.DidSaveTextDocumentParams
    | lsp.DidCloseTextDocumentParams
)
_CHANGES = (
    lsp.TEXT_DOCUMENT_DID_OPEN,
    lsp.TEXT_DOCUMENT_DID_CHANGE,
    lsp.TEXT_DOCUMENT_DID_SAVE,
    lsp.TEXT_DOCUMENT_DID_CLOSE,
)
_TRIGGERS = '"“ |@(（、'
_TO_THE_END = re.compile(r"[^\s|\"“”，、；]*[^\s|]?")
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_KINDS = {
    OfferKind.SENTENCE: lsp.CompletionItemKind.Snippet,
    OfferKind.MEASURE: lsp.CompletionItemKind.Field,
    OfferKind.FUNCTION: lsp.CompletionItemKind.Function,
    OfferKind.WORD: lsp.CompletionItemKind.Value,
}


class _Desk:
    """A pack that is open: how it stands, and the look that is being taken at it."""

    def __init__(self, pack: OpenPack) -> None:
        self.pack = pack
        self.view: PackView | None = None
        self.look: asyncio.Task[None] | None = None
        self.stale = False
        self.told: set[str] = set()


class RuleServer(LanguageServer):
    """Serves an editor that has files of rule packs open."""

    def __init__(self, judge: Judge, packs: Sequence[Path] = (), *, builtin: bool) -> None:
        """Be ready to serve; nothing is read before a file is opened.

        Args:
            judge: Runs scenarios.
            packs: Packs that are read beside the one that is open.
            builtin: Whether the built-in ones are read too.
        """
        super().__init__("dabiao", __version__, lsp.TextDocumentSyncKind.Incremental)
        self.judge, self.packs, self.builtin = judge, packs, builtin
        self.desks: dict[Path, _Desk] = {}
        self.turn = asyncio.Lock()
        # a method cannot be marked as a feature, what wraps it can
        for name in _CHANGES:
            self.feature(name)(partial(self.changed))
        trigger = lsp.CompletionOptions(trigger_characters=list(_TRIGGERS))
        self.feature(lsp.TEXT_DOCUMENT_COMPLETION, trigger)(partial(self.complete))
        self.feature(lsp.TEXT_DOCUMENT_HOVER)(partial(self.hover))
        self.feature(lsp.TEXT_DOCUMENT_DEFINITION)(partial(self.definition))
        self.feature(lsp.TEXT_DOCUMENT_CODE_LENS)(partial(self.lenses))
        self.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)(partial(self.hints))

    def desk(self, uri: str) -> _Desk:
        """Give the pack that a file is of."""
        path = _path(uri)
        roots = [_path(each) for each in self.workspace.folders]
        if self.workspace.root_path:
            roots.append(Path(self.workspace.root_path).resolve())
        folder = folder_of(path, roots)
        if folder not in self.desks:
            folders = folders_of(folder, self.packs, builtin=self.builtin)
            self.desks[folder] = _Desk(OpenPack(folders, self.judge))
        return self.desks[folder]

    def _begin(self, uri: str) -> None:
        """Begin to read the pack of a file again, or let who reads it now do so once more."""
        desk = self.desk(uri)
        desk.stale = True
        if desk.look is None or desk.look.done():
            desk.look = asyncio.ensure_future(self._look(desk))

    async def view(self, uri: str) -> PackView | None:
        """Give how the pack of a file stands; wait for the first look at it, but for no other."""
        desk = self.desk(uri)
        if desk.look is None:
            self._begin(uri)
        while desk.view is None and desk.look is not None and not desk.look.done():
            await asyncio.wait([desk.look])
        return desk.view

    async def _look(self, desk: _Desk) -> None:
        """Read a pack until it stands as it was read; one reading is never cut short by another."""
        while desk.stale:
            await asyncio.sleep(_PAUSE if desk.view is not None else 0)
            desk.stale = False
            unsaved = {
                _path(uri): document.source.encode("utf-8", "replace")
                for uri, document in self.workspace.text_documents.items()
            }
            try:
                async with self.turn:
                    desk.view = await asyncio.to_thread(desk.pack.look, unsaved)
            except Exception as error:  # noqa: BLE001 - an editor goes on, whatever was typed
                told = f"{type(error).__name__}: {error}"
                self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, told))
                continue
            if not desk.stale:
                self._publish(desk)

    def _publish(self, desk: _Desk) -> None:
        view = desk.view
        if view is None:
            return
        by_file: dict[str, list[lsp.Diagnostic]] = {name: [] for name in desk.told}
        by_file |= {name: [] for name, file in view.files.items() if file.unsaved is not None}
        for problem in view.problems:
            if problem.file is not None and problem.file in view.files:
                by_file.setdefault(problem.file, []).append(self._diagnostic(problem, view))
        for name, results in view.verdicts.items():
            lines = view.lines(name)
            by_file[name] += [self._differs(each, lines) for each in results if not each.passed]
        for name, found in by_file.items():
            if name in view.files:
                told = lsp.PublishDiagnosticsParams(_uri(view.files[name].path), found)
                self.text_document_publish_diagnostics(told)
        desk.told = {name for name, found in by_file.items() if found}
        shown = self.client_capabilities.workspace
        if shown is not None and shown.code_lens is not None and shown.code_lens.refresh_support:
            self.workspace_code_lens_refresh(None)
        if shown is not None and shown.inlay_hint is not None and shown.inlay_hint.refresh_support:
            self.workspace_inlay_hint_refresh(None)

    def _diagnostic(self, problem: Problem, view: PackView) -> lsp.Diagnostic:
        lines = view.lines(problem.file or "")
        told = [problem.message]
        if problem.expected:
            told.append(say(f"应为：{problem.expected}", f"expected: {problem.expected}"))
        if problem.hint:
            told.append(say(f"办法：{problem.hint}", f"hint: {problem.hint}"))
        return lsp.Diagnostic(
            self.span(lines, (problem.line or 1) - 1, (problem.column or 1) - 1),
            "\n".join(told),
            _SEVERITIES[problem.severity],
            problem.code,
            source="dabiao",
        )

    def _differs(self, result: ProofResult, lines: Sequence[str]) -> lsp.Diagnostic:
        """Mark an example that comes out otherwise than it says."""
        return lsp.Diagnostic(
            self.span(lines, result.line - 1, 0),
            say(f"不符：{result.message}", f"differs: {result.message}"),
            lsp.DiagnosticSeverity.Error,
            source="dabiao",
        )

    def span(self, lines: Sequence[str], row: int, start: int, end: int | None = None) -> lsp.Range:
        """Give a part of a line as the editor counts; to the end of the word if nothing is said."""
        line = lines[row] if 0 <= row < len(lines) else ""
        if end is None:
            word = _TO_THE_END.match(line, min(start, len(line)))
            end = word.end() if word is not None else len(line)
        count = self.workspace.position_codec.client_num_units
        places = [lsp.Position(max(row, 0), count(line[:at])) for at in (start, end)]
        return lsp.Range(*places)

    def column(self, line: str, position: lsp.Position) -> int:
        """Give the place in a line, counted in characters, that an editor means."""
        count = self.workspace.position_codec.client_num_units
        at = 0
        while at < len(line) and count(line[: at + 1]) <= position.character:
            at += 1
        return at

    async def thing(
        self, params: lsp.HoverParams | lsp.DefinitionParams
    ) -> tuple[NamedThing, PackView, Catalog] | None:
        """Find what the editor asks about."""
        view = await self.view(params.text_document.uri)
        if view is None or view.catalog is None:
            return None
        lines = self.lines(params.text_document.uri)
        row = params.position.line
        column = self.column(lines[row], params.position) if row < len(lines) else 0
        found = thing_at(lines, row, column, view.catalog)
        return None if found is None else (found, view, view.catalog)

    def lines(self, uri: str) -> list[str]:
        """Give the lines of a file as they stand in the editor."""
        return self.workspace.get_text_document(uri).source.splitlines()

    def changed(self, params: _Changed) -> None:
        """Read the pack of a file again, as soon as nobody is typing."""
        self._begin(params.text_document.uri)

    async def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList:
        """Offer what may be typed next."""
        uri, row = params.text_document.uri, params.position.line
        view = await self.view(uri)
        lines = [*self.lines(uri), ""]
        catalog = view.catalog_in(_path(uri)) if view is not None else None
        if catalog is None or row >= len(lines):
            return lsp.CompletionList(is_incomplete=True, items=[])
        column = self.column(lines[row], params.position)
        found = offers(lines, row, column, catalog)
        items = [self._item(each, at, lines, row, column) for at, each in enumerate(found)]
        return lsp.CompletionList(is_incomplete=True, items=items)

    def _item(
        self, offer: Offer, at: int, lines: Sequence[str], row: int, column: int
    ) -> lsp.CompletionItem:
        leads = "$" in offer.insert
        formats = lsp.InsertTextFormat
        return lsp.CompletionItem(
            label=offer.label,
            kind=_KINDS[offer.kind],
            detail=offer.detail or None,
            sort_text=f"{at:04}",
            # what is typed already stands before it: editors compare with that
            filter_text=lines[row][offer.start : column] + offer.label,
            insert_text_format=formats.Snippet if leads else formats.PlainText,
            text_edit=lsp.TextEdit(self.span(lines, row, offer.start, column), offer.insert),
        )

    async def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """Tell of what stands at a place: its definition, and where it is used."""
        found = await self.thing(params)
        if found is None:
            return None
        thing, _, catalog = found
        told = lsp.MarkupContent(lsp.MarkupKind.Markdown, told_of(thing, catalog))
        lines = self.lines(params.text_document.uri)
        return lsp.Hover(told, self.span(lines, params.position.line, thing.start, thing.end))

    async def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """Lead to where something is defined."""
        found = await self.thing(params)
        spot = defined_at(*found[:2]) if found is not None else None
        if spot is None:
            return None
        place = lsp.Position(spot.line - 1, 0)
        return lsp.Location(_uri(spot.path), lsp.Range(place, place))

    async def lenses(self, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        """Put above each scenario what came of its examples."""
        results, lines = await self._results(params.text_document.uri)
        return [
            lsp.CodeLens(self.span(lines, each.line - 1, 0), lsp.Command(each.text, ""))
            for each in lenses(results, lines)
        ]

    async def hints(self, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        """Put behind each example whether it holds."""
        results, lines = await self._results(params.text_document.uri)
        inside = range(params.range.start.line + 1, params.range.end.line + 2)
        return [
            lsp.InlayHint(
                self.span(lines, each.line - 1, 0, len(lines[each.line - 1])).end,
                each.text,
                padding_left=True,
            )
            for each in beside(results)
            if each.line in inside and each.line <= len(lines)
        ]

    async def _results(self, uri: str) -> tuple[Sequence[ProofResult], list[str]]:
        """Give what came of a file's scenarios when it was last read, and how it stood then."""
        view = await self.view(uri)
        if view is None:
            return (), []
        name = view.named.get(_path(uri), "")
        return view.verdicts.get(name, ()), view.lines(name)


def _path(uri: str) -> Path:
    return Path(to_fs_path(uri) or uri).resolve()


def _uri(path: Path) -> str:
    return from_fs_path(str(path.resolve())) or path.as_uri()
