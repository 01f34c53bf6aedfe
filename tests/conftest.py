"""What holds for all tests: which are of the daily loop, where catalogs go, how cases are drawn.

``pytest -m quick`` runs all but the slow files, named here and nowhere else; a new file is
quick until it is named as slow.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,  # a machine that is busy is no reason to fail
    derandomize=os.environ.get("HYPOTHESIS_PROFILE") != "random",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

TESTS = Path(__file__).parent
SLOW = frozenset(
    {
        "cases/test_cases.py",
        "cases/test_commands.py",
        "cases/test_damaged.py",
        "cases/test_hard.py",
        "cases/test_ledger.py",
        "cases/test_machine.py",
        "cases/test_waivers.py",
        "commands/test_caveats.py",
        "commands/test_check.py",
        "commands/test_completeness.py",
        "commands/test_every_command.py",
        "commands/test_explained.py",
        "commands/test_formats.py",
        "commands/test_interruption.py",
        "commands/test_office.py",
        "commands/test_packs.py",
        "commands/test_policy.py",
        "commands/test_program.py",
        "commands/test_quality.py",
        "commands/test_reporting.py",
        "commands/test_round_trip.py",
        "commands/test_same_bytes.py",
        "commands/test_serve.py",
        "commands/test_streaming.py",
        "commands/test_streams.py",
        "commands/test_template.py",
        "commands/test_verify.py",
        "commands/test_watch.py",
        "conformance/test_conformance.py",
        "conformance/test_vtl.py",
        "engine/test_columns.py",
        "engine/test_containment.py",
        "engine/test_deletion.py",
        "engine/test_differential.py",
        "engine/test_durable.py",
        "engine/test_remedies.py",
        "examples/test_examples.py",
        "examples/test_national.py",
        "features/test_features.py",
        "features/test_readings.py",
        "fuzz/test_fuzz.py",
        "fuzz/test_guided.py",
        "intake/test_bombs.py",
        "intake/test_csv.py",
        "intake/test_hostile.py",
        "intake/test_malformed.py",
        "intake/test_properties.py",
        "intake/test_proposals.py",
        "intake/test_reported_troubles.py",
        "intake/test_rows_aside.py",
        "intake/test_shown.py",
        "intake/test_usual_rows.py",
        "intake/test_xlsx.py",
        "library/test_library.py",
        "library/test_notebook.py",
        "library/test_spark.py",
        "library/test_streaming.py",
        "library/test_watching.py",
        "parity/test_both_languages.py",
        "parity/test_closed_sets.py",
        "parity/test_house.py",
        "parity/test_numbers_in_words.py",
        "parity/test_own_meanings.py",
        "parity/test_supply.py",
        "problems/test_pages.py",
        "reports/test_annotations.py",
        "reports/test_at_once.py",
        "reports/test_few_numbers.py",
        "reports/test_forms.py",
        "reports/test_ledger.py",
        "reports/test_letter.py",
        "reports/test_library.py",
        "reports/test_listing_some.py",
        "reports/test_page.py",
        "reports/test_page_script.py",
        "reports/test_publishing.py",
        "reports/test_rates.py",
        "reports/test_run_page.py",
        "reports/test_run_parquet.py",
        "reports/test_said_alike.py",
        "rules/test_applicability.py",
        "rules/test_coverage.py",
        "rules/test_document_files.py",
        "rules/test_editor.py",
        "rules/test_folders.py",
        "rules/test_formula_properties.py",
        "rules/test_guide.py",
        "rules/test_mutants.py",
        "rules/test_mutate.py",
        "rules/test_one_cause.py",
        "rules/test_pack_bounds.py",
        "rules/test_pack_cache.py",
        "rules/test_plan_sentences.py",
        "slow/test_many.py",
    }
)
"""Files whose tests take seconds: processes, random cases, whole packs, whole examples."""


def is_slow(path: Path) -> bool:
    """Tell whether a file is named as slow."""
    return path.is_relative_to(TESTS) and path.relative_to(TESTS).as_posix() in SLOW


def pytest_configure(config: pytest.Config) -> None:
    """Keep catalogs apart from the user's own, who may be at work; look for garbage seldom."""
    os.environ.setdefault("DABIAO_CACHE", str(config.rootpath / ".pytest_cache" / "catalogs"))
    gc.set_threshold(200_000, 20, 20)  # as the program has it


@pytest.fixture(scope="session", autouse=True)
def few_stand_for_many() -> Iterator[None]:
    """Let few findings be read off columns as many are: random cases have no more subjects."""
    from dabiao.engine.columns import rule_findings

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rule_findings, "_FEW", 0)
        yield


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave slow files alone where nothing of them is asked for: to import them takes long, too."""
    return True if config.option.markexpr == "quick" and is_slow(collection_path) else None


def pytest_collection_finish() -> None:
    """Look for garbage in what is new alone: thousands of tests live to the end."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick."""
    for item in items:
        if not is_slow(item.path):
            item.add_marker(pytest.mark.quick)
