"""A submission: facts that were read, and their columns, kept from check to check."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock

import polars as pl

from dabiao.engine.data.frames import Frames
from dabiao.library.arguments import expect, file_paths, frame
from dabiao.library.rule_set import RuleSet
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import number_of
from dabiao.schemas.problem import Problem
from dabiao.schemas.subject import Place


class Submission:
    """Facts that were read.

    Attributes:
        facts: The facts.
        base: The folder in which its files lie.
        encoding: Encoding of delimited files, where it was said.
        lock: Whoever looks at the columns holds it, so that they are filled by one at a time.
    """

    def __init__(self, facts: Facts, base: str | None = None, encoding: str | None = None) -> None:
        self.facts = facts
        self.base = base
        self.encoding = encoding
        self.lock = RLock()
        self._frames: dict[frozenset[str], tuple[Mapping[str, Place], Frames]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong or doubtful, in order of file, sheet and row."""
        return tuple(self.facts.problems)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that any row speaks of."""
        return tuple(self.facts.years())

    def frames(self, rules: RuleSet) -> Frames:
        """Give the columns, the same for all rules that speak of the same places."""
        catalog = rules.catalog
        with self.lock:
            places, frames = self._frames.get(rules.places, (None, None))
            if frames is None or places != catalog.places:
                frames = Frames(self.facts, catalog)
                self._frames[rules.places] = catalog.places, frames
            return frames

    def __repr__(self) -> str:
        """Say what there is, and that something is wrong with it."""
        rows, wrong = sum(file.rows for file in self.facts.files), len(self.problems)
        told = [number_of(len(self.facts.files), "file"), number_of(rows, "row")]
        told += [number_of(wrong, "problem")] if wrong else []
        return f"<Submission: {', '.join(told)}>"


def load_facts(
    rules: RuleSet,
    paths: Path | str | Sequence[Path | str],
    *,
    mapping: Path | str | None = None,
    encoding: str | None = None,
) -> Submission:
    """Read a submission.

    Args:
        rules: Whose items the submission reports.
        paths: Files and folders.
        mapping: A mapping file, for tables made for another purpose.
        encoding: Encoding of delimited files, where it should not be guessed.

    Raises:
        InputError: There is nothing to read; ``problems`` lists why. What is wrong with a part of
            it stands in ``Submission.problems``.
        TypeError: An argument is of another kind.
    """
    from dabiao.intake import read_facts
    from dabiao.intake.files import base_folder, named_within
    from dabiao.intake.layout.mapping_file import read_mapping

    expect(rules, RuleSet, "rules", " load_rules 的结果", "what load_rules gives")
    measures, given = rules.catalog.vocabulary.measures, file_paths(paths, "paths")
    how = None if mapping is None else read_mapping(Path(mapping))
    facts = read_facts(given, measures, rules.catalog.places, mapping=how, encoding=encoding)
    return Submission(named_within(facts, given), base_folder(given), encoding)


def load_frames(
    rules: RuleSet, frames: Mapping[str, object], *, mapping: Path | str | None = None
) -> Submission:
    """Take rows that are in memory as a submission, as if each table lay in a file of its name.

    Args:
        rules: Whose items the submission reports.
        frames: What each table is called, as a sheet would be (``学校`` or ``school``), and its
            rows: a table of Polars, pandas or Arrow, or lists by the names of columns.
        mapping: A mapping file, for tables made for another purpose.

    Raises:
        InputError: The mapping file is wrong. What is wrong with the rows stands in
            ``Submission.problems``.
        TypeError: An argument is of another kind.
    """
    from dabiao.intake.layout.mapping_file import read_mapping
    from dabiao.intake.read import read_frames

    expect(rules, RuleSet, "rules", " load_rules 的结果", "what load_rules gives")
    expect(frames, Mapping, "frames", "按名称写的表，如 {'学校': 表}", "tables by name")
    given = {name: frame(each, f"frames[{name!r}]") for name, each in frames.items()}
    how = None if mapping is None else read_mapping(Path(mapping))
    catalog = rules.catalog
    facts = read_frames(given, catalog.vocabulary.measures, catalog.places, mapping=how)
    facts.files = [replace(each, sha256=_hash(given[each.file])) for each in facts.files]
    return Submission(facts)


def _hash(rows: pl.DataFrame) -> str:
    return hashlib.sha256(rows.write_ndjson().encode()).hexdigest()
