"""A file of campaign tests: text → cases, or every mistake at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from punchcard.language import nodes
from punchcard.language.arguments import read_fields
from punchcard.language.diagnostics import Diagnostic, Findings
from punchcard.language.drafts import Messages
from punchcard.language.grammar import Argument, Context, Fields
from punchcard.language.kinds import NAME, items, scalar, unread
from punchcard.language.nearest import listed, nearest
from punchcard.language.nodes import Broken, Entry, Node, Scalar, Span
from punchcard.language.occasion import nothing_known
from punchcard.language.programme import Programme
from punchcard.language.source import read, source_of
from punchcard.language.trials.deeds import DEEDS
from punchcard.language.trials.model import Act, Case, Check, Deed, Expected, Ordered, Person, Sign, TestFile
from punchcard.language.trials.people import ANYBODY, CUSTOMER, customer
from punchcard.language.trials.reading import Reading, Row
from punchcard.language.trials.signs import SIGNS, TIMES
from punchcard.language.trials.values import ANY_TEXT, AT, CAMPAIGNS
from punchcard.language.trials.variants import KEPT, kept_of
from punchcard.plan.model import Moment, OnDate, Plan
from punchcard.plan.triggers import ScheduleTrigger, SweptTrigger, Trigger

SUFFIX = ".test.yaml"
BEGINS = OnDate("2026-03-02", 10 * 60)

TESTS = Argument("tests", NAME, "the campaign that is tested, which lies beside the file", required=True)
WITH = Argument(
    "with",
    CAMPAIGNS,
    "campaigns of the same folder that run beside it",
    default="none",
)
FROM = Argument(
    "begins", AT, "when each case begins, local to the customer", default="2026-03-02 10:00, a monday"
)
WHO = Argument(
    "customer",
    unread("a customer", ("{first_name: Ann, language: de}",)),
    "whom the cases are about; what a case says is put over what the file says of all, key by key",
    default="Ann, who agrees to advertising",
)
CASES = Argument("cases", unread("a list of cases"), "the cases", required=True)
FILE = (TESTS, WITH, FROM, WHO, CASES)

CASE = Argument("case", ANY_TEXT, "its name, as a sentence", required=True)
EARLIER = Argument(
    "earlier",
    unread("a list of orders", ("[{order: 400, at: 2025-12-01}]",)),
    "orders of the history that is imported before the campaign begins",
    default="none",
)
STORY = Argument(
    "story", unread("a list of deeds and expectations"), "what happens, and what is expected", required=True
)
IN_CASE = (CASE, FROM, WHO, KEPT, EARLIER, STORY)

UNTIL = Argument("until", AT, "up to when it holds", default="until the next deed, or to the end")
DEED_ROWS: Mapping[str, Row[Deed]] = MappingProxyType({row.name: row for row in DEEDS})
SIGN_ROWS: Mapping[str, Row[Sign]] = MappingProxyType({row.name: row for row in SIGNS})
EXPECT = "expect"
CAMPAIGN = "campaign"
BESIDE = ("at", CAMPAIGN, "note")
# What happens to the customer, whichever campaigns there are.
OF_NO_CAMPAIGN = frozenset({"order", "refund", "event", "profile", "erase", "customer"})
# What is expected at the end of its `expect`, and at no other time.
IN_THE_END = frozenset({"customer"})
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Read:
    """The tests, if nothing forbids to run them, and all that was found."""

    tests: TestFile | None
    diagnostics: tuple[Diagnostic, ...]


def read_tests(
    text: str,
    *,
    name: str,
    plan: Plan | None,
    programme: Programme | None = None,
    beside: Callable[[str], Plan | None] = lambda name: None,
) -> Read:
    """Return the tests of a file's text, or every mistake in it.

    `plan` is the plan of the campaign beside it, None if that has mistakes itself or does not exist;
    `programme` is what it was checked by, and `beside` finds the plans of other campaigns in the folder.
    """
    findings = Findings()
    findings.names(name)
    root, damaged = read(source_of(name, text), findings)
    tests = None
    if isinstance(root, nodes.Mapping):
        tests = _file(root, PurePosixPath(name), plan, programme or Programme(), beside, findings)
    elif not isinstance(root, Broken):
        span = Span(root.span.source, 0, 1)
        findings.add(
            "PC1106", span, "this is not a file of tests", expected="`tests:` and `cases:` at the left margin"
        )
    findings.settle(damaged=damaged)
    return Read(None if findings.refused else tests, findings.sorted())


def campaign_of(name: str) -> str:
    """Return the campaign's name from the name of its file of tests."""
    return PurePosixPath(name).name.removesuffix(SUFFIX)


def _file(
    root: nodes.Mapping,
    path: PurePosixPath,
    plan: Plan | None,
    programme: Programme,
    beside: Callable[[str], Plan | None],
    findings: Findings,
) -> TestFile | None:
    context = Context(
        findings,
        plan.currency if plan else programme.currency,
        plan.timezone if plan else programme.timezone,
        nothing_known(),
        Messages(),
        programme,
    )
    head = Span(root.span.source, root.span.start, root.span.start + 1)
    fields = read_fields("a file of tests", root, FILE, context, head=head)
    campaign = fields.get(TESTS)
    if campaign is not None and campaign != campaign_of(path.name):
        findings.add(
            "PC2001",
            fields.span_of(TESTS),
            f"these are tests of `{campaign}`, and the file is called `{path.name}`",
            expected=f"`{campaign}{SUFFIX}`, or `tests: {campaign_of(path.name)}`",
            suggestion=campaign_of(path.name),
        )
    if plan is None:
        findings.add(
            "PC2002",
            fields.span_of(TESTS),
            f"`{campaign_of(path.name)}` has mistakes of its own, or does not lie beside this file",
            expected="a campaign that `punchcard check` calls fine",
        )
        return None
    common = _person(fields, context, ANYBODY, plan)
    others = tuple(_others(fields, plan, beside, context))
    cases = _Cases(context, plan, common, fields.get(FROM) or BEGINS, others)
    found = fields.get(CASES)
    return TestFile(plan.campaign, cases.read(found if found is not None else Broken(root.span)), others)


def _others(
    fields: Fields, plan: Plan, beside: Callable[[str], Plan | None], context: Context
) -> Iterator[Plan]:
    """The plans of the campaigns that run beside; says which of them cannot."""
    for name in fields.get(WITH) or ():
        found = None if name == plan.campaign else beside(name)
        if found is not None:
            yield found
            continue
        context.findings.add(
            "PC2002",
            fields.span_of(WITH),
            f"`{name}` is the campaign that is tested"
            if name == plan.campaign
            else f"`{name}` has mistakes of its own, or does not lie beside this file",
            expected="other campaigns, which `punchcard check` calls fine",
        )


def _person(fields: Fields, context: Context, common: Person, plan: Plan) -> Person:
    node = fields.get(WHO)
    if node is None:
        return common
    own = read_fields("the customer", node, CUSTOMER, context, head=node.span)
    return customer(own, common, plan, context)


def _goes_on(trigger: Trigger) -> bool:
    """Whether a campaign goes on looking for customers: all that time starts do, but for what has one date."""
    one_date = isinstance(trigger, ScheduleTrigger) and trigger.date is not None
    return isinstance(trigger, SweptTrigger) and not one_date


class _Cases:
    """Reads the cases of one file."""

    def __init__(
        self, context: Context, plan: Plan, common: Person, begins: Moment, others: tuple[Plan, ...]
    ) -> None:
        self._context = context
        self._plan = plan
        self._plans = {each.campaign: each for each in (plan, *others)}
        self._common = common
        self._begins = begins

    def read(self, node: Node) -> tuple[Case, ...]:
        """Return the cases of a list."""
        cases: dict[str, Case] = {}
        for item in items(node):
            case = self._case(item)
            if case is None:
                continue
            if case.name in cases:
                line, _ = case.span.source.place(cases[case.name].span.start)
                self._add("PC2008", case.span, f"line {line} has a case of this name", "a name of its own")
            cases.setdefault(case.name, case)
        if not cases and isinstance(node, nodes.Sequence) and not node.items:
            self._add(
                "PC1202", node.span, "there are no cases here", "`- case:` with a name, and its `story:`"
            )
        return tuple(cases.values())

    def _add(self, code: str, span: Span, message: str, expected: str, suggestion: str | None = None) -> None:
        self._context.findings.add(code, span, message, expected=expected, suggestion=suggestion)

    def _case(self, node: Node) -> Case | None:
        head = node.entries[0].key.span if isinstance(node, nodes.Mapping) and node.entries else node.span
        fields = read_fields("a case", node, IN_CASE, self._context, head=head)
        if fields.unread:
            if not isinstance(node, Broken):
                self._add(
                    "PC1201",
                    node.span,
                    "a case is keys with values",
                    "`- case:` with a name, and its `story:`",
                )
            return None
        reading = Reading(self._context, self._plan)
        person = _person(fields, self._context, self._common, self._plan)
        earlier = self._earlier(fields.get(EARLIER), reading)
        node_of_story = fields.get(STORY)
        story = self._story(node_of_story, reading) if node_of_story is not None else ()
        name = fields.get(CASE)
        if name is None:
            return None
        if node_of_story is not None and story and not any(isinstance(each, Check) for each in story):
            self._add(
                "PC2007",
                fields.span_of(CASE),
                "this case expects nothing",
                "`- expect:` with what is to happen, or `- expect: nothing`",
            )
        last = story[-1] if story else None
        goes_on = any(_goes_on(each.trigger) for each in self._plans.values())
        if isinstance(last, Check) and last.until is None and goes_on:
            message = "the campaign goes on looking for customers, and this does not say until when"
            self._add("PC2010", last.span, message, "`until: +30 days` beside `expect`")
        begins, kept = fields.get(FROM) or self._begins, kept_of(fields, self._plan, self._context)
        return Case(name, fields.span_of(CASE), begins, person, earlier, story, MappingProxyType(kept))

    def _earlier(self, node: Node | None, reading: Reading) -> tuple[Act, ...]:
        if node is None or isinstance(node, Broken):
            return ()
        acts = [self._line(item, reading, only=("order",)) for item in items(node)]
        return tuple(act for act in acts if isinstance(act, Act) and isinstance(act.deed, Ordered))

    def _story(self, node: Node, reading: Reading) -> tuple[Act | Check, ...]:
        if isinstance(node, Broken):
            return ()
        if isinstance(node, Scalar):
            self._add(
                "PC1202" if node.empty else "PC1201",
                node.span,
                "a story is a list of lines",
                "`- order: 500`, then `- expect:`",
            )
            return ()
        lines = [self._line(item, reading) for item in items(node)]
        return tuple(line for line in lines if line is not None)

    def _line(self, node: Node, reading: Reading, only: tuple[str, ...] = ()) -> Act | Check | None:
        """Return one line of a story; `only` some deeds may stand here."""
        known = only or (*DEED_ROWS, EXPECT)
        entry = self._verb(node, known, "PC2003", (*BESIDE, "until"))
        if entry is None or not isinstance(node, nodes.Mapping):
            return None
        if entry.key.value == EXPECT:
            return self._check(entry, node, reading)
        row = DEED_ROWS[entry.key.value]
        at = self._at(node, entry, ("at",) if row.name in OF_NO_CAMPAIGN else ("at", CAMPAIGN))
        reading = self._of(node, reading)
        fields = read_fields(
            f"`{row.name}`", entry.value, row.arguments, self._context, head=entry.key.span, main=row.main
        )
        deed, span = row.build(fields, reading), entry.key.span.until(entry.value.span)
        return None if deed is None else Act(deed, span, reading.plan.campaign, at)

    def _check(self, entry: Entry, node: nodes.Mapping, reading: Reading) -> Check:
        until = self._at(node, entry, ("until",))
        value, expected = entry.value, list[Expected]()
        if isinstance(value, Scalar):
            if value.value != NOTHING:
                self._add(
                    "PC1202" if value.empty else "PC2004",
                    value.span,
                    "this is not something to expect",
                    f"`{NOTHING}`, or a list of {listed(SIGN_ROWS)}",
                    nearest(value.value, [NOTHING]) if value.value else None,
                )
        elif isinstance(value, nodes.Sequence) and not value.items:
            message, either = "nothing stands in this list", f"`{NOTHING}`, or a list of {listed(SIGN_ROWS)}"
            self._add("PC1202", value.span, message, either)
        else:
            for item in items(value):
                found = self._expected(item, reading)
                if found is not None:
                    expected.append(found)
        return Check(tuple(expected), entry.key.span, until)

    def _expected(self, node: Node, reading: Reading) -> Expected | None:
        entry = self._verb(node, tuple(SIGN_ROWS), "PC2004", BESIDE)
        if entry is None or not isinstance(node, nodes.Mapping):
            return None
        row = SIGN_ROWS[entry.key.value]
        at = self._at(node, entry, () if row.name in IN_THE_END else ("at", CAMPAIGN))
        reading = self._of(node, reading)
        fields = read_fields(
            f"`{row.name}`", entry.value, row.arguments, self._context, head=entry.key.span, main=row.main
        )
        sign = row.build(fields, reading)
        times = fields.get(TIMES) or 1
        span = entry.key.span.until(entry.value.span)
        return None if sign is None else Expected(sign, span, reading.plan.campaign, at, times)

    def _of(self, node: nodes.Mapping, reading: Reading) -> Reading:
        """Return what is known of the campaign that a line names; of the one that is tested if it names none."""
        named = next((entry for entry in node if entry.key.value == CAMPAIGN), None)
        name = None if named is None else NAME.read(named.value, self._context)
        if named is None or not reading.is_known(name, "campaign", self._plans, named.value.span):
            return reading
        return replace(reading, plan=self._plans[str(name)])

    def _verb(self, node: Node, known: tuple[str, ...], code: str, beside: tuple[str, ...]) -> Entry | None:
        """Return the key that says what the line is."""
        if isinstance(node, Broken):
            return None
        what = "a line of a story" if code == "PC2003" else "something to expect"
        if not isinstance(node, nodes.Mapping):
            text = node.value if isinstance(node, Scalar) else ""
            message = f"`{text}` is not {what}" if text else f"this is not {what}"
            self._add(code, node.span, message, f"`- ` and one of {listed(known)}, with a value")
            return None
        verbs = [entry for entry in node if entry.key.value in known]
        for extra in verbs[1:]:
            self._add(
                "PC1310",
                extra.key.span,
                f"a line says one thing, and `{extra.key.value}` is another",
                f"`- {extra.key.value}:` as a line of its own",
            )
        if verbs:
            return verbs[0]
        unknown = next((entry for entry in node if entry.key.value not in beside), None)
        if unknown is None:
            self._add(
                code,
                node.entries[0].key.span if node.entries else node.span,
                f"this is not {what}",
                listed(known),
            )
            return None
        meant = nearest(unknown.key.value, known)
        self._add(code, unknown.key.span, f"`{unknown.key.value}` is not {what}", listed(known), meant)
        return replace(unknown, key=replace(unknown.key, value=meant)) if meant else None

    def _at(self, node: nodes.Mapping, verb: Entry, allowed: tuple[str, ...]) -> Moment | None:
        """Return the time beside a line, and refuse whatever else stands there."""
        found: Moment | None = None
        for entry in node:
            name = entry.key.value
            if entry.key.span == verb.key.span or name in DEED_ROWS or name in SIGN_ROWS or name == EXPECT:
                continue
            if name == CAMPAIGN and name in allowed:
                continue
            if name in allowed:
                found = AT.read(entry.value, self._context)
            elif name == "note":
                scalar(entry.value, self._context, "a text")
            else:
                possible = (*allowed, "note")
                self._add(
                    "PC1101",
                    entry.key.span,
                    f"`{name}` cannot stand beside `{verb.key.value}`",
                    f"`{name}` beside `expect`" if name == UNTIL.name else listed(possible),
                    nearest(name, possible),
                )
        return found
