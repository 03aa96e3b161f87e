"""What a file of each kind can say: its fields, and the headers by which shops are known to call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

ATTRIBUTE = "attribute."


class Kind(StrEnum):
    """What the rows of a file are."""

    ORDERS = "orders"
    REFUNDS = "refunds"
    PROFILES = "profiles"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it means, and the headers that are taken for it, the surest first.

    Headers are written as `plain` leaves them: letters and digits alone, in lower case.
    """

    name: str
    meaning: str
    headers: tuple[str, ...] = ()
    required: bool = False


_ORDER = Field(
    "order",
    "the order's id",
    (
        *("orderid", "ordernumber", "orderno", "order", "invoiceno", "invoiceid", "invoicenumber", "invoice"),
        *("transactionid", "receiptid", "receiptno", "bestellnummer", "bestellnr", "auftragsnummer"),
        *("rechnungsnummer", "belegnummer", "belegnr"),
    ),
)
_CUSTOMER_IDS = (
    *("customerid", "customernumber", "customerno", "customer", "clientid", "userid", "memberid"),
    *("loyaltyid", "cardnumber", "kundennummer", "kundennr", "kundenid", "kunde"),
)
_ADDRESSES = ("email", "emailaddress", "mail", "emailadresse")
_CUSTOMER = Field("customer", "the customer's id", (*_CUSTOMER_IDS, *_ADDRESSES), required=True)
_DATE = Field(
    "date",
    "when it happened",
    (
        *("orderdate", "createdat", "invoicedate", "purchasedate", "purchasedat", "transactiondate"),
        *("paidat", "occurredat", "datetime", "timestamp", "date", "bestelldatum", "kaufdatum"),
        *("rechnungsdatum", "belegdatum", "datum"),
    ),
    required=True,
)
_AMOUNT = Field(
    "amount",
    "what was paid for the goods",
    (
        *("linetotal", "subtotal", "subtotalprice", "netamount", "amount", "ordertotal", "ordervalue"),
        *("totalamount", "totalprice", "grandtotal", "total", "revenue", "sales", "value", "dollarvalue"),
        *("dollars", "betrag", "gesamtbetrag", "zwischensumme", "summe", "umsatz", "gesamt"),
    ),
)
_CURRENCY = Field(
    "currency",
    "the currency's code, such as USD",
    ("currency", "currencycode", "presentmentcurrency", "waehrung", "währung", "waehrungscode"),
)

ORDERS = (
    _ORDER,
    _CUSTOMER,
    _DATE,
    _AMOUNT,
    Field("price", "the price of one unit", ("unitprice", "lineitemprice", "price", "einzelpreis", "preis")),
    Field(
        "quantity",
        "how many units",
        ("quantity", "lineitemquantity", "qty", "units", "menge", "anzahl", "stück", "stueck"),
    ),
    _CURRENCY,
    Field("status", "placed, paid, delivered or cancelled", ("orderstatus", "financialstatus", "status")),
    Field("line", "the line's id within its order", ("lineid", "lineno", "linenumber", "position", "pos")),
    Field(
        "sku",
        "the article's id",
        ("sku", "lineitemsku", "stockcode", "productid", "articlenumber", "artikelnummer", "artikelnr"),
    ),
)
REFUNDS = (
    Field(
        "refund",
        "the refund's id",
        ("refundid", "refundnumber", "refundno", "refund", "creditnoteid", "creditnote", "gutschriftnummer"),
    ),
    Field(_ORDER.name, "the id of the order that is refunded", _ORDER.headers, required=True),
    Field(
        _DATE.name,
        _DATE.meaning,
        ("refunddate", "refundedat", "erstattungsdatum", *_DATE.headers),
        required=True,
    ),
    Field(
        _AMOUNT.name,
        "how much is given back; the whole order where it is empty",
        ("refundamount", "refundtotal", "refunded", "amountrefunded", "erstattung", *_AMOUNT.headers),
    ),
    _CURRENCY,
)
PROFILES = (
    Field(_CUSTOMER.name, _CUSTOMER.meaning, (*_CUSTOMER_IDS, "id", *_ADDRESSES), required=True),
    Field("date", "as of when the row is true", ("updatedat", "modifiedat", "changedat", "stand")),
    Field("first_name", "the first name", ("firstname", "givenname", "vorname")),
    Field("last_name", "the last name", ("lastname", "surname", "familyname", "nachname")),
    Field("email", "the e-mail address", _ADDRESSES),
    Field("phone", "the telephone number", ("phone", "phonenumber", "mobile", "telefon", "mobil", "handy")),
    Field("language", "the language's code, such as de", ("language", "locale", "lang", "sprache")),
    Field("timezone", "the time zone, such as Europe/Berlin", ("timezone", "timezonename", "zeitzone")),
    Field(
        "birthday",
        "the date of birth, such as 1984-05-04, or in the format of the file's other dates",
        ("birthday", "birthdate", "dateofbirth", "dob", "geburtstag", "geburtsdatum"),
    ),
    Field(
        "marketing",
        "whether the customer agrees to marketing by e-mail: yes or no",
        (
            *("acceptsmarketing", "acceptsemailmarketing", "emailmarketingconsent", "marketingconsent"),
            *("marketingoptin", "optin", "newsletter", "subscribed", "werbeeinwilligung"),
        ),
    ),
)

FIELDS: Mapping[Kind, tuple[Field, ...]] = MappingProxyType(
    {Kind.ORDERS: ORDERS, Kind.REFUNDS: REFUNDS, Kind.PROFILES: PROFILES}
)


def plain(header: str) -> str:
    """Return a header's letters and digits alone, in lower case: `Order ID` and `order_id` are the same."""
    return "".join(character for character in header.casefold() if character.isalnum())
