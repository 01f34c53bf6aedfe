"""``dabiao rules``: seeing, writing and proving rules."""

import os
import sys
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dabiao.commands.exit_codes import Exit, acceptable
from dabiao.commands.help import both, example
from dabiao.commands.loading import (
    look_up,
    or_exit,
    proving,
    read_catalog,
    read_chosen,
    read_rules,
)
from dabiao.commands.options import (
    FILE,
    Builtin,
    EngineName,
    Force,
    Globs,
    ListFormat,
    RuleId,
    Strict,
    argument,
    option,
)
from dabiao.commands.options.groups import (
    CommandGroup,
    Destination,
    LibraryDestination,
    RulePacks,
    Tags,
    Tokens,
)
from dabiao.reports.format_names import LIBRARY, Format
from dabiao.reports.lists.listings import write_out
from dabiao.reports.outputs import outputs, tell, write_each, write_stream
from dabiao.reports.terminal.progress import ProgressDisplay, silence
from dabiao.schemas.language import number_of, say

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog, Rule

_CONDITION = option("仅限的条件", "a condition", "--only-where", metavar="TEXT")
rules_app = CommandGroup()


@rules_app.command(
    "list", help=both("列出规则", "List rules"), epilog=example('rules list "ordos-145/*" --tokens')
)
def list_rules(
    *,
    rules: Globs = None,
    tags: Tags = None,
    tokens: Tokens = None,
    packs: RulePacks,
    to: Destination,
) -> int:
    """List rules, one a line; as JSON with all that is known of each."""
    from dabiao.reports.lists.rules import print_rules, rule_listing
    from dabiao.rules.catalog.selection import Wanted, select

    wanted = replace(Wanted.named(rules, tags), tokens=tokens)
    catalog = read_catalog(packs.beside(wanted.folders))
    selected = look_up(select, catalog, wanted)
    told = [catalog.rules[each].record() for each in selected]
    to.write(rule_listing(told), prose=partial(print_rules, told))
    return Exit.CHECKED


@rules_app.command(
    "show",
    help=both(
        "查看一条规则：要求什么、考核谁、何时", "Show one rule: what it demands, of whom, when"
    ),
    epilog=example("rules show ordos-145/primary-class-size"),
)
def show(rule: RuleId, *, packs: RulePacks, form: ListFormat = None) -> int:
    """Show all that is known of a rule."""
    from dabiao.reports.lists.rules import rule_sheet
    from dabiao.rules.analysis.data_needs import needed_items
    from dabiao.rules.catalog.selection import find_rule

    catalog = read_catalog(packs)
    found = look_up(find_rule, catalog, rule)
    place = catalog.places.get(found.area or found.document.jurisdiction or "")
    norm, known = _norm_told(found, catalog), catalog.vocabulary
    items = {
        level: [known.items[slug] for slug in sorted(slugs)]
        for level, slugs in needed_items([found], known).items()
    }
    area = place.name if place else None
    write_out(rule_sheet(found.record(), found.document, norm, area, items), form)
    return Exit.CHECKED


def _norm_told(rule: "Rule", catalog: "Catalog") -> str:
    """Give what a rule demands, as it was written or in English."""
    from dabiao.rules.catalog.norm_sentence import rule_sentence

    return say(rule.norm_text, rule_sentence(rule, catalog.vocabulary))


@rules_app.command(
    "lint",
    help=both("检查规则写得对不对", "Check how rules are written"),
    epilog=example("rules lint my-rules"),
)
def lint(
    folders: Annotated[list[Path] | None, argument("DIR", "规则包", "rule packs")] = None,
    builtin: Builtin = True,
    strict: Strict = False,
    form: ListFormat = None,
) -> int:
    """List everything that is wrong with rule packs."""
    from dabiao.reports.lists.problems import print_problems, problem_listing

    reading = read_rules(RulePacks(folders, builtin), sound=False)
    told = reading.problems
    write_out(problem_listing(told), form, prose=partial(print_problems, told))
    count = len(reading.drafts)
    tell(say(f"检查了 {count:,} 条规则", f"checked {number_of(count, 'rule')}"))
    return Exit.CHECKED if acceptable(told, strict=strict) else Exit.RULES


@rules_app.command(
    "test",
    help=both("用例子证明规则", "Prove rules by their examples"),
    epilog=example("rules test my-rules"),
)
def prove(
    *,
    rules: Globs = None,
    tags: Tags = None,
    packs: RulePacks,
    engine: EngineName = "columnar",
    form: ListFormat = None,
) -> int:
    """Run the scenarios of rules; those of shared indicators too, unless rules are selected."""
    from dabiao.reports.lists.rules import print_proofs, proof_listing
    from dabiao.reports.wording import why
    from dabiao.rules.catalog.selection import Wanted
    from dabiao.rules.proofs import prove as proof

    wanted = Wanted.named(rules, tags)
    reading, selected = read_chosen(packs, wanted)
    with ProgressDisplay(sys.stderr) as progress:
        results = proof.prove(
            [each for each in reading.proofs if wanted.wants_file(each.scenario.name.spot.file)],
            reading.catalog,
            proving(engine),
            rules=selected,
            progress=progress,
            wording=why,
        )
    rows = [asdict(each) for each in results]
    write_out(proof_listing(rows), form, prose=partial(print_proofs, rows))
    return Exit.CHECKED if results and all(each.passed for each in results) else Exit.RULES


@rules_app.command(
    "mutate",
    help=both("把规则改动一点，看例子能否发现", "Try the proofs on changed rules"),
    epilog=example("rules mutate my-rules"),
)
def mutate(
    *,
    rules: Globs = None,
    tags: Tags = None,
    packs: RulePacks,
    form: ListFormat = None,
) -> int:
    """Change each rule by the smallest steps and list the changes that no example catches."""
    from dabiao.reports.lists.policy import mutant_listing, print_mutants
    from dabiao.rules.catalog.selection import Wanted
    from dabiao.rules.proofs import mutate as mutation

    wanted = Wanted.named(rules, tags)
    reading, selected = read_chosen(packs, wanted)
    with ProgressDisplay(sys.stderr) as progress:
        tried = mutation.mutate(
            reading,
            proving(),
            rules=set(reading.drafts if selected is None else selected),
            progress=progress,
            workers=os.cpu_count() or 1,
        )
        found = list(tried)
    rows = [asdict(each) for each in found]
    write_out(mutant_listing(rows), form, prose=partial(print_mutants, rows))
    unsettled = any(each.fate.open for each in found)
    return Exit.RULES if unsettled or not found else Exit.CHECKED


@rules_app.command(
    "conflicts",
    help=both("列出说的是同一件事的规则", "List rules about the same thing"),
    epilog=example("rules conflicts"),
)
def conflicts(
    *,
    packs: RulePacks,
    to: Destination,
) -> int:
    """List rules on one measure that meet: duplicate, stricter, contradictory, superseded."""
    from dabiao.reports.lists.policy import conflict_listing, print_conflicts
    from dabiao.rules.analysis.conflicts import find_conflicts

    catalog = read_catalog(packs)
    rows = [
        each.row()
        | {
            "first_norm": _norm_told(each.first, catalog),
            "second_norm": _norm_told(each.second, catalog),
        }
        for each in find_conflicts(catalog)
    ]
    listing, prose = conflict_listing(rows), partial(print_conflicts, rows)
    to.write(listing, prose=prose)
    return Exit.CHECKED


@rules_app.command(
    "coverage",
    help=both("规划里带数字的话，哪些已成规则", "See which clauses have become rules"),
    epilog=example("rules coverage --text plan.txt --document ordos-145"),
)
def cover(
    text: Annotated[
        Path, option("规划全文（纯文本）", "the policy text, plain", "--text", metavar="FILE")
    ],
    document: Annotated[str, option("文件的标识", "id of the document", metavar="ID")],
    *,
    packs: RulePacks,
    to: Destination,
) -> int:
    """List every clause that carries a quantity: covered, past, not checkable, or open."""
    from dabiao.reports.lists.policy import clause_listing, print_clauses
    from dabiao.reports.lists.problems import print_problems
    from dabiao.rules import coverage

    catalog = read_catalog(packs, bare=True)
    folders = packs.folders()
    with or_exit(Exit.RULES):
        ledger = coverage.read_ledger(coverage.ledger_path(folders, document))
        found = coverage.coverage(coverage.read_policy_text(text), document, catalog, ledger)
    rows = [*coverage.rows(found), *coverage.idle_rows(found, catalog)]
    sound = acceptable(found.problems, strict=False)
    if found.problems:
        write_stream(sys.stderr, partial(print_problems, found.problems))
    prose = partial(print_clauses, rows, coverage.summary(found))
    to.write(clause_listing(coverage.headings(), rows), prose=prose)
    return Exit.RULES if found.open or not sound else Exit.CHECKED


@rules_app.command(
    "docs",
    help=both("把规则库写成一页", "Write the rules as a page to browse"),
    epilog=example("rules docs -o rules.html"),
)
def docs(
    *,
    rules: Globs = None,
    packs: RulePacks,
    to: LibraryDestination,
) -> int:
    """Write document, topic, rule, norm, proof and place of every rule."""
    from dabiao.reports.lists.library import LibraryEntry, volumes, write_library
    from dabiao.rules.catalog.selection import Wanted, select
    from dabiao.rules.proofs.rule_sheet import describe

    form = to.form or (None if to.files else LIBRARY[-1])
    chosen = outputs(to.files, form, LIBRARY, force=to.force)
    wanted = Wanted.named(rules, None)
    reading = read_rules(packs.beside(wanted.folders), whole=True)
    selected = look_up(select, reading.catalog, wanted)
    entries = [LibraryEntry(*each) for each in describe(reading, set(selected))]
    told = volumes(reading.catalog.documents, entries)
    write_each(chosen, lambda output: partial(write_library, told, output.form))
    return Exit.CHECKED


@rules_app.command(
    "steps",
    help=both("列出全部句式和函数", "List the sentences and functions of rules"),
    epilog=example("rules steps"),
)
def steps(form: ListFormat = None) -> int:
    """List every sentence and function of the rule language with an example and its meaning."""
    from dabiao.reports.lists.rules import print_sentences, sentence_listing
    from dabiao.rules.formulas.examples import function_rows
    from dabiao.rules.sentences import SENTENCES

    keys = ("name", "pattern", "example", "meaning")
    rows = [
        {key: getattr(each, key) for key in keys} | {"step": each.kind.step} for each in SENTENCES
    ]
    rows += function_rows()
    write_out(sentence_listing(rows), form, prose=partial(print_sentences, rows))
    return Exit.CHECKED


@rules_app.command(
    "new",
    help=both("起草一条规则，附界线上的例子", "Begin a rule, with examples"),
    epilog=example(
        'rules new ordos-145/mandarin --place "第三章"'
        ' --sentence "到2025年，普通话普及率达到85%以上"'
    ),
)
def new(
    rule: RuleId,
    place: Annotated[str, option("在文件中的位置", "where it stands", metavar="TEXT")],
    *,
    sentence: Annotated[
        str, option("规划里的原话，其余各项从中推出", "the plan's own words", metavar="TEXT")
    ] = "",
    title: Annotated[str, option("规则的名称", "its title", metavar="TEXT")] = "",
    level: Annotated[str, option("考核哪一层级", "level of its subjects", metavar="LEVEL")] = "",
    timing: Annotated[str, option("时限，如 到2025年底", "a timing sentence", metavar="TEXT")] = "",
    norm: Annotated[
        str, option("要求，如 班级人数 应不高于 45人", "the norm", metavar="TEXT")
    ] = "",
    condition: Annotated[str | None, _CONDITION] = None,
    baseline: Annotated[
        str, option("基期，如 基期2020年为68%", "a baseline sentence", metavar="TEXT")
    ] = "",
    packs: RulePacks,
    files: Annotated[list[Path] | None, FILE] = None,
    force: Force = False,
) -> int:
    """Write the feature of a new rule, with examples on both sides of its boundary."""
    from dabiao.rules.packs.spoken import spoken_by
    from dabiao.rules.writing.scaffold import Outline, outlined, scaffold

    chosen = outputs(files, Format.TABLE, (Format.TABLE,), force=force)
    document, _, slug = rule.partition("/")
    outline = Outline(
        document, slug, title, place, level, timing, norm, condition, baseline=baseline
    )
    folders = packs.folders()
    catalog = spoken_by(document, folders, read_catalog(packs, bare=True))
    outline = look_up(outlined, outline, sentence or title, catalog)
    feature = look_up(scaffold, outline, catalog)
    write_each(chosen, lambda _: lambda file: file.write(feature))
    return Exit.CHECKED


@rules_app.command(
    "serve",
    help=both("为编辑器服务（LSP）", "Serve an editor (LSP)"),
    epilog=example("rules serve"),
)
def serve(*, packs: RulePacks) -> int:
    """Speak the Language Server Protocol on the standard streams, until the editor ends it."""
    try:
        from dabiao.rules.editor.server import RuleServer
    except ImportError:
        tell(
            say(
                '为编辑器服务要另装：python -m pip install "dabiao[editor]"',
                'serving an editor needs an extra: python -m pip install "dabiao[editor]"',
            )
        )
        return Exit.USAGE
    if sys.stdin is None:
        tell(
            say(
                "标准输入已关闭：编辑器经它说话",
                "standard input is closed, on which an editor would speak",
            )
        )
        return Exit.USAGE
    silence()
    RuleServer(proving(), packs.packs or (), builtin=packs.builtin).start_io()
    return Exit.CHECKED
