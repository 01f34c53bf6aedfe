"""A run in Parquet is the run in JSON: read back to the same bytes, or refused in one message."""

import base64
import io
import json
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import dabiao
from dabiao.engine.columns import slots
from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.engine.judgement import Judgement
from dabiao.reports.circumstances import Circumstances, told_by
from dabiao.reports.counted import recorded
from dabiao.reports.format_names import Format
from dabiao.reports.run import csv
from dabiao.reports.run.parquet import stored, writing
from dabiao.reports.run.parquet.arrow import BRIEF
from dabiao.reports.run.parquet.writing import HEAD, write_parquet
from dabiao.reports.run.reading import RunFileError, StoredRun, read_run
from dabiao.reports.wording import phrases
from dabiao.reports.writing.formats import write_run
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run, RunOptions
from dabiao.schemas.subject import Subject
from tests.engine.builders import (
    at_least,
    pack,
    rule,
    school,
    submit,
)
from tests.engine.strategies import Case, cases, profile

EXAMPLES = Path(__file__).parents[2] / "examples"


def written(judgement: Judgement) -> tuple[Run, dict[Format, bytes]]:
    """Give the head of a run, and the run as both kinds of file."""
    run = headed(judgement.run(()), judgement, RunOptions())
    return run, {
        form: rendered(run, form, Circumstances(source=judgement.excerpt()))
        for form in (Format.JSON, Format.PARQUET)
    }


def rendered(run: Run, form: Format, known: Circumstances) -> bytes:
    """Write a run in some format."""
    into = io.BytesIO()
    file = io.TextIOWrapper(into, encoding="utf-8", newline="\n")
    write_run(run, form, file, circumstances=known)
    file.flush()
    return into.getvalue()


def read(folder: Path, form: Format, content: bytes) -> Run:
    """Read a run from a file."""
    path = folder / f"run.{form.value}"
    path.write_bytes(content)
    return read_run(path)


@profile(share=0.06)
@given(case=cases(doubtful=True, mortal=True), many=st.sampled_from([1, slots.MANY]))
def test_random_runs_read_back_alike(
    tmp_path_factory: pytest.TempPathFactory, case: Case, many: int
) -> None:
    """Whatever was judged: the same run, field by field and bit by bit, and the same JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "MANY", many)
        read_back_alike(tmp_path_factory.mktemp("runs"), case)


def read_back_alike(folder: Path, case: Case) -> None:
    """Write a run as both kinds of file, and compare what is read."""
    judgement = judge(
        case.catalog, case.submission.facts(), as_of=case.as_of, every_year=case.every_year
    )
    _, files = written(judgement)
    one, other = (read(folder, form, content) for form, content in files.items())

    assert other == one
    assert other.fingerprint == one.fingerprint
    assert rendered(other, Format.JSON, told_by(other)) == files[Format.JSON]
    again = rendered(one, Format.PARQUET, told_by(one))
    assert read(folder, Format.PARQUET, again) == one
    assert public(again) == public(files[Format.PARQUET])


def public(content: bytes) -> list[dict[str, object]]:
    """Give the columns that other programs read."""
    table = parquet.read_table(io.BytesIO(content)).drop_columns(["form", "row", "numbers"])
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def test_every_report_is_the_same(tmp_path: Path) -> None:
    """A run judged in Chinese is the same page, ledger, letter and table in English, of either."""
    rules = dabiao.load_rules()
    facts = dabiao.load_facts(rules, EXAMPLES / "ordos-2025")
    result = dabiao.check(rules, facts, only=["ordos-145/primary-*"])
    paths = [result.report(tmp_path / f"run.{suffix}") for suffix in ("json", "parquet")]
    one, other = map(read_run, paths)

    assert other == one
    with speaking(Language.EN):
        for form in Format:
            assert rendered(other, form, told_by(other)) == rendered(one, form, told_by(one)), form


def example() -> bytes:
    """Write a run of a few schools."""
    schools = [school(f"s{at}", a=at, b=1) for at in range(9)]
    return written(judge(pack(rule(at_least(5))), submit(*schools).facts()))[1][Format.PARQUET]


def refused(folder: Path, content: bytes) -> str:
    """Say why a file is refused, by whoever reads it."""
    path = folder / "run.parquet"
    path.write_bytes(content)
    with pytest.raises(RunFileError) as caught:
        read_run(path)
    return str(caught.value)


def test_what_was_cut_off_or_changed_is_refused(tmp_path: Path) -> None:
    """Wherever a file ends early, and whatever byte of a finding is another."""
    content = example()
    for end in range(4, len(content), 997):
        assert "重新" in refused(tmp_path, content[:end])
    whole, footer = (
        read(tmp_path, Format.PARQUET, content),
        int.from_bytes(content[-8:-4], "little"),
    )
    for at in range(5, len(content) - footer - 8, 97):
        changed = content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]
        try:
            found = read(tmp_path, Format.PARQUET, changed)
        except RunFileError as error:
            told = str(error)
        else:
            assert found == whole  # in columns that are for others to count by
            told = "重新"
        assert "重新" in told


def saved(table: pa.Table) -> bytes:
    """Write a table as others do."""
    into = io.BytesIO()
    parquet.write_table(table, into)
    return into.getvalue()


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    """A table of somebody's, one of findings by an older version, and a run without a column."""
    table = parquet.read_table(io.BytesIO(example()))
    told = table.schema.metadata

    assert "不是检查结果" in refused(tmp_path, saved(pa.table({"a": [1]})))
    older = table.replace_schema_metadata({BRIEF: told[BRIEF.encode()]})
    assert "旧版" in refused(tmp_path, saved(older))
    assert "重新" in refused(tmp_path, saved(table.drop_columns(["form"])))
    other = {**told, HEAD.encode(): told[HEAD.encode()][:-8]}
    assert "重新" in refused(tmp_path, saved(table.replace_schema_metadata(other)))


def test_findings_that_do_not_fit_their_head_are_refused(tmp_path: Path) -> None:
    """A subject nobody knows, a form that is no record, a number that is not there."""
    table = parquet.read_table(io.BytesIO(example()))
    for name, values in (
        ("code", pa.array(["nobody"] * len(table))),
        ("form", pa.array(['"reason":{}'] * len(table))),
        ("form", pa.array(['"gap":\x06'] * len(table))),
        ("row", pa.nulls(len(table), pa.int32())),
        ("outcome", pa.nulls(len(table), pa.string())),
        ("figures", pa.array(["2025"] * len(table))),
        ("year", pa.array(["2025"] * len(table))),
        ("rule", pa.array([7] * len(table))),
        ("rule", pa.array([7] * len(table)).dictionary_encode()),
        ("low", pa.array(["x"] * len(table))),
    ):
        at = table.schema.get_field_index(name)
        column = values.dictionary_encode() if name in {"code", "form", "outcome"} else values
        assert "重新" in refused(tmp_path, saved(table.set_column(at, name, column)))
    twice = table.append_column("rule", table.column("rule"))
    assert "重新" in refused(tmp_path, saved(twice))
    path = tmp_path / "run.parquet"
    for name, column in (
        ("outcome", pa.array(["perfect"] * len(table)).dictionary_encode()),
        ("year", pa.array([1999] * len(table), pa.int16())),
    ):
        changed = table.set_column(table.schema.get_field_index(name), name, column)
        assert "重新" in refused_report(path, saved(changed))


def test_a_file_in_which_anything_went_wrong_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the library thinks of a file: of integers of 128 bits, or of fewer than none."""
    for error in (pa.ArrowNotImplementedError("Integers"), OverflowError("negative")):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(parquet, "ParquetFile", fail)
        assert "重新" in refused(tmp_path, b"PAR1")


def test_a_head_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes that become gigabytes are no head of ours."""
    monkeypatch.setattr(stored, "_SMALL_HEAD", 1_000)
    table = parquet.read_table(io.BytesIO(example()))
    swollen = base64.b64encode(zlib.compress(b" " * 1_000_000))
    told = {**table.schema.metadata, HEAD.encode(): swollen}
    assert "重新" in refused(tmp_path, saved(table.replace_schema_metadata(told)))


def test_findings_that_are_gone_are_noticed(tmp_path: Path) -> None:
    """A file that another program wrote with rows left out is refused, as a shortened .json is."""
    whole = parquet.read_table(io.BytesIO(example()))

    assert read(tmp_path, Format.PARQUET, saved(whole)).findings
    for shorter in (whole.slice(1), whole.slice(0, len(whole) - 1)):
        assert "重新" in refused_report(tmp_path / "run.parquet", saved(shorter))
    found = read(tmp_path, Format.PARQUET, saved(whole))
    run = json.loads(rendered(found, Format.JSON, told_by(found)))
    run["findings"].pop()
    assert "重新" in refused_report(tmp_path / "run.json", json.dumps(run).encode())


def test_a_damaged_footer_loses_no_findings(tmp_path: Path) -> None:
    """Whatever is wrong with what tells where columns stand: all is read, or the file refused."""
    content, path = example(), tmp_path / "run.parquet"
    whole = read(tmp_path, Format.PARQUET, content).findings
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    table = content.index(b"dabiao", footer)  # what is told by key, behind the columns
    seen = set()
    for at in range(footer, table, 3):
        turned = bytearray(content)
        turned[at] ^= 1 << 4  # where the footer keeps how many there are of something
        path.write_bytes(turned)
        try:
            seen.add(len(read_run(path).findings))
        except RunFileError:
            seen.add(-1)
    assert seen == {-1, len(whole)}


def refused_report(path: Path, content: bytes) -> str:
    """Say why a file is not reported."""
    path.write_bytes(content)
    with pytest.raises(RunFileError) as caught:
        read_run(path)
    return str(caught.value)


def test_only_what_was_asked_for_is_in_it() -> None:
    """Some outcomes are written, and the counts of the head are of all."""
    judgement = judge(
        pack(rule(at_least(5))), submit(*(school(f"s{at}", a=at) for at in range(9))).facts()
    )
    run, into = headed(judgement.run(()), judgement, RunOptions()), io.BytesIO()
    write_parquet(run, judgement.excerpt(), [Outcome.VIOLATION], into)

    table = parquet.read_table(into)
    assert set(table.column("outcome").to_pylist()) == {"violation"}
    assert len(table) == run.summary[Outcome.VIOLATION]
    assert pc.all(pc.less(table.column("observed"), 5)).as_py()


def test_findings_are_built_as_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a run of any size no more is held than what is written next, and only what is wanted."""
    for module in (recorded, stored):
        monkeypatch.setattr(module, "TOGETHER", 2)
    path = tmp_path / "run.parquet"
    path.write_bytes(example())
    found, taken = StoredRun(path), list[Outcome]()

    def findings(outcomes: Collection[Outcome] | None) -> Iterator[Finding]:
        for each in found.findings(outcomes):
            taken.append(each.outcome)
            yield each

    source = recorded.RecordedFindings(found.head, findings)
    assert len(next(source.by_rule())) == len(taken) == 2
    first = next(source.forms())
    assert (len(first.columns), len(first.forms)) == (2, 1)  # both say the same but for numbers
    assert len(taken) == 4
    taken.clear()
    assert sum(map(len, source.by_rule([Outcome.VIOLATION]))) == len(taken)
    assert set(taken) == {Outcome.VIOLATION}
    assert found.judged == {"plan/r": 9}


def test_the_more_subjects_the_more_rows_stand_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In each row group stand all codes, so that few rows of many subjects would be mostly that."""
    schools = [school(f"s{at}", a=at) for at in range(9)]
    judgement = judge(
        pack(*(rule(at_least(5), f"r{at}") for at in range(6))), submit(*schools).facts()
    )
    for rows, most, groups in ((100, 100, 1), (9, 100, 1), (9, 27, 2), (9, 9, 6)):
        monkeypatch.setattr(writing, "ROWS", rows)
        monkeypatch.setattr(writing, "MOST_ROWS", most)
        _, files = written(judgement)
        content = files[Format.PARQUET]
        assert parquet.read_metadata(io.BytesIO(content)).num_row_groups == groups
        assert len(read(tmp_path, Format.PARQUET, content).findings) == 54


def test_a_former_code_is_told(tmp_path: Path) -> None:
    """What was submitted under another code is no form that others share."""
    facts = submit(*(school(f"s{at}", a=at) for at in range(9))).facts()
    facts.levels[Level.SCHOOL].submitted_as[2] = "old"
    _, files = written(judge(pack(rule(at_least(5))), facts))

    assert files[Format.JSON].count(b'"submitted_as":"old"') == 1
    assert read(tmp_path, Format.PARQUET, files[Format.PARQUET]) == read(
        tmp_path, Format.JSON, files[Format.JSON]
    )


def test_what_rules_have_in_common_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a table a school is told once, and a cell once for all that say the same of a rule."""
    told: list[object] = []
    cells_of, cell = csv._cells_of, phrases.cell

    def counted(subject: Subject) -> str:
        told.append(subject)
        return cells_of(subject)

    def counted_cell(source: Source, folder: str = "") -> str:
        told.append(source)
        return cell(source, folder)

    monkeypatch.setattr(csv, "_cells_of", counted)
    monkeypatch.setattr(phrases, "cell", counted_cell)
    schools = [school(f"s{at}", a=at, b=1) for at in range(9)]
    rules = [rule(at_least(bound), f"r{bound}") for bound in range(3, 7)]
    excerpt = judge(pack(*rules), submit(*schools).facts()).excerpt()
    csv.write_csv(excerpt.forms(), io.StringIO())

    assert len([each for each in told if isinstance(each, Subject)]) == 9
    assert len([each for each in told if isinstance(each, Source)]) == 2 * len(rules)
