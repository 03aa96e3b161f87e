"""What is offered while a campaign, its tests and the programme are typed, from an empty file on."""

import pytest

from tests.support.author import Author

TOP = "campaign: mine\nwhen:\n  order: {first: yes}\n"
HEAD = f"{TOP}steps:\n  - reward: {{discount: 10%, expires: 5 days}}\n    as: coupon\n"
MESSAGES = "messages:\n  hello:\n    purpose: marketing\n    subject: Hello\n    body: |\n      Hi\n"
SHARED = "shared:\n  remind:\n    inputs: {letter: message}\n    steps:\n      - send: inputs.letter\n"
TESTS = "tests: win-back\ncases:\n  - case: A\n    story:\n"


def test_what_is_needed_comes_first(author: Author) -> None:
    """In an empty file, and in a trigger."""
    assert list(author.offered("§"))[:3] == ["campaign", "when", "steps"]
    assert list(author.offered(f"{TOP}steps:\n  - ask: {{§}}\n"))[:3] == ["message", "answer", "up_to"]
    assert list(author.offered("campaign: §"))[0] == "mine"


def test_steps_and_triggers_begin_below_their_key(author: Author) -> None:
    """Typed behind the colon, they stand on lines of their own, and no blank is left there."""
    text = f"{HEAD}  - wait: {{for: coupon.redeemed, up_to: 2 days}}\n    then: §\n{MESSAGES}"
    item = next(each for each in author.at("completion", text)["items"] if each["label"] == "send")
    assert item["textEdit"]["newText"] == "\n  - send: ${1:hello}"
    assert item["additionalTextEdits"][0]["newText"] == ""
    assert author.offered("campaign: mine\nwhen: §\n")["birthday"] == "\n  birthday: {days_before: ${1:7}}"


def test_examples_are_filled_with_what_there_is(author: Author) -> None:
    """The campaign's message, the reward that can be waited for, a free name, the programme's roles and segments."""
    found = author.offered(f"{HEAD}  - §\n{MESSAGES}")
    assert found["send"] == "send: ${1:hello}"
    assert "${1:coupon.redeemed}" in found["wait"]
    assert "as: ${3:second_coupon}" in found["reward"]
    assert "${1|service,manager,head_of_service|}" in found["task"].replace("${2|", "${1|")
    assert "${1:customer.orders > 3}" in author.offered(f"{TOP}steps:\n  - §\n")["if"]
    assert "loyal" in author.offered("campaign: mine\nwhen:\n  §\n")["segment"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("campaign: mine\nwhen:\n  event: {name: §}\n", {"review_written", "complaint_received"}),
        (f"{HEAD}  - use: §\n{SHARED}", {"remind"}),
        (f"{HEAD}  - use: {{step: remind, with: {{§}}}}\n{SHARED}", {"letter"}),
        (f"{HEAD}  - use: {{step: remind, with: {{letter: §}}}}\n{SHARED}{MESSAGES}", {"hello"}),
        (f"{HEAD}  - start: {{campaign: §}}\n", {"goodwill", "compensation"}),
        (f"{HEAD}  - start: {{campaign: compensation, with: {{§}}}}\n", {"order_number", "loss"}),
        (f"{HEAD}  - task: {{do: x, by: §, up_to: 1 day}}\n", {"service", "manager", "head_of_service"}),
        (f"{HEAD}  - task: {{do: x, by: [service, §], up_to: 1 day}}\n", {"manager"}),
        (f'{HEAD}  - task: {{do: "Call {{{{ cust§", by: service, up_to: 1 day}}\n', {"customer.first_name"}),
        (f"{HEAD}  - update: {{set: {{§}}}}\n", {"favourite_store"}),
        (f"{HEAD}  - update: {{set: {{favourite_store: §}}}}\n", {"customer.language"}),
        (f"{HEAD}  - call: {{url: x, secret: §}}\n", {"warehouse_key"}),
        (f"{HEAD}  - call: {{url: §}}\n", {"https://warehouse.shop.example/"}),
        ("campaign: mine\nwhen:\n  reward: {of: §}\n", {"win-back", "spend-and-save"}),
    ],
)
def test_what_others_declare_is_offered(author: Author, text: str, labels: set[str]) -> None:
    """Events, shared steps with their inputs, campaigns, roles, fields, systems and secrets."""
    assert labels <= set(author.offered(text))


@pytest.mark.parametrize(
    ("step", "ways"),
    [
        (
            "wait: {for: [coupon.redeemed, customer.ordered], up_to: 2 days}",
            ["coupon.redeemed", "customer.ordered"],
        ),
        ("approve: {by: manager, up_to: 2 days}", ["approved", "rejected"]),
        ("choose: customer.segments", ["loyal", "at_risk", "promising", "occasional"]),
        ("split: {plain: 50%, warm: 50%}", ["plain", "warm"]),
    ],
)
def test_the_ways_of_a_step_are_offered(author: Author, step: str, ways: list[str]) -> None:
    """Each with a place for its steps, and not the one that stands there."""
    found = author.offered(f"{HEAD}  - {step}\n    branches:\n      §\n")
    assert list(found) == ways
    assert found[ways[0]] == f"{ways[0]}:\n  - $0"
    rest = author.offered(f"{HEAD}  - {step}\n    branches:\n      {ways[0]}:\n        - stop: x\n      §\n")
    assert list(rest) == ways[1:]


@pytest.mark.parametrize(
    ("condition", "labels"),
    [
        ("coupon.redeemed §", ["and", "or"]),
        ("customer.orders §", ["==", "!=", ">", ">=", "<", "<="]),
        ("customer.orders > 3 §", ["and", "or"]),
        ("order.status == §", ["placed", "paid", "delivered", "cancelled", "refunded"]),
        ("customer.in_segment(§)", ["loyal", "at_risk", "promising", "occasional"]),
        ('customer.in_segment("§")', ["loyal", "at_risk", "promising", "occasional"]),
    ],
)
def test_conditions_go_on(author: Author, condition: str, labels: list[str]) -> None:
    """Behind a name an operator, behind an operator the few values that there are."""
    where = condition.startswith("order.")
    text = f"campaign: mine\nwhen:\n  order: {{every: 2, where: {condition}}}\n"
    found = author.offered(text if where else f"{HEAD}  - if: {condition}\n    then: {{stop: x}}\n")
    assert list(found)[:3] == labels[:3]
    assert set(found) <= set(labels)


def test_points_in_time_go_on(author: Author) -> None:
    """A form of each kind, then a unit, a side, a moment."""
    whole = author.offered(f"{HEAD}  - wait: {{until: §}}\n")
    assert whole["3 days before coupon.expires at 10:00"] == "${1:3} days before coupon.expires at ${2:10:00}"
    assert "days" in author.offered(f"{HEAD}  - wait: {{until: 2 §}}\n")
    assert list(author.offered(f"{HEAD}  - wait: {{until: 2 days §}}\n")) == ["before", "after"]
    assert "coupon.expires" in author.offered(f"{HEAD}  - wait: {{until: 2 days before §}}\n")
    assert "working days" in author.offered(f"{HEAD}  - wait: 2 §\n")


def test_a_choice_goes_by_texts_and_counts(author: Author) -> None:
    """Not by moments or amounts, which have too many values."""
    found = author.offered(f"{HEAD}  - choose: §\n")
    assert {"customer.language", "customer.orders", "customer.segments"} <= set(found)
    assert not {"coupon.expires", "coupon.redeemed", "customer.spent"} & set(found)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("§", ["tests", "cases", "with"]),
        ("tests: §\n", ["win-back"]),
        (f"{TESTS}      - §\n", ["order", "refund", "redeem"]),
        (f"{TESTS}      - order: 30\n        §\n", ["at", "note"]),
        (f"{TESTS}      - order: {{amount: 30, status: §}}\n", ["placed", "paid", "delivered"]),
        (f"{TESTS}      - redeem: §\n", ["voucher"]),
        (
            f"{TESTS}      - expect:\n          - message: §\n",
            ["we-miss-you", "ten-dollars", "one-week-left"],
        ),
        (f"{TESTS}      - expect:\n          - message: {{name: ten-dollars, §}}\n", ["subject", "contains"]),
        (f"{TESTS}      - expect: nothing\n        §\n", ["until", "note"]),
        (f"{TESTS}      - event: {{name: review_written, data: {{§}}}}\n", ["product", "rating", "text"]),
        ("tests: win-back\ncustomer: {attributes: {§}}\n", ["favourite_store", "last_compensation"]),
    ],
)
def test_tests_are_completed(author: Author, text: str, labels: list[str]) -> None:
    """By the tables of stories, and by what the campaign beside them makes."""
    assert list(author.open("win-back.test.yaml").offered(text))[: len(labels)] == labels


def test_the_lines_of_a_story_are_filled(author: Author) -> None:
    """What can be expected names the campaign's own rewards."""
    found = author.open("win-back.test.yaml").offered(f"{TESTS}      - expect:\n          - §\n")
    assert found["reward"].startswith("reward: {name: ${1:voucher}")
    assert "we-miss-you" in found["message"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("§", "segments"),
        ("segments:\n  loyal: customer.§\n", "customer.orders"),
        ("segments:\n  loyal:\n    §\n", "where"),
        ("customer_fields: {size: §}\n", "number"),
        ("calendar: {§}\n", "holidays"),
        ("timezone: Europe/Be§\n", "Europe/Berlin"),
    ],
)
def test_the_programme_is_completed(author: Author, text: str, label: str) -> None:
    """By its own table of keys."""
    programme = author.open("programme.yaml")
    try:
        assert label in programme.offered(text)
    finally:
        programme.type(programme.path.read_text(encoding="utf-8"))


def test_the_head_of_a_message_is_completed(author: Author) -> None:
    """Its keys, what is needed first, their words; nothing in its text but fields."""
    message = author.open("messages/win-back/ten-dollars.fr.md")
    assert list(message.offered("---\n§\n---\nBonjour\n"))[0] == "subject"
    assert "cap" in message.offered("---\nsubject: Salut\n§\n---\nBonjour\n")
    assert list(message.offered("---\ncap: §\n---\nBonjour\n")) == ["skip", "defer"]
    assert message.offered("---\nsubject: Salut\n---\nBon§jour\n") == {}
    assert "voucher.code" in message.offered("---\nsubject: Salut\n---\nBonjour {{ §\n")
    assert "the e-mail's subject" in message.hovered("---\nsub§ject: Salut\n---\nBonjour\n").lower()


def test_a_message_counts_before_it_is_saved(author: Author) -> None:
    """What it names is looked at as soon as it is typed."""
    message, text = (
        author.open("messages/win-back/ten-dollars.es.md"),
        "---\nsubject: Hola\n---\n{{ voucher.code }}\n",
    )
    found = message.type(text.replace("voucher", "vouchr"))
    assert [each["code"] for each in found] == ["PC1401"]
    assert message.type(text) == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("win-back.test.yaml", f"{TESTS}      - re§deem: voucher\n", "The customer shows the latest code"),
        (
            "win-back.test.yaml",
            f"{TESTS}      - expect:\n          - mes§sage: ten-dollars\n",
            "A message goes out",
        ),
        (
            "win-back.test.yaml",
            f"{TESTS}      - expect:\n          - message: ten-§dollars\n",
            "$10 if you come back",
        ),
        (
            "mine.yaml",
            f'{HEAD}  - task: {{do: "Call {{{{ coupon.co§de }}}}", by: service}}\n',
            "of the reward of line 5",
        ),
        ("mine.yaml", f"{HEAD}  - task: {{do: Call, by: ser§vice, up_to: 1 day}}\n", "a role: sam, nina"),
        ("programme.yaml", "cal§endar: {days: monday..friday}\n", "when the shop works"),
        ("programme.yaml", "customer_fields: {size: nu§mber}\n", "beyond the profile"),
    ],
)
def test_every_kind_of_file_is_explained(author: Author, name: str, text: str, words: str) -> None:
    """By the tables of that file, and by the campaign that is tested."""
    other = author.open(name)
    assert words.lower() in other.hovered(text).lower()
    if other.path.is_file():
        other.type(other.path.read_text(encoding="utf-8"))
