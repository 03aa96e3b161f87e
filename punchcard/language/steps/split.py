"""`split`: variants by share, to find out which does better."""

from __future__ import annotations

from dataclasses import replace

from punchcard.language import nodes
from punchcard.language.experiments import AFTER, KEEP_BEST, Measured
from punchcard.language.grammar import Argument, Built, Call, Context, Kind, Named, Verb
from punchcard.language.kinds import SHARE
from punchcard.language.labels import KEBAB, kebab
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Node
from punchcard.language.scope import Scope, joined
from punchcard.language.unfit import Unfit
from punchcard.plan.experiments import marked
from punchcard.plan.model import Share, Split, Step, Variant
from punchcard.plan.sequential import least_customers

ALL: Share = 10_000


def _shares(node: Node, context: Context) -> dict[str, Share] | None:
    """Read variants with their shares; None after reporting, where they cannot be used."""
    expected = "names with shares that make 100%, such as {plain: 50%, warm: 50%}"
    if isinstance(node, Broken):
        return None
    if not isinstance(node, nodes.Mapping):
        context.findings.add("PC1201", node.span, "a split names its variants", expected=expected)
        return None
    shares: dict[str, Share] = {}
    failed = False
    for entry in node:
        name, share = kebab(entry.key.value), SHARE.read(entry.value, context)
        if isinstance(name, Unfit):
            context.findings.refuse(entry.key.span, name)
        if isinstance(name, Unfit) or share is None:
            failed = True
        else:
            shares[name] = share
    if failed:
        return None
    if sum(shares.values()) != ALL:
        total = f"{sum(shares.values()) / 100:g}%"
        context.findings.add(
            "PC1323", node.span, f"these shares make {total}", expected="shares that make 100%"
        )
        return None
    if len(shares) < 2:
        context.findings.add("PC1323", node.span, "one variant for all divides nothing", expected=expected)
        return None
    return shares


SHARES: Kind[dict[str, Share]] = Kind(
    "variants with their shares",
    ("{plain: 50%, warm: 50%}",),
    _shares,
    shape=Named(KEBAB.pattern, SHARE, keys=(KEEP_BEST,)),
)
VARIANTS = Argument("variants", SHARES, "each variant's share of the customers; together 100%", required=True)


def build(call: Call) -> Built:
    """Return the step; what all variants have made is known after it."""
    shares = call.fields.get(VARIANTS)
    ways: dict[str, tuple[Step, ...]] = {}
    arrivals: list[Scope] = []
    for key, steps, after in call.branches(lambda key: call.scope):
        arrivals.append(after)
        ways[key.value] = steps
        if shares is not None and key.value not in shares:
            message = f"this split has no variant `{key.value}`"
            suggestion = nearest(key.value, shares)
            call.context.findings.add(
                "PC1322", key.span, message, expected=listed(shares), suggestion=suggestion
            )
    if "branches" not in call.beside:
        expected = "`branches:` beside `split`, with the steps of each variant"
        call.context.findings.add("PC1321", call.verb.span, "these variants do nothing", expected=expected)
    if shares is None or len(shares.keys() & ways.keys()) < len(shares):
        arrivals.append(call.scope)
    after = joined(tuple(arrivals))
    measured = call.fields.get(KEEP_BEST)
    if shares is None or (measured is None and call.fields.has(KEEP_BEST)):
        return None, after
    step = Split(
        path=call.path,
        experiment=call.text("id") or call.path,
        branches=tuple(Variant(name, share, ways.get(name, ())) for name, share in shares.items()),
        id=call.text("id"),
        note=call.text("note"),
    )
    return (step if measured is None else _experiment(call, step, measured)), after


def _experiment(call: Call, step: Split, measured: Measured) -> Split:
    """Return the split with what it measures; what can be measured only shows when all steps are known."""
    findings, keep_best = call.context.findings, measured.keep_best
    call.context.measures[step.path] = measured.fields
    least = least_customers(keep_best.sure, len(step.branches))
    if keep_best.after < least:
        span = measured.fields.span_of(AFTER)
        message = f"{keep_best.after} customers in each variant cannot tell which is best"
        expected = f"`after: {least}` at the very least; some hundreds find a difference of some points"
        findings.add("PC1329", span, message, expected=expected)
    for variant in step.branches:
        if not variant.share:
            message = f"nobody falls on `{variant.name}`, so it is never known how it does"
            findings.add("PC1329", call.fields.span_of(VARIANTS), message, expected="a share above 0%")
    if step.id is None:
        findings.add(
            "PC1330",
            call.fields.entries[KEEP_BEST.name].key.span,
            "this experiment begins anew when a step is put before it",
            expected="`id:` with a name beside `split`, such as `id: tone`",
        )
    return marked(replace(step, keep_best=keep_best))


SPLIT = Verb(
    name="split",
    says=(
        "Divides the customers among variants by shares that make 100%. A customer always falls on the same "
        "variant, as long as the step's `id` and the order of the variants stay; changing the shares affects "
        "newcomers only. A variant without a branch goes on at once. With `keep_best` it is an experiment: once one "
        "variant surely does better than the others, whoever comes after that takes it."
    ),
    arguments=(VARIANTS, KEEP_BEST),
    main="variants",
    only=True,
    beside=("branches",),
    build=build,
    example=(
        "- split: {plain: 50%, warm: 50%}\n"
        "  id: tone\n"
        "  branches:\n"
        "    plain:\n"
        "      - send: redeem-reminder\n"
        "    warm:\n"
        "      - send: thank-you"
    ),
)
