"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from types import MappingProxyType

# What people write who know other tools; it counts only where the word behind it fits.
SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("email", "mail", "message", "notify", "sms"), "send"),
        **dict.fromkeys(("delay", "pause", "sleep"), "wait"),
        **dict.fromkeys(("coupon", "discount", "voucher", "give"), "reward"),
        **dict.fromkeys(("question", "survey", "feedback"), "ask"),
        **dict.fromkeys(("condition", "when", "case"), "if"),
        **dict.fromkeys(("end", "exit", "finish"), "stop"),
        **dict.fromkeys(("else", "default", "timeout", "on_timeout"), "otherwise"),
        **dict.fromkeys(("trigger", "on", "entry"), "when"),
        **dict.fromkeys(("name", "id"), "campaign"),
        **dict.fromkeys(("template",), "message"),
        **dict.fromkeys(("actions", "flow", "do"), "steps"),
        **dict.fromkeys(("description", "label"), "title"),
        **dict.fromkeys(("start", "start_date", "from"), "starts"),
        **dict.fromkeys(("end_date", "to"), "ends"),
        **dict.fromkeys(("control_group", "control"), "holdout"),
        **dict.fromkeys(("event", "events"), "for"),
        **dict.fromkeys(("max", "within", "at_most"), "up_to"),
        **dict.fromkeys(("text", "content", "html"), "body"),
        **dict.fromkeys(("used", "claimed"), "redeemed"),
        **dict.fromkeys(("expiry", "expired", "valid_until", "valid_for"), "expires"),
        **dict.fromkeys(("promotion", "promotional", "newsletter"), "marketing"),
        **dict.fromkeys(("service", "system"), "transactional"),
        **dict.fromkeys(("ordered", "purchase", "purchased"), "order"),
        **dict.fromkeys(("english",), "en"),
        **dict.fromkeys(("german", "deutsch"), "de"),
        **dict.fromkeys(("string", "str"), "text"),
        **dict.fromkeys(("integer", "int", "float", "decimal"), "number"),
        **dict.fromkeys(("bool", "boolean"), "flag"),
        **dict.fromkeys(("money", "price", "total"), "amount"),
        **dict.fromkeys(("payed",), "paid"),
        **dict.fromkeys(("shipped", "arrived"), "delivered"),
        **dict.fromkeys(("entered", "joins", "joined"), "enters"),
        **dict.fromkeys(("exits", "exited", "left"), "leaves"),
        **dict.fromkeys(("rule", "filter"), "where"),
        **dict.fromkeys(("loop", "while", "for_each", "foreach"), "repeat"),
        **dict.fromkeys(("parallel", "simultaneously"), "together"),
        **dict.fromkeys(("webhook", "http", "request", "api"), "call"),
        **dict.fromkeys(("switch", "branch"), "choose"),
        **dict.fromkeys(("ab_test", "experiment", "random", "variants"), "split"),
        **dict.fromkeys(("tag", "set", "add_tag", "add_tags"), "update"),
        **dict.fromkeys(("assign", "todo"), "task"),
        **dict.fromkeys(("approval",), "approve"),
        **dict.fromkeys(("include", "subflow"), "use"),
        **dict.fromkeys(("all", "anybody", "anyone", "everybody"), "everyone"),
        **dict.fromkeys(("min_amount", "min_order", "more_than"), "over"),
        **dict.fromkeys(("segment", "segments"), "any_of"),
    }
)
SHORTEST_BEGINNING = 3
SURE = 0.85
# Below it, what is found has no more in common than short words often have.
CLOSE = 0.65


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant: another tool's word, a beginning, or a slip of the pen."""
    choices = {each.lower(): each for each in known}
    wanted = word.lower()
    if SYNONYMS.get(wanted) in choices:
        return choices[SYNONYMS[wanted]]
    if any("_" in each for each in choices):
        wanted = wanted.replace("-", "_")
    found = get_close_matches(wanted, choices, n=1, cutoff=CLOSE)
    if not found and len(wanted) >= SHORTEST_BEGINNING:
        found = [each for each in choices if each.startswith(wanted)]
    return choices[found[0]] if found else None


def is_sure(word: str, meant: str) -> bool:
    """Whether a word is another tool's for what was meant, or the same but for a letter or two."""
    return SYNONYMS.get(word.lower()) == meant or SequenceMatcher(None, word.lower(), meant).ratio() >= SURE


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return the words as a sentence has them: `a, b or c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def one_of(words: Iterable[str]) -> str:
    """Return the words as what is expected: `one of a, b or c`, or the only one."""
    items = list(words)
    return f"one of {listed(items)}" if len(items) > 1 else "".join(items)
