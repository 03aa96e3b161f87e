"""When a timer ends, as BPMN writes it: ISO 8601 durations and dates, and the language's own words for the rest."""

from __future__ import annotations

from typing import assert_never

from punchcard.plan.model import (
    After,
    AfterMonths,
    Beside,
    DayBeside,
    EndOfDayAfter,
    Moment,
    NextTime,
    OnDate,
    WorkingDays,
    WorkingHours,
)

_UNITS = (("D", 24 * 3600 * 1000), ("H", 3600 * 1000), ("M", 60 * 1000), ("S", 1000))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def timer(moment: Moment) -> tuple[str, str]:
    """Return the element that a timer's definition holds, and what stands in it."""
    match moment:
        case After(millis=millis):
            return "bpmn:timeDuration", duration(millis)
        case AfterMonths(months=months):
            return "bpmn:timeDuration", f"P{months}M"
        case EndOfDayAfter(days=days, months=months):
            return "bpmn:timeDuration", "P" + (f"{months}M" if months else "") + (f"{days}D" if days else "")
        case WorkingDays(days=days):
            return "bpmn:timeDate", f"{days} working {'day' if days == 1 else 'days'}"
        case WorkingHours(millis=millis):
            hours = millis // (3600 * 1000)
            return "bpmn:timeDate", f"{hours} working {'hour' if hours == 1 else 'hours'}"
        case OnDate(date=date, minute=minute):
            return "bpmn:timeDate", f"{date}T{minute // 60:02}:{minute % 60:02}:00"
        case NextTime(minute=minute, weekday=weekday):
            time = f"{minute // 60:02}:{minute % 60:02}"
            return "bpmn:timeDate", time if weekday is None else f"{WEEKDAYS[weekday]} at {time}"
        case Beside(name=name, field=field, shift=shift, months=months):
            anchor = f"{name}.{field}"
            sign = "-" if shift < 0 or months < 0 else "+"
            length = f"P{abs(months)}M" if months else duration(abs(shift))
            return "bpmn:timeDate", f"{anchor} {sign} {length}" if shift or months else anchor
        case DayBeside(name=name, field=field, days=days, months=months, minute=minute):
            parts = [
                f"{'-' if count < 0 else '+'} P{abs(count)}{unit}"
                for count, unit in ((months, "M"), (days, "D"))
                if count
            ]
            time = "24:00" if minute is None else f"{minute // 60:02}:{minute % 60:02}"
            return "bpmn:timeDate", " ".join((f"{name}.{field}", *parts, f"at {time}"))
        case _:
            assert_never(moment)


def duration(millis: int) -> str:
    """Return a span as an ISO 8601 duration: `P7D`, `PT1H30M`."""
    days, clock, rest = "", "", millis
    for sign, size in _UNITS:
        count, rest = divmod(rest, size)
        if count and sign == "D":
            days = f"{count}D"
        elif count:
            clock += f"{count}{sign}"
    if not days and not clock:
        return "PT0S"
    return f"P{days}" + (f"T{clock}" if clock else "")
