"""How one customer reads dates, numbers and money: the language and the time zone of a message."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal, format_percent

from punchcard.messages.catalogue import NO, YES, locale_for, translate
from punchcard.messages.mistake import RenderFailure
from punchcard.messages.money import Money

Style = Literal["short", "medium", "long", "full"]


@dataclass(frozen=True)
class Localisation:
    """Prints values for one language and one IANA zone."""

    locale: Locale
    zone: ZoneInfo

    def day(self, value: object, style: Style = "long") -> str:
        """A calendar date; of an instant, the date that the customer's clock shows."""
        day = self._local(value) if isinstance(value, datetime) else value
        if not isinstance(day, date):
            raise _unfit(value, "a date")
        return format_date(day, format=style, locale=self.locale)

    def moment(self, value: object, style: Style = "long") -> str:
        """Date and time to the minute, by the customer's clock."""
        if not isinstance(value, datetime):
            raise _unfit(value, "a moment with a time")
        local = self._local(value)
        time = format_time(local, format="short", locale=self.locale)
        joined = str(self.locale.datetime_formats[style])
        return joined.replace("{1}", self.day(value, style)).replace("{0}", time).replace("'", "")

    def money(self, value: object, style: Literal["exact", "short"] = "exact") -> str:
        """An amount with its currency; `short` leaves out cents that are zero."""
        if not isinstance(value, Money):
            raise _unfit(value, "an amount of money")
        whole = style == "short" and value.amount == value.amount.to_integral_value()
        amount = value.amount.to_integral_value() if whole else value.amount
        return format_currency(
            amount,
            value.currency,
            locale=self.locale,
            format=_without_cents(self.locale) if whole else None,
            currency_digits=not whole,
        )

    def number(self, value: object, decimals: int | None = None) -> str:
        """A number with the language's separators; without `decimals`, as exact as it is."""
        number = _decimal(value)
        if decimals is not None:
            number = round(number, decimals)
            return format_decimal(number, format=_digits("#,##0", decimals), locale=self.locale)
        return format_decimal(number, locale=self.locale, decimal_quantization=False)

    def percent(self, value: object) -> str:
        """A share such as 0.2 as `20%`."""
        return format_percent(_decimal(value), locale=self.locale, decimal_quantization=False)

    def plain(self, value: object) -> str:
        """What a value looks like where the message names no filter."""
        match value:
            case str():
                return value
            case bool():
                return translate(YES if value else NO, self.locale)
            case int():
                return str(value)
            case Money():
                return self.money(value)
            case Decimal() | float():
                return self.number(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
        raise _unfit(value, "something that can be printed; name one of its fields")

    def _local(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise RenderFailure(f"{value.isoformat()} has no time zone; pass an aware datetime")
        return value.astimezone(self.zone)


@lru_cache(maxsize=1024)
def localisation(language: str, zone: str) -> Localisation:
    """The localisation of a language tag and an IANA zone; an unknown zone is a `RenderFailure`."""
    try:
        return Localisation(locale_for(language), ZoneInfo(zone))
    except (KeyError, ValueError, OSError) as cause:
        raise RenderFailure(
            f"there is no time zone {zone!r}; use an IANA name such as Europe/Berlin"
        ) from cause


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _unfit(value, "a number")
    return Decimal(str(value))


def _digits(pattern: str, decimals: int) -> str:
    return pattern + ("." + "0" * decimals if decimals else "")


def _without_cents(locale: Locale) -> str:
    return str(locale.currency_formats["standard"].pattern).replace(".00", "")


def _unfit(value: object, wanted: str) -> RenderFailure:
    return RenderFailure(f"a {type(value).__name__} stands where {wanted} is needed")
