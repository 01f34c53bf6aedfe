"""A library of rules as a page to browse: document, topic, rule, norm, proof, place."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.format_names import Format
from dabiao.reports.lists.rules import baseline_words, superseded_words
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import RuleRecord


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One rule and its proofs.

    Attributes:
        record: The rule.
        topic: Name of the feature it stands in.
        proofs: Examples by scenario, each a line of text.
    """

    record: RuleRecord
    topic: str
    proofs: Mapping[str, Sequence[str]]

    @property
    def anchor(self) -> str:
        """Name its place on the page."""
        return self.record.id.replace("/", "--")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Tell what there is to know beyond its norm, heading by heading."""
        record = self.record
        told = [
            (say("出处", "Place"), wording.listed(record.places)),
            (say("考核对象", "Subjects"), record.level.label),
            (say("适用地区", "Area"), record.area),
            (say("仅限", "Only where"), record.condition),
            (say("时限", "Timing"), record.timing.words),
            (say("基期", "Baseline"), baseline_words(record)),
            (say("牵头单位", "Lead units"), wording.listed(record.units.lead)),
            (say("责任单位", "Responsible units"), wording.listed(record.units.responsible)),
            (say("性质", "Kind"), say("力争", "an aspiration") if record.aspiration else None),
            (say("不一致", "At odds with"), wording.listed(record.contradicts)),
            (say("以此为准", "Governed by"), record.governed_by),
            (say("已被取代", "Superseded"), superseded_words(record)),
            (say("说明", "Remarks"), record.description),
        ]
        return [(name, value) for name, value in told if value]


@dataclass(frozen=True, slots=True)
class Topic:
    """The rules of one feature."""

    name: str
    entries: Sequence[LibraryEntry]


@dataclass(frozen=True, slots=True)
class Volume:
    """A document and its rules, by topic."""

    document: Document
    topics: Sequence[Topic]

    @property
    def size(self) -> int:
        """Count its rules."""
        return sum(len(topic.entries) for topic in self.topics)


def volumes(documents: Mapping[str, Document], entries: Iterable[LibraryEntry]) -> list[Volume]:
    """Arrange rules by document, feature and line."""

    def place(entry: LibraryEntry) -> tuple[str, str, int]:
        record = entry.record
        return record.document, str(PurePosixPath(record.file)), record.line

    ordered = sorted(entries, key=place)
    return [
        Volume(
            documents[document],
            [
                Topic(topic, list(inside))
                for topic, inside in groupby(members, key=lambda entry: entry.topic)
            ],
        )
        for document, members in groupby(ordered, key=lambda entry: entry.record.document)
    ]


def write_library(of: Sequence[Volume], form: Format, file: TextIO) -> None:
    """Write a library as HTML or Markdown."""
    if form is Format.HTML:
        from dabiao.reports.templates.templating import environment

        page = environment().get_template("library.html.jinja")
        file.writelines(page.generate(volumes=of, columns=_columns()))
    else:
        file.writelines(f"{line}\n" for line in _markdown(of))


def _columns() -> list[str]:
    """Name the columns of the table: title, norm, document, then headings of what is told."""
    return [
        say("承诺", "Commitment"),
        say("要求", "Norm"),
        say("文件", "Document"),
        say("考核对象", "Subjects"),
        say("时限", "Timing"),
        say("牵头单位", "Lead units"),
    ]


def _markdown(of: Sequence[Volume]) -> Iterable[str]:
    yield "# " + say("规则库", "Library of rules")
    for volume in of:
        number = f"（{volume.document.number}）" if volume.document.number else ""
        yield f"\n## {wording.document_title(volume.document.title)}{number}"
        for topic in volume.topics:
            yield f"\n### {topic.name}"
            for entry in topic.entries:
                record = entry.record
                yield f"\n#### {record.title}\n"
                yield f"`{record.id}`　**{record.norm.text}**\n"
                for name, value in entry.facts:
                    yield f"- {name}：{' '.join(value.split())}"
                for name, examples in entry.proofs.items():
                    yield f"- {say('例', 'Proof')}：{name}"
                    for example in examples:
                        yield f"  - {example}"
