"""How one viewer reads: the translation, and dates, spans, numbers and money by a locale and a time zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_precision,
)
from babel.units import format_unit
from markupsafe import Markup

from punchcard.plan.calendar import to_datetime

_UNITS = (("day", 24 * 3600 * 1000), ("hour", 3600 * 1000), ("minute", 60 * 1000), ("second", 1000))


def N_(text: str) -> str:
    """Mark a text for translation where it stands in a table."""
    return text


@dataclass(frozen=True)
class Speech:
    """One viewer's language, locale and zone; instants are epoch milliseconds, money is minor units."""

    locale: Locale
    zone: ZoneInfo
    translations: NullTranslations

    def gettext(self, text: str) -> str:
        """Return the text in the viewer's language."""
        return self.translations.gettext(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the text for a count of things."""
        return self.translations.ngettext(one, many, count)

    def pgettext(self, context: str, text: str) -> str:
        """Return the text where its bare words could mean several things."""
        return self.translations.pgettext(context, text)

    def say(self, sentence: str, **parts: object) -> Markup:
        """Fill a translated sentence; parts that are not markup are escaped."""
        return Markup(sentence) % parts

    def in_zone(self, zone: str) -> Speech:
        """Return the same, by the clock of another zone."""
        return replace(self, zone=ZoneInfo(zone))

    def quote(self, text: str) -> str:
        """Return a text in the language's quotation marks."""
        return self.gettext("“%(text)s”") % {"text": text}

    # --- instants and spans -------------------------------------------------------------------

    def local(self, instant: int) -> datetime:
        """Return the instant as the viewer's clock shows it."""
        return to_datetime(instant).astimezone(self.zone)

    def moment(self, instant: int) -> str:
        """Return date and time to the minute: `24 Nov 2026, 14:05`."""
        here = self.local(instant)
        return f"{self.date(instant)}, {format_time(here, format='short', locale=self.locale)}"

    def exact(self, instant: int) -> str:
        """Return date, time to the second and zone, for the title of a shorter form."""
        return format_datetime(self.local(instant), format="long", locale=self.locale)

    def date(self, instant: int) -> str:
        """Return the date: `24 Nov 2026`."""
        return format_date(self.local(instant), format="medium", locale=self.locale)

    def time(self, instant: int) -> str:
        """Return the time of day to the minute."""
        return format_time(self.local(instant), format="short", locale=self.locale)

    def when(self, instant: int) -> Markup:
        """Return date and time as an element that also says them exactly, with the zone."""
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            self.iso(instant), self.exact(instant), self.moment(instant)
        )

    def iso(self, instant: int) -> str:
        """Return the instant for a `datetime` attribute."""
        return self.local(instant).isoformat(timespec="seconds")

    def day(self, iso: str) -> str:
        """Return an ISO date in the viewer's way."""
        return format_date(date.fromisoformat(iso), format="medium", locale=self.locale)

    def long_day(self, iso: str) -> str:
        """Return an ISO date with its month's name."""
        return format_date(date.fromisoformat(iso), format="long", locale=self.locale)

    def day_of_year(self, month_and_day: str) -> str:
        """Return a day of each year, `12-25`, with its month's name."""
        day = date.fromisoformat(f"2024-{month_and_day}")
        return str(format_skeleton("MMMMd", day, locale=self.locale))

    def weekday(self, number: int) -> str:
        """Return the name of a weekday; 0 is Monday."""
        return str(self.locale.days["format"]["wide"][number])

    def month_name(self, number: int) -> str:
        """Return the name of a month; 1 is January."""
        return str(self.locale.months["stand-alone"]["wide"][number])

    def minute(self, since_midnight: int) -> str:
        """Return a time of day given in minutes since midnight."""
        moment = datetime(2000, 1, 1, since_midnight // 60, since_midnight % 60)  # noqa: DTZ001 - a wall clock
        return format_time(moment, format="short", locale=self.locale)

    def month(self, instant: int) -> str:
        """Return month and year."""
        return format_skeleton("yMMM", self.local(instant), locale=self.locale)

    def span(self, millis: int) -> str:
        """Return a span in the largest units that say it exactly: `7 days`, `1 day, 6 hours`."""
        parts = []
        rest = abs(millis)
        for unit, size in _UNITS:
            count, rest = divmod(rest, size)
            if count:
                parts.append(format_unit(count, f"duration-{unit}", locale=self.locale))
        return ", ".join(parts) or format_unit(0, "duration-minute", locale=self.locale)

    def months(self, count: int) -> str:
        """Return calendar months; twelve are a year."""
        if count % 12 == 0:
            return format_unit(count // 12, "duration-year", locale=self.locale)
        return format_unit(count, "duration-month", locale=self.locale)

    def distance(self, instant: int, now: int) -> str:
        """Return roughly how far an instant lies from now: `in 6 days`, `3 hours ago`."""
        return format_timedelta(
            timedelta(milliseconds=instant - now), add_direction=True, threshold=1.2, locale=self.locale
        )

    def currency_name(self, code: str) -> str:
        """Return the name of a currency, for several of it: `US dollars`."""
        return get_currency_name(code, count=2, locale=self.locale)

    def language_name(self, tag: str) -> str:
        """Return the name of a language by its tag; the tag itself where it has no name."""
        return str(self.locale.languages.get(tag.partition("-")[0], tag))

    # --- numbers ------------------------------------------------------------------------------

    def number(self, value: int | float | Decimal) -> str:
        """Return a number with the locale's separators."""
        return format_decimal(value, locale=self.locale)

    def money(self, minor: int, currency: str) -> str:
        """Return an amount; cents that are zero are left out."""
        places = int(get_currency_precision(currency))
        amount = Decimal(minor).scaleb(-places)
        if amount == amount.to_integral_value():
            return format_currency(
                amount, currency, locale=self.locale, format=self._whole(), currency_digits=False
            )
        return format_currency(amount, currency, locale=self.locale)

    def share(self, basis_points: int) -> str:
        """Return a share given in basis points: 2000 is `20%`."""
        return format_percent(Decimal(basis_points) / 10_000, locale=self.locale, decimal_quantization=False)

    def rate(self, part: int, whole: int) -> str:
        """Return a rate as a whole percentage, or a dash where there is nothing to divide by."""
        return format_percent(part / whole, locale=self.locale) if whole else "–"

    def fine_rate(self, part: int, whole: int) -> str:
        """Return a rate as a percentage to one tenth, or a dash where there is nothing to divide by."""
        if not whole:
            return "–"
        tenths = Decimal(1000 * part / whole).quantize(Decimal(1))
        return format_percent(tenths / 1000, locale=self.locale, decimal_quantization=False)

    def small_share(self, part: float) -> str:
        """Return a probability as a percentage to one hundredth, or that it is less than that."""
        hundredths = Decimal(10_000 * part).quantize(Decimal(1))
        if not hundredths:
            return self.gettext("less than %(share)s") % {"share": self.share(1)}
        return self.share(int(hundredths))

    # --- lists --------------------------------------------------------------------------------

    def either(self, items: list[str]) -> str:
        """Join alternatives: `a, b or c`."""
        return format_list(items, style="or", locale=self.locale)

    def both(self, items: list[str]) -> str:
        """Join things that hold together: `a, b and c`."""
        return format_list(items, style="standard", locale=self.locale)

    def _whole(self) -> str:
        return str(self.locale.currency_formats["standard"].pattern).replace(".00", "")
