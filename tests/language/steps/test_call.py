"""`call` as it is read: addresses, bodies, and what is known behind it."""

from __future__ import annotations

import pytest

from punchcard.language import Programme
from punchcard.plan.conditions import Const, Field
from punchcard.plan.model import Call, Entry, Joined, Listing, Piece, Record, Returned, Send
from tests.language.reading import checked, codes, plan

PROGRAMME = Programme(
    hosts=("erp.shop.example", "stock.shop.example:8443", "http://till.intranet.example"),
    secrets=("erp_key",),
)


def call(steps: str, when: str = "order") -> Call:
    """Return the last step of a campaign that is fine."""
    found = plan(steps, when=when, programme=PROGRAMME).steps[-1]
    assert isinstance(found, Call)
    return found


def test_one_value_alone_is_the_address() -> None:
    """It is a `POST` that hands nothing over; ten seconds and five retries."""
    found = call("- call: https://erp.shop.example/cups")
    assert found.url == (Piece(Const("https://erp.shop.example")), Piece(Const("/cups")))
    assert (found.method, found.body, found.secret, found.timeout, found.retries) == (
        "POST",
        None,
        None,
        10,
        5,
    )
    assert (found.name, found.returns, found.on_error) == ("call", (), ())


def test_values_stand_in_path_and_query() -> None:
    """Between texts that stay as they are."""
    found = call('- call: "https://stock.shop.example:8443/o/{{ order.id }}?for={{order.amount}}"')
    assert found.url[1:] == (
        Piece(Const("/o/")),
        Piece(Field(("order", "id"))),
        Piece(Const("?for=")),
        Piece(Field(("order", "amount")), "money"),
    )


def test_a_body_is_told_by_its_looks() -> None:
    """As what `start` hands over is; texts may hold names, and values may be nested."""
    steps = """\
- reward: {discount: 5 USD, expires: 9 days}
  as: coupon
- call:
    url: https://erp.shop.example/cups
    method: PUT
    secret: erp_key
    timeout: 3 seconds
    retries: 0
    returns: {stock: number, price: money}
    body:
      order: order.id
      orderNumber: "order.id"
      price: 12.50 USD
      count: 3
      weight: 0.5
      gift: yes
      note: by hand
      card: "For {{ customer.first_name }}!"
      codes: [coupon.code, plain]
      who: {language: customer.language}
  as: shelf"""
    found = call(steps)
    assert (found.method, found.secret, found.timeout, found.retries) == ("PUT", "erp_key", 3, 0)
    assert found.returns == (Returned("stock", "number"), Returned("price", "money"))
    assert found.body == Record(
        (
            Entry("order", Piece(Field(("order", "id")))),
            Entry("orderNumber", Piece(Const("order.id"))),
            Entry("price", Piece(Const(1250), "money")),
            Entry("count", Piece(Const(3), "number")),
            Entry("weight", Piece(Const(0.5), "number")),
            Entry("gift", Piece(Const(True), "flag")),
            Entry("note", Piece(Const("by hand"))),
            Entry(
                "card",
                Joined((Piece(Const("For ")), Piece(Field(("customer", "first_name"))), Piece(Const("!")))),
            ),
            Entry("codes", Listing((Piece(Field(("coupon", "code"))), Piece(Const("plain"))))),
            Entry("who", Record((Entry("language", Piece(Field(("customer", "language")))),))),
        )
    )


@pytest.mark.parametrize(
    "address",
    ["http://till.intranet.example/x", "https://erp.shop.example:443/", "https://erp.shop.example?x=1"],
)
def test_the_programme_names_the_hosts(address: str) -> None:
    """With `http://` where nothing encrypts; the usual port goes without saying."""
    assert codes(f"- call: {address}", programme=PROGRAMME) == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://erp.shop.example.evil.example/", "PC1352"),
        ("https://erp.shop.example:8443/", "PC1352"),
        ("https://stock.shop.example/", "PC1352"),
        ("https://till.intranet.example/", "PC1352"),
        ("http://erp.shop.example/", "PC1354"),
        ("https://erp.shop.example@evil.example/", "PC1351"),
        ("https://ERP.shop.example/", "PC1351"),
        ("ftp://erp.shop.example/", "PC1351"),
        ("https:///cups", "PC1351"),
        ("https://erp.shop.example/#top", "PC1351"),
        (r"https://erp.shop.example\@evil.example/", "PC1351"),
        ('"https://erp.shop.example/{{ order.id"', "PC1351"),
        ('"https://erp.shop.example/{{ order.nr }}"', "PC1401"),
        ('"https://erp.shop.example/{{ customer.tags }}"', "PC1411"),
    ],
)
def test_no_other_host_is_reached(address: str, code: str) -> None:
    """However it is dressed up."""
    assert codes(f"- call: {address}", programme=PROGRAMME) == [code]


def test_what_it_returns_is_known_behind_it() -> None:
    """In conditions by its type, in bodies of later calls, and nowhere before."""
    returns = "returns: {reference: text, stock: number, price: money, since: date, there: flag}"
    steps = f"""\
- call: {{url: https://erp.shop.example/cups, {returns}}}
  as: shelf
- if: shelf.stock > 3 and shelf.price < 20 and shelf.there and shelf.since < "2026-05-04"
  then:
    - call: {{url: "https://erp.shop.example/{{{{ shelf.reference }}}}", body: {{price: shelf.price}}}}
- if: shelf.stock == "many"
  then:
    - stop: no
- if: shelf.colour == "red"
  then:
    - stop: no"""
    assert codes(steps, programme=PROGRAMME) == ["PC1411", "PC1404"]


def test_both_ways_meet_behind_on_error() -> None:
    """What was made before it divides is known; what one of the ways ends, does not arrive."""
    on_error = """\
- call: {url: https://erp.shop.example/cups, returns: {cup: text}}
  as: shelf
  on_error:
    - send: hello
    - stop: nothing there
- send: named"""
    messages = "messages:\n  hello: {purpose: marketing, subject: a, body: a}\n"
    messages += '  named: {purpose: marketing, subject: "{{ shelf.cup }}", body: a}\n'
    assert checked(on_error, messages=messages, programme=PROGRAMME).diagnostics == ()
    goes_on = on_error.replace("    - stop: nothing there\n", "")
    found = checked(goes_on, messages=messages, programme=PROGRAMME).diagnostics
    assert [each.code for each in found] == ["PC1408"]
    asked = goes_on.replace("- send: named", "- if: not shelf.failed\n  then:\n    - send: named")
    assert checked(asked, messages=messages, programme=PROGRAMME).diagnostics == ()


def test_send_and_start_have_it_too() -> None:
    """And no step that reaches nobody."""
    found = plan("- send: hello\n  on_error:\n    - update: {add_tags: no-mail}").steps[0]
    assert isinstance(found, Send)
    assert found.on_error[0].path == "1.on_error.1"
    assert codes("- start: other\n  on_error:\n    - send: hello") == []
    assert codes("- wait: 1 day\n  on_error:\n    - send: hello") == ["PC1313"]


def test_a_body_has_limits() -> None:
    """In depth and in number."""
    deep = "{a: " * 7 + "1" + "}" * 7
    assert codes(f"- call: {{url: https://erp.shop.example, body: {deep}}}", programme=PROGRAMME) == [
        "PC1209"
    ]
    many = ", ".join(f"f{number}: 1" for number in range(101))
    assert codes(f"- call: {{url: https://erp.shop.example, body: {{{many}}}}}", programme=PROGRAMME) == [
        "PC1209"
    ]
    assert codes("- call: {url: https://erp.shop.example, body: all}", programme=PROGRAMME) == ["PC1201"]
